"""What was entered in workshops, read from every session's file; a torn line is told, not fatal."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath

from strategy_lib.core.problems import Problem
from strategy_lib.inputs.entries.checks import Faults
from strategy_lib.inputs.entries.lines import Entry, parse_entry
from strategy_lib.inputs.entries.rounds import Rounds, is_late, rounds_of, standing
from strategy_lib.inputs.files.rawsheets import Refusal
from strategy_lib.inputs.files.sources import Source, find_sources, read_content
from strategy_lib.inputs.problem_log import ProblemLog
from strategy_lib.inputs.records import Converters, Record
from strategy_lib.schema.frames import FileRead
from strategy_lib.schema.limits import LIMITS, Limits
from strategy_lib.schema.schema import table_schema

FOLDER = "workshop"
SUFFIX = ".jsonl"
KIND = "entries"
MOST_LINES = 200_000
_SESSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")


def is_session_name(name: str) -> bool:
    """Whether a session may be called so: its file bears the name."""
    return _SESSION.fullmatch(name) is not None


def is_entry_file(file: str) -> bool:
    """Whether a file below `inputs/` holds what was entered in a workshop.

    Examples
    --------
    >>> is_entry_file("presence/workshop/20261101-a1.jsonl"), is_entry_file("presence/a.jsonl")
    (True, False)
    """
    path = PurePosixPath(file)
    return path.suffix == SUFFIX and path.parent.name == FOLDER and len(path.parts) == 3


@dataclass(frozen=True)
class Entries:
    """Everything that was entered in the workshops of a cycle.

    Attributes
    ----------
    history : tuple of Entry
        Every line that could be read, in the order in which they were entered.
    problems : tuple of Problem
        Lines and values that could not be used.
    files : tuple of FileRead
        What was read.
    """

    history: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()
    files: tuple[FileRead, ...] = ()
    rounds: Rounds = field(default_factory=Rounds)

    @cached_property
    def standing(self) -> tuple[Entry, ...]:
        """Entries that count, once their round is closed: none that was taken back, or came late.

        For each key they follow each other; the last one counts for each of its fields.
        """
        return standing(self.history, self.rounds)

    @property
    def late(self) -> tuple[Entry, ...]:
        """Entries that came into a round that was closed."""
        numbered = enumerate(self.history)
        return tuple(entry for place, entry in numbered if is_late(place, entry, self.rounds))

    @property
    def records(self) -> dict[str, list[Record]]:
        """Rows by table as the entries alone give them, each with the place of its last entry."""
        return records_of(self.standing)


def records_of(entries: Iterable[Entry]) -> dict[str, list[Record]]:
    """Rows by table: of each key the last value of each field; a reason alone is a row too."""
    found: dict[tuple[str, tuple[str, ...]], Record] = {}
    for entry in entries:
        record = found.setdefault((entry.table, entry.key), {})
        record.update(entry.row)
        record.update(source_file=entry.file, source_sheet=None, source_row=entry.line)
    tables: dict[str, list[Record]] = {}
    for (table, _), record in found.items():
        tables.setdefault(table, []).append({k: v for k, v in record.items() if v is not None})
    return tables


def read_entries(inputs: Path, converters: Converters | None = None) -> Entries:
    """Read every session's file below a cycle's `inputs/`.

    Parameters
    ----------
    inputs : Path
        The folder; one that is not there holds no entries.
    converters : Converters, optional
        Of the organisation's language and names of places.

    Returns
    -------
    Entries
        Nothing is raised for what stands in a file.
    """
    sources = [s for s in find_sources(inputs) if is_entry_file(s.file)]
    return read_sources(sources, converters or Converters(), LIMITS)


def read_sources(sources: Iterable[Source], converters: Converters, limits: Limits) -> Entries:
    """Read files that were found: all together, in the order in which things were entered."""
    given = [read_session(source, converters, limits) for source in sources]
    keyed = in_order((entry for file in given for entry in file.entries), {})
    ordered = tuple(entry for *_, entry in keyed)
    problems = tuple(sorted(problem for file in given for problem in file.problems))
    read = tuple(file.read for file in given if file.read is not None)
    return Entries(ordered, problems, read, rounds_of(ordered))


@dataclass(frozen=True)
class SessionFile:
    """One session's file as it was read."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    read: FileRead | None


def read_session(source: Source, converters: Converters, limits: Limits = LIMITS) -> SessionFile:
    """Read one session's file."""
    problem_log = ProblemLog()
    refusal, data, sha256 = source.refusal, b"", ""
    if refusal is None:
        content = read_content(source.path, limits)
        refusal, data, sha256 = content.refusal, content.data, content.sha256
    if refusal is not None:
        problem_log.add_refusals(source.file, (refusal,))
        return SessionFile((), problem_log.finished(), None)
    entries = tuple(read_lines(source.file, data, converters, problem_log))
    read = FileRead(source.file, KIND, row_counts(rows_entered(entries)), sha256)
    return SessionFile(entries, problem_log.finished(), read)


def read_lines(
    file: str, data: bytes, converters: Converters, problem_log: ProblemLog, before: int = 0
) -> list[Entry]:
    """Entries of a file's lines, of which so many stand before what is given."""
    lines = data.split(b"\n")
    entries = []
    for number, raw in enumerate(lines[:MOST_LINES], before + 1):
        if not raw.strip(b"\r\x00 "):
            continue
        try:
            entry, faults = parse_entry(raw.decode("utf-8"), converters, file, number)
        except UnicodeDecodeError:
            _tell_unread(file, number, "is not text in UTF-8", problem_log)
        except ValueError as error:
            is_torn = number == before + len(lines)
            why = "was cut off while it was written" if is_torn else str(error)
            _tell_unread(file, number, why, problem_log)
        else:
            _tell_faults(entry, faults, problem_log)
            entries.append(entry)
    if len(lines) > MOST_LINES:
        _tell_unread(
            file, MOST_LINES + 1, f"and what follows is beyond {MOST_LINES:,}", problem_log
        )
    return entries


def _tell_unread(file: str, line: int, why: str, problem_log: ProblemLog) -> None:
    message = f"this line {why}; it was left out, all others were read"
    problem_log.add_refusals(file, [Refusal("unreadable_entry", message, "warning", row=line)])


def _tell_faults(entry: Entry, faults: Faults, problem_log: ProblemLog) -> None:
    schema = table_schema(entry.table)
    for name, fault in faults:
        title = schema[name].title() if name in schema.by_name else name
        problem_log.add_fault(fault, entry.file, "", entry.line, title)


def rows_entered(entries: Iterable[Entry]) -> set[tuple[str, tuple[str, ...]]]:
    """Table and key of each row that was entered; what was entered twice is one row."""
    return {(entry.table, entry.key) for entry in entries if entry.kind == "set"}


def row_counts(rows: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, int]:
    """Rows that a session entered, by table."""
    counts: dict[str, int] = {}
    for table, _ in sorted(rows):
        counts[table] = counts.get(table, 0) + 1
    return counts


Ordered = tuple[float, str, int, Entry]


def in_order(history: Iterable[Entry], latest: dict[str, float]) -> list[Ordered]:
    """By time; within a file by line, also where its clock was set back.

    Parameters
    ----------
    latest : dict of str to float
        File -> time of its last entry so far; brought up to date.
    """
    keyed = []
    for entry in history:
        moment = max(entry.at.timestamp(), latest.get(entry.file, 0.0))
        latest[entry.file] = moment
        keyed.append((moment, entry.file, entry.line, entry))
    return sorted(keyed, key=lambda item: item[:3])
