"""Blank spreadsheets for offices, made from the schemas: one sheet a table, with lists and help."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from pathlib import Path
from typing import Any

from xlsxwriter.worksheet import Worksheet

from strategy_lib.forms.burden import form_seconds, minutes, question_seconds
from strategy_lib.forms.columns import columns_of, write_columns
from strategy_lib.forms.cover import write_read_me
from strategy_lib.forms.form import Form, begun_form, new_book, on_paper
from strategy_lib.forms.matrix.sheets import MATRIX_TABLE, fits_matrix, write_judgements
from strategy_lib.inputs.matrix.marks import MatrixState
from strategy_lib.schema.form_texts import form_texts
from strategy_lib.schema.schema import TableSchema

_FIRST_DATA_ROW = 3


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
    book = new_book(path, organisation, year)
    read_me = book.add_worksheet(form_texts(language)["read_me"])
    given = rows or {}
    as_matrix = {t.name for t in tables if t.name == MATRIX_TABLE and fits_matrix(matrix, given)}
    for table in tables:
        if table.name in as_matrix:
            write_judgements(book, matrix, given.get(table.name, ()), language, assessor_id)
    sheets = [(book.add_worksheet(t.sheet(language)), t) for t in tables if t.name not in as_matrix]
    form = begun_form(book, tables, language, unit_id=unit_id, assessor_id=assessor_id, units=units)
    is_optional = len({table.area for table in tables}) > 1
    is_timed = tables[0].filled_by != "coordinator" and not is_optional
    asked = _minutes(tables, given, matrix, as_matrix) if is_timed else 0
    write_read_me(read_me, form, tables, organisation, year, as_matrix, asked)
    for sheet, table in sheets:
        _write_table(sheet, form, table, given.get(table.name, ()))
    book.close()
    return path


def _minutes(
    tables: Sequence[TableSchema],
    rows: Mapping[str, Sequence[Mapping[str, Any]]],
    matrix: Sequence[MatrixState],
    as_matrix: Container[str],
) -> int:
    """How long a form takes; a matrix takes what its blocks take."""
    descriptors = len({state.descriptor_id for state in matrix}) if as_matrix else 0
    blocks = descriptors * (descriptors - 1)
    others = [table for table in tables if table.name not in as_matrix]
    return minutes(form_seconds(others, rows) + blocks * question_seconds("block"))


def _write_table(
    sheet: Worksheet, form: Form, table: TableSchema, rows: Sequence[Mapping[str, Any]]
) -> None:
    write_columns(sheet, form, table, rows)
    if form.unit_id and table.name == "returns":
        column = columns_of(table, rows, form).index(table["unit_id"]) + 1
        sheet.write_string(_FIRST_DATA_ROW, column, form.unit_id, form.formats["cell"])
    sheet.freeze_panes(1, 1)
    on_paper(sheet)
    sheet.repeat_rows(0)
