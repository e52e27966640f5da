"""Page one: what is asked, what people recommend, risks, money, other views, the resolution."""

from __future__ import annotations

import pandas as pd

from strategy_lib.chapters.brief.context import Context, text
from strategy_lib.chapters.brief.options import options_in_short, said_money
from strategy_lib.chapters.brief.questions import (
    IN_FULL,
    NO_RESOLUTION,
    asked,
    cut,
    first_question,
    lines_of,
    recommendation,
)
from strategy_lib.chapters.brief.views import counted_views, dissent, risks
from strategy_lib.chapters.wording import number
from strategy_lib.schema.schema import code_list

MOST_RISKS = 5
# Lines of both tables that the first sheet takes, measured on printed A4 pages.
PAGE_LINES = 41
RESOLUTION, MINORITY = "Resolution", "Minority view"
# Lines that each part may have where the sheet is too short for all, and where the rest stands.
_SHORTENED = {
    "Purpose": (4, IN_FULL),
    "Key risks": (3, IN_FULL),
    "Asked of": (2, IN_FULL),
    "Money": (3, IN_FULL),
    MINORITY: (4, "Who sees it differently"),
}
_FEWEST = 5
_OPTION_WIDTH = 34


def page_one(context: Context, compared: pd.DataFrame) -> pd.DataFrame:
    """The parts of page one around the table of options, in the order in which they are read.

    Wordings are whole as long as the sheet has room. Where it has not, the longest are cut
    after some lines, the resolution last, and each says where it stands word for word.

    Parameters
    ----------
    compared : DataFrame
        From `options`.

    Returns
    -------
    DataFrame
        `part`, `text`; one row for each of the key risks.
    """
    made, table = _whole(context, compared), options_in_short(context, compared)
    if page_lines(made, table) <= PAGE_LINES:
        return made
    short = [
        cut(words, *_SHORTENED[part]) if part in _SHORTENED else words
        for part, words in made.to_numpy().tolist()
    ]
    made = made.assign(text=short)
    over = page_lines(made, table) - PAGE_LINES
    if over > 0:
        made["text"] = [
            cut(words, max(lines_of(words) - over, _FEWEST), IN_FULL)
            if part == RESOLUTION
            else words
            for part, words in made.to_numpy().tolist()
        ]
    return made


def _whole(context: Context, compared: pd.DataFrame) -> pd.DataFrame:
    row = first_question(context)
    purpose = code_list("brief_purpose").label(text(row.get("purpose")), context.inputs.language)
    rows = [
        ["Purpose", f"{purpose}: {text(row['question'])}" if row else
         "Nobody has written yet what is put to the readers."],
        ["Recommendation" if text(row.get("recommendation")) else "Open choice",
         recommendation(row)],
        *(["Key risks", risk] for risk in _risks_in_short(risks(context))),
        ["Money", said_money(context, compared)],
        [MINORITY, minority(context)],
        [RESOLUTION, text(row.get("resolution_wording")) or NO_RESOLUTION],
        ["Asked of", asked(row)],
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["part", "text"])


def _risks_in_short(found: pd.DataFrame) -> list[str]:
    if found.empty:
        return ["No risk is written down or found; that does not mean that there is none."]
    # Many risks begin with a count: a bracket keeps their numbers apart from it.
    said = [f"({n}) {risk.rstrip('.')}." for n, risk in enumerate(found["risk"], 1)]
    more = len(said) - MOST_RISKS
    rest = [f"{number(more, 'more risk stands', 'more risks stand')} below."] if more > 0 else []
    return said[:MOST_RISKS] + rest


def minority(context: Context) -> str:
    """The minority view for page one: the brief's own words, else the last dissent on record."""
    row, counted = first_question(context), counted_views(context)
    words, by, where = text(row.get("minority_view")), text(row.get("minority_view_by")), ""
    recorded = dissent(context) if context.lists_records else []
    if not words and recorded:
        words, where, by = recorded[0]
    said_by = by if context.can_show("brief", "minority_view_by") else ""
    if words and (told := "; ".join(filter(None, (said_by, where)))):
        words = f"{words} ({told})"
    if words or counted:
        return f"{words} {counted}".strip()
    return "Nobody has written down a view that differs; that does not mean that all agree."


def page_lines(page: pd.DataFrame, table: pd.DataFrame) -> int:
    """How many lines of the first sheet the two tables of page one take, about.

    Parameters
    ----------
    page, table : DataFrame
        From `page_one` and `options_in_short`.
    """
    words = sum(lines_of(said) for said in page["text"])
    return words + sum(lines_of(name, _OPTION_WIDTH) for name in table["option"])
