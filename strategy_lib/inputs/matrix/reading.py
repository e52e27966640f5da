"""A matrix sheet that came back, as rows of `cross_impacts`; everything wrong is said at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from strategy_lib.core.errors import listing
from strategy_lib.inputs.matrix.labels import (
    SHOWN,
    MatrixFault,
    ReturnedSheet,
    column_letters,
    read_labels,
)
from strategy_lib.inputs.matrix.marks import ASSESSOR, CORNER, MATRIX_MARKER, ROUND, SCALE
from strategy_lib.schema.cell_faults import NOTHING, Converted, Fault
from strategy_lib.schema.numbers import to_number
from strategy_lib.schema.schema import table_schema
from strategy_lib.schema.text import Row, cell_text, is_blank, shortened

FIRST_ROWS, FIRST_COLUMNS = 15, 12
_ALLOWED = f"a whole number from -{SCALE} to {SCALE}, or nothing"
Record = dict[str, Any]


@dataclass(frozen=True)
class MatrixRead:
    """What a matrix sheet holds.

    Attributes
    ----------
    records : tuple of dict
        A row of `cross_impacts` for each cell that was answered, with `source_row` (number) and
        `source_column` (letters) of the cell.
    faults : tuple of MatrixFault
        Every problem, in the order of the sheet.
    """

    records: tuple[Record, ...]
    faults: tuple[MatrixFault, ...]


def is_matrix_sheet(rows: Sequence[Row]) -> bool:
    """Whether a sheet is a matrix of cross-impacts, whatever its name is."""
    first = (cell for row in rows[:FIRST_ROWS] for cell in row[:FIRST_COLUMNS])
    return any(cell_text(cell) in (MATRIX_MARKER, CORNER) for cell in first)


def read_matrix_sheet(rows: Sequence[Row]) -> MatrixRead:
    """Read the judgements of one matrix sheet, by its own labels.

    Parameters
    ----------
    rows : sequence of sequence
        Cells from the sheet's first row and column on; an empty cell is "".

    Returns
    -------
    MatrixRead
        An empty cell is no answer and gives no record. A number beyond -3 to 3 is kept with a
        warning; text or a fraction is an error.
    """
    corner = _find_corner(rows)
    if corner is None:
        message = f'no cell holds "{CORNER}", where the codes of rows and columns meet'
        return MatrixRead((), (MatrixFault(Fault("no_matrix", message, allowed=CORNER)),))
    sheet = ReturnedSheet(rows, *corner)
    who, turn = _about(sheet)
    read_labels(sheet)
    reasons = dict(_reasons(sheet))
    records = list(_records(sheet, who, turn, reasons))
    _tell_gaps(sheet, records)
    return MatrixRead(tuple(records), tuple(sheet.faults))


def _find_corner(rows: Sequence[Row]) -> tuple[int, int] | None:
    for i, row in enumerate(rows[:FIRST_ROWS]):
        for j, cell in enumerate(row[:FIRST_COLUMNS]):
            if cell_text(cell) == CORNER:
                return i, j
    return None


def _about(sheet: ReturnedSheet) -> tuple[str, int]:
    """Code of the assessor and number of the round, from the rows above the matrix."""
    found: dict[str, tuple[Any, int, int]] = {}
    for i in range(sheet.row):
        for j in range(len(sheet.rows[i])):
            key = sheet.text(i, j)
            if key in (ASSESSOR, ROUND):
                found.setdefault(key, (sheet.cell(i, j + 1), i, j + 1))
    who = cell_text(found[ASSESSOR][0]) if ASSESSOR in found else ""
    if not who:
        message = "the sheet does not say whose it is; write the assessor's code beside assessor_id"
        sheet.say(Fault("missing_value", message), *found.get(ASSESSOR, ("", -1, -1))[1:])
    cell, row, column = found.get(ROUND, ("", -1, -1))
    turn = round_in(cell)
    if turn.fault is not None:
        sheet.say(turn.fault, row, column)
    return who, int(turn.value or 1)


def _reasons(sheet: ReturnedSheet) -> Iterator[tuple[tuple[str, str], str]]:
    """Reasons below the matrix: source, target, and why."""
    for row in range(sheet.end + 1, len(sheet.rows)):
        filled = [text for cell in sheet.rows[row] if (text := cell_text(cell))]
        if len(filled) >= 3:
            yield (filled[0].casefold(), filled[1].casefold()), filled[2]


def _records(
    sheet: ReturnedSheet, who: str, turn: int, reasons: dict[tuple[str, str], str]
) -> Iterator[Record]:
    for row, source in sheet.sources.items():
        for column, target in sheet.targets.items():
            cell = sheet.cell(row, column)
            if is_blank(cell):
                continue
            value = judgement(cell)
            if value.fault is not None:
                sheet.say(value.fault, row, column)
            if value.value is not None:
                reason = reasons.get((source.casefold(), target.casefold()))
                record = judged(who, turn, (source, target), value.value, (row, column))
                yield record | {"reason": reason}


def judged(
    who: str, turn: int, states: tuple[str, str], impact: float, place: tuple[int, int]
) -> Record:
    """A row of `cross_impacts`: what one state does to another, and where it stands, from 0."""
    return {
        "assessor_id": who or None,
        "round": turn,
        "source_state": states[0],
        "target_state": states[1],
        "impact": impact,
        "reason": None,
        "source_row": place[0] + 1,
        "source_column": column_letters(place[1]),
    }


def round_in(cell: Any) -> Converted:
    """The round that a cell names, if it names one."""
    return NOTHING if is_blank(cell) else to_number(cell, table_schema("cross_impacts")["round"])


def judgement(cell: Any) -> Converted:
    """A cell as a judgement: text is an error, a number beyond the scale a warning."""
    value = to_number(cell, table_schema("cross_impacts")["impact"])
    if value.fault is not None:
        found = shortened(cell_text(cell))
        message = f'found "{found}"; write {_ALLOWED}'
        return Converted(None, Fault("wrong_number", message, found, _ALLOWED))
    if abs(value.value) > SCALE:
        message = f"found {value.value}; the scale ends at -{SCALE} and {SCALE}: used as given"
        fault = Fault("beyond_scale", message, str(value.value), _ALLOWED, severity="warning")
        return Converted(value.value, fault)
    return value


def _tell_gaps(sheet: ReturnedSheet, records: list[Record]) -> None:
    """One line for blocks that are answered in part; a list asks each person for a few only."""
    owner = _owners(sheet)
    asked: dict[tuple[str, str], int] = {}
    for source in sheet.sources.values():
        for target in sheet.targets.values():
            block = (owner.get(source, ""), owner.get(target, ""))
            if block[0] != block[1]:
                asked[block] = asked.get(block, 0) + 1
    given = dict.fromkeys(asked, 0)
    for record in records:
        block = (owner.get(record["source_state"], ""), owner.get(record["target_state"], ""))
        if block in given:
            given[block] += 1
    partly = [
        f"{a} → {b} ({asked[a, b] - count} open)"
        for (a, b), count in given.items()
        if 0 < count < asked[a, b]
    ]
    if partly:
        message = (
            f"{len(partly)} of {len(asked)} blocks are answered in part: {listing(partly, SHOWN)}; "
            "empty is no answer, never 0"
        )
        sheet.say(Fault("missing_block", message, severity="warning"))


def _owners(sheet: ReturnedSheet) -> dict[str, str]:
    """Descriptors as the sheet itself names them, two columns before the codes."""
    column = sheet.column - 2
    if column < 0:
        return {}
    return {code: sheet.text(row, column) or code for row, code in sheet.sources.items()}
