"""Rows of a sheet -> records of a table, with what is wrong in each cell and nothing lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from strategy_lib.core.audiences import LABEL_FIELDS, NARROWEST
from strategy_lib.inputs.files.rawsheets import DAYS_1900_TO_1904
from strategy_lib.inputs.layout.layouts import Layout, Sheet, is_hxl_row
from strategy_lib.inputs.layout.leftovers import (
    NumberedRow,
    tell_columns,
    tell_merged,
    tell_rows,
    tell_years,
)
from strategy_lib.schema.cell_faults import Fault
from strategy_lib.schema.dates import LAST_YEAR
from strategy_lib.schema.form_texts import said_in_forms
from strategy_lib.schema.limits import LIMITS, Limits
from strategy_lib.schema.schema import TableSchema, table_schema
from strategy_lib.schema.text import Row, cell_text, is_blank, loose_key
from strategy_lib.schema.values import Converter, converter, to_boolean

Record = dict[str, Any]
# A help text is a sentence; shorter cells may be like it by chance.
_SHORTEST_HELP = 12
# What a form fills in in rows that nobody has written anything into.
_FILLED_IN = frozenset({"unit_id", "country_code"})


@dataclass(frozen=True)
class Converters:
    """Converters of every field, made when first needed and kept for one reading.

    Attributes
    ----------
    versions : mapping of str to int
        Version of each table that what is read was written for; empty for today's.
    """

    language: str = "en"
    place_names: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = LIMITS
    versions: Mapping[str, int] = field(default_factory=dict)
    _made: dict[tuple[str, str], Converter] = field(default_factory=dict, repr=False)

    def of(self, table: str, name: str) -> Converter:
        """The converter of one field."""
        key = (table, name)
        if key not in self._made:
            item = table_schema(table)[name]
            self._made[key] = converter(item, self.language, self.place_names, self.limits)
        return self._made[key]


def read_records(sheet: Sheet, converters: Converters) -> list[Record]:
    """Every row of a sheet that holds anything, as a record with its provenance.

    A cell that cannot be used is a problem and a missing value; its row stays. A row whose label
    cannot be read is shown as narrowly as can be.
    """
    rows = list(data_rows(sheet))
    records: list[Record] = [dict(sheet.layout.constants) for _ in rows]
    faulty: set[tuple[int, str]] = set()
    for name, position in sheet.layout.headings.columns.items():
        convert = converters.of(sheet.layout.table, name)
        faulty |= _fill(sheet, rows, records, name, position, convert)
    for name, options in sheet.layout.headings.options.items():
        _fill_options(sheet, rows, records, name, options)
    sheet.problem_log.refused |= {(sheet.file, sheet.raw.name, row, name) for row, name in faulty}
    for (number, _), record in zip(rows, records, strict=True):
        if any((number, name) in faulty for name in LABEL_FIELDS):
            record |= NARROWEST
    kept = _kept(sheet, rows, records)
    _tell_missing(sheet, kept, faulty)
    tell_merged(sheet)
    tell_columns(sheet, rows)
    return kept


def data_rows(sheet: Sheet) -> Iterator[NumberedRow]:
    """Rows below the headings that are neither empty nor help, with their numbers from 1."""
    header = sheet.layout.header
    for number, row in enumerate(sheet.raw.rows[header + 1 :], header + 2):
        if not any(row) and all(map(is_blank, row)):
            continue
        is_near_header = number <= header + 4
        if not _is_marked(sheet, row) and not (is_near_header and _explains(sheet, row)):
            yield number, row


def _is_marked(sheet: Sheet, row: Row) -> bool:
    """Whether a row is marked as help or example, or holds nothing but a mark."""
    marker = sheet.layout.headings.marker
    if marker is None:
        return all(map(is_blank, row))
    mark = loose_key(cell_text(row[marker])) if marker < len(row) else ""
    is_told = mark in said_in_forms("help", "example")
    return is_told or all(is_blank(c) for i, c in enumerate(row) if i != marker)


@cache
def _explanations(table: str, name: str) -> tuple[str, ...]:
    return tuple(map(loose_key, table_schema(table)[name].descriptions.values()))


def _explains(sheet: Sheet, row: Row) -> bool:
    """Whether a row holds HXL tags, or the form's help where somebody deleted the marker column."""
    if is_hxl_row(row):
        return True
    columns = sheet.layout.headings.columns
    cells = {name: cell_text(row[i]) for name, i in columns.items() if i < len(row)}
    long = [(name, loose_key(text)) for name, text in cells.items() if len(text) > _SHORTEST_HELP]
    alike = [key for name, key in long if key.startswith(_explanations(sheet.layout.table, name))]
    return len(alike) > 1 and 2 * len(alike) >= len(long)


