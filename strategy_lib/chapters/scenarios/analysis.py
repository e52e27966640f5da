"""Chapter 04: which of our options hold up across different futures."""

from __future__ import annotations

from strategy_lib.chapters.result import ChapterInputs, ChapterResult
from strategy_lib.chapters.scenarios import words
from strategy_lib.chapters.scenarios.plausible import MATRICES, SEED
from strategy_lib.chapters.scenarios.tables import context_of, tables_of
from strategy_lib.core.messages import Number, say
from strategy_lib.editions.snapshot import Snapshot


def analyse(given: ChapterInputs) -> ChapterResult:
    """Everything that chapter 04 shows; it has no parameters."""
    return analyse_scenarios(given.now)


def analyse_scenarios(inputs: Snapshot) -> ChapterResult:
    """Everything that chapter 04 shows, from what the edition may see."""
    settings = inputs.scenarios
    context = context_of(inputs.restricted, settings, inputs.as_of, inputs.language)
    made = tables_of(context)
    answers = words.said_answers(
        context.influences, context.scores, context.inputs["assessors"]["assessor_id"].nunique()
    )
    return ChapterResult(
        tables=made,
        findings={"answers": answers},
        notes=(*words.notes(context), answers),
        said={
            "rule_of_kinds": say(
                "scenarios-note-kinds",
                enough=Number(settings.good_enough),
                behind=Number(settings.tolerance),
            ),
            "plausible": context.futures.plausible.problem
            or say("scenarios-note-plausible", times=MATRICES, seed=str(SEED)),
        },
        given={
            "nearest": next(iter(made["distances"]["scenario"]), ""),
            "problem": context.futures.problem,
            # With codes, for trying out other judgements.
            "matrix": context.influences.matrix,
        },
    )
