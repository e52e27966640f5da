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
        Whether it is what stands before a caption, such as "Table 2".
    """

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    link: str = ""
    is_label: bool = False


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
        `text`, `bullet`, `number`, `more` (a further paragraph of an item), `quote`, `code` or
        `note`.
    depth : int
        For items of lists: how many lists they stand in, less one.
    list_number : int
        For numbered items: which list it is, since each begins again at 1.
    """

    kind: str = "text"
    depth: int = 0
    list_number: int = 0


@dataclass(frozen=True)
class Cell(_Words):
    """A cell of a table; `kind` is `text`, `number` or `date`."""

    kind: str = "text"


@dataclass(frozen=True)
class Grid:
    """A table with its caption; every row has as many cells as the head, if there is one.

    In a table without a head the first column names each row.
    """

    label: str
    title: str
    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def lines(self) -> tuple[tuple[Cell, ...], ...]:
        """Its head, if there is one, and its rows."""
        return (self.head, *self.rows) if self.head else self.rows
