"""An executed notebook as the body of a page: its main part, and its tables behind it.

The main part is what a cell showed with `show_page`. Everything else that cells meant to show
stands behind it: tables, the numbers of figures, and the words between. Printed text and bare
values (`text/plain`) are left out: they are for whoever runs the notebook. Anything else that would
be seen in JupyterLab but not on the page stops the run, so that a page is never silently poorer
than its notebook, and nothing odd is published.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from strategy_lib.chapters.page import Page
from strategy_lib.core.errors import ChapterError
from strategy_lib.plotting.pictures import from_payload
from strategy_lib.publishing.display import (
    FIGURE_NOTES,
    PAGE,
    PLOTLY,
    SENTENCES,
    TABLE,
    sentences_html,
)
from strategy_lib.publishing.markdown import markdown_parts
from strategy_lib.publishing.tabulate import PageTable, heading, table_html

if TYPE_CHECKING:
    import nbformat

LEFT_OUT = frozenset({"parameters", "injected-parameters", "hide", "workshop"})
MOST_ROWS = 40

_SILENT = frozenset({"text/plain"})
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9_-]+")


@dataclass(frozen=True)
class Listed:
    """A table behind the main part.

    Attributes
    ----------
    anchor : str
        Where links lead.
    title : str
        What it is called where it is folded, and in links.
    table : PageTable
        With at most `MOST_ROWS` rows, where the page has a main part.
    """

    anchor: str
    title: str
    table: PageTable

    @property
    def count(self) -> int:
        """Its rows, with those that are not shown."""
        return len(self.table.rows) + self.table.left_out

    @cached_property
    def html(self) -> Markup:
        """The table itself."""
        return table_html(self.table)


@dataclass(frozen=True)
class Group:
    """Tables that stand under one heading, and the words between them.

    Attributes
    ----------
    title : Markup
        Empty for what stands before the first heading.
    blocks : tuple of Markup or Listed
        In their order.
    """

    title: Markup
    blocks: tuple[Markup | Listed, ...]

    @property
    def has_tables(self) -> bool:
        """Whether there is more than words."""
        return any(isinstance(block, Listed) for block in self.blocks)


@dataclass(frozen=True)
class Body:
    """What a chapter's notebook gives to its page.

    Attributes
    ----------
    page : Page or None
        The main part; None where the notebook shows none, such as one that somebody changed.
    groups : tuple of Group
        Everything else.
    """

    page: Page | None
    groups: tuple[Group, ...]

    @property
    def behind(self) -> tuple[Group, ...]:
        """Groups with tables; words before the first heading are for whoever runs the notebook."""
        return tuple(group for group in self.groups if group.has_tables)

    @property
    def words(self) -> tuple[Group, ...]:
        """Groups of words alone, such as how it was made."""
        return tuple(group for group in self.groups if group.title and not group.has_tables)

    @cached_property
    def tables(self) -> Mapping[str, Listed]:
        """Its tables by their anchors."""
        blocks = (block for group in self.groups for block in group.blocks)
        return {block.anchor: block for block in blocks if isinstance(block, Listed)}

    def links(self, names: Iterable[str]) -> list[tuple[str, str]]:
        """Anchor and title of outputs; those that are not shown are left out."""
        anchors = (table_anchor(name) for name in names)
        return [(a, self.tables[a].title) for a in anchors if a in self.tables]


@dataclass
class _Reading:
    """What was read of a notebook so far."""

    page: Page | None = None
    groups: list[tuple[Markup, list[Markup | Listed]]] = field(
        default_factory=lambda: [(Markup(), [])]
    )
    anchors: set[str] = field(default_factory=set)

    def add(self, block: Markup | Listed) -> None:
        self.groups[-1][1].append(block)

    def listed(self, name: str, table: PageTable) -> Listed:
        anchor = table_anchor(name or f"n{len(self.anchors) + 1}")
        while anchor in self.anchors:
            anchor += "-more"
        self.anchors.add(anchor)
        title = heading(name) if name else table.title or "Table"
        return Listed(anchor, title, table)


def table_anchor(name: str) -> str:
    """Where the table of an output stands on its page.

    Examples
    --------
    >>> table_anchor("first_by_unit")
    'table-first_by_unit'
    """
    return f"table-{_NOT_IN_NAMES.sub('-', name)}"


def page_body(notebook: nbformat.NotebookNode) -> Body:
    """Everything in an executed notebook that belongs on its page.

    The first title is left out (the page has its finding there), and so is a heading with nothing
    under it.

    Raises
    ------
    ChapterError
        If a cell failed, or shows something that a page cannot hold.
    """
    reading = _Reading()
    for number, cell in enumerate(notebook.cells, 1):
        tags = set(cell.get("metadata", {}).get("tags", ()))
        if tags & LEFT_OUT:
            continue
        if cell.cell_type == "markdown":
            _read_words(reading, cell.source)
        elif cell.cell_type == "code":
            _read_outputs(reading, cell.outputs, f"cell {number}")
    # Of a page that is nothing but its tables they are the content, and stand in full.
    most = MOST_ROWS if reading.page else None
    made = (
        Group(title, tuple(_cut(block, most) for block in blocks))
        for title, blocks in reading.groups
        if blocks
    )
    return Body(reading.page, tuple(made))


def _cut(block: Markup | Listed, most: int | None) -> Markup | Listed:
    if most is None or not isinstance(block, Listed):
        return block
    return replace(block, table=block.table.cut(most))


def _read_words(reading: _Reading, source: str) -> None:
    for part in markdown_parts(source):
        if part.level == 2:
            reading.groups.append((part.html, []))
        elif part.level > 2:
            reading.add(Markup("<h4>{}</h4>\n").format(part.html))
        elif not part.level:
            reading.add(part.html)


def _read_outputs(reading: _Reading, outputs: list[Any], where: str) -> None:
    title = None
    for output in outputs:
        if output.output_type == "error":
            raise ChapterError(f"{where} failed: {output.get('ename')}: {output.get('evalue')}")
        data = output.get("data", {})
        if title is not None and FIGURE_NOTES not in data:
            break
        if PLOTLY in data:
            title = _figure_title(data[PLOTLY])
        elif FIGURE_NOTES in data:
            notes = data[FIGURE_NOTES]
            table = PageTable.from_payload(notes["table"])
            reading.add(reading.listed(notes.get("name", ""), table.titled(title or table.title)))
            title = None
        elif PAGE in data:
            reading.page = from_payload(data[PAGE])
        else:
            for block in _shown(reading, data, where):
                reading.add(block)
    if title is not None:
        raise ChapterError(
            f"The figure in {where} has no table of its numbers; show it with show_figure."
        )


def _figure_title(figure: Mapping[str, Any]) -> str:
    given = (figure.get("layout", {}).get("title") or {}).get("text") or ""
    return Markup(given.replace("<br>", " ")).striptags()


def _shown(reading: _Reading, data: Mapping[str, Any], where: str) -> Iterator[Markup | Listed]:
    if TABLE in data:
        table = PageTable.from_payload(data[TABLE])
        yield reading.listed(data[TABLE].get("name", ""), table)
    elif SENTENCES in data:
        yield sentences_html(data[SENTENCES])
    elif "text/markdown" in data:
        # What people entered may be in it: no links, and no headings of the page.
        for part in markdown_parts(data["text/markdown"], with_links=False):
            yield (
                Markup("<p><strong>{}</strong></p>\n").format(part.html)
                if part.level
                else part.html
            )
    elif set(data) - _SILENT:
        raise ChapterError(
            f"{where} shows {', '.join(sorted(data))}, which a page cannot hold; "
            "use show_table, show_figure or show_sentences, or tag the cell `workshop`."
        )
