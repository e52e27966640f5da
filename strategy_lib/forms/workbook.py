"""Blank spreadsheets for offices, made from the schemas: one sheet a table, with lists and help."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from textwrap import shorten
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import quote_sheetname, xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from strategy_lib.forms.matrix.sheets import (
    MATRIX_TABLE,
    fits_matrix,
    matrix_sheet,
    write_judgements,
)
from strategy_lib.forms.sizes import HEAD_LINES, column_width, height, lines, reading_width
from strategy_lib.inputs.layout.headings import MARKER, READING_MARK
from strategy_lib.inputs.matrix.texts import MatrixState
from strategy_lib.schema.dates import FIRST_YEAR, LAST_YEAR
from strategy_lib.schema.form_texts import form_texts
from strategy_lib.schema.schema import Field, TableSchema

__all__ = ["MARKER", "write_form"]
FIRST_DATA_ROW = 3
LAST_ROW = 2000
# Columns that are opened with one click.
_FOLDED = {"level": 1, "hidden": True}
_YEAR_AS_DAY = date(1899, 12, 30) + timedelta(days=FIRST_YEAR)


@dataclass(frozen=True)
class _Form:
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
        return form_texts(self.language)

    def reading_head(self, heading: str) -> str:
        """Heading of a column for reading, in the language of the form."""
        known: Mapping[str, str] = self.texts["reading_heads"]
        name = heading.removeprefix(READING_MARK).strip()
        return f"{READING_MARK} {known[name]}" if name in known else heading


def write_form(
    path: Path,
    tables: Sequence[TableSchema],
    language: str,
    organisation: str,
    year: int,
    *,
    unit_id: str | None = None,
    assessor_id: str | None = None,
    units: Mapping[str, str] | None = None,
    rows: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
    matrix: Sequence[MatrixState] = (),
) -> Path:
    """Write one blank form.

    Parameters
    ----------
    path : Path
        File to write; its folder exists.
    tables : sequence of TableSchema
        One sheet each, in this order.
    language : str
        Language of headings, explanations and lists.
    organisation : str
        Name shown on the first sheet and as the document's author.
    year : int
        Cycle that the form is for.
    unit_id : str, optional
        Office whose code is filled in.
    assessor_id : str, optional
        Assessor whose form it is; the code stands on the first sheet and in each row.
    units : mapping of str to str, optional
        Office code -> name; the codes become a drop-down.
    rows : mapping, optional
        Table -> rows that the form begins with: field -> value. A key that begins with
        `READING_MARK` is a column for reading, which is not read back.
    matrix : sequence of MatrixState
        States whose influences on each other are judged: the sheet of cross-impacts is then a
        matrix. Without any, or with a second round, it has a row for each judgement.

    Returns
    -------
    Path
        `path`. The same arguments give the same bytes.
    """
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties(
        {"author": organisation, "title": path.stem, "created": datetime(year, 1, 1)}
    )
    formats = _formats(book)
    read_me = book.add_worksheet(form_texts(language)["read_me"])
    given = rows or {}
    as_matrix = {t.name for t in tables if t.name == MATRIX_TABLE and fits_matrix(matrix, given)}
    for table in tables:
        if table.name in as_matrix:
            write_judgements(book, matrix, given.get(table.name, ()), language, assessor_id)
    sheets = [(book.add_worksheet(t.sheet(language)), t) for t in tables if t.name not in as_matrix]
    codes = book.add_worksheet(form_texts(language)["codes"])
    listed = dict(units or {})
    lists = _write_codes(codes, tables, language, listed, formats)
    form = _Form(book, language, unit_id, assessor_id, listed, formats, lists)
    _write_read_me(read_me, form, tables, organisation, year, as_matrix)
    for sheet, table in sheets:
        _write_table(sheet, form, table, given.get(table.name, ()))
    book.close()
    return path


def _formats(book: xlsxwriter.Workbook) -> dict[str, Format]:
    wrap = {"text_wrap": True, "valign": "top", "font_size": 10}
    grey = {**wrap, "font_color": "#595959", "italic": True, "bg_color": "#F2F2F2"}
    head = {**wrap, "bold": True, "font_color": "#FFFFFF", "bg_color": "#1F4E5F", "border": 1}
    styles = {
        "head": head,
        "needed": {**head, "bg_color": "#0B3440"},
        "help": grey,
        "cell": wrap,
        "date": {**wrap, "num_format": f"[<={LAST_YEAR}]0;yyyy-mm-dd"},
        "title": {"bold": True, "font_size": 16, "font_color": "#0B3440", "text_wrap": True},
        "strong": {**wrap, "bold": True},
        "text": {"text_wrap": True, "valign": "top", "font_size": 11},
    }
    return {name: book.add_format(style) for name, style in styles.items()}


def _write_codes(
    sheet: Worksheet,
    tables: Sequence[TableSchema],
    language: str,
    units: Mapping[str, str],
    formats: Mapping[str, Format],
) -> dict[str, str]:
    """Fill the sheet of lists; the cell range of each list, by its name."""
    texts = form_texts(language)
    lists: dict[str, list[str]] = {"boolean": [texts["yes"], texts["no"]]}
    for field in (f for table in tables for f in table.fields):
        if field.code_list is not None:
            codes = field.code_list.listed(language)
            lists[field.code_list.name] = [code.label(language) for code in codes]
    if units:
        lists["unit_id"] = list(units)
    ranges = {}
    for column, (name, values) in enumerate(lists.items()):
        sheet.write_string(0, column, name, formats["strong"])
        sheet.write_column(1, column, values, formats["cell"])
        letter = xl_col_to_name(column)
        ranges[name] = f"='{sheet.get_name()}'!${letter}$2:${letter}${len(values) + 1}"
    sheet.set_column(0, len(lists), 26)
    sheet.freeze_panes(1, 0)
    return ranges


def _write_read_me(
    sheet: Worksheet,
    form: _Form,
    tables: Sequence[TableSchema],
    organisation: str,
    year: int,
    as_matrix: Container[str],
) -> None:
    texts, formats = form.texts, form.formats
    fill = {"organisation": organisation, "year": year, "folder": tables[0].area}
    fill["first"] = tables[0].title(form.language)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 90)
    row = 0
    title = texts["title"].format(**fill) if tables[0].area == "mapping" else fill["first"]
    sheet.merge_range(row, 0, row, 1, f"{organisation} · {title}", formats["title"])
    sheet.set_row(row, 44)
    for label, said in _sent_to(form):
        row += 1
        sheet.write_string(row, 0, label, formats["strong"])
        sheet.write_string(row, 1, said, formats["text"])
    for line in _instructions(texts, tables):
        row += 1
        sheet.merge_range(row, 0, row, 1, line.format(**fill), formats["text"])
        sheet.set_row(row, 34)
    row += 2
    sheet.write_string(row, 0, texts["sheets"], formats["strong"])
    for table in tables:
        row += 1
        named = matrix_sheet if table.name in as_matrix else table.sheet
        place = f"internal:{quote_sheetname(named(form.language))}!B4"
        sheet.write_url(row, 0, place, formats["strong"], table.title(form.language))
        sheet.write_string(row, 1, table.description(form.language), formats["text"])
        sheet.set_row(row, 32)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _sent_to(form: _Form) -> Iterator[tuple[str, str]]:
    """Whose form it is, where it is one office's or one assessor's."""
    if form.unit_id:
        name = form.units.get(form.unit_id, form.unit_id)
        yield form.texts["office"], f"{name} ({form.unit_id})"
    if form.assessor_id:
        yield form.texts["assessor"], form.assessor_id


def _instructions(texts: Mapping[str, Any], tables: Sequence[TableSchema]) -> list[str]:
    if tables[0].area == "mapping" and tables[0].filled_by == "office":
        return [*texts["intro"], *texts["how"]]
    by = {"assessor": "how_judging", "coordinator": "how_listing"}
    said = list(texts[by.get(tables[0].filled_by, "how")])
    if tables[0].filled_by == "assessor":
        said[2:2] = _how_to_judge(texts, {name for table in tables for name in table.names})
    if any(field.is_later for table in tables for field in table.fields):
        said.append(texts["folded"])
    return said


def _how_to_judge(texts: Mapping[str, Any], names: set[str]) -> list[str]:
    """What is said of a lowest and a highest value, or of levels, where the form asks for them."""
    if any(name.split("_")[-1] == "low" for name in names):
        return [texts["judging_range"]]
    return [texts["judging_steps"]] if "level" in names else []


def _write_table(
    sheet: Worksheet, form: _Form, table: TableSchema, rows: Sequence[Mapping[str, Any]]
) -> None:
    formats, texts = form.formats, form.texts
    sheet.write_string(0, 0, MARKER, formats["head"])
    sheet.write_string(1, 0, texts["help"], formats["help"])
    sheet.write_string(2, 0, texts["example"], formats["help"])
    sheet.set_column(0, 0, 8, formats["cell"])
    for column, item in enumerate(_columns(table, rows), 1):
        if isinstance(item, str):
            _write_reading(sheet, form, item, column, rows)
        else:
            _write_column(sheet, form, item, column)
            _write_values(sheet, form, item, column, rows)
    if form.unit_id and table.name == "returns":
        sheet.write_string(FIRST_DATA_ROW, 1, form.unit_id, formats["cell"])
    sheet.set_row(0, height(HEAD_LINES))
    sheet.set_row(1, height(max(_field_lines(form, f, _help(f, form)) for f in table.fields)))
    sheet.set_row(2, height(max(_field_lines(form, f, _example(f, form)) for f in table.fields)))
    # A spreadsheet program need not fit rows to texts that it did not write itself.
    for number, row in enumerate(rows, FIRST_DATA_ROW):
        sheet.set_row(number, height(_row_lines(form, table, row)))
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _field_lines(form: _Form, field: Field, text: str) -> int:
    return lines(text, column_width(field, _help(field, form)))


def _row_lines(form: _Form, table: TableSchema, row: Mapping[str, Any]) -> int:
    """Lines that a row needs on which something stands already."""
    needed = [1]
    for name, value in row.items():
        if name.startswith(READING_MARK) and value:
            needed.append(lines(str(value), reading_width([str(value)])))
        elif name in table.names and isinstance(value, str):
            field = table[name]
            needed.append(_field_lines(form, field, _shown(field, value, form)))
    return max(needed)


def _columns(table: TableSchema, rows: Sequence[Mapping[str, Any]]) -> list[Field | str]:
    """Fields in their order; what is for reading stands behind the last key that it explains."""
    reading = [key for key in (rows[0] if rows else ()) if key.startswith(READING_MARK)]
    last = max((table.names.index(name) for name in table.prefilled_by), default=-1) + 1
    return [*table.fields[:last], *reading, *table.fields[last:]]


def _write_reading(
    sheet: Worksheet, form: _Form, heading: str, column: int, rows: Sequence[Mapping[str, Any]]
) -> None:
    sheet.write_string(0, column, form.reading_head(heading), form.formats["head"])
    sheet.write_string(1, column, form.texts["reading"], form.formats["help"])
    sheet.write_blank(2, column, None, form.formats["help"])
    width = reading_width(str(row.get(heading) or "") for row in rows)
    sheet.set_column(column, column, width, form.formats["cell"])
    for number, row in enumerate(rows, FIRST_DATA_ROW):
        if row.get(heading):
            sheet.write_string(number, column, str(row[heading]), form.formats["help"])


def _write_values(
    sheet: Worksheet, form: _Form, field: Field, column: int, rows: Sequence[Mapping[str, Any]]
) -> None:
    for number, row in enumerate(rows, FIRST_DATA_ROW):
        value = row.get(field.name)
        if value is None or value == "" or value == ():
            continue
        if isinstance(value, date):
            moment = datetime(value.year, value.month, value.day)
            sheet.write_datetime(number, column, moment, form.formats["date"])
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            sheet.write_number(number, column, value, form.formats["cell"])
        else:
            sheet.write_string(number, column, _shown(field, value, form), form.formats["cell"])


def _shown(field: Field, value: Any, form: _Form) -> str:
    if isinstance(value, bool):
        return str(form.texts["yes" if value else "no"])
    texts = [str(v) for v in value] if isinstance(value, tuple) else [str(value)]
    if field.code_list is not None:
        texts = [field.code_list.label(text, form.language) for text in texts]
    return "; ".join(texts)


def _write_column(sheet: Worksheet, form: _Form, field: Field, column: int) -> None:
    formats = form.formats
    needed = field.required
    head = formats["needed" if needed else "head"]
    sheet.write_string(0, column, field.title(form.language) + (" *" if needed else ""), head)
    sheet.write_string(1, column, _help(field, form), formats["help"])
    sheet.write_string(2, column, _example(field, form), formats["help"])
    width = column_width(field, _help(field, form))
    look = formats["date" if field.type == "date" else "cell"]
    sheet.set_column(column, column, width, look, _FOLDED if field.is_later else {})
    rule = _rule(field, form)
    if rule:
        sheet.data_validation(
            FIRST_DATA_ROW, column, LAST_ROW, column, rule | _messages(field, form)
        )


def _help(field: Field, form: _Form) -> str:
    unit = f" ({form.texts['units'].get(field.unit, field.unit)})" if field.unit else ""
    return f"{field.description(form.language)}{unit}"


def _example(field: Field, form: _Form) -> str:
    codes = field.code_list
    if codes is not None and field.example:
        return codes.label(field.example, form.language)
    if field.type == "boolean" and field.example:
        return str(form.texts[field.example])
    return field.example


def _rule(field: Field, form: _Form) -> dict[str, Any] | None:
    """Validation of a column's cells, in the terms of XlsxWriter; none for free text."""
    if field.type == "list":
        return None
    if field.codes or field.type == "boolean":
        return {"validate": "list", "source": form.lists[field.codes or "boolean"]}
    if field.name == "unit_id" and "unit_id" in form.lists:
        return {"validate": "list", "source": form.lists["unit_id"]}
    if field.type == "date":
        # A year alone is a date too; to a spreadsheet program it is a day of 1905.
        limits = {"minimum": _YEAR_AS_DAY, "maximum": date(LAST_YEAR, 12, 31)}
        return {"validate": "date", "criteria": "between", **limits}
    if field.type in ("integer", "number"):
        kind = "integer" if field.type == "integer" else "decimal"
        low, high = _limits(field)
        return {"validate": kind, "criteria": "between", "minimum": low, "maximum": high}
    return None


def _limits(field: Field) -> tuple[float, float]:
    low = -1e9 if field.minimum is None else field.minimum
    return low, 1e9 if field.maximum is None else field.maximum


def _messages(field: Field, form: _Form) -> dict[str, Any]:
    """What the spreadsheet program shows at a cell; Excel allows 32 and 255 characters."""
    texts = form.texts
    ends = (f"{end:g}" if abs(end) < 1e9 else texts["unbounded"] for end in _limits(field))
    low, high = ends
    allowed = {
        "date": texts["allowed_date"],
        "integer": texts["allowed_integer"].format(low=low, high=high),
        "number": texts["allowed_number"].format(low=low, high=high),
    }.get(field.type, texts["no_list"])
    return {
        "input_title": field.title(form.language)[:32],
        "input_message": shorten(_help(field, form), 250, placeholder="…"),
        "error_title": str(texts["not_valid"])[:32],
        "error_message": shorten(allowed, 250, placeholder="…"),
    }
