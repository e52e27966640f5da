"""The HTML of a page's parts as paragraphs and tables, for documents that are not HTML.

It reads only what `publishing` itself writes, so that a document says what the page says. Marks
(bars, lines, dots) stay behind: their numbers and words stand beside them. What only hatching or an
edge says is said with the words of the legend.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

from strategy_lib.publishing.word.text_parts import Cell, Grid, Paragraph, Run

_SPACE = re.compile(r"[ \t\r\n]+")
_MARKS = {"strong": "bold", "b": "bold", "em": "italic", "i": "italic", "code": "code"}
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = ("p", "li", "pre", "footer", *_HEADINGS)
_VOID = ("br", "hr", "img", "input", "wbr")
_UNSEEN_TAGS = ("script", "style", "svg", "button", "select", "template")
_UNSEEN = frozenset(["vh", "screen-only", "src", "letter-key"])
_KINDS = {
    "number": "number",
    "end": "number",
    "date": "date",
    "center": "center",
    "shade": "center",
}
_SHADES = ("s0", "s1", "s2", "s3", "s4")
_EDGES = ("limit", "unknown", "both")


def html_blocks(html: str) -> tuple[Paragraph | Grid, ...]:
    """The paragraphs and tables of a piece of a page.

    Examples
    --------
    >>> [(block.kind, block.text) for block in html_blocks("<ul><li>a &lt; b</li></ul><p>c</p>")]
    [('bullet', 'a < b'), ('text', 'c')]
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_paragraph()
    return tuple(reader.blocks)


def inline_runs(html: str) -> tuple[Run, ...]:
    """The runs of a heading.

    Examples
    --------
    >>> [(run.text, run.italic) for run in inline_runs("The <em>law</em>")]
    [('The ', False), ('law', True)]
    """
    return tuple(
        run for block in html_blocks(html) if isinstance(block, Paragraph) for run in block.runs
    )


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Paragraph | Grid] = []
        self._runs: list[Run] = []
        self._style = Run("")
        self._outer: list[Run] = []
        self._kind, self._level = "text", 0
        self._lists: list[tuple[str, int]] = []
        self._lists_seen = 0
        self._is_new_item = False
        self._quotes = 0
        self._table: _Table | None = None
        self._unseen = 0
        self._legend: dict[str, str] = {}
        self._look = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        classes = given.get("class", "").split()
        if self._table and tag != "table" and "hatch" in classes and "unknown" not in classes:
            self._table.is_hatched = True
        if self._unseen or _is_unseen(tag, given, classes):
            self._unseen += tag not in _VOID
            if self._in("legend") and tag == "i":
                self._look = " ".join(classes)
        elif tag in _MARKS:
            self._outer.append(self._style)
            mark: dict[str, Any] = {_MARKS[tag]: True}
            self._style = replace(self._style, **mark)
        elif tag == "a":
            self._outer.append(self._style)
            self._style = replace(self._style, link=_address(given))
        elif tag == "br" or (tag == "small" and self._runs):
            self._runs.append(replace(self._style, text="\n"))
        elif self._table or tag == "table" or "tiles" in classes:
            self._begin_in_table(tag, given, classes)
        else:
            self._begin_block(tag, classes)

    def handle_endtag(self, tag: str) -> None:
        if self._unseen:
            self._unseen -= tag not in _VOID
        elif tag in _MARKS or tag == "a":
            self._style = self._outer.pop() if self._outer else Run("")
        elif self._table:
            self._end_in_table(tag)
        elif tag in ("ul", "ol"):
            self._end_list()
        elif tag == "blockquote":
            self.end_paragraph()
            self._quotes -= 1
        elif tag == "li" and self._in("legend"):
            self._legend[self._look] = "".join(run.text for run in self._taken())
        elif tag in _BLOCKS:
            self.end_paragraph()

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        text = data if self._kind == "code" else _SPACE.sub(" ", data)
        if text.strip() or self._runs:
            self._runs.append(replace(self._style, text=text))

    def end_paragraph(self) -> None:
        """Keep the paragraph that is being read, if it says anything."""
        runs = self._taken()
        if runs:
            listed, number = self._lists[-1] if self._lists else ("", 0)
            kind, depth = self._kind, max(len(self._lists) - 1, 0)
            if kind == "heading":
                depth = self._level
            elif kind == "text" and listed:
                kind, self._is_new_item = listed if self._is_new_item else "more", False
            elif kind == "text" and self._quotes:
                kind = "quote"
            self.blocks.append(Paragraph(runs, kind, depth, number))
        self._kind = "text"

    def _in(self, kind: str) -> bool:
        return bool(self._lists) and self._lists[-1][0] == kind

    def _taken(self) -> tuple[Run, ...]:
        runs, self._runs = self._runs, []
        return tuple(_trimmed(runs))

    def _begin_block(self, tag: str, classes: list[str]) -> None:
        if tag in ("ul", "ol"):
            self.end_paragraph()
            self._lists_seen += 1
            self._lists.append((_list_kind(tag, classes), self._lists_seen))
            if self._in("legend"):
                self._legend = {}
        elif tag == "blockquote":
            self.end_paragraph()
            self._quotes += 1
        elif tag in _BLOCKS:
            self.end_paragraph()
            self._is_new_item = self._is_new_item or tag == "li"
            if tag in _HEADINGS:
                self._kind, self._level = "heading", int(tag[1])
            elif tag == "pre":
                self._kind = "code"
            elif {"note", "sub"} & set(classes):
                self._kind = "note"

    def _end_list(self) -> None:
        if self._in("legend"):
            self.blocks.extend(_legend(self._legend))
        else:
            self.end_paragraph()
        self._lists = self._lists[:-1]

    def _begin_in_table(self, tag: str, given: dict[str, str], classes: list[str]) -> None:
        if self._table is None:
            self.end_paragraph()
            self._table = _Table(is_map=tag != "table")
        table = self._table
        if tag == "caption":
            table.has_caption = "vh" not in classes
        elif tag == "thead":
            table.has_head = True
        elif tag == "tr":
            table.rows.append([])
            table.is_bold = "lead" in classes
        elif tag in ("td", "th", "li"):
            table.begin_cell(classes, int(given.get("colspan", "1")))
        elif "region" in classes:
            table.rows.append([])
            table.begin_cell(classes, 2)

    def _end_in_table(self, tag: str) -> None:
        table = self._table
        if table is None:
            return
        if tag == "caption":
            table.title = "".join(run.text for run in self._taken())
        elif tag == "li" and table.is_map:
            table.end_tile(self._taken(), self._legend)
        elif table.rows and (tag in ("td", "th") or (tag == "p" and table.is_map)):
            table.end_cell(self._taken(), self._legend)
        elif tag == ("div" if table.is_map else "table"):
            self.blocks.append(table.grid())
            self._table, self._legend = None, {}


