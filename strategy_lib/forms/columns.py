"""The columns of a form's sheet: headings, help, lists, checks, and what stands there already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from textwrap import shorten
from typing import Any

from xlsxwriter.worksheet import Worksheet

from strategy_lib.forms.folding import asked_fields, folded_fields, is_folded
from strategy_lib.forms.form import Form
from strategy_lib.forms.sizes import HEAD_LINES, column_width, height, lines, reading_width
from strategy_lib.inputs.layout.headings import MARKER, READING_MARK
from strategy_lib.schema.dates import FIRST_YEAR, LAST_YEAR
from strategy_lib.schema.schema import Field, TableSchema

LAST_ROW = 2000
# Help and example stand between the headings and the first row.
_HELP, _EXAMPLE, _DATA = 1, 2, 3
# Columns that are opened with one click.
_FOLDED = {"level": 1, "hidden": True}
_YEAR_AS_DAY = date(1899, 12, 30) + timedelta(days=FIRST_YEAR)
Rows = Sequence[Mapping[str, Any]]


def write_columns(
    sheet: Worksheet, form: Form, table: TableSchema, rows: Rows, top: int = 0, others: Rows = ()
) -> int:
    """Write headings, explanations and the rows that stand there already; where rows begin.

    What is asked stands at the left; what is filled in already, for later, or says how widely a
    row may be shown, is folded behind one + at the right.

    Parameters
    ----------
    top : int
        Row of the headings, from 0.
    others : sequence of mapping
        Rows that stand folded below the others, behind a line that says so.
    """
    every = [*rows, *others]
    first = top + _DATA
    places = [first + n + (n >= len(rows)) for n in range(len(every))]
    formats, texts = form.formats, form.texts
    sheet.write_string(top, 0, MARKER, formats["head"])
    sheet.write_string(top + _HELP, 0, texts["help"], formats["help"])
    sheet.write_string(top + _EXAMPLE, 0, texts["example"], formats["help"])
    sheet.set_column(0, 0, 8, formats["cell"])
    columns = columns_of(table, every, form)
    for column, item in enumerate(columns, 1):
        if isinstance(item, str):
            _write_reading(sheet, form, item, column, every, places, top)
        else:
            options = _FOLDED if is_folded(table, item, form.filled_in(table, every)) else {}
            _write_column(sheet, form, item, column, top, options)
            _write_values(sheet, form, item, column, every, places)
    # The + stands above the column behind the last folded one.
    sheet.set_column(len(columns) + 1, len(columns) + 1, 3, None, {"collapsed": True})
    seen = [item for item in columns if isinstance(item, Field)]
    titles = [lines(f.title(form.language), column_width(f, _help(f, form))) for f in seen]
    sheet.set_row(top, height(max(HEAD_LINES, *titles)))
    for row, text in ((_HELP, _help), (_EXAMPLE, _example)):
        most = max(_field_lines(form, f, text(f, form)) for f in seen)
        sheet.set_row(top + row, height(most))
    # A spreadsheet program need not fit rows to texts that it did not write itself.
    for number, (place, record) in enumerate(zip(places, every, strict=True)):
        options = _FOLDED if number >= len(rows) else {}
        sheet.set_row(place, height(_row_lines(form, table, record)), None, options)
    if others:
        row = first + len(rows)
        sheet.write_string(row, 0, texts["help"], formats["help"])
        sheet.write_string(row, 1, texts["more"].format(count=len(every)), formats["line"])
        sheet.set_row(row, height(1), None, {"collapsed": True})
        sheet.outline_settings(visible=True, symbols_below=False)
    return first


def columns_of(table: TableSchema, rows: Rows, form: Form) -> list[Field | str]:
    """Fields and columns for reading, in the order of the sheet: what is folded at the end."""
    filled_in = form.filled_in(table, rows)
    reading = [key for key in (rows[0] if rows else ()) if key.startswith(READING_MARK)]
    seen = asked_fields(table, filled_in)
    last = max((seen.index(f) for f in seen if f.name in table.prefilled_by), default=-1) + 1
    return [*seen[:last], *reading, *seen[last:], *folded_fields(table, filled_in)]


def _field_lines(form: Form, field: Field, text: str) -> int:
    return lines(text, column_width(field, _help(field, form)))


def _row_lines(form: Form, table: TableSchema, row: Mapping[str, Any]) -> int:
    """Lines that a row needs on which something stands already."""
    needed, columns = [1], sum(name.startswith(READING_MARK) for name in row)
    for name, value in row.items():
        if name.startswith(READING_MARK) and value:
            needed.append(lines(str(value), reading_width([str(value)], columns)))
        elif name in table.names and isinstance(value, str):
            field = table[name]
            needed.append(_field_lines(form, field, _shown(field, value, form)))
    return max(needed)


def _write_reading(
    sheet: Worksheet,
    form: Form,
    heading: str,
    column: int,
    rows: Rows,
    places: Sequence[int],
    top: int,
) -> None:
    sheet.write_string(top, column, form.reading_head(heading), form.formats["head"])
    sheet.write_string(top + _HELP, column, form.texts["reading"], form.formats["help"])
    sheet.write_blank(top + _EXAMPLE, column, None, form.formats["help"])
    columns = sum(name.startswith(READING_MARK) for name in rows[0])
    width = reading_width((str(row.get(heading) or "") for row in rows), columns)
    sheet.set_column(column, column, width, form.formats["cell"])
    for number, row in zip(places, rows, strict=True):
        if row.get(heading):
            sheet.write_string(number, column, str(row[heading]), form.formats["help"])


def _write_values(
    sheet: Worksheet, form: Form, field: Field, column: int, rows: Rows, places: Sequence[int]
) -> None:
    for number, row in zip(places, rows, strict=True):
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


def _shown(field: Field, value: Any, form: Form) -> str:
    if isinstance(value, bool):
        return str(form.texts["yes" if value else "no"])
    texts = [str(v) for v in value] if isinstance(value, tuple) else [str(value)]
    if field.code_list is not None:
        texts = [field.code_list.label(text, form.language) for text in texts]
    return "; ".join(texts)


def _write_column(
    sheet: Worksheet, form: Form, field: Field, column: int, top: int, options: Mapping[str, Any]
) -> None:
    formats = form.formats
    needed = field.required
    head = formats["needed" if needed else "head"]
    sheet.write_string(top, column, field.title(form.language) + (" *" if needed else ""), head)
    sheet.write_string(top + _HELP, column, _help(field, form), formats["help"])
    sheet.write_string(top + _EXAMPLE, column, _example(field, form), formats["help"])
    width = column_width(field, _help(field, form))
    look = formats["date" if field.type == "date" else "cell"]
    sheet.set_column(column, column, width, look, dict(options))
    rule = rule_of(field, form)
    if rule:
        rule = rule | _messages(field, form)
        sheet.data_validation(top + _DATA, column, LAST_ROW, column, rule)


def _help(field: Field, form: Form) -> str:
    unit = f" ({form.texts['units'].get(field.unit, field.unit)})" if field.unit else ""
    return f"{field.description(form.language)}{unit}"


def _example(field: Field, form: Form) -> str:
    codes = field.code_list
    if codes is not None and field.example:
        return codes.label(field.example, form.language)
    if field.type == "boolean" and field.example:
        return str(form.texts[field.example])
    return field.example


def rule_of(field: Field, form: Form) -> dict[str, Any] | None:
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


def _messages(field: Field, form: Form) -> dict[str, Any]:
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
