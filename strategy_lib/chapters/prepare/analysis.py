"""Chapter 00: who we are, who has answered, and how ready we are."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd

from strategy_lib.chapters.prepare import hub_questions, readiness, tables
from strategy_lib.chapters.prepare.context import Context, context_of
from strategy_lib.chapters.prepare.flows import contradictions, flows
from strategy_lib.chapters.prepare.memory import (
    knowledge_by_kind,
    one_keeper,
    said_readers,
    turnover,
    turnover_by_year,
)
from strategy_lib.chapters.prepare.priorities import first_things, in_order, priorities
from strategy_lib.chapters.prepare.secondments import Matched, match_secondments
from strategy_lib.chapters.result import ChapterInputs, ChapterResult
from strategy_lib.core.messages import Names, say

_THEMES = {
    "money": "theme 3.1 investment & finance",
    "technology": "theme 3.2 technology",
    "partners": "theme 3.3 Chinese non-governmental actors",
    "united_nations": "theme 3.4 global governance & UN",
}
# Saved tables of levels, by parts of the guide.
PARTS = {
    "readiness_organisation": (
        "Global China strategy",
        "Internal processes, people & skills",
        "Communications",
    ),
    "readiness_together": ("Collectively",),
    "readiness_themes": tuple(_THEMES.values()),
}
# One heat map each: of so few rows that its numbers can be read on a printed page.
DRAWN = {
    "strategy": ("Global China strategy",),
    "inside": ("Internal processes, people & skills", "Communications"),
    "together": ("Collectively",),
    **{name: (theme,) for name, theme in _THEMES.items()},
}


def analyse(given: ChapterInputs) -> ChapterResult:
    """Everything that chapter 00 shows; it has no parameters of its own."""
    context = context_of(given.now)
    matched = match_secondments(context)
    levels = readiness.cells(context)
    answered = context.judged[context.judged["level"].notna()]
    return ChapterResult(
        tables=_tables(context, levels, matched),
        notes=_notes(context, matched),
        said={"readers": said_readers(context)},
        shown=_by_part(context, levels, DRAWN),
        given={
            "people": answered["assessor_id"].nunique(),
            "shows_roles": context.can_show("readiness", "owner_role") and context.lists_records,
        },
    )


def _tables(context: Context, levels: pd.DataFrame, matched: Matched) -> dict[str, pd.DataFrame]:
    whole = readiness.readiness(context)
    ranked = priorities(context)
    questions = hub_questions.hub_questions(context.inputs, context.as_of)
    by_theme = hub_questions.questions_by_theme(questions)
    register = hub_questions.data_register(context.inputs)
    return {
        "answers": tables.answers(context),
        "answers_by_kind": tables.answers_by_kind(context),
        "levels": tables.level_anchors(context.language),
        "readiness": whole,
        **_by_part(context, levels, PARTS),
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


def _by_part(
    context: Context, levels: pd.DataFrame, parts: Mapping[str, Collection[str]]
) -> dict[str, pd.DataFrame]:
    """Levels of each part, by the groups of the guide that it holds."""
    group = levels["recommendation_id"].map(context.items.set_index("recommendation_id")["group"])
    return {
        part: levels[group.isin(list(names))].reset_index(drop=True)
        for part, names in parts.items()
    }


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
