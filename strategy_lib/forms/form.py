"""What is the same for every sheet of one form: its book, language, looks and lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from strategy_lib.inputs.layout.headings import READING_MARK
from strategy_lib.schema.dates import LAST_YEAR
from strategy_lib.schema.form_texts import form_texts
from strategy_lib.schema.schema import TableSchema


@dataclass(frozen=True)
class Form:
    """What is the same for every sheet of one form."""

    book: xlsxwriter.Workbook
    language: str
    unit_id: str | None
    assessor_id: str | None
    units: Mapping[str, str]
    formats: Mapping[str, Format]
    lists: Mapping[str, str]

    @property
    def texts(self) -> Mapping[str, Any]:
        """Texts of the form that no schema holds, in its language."""
        return form_texts(self.language)

    def filled_in(self, table: TableSchema, rows: Sequence[Mapping[str, Any]]) -> frozenset[str]:
        """Fields that the form fills in itself: whose it is, and keys whose meaning stands beside."""
        found = {"unit_id"} if self.unit_id and table.filled_by == "office" else set()
        if self.assessor_id:
            found |= {"assessor_id", "round"}
            if rows and any(key.startswith(READING_MARK) for key in rows[0]):
                found |= set(table.prefilled_by)
        return frozenset(found & set(table.names))

    def reading_head(self, heading: str) -> str:
        """Heading of a column for reading, in the language of the form."""
        known: Mapping[str, str] = self.texts["reading_heads"]
        name = heading.removeprefix(READING_MARK).strip()
        return f"{READING_MARK} {known[name]}" if name in known else heading


def new_book(path: Path, organisation: str, year: int) -> xlsxwriter.Workbook:
    """A workbook that turns no text into a formula or a link, with a fixed date."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    made = datetime(year, 1, 1)
    book.set_properties({"author": organisation, "title": path.stem, "created": made})
    return book


def form_formats(book: xlsxwriter.Workbook) -> dict[str, Format]:
    """Looks of cells, by name."""
    wrap = {"text_wrap": True, "valign": "top", "font_size": 10}
    grey = {**wrap, "font_color": "#595959", "italic": True, "bg_color": "#F2F2F2"}
    head = {**wrap, "bold": True, "font_color": "#FFFFFF", "bg_color": "#1F4E5F", "border": 1}
    styles = {
        "head": head,
        "needed": {**head, "bg_color": "#0B3440"},
        "help": grey,
        "cell": wrap,
        "answer": {**wrap, "border": 2, "border_color": "#1F4E5F", "bg_color": "#FFFBE6"},
        "cell_in_grid": {
            "font_size": 10,
            "align": "center",
            "border": 1,
            "border_color": "#BFBFBF",
        },
        "line": {"bold": True, "font_size": 10, "font_color": "#0B3440"},
        "code": {"font_size": 8, "font_color": "#7F7F7F"},
        "date": {**wrap, "num_format": f"[<={LAST_YEAR}]0;yyyy-mm-dd"},
        "title": {"bold": True, "font_size": 16, "font_color": "#0B3440", "text_wrap": True},
        "strong": {**wrap, "bold": True},
        "text": {"text_wrap": True, "valign": "top", "font_size": 11},
    }
    return {name: book.add_format(style) for name, style in styles.items()}


def begun_form(
    book: xlsxwriter.Workbook,
    tables: Sequence[TableSchema],
    language: str,
    *,
    unit_id: str | None = None,
    assessor_id: str | None = None,
    units: Mapping[str, str] | None = None,
) -> Form:
    """What the sheets of a form share; its lists go on a last sheet, behind those that are there."""
    formats, known = form_formats(book), dict(units or {})
    lists = _write_lists(book, tables, language, known, formats["strong"], formats["cell"])
    return Form(book, language, unit_id, assessor_id, known, formats, lists)


def on_paper(sheet: Worksheet) -> None:
    """Print a sheet across, on as many A4 pages as it is long."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _write_lists(
    book: xlsxwriter.Workbook,
    tables: Sequence[TableSchema],
    language: str,
    units: Mapping[str, str],
    head: Format,
    cell: Format,
) -> dict[str, str]:
    """Write the sheet of lists; the cell range of each list, by its name."""
    texts = form_texts(language)
    sheet = book.add_worksheet(texts["codes"])
    lists: dict[str, list[str]] = {"boolean": [texts["yes"], texts["no"]]}
    for field in (f for table in tables for f in table.fields):
        if field.code_list is not None:
            codes = field.code_list.listed(language)
            lists[field.code_list.name] = [code.label(language) for code in codes]
    if units:
        lists["unit_id"] = list(units)
    ranges = {}
    for column, (name, values) in enumerate(lists.items()):
        sheet.write_string(0, column, name, head)
        sheet.write_column(1, column, values, cell)
        letter = xl_col_to_name(column)
        ranges[name] = f"='{sheet.get_name()}'!${letter}$2:${letter}${len(values) + 1}"
    sheet.set_column(0, len(lists), 26)
    sheet.freeze_panes(1, 0)
    return ranges