class _Table:
    """A table, or a map as a list of its places, while it is read."""

    def __init__(self, *, is_map: bool = False) -> None:
        self.title = ""
        self.is_map = is_map
        self.has_caption = not is_map
        self.has_head = self.is_bold = self.is_hatched = False
        self.rows: list[list[Cell]] = []
        self._cell = Cell(())
        self._edge = ""

    def begin_cell(self, classes: list[str], span: int) -> None:
        """Note what a cell looks like."""
        kind = next((_KINDS[name] for name in classes if name in _KINDS), "text")
        shade = next((name for name in classes if name in _SHADES), "")
        self._edge = next((name for name in classes if name in _EDGES), "")
        self._cell = Cell((), kind, shade, self._edge in ("limit", "both"), span)
        self.is_hatched = False

    def end_cell(self, runs: tuple[Run, ...], legend: dict[str, str]) -> None:
        """Keep what a cell says."""
        if self.is_hatched and "hatch" in legend:
            runs = (*runs, Run(f" ({legend['hatch']})"))
        is_group = self._cell.span > 1
        if is_group or (self.is_bold and not self.rows[-1]):
            runs = tuple(replace(run, bold=True) for run in runs)
        empty = [Cell(()) for _ in range(self._cell.span - 1)]
        self.rows[-1] += [replace(self._cell, runs=runs), *empty]

    def end_tile(self, runs: tuple[Run, ...], legend: dict[str, str]) -> None:
        """Keep a place of a map: its name, then what it holds."""
        name = tuple(run for run in runs if run.bold)
        said = [run for run in runs if not run.bold]
        if legend.get(self._edge):
            said.append(Run(f" ({legend[self._edge]})"))
        plain = replace(self._cell, runs=tuple(_trimmed(said)), kind="text")
        self.rows.append([Cell(tuple(_trimmed(list(name)))), plain])

    def grid(self) -> Grid:
        """What was read."""
        width = max(map(len, self.rows), default=0)
        filled = [tuple(row + [Cell(())] * (width - len(row))) for row in self.rows]
        head = filled.pop(0) if filled and self.has_head else ()
        return Grid(self.title.strip(), head, tuple(filled), self.has_caption)


def _is_unseen(tag: str, given: dict[str, str], classes: list[str]) -> bool:
    is_hidden = given.get("aria-hidden") == "true" or tag in _UNSEEN_TAGS
    return is_hidden or (tag != "caption" and bool(_UNSEEN & set(classes)))


def _address(given: dict[str, str]) -> str:
    """Where a link leads; places of the page itself are not in the document."""
    address = given.get("href", "")
    return "" if address.startswith("#") else address


def _list_kind(tag: str, classes: list[str]) -> str:
    named = next((name for name in ("legend", "top") if name in classes), "")
    return named or ("bullet" if tag == "ul" else "number")


def _legend(said: dict[str, str]) -> Iterator[Paragraph]:
    """What the shades of a heat map and the frame of a limit mean."""
    shades = [(look, text) for look, text in said.items() if look in (*_SHADES, "limit")]
    runs = [(Run("\u00a0" * 4, shade=look), Run(f" {text}   ")) for look, text in shades]
    if runs:
        yield Paragraph(tuple(_trimmed([run for pair in runs for run in pair])), "note")


def _trimmed(runs: list[Run]) -> Iterator[Run]:
    """Runs without space at either end of the paragraph."""
    kept = list(runs)
    while kept and not kept[-1].text.strip() and not kept[-1].shade:
        kept.pop()
    while kept and not kept[0].text.strip() and not kept[0].shade:
        kept.pop(0)
    for place, run in enumerate(kept):
        if run.shade:
            yield run
            continue
        text = run.text.lstrip() if place == 0 and not run.code else run.text
        text = text.rstrip() if place == len(kept) - 1 else text
        yield run if text == run.text else replace(run, text=text)
