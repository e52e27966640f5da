"""A page's parts as elements of a Word document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from docx.opc.constants import RELATIONSHIP_TYPE

from strategy_lib.publishing.word.html_blocks import html_blocks
from strategy_lib.publishing.word.lists import Lists
from strategy_lib.publishing.word.pages import Pages
from strategy_lib.publishing.word.tables import layout, table
from strategy_lib.publishing.word.template import BOTTOM_LINE, NOTE, style_ids
from strategy_lib.publishing.word.text import Pen, element, paragraph
from strategy_lib.publishing.word.text_parts import Grid, Paragraph, Run

if TYPE_CHECKING:
    from docx.document import Document

BULLET = "List Bullet"
_STYLES = {"number": "List Number", "quote": "Quote", "note": NOTE, "top": BOTTOM_LINE}
_LOWEST = 3


class Writer:
    """Puts words and tables where a document has a place for them.

    Parameters
    ----------
    place : element
        The paragraph that they replace.
    is_dense : bool
        Whether there are very many tables, which then have small letters.
    """

    def __init__(self, document: Document, place: Any, *, is_dense: bool = False) -> None:
        self._document = document
        self._is_dense = is_dense
        self._addresses: dict[str, str] = {}
        self._pen = Pen(style_ids(document), self._link)
        self._pages = Pages(place)
        self._lists = Lists(document)

    def heading(self, level: int, runs: Sequence[Run]) -> None:
        """Write a heading; it stays with what comes next."""
        plain = [replace(run, bold=False) for run in runs]
        self._add(plain, f"Heading {min(level, _LOWEST)}", leads=True)

    def html(self, html: str, bullets: str = BULLET, *, leads: bool = False) -> None:
        """Write text, lists and tables.

        A heading of the page is one of the document a level higher: its title has no level.

        Parameters
        ----------
        bullets : str
            Style of the items of lists that are not numbered.
        leads : bool
            Whether a last paragraph stays with what comes next.
        """
        self._lists.begin()
        blocks = html_blocks(html)
        for block, following in zip_longest(blocks, blocks[1:]):
            if isinstance(block, Grid):
                self._grid(block)
            elif block.kind == "heading":
                # The first heading of a page is its title, which the document has already.
                if block.depth > 1:
                    self.heading(block.depth - 1, block.runs)
            else:
                stays = _leads(block, following) if following else leads
                self._paragraph(block, bullets, leads=stays)

    def end(self) -> None:
        """Take the place away."""
        self._pages.end()

    def _paragraph(self, block: Paragraph, bullets: str, *, leads: bool) -> None:
        style = bullets if block.kind in ("bullet", "more") else _STYLES.get(block.kind, "Normal")
        is_code = block.kind == "code"
        runs = [replace(run, code=True) for run in block.runs] if is_code else block.runs
        if style != NOTE:
            self._pages.turn(False)
        self._add(runs, style, *self._lists.properties(block), leads=leads)

    def _grid(self, grid: Grid) -> None:
        if not grid.lines:
            return
        if self._pages.follows_table:
            # Two tables with nothing between them would become one.
            self._add([], NOTE)
        laid = layout(grid, *self._pages.rooms, is_dense=self._is_dense)
        if grid.title and grid.has_caption:
            self._add([Run(grid.title)], "Caption", leads=True)
        self._pages.turn(laid.is_across)
        self._pages.add(table(self._pen, grid, laid))

    def _add(self, runs: Sequence[Run], style: str, *properties: Any, leads: bool = False) -> None:
        keeps = [element("w:keepNext")] if leads else []
        self._pages.add(paragraph(self._pen, runs, style, *keeps, *properties), leads=leads)

    def _link(self, address: str) -> str:
        if address not in self._addresses:
            self._addresses[address] = self._document.part.relate_to(
                address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True
            )
        return self._addresses[address]


def _leads(block: Paragraph, following: Paragraph | Grid) -> bool:
    """Whether a paragraph stays with what comes next: a table, or the notes before it."""
    is_lead = block.kind in ("text", "note")
    return is_lead and (isinstance(following, Grid) or following.kind == "note")
