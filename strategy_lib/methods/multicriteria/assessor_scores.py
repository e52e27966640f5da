"""Scores of several assessors, pooled draw by draw; who scored what, and what nobody scored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from strategy_lib.core.errors import InputError
from strategy_lib.methods.multicriteria.input import Array, as_numbers, checked_values
from strategy_lib.methods.uncertainty.three_points import (
    ThreePoints,
    three_points,
    triangular_quantile,
)

Cells = tuple[tuple[int, int], ...]


@dataclass(frozen=True, eq=False)
class PooledScores:
    """Scores of all assessors as one distribution.

    Attributes
    ----------
    scores : array, draws x alternatives x criteria
        On the criteria's scales. A draw takes one assessor's scores throughout; NaN where nobody
        scored.
    assessor : array, draws
        Whose scores a draw holds (position among the assessors).
    n_answers : array, alternatives x criteria
        How many assessors scored each cell.
    share_scored : array, assessors
        Share of the cells that each assessor scored. In draws of an assessor who scored only some,
        the others' scores stand in for the rest.
    unscored : tuple of (alternative, criterion)
        Cells that nobody scored who may be drawn: all NaN.
    without_range : int
        Scores given as one number, without low and high: taken as certain.
    """

    scores: Array
    assessor: npt.NDArray[np.intp]
    n_answers: npt.NDArray[np.intp]
    share_scored: Array
    unscored: Cells
    without_range: int


def pool_scores(
    low: npt.ArrayLike,
    best: npt.ArrayLike,
    high: npt.ArrayLike,
    draws: int,
    rng: np.random.Generator,
    *,
    weights: npt.ArrayLike | None = None,
) -> PooledScores:
    """Pool assessors' scores: draw an assessor, then draw from that assessor's ranges.

    Parameters
    ----------
    low, best, high : array, assessors x alternatives x criteria
        Lowest and highest score thought possible, and the most likely (triangular). NaN in all
        three where an assessor gave no score; NaN in low and high only where no range was given.
    draws : int
        Number of draws.
    rng : numpy.random.Generator
        Seeded by the caller.
    weights : array, assessors, optional
        How often each assessor is drawn; equally unless stated.

    Returns
    -------
    PooledScores
        Turn `scores` into values with `partial_values`.

    Raises
    ------
    InputError
        Estimates out of order, another shape, nobody scored anything.

    References
    ----------
    Stone, M. (1961). The opinion pool. Annals of Mathematical Statistics 32(4), 1339-1342.

    Examples
    --------
    >>> best = np.array([[[2.0, 5.0]], [[9.0, np.nan]]])  # two assessors, one option, two criteria
    >>> pool = pool_scores(best, best, best, 1000, np.random.default_rng(1))
    >>> sorted(set(pool.scores[:, 0, 0].tolist())), pool.n_answers.tolist()
    ([2.0, 9.0], [[2, 1]])
    >>> pool.share_scored.tolist(), pool.unscored
    ([1.0, 0.5], ())
    """
    points = three_points(low, best, high, "scores")
    if points.best.ndim != 3 or 0 in points.best.shape:
        raise InputError(
            f"scores: found shape {points.best.shape}; allowed (assessors x alternatives x "
            "criteria), none of them 0"
        )
    scored = ~np.isnan(points.best)
    shares = _pooling_weights(weights, len(scored))
    answering = np.where(scored.any(axis=(1, 2)), shares, 0.0)
    if answering.sum() == 0:
        raise InputError(
            f"scores: found none by {len(scored)} assessors with a weight; allowed at least one"
        )
    who = rng.choice(len(scored), size=draws, p=answering / answering.sum())
    instead = _stand_ins(scored, shares, who, rng)
    return PooledScores(
        _drawn(points, who, instead, rng),
        who,
        scored.sum(axis=0),
        scored.mean(axis=(1, 2)),
        _cells(~scored[shares > 0].any(axis=0)),
        points.without_range,
    )


def _stand_ins(
    scored: npt.NDArray[np.bool_],
    shares: Array,
    who: npt.NDArray[np.intp],
    rng: np.random.Generator,
) -> list[npt.NDArray[np.intp]]:
    """Draws whose assessor left a cell empty that others filled, the cell, and who stands in.

    Returns
    -------
    list of array
        Draw, alternative, criterion and assessor of each such place.
    """
    found = [np.empty((4, 0), dtype=np.intp)]
    for option, criterion in _cells(~scored.all(axis=0)):
        has_score = scored[:, option, criterion]
        others = np.cumsum(np.where(has_score, shares, 0.0))
        if others[-1] > 0:
            short = np.flatnonzero(~has_score[who])
            chosen = others.searchsorted(others[-1] * rng.random(len(short)), side="right")
            found.append(np.array([short, *np.broadcast_arrays(option, criterion, chosen)]))
    return list(np.concatenate(found, axis=1))


def _drawn(
    points: ThreePoints,
    who: npt.NDArray[np.intp],
    instead: list[npt.NDArray[np.intp]],
    rng: np.random.Generator,
) -> Array:
    """Scores of each draw; assessor by assessor, whose ranges hold for all draws of theirs."""
    chances = rng.random((len(who), *points.best.shape[1:]))
    scores = np.empty_like(chances)
    for assessor in np.unique(who):
        mine = np.flatnonzero(who == assessor)
        scores[mine] = _at(points, chances[mine], (assessor,))
    draw, option, criterion, other = instead
    gaps = (draw, option, criterion)
    scores[gaps] = _at(points, chances[gaps], (other, option, criterion))
    return scores


def _at(points: ThreePoints, chances: Array, place: tuple[Any, ...]) -> Array:
    low, best, high = points.low[place], points.best[place], points.high[place]
    return triangular_quantile(chances, low, best, high)


def _cells(found: npt.ArrayLike) -> Cells:
    return tuple((int(i), int(c)) for i, c in np.argwhere(found))


def widen_unscored(values: npt.ArrayLike, rng: np.random.Generator) -> tuple[Array, Cells]:
    """Let what nobody scored be anything on the scale, and say which cells those are.

    Parameters
    ----------
    values : array, draws x alternatives x criteria
        From `partial_values`, between 0 and 1; NaN where nobody scored.
    rng : numpy.random.Generator
        Seeded by the caller.

    Returns
    -------
    values : array, draws x alternatives x criteria
        NaN replaced by uniform draws between the worst and the best anchor.
    cells : tuple of (alternative, criterion)
        Where that was done; report them beside every result.

    Raises
    ------
    InputError
        Another shape.

    Examples
    --------
    >>> values, cells = widen_unscored([[[0.4, np.nan]]], np.random.default_rng(1))
    >>> cells, bool(0 <= values[0, 0, 1] <= 1)
    (((0, 1),), True)
    """
    array = checked_values(values)
    if array.ndim != 3:
        raise InputError(
            f"values: found shape {array.shape}; allowed (draws x alternatives x criteria)"
        )
    gaps = np.isnan(array)
    widened = array.copy()
    widened[gaps] = rng.random(int(gaps.sum()))
    return widened, _cells(gaps.any(axis=0))


def _pooling_weights(weights: npt.ArrayLike | None, n: int) -> Array:
    """Return one weight for each assessor, adding up to 1; equal ones unless stated.

    Raises
    ------
    InputError
        Another number than assessors, negative, unknown or all zero.
    """
    if weights is None:
        return np.full(n, 1 / n)
    array = as_numbers(weights, "assessors' weights")
    if array.shape != (n,) or not (array >= 0).all() or array.sum() == 0:
        raise InputError(
            f"assessors' weights: found {array.tolist()}; allowed {n} numbers, 0 or more, at least "
            "one above 0"
        )
    shares: Array = array / array.sum()
    return shares
