"""How far several people agree on an order: Kendall's coefficient of concordance W.

References
----------
Kendall, M. G. & Babington Smith, B. (1939). The problem of m rankings. Annals of Mathematical
Statistics 10(3), 275-287.
Kendall, M. G. & Gibbons, J. D. (1990). Rank Correlation Methods, 5th ed., ch. 6 (ties).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import gammaincc

from strategy_lib.methods.multicriteria.input import Array, as_numbers, refuse_gaps


class Concordance(float):
    """Kendall's W as a number, with what belongs to it.

    0 is no agreement, 1 the same order, NaN where everybody ties everything.
    """

    __slots__ = ("_n_assessors", "_n_items")

    _n_items: int
    _n_assessors: int

    def __new__(cls, w: float, n_items: int, n_assessors: int) -> Concordance:
        """Make it from W and the size of the table."""
        made = super().__new__(cls, w)
        made._n_items, made._n_assessors = n_items, n_assessors
        return made

    def __getnewargs__(self) -> tuple[float, int, int]:  # type: ignore[override]
        """What a copy is made from."""
        return self.w, self._n_items, self._n_assessors

    @property
    def w(self) -> float:
        """The coefficient as a plain number."""
        return float(self)

    @property
    def n_items(self) -> int:
        """How many items were ranked."""
        return self._n_items

    @property
    def n_assessors(self) -> int:
        """How many assessors ranked them."""
        return self._n_assessors

    @property
    def chi2(self) -> float:
        """Friedman's statistic, m (n - 1) W."""
        return self._n_assessors * (self._n_items - 1) * self.w

    @property
    def p_value(self) -> float:
        """Chance of a W as large if orders were random.

        From the chi-square distribution with n - 1 degrees of freedom; rough for few items.
        """
        if self.w != self.w:
            return float("nan")
        return float(gammaincc((self._n_items - 1) / 2, self.chi2 / 2))


def kendalls_w(ranks: npt.ArrayLike) -> Concordance:
    """Return Kendall's W with correction for ties.

    Parameters
    ----------
    ranks : array, items x assessors
        Ranks, or anything that orders the items (each column is ranked again, ties at their mean
        rank).

    Returns
    -------
    Concordance

    Raises
    ------
    InputError
        Fewer than two items or assessors, or a missing value: leave out who did not rank all.

    References
    ----------
    Kendall & Babington Smith (1939); Kendall & Gibbons (1990), ch. 6.

    Examples
    --------
    >>> kendalls_w([[1, 1, 1], [2, 2, 2], [3, 3, 3]]).w
    1.0
    >>> round(kendalls_w([[1, 3], [2, 2], [3, 1]]).w, 6)
    0.0
    """
    table = as_numbers(ranks, "ranks")
    fits = table.ndim == 2 and min(table.shape) >= 2
    refuse_gaps(table, "ranks", fits, "(items x assessors), at least 2 of each")
    n, m = table.shape
    ranked: Array = _ranked(table)
    sums = ranked.sum(axis=1)
    spread = float(((sums - sums.mean()) ** 2).sum())
    ties = sum(_ties(column) for column in ranked.T)
    most = m * m * (n**3 - n) - m * ties
    w = 12 * spread / most if most > 0 else float("nan")
    return Concordance(w, n, m)


def _ties(column: Array) -> float:
    counts = np.unique(column, return_counts=True)[1].astype(float)
    return float((counts**3 - counts).sum())


def rank_scores(scores: npt.ArrayLike, *, higher_is_better: bool = True) -> Array:
    """Return ranks of the items by each assessor, 1 for the best, ties at their mean rank.

    Parameters
    ----------
    scores : array, items x assessors

    Returns
    -------
    array, items x assessors

    Raises
    ------
    InputError
        Another shape or a missing value.

    Examples
    --------
    >>> rank_scores([[9, 1], [5, 1], [7, 4]]).tolist()
    [[1.0, 2.5], [3.0, 2.5], [2.0, 1.0]]
    """
    table = as_numbers(scores, "scores")
    refuse_gaps(table, "scores", table.ndim == 2 and table.size > 0, "(items x assessors)")
    ranked: Array = _ranked(-table if higher_is_better else table)
    return ranked


def _ranked(table: Array) -> Array:
    """Ranks down each column from 1, ties at their mean."""
    # As scipy.stats.rankdata, whose import takes longer than all that is computed here.
    return pd.DataFrame(table).rank().to_numpy(dtype=float)
