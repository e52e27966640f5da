"""Tables of a Word document: a head that comes again on each page, rows that stay whole."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from strategy_lib.forms.sizes import letters
from strategy_lib.publishing.safe import xml_text
from strategy_lib.publishing.word.template import TABLE, TABLE_TEXT
from strategy_lib.publishing.word.text import Pen, colours, element, paragraph
from strategy_lib.publishing.word.text_parts import Cell, Grid, Run

# Sizes of letters in half points, from the one that is read best.
_SIZES = (17, 15, 14, 13)
_DENSE = (15, 14, 13, 12)
_SMALLEST = 12
# Widths are in twentieths of a point. A letter of a wide face (Verdana) is so much of its height
# wide; where a template's own face is missing, a program takes another, often a wide one.
_LETTER = 0.62
_SIDES = 150
_LONGEST_WORD = 20
_SHORT_CELL, _WISHED = 12, 110
# Heads are bold, which is wider.
_BOLD = 1.15
_SIDES_OF = {"number": "right", "center": "center"}
_EVERY_SIDE = ("top", "left", "bottom", "right")


@dataclass(frozen=True)
class Layout:
    """How a table is set.

    Attributes
    ----------
    widths : tuple of int
        Of its columns, in twentieths of a point.
    half_points : int
        Size of its letters.
    is_across : bool
        Whether it stands on a page of its own that is turned.
    """

    widths: tuple[int, ...]
    half_points: int
    is_across: bool


def layout(grid: Grid, upright: int, across: int, *, is_dense: bool = False) -> Layout:
    """The largest letters in which no word of a table is broken.

    Parameters
    ----------
    upright, across : int
        Room between the margins of a page, and of one that is turned.
    is_dense : bool
        Whether it is one of very many, and so has small letters.
    """
    for is_across, room in ((False, upright), (True, across)):
        for size in _DENSE if is_dense else _SIZES:
            least = _least(grid, size)
            if sum(least) <= room:
                return Layout(_shared(grid, least, room, size), size, is_across)
    least = _least(grid, _SMALLEST)
    squeezed = [max(round(width * across / sum(least)), 1) for width in least]
    return Layout(tuple(squeezed), _SMALLEST, is_across=True)


def table(pen: Pen, grid: Grid, laid: Layout) -> Any:
    """A table as Word has it, without its caption."""
    columns = element("w:tblGrid", *(element("w:gridCol", w=width) for width in laid.widths))
    made = element("w:tbl", _properties(pen, grid, laid), columns)
    if grid.head:
        made.append(_row(pen, grid.head, laid, is_head=True))
    for place, row in enumerate(grid.rows):
        after = grid.rows[place + 1] if place + 1 < len(grid.rows) else None
        joins = () if grid.head else _joins(row, after)
        made.append(_row(pen, row, laid, is_named=not grid.head, joins=joins))
    return made


def _properties(pen: Pen, grid: Grid, laid: Layout) -> Any:
    look = element(
        "w:tblLook",
        val="04A0" if grid.head else "0480",
        firstRow=int(bool(grid.head)),
        lastRow=0,
        firstColumn=1,
        lastColumn=0,
        noHBand=0,
        noVBand=1,
    )
    return element(
        "w:tblPr",
        element("w:tblStyle", val=pen.style(TABLE, "table")),
        element("w:tblW", w=sum(laid.widths), type="dxa"),
        element("w:tblLayout", type="fixed"),
        look,
        element("w:tblCaption", val=xml_text(grid.title or "Table")),
    )


def _joins(row: Sequence[Cell], after: Sequence[Cell] | None) -> tuple[str, ...]:
    """Sides on which a row has no line, because it goes on with the other one."""
    sides = (("top", row), ("bottom", after))
    return tuple(side for side, cells in sides if cells and not cells[0].text)


def _row(
    pen: Pen,
    cells: Sequence[Cell],
    laid: Layout,
    *,
    is_head: bool = False,
    is_named: bool = False,
    joins: Sequence[str] = (),
) -> Any:
    about = element("w:trPr", element("w:cantSplit"))
    if is_head:
        about.append(element("w:tblHeader"))
    made = element("w:tr", about)
    place = 0
    while place < len(cells):
        cell = cells[place]
        width = sum(laid.widths[place : place + cell.span])
        of_cell = element("w:tcPr", element("w:tcW", w=width, type="dxa"))
        of_cell.extend(_look(cell, joins))
        is_bold = is_named and place == 0
        made.append(element("w:tc", of_cell, _text(pen, cell, laid.half_points, is_head, is_bold)))
        place += cell.span
    return made


def _look(cell: Cell, joins: Sequence[str]) -> Iterator[Any]:
    """What a cell's properties say beyond its width."""
    if cell.span > 1:
        yield element("w:gridSpan", val=cell.span)
    if cell.is_limit:
        lines = {"val": "single", "sz": 12, "space": 0, "color": colours()["limit"]}
        yield element("w:tcBorders", *(element(f"w:{side}", **lines) for side in _EVERY_SIDE))
    elif joins:
        yield element("w:tcBorders", *(element(f"w:{side}", val="nil") for side in joins))
    if cell.shade:
        yield element("w:shd", val="clear", color="auto", fill=colours().get(cell.shade, "FFFFFF"))
    if joins:
        yield element("w:tcMar", *(element(f"w:{side}", w=0, type="dxa") for side in joins))


