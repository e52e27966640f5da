"""Options over the scenarios: regret, who wins under which view, no-regret moves, hedges, bets."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pandas as pd

from strategy_lib.chapters.codes import OptionKind
from strategy_lib.chapters.scenarios.scores import Scores
from strategy_lib.chapters.wording import listed
from strategy_lib.core.errors import InputError
from strategy_lib.core.settings import ScenarioSettings
from strategy_lib.editions.people import is_countable
from strategy_lib.editions.restrict import suppress_small
from strategy_lib.methods.robustness.metrics import (
    classify_options,
    regret,
    robustness_table,
    win_shares,
    winners,
)

KINDS = ("no-regret move", "hedge", "bet", "neither", "not known")
_CODES = dict(zip(KINDS, OptionKind, strict=True))


def regrets(scores: Scores) -> pd.DataFrame:
    """Regret of each option in each scenario; options with a gap are left out, not guessed."""
    whole = scores.matrix.dropna(axis=0)
    return regret(whole) if whole.size else whole


def metrics(performance: pd.DataFrame, settings: ScenarioSettings) -> pd.DataFrame:
    """The robustness table: options with a gap have no metric; empty where nothing is complete."""
    try:
        return robustness_table(
            performance,
            alpha=settings.optimism,
            percentile=settings.percentile,
            threshold=settings.good_enough,
            missing="options",
        )
    except InputError:
        return pd.DataFrame()


def views(scores: Scores, table: pd.DataFrame) -> pd.DataFrame:
    """Who wins under which view, and for how many assessors the same option does.

    Returns
    -------
    DataFrame
        `view` (what winning means), `metric`, `winners` (names), `value`, `agree` (for how many
        assessors one of them wins too; empty where so few are not counted), `others` (what else
        wins for somebody, where single people are shown).
    """
    columns = ["view", "metric", "winners", "value", "agree", "others"]
    if table.empty:
        return pd.DataFrame(columns=columns)
    single = {
        code: made
        for code, frame in scores.by_assessor.items()
        if len(made := metrics(frame, scores.settings))
    }
    shares = win_shares(single) if single and scores.edition.smallest_group <= 1 else None
    fewest = scores.edition.fewest_people
    rows = []
    for row in winners(table).to_dict("records"):
        won, agree, others = row["winners"], "", ""
        if shares is not None:
            mine = shares[shares["metric"] == row["metric"]]
            same = {
                who for names in mine.loc[mine["option"].isin(won), "assessors"] for who in names
            }
            if is_countable(len(same), len(single), fewest):
                agree = f"{len(same)} of {len(single)}"
            if fewest <= 1:
                others = listed([str(o) for o in mine["option"] if o not in won], 3)
        rows.append(
            [row["meaning"], row["metric"], listed(list(won), 3), row["value"], agree, others]
        )
    return pd.DataFrame(rows, columns=columns)


def kinds(scores: Scores) -> pd.DataFrame:
    """No-regret moves, hedges and bets, and in how many people's eyes.

    Returns
    -------
    DataFrame
        `option`, `kind` (an `OptionKind`, by the medians), `assessors_say` ("bet 3, hedge 2"; empty
        where single assessors are not shown), `largest_regret`, `fails_in`, `leads_in` (names of
        scenarios).
    """
    columns = ["option", "kind", "assessors_say", "largest_regret", "fails_in", "leads_in"]
    table = _classified(scores)
    if not len(table):
        return pd.DataFrame(columns=columns)
    eyes = {row[0]: _in_words(row[1:]) for row in kinds_by_people(scores).itertuples(index=False)}
    made = pd.DataFrame(
        {
            "option": table.index,
            "kind": table["kind"].map(_CODES).to_numpy(),
            "assessors_say": [eyes.get(str(option), "") for option in table.index],
            "largest_regret": table["largest_regret"].to_numpy(),
            "fails_in": [listed(list(map(str, names)), 6) for names in table["fails_in"]],
            "leads_in": [listed(list(map(str, names)), 6) for names in table["leads_in"]],
        }
    )
    order = {kind: n for n, kind in enumerate(OptionKind)}
    return made.sort_values(
        ["kind", "largest_regret"],
        key=lambda c: c.map(order) if c.name == "kind" else c,
        kind="stable",
        ignore_index=True,
    )[columns]


def falls_short(scores: Scores) -> pd.DataFrame:
    """In which scenarios each option is not good enough, by the medians.

    Returns
    -------
    DataFrame
        `option`, `scenario`; a row each, in their order.
    """
    fails = _classified(scores)["fails_in"]
    rows = [[str(option), str(name)] for option, names in fails.items() for name in names]
    return pd.DataFrame(rows, columns=["option", "scenario"])


def _classified(scores: Scores) -> pd.DataFrame:
    matrix, settings = scores.matrix.dropna(axis=0, how="all"), scores.settings
    if not matrix.size:
        return pd.DataFrame(columns=["kind", "largest_regret", "fails_in", "leads_in"])
    return classify_options(matrix, threshold=settings.good_enough, tolerance=settings.tolerance)


def kinds_by_people(scores: Scores) -> pd.DataFrame:
    """In how many people's eyes each option is a no-regret move, a hedge, a bet or neither.

    Returns
    -------
    DataFrame
        `option`, `n_no_regret`, `n_hedge`, `n_bet`, `n_neither`; people who scored an option in
        every scenario that counts. Missing where so few are not counted.
    """
    columns = ["option", "n_no_regret", "n_hedge", "n_bet", "n_neither"]
    counts = {str(name): Counter[str]() for name in scores.options["label"]}
    for own in scores.by_assessor.values() if scores.edition.smallest_group <= 1 else ():
        rated = own.dropna(axis=0)
        if rated.size:
            found = classify_options(
                rated, threshold=scores.settings.good_enough, tolerance=scores.settings.tolerance
            )
            for name, kind in found["kind"].items():
                counts[str(name)][str(kind)] += 1
    rows = {name: [said[kind] for kind in KINDS[:4]] for name, said in counts.items() if said}
    made = pd.DataFrame.from_dict(rows, orient="index", columns=columns[1:]).astype("int64")
    shown = suppress_small(made, scores.edition, of_people=True)
    return shown.rename_axis("option").reset_index()[columns]


def _in_words(counts: tuple[Any, ...]) -> str:
    """Counts of kinds, the most frequent first, such as "bet 3, hedge 2"; those that are shown."""
    known = [(int(count), place) for place, count in enumerate(counts) if pd.notna(count)]
    said = sorted(known, key=lambda c: (-c[0], c[1]))
    return ", ".join(f"{KINDS[place]} {count}" for count, place in said if count)


def set_aside(scores: Scores) -> pd.DataFrame:
    """Named scenarios that do not hold together, whose scores are kept but not counted.

    Returns
    -------
    DataFrame
        `scenario`, `status`, `why`, `n_scores` (how many answers wait).
    """
    away = ~scores.is_counted
    counts = (~np.isnan(scores.best)).sum(axis=(0, 1)) if len(scores.best) else np.zeros(len(away))
    table = scores.scenarios.loc[away, ["label", "status", "why"]]
    table = table.rename(columns={"label": "scenario"})
    return table.assign(n_scores=counts[away].astype(int)).reset_index(drop=True)
