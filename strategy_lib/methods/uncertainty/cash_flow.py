"""Money over the years: present value, the chance of passing a budget, break-even.

References
----------
Brealey, R. A., Myers, S. C. & Allen, F. (2020). Principles of Corporate Finance, ch. 2 and 5.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from strategy_lib.core.errors import InputError
from strategy_lib.methods.multicriteria.input import Array, as_numbers, refuse_gaps

HALVINGS = 200


def npv(rate: float | Array, cash_flows: npt.ArrayLike) -> float | Array:
    """Return the net present value of yearly cash flows.

    Parameters
    ----------
    rate : float or array, draws
        Discount rate a year: 0.05 is 5 %. Above -1.
    cash_flows : array, years or draws x years
        The first one falls due now and is not discounted; the next after one year.

    Returns
    -------
    float, or array (draws)
        In the unit of the cash flows, at the time of the first.

    Raises
    ------
    InputError
        A rate of -1 or less, missing flows, no years, another number of rates than of draws.

    References
    ----------
    Brealey, Myers & Allen (2020), ch. 2.

    Examples
    --------
    >>> round(npv(0.1, [-100, 60, 60]), 2)
    4.13
    """
    flows, yearly = as_numbers(cash_flows, "cash flows"), as_numbers(rate, "rate")
    fits = flows.ndim in (1, 2) and 0 not in flows.shape
    refuse_gaps(flows, "cash flows", fits, "(years) or (draws x years)")
    if not (yearly > -1).all() or yearly.ndim > 1:
        raise InputError(f"rate: found {rate}; allowed a share above -1, such as 0.05 for 5 %")
    if yearly.ndim == flows.ndim - 1 == 1 and len(yearly) != len(flows):
        raise InputError(
            f"rate: found {len(yearly)} for {len(flows)} draws of cash flows; allowed one, or one "
            "for each draw"
        )
    discount = (1 + yearly[..., None]) ** -np.arange(flows.shape[-1])
    value = np.asarray((flows * discount).sum(axis=-1))
    return float(value) if value.ndim == 0 else value


def probability_of_exceeding(totals: npt.ArrayLike, budget: float) -> float:
    """Return the share of draws above a budget.

    Parameters
    ----------
    totals : array, draws
    budget : float
        In the same currency; reaching it exactly does not count as passing it.

    Returns
    -------
    float
        0 to 1.

    Raises
    ------
    InputError
        No draws, missing values, an unknown budget.

    Examples
    --------
    >>> probability_of_exceeding([90, 100, 110, 120], 100)
    0.5
    """
    draws = as_numbers(totals, "totals")
    if draws.ndim != 1 or not len(draws) or np.isnan(draws).any() or np.isnan(budget):
        raise InputError(
            f"totals: found shape {draws.shape}, {int(np.isnan(draws).sum())} missing, budget "
            f"{budget}; allowed (draws), complete, and a number"
        )
    return float((draws > budget).mean())


def break_even_value(difference: Callable[[float], float], low: float, high: float) -> float | None:
    """Return the value of one input at which two options come out even.

    Parameters
    ----------
    difference : callable
        Net benefit (or cost) of one option less that of the other, for a value of the input;
        continuous between `low` and `high`.
    low, high : float
        The values of the input worth considering.

    Returns
    -------
    float or None
        Where the difference is 0; None where the same option is ahead at both ends.

    Raises
    ------
    InputError
        `low` not below `high`, or a difference that is not known at a value that was tried.

    Examples
    --------
    An office costs 90 a year, each visit without one 15: from how many visits is it cheaper?

    >>> break_even_value(lambda visits: 90 - 15 * visits, 0, 12)
    6.0
    """
    if not low < high:
        raise InputError(f"break-even: found {low} to {high}; allowed low below high")
    at_low, at_high = _known(difference, low), _known(difference, high)
    if at_low == 0 or at_high == 0:
        return low if at_low == 0 else high
    if (at_low > 0) == (at_high > 0):
        return None
    return _root(difference, low, high, at_low > 0)


def _root(difference: Callable[[float], float], low: float, high: float, falls: bool) -> float:
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        found = _known(difference, middle)
        if found == 0 or middle in (low, high):
            break
        low, high = (middle, high) if (found > 0) == falls else (low, middle)
    return middle


def _known(difference: Callable[[float], float], value: float) -> float:
    found = float(difference(value))
    if np.isnan(found):
        raise InputError(f"break-even: the difference is not known at {value:g}; allowed a number")
    return found


@dataclass(frozen=True)
class BreakEvenYear:
    """When money spent has come back.

    Attributes
    ----------
    by_year : DataFrame
        `year`, `share` (of draws in which that is the first year with a sum of 0 or more),
        `cumulative_share` (in that year or before).
    share_never : float
        Share of draws in which it is not reached in these years.
    """

    by_year: pd.DataFrame
    share_never: float


def break_even_year(cash_flows: npt.ArrayLike, years: Sequence[int]) -> BreakEvenYear:
    """Return in which year the flows so far first add up to 0 or more, as shares of draws.

    Parameters
    ----------
    cash_flows : array, years or draws x years
        Money in less money out; or what another option would have cost less what this one costs.
    years : sequence of int

    Returns
    -------
    BreakEvenYear

    Raises
    ------
    InputError
        Another number of years, missing flows.

    Examples
    --------
    >>> result = break_even_year([[-10, 6, 6], [-10, 1, 1]], [2026, 2027, 2028])
    >>> result.by_year["share"].tolist(), result.share_never
    ([0.0, 0.0, 0.5], 0.5)
    """
    flows = np.atleast_2d(as_numbers(cash_flows, "cash flows"))
    fits = flows.ndim == 2 and flows.shape[1] == len(years) and flows.size > 0
    refuse_gaps(flows, "cash flows", fits, f"(draws x {len(years)} years)")
    reached = flows.cumsum(axis=1) >= 0
    first = np.where(reached.any(axis=1), reached.argmax(axis=1), len(years))
    share = np.bincount(first, minlength=len(years) + 1) / len(flows)
    by_year = pd.DataFrame({"year": list(years), "share": share[:-1]})
    by_year["cumulative_share"] = by_year["share"].cumsum()
    return BreakEvenYear(by_year, float(share[-1]))
