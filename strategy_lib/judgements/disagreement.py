"""Where a room is apart after a closed round, and how it moved by the next one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from strategy_lib.core.messages import Number, say
from strategy_lib.methods.groups.consensus import consensus, stability
from strategy_lib.schema.schema import table_schema


@dataclass(frozen=True)
class Judged:
    """A table of judgements, as the rounds see it.

    Attributes
    ----------
    table, value : str
        Where the judgement stands.
    items : tuple of str
        Fields that say what is judged.
    name : callable
        Name of an item, from its codes.
    ends : tuple of float, optional
        Ends of the scale, where the schema has none.
    """

    table: str
    value: str
    items: tuple[str, ...]
    name: Callable[[tuple[str, ...]], str]
    ends: tuple[float, float] | None = None

    def scale(self, frame: pd.DataFrame) -> tuple[float, float]:
        """Ends of the scale: as told, else as the schema has them; wider where answers are."""
        item = table_schema(self.table)[self.value]
        low, high = self.ends or (item.minimum or 0, 10 if item.maximum is None else item.maximum)
        known = frame[self.value].dropna().astype(float)
        return min(float(low), known.min() if len(known) else low), max(
            float(high), known.max() if len(known) else high
        )


@dataclass(frozen=True)
class Disagreement:
    """One thing on which people differ, with the two who are furthest apart."""

    judged: Judged
    item: tuple[str, ...]
    n: int
    lowest: float
    lowest_by: str
    median: float
    highest: float
    highest_by: str

    @property
    def spread(self) -> float:
        """Distance between the lowest and the highest answer."""
        return self.highest - self.lowest

    @property
    def name(self) -> str:
        """What it is about."""
        return self.judged.name(self.item)


def answers(
    frame: pd.DataFrame, judged: Judged, number: int, *, is_latest: bool = False
) -> pd.DataFrame:
    """Answers of one round: a row for each item, a column for each assessor; NaN for no answer.

    Parameters
    ----------
    is_latest : bool
        Whether an answer of the round before stands for those who gave none in this one.
    """
    rounds = frame["round"].fillna(1)
    wanted = rounds <= number if is_latest else rounds == number
    rows = frame.assign(round=rounds)[wanted & frame["assessor_id"].notna()]
    rows = rows.dropna(subset=[*judged.items, judged.value]).sort_values("round", kind="stable")
    if rows.empty:
        return pd.DataFrame(dtype=float)
    values = rows.assign(**{judged.value: rows[judged.value].astype(float)})
    return values.pivot_table(
        index=list(judged.items), columns="assessor_id", values=judged.value, aggfunc="last"
    )


def furthest_apart(frame: pd.DataFrame, judged: Judged, number: int) -> list[Disagreement]:
    """Items on which at least two people differ, the widest first."""
    found = []
    table = answers(frame, judged, number, is_latest=True)
    for index, row in zip(table.index, table.to_numpy(dtype=float), strict=True):
        known = np.flatnonzero(~np.isnan(row))
        if len(known) < 2 or np.ptp(row[known]) == 0:
            continue
        low, high = known[np.argmin(row[known])], known[np.argmax(row[known])]
        item = tuple(map(str, index)) if isinstance(index, tuple) else (str(index),)
        codes = table.columns
        found.append(
            Disagreement(
                judged,
                item,
                len(known),
                float(row[low]),
                str(codes[low]),
                float(np.median(row[known])),
                float(row[high]),
                str(codes[high]),
            )
        )
    return sorted(found, key=lambda apart: (-apart.spread, apart.item))


def moved_words(frame: pd.DataFrame, judged: Judged) -> str:
    """How the second round differs from the first: consensus and stability, each by itself."""
    before, after = answers(frame, judged, 1), answers(frame, judged, 2)
    items = before.index.intersection(after.index)
    low, high = judged.scale(frame)
    changes = []
    for item in items:
        people = before.columns.intersection(after.columns)
        first, second = before.loc[item, people], after.loc[item, people]
        change = stability(first.to_numpy(dtype=float), second.to_numpy(dtype=float), low, high)
        if change.n:
            changes.append(change)
    if not changes:
        return say("panel-both-rounds-nobody")
    pairs = sum(c.n for c in changes)
    moved = sum(c.n_moved for c in changes)
    stable = float(np.average([c.stability for c in changes], weights=[c.n for c in changes]))
    told = say("panel-moved", pairs=int(pairs), moved=int(moved), stable=Number(stable, 2))
    several = [c for c in changes if c.n > 1]
    if not several:
        return told
    earlier, later = (
        float(np.median([getattr(c, f"consensus_{when}") for c in several]))
        for when in ("before", "after")
    )
    nearer = "closer" if later > earlier else "further" if later < earlier else "same"
    return " ".join(
        (told, say("panel-nearer", nearer=nearer, before=Number(earlier, 2), now=Number(later, 2)))
    )


def consensus_words(frame: pd.DataFrame, judged: Judged, number: int) -> str:
    """How close people are in one round, over all items."""
    table = answers(frame, judged, number, is_latest=True)
    low, high = judged.scale(frame)
    known = [row[~np.isnan(row)] for row in table.to_numpy(dtype=float)]
    close = [consensus(row, low, high) for row in known if len(row) > 1]
    if not close:
        return say("panel-same-question-few")
    apart = sum(value < 0.5 for value in close)
    return say("panel-spread", questions=len(close), apart=int(apart))
