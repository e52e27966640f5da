"""Influences asked block by block: one descriptor on another, "no direct influence" first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from strategy_lib.forms.done import write_done
from strategy_lib.forms.form import Form, on_paper
from strategy_lib.forms.matrix.sheets import others_questioned
from strategy_lib.inputs.matrix.marks import (
    ASSESSOR,
    BLOCK,
    BLOCK_CODES,
    BLOCKS_MARKER,
    ROUND,
    SCALE,
    MatrixState,
)

_CODE, _NAME, _FIRST = 0, 1, 2
_MOST_STATES = 5
_FOLDED = {"level": 1, "hidden": True}
Block = tuple[str, str]


def write_blocks(
    sheet: Worksheet,
    form: Form,
    states: Sequence[MatrixState],
    asked: Sequence[Block],
    said: str,
    round_number: int = 1,
) -> None:
    """Fill a sheet with the blocks that a person is asked, and, folded, all others.

    Parameters
    ----------
    states : sequence of MatrixState
        All states, those of one descriptor one after the other.
    asked : sequence of (source, target)
        Codes of descriptors, in the order in which they are asked.
    said : str
        Why these, above them.
    """
    formats, texts = form.formats, form.texts
    own = {code: list(group) for code, group in groupby(states, key=lambda s: s.descriptor_id)}
    about = (BLOCKS_MARKER, ASSESSOR, form.assessor_id or "", ROUND)
    for column, text in enumerate(about):
        sheet.write_string(0, column, text, formats["code"])
    sheet.write_number(0, len(about), round_number, formats["code"])
    for number, line in enumerate((said, texts["block_help"]), 1):
        sheet.merge_range(number, _NAME, number, _FIRST + _MOST_STATES, line, formats["text"])
        sheet.set_row(number, 34)
    answers: list[tuple[str, str]] = []
    sheet.set_column(_CODE, _CODE, 12)
    sheet.set_column(_NAME, _NAME, 46)
    sheet.set_column(_FIRST, _FIRST + _MOST_STATES, 20)
    row = 4
    known = [block for block in asked if set(block) <= set(own)]
    for block in known:
        answers.append(_places(own, block, row))
        row = _write_block(sheet, form, own, block, row, {})
    write_done(sheet, form, (1, _NAME), answers, said, formats["text"])
    others = [(a, b) for a in own for b in own if a != b and (a, b) not in set(known)]
    if others:
        more = texts["more"].format(count=len(known) + len(others))
        sheet.merge_range(row, _NAME, row, _FIRST + _MOST_STATES, more, formats["strong"])
        row += 1
        for block in others:
            row = _write_block(sheet, form, own, block, row, _FOLDED)
        sheet.set_row(row, None, None, {"collapsed": True})
    sheet.outline_settings(visible=True, symbols_below=False)
    on_paper(sheet)


def _places(own: Mapping[str, list[MatrixState]], block: Block, row: int) -> tuple[str, str]:
    """Where a block is answered: the cell for "no direct influence", and its grid."""
    sources, targets = own[block[0]], own[block[1]]
    none = xl_rowcol_to_cell(row, _FIRST + 1)
    last = row + 2 + len(sources), _FIRST + len(targets) - 1
    return none, f"{xl_rowcol_to_cell(row + 3, _FIRST)}:{xl_rowcol_to_cell(*last)}"


def _write_block(
    sheet: Worksheet,
    form: Form,
    own: Mapping[str, list[MatrixState]],
    block: Block,
    row: int,
    options: Mapping[str, Any],
) -> int:
    """Write one block; the row where the next one begins."""
    formats, texts = form.formats, form.texts
    sources, targets = own[block[0]], own[block[1]]
    title = f"{sources[0].descriptor} → {targets[0].descriptor}"
    sheet.write_string(row, _CODE, BLOCK, formats["code"])
    sheet.write_string(row, _NAME, title, formats["head"])
    sheet.write_string(row, _FIRST, texts["no_influence"], formats["help"])
    sheet.write_blank(row, _FIRST + 1, None, formats["answer"])
    sheet.set_row(row, 30, None, dict(options))
    heads, codes = row + 1, row + 2
    sheet.write_string(codes, _CODE, BLOCK_CODES, formats["code"])
    for place, target in enumerate(targets, _FIRST):
        sheet.write_string(heads, place, target.name, formats["head"])
        sheet.write_string(codes, place, target.state_id, formats["code"])
    sheet.set_row(heads, 30, None, dict(options))
    sheet.set_row(codes, 13, None, dict(options))
    for number, source in enumerate(sources, codes + 1):
        sheet.write_string(number, _CODE, source.state_id, formats["code"])
        sheet.write_string(number, _NAME, source.name, formats["help"])
        for place, _ in enumerate(targets, _FIRST):
            sheet.write_blank(number, place, None, formats["cell_in_grid"])
        sheet.set_row(number, 18, None, dict(options))
    last = codes + len(sources)
    allowed = texts["allowed_integer"].format(low=-SCALE, high=SCALE)
    rule = others_questioned(str(texts["not_valid"])[:32], allowed)
    sheet.data_validation(codes + 1, _FIRST, last, _FIRST + len(targets) - 1, rule)
    sheet.set_row(last + 1, 8, None, dict(options))
    return last + 2
