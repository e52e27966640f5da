"""A sheet of blocks that came back, as rows of `cross_impacts`; what is wrong is said at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from strategy_lib.inputs.matrix.labels import MatrixFault, column_letters
from strategy_lib.inputs.matrix.marks import ASSESSOR, BLOCK, BLOCK_CODES, BLOCKS_MARKER, ROUND
from strategy_lib.inputs.matrix.reading import FIRST_ROWS, MatrixRead, judged, judgement, round_in
from strategy_lib.schema.cell_faults import Fault
from strategy_lib.schema.text import Row, cell_text, is_blank, loose_key, shortened
from strategy_lib.schema.values import to_boolean

_CODE, _TITLE, _FIRST, _ANSWER = 0, 1, 2, 3
_CROSSES = ("x", "×", "✗", "✓", "✔")
Record = dict[str, Any]


def is_block_sheet(rows: Sequence[Row]) -> bool:
    """Whether a sheet asks influences block by block, whatever its name is."""
    return any(cell_text(cell) == BLOCKS_MARKER for row in rows[:FIRST_ROWS] for cell in row[:1])


@dataclass
class _Block:
    """One block while it is read: its answer as a whole, its labels, and its cells."""

    title: str
    row: int
    is_nothing: bool
    targets: list[tuple[int, str]] = field(default_factory=list)
    sources: list[tuple[int, str]] = field(default_factory=list)
    given: dict[tuple[str, str], tuple[float, int, int]] = field(default_factory=dict)


def read_block_sheet(rows: Sequence[Row]) -> MatrixRead:
    """Read the judgements of one sheet of blocks.

    A block with "no direct influence" is 0 in every cell; where numbers stand in it all the same,
    the numbers count, with a warning. A block in which nothing stands is no answer.

    Parameters
    ----------
    rows : sequence of sequence
        Cells from the sheet's first row and column on; an empty cell is "".
    """
    faults: list[MatrixFault] = []
    who, turn = _about(rows, faults)
    records: list[Record] = []
    for block in _blocks(rows, faults):
        records += _records(block, who, turn, faults)
    return MatrixRead(tuple(records), tuple(faults))


def _about(rows: Sequence[Row], faults: list[MatrixFault]) -> tuple[str, int]:
    top = next(row for row in rows[:FIRST_ROWS] if row and cell_text(row[0]) == BLOCKS_MARKER)
    cells = [cell_text(cell) for cell in top]
    beside = {name: place + 1 for place, name in enumerate(cells) if name in (ASSESSOR, ROUND)}
    who = _text(top, beside.get(ASSESSOR, len(top)))
    if not who:
        message = "the sheet does not say whose it is; write the assessor's code beside assessor_id"
        faults.append(MatrixFault(Fault("missing_value", message), 1, "C"))
    place = beside.get(ROUND, len(top))
    cell = top[place] if place < len(top) else ""
    turn = round_in(cell)
    if turn.fault is not None:
        faults.append(MatrixFault(turn.fault, 1, column_letters(place)))
    return who, int(turn.value or 1)


def _text(row: Row, place: int) -> str:
    return cell_text(row[place]) if place < len(row) else ""


def _blocks(rows: Sequence[Row], faults: list[MatrixFault]) -> Iterator[_Block]:
    block: _Block | None = None
    for number, row in enumerate(rows):
        first = _text(row, _CODE)
        if first == BLOCK:
            if block is not None:
                yield block
            block = _Block(_text(row, _TITLE), number, _is_nothing(row, number, faults))
        elif block is not None and first == BLOCK_CODES:
            codes = ((j, _text(row, j)) for j in range(_FIRST, len(row)))
            block.targets = [(j, code) for j, code in codes if code]
        elif block is not None and block.targets and first:
            block.sources.append((number, first))
            for j, target in block.targets:
                cell = row[j] if j < len(row) else ""
                if not is_blank(cell):
                    value = judgement(cell)
                    if value.fault is not None:
                        faults.append(MatrixFault(value.fault, number + 1, column_letters(j)))
                    if value.value is not None:
                        block.given[first, target] = (float(value.value), number, j)
    if block is not None:
        yield block


def _is_nothing(row: Row, number: int, faults: list[MatrixFault]) -> bool:
    """Whether "no direct influence" is chosen."""
    text = _text(row, _ANSWER)
    if not text:
        return False
    done = to_boolean(row[_ANSWER])
    if loose_key(text) in _CROSSES or text in _CROSSES or done.value:
        return True
    if done.fault is not None:
        message = f'found "{shortened(text)}"; write x for no direct influence, or nothing'
        fault = Fault("wrong_value", message, shortened(text), "x, or nothing")
        faults.append(MatrixFault(fault, number + 1, column_letters(_ANSWER)))
    return False


def _records(block: _Block, who: str, turn: int, faults: list[MatrixFault]) -> Iterator[Record]:
    if block.is_nothing and any(value for value, _, _ in block.given.values()):
        message = (
            f'"{shortened(block.title)}" has numbers and "no direct influence": the numbers count'
        )
        fault = Fault("both_answers", message, severity="warning")
        faults.append(MatrixFault(fault, block.row + 1, column_letters(_ANSWER)))
    cells = len(block.sources) * len(block.targets)
    if block.given and not block.is_nothing and len(block.given) < cells:
        message = (
            f'"{shortened(block.title)}": {cells - len(block.given)} of {cells} cells are open; '
            "empty is no answer, never 0"
        )
        fault = Fault("missing_block", message, severity="warning")
        faults.append(MatrixFault(fault, block.row + 1, column_letters(_TITLE)))
    for number, source in block.sources:
        for j, target in block.targets:
            known = block.given.get((source, target))
            if known is None and not block.is_nothing:
                continue
            yield judged(who, turn, (source, target), known[0] if known else 0, (number, j))
