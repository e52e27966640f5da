"""Writing what is entered in a workshop: one line, at once, to the disk; or a clear refusal."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from strategy_lib.core.atomic import NO_ROOM, sync_folder
from strategy_lib.core.errors import InputError, StrategyError, WorkspaceError
from strategy_lib.inputs.entries.checks import ROUND_KINDS, Kind, checked_row
from strategy_lib.inputs.entries.files import FOLDER, SUFFIX, is_session_name
from strategy_lib.inputs.entries.lines import Entry
from strategy_lib.inputs.entries.rounds import undone
from strategy_lib.inputs.records import Converters
from strategy_lib.schema.schema import table_schema

_READ_ONLY = (errno.EROFS, errno.EACCES, errno.EPERM)


def local_now() -> datetime:
    """The computer's clock with its offset."""
    return datetime.now().astimezone()


def new_session(now: datetime) -> str:
    """Name of a session that no other one has: the time and four random signs.

    Examples
    --------
    >>> new_session(datetime(2026, 11, 1, 14, 5, 31))[:16]
    '20261101-140531-'
    """
    return f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(4)}"


@dataclass(frozen=True)
class Asked:
    """One entry that is asked for; the parts are those of `Entry`."""

    table: str
    row: Mapping[str, Any]
    who: str
    kind: Kind = "set"
    undoes: int = 0
    marks: Mapping[str, str] = field(default_factory=dict)


