"""Chapter 09: what has changed since last time, and whether we would decide the same again."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from strategy_lib.chapters.annual import (
    answers,
    boards,
    facts,
    followup,
    forecasts,
    harm,
    judgements,
    states,
    words,
)
from strategy_lib.chapters.annual import inputs as changes
from strategy_lib.chapters.annual.context import NO_LONGER_SHOWN, Context
from strategy_lib.chapters.annual.ranking import Ranking, ranking_of
from strategy_lib.chapters.annual.scenarios import ScenarioChange, future_shares, scenario_change
from strategy_lib.chapters.annual.why import Why, why_it_moved
from strategy_lib.chapters.registry import chapter_named
from strategy_lib.chapters.result import ChapterInputs, ChapterResult
from strategy_lib.chapters.wording import joined
from strategy_lib.core.messages import say
from strategy_lib.editions.results import BrokenResultError, SavedChapter
from strategy_lib.protocol.reading import read_protocol

PRESENCE = chapter_named("presence").name


def analyse(given: ChapterInputs) -> ChapterResult:
    """Everything that chapter 09 shows; its parameters are `draws` and `seed`.

    Without a cycle before nothing is compared, and what is due, late or old is shown all the same.
    """
    return _analysed(given, **given.parameters)


def _analysed(given: ChapterInputs, draws: int = 10_000, seed: int = 20260101) -> ChapterResult:
    context = Context(given.now, given.before, given.chapters, given.chapters_before)
    saved, broken = _saved_shares(context)
    why = _why(context, saved, draws, seed)
    futures = scenario_change(context)
    made = {**_tables(context), **_why_tables(why)}
    made |= harm.harm_tables(context, read_protocol(given.protocol))
    made |= {"scenarios": futures.scenarios, "scenario_cells": futures.cells}
    made["future_shares"] = future_shares(context)
    made["counts"] = _counts(context, futures)
    counted = answers.answered_counts(made["office_changes"])
    said = say("annual-answered", year=context.years[0], **counted) if counted else ""
    return ChapterResult(
        tables=made,
        findings={"answers": said},
        notes=joined(
            (
                *words.notes(context, draws, seed, is_split=why is not None),
                *words.unread(context),
                broken,
            )
        ),
        given={
            "years": context.years,
            "lead_before": why.lead_before if why else 0.0,
            "lead_now": why.lead_now if why else 0.0,
            "compared": tuple(map(_compared, (context.saved_before, context.saved_now))),
        },
    )


def _why(context: Context, saved: dict[str, float], draws: int, seed: int) -> Why | None:
    if context.before is None:
        return None
    ranking = ranking_of(context.before.restricted, context.now.restricted, draws, seed)
    if ranking is None or not _may_split(context, ranking):
        return None
    return why_it_moved(ranking, _names(context, ranking), saved, context.fewest)


def _may_split(context: Context, ranking: Ranking) -> bool:
    """Whether each group of people whose part is told apart is as large as the edition asks for."""
    had, has = (side["assessors"] for side in (ranking.rooms.had, ranking.rooms.has))
    groups = (int((had & has).sum()), int((had & ~has).sum()), int((has & ~had).sum()))
    return all(count == 0 or count >= context.smallest for count in groups)


def _names(context: Context, ranking: Ranking) -> dict[str, str]:
    """Names of options; one that only the earlier cycle shows may be withheld now."""
    options, has = ranking.rooms.now.options, ranking.rooms.has["options"]
    names: dict[str, str] = {}
    for code, name, is_now in zip(ranking.options, options["name"], has, strict=True):
        shown = str(name) if is_now or context.edition.sees_everything else NO_LONGER_SHOWN
        names[code] = f"{shown} ({code})" if shown in names.values() else shown
    return names


def _saved_shares(context: Context) -> tuple[dict[str, float], str]:
    """Code of an option -> share (%) in which it came first on last cycle's page; what is wrong."""
    saved = context.saved_before.get(PRESENCE)
    if saved is None:
        return {}, ""
    try:
        ranks = saved.table("ranks", "option", "rank_1_pct")
    except BrokenResultError as error:
        return {}, words.ranking_unread(context, error.fault)
    shown = pd.to_numeric(ranks["rank_1_pct"], errors="coerce")
    if not shown.between(0, 100).all():
        where = {"file": f"{saved.name}/ranks.csv", "column": "rank_1_pct"}
        fault = say("annual-note-bad-shares", **where)
        return {}, words.ranking_unread(context, fault)
    shares = dict(zip(ranks["option"].astype(str), shown.astype(float), strict=True))
    options = context.table("presence_options", now=False)
    named = zip(options["option_id"], options["name"], strict=True)
    return {str(code): shares[name] for code, name in named if name in shares}, ""


