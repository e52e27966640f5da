"""Exact search for consistent scenarios: branch and bound over partial scenarios, in blocks.

For a state to stay its descriptor's choice, it must not fall behind any rival state of that
descriptor by more than the allowed inconsistency. Its *slack* against a rival is the allowed
inconsistency plus the lead it would have if every undecided descriptor took the state that favours
it most. Deciding a descriptor can only lower slack: by the *loss* of the state taken. A partial
scenario is dropped as soon as some descriptor has no state left whose slack is nowhere negative.
Each partial scenario branches on the descriptor with the fewest states left.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from strategy_lib.core.errors import InputError
from strategy_lib.methods.cross_impact.limits import Allowed
from strategy_lib.methods.cross_impact.matrix import CrossImpactMatrix
from strategy_lib.methods.cross_impact.tables import Tables, search_tables

MOST_STATES = 127
"""What the small integers that hold counts and positions can tell apart."""

DECIDED = np.uint16(1 << 15)
"""Sorting key above every real one, for descriptors already decided."""


def search(
    matrix: CrossImpactMatrix,
    max_inconsistency: float,
    allowed: Allowed,
    limit: int,
    effort: int,
) -> NDArray[np.int8]:
    """Find every scenario whose inconsistency does not exceed `max_inconsistency`.

    Parameters
    ----------
    matrix : CrossImpactMatrix
    max_inconsistency : float
        In units of the judgements.
    allowed : Allowed
        States that may occur, alone and together.
    limit : int
        Most scenarios that are held.
    effort : int
        Most partial scenarios that are looked at.

    Returns
    -------
    ndarray of int8, shape (N, n)
        Position of the chosen state within each descriptor, in no particular order.

    Raises
    ------
    InputError
        More scenarios than `limit`, or more work than `effort`.
    """
    _check_size(matrix)
    tables = search_tables(matrix, max_inconsistency, allowed)
    return complete(tables, limit, effort, partial(_too_large, matrix, limit=limit))[1]


def complete(
    tables: Tables, limit: int, effort: int, too_large: Callable[[int, int], str]
) -> tuple[NDArray[np.intp], NDArray[np.int8]]:
    """Find every scenario of every matrix in the tables.

    Parameters
    ----------
    tables : Tables
        Of one matrix, or of several with the same descriptors.
    limit, effort : int
        Most scenarios that are held, most partial scenarios that are looked at, in all.
    too_large : callable
        Says what is wrong where one of them is passed, given scenarios found and looked at.

    Returns
    -------
    which : ndarray of int, shape (N,)
        The matrix in which the scenario holds.
    states : ndarray of int8, shape (N, n)

    Raises
    ------
    InputError
        More scenarios than `limit`, or more work than `effort`.
    """
    owners, found = [], [np.zeros((0, tables.n_descriptors), np.int8)]
    count = looked_at = 0
    roots = np.arange(len(tables.start))
    waiting = [(0, tables.start, roots, roots, np.full(len(roots), -1, np.intp))]
    while waiting:
        depth, block, which = _next_block(tables, waiting)
        looked_at += len(block)
        feasible = _feasible(tables, block)
        counts = _counts(tables, feasible)
        alive = np.flatnonzero(counts.all(axis=0))
        if depth == tables.n_descriptors:
            found.append(_chosen(tables, feasible[:, alive]))
            owners.append(which[alive])
            count += len(alive)
        elif len(alive):
            branches = _branches(tables, block, feasible, counts, alive)
            waiting.append((depth + 1, block, which, *branches))
        if count > limit or (waiting and looked_at > effort):
            raise InputError(too_large(count, looked_at))
    return np.concatenate([np.zeros(0, np.intp), *owners]), np.concatenate(found)


def _next_block(
    tables: Tables,
    waiting: list[tuple[int, NDArray[Any], NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]],
) -> tuple[int, NDArray[Any], NDArray[np.intp]]:
    """Take up to a block of the deepest waiting branches and decide them."""
    depth, parents, which, parent, state = waiting.pop()
    now, later = slice(None, tables.block), slice(tables.block, None)
    if len(parent) > tables.block:
        waiting.append((depth, parents, which, parent[later], state[later]))
    block, own = parents.take(parent[now], axis=0), which.take(parent[now])
    if depth:
        block -= tables.loss.take(own * tables.n_states + state[now], axis=0)
    return depth, block, own


def _feasible(tables: Tables, block: NDArray[Any]) -> NDArray[np.bool_]:
    """Which states are behind no rival for certain, shape (S, N)."""
    size = tables.n_states
    least = block[:, :size]
    for first in range(size, block.shape[1] - tables.n_descriptors, size):
        least = np.minimum(least, block[:, first : first + size])
    return np.ascontiguousarray((least >= 0).T)


def _counts(tables: Tables, feasible: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """How many feasible states each descriptor has left, shape (n, N)."""
    counts = np.empty((tables.n_descriptors, feasible.shape[1]), np.uint8)
    ones = feasible.view(np.uint8)
    for (first, end), out in zip(pairwise(tables.offsets.tolist()), counts, strict=True):
        np.add.reduce(ones[first:end], axis=0, dtype=np.uint8, out=out)
    return counts


def _branches(
    tables: Tables,
    block: NDArray[Any],
    feasible: NDArray[np.bool_],
    counts: NDArray[np.uint8],
    alive: NDArray[np.intp],
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return (row in `block`, state) of every branch worth taking."""
    n = tables.n_descriptors
    key = counts.astype(np.uint16)
    key *= np.uint16(n)
    key += np.arange(n, dtype=np.uint16)[:, None]
    key[np.ascontiguousarray(block[:, -n:].T) < 0] = DECIDED
    descriptor = (key.min(axis=0)[alive] % np.uint16(n)).astype(np.intp)
    first, end = tables.offsets[descriptor], tables.offsets[descriptor + 1]
    parents, states = [], []
    for position in range(tables.most_states):
        state = np.minimum(first + position, end - 1)
        open_ = feasible[state, alive] & (first + position < end)
        parents.append(alive[open_])
        states.append(state[open_])
    return np.concatenate(parents), np.concatenate(states)


