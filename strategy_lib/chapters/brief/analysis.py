"""Chapter 08: what is decided, who does what by when, from the other chapters' saved results."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from strategy_lib.chapters.brief import coverage, layout, sources, tables, views
from strategy_lib.chapters.brief.context import Context, text
from strategy_lib.chapters.brief.engagement import engagement, incomes
from strategy_lib.chapters.brief.events import events
from strategy_lib.chapters.brief.options import lead, options
from strategy_lib.chapters.brief.questions import asked_in_full, first_question
from strategy_lib.chapters.brief.readiness import first_things, levels
from strategy_lib.chapters.result import ChapterInputs, ChapterResult
from strategy_lib.chapters.wording import joined
from strategy_lib.core.messages import Names, Say
from strategy_lib.editions.contracts import coded, in_words


def analyse(given: ChapterInputs) -> ChapterResult:
    """Everything that chapter 08 shows, from its own tables and what other chapters saved.

    Saved results of any chapter may be missing.
    """
    context = Context(given.now, sources.resting_on(given.chapters))
    say = Say(given.now.language)
    made = _tables(context, say)
    return ChapterResult(
        tables=made,
        findings={"answers": _answered(context)},
        notes=_notes(context, say),
        shown=_shown(context, made),
        given={"as_of": given.now.as_of},
    )


def _tables(context: Context, say: Say) -> dict[str, pd.DataFrame]:
    compared = options(context, text(first_question(context).get("chapter")))
    covered = coverage.coverage(context)
    facts = sources.facts(context)
    return {
        "questions": asked_in_full(context),
        "options": compared,
        "lead": lead(context, compared),
        "risks": views.risks(context, say),
        "views": views.views(context, say),
        "actions": tables.actions(context),
        "actions_incomplete": tables.incomplete_actions(context),
        "actions_by_owner": tables.actions_by_owner(context),
        "actions_by_status": tables.status_counts(context),
        "decisions": tables.decisions(context),
        "first_things": first_things(context),
        "readiness": levels(context),
        "engagement": engagement(context),
        "incomes": incomes(context),
        "coverage": covered,
        "coverage_by_group": coverage.coverage_by_group(context, covered),
        "option_scores": sources.option_scores(context, "median", compared["option"]),
        "option_spread": sources.option_scores(context, "spread", compared["option"]),
        **_scenario_tables(context),
        "chapters": sources.chapters_read(context),
        "facts": facts,
        "sources": sources.sources(facts),
        "calendar": events(context),
    }


def _shown(context: Context, made: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    return {
        "questions": layout.in_rows(made["questions"], layout.QUESTION_PARTS, "Question"),
        "chapters": layout.chapters(made["chapters"]),
        "first_things": layout.first_things(made["first_things"]),
        "plan": layout.plan(made["actions"]),
        "timeline": layout.timeline(made["actions"]),
        "answered": layout.answered(made["coverage"]),
        "unanswered": layout.unanswered(made["coverage"]),
        "decisions": layout.in_rows(made["decisions"], layout.DECISION_PARTS, "Decision"),
        "scenario_ranges": sources.scenario_ranges(context),
    }


def _scenario_tables(context: Context) -> dict[str, pd.DataFrame]:
    def saved(name: str, *columns: str) -> pd.DataFrame:
        return sources.from_chapter(context, "scenarios", name, *columns)

    story = ("scenario", "story", "driven_by", "follows", "nearly_breaks", "agreed_by")
    kinds = ("option", "kind", "assessors_say", "largest_regret", "fails_in", "leads_in")
    watched = ("observable", "points_to", "threshold", "status", "last_observation", "seen_at")
    return {
        "scenarios": saved("cards", *story),
        "scenario_scores": sources.scenario_scores(context),
        "scenario_shares": saved("future_shares", "scenario", "share_pct", "in_median"),
        "scenario_read": saved("read_options", "option", "good_pct", "fails_pct", "mean_score"),
        "scenario_falls_short": saved("falls_short", "option", "scenario"),
        "scenario_options": in_words(
            saved("kinds", *kinds), {"kind": coded("option_kind")}, context.inputs.language
        ),
        "signposts": saved("signposts", *watched, "is_overdue", "owner_role"),
    }


def _answered(context: Context) -> str:
    """Who has answered, as the chapters say it."""
    said = [context.chapters[name].answered for name in sorted(context.chapters)]
    return " ".join(dict.fromkeys(sentence for sentence in said if sentence))


def _notes(context: Context, say: Say) -> tuple[str, ...]:
    notes = [say("brief-note-words"), say("brief-note-numbers")]
    if others := sources.other_days(context):
        notes.append(say("brief-note-other-day", chapters=Names(others, 8)))
    unknown = coverage.unknown_recommendations(context)
    if unknown and context.lists_records:
        notes.append(say("brief-note-not-in-guide", numbers=Names(unknown, 6)))
    if withheld := context.inputs.restricted.withheld_count:
        notes.append(say("brief-note-withheld", records=withheld))
    return joined([*notes, context.inputs.sealed])