def _compared(chapters: Mapping[str, SavedChapter]) -> frozenset[str] | None:
    """Names of the options that a cycle's page compares; None where nothing tells."""
    saved = chapters.get(PRESENCE)
    if saved is None:
        return None
    try:
        return frozenset(saved.table("ranks", "option")["option"].astype(str)) or None
    except BrokenResultError:
        return None


def _tables(context: Context) -> dict[str, pd.DataFrame]:
    moved = boards.boards(context)
    return {
        "offices": answers.offices(context),
        "office_changes": answers.office_changes(context),
        "assessors": answers.assessors(context),
        "changed_rows": changes.changed_rows(context),
        "measures": changes.measures(context),
        "bottom_lines": bottom_lines(context),
        "decisions": followup.decisions(context),
        "readiness": judgements.readiness(context),
        "weights": judgements.weights(context),
        "unmet": states.unmet(context),
        "moved_states": states.moved_states(context),
        "signs": states.signs(context),
        "boards": moved,
        "boards_by_kind": boards.board_counts(context, moved),
        "actions": followup.actions(context),
        "actions_by_fate": followup.actions_by_fate(context),
        "again": followup.again(context),
        "again_in_words": followup.again_in_words(context),
        **forecasts.forecast_tables(context),
        "ages": facts.ages(context),
        "past_shelf_life": facts.past(context),
        "changed_since_guide": facts.changed_since_guide(),
        "one_person": facts.one_person(context),
        "one_person_by_kind": facts.one_person_by(context, "kind"),
        "one_person_by_unit": facts.one_person_by(context, "unit"),
    }


def bottom_lines(context: Context) -> pd.DataFrame:
    """What each chapter's page said first, then and now.

    Returns
    -------
    DataFrame
        `chapter`, `then`, `now`; of chapters that both cycles saved. Empty in an edition from which
        anything may be withheld: last year's sentence may name what has been withheld since.
    """
    rows = []
    chapters = context.saved_now if context.edition.sees_everything else {}
    for name, chapter in chapters.items():
        old = context.saved_before.get(name)
        if old is not None and chapter.bottom_line and old.bottom_line:
            rows.append([chapter.title, old.bottom_line[0], chapter.bottom_line[0]])
    return pd.DataFrame(rows, columns=["chapter", "then", "now"]).astype("str")


def _why_tables(why: Why | None) -> dict[str, pd.DataFrame]:
    names = ("standing", "contributions", "by_option", "tests", "parts", "cells", "lead")
    return {f"why_{name}": getattr(why, name) if why else pd.DataFrame() for name in names}


def _counts(context: Context, futures: ScenarioChange) -> pd.DataFrame:
    """Of how many things each finding is, where no other table tells; a row, or none."""
    row = {
        "conditions": states.count_conditions(context),
        "watched": states.count_watched(context),
        "held": facts.count_held(context),
        "futures_before": futures.before,
        "futures_now": futures.now,
        "futures_why_not": futures.why_not,
    }
    made = pd.DataFrame([row]).astype({"futures_before": "Int64", "futures_now": "Int64"})
    return context.listed(made)
