"""Where a cell and a row stand: file, sheet, row, column."""

from __future__ import annotations

# File, sheet, number of the row, name of the field.
Cell = tuple[str, str, int, str]
# File, sheet ("" in a text file, or for the whole file), number of the row (0 for the whole sheet).
Place = tuple[str, str, int]