def _chosen(tables: Tables, feasible: NDArray[np.bool_]) -> NDArray[np.int8]:
    """Read complete scenarios off their feasible states: one is left for each descriptor."""
    chosen = np.empty((feasible.shape[1], tables.n_descriptors), np.int8)
    for position, descriptor in enumerate(tables.order):
        first, end = tables.offsets[position : position + 2]
        chosen[:, descriptor] = feasible[first:end].argmax(axis=0)
    return chosen


def _check_size(matrix: CrossImpactMatrix) -> None:
    most = int(matrix.state_counts.max())
    if most > MOST_STATES or len(matrix.names) * (most + 1) >= DECIDED:
        raise InputError(
            f"descriptors: found {len(matrix.names)} with up to {most} states; the search handles "
            f"up to {MOST_STATES} states each and {int(DECIDED):,} states in all"
        )


def _too_large(matrix: CrossImpactMatrix, count: int, looked_at: int, *, limit: int) -> str:
    size = f"{matrix.n_scenarios:,} scenarios ({len(matrix.names)} descriptors)"
    if matrix.n_scenarios > 10**15:
        size = f"about 10^{math.log10(matrix.n_scenarios):.0f} scenarios" + size[size.find(" (") :]
    how = "allow less inconsistency, require or forbid states, or join descriptors"
    if count > limit:
        return f"{size}: more than {limit:,} of them are consistent; {how}, or raise limit"
    return (
        f"{size}: too many to search completely; stopped after {looked_at:,} partial scenarios, "
        f"with {count:,} consistent ones found so far; {how}, or raise effort"
    )
