"""What is watched, and until when each option holds: signposts and pathways."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from strategy_lib.chapters.scenarios.scores import Scores
from strategy_lib.chapters.scenarios.sets import Futures
from strategy_lib.chapters.wording import listed
from strategy_lib.editions.restrict import Restricted
from strategy_lib.schema.schema import code_list, table_schema

CROSSED, NEAR, NOT_LOOKED = "crossed", "near", "not_looked"
BOARD = [
    "points_to",
    "observable",
    "threshold",
    "where_to_look",
    "status",
    "last_observation",
    "seen_at",
    "days_since",
    "is_overdue",
    "owner_role",
    "source",
    "scenarios",
    "state_id",
    "status_code",
]
PATHWAYS = ["option", "holds_in", "until", "told_by", "signposts", "then", "ready_in_months"]
HOLDS_EVERYWHERE = "good enough in every scenario that was rated"
ORDER = {CROSSED: 0, NEAR: 1}


def board(inputs: Restricted, futures: Futures, as_of: date, language: str) -> pd.DataFrame:
    """Every signpost with what was last seen, the crossed ones first, then those near.

    Returns
    -------
    DataFrame
        `points_to` (state in full), `observable`, `threshold`, `where_to_look`, `status` (label),
        `last_observation`, `seen_at`, `days_since`, `is_overdue` ("yes", "no", or "" where no
        rhythm is set), `owner_role`, `source`, `scenarios` (cards that have the state), `state_id`,
        `status_code`.
    """
    frame = inputs["signposts"].reindex(columns=table_schema("signposts").names)
    codes, day = frame["status"].fillna(NOT_LOOKED), pd.Timestamp(as_of)
    seen = pd.to_datetime(frame["seen_at"])
    in_cards = _cards_by_state(futures)
    table = frame.assign(
        points_to=[futures.influences.system.in_full(code) for code in frame["state_id"]],
        status_code=codes,
        status=[code_list("signpost_status").label(code, language) for code in codes],
        days_since=(day - seen).dt.days.astype("Int64"),
        is_overdue=[
            overdue(*row, day) for row in zip(seen, frame["look_every_months"], strict=True)
        ],
        scenarios=[listed(in_cards.get(code, []), 6) for code in frame["state_id"]],
    )
    rank = table["status_code"].map(ORDER).fillna(2) + (table["is_overdue"] != "yes") * 0.5
    table = table.iloc[np.argsort(rank.to_numpy(dtype=float), kind="stable")]
    for name in ("threshold", "where_to_look", "last_observation", "owner_role", "source"):
        table[name] = table[name].astype("object").where(table[name].notna(), "")
    return table[BOARD].reset_index(drop=True)


def overdue(seen: Any, months: Any, day: pd.Timestamp) -> str:
    """Whether somebody was to look again by now: "yes", "no", or "" where no rhythm is set."""
    if pd.isna(months):
        return ""
    if pd.isna(seen):
        return "yes"
    return "yes" if seen + pd.DateOffset(months=int(months)) < day else "no"


def _cards_by_state(futures: Futures) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for card in futures.cards.to_dict("records"):
        for column in futures.columns:
            found.setdefault(str(card[column]), []).append(str(card["label"]))
    return found


def pathways(scores: Scores, futures: Futures, signposts: pd.DataFrame) -> pd.DataFrame:
    """Until which scenario each option is good enough, what tells it, and what then would be.

    Returns
    -------
    DataFrame
        A row an option and scenario in which it is not good enough: `option`, `holds_in`
        (scenarios in which it is), `until` (the scenario), `told_by` (states that this scenario has
        and none of those does), `signposts` (what watches these states, and how it stands), `then`
        (options that are good enough there, the best first), `ready_in_months` (how long the first
        of them takes). An option that holds everywhere has one row, which says so.
    """
    states, watched = _states(scores, futures), set(signposts["state_id"])
    rows: list[list[Any]] = []
    for option, good, bad in _good_and_bad(scores):
        if good and not bad:
            rows.append([option, good, HOLDS_EVERYWHERE, [], "", "", pd.NA])
        for scenario in bad:
            kept = {code for name in good for code in states[name]} if good else set()
            telling = [code for code in states[scenario] if code not in kept] if good else []
            # What somebody watches comes first.
            telling.sort(key=lambda code: code not in watched)
            then, months = _then(scores, scenario)
            watching = _watching(signposts, telling)
            rows.append([option, good, scenario, telling, watching, then, months])
    table = pd.DataFrame(rows, columns=PATHWAYS)
    in_full = futures.influences.system.in_full
    return table.assign(
        holds_in=[listed(names, 6) if names else "nowhere" for names in table["holds_in"]],
        told_by=[listed([in_full(code) for code in codes], 3) for codes in table["told_by"]],
        ready_in_months=table["ready_in_months"].astype("Int64"),
    )


def conditions(scores: Scores, futures: Futures) -> pd.DataFrame:
    """What would have to be true for each option that is good enough in some scenarios only.

    Returns
    -------
    DataFrame
        `option`, `good_in`, `not_in` (scenarios), `would_have_to_be_true` (states that all the
        scenarios of the first kind have, and none of the second).
    """
    states, rows = _states(scores, futures), []
    for option, good, bad in _good_and_bad(scores):
        if not good or not bad:
            continue
        away = {code for name in bad for code in states[name]}
        shared = [
            code
            for code in states[good[0]]
            if code not in away and all(code in states[name] for name in good)
        ]
        told = listed([futures.influences.system.in_full(code) for code in shared], 5)
        rows.append([option, listed(good, 6), listed(bad, 6), told or "no state that they share"])
    columns = ["option", "good_in", "not_in", "would_have_to_be_true"]
    return pd.DataFrame(rows, columns=columns)


def _states(scores: Scores, futures: Futures) -> Mapping[str, list[str]]:
    named = futures.named["states"]
    return {
        str(label): list((states or {}).values())
        for label, states in zip(scores.scenarios["label"], named, strict=True)
    }


def _good_and_bad(scores: Scores) -> Iterator[tuple[str, list[str], list[str]]]:
    """Each option, the scenarios in which it is good enough, and those in which it is not."""
    for option, row in scores.matrix.iterrows():
        known = row.dropna()
        is_good = known >= scores.settings.good_enough
        yield str(option), list(known.index[is_good]), list(known.index[~is_good])


def _then(scores: Scores, scenario: str) -> tuple[str, Any]:
    """Options that are good enough in one scenario, the best first, and when the first is ready."""
    column = scores.matrix[scenario]
    able = column[column >= scores.settings.good_enough].sort_values(ascending=False, kind="stable")
    if able.empty:
        return "no option is good enough there", pd.NA
    months = scores.options.set_index("label")["lead_time_months"].get(able.index[0], pd.NA)
    return listed([str(name) for name in able.index], 3), months


def _watching(signposts: pd.DataFrame, codes: list[str]) -> str:
    own = signposts[signposts["state_id"].isin(codes)]
    said = [f"{row['observable']} ({str(row['status']).lower()})" for row in own.to_dict("records")]
    return listed(said, 2) if said else "nothing watches this"
