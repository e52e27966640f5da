"""What stands above the only sheet of an office's form: whose it is, two answers, how to fill it in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xlsxwriter.worksheet import Worksheet

from strategy_lib.forms.columns import rule_of
from strategy_lib.forms.form import Form
from strategy_lib.forms.sizes import height, lines
from strategy_lib.schema.schema import TableSchema

# Columns of the sheet: labels, answers, and the last one over which lines of text run.
_LABEL, _ANSWER, _SAID, _END = 1, 2, 3, 9
_LETTERS_A_LINE = 170
NEW_ROWS = 12


def write_top(
    sheet: Worksheet,
    form: Form,
    table: TableSchema,
    title: str,
    minutes: int,
    country: str,
) -> int:
    """Write what stands above the headings; the row of the headings, from 0.

    Parameters
    ----------
    minutes : int
        How long the form takes.
    country : str
        Code of the office's country; empty where it is not known.
    """
    texts, formats = form.texts, form.formats
    sheet.merge_range(0, _LABEL, 0, _END, title, formats["title"])
    sheet.set_row(0, 28)
    said = [texts["about_minutes"].format(minutes=minutes), *texts["short_how"]]
    sheet.merge_range(1, _LABEL, 1, _END, " ".join(said), formats["text"])
    sheet.set_row(1, 1.2 * height(lines(" ".join(said), _LETTERS_A_LINE)))
    row = 2
    for label, known in _known(form, table, country).items():
        sheet.write_string(row, _LABEL, label, formats["strong"])
        sheet.merge_range(row, _ANSWER, row, _END, known, formats["text"])
        row += 1
    handling = table["handling"]
    yes = {"validate": "list", "source": [texts["yes"], texts["no"]]}
    for name, rule in (("nothing", yes), ("handling_all", rule_of(handling, form) or {})):
        sheet.write_string(row, _LABEL, texts[name], formats["strong"])
        sheet.write_blank(row, _ANSWER, None, formats["answer"])
        sheet.merge_range(row, _SAID, row, _END, texts[f"{name}_help"], formats["help"])
        sheet.data_validation(row, _ANSWER, row, _ANSWER, rule)
        row += 1
    return row + 1


def _known(form: Form, table: TableSchema, country: str) -> Mapping[str, str]:
    office = form.units.get(form.unit_id or "", form.unit_id or "")
    shown = f"{office} ({form.unit_id})" if form.unit_id else ""
    codes: Any = table["country_code"].code_list
    named = codes.label(country, form.language) if country else ""
    return {form.texts["office"]: shown, table["country_code"].title(form.language): named}


def new_rows(country: str) -> list[dict[str, str]]:
    """Rows that wait for what is new, with the office's country filled in."""
    return [{"country_code": country}] * NEW_ROWS if country else []
