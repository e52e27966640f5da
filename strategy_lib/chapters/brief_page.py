"""Page one: what is asked, what people recommend, risks, money, other views, the resolution."""

from __future__ import annotations

import pandas as pd

from strategy_lib.chapters.brief_ground import Ground, text
from strategy_lib.chapters.brief_options import said_money
from strategy_lib.chapters.brief_questions import (
    LINE,
    NO_RESOLUTION,
    asked,
    first_question,
    recommendation,
)
from strategy_lib.chapters.brief_views import counted_views, dissent, risks
from strategy_lib.tables.schema import code_list

MOST_RISKS = 6
# Lines of both tables that the first sheet takes, measured on printed A4 pages.
PAGE_LINES = 41
_OPTION_WIDTH, _FIRST_WIDE = 20, 0x2E7F


def page_one(ground: Ground, table: pd.DataFrame) -> pd.DataFrame:
    """The parts of page one around the table of options, in the order in which they are read.

    The wording of the resolution and the minority view are never shortened; a recommendation
    longer than five lines is, and says so.

    Parameters
    ----------
    table : DataFrame
        From `options`.

    Returns
    -------
    DataFrame
        `part`, `text`.
    """
    row = first_question(ground)
    purpose = code_list("brief_purpose").label(text(row.get("purpose")), ground.inputs.language)
    found = risks(ground)
    rows = [
        ["Purpose", f"{purpose}: {text(row['question'])}" if row else
         "Nobody has written yet what is put to the readers."],
        ["Recommendation" if text(row.get("recommendation")) else "Open choice",
         recommendation(row)],
        ["Key risks", _risks_in_short(found)],
        ["Money", said_money(ground, table)],
        ["Minority view", minority(ground)],
        ["Resolution", text(row.get("resolution_wording")) or NO_RESOLUTION],
        ["Asked of", asked(row)],
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["part", "text"])


def _risks_in_short(found: pd.DataFrame) -> str:
    if found.empty:
        return "No risk is written down or found; that does not mean that there is none."
    said = [f"{n}. {risk.rstrip('.')}." for n, risk in enumerate(found["risk"], 1)]
    more = len(said) - MOST_RISKS
    tail = f" {more} more stand below." if more > 0 else ""
    return f"{' '.join(said[:MOST_RISKS])}{tail}"


def minority(ground: Ground) -> str:
    """The minority view for page one: the brief's own words, else the last dissent on record."""
    words, counted = text(first_question(ground).get("minority_view")), counted_views(ground)
    recorded = dissent(ground) if ground.lists_records else []
    if not words and recorded:
        words = f"{recorded[0][0]} ({recorded[0][1]})"
    if words or counted:
        return f"{words} {counted}".strip()
    return "Nobody has written down a view that differs; that does not mean that all agree."


def page_lines(page: pd.DataFrame, table: pd.DataFrame) -> int:
    """How many lines of the first sheet the two tables of page one take, about.

    Parameters
    ----------
    page, table : DataFrame
        From `page_one` and `options_in_short`. A Chinese character counts as two letters.
    """
    words = sum(_lines(said, LINE) for said in page["text"])
    return words + sum(_lines(name, _OPTION_WIDTH) for name in table["option"])


def _lines(said: object, width: int) -> int:
    columns = sum(2 if ord(letter) > _FIRST_WIDE else 1 for letter in text(said))
    return max(1, -(-columns // width))
