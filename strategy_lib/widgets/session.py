"""One person's or one room's session: what is entered goes to the disk, what others enter comes in.

No widgets here: a panel asks a session, and shows what it says.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from strategy_lib.core.errors import InputError
from strategy_lib.core.workspace import open_workspace
from strategy_lib.editions.restrict import Restricted
from strategy_lib.editions.snapshot import Snapshot
from strategy_lib.inputs.entries.checks import Kind
from strategy_lib.inputs.entries.entry import (
    FACILITATOR,
    Entries,
    Entry,
    EntryLog,
    EntryReader,
    fits,
    has_rounds,
    is_entry_file,
    is_open,
    local_now,
    new_session,
    round_number,
)
from strategy_lib.inputs.records import Converters
from strategy_lib.schema.schema import table_schema
from strategy_lib.widgets.overlay import overlaid

Clock = Callable[[], datetime]
# Table -> values that the rows which are meant have; an empty mapping means all rows.
Scope = Mapping[str, tuple[Mapping[str, Any], ...]]
_LOGS: dict[tuple[int, Path], EntryLog] = {}


PASSING = (
    "This is a copy of the example that is gone when the notebook ends, so nothing can be entered. "
    "To rehearse: workbook example FOLDER, then workbook lab FOLDER. For your own organisation: "
    "workbook lab FOLDER."
)


class LateEntryError(InputError):
    """The round was closed meanwhile; what was typed was not entered."""


@dataclass
class Session:
    """Reads and writes the entries of one cycle for one notebook.

    Attributes
    ----------
    inputs : Snapshot
        What the edition may see, as the notebook loaded it.
    root : Path
        The workspace.
    folder : Path
        The cycle's `inputs/`.
    log : EntryLog
        What this notebook enters.
    opened : datetime
        When the notebook opened it.
    entries : Entries
        What all sessions have entered, as of the last `reread`.
    """

    inputs: Snapshot
    root: Path
    folder: Path
    log: EntryLog
    opened: datetime
    entries: Entries = field(default_factory=Entries)
    _rounds_read: dict[tuple[str, Any], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._reader = EntryReader(self.folder, self.log.converters)

    @property
    def assessors(self) -> list[str]:
        """Codes of the people who judge: as listed, and who walked in since."""
        listed = self.inputs.restricted["assessors"]["assessor_id"].dropna()
        since = (e.row["assessor_id"] for e in self.entries.standing if e.table == "assessors")
        return sorted({str(code) for code in (*listed, *since)})

    def reread(self) -> Entries:
        """Read what other sessions have entered since."""
        self.entries = self._reader.read()
        return self.entries

    def enter(self, table: str, row: Mapping[str, Any], who: str, kind: Kind = "set") -> Entry:
        """Check and save one entry.

        Raises
        ------
        LateEntryError
            If the entry's round was closed meanwhile, or in the same moment.
        InputError, WorkspaceError
            If it cannot be used, or could not be written.
        """
        self.reread()
        if kind in ("set", "withdraw") and has_rounds(table):
            self._refuse_late(table, row)
        entry = self.log.append(table, row, who, kind)
        self.reread()
        if entry in self.entries.late:
            self._refuse_late(table, row)
        return entry

    def _refuse_late(self, table: str, row: Mapping[str, Any]) -> None:
        closed = self.entries.rounds.closed_at(table, row)
        if closed is not None:
            raise LateEntryError(
                f"Round {round_number(row)} was closed at {closed:%H:%M:%S}, before this "
                "was saved. It is kept here: a button below enters it in the next round."
            )

    def undo(self, who: str) -> Entry | None:
        """Take back the last entry of one person in this session, and read again.

        Raises
        ------
        InputError
            If the room was shown it: its round was closed.
        """
        self.reread()
        last = self.log.last(who)
        if last is not None and last.file and last.kind == "set" and has_rounds(last.table):
            closed = self.entries.rounds.closed_at(last.table, last.row)
            if closed is not None:
                raise InputError(
                    f"Round {round_number(last.row)} was closed at {closed:%H:%M:%S}, and what was "
                    "entered before then counts; it can be changed in the round that is open."
                )
        taken = self.log.undo(who)
        self.reread()
        return taken

    def round_of(self, table: str, part: Mapping[str, Any] | None = None) -> int:
        """Round that is open for a table, or for a part of it: 1, 2, or 0 once both are closed.

        Where answers of the second round have been read or entered already, the first one is over.

        Parameters
        ----------
        part : mapping, optional
            Values of the rows that are meant.
        """
        given = dict(part or {})
        current = self.entries.rounds.current(table, given)
        if not current:
            return 0
        waiting = (round_number(e.row) for e in self.waiting({table: (given,)}))
        return max(current, self._round_read(table, given), *waiting)

    def _round_read(self, table: str, part: Mapping[str, Any]) -> int:
        """Highest round of the forms that the notebook loaded; they never change."""
        key = (table, tuple(sorted(part.items())))
        if key not in self._rounds_read:
            self._rounds_read[key] = round_of_forms(self.inputs.restricted[table], part)
        return self._rounds_read[key]

    def waiting(self, scope: Scope) -> list[Entry]:
        """What was entered and the room has not been shown, oldest first."""
        return [e for e in self._standing(scope) if is_open(e, self.entries.rounds)]

    def late(self, scope: Scope) -> list[Entry]:
        """What came after its round was closed, and was not entered again since."""
        since = {(e.table, _judged_by(e)): e.at for e in self._standing(scope)}
        late = (e for e in self.entries.late if e.kind == "set" and _is_meant(e, scope))
        return [e for e in late if since.get((e.table, _judged_by(e)), e.at) <= e.at]

    def _standing(self, scope: Scope) -> Iterable[Entry]:
        return (entry for entry in self.entries.standing if _is_meant(entry, scope))

    def close_round(self, scope: Scope) -> dict[str, set[int]]:
        """Show the room everything that waits in some tables, or in some of their rows.

        Closed is the lowest round that is open, and each round that holds entries: tables may be
        in different rounds, where forms of the second were read of one of them only.

        Returns
        -------
        dict of str to set of int
            Table -> rounds that were closed.
        """
        closed: dict[str, set[int]] = {}
        opened = [(*place, self.round_of(*place)) for place in places_of(scope)]
        lowest = min((number for *_, number in opened if number), default=0)
        for table, part, number in opened:
            if number and (number == lowest or self.waiting({table: (part,)})):
                self.log.append(table, {**part, "round": number}, FACILITATOR, "close_round")
                closed.setdefault(table, set()).add(number)
        self.reread()
        return closed

    def open_round(self, scope: Scope) -> None:
        """Open what was closed last in each table, or in each of the parts, and hide it again."""
        for table, part in places_of(scope):
            number = self.closed_round(table, part)
            if number:
                self.log.append(table, {**part, "round": number}, FACILITATOR, "open_round")
        self.reread()

    def closed_round(self, table: str, part: Mapping[str, Any]) -> int:
        """Last round that the facilitator closed for a part of a table; 0 where none was."""
        mine = (
            c.number for c in self.entries.rounds.closings if c.table == table and c.part == part
        )
        return max(mine, default=0)

    def answered(self, scope: Scope) -> dict[str, int]:
        """Assessors who entered what the room has not been shown -> how many rows; no values."""
        found: dict[str, set[Any]] = {}
        for entry in self.waiting(scope):
            found.setdefault(str(entry.row["assessor_id"]), set()).add((entry.table, entry.key))
        return {code: len(keys) for code, keys in sorted(found.items())}

    def used_elsewhere(self, who: str, tables: Iterable[str]) -> datetime | None:
        """When somebody last used a person's code in another session since this one was opened.

        What was entered before, such as in a notebook that was started anew, is no alarm.
        """
        others = (
            entry.at
            for entry in reversed(self.entries.history)
            if entry.who == who
            and entry.session != self.log.session
            and entry.table in tuple(tables)
            and entry.at >= self.opened
        )
        return next(others, None)

    def view(self, tables: Iterable[str], who: str) -> Restricted:
        """What a person may see now: the edition's, what the room was shown, and their own.

        Parameters
        ----------
        tables : iterable of str
            Tables that entries are laid over; the others are as the edition has them.
        who : str
            Whose judgements of an open round are seen too; nobody's for the facilitator.
        """
        return overlaid(self.inputs.restricted, self.entries, tuple(tables), who)


def within(frame: pd.DataFrame, parts: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Rows that have the values of at least one part.

    Examples
    --------
    >>> frame = pd.DataFrame({"case_id": ["C1", "C2"], "round": [1, 1]})
    >>> list(within(frame, [{"case_id": "C2"}])["case_id"])
    ['C2']
    """
    meant = np.zeros(len(frame), dtype=bool)
    for part in parts:
        one = np.ones(len(frame), dtype=bool)
        for name, value in part.items():
            one &= (frame[name] == value).fillna(False).to_numpy(dtype=bool)
        meant |= one
    return frame[meant]