def _text(pen: Pen, cell: Cell, half_points: int, is_head: bool, is_bold: bool) -> Any:
    properties = [element("w:keepNext")] if is_head else []
    if cell.kind in _SIDES_OF:
        properties.append(element("w:jc", val=_SIDES_OF[cell.kind]))
    runs = [replace(run, bold=is_bold or run.bold, shade=cell.shade) for run in cell.runs]
    # A size that the style has anyhow is left to it, so that an organisation can set it.
    size = 0 if half_points == _SIZES[0] else half_points
    return paragraph(pen, runs or [Run("")], TABLE_TEXT, *properties, half_points=size)


def _least(grid: Grid, size: int) -> list[int]:
    """Widths in which no word is broken."""
    columns = _columns_of(grid)
    return [
        round(_least_letters(column, _bold_cells(grid, place)) * _unit(size)) + _SIDES
        for place, column in enumerate(columns)
    ]


def _columns_of(grid: Grid) -> list[list[Cell]]:
    """Cells by column; one that takes several needs no room of its own."""
    alone = ([cell if cell.span == 1 else Cell(()) for cell in row] for row in grid.lines)
    return [list(column) for column in zip(*alone, strict=True)]


def _bold_cells(grid: Grid, place: int) -> int:
    """How many cells of a column are bold: its head, or all that name a row."""
    return 1 if grid.head else len(grid.rows) if place == 0 else 0


def _least_letters(column: Sequence[Cell], bold: int) -> float:
    # A few short words, such as "not known", stay on one line.
    is_short = all(letters(cell.text) <= _SHORT_CELL for cell in column[1:])
    widest = [
        _longest_word(cell) if place == 0 or not is_short else letters(cell.text)
        for place, cell in enumerate(column)
    ]
    longest = [width * (_BOLD if place < bold else 1) for place, width in enumerate(widest)]
    return max(min(max(longest, default=0), _LONGEST_WORD), 3)


def _shared(grid: Grid, least: Sequence[int], room: int, size: int) -> tuple[int, ...]:
    """Least widths and what they need beyond, as far as there is room."""
    columns = _columns_of(grid)
    wished = [
        min(max(letters(cell.text) for cell in column) * _BOLD, _WISHED) * _unit(size) + _SIDES
        for column in columns
    ]
    # Longer text gets more of the room, but not all.
    lengths = [(sum(letters(c.text) for c in column) / len(column)) ** 0.5 for column in columns]
    more = [max(w - low, 0) for w, low in zip(wished, least, strict=True)]
    rest = room - sum(least)
    if sum(more) <= rest:
        given = more
    else:
        weights = [m * length for m, length in zip(more, lengths, strict=True)]
        given = [min(m, rest * w / sum(weights)) for m, w in zip(more, weights, strict=True)]
        left, open_ = rest - sum(given), [m - g for m, g in zip(more, given, strict=True)]
        given = [g + left * o / (sum(open_) or 1) for g, o in zip(given, open_, strict=True)]
    return tuple(int(low + extra) for low, extra in zip(least, given, strict=True))


def _unit(size: int) -> float:
    return size * 10 * _LETTER


def _longest_word(cell: Cell) -> int:
    # A line of Chinese is broken between any two signs.
    return max(
        (min(letters(w), 4) if _is_wide(w) else letters(w) for w in cell.text.split()), default=0
    )


def _is_wide(text: str) -> bool:
    return unicodedata.east_asian_width(text[0]) in "WF"
