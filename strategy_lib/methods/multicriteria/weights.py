"""Weights of criteria: what people stated, and every weight that what they stated leaves open.

References
----------
Lahdelma, R. & Salminen, P. (2001). SMAA-2: Stochastic multicriteria acceptability analysis for
group decision making. Operations Research 49(3), 444-454.
von Winterfeldt, D. & Edwards, W. (1986). Decision Analysis and Behavioral Research (swing weights).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from strategy_lib.core.errors import InputError
from strategy_lib.methods.multicriteria.input import Array, as_numbers
from strategy_lib.methods.multicriteria.weight_regions import (
    Bound,
    ordered_draws,
    region_draws,
    simplex_draws,
    weight_region,
)


def sample_weights(
    n_criteria: int,
    draws: int,
    rng: np.random.Generator,
    order: Sequence[int] | None = None,
    bounds: Sequence[Bound | None] | None = None,
) -> Array:
    """Draw weights uniformly from all that agree with what was stated.

    Parameters
    ----------
    n_criteria : int
        Number of criteria.
    draws : int
        Number of weight vectors.
    rng : numpy.random.Generator
        Seeded by the caller.
    order : sequence of int, optional
        All criteria (positions from 0), most to least important. Exact, by sorting.
    bounds : sequence of (lower, upper), optional
        One pair a criterion, as shares of 1; None where nothing was stated. With order or without.
        By rejection, which is exact; where fewer than 1 proposal in 200 fits, by hit-and-run.

    Returns
    -------
    array, draws x criteria
        Each row 0 or more, adding up to 1.

    Raises
    ------
    InputError
        Counts below 1, an order that does not name each criterion once, bounds or an order that
        no weights can meet.

    References
    ----------
    Lahdelma & Salminen (2001); Tervonen et al. (2013), EJOR 224(3), 552-559.

    Examples
    --------
    >>> weights = sample_weights(3, 10_000, np.random.default_rng(1), order=[2, 0, 1])
    >>> weights.mean(axis=0).round(2).tolist()  # the rank order centroid
    [0.28, 0.11, 0.61]
    """
    n, count = _checked_count(n_criteria, "n_criteria"), _checked_count(draws, "draws")
    ranking = None if order is None else checked_order(order, n)
    if bounds is not None:
        return region_draws(weight_region(bounds, ranking, n), count, rng)
    if ranking is not None:
        return ordered_draws(ranking, count, rng)
    return simplex_draws(n, count, rng)


def _checked_count(count: int, name: str) -> int:
    if isinstance(count, bool) or not isinstance(count, int | np.integer) or count < 1:
        raise InputError(f"{name}: found {count!r}; allowed a whole number from 1")
    return int(count)


def checked_order(order: Sequence[int], n_criteria: int) -> npt.NDArray[np.intp]:
    """Return an order of criteria as positions.

    Raises
    ------
    InputError
        A criterion missing, named twice or unknown.
    """
    found = list(order)
    if not all(isinstance(i, int | np.integer) for i in found) or sorted(found) != list(
        range(n_criteria)
    ):
        raise InputError(
            f"order: found {found}; allowed each of the criteria 0 to {n_criteria - 1} exactly "
            "once, most important first"
        )
    return np.array(found, dtype=np.intp)


def normalise_swing_weights(points: npt.ArrayLike) -> Array:
    """Turn swing points into weights that add up to 1.

    Parameters
    ----------
    points : array, criteria or assessors x criteria
        How much the swing from a criterion's worst to its best anchor is worth, 0 or more, usually
        with 100 for the most important. A row of NaN is an assessor who gave no weights.

    Returns
    -------
    array, as `points`
        Rows add up to 1; NaN where an assessor gave none.

    Raises
    ------
    InputError
        Negative points, all points zero, or points on some criteria only: what is not said is not
        zero (see `sample_swing_weights`).

    Examples
    --------
    >>> normalise_swing_weights([100, 60, 40]).tolist()
    [0.5, 0.3, 0.2]
    """
    array = _checked_points(points)
    rows = np.atleast_2d(array)
    partial = np.isnan(rows).any(axis=1) & ~np.isnan(rows).all(axis=1)
    if partial.any():
        row = int(np.argmax(partial))
        raise InputError(
            f"swing weights: assessor {row} gave no points for criteria "
            f"{np.flatnonzero(np.isnan(rows[row])).tolist()}; allowed points for all, or none at "
            "all, or use sample_swing_weights, which draws what was not said"
        )
    weights: Array = array / array.sum(axis=-1, keepdims=True)
    return weights


def _checked_points(points: npt.ArrayLike) -> Array:
    array = as_numbers(points, "swing weights")
    if array.ndim not in (1, 2) or 0 in array.shape:
        raise InputError(
            f"swing weights: found shape {array.shape}; allowed (criteria) or "
            "(assessors x criteria)"
        )
    for row, given in enumerate(np.atleast_2d(array)):
        if (given < 0).any():
            raise InputError(
                f"swing weights: assessor {row}: found {given[given < 0][0]:g}; allowed 0 or more"
            )
        if not np.isnan(given).any() and given.sum() == 0:
            raise InputError(
                f"swing weights: assessor {row}: found 0 for every criterion; allowed at least "
                "one above 0"
            )
    return array


def sample_swing_weights(
    points: npt.ArrayLike, draws: int, rng: np.random.Generator, most: float = 100
) -> Array:
    """Draw weights from the swing points of one assessor who gave some criteria no points.

    Points that were not given are drawn uniformly between 0 and `most`, anew in every draw: unknown
    is neither zero nor average. An assessor who gave no points at all may have any weights.

    Parameters
    ----------
    points : array, criteria
        0 or more; NaN where nothing was said.
    draws : int
        Number of weight vectors.
    rng : numpy.random.Generator
        Seeded by the caller.
    most : float
        Highest points that the form allows.

    Returns
    -------
    array, draws x criteria
        Rows add up to 1.

    Raises
    ------
    InputError
        Negative points, points above `most`, all zero.

    Examples
    --------
    >>> weights = sample_swing_weights([100, 50, np.nan], 1000, np.random.default_rng(1))
    >>> bool(np.allclose(weights[:, 0], 2 * weights[:, 1]))
    True
    """
    given = _checked_points(points)
    if given.ndim != 1:
        raise InputError(f"swing weights: found shape {given.shape}; allowed (criteria)")
    if (given > most).any():
        raise InputError(f"swing weights: found {np.nanmax(given):g}; allowed 0 to {most:g}")
    unknown = np.isnan(given)
    if unknown.all():
        return sample_weights(len(given), draws, rng)
    drawn = np.tile(given, (_checked_count(draws, "draws"), 1))
    drawn[:, unknown] = rng.uniform(0, most, (draws, int(unknown.sum())))
    weights: Array = drawn / drawn.sum(axis=1, keepdims=True)
    return weights