def round_of_forms(frame: pd.DataFrame, part: Mapping[str, Any]) -> int:
    """Highest round of a part of a table's rows, of those that forms brought; 0 for none."""
    rows = within(frame, (part,))
    if "source_file" in rows:
        is_form = [not is_entry_file(str(file)) for file in rows["source_file"]]
        rows = rows.loc[np.array(is_form, dtype=bool)]
    rounds = rows["round"].dropna()
    return int(rounds.max()) if len(rounds) else 0


def places_of(scope: Scope) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each table with each of its parts that are meant."""
    return ((table, part) for table, parts in scope.items() for part in parts)


def _is_meant(entry: Entry, scope: Scope) -> bool:
    return any(fits(entry.row, part) for part in scope.get(entry.table, ()))


def _judged_by(entry: Entry) -> tuple[str, ...]:
    """Who judged what, in whichever round."""
    names = table_schema(entry.table).primary_key
    return tuple(v for name, v in zip(names, entry.key, strict=True) if name != "round")


def open_session(inputs: Snapshot, workspace: str = "", clock: Clock = local_now) -> Session:
    """The session of this notebook; running a cell again goes on with the same one.

    Raises
    ------
    InputError
        If the edition may not show what single people say.
    """
    edition = inputs.restricted.edition
    if not edition.shows_people:
        raise InputError(
            f"The edition {edition.name!r} may not show what single people say, so it has no "
            'panels; set edition = "core" in the notebook\'s parameters.'
        )
    space = open_workspace(workspace or None)
    folder = space.cycle(inputs.cycle).inputs
    settings = space.settings
    key = (os.getpid(), folder)
    log = _LOGS.get(key)
    if log is None or log.clock is not clock:
        converters = Converters(settings.language, settings.place_names)
        refuses = PASSING if space.is_passing else ""
        log = _LOGS[key] = EntryLog(folder, new_session(clock()), clock, converters, refuses)
    session = Session(inputs, space.root, folder, log, clock())
    session.reread()
    return session
