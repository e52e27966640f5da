"""What was answered, as the room's process knows it: read from the entries, kept as they are written.

It holds answers of open rounds: nothing of it goes to any page but to the phone of whoever answered,
until the round is closed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

from strategy_lib.inputs.entries.entry import (
    FACILITATOR,
    Entries,
    Entry,
    EntryLog,
    EntryReader,
    round_number,
)
from strategy_lib.judgements.receipts import VALUES
from strategy_lib.room.questions.answers import Row, names_of, row_name, value_of
from strategy_lib.room.questions.blocks import Question

PHONE, PAPER, PANEL = "phone", "paper", "panel"
_Name = tuple[str, ...]


@dataclass
class Book:
    """Answers that stand, by person and round.

    Attributes
    ----------
    log : EntryLog
        What this room writes.
    entries : Entries
        All sessions, as of the last `reread`.
    offices : mapping of str to str
        Person -> office, for tables whose rows name it.
    """

    log: EntryLog
    reader: EntryReader
    offices: dict[str, str] = field(default_factory=dict)
    entries: Entries = field(default_factory=Entries)
    lines_by_id: dict[tuple[str, str], int] = field(default_factory=dict)
    _rows: dict[tuple[str, int], dict[_Name, tuple[Row, str]]] = field(default_factory=dict)
    _others: dict[Path, int] = field(default_factory=dict)
    _reading: Lock = field(default_factory=Lock, repr=False)
    _known: dict[tuple[str, str], list[_Name]] = field(default_factory=dict)

    def reread(self) -> Entries:
        """Read what all sessions have entered, and keep what stands."""
        self.mark_others()
        self.take(self.read())
        return self.entries

    def read(self) -> Entries:
        """Read what was added since; what stands of it is kept by `take` alone."""
        with self._reading:
            return self.reader.read()

    def take(self, entries: Entries) -> None:
        """Keep what stands in entries that were read."""
        self.entries = entries
        self._rows, self.lines_by_id = {}, {}
        for entry in entries.history:
            self._count(entry)
        for entry in entries.standing:
            self._keep(entry)

    def mark_others(self) -> None:
        """Other sessions are read as far as they are now."""
        self._others = self._sizes()

    def has_others(self) -> bool:
        """Whether another session has entered something since."""
        return self._sizes() != self._others

    def _sizes(self) -> dict[Path, int]:
        own = f"{self.log.session}.jsonl"
        files = (p for p in self.log.folder.glob("*/workshop/*.jsonl") if p.name != own)
        return {path: path.stat().st_size for path in files}

    def note(self, written: Iterable[Entry], *, is_late: bool = False) -> None:
        """Keep what this room has just written."""
        for entry in written:
            self._count(entry)
            if is_late:
                continue
            if entry.kind == "withdraw":
                mine = self._mine(entry)
                mine.pop(row_name(entry.table, entry.row), None)
            else:
                self._keep(entry)

    def _count(self, entry: Entry) -> None:
        name = entry.marks.get("answer")
        if name:
            place = (entry.who, name)
            self.lines_by_id[place] = self.lines_by_id.get(place, 0) + 1

    def _mine(self, entry: Entry) -> dict[_Name, tuple[Row, str]]:
        place = (str(entry.row.get("assessor_id")), round_number(entry.row))
        return self._rows.setdefault(place, {})

    def _keep(self, entry: Entry) -> None:
        if entry.kind != "set" or entry.table not in VALUES:
            return
        by = PHONE if "answer" in entry.marks else PAPER if entry.who == FACILITATOR else PANEL
        mine = self._mine(entry)
        name = row_name(entry.table, entry.row)
        row, _ = mine.get(name, ({}, by))
        mine[name] = (row | dict(entry.row), by)

    def answer(self, who: str, question: Question, number: int) -> dict[str, Any] | None:
        """What a person answered in a round: value, and by what way; None where nothing."""
        mine = self._rows.get((who, number))
        if not mine:
            return None
        found = [mine.get(name) for name in self._names(question, who)]
        known = [one for one in found if one is not None]
        if not known:
            return None
        rows: list[Row] = [{} if one is None else one[0] for one in found]
        return {"value": value_of(question, rows), "by": known[-1][1]}

    def has_answered(self, who: str, question: Question, number: int) -> bool:
        """Whether a person answered all of a question; “cannot say” is an answer."""
        mine = self._rows.get((who, number), {})
        return bool(mine) and all(name in mine for name in self._names(question, who))

    def _names(self, question: Question, who: str) -> list[_Name]:
        fixed = self.fixed(question.table, who)
        place = (question.id, fixed.get("unit_id", ""))
        if place not in self._known:
            self._known[place] = names_of(question, fixed)
        return self._known[place]

    def whose(self, table: str, who: str, number: int) -> dict[str, Any]:
        """Fields that say whose a row is, and of which round."""
        return {"assessor_id": who, "round": number, **self.fixed(table, who)}

    def fixed(self, table: str, who: str) -> Mapping[str, str]:
        """Fields that are the same in all rows of a person."""
        if table == "readiness" and self.offices.get(who):
            return {"unit_id": self.offices[who]}
        return {}
