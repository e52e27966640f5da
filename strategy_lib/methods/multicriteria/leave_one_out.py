"""What the comparison says without one criterion, or without one assessor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from strategy_lib.core.errors import InputError
from strategy_lib.methods.multicriteria.acceptability import first_rank_shares
from strategy_lib.methods.multicriteria.input import Array, checked_pair


@dataclass(frozen=True, eq=False)
class LeaveOneOut:
    """What the comparison says without one criterion, or without one assessor.

    Attributes
    ----------
    first_rank : array, left out x alternatives
        First-rank acceptability of each alternative without that one; NaN where nothing is left.
    base : array, alternatives
        The same with all of them.
    leaders : tuple of int or None
        Who is first most often without that one; None where nothing is left.
    leader : int
        Who is first most often with all of them.
    """

    first_rank: Array
    base: Array
    leaders: tuple[int | None, ...]
    leader: int

    @property
    def changes_leader(self) -> npt.NDArray[np.bool_]:
        """Whether leaving that one out gives another leader; so does nothing left to compare."""
        return np.array([leader != self.leader for leader in self.leaders])


def leave_one_criterion_out(values: npt.ArrayLike, weights: npt.ArrayLike) -> LeaveOneOut:
    """Compare again without each criterion in turn, its weight shared out in proportion.

    Parameters
    ----------
    values, weights : array
        As for `acceptability`; at least two criteria.

    Returns
    -------
    LeaveOneOut
        A row a criterion. Draws in which it had all the weight drop out.

    Raises
    ------
    InputError
        A single criterion, or as `acceptability`.

    Examples
    --------
    >>> result = leave_one_criterion_out([[1, 0], [0, 1]], [[0.6, 0.4]])
    >>> result.leader, result.leaders
    (0, (1, 0))
    """
    scores, shares = checked_pair(values, weights)
    if shares.shape[1] < 2:
        raise InputError("leave one criterion out: found 1 criterion; allowed at least 2")
    parts = [_without(scores, shares, criterion) for criterion in range(shares.shape[1])]
    return _left_out(first_rank_shares(scores, shares), parts)


def _without(scores: Array, shares: Array, criterion: int) -> Array | None:
    rest = np.delete(shares, criterion, axis=1)
    total = rest.sum(axis=1)
    usable = total > 0
    if not usable.any():
        return None
    left = np.delete(scores, criterion, axis=-1)
    if left.ndim == 3 and len(left) == len(usable):
        left = left[usable]
    return first_rank_shares(left, rest[usable] / total[usable, None])


def _left_out(base: Array, parts: list[Array | None]) -> LeaveOneOut:
    nothing = np.full(len(base), np.nan)
    return LeaveOneOut(
        np.array([nothing if part is None else part for part in parts]),
        base,
        tuple(None if part is None else int(part.argmax()) for part in parts),
        int(base.argmax()),
    )


def leave_one_assessor_out(
    model: Callable[[npt.NDArray[np.intp]], tuple[npt.ArrayLike, npt.ArrayLike]], n_assessors: int
) -> LeaveOneOut:
    """Compare again without each assessor in turn.

    Parameters
    ----------
    model : callable
        Given the positions of the assessors who count, returns `values` and `weights` as for
        `acceptability` (for instance from `pool_scores`). It should make its own generator from a
        fixed seed, so that differences come from the assessors and not from the draws.
    n_assessors : int
        At least 1; with a single one, nothing is left without them, and the row is NaN.

    Returns
    -------
    LeaveOneOut
        A row an assessor.

    Raises
    ------
    InputError
        No assessor, or as `acceptability`.

    Examples
    --------
    >>> scores = np.array([[[1.0], [0.0]], [[1.0], [0.9]], [[0.0], [0.7]]])  # of three assessors
    >>> result = leave_one_assessor_out(lambda who: (scores[who].mean(axis=0), [[1.0]]), 3)
    >>> result.leader, result.leaders
    (0, (1, 0, 0))
    """
    if n_assessors < 1:
        raise InputError(f"n_assessors: found {n_assessors}; allowed at least 1")
    everyone = np.arange(n_assessors)
    base = first_rank_shares(*model(everyone))
    if n_assessors == 1:
        return _left_out(base, [None])
    return _left_out(base, [first_rank_shares(*model(np.delete(everyone, i))) for i in everyone])
