"""Chapter 04: which of our options hold up across different futures."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from strategy_lib.chapters.result import ChapterInputs, ChapterResult
from strategy_lib.chapters.scenarios import option_words, words
from strategy_lib.chapters.scenarios.sets import Futures
from strategy_lib.chapters.scenarios.signposts import unwatched
from strategy_lib.chapters.scenarios.tables import Context, context_of, tables_of
from strategy_lib.chapters.wording import NOT_LISTED, joined, listed, number
from strategy_lib.editions.snapshot import Snapshot

BOTTOM_LINE = ("answers", "count", "today", "options", "kinds", "set_aside", "flips", "signposts",
               "decided")  # fmt: skip


def analyse(given: ChapterInputs) -> ChapterResult:
    """Everything that chapter 04 shows; it has no parameters."""
    return analyse_scenarios(given.now)


def analyse_scenarios(inputs: Snapshot) -> ChapterResult:
    """Everything that chapter 04 shows, from what the edition may see."""
    settings = inputs.scenarios
    context = context_of(inputs.restricted, settings, inputs.as_of, inputs.language)
    made = tables_of(context)
    findings = _findings(context, made)
    nearest = next(iter(made["distances"]["scenario"]), "")
    bottom_line = joined(findings[name] for name in BOTTOM_LINE)
    findings |= {
        "set_aside": findings["set_aside"]
        or "Named scenarios that are not counted, of those listed",
        "holds_up": f"What holds up {nearest}",
    }
    return ChapterResult(
        tables=made,
        bottom_line=bottom_line,
        findings=findings,
        notes=(*_notes(context), findings["answers"]),
        said={"rule_of_kinds": option_words.said_rule_of_kinds(settings)},
        given={
            "nearest": nearest,
            "good_enough": settings.good_enough,
            # With codes, for trying out other judgements.
            "matrix": context.influences.matrix,
        },
    )


def _findings(context: Context, made: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    futures, scores = context.futures, context.scores
    found, options = len(futures.found), len(scores.options)
    counted, scored = scores.matrix.shape[1], int(scores.matrix.notna().any(axis=0).sum())
    rests = option_words.said_rests(scores, futures, made["distances"], made["margins"])
    findings = {
        "answers": words.said_answers(
            context.influences, scores, context.inputs["assessors"]["assessor_id"].nunique()
        ),
        "count": words.said_count(futures),
        "cards": words.said_cards(futures),
        "margins": words.said_margins(made["margins"], futures),
        "near_misses": _said_near(made["near_misses"], futures),
        "today": words.said_today(futures, made["distances"]),
        "flips": words.said_flips(made["flips"], int(context.influences.others.sum()), found),
        "agreement": words.said_agreement(futures, context.people),
        "cells": words.said_cells(made["widest_cells"], context.influences),
        "options": option_words.said_options(scores, made["option_cells"], found, rests),
        "regret": option_words.said_regret(made["regret"], options, counted),
        "views": option_words.said_views(made["views"], made["robustness"], options, counted),
        "kinds": option_words.said_kinds(made["kinds"], options, scored, found),
        "set_aside": words.said_set_aside(made["set_aside"]),
        "pathways": option_words.said_pathways(made["pathways"]),
        "signposts": option_words.said_signposts(
            made["signposts"], unwatched(futures, made["signposts"])
        ),
        "decided": option_words.said_decided(made["decisions"]),
    }
    if context.lists_records:
        return findings
    hidden = ("agreement", "cells", "pathways", "signposts", "decided")
    return findings | dict.fromkeys(hidden, NOT_LISTED)


def _said_near(table: pd.DataFrame, futures: Futures) -> str:
    matrix = futures.influences.matrix
    if matrix is None or futures.problem:
        return words.said_count(futures)
    if table.empty:
        failing = f"{matrix.n_scenarios - len(futures.found):,} combinations of states that fail"
        return f"None of {failing} misses by little enough to be listed."
    least = table["shortfall"].min()
    return (
        f"{number(table['scenario'].nunique(), 'scenario misses', 'scenarios miss')} by at most "
        f"{table['shortfall'].max():g}; the nearest by {least:g}."
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
    for names, why in ((influences.system.left_out, "fewer than two states"),
                       (influences.uncovered, "cells that nobody has judged")):  # fmt: skip
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
