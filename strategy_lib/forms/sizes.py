"""How wide the columns of a form are and how high its rows, so that all that it says is seen."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil
from unicodedata import east_asian_width

from strategy_lib.schema.schema import Field

# Letters on a line of a column.
WIDTHS = {"string": 24, "list": 24, "date": 13, "integer": 12, "number": 12, "boolean": 12}
CODE_WIDTH, WIDEST = 16, 44
HEAD_LINES, _HELP_LINES = 2, 6
_LONG = ("title", "note", "description", "initiative", "what_we_would_add", "harm_of_displacing")
_POINTS_A_LINE, _MARGIN = 13.5, 2.0
# From so many columns for reading on, each is narrow.
_MANY = 4
# Words do not fill their lines to the end.
_UNFILLED = 1.1


def letters(text: str) -> int:
    """Room that a text takes, in Latin letters; a Chinese character takes that of two.

    Examples
    --------
    >>> letters("level"), letters("进展")
    (5, 4)
    """
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def lines(text: str, width: int) -> int:
    """Lines that a text takes in a column of so many letters."""
    parts = text.split("\n")
    return sum(max(1, ceil(_UNFILLED * letters(part) / width)) for part in parts)


def height(count: int) -> float:
    """Points that a row of so many lines needs."""
    return max(1, count) * _POINTS_A_LINE + _MARGIN


def column_width(field: Field, help_text: str) -> int:
    """Width of a column: room for what is written there, and for its help on a few lines."""
    usual = 38 if field.name in _LONG else WIDTHS[field.type]
    usual = CODE_WIDTH if field.pattern else usual
    return max(usual, min(WIDEST, ceil(_UNFILLED * letters(help_text) / _HELP_LINES)))


def reading_width(texts: Iterable[str], columns: int = 1) -> int:
    """Width of a column that is for reading, one of so many: the answer stays on the first screen."""
    longest = max(map(letters, texts), default=0)
    widest = WIDEST if columns < _MANY else WIDTHS["string"]
    return min(widest, max(WIDTHS["string"], ceil(_UNFILLED * longest)))
