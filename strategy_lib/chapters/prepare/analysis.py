"""Chapter 00: who we are, who has answered, and how ready we are."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from strategy_lib.chapters.prepare import hub_questions, readiness, tables, words
from strategy_lib.chapters.prepare import practice_words as practice
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
from strategy_lib.chapters.wording import NOT_LISTED, listed, number
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
    findings = _findings(context, made, levels, matched)
    return ChapterResult(
        tables=made,
        findings=findings,
        notes=_notes(context, matched),
        said={"readers": findings["readers"]},
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


def _findings(
    context: Context,
    made: Mapping[str, pd.DataFrame],
    levels: Mapping[str, pd.DataFrame],
    matched: Matched,
) -> dict[str, str]:
    shows_practice = context.can_show("data_flows", "is_done")
    findings = {
        "answers": words.said_answers(
            made["answers"],
            made["answers_by_kind"],
            _people(context),
            context.frames["assessors"]["assessor_id"].nunique(),
        ),
        **{part: words.said_level(cells) for part, cells in levels.items()},
        "apart": words.said_apart(made["readiness"], made["disagreements"]),
        "nobody": words.said_nobody(made["nobodys_job"], context.inputs.edition.sees_everything),
        "first": words.said_first(made["priorities"]),
        "values": practice.said_values(made["value_matters"], context.lists_records),
        "hub": practice.said_hub(made["hub"]),
        "flows": practice.said_flows(made["flows"], made["flow_contradictions"], shows_practice),
        "memory": practice.said_memory(made["knowledge_by_kind"], made["one_keeper"]),
        "readers": practice.said_readers(chinese_readers(context)),
        "turnover": practice.said_turnover(made["turnover_by_year"]),
        "secondments": practice.said_secondments(matched),
    }
    if not context.can_show("readiness", "owner_role"):
        findings["nobody"] = NOT_LISTED
    if not context.lists_records:
        hidden = ("answers", "apart", "nobody", "hub", "flows", "memory", "readers", "secondments")
        findings |= dict.fromkeys(hidden, NOT_LISTED)
    return findings


def _notes(context: Context, matched: Matched) -> tuple[str, ...]:
    edition = context.inputs.edition
    sees_all = edition.sees_everything
    shown = "Whatever is entered is shown in" if sees_all else "Some of it may be withheld from"
    notes = [
        "Levels are what people say of their own office, unchecked.",
        f"{shown} this edition; everything here is computed from what it shows.",
    ]
    if not context.shows_people and context.lists_records:
        notes.append(
            f"This edition shows no single assessor's answer: what fewer than {context.fewest} "
            "people said is left out, and units with fewer are taken together."
        )
    if not context.lists_records:
        notes.append(
            f"This edition counts no group of fewer than {edition.smallest_group}, and shows no "
            "single person, unit, flow, function or piece of knowledge."
        )
    if context.unknown_ids and context.lists_records:
        which = listed(list(context.unknown_ids))
        notes.append(f"Left out: answers to numbers that the guide does not have ({which}).")
    if matched.past and context.lists_records:
        few = number(matched.past, "secondment is", "secondments are")
        notes.append(f"{few} left out because the last day has passed.")
    if context.inputs.withheld_count:
        withheld = number(context.inputs.withheld_count, "record was", "records were")
        notes.append(f"{withheld} withheld before anything was computed.")
    return tuple(notes)
