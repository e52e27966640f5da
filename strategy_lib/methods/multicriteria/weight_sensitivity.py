"""How easily the leader changes: dominance, and the smallest change of weights that flips it."""

from __future__ import annotations

from collections.abc import Sequence
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
    totals = overall_values(scores, shares[0])
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
        leader,
        rival if possible else None,
        float(others[rival]),
        nearest[rival] if possible else np.full(len(weights), np.nan),
        distances,
        nearest,
    )


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


def overall_values(values: npt.ArrayLike, weights: npt.ArrayLike) -> Array:
    """Weighted sum of each alternative.

    Parameters
    ----------
    values : array, alternatives x criteria
        Higher is better.
    weights : array, criteria
        0 or more, adding up to 1.

    Examples
    --------
    >>> overall_values([[1, 0], [0, 1], [0.6, 0.6]], [0.7, 0.3]).round(2).tolist()
    [0.7, 0.3, 0.6]
    """
    scores, shares = checked_pair(values, weights)
    totals: Array = scores @ shares[0]
    return totals


def moved_weights(weights: npt.ArrayLike, moved: Sequence[int], share: float) -> Array:
    """Weights of which some criteria together get another share; all others share what is left.

    Parameters
    ----------
    weights : array, criteria
        0 or more, adding up to 1.
    moved : sequence of int
        Criteria that get `share`, in proportion to their present weights; alike where those are 0.

    Examples
    --------
    >>> moved_weights([0.5, 0.3, 0.2], [0], 0.75).round(3).tolist()
    [0.75, 0.15, 0.1]
    """
    shares = np.asarray(weights, dtype=np.float64)
    is_moved = np.zeros(len(shares), dtype=bool)
    is_moved[list(moved)] = True
    made = np.empty(len(shares))
    for part, total in ((is_moved, share), (~is_moved, 1.0 - share)):
        known = shares[part].sum()
        made[part] = total * (shares[part] / known if known > TIE else 1 / max(part.sum(), 1))
    return made


def leaders_along(
    values: npt.ArrayLike, weights: npt.ArrayLike, moved: Sequence[int]
) -> list[tuple[float, int]]:
    """Who leads as the share of some criteria goes from 0 to 1.

    Parameters
    ----------
    values : array, alternatives x criteria
        Higher is better.
    weights : array, criteria
        The present weights, adding up to 1.
    moved : sequence of int
        Criteria whose share is moved, with the others as in `moved_weights`.

    Returns
    -------
    list of (share, alternative)
        From which share on an alternative leads; the first from 0. Exact: each overall value is a
        line over the share. Of equals the earlier one leads.

    Examples
    --------
    >>> leaders_along([[1, 0], [0, 1], [0.6, 0.6]], [0.7, 0.3], [0])
    [(0.0, 1), (0.4, 2), (0.6, 0)]
    """
    start = overall_values(values, moved_weights(weights, moved, 0.0))
    end = overall_values(values, moved_weights(weights, moved, 1.0))
    rise = end - start
    level = start >= start.max() - TIE
    leader = int(np.argmax(level & (rise >= rise[level].max() - TIE)))
    found, share = [(0.0, leader)], 0.0
    while True:
        faster = np.flatnonzero(rise > rise[leader] + TIE)
        if not len(faster):
            return found
        crossings = (start[leader] - start[faster]) / (rise[faster] - rise[leader])
        share = max(float(crossings.min()), share)
        if share >= 1.0 - TIE:
            return found
        nearest = faster[crossings <= crossings.min() + TIE]
        leader = int(nearest[np.argmax(rise[nearest])])
        found.append((share, leader))
