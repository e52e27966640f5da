"""Sheets to print for a workshop: code cards, scoring cards, matrix sheets, blank tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from strategy_lib.schema.reference import reference
from strategy_lib.schema.schema import code_list
from strategy_lib.workshop.facilitator_texts import SheetText

BLANK_CODES = 12
_BLANK_FUTURES = 5
_CODE = "My code: ________"
_SURE = "Write the most likely score, and beside it a (sure), b (fairly) or c (hardly): 7 b."
_EVIDENCE = "What anybody could look at"
_STARTING = {
    "presence_options": "presence_options",
    "criteria": "presence_criteria",
    "strategic_options": "scenario_options",
    "scenario_names": "scenario_names",
    "descriptors": "scenario_descriptors",
    "descriptor_states": "scenario_states",
}


@dataclass(frozen=True)
class Page:
    """One thing to print: a table, cards, or labelled lines to write on.

    Attributes
    ----------
    headings, rows : tuple
        A table; an empty cell is there to be written in.
    is_grid : bool
        Whether the cells are for single numbers, below short headings.
    cards : tuple of str
        Texts of cards that are cut apart.
    fields : tuple of str
        Labels, each with `lines` empty lines below.
    """

    title: str
    lead: str = ""
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    is_grid: bool = False
    cards: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    lines: int = 0

    @property
    def style(self) -> str:
        """How wide the columns are: the first one of a grid, the last one of notes."""
        if self.headings[-1:] in (("Why",), (_EVIDENCE,)):
            return "notes"
        return "grid" if self.is_grid else ""


@dataclass(frozen=True)
class Sheet:
    """Pages of one kind, with what the facilitator should know about them."""

    kind: str
    title: str
    note: str
    pages: tuple[Page, ...]


class Lists:
    """What was entered, else the lists that the workbook starts with."""

    def __init__(self, frames: Mapping[str, pd.DataFrame]) -> None:
        self.frames = frames

    def __getitem__(self, table: str) -> pd.DataFrame:
        frame = self.frames.get(table)
        if frame is None or frame.empty:
            frame = reference(_STARTING[table]) if table in _STARTING else pd.DataFrame()
        return frame.sort_values("position", kind="stable") if "position" in frame else frame


def sheet_of(text: SheetText, lists: Lists) -> Sheet:
    """One sheet as the chapter's text asks for it."""
    pages = tuple(_PAGES[text.kind](text, lists))
    return Sheet(text.kind, text.title, text.note, pages)


def _codes(_: SheetText, lists: Lists) -> Iterator[Page]:
    frame = lists["assessors"]
    codes = [] if frame.empty else [str(c) for c in frame["assessor_id"].dropna()]
    listed = codes or [f"A{number:02}" for number in range(1, BLANK_CODES + 1)]
    lead = "" if codes else "No assessor is listed yet; these codes are a proposal."
    yield Page("", lead, cards=tuple(sorted(listed)))


def _anchors(_: SheetText, lists: Lists) -> Iterator[Page]:
    ways = code_list("direction")
    rows = tuple(
        (
            f"{number}. {_text(r, 'question') or _text(r, 'name')} "
            f"{ways.label(_text(r, 'direction'))}.",
            *(_text(r, f"anchor_{mark}") for mark in (0, 5, 10)),
        )
        for number, r in enumerate(lists["criteria"].to_dict("records"), 1)
    )
    yield Page(
        "", headings=("Question", "0 looks like", "5 looks like", "10 looks like"), rows=rows
    )


def _scoring(_: SheetText, lists: Lists) -> Iterator[Page]:
    options = lists["presence_options"].to_dict("records")
    criteria = lists["criteria"].to_dict("records")
    named = "; ".join(f"{_text(o, 'option_id')} {_text(o, 'name')}" for o in options)
    rows = tuple(
        (f"{number}. {_text(r, 'name')}", *("" for _ in range(len(options) + 1)))
        for number, r in enumerate(criteria, 1)
    )
    headings = ("Criterion", "Weight", *(_text(o, "option_id") for o in options))
    yield Page("", f"{_CODE} {_SURE} {named}.", headings, rows, is_grid=True)


def _levels(_: SheetText, __: Lists) -> Iterator[Page]:
    frame = reference("readiness_levels").sort_values("position", kind="stable")
    levels = code_list("readiness_level").codes
    scale = tuple((c.label(), c.description) for c in levels)
    yield Page("The levels", headings=("Level", "What it means"), rows=scale)
    rows = tuple(
        (_text(r, "recommendation_id"), _text(r, "title"), *("" for _ in levels), "")
        for r in frame.to_dict("records")
    )
    headings = ("No.", "Recommendation", *(c.code for c in levels), _EVIDENCE)
    yield Page("My levels", f"{_CODE} Office: ________________", headings, rows)


def _states(_: SheetText, lists: Lists) -> Iterator[Page]:
    states = lists["descriptor_states"]
    rows = tuple(
        (
            f"{number}. {_text(d, 'name')}",
            "; ".join(
                _text(s, "name")
                for s in states[states["descriptor_id"] == d["descriptor_id"]].to_dict("records")
            ),
        )
        for number, d in enumerate(lists["descriptors"].to_dict("records"), 1)
    )
    yield Page("", headings=("Descriptor", "Its states"), rows=rows)


def _matrix(text: SheetText, lists: Lists) -> Iterator[Page]:
    """Blocks as in the panel: the row acts on the column."""
    states = lists["descriptor_states"]
    width = 1 + max(states["descriptor_id"].value_counts(), default=3)
    blank = tuple("" for _ in range(width))
    for number in range(text.rows):
        title = "How does ____________________ (row) act on ____________________ (column)?"
        lead = _CODE if number == 0 else ""
        headings = ("Row \\ column", *blank[1:])
        yield Page(title, lead, headings, (blank,) * (width - 1), is_grid=True)


def _options(_: SheetText, lists: Lists) -> Iterator[Page]:
    options = [_text(r, "name") for r in lists["strategic_options"].to_dict("records")]
    named = [_text(r, "name") for r in lists["scenario_names"].to_dict("records")]
    futures = named or [""] * _BLANK_FUTURES
    rows = tuple((name, *("" for _ in futures)) for name in options)
    yield Page("", f"{_CODE} {_SURE}", ("Option", *futures), rows, is_grid=True)


def _table(text: SheetText, _: Lists) -> Iterator[Page]:
    blank = tuple("" for _ in text.columns)
    yield Page("", headings=text.columns, rows=(blank,) * text.rows)


def _fields(text: SheetText, _: Lists) -> Iterator[Page]:
    yield Page("", fields=text.fields, lines=text.lines)


def _text(row: Mapping[Any, Any], name: str) -> str:
    value = row.get(name)
    return "" if value is None or pd.isna(value) else str(value)


_PAGES = {
    "codes": _codes,
    "anchors": _anchors,
    "scoring": _scoring,
    "states": _states,
    "levels": _levels,
    "matrix": _matrix,
    "options": _options,
    "table": _table,
    "fields": _fields,
}
