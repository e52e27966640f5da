"""Who sees it differently: would people decide the same again, and why, in their own words."""

from __future__ import annotations

import re

import pandas as pd

from strategy_lib.chapters.page import Part, Section, first_rows, section_of
from strategy_lib.chapters.result import ChapterResult
from strategy_lib.core.messages import Say
from strategy_lib.plotting.pictures import Cell, Column, Dots, Grid, Picture, Quotes, Row, Unknown

_PARTS = ("no", "unsure", "yes", "no_answer")
MOST_QUOTED = 4
# A decision's code in brackets tells decisions of one wording apart in the table.
_CODE = re.compile(r" \([^()]*\)$")


def differs(result: ChapterResult, say: Say) -> Section | None:
    """Answers by decision, and reasons; no answer and no reason stands beside a person."""
    again, words = result.tables["again"], result.tables["again_in_words"]
    if again.empty and words.empty:
        return None
    pictures = (_answers(again, say), _reasons(words, say))
    return section_of(Part.DIFFERS, say("annual-differs"), [say("annual-again-alone")], pictures)


def _answers(again: pd.DataFrame, say: Say) -> Picture | None:
    if again.empty:
        return None
    rows = [
        Row(_CODE.sub("", str(row["decision"])), tuple(_cell(row, part, say) for part in _PARTS))
        for row in again.to_dict("records")
    ]
    columns = tuple(Column(say("annual-answer", answer=part), width="18%") for part in _PARTS)
    return Picture(
        say("annual-again-title", decisions=len(again)),
        Grid(columns, first_rows(rows, say), say("annual-decision"), stacks=True),
        say("annual-again-sub"),
        ("again",),
    )


def _cell(row: dict, part: str, say: Say) -> Cell:  # type: ignore[type-arg]
    count = row[f"n_{part}"]
    if pd.isna(count):
        return Unknown(say("annual-too-few"))
    return Dots(say.number(count, 0), int(count))


def _reasons(words: pd.DataFrame, say: Say) -> Picture | None:
    if words.empty:
        return None
    shown = words.head(MOST_QUOTED)
    who = say("annual-somebody")
    quotes = tuple(
        (str(row["reason"]), str(row.get("answer") or who)) for row in shown.to_dict("records")
    )
    return Picture(
        say("annual-reasons-title", all=len(words)),
        Quotes(quotes),
        say("annual-reasons-sub", shown=len(shown), all=len(words)),
        ("again_in_words",),
    )
