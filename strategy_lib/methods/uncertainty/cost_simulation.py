"""Total of many uncertain items over many draws, in pieces that fit into memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

from strategy_lib.core.errors import InputError
from strategy_lib.methods.multicriteria.input import Array, as_numbers, refuse_gaps
from strategy_lib.methods.uncertainty.dependence import climate_factors, copula_factors
from strategy_lib.methods.uncertainty.metalog import Metalog

# Draws of one piece: an item's amounts then stay in the processor's cache.
PIECE = 50_000


def simulate_total(
    items: Sequence[Metalog],
    draws: int,
    rng: np.random.Generator,
    *,
    times: npt.ArrayLike | None = None,
    rank_correlation: float | npt.ArrayLike = 0.0,
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
    rank_correlation : float, or array (items x items)
        Between any two items, 0 to 1: a shared climate (one-factor Gaussian copula); or a matrix.

    Returns
    -------
    array, draws or draws x years
        In the unit of the items. Memory beyond it does not grow with the number of draws.

    Raises
    ------
    InputError
        No item, fewer than one draw, times that do not fit the items or are unknown, a correlation
        that cannot be (see `climate_uniforms`, `copula_uniforms`).

    Examples
    --------
    >>> from strategy_lib.methods.uncertainty.metalog import metalog
    >>> items = [metalog(8, 10, 14, lower=0), metalog(1, 2, 4, lower=0)]
    >>> total = simulate_total(items, 10_000, np.random.default_rng(1), times=[12, 1])
    >>> bool(115 < np.median(total) < 130)
    True
    """
    if not items or draws < 1:
        raise InputError(f"costs: found {len(items)} items and {draws} draws; allowed 1 or more")
    often = np.ones(len(items)) if times is None else as_numbers(times, "times")
    fits = often.ndim in (1, 2) and len(often) == len(items)
    refuse_gaps(often, "times", fits, f"({len(items)} items) or ({len(items)} items x years)")
    factors = _factors(rank_correlation, len(items))
    total = np.zeros((draws, *often.shape[1:]))
    for start in range(0, draws, PIECE):
        piece = total[start : start + PIECE]
        # Item by item: no matrix of all amounts, and the same sum whatever the machine's threads.
        for amounts, paid in zip(_amounts(items, len(piece), factors, rng), often, strict=True):
            piece += np.multiply.outer(amounts, paid)
    return total


def _factors(rank_correlation: float | npt.ArrayLike, n_items: int) -> Array | None:
    """What makes the items of independent normals; None where they are independent."""
    if np.ndim(rank_correlation) == 0:
        shared = float(as_numbers(rank_correlation, "rank correlation"))
        return climate_factors(shared, n_items) if shared else None
    factors = copula_factors(rank_correlation)
    if len(factors) != n_items:
        raise InputError(f"rank correlation: found {len(factors)} items; allowed {n_items}")
    return factors


def _amounts(
    items: Sequence[Metalog], count: int, factors: Array | None, rng: np.random.Generator
) -> Iterator[Array]:
    """Draws of one item after another."""
    if factors is None:
        for item in items:
            yield item.sample(count, rng)
        return
    for item, normals in zip(items, _normals(factors, count, rng), strict=True):
        yield item.quantile(ndtr(normals))


def _normals(factors: Array, count: int, rng: np.random.Generator) -> Iterator[Array]:
    """Correlated normals of one item after another."""
    n_items, n_factors = factors.shape
    if n_factors == n_items:
        yield from factors @ rng.standard_normal((n_items, count))
        return
    # A shared climate: row by row, which is twice as fast as a product with a matrix mostly of 0.
    shared = rng.standard_normal(count)
    for item, (climate, *own) in enumerate(factors):
        normals = rng.standard_normal(count)
        normals *= own[item]
        normals += climate * shared
        yield normals
