"""Which futures hold together, which ones people named, and the few to work with."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from strategy_lib.chapters.scenarios.names import EFFORT, named_scenarios
from strategy_lib.core.errors import InputError
from strategy_lib.editions.restrict import Restricted
from strategy_lib.judgements.drivers import today
from strategy_lib.judgements.influences import InfluenceMatrix
from strategy_lib.methods.cross_impact import (
    consistent_scenarios,
    diverse_subset,
    near_misses,
)

NO_NAME = "no name yet"
MOST_NEAR_MISSES = 2_000
WIDEST_MISS = 12
CARDS = 6
MOST_CARDS = 8
CARD_COLUMNS = ("scenario_id", "name", "story", "nearest", "label")


@dataclass(frozen=True, eq=False)
class Futures:
    """What the room's matrix says about the future.

    Attributes
    ----------
    found : DataFrame
        All scenarios that hold together, best first: a column a descriptor with codes of states,
        `total_impact_score`, `inconsistency`.
    named : DataFrame
        Scenarios that people named: `scenario_id`, `name`, `story`, `status`, `why`, and `states`
        (a dict of column -> code; None where it is not complete).
    cards : DataFrame
        The few to work with, as `found`, with `scenario_id`, `name`, `story`, `nearest` (in how
        many descriptors it differs from the most similar other card) and `label`.
    labels : tuple of str
        Of each row of `found`: the name that people gave, else its number.
    problem : str
        Why the search could not be completed; empty where it was.
    """

    influences: InfluenceMatrix
    found: pd.DataFrame
    named: pd.DataFrame
    cards: pd.DataFrame
    labels: tuple[str, ...] = ()
    problem: str = ""

    @cached_property
    def columns(self) -> list[str]:
        """Columns of the descriptors."""
        return list(self.influences.system.keys)

    @cached_property
    def codes(self) -> npt.NDArray[np.object_]:
        """States of the scenarios found, scenarios x descriptors."""
        return self.found[self.columns].to_numpy(dtype=object)


def futures_of(inputs: Restricted, influences: InfluenceMatrix, cards: int = CARDS) -> Futures:
    """Every scenario that holds together in the room's matrix, named ones, and the cards."""
    found, problem = _search(influences)
    named = named_scenarios(inputs, influences)
    labels = _labels(influences, found, named)
    chosen = _cards(influences, found, named, labels, cards)
    return Futures(influences, found, named, chosen, labels, problem)


def _search(influences: InfluenceMatrix) -> tuple[pd.DataFrame, str]:
    columns = [*influences.system.keys, "total_impact_score", "inconsistency"]
    if influences.matrix is None:
        return pd.DataFrame(columns=columns), "There are not two descriptors to compare."
    try:
        return consistent_scenarios(influences.matrix, effort=EFFORT), ""
    except InputError as error:
        return pd.DataFrame(columns=columns), str(error)


def _labels(
    influences: InfluenceMatrix, found: pd.DataFrame, named: pd.DataFrame
) -> tuple[str, ...]:
    """Of each scenario found: the name that people gave, else its number."""
    labels = [f"No. {number}" for number in range(1, len(found) + 1)]
    for name, row in zip(named["name"], _rows(influences, found, named), strict=True):
        if row is not None:
            labels[row] = str(name)
    return tuple(told_apart(labels))


def _rows(
    influences: InfluenceMatrix, found: pd.DataFrame, named: pd.DataFrame
) -> list[int | None]:
    """Where each named scenario stands among those found; None where it does not."""
    if found.empty or named.empty:
        return [None] * len(named)
    columns = list(influences.system.keys)
    codes = found[columns].to_numpy(dtype=object)
    place = {tuple(row): number for number, row in enumerate(codes)}
    return [
        place.get(tuple(states[c] for c in columns)) if states else None
        for states in named["states"]
    ]


def _cards(
    influences: InfluenceMatrix,
    found: pd.DataFrame,
    named: pd.DataFrame,
    labels: tuple[str, ...],
    size: int,
) -> pd.DataFrame:
    """Named scenarios that hold together, and today's; then the most different ones."""
    if found.empty:
        return found.reindex(columns=[*found.columns, *CARD_COLUMNS])
    columns = list(influences.system.keys)
    codes = found[columns].to_numpy(dtype=object)
    places = pd.Series(_rows(influences, found, named), index=named.index, dtype="Int64").dropna()
    holding = named.loc[places.drop_duplicates().index].head(MOST_CARDS)
    rows = [int(row) for row in places.loc[holding.index]]
    rows += [row for row in _today(influences, codes) if row not in rows]
    chosen = rows if len(rows) >= size else _filled_up(found, rows, columns, size)
    fill = [""] * (len(chosen) - len(holding))
    return (
        found.iloc[chosen]
        .reset_index(drop=True)
        .assign(
            scenario_id=[*holding["scenario_id"], *fill],
            name=[*holding["name"], *[NO_NAME for _ in fill]],
            story=[*holding["story"], *fill],
            nearest=_nearest(codes[chosen]),
            label=[labels[row] for row in chosen],
        )
    )


def _today(influences: InfluenceMatrix, codes: npt.NDArray[np.object_]) -> list[int]:
    """Where today stands among the scenarios found, if it does."""
    known, open_ones = today(influences.system)
    if open_ones:
        return []
    states = np.array([known[column] for column in influences.system.keys], dtype=object)
    return [int(row) for row in np.flatnonzero((codes == states).all(axis=1))]


def _nearest(codes: npt.NDArray[np.object_]) -> list[int]:
    """In how many descriptors each row differs from the most similar other one."""
    differs = (codes[:, None, :] != codes).sum(axis=2)
    np.fill_diagonal(differs, codes.shape[1])
    return [int(least) for least in differs.min(axis=1)]


def _filled_up(found: pd.DataFrame, rows: list[int], columns: list[str], size: int) -> list[int]:
    if not rows:
        return [int(n) for n in diverse_subset(found, size, columns).index]
    codes, chosen = found[columns].to_numpy(dtype=object), list(rows)
    while len(chosen) < min(size, len(codes)):
        # Next comes the one that differs most from what is there already.
        apart = (codes[:, None, :] != codes[chosen]).sum(axis=2).min(axis=1)
        chosen.append(int(apart.argmax()))
    return chosen


def told_apart(labels: list[str]) -> list[str]:
    """Labels with a number behind those that are there more than once.

    Examples
    --------
    >>> told_apart(["Calm", "Storm", "Calm"])
    ['Calm (1)', 'Storm', 'Calm (2)']
    """
    total, seen = Counter(labels), Counter[str]()
    result = []
    for label in labels:
        seen[label] += 1
        result.append(f"{label} ({seen[label]})" if total[label] > 1 else label)
    return result


def missed(influences: InfluenceMatrix, found: pd.DataFrame) -> pd.DataFrame:
    """Scenarios that just fail: at most one short, or the least short where none holds together.

    Returns
    -------
    DataFrame
        As `near_misses`; empty where the search is too large.
    """
    if influences.matrix is None:
        return pd.DataFrame()
    try:
        for allowed in range(1, WIDEST_MISS):
            table = near_misses(influences.matrix, allowed, limit=MOST_NEAR_MISSES, effort=EFFORT)
            if len(table) or len(found):
                return table
    except InputError:
        return pd.DataFrame()
    return pd.DataFrame()
