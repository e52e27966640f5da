"""Bayes' rule with ranges, for groups of futures: what all futures of one kind weigh together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from strategy_lib.core.errors import InputError

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class UpdatedGroups:
    """What each group weighs, as a share of all futures, before and after what was observed.

    Attributes
    ----------
    before, low, middle, high : array of float, shape (G,)
        `middle` with the geometric middle of each range, `low` and `high` the least and the most
        that ratios within the ranges give.
    """

    before: Array
    low: Array
    middle: Array
    high: Array


def update_groups(
    weights: npt.ArrayLike,
    groups: npt.ArrayLike,
    low: npt.ArrayLike,
    high: npt.ArrayLike,
    bears: npt.ArrayLike,
) -> UpdatedGroups:
    """Move what groups of futures weigh by observations, each of which bears on some futures.

    One observation has one ratio, whatever the future: all futures that it bears on move together,
    so that a group is not bounded by adding up what bounds its members. The ends are found by
    moving one ratio after another to the end of its range that is better, until nothing changes;
    in each ratio alone a group's weight only rises or only falls.

    Parameters
    ----------
    weights : array-like of float, shape (F,)
        Of the futures before, 0 or more, on any scale.
    groups : array-like of float, shape (F, G)
        How much of each future belongs to each group, 0 to 1.
    low, high : array-like of float, shape (J,)
        How many times as likely each observation is in a future on which it bears; above 0.
    bears : array-like of bool, shape (J, F)
        On which futures it bears. The order of observations does not matter.

    Returns
    -------
    UpdatedGroups

    Raises
    ------
    InputError
        Shapes that do not fit, no weight, a ratio that is not above 0, ends that are exchanged.

    References
    ----------
    Walley, P. (1991). Statistical Reasoning with Imprecise Probabilities. Chapman and Hall, section
    8.4 (updating with upper and lower likelihoods).

    Examples
    --------
    Two of three futures make what was seen two to four times as likely.

    >>> found = update_groups(
    ...     [1, 1, 2], [[1, 0], [1, 0], [0, 1]], [2.0], [4.0], [[True, True, False]]
    ... )
    >>> found.low.round(3).tolist(), found.high.round(3).tolist()
    ([0.667, 0.2], [0.8, 0.333])
    """
    before, member = np.asarray(weights, dtype=float), np.asarray(groups, dtype=float)
    ends = np.stack([np.asarray(low, dtype=float), np.asarray(high, dtype=float)])
    on = np.asarray(bears, dtype=bool).reshape(ends.shape[1], len(before))
    if member.ndim != 2 or len(member) != len(before):
        raise InputError(
            f"groups: found {member.shape}; needed futures x groups, {len(before)} x G"
        )
    if not before.sum() > 0 or (before < 0).any():
        raise InputError("weights: found none above 0, or one below; allowed 0 or more")
    if not ((ends[0] > 0) & (ends[1] >= ends[0]) & np.isfinite(ends[1])).all():
        raise InputError(f"ratios: found {ends.T.tolist()}; allowed from above 0, low end first")
    # An order of their own, so that the order of observations leaves no trace in the last digit.
    order = sorted(range(len(on)), key=lambda place: (*ends[:, place], on[place].tobytes()))
    logs, on = np.log(ends[:, order]), on[order]
    least, most = (
        np.array([_extreme(before, own, logs, on, sign) for own in member.T]) for sign in (-1, 1)
    )
    return UpdatedGroups(
        _weighed(before, member),
        least,
        _weighed(_moved(before, logs.mean(axis=0), on), member),
        most,
    )


def _moved(before: Array, logs: Array, on: npt.NDArray[np.bool_]) -> Array:
    return np.asarray(before * np.exp(logs @ on))


def _weighed(weights: Array, member: Array) -> Array:
    return np.asarray(weights @ member / weights.sum())


def _extreme(before: Array, own: Array, logs: Array, on: npt.NDArray[np.bool_], sign: int) -> float:
    """Least (-1) or most (1) that one group can weigh."""
    chosen = logs.mean(axis=0)
    found = float(_weighed(_moved(before, chosen, on), own))
    for _ in range(len(chosen) + 1):
        last = found
        for place in range(len(chosen)):
            for end in logs[:, place]:
                tried = chosen.copy()
                tried[place] = end
                value = float(_weighed(_moved(before, tried, on), own))
                if sign * value > sign * found:
                    chosen, found = tried, value
        if found == last:
            break
    return found
