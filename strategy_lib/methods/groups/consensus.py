"""Consensus and stability: how close people are now, and how little they moved between two rounds.

The two are kept apart: people can move towards each other, or stay apart and be sure of it.

References
----------
Hemming, V., Burgman, M. A., Hanea, A. M., McBride, M. F. & Wintle, B. C. (2018). A practical guide
to structured expert elicitation using the IDEA protocol. Methods in Ecology and Evolution 9(1),
169-180.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from strategy_lib.core.errors import InputError
from strategy_lib.methods.groups.group_summary import summarise
from strategy_lib.methods.multicriteria.input import as_numbers


def consensus(answers: npt.ArrayLike, low: float, high: float) -> float:
    """Return how close answers are now: 1 less the interquartile range as a share of the scale.

    Parameters
    ----------
    answers : array, assessors
        NaN where there is no answer.
    low, high : float
        Ends of the scale.

    Returns
    -------
    float
        0 (a quarter of the answers or more at either end of the scale) to 1 (the middle half are
        alike); NaN with fewer than two answers: one person agrees with nobody.

    Raises
    ------
    InputError
        As `summarise`.

    Examples
    --------
    >>> consensus([5, 5, 5], 0, 10), consensus([0, 0, 10, 10], 0, 10)
    (1.0, 0.0)
    """
    room = summarise(answers, low, high)
    return 1 - room.interquartile_range / (high - low) if room.n > 1 else float("nan")


@dataclass(frozen=True)
class RoundChange:
    """How a group moved between two rounds.

    Attributes
    ----------
    n : int
        People who answered both times.
    n_once : int
        People who answered in one round only: left out of everything else here.
    n_moved : int
        Of them, those whose answer changed.
    stability : float
        1 less the mean absolute change as a share of the scale; 1: nobody moved. NaN without
        anybody who answered both times.
    consensus_before, consensus_after : float
        Of those who answered both times; NaN with fewer than two of them.
    """

    n: int
    n_once: int
    n_moved: int
    stability: float
    consensus_before: float
    consensus_after: float


def stability(before: npt.ArrayLike, after: npt.ArrayLike, low: float, high: float) -> RoundChange:
    """Compare two rounds of the same assessors.

    Parameters
    ----------
    before, after : array, assessors
        The same people in the same order; NaN where there is no answer.
    low, high : float
        Ends of the scale.

    Returns
    -------
    RoundChange

    Raises
    ------
    InputError
        Another number of answers, or as `summarise`.

    Examples
    --------
    >>> moved = stability([0, 10, 5], [4, 6, 5], 0, 10)
    >>> moved.n_moved, round(moved.stability, 3), moved.consensus_after > moved.consensus_before
    (2, 0.733, True)
    """
    first, second = as_numbers(before, "before"), as_numbers(after, "after")
    if first.shape != second.shape or first.ndim != 1:
        raise InputError(
            f"rounds: found {first.shape} and {second.shape}; allowed the same assessors twice"
        )
    both = ~np.isnan(first) & ~np.isnan(second)
    once = int((np.isnan(first) != np.isnan(second)).sum())
    old, new = first[both], second[both]
    spread_before, spread_after = consensus(old, low, high), consensus(new, low, high)
    if not len(old):
        return RoundChange(0, once, 0, float("nan"), float("nan"), float("nan"))
    kept = 1 - float(np.abs(new - old).mean()) / (high - low)
    return RoundChange(len(old), once, int((old != new).sum()), kept, spread_before, spread_after)
