"""Reading a robustness table: who wins under which view, and what kind of move an option is."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd

from strategy_lib.core.errors import InputError
from strategy_lib.methods.robustness.input import (
    Thresholds,
    checked_performance,
    checked_share,
    checked_thresholds,
)

METRICS: Mapping[str, str] = MappingProxyType(
    {
        "maximin": "the best in its worst future (Wald)",
        "maximax": "the best in its best future",
        "hurwicz": "the best mix of worst and best future (Hurwicz)",
        "laplace": "the best on average, all futures counted alike (Laplace)",
        "minimax_regret": "the smallest largest regret (Savage)",
        "percentile_regret": "the smallest regret that is exceeded in few futures only",
        "satisficing": "good enough in most futures (Starr)",
        "mean_variance": "a high average with little spread",
        "expected_value": "the highest expected value, with the stated probabilities",
        "expected_regret": "the smallest expected regret, with the stated probabilities",
    }
)
"""What being best under each metric means."""

LOWER_IS_BETTER = ("minimax_regret", "percentile_regret", "expected_regret")

HIGHER_IS_BETTER: Mapping[str, bool] = MappingProxyType(
    {metric: metric not in LOWER_IS_BETTER for metric in METRICS}
)

WITHOUT_VOTE = ("mean_variance",)
"""Metrics that name no winner: in another unit they would name another."""

SAME = 1e-9
"""Differences up to this share of a metric's spread are ties."""

ROUNDING = 1e-13
"""So are differences up to this share of the largest performance: computers round."""


def is_best(table: pd.DataFrame) -> pd.DataFrame:
    """Say of each option whether it wins, or shares the win, under each metric.

    Parameters
    ----------
    table : DataFrame
        From `robustness_table`.

    Returns
    -------
    DataFrame of bool
        Options x metrics that could be computed and have a vote: all but `mean_variance`. Equal
        are values closer than a billionth of the metric's spread over the options, or than what
        rounding does to the largest performance; neither depends on the unit.

    Examples
    --------
    >>> is_best(pd.DataFrame({"maximin": [1e-10, 2e-10]}, index=["a", "b"]))["maximin"].tolist()
    [False, True]
    """
    voting = [m for m in METRICS if m not in WITHOUT_VOTE and m in table and table[m].notna().any()]
    values = table[voting].astype(float)
    largest = values.abs().max()
    performance = [m for m in voting if m != "satisficing"]
    largest[performance] = largest[performance].max()
    near = SAME * (values.max() - values.min()) + ROUNDING * largest
    best = [values[m].max() if HIGHER_IS_BETTER[m] else values[m].min() for m in voting]
    return (values - best).abs() <= near


def winners(table: pd.DataFrame) -> pd.DataFrame:
    """Say which options win under which metric.

    Parameters
    ----------
    table : DataFrame
        From `robustness_table`.

    Returns
    -------
    DataFrame
        A row for each metric that could be computed and has a vote (see `is_best`): `metric`,
        `meaning`, `winners` (a tuple of all options that share the best value), `value`.

    Examples
    --------
    >>> table = pd.DataFrame({"maximin": [1, 2], "minimax_regret": [1, 2]}, index=["a", "b"])
    >>> winners(table)[["metric", "winners", "value"]].to_numpy().tolist()
    [['maximin', ('b',), 2.0], ['minimax_regret', ('a',), 1.0]]
    """
    won = is_best(table)
    rows = []
    for metric, flags in won.items():
        best = table[metric].max() if HIGHER_IS_BETTER[str(metric)] else table[metric].min()
        rows.append((metric, METRICS[str(metric)], tuple(won.index[flags]), float(best)))
    return pd.DataFrame(rows, columns=["metric", "meaning", "winners", "value"])


def best_under_none(table: pd.DataFrame) -> list[str]:
    """Return the options that win, or share the win, under no metric.

    Examples
    --------
    >>> best_under_none(pd.DataFrame({"maximin": [1, 2], "maximax": [3, 3]}, index=["a", "b"]))
    []
    """
    won = {option for row in winners(table)["winners"] for option in row}
    return [option for option in table.index if option not in won]