def _fill(
    sheet: Sheet,
    rows: Sequence[NumberedRow],
    records: Sequence[Record],
    name: str,
    position: int,
    convert: Converter,
) -> set[tuple[int, str]]:
    """Fill one field of every record; the rows whose cell cannot be used."""
    faulty, years = set(), []
    prepare = _prepared(sheet, name)
    for (number, row), record in zip(rows, records, strict=True):
        cell = row[position] if position < len(row) else ""
        if cell == "":
            continue
        done = convert(prepare(cell) if prepare else cell)
        if done.value is not None:
            record[name] = done.value
        if done.is_year:
            years.append(number)
        if done.fault is not None:
            is_label = name in LABEL_FIELDS
            sheet.tell(done.fault, number, position, spares_row=is_label)
            if done.value is None:
                faulty.add((number, name))
    tell_years(sheet, position, years)
    return faulty


def _prepared(sheet: Sheet, name: str) -> Any:
    """What to do with a cell before it is converted, or None where nothing is to be done."""
    values = sheet.layout.values.get(name)
    if values:
        return lambda cell: values.get(loose_key(cell_text(cell)), cell)
    if sheet.raw.is_1904 and table_schema(sheet.layout.table)[name].type == "date":
        return lambda cell: cell + DAYS_1900_TO_1904 if _is_serial(cell) else cell
    return None


def _is_serial(cell: Any) -> bool:
    return isinstance(cell, float) and cell > LAST_YEAR


def _fill_options(
    sheet: Sheet,
    rows: Sequence[NumberedRow],
    records: Sequence[Record],
    name: str,
    options: Sequence[tuple[int, str]],
) -> None:
    """Choices of a list field from a column each; where one column holds them all, that counts."""
    for (number, row), record in zip(rows, records, strict=True):
        chosen = []
        for position, code in options:
            cell = row[position] if position < len(row) else ""
            done = to_boolean(cell)
            if done.value or loose_key(cell_text(cell)) == loose_key(code):
                chosen.append(code)
            elif done.fault is not None and not is_blank(cell):
                sheet.tell(done.fault, number, position)
        if chosen and not record.get(name):
            record[name] = tuple(chosen)


def _kept(sheet: Sheet, rows: Sequence[NumberedRow], records: Sequence[Record]) -> list[Record]:
    """Records with their provenance; rows that say nothing are told in a note instead."""
    kept, outside, bare = [], [], []
    fixed, by_form = sheet.layout.constants.keys(), _by_form(table_schema(sheet.layout.table))
    for (number, row), record in zip(rows, records, strict=True):
        # Most rows have more than one value that is right; only of the others each cell is asked.
        filled = record.keys() - fixed
        filled = filled if len(filled) > len(_FILLED_IN) else _filled(sheet.layout, row)
        if not filled:
            outside.append(number)
        elif filled <= by_form:
            bare.append(number)
        else:
            place = (sheet.file, sheet.raw.name or None, number)
            record.update(zip(("source_file", "source_sheet", "source_row"), place, strict=True))
            kept.append(record)
    tell_rows(sheet, outside, "something stands only in columns that are not read")
    tell_rows(sheet, bare, "nothing but what the form filled in itself")
    return kept


def _by_form(schema: TableSchema) -> frozenset[str]:
    """What a form fills in in rows of which nobody has said anything.

    A coordinator's row counts as an answer that is empty where its whole key was filled in.
    """
    if schema.filled_by == "office":
        return _FILLED_IN
    is_part = schema.filled_by == "coordinator" and set(schema.primary_key) - set(
        schema.prefilled_by
    )
    return frozenset(schema.prefilled_by) if is_part else frozenset()


def _filled(layout: Layout, row: Row) -> set[str]:
    """Fields in whose columns anything stands, be it right or wrong."""
    size = len(row)
    found = {n for n, i in layout.headings.columns.items() if i < size and not is_blank(row[i])}
    for name, options in layout.headings.options.items():
        if any(i < size and not is_blank(row[i]) for i, _ in options):
            found.add(name)
    return found


def _tell_missing(sheet: Sheet, kept: Sequence[Record], faulty: set[tuple[int, str]]) -> None:
    """Say which needed cells are empty; a needed column that is not there is told elsewhere."""
    schema = table_schema(sheet.layout.table)
    for name, position in sheet.layout.headings.columns.items():
        # Whose row it is may be said elsewhere: in the survey's main row, or by the form.
        told_elsewhere = name == "unit_id" and schema.filled_by == "office"
        if not schema[name].required or told_elsewhere:
            continue
        message = f'"{schema[name].title()}" is empty; it is needed in every row'
        fault = Fault("missing_value", message)
        for record in kept:
            number = record["source_row"]
            if name not in record and (number, name) not in faulty:
                sheet.tell(fault, number, position)
