"""Sheets of a spreadsheet: numbers as numbers, days as days, text as nothing but text."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd

from strategy_lib.figures.theme import visible
from strategy_lib.tables.frames import known_values

MOST_ROWS = 1_048_575
LONGEST_TEXT = 32_767
_CUT = " … (cut here: a cell holds at most 32,767 characters)"
_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_FIRST_DAY = date(1900, 3, 1)  # before it, spreadsheet programs count days differently
_NARROW, _WIDE = 8, 48
_LINE, _MOST_LINES = 13.5, 12
_LOOKED_AT = 200
# From here a number is read more easily in groups of three digits.
_GROUPED_FROM = 10_000


@dataclass(frozen=True)
class TextRow:
    """A row of a sheet of words.

    Attributes
    ----------
    look : str
        `title`, `head`, `group`, or nothing.
    link : str
        Sheet that its first cell leads to.
    """

    cells: tuple[str | int, ...]
    look: str = ""
    link: str = ""


class Sheets:
    """Adds sheets to a workbook.

    Parameters
    ----------
    book : xlsxwriter.Workbook
        Made so that no text becomes a formula or a link.
    footer : str
        What stands under each printed page.
    """

    def __init__(self, book: Any, footer: str) -> None:
        self._book = book
        self._footer = footer.replace("&", "&&")[:200]
        base = {"valign": "top", "font_name": "Arial", "font_size": 10}
        wash = {"bg_color": "#F3F6F8", "bottom": 1, "bottom_color": "#0B5C87", "bold": True}
        looks: dict[str, dict[str, Any]] = {
            "": {"text_wrap": True},
            "title": {"bold": True, "font_size": 16},
            "head": {**wash, "text_wrap": True},
            "number head": {**wash, "text_wrap": True, "align": "right"},
            "group": {"bold": True, "font_color": "#0B5C87"},
            "link": {"font_color": "#0B5C87", "underline": 1},
            "day": {"num_format": "yyyy-mm-dd"},
            "plain": {"num_format": "General"},
            "grouped": {"num_format": "#,##0"},
        }
        self._looks = {name: book.add_format({**base, **look}) for name, look in looks.items()}

    def text_sheet(
        self,
        name: str,
        columns: Sequence[tuple[str, int]],
        rows: Sequence[TextRow],
        *,
        is_table: bool = False,
    ) -> None:
        """Add a sheet of words; as a table it has a head that stays in view."""
        sheet = self._book.add_worksheet(name)
        for place, (_, width) in enumerate(columns):
            sheet.set_column(place, place, width)
        if is_table:
            self._head(sheet, [head for head, _ in columns], len(rows))
        widths = [width for _, width in columns]
        for number, row in enumerate(rows, int(is_table)):
            if row.look == "title":
                sheet.set_row(number, 2 * _LINE)
            elif not row.look:
                _heighten(sheet, number, row.cells, widths)
            for place, value in enumerate(row.cells):
                self._cell(sheet, number, place, value, self._looks[row.look])
            if row.link:
                target = row.link.replace("'", "''")
                sheet.write_url(number, 0, f"internal:'{target}'!A1", self._looks["link"],
                                row.link)  # fmt: skip
        self._paper(sheet)

    def table_sheet(self, name: str, frame: pd.DataFrame, heads: Sequence[str]) -> None:
        """Add a sheet with one table."""
        sheet = self._book.add_worksheet(name)
        shown = frame.head(MOST_ROWS)
        columns = [shown.iloc[:, place] for place in range(len(heads))]
        looks = [_look(column) for column in columns]
        values = [known_values(column) for column in columns]
        widths = [
            _width(head, listed, look)
            for head, listed, look in zip(heads, values, looks, strict=True)
        ]
        for number, cells in enumerate(zip(*values, strict=True), 1):
            _heighten(sheet, number, cells, widths)
        for place, (width, look, listed) in enumerate(zip(widths, looks, values, strict=True)):
            sheet.set_column(place, place, width)
            for number, value in enumerate(listed, 1):
                self._cell(sheet, number, place, value, self._looks[look])
        numbers = [place for place, look in enumerate(looks) if look in ("plain", "grouped")]
        self._head(sheet, heads, len(shown), numbers)
        _heighten(sheet, 0, heads, [width - 3 for width in widths])
        self._paper(sheet)

    def _head(
        self, sheet: Any, heads: Sequence[str], rows: int, numbers: Collection[int] = ()
    ) -> None:
        for place, head in enumerate(heads):
            look = "number head" if place in numbers else "head"
            sheet.write_string(0, place, _kept(head), self._looks[look])
        sheet.freeze_panes(1, 1 if len(heads) > 1 else 0)
        if heads:
            sheet.autofilter(0, 0, max(rows, 1), len(heads) - 1)
            sheet.repeat_rows(0)
        else:
            sheet.write_string(0, 0, "Nothing to list.", self._looks[""])

    def _paper(self, sheet: Any) -> None:
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&L&8{self._footer}&R&8&P / &N")

    def _cell(self, sheet: Any, row: int, column: int, value: Any, look: Any) -> None:
        if value is None or value == "":
            return
        if isinstance(value, bool):
            sheet.write_string(row, column, "yes" if value else "no", look)
        elif isinstance(value, int | float) and math.isfinite(value):
            sheet.write_number(row, column, value, look)
        elif isinstance(value, datetime) and value.date() >= _FIRST_DAY:
            sheet.write_datetime(row, column, value, look)
        else:
            text = value.date().isoformat() if isinstance(value, datetime) else _words(value)
            sheet.write_string(row, column, _kept(text), look)


def _heighten(sheet: Any, row: int, cells: Sequence[Any], widths: Sequence[int]) -> None:
    """Make a row as high as its text needs: not every program does so by itself."""
    lines = max(
        (_lines(cell, width) for cell, width in zip(cells, widths, strict=False)
         if isinstance(cell, str)), default=1,
    )  # fmt: skip
    if lines > 1:
        sheet.set_row(row, min(lines, _MOST_LINES) * _LINE)


def _lines(text: str, width: int) -> int:
    # Words are not broken, so that a line is seldom full.
    room = max(width * 1.05, 1)
    parts = map(_letters, text.split("\n"))
    return sum(1 if letters < width else math.ceil(letters / room) for letters in parts)


def _letters(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _words(value: Any) -> str:
    if isinstance(value, float):
        return "infinite" if value > 0 else "minus infinite"
    return str(value)


def _kept(text: str) -> str:
    """Text that a cell can hold; its length counts as spreadsheet programs count."""
    kept = _NOT_IN_XML.sub("", visible(text))
    if _units(kept) <= LONGEST_TEXT:
        return kept
    # Half of a character pair at the end goes.
    room = (LONGEST_TEXT - len(_CUT)) * 2
    return kept.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + _CUT


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def _look(column: pd.Series[Any]) -> str:
    if pd.api.types.is_datetime64_any_dtype(column):
        return "day"
    if pd.api.types.is_bool_dtype(column) or not pd.api.types.is_numeric_dtype(column):
        return ""
    largest = column.abs().max()
    return "grouped" if pd.notna(largest) and largest >= _GROUPED_FROM else "plain"


def _width(head: str, values: Sequence[Any], look: str) -> int:
    """Letters that a column should be wide."""
    seen = [value for value in values[:_LOOKED_AT] if value is not None]
    words = max((len(word) for word in head.split()), default=0)
    if look == "day":
        longest = 11
    elif look in ("plain", "grouped"):
        longest = max((len(f"{value:.6g}") for value in seen), default=0)
    else:
        longest = max((_letters(str(value)) for value in seen), default=0)
    # Three letters for the arrow of the filter.
    return min(max(longest + 1, words + 3, _NARROW), _WIDE)