def win_shares(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Say for how many assessors each option wins under each metric.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        A `robustness_table` for each assessor.

    Returns
    -------
    DataFrame
        A row a metric and option that wins for anybody: `metric`, `option`, `n_assessors` for whom
        it wins or shares the win, `share` of all assessors, `assessors` (a tuple).

    Raises
    ------
    InputError
        No table.

    Examples
    --------
    >>> one = pd.DataFrame({"maximin": [1, 2]}, index=["a", "b"])
    >>> win_shares({"Ana": one, "Ben": one})[["option", "n_assessors"]].to_numpy().tolist()
    [['b', 2]]
    """
    if not tables:
        raise InputError("tables: found none; give one robustness table for each assessor")
    won = [
        (row["metric"], option, assessor)
        for assessor, table in tables.items()
        for _, row in winners(table).iterrows()
        for option in row["winners"]
    ]
    frame = pd.DataFrame(won, columns=["metric", "option", "assessor"])
    counted = frame.groupby(["metric", "option"], sort=False)["assessor"].agg(["size", tuple])
    shares = counted.reset_index().set_axis(
        ["metric", "option", "n_assessors", "assessors"], axis=1
    )
    shares.insert(3, "share", shares["n_assessors"] / len(tables))
    rank = shares["metric"].map(list(METRICS).index)
    order = np.lexsort((-shares["n_assessors"], rank))
    return shares.iloc[order].reset_index(drop=True)


def classify_options(
    performance: pd.DataFrame, *, threshold: Thresholds, tolerance: float = 0
) -> pd.DataFrame:
    """Sort options into no-regret moves, hedges and bets, by definitions that are stated.

    - *no-regret move*: good enough in every scenario, and nowhere more than `tolerance` behind the
      best option;
    - *hedge*: good enough in every scenario, but somewhere more than `tolerance` behind: what
      safety costs;
    - *bet*: at or near the best in some scenario, not good enough in another;
    - *neither*: not good enough somewhere, and nowhere near the best.

    Parameters
    ----------
    performance : DataFrame, options x scenarios
        Higher is better. An option with a gap is "not known": a missing rating is not a bad one.
    threshold : float, or mapping of scenario to float
        What is good enough; reaching it counts.
    tolerance : float
        Regret that still counts as near the best, on the performance scale. Regret is taken
        against the options that are rated.

    Returns
    -------
    DataFrame
        A row an option: `kind`, `largest_regret`, `fails_in` and `leads_in` (tuples of the
        scenarios where it is not good enough, and where it is at or near the best).

    Raises
    ------
    InputError
        Text, an option or scenario listed twice, a negative tolerance.

    References
    ----------
    After the terms of Courtney, H., Kirkland, J. & Viguerie, P. (1997). Strategy under uncertainty.
    Harvard Business Review 75(6), 67-79; the definitions by threshold and regret are ours.

    Examples
    --------
    >>> performance = pd.DataFrame(
    ...     {"calm": [9, 5, 9, 2], "storm": [5, 4, 0, 1]}, index=["w", "x", "y", "z"]
    ... )
    >>> classify_options(performance, threshold=3)["kind"].to_dict()
    {'w': 'no-regret move', 'x': 'hedge', 'y': 'bet', 'z': 'neither'}
    """
    values = checked_performance(performance)
    most = checked_share(tolerance, "tolerance", np.inf)
    losses = values.rsub(values.max(axis=0), axis=1)
    size, furthest = values.abs().max().max(), losses.max().max()
    near = losses <= most + SAME * furthest + ROUNDING * size
    fails = values < checked_thresholds(threshold, values.columns)
    kind = np.select(
        [
            values.isna().any(axis=1),
            ~fails.any(axis=1) & near.all(axis=1),
            ~fails.any(axis=1),
            near.any(axis=1),
        ],
        ["not known", "no-regret move", "hedge", "bet"],
        "neither",
    )
    return pd.DataFrame(
        {
            "kind": kind,
            "largest_regret": losses.max(axis=1),
            "fails_in": _where(fails),
            "leads_in": _where(near),
        },
        index=values.index,
    )


def _where(flags: pd.DataFrame) -> list[tuple[str, ...]]:
    return [tuple(flags.columns[row]) for row in flags.to_numpy()]
