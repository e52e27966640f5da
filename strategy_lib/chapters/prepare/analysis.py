"""Chapter 00: who we are, who has answered, and how ready we are."""

from __future__ import annotations

import pandas as pd

from strategy_lib.chapters.prepare import hub_questions, readiness, tables
from strategy_lib.chapters.prepare.context import Context, context_of
from strategy_lib.chapters.prepare.flows import contradictions, flows
from strategy_lib.chapters.prepare.memory import (
    chinese_readers,
    knowledge_by_kind,
    one_keeper,
    turnover,
    turnover_by_year,
)
from strategy_lib.chapters.prepare.priorities import first_things, in_order, priorities
from strategy_lib.chapters.prepare.secondments import Matched, match_secondments
from strategy_lib.chapters.result import ChapterInputs, ChapterResult
from strategy_lib.core.messages import Names, say
from strategy_lib.editions.snapshot import Snapshot

# Saved tables of levels, by parts of the guide.
PARTS = {
    "organisation": (
        "Global China strategy",
        "Internal processes, people & skills",
        "Communications",
    ),
    "together": ("Collectively",),
}
THEMES = "themes"
# One heat map each: of so few rows that its numbers can be read on a printed page.
DRAWN = {
    "strategy": ("Global China strategy",),
    "inside": ("Internal processes, people & skills", "Communications"),
    "together": ("Collectively",),
    "money": ("theme 3.1 investment & finance",),
    "technology": ("theme 3.2 technology",),
    "partners": ("theme 3.3 Chinese non-governmental actors",),
    "united_nations": ("theme 3.4 global governance & UN",),
}


def analyse(given: ChapterInputs) -> ChapterResult:
    """Everything that chapter 00 shows; it has no parameters of its own."""
    return analyse_prepare(given.now)


def analyse_prepare(inputs: Snapshot) -> ChapterResult:
    """Everything that chapter 00 shows, from what the edition may see."""
    context = context_of(inputs)
    matched = match_secondments(context)
    made = _tables(context, matched)
    levels = _drawn(context)
    return ChapterResult(
        tables=made,
        notes=_notes(context, matched),
        said={"readers": _said_readers(context) if context.lists_records else ""},
        shown=levels,
        given={
            "people": _people(context),
            "shows_roles": context.can_show("readiness", "owner_role") and context.lists_records,
        },
    )


def _people(context: Context) -> int:
    """Assessors who answered anything, in what the edition shows."""
    return context.judged.loc[context.judged["level"].notna(), "assessor_id"].nunique()


def _tables(context: Context, matched: Matched) -> dict[str, pd.DataFrame]:
    levels, whole = readiness.cells(context), readiness.readiness(context)
    ranked = priorities(context)
    questions = hub_questions.hub_questions(context.inputs, context.as_of)
    by_theme = hub_questions.questions_by_theme(questions)
    register = hub_questions.data_register(context.inputs)
    return {
        "answers": tables.answers(context),
        "answers_by_kind": tables.answers_by_kind(context),
        "levels": tables.level_anchors(context.language),
        "readiness": whole,
        **{f"readiness_{part}": _part(context, levels, part) for part in (*PARTS, THEMES)},
        "disagreements": readiness.disagreements(context),
        "nobodys_job": readiness.nobodys_job(whole),
        "without_role": readiness.without_role(context),
        "overdue": readiness.overdue(context),
        "first_things": first_things(ranked),
        "priorities": ranked,
        "order": in_order(ranked),
        "values": tables.values(context),
        "value_grid": tables.value_grid(context),
        "value_matters": tables.value_matters(context),
        "hub": tables.functions(context),
        "hub_questions": questions,
        "questions_by_theme": by_theme,
        "data_register": register,
        "hub_findings": hub_questions.hub_findings(questions, by_theme, register),
        "flows": flows(context),
        "flow_contradictions": contradictions(context),
        "one_keeper": one_keeper(context),
        "knowledge_by_kind": knowledge_by_kind(context),
        "turnover": turnover(context),
        "turnover_by_year": turnover_by_year(context),
        "secondments": matched.matches,
        "secondment_pairs": matched.pairs,
        "secondments_left": matched.unmatched,
    }


def _part(context: Context, levels: pd.DataFrame, part: str) -> pd.DataFrame:
    """Levels of one part of the guide."""
    groups = context.items.set_index("recommendation_id")["group"]
    of_row = levels["recommendation_id"].map(groups)
    named = {group for groups in PARTS.values() for group in groups}
    chosen = of_row.isin(PARTS[part]) if part in PARTS else ~of_row.isin(list(named))
    return levels[chosen].reset_index(drop=True)


def _drawn(context: Context) -> dict[str, pd.DataFrame]:
    """Levels of each part of the guide that is drawn by itself."""
    levels = readiness.cells(context)
    groups = context.items.set_index("recommendation_id")["group"]
    of_row = levels["recommendation_id"].map(groups)
    return {
        part: levels[of_row.isin(names)].reset_index(drop=True) for part, names in DRAWN.items()
    }


def _said_readers(context: Context) -> str:
    """Whether somebody who reads Chinese holds knowledge at global or regional level [9]."""
    held, wide, told, pieces = chinese_readers(context)
    if not pieces:
        return ""
    return say("prepare-readers", held=held, wide=wide, told=told, pieces=pieces)


def _notes(context: Context, matched: Matched) -> tuple[str, ...]:
    edition = context.inputs.edition
    sees_all = edition.sees_everything
    notes = [say("prepare-note-levels"), say("note-shows-all" if sees_all else "note-shows-some")]
    if not context.lists_records:
        notes.append(say("prepare-note-groups", smallest=edition.smallest_group))
    elif not context.shows_people:
        notes.append(say("prepare-note-people", fewest=context.fewest))
    if context.lists_records:
        if context.unknown_ids:
            notes.append(say("prepare-note-unknown", numbers=Names(list(context.unknown_ids))))
        if matched.past:
            notes.append(say("prepare-note-past", secondments=matched.past))
    if withheld := context.inputs.withheld_count:
        notes.append(say("note-withheld", records=withheld))
    return tuple(notes)
