"""What follows from scores and weights, how firmly, and what would change it."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from strategy_lib.editions.people import taken_together
from strategy_lib.judgements.matrix import ScoreMatrix
from strategy_lib.methods.multicriteria import (
    Acceptability,
    FlipDistance,
    LeaveOneOut,
    acceptability,
    acceptability_by_group,
    discrimination,
    flip_distance,
    leave_one_assessor_out,
    leave_one_criterion_out,
    partial_values,
    pool_scores,
    sample_swing_weights,
    sample_weights,
    widen_unscored,
)
from strategy_lib.methods.uncertainty.value_of_information import evpi, evppi_table

Array = npt.NDArray[np.float64]
# Leaving somebody out is done once an assessor; fewer draws show a change of leader as well.
DRAWS_LEFT_OUT = 2_000


@dataclass(frozen=True, eq=False)
class Comparison:
    """The comparison of the options that are left.

    Attributes
    ----------
    matrix : ScoreMatrix
        With the compared options only.
    values : array, draws x options x criteria
        0 worst, 1 best anchor; higher is better on every criterion.
    weights : array, draws x criteria
    pooled, any_weights : Acceptability
        With the weights that people gave; with any weights at all.
    by_assessor, by_unit : mapping
        The same for each assessor, and each unit; those with too few people are taken together.
    people_of_unit : mapping of str to int
        How many people of each unit scored.
    flip : FlipDistance
        With median values and mean weights.
    without_criterion, without_assessor : LeaveOneOut or None
    never_scored : tuple of (option, criterion)
        Cells that nobody scored: drawn from the whole scale.
    certain : int
        Scores given as one number.
    """

    matrix: ScoreMatrix
    values: Array
    weights: Array
    pooled: Acceptability
    any_weights: Acceptability
    by_assessor: dict[Hashable, Acceptability]
    by_unit: dict[Hashable, Acceptability]
    people_of_unit: dict[Hashable, int]
    flip: FlipDistance
    without_criterion: LeaveOneOut | None
    without_assessor: LeaveOneOut | None
    never_scored: tuple[tuple[int, int], ...]
    certain: int


def compare(matrix: ScoreMatrix, draws: int, seed: int) -> Comparison | None:
    """Compare the options; None where fewer than two of them were scored by anybody.

    A draw takes one assessor with that assessor's scores and weights together, so that no draw
    mixes the knowledge of one with the values of another.
    """
    matrix = matrix.with_options(matrix.scored_by_anybody())
    if len(matrix.options) < 2 or matrix.criteria.empty:
        return None
    values, weights, who, gaps, certain = drawn_values(matrix, draws, seed)
    codes, scoring = matrix.assessors["assessor_id"].to_numpy(), np.unique(who)
    units = matrix.assessors["unit"].copy()
    units.iloc[scoring] = taken_together(units.iloc[scoring], matrix.fewest)
    free = sample_weights(values.shape[-1], draws, np.random.default_rng(seed + 1))
    middle, mean = np.median(values, axis=0), weights.mean(axis=0)
    return Comparison(
        matrix=matrix,
        values=values,
        weights=weights,
        pooled=acceptability(values, weights),
        any_weights=acceptability(values, free),
        by_assessor=_sorted(acceptability_by_group(values, weights, codes[who].tolist())),
        by_unit=_sorted(acceptability_by_group(values, weights, units.iloc[who].tolist())),
        people_of_unit=units.iloc[scoring].value_counts().to_dict(),
        flip=flip_distance(middle, mean / mean.sum()),
        without_criterion=_without_criterion(values, weights),
        without_assessor=_without_assessor(matrix, seed),
        never_scored=gaps,
        certain=certain,
    )


def _sorted(groups: dict[Hashable, Acceptability]) -> dict[Hashable, Acceptability]:
    return {name: groups[name] for name in sorted(groups, key=str)}


def drawn_values(
    matrix: ScoreMatrix, draws: int, seed: int
) -> tuple[Array, Array, npt.NDArray[np.intp], tuple[tuple[int, int], ...], int]:
    """What the comparison of a room's options rests on, drawn from its assessors' judgements.

    Returns
    -------
    values : array (draw, option, criterion)
        How much each option is worth on each criterion, 0 to 1.
    weights : array (draw, criterion)
        Of the assessor whose scores the draw took; each row adds up to 1.
    assessor : array (draw,)
        Position of that assessor in the room.
    never_scored : tuple of (option, criterion)
        Positions that nobody scored; their values are drawn from the whole scale.
    certain : int
        How many scores were given without a range.
    """
    rng = np.random.default_rng(seed)
    pool = pool_scores(matrix.low, matrix.best, matrix.high, draws, rng)
    values, gaps = widen_unscored(partial_values(pool.scores, matrix.scales), rng)
    weights = np.empty((draws, values.shape[-1]))
    for position in range(len(matrix.assessors)):
        mine = pool.assessor == position
        if mine.any():
            weights[mine] = sample_swing_weights(_usable(matrix.points[position]), mine.sum(), rng)
    return values, weights, pool.assessor, gaps, pool.without_range


def _usable(points: Array) -> Array:
    """Points as given; all zero says nothing about what matters, as giving none does."""
    return np.full(len(points), np.nan) if np.nansum(points) == 0 else points


def _without_criterion(values: Array, weights: Array) -> LeaveOneOut | None:
    if values.shape[-1] < 2:
        return None
    return leave_one_criterion_out(values[:DRAWS_LEFT_OUT], weights[:DRAWS_LEFT_OUT])


def _without_assessor(matrix: ScoreMatrix, seed: int) -> LeaveOneOut | None:
    scoring = np.flatnonzero((~np.isnan(matrix.best)).any(axis=(1, 2)))
    if len(scoring) < 2:
        return None

    def model(who: npt.NDArray[np.intp]) -> tuple[Array, Array]:
        values, weights, *_ = drawn_values(
            matrix.with_assessors(scoring[who]), DRAWS_LEFT_OUT, seed
        )
        return values, weights

    return leave_one_assessor_out(model, len(scoring))


def rank_table(result: Acceptability, names: list[str]) -> pd.DataFrame:
    """Share of draws (%) in which each option takes each rank, with the sampling error."""
    shares = 100 * result.rank_acceptability
    frame = pd.DataFrame({"option": names})
    for rank in range(shares.shape[1]):
        frame[f"rank_{rank + 1}_pct"] = shares[:, rank].round(1)
    frame["sampling_error_pct"] = (100 * result.standard_errors[:, 0]).round(1)
    return frame.sort_values("rank_1_pct", ascending=False, kind="stable", ignore_index=True)


def first_table(groups: dict[Hashable, Acceptability], names: list[str]) -> pd.DataFrame:
    """Share of draws (%) in which each option comes first, by group (rows)."""
    rows = {group: (100 * a.rank_acceptability[:, 0]).round(0) for group, a in groups.items()}
    return pd.DataFrame.from_dict(rows, orient="index", columns=names)


def favouring_weights(comparison: Comparison) -> pd.DataFrame:
    """What one must care about for each option to come first (central weights, in 100 points)."""
    result, matrix = comparison.any_weights, comparison.matrix
    mean = 100 / len(matrix.criteria)
    rows = []
    for position, name in enumerate(matrix.names):
        weights = 100 * result.central_weights[position]
        row = {"option": name, "any_weights_pct": _percent(result.rank_acceptability[position, 0])}
        row["sure_pct"] = _percent(result.confidence_factors[position])
        row["cares_most_about"] = "" if np.isnan(weights).any() else _above(matrix, weights, mean)
        rows.append(row)
    return pd.DataFrame(rows).sort_values(
        "any_weights_pct", ascending=False, kind="stable", ignore_index=True
    )


def _percent(share: float) -> float:
    return round(100 * float(share), 1)


def _above(matrix: ScoreMatrix, weights: Array, mean: float) -> str:
    order = np.argsort(-weights, kind="stable")[:4]
    named = [
        f"{matrix.criteria['name'].iloc[i]} ({weights[i]:.0f})" for i in order if weights[i] > mean
    ]
    return "; ".join(named)


def left_out_table(result: LeaveOneOut | None, labels: list[str], names: list[str]) -> pd.DataFrame:
    """Who comes first most often without each criterion, or assessor."""
    columns = ["without", "first", "share_pct", "changes"]
    if result is None:
        return pd.DataFrame(columns=columns)
    rows = []
    for label, leader, shares in zip(labels, result.leaders, result.first_rank, strict=True):
        first = "" if leader is None else names[leader]
        share = np.nan if leader is None else _percent(shares[leader])
        rows.append([label, first, share, leader is not None and leader != result.leader])
    return pd.DataFrame(rows, columns=columns)


def flip_table(comparison: Comparison) -> pd.DataFrame:
    """Points of weight (of 100) that must move for each other option to lead, and where from."""
    flip, matrix = comparison.flip, comparison.matrix
    now = comparison.weights.mean(axis=0)
    rows = []
    for position, distance in enumerate(flip.by_rival):
        if np.isfinite(distance):
            how = _moves(matrix, 100 * (flip.weights_by_rival[position] - now))
            rows.append([matrix.names[position], round(100 * float(distance), 1), how])
    frame = pd.DataFrame(rows, columns=["option", "points_to_move", "how"])
    return frame.sort_values("points_to_move", kind="stable", ignore_index=True)


def _moves(matrix: ScoreMatrix, moved: Array) -> str:
    order = np.argsort(-np.abs(moved), kind="stable")
    named = [(matrix.criteria["name"].iloc[i], moved[i]) for i in order[:6] if abs(moved[i]) >= 1]
    return "; ".join(f"{name} {points:+.0f}" for name, points in named)


def worth_asking(comparison: Comparison) -> pd.DataFrame:
    """What knowing the true scores on a criterion before deciding could be worth, at most.

    In points of overall value (0 to 100), with mean weights: what people know may be asked, what
    they value may not. Criteria of no weight are left out: their scores change nothing.

    Returns
    -------
    DataFrame
        `question` ("everything" first, then criteria, worth most first), `worth_points`,
        `standard_error` (points), `share_pct` of everything.
    """
    weights = comparison.weights.mean(axis=0)
    benefit = 100 * comparison.values @ weights
    criteria = comparison.matrix.criteria.set_index("criterion_id")["name"].astype(str)
    asked = {
        str(code): comparison.values[..., position]
        for position, code in enumerate(criteria.index)
        if weights[position] > 0
    }
    table = evppi_table(benefit, asked)
    table["parameter"] = table["parameter"].map(criteria)
    gains = benefit.max(axis=1) - benefit[:, benefit.mean(axis=0).argmax()]
    error = float(gains.std(ddof=1) / np.sqrt(len(gains))) if len(gains) > 1 else 0.0
    total = evpi(benefit)
    share = 1.0 if total > 0 else np.nan
    first = pd.DataFrame([["everything", total, error, share]], columns=table.columns)
    table = pd.concat([first, table], ignore_index=True)
    table = table.round({"evppi": 2, "standard_error": 2})
    table["share_of_evpi"] = [_percent(share) for share in table["share_of_evpi"]]
    return table.set_axis(["question", "worth_points", "standard_error", "share_pct"], axis=1)


def alike_criteria(comparison: Comparison) -> list[str]:
    """Criteria on which all options are scored alike, whatever weight they have."""
    names = [str(name) for name in comparison.matrix.criteria["name"]]
    table = discrimination(comparison.values, names)
    return [str(name) for name in table.loc[~table["is_discriminating"], "criterion"]]


def spread_tables(matrix: ScoreMatrix) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Distance between the lowest and the highest score of a cell, and every cell's distribution.

    Returns
    -------
    distances : DataFrame, options x criteria
        Points of the scale; missing where fewer than two answered.
    cells : DataFrame
        `option`, `criterion`, `n`, `lowest`, `median`, `highest`, `spread`, `lowest_by`,
        `highest_by` (codes, where the edition shows them): widest first.
    """
    names = [str(n) for n in matrix.criteria["name"]]
    distances = pd.DataFrame(np.nan, index=matrix.names, columns=names)
    rows = []
    codes = matrix.assessors["assessor_id"].to_numpy()
    for i, option in enumerate(matrix.names):
        for j, criterion in enumerate(names):
            best = matrix.best[:, i, j]
            who = np.flatnonzero(~np.isnan(best))
            if len(who) < 2:
                continue
            low, high = who[np.argmin(best[who])], who[np.argmax(best[who])]
            spread = best[high] - best[low]
            distances.iloc[i, j] = spread
            rows.append(
                [
                    option,
                    criterion,
                    len(who),
                    best[low],
                    float(np.median(best[who])),
                    best[high],
                    spread,
                    codes[low],
                    codes[high],
                ]
            )
    by = ["lowest_by", "highest_by"]
    columns = ["option", "criterion", "n", "lowest", "median", "highest", "spread", *by]
    cells = pd.DataFrame(rows, columns=columns)
    cells = cells.sort_values("spread", ascending=False, kind="stable", ignore_index=True)
    return distances, cells if matrix.fewest <= 1 else cells.drop(columns=by)


def overall_by_assessor(matrix: ScoreMatrix) -> pd.DataFrame:
    """Overall value (0-100) that each assessor's own scores and weights give each option.

    An option that an assessor did not score on every criterion has no value of that assessor.
    """
    values = partial_values(matrix.best, matrix.scales)
    rows = {}
    for position, code in enumerate(matrix.assessors["assessor_id"]):
        points = _usable(matrix.points[position])
        given = np.nan_to_num(points) if not np.isnan(points).all() else np.ones(len(points))
        rows[code] = 100 * values[position] @ (given / given.sum())
    return pd.DataFrame.from_dict(rows, orient="index", columns=matrix.names).round(1)


def anchors(matrix: ScoreMatrix) -> pd.DataFrame:
    """The criteria with their direction and described scale, for reading beside the figures."""
    columns = ["name", "direction", "anchor_0", "anchor_5", "anchor_10"]
    return matrix.criteria[columns].rename(columns={"name": "criterion"})
