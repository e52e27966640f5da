"""What the pictures of a page hold: plain data, drawn as HTML tables with marks in their cells.

A picture is a table that also shows: its text is complete without the marks, so that it is read
aloud, copied and printed as it stands. What it means is said by a fill, a line or a sign and never
by a colour alone: a line with end caps is disagreement, hatching is unknown, a dashed orange line
is a limit, round dots are people.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from typing import Any, TypeAlias


class Tone(StrEnum):
    """What the colour of a mark means."""

    LEAD = "lead"
    """Leads, ours, passed: blue."""
    OTHER = "other"
    """Everything else: grey."""
    LIMIT = "limit"
    """A limit crossed, late, a gap: orange."""


class Sign(StrEnum):
    """State of something, as a sign beside its word."""

    YES = "yes"
    NO = "no"
    NEAR = "near"
    ALARM = "alarm"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Bar:
    """A bar from 0, with its number in words.

    Attributes
    ----------
    text : str
        The number as it is printed.
    value : float
        Where it ends, on the column's scale.
    more : float
        How far a second, lighter part goes on from there.
    is_hatched : bool
        Whether it stands for something that is not known.
    """

    text: str
    value: float
    more: float = 0.0
    tone: str = ""
    is_hatched: bool = False


@dataclass(frozen=True)
class Range:
    """A line from lowest to highest with end caps, and a dot at the middle: how far apart."""

    text: str
    low: float
    middle: float
    high: float
    tone: str = ""


@dataclass(frozen=True)
class Dots:
    """People, one round dot each: those counted filled, the others hollow."""

    text: str
    count: int
    of: int = 0
    tone: str = ""


@dataclass(frozen=True)
class State:
    """A state as sign and word."""

    text: str
    sign: str


@dataclass(frozen=True)
class Shade:
    """A cell of a heat map: the darker, the better for us; its own number is printed.

    Attributes
    ----------
    step : int
        0 (white) to 4 (darkest).
    is_apart : bool
        Whether people are far apart on it.
    is_limit : bool
        Whether it crosses a limit: outlined in orange.
    """

    text: str
    step: int
    is_apart: bool = False
    is_limit: bool = False


@dataclass(frozen=True)
class Unknown:
    """A cell that nobody has filled: hatched, with the reason in words."""

    text: str


Cell: TypeAlias = str | Bar | Range | Dots | State | Shade | Unknown


@dataclass(frozen=True)
class Column:
    """A column of a picture.

    Attributes
    ----------
    head : str
        Short heading.
    note : str
        A second, smaller line of the heading, such as the ends of the scale.
    low, high : float
        Ends of the scale on which bars and ranges are drawn; `high` 0 for the largest drawn.
    limit : float or None
        Where a dashed orange line stands; its name belongs into the note.
    align : str
        `start`, `end` (numbers) or `center`.
    width : str
        CSS width such as `5rem`; empty: what is left.
    letter : str
        What stands for the heading on a phone, with a key under the table.
    is_optional : bool
        Whether it is left out on a phone.
    """

    head: str
    note: str = ""
    low: float = 0.0
    high: float = 0.0
    limit: float | None = None
    align: str = "start"
    width: str = ""
    letter: str = ""
    is_optional: bool = False


@dataclass(frozen=True)
class Row:
    """A row of a picture: its head, and a cell a column.

    Attributes
    ----------
    group : str
        Heading under which it stands; said once where it changes.
    note : str
        A quiet second line under its head.
    tone : str
        Tone of its marks that have none of their own; of a `lead` the head is bold.
    """

    head: str
    cells: tuple[Cell, ...]
    group: str = ""
    note: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Grid:
    """Rows by columns, with a mark in each cell: bars, ranges, heat maps, states, plain words.

    Attributes
    ----------
    head : str
        Heading of the row heads.
    head_width : str
        CSS width of the row heads.
    legend : tuple of (str, str)
        Look (`lead`, `soft`, `other`, `limit`, `hatch`, `s0` to `s4`) and what it means.
    stacks : bool
        Whether on a phone each row becomes a block of its own, heading above cells; tables of many
        words do, heat maps with letters don't.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    head: str = ""
    head_width: str = ""
    legend: tuple[tuple[str, str], ...] = ()
    stacks: bool = False


@dataclass(frozen=True)
class Tile:
    """One place of a tile map.

    Attributes
    ----------
    column, row : int
        Where it lies, from 0.
    step : int
        Shade, 0 to 4.
    edge : str
        `limit` for an orange outline, `unknown` for a dashed grey one, `both` for a dashed
        orange one.
    """

    name: str
    text: str
    column: int
    row: int
    step: int = 0
    edge: str = ""


@dataclass(frozen=True)
class Tiles:
    """A map of tiles of one size, about where the places lie; every name is legible."""

    tiles: tuple[Tile, ...]
    legend: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Quotes:
    """What people said, in their own words, with who and when."""

    quotes: tuple[tuple[str, str], ...]


Drawing: TypeAlias = Any
"""A grid, tiles, quotes, or what another module registers."""


@dataclass(frozen=True)
class Picture:
    """A drawing with its finding.

    Attributes
    ----------
    title : str
        The finding as a sentence of 20 words at most.
    subtitle : str
        What is measured, its unit, both ends of the scale and which is better, of how many people.
    tables : tuple of str
        Outputs of the chapter that hold its numbers, linked under it.
    """

    title: str
    drawing: Drawing
    subtitle: str = ""
    tables: tuple[str, ...] = ()


def steps(
    values: Mapping[Any, float], *, low: float, high: float, is_reversed: bool
) -> dict[Any, int]:
    """Shades 0 to 4 of values on a scale; reversed where a low number is better.

    Examples
    --------
    >>> steps({"a": 0, "b": 5, "c": 10}, low=0, high=10, is_reversed=True)
    {'a': 4, 'b': 2, 'c': 0}
    """
    width = (high - low) or 1.0

    def step(value: float) -> int:
        share = min(max((value - low) / width, 0.0), 1.0)
        return min(int((1.0 - share if is_reversed else share) * 5), 4)

    return {key: step(value) for key, value in values.items()}


_KINDS: dict[str, type] = {
    kind.__name__: kind
    for kind in (
        *(Bar, Range, Dots, State, Shade, Unknown),
        *(Column, Row, Grid, Tile, Tiles, Quotes, Picture),
    )
}


def register(kind: type) -> type:
    """Let a dataclass of another module travel in a payload; a decorator."""
    _KINDS[kind.__name__] = kind
    return kind


def payload(value: Any) -> Any:
    """A picture, or what holds pictures, as plain JSON; `from_payload` reads it."""
    if is_dataclass(value) and not isinstance(value, type):
        given = {f.name: payload(getattr(value, f.name)) for f in fields(value)}
        return {"kind": type(value).__name__, **given}
    if isinstance(value, Mapping):
        return {str(key): payload(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [payload(item) for item in value]
    return value


def from_payload(value: Any) -> Any:
    """What `payload` made JSON of."""
    if isinstance(value, Mapping):
        given = {key: from_payload(item) for key, item in value.items() if key != "kind"}
        return _KINDS[value["kind"]](**given) if "kind" in value else given
    if isinstance(value, list):
        return tuple(map(from_payload, value))
    return value
