"""Slack and loss: what the search for consistent scenarios adds up.

A state's *slack* against a rival state of its descriptor is the allowed inconsistency plus the lead
that it would have if every undecided descriptor took the state that favours it most; below 0 it
cannot be chosen. Deciding a descriptor lowers slack by the *loss* of the state taken: how much less
that state gives than the most favourable one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from strategy_lib.methods.cross_impact.limits import Allowed
from strategy_lib.methods.cross_impact.matrix import CrossImpactMatrix

BLOCK = 8192
"""Partial scenarios treated at once: large enough for numpy, small enough for the cache."""

MEMORY = 100_000_000
"""Bytes that the partial scenarios waiting at all depths may take together."""


@dataclass(frozen=True, eq=False)
class Tables:
    """What the search adds up, of M matrices; descriptors in order of the influence they exert.

    Attributes
    ----------
    order : ndarray of int, shape (n,)
        The matrix's position of each descriptor.
    offsets : ndarray of int, shape (n + 1,)
        First state of each descriptor in this order.
    start : ndarray, shape (M, R * S + n)
        Slack of each state against each of R rivals while nothing is decided, then one 0 for each
        descriptor, which turns negative once it is decided.
    loss : ndarray, shape (M * S, R * S + n)
        What taking a state subtracts from these.
    """

    order: NDArray[np.intp]
    offsets: NDArray[np.intp]
    start: NDArray[Any]
    loss: NDArray[Any]

    @property
    def n_states(self) -> int:
        """How many states there are in all."""
        return int(self.offsets[-1])

    @property
    def n_descriptors(self) -> int:
        """How many descriptors there are."""
        return len(self.order)

    @property
    def most_states(self) -> int:
        """How many states the largest descriptor has: one more than the rivals of each state."""
        width: int = self.start.shape[1]
        return (width - self.n_descriptors) // self.n_states + 1

    @property
    def block(self) -> int:
        """How many partial scenarios to treat at once within the memory allowed."""
        waiting: int = self.start[:1].nbytes * self.n_descriptors
        return max(1, min(BLOCK, MEMORY // waiting))


def search_tables(matrix: CrossImpactMatrix, max_inconsistency: float, allowed: Allowed) -> Tables:
    """Return slack and loss for scenarios of at most `max_inconsistency`."""
    slack, loss = _slack_and_loss(matrix, max_inconsistency, allowed)
    tables = _by_influence(slack[None], loss[None], matrix.state_counts)
    kind = _dtype(matrix, tables)
    start = tables.start if kind is np.float64 else np.floor(tables.start)
    return replace(
        tables, start=start.astype(kind), loss=np.ascontiguousarray(tables.loss.astype(kind))
    )


def stacked_tables(
    matrices: NDArray[np.integer[Any]],
    sizes: NDArray[np.intp],
    free: NDArray[np.intp] | None = None,
) -> Tables:
    """Return slack and loss of many matrices at once, for scenarios without inconsistency.

    Parameters
    ----------
    matrices : ndarray of int, shape (M, S, S)
        Rows are sources.
    sizes : ndarray of int, shape (n,)
        How many states each descriptor has.
    free : ndarray of int, shape (M,), optional
        A descriptor of each matrix that may take any state, whatever its balances are.
    """
    owner = np.repeat(np.arange(len(sizes)), sizes)
    starts = np.cumsum(sizes) - sizes
    reach = 8 * int(np.abs(matrices).max(initial=0)) * (len(sizes) + 1)
    values: NDArray[Any] = matrices.astype(np.int16 if reach < 2**15 else np.int32)
    lead = values[:, :, None, :] - values[:, :, _rivals(sizes)]
    best = np.maximum.reduceat(lead, starts, axis=1)
    own = owner[:, None] == owner
    loss = np.where(own[:, None, :], 0, best[:, owner] - lead)
    every = np.arange(len(owner))
    best[:, owner, :, every] = lead[:, every, :, every]
    slack = best.sum(axis=1, dtype=values.dtype)
    excluded = own & ~np.eye(len(owner), dtype=bool)
    if free is not None:
        is_free = owner == free[:, None]
        slack = np.where(is_free[:, None, :], 0, slack)
        loss = np.where(is_free[:, None, None, :], 0, loss)
    kill = slack.max(axis=(1, 2)) + 1
    loss = np.where(excluded[:, None, :], kill[:, None, None, None], loss).astype(values.dtype)
    return _by_influence(slack, loss, sizes)


def _by_influence(slack: NDArray[Any], loss: NDArray[Any], sizes: NDArray[np.intp]) -> Tables:
    """Put the most influential descriptors first: deciding these narrows the others soonest.

    Slack, shape (M, R, S), and loss by state taken, shape (M, S, R, S), are in the matrices' order.
    """
    owner = np.repeat(np.arange(len(sizes)), sizes)
    own = owner[:, None] == owner
    exerted = np.where(own, 0, loss.mean(axis=(0, 2))).sum(axis=1)
    order = np.argsort(-np.add.reduceat(exerted, np.cumsum(sizes) - sizes) / sizes, kind="stable")
    rows = np.concatenate([np.flatnonzero(owner == d) for d in order])
    offsets = np.concatenate([[0], np.cumsum(sizes[order])]).astype(np.intp)
    count, n = len(slack), len(sizes)
    decided = np.eye(n, dtype=loss.dtype)[np.repeat(np.arange(n), sizes[order])]
    loss = loss[:, rows][..., rows].reshape(count * len(owner), -1)
    slack = slack[..., rows].reshape(count, -1)
    return Tables(
        order,
        offsets,
        np.hstack([slack, np.zeros((count, n), slack.dtype)]),
        np.hstack([loss, np.tile(decided, (count, 1))]),
    )


def _rivals(sizes: NDArray[np.intp]) -> NDArray[np.intp]:
    """Each state's rivals within its descriptor, shape (R, S).

    Descriptors with fewer states than others meet their last rival more than once.
    """
    counts, first = np.repeat(sizes, sizes), np.repeat(np.cumsum(sizes) - sizes, sizes)
    steps = np.arange(1, sizes.max())[:, None]
    rivals: NDArray[np.intp] = (
        first + (np.arange(len(counts)) - first + np.minimum(steps, counts - 1)) % counts
    )
    return rivals


def _slack_and_loss(
    matrix: CrossImpactMatrix, max_inconsistency: float, allowed: Allowed
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Slack while nothing is decided, shape (R, S), and loss by state taken, shape (S, R, S)."""
    every = np.arange(len(matrix.owner))
    impacts = matrix.impacts.astype(np.float64)
    # What each state (axis 0) adds to the lead of each state (axis 2) over each rival (axis 1).
    lead = impacts[:, None, :] - impacts[:, _rivals(matrix.state_counts)]
    usable = np.where(allowed.states[:, None, None], lead, -np.inf)
    best = np.maximum.reduceat(usable, matrix.offsets[:-1], axis=0)
    own = matrix.owner[:, None] == matrix.owner
    loss = np.where(own[:, None, :], 0.0, best[matrix.owner] - lead)
    # A state acts on its own descriptor only if it is the one chosen: that part is certain.
    best[matrix.owner, :, every] = lead[every, :, every]
    highest = float(np.abs(lead).max()) * len(matrix.names)
    slack = best.sum(axis=0) + min(max_inconsistency, highest) + matrix.tolerance
    kill = slack.max() + 1.0
    slack = np.where(allowed.states, slack, -1.0)
    excluded = (own & ~np.eye(len(every), dtype=bool)) | allowed.excludes
    return slack, np.where(excluded[:, None, :], np.maximum(loss, kill), loss)


def _dtype(matrix: CrossImpactMatrix, tables: Tables) -> type[np.generic]:
    """The smallest type that no sum of losses can overflow."""
    if matrix.impacts.dtype.kind != "i":
        return np.float64
    most = np.maximum.reduceat(tables.loss, tables.offsets[:-1], axis=0).sum(axis=0)
    lowest = tables.start - most
    reach = max(abs(float(lowest.min())), float(tables.start.max()))
    return np.int16 if reach < 2**15 else np.int32 if reach < 2**31 else np.float64
