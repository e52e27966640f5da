"""What is entered while a workshop goes on: of files that only grow, what was added is read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from strategy_lib.core.problems import Problem
from strategy_lib.inputs.entries.checks import ROUND_KINDS
from strategy_lib.inputs.entries.files import (
    FOLDER,
    KIND,
    MOST_LINES,
    Entries,
    Ordered,
    in_order,
    is_entry_file,
    read_lines,
    read_session,
    row_counts,
    rows_entered,
)
from strategy_lib.inputs.entries.lines import Entry
from strategy_lib.inputs.entries.rounds import rounds_of
from strategy_lib.inputs.files.sources import Source, find_sources, read_content
from strategy_lib.inputs.problem_log import ProblemLog
from strategy_lib.inputs.records import Converters
from strategy_lib.schema.frames import FileRead
from strategy_lib.schema.limits import LIMITS, Limits

if TYPE_CHECKING:
    from hashlib import _Hash

_NEVER = 1 << 62  # no file is as large: it is read whole each time that it changes
_Row = tuple[str, tuple[str, ...]]


@dataclass
class EntryReader:
    """Reads the entries of a cycle again and again.

    Of a file that grew the new lines are read; one that was changed otherwise is read whole, and so
    is one beyond the limits. What comes out is what `read_entries` gives.

    Parameters
    ----------
    folder : Path
        The cycle's `inputs/`.

    Attributes
    ----------
    entries : Entries
        As of the last `read`; the same object as long as nothing was added.
    """

    folder: Path
    converters: Converters = field(default_factory=Converters)
    limits: Limits = LIMITS
    entries: Entries = field(default_factory=Entries)
    _files: dict[str, _Growing] = field(default_factory=dict, repr=False)
    _ordered: list[Ordered] = field(default_factory=list, repr=False)
    _latest: dict[str, float] = field(default_factory=dict, repr=False)

    def read(self) -> Entries:
        """Read what was added since."""
        sources = [s for s in find_sources(self.folder, (FOLDER,)) if is_entry_file(s.file)]
        is_anew = self._files.keys() != {s.file for s in sources}
        files: dict[str, _Growing] = {}
        told = [file.told for file in self._files.values()]
        added: list[Entry] = []
        for source in sources:
            known = self._files.get(source.file)
            more = None if known is None else known.grown(source, self.converters, self.limits)
            if known is None or more is None:
                known = _Growing(source.file)
                known.begin(source, self.converters, self.limits)
                is_anew = True
            files[source.file] = known
            added += more or ()
        self._files = files
        if is_anew or told != [file.told for file in files.values()]:
            self._assemble(added, is_anew=is_anew)
        return self.entries

    def _assemble(self, added: list[Entry], *, is_anew: bool) -> None:
        new = [] if is_anew else in_order(added, self._latest)
        if is_anew or (new and self._ordered and new[0][:3] < self._ordered[-1][:3]):
            self._latest = {}
            everything = (entry for file in self._files.values() for entry in file.entries)
            self._ordered = in_order(everything, self._latest)
            is_anew = True
        else:
            self._ordered += new
        history = tuple(entry for *_, entry in self._ordered)
        if is_anew or any(entry.kind in ROUND_KINDS or entry.undoes for entry in added):
            rounds = rounds_of(history)
        else:
            rounds = self.entries.rounds
        problems = tuple(sorted(p for file in self._files.values() for p in file.problems))
        read = tuple(file.told for file in self._files.values() if file.told is not None)
        self.entries = Entries(history, problems, read, rounds)


@dataclass
class _Growing:
    """One session's file, as far as it was read."""

    file: str
    problems: tuple[Problem, ...] = ()
    told: FileRead | None = None
    _stamp: tuple[int, int] = (-1, -1)
    _size: int = 0
    _lines: int = 0
    _whole: list[Entry] = field(default_factory=list)
    _torn: list[Entry] = field(default_factory=list)
    _rows: set[_Row] = field(default_factory=set)
    _counts: dict[str, int] = field(default_factory=dict)
    _log: ProblemLog = field(default_factory=ProblemLog)
    _hash: _Hash = field(default_factory=hashlib.sha256)

    @property
    def entries(self) -> Iterator[Entry]:
        """Entries of whole lines, and what the last line gives if it has no end yet."""
        yield from self._whole
        yield from self._torn

    def begin(self, source: Source, converters: Converters, limits: Limits) -> None:
        """Read the file from its first line."""
        self._stamp = _stamp(source)
        data = b"" if source.refusal else read_content(source.path, limits).data
        if data and data.count(b"\n") < MOST_LINES:
            self._take(data, converters)
            return
        read = read_session(source, converters, limits)
        self._whole, self.problems, self.told = list(read.entries), read.problems, read.read
        self._size = _NEVER

    def grown(self, source: Source, converters: Converters, limits: Limits) -> list[Entry] | None:
        """Entries that were added; None where the file must be read from its first line."""
        stamp = _stamp(source)
        if stamp == self._stamp and source.refusal is None:
            return []
        if source.refusal or self._torn or not self._size <= stamp[1] <= limits.file_mb << 20:
            return None
        data = read_content(source.path, limits).data
        added = data[self._size :]
        # To read the lines takes a hundred times as long as to see that they are the same.
        if hashlib.sha256(data[: self._size]).digest() != self._hash.digest():
            return None
        if self._lines + added.count(b"\n") >= MOST_LINES:
            return None
        self._stamp = stamp
        more = self._take(added, converters)
        return [*more, *self._torn]

    def _take(self, data: bytes, converters: Converters) -> list[Entry]:
        cut = data.rfind(b"\n") + 1
        whole, tail = data[:cut], data[cut:]
        more = read_lines(self.file, whole, converters, self._log, self._lines)
        self._whole += more
        self._lines += whole.count(b"\n")
        self._size += len(whole)
        self._hash.update(whole)
        # A line without an end may be cut off again: it is read, and read anew the next time.
        ends, full = ProblemLog(), self._hash.copy()
        self._torn = read_lines(self.file, tail, converters, ends, self._lines)
        full.update(tail)
        self.problems = (*self._log.finished(), *ends.finished())
        new = rows_entered(more) - self._rows
        self._rows |= new
        self._counts = _added(self._counts, new)
        counts = _added(self._counts, rows_entered(self._torn) - self._rows)
        self.told = FileRead(self.file, KIND, counts, full.hexdigest())
        return more


def _added(counts: Mapping[str, int], rows: set[_Row]) -> dict[str, int]:
    more = row_counts(rows)
    names = sorted(counts.keys() | more.keys())
    return {name: counts.get(name, 0) + more.get(name, 0) for name in names}


def _stamp(source: Source) -> tuple[int, int]:
    try:
        status = source.path.stat()
    except OSError:
        return (-1, -1)
    return (status.st_mtime_ns, status.st_size)
