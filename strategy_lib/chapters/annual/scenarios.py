"""Scenarios gained and lost since last time, and the judgements that made or unmade them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from strategy_lib.chapters.annual.context import Context
from strategy_lib.chapters.codes import Answer
from strategy_lib.chapters.registry import chapter_named
from strategy_lib.core.errors import InputError
from strategy_lib.judgements.influences import InfluenceMatrix, influences_of
from strategy_lib.methods.cross_impact import CrossImpactMatrix, consistent_scenarios

# Search steps after which a matrix counts as too large to compare here.
EFFORT = 4_000_000
_CHAPTER = chapter_named("scenarios").name
COLUMNS = ["change", "scenario", "because", "several_together"]
CELLS = ["source", "target", "then", "now", "makes", "unmakes"]
Cell = tuple[int, int]


@dataclass(frozen=True, eq=False)
class ScenarioChange:
    """The scenarios of two cycles side by side.

    Attributes
    ----------
    before, now : int, optional
        How many hold together; None where it cannot be said.
    scenarios : DataFrame
        `change` (gained, lost), `scenario` (its states), `because` (changed judgements without any
        one of which it would not have come, or gone), `several_together` (no single one was needed:
        the changed judgements that bear on it are listed).
    cells : DataFrame
        Judgements of the room that differ: `source`, `target`, `then`, `now`, and how many of these
        scenarios each one makes and unmakes.
    why_not : str
        Why single scenarios are not compared; empty where they are.
    """

    before: int | None
    now: int | None
    scenarios: pd.DataFrame
    cells: pd.DataFrame
    why_not: str = ""


def scenario_change(context: Context) -> ScenarioChange:
    """Which scenarios hold together now and did not last time, and the other way round."""
    if context.before is None:
        return _nothing("there is no cycle before this one")
    if not all(frame["impact"].notna().any() for frame in context.both("cross_impacts")):
        # The workbook's starting list is nobody's judgement.
        return _nothing("nobody judged influences in one of the cycles, or it is not shown")
    then, now = (influences_of(cycle.restricted) for cycle in (context.before, context.now))
    if then.matrix is None or now.matrix is None:
        return _nothing("one of the cycles shows no descriptors and influences")
    try:
        sets = [consistent_scenarios(m, effort=EFFORT) for m in (then.matrix, now.matrix)]
    except InputError:
        return _nothing("there are too many combinations to search here")
    counts = (len(sets[0]), len(sets[1]))
    if then.system.keys != now.system.keys:
        return _nothing("descriptors or their states are not the same ones", counts)
    if not context.lists_records:
        return _nothing("this edition lists no single judgement", counts)
    return _compared(then, now, sets, counts)


def future_shares(context: Context) -> pd.DataFrame:
    """In what share of plausible matrices each future that people named holds together, both times.

    Returns
    -------
    DataFrame
        `scenario`, `then_pct`, `now_pct` (0 to 100; missing where a year does not list it); the
        largest change first. Futures are the same by their states.
    """
    saved = [side.get(_CHAPTER) for side in (context.saved_before, context.saved_now)]
    columns = ["scenario", "share_pct", "is_named", "states"]
    then, now = (
        chapter.table("future_shares", *columns) if chapter else pd.DataFrame(columns=columns)
        for chapter in saved
    )
    earlier = then.drop_duplicates("states").set_index("states")["share_pct"]
    made = now[now["is_named"] == Answer.YES]
    made = pd.DataFrame(
        {
            "scenario": made["scenario"],
            "then_pct": made["states"].map(earlier).astype(float),
            "now_pct": made["share_pct"].astype(float),
        }
    )
    order = np.argsort(-(made["now_pct"] - made["then_pct"]).abs().to_numpy(), kind="stable")
    return made.iloc[order].reset_index(drop=True)


def _nothing(why: str, counts: tuple[int | None, int | None] = (None, None)) -> ScenarioChange:
    empty = pd.DataFrame(columns=COLUMNS), pd.DataFrame(columns=CELLS)
    return ScenarioChange(*counts, *empty, why)


def _compared(
    then: InfluenceMatrix, now: InfluenceMatrix, sets: list[pd.DataFrame], counts: tuple[int, int]
) -> ScenarioChange:
    assert then.matrix is not None
    assert now.matrix is not None
    pair = _Pair(now, then.matrix, now.matrix)
    names = list(now.matrix.names)
    old, new = (set(frame[names].itertuples(index=False, name=None)) for frame in sets)
    rows = []
    effects = {cell: [0, 0] for cell in pair.cells}
    for place, (change, found) in enumerate((("gained", new - old), ("lost", old - new))):
        for states in sorted(found):
            needed, bearing = pair.reasons(states, is_gained=change == "gained")
            for cell in needed or bearing:
                effects[cell][place] += 1
            label = "; ".join(now.system.in_full(code) for code in states)
            words = "; ".join(pair.in_words(cell) for cell in needed or bearing)
            rows.append([change, label, words, not needed])
    made = pd.DataFrame([[*pair.row(c), *effects[c]] for c in pair.cells], columns=CELLS)
    order = np.argsort(-(made["makes"] + made["unmakes"]).to_numpy(dtype=float), kind="stable")
    table = pd.DataFrame(rows, columns=COLUMNS)
    return ScenarioChange(*counts, table, made.iloc[order].reset_index(drop=True))


@dataclass(frozen=True, eq=False)
class _Pair:
    """Two matrices of the same descriptors, and the cells in which they differ."""

    influences: InfluenceMatrix
    old: CrossImpactMatrix
    new: CrossImpactMatrix

    @cached_property
    def cells(self) -> list[Cell]:
        return [(int(i), int(j)) for i, j in np.argwhere(self.old.impacts != self.new.impacts)]

    def reasons(self, states: tuple[str, ...], *, is_gained: bool) -> tuple[list[Cell], list[Cell]]:
        """Changed cells without any one of which nothing would have happened, and all that bear."""
        chosen = self.new.offsets[:-1] + self.new.indices(list(states))
        balances = self.new.impacts[chosen].sum(axis=0).astype(float)
        inside = set(chosen.tolist())
        needed, bearing = [], []
        for i, j in self.cells:
            if i not in inside:
                continue
            change = float(self.new.impacts[i, j] - self.old.impacts[i, j])
            helps = change > 0 if j in inside else change < 0
            if helps == is_gained:
                bearing.append((i, j))
            without = balances.copy()
            without[j] -= change
            if self._holds(chosen, without) != is_gained:
                needed.append((i, j))
        return needed, bearing

    def _holds(self, chosen: npt.NDArray[np.intp], balances: npt.NDArray[np.float64]) -> bool:
        best = np.maximum.reduceat(balances, self.new.offsets[:-1])
        return bool((balances[chosen] >= best).all())

    def row(self, cell: Cell) -> list[Any]:
        """Source, target, the value then, and now."""
        source, target = (
            self.influences.system.in_full(self.new.pairs[place][1]) for place in cell
        )
        return [source, target, float(self.old.impacts[cell]), float(self.new.impacts[cell])]

    def in_words(self, cell: Cell) -> str:
        """A changed judgement in words."""
        source, target, then, now = self.row(cell)
        return f"{source} on {target} ({_signed(then)} to {_signed(now)})"


def _signed(impact: float) -> str:
    return f"{impact:+g}" if impact else "0"
