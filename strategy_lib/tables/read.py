"""What offices sent -> checked tables: every file, every problem at once, where each row stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from strategy_lib.tables.checks import check_tables
from strategy_lib.tables.entries import is_entry_file, merge_entries, read_sources
from strategy_lib.tables.faults import Fault
from strategy_lib.tables.foreign import mapped_layouts, tell_unused, usable_maps
from strategy_lib.tables.frames import FileRead, Tables, typed_frame
from strategy_lib.tables.heading_faults import heading_faults
from strategy_lib.tables.headings import heading_texts
from strategy_lib.tables.incomplete import tell_missing_sheets
from strategy_lib.tables.journal import Journal
from strategy_lib.tables.kinds import sniff
from strategy_lib.tables.kobo import is_export
from strategy_lib.tables.layouts import Layout, find_layout, is_quiet
from strategy_lib.tables.links import Links
from strategy_lib.tables.matrix_reading import is_matrix_sheet, read_matrix_sheet
from strategy_lib.tables.migrations import migrated_sheet, noted_versions
from strategy_lib.tables.nearest import nearest_of
from strategy_lib.tables.one_office import OneOffice
from strategy_lib.tables.rawsheets import RawFile, RawSheet, Refusal, is_blank, loose_key
from strategy_lib.tables.records import Converters, Record, Sheet, read_records
from strategy_lib.tables.schema import schemas
from strategy_lib.tables.sources import LIMITS, Content, Limits, Source, find_sources, read_content
from strategy_lib.tables.summary import reading_summary
from strategy_lib.tables.textfiles import read_text
from strategy_lib.tables.workbooks import read_workbook

if TYPE_CHECKING:
    from strategy_lib.settings import ColumnMap
    from strategy_lib.workspace import Cycle

__all__ = ["read_inputs", "reading_summary"]


def read_inputs(cycle: Cycle, as_of: date | None = None, *, limits: Limits = LIMITS) -> Tables:
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
        limits=limits,
        converters=Converters(settings.language, settings.place_names, limits, versions),
        maps=settings.column_maps,
    )
    reading.read_all(find_sources(cycle.inputs))
    return check_tables(reading.tables(), cycle, as_of or settings.as_of or date.today())


@dataclass
class _Reading:
    """One reading of all files: what was found so far."""

    limits: Limits
    converters: Converters
    maps: tuple[ColumnMap, ...]
    journal: Journal = field(default_factory=Journal)
    links: Links = field(default_factory=Links)
    office: OneOffice = field(default_factory=OneOffice)
    records: dict[str, list[Record]] = field(default_factory=lambda: {n: [] for n in schemas()})
    files: list[FileRead] = field(default_factory=list)
    hashes: dict[str, str] = field(default_factory=dict)
    used_maps: set[int] = field(default_factory=set)
    forms: dict[str, frozenset[str]] = field(default_factory=dict)

    def read_all(self, sources: Sequence[Source]) -> None:
        """Read every file; one that cannot be read does not keep the others from it."""
        self.maps = usable_maps(self.maps, self.converters, self.journal)
        entered = [source for source in sources if is_entry_file(source.file)]
        for source in sources:
            if source in entered:
                continue
            if source.refusal is None:
                self._read_file(source)
            else:
                self.journal.add_refusals(source.file, (source.refusal,))
        tell_unused(self.maps, self.used_maps, [f.file for f in self.files], self.journal)
        self.links.resolve(self.journal)
        tell_missing_sheets(self.forms, self.records, self.journal)
        entries = read_sources(entered, self.converters, self.limits)
        self.records = merge_entries(self.records, entries, self.journal)
        self.files += entries.files

    def tables(self) -> Tables:
        """What was read, as typed frames."""
        frames = {name: typed_frame(schemas()[name], rows) for name, rows in self.records.items()}
        asides = tuple(sorted(self.journal.asides))
        refused = frozenset(self.journal.refused)
        return Tables(frames, self.journal.finished(), tuple(self.files), asides, refused)

    def _read_file(self, source: Source) -> None:
        content = read_content(source.path, self.limits)
        if content.refusal is not None:
            self.journal.add_refusals(source.file, (content.refusal,))
            return
        first = self.hashes.setdefault(content.sha256, source.file)
        if first != source.file:
            message = f"is the same file as {first}; it was read once"
            refusal = Refusal("duplicate_file", message, "warning", found=first)
            self.journal.add_refusals(source.file, (refusal,))
            return
        raw = _raw_file(source.file, content, self.limits)
        self.journal.add_refusals(source.file, raw.refusals)
        if raw.sheets:
            before = len(self.records["returns"])
            rows = self._read_sheets(source.file, raw)
            returned = (r for r in self.records["returns"][before:] if "unit_id" in r)
            self.office.resolve(returned, self.journal)
            self.files.append(FileRead(source.file, raw.kind, rows, content.sha256))

    def _read_sheets(self, file: str, raw: RawFile) -> dict[str, int]:
        rows: dict[str, int] = {}
        named: set[str] = set()
        filled = [
            migrated_sheet(s, self.converters.versions) for s in raw.sheets if _holds_anything(s)
        ]
        for sheet in filled:
            if is_matrix_sheet(sheet.rows):
                rows["cross_impacts"] = rows.get("cross_impacts", 0) + self._read_matrix(
                    file, sheet
                )
                named.add("cross_impacts")
                continue
            for layout in self._layouts(file, sheet):
                count = self._read_table(Sheet(file, sheet, layout))
                rows[layout.table] = rows.get(layout.table, 0) + count
                named |= set() if layout.is_mapped else {layout.table}
        is_known = all(is_quiet(sheet.name) for sheet in filled) or bool(rows)
        self.journal.add_refusals(file, _about_file(filled, rows, is_known=is_known))
        self.forms[file] = frozenset(named)
        return rows

    def _read_matrix(self, file: str, sheet: RawSheet) -> int:
        read = read_matrix_sheet(sheet.rows)
        for found in read.faults:
            self.journal.add_fault(found.fault, file, sheet.name, found.row, found.column)
        place = {"source_file": file, "source_sheet": sheet.name or None}
        self.records["cross_impacts"] += [record | place for record in read.records]
        return len(read.records)

    def _layouts(self, file: str, sheet: RawSheet) -> list[Layout]:
        """The tables that a sheet holds: one, or one for each column map that is meant for it."""
        mapped = mapped_layouts(sheet, file, self.maps)
        if mapped:
            self.used_maps |= {position for position, _ in mapped}
            return [layout for _, layout in mapped]
        if is_quiet(sheet.name):
            return []
        layout = find_layout(sheet, PurePosixPath(file).stem)
        if layout is not None:
            return [layout]
        self._unknown(file, sheet)
        return []

    def _unknown(self, file: str, sheet: RawSheet) -> None:
        texts = heading_texts(sheet.rows[0]) if sheet.rows else ()
        if is_export(texts):
            self.links.offer(file, sheet, 0, texts)
        names = {
            loose_key(text): name for name, s in schemas().items() for text in s.titles.values()
        }
        near = nearest_of(sheet.name or PurePosixPath(file).stem, names)
        what = "this sheet" if sheet.name else "this file"
        message = f"{what} is none of the workbook's tables by name or headings; it was not read"
        fault = Fault("unknown_sheet", message, sheet.name, ", ".join(schemas()), near, "warning")
        self.journal.add_fault(fault, file, sheet.name, 0, "")

    def _read_table(self, sheet: Sheet) -> int:
        for fault, column in heading_faults(sheet.layout):
            row = sheet.layout.header + 1
            self.journal.add_fault(fault, sheet.file, sheet.raw.name, row, column)
        records = read_records(sheet, self.converters, self.journal)
        texts = sheet.layout.headings.texts
        self.links.offer(sheet.file, sheet.raw, sheet.layout.header, texts)
        self.links.ask(sheet, records)
        self.office.ask(sheet, records)
        self.records[sheet.layout.table] += records
        return len(records)


def _raw_file(file: str, content: Content, limits: Limits) -> RawFile:
    kind = sniff(content.data, file, limits)
    if isinstance(kind, Refusal):
        return RawFile("", refusals=(kind,))
    if kind == "text":
        return read_text(content.data, file, limits)
    return read_workbook(content.data, kind, file, limits)


def _holds_anything(sheet: RawSheet) -> bool:
    return any(not is_blank(cell) for row in sheet.rows for cell in row)


def _about_file(
    filled: Sequence[RawSheet], rows: dict[str, int], *, is_known: bool
) -> Iterator[Refusal]:
    """What is odd about a file as a whole."""
    if not filled:
        yield Refusal("empty_file", "holds nothing; ask for it again")
    elif is_known and not any(rows.values()):
        yield Refusal("nothing_filled_in", "is a form in which nothing is filled in", "warning")
