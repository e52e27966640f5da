"""What a chapter's cells call to show something: the same in JupyterLab and on the page.

Each call leaves two forms in the notebook: HTML (or a live figure) for JupyterLab, in which every
text is escaped, and plain data under a type of our own. The page is made from the data alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from markupsafe import Markup

from strategy_lib.chapters.page import Page
from strategy_lib.core.errors import InputError
from strategy_lib.core.messages import Say
from strategy_lib.editions.people import refuse_codes
from strategy_lib.editions.restrict import Restricted
from strategy_lib.plotting.columns import NothingToDraw
from strategy_lib.plotting.pictures import payload
from strategy_lib.plotting.theme import clean
from strategy_lib.publishing.main_part import lab_page
from strategy_lib.publishing.safe import escaped, inside
from strategy_lib.publishing.tabulate import PageTable, page_table, table_html

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

TABLE = "application/vnd.workbook.table+json"
SENTENCES = "application/vnd.workbook.sentences+json"
FIGURE_NOTES = "application/vnd.workbook.figure-notes+json"
PAGE = "application/vnd.workbook.page+json"
PLOTLY = "application/vnd.plotly.v1+json"

_LAB_CONFIG = {"displaylogo": False, "modeBarButtons": [["toImage"]]}
_NUMBERS_TITLE = "The numbers of this figure"
_MOST_NUMBERS = 250


# What the edition that this process loaded last may show; empty where nothing is loaded.
_edition: list[Restricted] = []


def show_nobody(inputs: Restricted) -> None:
    """From now on, refuse to show codes of assessors where the edition shows no single person."""
    _edition[:] = [inputs]


def _refuse(where: str, *texts: Iterable[object]) -> None:
    for inputs in _edition:
        refuse_codes(where, chain(*texts), inputs)


@dataclass(frozen=True)
class Shown:
    """One output of a cell, by type."""

    data: dict[str, Any]

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return self.data


def show_table(
    frame: pd.DataFrame,
    title: str,
    note: str = "",
    max_rows: int | None = 50,
    links: Sequence[str] = (),
    *,
    is_optional: bool = False,
    has_heads: bool = True,
    name: str = "",
) -> None:
    """Show a table with its title; the index is not shown.

    Parameters
    ----------
    frame : DataFrame
        Any columns; text in them may be anything that people entered.
    note : str
        A line under the table.
    max_rows : int, optional
        Rows shown at most, said under the table; None shows all.
    links : sequence of str
        Columns of our own reference data whose https addresses may be followed.
    is_optional : bool
        Whether nothing is shown where the table has no rows. It is also left out where it has
        neither rows nor a title.
    has_heads : bool
        Whether the columns get headings; a list of named parts needs none.
    name : str
        What pictures of the page call it, to link to it.

    Raises
    ------
    InputError
        If it holds codes of assessors and the edition shows no single person.
    """
    if len(frame) or (title and not is_optional):
        _refuse(title, *_cells(frame))
        table = page_table(frame, title, note, max_rows, links, has_heads=has_heads)
        _display(table_output(table, name))


def show_sentences(sentences: Sequence[str]) -> None:
    """Show computed sentences as a list, one point each."""
    _display(sentences_output(sentences))


def show_figure(
    fig: Figure | NothingToDraw,
    table: pd.DataFrame,
    how_to_read: str = "",
    alt: str = "",
    name: str = "",
) -> None:
    """Show a figure made by `figures.theme.finish`, with its numbers as a table under it.

    Parameters
    ----------
    fig : Figure or NothingToDraw
        Figure with a title that says the finding; where there is nothing to draw, its sentence.
    table : DataFrame
        The numbers that the figure draws.
    how_to_read : str
        One or two sentences for a reader who has not seen such a figure.
    alt : str
        What the figure shows, for those who do not see it; without it, the title.
    name : str
        What pictures of the page call its numbers, to link to them.

    Raises
    ------
    InputError
        If the figure has no title, or shows codes of assessors where the edition shows no single
        person.
    """
    if isinstance(fig, NothingToDraw):
        if fig.title:
            show_sentences([Say()("nothing-to-draw", title=fig.title)])
        return
    _refuse(fig.layout.title.text or "a figure", *_cells(table), _texts(fig.to_plotly_json()))
    for output in figure_outputs(fig, table, how_to_read, alt, name):
        _display(output)


def _cells(frame: pd.DataFrame) -> list[Iterable[object]]:
    return [frame.columns, *(frame.iloc[:, place] for place in range(frame.shape[1]))]


def _texts(part: Any) -> Iterator[str]:
    """All texts of a figure: its marks, their labels and what stands beside them."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, Mapping):
        for value in part.values():
            yield from _texts(value)
    elif isinstance(part, Sequence | np.ndarray):
        for value in part:
            yield from _texts(value)


