"""An executed notebook as the body of a page: only what a cell meant to show.

What a page may hold is a short list: markdown, and what `publishing.display` shows. Printed text
and bare values (`text/plain`) are left out: they are for whoever runs the notebook. Anything else
that would be seen in JupyterLab but not on the page stops the run, so that a page is never silently
poorer than its notebook, and nothing odd is published.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from strategy_lib.core.errors import ChapterError
from strategy_lib.publishing.charts import Chart, chart
from strategy_lib.publishing.display import FIGURE_NOTES, PLOTLY, SENTENCES, TABLE, sentences_html
from strategy_lib.publishing.markdown import Part, markdown_parts
from strategy_lib.publishing.tabulate import PageTable, table_html

if TYPE_CHECKING:
    import nbformat

LEFT_OUT = frozenset({"parameters", "injected-parameters", "hide", "workshop"})
BOTTOM_LINE = "bottom-line"

_NOTHING = Markup()

_SILENT = frozenset({"text/plain"})


@dataclass(frozen=True)
class Figure:
    """A figure of a page, its number, and what stands under it."""

    number: int
    chart: Chart
    alt: str
    how_to_read: str
    numbers: Markup
    is_short: bool


@dataclass(frozen=True)
class Entry:
    """One line of the table of contents."""

    anchor: str
    title: str


@dataclass(frozen=True)
class Block:
    """A piece of the page: a heading (`level` 2-4), a figure, or HTML."""

    html: Markup = _NOTHING
    level: int = 0
    anchor: str = ""
    figure: Figure | None = None


@dataclass(frozen=True)
class Body:
    """What a chapter's notebook gives to its page."""

    bottom_line: Markup
    blocks: tuple[Block, ...]

    @property
    def contents(self) -> tuple[Entry, ...]:
        """The page's main headings."""
        heads = (block for block in self.blocks if block.level == 2)
        return tuple(Entry(block.anchor, block.html.striptags()) for block in heads)

    @property
    def figure_kinds(self) -> frozenset[str]:
        """What plotly has to draw on the page, such as `bar`; empty where there is no figure."""
        figures = (block.figure for block in self.blocks if block.figure)
        return frozenset().union(*(figure.chart.kinds for figure in figures))


@dataclass
class _Counts:
    """Numbers given to tables and figures so far."""

    tables: int = 0
    figures: int = 0


@dataclass
class _Words:
    """Where the words of one cell stand among the blocks, and whether cells follow them."""

    start: int = 0
    end: int = 0
    introduce: bool = False

    def leave(self, blocks: list[Block]) -> None:
        """Take out what was to be shown here and is not: all but the headings, which go later.

        A chapter's title and what stands under it introduce the whole.
        """
        said = blocks[self.start : self.end]
        is_part = bool(said) and said[0].level > 1
        if is_part and self.introduce and len(blocks) == self.end:
            blocks[self.start :] = [block for block in said if block.level]


def page_body(notebook: nbformat.NotebookNode) -> Body:
    """Everything in an executed notebook that belongs on its page.

    The first title is left out (the page has it in its head), and so is a heading with nothing
    under it, or with nothing but an introduction to cells that show nothing in this edition.
    Outputs of cells tagged `bottom-line` are set apart.

    Raises
    ------
    ChapterError
        If a cell failed, or shows something that a page cannot hold.
    """
    counts = _Counts()
    blocks: list[Block] = []
    bottom_line: list[Block] = []
    words = _Words()
    for number, cell in enumerate(notebook.cells, 1):
        tags = set(cell.get("metadata", {}).get("tags", ()))
        if tags & LEFT_OUT:
            continue
        if cell.cell_type == "markdown" and BOTTOM_LINE not in tags:
            words.leave(blocks)
            words = _Words(len(blocks))
            blocks += map(_block, markdown_parts(cell.source))
            words.end = len(blocks)
        elif cell.cell_type == "code":
            shown = _outputs(cell.outputs, f"cell {number}", counts)
            (bottom_line if BOTTOM_LINE in tags else blocks).extend(shown)
            words.introduce = True
    words.leave(blocks)
    return Body(_box(bottom_line), tuple(_headed(_without_empty(_without_title(blocks)))))


def _box(blocks: list[Block]) -> Markup:
    if any(block.figure for block in blocks):
        raise ChapterError("The bottom line holds a figure; it can hold sentences and tables.")
    return Markup().join(block.html for block in blocks)


def _block(part: Part) -> Block:
    return Block(part.html, part.level)


def _outputs(outputs: list[Any], where: str, counts: _Counts) -> Iterator[Block]:
    following = [*(output.get("data", {}).get(FIGURE_NOTES) for output in outputs), None][1:]
    for output, notes in zip(outputs, following, strict=True):
        if output.output_type == "error":
            raise ChapterError(f"{where} failed: {output.get('ename')}: {output.get('evalue')}")
        data = output.get("data", {})
        if PLOTLY in data:
            yield _figure(chart(data[PLOTLY], where), notes, where, counts)
        elif FIGURE_NOTES not in data:
            yield from _shown(data, where, counts)


def _shown(data: Mapping[str, Any], where: str, counts: _Counts) -> Iterator[Block]:
    if TABLE in data:
        counts.tables += 1
        table = PageTable.from_payload(data[TABLE])
        yield Block(table_html(table, f"Table {counts.tables}"))
    elif SENTENCES in data:
        yield Block(sentences_html(data[SENTENCES]))
    elif "text/markdown" in data:
        # What people entered may be in it: no links, and no headings of the page.
        parts = markdown_parts(data["text/markdown"], with_links=False)
        yield from (Block(_unheaded(part)) for part in parts)
    elif set(data) - _SILENT:
        raise ChapterError(
            f"{where} shows {', '.join(sorted(data))}, which a page cannot hold; "
            "use show_table, show_figure or show_sentences, or tag the cell `workshop`."
        )


def _unheaded(part: Part) -> Markup:
    return Markup("<p><strong>{}</strong></p>\n").format(part.html) if part.level else part.html


def _figure(drawn: Chart, notes: Any, where: str, counts: _Counts) -> Block:
    if notes is None:
        raise ChapterError(
            f"The figure in {where} has no table of its numbers; show it with show_figure."
        )
    counts.figures += 1
    table = PageTable.from_payload(notes["table"])
    return Block(
        figure=Figure(
            number=counts.figures,
            chart=drawn,
            alt=notes["alt"] or drawn.title,
            how_to_read=notes["how_to_read"],
            numbers=table_html(table),
            is_short=table.is_short,
        )
    )


def _without_title(blocks: list[Block]) -> list[Block]:
    return blocks[1:] if blocks and blocks[0].level == 1 else blocks


def _without_empty(blocks: list[Block]) -> list[Block]:
    kept: list[Block] = []
    for block in reversed(blocks):
        # A heading stays if something stands under it: text, or a heading of a lower level.
        if not block.level or (kept and (not kept[-1].level or kept[-1].level > block.level)):
            kept.append(block)
    return kept[::-1]


def _headed(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks whose headings begin at the second level, skip none, and can be linked to."""
    last, number = 1, 0
    for block in blocks:
        if block.level:
            last, number = min(max(block.level, 2), last + 1, 4), number + 1
            yield replace(block, level=last, anchor=f"part-{number}")
        else:
            yield block
