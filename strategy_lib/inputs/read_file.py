"""What one file holds, read by itself: whatever other files say is looked at later."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from strategy_lib.core.audiences import NARROWEST
from strategy_lib.inputs.checks.locations import place_in
from strategy_lib.inputs.files.kinds import not_a_table, sniff
from strategy_lib.inputs.files.rawsheets import RawFile, RawSheet, Refusal
from strategy_lib.inputs.files.textfiles import read_text
from strategy_lib.inputs.files.workbooks import read_workbook
from strategy_lib.inputs.layout.column_maps import mapped_layouts
from strategy_lib.inputs.layout.form_top import FormTop
from strategy_lib.inputs.layout.heading_faults import heading_faults
from strategy_lib.inputs.layout.headings import heading_texts
from strategy_lib.inputs.layout.kobo import is_export
from strategy_lib.inputs.layout.kobo_links import Links
from strategy_lib.inputs.layout.layouts import Layout, Sheet, find_layout, is_quiet
from strategy_lib.inputs.layout.migrations import migrated_sheet
from strategy_lib.inputs.layout.office_default import OneOffice
from strategy_lib.inputs.matrix.blocks import is_block_sheet, read_block_sheet
from strategy_lib.inputs.matrix.reading import MatrixRead, is_matrix_sheet, read_matrix_sheet
from strategy_lib.inputs.packs import read_pack
from strategy_lib.inputs.problem_log import ProblemLog
from strategy_lib.inputs.records import Converters, Record, read_records
from strategy_lib.schema.cell import Place
from strategy_lib.schema.cell_faults import Fault
from strategy_lib.schema.exchange import PEER_TABLE
from strategy_lib.schema.schema import schemas
from strategy_lib.schema.suggest import nearest_of
from strategy_lib.schema.text import is_blank, loose_key

if TYPE_CHECKING:
    from strategy_lib.core.settings import ColumnMap


_COVER_ROWS = 30


@dataclass
class FileReading:
    """What was read of one file.

    Attributes
    ----------
    kind : str
        What the file is, such as `xlsx`; empty where it holds no sheet that could be read.
    rows : dict
        Table -> how many rows it got; a table that a sheet is for is there with 0.
    records : dict
        Table -> its rows.
    named : set of str
        Tables that a sheet of the file is for, other than by a column map.
    used_maps : set of int
        Positions of the column maps that were used.
    """

    file: str
    kind: str = ""
    rows: dict[str, int] = field(default_factory=dict)
    records: dict[str, list[Record]] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)
    used_maps: set[int] = field(default_factory=set)
    problem_log: ProblemLog = field(default_factory=ProblemLog)
    links: Links = field(default_factory=Links)


def read_file(
    file: str, data: bytes, converters: Converters, maps: Sequence[ColumnMap]
) -> FileReading:
    """Read one file; nothing is raised for what stands in it.

    Parameters
    ----------
    file : str
        Its name relative to `inputs/`, for provenance and messages.
    data : bytes
        Its content.
    maps : sequence of ColumnMap
        Those that can be used.
    """
    reading = FileReading(file)
    if sniff(data, file, converters.limits) == "pack":
        records = read_pack(file, data, converters, reading.problem_log)
        return replace(
            reading, kind="pack", rows={PEER_TABLE: len(records)}, records={PEER_TABLE: records}
        )
    raw = read_raw(file, data, converters)
    reading.problem_log.add_refusals(file, raw.refusals)
    if raw.sheets:
        reading.kind = raw.kind
        _FileReader(reading, converters, maps).read(raw)
    return reading


def read_raw(file: str, data: bytes, converters: Converters) -> RawFile:
    """The sheets of one file as they stand in it, or why it cannot be read."""
    kind = sniff(data, file, converters.limits)
    if isinstance(kind, Refusal):
        return RawFile("", refusals=(kind,))
    if kind == "text":
        return read_text(data, file, converters.limits)
    if kind == "pack":
        advice = "put it into inputs/watching as it is"
        return RawFile("", refusals=(not_a_table(file, "a pack of a peer", advice),))
    return read_workbook(data, kind, file, converters.limits)


@dataclass
class _FileReader:
    """Fills a reading, sheet by sheet."""

    reading: FileReading
    converters: Converters
    maps: Sequence[ColumnMap]
    office: OneOffice = field(default_factory=OneOffice)
    top: FormTop = field(default_factory=FormTop)

    def read(self, raw: RawFile) -> None:
        """Read every sheet that holds anything."""
        found, versions = self.reading, self.converters.versions
        filled = [migrated_sheet(s, versions) for s in raw.sheets if _holds_anything(s)]
        for sheet in filled:
            if is_quiet(sheet.name):
                self._read_top(sheet, _COVER_ROWS)
            is_blocks = is_block_sheet(sheet.rows)
            if is_blocks or is_matrix_sheet(sheet.rows):
                read = read_block_sheet if is_blocks else read_matrix_sheet
                self._read_matrix(sheet, read(sheet.rows))
                continue
            for layout in self._layouts(sheet):
                self._read_table(Sheet(found.file, sheet, layout, found.problem_log))
                found.named |= set() if layout.is_mapped else {layout.table}
        is_known = all(is_quiet(sheet.name) for sheet in filled) or bool(found.rows)
        returned = [r for r in found.records.get("returns", ()) if "unit_id" in r]
        self.office.resolve(returned)
        office = self.office.only(returned)
        made = self.top.apply(found.records, office, self.converters, found.problem_log)
        if made and not found.rows.get("returns"):
            self._add("returns", list(made))
        found.problem_log.add_refusals(
            found.file, _about_file(filled, found.rows, is_known=is_known)
        )

    def _read_top(self, sheet: RawSheet, end: int) -> None:
        """Read what a form says and asks above its headings, or on its first sheet."""
        self.office.read_cover(replace(sheet, rows=sheet.rows[:end]))
        self.top.read(self.reading.file, sheet, end)

    def _add(self, table: str, records: list[Record]) -> None:
        self.reading.rows[table] = self.reading.rows.get(table, 0) + len(records)
        self.reading.records.setdefault(table, []).extend(records)

    def _read_matrix(self, sheet: RawSheet, read: MatrixRead) -> None:
        file = self.reading.file
        for found in read.faults:
            self.reading.problem_log.add_fault(
                found.fault, file, sheet.name, found.row, found.column
            )
        place = {"source_file": file, "source_sheet": sheet.name or None}
        records = [record | place for record in read.records]
        own = {record["source_row"] for record in records}
        for found in read.faults:
            is_judgement = found.fault.kind == "wrong_number" and found.row >= min(own, default=0)
            # What else is no row's own fault is one of the labels, which say what all are about.
            if found.fault.severity == "error" and found.row not in own and not is_judgement:
                self._blame_all(records, (file, sheet.name, found.row))
        self._add("cross_impacts", records)
        self.reading.named.add("cross_impacts")

    def _blame_all(self, records: list[Record], top: Place) -> None:
        """Note that no row of a sheet can be used, because of what stands at its top."""
        problem_log = self.reading.problem_log
        for record in records:
            # Which of its columns are labels is not known for sure.
            record |= NARROWEST
            problem_log.blame(place_in(record), problem_log.faulty[top])

    def _layouts(self, sheet: RawSheet) -> list[Layout]:
        """The tables that a sheet holds: one, or one for each column map that is meant for it."""
        file = self.reading.file
        mapped = mapped_layouts(sheet, file, self.maps)
        if mapped:
            self.reading.used_maps |= {position for position, _ in mapped}
            return [layout for _, layout in mapped]
        if is_quiet(sheet.name):
            return []
        layout = find_layout(sheet, PurePosixPath(file).stem)
        if layout is not None:
            return [layout]
        self._unknown(sheet)
        return []

    def _unknown(self, sheet: RawSheet) -> None:
        file = self.reading.file
        texts = heading_texts(sheet.rows[0]) if sheet.rows else ()
        if is_export(texts):
            self.reading.links.offer(file, sheet, 0, texts)
        names = {
            loose_key(text): name for name, s in schemas().items() for text in s.titles.values()
        }
        near = nearest_of(sheet.name or PurePosixPath(file).stem, names)
        what = "this sheet" if sheet.name else "this file"
        message = (
            f"{what} is none of the workbook's tables by name or headings, and was not read; "
            "`workbook map` proposes how to read it"
        )
        fault = Fault("unknown_sheet", message, nearest=near, severity="warning")
        self.reading.problem_log.add_fault(fault, file, sheet.name, 0, "")

    def _read_table(self, sheet: Sheet) -> None:
        self._read_top(sheet.raw, sheet.layout.header)
        faults = list(heading_faults(sheet.layout))
        top = (sheet.file, sheet.raw.name, sheet.layout.header + 1)
        for fault, column in faults:
            self.reading.problem_log.add_fault(fault, *top, column)
        records = read_records(sheet, self.converters)
        if any(fault.severity == "error" for fault, _ in faults):
            self._blame_all(records, top)
        texts = sheet.layout.headings.texts
        self.reading.links.offer(sheet.file, sheet.raw, sheet.layout.header, texts)
        self.reading.links.ask(sheet, records)
        self.office.ask(sheet, records, self.converters)
        self._add(sheet.layout.table, records)


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
