"""The labels of a matrix sheet that came back: which row and which column is which state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from strategy_lib.core.errors import listing
from strategy_lib.inputs.matrix.marks import REASONS
from strategy_lib.schema.cell_faults import Fault
from strategy_lib.schema.text import Row, cell_text

SHOWN = 6


@dataclass(frozen=True)
class MatrixFault:
    """What is wrong with one place of the sheet.

    Attributes
    ----------
    row : int
        As the spreadsheet program numbers it; 0 where the whole sheet is meant.
    column : str
        Letters of the column; empty where the whole row or sheet is meant.
    """

    fault: Fault
    row: int = 0
    column: str = ""


@dataclass
class ReturnedSheet:
    """The sheet while it is read: where its labels stand, and what was found."""

    rows: Sequence[Row]
    row: int
    column: int
    sources: dict[int, str] = field(default_factory=dict)
    targets: dict[int, str] = field(default_factory=dict)
    faults: list[MatrixFault] = field(default_factory=list)

    def cell(self, row: int, column: int) -> Any:
        """Content of a cell, counted from 0; "" where there is none."""
        line = self.rows[row] if row < len(self.rows) else ()
        return line[column] if column < len(line) else ""

    def text(self, row: int, column: int) -> str:
        """A cell as a person would read it."""
        return cell_text(self.cell(row, column))

    def say(self, fault: Fault, row: int = -1, column: int = -1) -> None:
        """Keep what is wrong with a cell, counted from 0, or with the whole sheet."""
        self.faults.append(MatrixFault(fault, row + 1, column_letters(column)))

    @property
    def end(self) -> int:
        """Row after the last that may belong to the matrix."""
        for row in range(self.row + 1, len(self.rows)):
            if any(cell_text(cell) == REASONS for cell in self.rows[row]):
                return row
        return len(self.rows)

    @property
    def width(self) -> int:
        """Cells of the longest row."""
        return max((len(row) for row in self.rows), default=0)


def column_letters(column: int) -> str:
    """Letters of a column, counted from 0.

    Examples
    --------
    >>> column_letters(0), column_letters(27), column_letters(-1)
    ('A', 'AB', '')
    """
    return str(xl_col_to_name(column)) if column >= 0 else ""


def read_labels(sheet: ReturnedSheet) -> None:
    """Codes of rows and columns; doubled and missing ones are told once each."""
    down = [(row, sheet.text(row, sheet.column)) for row in range(sheet.row + 1, sheet.end)]
    across = [(j, sheet.text(sheet.row, j)) for j in range(sheet.column + 1, sheet.width)]
    sheet.sources = _labels(sheet, down, is_row=True)
    sheet.targets = _labels(sheet, across, is_row=False)
    wanted = list(dict.fromkeys([*sheet.sources.values(), *sheet.targets.values()]))
    for labels, what in ((sheet.sources, "rows"), (sheet.targets, "columns")):
        missing = [code for code in wanted if code not in labels.values()]
        if missing:
            message = (
                f"the matrix is not square: {len(labels)} {what} of {len(wanted)}; not among the "
                f"{what}: {listing(missing, SHOWN)}"
            )
            sheet.say(Fault("not_square", message, listing(missing, SHOWN), severity="warning"))


def _labels(sheet: ReturnedSheet, found: list[tuple[int, str]], *, is_row: bool) -> dict[int, str]:
    labels: dict[int, str] = {}
    for place, code in found:
        row, column = (place, sheet.column) if is_row else (sheet.row, place)
        if not code:
            if _holds_numbers(sheet, place, is_row=is_row):
                message = "numbers without the code of a state; they were not read"
                sheet.say(Fault("missing_label", message), row, column)
        elif code in labels.values():
            message = f'"{code}" stands there twice; the first one was read'
            sheet.say(Fault("doubled_label", message, code), row, column)
        else:
            labels[place] = code
    return labels


def _holds_numbers(sheet: ReturnedSheet, place: int, *, is_row: bool) -> bool:
    """Whether a line without a label holds answers: a row of the matrix, or a column of it."""
    if is_row:
        cells = [sheet.cell(place, j) for j in range(sheet.column + 1, sheet.width)]
    else:
        cells = [sheet.cell(i, place) for i in range(sheet.row + 1, sheet.end)]
    return any(isinstance(cell, int | float) and not isinstance(cell, bool) for cell in cells)
