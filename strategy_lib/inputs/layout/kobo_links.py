"""Rows of a survey's repeats get the office's code from the row that they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from strategy_lib.inputs.files.rawsheets import RawSheet
from strategy_lib.inputs.layout.headings import match_headings
from strategy_lib.inputs.layout.kobo import LINKS, PARENT_SHEET
from strategy_lib.inputs.layout.layouts import Sheet
from strategy_lib.inputs.problem_log import ProblemLog
from strategy_lib.inputs.records import Record
from strategy_lib.schema.cell_faults import Fault
from strategy_lib.schema.schema import table_schema
from strategy_lib.schema.text import Row, cell_text

# File ("" where the value is the same in all files), sheet, heading, value.
_Key = tuple[str, str, str, str]
_GLOBAL = frozenset(("KEY", "_uuid"))


@dataclass
class Links:
    """Office codes by the keys of the rows that they stand in, and the rows that wait for one."""

    units: dict[_Key, str] = field(default_factory=dict)
    waiting: list[tuple[Record, Sheet, tuple[_Key, ...]]] = field(default_factory=list)

    def take(self, other: Links) -> None:
        """Add those of another file; what was offered first counts."""
        for key, unit in other.units.items():
            self.units.setdefault(key, unit)
        self.waiting += other.waiting

    def offer(self, file: str, raw: RawSheet, header: int, texts: tuple[str, ...]) -> None:
        """Keep the office code of each row of a sheet that further sheets may link to."""
        places = {own: texts.index(own) for _, own in LINKS if own in texts}
        column = match_headings("returns", texts).columns.get("unit_id")
        if column is None or not places:
            return
        for row in raw.rows[header + 1 :]:
            unit = _cell(row, column)
            for heading, position in places.items():
                value = _cell(row, position)
                if unit and value:
                    for key in _keys(file, (raw.name, ""), heading, value):
                        self.units.setdefault(key, unit)

    def ask(self, sheet: Sheet, records: Iterable[Record]) -> None:
        """Note the rows of a linked sheet that have no office code of their own."""
        texts = sheet.layout.headings.texts
        has_unit = "unit_id" in table_schema(sheet.layout.table).by_name
        if not (has_unit and sheet.layout.is_linked):
            return
        places = {text: i for i, text in reversed(list(enumerate(texts)))}
        for record in records:
            if "unit_id" not in record:
                row = sheet.raw.rows[record["source_row"] - 1]
                self.waiting.append((record, sheet, tuple(_wanted(sheet.file, row, places))))

    def resolve(self, problem_log: ProblemLog) -> None:
        """Fill in the office codes, whichever file was read first."""
        for record, sheet, keys in self.waiting:
            unit = next((self.units[key] for key in keys if key in self.units), "")
            if unit:
                record["unit_id"] = unit
                continue
            message = "no row with an office code belongs to this row; send the whole export"
            where = (sheet.file, sheet.raw.name, record["source_row"], "unit_id")
            problem_log.add_fault(Fault("missing_value", message), *where)


def _cell(row: Row, position: int) -> str:
    return cell_text(row[position]) if position < len(row) else ""


def _keys(file: str, sheets: Sequence[str], heading: str, value: str) -> list[_Key]:
    if heading in _GLOBAL:
        return [("", "", heading, value)]
    return [(file, sheet.casefold(), heading, value) for sheet in sheets]


def _wanted(file: str, row: Row, places: Mapping[str, int]) -> Iterable[_Key]:
    above = _cell(row, places[PARENT_SHEET]) if PARENT_SHEET in places else ""
    for own, parent in LINKS:
        value = _cell(row, places[own]) if own in places else ""
        if value:
            yield from _keys(file, (above,), parent, value)
