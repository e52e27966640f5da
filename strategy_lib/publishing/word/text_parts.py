"""Paragraphs and tables of a document, whatever its format."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Run:
    """A stretch of text that looks the same.

    Attributes
    ----------
    link : str
        Address that may be followed.
    is_label : bool
        Whether it is what stands before a heading, such as the number of a table.
    shade : str
        Step of the shades of heat maps that it stands on, `s0` to `s4`; blanks show it, or with
        `limit` the frame of a limit.
    """

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    link: str = ""
    is_label: bool = False
    shade: str = ""


@dataclass(frozen=True)
class _Words:
    """Runs that stand together."""

    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Paragraph(_Words):
    """A paragraph of a text or an item of a list.

    Attributes
    ----------
    kind : str
        `text`, `heading`, `top` (a sentence under the title), `bullet`, `number`, `more` (a further
        paragraph of an item), `quote`, `code` or `note`.
    depth : int
        For headings: their level on the page. For items of lists: how many lists they stand in,
        less one.
    list_number : int
        For numbered items: which list it is, since each begins again at 1.
    """

    kind: str = "text"
    depth: int = 0
    list_number: int = 0


@dataclass(frozen=True)
class Cell(_Words):
    """A cell of a table.

    Attributes
    ----------
    kind : str
        `text`, `number`, `date` or `center`.
    shade : str
        Step of the shades of a heat map, `s0` to `s4`.
    is_limit : bool
        Whether it crosses a limit.
    span : int
        How many columns it takes; those after the first stand in their row as empty cells.
    """

    kind: str = "text"
    shade: str = ""
    is_limit: bool = False
    span: int = 1


@dataclass(frozen=True)
class Grid:
    """A table; every row has as many cells as the head, if there is one.

    In a table without a head the first column names each row.

    Attributes
    ----------
    has_caption : bool
        Whether its title stands above it, and not only in the words for those who do not see it.
    """

    title: str
    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    has_caption: bool = True

    @property
    def lines(self) -> tuple[tuple[Cell, ...], ...]:
        """Its head, if there is one, and its rows."""
        return (self.head, *self.rows) if self.head else self.rows
