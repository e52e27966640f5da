"""Rounds of a workshop: who has judged alone, when the room was shown it, and what came late.

A judgement (a row with an assessor and a round) is hidden until the facilitator closes its round,
or a later one: nothing that was entered stays behind in a round before. What is entered into a
closed round stays in the history and does not count.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from strategy_lib.inputs.entries.checks import ROUND_KINDS
from strategy_lib.inputs.entries.lines import FACILITATOR, Entry
from strategy_lib.schema.schema import table_schema

LAST_ROUND = 2
_JUDGED_BY = ("assessor_id", "round")


def has_rounds(table: str) -> bool:
    """Whether rows of a table are judged alone first, and shown together.

    Examples
    --------
    >>> has_rounds("scores"), has_rounds("activities")
    (True, False)
    """
    return all(name in table_schema(table).names for name in _JUDGED_BY)


def round_number(row: Mapping[str, Any]) -> int:
    """Round of a row; one that does not say it is of the first."""
    return int(row.get("round") or 1)


def fits(row: Mapping[str, Any], part: Mapping[str, Any]) -> bool:
    """Whether a row has the values of a part."""
    return all(row.get(name) == value for name, value in part.items())


@dataclass(frozen=True)
class Closing:
    """A round that was closed, with those before it: of a table, or of rows with certain values.

    Attributes
    ----------
    block : str
        Questions that the room closed together with it; a panel may have closed it a moment before.
    """

    table: str
    row: Mapping[str, Any]
    entry: Entry
    block: str = ""

    @property
    def number(self) -> int:
        """Round that was closed."""
        return round_number(self.row)

    @property
    def part(self) -> Mapping[str, Any]:
        """Values of the rows that it is about; empty for all rows of the table."""
        return {k: v for k, v in self.row.items() if k != "round" and v is not None}

    def covers(self, row: Mapping[str, Any]) -> bool:
        """Whether it closed the round of a row."""
        return round_number(row) <= self.number and fits(row, self.part)


_ByValues = dict[tuple[Any, ...], list[tuple[int, Closing]]]


def _values(row: Mapping[str, Any], names: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(row.get(name) for name in names)


@dataclass(frozen=True)
class Rounds:
    """Which rounds are closed now, and where in the history each was closed."""

    closings: tuple[Closing, ...] = ()
    positions: Mapping[tuple[str, int], int] = field(default_factory=dict)

    @cached_property
    def _index(self) -> Mapping[str, Mapping[tuple[str, ...], _ByValues]]:
        """Table -> fields of a part -> their values -> closings with their places, in order."""
        index: dict[str, dict[tuple[str, ...], _ByValues]] = {}
        for place, closing in enumerate(self.closings):
            names = tuple(sorted(closing.part))
            parts = index.setdefault(closing.table, {}).setdefault(names, {})
            parts.setdefault(_values(closing.part, names), []).append((place, closing))
        return index

    def closed_by(self, table: str, row: Mapping[str, Any]) -> Closing | None:
        """What closed the round of a row first, or None while it is open."""
        number = round_number(row)
        found = (
            pair
            for names, parts in self._index.get(table, {}).items()
            for pair in parts.get(_values(row, names), ())
            if number <= pair[1].number
        )
        first = min(found, key=lambda pair: pair[0], default=None)
        return None if first is None else first[1]

    def closed_at(self, table: str, row: Mapping[str, Any]) -> datetime | None:
        """When the round of a row was closed."""
        closing = self.closed_by(table, row)
        return None if closing is None else closing.entry.at

    def current(self, table: str, row: Mapping[str, Any] | None = None) -> int:
        """Round that is open for a row: 1, 2, or 0 once both are closed."""
        given = dict(row or {})
        for number in range(LAST_ROUND, 0, -1):
            if self.closed_by(table, given | {"round": number}) is not None:
                return number + 1 if number < LAST_ROUND else 0
        return 1


def rounds_of(history: Iterable[Entry]) -> Rounds:
    """Rounds as the history leaves them; a round that was opened again is open."""
    ordered = list(history)
    taken_back = undone(ordered)
    closings: list[Closing] = []
    positions: dict[tuple[str, int], int] = {}
    for position, entry in enumerate(ordered):
        if entry.kind not in ROUND_KINDS or (entry.file, entry.line) in taken_back:
            continue
        given = Closing(entry.table, entry.row, entry, entry.marks.get("block", ""))
        same = [c for c in closings if c.table == given.table and c.part == given.part]
        if entry.kind == "open_round":
            # A round cannot be open while one that comes after it is closed.
            closings = [c for c in closings if c not in same or c.number < given.number]
        elif all(c.number < given.number for c in same):
            closings.append(given)
            positions[entry.file, entry.line] = position
        else:
            closings = [
                replace(c, block=given.block)
                if c in same and c.number == given.number and not c.block
                else c
                for c in closings
            ]
    return Rounds(tuple(closings), positions)


def undone(history: Iterable[Entry], rounds: Rounds | None = None) -> set[tuple[str, int]]:
    """Lines (file, number) that a later line of the same session took back in time.

    Parameters
    ----------
    rounds : Rounds, optional
        Where it is given, nothing is taken back after its round was closed.
    """
    known = rounds or Rounds()
    return {
        (entry.file, entry.undoes)
        for position, entry in enumerate(history)
        if entry.undoes and not is_late(position, entry, known)
    }


def is_open(entry: Entry, rounds: Rounds) -> bool:
    """Whether an entry is a judgement that the room has not been shown yet.

    A reason that the facilitator recorded was said in the room, of an answer that it had seen.
    """
    if entry.kind in ROUND_KINDS or not has_rounds(entry.table):
        return False
    if entry.kind == "reason" and entry.who == FACILITATOR:
        return False
    return rounds.closed_by(entry.table, entry.row) is None


def is_late(position: int, entry: Entry, rounds: Rounds) -> bool:
    """Whether an entry came into a round that was closed by then."""
    if entry.kind in ("reason", *ROUND_KINDS) or not has_rounds(entry.table):
        return False
    closing = rounds.closed_by(entry.table, entry.row)
    if closing is None:
        return False
    return rounds.positions[closing.entry.file, closing.entry.line] < position


def standing(history: Iterable[Entry], rounds: Rounds) -> tuple[Entry, ...]:
    """Entries that give values now, oldest first.

    Left out are those that were taken back, one by one or by key, and those that came late.
    """
    ordered = list(history)
    taken_back = undone(ordered, rounds)
    kept: dict[tuple[str, tuple[str, ...]], list[Entry]] = {}
    for position, entry in enumerate(ordered):
        is_gone = (entry.file, entry.line) in taken_back
        if entry.kind in ROUND_KINDS or entry.undoes or is_gone:
            continue
        if is_late(position, entry, rounds) or not entry.is_keyed:
            continue
        mine = kept.setdefault((entry.table, entry.key), [])
        if entry.kind == "withdraw":
            mine.clear()
        else:
            mine.append(entry)
    places = {id(entry): position for position, entry in enumerate(ordered)}
    return tuple(sorted((e for es in kept.values() for e in es), key=lambda e: places[id(e)]))
