"""Sheets as they stand in a file, before anything is made of their cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from strategy_lib.core.problems import Severity
from strategy_lib.schema.text import Row

# Days between the first days of the two calendars that spreadsheets count from.
DAYS_1900_TO_1904 = 1462


@dataclass(frozen=True)
class Refusal:
    """Why a file, or a part of it, is not read, or what is odd about it.

    Attributes
    ----------
    kind : str
        Identifier of the check, as in `Problem.kind`.
    """

    kind: str
    message: str
    severity: Severity = "error"
    sheet: str = ""
    row: int = 0
    found: str = ""
    allowed: str = ""


@dataclass(frozen=True)
class RawSheet:
    """One sheet of a file, or the only one of a text file.

    Attributes
    ----------
    name : str
        Name of the sheet; empty in a text file.
    rows : sequence of sequence
        Cells from the sheet's first row and column on; an empty cell is `""`.
    merged : tuple of tuple of int
        Merged ranges: first row, first column, last row, last column, counted from 0.
    is_1904 : bool
        Whether plain numbers of days are counted from 1904.
    """

    name: str
    rows: Sequence[Row]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    is_1904: bool = False


@dataclass(frozen=True)
class RawFile:
    """What was found in one file: its kind, its sheets, and what is odd about it as a whole."""

    kind: str
    sheets: tuple[RawSheet, ...] = ()
    refusals: tuple[Refusal, ...] = field(default=())
