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
    draws: int = 100,
    redraws: int = 4,
    doubt: Sequence[float] = START_DOUBT,
    fills: float = FILLS,
) -> BlockImportance:
    """Say how much of the consistent set hangs on each block, given what is known so far.

    For each of `draws` plausible matrices and each block, the block is replaced by that of `redraws`
    other plausible matrices, and the consistent sets before and after are compared exactly. The
    importance is the mean of 1 - Jaccard (scenarios in both sets over scenarios in either): a total
    sensitivity index, with a distance between sets in place of a variance.

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
    n = len(sizes)
    value = np.zeros((draws, n, n))
    for target in range(n):
        # A block acts on its target alone: only what holds everywhere else can come or go.
        free = np.full(draws, target)
        for which, states in consistent_in_each(base, sizes, free=free):
            for draw in np.unique(which):
                held = states[which == draw].astype(np.intp)
                value[draw, :, target] = _changes(base[draw], other[draw], held, target, sizes)
    error: NDArray[Any] = value.std(axis=0, ddof=1) / np.sqrt(draws)
    return BlockImportance(value.mean(axis=0), error)


def _changes(
    matrix: NDArray[np.int8],
    others: NDArray[np.int8],
    states: NDArray[np.intp],
    target: int,
    sizes: Sequence[int],
) -> NDArray[np.float64]:
    """Mean distance of the sets of scenarios, by source of the block that is drawn anew, (n,)."""
    starts = np.cumsum(sizes) - sizes
    own = slice(int(starts[target]), int(starts[target] + sizes[target]))
    rows = starts + states
    before = matrix[rows, own].astype(np.int16)
    change = others[:, rows, own] - before
    balances = before.sum(axis=1)
    # Redraws x scenarios x sources x states of the target.
    after = balances[:, None, :] + change
    chosen = states[:, target]
    held = balances[np.arange(len(states)), chosen] == balances.max(axis=1)
    picked = np.take_along_axis(after, chosen[None, :, None, None], axis=3)[..., 0]
    holds = picked == after.max(axis=3)
    both = (holds & held[:, None]).sum(axis=1)
    either = (holds | held[:, None]).sum(axis=1)
    distance = np.where(either > 0, 1 - both / np.maximum(either, 1), 0.0).mean(axis=0)
    distance[target] = 0.0
    return np.asarray(distance)
