"""How easily the leader changes: dominance, and the smallest change of weights that flips it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from strategy_lib.core.errors import InputError
from strategy_lib.methods.multicriteria.acceptability import TIE
from strategy_lib.methods.multicriteria.input import (
    Array,
    checked_pair,
    checked_values,
    kept_alternatives,
)


def dominance(values: npt.ArrayLike) -> Array:
    """Return how surely one alternative is better whatever the weights.

    Parameters
    ----------
    values : array, alternatives x criteria or draws x alternatives x criteria
        Higher is better.

    Returns
    -------
    array, alternatives x alternatives
        1 where the row is at least as good as the column on every criterion and better on one, 0
        elsewhere; with draws, the share of draws in which that holds.

    Raises
    ------
    InputError
        Missing values: what is not known cannot be said to be dominated.

    Examples
    --------
    >>> dominance([[1, 1], [0, 1], [2, 0]]).tolist()
    [[0.0, 1.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]
    """
    scores = checked_values(values)
    kept_alternatives(scores, "raise")
    stack = scores if scores.ndim == 3 else scores[None]
    shares = np.empty((stack.shape[1], stack.shape[1]))
    for i in range(stack.shape[1]):
        ahead = stack[:, i, None, :] - stack
        shares[i] = ((ahead >= 0).all(axis=2) & (ahead > 0).any(axis=2)).mean(axis=0)
    return shares


@dataclass(frozen=True, eq=False)
class FlipDistance:
    """The smallest change of weights that puts somebody else in the lead.

    Attributes
    ----------
    leader : int
        Alternative that leads with the present weights; the earlier one of equals.
    rival : int or None
        Alternative that takes the lead most easily; None where none can.
    distance : float
        Share of the total weight that must move from some criteria to others (half the sum of
        absolute differences, the total variation norm); 0 to 1, infinite where nobody else can
        lead. 0.05 reads: moving 5 of 100 points is enough.
    weights : array, criteria
        The nearest weights with which `rival` leads (jointly with the leader); NaN without a rival.
    by_rival : array, alternatives
        The same distance for each alternative; infinite where it leads under no weights, NaN for
        the leader.
    weights_by_rival : array, alternatives x criteria
        The nearest weights with which each leads; NaN where there are none.
    """

    leader: int
    rival: int | None
    distance: float
    weights: Array
    by_rival: Array
    weights_by_rival: Array


def flip_distance(values: npt.ArrayLike, weights: npt.ArrayLike) -> FlipDistance:
    """Return the smallest change of weights that makes another alternative lead.

    Parameters
    ----------
    values : array, alternatives x criteria
        Higher is better; of uncertain values, the ones to test (such as medians).
    weights : array, criteria
        The present weights, adding up to 1.

    Returns
    -------
    FlipDistance
        Exact (linear programming, one for each alternative), in any unit of the values; "leads"
        means at least as high an overall value as every other alternative.

    Raises
    ------
    InputError
        Draws instead of one set of values or weights, missing values, weights that do not add up.

    References
    ----------
    Wolters, W. T. M. & Mareschal, B. (1995). Novel types of sensitivity analysis for additive MCDM
    methods. European Journal of Operational Research 81(2), 281-290 (minimum weight modification).

    Examples
    --------
    >>> flip = flip_distance([[1, 0], [0, 1], [0.6, 0.6]], [0.7, 0.3])
    >>> flip.leader, flip.rival, round(flip.distance, 3), flip.weights.round(2).tolist()
    (0, 2, 0.1, [0.6, 0.4])
    """
    scores, shares = checked_pair(values, weights)
    if scores.ndim != 2 or len(shares) != 1:
        raise InputError(
            f"flip distance: found values {scores.shape} and weights {shares.shape}; allowed "
            "one set of values (alternatives x criteria) and one of weights (criteria)"
        )
    kept_alternatives(scores, "raise")
    scores = _in_units_of_their_spread(scores)
    totals = scores @ shares[0]
    leader = int(np.argmax(totals >= totals.max() - TIE))
    nearest = np.full(scores.shape, np.nan)
    for rival in range(len(scores)):
        if rival != leader:
            nearest[rival] = _nearest_leading_weights(scores, shares[0], rival)
    return _flip(leader, shares[0], nearest)


def _in_units_of_their_spread(scores: Array) -> Array:
    """Values from 0 to 1: what solves linear programmes has absolute tolerances.

    What is added to all values of a criterion changes no difference between alternatives.
    """
    above = scores - scores.min(axis=0)
    spread = above.max()
    scaled: Array = above / spread if spread > TIE * np.abs(scores).max() else 0 * above
    return scaled


def _flip(leader: int, weights: Array, nearest: Array) -> FlipDistance:
    distances = np.abs(nearest - weights).sum(axis=1) / 2
    distances[np.isnan(distances)] = np.inf
    distances[leader] = np.nan
    others = np.where(np.isnan(distances), np.inf, distances)
    rival = int(np.argmin(others))
    possible = bool(np.isfinite(others[rival]))
    return FlipDistance(
        leader, rival if possible else None, float(others[rival]),
        nearest[rival] if possible else np.full(len(weights), np.nan), distances, nearest,
    )  # fmt: skip


def _nearest_leading_weights(scores: Array, weights: Array, rival: int) -> Array:
    """Least weight moved so that the rival is at least as good as all others; NaN where never."""
    # Imported here because it takes longer than everything else in the methods layer together.
    from scipy.optimize import linprog

    n = len(weights)
    ahead = np.delete(scores[rival] - scores, rival, axis=0)
    solution: Any = linprog(
        np.append(np.ones(n), np.zeros(n)),
        A_ub=np.column_stack([-ahead, ahead]),
        b_ub=ahead @ weights,
        A_eq=np.append(np.ones(n), -np.ones(n))[None, :],
        b_eq=[0.0],
        bounds=[(0, None)] * n + [(0, share) for share in weights],
    )
    if solution.x is None or not solution.success:
        return np.full(n, np.nan)
    moved: Array = weights + solution.x[:n] - solution.x[n:]
    return moved
