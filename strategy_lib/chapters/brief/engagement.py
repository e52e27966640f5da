"""What the optional chapters leave to be done: open questions, open answers, days that are past."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from strategy_lib.chapters.brief.context import Context
from strategy_lib.chapters.registry import CHAPTERS
from strategy_lib.editions.results import SavedChapter

COLUMNS = ["chapter", "title", "questions", "without_owner", "undecided", "past"]
# Saved table -> the column in which a role answers; empty is nobody yet.
_ANSWERED = {"funding": "answer", "joint_appearances": "answer", "technologies": "answer"}
_REVIEWED = ("partnerships", "funding")


def engagement(context: Context) -> pd.DataFrame:
    """What is left to do, by optional chapter that is in use.

    Returns
    -------
    DataFrame
        `chapter`, `title`, `questions` (open), `without_owner` (of them), `undecided` (answers
        that nobody gave, or that are typed as undecided), `past` (reviews and stop dates before
        the day of the brief); missing where the chapter asks for no answer or day. Empty where the
        edition lists no single record.
    """
    used = [
        context.saved(c.folder) for c in CHAPTERS if c.is_optional and c.name in context.chapters
    ]
    rows = [_of(saved, context.as_of) for saved in used] if context.lists_records else []
    return pd.DataFrame(rows, columns=COLUMNS).astype(dict.fromkeys(COLUMNS[2:], "Int64"))


def _of(saved: SavedChapter, as_of: pd.Timestamp) -> list[object]:
    asked = saved.table("open_questions", "question", "owner_role")
    counts = [len(asked), int(asked["owner_role"].isna().sum())]
    return [saved.number, saved.title, *counts, _undecided(saved), _past(saved, as_of)]


def _undecided(saved: SavedChapter) -> int | None:
    columns = [
        saved.table(name, column)[column]
        for name, column in _ANSWERED.items()
        if name in saved.tables
    ]
    if not columns:
        return None
    return sum(int((column.isna() | (column == "undecided")).sum()) for column in columns)


def _past(saved: SavedChapter, as_of: pd.Timestamp) -> int | None:
    days = [
        saved.table(name, "review_date")["review_date"]
        for name in _REVIEWED
        if name in saved.tables
    ]
    if not days:
        return None
    stopped = saved.table("contact_effort", "past_stop")["past_stop"]
    return sum(int((day < as_of).sum()) for day in days) + int(stopped.sum())


def incomes(context: Context) -> pd.DataFrame:
    """Ways to money that are pursued, with what each may bring in a year; nothing is netted.

    Returns
    -------
    DataFrame
        `avenue`, `option` (the presence that it goes with, if any), `p10`, `p50`, `p90` in the
        organisation's currency; ways without three amounts in it are left out.
    """
    columns = ["avenue", "option", "p10", "p50", "p90"]
    funding = context.saved("partners").table("funding", *columns, "answer", "currency")
    is_pursued = (funding["answer"] == "pursue") & (funding["currency"] == context.inputs.currency)
    made = funding.loc[is_pursued, columns].dropna(subset=columns[2:]).reset_index(drop=True)
    return made if context.lists_records else made.iloc[:0]


def spoken_to(chapters: Mapping[str, SavedChapter]) -> dict[str, str]:
    """Recommendation -> in which optional chapters rows speak to it, and how many.

    Examples
    --------
    >>> spoken_to({})
    {}
    """
    found: dict[str, list[str]] = {}
    for name in sorted(chapters):
        saved = chapters[name]
        if "addressed" in saved.tables:
            rows = saved.table("addressed", "recommendation_id", "n")
            counts = rows.astype({"recommendation_id": "str"}).groupby("recommendation_id")["n"]
            for code, count in counts.sum().items():
                found.setdefault(str(code), []).append(f"{saved.number} ({int(count)})")
    return {code: ", ".join(told) for code, told in found.items()}
