"""One person's or one room's session: what is entered goes to the disk, what others enter comes in.

No widgets here: a panel asks a session, and shows what it says.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

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
    has_rounds,
    is_entry_file,
    local_now,
    new_session,
)
from strategy_lib.inputs.entries.files import SessionFile, assembled, read_session
from strategy_lib.inputs.files.sources import Source, find_sources
from strategy_lib.inputs.records import Converters
from strategy_lib.widgets.overlay import overlaid

Clock = Callable[[], datetime]
# Table -> values that the rows which are meant have; an empty mapping means all rows.
Scope = Mapping[str, tuple[Mapping[str, Any], ...]]
_LOGS: dict[tuple[int, Path], EntryLog] = {}


class LateEntryError(InputError):
    """The round was closed meanwhile; what was typed was not entered."""


@dataclass
class Session:
    """Reads and writes the entries of one cycle for one notebook.

    Attributes
    ----------
    inputs : Snapshot
        What the edition may see, as the notebook loaded it.
    folder : Path
        The cycle's `inputs/`.
    log : EntryLog
        What this notebook enters.
    entries : Entries
        What all sessions have entered, as of the last `reread`.
    """

    inputs: Snapshot
    folder: Path
    log: EntryLog
    entries: Entries = field(default_factory=Entries)
    _known: dict[str, tuple[tuple[int, int], SessionFile]] = field(default_factory=dict)
    _rounds_read: dict[tuple[str, Any], int] = field(default_factory=dict)

    @property
    def assessors(self) -> list[str]:
        """Codes of the people who judge, as the coordinator listed them."""
        listed = self.inputs.restricted["assessors"]["assessor_id"].dropna()
        return sorted(str(code) for code in listed)

    def reread(self) -> Entries:
        """Read what other sessions have entered since; files that did not grow are not read."""
        sources = [s for s in find_sources(self.folder) if is_entry_file(s.file)]
        self.entries = assembled(self._read(source) for source in sources)
        return self.entries

    def _read(self, source: Source) -> SessionFile:
        try:
            status = source.path.stat()
            stamp = (status.st_size, status.st_mtime_ns)
        except OSError:
            stamp = (-1, -1)
        known = self._known.get(source.file)
        if known is None or known[0] != stamp or source.refusal is not None:
            known = (stamp, read_session(source, self.log.converters))
            self._known[source.file] = known
        return known[1]

    def enter(self, table: str, row: Mapping[str, Any], who: str, kind: Kind = "set") -> Entry:
        """Check and save one entry.

        Raises
        ------
        LateEntryError
            If the entry's round was closed meanwhile.
        InputError, WorkspaceError
            If it cannot be used, or could not be written.
        """
        self.reread()
        if kind in ("set", "withdraw") and has_rounds(table):
            closed = self.entries.rounds.closed_at(table, row)
            if closed is not None:
                raise LateEntryError(
                    f"Round {row.get('round') or 1} was closed at {closed:%H:%M:%S}, before this "
                    "was saved. It is kept here: a button below enters it in the next round."
                )
        entry = self.log.append(table, row, who, kind)
        self.reread()
        return entry

    def undo(self, who: str | None) -> Entry | None:
        """Take back the last entry (of one person) of this session, and read again."""
        taken = self.log.undo(None if who == FACILITATOR else who)
        self.reread()
        return taken

    def round_of(self, table: str, row: Mapping[str, Any] | None = None) -> int:
        """Round that is open: 1, 2, or 0 once both are closed.

        Where forms of the second round have been read already, the first one is over.
        """
        current = self.entries.rounds.current(table, row)
        return max(current, self._round_read(table, row or {})) if current else 0

    def _round_read(self, table: str, row: Mapping[str, Any]) -> int:
        """Highest round of the rows that the notebook loaded; they never change."""
        key = (table, tuple(sorted(row.items())))
        if key not in self._rounds_read:
            rounds = within(self.inputs.restricted[table], (row,))["round"].dropna()
            self._rounds_read[key] = int(rounds.max()) if len(rounds) else 0
        return self._rounds_read[key]

    def close_round(self, scope: Scope, number: int) -> None:
        """Show a round of some tables, or of some of their rows, to the room."""
        for table, parts in scope.items():
            for part in parts:
                if self.round_of(table, part) == number:
                    self.log.append(table, {**part, "round": number}, FACILITATOR, "close_round")
        self.reread()

    def answered(self, scope: Scope, number: int) -> dict[str, int]:
        """Assessors who entered anything in a round -> how many rows; no values."""
        found: dict[str, set[Any]] = {}
        for entry in self.entries.standing:
            parts = scope.get(entry.table, ())
            is_meant = any(_fits(entry.row, part) for part in parts)
            if is_meant and (entry.row.get("round") or 1) == number:
                found.setdefault(str(entry.row["assessor_id"]), set()).add((entry.table, entry.key))
        return {code: len(keys) for code, keys in sorted(found.items())}

    def used_elsewhere(self, who: str) -> datetime | None:
        """When somebody last used a person's code in another session of the same day."""
        today = self.log.clock().date()
        others = (
            entry.at
            for entry in reversed(self.entries.history)
            if entry.who == who and entry.session != self.log.session
        )
        return next((at for at in others if at.date() == today), None)

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
    meant = pd.Series(False, index=frame.index)
    for part in parts:
        one = pd.Series(True, index=frame.index)
        for name, value in part.items():
            one &= (frame[name] == value).fillna(False).astype(bool)
        meant |= one
    return frame[meant]


def _fits(row: Mapping[str, Any], part: Mapping[str, Any]) -> bool:
    return all(row.get(name) == value for name, value in part.items())


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
        log = _LOGS[key] = EntryLog(folder, new_session(clock()), clock, converters)
    session = Session(inputs, folder, log)
    session.reread()
    return session
