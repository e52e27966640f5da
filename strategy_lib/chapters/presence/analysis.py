"""Chapter 02: which presence in mainland China, if any, and how sure we are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from strategy_lib.chapters.codes import Answer, Compared, Verdict
from strategy_lib.chapters.decisions import decided
from strategy_lib.chapters.presence import law, tables
from strategy_lib.chapters.presence.firmness import firmness
from strategy_lib.chapters.presence.money import Money, simulate
from strategy_lib.chapters.presence.rounds import divided, moved_between_rounds
from strategy_lib.chapters.presence.what_if import NAMES, what_if_tables
from strategy_lib.chapters.result import ChapterInputs, ChapterResult
from strategy_lib.chapters.sources import entered_sources
from strategy_lib.core.audiences import Edition
from strategy_lib.core.messages import Names, say
from strategy_lib.editions.people import taken_together
from strategy_lib.editions.snapshot import Snapshot
from strategy_lib.judgements import comparison as judgement
from strategy_lib.judgements.comparison import Comparison
from strategy_lib.judgements.matrix import ScoreMatrix, score_matrix_of

# Table -> the field that says what a row is about.
SOURCED = {
    "presence_options": "name",
    "criteria": "name",
    "costs": "item",
    "currency_rates": "currency",
}
SINGLE_PEOPLE = ("first_by_assessor", "overall_by_assessor", "without_assessor", "moved")


@dataclass(frozen=True, eq=False)
class _Context:
    """What the tables are made from."""

    inputs: Snapshot
    matrix: ScoreMatrix
    compared: ScoreMatrix
    comparison: Comparison | None
    money: Money
    lines: pd.DataFrame
    states: list[Compared]

    @property
    def leader(self) -> str | None:
        """Name of the option that comes first most often."""
        if self.comparison is None:
            return None
        return self.comparison.matrix.names[self.comparison.pooled.leader]


def analyse(given: ChapterInputs) -> ChapterResult:
    """Everything that chapter 02 shows; its parameters are `draws` and `seed`."""
    return analyse_presence(given.now, **given.parameters)


def analyse_presence(inputs: Snapshot, draws: int = 10_000, seed: int = 20260101) -> ChapterResult:
    """Everything that chapter 02 shows, from what the edition may see.

    Parameters
    ----------
    draws : int
        Number of random draws behind shares and amounts.
    seed : int
        Of the random draws; the same seed gives the same numbers.
    """
    context = _context(inputs, draws, seed)
    made = _tables(context)
    if not inputs.restricted.edition.shows_people:
        made = {name: t.iloc[:0] if name in SINGLE_PEOPLE else t for name, t in made.items()}
    return ChapterResult(
        tables=made,
        notes=_notes(context, draws, seed),
        said={"fragile": say("presence-note-fragile")},
        given={"currency": inputs.currency, "budget": inputs.presence.budget},
    )


def _context(inputs: Snapshot, draws: int, seed: int) -> _Context:
    matrix = score_matrix_of(inputs.restricted)
    lines = tables.red_lines(matrix)
    states = _states(matrix, lines, law.closed_options(inputs.restricted, matrix.options))
    is_out = [state in (Compared.BEYOND, Compared.CLOSED) for state in states]
    compared = matrix.with_options(~np.array(is_out, dtype=bool))
    return _Context(
        inputs=inputs,
        matrix=matrix,
        compared=compared,
        comparison=judgement.compare(compared, draws, seed),
        money=simulate(inputs.restricted, inputs.currency, inputs.presence, draws, seed),
        lines=lines,
        states=states,
    )


def _states(matrix: ScoreMatrix, lines: pd.DataFrame, closed: set[str]) -> list[Compared]:
    """Whether each option is compared, and if not why."""
    beyond = set(lines.loc[lines["verdict"] == Verdict.BEYOND, "option"])
    codes, scored = matrix.options["option_id"], matrix.scored_by_anybody()
    return [
        Compared.BEYOND
        if name in beyond
        else Compared.CLOSED
        if code in closed
        else Compared.YES
        if is_scored
        else Compared.NOT_SCORED
        for name, code, is_scored in zip(matrix.names, codes, scored, strict=True)
    ]


def _tables(context: _Context) -> dict[str, pd.DataFrame]:
    restricted, as_of = context.inputs.restricted, context.inputs.as_of
    spread, cells = judgement.spread_tables(context.matrix)
    routes = law.routes(restricted, context.matrix.options)
    options = pd.DataFrame({"option": context.matrix.names, "state": context.states})
    firm = pd.DataFrame()
    if context.comparison is not None:
        firm = firmness(context.comparison, context.lines)
    return {
        "answers": _answers(context.matrix),
        "options": pd.concat([options, law.law_of_options(routes, context.matrix.options)], axis=1),
        "middle_scores": tables.middle_scores(context.matrix, context.compared),
        "criteria": judgement.anchors(context.matrix),
        "routes": routes,
        "conditions_of_law": law.conditions_of_law(restricted, context.matrix.options),
        "duties": law.duties(restricted, as_of),
        "red_lines": context.lines,
        "firmness": firm,
        "standing": _standing(context.leader, firm),
        **_comparison_tables(context.comparison, restricted.edition),
        "spread": spread,
        "widest_cells": cells,
        "divided_cells": divided(context.matrix),
        "overall_by_assessor": judgement.overall_by_assessor(
            context.comparison.matrix if context.comparison else context.matrix
        ),
        "moved": moved_between_rounds(restricted, context.matrix),
        "plan": _plan(context.inputs),
        "costs": context.money.totals,
        "costs_by_year": context.money.by_year,
        "cost_drivers": _drivers(context),
        "freedom": tables.freedom_beside_money(context.matrix, context.money),
        "positions": tables.positions(context.matrix.options),
        "base_rates": tables.base_rates(),
        "sources": entered_sources(restricted, SOURCED),
        "triggers": tables.terms(restricted, "trigger", as_of),
        "conditions": tables.terms(restricted, "condition", as_of),
        "exit_terms": tables.terms(restricted, "exit_term", as_of),
        "decisions": decided(restricted, "presence", as_of),
    }


def _plan(inputs: Snapshot) -> pd.DataFrame:
    """What amounts are in, over how many years, and against which budget (missing: none set)."""
    settings = inputs.presence
    row = {"currency": inputs.currency, "years": settings.years, "budget": settings.budget}
    return pd.DataFrame([row]).astype({"budget": "float64"})


def _answers(matrix: ScoreMatrix) -> pd.DataFrame:
    """By unit: how many people answered, and how much of what was asked."""
    answered = ~np.isnan(matrix.best)
    cells = max(1, matrix.best.shape[1] * matrix.best.shape[2])
    frame = pd.DataFrame({"unit": taken_together(matrix.assessors["unit"], matrix.fewest)}).assign(
        assessors=1,
        scored_pct=100 * answered.sum(axis=(1, 2)) / cells,
        gave_weights=(~np.isnan(matrix.points)).any(axis=1).astype(int),
    )
    grouped = frame.groupby("unit", sort=True)
    made = grouped.agg(
        assessors=("assessors", "sum"),
        gave_weights=("gave_weights", "sum"),
        least_scored_pct=("scored_pct", "min"),
        most_scored_pct=("scored_pct", "max"),
    )
    return made.round(0).reset_index()


def _standing(leader: str | None, firm: pd.DataFrame) -> pd.DataFrame:
    """Which option comes first most often, and whether little would change that."""
    rows = []
    if leader is not None:
        is_fragile = (firm["is_held"] == Answer.NO).any()
        rows.append([leader, Answer.YES if is_fragile else Answer.NO])
    return pd.DataFrame(rows, columns=["option", "is_fragile"])


def _comparison_tables(comparison: Comparison | None, edition: Edition) -> dict[str, pd.DataFrame]:
    if comparison is None:
        empty = pd.DataFrame()
        made = (
            "ranks",
            "first_counts",
            "first_by_assessor",
            "first_by_unit",
            "favouring_weights",
            "flips",
            "without_criterion",
            "without_assessor",
            "worth_asking",
            *NAMES,
        )
        return dict.fromkeys(made, empty)
    matrix, names = comparison.matrix, comparison.matrix.names
    criteria = [str(name) for name in matrix.criteria["name"]]
    scoring = np.flatnonzero((~np.isnan(matrix.best)).any(axis=(1, 2)))
    people = list(matrix.assessors["assessor_id"].iloc[scoring])
    return {
        "ranks": judgement.rank_table(comparison.pooled, names),
        "first_counts": tables.first_counts(comparison, edition),
        "first_by_assessor": judgement.first_table(comparison.by_assessor, names),
        "first_by_unit": judgement.first_table(comparison.by_unit, names).assign(
            people=pd.Series(comparison.people_of_unit)
        ),
        "favouring_weights": judgement.favouring_weights(comparison),
        "flips": judgement.flip_table(comparison),
        "without_criterion": judgement.left_out_table(
            comparison.without_criterion, criteria, names
        ),
        "without_assessor": judgement.left_out_table(comparison.without_assessor, people, names),
        "worth_asking": judgement.worth_asking(comparison),
        **what_if_tables(comparison),
    }


def _drivers(context: _Context) -> pd.DataFrame:
    """What drives the cost of the option that comes first most often, else of the first priced."""
    drivers = context.money.drivers
    priced = list(context.money.totals["option"])
    if not priced:
        return drivers
    shown = context.leader if context.leader in priced else priced[0]
    return drivers[drivers["option"] == shown].reset_index(drop=True)


def _notes(context: _Context, draws: int, seed: int) -> tuple[str, ...]:
    matrix, comparison, inputs = context.matrix, context.comparison, context.inputs.restricted
    notes = [
        say("presence-note-no-choice"),
        say("presence-note-chance", times=draws, seed=str(seed)),
        say("presence-note-fragile"),
    ]
    if comparison is not None:
        if comparison.certain:
            notes.append(say("presence-note-certain", scores=comparison.certain))
        if alike := judgement.alike_criteria(comparison):
            notes.append(say("presence-note-alike", criteria=Names(alike), count=len(alike)))
        if pairs := len(comparison.never_scored):
            notes.append(say("presence-note-unscored", pairs=pairs, fewest=matrix.fewest))
    if not inputs.edition.shows_people:
        notes.append(say("presence-note-people", fewest=matrix.fewest))
    if withheld := inputs.withheld_count:
        notes.append(say("note-withheld", records=withheld))
    return tuple(notes)
