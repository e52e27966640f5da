"""SMAA-2: for which weights, and how surely, does each alternative come first, second, ... last?

References
----------
Lahdelma, R. & Salminen, P. (2001). SMAA-2: Stochastic multicriteria acceptability analysis for
group decision making. Operations Research 49(3), 444-454.
Leskinen, P., Viitanen, J., Kangas, A. & Kangas, J. (2006). Alternatives to incorporate uncertainty
and risk attitude in multicriteria evaluation of forest plans. Forest Science 52(3), 304-312
(pairwise winning indices).
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from strategy_lib.core.errors import InputError
from strategy_lib.methods.multicriteria.input import (
    Array,
    MissingScores,
    checked_pair,
    kept_alternatives,
)

# Sums of the same products in another order differ by about 1e-16 of their size: no difference
# of opinion is that small.
TIE = 1e-12


@dataclass(frozen=True, eq=False)
class Acceptability:
    """What SMAA-2 says about a set of alternatives.

    Attributes
    ----------
    rank_acceptability : array, alternatives x ranks
        Share of draws in which an alternative takes a rank; the first column is the first rank.
        Rows and columns add up to 1: tied alternatives share their ranks equally.
    central_weights : array, alternatives x criteria
        Mean of the weights that put the alternative first (a draw with a tie for the first rank
        counts by the share of it); NaN where no draw does.
    confidence_factors : array, alternatives
        Probability that the alternative is first when its central weights are used, over the
        uncertainty of the values (a tie counts by its share); NaN where never first.
    pairwise_winning : array, alternatives x alternatives
        Share of draws in which the row beats the column; a tie counts half, so that an entry and
        its mirror add up to 1 and the diagonal is 0.5.
    n_draws : int
        Draws that the shares rest on.
    excluded : tuple of int
        Alternatives not compared because values are missing; their rows are NaN.
    """

    rank_acceptability: Array
    central_weights: Array
    confidence_factors: Array
    pairwise_winning: Array
    n_draws: int
    excluded: tuple[int, ...] = ()

    @property
    def standard_errors(self) -> Array:
        """Sampling error (one standard error) of `rank_acceptability`."""
        share = self.rank_acceptability
        return np.sqrt(share * (1 - share) / self.n_draws)

    @property
    def leader(self) -> int:
        """Alternative that is first most often; the earlier one of equals."""
        return int(np.nanargmax(self.rank_acceptability[:, 0]))


def _weighted_sums(scores: Array, shares: Array) -> Array:
    draws = max(len(shares), len(scores) if scores.ndim == 3 else 1)
    every_score = np.broadcast_to(scores, (draws, *scores.shape[-2:]))
    every_share = np.broadcast_to(shares, (draws, shares.shape[1]))
    totals: Array = np.einsum("dac,dc->da", every_score, every_share)
    return totals


def acceptability(
    values: npt.ArrayLike, weights: npt.ArrayLike, *, missing: MissingScores = "raise"
) -> Acceptability:
    """Return rank acceptabilities, central weights, confidence factors and pairwise wins (SMAA-2).

    Parameters
    ----------
    values : array, alternatives x criteria or draws x alternatives x criteria
        Value of each alternative on each criterion, on one scale (0 worst, 1 best anchor); higher
        is better: turn cost criteria around before (`partial_values`).
    weights : array, draws x criteria
        Rows add up to 1 (`sample_weights`). One row stands for every draw.
    missing : {"raise", "exclude"}
        What to do where a value is NaN: refuse, or leave these alternatives out and say so in
        `excluded`. A missing value is never taken for zero.

    Returns
    -------
    Acceptability
        Values that differ by less than 1e-12 of the largest are ties.

    Raises
    ------
    InputError
        Shapes that do not fit, missing values, weights that are negative, all zero or do not add
        up to 1.

    References
    ----------
    Lahdelma & Salminen (2001), Operations Research 49(3), 444-454.

    Examples
    --------
    Two specialists and a generalist; the generalist wins where the weights are nearly equal.

    >>> weights = np.array([[0.9, 0.1], [0.7, 0.3], [0.5, 0.5], [0.45, 0.55], [0.1, 0.9]])
    >>> result = acceptability([[1, 0], [0, 1], [0.6, 0.6]], weights)
    >>> result.rank_acceptability.tolist()
    [[0.4, 0.1, 0.5], [0.2, 0.3, 0.5], [0.4, 0.6, 0.0]]
    >>> result.central_weights[0].round(2).tolist()
    [0.8, 0.2]
    """
    scores, shares = checked_pair(values, weights)
    kept = kept_alternatives(scores, missing)
    compared = scores[..., kept, :] if len(kept) < scores.shape[-2] else scores
    levels = _levels(_weighted_sums(compared, shares), TIE * np.abs(compared).max())
    better, tied, pairwise = _compare(levels)
    first = (better == 0) / tied
    central = _central_weights(first, shares)
    result = Acceptability(
        _rank_shares(better, tied),
        central,
        _confidence_factors(compared, central),
        pairwise,
        len(levels),
    )
    return result if compared is scores else _with_gaps(result, kept, scores.shape[-2])


def first_rank_shares(values: npt.ArrayLike, weights: npt.ArrayLike) -> Array:
    """Return the share of draws in which each alternative comes first, and nothing else.

    The first column of `Acceptability.rank_acceptability` in a fraction of the time, for what is
    compared many times over.

    Parameters
    ----------
    values, weights : array
        As for `acceptability`.

    Returns
    -------
    array, alternatives
        Adds up to 1: those that are tied for the first rank share it equally.

    Raises
    ------
    InputError
        As `acceptability`.

    Examples
    --------
    >>> first_rank_shares([[1, 0], [0, 1]], [[0.9, 0.1], [0.5, 0.5]]).tolist()
    [0.75, 0.25]
    """
    scores, shares = checked_pair(values, weights)
    kept_alternatives(scores, "raise")
    totals = _weighted_sums(scores, shares)
    level = totals >= totals.max(axis=1, keepdims=True) - TIE * np.abs(scores).max()
    first: Array = (level / level.sum(axis=1, keepdims=True)).mean(axis=0)
    return first


def _levels(totals: Array, tolerance: float) -> npt.NDArray[np.int16]:
    """Number the totals of each draw from the lowest, with equal numbers for ties."""
    order = np.argsort(totals, axis=1)
    steps = np.diff(np.take_along_axis(totals, order, axis=1), axis=1) > tolerance
    ranked = np.zeros(totals.shape, dtype=np.int16)
    np.cumsum(steps, axis=1, out=ranked[:, 1:])
    levels = np.empty_like(ranked)
    np.put_along_axis(levels, order, ranked, axis=1)
    return levels


def _compare(
    levels: npt.NDArray[np.int16],
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], Array]:
    """Count, by draw and alternative, who is better and who is tied; and who beats whom."""
    by_alternative = np.ascontiguousarray(levels.T)
    n, draws = by_alternative.shape
    better, tied = np.empty((2, n, draws), dtype=np.intp)
    pairwise = np.empty((n, n))
    for i, own in enumerate(by_alternative):
        above, level = by_alternative > own, by_alternative == own
        better[i], tied[i] = above.sum(axis=0), level.sum(axis=0)
        pairwise[i] = 1 - above.mean(axis=1) - level.mean(axis=1) / 2
    return better.T, tied.T, pairwise


def _rank_shares(better: npt.NDArray[np.intp], tied: npt.NDArray[np.intp]) -> Array:
    draws, n = better.shape
    cell = better + n * np.arange(n)
    shares: Array = np.zeros(n * n)
    for further in range(int(tied.max())):
        shared = tied > further
        shares += np.bincount(cell[shared] + further, 1 / tied[shared], minlength=n * n)
    shares /= draws
    return shares.reshape(n, n)


def _central_weights(first: Array, shares: Array) -> Array:
    count = first.sum(axis=0)
    central: Array = first.T @ np.broadcast_to(shares, (len(first), shares.shape[1]))
    central /= np.where(count > 0, count, np.nan)[:, None]
    return central


def _confidence_factors(scores: Array, central: Array) -> Array:
    stack = scores if scores.ndim == 3 else scores[None]
    tolerance = TIE * np.abs(scores).max()
    factors = np.full(len(central), np.nan)
    known = np.flatnonzero(~np.isnan(central[:, 0]))
    # One product for all central weights; then draws last, so that each comparison runs through
    # memory in order.
    totals = np.ascontiguousarray((stack @ central[known].T).transpose(2, 1, 0))
    for i, mine in zip(known, totals, strict=True):
        level = mine >= mine.max(axis=0) - tolerance
        factors[i] = (level[i] / level.sum(axis=0, dtype=np.int16)).mean()
    return factors


def _with_gaps(result: Acceptability, kept: npt.NDArray[np.intp], n: int) -> Acceptability:
    ranks = np.full((n, n), np.nan)
    ranks[kept] = 0
    ranks[np.ix_(kept, np.arange(len(kept)))] = result.rank_acceptability
    central = np.full((n, result.central_weights.shape[1]), np.nan)
    central[kept] = result.central_weights
    factors = np.full(n, np.nan)
    factors[kept] = result.confidence_factors
    pairwise = np.full((n, n), np.nan)
    pairwise[np.ix_(kept, kept)] = result.pairwise_winning
    excluded = tuple(int(i) for i in np.setdiff1d(np.arange(n), kept))
    return Acceptability(ranks, central, factors, pairwise, result.n_draws, excluded)


def acceptability_by_group(
    values: npt.ArrayLike, weights: npt.ArrayLike, groups: Sequence[Hashable]
) -> dict[Hashable, Acceptability]:
    """Return the acceptabilities of each group of draws: the spread behind the pooled result.

    Parameters
    ----------
    values, weights : array
        As for `acceptability`, with as many draws as `groups` in at least one of them.
    groups : sequence, draws
        Whose judgement a draw is: an assessor (`PooledScores.assessor`), or a unit.

    Returns
    -------
    dict of group to Acceptability
        In the order in which groups first appear.

    Raises
    ------
    InputError
        As `acceptability`, or another number of groups than draws.

    Examples
    --------
    >>> by = acceptability_by_group([[1, 0], [0, 1]], [[0.9, 0.1], [0.2, 0.8]], ["ann", "bo"])
    >>> {who: result.leader for who, result in by.items()}
    {'ann': 0, 'bo': 1}
    """
    scores, shares = checked_pair(values, weights)
    draws = max(len(shares), len(scores) if scores.ndim == 3 else 1)
    if len(groups) != draws:
        raise InputError(f"groups: found {len(groups)}; allowed one for each of {draws} draws")
    result: dict[Hashable, Acceptability] = {}
    for group in dict.fromkeys(groups):
        mine = np.fromiter((g == group for g in groups), dtype=np.bool_, count=draws)
        some = scores[mine] if scores.ndim == 3 and len(scores) > 1 else scores
        result[group] = acceptability(some, shares[mine] if len(shares) > 1 else shares)
    return result
