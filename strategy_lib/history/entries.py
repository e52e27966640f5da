"""Decisions as the institutional memory keeps them: what they are made of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd

from strategy_lib.chapters.registry import CHAPTERS
from strategy_lib.core.audiences import Edition
from strategy_lib.core.messages import say
from strategy_lib.inputs.checks.locations import row_dicts
from strategy_lib.schema.name_keys import name_key
from strategy_lib.schema.schema import code_list

EDITION = Edition("history", "Institutional memory", "restricted", "The coordinator")
NOT_RECORDED = say("history-not-recorded")
SHOWN_PROBLEMS = 3
SHORT = 4
CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
TITLES = {chapter.number: chapter.title for chapter in CHAPTERS}
OPTIONS = ("presence_options", "strategic_options")
Frames = Mapping[str, pd.DataFrame]
Cycles = Mapping[int, Frames]
Row = Mapping[Any, Any]


@dataclass(frozen=True)
class Outcome:
    """One thing that became of a decision.

    Attributes
    ----------
    kind : str
        What it is about: `Action`, `Review`, `Same again?`, `Conditions`, `Carried out`,
        `Aftercare` or `Record`.
    state : str
        How it stands in a word or two, such as `late`, `overdue`, `broken`.
    details : tuple of str
        Further lines, people's words among them.
    """

    kind: str
    state: str
    text: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entry:
    """One decision with its story over the years.

    Attributes
    ----------
    code : str
        Code of the decision; of a case, `CASE · DECISION`.
    source : str
        `decisions`, `case_decisions`, or `record` for a sealed record that no table holds.
    years : tuple of int
        Cycles in which it stands.
    subject : str
        What a later decision must share to count as a second look: the case, or the question.
    day : date or None
        Day of the decision; None where nobody entered one that can be read.
    refused : tuple of str
        What was not taken, and why, as far as it is on record.
    dissents : tuple of str
        People's words as they stand, and who said them where that is on record.
    counterparts, themes, countries : tuple of str
        What it is about: as entered, and as named in its words.
    also : tuple of str
        Other names of those, to find it by.
    story : tuple of str
        What was changed in it from cycle to cycle.
    record : str
        File name of its sealed record; empty where it has none.
    """

    code: str
    source: str
    years: tuple[int, ...]
    subject: str
    title: str
    kind: str
    decision: str
    day: date | None
    decided_by: str
    chapter: str = ""
    chosen: str = ""
    reasons: str = ""
    refused: tuple[str, ...] = ()
    conditions: str = ""
    dissents: tuple[str, ...] = ()
    review_date: date | None = None
    counterparts: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    became: tuple[Outcome, ...] = ()
    story: tuple[str, ...] = ()
    record: str = ""
    handling: str = ""
    not_for_mainland: bool = False

    @property
    def words(self) -> str:
        """Everything that people wrote in it, as one text."""
        own = (self.code, self.title, self.decision, self.decided_by, self.reasons, self.chosen)
        return "\n".join((*own, *self.refused, self.conditions, *self.dissents, *self.story))


@dataclass(frozen=True)
class History:
    """Decisions of a workspace, oldest first; those without a day stand before them.

    Attributes
    ----------
    entries : tuple of Entry
        Those that were asked for.
    every : tuple of Entry
        All.
    years : tuple of int
        Cycles that were read.
    problems : tuple of str
        Cycles that could not be read, and what is wrong with records, in sentences.
    asked : tuple of (str, str)
        What was asked for, such as `("counterpart", "ICBC")`.
    """

    entries: tuple[Entry, ...]
    every: tuple[Entry, ...]
    organisation: str
    as_of: date
    years: tuple[int, ...]
    problems: tuple[str, ...] = ()
    asked: tuple[tuple[str, str], ...] = ()

    def names(self, what: str) -> dict[str, list[Entry]]:
        """Each of the `counterparts`, `themes` or `countries` -> decisions about it."""
        found: dict[str, list[Entry]] = {}
        for entry in self.every:
            for name in getattr(entry, what):
                found.setdefault(name, []).append(entry)
        return dict(sorted(found.items(), key=lambda item: (name_key(item[0]), item[0])))


def said_of(value: Any) -> str:
    """A value as text; empty where there is none."""
    return "" if value is None else str(value).strip()


def day_in(value: Any) -> date | None:
    """The day of a value; None where it has none."""
    if isinstance(value, datetime):  # a Timestamp is one
        return value.date()
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def label_of(codes: str, value: Any) -> str:
    """Label of a code."""
    return code_list(codes).label(said_of(value)) if said_of(value) else ""


def rows_in(frames: Frames, table: str) -> list[dict[Any, Any]]:
    """Rows of a table; none where it is not there."""
    return row_dicts(frames[table]) if table in frames else []
