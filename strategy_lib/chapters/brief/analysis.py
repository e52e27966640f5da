"""Chapter 08: what is decided, who does what by when, from the other chapters' saved results."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from strategy_lib.chapters.brief import coverage, first_sheet, layout, sources, tables, views, words
from strategy_lib.chapters.brief.context import Context, text
from strategy_lib.chapters.brief.events import events
from strategy_lib.chapters.brief.options import is_fragile, options, options_in_short, said_money
from strategy_lib.chapters.brief.questions import first_question, questions
from strategy_lib.chapters.brief.readiness import first_things, levels, said_first, said_levels
from strategy_lib.chapters.result import ChapterInputs, ChapterResult
from strategy_lib.chapters.wording import NOT_LISTED, joined, listed, number
from strategy_lib.editions.contracts import coded, in_words
from strategy_lib.editions.results import SavedChapter
from strategy_lib.editions.snapshot import Snapshot
from strategy_lib.schema.schema import code_list

_ON_PAGE_ONE = ("asked", "choice", "views")
_ORDER = (*_ON_PAGE_ONE, "actions", "owners", "first", "decisions", "coverage", "chapters")
SINGLE_RECORDS = ("actions", "owners", "decisions", "coverage", "events")


def analyse(given: ChapterInputs) -> ChapterResult:
    """Everything that chapter 08 shows, from its own tables and what other chapters saved."""
    return analyse_brief(given.now, given.chapters)


def analyse_brief(inputs: Snapshot, chapters: Mapping[str, SavedChapter]) -> ChapterResult:
    """Everything that chapter 08 shows.

    Parameters
    ----------
    inputs : Snapshot
        What the edition may show of the brief's own tables.
    chapters : mapping of str to SavedChapter
        Saved results of the other chapters of the same edition; any of them may be missing.

    Returns
    -------
    ChapterResult
        Its `given["standing"]` is the bottom line without what is put to the readers, which
        stands on page one.
    """
    context = Context(inputs, sources.resting_on(chapters))
    made = _tables(context)
    findings = _findings(context, made)
    order = [name for name in _ORDER if name not in _unsaid(made)]
    return ChapterResult(
        tables=made,
        bottom_line=joined(findings[name] for name in order),
        findings=findings,
        notes=_notes(context, made),
        said={
            "options_note": words.said_options_note(made["options"], inputs.currency),
            "money": said_money(context, made["options"]),
        },
        shown=_shown(context, made),
        given={
            "as_of": inputs.as_of,
            "standing": joined(findings[name] for name in order if name not in _ON_PAGE_ONE),
        },
    )


def _unsaid(made: Mapping[str, pd.DataFrame]) -> set[str]:
    """Findings of chapters that are not there, which another sentence names already."""
    return {"first"} if made["first_things"].empty else set()


def _tables(context: Context) -> dict[str, pd.DataFrame]:
    first = first_question(context)
    compared = options(context, text(first.get("chapter")))
    covered = coverage.coverage(context)
    facts = sources.facts(context)
    return {
        "page_one": first_sheet.page_one(context, compared),
        "page_one_options": options_in_short(context, compared),
        "options": compared,
        "questions": _questions(context),
        "risks": views.risks(context),
        "views": views.views(context),
        "actions": tables.actions(context),
        "actions_incomplete": tables.incomplete_actions(context),
        "actions_by_owner": tables.actions_by_owner(context),
        "actions_by_status": tables.status_counts(context),
        "decisions": tables.decisions(context),
        "first_things": first_things(context),
        "readiness": levels(context),
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
        "page_one": layout.in_lines(made["page_one"]),
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
    return {
        "scenarios": sources.from_chapter(
            context, "04", "cards", "scenario", "story", "driven_by", "follows", "nearly_breaks",
            "agreed_by",
        ),
        "scenario_scores": sources.scenario_scores(context),
        "scenario_options": in_words(
            sources.from_chapter(
                context, "04", "kinds", "option", "kind", "assessors_say", "largest_regret",
                "fails_in", "leads_in",
            ),
            {"kind": coded("option_kind")},
            context.inputs.language,
        ),
        "signposts": sources.from_chapter(
            context, "04", "signposts", "observable", "points_to", "threshold", "status",
            "last_observation", "seen_at", "is_overdue", "owner_role",
        ),
    }  # fmt: skip


def _questions(context: Context) -> pd.DataFrame:
    """All that is put to the readers, in full."""
    frame = questions(context)
    labels = code_list("brief_purpose")
    frame["purpose"] = [labels.label(text(p), context.inputs.language) for p in frame["purpose"]]
    columns = ["purpose", "question", "recommendation", "recommended_by", "resolution_wording",
               "asked_of", "decision_by", "risks", "minority_view", "minority_view_by"]  # fmt: skip
    return frame[[name for name in columns if context.can_show("brief", name)]]


def _findings(context: Context, made: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    row = first_question(context)
    purpose = code_list("brief_purpose").label(text(row.get("purpose")), context.inputs.language)
    findings = {
        "asked": words.said_asked(row, purpose),
        "choice": words.said_choice(row),
        "options": words.said_options(made["options"], is_fragile(context)),
        "risks": words.said_risks(made["risks"]),
        "views": words.said_views(made["views"]),
        "actions": words.said_actions(made["actions"], made["actions_by_status"]),
        "owners": words.said_owners(
            made["actions"],
            made["actions_incomplete"],
            shows_owner=context.can_show("actions", "owner_role"),
        ),
        "by_owner": "Who has how many actions, by status" if len(made["actions"]) else "",
        "decisions": words.said_decisions(made["decisions"]),
        "coverage": words.said_coverage(
            made["coverage"], shows_owner=context.can_show("recommendation_answers", "owner_role")
        )
        if context.lists_records
        else NOT_LISTED,
        "first": said_first(made["first_things"]),
        "readiness": said_levels(made["readiness"]),
        "scores": words.said_scores(made["option_scores"]),
        "spread": words.said_spread(made["option_spread"]),
        "scenario_scores": words.said_lowest(made["scenario_scores"]),
        "scenarios": words.said_scenarios(
            made["scenarios"],
            context.saved("04").table("kinds", "option", "kind"),
            made["scenario_scores"].shape[1] - 1,
        ),
        "chapters": words.said_chapters(made["chapters"]),
        "facts": words.said_facts(made["facts"]),
        "events": words.said_events(made["calendar"]),
        "answers": _answered(context),
    }
    return (
        findings if context.lists_records else findings | dict.fromkeys(SINGLE_RECORDS, NOT_LISTED)
    )


def _answered(context: Context) -> str:
    """Who has answered, as the chapters say it."""
    said = [context.chapters[name].answered for name in sorted(context.chapters)]
    return " ".join(dict.fromkeys(sentence for sentence in said if sentence))


def _notes(context: Context, made: Mapping[str, pd.DataFrame]) -> tuple[str, ...]:
    notes = [
        "The workbook recommends nothing. A recommendation here is what the authors named beside "
        "it wrote; without one, the choice is open.",
        "Numbers come from the saved results of the chapters of this edition.",
        words.said_page(first_sheet.page_lines(made["page_one"], made["page_one_options"])),
    ]
    others = sources.other_days(context)
    if others:
        notes.append(
            f"Saved for another day than this brief: chapter {listed(others, 8)}. Run the "
            "workbook to make all of one day."
        )
    unknown = coverage.unknown_recommendations(context)
    if unknown and context.lists_records:
        notes.append(f"Not in the guide, and counted nowhere: recommendation {listed(unknown, 6)}.")
    withheld = context.inputs.restricted.withheld_count
    if withheld:
        notes.append(
            f"{number(withheld, 'record was', 'records were')} withheld before anything "
            "was computed."
        )
    return joined([*notes, context.inputs.sealed])
