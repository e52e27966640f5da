"""The main part of chapter 00's page: what to do first, and on whose answers that rests."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from strategy_lib.chapters.page import Page
from strategy_lib.chapters.prepare.page_parts import HIGHEST, more, topic, whole
from strategy_lib.chapters.prepare.priorities import FIRST, first_things
from strategy_lib.chapters.prepare.readiness import NO_ROLE
from strategy_lib.chapters.prepare.sections import apart_title, sections
from strategy_lib.chapters.result import ChapterInputs, ChapterResult
from strategy_lib.core.messages import Names, Say
from strategy_lib.plotting.pictures import Bar, Column, Grid, Picture, Row, Tone, Unknown

_MOST, _MOST_TIED = 8, 3


def page(result: ChapterResult, given: ChapterInputs, say: Say) -> Page:
    """What a leader sees of chapter 00, from its saved tables."""
    if not result["people"]:
        sees_all = given.now.restricted.edition.sees_everything
        finding = say("prepare-to-begin") if sees_all else say("prepare-nothing-shown")
        return Page(finding, sections=sections(result, say), answered=finding)
    sentences, is_fragile = [], False
    for text, is_weak in _sentences(result, given, say):
        sentences.append(text)
        is_fragile |= is_weak
    return Page(
        _finding(result, say),
        tuple(sentences[:3]),
        main=_first(result, say),
        sections=sections(result, say),
        badge=say("prepare-fragile") if is_fragile else "",
        answered=_answered(result, given, say),
    )


def _finding(result: ChapterResult, say: Say) -> str:
    ranked = result["priorities"]
    if ranked.empty:
        return say("prepare-finding-no-order")
    chosen = first_things(ranked)
    if chosen.empty:
        tied = int(((ranked["rank"] <= FIRST) & (ranked["median"] > 0)).sum())
        if not tied:
            return say("prepare-finding-no-gap", of=len(ranked))
        return say("prepare-finding-too-many", tied=tied, of=len(ranked), first=FIRST)
    names = [topic(name) for name in chosen.loc[chosen["rank"] == chosen["rank"].min(), _NAME]]
    if len(names) == 1:
        return say("prepare-finding-first", task=names[0], of=len(ranked))
    if len(names) <= _MOST_TIED and sum(len(name.split()) for name in names) <= _MOST_WORDS:
        return say("prepare-finding-tie", tied=len(names), tasks=Names(names))
    return say("prepare-finding-tie-many", tied=len(names), task=names[0])


_NAME = "recommendation"
_MOST_WORDS = 11


def _sentences(result: ChapterResult, given: ChapterInputs, say: Say) -> Iterable[tuple[str, bool]]:
    """Sentences, the most weighty first, each with whether it says that the order is weak."""
    yield _answered(result, given, say), False
    chosen = first_things(result["priorities"])
    if len(chosen):
        if chosen["answers"].max() == 1:
            yield say("prepare-one-person"), True
        elif shaky := int((chosen["n_drops_without"].fillna(0) > 0).sum()):
            yield say("prepare-shaky", shaky=shaky, chosen=len(chosen)), True
        elif shaky := int((chosen["is_first_by_units"] == False).sum()):  # noqa: E712
            yield say("prepare-shaky-way", shaky=shaky, chosen=len(chosen)), True
    yield from ((text, False) for text in _nobody(result, given, say))
    if apart := apart_title(result, say):
        yield say("prepare-stop", sentence=apart), False


def _answered(result: ChapterResult, given: ChapterInputs, say: Say) -> str:
    """How many people of how many offices answered, and where nobody was asked."""
    people, by_kind = result["people"], result["answers_by_kind"]
    fewest = given.now.restricted.edition.fewest_people
    if people < fewest:
        return say("prepare-answered-few", fewest=fewest)
    counts = by_kind[["n_answered", "n_silent", "n_not_asked"]]
    if counts.empty or counts.isna().any(axis=None):
        return say("prepare-answered-people", people=people)
    answered, silent, not_asked = (int(n) for n in counts.sum())
    about = {"people": people, "answered": answered, "offices": answered + silent + not_asked}
    if silent:
        return say("prepare-answered-silent", silent=silent, not_asked=not_asked, **about)
    if not_asked:
        return say("prepare-answered", not_asked=not_asked, **about)
    return say("prepare-answered-all", **about)


def _nobody(result: ChapterResult, given: ChapterInputs, say: Say) -> Iterable[str]:
    if not result["shows_roles"]:
        return
    nobody, of = whole(result["nobodys_job"]), len(whole(result["readiness"]))
    sees_all = given.now.restricted.edition.sees_everything
    named = [topic(name) for name in nobody.loc[nobody["why"] == NO_ROLE, _NAME]]
    silent = int((nobody["why"] != NO_ROLE).sum())
    if named:
        tasks = Names(named[:2])
        message = "prepare-nobody" if sees_all else "prepare-nobody-here"
        yield say(message, nobody=len(named), of=of, tasks=tasks)
    if silent:
        message = "prepare-silent-tasks" if sees_all else "prepare-silent-tasks-here"
        yield say(message, silent=silent, of=of)


def _first(result: ChapterResult, say: Say) -> Picture | None:
    """The recommendations by gap and importance, with who is named for them."""
    ranked = result["priorities"]
    if ranked.empty:
        return None
    rows: list[dict[str, Any]] = ranked.head(_MOST).to_dict("records")
    shows_roles = bool(result["shows_roles"]) and ranked["roles"].notna().any()
    nobody = Unknown(say("prepare-named-nobody"))
    first = {row["rank"] for row in rows[:1]}
    grid = Grid(
        (
            Column(say("prepare-main-gap"), high=HIGHEST, width="10rem"),
            Column(say("prepare-main-importance"), high=HIGHEST, width="10rem"),
            *([Column(say("prepare-main-role"))] if shows_roles else []),
        ),
        tuple(
            Row(
                topic(row[_NAME]),
                (
                    _bar(row["gap_median"], row["gap"], say),
                    _bar(row["importance_median"], row["importance"], say),
                    *([_role(row["roles"]) or nobody] if shows_roles else []),
                ),
                tone=Tone.LEAD if row["rank"] in first else "",
            )
            for row in rows
        ),
        head=say("prepare-main-task"),
        head_width="13rem",
    )
    named = sum(bool(_role(row["roles"])) for row in rows)
    title = (
        say("prepare-main", named=named, shown=len(rows))
        if shows_roles
        else say("prepare-main-no-roles", shown=len(rows))
    )
    subtitle = say("prepare-main-sub", people=int(ranked["answers"].max()))
    return Picture(title, grid, more(subtitle, len(ranked) - _MOST, say), ("first_things", "order"))


def _role(roles: object) -> str:
    return "" if pd.isna(roles) else str(roles)  # type: ignore[call-overload]


def _bar(middle: float, span: str, say: Say) -> Bar:
    said = say.number(middle, 1)
    text = said if span == said else say("prepare-number", middle=said, range=str(span))
    return Bar(text, middle)
