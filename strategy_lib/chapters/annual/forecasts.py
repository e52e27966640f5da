"""Forecasts that have come true or not: resolved, scored, and those that nobody has resolved."""

from __future__ import annotations

import numpy as np
import pandas as pd

from strategy_lib.chapters.annual.context import Context
from strategy_lib.editions.people import enough
from strategy_lib.methods.groups.forecast_pools import forecast_pools
from strategy_lib.methods.groups.forecasts import brier_score, calibration_table

# Brier score of somebody who always says one half.
COIN = 0.25
_TABLE = "forecasts"


def forecast_tables(context: Context) -> dict[str, pd.DataFrame]:
    """Every table on forecasts, by its name in `results/`."""
    frame = forecasts(context)
    resolved = _resolved(frame)
    return {
        "forecasts_by_statement": by_statement(context, resolved),
        "forecasts_by_assessor": by_assessor(context, resolved),
        "forecasts_overall": overall(context, resolved),
        "calibration": calibration(context, resolved),
        "forecasts_unresolved": unresolved(context, frame),
        "forecast_pools": (pooled := pools(context, frame)),
        "forecast_pool_scores": pool_scores(pooled),
    }


def forecasts(context: Context) -> pd.DataFrame:
    """Forecasts of this cycle, open and resolved.

    Where the same person's forecast stands in both cycles, the probability is the earlier one: a
    forecast is not improved after the fact. The outcome is the later one.
    """
    keys = ["assessor_id", "forecast_id"]
    then, now = (frame.dropna(subset=keys).drop_duplicates(keys) for frame in context.both(_TABLE))
    earlier = then.set_index(keys)["probability_pct"]
    frame = now.set_index(keys)
    said = earlier.reindex(frame.index)
    frame["probability_pct"] = said.where(said.notna(), frame["probability_pct"])
    return frame.reset_index()


def _resolved(frame: pd.DataFrame) -> pd.DataFrame:
    """Those of which somebody said whether they came true; `said` and `happened` from 0 to 1."""
    known = frame["outcome"].isin(["yes", "no"]) & frame["probability_pct"].notna()
    made = frame[known].copy()
    made["said"] = made["probability_pct"].astype(float) / 100
    made["happened"] = (made["outcome"] == "yes").astype(float)
    return made


def by_statement(context: Context, resolved: pd.DataFrame) -> pd.DataFrame:
    """Resolved forecasts by what was forecast: how likely people said it was, and whether it came.

    Returns
    -------
    DataFrame
        `forecast_id`, `statement`, `n`, `lowest_pct`, `median_pct`, `highest_pct`, `happened`,
        `brier` (0 is perfect, 0.25 is always saying one half); the worst foreseen first.
    """
    columns = [
        "forecast_id",
        "statement",
        "n",
        "lowest_pct",
        "median_pct",
        "highest_pct",
        "happened",
        "brier",
    ]
    rows = []
    for code, group in resolved.groupby("forecast_id", sort=True):
        said = group["probability_pct"].astype(float)
        happened = sorted({context.label("yes_no_unknown", value) for value in group["outcome"]})
        score = float(((group["said"] - group["happened"]) ** 2).mean())
        about = [code, group["statement"].iloc[0], len(group)]
        ends = [said.min(), said.median(), said.max()]
        rows.append([*about, *ends, " / ".join(happened), round(score, 3)])
    made = pd.DataFrame(rows, columns=columns)
    made = made[made["n"] >= context.fewest]
    return made.sort_values(["brier", "forecast_id"], ascending=[False, True], ignore_index=True)


def by_assessor(context: Context, resolved: pd.DataFrame) -> pd.DataFrame:
    """Brier score of each person, by code: sorted by score it would be a league table.

    Returns
    -------
    DataFrame
        `assessor_id`, `n`, `brier`, `mean_said_pct`, `happened_pct`.
    """
    columns = ["assessor_id", "n", "brier", "mean_said_pct", "happened_pct"]
    rows = []
    for code, group in resolved.groupby("assessor_id", sort=True):
        score = brier_score(group["said"], group["happened"])
        shares = (round(100 * float(group[name].mean()), 1) for name in ("said", "happened"))
        rows.append([code, score.n, round(score.score, 3), *shares])
    return pd.DataFrame(rows, columns=columns).iloc[: None if context.edition.shows_people else 0]


def overall(context: Context, resolved: pd.DataFrame) -> pd.DataFrame:
    """One row: all resolved forecasts together, with the parts of the score.

    Returns
    -------
    DataFrame
        `n`, `n_people`, `brier`, `reliability`, `resolution`, `uncertainty`; empty where nothing is
        resolved, or too few for this edition.
    """
    columns = ["n", "n_people", "brier", "reliability", "resolution", "uncertainty"]
    people = resolved["assessor_id"].nunique()
    if resolved.empty or people < context.fewest:
        return pd.DataFrame(columns=columns)
    score = brier_score(resolved["said"], resolved["happened"])
    parts = (score.score, score.reliability, score.resolution, score.uncertainty)
    return pd.DataFrame([[score.n, people, *(round(part, 3) for part in parts)]], columns=columns)


