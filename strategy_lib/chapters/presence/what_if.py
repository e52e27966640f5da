"""What the page of chapter 02 weighs anew: middle values and mean weights, nobody's own."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import pandas as pd

from strategy_lib.judgements.comparison import Comparison
from strategy_lib.methods.multicriteria import leaders_along
from strategy_lib.methods.multicriteria.acceptability import TIE

Array = npt.NDArray[np.float64]
MOST_SLIDERS = 6
NAMES = ("weights", "what_if", "sliders", "leads_along", "lead_from")
"""Tables of a comparison that this module makes."""

# A scale that leaves room to weigh the heaviest slider two and a half times as much.
_ROOM, _STEP = 2.5, 20.0


def what_if_tables(comparison: Comparison) -> dict[str, pd.DataFrame]:
    """What is weighed, and what follows from it.

    Returns
    -------
    dict of str to DataFrame
        `weights`: criterion, group (empty where there is none), points (of 100, the mean of all),
        people (who gave points). `what_if`: option, criterion, value (0 to 100, with the middle of
        all scores; options and criteria with a gap are not there). `sliders`: slider, criterion,
        points, high (end of the scale). `leads_along`: slider, from_points, option: who leads from
        which weight of it on. `lead_from`: criterion, points (of 100) of the lead over the second.
    """
    weights = _weights(comparison)
    middle = np.median(comparison.values, axis=0)
    options, criteria = _without_gaps(comparison)
    names = np.array(comparison.matrix.names, dtype=object)
    by = np.array([str(name) for name in comparison.matrix.criteria["name"]], dtype=object)
    mean = comparison.weights.mean(axis=0)
    lead_from = _lead_from(comparison, middle, mean, by)
    values, shares = middle[np.ix_(options, criteria)], mean[criteria]
    is_told = len(options) > 1 and len(criteria) > 1 and bool((np.ptp(values, axis=0) > TIE).any())
    if not is_told or shares.sum() <= TIE:
        options, criteria, values, shares = options[:0], criteria[:0], values[:0, :0], shares[:0]
    made = pd.DataFrame(
        [
            [names[option], by[criterion], 100 * float(values[row, column])]
            for row, option in enumerate(options)
            for column, criterion in enumerate(criteria)
        ],
        columns=["option", "criterion", "value"],
    ).astype({"value": "float64"})
    shown = weights.iloc[criteria].reset_index(drop=True)
    sliders = _sliders(shown, shares / shares.sum() if len(shares) else shares)
    return {
        "weights": weights,
        "what_if": made,
        "sliders": sliders,
        "leads_along": _along(values, shares, list(names[options]), shown, sliders),
        "lead_from": lead_from,
    }


def _weights(comparison: Comparison) -> pd.DataFrame:
    criteria = comparison.matrix.criteria
    groups = criteria["group"] if "group" in criteria else pd.Series("", index=criteria.index)
    return pd.DataFrame(
        {
            "criterion": criteria["name"].astype(str),
            "group": groups.fillna("").astype(str),
            "points": 100 * comparison.weights.mean(axis=0),
            "people": (~np.isnan(comparison.matrix.points)).sum(axis=0),
        }
    )


def _without_gaps(comparison: Comparison) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Criteria that anybody scored, and options that are scored on all of these."""
    gaps = np.zeros(comparison.values.shape[1:], dtype=bool)
    for option, criterion in comparison.never_scored:
        gaps[option, criterion] = True
    criteria = np.flatnonzero(~gaps.all(axis=0))
    return np.flatnonzero(~gaps[:, criteria].any(axis=1)), criteria


def _sliders(weights: pd.DataFrame, shares: Array) -> pd.DataFrame:
    """What can be moved: groups of criteria where there are any, else those of most weight."""
    names = weights["group"].where(weights["group"] != "", weights["criterion"])
    frame = pd.DataFrame(
        {"slider": names, "criterion": weights["criterion"], "points": 100 * shares}
    )
    totals = frame.groupby("slider", sort=False)["points"].sum()
    kept = totals.sort_values(ascending=False, kind="stable").index[:MOST_SLIDERS]
    ranks = {name: rank for rank, name in enumerate(kept)}
    frame = frame[frame["slider"].isin(kept)]
    frame = frame.sort_values("slider", key=lambda names: names.map(ranks), kind="stable")
    frame = frame.reset_index(drop=True)
    most = float(totals.max()) if len(totals) else 0.0
    high = min(100.0, _STEP * max(1, math.ceil(_ROOM * most / _STEP)))
    return frame.assign(high=high)


def _along(
    values: Array, shares: Array, names: list[str], weights: pd.DataFrame, sliders: pd.DataFrame
) -> pd.DataFrame:
    places = {name: place for place, name in enumerate(weights["criterion"])}
    rows = []
    for slider, mine in sliders.groupby("slider", sort=False):
        moved = [places[name] for name in mine["criterion"]]
        if len(moved) == len(places):
            continue
        for share, option in leaders_along(values, shares / shares.sum(), moved):
            rows.append([slider, 100 * share, names[option]])
    return pd.DataFrame(rows, columns=["slider", "from_points", "option"])


def _lead_from(
    comparison: Comparison, middle: Array, mean: Array, criteria: npt.NDArray[np.object_]
) -> pd.DataFrame:
    """By how many points of 100 each criterion puts who comes first ahead of who comes next."""
    first, second = np.argsort(-comparison.pooled.rank_acceptability[:, 0], kind="stable")[:2]
    points = 100 * mean * (middle[first] - middle[second])
    frame = pd.DataFrame({"criterion": criteria, "points": points})
    return frame.sort_values("points", ascending=False, kind="stable", ignore_index=True)
