"""What offices sent -> checked tables: every file, every problem at once, where each row stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from strategy_lib.inputs.checks.all_tables import check_tables
from strategy_lib.inputs.entries.entry import is_entry_file, merge_entries, read_sources
from strategy_lib.inputs.files.rawsheets import Refusal
from strategy_lib.inputs.files.sources import Content, Source, find_sources, read_content
from strategy_lib.inputs.layout.column_maps import tell_unused, usable_maps
from strategy_lib.inputs.layout.incomplete import tell_missing_sheets
from strategy_lib.inputs.layout.kobo_links import Links
from strategy_lib.inputs.layout.migrations import noted_versions
from strategy_lib.inputs.problem_log import ProblemLog
from strategy_lib.inputs.read_file import FileReading, read_file
from strategy_lib.inputs.reading_cache import ReadingCache
from strategy_lib.inputs.records import Converters, Record
from strategy_lib.schema.frames import FileRead, Tables, typed_frame
from strategy_lib.schema.limits import LIMITS, Limits
from strategy_lib.schema.schema import schemas

if TYPE_CHECKING:
    from strategy_lib.core.settings import ColumnMap
    from strategy_lib.core.workspace import Cycle


def read_inputs(
    cycle: Cycle,
    as_of: date | None = None,
    *,
    limits: Limits = LIMITS,
    kept: ReadingCache | None = None,
) -> Tables:
    """Read and check everything below a cycle's `inputs/`.

    Parameters
    ----------
    cycle : Cycle
        Its files may have any name and be `.xlsx`, `.xlsm`, `.xlsb`, `.xls`, `.ods` or text with
        separated values; what a file is is told by its content.
    as_of : date, optional
        Day against which dates are checked; else the settings' `as_of`, else today.
    limits : Limits
        How much is read of one file.
    kept : ReadingCache, optional
        What was read of files that have not changed since; it is brought up to date. The tables are
        the same with it and without.

    Returns
    -------
    Tables
        Every row that holds anything, with its file, sheet and row; a cell that cannot be used is a
        missing value and a problem. Nothing is raised for what stands in a file.

    Raises
    ------
    InputError
        If the cycle was made with a newer version of the workbook.
    """
    settings = cycle.workspace.settings
    versions = noted_versions(cycle.root)
    reading = _Reading(
        converters=Converters(settings.language, settings.place_names, limits, versions),
        maps=settings.column_maps,
        kept=kept,
    )
    reading.read_all(find_sources(cycle.inputs))
    return check_tables(reading.tables(), cycle, as_of or settings.as_of or date.today())


@dataclass
class _Reading:
    """One reading of all files: what was found so far."""

    converters: Converters
    maps: tuple[ColumnMap, ...]
    kept: ReadingCache | None = None
    problem_log: ProblemLog = field(default_factory=ProblemLog)
    links: Links = field(default_factory=Links)
    records: dict[str, list[Record]] = field(default_factory=lambda: {n: [] for n in schemas()})
    files: list[FileRead] = field(default_factory=list)
    hashes: dict[str, str] = field(default_factory=dict)
    used_maps: set[int] = field(default_factory=set)
    forms: dict[str, frozenset[str]] = field(default_factory=dict)

    def read_all(self, sources: Sequence[Source]) -> None:
        """Read every file; one that cannot be read does not keep the others from it."""
        self.maps = usable_maps(self.maps, self.converters, self.problem_log)
        entered = [source for source in sources if is_entry_file(source.file)]
        for source in sources:
            if source in entered:
                continue
            if source.refusal is None:
                self._read_source(source)
            else:
                self.problem_log.add_refusals(source.file, (source.refusal,))
        if self.kept is not None:
            self.kept.forget_others()
        tell_unused(self.maps, self.used_maps, [f.file for f in self.files], self.problem_log)
        self.links.resolve(self.problem_log)
        tell_missing_sheets(self.forms, self.records, self.problem_log)
        entries = read_sources(entered, self.converters, self.converters.limits)
        self.records = merge_entries(self.records, entries, self.problem_log)
        self.files += entries.files

    def tables(self) -> Tables:
        """What was read, as typed frames."""
        frames = {name: typed_frame(schemas()[name], rows) for name, rows in self.records.items()}
        log = self.problem_log
        asides, refused = tuple(sorted(log.asides)), frozenset(log.refused)
        return Tables(frames, log.finished(), tuple(self.files), asides, refused, log.faulty)

    def _read_source(self, source: Source) -> None:
        content = read_content(source.path, self.converters.limits)
        if content.refusal is not None:
            self.problem_log.add_refusals(source.file, (content.refusal,))
            return
        first = self.hashes.setdefault(content.sha256, source.file)
        if first != source.file:
            message = f"is the same file as {first}; it was read once"
            refusal = Refusal("duplicate_file", message, "warning", found=first)
            self.problem_log.add_refusals(source.file, (refusal,))
            return
        self._take(self._reading_of(source.file, content), content.sha256)

    def _reading_of(self, file: str, content: Content) -> FileReading:
        known = self.kept.get(file, content.sha256) if self.kept is not None else None
        if known is not None:
            return known
        reading = read_file(file, content.data, self.converters, self.maps)
        if self.kept is not None:
            self.kept.put(reading, content.sha256)
        return reading

    def _take(self, reading: FileReading, sha256: str) -> None:
        self.problem_log.take(reading.problem_log)
        if not reading.kind:
            return
        for table, records in reading.records.items():
            self.records[table] += records
        self.links.take(reading.links)
        self.used_maps |= reading.used_maps
        self.forms[reading.file] = frozenset(reading.named)
        self.files.append(FileRead(reading.file, reading.kind, reading.rows, sha256))
