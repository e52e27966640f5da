"""What an observation changes: Bayes' rule where people give a range instead of a number.

A signpost is seen more often in some futures than in others. People say how much more often, as a
range. Every observation multiplies the weight of a future by that ratio; the order in which
observations come does not matter, and where nobody has judged, nothing moves.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from strategy_lib.core.errors import InputError

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class UpdatedShares:
    """Weights of the futures, which add up to 1, before and after what was observed.

    Attributes
    ----------
    before : ndarray of float, shape (F,)
    low, high : ndarray of float, shape (F,)
        Least and most that any ratios within the ranges give.
    middle : ndarray of float, shape (F,)
        With the geometric middle of each range; adds up to 1.
    """

    before: Array
    low: Array
    middle: Array
    high: Array


def update_shares(
    shares: npt.ArrayLike,
    ratios_low: npt.ArrayLike,
    ratios_high: npt.ArrayLike,
    observed: npt.ArrayLike,
) -> UpdatedShares:
    """Move the weights of futures by what was observed, with people's ranges carried through.

    Parameters
    ----------
    shares : array-like of float, shape (F,)
        Weight of each future before, 0 or more, on any scale (such as its share of plausible
        matrices); they are divided by their sum.
    ratios_low, ratios_high : array-like of float, shape (J, F)
        How many times as often each of J signposts is seen in a future as in a reference that is
        the same for the whole row; above 0. NaN where nobody judged: that counts as 1.
    observed : array-like of bool, shape (J,)
        Which signposts were seen. One that was not seen changes nothing: a ratio does not say how
        often it would be missing.

    Returns
    -------
    UpdatedShares
        `low` and `high` are exact bounds: a future is lowest where its own ratios are at their low
        ends and all others' at their high ends.

    Raises
    ------
    InputError
        Shapes that do not fit, a share below 0 or none above, a ratio that is not above 0, a range
        whose ends are exchanged or of which one end is missing.

    References
    ----------
    Walley, P. (1991). Statistical Reasoning with Imprecise Probabilities. Chapman and Hall, section
    8.4 (updating with upper and lower likelihoods).

    Examples
    --------
    Of two futures that weigh the same, one makes what was seen two to four times as likely.

    >>> found = update_shares([0.5, 0.5], [[2.0, 1.0]], [[4.0, 1.0]], [True])
    >>> found.low.round(3).tolist(), found.high.round(3).tolist()
    ([0.667, 0.2], [0.8, 0.333])
    """
    weights = np.asarray(shares, dtype=np.float64)
    if weights.ndim != 1 or not np.all(weights >= 0) or not weights.sum() > 0:
        raise InputError(f"shares: found {weights.tolist()}; allowed 0 or more, one above 0")
    seen = np.asarray(observed, dtype=bool)
    low, high = _checked_ranges(ratios_low, ratios_high, (len(seen), len(weights)))
    before = weights / weights.sum()
    lowest, highest = (_products(np.log(ends[seen])) for ends in (low, high))
    between = (lowest + highest) / 2
    middle = before * np.exp(np.minimum(between - between[before > 0].max(), 0))
    scale = highest[before > 0].max()
    least, most = (before * np.exp(np.minimum(ends - scale, 0)) for ends in (lowest, highest))
    return UpdatedShares(
        before,
        _share(least, most.sum() - most),
        middle / middle.sum(),
        _share(most, least.sum() - least),
    )


def _products(logs: Array) -> Array:
    """Sum over signposts, in an order of its own so that theirs leaves no trace."""
    total: Array = np.sort(logs, axis=0).sum(axis=0)
    return total


def _share(own: Array, others: Array) -> Array:
    total = own + np.maximum(others, 0.0)
    return np.divide(own, total, out=np.zeros_like(own), where=total > 0)


def _checked_ranges(
    ratios_low: npt.ArrayLike, ratios_high: npt.ArrayLike, shape: tuple[int, int]
) -> tuple[Array, Array]:
    low, high = (np.asarray(ends, dtype=np.float64) for ends in (ratios_low, ratios_high))
    if shape[0] == 0 and low.size == 0 and high.size == 0:
        low, high = np.ones(shape), np.ones(shape)
    if low.shape != shape or high.shape != shape:
        raise InputError(
            f"ratios: found {low.shape} and {high.shape}; needed signposts x futures, {shape}"
        )
    half = np.isnan(low) != np.isnan(high)
    low, high = np.where(np.isnan(low), 1.0, low), np.where(np.isnan(high), 1.0, high)
    wrong = half | ~(low > 0) | ~(high >= low) | np.isinf(high)
    if wrong.any():
        places = [
            f"signpost {i}, future {k}: {low[i, k]:g} to {high[i, k]:g}"
            for i, k in np.argwhere(wrong)
        ]
        raise InputError(
            f"ratios: {'; '.join(places)}; allowed from above 0, low end first, both or neither"
        )
    return low, high
