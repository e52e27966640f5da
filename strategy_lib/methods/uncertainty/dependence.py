"""Uncertain inputs that move together: a shared climate, or a stated rank-correlation matrix.

Dependence is drawn as probabilities (uniform between 0 and 1, draws x items), which any
distribution's quantile function then turns into amounts. Rank correlation is Spearman's.

References
----------
Higham, N. J. (2002). Computing the nearest correlation matrix: a problem from finance. IMA Journal
of Numerical Analysis 22(3), 329-343.
Kruskal, W. H. (1958). Ordinal measures of association. Journal of the American Statistical
Association 53(284), 814-861 (rank correlation of the normal distribution).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

from strategy_lib.core.errors import InputError
from strategy_lib.methods.multicriteria.input import Array, as_numbers

# Rounding a stated correlation to two digits changes it by up to this much: no repair to speak of.
ROUNDING = 0.005
HIGHAM_STEPS = 500


def normal_correlation(rank_correlation: npt.ArrayLike) -> Array:
    """Return the correlation of normals whose ranks correlate as stated: 2 sin(pi r / 6).

    Examples
    --------
    >>> normal_correlation([0, 0.5, 1]).round(4).tolist()
    [0.0, 0.5176, 1.0]
    """
    result: Array = 2 * np.sin(np.pi * np.asarray(rank_correlation, dtype=np.float64) / 6)
    return result


def climate_uniforms(
    rank_correlation: float, n_items: int, draws: int, rng: np.random.Generator
) -> Array:
    """Draw probabilities that share one climate (one-factor Gaussian copula).

    Parameters
    ----------
    rank_correlation : float
        Between any two items, 0 (independent) to 1 (the same).
    n_items, draws : int
    rng : numpy.random.Generator
        Seeded by the caller.

    Returns
    -------
    array, draws x items
        Uniform between 0 and 1.

    Raises
    ------
    InputError
        A correlation outside 0 to 1, fewer than one item or draw.

    Examples
    --------
    >>> u = climate_uniforms(0.5, 2, 100_000, np.random.default_rng(1))
    >>> round(float(np.corrcoef(u, rowvar=False)[0, 1]), 2)
    0.5
    """
    factors = climate_factors(rank_correlation, n_items)
    _refuse_no_draws(draws)
    return np.asarray(ndtr(rng.standard_normal((draws, n_items + 1)) @ factors.T))


def climate_factors(rank_correlation: float, n_items: int) -> Array:
    """Return the matrix (items x items + 1) that makes such items of independent normals.

    Raises
    ------
    InputError
        A correlation outside 0 to 1, or no item.
    """
    if n_items < 1:
        raise InputError(f"items: found {n_items}; allowed 1 or more")
    if not 0 <= rank_correlation <= 1:
        raise InputError(f"rank correlation: found {rank_correlation:g}; allowed 0 to 1")
    shared = float(normal_correlation(rank_correlation))
    own = np.sqrt(1 - shared) * np.eye(n_items)
    return np.column_stack([np.full(n_items, np.sqrt(shared)), own])


def _refuse_no_draws(draws: int) -> None:
    if draws < 1:
        raise InputError(f"draws: found {draws}; allowed 1 or more")


def copula_uniforms(
    rank_correlation: npt.ArrayLike, draws: int, rng: np.random.Generator, *, repair: bool = False
) -> Array:
    """Draw probabilities with a stated rank-correlation matrix (Gaussian copula).

    Parameters
    ----------
    rank_correlation : array, items x items
        Symmetric, 1 on the diagonal.
    draws : int
    rng : numpy.random.Generator
        Seeded by the caller.
    repair : bool
        Whether to use the nearest possible matrix where the stated one cannot be.

    Returns
    -------
    array, draws x items
        Uniform between 0 and 1.

    Raises
    ------
    InputError
        No correlation matrix, or one that contradicts itself (by more than rounding), without
        `repair`; fewer than one draw.

    References
    ----------
    Higham (2002); Kruskal (1958).

    Examples
    --------
    >>> u = copula_uniforms([[1, -0.6], [-0.6, 1]], 100_000, np.random.default_rng(1))
    >>> round(float(np.corrcoef(u, rowvar=False)[0, 1]), 2)
    -0.6
    """
    factors = copula_factors(rank_correlation, repair=repair)
    _refuse_no_draws(draws)
    return np.asarray(ndtr(rng.standard_normal((draws, len(factors))) @ factors.T))


def copula_factors(rank_correlation: npt.ArrayLike, *, repair: bool = False) -> Array:
    """Return a square root of the matrix that makes such items of independent normals.

    Raises
    ------
    InputError
        As `copula_uniforms`.
    """
    stated = checked_correlation(rank_correlation)
    wanted = normal_correlation(stated)
    possible = nearest_correlation(wanted)
    change = float(np.abs(possible - wanted).max())
    if change > ROUNDING and not repair:
        i, j = (int(k) for k in np.unravel_index(np.abs(possible - wanted).argmax(), stated.shape))
        raise InputError(
            f"rank correlation: the entries contradict each other; the nearest possible matrix "
            f"changes them by up to {change:.2f} (items {i} and {j}: found {stated[i, j]:g}); "
            "allowed a positive semidefinite matrix, or repair=True to use the nearest one"
        )
    values, vectors = np.linalg.eigh(possible)
    root: Array = vectors * np.sqrt(np.maximum(values, 0))
    return root


def checked_correlation(matrix: npt.ArrayLike) -> Array:
    """Return a correlation matrix as floats.

    Raises
    ------
    InputError
        Not square, not symmetric, a diagonal other than 1, entries outside -1 to 1.
    """
    array = as_numbers(matrix, "rank correlation")
    square = array.ndim == 2 and array.shape[0] == array.shape[1]
    if not square or not np.allclose(array, array.T) or not np.allclose(np.diag(array), 1):
        raise InputError(
            f"rank correlation: found shape {array.shape}; allowed a square symmetric matrix with "
            "1 on the diagonal, no entry missing"
        )
    if (np.abs(array) > 1 + 1e-12).any():
        raise InputError(
            f"rank correlation: found {np.abs(array).max():g}; allowed entries from -1 to 1"
        )
    return array


def nearest_correlation(matrix: Array) -> Array:
    """Return the nearest correlation matrix (Frobenius norm), the same where it is one already.

    Parameters
    ----------
    matrix : array, items x items
        Symmetric, 1 on the diagonal.

    Returns
    -------
    array, items x items
        Positive semidefinite, 1 on the diagonal.

    References
    ----------
    Higham (2002), alternating projections with Dykstra's correction.

    Examples
    --------
    >>> nearest_correlation(np.array([[1, 1, 0], [1, 1, 1], [0, 1, 1]])).round(4).tolist()
    [[1.0, 0.7607, 0.1573], [0.7607, 1.0, 0.7607], [0.1573, 0.7607, 1.0]]
    """
    current = np.array(matrix, dtype=np.float64)
    if np.linalg.eigvalsh(current)[0] >= -1e-12:
        return current
    correction = np.zeros_like(current)
    for _ in range(HIGHAM_STEPS):
        previous = current
        values, vectors = np.linalg.eigh(current - correction)
        projected = (vectors * np.maximum(values, 0)) @ vectors.T
        correction = projected - (current - correction)
        current = projected.copy()
        np.fill_diagonal(current, 1)
        if np.abs(current - previous).max() < 1e-10:
            break
    return current
