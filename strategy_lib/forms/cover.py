"""The first sheet of a form: whose it is, what it is for, how long it takes, how to fill it in."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any

from xlsxwriter.utility import quote_sheetname
from xlsxwriter.worksheet import Worksheet

from strategy_lib.forms.burden import SECONDS_A_MINUTE, is_timed, minutes, row_seconds
from strategy_lib.forms.folding import folded_fields
from strategy_lib.forms.form import Form
from strategy_lib.forms.matrix.sheets import matrix_sheet
from strategy_lib.schema.schema import TableSchema


def write_read_me(
    sheet: Worksheet,
    form: Form,
    tables: Sequence[TableSchema],
    organisation: str,
    year: int,
    as_matrix: Container[str],
    asked: int = 0,
) -> None:
    """Fill the first sheet.

    Parameters
    ----------
    as_matrix : container of str
        Tables whose sheet is a matrix.
    asked : int
        Minutes that the form takes; 0 to say nothing of it.
    """
    texts, formats = form.texts, form.formats
    first = tables[0].title(form.language)
    about = {"organisation": organisation, "year": year, "folder": tables[0].area}
    fill = {**about, "first": first, "minutes": asked}
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 90)
    title = _title(texts, tables, first)
    sheet.merge_range(0, 0, 0, 1, f"{organisation} · {title}", formats["title"])
    sheet.set_row(0, 44)
    row = 0
    for label, said in _sent_to(form):
        row += 1
        sheet.write_string(row, 0, label, formats["strong"])
        sheet.write_string(row, 1, said, formats["text"])
    who = texts["filled_by"][tables[0].filled_by]
    long = [texts["about_minutes"]] if asked else []
    for line in [who, *long, *_instructions(texts, tables)]:
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
        sheet.write_string(row, 1, _about(table, form), formats["text"])
        sheet.set_row(row, 48)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 1)


def _about(table: TableSchema, form: Form) -> str:
    """What a sheet is for, and how long one of its rows takes where that is a minute or more."""
    about, seconds = table.description(form.language), row_seconds(table)
    if table.filled_by == "assessor" or not is_timed(table) or seconds < SECONDS_A_MINUTE:
        return about
    return f"{about} {form.texts['row_minutes'].format(minutes=minutes(seconds))}"


def _title(texts: Mapping[str, Any], tables: Sequence[TableSchema], first: str) -> str:
    """What the form is called: by its first table, or by who fills in tables of many areas."""
    if len({table.area for table in tables}) == 1:
        return first
    return str(texts["questions_title" if tables[0].filled_by == "assessor" else "more_title"])


def _sent_to(form: Form) -> Iterator[tuple[str, str]]:
    """Whose form it is, where it is one office's or one assessor's."""
    if form.unit_id:
        name = form.units.get(form.unit_id, form.unit_id)
        yield form.texts["office"], f"{name} ({form.unit_id})"
    if form.assessor_id:
        yield form.texts["assessor"], form.assessor_id


def _instructions(texts: Mapping[str, Any], tables: Sequence[TableSchema]) -> list[str]:
    by = {"assessor": "how_judging", "coordinator": "how_listing"}
    said = list(texts[by.get(tables[0].filled_by, "how")])
    if tables[0].filled_by == "assessor":
        said[2:2] = _how_to_judge(texts, {name for table in tables for name in table.names})
    if tables[0].filled_by == "office" and len({table.area for table in tables}) > 1:
        said.insert(0, texts["optional"])
    if any(folded_fields(table) for table in tables):
        said.append(texts["folded"])
    return said


def _how_to_judge(texts: Mapping[str, Any], names: set[str]) -> list[str]:
    """What is said of a lowest and a highest value, or of levels, where the form asks for them."""
    if "sure" in names:
        return [texts["judging_sure"]]
    if any(name.split("_")[-1] == "low" for name in names):
        return [texts["judging_range"]]
    return [texts["judging_steps"]] if "level" in names else []
