"""Which futures hold together, which ones people named, and the few to work with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from strategy_lib.chapters.scenarios.names import EFFORT, HOLDS, named_scenarios
from strategy_lib.chapters.scenarios.plausible import Plausible, States, plausible_of
from strategy_lib.core.errors import InputError
from strategy_lib.editions.restrict import Restricted
from strategy_lib.judgements.drivers import today
from strategy_lib.judgements.influences import InfluenceMatrix
from strategy_lib.methods.cross_impact import consistent_scenarios, diverse_subset, near_misses

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
        Scenarios that people named: `scenario_id`, `name`, `label` (the name, told apart), `story`,
        `status`, `why`, `states` (a dict of column -> code; None where it is not complete), and
        `is_counted` (whether it holds together in enough plausible matrices).
    cards : DataFrame
        The few to work with: a column a descriptor with codes of states, `scenario_id`, `name`,
        `story`, `nearest` (in how many descriptors it differs from the most similar other card) and
        `label`.
    labels : tuple of str
        Of each row of `found`: the name that people gave, else its number.
    problem : str
        Why the search could not be completed; empty where it was.
    """

    influences: InfluenceMatrix
    plausible: Plausible
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

    @cached_property
    def in_median(self) -> dict[States, str]:
        """States of each scenario found -> its label."""
        return dict(zip(states_in(self.found, self.influences), self.labels, strict=True))

    @cached_property
    def named_states(self) -> dict[States, str]:
        """States of each complete scenario that people named -> its label."""
        rows = zip(self.named["states"], self.named["label"], strict=True)
        return {_key(self.influences, own): str(label) for own, label in rows if own}


def futures_of(inputs: Restricted, influences: InfluenceMatrix, counted_from: float) -> Futures:
    """Every scenario that holds together in the room's matrix, named ones, and the cards.

    Parameters
    ----------
    counted_from : float
        Share of plausible matrices (0-1) in which a named scenario holds together to be counted;
        one that holds together in the room's own matrix is counted anyway.
    """
    found, problem = _search(influences)
    plausible = plausible_of(influences)
    named = _counted(named_scenarios(inputs, influences), influences, plausible, counted_from)
    labels = _labels(influences, found, named)
    chosen = _cards(influences, found, named, labels)
    return Futures(influences, plausible, found, named, chosen, labels, problem)


def _counted(
    named: pd.DataFrame, influences: InfluenceMatrix, plausible: Plausible, counted_from: float
) -> pd.DataFrame:
    """Named scenarios with `label` and `is_counted`, the firmest first."""
    keys = [_key(influences, states or {}) for states in named["states"]]
    share = [plausible.share.get(key, 0.0) for key in keys]
    made = named.assign(
        label=told_apart([str(name) for name in named["name"]]),
        is_counted=(named["status"] == HOLDS) | (np.array(share) >= counted_from),
    )
    order = np.argsort(-np.array(share), kind="stable")
    return made.iloc[order].reset_index(drop=True)


def _search(influences: InfluenceMatrix) -> tuple[pd.DataFrame, str]:
    columns = [*influences.system.keys, "total_impact_score", "inconsistency"]
    if influences.matrix is None:
        return pd.DataFrame(columns=columns), "There are not two descriptors to compare."
    try:
        return consistent_scenarios(influences.matrix, effort=EFFORT), ""
    except InputError as error:
        return pd.DataFrame(columns=columns), str(error)


def states_in(frame: pd.DataFrame, influences: InfluenceMatrix) -> list[States]:
    """States of the scenario in each row of a table with a column a descriptor."""
    return list(frame[list(influences.system.keys)].itertuples(index=False, name=None))


def _key(influences: InfluenceMatrix, states: Mapping[str, str]) -> States:
    """States of one scenario, in the order of the descriptors."""
    return tuple(states.get(column, "") for column in influences.system.keys)


def _labels(
    influences: InfluenceMatrix, found: pd.DataFrame, named: pd.DataFrame
) -> tuple[str, ...]:
    """Of each scenario found: the name that people gave, else its number."""
    found_states = states_in(found, influences)
    labels = {states: f"No. {number}" for number, states in enumerate(found_states, 1)}
    for name, states in zip(named["name"], named["states"], strict=True):
        key = _key(influences, states or {})
        if key in labels:
            labels[key] = str(name)
    return tuple(told_apart(list(labels.values())))


def _cards(
    influences: InfluenceMatrix, found: pd.DataFrame, named: pd.DataFrame, labels: tuple[str, ...]
) -> pd.DataFrame:
    """Named scenarios that are counted, and today's; then the most different ones."""
    if found.empty:
        return found.reindex(columns=[*found.columns, *CARD_COLUMNS])
    columns = list(influences.system.keys)
    known = dict(zip(states_in(found, influences), labels, strict=True))
    counted = named[named["is_counted"]].to_dict("records")
    holding = {_key(influences, row["states"]): row for row in reversed(counted)}
    chosen = list(reversed(holding))[:MOST_CARDS]
    # Where it is not said of all descriptors how they are today, no scenario has these states.
    now = _key(influences, today(influences.system))
    if now in known and now not in chosen:
        chosen.append(now)
    if len(chosen) < CARDS:
        chosen = _filled_up(found, chosen, columns)
    own = [holding.get(states, {}) for states in chosen]
    return pd.DataFrame(chosen, columns=columns).assign(
        scenario_id=[row.get("scenario_id", "") for row in own],
        name=[row.get("name", NO_NAME) for row in own],
        story=[row.get("story", "") for row in own],
        nearest=_nearest(np.array(chosen, dtype=object).reshape(-1, len(columns))),
        label=[known.get(states) or row["label"] for states, row in zip(chosen, own, strict=True)],
    )


def _nearest(codes: npt.NDArray[np.object_]) -> list[int]:
    """In how many descriptors each row differs from the most similar other one."""
    differs = (codes[:, None, :] != codes).sum(axis=2)
    np.fill_diagonal(differs, codes.shape[1])
    return [int(least) for least in differs.min(axis=1)]


def _filled_up(found: pd.DataFrame, chosen: list[States], columns: list[str]) -> list[States]:
    if not chosen:
        table = diverse_subset(found, CARDS, columns)
        return list(table[columns].itertuples(index=False, name=None))
    codes, chosen = found[columns].to_numpy(dtype=object), list(chosen)
    while len(chosen) < CARDS:
        # Next comes the one that differs most from what is there already.
        apart = (codes[:, None, :] != np.array(chosen, dtype=object)).sum(axis=2).min(axis=1)
        if not apart.max():
            break
        chosen.append(tuple(codes[apart.argmax()]))
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