@dataclass
class EntryLog:
    """The entries of one session.

    Parameters
    ----------
    folder : Path
        The cycle's `inputs/`; the file is `AREA/workshop/SESSION.jsonl` below it.
    session : str
        Letters, digits, `.`, `-` and `_`. No other session may have it: a file of this name that
        was there before is refused.
    clock : callable
        Gives the time with its offset.
    converters : Converters
        Of the organisation's language and names of places.
    refuses : str
        Why nothing can be entered; empty where it can.

    Attributes
    ----------
    pending : list of Entry
        Entries that could not be written; `retry` writes them.
    history : list of Entry
        Entries that are on the disk, oldest first.
    """

    folder: Path
    session: str
    clock: Callable[[], datetime] = local_now
    converters: Converters = field(default_factory=Converters)
    refuses: str = ""
    pending: list[Entry] = field(default_factory=list)
    history: list[Entry] = field(default_factory=list)
    warnings: tuple[str, ...] = ()
    _lines: dict[str, int] = field(default_factory=dict, repr=False)
    _sizes: dict[str, int] = field(default_factory=dict, repr=False)
    _torn: set[str] = field(default_factory=set, repr=False)

    def __post_init__(self) -> None:
        if not is_session_name(self.session):
            raise InputError(
                f"A session cannot be called {self.session!r}; "
                "use up to 64 letters, digits, full stops, hyphens and underscores."
            )

    def append(
        self, table: str, row: Mapping[str, Any], who: str, kind: Kind = "set", *, undoes: int = 0
    ) -> Entry:
        """Check one entry and write it; when this returns, it is on the disk.

        Parameters
        ----------
        row : mapping
            The key's fields, and those that are entered; None empties a field.
        who : str
            Code of the assessor, or `facilitator`.

        Returns
        -------
        Entry
            As it was written. What is odd and not wrong stands in `warnings`.

        Raises
        ------
        InputError
            If nothing can be entered here, or a value cannot be used; nothing was written.
        WorkspaceError
            If it could not be written; it is kept in `pending`.
        """
        self.pending.append(self._checked(Asked(table, row, who, kind, undoes)))
        self.retry()
        return self.history[-1]

    def append_many(self, asked: Sequence[Asked]) -> list[Entry | StrategyError]:
        """Check entries and write those that can be used: one write and one wait an area.

        What this returns as an entry is on the disk. What is refused, or could not be written, is
        not kept: whoever asked has it still.

        Returns
        -------
        list of Entry or StrategyError
            For each that was asked what `append` would give or raise.
        """
        results: list[Entry | StrategyError] = []
        by_area: dict[str, list[int]] = {}
        for position, one in enumerate(asked):
            try:
                results.append(self._checked(one))
            except InputError as error:
                results.append(error)
            else:
                by_area.setdefault(table_schema(one.table).area, []).append(position)
        for positions in by_area.values():
            entries = [entry for p in positions if isinstance(entry := results[p], Entry)]
            try:
                written: Sequence[Entry | StrategyError] = self._write(entries)
            except WorkspaceError as error:
                written = [error] * len(entries)
            for position, result in zip(positions, written, strict=True):
                results[position] = result
                if isinstance(result, Entry):
                    self.history.append(result)
        return results

    def _checked(self, one: Asked) -> Entry:
        if self.refuses:
            raise InputError(self.refuses)
        values = self.check(one.table, one.row, one.kind)
        known = (self._now(), one.who, self.session, one.table, one.kind, values)
        return Entry(*known, one.undoes, marks=one.marks)

    def check(self, table: str, row: Mapping[str, Any], kind: Kind = "set") -> dict[str, Any]:
        """Values as they would be written.

        Raises
        ------
        InputError
            With every problem, each by the title of its field.
        """
        values, faults = checked_row(table, kind, row, self.converters)
        schema = table_schema(table)
        named = [(schema[n].title() if n in schema.by_name else n, f) for n, f in faults]
        self.warnings = tuple(f.message for _, f in named if f.severity == "warning")
        wrong = [(title, fault) for title, fault in named if fault.severity == "error"]
        if wrong:
            problems = [fault.at("", table, 0, title) for title, fault in wrong]
            raise InputError("; ".join(f"{t}: {f.message}" for t, f in wrong), problems)
        return values

    def undo(self, who: str | None = None) -> Entry | None:
        """Take back the last entry of this session (of one person), by one more entry.

        Returns
        -------
        Entry or None
            The entry that was taken back; None where there is none left.
        """
        entry = self.last(who)
        if entry in self.pending:
            self.pending.remove(entry)
        elif entry is not None:
            self._take_back(entry)
        return entry

    def last(self, who: str | None = None) -> Entry | None:
        """The entry that `undo` would take back."""
        gone = undone(self.history)
        mine = (e for e in reversed([*self.history, *self.pending]) if who in (None, e.who))
        return next((e for e in mine if not e.undoes and (e.file, e.line) not in gone), None)

    def _take_back(self, entry: Entry) -> None:
        schema = table_schema(entry.table)
        kept = {n: v for n, v in entry.row.items() if n in schema.primary_key or n == "round"}
        # A reason may follow when the round is closed, and so may its end.
        kind = "reason" if entry.kind == "reason" else "withdraw"
        taken = Entry(self._now(), entry.who, self.session, entry.table, kind, kept, entry.line)
        self.pending.append(taken)
        self.retry()

    def retry(self) -> int:
        """Write what is pending, oldest first; the number of entries written.

        A round is closed or opened now or not at all: written later, it would shut out what others
        entered until then.

        Raises
        ------
        WorkspaceError
            If it still cannot be written.
        """
        written = 0
        while self.pending:
            try:
                self.history += self._write(self.pending[:1])
            except WorkspaceError:
                self.pending = [e for e in self.pending if e.kind not in ROUND_KINDS]
                raise
            self.pending.pop(0)
            written += 1
        return written

    def _now(self) -> datetime:
        moment = self.clock()
        if moment.utcoffset() is None:
            raise InputError("The clock of a session must tell its offset (time zone).")
        return moment

    def path(self, table: str) -> Path:
        """File of this session for the area of a table."""
        return self.folder / table_schema(table).area / FOLDER / f"{self.session}{SUFFIX}"

    def _write(self, entries: Sequence[Entry]) -> list[Entry]:
        """Write entries of one area together; they are returned with their places."""
        path = self.path(entries[0].table)
        area = table_schema(entries[0].table).area
        lines = "".join(f"{entry.text()}\n" for entry in entries).encode("utf-8", "replace")
        try:
            if not self.folder.is_dir():
                raise FileNotFoundError(errno.ENOENT, "no such folder", str(self.folder))
            self._append_bytes(path, area, lines)
        except OSError as error:
            raise self._refusal(error, path) from None
        first = self._lines.get(area, 0) + 1
        self._lines[area] = first + len(entries) - 1
        file = path.relative_to(self.folder).as_posix()
        return [replace(e, file=file, line=first + n) for n, e in enumerate(entries)]

    def _append_bytes(self, path: Path, area: str, line: bytes) -> None:
        """Append and wait for the disk; what a failed write left is cut off before the next."""
        if area not in self._sizes:
            self._create(path, area)
        with path.open("ab", buffering=0) as file:
            if area in self._torn:
                file.truncate(self._sizes[area])
                self._torn.discard(area)
            self._torn.add(area)
            try:
                done = 0
                while done < len(line):
                    done += file.write(line[done:])
                os.fsync(file.fileno())
            except OSError:
                # Nobody may read what is told not to be saved.
                with suppress(OSError):
                    file.truncate(self._sizes[area])
                raise
        self._torn.discard(area)
        self._sizes[area] += len(line)

    def _create(self, path: Path, area: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        # A file of this name that is there already would be another session's.
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
        self._sizes[area] = 0
        sync_folder(path.parent)

    def _refusal(self, error: OSError, path: Path) -> WorkspaceError:
        count = sum(entry.kind not in ROUND_KINDS for entry in self.pending)
        kept = {0: "Try again", 1: "It is kept here, not on the disk; try again"}.get(
            count, f"{count} entries are kept here, not on the disk; try again"
        )
        return WorkspaceError(f"Not saved: {_why(error, path, self.folder)}. {kept}.")


def _why(error: OSError, path: Path, folder: Path) -> str:
    if error.errno in NO_ROOM:
        return "the disk is full; free some space"
    if error.errno in _READ_ONLY:
        return f"{path.parent} may only be read; ask for the right to write there"
    if isinstance(error, FileExistsError):
        return f"{path.name} belongs to another session; open the panel again"
    if isinstance(error, FileNotFoundError):
        return f"{path if folder.is_dir() else folder} is no longer there; was it moved?"
    return f"{path} could not be written ({error.strerror or error})"
