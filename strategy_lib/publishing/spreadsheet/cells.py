"""Sheets of a spreadsheet: numbers as numbers, days as days, text as nothing but text."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from strategy_lib.editions.saved_tables import DAY, NUMBER, TEXT, WHOLE, SavedColumn
from strategy_lib.forms.sizes import letters
from strategy_lib.publishing.safe import xml_text

MOST_ROWS = 1_048_575
LONGEST_TEXT = 32_767
_CUT = " … (cut here: a cell holds at most 32,767 characters)"
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
        `title`, `line` (which runs on over the cells beside it), `head`, or nothing.
    link : str
        Sheet that the cell with its name leads to.
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
            "line": {},
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
                place = row.cells.index(row.link)
                sheet.write_url(
                    number, place, f"internal:'{target}'!A1", self._looks["link"], row.link
                )
        self._paper(sheet)

    def table_sheet(self, name: str, columns: Sequence[SavedColumn], heads: Sequence[str]) -> None:
        """Add a sheet with one table."""
        sheet = self._book.add_worksheet(name)
        values = [column.values[:MOST_ROWS] for column in columns]
        looks = [_look(column) for column in columns]
        widths = [
            _width(head, listed, look)
            for head, listed, look in zip(heads, values, looks, strict=True)
        ]
        rows = len(values[0]) if values else 0
        lines = [1] * rows
        for place, (column, listed) in enumerate(zip(columns, values, strict=True)):
            sheet.set_column(place, place, widths[place])
            look = self._looks[looks[place]]
            for number, value in enumerate(listed):
                if value is not None:
                    self._cell(sheet, number + 1, place, value, look)
            if column.kind == TEXT:
                needed = (_lines(text or "", widths[place]) for text in listed)
                lines = list(map(max, lines, needed))
        for number, height in enumerate(lines, 1):
            _set_height(sheet, number, height)
        numbers = [place for place, look in enumerate(looks) if look in ("plain", "grouped")]
        self._head(sheet, heads, rows, numbers)
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
        if isinstance(value, str):
            if value:
                sheet.write_string(row, column, _kept(value), look)
        elif isinstance(value, bool):
            sheet.write_string(row, column, "yes" if value else "no", look)
        elif isinstance(value, int | float) and math.isfinite(value):
            sheet.write_number(row, column, value, look)
        elif isinstance(value, datetime) and value.date() >= _FIRST_DAY:
            sheet.write_datetime(row, column, value, look)
        elif isinstance(value, datetime):
            sheet.write_string(row, column, value.date().isoformat(), look)
        else:
            sheet.write_string(row, column, "infinite" if value > 0 else "minus infinite", look)


def _heighten(sheet: Any, row: int, cells: Sequence[Any], widths: Sequence[int]) -> None:
    """Make a row as high as its text needs: not every program does so by itself."""
    lines = max(
        (
            _lines(cell, width)
            for cell, width in zip(cells, widths, strict=False)
            if isinstance(cell, str)
        ),
        default=1,
    )
    _set_height(sheet, row, lines)


def _set_height(sheet: Any, row: int, lines: int) -> None:
    if lines > 1:
        sheet.set_row(row, min(lines, _MOST_LINES) * _LINE)


def _lines(text: str, width: int) -> int:
    """How many lines a text needs in a column."""
    if 2 * len(text) < width and "\n" not in text:
        return 1
    # Words are not broken, so that a line is seldom full.
    room = max(width * 1.05, 1)
    parts = map(letters, text.split("\n"))
    return sum(1 if wide < width else math.ceil(wide / room) for wide in parts)


def _kept(text: str) -> str:
    """Text that a cell can hold; its length counts as spreadsheet programs count."""
    is_plain = text.isascii() and text.isprintable()
    kept = text if is_plain else xml_text(text)
    if _units(kept) <= LONGEST_TEXT:
        return kept
    # Half of a character pair at the end goes.
    room = (LONGEST_TEXT - len(_CUT)) * 2
    return kept.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + _CUT


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def _look(column: SavedColumn) -> str:
    if column.kind == DAY:
        return "day"
    if column.kind not in (WHOLE, NUMBER):
        return ""
    largest = max(abs(value) for value in column.values if value is not None)
    return "grouped" if largest >= _GROUPED_FROM else "plain"


def _width(head: str, values: Sequence[Any], look: str) -> int:
    """Letters that a column should be wide."""
    seen = [value for value in values[:_LOOKED_AT] if value is not None]
    words = max((len(word) for word in head.split()), default=0)
    if look == "day":
        longest = 11
    elif look in ("plain", "grouped"):
        longest = max((len(f"{value:.6g}") for value in seen), default=0)
    else:
        longest = max((letters(str(value)) for value in seen), default=0)
    # Three letters for the arrow of the filter.
    return min(max(longest + 1, words + 3, _NARROW), _WIDE)