def calibration(context: Context, resolved: pd.DataFrame) -> pd.DataFrame:
    """How often things happened, by how likely they were said to be.

    Returns
    -------
    DataFrame
        `said` (class of probability), `n`, `mean_said_pct`, `happened_pct`.
    """
    columns = ["said", "n", "mean_said_pct", "happened_pct"]
    if overall(context, resolved).empty:
        return pd.DataFrame(columns=columns)
    table = calibration_table(resolved["said"], resolved["happened"])
    people = [
        resolved.loc[resolved["said"].between(low, high), "assessor_id"].nunique()
        for low, high in zip(table["from"], table["to"], strict=True)
    ]
    table = table[np.array(people) >= context.fewest]
    made = pd.DataFrame(
        {
            "said": [
                f"{100 * low:.0f} to {100 * high:.0f}%"
                for low, high in zip(table["from"], table["to"], strict=True)
            ],
            "n": table["n"].to_numpy(),
            "mean_said_pct": (100 * table["mean_forecast"]).round(1).to_numpy(),
            "happened_pct": (100 * table["frequency"]).round(1).to_numpy(),
        }
    )
    return made[columns]


def pools(context: Context, frame: pd.DataFrame) -> pd.DataFrame:
    """What all said together of each statement: everybody alike, and by what each has added.

    Returns
    -------
    DataFrame
        `statement`, `n` (people), `equal_pct` (their mean), `n_weighted` (of them with a weight
        above 0), `weighted_pct` (missing where these are too few), `happened` (1, 0; missing where
        it is not resolved).
    """
    columns = ["statement", "n", "equal_pct", "n_weighted", "weighted_pct", "happened"]
    said = frame.dropna(subset=["probability_pct"])
    said = said.astype({"probability_pct": float})
    table = said.pivot_table(index="assessor_id", columns="forecast_id", values="probability_pct")
    if table.empty:
        return pd.DataFrame(columns=columns)
    outcome = frame.groupby("forecast_id")["outcome"].agg(_agreed).reindex(table.columns)
    made = forecast_pools(table / 100, outcome.to_numpy(dtype=float))
    statements = frame.drop_duplicates("forecast_id").set_index("forecast_id")["statement"]
    made = pd.DataFrame(
        {
            "statement": made["event"].map(statements),
            "n": made["n"],
            "equal_pct": (100 * made["equal"]).round(1),
            "n_weighted": made["n_weighted"].astype("Int64"),
            "weighted_pct": (100 * made["by_contribution"]).round(1),
            "happened": made["outcome"],
        }
    )
    few = made["n_weighted"] < max(1, context.fewest)
    made.loc[few, ["n_weighted", "weighted_pct"]] = np.nan
    return made[made["n"] >= context.fewest].reset_index(drop=True)


def _agreed(outcomes: pd.Series[str]) -> float:
    """1 or 0 where all who said what came of it say the same."""
    known = set(outcomes.dropna()) & {"yes", "no"}
    return float("yes" in known) if len(known) == 1 else np.nan


def pool_scores(pooled: pd.DataFrame) -> pd.DataFrame:
    """Brier score of either pool over the statements of which both are known.

    Returns
    -------
    DataFrame
        One row: `statements`, `equal`, `weighted`; none without a resolved statement.
    """
    known = pooled.dropna(subset=["weighted_pct", "happened"])
    columns = ["statements", "equal", "weighted"]
    if known.empty:
        return pd.DataFrame(columns=columns)
    came = known["happened"].astype(float)
    scores = [
        brier_score(known[name].astype(float) / 100, came).score
        for name in ("equal_pct", "weighted_pct")
    ]
    return pd.DataFrame([[len(known), *(round(score, 3) for score in scores)]], columns=columns)


def unresolved(context: Context, frame: pd.DataFrame) -> pd.DataFrame:
    """Forecasts whose day has come and of which nobody has said whether it happened; and open ones.

    Returns
    -------
    DataFrame
        `forecast_id`, `statement`, `resolves_by`, `n`, `median_pct` (missing of too few people),
        `state`.
    """
    columns = ["forecast_id", "statement", "resolves_by", "n", "median_pct", "state"]
    frame = frame[~frame["outcome"].isin(["yes", "no"])]
    rows = []
    for code, group in frame.groupby("forecast_id", sort=True):
        day = group["resolves_by"].min()
        state = "no day is set" if pd.isna(day) else "open"
        if pd.notna(day) and day <= context.day:
            state = "its day has come"
        said = group["probability_pct"].dropna().astype(float)
        middle = float(said.median()) if len(said) else np.nan
        rows.append([code, group["statement"].iloc[0], day, len(said), middle, state])
    made = pd.DataFrame(rows, columns=columns)
    made["resolves_by"] = made["resolves_by"].astype("datetime64[s]")
    is_told = enough(made["n"].to_numpy(), context.fewest)
    made["n"] = made["n"].astype("Int64").where(is_told)
    made["median_pct"] = made["median_pct"].where(is_told)
    made = made[is_told | context.lists_records]
    return made.sort_values(["resolves_by", "forecast_id"], kind="stable", ignore_index=True)
