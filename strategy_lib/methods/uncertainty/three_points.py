"""Estimates in three points (low, best, high): checked, and drawn from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from strategy_lib.core.errors import InputError
from strategy_lib.methods.multicriteria.input import Array, as_numbers


@dataclass(frozen=True, eq=False)
class ThreePoints:
    """Checked estimates: arrays of one shape, assessors first; NaN where there is no answer.

    Attributes
    ----------
    low, best, high : array
    without_range : int
        Estimates given as a single number: taken as certain, and counted here so that it is said.
    """

    low: Array
    best: Array
    high: Array
    without_range: int


def three_points(
    low: npt.ArrayLike, best: npt.ArrayLike, high: npt.ArrayLike, name: str = "estimates"
) -> ThreePoints:
    """Check three-point estimates.

    Parameters
    ----------
    low, best, high : array, assessors x ...
        On one scale. No best: no answer. A best without low and high: taken as certain, counted.
    name : str
        What is estimated, for messages.

    Returns
    -------
    ThreePoints

    Raises
    ------
    InputError
        Low above best, best above high (all of them listed), a range without a best estimate, one
        end of a range only, shapes that differ.

    Examples
    --------
    >>> three_points([1, 2], [3, 4], [5, 6]).without_range
    0
    >>> three_points([4], [3], [5])
    Traceback (most recent call last):
        ...
    strategy_lib.core.errors.InputError: estimates: at (0,): found low 4, best 3, high 5; allowed \
low <= best <= high, or no answer at all
    """
    least, middle, most = (as_numbers(part, name) for part in (low, best, high))
    if not least.shape == middle.shape == most.shape or middle.ndim < 1:
        raise InputError(
            f"{name}: found shapes {least.shape}, {middle.shape}, {most.shape}; allowed one shape, "
            "assessors first"
        )
    single = ~np.isnan(middle) & np.isnan(least) & np.isnan(most)
    least, most = np.where(single, middle, least), np.where(single, middle, most)
    empty = np.isnan(middle) & np.isnan(least) & np.isnan(most)
    wrong = ~((least <= middle) & (middle <= most)) & ~empty
    if wrong.any():
        faults = [
            f"at {tuple(int(i) for i in place)}: found low {least[tuple(place)]:g}, best "
            f"{middle[tuple(place)]:g}, high {most[tuple(place)]:g}"
            for place in np.argwhere(wrong)
        ]
        allowed = "allowed low <= best <= high, or no answer at all"
        raise InputError(f"{name}: {'; '.join(faults)}; {allowed}")
    return ThreePoints(least, middle, most, int(single.sum()))


def triangular_quantile(p: Array, low: Array, best: Array, high: Array) -> Array:
    """Return quantiles of triangular distributions; the arrays are broadcast to one shape.

    Examples
    --------
    >>> one = np.ones(3)
    >>> triangular_quantile(np.array([0, 0.5, 1]), 0 * one, 5 * one, 10 * one).tolist()
    [0.0, 5.0, 10.0]
    """
    width, left = high - low, best - low
    # One root for both branches: it is what takes long.
    from_low = p * width
    is_left = from_low < left
    root = np.sqrt(np.where(is_left, from_low * left, (1 - p) * width * (high - best)))
    return np.where(is_left, low + root, high - root)
