"""Pictures of a page as HTML: tables whose text is complete, with marks that are decoration."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from functools import singledispatch
from itertools import groupby
from typing import Any

from markupsafe import Markup

from strategy_lib.plotting.futures import FutureChooser
from strategy_lib.plotting.pictures import (
    Bar,
    Cell,
    Column,
    Dots,
    Grid,
    Picture,
    Quotes,
    Range,
    Row,
    Shade,
    Sign,
    State,
    Tile,
    Tiles,
    Unknown,
    payload,
)
from strategy_lib.plotting.what_if import WhatIf
from strategy_lib.publishing.safe import escaped, inside
from strategy_lib.publishing.what_if import what_if_html

_SIGNS = {Sign.YES: "●", Sign.NO: "○", Sign.NEAR: "▲", Sign.ALARM: "●", Sign.UNKNOWN: "?"}
_MOST_DOTS = 20
NARROWEST = 5.0
"""Width of a range, in per cent of its column, below which its ends lie under the dot."""
_NOTHING = "–"
# Letters of a word that fit into a tile in bold, and in a plain letter.
_FIT_IN_BOLD, _FIT = 8, 11


def picture_html(
    picture: Picture,
    number: str,
    level: int,
    links: Iterable[tuple[str, str]],
    marked: Callable[[object], Markup] = escaped,
) -> Markup:
    """A picture with its finding, what is measured, and links to the tables of its numbers.

    Parameters
    ----------
    number : str
        What tells it from the others of its page, for its `id`.
    level : int
        Level of its heading.
    links : iterable of (str, str)
        Anchor and title of each table.
    marked : callable
        Makes HTML of what is measured, with its terms explained.
    """
    named = Markup(", ").join(
        Markup('<a href="#{}">{}</a>').format(anchor, escaped(title)) for anchor, title in links
    )
    return Markup(
        '<figure id="picture-{0}" aria-labelledby="finding-{0}">\n<figcaption>'
        '<h{1} id="finding-{0}" dir="auto">{2}</h{1}>{3}</figcaption>\n{4}{5}</figure>\n'
    ).format(
        number,
        level,
        escaped(picture.title),
        inside('<p class="sub" dir="auto">{}</p>', marked(picture.subtitle)),
        drawing_html(picture.drawing, picture.title),
        inside('<p class="src">Tables: {}</p>\n', named),
    )


@singledispatch
def drawing_html(drawing: Any, title: str) -> Markup:
    """A drawing without its finding; `title` names it for those who do not see it."""
    raise TypeError(f"nothing draws {type(drawing).__name__}")


@drawing_html.register
def _(drawing: Grid, title: str) -> Markup:
    columns = [
        _scaled(c, [row.cells[i] for row in drawing.rows]) for i, c in enumerate(drawing.columns)
    ]
    letters = [c for c in columns if c.letter]
    look = " ".join(
        filter(None, ["marks", "stacks" if drawing.stacks else "", "letters" if letters else ""])
    )
    key = "; ".join(
        f"{c.letter} {c.head} ({c.note})" if c.note else f"{c.letter} {c.head}" for c in letters
    )
    return Markup(
        '{}<table class="{}"><caption class="vh">{}</caption>\n<thead><tr>'
        '<th scope="col"{}>{}</th>{}</tr>'
        "</thead>\n<tbody>\n{}</tbody></table>\n{}{}"
    ).format(
        _legend(drawing.legend),
        look,
        escaped(title),
        _width(drawing.head_width),
        escaped(drawing.head) if drawing.head else Markup('<span class="vh">Row</span>'),
        Markup("").join(map(_head, columns)),
        Markup("").join(_rows(drawing, columns)),
        inside('<p class="letter-key">{}</p>\n', key),
        _note(drawing.note),
    )


@drawing_html.register
def _(drawing: Tiles, title: str) -> Markup:
    columns = max((tile.column for tile in drawing.tiles), default=0) + 1
    groups = Markup("").join(
        _tile_group(name, tiles) for name, tiles in groupby(drawing.tiles, lambda tile: tile.group)
    )
    return Markup(
        '{}<div class="tiles" role="group" aria-label="{}" style="--columns:{}">\n{}</div>\n{}'
    ).format(_legend(drawing.legend), escaped(title), columns, groups, _note(drawing.note))


@drawing_html.register
def _(drawing: Quotes, title: str) -> Markup:
    return Markup('<div class="quotes">{}</div>\n').format(
        Markup("").join(
            Markup('<blockquote dir="auto"><p>“{}”</p>{}</blockquote>').format(
                escaped(text), inside("<footer>{}</footer>", who)
            )
            for text, who in drawing.quotes
        )
    )


drawing_html.register(WhatIf, what_if_html)


def _legend(legend: Iterable[tuple[str, str]]) -> Markup:
    items = Markup("").join(
        Markup('<li><i class="{}" aria-hidden="true"></i>{}</li>').format(look, escaped(text))
        for look, text in legend
    )
    return inside('<ul class="legend">{}</ul>\n', items)


def _note(note: str) -> Markup:
    return inside('<p class="note" dir="auto">{}</p>\n', note)


def _small(note: str) -> Markup:
    return inside("<small>{}</small>", note)


def _width(css: str) -> Markup:
    return Markup(f' style="width:{css}"' if css else "")


def _tile_group(name: str, tiles: Iterable[Tile]) -> Markup:
    head = inside('<p class="region" dir="auto">{}</p>\n', name)
    return Markup("{}<ul>\n{}</ul>\n").format(head, Markup("").join(map(_tile, tiles)))


def _fitting(name: str) -> Markup:
    longest = max(map(len, name.split()), default=0)
    if longest <= _FIT_IN_BOLD:
        return Markup()
    return Markup(' class="long"' if longest <= _FIT else ' class="longest"')


def _tile(tile: Tile) -> Markup:
    return Markup(
        '<li class="s{}{}" style="grid-column:{};grid-row:{}">'
        '<b{} dir="auto">{}</b> <span>{}</span></li>\n'
    ).format(
        tile.step,
        f" {tile.edge}" if tile.edge else "",
        tile.column + 1,
        tile.row + 1,
        _fitting(tile.name),
        escaped(tile.name),
        escaped(tile.text),
    )


def _scaled(column: Column, cells: Iterable[Cell]) -> Column:
    """The column with an upper end: the largest that is drawn, unless it has one."""
    if column.high and column.high > column.low:
        return column
    ends = [_end(cell) for cell in cells]
    high = max([*ends, column.limit or 0.0, column.low])
    return Column(**{**vars(column), "high": high if high > column.low else column.low + 1.0})


def _end(cell: Cell) -> float:
    if isinstance(cell, Bar):
        return cell.value + cell.more
    return cell.high if isinstance(cell, Range) else 0.0


def _head(column: Column) -> Markup:
    width = _width(column.width)
    if not (column.head or column.note):
        return Markup("<td{}></td>").format(width)
    full = Markup('<span class="full">{}</span>').format(escaped(column.head))
    letter = inside('<span class="letter" aria-hidden="true">{}</span>', column.letter)
    return Markup('<th scope="col"{}{} dir="auto">{}{}{}</th>').format(
        _classes(column), width, full, letter, _small(column.note)
    )


def _classes(column: Column, *more: str) -> Markup:
    names = [
        *more,
        "" if column.align == "start" else column.align,
        "opt" if column.is_optional else "",
    ]
    said = " ".join(filter(None, names))
    return Markup(f' class="{said}"') if said else Markup()


def _rows(drawing: Grid, columns: list[Column]) -> Iterator[Markup]:
    group = ""
    for row in drawing.rows:
        if row.group != group:
            group = row.group
            yield Markup(
                '<tr class="group"><th scope="colgroup" colspan="{}">{}</th></tr>\n'
            ).format(len(columns) + 1, escaped(group))
        yield _row(row, columns)


def _row(row: Row, columns: list[Column]) -> Markup:
    cells = Markup("").join(
        _cell(cell, column, row.tone) for cell, column in zip(row.cells, columns, strict=True)
    )
    tone = Markup(f' class="{row.tone}"') if row.tone else Markup()
    return Markup('<tr{}><th scope="row" dir="auto">{}{}</th>{}</tr>\n').format(
        tone, escaped(row.head), _small(row.note), cells
    )


def _cell(cell: Cell, column: Column, tone: str) -> Markup:
    if isinstance(cell, str):
        is_bare = cell in ("", _NOTHING)
        return Markup('<td{} data-head="{}" dir="auto">{}</td>').format(
            _classes(column, *(["bare"] if is_bare else [])), escaped(column.head), escaped(cell)
        )
    if isinstance(cell, Shade):
        return _shade(cell, column)
    draw = _MARKS[type(cell)]
    own = getattr(cell, "tone", "") or tone
    return Markup('<td{} data-head="{}">{}</td>').format(
        _classes(column, "mark", own), escaped(column.head), draw(cell, column)
    )


def _shade(cell: Shade, column: Column) -> Markup:
    apart = (
        Markup('<span class="apart" title="people are far apart">↔</span>') if cell.is_apart else ""
    )
    return Markup('<td class="shade s{}{}" data-head="{}">{}{}{}</td>').format(
        cell.step,
        " limit" if cell.is_limit else "",
        escaped(column.head),
        escaped(cell.text),
        apart,
        inside(" <small>{}</small>", cell.note),
    )


def _at(value: float, column: Column) -> float:
    share = (value - column.low) / (column.high - column.low)
    return round(100 * min(max(share, 0.0), 1.0), 2)


def _span(low: float, high: float) -> str:
    """From one place to another, both in per cent."""
    return f"left:{low}%;width:{round(max(high - low, 0.0), 2)}%"


def _track(column: Column, marks: str) -> Markup:
    limit = (
        f'<i class="limit-line" style="left:{_at(column.limit, column)}%"></i>'
        if column.limit is not None
        else ""
    )
    return Markup(f'<span class="track" aria-hidden="true">{marks}{limit}</span>')


def _number(text: str) -> Markup:
    return Markup('<span class="n">{}</span>').format(escaped(text))


def _bar(cell: Bar, column: Column) -> Markup:
    start, end = _at(column.low, column), _at(cell.value, column)
    hatched = " hatch" if cell.is_hatched else ""
    marks = f'<i class="bar{hatched}" style="{_span(start, end)}"></i>'
    if cell.more:
        further = _at(cell.value + cell.more, column)
        marks += f'<i class="bar soft" style="{_span(end, further)}"></i>'
    return _number(cell.text) + _track(column, marks)


def _range(cell: Range, column: Column) -> Markup:
    low, middle, high = (_at(v, column) for v in (cell.low, cell.middle, cell.high))
    marks = f'<i class="dot" style="left:{middle}%"></i>'
    if high - low >= NARROWEST:
        marks = (
            f'<i class="line" style="{_span(low, high)}"></i>'
            f'<i class="cap" style="left:{low}%"></i><i class="cap" style="left:{high}%"></i>{marks}'
        )
    return _number(cell.text) + _track(column, marks)


def _dots(cell: Dots, column: Column) -> Markup:
    hollow = max(cell.of - cell.count, 0)
    if cell.count + hollow > _MOST_DOTS:
        return _number(cell.text)
    marks = "<i></i>" * cell.count + '<i class="hollow"></i>' * hollow
    return _number(cell.text) + Markup(f'<span class="dots" aria-hidden="true">{marks}</span>')


def _state(cell: State, column: Column) -> Markup:
    sign = Sign(cell.sign)
    return Markup(
        '<span class="state {}"><span class="sign" aria-hidden="true">{}</span>\u00a0{}</span>'
    ).format(sign, _SIGNS[sign], escaped(cell.text))


def _unknown(cell: Unknown, column: Column) -> Markup:
    return Markup('<span class="hatch unknown"><span>{}</span></span>').format(escaped(cell.text))


_MARKS: dict[type, Callable[[Any, Column], Markup]] = {
    Bar: _bar,
    Range: _range,
    Dots: _dots,
    State: _state,
    Unknown: _unknown,
}


@drawing_html.register
def _(drawing: FutureChooser, title: str) -> Markup:
    grid = drawing_html(drawing.grid, title)
    if not drawing.futures:
        return grid
    held = {name: part for name, part in payload(drawing).items() if name not in ("grid", "kind")}
    return Markup('{}<div class="futures screen-only" hidden data-held="{}"></div>\n').format(
        grid, escaped(json.dumps(held, ensure_ascii=False, sort_keys=True))
    )
