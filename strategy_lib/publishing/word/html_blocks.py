"""The HTML of a page's parts as paragraphs and tables, for documents that are not HTML.

It reads only what `publishing` itself writes, so that a document says what the page says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser

from strategy_lib.publishing.word.text_parts import Cell, Grid, Paragraph, Run

_SPACE = re.compile(r"[ \t\r\n]+")
_MARKS = {"strong": "bold", "b": "bold", "em": "italic", "i": "italic", "code": "code"}


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
    return tuple(run for block in html_blocks(html) if isinstance(block, Paragraph)
                 for run in block.runs)  # fmt: skip


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Paragraph | Grid] = []
        self._runs: list[Run] = []
        self._style = Run("")
        self._outer: list[Run] = []
        self._kind = "text"
        self._lists: list[tuple[str, int]] = []
        self._lists_seen = 0
        self._is_new_item = False
        self._quotes = 0
        self._table: _Table | None = None
        self._is_label = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in _MARKS:
            self._outer.append(self._style)
            self._style = _marked(self._style, _MARKS[tag])
        elif tag == "a":
            self._outer.append(self._style)
            self._style = replace(self._style, link=given.get("href", ""))
        elif tag == "br":
            self._runs.append(replace(self._style, text="\n"))
        elif self._table or tag == "table":
            self._begin_in_table(tag, given)
        else:
            self._begin_block(tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag in _MARKS or tag == "a":
            self._style = self._outer.pop() if self._outer else Run("")
        elif self._table:
            self._end_in_table(tag)
        elif tag in ("ul", "ol"):
            self.end_paragraph()
            self._lists = self._lists[:-1]
        elif tag == "blockquote":
            self.end_paragraph()
            self._quotes -= 1
        elif tag in ("p", "li", "pre"):
            self.end_paragraph()

    def handle_data(self, data: str) -> None:
        text = data if self._kind == "code" else _SPACE.sub(" ", data)
        if self._table and self._is_label:
            self._table.label += text
        elif text.strip() or self._runs:
            self._runs.append(replace(self._style, text=text))

    def end_paragraph(self) -> None:
        """Keep the paragraph that is being read, if it says anything."""
        runs = self._taken()
        if runs:
            listed, number = self._lists[-1] if self._lists else ("", 0)
            kind = self._kind
            if kind == "text" and listed:
                kind, self._is_new_item = listed if self._is_new_item else "more", False
            elif kind == "text" and self._quotes:
                kind = "quote"
            self.blocks.append(Paragraph(runs, kind, max(len(self._lists) - 1, 0), number))
        self._kind = "text"

    def _taken(self) -> tuple[Run, ...]:
        runs, self._runs = self._runs, []
        return tuple(_trimmed(runs))

    def _begin_block(self, tag: str, given: dict[str, str]) -> None:
        if tag in ("ul", "ol"):
            self.end_paragraph()
            self._lists_seen += 1
            self._lists.append(("bullet" if tag == "ul" else "number", self._lists_seen))
        elif tag == "blockquote":
            self.end_paragraph()
            self._quotes += 1
        elif tag in ("p", "li", "pre"):
            self.end_paragraph()
            is_note = "note" in given.get("class", "").split()
            self._is_new_item = self._is_new_item or tag == "li"
            self._kind = "code" if tag == "pre" else "note" if is_note else "text"

    def _begin_in_table(self, tag: str, given: dict[str, str]) -> None:
        if self._table is None:
            self.end_paragraph()
            self._table = _Table()
        classes = given.get("class", "").split()
        if tag == "span" and "label" in classes:
            self._is_label = True
        elif tag == "thead":
            self._table.has_head = True
        elif tag == "tr":
            self._table.rows.append([])
        elif tag in ("td", "th"):
            self._table.kind = next((k for k in ("number", "date") if k in classes), "text")
            self._table.span = int(given.get("colspan", "1"))

    def _end_in_table(self, tag: str) -> None:
        table = self._table
        if table is None:
            return
        if tag == "span":
            self._is_label = False
        elif tag == "caption":
            table.title = "".join(run.text for run in self._taken())
        elif tag in ("td", "th") and table.rows:
            empty = [Cell(()) for _ in range(table.span - 1)]
            table.rows[-1] += [Cell(self._taken(), table.kind), *empty]
        elif tag == "table":
            self.blocks.append(table.grid())
            self._table = None


class _Table:
    """A table while it is read."""

    def __init__(self) -> None:
        self.label = ""
        self.title = ""
        self.kind = "text"
        self.span = 1
        self.has_head = False
        self.rows: list[list[Cell]] = []

    def grid(self) -> Grid:
        width = max(map(len, self.rows), default=0)
        filled = [tuple(row + [Cell(())] * (width - len(row))) for row in self.rows]
        head = filled.pop(0) if filled and self.has_head else ()
        return Grid(self.label.strip(), self.title.strip(), head, tuple(filled))


def _marked(style: Run, mark: str) -> Run:
    return replace(
        style,
        bold=style.bold or mark == "bold",
        italic=style.italic or mark == "italic",
        code=style.code or mark == "code",
    )


def _trimmed(runs: list[Run]) -> Iterator[Run]:
    """Runs without space at either end of the paragraph."""
    kept = list(runs)
    while kept and not kept[-1].text.strip():
        kept.pop()
    while kept and not kept[0].text.strip():
        kept.pop(0)
    for place, run in enumerate(kept):
        text = run.text.lstrip() if place == 0 and not run.code else run.text
        text = text.rstrip() if place == len(kept) - 1 else text
        yield run if text == run.text else replace(run, text=text)
