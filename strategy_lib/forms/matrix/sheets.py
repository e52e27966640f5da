"""The sheet on which one assessor judges influences: a matrix with its labels held in view."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from strategy_lib.inputs.matrix.marks import (
    ASSESSOR,
    CORNER,
    MATRIX_MARKER,
    REASONS,
    ROUND,
    SCALE,
    MatrixState,
)
from strategy_lib.schema.form_texts import form_texts
from strategy_lib.schema.schema import schemas

SHEET = "cross_impacts_matrix"
MATRIX_TABLE = "cross_impacts"

META_ROW, HELP_ROW, DESCRIPTOR_ROW, NAME_ROW, CODE_ROW, FIRST_ROW = range(6)
DESCRIPTOR_COLUMN, NAME_COLUMN, CODE_COLUMN, FIRST_COLUMN = range(4)
REASON_ROWS = 20
_LONGEST_TITLE, _LONGEST_MESSAGE = 32, 250


def matrix_sheet(language: str) -> str:
    """Name of the matrix's sheet in a form."""
    return SHEET if language == "en" else schemas()[MATRIX_TABLE].sheet(language)


def fits_matrix(
    states: Sequence[MatrixState], rows: Mapping[str, Sequence[Mapping[str, Any]]]
) -> bool:
    """Whether judgements can stand in one matrix: there are states, and no second round."""
    rounds = {row.get("round") or 1 for row in rows.get(MATRIX_TABLE, ())}
    return bool(states) and rounds <= {1}


def write_judgements(
    book: xlsxwriter.Workbook,
    states: Sequence[MatrixState],
    rows: Sequence[Mapping[str, Any]],
    language: str,
    assessor_id: str | None,
) -> Worksheet:
    """Add a matrix sheet that begins with rows of `cross_impacts`."""
    pairs = [((row["source_state"], row["target_state"]), row) for row in rows]
    return write_matrix_sheet(
        book,
        states,
        name=matrix_sheet(language),
        language=language,
        assessor_id=assessor_id,
        values={pair: row["impact"] for pair, row in pairs if row.get("impact") is not None},
        reasons={pair: row["reason"] for pair, row in pairs if row.get("reason")},
    )


def write_matrix_sheet(
    book: xlsxwriter.Workbook,
    states: Sequence[MatrixState],
    *,
    name: str = SHEET,
    language: str = "en",
    assessor_id: str | None = None,
    round_number: int = 1,
    values: Mapping[tuple[str, str], float] | None = None,
    reasons: Mapping[tuple[str, str], str] | None = None,
) -> Worksheet:
    """Add a matrix sheet to a workbook.

    Parameters
    ----------
    book : xlsxwriter.Workbook
        Opened with `strings_to_formulas` and `strings_to_urls` off, as every form of ours.
    states : sequence of MatrixState
        In the order of rows and columns; those of one descriptor one after the other.
    name : str
        Of the sheet; it must be free in the workbook.
    language : str
        Of the explanations.
    assessor_id : str, optional
        Whose sheet it is; it stands in the first row.
    round_number : int
        1, or 2 for the one after the discussion.
    values : mapping, optional
        (source, target) -> judgement that stands there already; all others are empty.
    reasons : mapping, optional
        (source, target) -> reason, below the matrix.

    Returns
    -------
    Worksheet
        With its labels frozen, -3 to 3 checked cell by cell (another number is questioned, not
        refused), and a descriptor's own block in grey.
    """
    texts, sheet = form_texts(language)["matrix"], book.add_worksheet(name)
    formats = _formats(book)
    _write_head(sheet, states, formats, texts, assessor_id, round_number)
    _write_labels(sheet, states, formats)
    given = values or {}
    for i, source in enumerate(states):
        for j, target in enumerate(states):
            is_own = source.descriptor_id == target.descriptor_id
            style = formats["own" if is_own else "edge" if _ends(states, j) else "cell"]
            value = given.get((source.state_id, target.state_id))
            row, column = FIRST_ROW + i, FIRST_COLUMN + j
            if value is None:
                sheet.write_blank(row, column, None, style)
            else:
                sheet.write_number(row, column, value, style)
    _check(sheet, states, texts)
    _write_reasons(sheet, states, formats, texts, reasons or {})
    sheet.freeze_panes(FIRST_ROW, FIRST_COLUMN)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(DESCRIPTOR_ROW, CODE_ROW)
    return sheet


def _formats(book: xlsxwriter.Workbook) -> dict[str, Format]:
    text = {"font_size": 10, "valign": "vcenter", "text_wrap": True}
    number = {"font_size": 10, "align": "center", "border": 1, "border_color": "#D9D9D9"}
    head = {**text, "bold": True, "font_color": "#FFFFFF", "bg_color": "#1F4E5F", "border": 1}
    styles = {
        "help": {**text, "font_color": "#595959", "italic": True, "valign": "top"},
        "head": head,
        "turned": {**head, "rotation": 90, "bold": False, "align": "center"},
        "code": {**text, "font_size": 8, "font_color": "#595959", "bg_color": "#F2F2F2"},
        "turned_code": {
            "font_size": 8,
            "font_color": "#595959",
            "bg_color": "#F2F2F2",
            "rotation": 90,
        },
        "name": {**text, "bg_color": "#EAF1F4"},
        "cell": number,
        "edge": {**number, "right": 2, "right_color": "#7F7F7F"},
        "own": {**number, "bg_color": "#BFBFBF"},
        "text": text,
    }
    return {name: book.add_format(style) for name, style in styles.items()}


