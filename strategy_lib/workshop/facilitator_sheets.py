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
    cards : tuple of str
        Texts of cards that are cut apart.
    fields : tuple of str
        Labels, each with `lines` empty lines below.
    """

    title: str
    lead: str = ""
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    cards: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    lines: int = 0

    @property
    def has_notes(self) -> bool:
        """Whether sentences are written into the last column."""
        return self.headings[-1:] in (("Why",), (_EVIDENCE,))


@dataclass(frozen=True)
class Sheet:
    """Pages of one kind, with what the facilitator should know about them."""

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
    return Sheet(text.title, text.note, pages)


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
            _text(r, "name"),
            _text(r, "question"),
            ways.label(_text(r, "direction")),
            *(_text(r, f"anchor_{mark}") for mark in (0, 5, 10)),
        )
        for r in lists["criteria"].to_dict("records")
    )
    headings = (
        "Criterion",
        "Question",
        "Direction",
        "0 looks like",
        "5 looks like",
        "10 looks like",
    )
    yield Page("", headings=headings, rows=rows)


def _scoring(_: SheetText, lists: Lists) -> Iterator[Page]:
    criteria = [_text(r, "name") for r in lists["criteria"].to_dict("records")]
    headings = ("Criterion", "Lowest", "Most likely", "Highest", "Why")
    for row in lists["presence_options"].to_dict("records"):
        title = f"{_text(row, 'option_id')} {_text(row, 'name')}"
        blank = tuple((name, "", "", "", "") for name in criteria)
        yield Page(title, f"{_text(row, 'description')} My code: ________", headings, blank)


def _weights(_: SheetText, lists: Lists) -> Iterator[Page]:
    rows = tuple(
        (_text(r, "name"), _text(r, "anchor_0"), _text(r, "anchor_10"), "")
        for r in lists["criteria"].to_dict("records")
    )
    yield Page(
        "", "My code: ________", ("Criterion", "0 looks like", "10 looks like", "Points"), rows
    )


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
    yield Page("My levels", "My code: ________  Office: ________________", headings, rows)


def _matrix(_: SheetText, lists: Lists) -> Iterator[Page]:
    descriptors = lists["descriptors"].to_dict("records")
    states = lists["descriptor_states"]
    own = {
        _text(d, "descriptor_id"): states[states["descriptor_id"] == d["descriptor_id"]]
        for d in descriptors
    }
    for source in descriptors:
        code = _text(source, "descriptor_id")
        columns = tuple(_text(s, "name") for s in own[code].to_dict("records"))
        rows = tuple(
            (_text(target, "name"), _text(state, "name"), *("" for _ in columns))
            for target in descriptors
            if target is not source
            for state in own[_text(target, "descriptor_id")].to_dict("records")
        )
        lead = "If the column is so: does it promote (+) or restrict (-) the row? My code: ________"
        yield Page(_text(source, "name"), lead, ("Descriptor", "State", *columns), rows)


def _options(_: SheetText, lists: Lists) -> Iterator[Page]:
    options = [_text(r, "name") for r in lists["strategic_options"].to_dict("records")]
    for row in lists["scenario_names"].to_dict("records"):
        blank = tuple((name, "", "", "", "") for name in options)
        headings = ("Option", "Lowest", "Most likely", "Highest", "Why")
        yield Page(_text(row, "name"), "My code: ________", headings, blank)


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
    "weights": _weights,
    "levels": _levels,
    "matrix": _matrix,
    "options": _options,
    "table": _table,
    "fields": _fields,
}
