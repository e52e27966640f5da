"""The first sheet of a form: whose it is, what it is for, how long it takes, how to fill it in."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any

from xlsxwriter.utility import quote_sheetname
from xlsxwriter.worksheet import Worksheet

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
    minutes: int = 0,
) -> None:
    """Fill the first sheet.

    Parameters
    ----------
    as_matrix : container of str
        Tables whose sheet is a matrix.
    minutes : int
        How long the form takes; 0 to say nothing of it.
    """
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
    fill["minutes"] = minutes
    for line in [*([texts["about_minutes"]] if minutes else []), *_instructions(texts, tables)]:
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


def _sent_to(form: Form) -> Iterator[tuple[str, str]]:
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
    if any(folded_fields(table) for table in tables):
        said.append(texts["folded"])
    return said


def _how_to_judge(texts: Mapping[str, Any], names: set[str]) -> list[str]:
    """What is said of a lowest and a highest value, or of levels, where the form asks for them."""
    if any(name.split("_")[-1] == "low" for name in names):
        return [texts["judging_range"]]
    return [texts["judging_steps"]] if "level" in names else []