def others_questioned(title: str, message: str) -> dict[str, Any]:
    """Validation that questions, and does not refuse, what is no whole number of the scale."""
    limits = {"criteria": "between", "minimum": -SCALE, "maximum": SCALE}
    told = {"error_type": "warning", "error_title": title, "error_message": message}
    return {"validate": "integer", **limits, **told}


def _write_head(
    sheet: Worksheet,
    states: Sequence[MatrixState],
    formats: Mapping[str, Format],
    texts: Mapping[str, str],
    assessor_id: str | None,
    round_number: int,
) -> None:
    for column, text in enumerate((MATRIX_MARKER, ASSESSOR, assessor_id or "", ROUND)):
        sheet.write_string(META_ROW, column, text, formats["code"])
    sheet.write_number(META_ROW, FIRST_COLUMN + 1, round_number, formats["code"])
    last = FIRST_COLUMN + max(1, len(states)) - 1
    sheet.merge_range(HELP_ROW, 0, HELP_ROW, last, texts["help"], formats["help"])
    sheet.set_row(HELP_ROW, 48)
    sheet.set_row(NAME_ROW, 110)
    sheet.set_row(CODE_ROW, 80)
    sheet.set_column(DESCRIPTOR_COLUMN, DESCRIPTOR_COLUMN, 24)
    sheet.set_column(NAME_COLUMN, NAME_COLUMN, 20)
    sheet.set_column(CODE_COLUMN, CODE_COLUMN, 18)
    sheet.set_column(FIRST_COLUMN, last, 4.5)


def _write_labels(
    sheet: Worksheet, states: Sequence[MatrixState], formats: Mapping[str, Format]
) -> None:
    sheet.write_string(CODE_ROW, CODE_COLUMN, CORNER, formats["code"])
    place = 0
    for _, group in groupby(states, key=lambda state: state.descriptor_id):
        own = list(group)
        first, last = FIRST_COLUMN + place, FIRST_COLUMN + place + len(own) - 1
        if last > first:
            sheet.merge_range(DESCRIPTOR_ROW, first, DESCRIPTOR_ROW, last, "", formats["head"])
        sheet.write_string(DESCRIPTOR_ROW, first, own[0].descriptor, formats["head"])
        place += len(own)
    sheet.set_row(DESCRIPTOR_ROW, 44)
    for number, state in enumerate(states):
        row, column = FIRST_ROW + number, FIRST_COLUMN + number
        sheet.write_string(row, DESCRIPTOR_COLUMN, state.descriptor, formats["name"])
        sheet.write_string(row, NAME_COLUMN, state.name, formats["name"])
        sheet.write_string(row, CODE_COLUMN, state.state_id, formats["code"])
        sheet.write_string(NAME_ROW, column, state.name, formats["turned"])
        sheet.write_string(CODE_ROW, column, state.state_id, formats["turned_code"])
        if state.definition:
            tip = {
                "validate": "any",
                "input_title": _cut(state.name, _LONGEST_TITLE),
                "input_message": _cut(state.definition, _LONGEST_MESSAGE),
            }
            sheet.data_validation(row, NAME_COLUMN, row, NAME_COLUMN, tip)
            sheet.data_validation(NAME_ROW, column, NAME_ROW, column, tip)


def _ends(states: Sequence[MatrixState], place: int) -> bool:
    """Whether a descriptor's last state stands here."""
    return place + 1 == len(states) or (
        states[place].descriptor_id != states[place + 1].descriptor_id
    )


def _check(sheet: Worksheet, states: Sequence[MatrixState], texts: Mapping[str, str]) -> None:
    """Question whatever is no whole number of the scale, outside the grey blocks."""
    place = 0
    for _, group in groupby(states, key=lambda state: state.descriptor_id):
        size = len(list(group))
        for first, last in ((0, place - 1), (place + size, len(states) - 1)):
            if last >= first:
                sheet.data_validation(
                    FIRST_ROW + first,
                    FIRST_COLUMN + place,
                    FIRST_ROW + last,
                    FIRST_COLUMN + place + size - 1,
                    others_questioned(texts["check"], texts["error"]),
                )
        place += size


def _write_reasons(
    sheet: Worksheet,
    states: Sequence[MatrixState],
    formats: Mapping[str, Format],
    texts: Mapping[str, str],
    reasons: Mapping[tuple[str, str], str],
) -> None:
    """Room for reasons below the matrix, with lists of the codes."""
    first = FIRST_ROW + len(states) + 1
    sheet.write_string(first, DESCRIPTOR_COLUMN, REASONS, formats["code"])
    sheet.write_string(first, NAME_COLUMN, texts["reasons"], formats["help"])
    for number, ((source, target), reason) in enumerate(reasons.items(), first + 1):
        sheet.write_string(number, DESCRIPTOR_COLUMN, source, formats["text"])
        sheet.write_string(number, NAME_COLUMN, target, formats["text"])
        sheet.write_string(number, CODE_COLUMN, reason, formats["text"])
    if states:
        letter, last = xl_col_to_name(CODE_COLUMN), FIRST_ROW + len(states)
        source = f"=${letter}${FIRST_ROW + 1}:${letter}${last}"
        end = first + max(REASON_ROWS, len(reasons))
        sheet.data_validation(
            first + 1, DESCRIPTOR_COLUMN, end, NAME_COLUMN, {"validate": "list", "source": source}
        )


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
