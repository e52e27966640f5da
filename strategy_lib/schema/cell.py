"""Where a cell stands: file, sheet, row, column."""

from __future__ import annotations

# File, sheet, number of the row, name of the field.
Cell = tuple[str, str, int, str]
