"""Basins: how much of the scenario space drains into each attractor of succession."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from strategy_lib.core.errors import InputError
from strategy_lib.methods.cross_impact.consistency import CHUNK, scenario_table
from strategy_lib.methods.cross_impact.dynamics import (
    MOST_STEPS,
    Rule,
    check_rule,
    successors,
    unsettled,
)
from strategy_lib.methods.cross_impact.matrix import CrossImpactMatrix

ENUMERABLE = 2_000_000
"""Scenarios up to which every one is followed."""

SAMPLES = 100_000
"""Starting points that are followed where there are more."""


def basins(
    matrix: CrossImpactMatrix,
    rule: Rule = "global",
    *,
    enumerable: int = ENUMERABLE,
    samples: int = SAMPLES,
    rng: np.random.Generator | None = None,
) -> pd.DataFrame:
    """Return every attractor of succession with the size of its basin.

    Parameters
    ----------
    matrix : CrossImpactMatrix
    rule : {"global", "local"}
        As for `succession`.
    enumerable : int
        Up to this many scenarios, every one is followed and the sizes are exact.
    samples : int
        Starting points drawn, with equal chance and with replacement, where there are more.
    rng : numpy.random.Generator, optional
        Needed where starting points are drawn.

    Returns
    -------
    DataFrame
        A row an attractor, the largest basin first: its first scenario's states and scores,
        `attractor` (number), `cycle_length` (1 for a consistent scenario), `basin_size` (starting
        points that end there), `basin_share` (of all starting points), `is_exact` (False where
        starting points were drawn: attractors that none of them reached are then missing).

    Raises
    ------
    InputError
        Starting points have to be drawn and `rng` was not given; paths that do not settle.

    Examples
    --------
    >>> matrix = CrossImpactMatrix(
    ...     {"law": ["strict", "open"], "work": ["hidden", "visible"]},
    ...     [[0, 0, 2, -2], [0, 0, -1, 1], [1, -1, 0, 0], [-2, 2, 0, 0]],
    ... )
    >>> basins(matrix)[["law", "work", "cycle_length", "basin_size", "is_exact"]]
          law     work  cycle_length  basin_size  is_exact
    0  strict  visible             2           2      True
    1  strict   hidden             1           1      True
    2    open  visible             1           1      True
    """
    members, size, is_exact = _drained(matrix, rule, enumerable, samples, rng)
    first = members[members["step"] == 0].drop(columns="step").reset_index(drop=True)
    return first.assign(basin_size=size, basin_share=size / size.sum(), is_exact=is_exact)


def attractors(
    matrix: CrossImpactMatrix,
    rule: Rule = "global",
    *,
    enumerable: int = ENUMERABLE,
    samples: int = SAMPLES,
    rng: np.random.Generator | None = None,
) -> pd.DataFrame:
    """Return every scenario in which succession ends or circles.

    Parameters
    ----------
    matrix, rule, enumerable, samples, rng
        As for `basins`.

    Returns
    -------
    DataFrame
        A row a scenario: its states and scores, `attractor` (number, as in `basins`),
        `cycle_length`, `step` (0, 1, ... in the order of the cycle), `is_exact`.

    Examples
    --------
    >>> matrix = CrossImpactMatrix(
    ...     {"law": ["strict", "open"], "work": ["hidden", "visible"]},
    ...     [[0, 0, 2, -2], [0, 0, -1, 1], [1, -1, 0, 0], [-2, 2, 0, 0]],
    ... )
    >>> attractors(matrix)[["law", "work", "attractor", "step"]].head(2)
          law     work  attractor  step
    0  strict  visible          0     0
    1    open   hidden          0     1
    """
    members, _, is_exact = _drained(matrix, rule, enumerable, samples, rng)
    return members.assign(is_exact=is_exact)


def _drained(
    matrix: CrossImpactMatrix,
    rule: Rule,
    enumerable: int,
    samples: int,
    rng: np.random.Generator | None,
) -> tuple[pd.DataFrame, NDArray[np.intp], bool]:
    """Return the attractors' members, each attractor's basin, and whether every start was used."""
    check_rule(rule)
    is_exact = matrix.n_scenarios <= enumerable
    if is_exact:
        nodes = np.stack(
            np.unravel_index(np.arange(matrix.n_scenarios), matrix.state_counts.tolist()), axis=1
        ).astype(np.int8)
        following = np.ravel_multi_index(
            tuple(_step(matrix, nodes, rule).T), matrix.state_counts.tolist()
        )
        starts = np.ones(len(nodes), dtype=np.intp)
    elif rng is None:
        raise InputError(
            f"rng: {matrix.n_scenarios:,} scenarios are too many to follow each (more than "
            f"{enumerable:,}); give a numpy random generator to draw {samples:,} of them"
        )
    else:
        drawn = rng.integers(0, matrix.state_counts, size=(samples, len(matrix.names)))
        nodes, following, starts = _reachable(matrix, drawn.astype(np.int8), rule)
    ends = _far_along(following)
    return *_summary(matrix, nodes, following, ends, starts), is_exact


def _step(matrix: CrossImpactMatrix, states: NDArray[np.int8], rule: Rule) -> NDArray[np.int8]:
    following = np.empty_like(states)
    for first in range(0, len(states), CHUNK):
        part = slice(first, first + CHUNK)
        following[part] = successors(matrix, states[part].astype(np.intp), rule)
    return following


def _reachable(
    matrix: CrossImpactMatrix, drawn: NDArray[np.int8], rule: Rule
) -> tuple[NDArray[np.int8], NDArray[np.intp], NDArray[np.intp]]:
    """Return all scenarios met from the drawn ones, where each moves to, and how often drawn."""
    known: dict[bytes, int] = {}
    rows: list[NDArray[np.int8]] = []
    moves: list[NDArray[np.int8]] = []
    fresh, drawn_at = np.unique(drawn, axis=0, return_inverse=True)
    starts = np.bincount(drawn_at.ravel(), minlength=len(fresh))
    while len(fresh):
        if len(rows) > MOST_STEPS:
            raise InputError(unsettled(matrix))
        known |= {row.tobytes(): len(known) + i for i, row in enumerate(fresh)}
        rows.append(fresh)
        moves.append(_step(matrix, fresh, rule))
        reached = np.unique(moves[-1], axis=0)
        fresh = reached[[row.tobytes() not in known for row in reached]]
    nodes = np.concatenate(rows)
    following = np.array([known[row.tobytes()] for row in np.concatenate(moves)], dtype=np.intp)
    return nodes, following, np.pad(starts, (0, len(nodes) - len(starts)))


def _far_along(following: NDArray[np.intp]) -> NDArray[np.intp]:
    """Where each node is after at least as many steps as there are nodes: on its cycle."""
    ends = following
    for _ in range(len(following).bit_length()):
        ends = ends[ends]
    return ends


def _summary(
    matrix: CrossImpactMatrix,
    nodes: NDArray[np.int8],
    following: NDArray[np.intp],
    ends: NDArray[np.intp],
    starts: NDArray[np.intp],
) -> tuple[pd.DataFrame, NDArray[np.intp]]:
    drained = np.bincount(ends, weights=starts, minlength=len(nodes)).astype(np.intp)
    cycles, sizes = _cycles(following, np.unique(ends), drained)
    largest = sorted(range(len(cycles)), key=lambda i: (-sizes[i], tuple(nodes[cycles[i][0]])))
    rows = [node for i in largest for node in cycles[i]]
    table = scenario_table(matrix, nodes[rows]).assign(
        attractor=[number for number, i in enumerate(largest) for _ in cycles[i]],
        cycle_length=[len(cycles[i]) for i in largest for _ in cycles[i]],
        step=[step for i in largest for step in range(len(cycles[i]))],
    )
    return table, np.array([sizes[i] for i in largest], dtype=np.intp)


def _cycles(
    following: NDArray[np.intp], on_cycle: NDArray[np.intp], drained: NDArray[np.intp]
) -> tuple[list[list[int]], list[int]]:
    """Walk each cycle once from its lowest known node; what drains into a cycle drains into all."""
    cycles: list[list[int]] = []
    sizes: list[int] = []
    seen: set[int] = set()
    for first in on_cycle.tolist():
        if first in seen:
            continue
        cycle = [first]
        while (following_node := int(following[cycle[-1]])) != first:
            cycle.append(following_node)
        seen.update(cycle)
        lowest = cycle.index(min(cycle))
        cycles.append(cycle[lowest:] + cycle[:lowest])
        sizes.append(int(drained[cycle].sum()))
    return cycles, sizes
