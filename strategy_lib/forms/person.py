"""The form of one assessor: what is worth asking of this person first, all else one click away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from strategy_lib.forms.burden import minutes
from strategy_lib.forms.columns import columns_of, write_columns
from strategy_lib.forms.cover import write_read_me
from strategy_lib.forms.done import write_done
from strategy_lib.forms.form import Form, begun_form, new_book, on_paper
from strategy_lib.forms.matrix.blocks import Block, write_blocks
from strategy_lib.forms.matrix.sheets import MATRIX_TABLE
from strategy_lib.inputs.matrix.marks import MatrixState
from strategy_lib.schema.form_texts import form_texts
from strategy_lib.schema.schema import TableSchema, schemas

Rows = Sequence[Mapping[str, Any]]
BY_VALUE = frozenset({"scores", "cross_impacts"})
"""Tables whose questions are chosen by what they change; the others are shared out."""
ANSWERS: Mapping[str, str] = {
    "swing_weights": "points",
    "scores": "best",
    "performance": "best",
    "signpost_ratings": "if_coming",
    "readiness": "level",
}
"""Field of each table that holds its answer."""
# Headings stand below a line that says why these were chosen.
_TOP = 1


def write_person_form(
    path: Path,
    language: str,
    organisation: str,
    year: int,
    *,
    assessor_id: str,
    seconds: int,
    seed: int,
    asked: Mapping[str, Rows],
    others: Mapping[str, Rows],
    blocks: Sequence[Block],
    states: Sequence[MatrixState],
    round_number: int = 1,
) -> Path:
    """Write one person's form.

    Parameters
    ----------
    path : Path
        File to write; its folder exists.
    language, organisation, year : str, str, int
        As for `write_form`.
    assessor_id : str
        Whose form it is.
    seconds : int
        How long the questions take that are asked.
    seed : int
        With which the list can be made again.
    asked, others : mapping of str to sequence of mapping
        Table -> rows that are asked, and those that are open beside them, folded.
    blocks : sequence of (source, target)
        Blocks of influences that are asked; all others are open.
    states : sequence of MatrixState
        What influences are judged between.

    Returns
    -------
    Path
        `path`. The same arguments give the same bytes.
    """
    texts = form_texts(language)
    book = new_book(path, organisation, year)
    cover = book.add_worksheet(texts["read_me"])
    tables = [schemas()[name] for name in asked]
    plain = [table for table in tables if table.name != MATRIX_TABLE]
    sheets = [(book.add_worksheet(_sheet(table, language)), table) for table in tables]
    form = begun_form(book, plain, language, assessor_id=assessor_id)
    write_read_me(cover, form, tables, organisation, year, {MATRIX_TABLE}, minutes(seconds))
    for sheet, table in sheets:
        is_matrix = table.name == MATRIX_TABLE
        count = len(blocks) if is_matrix else len(asked[table.name])
        rest = _blocks_beside(states, blocks) if is_matrix else len(others[table.name])
        why = "chosen" if table.name in BY_VALUE else "shared"
        said = texts[why if rest else "all_asked"].format(count=count, seed=seed) if count else ""
        if is_matrix:
            write_blocks(sheet, form, states, blocks, said, round_number)
        else:
            _write_table(sheet, form, table, asked[table.name], others[table.name], said)
    book.close()
    return path


def _sheet(table: TableSchema, language: str) -> str:
    if table.name == MATRIX_TABLE:
        return str(form_texts(language)["blocks_sheet"])
    return table.sheet(language)


def _blocks_beside(states: Sequence[MatrixState], blocks: Sequence[Block]) -> int:
    descriptors = len({state.descriptor_id for state in states})
    return descriptors * (descriptors - 1) - len(blocks)


def _write_table(
    sheet: Worksheet, form: Form, table: TableSchema, asked: Rows, others: Rows, said: str
) -> None:
    """Rows that are asked; below them, folded, the others."""
    first = write_columns(sheet, form, table, asked, _TOP, others)
    answer = columns_of(table, [*asked, *others], form).index(table[ANSWERS[table.name]]) + 1
    letter = xl_col_to_name(answer)
    answers = [(f"{letter}{row + 1}",) for row in range(first, first + len(asked))]
    write_done(sheet, form, (0, 1), answers, said, form.formats["line"])
    sheet.freeze_panes(_TOP + 1, 1)
    on_paper(sheet)
    sheet.repeat_rows(_TOP)
