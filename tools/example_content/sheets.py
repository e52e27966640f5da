"""Spreadsheets and CSV files as offices return them; the same input gives the same bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import zip_longest
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from strategy_lib.schema.schema import Field, TableSchema, table_schema
from tools.example_content.cells import YES_NO, Style, cell
from tools.example_content.opendocument import write_ods
from tools.example_content.records import Content, Grid, Record
from tools.example_content.texts import CODES, EXAMPLE, HELP, INTRODUCTION, READ_ME

CREATED = datetime(2026, 1, 1)
AUTHOR = "Hearthway Commons International"


def new_book(path: Path) -> xlsxwriter.Workbook:
    """A workbook that turns no text into a formula or a link, with a fixed date."""
    path.parent.mkdir(parents=True, exist_ok=True)
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(str(path), options)
    book.set_properties({"author": AUTHOR, "created": CREATED})
    return book


def write_grid(sheet: Worksheet, grid: Iterable[Sequence[Any]], date_format: Any) -> None:
    """Write rows of texts, numbers and dates; None and an empty text stay empty."""
    for number, line in enumerate(grid):
        for column, value in enumerate(line):
            if isinstance(value, date):
                sheet.write_datetime(number, column, _midnight(value), date_format)
            elif isinstance(value, str) and value:
                sheet.write_string(number, column, value)
            elif value not in (None, ""):
                sheet.write_number(number, column, value)


def _midnight(value: date) -> datetime:
    return datetime(value.year, value.month, value.day)


def write_form(path: Path, tables: Sequence[str], records: Content, style: Style) -> Path:
    """An office form, as `.ods` where the file's name says so, else as `.xlsx`."""
    sheets = form_sheets(tables, records, style)
    if path.suffix == ".ods":
        return write_ods(path, sheets)
    book = new_book(path)
    date_format = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, grid in sheets.items():
        sheet = book.add_worksheet(name)
        write_grid(sheet, grid, date_format)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(grid[0]), 18)
    book.close()
    return path


def form_sheets(tables: Sequence[str], records: Content, style: Style) -> dict[str, Grid]:
    """A first sheet to read, one sheet a table, the lists, and what the office added."""
    language = style.language
    sheets: dict[str, Grid] = {READ_ME[language]: [[line] for line in INTRODUCTION[language]]}
    for name in tables:
        sheets[name] = form_grid(table_schema(name), records.get(name, []), style)
    if style.has_lists:
        sheets[CODES[language]] = _lists(tables, style)
    if style.notes:
        sheets["Notes"] = [[line] for line in style.notes.split("\n")]
    return sheets


def form_grid(schema: TableSchema, records: Sequence[Record], style: Style) -> Grid:
    """Headings, explanation, example and rows of one sheet of a form."""
    fields = _in_order(schema, style)
    language = style.language
    tidy = replace(style, is_untidy=False, is_full_width=False)
    head = [f"{f.title(language)} *" if f.required else f.title(language) for f in fields]
    grid: Grid = [["#", *head, *style.extra]]
    grid.append([HELP[language], *(f.description(language) for f in fields)])
    grid.append([EXAMPLE[language], *(_example(f, tidy) for f in fields)])
    for number, record in enumerate(records):
        line = [cell(f, record.get(f.name), style, number) for f in fields]
        grid.append(["", *line, *_extra(style, number)])
        if style.blank_every and number % style.blank_every == style.blank_every - 1:
            grid.append([])
    return grid if style.has_marker else [line[1:] for line in (grid[0], *grid[3:])]


def _in_order(schema: TableSchema, style: Style) -> list[Field]:
    fields = list(schema.fields)
    turn = style.rotate % len(fields)
    return fields[turn:] + fields[:turn]


def _example(field: Field, style: Style) -> str:
    if field.type == "boolean" and field.example:
        return YES_NO[style.language][0 if field.example == "yes" else 1]
    if field.code_list is not None and field.example:
        return field.code_list.label(field.example, style.language)
    return field.example


def _extra(style: Style, number: int) -> list[str]:
    said = ("checked", "", "see finance file", "")
    return [said[(number + column) % len(said)] for column in range(len(style.extra))]


def _lists(tables: Sequence[str], style: Style) -> Grid:
    fields = (f for name in tables for f in table_schema(name).fields)
    lists = {f.codes: f.code_list for f in fields if f.codes and f.codes != "country"}
    columns = [
        [name, *(code.label(style.language) for code in codes.codes)]
        for name, codes in lists.items()
        if codes is not None
    ]
    return [list(line) for line in zip_longest(*columns)]


def write_csv(
    path: Path,
    table: str,
    records: Sequence[Record],
    style: Style,
    *,
    encoding: str = "utf-8",
    separator: str = ",",
) -> Path:
    """One table as a text file, in the encoding and with the separator of the office's program."""
    grid = form_grid(table_schema(table), records, replace(style, has_marker=False))
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows(grid)
    path.parent.mkdir(parents=True, exist_ok=True)
    mark = "\ufeff" if encoding == "utf-16-le" else ""
    path.write_bytes((mark + text.getvalue()).encode(encoding))
    return path
