"""The three-term metalog: a distribution through the P10, P50 and P90 that somebody stated.

References
----------
Keelin, T. W. (2016). The metalog distributions. Decision Analysis 13(4), 243-277.
"""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Real
from typing import Literal, overload

import numpy as np

from strategy_lib.core.errors import InputError
from strategy_lib.methods.multicriteria.input import Array

Fallback = Literal["two_piece"]
Shape = Literal["metalog", "two_piece", "constant"]

# ln(0.9 / 0.1): how far the stated percentiles lie from the median in log odds.
TAIL = float(np.log(9))
# Keelin (2016), Proposition 2: the median must lie between these shares of the way from P10 to
# P90, or the quantile function would turn back somewhere (1.66711 is 1 / max of
# y - 0.5 + y (1 - y) ln(y / (1 - y))).
LEAST_SHARE = 0.5 * (1 - 1.66711 * 0.4)


@dataclass(frozen=True)
class Metalog:
    """A distribution through three percentiles; make it with `metalog`.

    Attributes
    ----------
    p10, p50, p90 : float
        As stated, in the quantity's own unit.
    lower, upper : float or None
        Bounds of the quantity.
    shape : {"metalog", "two_piece", "constant"}
        What was fitted: the metalog, its fallback, or a single value.
    coefficients : tuple of float
        "metalog": a1, a2, a3 of Keelin (2016). "two_piece": median, slope below, slope above.
        On the transformed scale of a bounded quantity.
    """

    p10: float
    p50: float
    p90: float
    lower: float | None
    upper: float | None
    shape: Shape
    coefficients: tuple[float, float, float]

    @overload
    def quantile(self, p: float) -> float: ...
    @overload
    def quantile(self, p: Array) -> Array: ...
    def quantile(self, p: float | Array) -> float | Array:
        """Return the value that the quantity stays below with probability `p` (number or array).

        Raises
        ------
        InputError
            A probability below 0 or above 1.

        Examples
        --------
        >>> round(metalog(10, 20, 50, lower=0).quantile(0.9), 9)
        50.0
        """
        shares = np.asarray(p, dtype=np.float64)
        if not ((shares >= 0) & (shares <= 1)).all():
            raise InputError(f"quantile: found probability {p}; allowed 0 to 1")
        with np.errstate(divide="ignore"):
            values = self.at(shares, np.log(shares) - np.log1p(-shares))
        return float(values) if values.ndim == 0 else values

    def sample(self, size: int, rng: np.random.Generator) -> Array:
        """Draw `size` values.

        Examples
        --------
        >>> draws = metalog(10, 20, 50, lower=0).sample(100_000, np.random.default_rng(1))
        >>> round(float((draws < 20).mean()), 2)
        0.5
        """
        return self.quantile(rng.random(size))

    def at(self, p: Array, log_odds: Array) -> Array:
        """Return quantiles for probabilities whose log odds, ln(p / (1 - p)), are known too."""
        if self.shape == "constant":
            return np.full(p.shape, self.p50)
        if self.shape == "two_piece":
            return self._two_piece(log_odds)
        a1, a2, a3 = self.coefficients
        return self._bounded(a1 + (a2 + a3 * (p - 0.5)) * log_odds)

    def _two_piece(self, log_odds: Array) -> Array:
        median, below, above = self.coefficients
        slope = np.where(log_odds < 0, below, above)
        with np.errstate(invalid="ignore"):
            z = median + np.where(slope > 0, slope * log_odds, 0)
        if _inside(self.p10, self.p90, self.lower, self.upper):
            return self._bounded(z)
        return np.asarray(np.clip(z, self.lower, self.upper), dtype=np.float64)

    def _bounded(self, z: Array) -> Array:
        with np.errstate(over="ignore"):
            if self.lower is not None and self.upper is not None:
                return self.lower + (self.upper - self.lower) / (1 + np.exp(-z))
            if self.lower is not None:
                return self.lower + np.exp(z)
            if self.upper is not None:
                return self.upper - np.exp(-z)
        return z


