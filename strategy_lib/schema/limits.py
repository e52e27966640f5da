"""How much the workbook reads of what it is sent."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """How much the workbook reads; more than this is refused with a line that says so.

    Attributes
    ----------
    file_mb, unpacked_mb : int
        Size of one file as it lies there, and of what a zipped spreadsheet unpacks to, in MB.
    ratio : int
        Most that a large part of a zipped spreadsheet may shrink by; ordinary sheets stay below 60.
    cells : int
        Cells of one sheet, counted as rows times columns up to the last cell.
    text : int
        Characters of one cell.
    seconds : int
        Time for one file in an older or open format.
    """

    file_mb: int = 50
    unpacked_mb: int = 256
    ratio: int = 200
    cells: int = 6_000_000
    text: int = 20_000
    seconds: int = 120


LIMITS = Limits()
