"""Several assessors' estimates of one quantity, pooled without averaging their differences away.

The linear opinion pool draws an assessor, then draws from that assessor's estimate: where the room
holds two opinions, so does the pool.

References
----------
Stone, M. (1961). The opinion pool. Annals of Mathematical Statistics 32(4), 1339-1342.
Hemming, V., Burgman, M. A., Hanea, A. M., McBride, M. F. & Wintle, B. C. (2018). A practical guide
to structured expert elicitation using the IDEA protocol. Methods in Ecology and Evolution 9(1),
169-180.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from strategy_lib.core.errors import InputError
from strategy_lib.methods.multicriteria.input import Array, as_numbers
from strategy_lib.methods.uncertainty.metalog import metalog
from strategy_lib.methods.uncertainty.three_points import (
    ThreePoints,
    three_points,
    triangular_quantile,
)

Kind = Literal["range", "percentiles"]


@dataclass(frozen=True, eq=False)
class Pool:
    """A pooled distribution.

    Attributes
    ----------
    samples : array, size
        On the scale of the estimates.
    assessor : array, size
        Whose estimate each sample comes from (position among the assessors).
    n, n_no_answer : int
        Assessors who answered, and who did not.
    without_range : int
        Of those who answered, how many gave one number only.
    """

    samples: Array
    assessor: npt.NDArray[np.intp]
    n: int
    n_no_answer: int
    without_range: int = 0


def pooling_weights(weights: npt.ArrayLike | None, n: int) -> Array:
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


def linear_pool(
    low: npt.ArrayLike,
    best: npt.ArrayLike,
    high: npt.ArrayLike,
    size: int,
    rng: np.random.Generator,
    *,
    weights: npt.ArrayLike | None = None,
    kind: Kind = "range",
    lower: float | None = None,
    upper: float | None = None,
) -> Pool:
    """Pool three-point estimates of one quantity by several assessors.

    Parameters
    ----------
    low, best, high : array, assessors
        NaN where an assessor gave no answer: left out, and counted.
    size : int
        Number of samples.
    rng : numpy.random.Generator
        Seeded by the caller.
    weights : array, assessors, optional
        How often each is drawn; equally unless stated.
    kind : {"range", "percentiles"}
        What low and high mean. "range": the lowest and highest thought possible, best the most
        likely (triangular). "percentiles": P10, P50, P90 (three-term metalog, in two pieces where
        that is infeasible).
    lower, upper : float, optional
        Bounds of the quantity, for "percentiles".

    Returns
    -------
    Pool

    Raises
    ------
    InputError
        Nobody answered, estimates out of order, weights that cannot be used.

    References
    ----------
    Stone (1961); Hemming et al. (2018).

    Examples
    --------
    >>> pool = linear_pool([1, 8, np.nan], [2, 9, np.nan], [3, 10, np.nan], 1000,
    ...                    np.random.default_rng(1))
    >>> pool.n, pool.n_no_answer, bool(((pool.samples < 3) | (pool.samples > 8)).all())
    (2, 1, True)
    """
    points = three_points(low, best, high)
    if points.best.ndim != 1 or kind not in ("range", "percentiles"):
        raise InputError(
            f"linear pool: found estimates of shape {points.best.shape}, kind {kind!r}; allowed "
            "one estimate an assessor, kind 'range' or 'percentiles'"
        )
    who = _drawn_assessors(points.best, pooling_weights(weights, len(points.best)), size, rng)
    p = rng.random(size)
    if kind == "range":
        samples = triangular_quantile(p, points.low[who], points.best[who], points.high[who])
    else:
        samples = _percentile_samples(points, who, p, lower, upper)
    answered = int((~np.isnan(points.best)).sum())
    return Pool(samples, who, answered, len(points.best) - answered, points.without_range)


def _drawn_assessors(
    answers: Array, shares: Array, size: int, rng: np.random.Generator
) -> npt.NDArray[np.intp]:
    usable = np.where(np.isnan(answers), 0.0, shares)
    if usable.sum() == 0:
        raise InputError(
            f"pool: found no answer among {len(answers)} assessors with a weight; allowed at "
            "least one"
        )
    return rng.choice(len(answers), size=size, p=usable / usable.sum())


def _percentile_samples(
    points: ThreePoints,
    who: npt.NDArray[np.intp],
    p: Array,
    lower: float | None,
    upper: float | None,
) -> Array:
    samples = np.empty(len(p))
    for i in np.unique(who):
        estimate = metalog(
            points.low[i], points.best[i], points.high[i], lower, upper, fallback="two_piece"
        )
        samples[who == i] = estimate.quantile(p[who == i])
    return samples


def pool_samples(
    samples: npt.ArrayLike,
    size: int,
    rng: np.random.Generator,
    *,
    weights: npt.ArrayLike | None = None,
) -> Pool:
    """Pool distributions that are given as samples.

    Parameters
    ----------
    samples : array, assessors x draws
        A row of NaN is an assessor without an answer.
    size : int
        Number of samples.
    rng : numpy.random.Generator
        Seeded by the caller.
    weights : array, assessors, optional
        How often each is drawn; equally unless stated.

    Returns
    -------
    Pool

    Raises
    ------
    InputError
        Rows that are partly NaN, nobody answered, another shape.

    Examples
    --------
    >>> pool = pool_samples([[1, 1], [9, 9]], 1000, np.random.default_rng(1), weights=[1, 0])
    >>> set(pool.samples.tolist())
    {1.0}
    """
    array = as_numbers(samples, "samples")
    gaps = np.isnan(array)
    if array.ndim != 2 or 0 in array.shape or (gaps.any(axis=1) & ~gaps.all(axis=1)).any():
        raise InputError(
            f"samples: found shape {array.shape}, {int(gaps.sum())} missing; allowed "
            "(assessors x draws), each row complete or empty"
        )
    who = _drawn_assessors(array[:, 0], pooling_weights(weights, len(array)), size, rng)
    answered = int((~gaps[:, 0]).sum())
    drawn = array[who, rng.integers(0, array.shape[1], size)]
    return Pool(drawn, who, answered, len(array) - answered)
