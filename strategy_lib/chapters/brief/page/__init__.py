"""The main part of chapter 08's page: what is decided by whom and when, and what bears on it."""

from __future__ import annotations

import re

import pandas as pd

from strategy_lib.chapters.brief.context import NOBODY, text
from strategy_lib.chapters.brief.page.next_steps import change
from strategy_lib.chapters.brief.page.options import costs, firm, options_picture
from strategy_lib.chapters.brief.page.people import differs, why
from strategy_lib.chapters.codes import Answer
from strategy_lib.chapters.page import Page
from strategy_lib.chapters.result import ChapterInputs, ChapterResult
from strategy_lib.chapters.short_names import short_names
from strategy_lib.core.messages import Argument, Money, MoneyRange, Names, Say

_END = re.compile(r"(?<=[.?!])\s+|(?<=[。？！])")
# What is asked stands in the heading where the whole of it is as short as this.
_MOST_WORDS, _MOST_LETTERS = 20, 100


def page(result: ChapterResult, given: ChapterInputs, say: Say) -> Page:
    """What a leader sees of chapter 08, from its saved tables."""
    short = short_names(given.now.restricted, "presence_options")
    if _is_empty(result):
        return Page(say("brief-to-begin"))
    sections = (
        why(result, say),
        firm(result, say, short),
        costs(result, given, say, short),
        differs(result, say),
        change(result, say),
    )
    said = (_lead(result, say, short), _money(result, given, say), _late(result, say))
    return Page(
        _finding(result, say),
        tuple(filter(None, said)),
        options_picture(result, given, say, short),
        tuple(section for section in sections if section),
    )


def _is_empty(result: ChapterResult) -> bool:
    entered = ("questions", "options", "views", "actions", "decisions", "scenario_scores")
    has_counts = len(result.tables["actions_by_status"]) > 0
    return not has_counts and all(result.tables[name].empty for name in entered)


def _finding(result: ChapterResult, say: Say) -> str:
    if result.tables["questions"].empty:
        return say("brief-finding-no-question")
    row = result.tables["questions"].iloc[0]
    purpose, whom = text(row["purpose_code"]) or "decide", text(row.get("asked_of"))
    whom = whom or say("brief-nobody-named")
    asks = [part for part in _END.split(" ".join(text(row["question"]).split())) if part][-1:]
    given = row.get("decision_by")
    day = None if given is None or pd.isna(given) else given.date()
    if asks:
        about: dict[str, Argument] = {"purpose": purpose, "whom": whom, "question": asks[0]}
        said = (
            say("brief-finding-asked", day=day, **about)
            if day
            else say("brief-finding-asked-no-day", **about)
        )
        if len(said.split()) <= _MOST_WORDS and len(asks[0]) <= _MOST_LETTERS:
            return said
    if day:
        return say("brief-finding-long", purpose=purpose, whom=whom, day=day)
    return say("brief-finding-long-no-day", purpose=purpose, whom=whom)


def _is_fragile(result: ChapterResult) -> bool:
    return bool((result.tables["lead"]["is_fragile"] == Answer.YES).any())


def _lead(result: ChapterResult, say: Say, short: dict[str, str]) -> str:
    """Which option comes first most often, and whether that is firm; no verdict."""
    options = result.tables["options"]
    if options.empty:
        return ""
    ranked = options[options["first_pct"].notna()]
    if ranked.empty:
        return say("brief-lead-nobody", options=len(options))
    first = ranked["first_pct"].max()
    leads = [short.get(o, o) for o in ranked.loc[ranked["first_pct"] == first, "option"]]
    counts = {"times": round(first), "compared": len(ranked)}
    if len(leads) > 1:
        return say("brief-lead-tied", options=Names(leads), **counts)
    found = result.tables["lead"].iloc[0]
    if not _is_fragile(result):
        return say("brief-lead", option=leads[0], **counts)
    if not found["tests"]:
        return say("brief-lead-fragile-untold", option=leads[0], **counts)
    return say(
        "brief-lead-fragile",
        option=leads[0],
        failed=int(found["tests_failed"]),
        tests=int(found["tests"]),
        **counts,
    )


def _money(result: ChapterResult, given: ChapterInputs, say: Say) -> str:
    """What the options cost, from the cheapest to the dearest, against the budget."""
    options, plan = result.tables["options"], given.now.presence
    priced = options["cost_p50"].dropna()
    if priced.empty:
        return say("brief-money-nobody", options=len(options)) if len(options) else ""
    low, high, currency = priced.min(), priced.max(), given.now.currency
    spread = Money(low, currency) if low == high else MoneyRange(low, high, currency)
    about: dict[str, Argument] = {"range": spread, "priced": len(priced), "years": plan.years}
    if plan.budget is None:
        return say("brief-money", **about)
    over = int((priced > plan.budget).sum())
    return say(
        "brief-money-budget", over=over, budget=Money(plan.budget, given.now.currency), **about
    )


def _late(result: ChapterResult, say: Say) -> str:
    """How many actions are late, and how many are nobody's job."""
    actions = result.tables["actions"]
    if actions.empty:
        return ""
    late = int((actions["is_overdue"] == Answer.YES).sum())
    unowned = int((actions["owner"] == NOBODY).sum())
    if not late and not unowned:
        return ""
    return say("brief-late", late=late, unowned=unowned, all=len(actions))
