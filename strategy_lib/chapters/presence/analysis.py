"""Chapter 02: which presence in mainland China, if any, and how sure we are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from strategy_lib.chapters.presence import law, tables, words
from strategy_lib.chapters.presence.money import Money, simulate
from strategy_lib.chapters.presence.rounds import concordance, divided, moved_between_rounds
from strategy_lib.chapters.wording import joined, listed, number
from strategy_lib.core.audiences import Edition
from strategy_lib.editions.people import taken_together
from strategy_lib.editions.snapshot import Snapshot
from strategy_lib.judgements import comparison as judgement
from strategy_lib.judgements.comparison import Comparison
from strategy_lib.judgements.matrix import Room, room_of

SINGLE_PEOPLE = ("first_by_assessor", "overall_by_assessor", "without_assessor", "moved")


@dataclass(frozen=True)
class PresenceResult:
    """The answer of chapter 02.

    Attributes
    ----------
    tables : mapping of str to DataFrame
        Tables by name, as saved in `results/`.
    bottom_line : tuple of str
        The answer in sentences, most weighty first; a fragile one says so in the first.
    findings : mapping of str to str
        One sentence for each figure or table, used as its title.
    notes : tuple of str
        What this edition shows, how draws are made, and what is missing.
    """

    tables: Mapping[str, pd.DataFrame]
    bottom_line: tuple[str, ...]
    findings: Mapping[str, str]
    notes: tuple[str, ...]
    fragile_note: str = words.FRAGILE_NOTE


@dataclass(frozen=True, eq=False)
class _Ground:
    """What the tables are made from."""

    inputs: Snapshot
    room: Room
    compared: Room
    comparison: Comparison | None
    money: Money
    lines: pd.DataFrame
    closed: list[str]
    unscored: list[str]

    @property
    def leader(self) -> str | None:
        """Name of the option that comes first most often."""
        if self.comparison is None:
            return None
        return self.comparison.room.names[self.comparison.pooled.leader]

    @property
    def shows_people(self) -> bool:
        """Whether judgements of single people may be shown, if only by their codes."""
        return self.inputs.restricted.edition.shows_people


def analyse_presence(inputs: Snapshot, draws: int = 10_000, seed: int = 20260101) -> PresenceResult:
    """Everything that chapter 02 shows, from what the edition may see.

    Parameters
    ----------
    draws : int
        Number of random draws behind shares and amounts.
    seed : int
        Of the random draws; the same seed gives the same numbers.
    """
    ground = _ground(inputs, draws, seed)
    made = _tables(ground)
    findings = _findings(ground, made)
    order = ("standing", "people", "red_lines", "unscored", "law", "money", "freedom", "asking",
             "triggers", "decided")  # fmt: skip
    if not ground.shows_people:
        made = {name: t.iloc[:0] if name in SINGLE_PEOPLE else t for name, t in made.items()}
    return PresenceResult(
        tables=made,
        bottom_line=joined(findings[name] for name in order),
        findings=findings,
        notes=_notes(ground, draws, seed),
    )


def _ground(inputs: Snapshot, draws: int, seed: int) -> _Ground:
    room = room_of(inputs.restricted)
    lines = tables.red_lines(room)
    beyond = set(lines.loc[lines["verdict"] == tables.OUT, "option"])
    closed = law.closed_options(inputs.restricted, room.options)
    keep = ~room.options["name"].isin(beyond) & ~room.options["option_id"].isin(closed)
    compared = room.with_options(keep.to_numpy(dtype=bool))
    money = simulate(inputs.restricted, inputs.currency, inputs.presence, draws, seed)
    names = room.options.set_index("option_id")["name"]
    scored = room.scored_by_anybody() if len(room.assessors) else np.ones(len(room.names), bool)
    return _Ground(
        inputs=inputs,
        room=room,
        compared=compared,
        comparison=judgement.compare(compared, draws, seed) if room.has_scores else None,
        money=money,
        lines=lines,
        closed=[str(names[code]) for code in sorted(closed)],
        unscored=[n for n, is_scored in zip(room.names, scored, strict=True) if not is_scored],
    )


def _tables(ground: _Ground) -> dict[str, pd.DataFrame]:
    restricted, as_of = ground.inputs.restricted, ground.inputs.as_of
    spread, cells = judgement.spread_tables(ground.room)
    return {
        "answers": _answers(ground.room),
        "criteria": judgement.anchors(ground.room),
        "routes": law.routes(restricted, ground.room.options),
        "conditions_of_law": law.conditions_of_law(restricted, ground.room.options),
        "duties": law.duties(restricted, as_of),
        "red_lines": ground.lines,
        **_comparison_tables(ground.comparison, restricted.edition),
        "spread": spread,
        "widest_cells": cells,
        "divided_cells": divided(ground.room),
        "overall_by_assessor": judgement.overall_by_assessor(
            ground.comparison.room if ground.comparison else ground.room
        ),
        "moved": moved_between_rounds(restricted, ground.room),
        "costs": ground.money.totals,
        "costs_by_year": ground.money.by_year,
        "cost_drivers": _drivers(ground),
        "freedom": tables.freedom_beside_money(ground.room, ground.money),
        "positions": tables.positions(ground.room.options),
        "base_rates": tables.base_rates(),
        "triggers": tables.terms(restricted, "trigger", as_of),
        "conditions": tables.terms(restricted, "condition", as_of),
        "exit_terms": tables.terms(restricted, "exit_term", as_of),
        "decisions": tables.decided(restricted, as_of),
    }


def _answers(room: Room) -> pd.DataFrame:
    """By unit: how many people answered, and how much of what was asked."""
    answered = ~np.isnan(room.best)
    cells = max(1, room.best.shape[1] * room.best.shape[2])
    frame = pd.DataFrame({"unit": taken_together(room.assessors["unit"], room.fewest)}).assign(
        assessors=1,
        scored_pct=100 * answered.sum(axis=(1, 2)) / cells,
        gave_weights=(~np.isnan(room.points)).any(axis=1).astype(int),
    )
    grouped = frame.groupby("unit", sort=True)
    made = grouped.agg(
        assessors=("assessors", "sum"),
        gave_weights=("gave_weights", "sum"),
        least_scored_pct=("scored_pct", "min"),
        most_scored_pct=("scored_pct", "max"),
    )
    return made.round(0).reset_index()


def _comparison_tables(comparison: Comparison | None, edition: Edition) -> dict[str, pd.DataFrame]:
    if comparison is None:
        empty = pd.DataFrame()
        made = ("ranks", "first_counts", "first_by_assessor", "first_by_unit", "favouring_weights",
                 "flips", "without_criterion", "without_assessor", "worth_asking")  # fmt: skip
        return dict.fromkeys(made, empty)
    room, names = comparison.room, comparison.room.names
    criteria = [str(name) for name in room.criteria["name"]]
    scoring = np.flatnonzero((~np.isnan(room.best)).any(axis=(1, 2)))
    people = list(room.assessors["assessor_id"].iloc[scoring])
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
    }


def _drivers(ground: _Ground) -> pd.DataFrame:
    """What drives the cost of the option that comes first most often, else of the first priced."""
    drivers = ground.money.drivers
    priced = list(ground.money.totals["option"])
    if not priced:
        return drivers
    shown = ground.leader if ground.leader in priced else priced[0]
    return drivers[drivers["option"] == shown].reset_index(drop=True)


def _findings(ground: _Ground, made: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    settings, currency = ground.inputs.presence, ground.inputs.currency
    agreement, n_people = concordance(made["overall_by_assessor"])
    if n_people < ground.room.fewest:
        agreement = float("nan")
    return {
        "answers": _said_answers(ground),
        "standing": words.said_standing(ground.room, ground.comparison, ground.lines),
        "people": words.said_people(ground.comparison, made["first_counts"]),
        "red_lines": words.said_lines(ground.lines),
        "unscored": words.said_unscored(ground.unscored, ground.room.fewest),
        "law": words.said_law(made["routes"], ground.closed),
        "flips": words.said_flips(made["flips"]),
        "units": words.said_units(made["first_by_unit"]),
        "years": words.said_years(made["costs_by_year"], currency),
        "drivers": words.said_drivers(made["cost_drivers"], currency),
        "money": words.said_money(ground.money, currency, settings, ground.leader),
        "freedom": words.said_freedom(made["freedom"], ground.leader, ground.comparison),
        "asking": words.said_asking(made["worth_asking"]),
        "spread": words.said_spread(made["widest_cells"], agreement, n_people),
        "triggers": words.said_terms(made["triggers"]),
        "exit": words.said_exit(made["exit_terms"]),
        "decided": words.said_decided(made["decisions"]),
    }


def _said_answers(ground: _Ground) -> str:
    room = ground.room
    people, units = len(room.assessors), room.assessors["unit"].nunique()
    if not people:
        asked = ground.inputs.restricted["assessors"]["assessor_id"].nunique()
        if not asked:
            return "Nobody was asked to judge the options: no assessor is listed here."
        return f"No answer is shown here from any of {number(asked, 'assessor', 'assessors')}."
    text = (
        f"{number(people, 'assessor', 'assessors')} in {number(units, 'unit', 'units')} "
        f"{'has' if people == 1 else 'have'} answered."
    )
    listed_codes = set(ground.inputs.restricted["assessors"]["assessor_id"].dropna())
    silent = sorted(listed_codes - set(room.assessors["assessor_id"]))
    if silent:
        whom = listed(silent) if ground.shows_people else f"{len(silent)} who are listed"
        text += f" No answer is shown here from {whom}."
    return text


def _notes(ground: _Ground, draws: int, seed: int) -> tuple[str, ...]:
    notes = [
        "Nothing here says what to choose: it shows what follows from what people said, what "
        "would change it, and what nobody has said.",
        f"Shares rest on {draws:,} draws (seed {seed}); a draw takes one assessor with that "
        "assessor's own scores and weights.",
        words.FRAGILE_NOTE,
    ]
    comparison = ground.comparison
    if comparison is not None and comparison.certain:
        certain = number(comparison.certain, "score was", "scores were")
        notes.append(f"{certain} given as one number and taken as certain.")
    if comparison is not None and (alike := judgement.alike_criteria(comparison)):
        verb = "does not tell" if len(alike) == 1 else "do not tell"
        notes.append(f"{listed(alike)} {verb} the options apart: all are scored alike there.")
    if comparison is not None and comparison.never_scored:
        cells = number(len(comparison.never_scored), "pair", "pairs")
        nobody = words.nobody(ground.room.fewest)
        notes.append(
            f"{cells} of option and criterion {nobody} scored; "
            "there every score counts as possible."
        )
    if not ground.shows_people:
        fewest = ground.room.fewest
        notes.append(
            f"This edition shows no single assessor's judgement: a pair that fewer than {fewest} "
            f"people scored counts as not scored, and offices with fewer than {fewest} are taken "
            "together."
        )
    if ground.inputs.restricted.withheld_count:
        withheld = number(ground.inputs.restricted.withheld_count, "record was", "records were")
        notes.append(f"{withheld} withheld before anything was computed.")
    return tuple(notes)
