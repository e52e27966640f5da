"""How firmly a future holds together, over all matrices that what people said leaves plausible.

The consistent set of one median matrix changes with the panel that was asked. So matrices are drawn
that another panel of the same kind could have given, each is solved exactly, and a future is told
with the share of matrices in which it holds together.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from strategy_lib.core.errors import InputError
from strategy_lib.methods.cross_impact.consistency import EFFORT
from strategy_lib.methods.cross_impact.input import SCALE
from strategy_lib.methods.cross_impact.search import complete
from strategy_lib.methods.cross_impact.tables import stacked_tables

START_DOUBT = (0.5, 0.4, 0.1)
"""Chance that a starting value which nobody judged is right, one off, two off."""

FILLS = 0.25
"""Chance that a starting block without any influence has some after all."""

SPREAD = 0.6**0.5
"""How far people lie apart on a cell (standard deviation) before anybody has answered."""

SPREAD_WEIGHT = 2
"""How many answers that first spread counts for."""

MEDIAN_VARIANCE = 1.57
"""Variance of a median over that of a mean, for many normal answers: pi / 2."""

MEMORY = 60_000_000
"""Bytes that the tables of the matrices solved at once may take."""

MOST_FOUND = 5_000_000
"""Consistent scenarios that are held at most, over all matrices."""


@dataclass(frozen=True, eq=False)
class Judged:
    """What a panel said, cell by cell.

    Attributes
    ----------
    median : ndarray of int, shape (S, S)
        Middle of the answers, halves towards 0; 0 where nobody answered.
    spread : ndarray of float, shape (S, S)
        Standard deviation of answers about their cell, pooled over the block.
    answered : ndarray of int, shape (S, S)
        How many answered.
    """

    median: NDArray[np.int64]
    spread: NDArray[np.float64]
    answered: NDArray[np.intp]


def judged(
    answers: ArrayLike,
    sizes: Sequence[int],
    *,
    spread: float = SPREAD,
    weight: float = SPREAD_WEIGHT,
) -> Judged:
    """Sum up what people said: middle, pooled spread and count of every cell.

    Parameters
    ----------
    answers : array-like, shape (P, S, S)
        Each person's judgements, NaN where there is none. The order of people does not matter.
    sizes : sequence of int
        How many states each descriptor has; their sum is S.
    spread : float
        Standard deviation assumed before anybody answered.
    weight : float
        For how many answers that assumption counts, in each block.

    Returns
    -------
    Judged

    Raises
    ------
    InputError
        Answers that do not fit the descriptors.

    Examples
    --------
    >>> import numpy as np
    >>> said = np.full((3, 4, 4), np.nan)
    >>> said[:, 0, 2] = [3, 2, -1]
    >>> judged(said, [2, 2]).median[0, 2], judged(said, [2, 2]).answered[0, 2]
    (np.int64(2), np.int64(3))
    """
    counts = _checked_sizes(sizes)
    given = np.sort(np.asarray(answers, dtype=np.float64), axis=0)
    if given.ndim != 3 or given.shape[1:] != (counts.sum(), counts.sum()):
        raise InputError(
            f"answers: found shape {given.shape}; needed people x {counts.sum()} x {counts.sum()}"
        )
    has = ~np.isnan(given)
    n = has.sum(axis=0)
    filled = np.where(has, given, 0.0)
    last = max(len(given) - 1, 0)
    middle = np.zeros(n.shape)
    if len(given):
        lower = np.take_along_axis(filled, np.clip((n - 1) // 2, 0, last)[None], 0)[0]
        upper = np.take_along_axis(filled, np.clip(n // 2, 0, last)[None], 0)[0]
        middle = np.trunc((lower + upper) / 2)
    mean = filled.sum(axis=0) / np.maximum(n, 1)
    squares = np.where(has, (filled - mean) ** 2, 0.0).sum(axis=0)
    blocks = _blocks(counts)
    cells = np.bincount(blocks.ravel(), (n > 0).ravel())
    pooled = np.bincount(blocks.ravel(), squares.ravel()) + weight * spread**2 * np.maximum(
        cells, 1
    )
    degrees = np.bincount(blocks.ravel(), np.maximum(n - 1, 0).ravel())
    deviation = np.sqrt(pooled / (degrees + weight * np.maximum(cells, 1)))
    return Judged(middle.astype(np.int64), deviation[blocks], n)


def plausible_matrices(
    median: ArrayLike,
    spread: ArrayLike,
    answered: ArrayLike,
    start: ArrayLike,
    count: int,
    seed: int,
    *,
    sizes: Sequence[int],
    panel: int | None = None,
    doubt: Sequence[float] = START_DOUBT,
    fills: float = FILLS,
) -> NDArray[np.int8]:
    """Draw matrices that what is known leaves plausible.

    A cell that nobody judged is its starting value, or one or two off, as `doubt` says; a starting
    block without any influence stays empty, but for a chance of `fills`. A cell judged by n people
    is their median and a normal error of variance 1.57 spread^2 (1/n - 1/panel), the doubt about
    the median of the panel, rounded. Nothing leaves -3..+3. A descriptor's own block is taken as it
    is, without doubt.

    Parameters
    ----------
    median : array-like of int, shape (S, S)
        What those who judged say; read where `answered` is above 0.
    spread : float or array-like, shape (S, S)
        Standard deviation of people's answers to a cell, pooled (see `judged`); 0 or more.
    answered : array-like of int, shape (S, S)
        How many people judged each cell.
    start : array-like of int, shape (S, S)
        Starting matrix, for cells that nobody judged.
    count : int
        How many matrices.
    seed : int
    sizes : sequence of int
        How many states each descriptor has; their sum is S.
    panel : int, optional
        How many people could be asked in all, where the question is what *this* panel would say
        if all of them answered. Without it, what *another* panel could say: its doubt stays.
    doubt : sequence of float
        Chances that a starting value is right, one off, two off.
    fills : float
        Chance that an empty starting block is not empty.

    Returns
    -------
    ndarray of int8, shape (count, S, S)

    Raises
    ------
    InputError
        Shapes that do not fit `sizes`, chances that are none, a negative spread or count.

    References
    ----------
    The variance of a median: Kendall, M. & Stuart, A. (1977). The Advanced Theory of Statistics,
    vol. 1, 4th ed., section 14.6.

    Examples
    --------
    >>> import numpy as np
    >>> start = np.zeros((4, 4), int)
    >>> start[:2, 2:] = [[2, -2], [0, 1]]
    >>> drawn = plausible_matrices(start * 0, 1.0, start * 0, start, 500, seed=1, sizes=[2, 2])
    >>> drawn.shape, float(abs(drawn[:, 0, 2] - 2).max())
    ((500, 4, 4), 2.0)
    """
    counts = _checked_sizes(sizes)
    shape = (int(counts.sum()),) * 2
    middle, begin, n = (
        _checked_square(values, shape, name)
        for values, name in ((median, "median"), (start, "start"), (answered, "answered"))
    )
    deviation = np.broadcast_to(np.asarray(spread, dtype=np.float64), shape)
    chances = np.asarray(doubt, dtype=np.float64)
    if chances.shape != (3,) or chances.min() < 0 or not np.isclose(chances.sum(), 1):
        raise InputError(f"doubt: found {tuple(doubt)}; needed three chances that add up to 1")
    if count < 0 or not 0 <= fills <= 1 or not (deviation >= 0).all():
        raise InputError(
            f"plausible matrices: found count {count}, fills {fills}, spread from "
            f"{deviation.min()}; allowed 0 or more, 0 to 1, 0 or more"
        )
    blocks = _blocks(counts)
    is_empty = np.bincount(blocks.ravel(), np.abs(begin).ravel()) == 0
    rng = np.random.default_rng(seed)
    size = rng.choice(3, size=(count, *shape), p=chances).astype(np.int8)
    off = size * rng.choice(np.array([-1, 1], np.int8), size=size.shape)
    off *= (~is_empty | (rng.random((count, len(is_empty))) < fills))[:, blocks]
    left = 1 / np.maximum(n, 1) - (1 / panel if panel else 0.0)
    error = rng.standard_normal((count, *shape), dtype=np.float32)
    error *= (deviation * np.sqrt(MEDIAN_VARIANCE * np.maximum(left, 0.0))).astype(np.float32)
    now = np.where(n > 0, middle, begin)
    moved = np.where(n > 0, np.rint(error), off)
    owner = np.repeat(np.arange(len(counts)), counts)
    moved[:, owner[:, None] == owner] = 0
    drawn: NDArray[np.int8] = np.clip(now + moved, -SCALE, SCALE).astype(np.int8)
    return drawn


def ensemble_shares(
    matrices: ArrayLike, sizes: Sequence[int], *, effort: int = EFFORT
) -> tuple[NDArray[np.int8], NDArray[np.float64]]:
    """Say in what share of the matrices each scenario is consistent; each is solved exactly.

    Parameters
    ----------
    matrices : array-like of int, shape (M, S, S)
        As from `plausible_matrices`; rows are sources. Their order does not matter.
    sizes : sequence of int
        How many states each descriptor has; their sum is S.
    effort : int
        Most partial scenarios to look at for any one share of the matrices that is solved at once.

    Returns
    -------
    scenarios : ndarray of int8, shape (N, n)
        Position of the chosen state within each descriptor; every scenario that is consistent in
        any matrix, the firmest first, then by states.
    shares : ndarray of float, shape (N,)
        In what share of the matrices it is consistent, above 0 to 1.

    Raises
    ------
    InputError
        No matrix, shapes that do not fit, or a search too large to complete. Never a sample.

    References
    ----------
    Weimer-Jehle, W. (2006). Technological Forecasting and Social Change 73(4), 334-361, for what
    is consistent.

    Examples
    --------
    >>> import numpy as np
    >>> one = np.array([[0, 0, 2, -2], [0, 0, -1, 1], [1, -1, 0, 0], [-2, 2, 0, 0]])
    >>> other = one.copy()
    >>> other[2, 1] = 3
    >>> scenarios, shares = ensemble_shares([one, other], [2, 2])
    >>> scenarios.tolist(), shares.tolist()
    ([[1, 1], [0, 0]], [1.0, 0.5])
    """
    found = [states for _, states in consistent_in_each(matrices, sizes, effort=effort)]
    scenarios, times = _counted(np.concatenate(found), np.asarray(sizes))
    order = np.argsort(-times, kind="stable")
    return scenarios[order], times[order] / len(np.asarray(matrices))


def consistent_in_each(
    matrices: ArrayLike,
    sizes: Sequence[int],
    *,
    free: NDArray[np.intp] | None = None,
    effort: int = EFFORT,
) -> list[tuple[NDArray[np.intp], NDArray[np.int8]]]:
    """Return (matrix, scenario) of every consistent scenario of every matrix, in parts.

    Parameters, errors: as for `ensemble_shares`; `free` is a descriptor of each matrix that may
    take any state, whatever its balances are.

    Examples
    --------
    >>> import numpy as np
    >>> [(which, states)] = consistent_in_each(np.zeros((1, 4, 4), int), [2, 2])
    >>> len(states)
    4
    """
    counts = _checked_sizes(sizes)
    stack = np.asarray(matrices)
    size = int(counts.sum())
    if stack.ndim != 3 or stack.shape[1:] != (size, size) or not len(stack):
        raise InputError(f"matrices: found shape {stack.shape}; needed any number of {size}x{size}")
    if stack.dtype.kind not in "iu":
        raise InputError("matrices: found numbers that are not whole; plausible ones are")
    most = max(1, MEMORY // (4 * size * size * int(counts.max())))
    parts = []
    for first in range(0, len(stack), most):
        part = slice(first, first + most)
        tables = stacked_tables(stack[part], counts, None if free is None else free[part])
        which, states = complete(tables, MOST_FOUND, effort, partial(_too_large, len(stack)))
        parts.append((which + first, states))
    return parts


def expected_return(shares: ArrayLike, top: int = 12) -> float:
    """Say how many of the firmest futures hold together in one more plausible matrix, on average.

    That is the sum of their shares. By simulation it is a floor for how many are among the firmest
    of another panel that is asked the same: close where everybody judged everything, too low where
    most cells are starting values, which another panel would share (docs/methods/asking.md).

    Parameters
    ----------
    shares : array-like of float
        From `ensemble_shares`, each 0 to 1, in any order.
    top : int
        How many of the firmest are shown.

    Returns
    -------
    float
        From 0 to `top`.

    Raises
    ------
    InputError
        Shares outside 0 to 1.

    Examples
    --------
    >>> expected_return([0.9, 0.5, 0.4, 0.1], top=3)
    1.8
    """
    values = np.asarray(shares, dtype=np.float64)
    if values.size and not ((values >= 0) & (values <= 1)).all():
        raise InputError(f"shares: found {values.min():g} to {values.max():g}; allowed 0 to 1")
    return math.fsum(np.sort(values)[::-1][:top])


def _counted(
    states: NDArray[np.int8], sizes: NDArray[np.intp]
) -> tuple[NDArray[np.int8], NDArray[np.intp]]:
    """Return each scenario once, in order of its states, and how often it is there."""
    if np.prod(sizes.astype(float)) < 2**62:
        keys = np.ravel_multi_index(tuple(states.T.astype(np.intp)), tuple(sizes.tolist()))
        _, first, times = np.unique(keys, return_index=True, return_counts=True)
        return states[first], times
    rows, times = np.unique(states, axis=0, return_counts=True)
    return rows, times


def _blocks(counts: NDArray[np.intp]) -> NDArray[np.intp]:
    """Number of the block of each cell, shape (S, S): source descriptor * n + target descriptor."""
    owner = np.repeat(np.arange(len(counts)), counts)
    blocks: NDArray[np.intp] = owner[:, None] * len(counts) + owner
    return blocks


def _checked_sizes(sizes: Sequence[int]) -> NDArray[np.intp]:
    counts = np.asarray(sizes, dtype=np.intp)
    if counts.ndim != 1 or not len(counts) or counts.min() < 2:
        raise InputError(f"sizes: found {list(sizes)}; needed two states or more a descriptor")
    return counts


def _checked_square(values: ArrayLike, shape: tuple[int, int], name: str) -> NDArray[Any]:
    square = np.asarray(values)
    if square.shape != shape:
        raise InputError(f"{name}: found shape {square.shape}; needed {shape}")
    if square.dtype.kind not in "iu" and not np.array_equal(square, np.rint(square)):
        raise InputError(f"{name}: found a number that is not whole, or nothing")
    return square.astype(np.int64)


def _too_large(matrices: int, count: int, looked_at: int) -> str:
    return (
        f"{matrices:,} plausible matrices: too many to solve completely; stopped after "
        f"{looked_at:,} partial scenarios, with {count:,} consistent ones; join descriptors, or "
        "draw fewer matrices"
    )
