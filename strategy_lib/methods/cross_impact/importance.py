"""Which block of a cross-impact matrix is worth asking about: how much of the result hangs on it.

A block is an ordered pair of descriptors: all influences of one on the other, one screen of a form.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from strategy_lib.core.errors import InputError
from strategy_lib.methods.cross_impact.plausible import (
    FILLS,
    START_DOUBT,
    consistent_in_each,
    plausible_matrices,
)

BATCH = 4000
"""Changed matrices that are held at once."""


@dataclass(frozen=True, eq=False)
class BlockImportance:
    """What hangs on each block.

    Attributes
    ----------
    value : ndarray of float, shape (n, n)
        Row: source descriptor, column: target. Expected share of the set of consistent scenarios
        that changes when this block alone is drawn anew, 0 to 1; 0 on the diagonal.
    standard_error : ndarray of float, shape (n, n)
        Of the simulation, over the matrices drawn.
    """

    value: NDArray[np.float64]
    standard_error: NDArray[np.float64]


def block_importance(
    median: ArrayLike,
    spread: ArrayLike,
    answered: ArrayLike,
    start: ArrayLike,
    seed: int,
    *,
    sizes: Sequence[int],
    panel: int | None = None,
    draws: int = 40,
    redraws: int = 4,
    doubt: Sequence[float] = START_DOUBT,
    fills: float = FILLS,
) -> BlockImportance:
    """Say how much of the consistent set hangs on each block, given what is known so far.

    For each of `draws` plausible matrices and each block, the block is replaced by that of `redraws`
    other plausible matrices, and each result is solved exactly. The importance is the mean of 1 -
    Jaccard (scenarios in both sets over scenarios in either): a total sensitivity index, with a
    distance between sets in place of a variance.

    Parameters
    ----------
    median, spread, answered, start, seed, sizes, panel, doubt, fills
        As for `plausible_matrices`; with `panel`, what all of it judged hangs on nothing.
    draws : int
        Plausible matrices to start from, two or more.
    redraws : int
        How often each block is drawn anew for each of them, one or more.

    Returns
    -------
    BlockImportance

    Raises
    ------
    InputError
        As `plausible_matrices`; too few draws.

    References
    ----------
    Saltelli, A. et al. (2008). Global Sensitivity Analysis: The Primer. Wiley, section 4.6 (total
    effects from matrices in which one column is exchanged).

    Examples
    --------
    >>> import numpy as np
    >>> start = np.zeros((4, 4), int)
    >>> start[:2, 2:] = [[2, -2], [-2, 2]]
    >>> found = block_importance(start * 0, 1.0, start * 0, start, 1, sizes=[2, 2])
    >>> bool(found.value[1, 0] > found.value[0, 1])  # where nothing is known yet, more can change
    True
    """
    if draws < 2 or redraws < 1:
        raise InputError(f"draws, redraws: found {draws}, {redraws}; allowed from 2, from 1")
    drawn = plausible_matrices(
        median,
        spread,
        answered,
        start,
        draws * (1 + redraws),
        seed,
        sizes=sizes,
        panel=panel,
        doubt=doubt,
        fills=fills,
    )
    base, other = drawn[:draws], drawn[draws:].reshape(draws, redraws, *drawn.shape[1:])
    n, ends = len(sizes), np.cumsum(sizes)
    slices = [slice(int(end - size), int(end)) for end, size in zip(ends, sizes, strict=True)]
    blocks = [(s, t) for s in range(n) for t in range(n) if s != t]
    before = _sets(base, sizes)
    total = np.zeros((draws, n, n))
    step = max(1, BATCH // (draws * redraws))
    for first in range(0, len(blocks), step):
        some = blocks[first : first + step]
        changed = np.broadcast_to(base[:, None], (len(some), *other.shape)).copy()
        for place, (s, t) in enumerate(some):
            changed[place][..., slices[s], slices[t]] = other[..., slices[s], slices[t]]
        moved = (changed != base[:, None]).any(axis=(3, 4))
        sets = iter(_sets(changed[moved], sizes))
        for place, draw, _ in np.argwhere(moved):
            total[draw, *some[place]] += _distance(before[draw], next(sets)) / redraws
    error: NDArray[Any] = total.std(axis=0, ddof=1) / np.sqrt(draws)
    return BlockImportance(total.mean(axis=0), error)


def _sets(matrices: NDArray[np.int8], sizes: Sequence[int]) -> list[set[int]]:
    """Return the consistent scenarios of each matrix, as numbers."""
    sets: list[set[int]] = [set() for _ in matrices]
    place = [1]
    for size in reversed(sizes[1:]):
        place.insert(0, place[0] * int(size))
    weights = np.array(place, dtype=np.int64 if place[0] < 2**55 else object)
    if not len(matrices):
        return sets
    for which, states in consistent_in_each(matrices, sizes):
        numbers = (states.astype(weights.dtype) * weights).sum(axis=1)
        for matrix, number in zip(which.tolist(), numbers.tolist(), strict=True):
            sets[matrix].add(number)
    return sets


def _distance(one: set[int], other: set[int]) -> float:
    either = len(one | other)
    return 1 - len(one & other) / either if either else 0.0