def show_page(page: Page) -> None:
    """Show the main part of the chapter's page: its finding, its main picture, its sections.

    Raises
    ------
    InputError
        If it holds codes of assessors and the edition shows no single person.
    """
    _refuse("the page", _texts(payload(page)))
    _display(page_output(page))


def page_output(page: Page) -> Shown:
    """The output that `show_page` leaves in a notebook."""
    text = "\n".join(page.said)
    return Shown({PAGE: payload(page), "text/html": str(lab_page(page)), "text/plain": text})


def table_output(table: PageTable, name: str = "") -> Shown:
    """The output that `show_table` leaves in a notebook."""
    text = f"{table.title} ({len(table.rows) + table.left_out} rows)"
    told = {**table.payload(), "name": name}
    return Shown({TABLE: told, "text/html": _lab_table(table), "text/plain": text})


def sentences_output(sentences: Sequence[str]) -> Shown:
    """The output that `show_sentences` leaves in a notebook."""
    texts = [text for text in map(clean, sentences) if text]
    listed = "\n".join(f"- {text}" for text in texts)
    data = {SENTENCES: texts, "text/html": str(sentences_html(texts)), "text/plain": listed}
    return Shown(data)


def sentences_html(sentences: Sequence[str]) -> Markup:
    """Sentences as an HTML list, escaped; nothing where there is none."""
    items = Markup("\n").join(
        Markup('<li dir="auto">{}</li>').format(escaped(text)) for text in sentences
    )
    return inside('<ul class="sentences">\n{}\n</ul>\n', items)


def figure_outputs(
    fig: Figure, table: pd.DataFrame, how_to_read: str, alt: str, name: str = ""
) -> tuple[Shown, Shown]:
    """The two outputs that `show_figure` leaves in a notebook: the figure, and what is under it."""
    title = fig.layout.title.text
    if not title:
        raise InputError("A figure needs a title that says the finding; use figures.theme.finish.")
    spec = json.loads(fig.to_json(validate=False))
    numbers = page_table(table, _NUMBERS_TITLE, max_rows=_MOST_NUMBERS)
    how = clean(how_to_read)
    notes = {"how_to_read": how, "alt": clean(alt), "table": numbers.payload(), "name": name}
    figure = {PLOTLY: {**spec, "config": _LAB_CONFIG}, "text/plain": f"Figure: {title}"}
    under = {FIGURE_NOTES: notes, "text/html": str(_lab_notes(how, numbers)), "text/plain": how}
    return Shown(figure), Shown(under)


def _display(output: Shown) -> None:
    # Imported here: the process that makes pages reads this module's types without a kernel.
    from IPython.display import display

    display(output)  # type: ignore[no-untyped-call]


def _lab_notes(how_to_read: str, numbers: PageTable) -> Markup:
    text = inside("<p><em>How to read it:</em> {}</p>\n", how_to_read)
    folded = Markup("<details><summary>{}</summary>\n{}</details>\n")
    return text + folded.format(_NUMBERS_TITLE, Markup(_lab_table(numbers)))


def _lab_table(table: PageTable) -> str:
    # JupyterLab sets every cell flush right and has no style sheet of ours. The quotes are bare,
    # which no text in a cell can be: there they are escaped.
    html = str(table_html(table)).replace(' dir="auto"', ' dir="auto" style="text-align:left"')
    html = html.replace('<th scope="col">', '<th scope="col" style="text-align:left">')
    return html.replace("<caption>", '<caption style="text-align:left;font-weight:bold">')
