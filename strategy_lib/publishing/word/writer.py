"""A page's parts as elements of a Word document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from docx.opc.constants import RELATIONSHIP_TYPE

from strategy_lib.publishing.body import Block, Figure
from strategy_lib.publishing.word.html_blocks import html_blocks, inline_runs
from strategy_lib.publishing.word.lists import Lists
from strategy_lib.publishing.word.pages import Pages
from strategy_lib.publishing.word.pictures import picture_paragraph
from strategy_lib.publishing.word.tables import cut_words, layout, table
from strategy_lib.publishing.word.template import BOTTOM_LINE, NOTE, style_ids
from strategy_lib.publishing.word.text import Pen, element, paragraph
from strategy_lib.publishing.word.text_parts import Grid, Paragraph, Run

if TYPE_CHECKING:
    from docx.document import Document

    from strategy_lib.publishing.pdf.press import Picture

SPREADSHEET = "tables.xlsx"
BULLET = "List Bullet"
_STYLES = {"number": "List Number", "quote": "Quote", "note": NOTE}
_NO_PICTURE = (
    "The drawing is on the page: there was no browser here to make a picture of it. "
    "Its numbers follow."
)


class Writer:
    """Puts a chapter where a document has a place for it.

    Parameters
    ----------
    place : element
        The paragraph that the chapter replaces.
    pictures : sequence of Picture
        One a figure, in their order; or none.
    """

    def __init__(self, document: Document, place: Any, pictures: Sequence[Picture]) -> None:
        self._document = document
        self._pictures = list(pictures)
        self._has_pictures = bool(pictures)
        self._addresses: dict[str, str] = {}
        self._pen = Pen(style_ids(document), self._link)
        self._pages = Pages(place)
        self._lists = Lists(document)
        self._is_dense = self._starts_page = False

    def block(self, block: Block, following: Block | None = None) -> None:
        """Write one part of a page; words before a figure or a table stay with it."""
        if block.figure:
            self._figure(block.figure)
        elif block.level:
            self.heading(block.level - 1, inline_runs(str(block.html)))
        else:
            self.html(str(block.html), leads=_is_shown(following))

    def heading(self, level: int, runs: Sequence[Run]) -> None:
        """Write a heading; it stays with what comes next."""
        self._add([replace(run, bold=False) for run in runs], f"Heading {level}", leads=True)

    def bottom_line(self, html: str) -> None:
        """Write the bottom line; one that has tables fits one page, and is alone on it."""
        self._is_dense = "<table" in html
        if not self._is_dense:
            self.heading(1, [Run("The bottom line")])
        self.html(html, BOTTOM_LINE)
        self._starts_page, self._is_dense = self._is_dense, False

    def html(self, html: str, bullets: str = BULLET, *, leads: bool = False) -> None:
        """Write text, lists and tables.

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
                has_note = isinstance(following, Paragraph) and following.kind == "note"
                self._grid(block, has_note=has_note)
            else:
                self._paragraph(block, bullets, leads=leads and following is None)

    def end(self) -> None:
        """Take the place away."""
        self._pages.end()

    def _paragraph(self, block: Paragraph, bullets: str, *, leads: bool) -> None:
        style = bullets if block.kind in ("bullet", "more") else _STYLES.get(block.kind, "Normal")
        is_code = block.kind == "code"
        runs = [replace(run, code=True) for run in block.runs] if is_code else block.runs
        if style != NOTE:
            self._pages.turn(False)
        self._add(runs, style, *self._lists.properties(block), leads=leads and style == "Normal")

    def _grid(self, grid: Grid, *, has_note: bool) -> None:
        if not grid.lines:
            return
        laid = layout(grid, *self._pages.rooms, is_dense=self._is_dense)
        self._caption(grid.label, grid.title)
        self._pages.turn(laid.is_across)
        self._pages.add(table(self._pen, grid, laid))
        cut = cut_words(grid, SPREADSHEET)
        # Two tables with nothing between them would become one.
        if cut or not has_note:
            self._add([Run(cut)] if cut else [], NOTE)

    def _caption(self, label: str, title: str) -> None:
        lead = [Run(f"{label}  ", is_label=True)] if label else []
        runs = [*lead, *([Run(title)] if title else [])]
        if runs:
            self._add(runs, "Caption", leads=True)

    def _figure(self, figure: Figure) -> None:
        label = f"Figure {figure.number}"
        self._caption(label, figure.chart.title)
        self._pages.turn(False)
        if self._has_pictures:
            room = self._pages.room_for_picture
            picture = self._pictures.pop(0)
            self._pages.add(
                picture_paragraph(self._document, self._pen, picture, label, figure.alt, room)
            )
        if figure.how_to_read and self._has_pictures:
            self._add([Run("How to read it: ", bold=True), Run(figure.how_to_read)], NOTE)
        if not self._has_pictures:
            self._add([Run(_NO_PICTURE)], NOTE, leads=True)
        if figure.is_short or not self._has_pictures:
            self._numbers(figure)

    def _numbers(self, figure: Figure) -> None:
        """The numbers of a figure, which need no label beside the figure's own."""
        self.html(str(figure.numbers))

    def _add(self, runs: Sequence[Run], style: str, *properties: Any, leads: bool = False) -> None:
        keeps = [element("w:keepNext")] if leads else []
        if self._starts_page:
            keeps.append(element("w:pageBreakBefore"))
            self._starts_page = False
        self._pages.add(paragraph(self._pen, runs, style, *keeps, *properties), leads=leads)

    def _link(self, address: str) -> str:
        if address not in self._addresses:
            self._addresses[address] = self._document.part.relate_to(
                address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True
            )
        return self._addresses[address]


def _is_shown(block: Block | None) -> bool:
    """Whether a part is a figure or a table, with its own title."""
    return block is not None and (block.figure is not None or "<table" in str(block.html))