def metalog(
    p10: float,
    p50: float,
    p90: float,
    lower: float | None = None,
    upper: float | None = None,
    *,
    fallback: Fallback | None = None,
) -> Metalog:
    """Return the three-term metalog distribution through P10, P50 and P90.

    Parameters
    ----------
    p10, p50, p90 : float
        Values that the quantity stays below with 10, 50 and 90 % probability, in its own unit.
        All three equal: a single value, certain.
    lower, upper : float, optional
        Bounds that the quantity cannot pass, such as 0 for money that can only be spent.
    fallback : {"two_piece"}, optional
        What to take where no metalog fits, because the median lies too close to P10 or P90, or
        because one of them equals a bound: a logistic half on either side of the median. It meets
        the three points exactly, on the same transformed scale (or cut off at a bound that P10 or
        P90 touches), with a jump in its density at the median. Without it, such points are
        refused.

    Returns
    -------
    Metalog
        `.quantile(p)`, `.sample(size, rng)`; `.shape` says what was fitted.

    Raises
    ------
    InputError
        Out of order, outside the bounds, unknown values, or infeasible (with the medians that
        would be feasible).

    References
    ----------
    Keelin, T. W. (2016). The metalog distributions. Decision Analysis 13(4), 243-277; Section 4
    and Propositions 1 to 4 (symmetric percentile triplets).

    Examples
    --------
    >>> cost = metalog(10, 20, 50, lower=0)
    >>> [round(cost.quantile(p), 6) for p in (0, 0.1, 0.5, 0.9)]
    [0.0, 10.0, 20.0, 50.0]
    >>> metalog(10, 11, 50)
    Traceback (most recent call last):
        ...
    strategy_lib.core.errors.InputError: P10, P50, P90: found 10, 11, 50, too skewed for a \
metalog; allowed a P50 between 16.6631 and 43.3369, or fallback='two_piece'
    """
    _check(p10, p50, p90, lower, upper, fallback)
    if p10 == p90:
        return Metalog(p10, p50, p90, lower, upper, "constant", (p50, 0.0, 0.0))
    inside = _inside(p10, p90, lower, upper)
    z10, z50, z90 = _transformed((p10, p50, p90), lower, upper) if inside else (p10, p50, p90)
    share = (z50 - z10) / (z90 - z10)
    if inside and LEAST_SHARE < share < 1 - LEAST_SHARE:
        a2 = (z90 - z10) / (2 * TAIL)
        a3 = (1 - 2 * share) * (z90 - z10) / (0.8 * TAIL)
        return Metalog(p10, p50, p90, lower, upper, "metalog", (z50, a2, a3))
    if fallback is None:
        raise InputError(_infeasible(p10, p50, p90, lower, upper))
    slopes = (z50 - z10) / TAIL, (z90 - z50) / TAIL
    return Metalog(p10, p50, p90, lower, upper, "two_piece", (z50, *slopes))


def _check(
    p10: float,
    p50: float,
    p90: float,
    lower: float | None,
    upper: float | None,
    fallback: Fallback | None,
) -> None:
    points = [p10, p50, p90, *(bound for bound in (lower, upper) if bound is not None)]
    found = f"found {p10}, {p50}, {p90}"
    if not all(isinstance(x, Real) and np.isfinite(float(x)) for x in points):
        raise InputError(f"P10, P50, P90: {found}, bounds {lower}, {upper}; allowed numbers")
    if not p10 <= p50 <= p90:
        raise InputError(f"P10, P50, P90: {found}; allowed P10 <= P50 <= P90")
    if lower is not None and upper is not None and not lower < upper:
        raise InputError(f"bounds: found {lower:g} and {upper:g}; allowed lower below upper")
    if (lower is not None and p10 < lower) or (upper is not None and p90 > upper):
        raise InputError(f"P10, P50, P90: {found}; allowed within the bounds {lower}, {upper}")
    if fallback not in (None, "two_piece"):
        raise InputError(f"fallback: found {fallback!r}; allowed None, 'two_piece'")


def _inside(p10: float, p90: float, lower: float | None, upper: float | None) -> bool:
    return (lower is None or p10 > lower) and (upper is None or p90 < upper)


def _transformed(
    values: tuple[float, float, float], lower: float | None, upper: float | None
) -> tuple[float, float, float]:
    x = np.array(values, dtype=np.float64)
    if lower is not None and upper is not None:
        x = np.log((x - lower) / (upper - x))
    elif lower is not None:
        x = np.log(x - lower)
    elif upper is not None:
        x = -np.log(upper - x)
    return float(x[0]), float(x[1]), float(x[2])


def _infeasible(
    p10: float, p50: float, p90: float, lower: float | None, upper: float | None
) -> str:
    found = f"P10, P50, P90: found {p10:g}, {p50:g}, {p90:g}"
    if not _inside(p10, p90, lower, upper):
        return (
            f"{found}, bounds {lower}, {upper}; allowed for a metalog P10 above the lower and P90 "
            "below the upper bound, or fallback='two_piece'"
        )
    z10, _, z90 = _transformed((p10, p50, p90), lower, upper)
    ends = (z10 + share * (z90 - z10) for share in (LEAST_SHARE, 1 - LEAST_SHARE))
    frame = Metalog(p10, p50, p90, lower, upper, "metalog", (0.0, 0.0, 0.0))
    least, most = (float(frame._bounded(np.array(end))) for end in ends)
    return (
        f"{found}, too skewed for a metalog; allowed a P50 between {least:g} and {most:g}, or "
        "fallback='two_piece'"
    )
