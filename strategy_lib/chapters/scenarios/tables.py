"""The tables of chapter 04, in the order in which the chapter shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from strategy_lib.chapters.decisions import decided
from strategy_lib.chapters.scenarios import cards, changes, moves, options, reading
from strategy_lib.chapters.scenarios import signposts as watch
from strategy_lib.chapters.scenarios.scores import Scores, cells, scores_of
from strategy_lib.chapters.scenarios.sets import Futures, futures_of, missed, states_in
from strategy_lib.chapters.scenarios.today import distances, name_of, today_table
from strategy_lib.chapters.sources import entered_sources
from strategy_lib.core.settings import ScenarioSettings
from strategy_lib.editions.restrict import Restricted
from strategy_lib.judgements.influences import InfluenceMatrix, coverage, influences_of

# Table -> the field that says what a row is about.
SOURCED = {"descriptors": "name", "descriptor_states": "name", "strategic_options": "name"}
HIDDEN = ("coverage", "agreement", "widest_cells", "signposts", "pathways", "decisions", "sources")
"""Tables that are empty where single records are not listed."""

MOST_SHOWN = 200


@dataclass(frozen=True, eq=False)
class Context:
    """What every table of the chapter starts from."""

    inputs: Restricted
    influences: InfluenceMatrix
    futures: Futures
    scores: Scores
    people: pd.DataFrame
    as_of: date
    language: str

    @property
    def lists_records(self) -> bool:
        """Whether single records may be listed at all."""
        return self.inputs.edition.smallest_group <= 1


def context_of(
    inputs: Restricted, settings: ScenarioSettings, as_of: date, language: str
) -> Context:
    """Matrices, scenarios and scores of one edition."""
    influences = influences_of(inputs)
    futures = futures_of(inputs, influences, settings.plausible_pct / 100)
    scores = scores_of(inputs, futures, settings)
    lists_records = inputs.edition.smallest_group <= 1
    people = changes.agreement(futures) if lists_records else pd.DataFrame()
    return Context(inputs, influences, futures, scores, people, as_of, language)


def tables_of(context: Context) -> dict[str, pd.DataFrame]:
    """Every table of the chapter; those that an edition may not list are empty."""
    made = {**_scenario_tables(context), **_option_tables(context)}
    if not context.inputs.edition.shows_people:
        # Here the very headings are codes of people.
        made["agreement_by_assessor"] = pd.DataFrame()
    if context.lists_records:
        return made
    made = {name: t.iloc[:0] if name in HIDDEN else t for name, t in made.items()}
    made["flips"] = made["flips"].assign(lowest=np.nan, highest=np.nan, is_reached=False)
    made["today"] = made["today"].drop(columns=["seen_at", "evidence"])
    made["set_aside"] = made["set_aside"].drop(columns="n_scores")
    return made


def _scenario_tables(context: Context) -> dict[str, pd.DataFrame]:
    influences, futures = context.influences, context.futures
    near = missed(influences, futures.found)
    return {
        "coverage": coverage(influences, _units(context.inputs)),
        "firmness": reading.firmness(futures.plausible),
        "future_shares": reading.shares(futures),
        "descriptors": _descriptors(influences),
        "sources": entered_sources(context.inputs, SOURCED),
        "scenarios": cards.scenario_table(futures, context.people),
        "cards": cards.card_table(futures, context.people),
        "card_states": _card_states(futures),
        "influences": cards.influences(futures),
        "margins": cards.margins(futures),
        "near_misses": cards.near_miss_table(futures, near),
        "drivers": cards.drivers(futures),
        "today": today_table(futures),
        "distances": distances(futures),
        "flips": changes.flips(futures),
        "agreement": _agreement(context),
        "agreement_by_assessor": changes.agreement_matrix(futures),
        "widest_cells": changes.widest_cells(influences),
        "judgements": _judgements(influences),
        "basis": _basis(context),
    }


def _basis(context: Context) -> pd.DataFrame:
    """What everything else rests on, in one row of counts.

    Returns
    -------
    DataFrame
        `combinations` of states, `futures` that hold together, `named` and `scored` of them,
        `judgements` that are asked for, `own_judgements` (the others are the starting list's),
        `judged_by` and `scored_by` (people).
    """
    influences, futures, scores = context.influences, context.futures, context.scores
    matrix, judged = influences.matrix, influences.is_judged & influences.others
    counts = {
        "combinations": matrix.n_scenarios if matrix is not None else 0,
        "futures": len(futures.found),
        "named": int(scores.is_counted.sum()),
        "scored": int(scores.matrix.notna().any(axis=0).sum()),
        "judgements": int(influences.others.sum()) if matrix is not None else 0,
        "own_judgements": int(judged.sum()),
        "judged_by": len(influences.assessors),
        "scored_by": len(scores.assessors),
    }
    return pd.DataFrame([counts])


def _option_tables(context: Context) -> dict[str, pd.DataFrame]:
    scores, futures = context.scores, context.futures
    table = options.metrics(scores.matrix, scores.settings)
    read = reading.reading_of(futures, scores)
    moved = moves.Moves(read, moves.telling_of(context.inputs))
    signposts = watch.board(context.inputs, futures, context.as_of, context.language)
    return {
        "option_cells": cells(scores),
        "kinds_of_futures": reading.kinds_of_futures(read),
        "read_options": reading.read_options(read),
        "breaking": reading.breaking(read),
        "moved_futures": moves.moved_futures(moved),
        "moved_options": moves.moved_options(moved),
        "tellings": moves.tellings(moved),
        "regret": options.regrets(scores),
        "robustness": table,
        "views": options.views(scores, table),
        "kinds": options.kinds(scores),
        "falls_short": options.falls_short(scores),
        "kinds_by_people": options.kinds_by_people(scores),
        "set_aside": options.set_aside(scores),
        "conditions": watch.conditions(scores, futures),
        "pathways": watch.pathways(scores, futures, signposts),
        "signposts": signposts,
        "decisions": decided(context.inputs, "scenarios", context.as_of),
    }


def _units(inputs: Restricted) -> Mapping[str, str]:
    assessors, units = inputs["assessors"], inputs["units"]
    if "unit_id" not in assessors:
        return {}
    named = dict(zip(units["unit_id"], units["name"], strict=True))
    pairs = zip(assessors["assessor_id"], assessors["unit_id"], strict=True)
    return {str(code): str(named.get(unit, unit)) for code, unit in pairs}


def _descriptors(influences: InfluenceMatrix) -> pd.DataFrame:
    """The descriptors with their states, for reading beside the figures."""
    system = influences.system
    states = system.states.groupby("descriptor_id", sort=False)["name"].agg("; ".join)
    frame = system.descriptors[["descriptor_id", "name", "question", "why"]].copy()
    frame["states"] = frame["descriptor_id"].map(states)
    return frame.rename(columns={"name": "descriptor"}).drop(columns="descriptor_id")


def _card_states(futures: Futures) -> pd.DataFrame:
    """States of the cards: a row a descriptor, a column a card."""
    system = futures.influences.system
    return pd.DataFrame(
        {
            label: [system.state_names[str(card[column])] for column in futures.columns]
            for label, (_, card) in zip(
                futures.cards["label"], futures.cards.iterrows(), strict=True
            )
        },
        index=[system.descriptor_names[column] for column in futures.columns],
    )


def _agreement(context: Context) -> pd.DataFrame:
    """Every scenario that holds for the room or anybody: for how many, and by how much at worst."""
    columns = ["scenario", "in_room", "agreed_by", "share_pct", "worst_inconsistency", "states"]
    people, futures = context.people, context.futures
    if people.empty:
        return pd.DataFrame(columns=columns)
    shown = people.head(MOST_SHOWN)
    states = states_in(shown, futures.influences)
    return pd.DataFrame(
        {
            "scenario": [name_of(futures, own) for own in states],
            "in_room": np.where(shown["in_room"], "yes", "no"),
            "agreed_by": shown["n_consistent"].to_numpy(),
            "share_pct": (100 * shown["share_consistent"]).round(0).to_numpy(),
            "worst_inconsistency": shown["inconsistency_max"].to_numpy(),
            "states": [";".join(own) for own in states],
        }
    )


def _judgements(influences: InfluenceMatrix) -> pd.DataFrame:
    """The room's matrix in rows, for comparing years: which cells changed."""
    columns = ["source_state", "target_state", "judgement", "n_assessors"]
    if influences.matrix is None:
        return pd.DataFrame(columns=columns)
    codes = list(influences.rows)
    counts = (~np.isnan(influences.given)).sum(axis=0)
    rows, targets = np.nonzero(influences.others)
    return pd.DataFrame(
        {
            "source_state": [codes[i] for i in rows],
            "target_state": [codes[j] for j in targets],
            "judgement": influences.matrix.impacts[rows, targets],
            "n_assessors": np.where(influences.is_judged, counts, 0)[rows, targets],
        }
    )
