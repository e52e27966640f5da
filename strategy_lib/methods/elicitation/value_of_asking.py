"""What one more score is worth: how likely it moves the order, times how much it would tell."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

from strategy_lib.core.errors import InputError

Array = npt.NDArray[np.float64]

PRIOR_SD = 2.5
"""How far options lie apart on a criterion before anybody is asked, in points of 0 to 10."""

NOISE_SD = 1.5
"""How far people lie apart on one score before there are answers to tell."""

NOISE_WEIGHT = 10
"""How many answers that first spread counts for."""


def value_of_asking(
    scores: npt.ArrayLike,
    weights: npt.ArrayLike,
    *,
    more: int = 1,
    fewest: int = 3,
    middle: float = 5.0,
    prior_sd: float = PRIOR_SD,
    noise_sd: float = NOISE_SD,
) -> Array:
    """Return what the next answers to each option and criterion are worth, in squared points.

    value(o, c) = chance that o and its nearest rival change places x weight of c squared x fall in
    the variance of the mean score. The rival is the leader, for the leader the second. A mean is
    drawn to the middle of the scale by what is not known yet.

    Parameters
    ----------
    scores : array-like of float, shape (P, O, C)
        What each person gave each of O options on each of C criteria, more is better; NaN where
        there is no answer. The order of people does not matter.
    weights : array-like of float, shape (C,) or (P, C)
        Weights of the criteria, each person's adding up to 1, or their mean; a person without
        weights has NaN.
    more : int
        How many more people would be asked of a pair that has `fewest` answers or more.
    fewest : int
        A pair with fewer answers is filled up to so many.
    middle, prior_sd, noise_sd : float
        Middle of the scale; spread of options, and of people about one score, in its points.

    Returns
    -------
    ndarray of float, shape (O, C)

    Raises
    ------
    InputError
        Shapes that do not fit, weights below 0 or none above, fewer than two options, spreads that
        are not above 0.

    References
    ----------
    Frazier, P., Powell, W. & Dayanik, S. (2008). A knowledge-gradient policy for sequential
    information collection. SIAM Journal on Control and Optimization 47(5), 2410-2439: asking where
    a result may change. The product is ours, tried by simulation (benchmarks/simulate_asking.py).

    Examples
    --------
    >>> import numpy as np
    >>> nothing = np.full((3, 2, 2), np.nan)
    >>> value_of_asking(nothing, [0.8, 0.2]).round(3).tolist()
    [[1.786, 0.112], [1.786, 0.112]]
    """
    given = np.asarray(scores, dtype=np.float64)
    if given.ndim != 3 or given.shape[1] < 2:
        raise InputError(f"scores: found shape {given.shape}; needed people x options x criteria")
    mean_weights = _mean_weights(weights, given.shape[2])
    if not (prior_sd > 0 and noise_sd > 0) or more < 1 or fewest < 1:
        raise InputError(
            f"prior_sd, noise_sd, more, fewest: found {prior_sd}, {noise_sd}, {more}, {fewest}; "
            "allowed above 0, from 1"
        )
    has = ~np.isnan(given)
    n = has.sum(axis=0)
    mean = np.sort(np.where(has, given, 0.0), axis=0).sum(axis=0) / np.maximum(n, 1)
    squares = np.sort(np.where(has, (given - mean) ** 2, 0.0), axis=0).sum()
    noise = (noise_sd**2 * NOISE_WEIGHT + squares) / (NOISE_WEIGHT + np.maximum(n - 1, 0).sum())
    known = n / noise + 1 / prior_sd**2
    totals = ((mean * n / noise + middle / prior_sd**2) / known) @ mean_weights
    doubt = (1 / known) @ mean_weights**2
    swap = _chance_of_a_swap(totals, doubt)
    asked = np.where(n < fewest, fewest - n, more)
    fall = 1 / known - 1 / (known + asked / noise)
    value: Array = swap[:, None] * mean_weights**2 * fall
    return value


def _chance_of_a_swap(totals: Array, doubt: Array) -> Array:
    """Chance that each option and its nearest rival stand the other way round."""
    leader, second = np.argsort(-totals, kind="stable")[:2]
    rival = np.full(len(totals), leader)
    rival[leader] = second
    spread = np.sqrt(doubt + doubt[rival])
    chance: Array = ndtr(-np.abs(totals - totals[rival]) / np.where(spread > 0, spread, 1.0))
    # The leader is worth asking about wherever anybody is near.
    chance[leader] = np.delete(chance, leader).max()
    return chance


def _mean_weights(weights: npt.ArrayLike, criteria: int) -> Array:
    given = np.asarray(weights, dtype=np.float64)
    given = given[None] if given.ndim == 1 else given
    if given.ndim != 2 or given.shape[1] != criteria:
        raise InputError(
            f"weights: found shape {given.shape}; needed a number for {criteria} criteria"
        )
    known = given[~np.isnan(given).any(axis=1)]
    if not len(known) or known.min() < 0 or not known.sum() > 0:
        raise InputError("weights: found none, or one below 0; allowed 0 or more, one above 0")
    mean = np.sort(known, axis=0).mean(axis=0)
    share: Array = mean / mean.sum()
    return share
