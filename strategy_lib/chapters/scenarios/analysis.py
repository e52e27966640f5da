"""Chapter 04: which of our options hold up across different futures."""

from __future__ import annotations

from strategy_lib.chapters.result import ChapterInputs, ChapterResult
from strategy_lib.chapters.scenarios import words
from strategy_lib.chapters.scenarios.tables import Context, context_of, tables_of
from strategy_lib.chapters.wording import joined, listed, number
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
        notes=(*_notes(context), answers),
        said={
            "rule_of_kinds": words.said_rule_of_kinds(settings),
            "plausible": words.said_plausible(context.futures.plausible),
        },
        given={
            "nearest": next(iter(made["distances"]["scenario"]), ""),
            "problem": context.futures.problem,
            # With codes, for trying out other judgements.
            "matrix": context.influences.matrix,
        },
    )


def _notes(context: Context) -> tuple[str, ...]:
    influences, restricted = context.influences, context.inputs
    notes = [
        "Nothing here says which future will come, or what to choose: it shows what follows from "
        "what people judged, and what would change it.",
        "The room's value of a cell is the median of what people said; between two whole numbers, "
        "the weaker one. An empty cell is not a zero: the starting matrix stands in, and for a "
        "single person's the room's value.",
        words.said_basis(influences),
    ]
    if influences.system.is_starting_list:
        notes.append(
            "No descriptors have been entered: those of the workbook's starting list are used."
        )
    for names, why in (
        (influences.system.left_out, "fewer than two states"),
        (influences.uncovered, "cells that nobody has judged"),
    ):
        if names:
            notes.append(f"Left out for {why}: {listed(list(names), 6)}.")
    if influences.beyond:
        cells = number(influences.beyond, "judgement lies", "judgements lie")
        notes.append(f"{cells} outside -3 to 3; used as given, but perhaps a typing error.")
    if not restricted.edition.shows_people:
        records = "" if context.lists_records else " and lists no single record"
        notes.append(
            f"This edition shows no single assessor's judgement{records}; a cell counts if "
            f"{influences.fewest} people judged it."
        )
    if restricted.withheld_count:
        withheld = number(restricted.withheld_count, "record was", "records were")
        notes.append(f"{withheld} withheld before anything was computed.")
    return joined(notes)
