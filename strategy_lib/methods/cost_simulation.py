"""Total of many uncertain items over many draws, in pieces that fit into memory."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

from strategy_lib.errors import InputError
from strategy_lib.methods.dependence import climate_factors
from strategy_lib.methods.metalog import Metalog
from strategy_lib.methods.multicriteria_input import Array, as_numbers

# Items x draws of one piece: about 16 MB at a time, which stays in the processor's cache levels.
PIECE = 2_000_000


def simulate_total(
    items: Sequence[Metalog],
    draws: int,
    rng: np.random.Generator,
    *,
    times: npt.ArrayLike | None = None,
    rank_correlation: float = 0.0,
) -> Array:
    """Draw the total of items, each as often as it is paid.

    Parameters
    ----------
    items : sequence of Metalog
        Amounts, in one currency.
    draws : int
        Number of draws.
    rng : numpy.random.Generator
        Seeded by the caller.
    times : array, items or items x years, optional
        How often an item is paid (in each year); once unless stated.
    rank_correlation : float
        Between any two items, 0 to 1: a shared climate (one-factor Gaussian copula).

    Returns
    -------
    array, draws or draws x years
        In the unit of the items. Memory beyond it does not grow with the number of draws.

    Raises
    ------
    InputError
        No item, fewer than one draw, times that do not fit the items.

    Examples
    --------
    >>> from strategy_lib.methods.metalog import metalog
    >>> items = [metalog(8, 10, 14, lower=0), metalog(1, 2, 4, lower=0)]
    >>> total = simulate_total(items, 10_000, np.random.default_rng(1), times=[12, 1])
    >>> bool(115 < np.median(total) < 130)
    True
    """
    if not items or draws < 1:
        raise InputError(f"costs: found {len(items)} items and {draws} draws; allowed 1 or more")
    often = np.ones(len(items)) if times is None else as_numbers(times, "times")
    if often.shape[0] != len(items) or often.ndim > 2:
        raise InputError(f"times: found shape {often.shape}; allowed {len(items)} items first")
    total = np.empty((draws, *often.shape[1:]))
    step = max(1, PIECE // len(items))
    for start in range(0, draws, step):
        count = min(step, draws - start)
        amounts = _amounts(items, count, rank_correlation, rng)
        total[start : start + count] = amounts.T @ often
    return total


def _amounts(
    items: Sequence[Metalog], count: int, rank_correlation: float, rng: np.random.Generator
) -> Array:
    """Amounts of one piece (items x draws)."""
    amounts = np.empty((len(items), count))
    if rank_correlation == 0:
        for row, item in zip(amounts, items, strict=True):
            row[:] = item.sample(count, rng)
        return amounts
    factors = climate_factors(rank_correlation, len(items))
    shared = rng.standard_normal(count)
    for number, item in enumerate(items):
        own = rng.standard_normal(count)
        own *= factors[number, number + 1]
        own += factors[number, 0] * shared
        amounts[number] = item.quantile(ndtr(own))
    return amounts
