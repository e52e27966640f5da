"""Which judgements make or unmake a scenario, and which scenarios people agree on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from strategy_lib.chapters.scenarios.names import EFFORT
from strategy_lib.chapters.scenarios.sets import Futures, states_in
from strategy_lib.chapters.scenarios.today import name_of
from strategy_lib.chapters.wording import listed
from strategy_lib.core.errors import InputError
from strategy_lib.editions.people import is_countable
from strategy_lib.judgements.influences import Cell, InfluenceMatrix, disagreement
from strategy_lib.methods.cross_impact import (
    CrossImpactMatrix,
    consistency_margins,
    consistent_scenarios,
    ensemble_consistency,
    flip_sensitivity,
    flip_summary,
)
from strategy_lib.methods.cross_impact.input import SCALE

MOST_FOR_FLIPS = 2_000
MOST_CHANGES = 40
FLIP_COLUMNS = [
    "source",
    "target",
    *Cell,
    "judgement",
    "change",
    "makes",
    "unmakes",
    "which",
    "said_by",
    "lowest",
    "highest",
    "is_reached",
]


@dataclass(frozen=True)
class SetChange:
    """What a change of judgements does to the set of scenarios.

    Attributes
    ----------
    before, after : int
        How many scenarios hold together.
    gained, lost : DataFrame
        Scenarios that come and go, as from `consistent_scenarios`.
    """

    before: int
    after: int
    gained: pd.DataFrame
    lost: pd.DataFrame


def with_judgement(
    matrix: CrossImpactMatrix, source_state: str, target_state: str, value: float
) -> CrossImpactMatrix:
    """The matrix with one judgement changed, the states by their codes.

    Raises
    ------
    InputError
        A state that is not in the matrix.
    """
    owner = {state: name for name, state in matrix.pairs}
    unknown = [state for state in (source_state, target_state) if state not in owner]
    if unknown:
        raise InputError(f"state: found {unknown[0]!r}; allowed {', '.join(owner)}")
    source, target = (owner[source_state], source_state), (owner[target_state], target_state)
    return matrix.with_impact(source, target, value)


def set_change(before: CrossImpactMatrix, after: CrossImpactMatrix) -> SetChange:
    """Scenarios gained and lost between two matrices of the same descriptors.

    Examples
    --------
    >>> one = CrossImpactMatrix(
    ...     {"law": ["strict", "open"], "work": ["hidden", "visible"]},
    ...     [[0, 0, 2, -2], [0, 0, -1, 1], [1, -1, 0, 0], [-2, 2, 0, 0]],
    ... )
    >>> change = set_change(one, with_judgement(one, "hidden", "open", 3))
    >>> change.before, change.after, change.lost[["law", "work"]].to_numpy().tolist()
    (2, 1, [['strict', 'hidden']])
    """
    names = list(before.names)
    old, new = (consistent_scenarios(m, effort=EFFORT) for m in (before, after))
    old_keys, new_keys = (pd.MultiIndex.from_frame(t[names]) for t in (old, new))
    return SetChange(
        before=len(old),
        after=len(new),
        gained=new[~new_keys.isin(old_keys)].reset_index(drop=True),
        lost=old[~old_keys.isin(new_keys)].reset_index(drop=True),
    )


def flips(futures: Futures) -> pd.DataFrame:
    """Single judgements that, changed by one, make or unmake scenarios: what to argue about.

    Returns
    -------
    DataFrame
        `source`, `target` (states in full), their codes, `judgement` (the room's), `change`,
        `makes`, `unmakes` (how many), `which` (names), `said_by` (how many people judged it),
        `lowest`, `highest` (their range), `is_reached` (somebody's own judgement lies there or
        beyond); those that people disagree about first. Empty where there are very many scenarios.
    """
    influences = futures.influences
    if influences.matrix is None or len(futures.found) > MOST_FOR_FLIPS:
        return pd.DataFrame(columns=FLIP_COLUMNS)
    try:
        every = flip_sensitivity(influences.matrix, scale=SCALE, effort=EFFORT)
    except InputError:
        return pd.DataFrame(columns=FLIP_COLUMNS)
    if every.empty:
        return pd.DataFrame(columns=FLIP_COLUMNS)
    table = flip_summary(every)
    rows, columns = ([influences.rows[code] for code in table[name]] for name in Cell)
    said = influences.given[:, rows, columns]
    table["said_by"] = (~np.isnan(said)).sum(axis=0)
    table["lowest"] = np.fmin.reduce(said, axis=0, initial=np.nan)
    table["highest"] = np.fmax.reduce(said, axis=0, initial=np.nan)
    reach = table["judgement"] + table["change"]
    up = table["change"] > 0
    table["is_reached"] = np.where(up, table["highest"] >= reach, table["lowest"] <= reach)
    effects = table["makes"] + table["unmakes"]
    order = np.lexsort((-effects, ~table["is_reached"].to_numpy(dtype=bool)))
    table = table.iloc[order].head(MOST_CHANGES).reset_index(drop=True)
    table["which"] = _which(futures, every, table)
    table["source"] = [influences.system.in_full(code) for code in table["source_state"]]
    table["target"] = [influences.system.in_full(code) for code in table["target_state"]]
    return table[FLIP_COLUMNS]


def _which(futures: Futures, every: pd.DataFrame, table: pd.DataFrame) -> list[str]:
    """Scenarios that each change makes and unmakes, in words."""
    keys = [*Cell, "change"]
    name = cache(lambda states: name_of(futures, states))
    told = []
    for _, own in table[keys].merge(every, on=keys).groupby(keys, sort=False):
        effects = [
            f"{effect} {listed([name(s) for s in states_in(rows, futures.influences)], 3)}"
            for effect, rows in own.groupby("effect")
        ]
        told.append("; ".join(effects))
    return told


def agreement(futures: Futures) -> pd.DataFrame:
    """For how many assessors each scenario holds together that does so for the room or anybody.

    Returns
    -------
    DataFrame
        A column a descriptor (codes), `in_room` (bool), `n_consistent`, `share_consistent`,
        `inconsistency_min`, `inconsistency_max`, `consistent_for` (a tuple of assessors); empty
        with fewer than two assessors, or where a search is too large. Numbers of too few people to
        be counted are missing.
    """
    influences = futures.influences
    if influences.matrix is None or len(influences.assessors) < 2:
        return pd.DataFrame()
    try:
        table = ensemble_consistency(
            {"": influences.matrix, **influences.by_assessor}, effort=EFFORT
        )
    except InputError:
        return pd.DataFrame()
    people = [tuple(code for code in who if code) for who in table["consistent_for"]]
    whole = len(influences.assessors)
    told = np.array(
        [is_countable(len(who), whole, influences.fewest) for who in people], dtype=bool
    )
    made = table.assign(
        in_room=["" in who for who in table["consistent_for"]],
        consistent_for=pd.Series(people, dtype=object),
        n_consistent=pd.array(list(map(len, people)), dtype="Int64"),
        share_consistent=[len(who) / whole for who in people],
    )
    made.loc[~told, ["n_consistent", "share_consistent"]] = pd.NA
    # What holds together for too few to be counted, and not for the room, is their own affair.
    made = made[np.asarray(told | made["in_room"].to_numpy(dtype=bool), dtype=bool)]
    return made.reset_index(drop=True)


def agreement_matrix(futures: Futures) -> pd.DataFrame:
    """Inconsistency of each card (row) in each assessor's matrix (column): 0 holds together."""
    influences, cards = futures.influences, futures.cards
    rows = {}
    for code, matrix in influences.by_assessor.items():
        rows[code] = [
            max(0.0, -float(consistency_margins(matrix, card)["margin"].min()))
            for _, card in cards[futures.columns].iterrows()
        ]
    return pd.DataFrame(rows, index=list(cards["label"]))


def widest_cells(influences: InfluenceMatrix) -> pd.DataFrame:
    """Cells on which people are furthest apart."""
    return disagreement(influences).head(MOST_CHANGES)
