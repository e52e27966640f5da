"""Which single judgement, changed by one, makes or unmakes which scenario."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from strategy_lib.core.errors import InputError
from strategy_lib.methods.cross_impact.consistency import (
    EFFORT,
    LIMIT,
    best_balances,
    chosen_balances,
    find_states,
)
from strategy_lib.methods.cross_impact.input import checked_threshold
from strategy_lib.methods.cross_impact.limits import Limits
from strategy_lib.methods.cross_impact.matrix import CrossImpactMatrix

MOST_FLIPS = 5_000_000
"""Rows of the longest table that is built."""


def flip_sensitivity(
    matrix: CrossImpactMatrix,
    max_inconsistency: float = 0,
    required: Limits | None = None,
    forbidden: Limits | None = None,
    *,
    scale: float | None = None,
    limit: int = LIMIT,
    effort: int = EFFORT,
) -> pd.DataFrame:
    """Say which cell, changed by +1 or -1, makes or unmakes which consistent scenario.

    All cells are covered, exactly, by one search: a change by one moves one balance by one, so it
    can only make scenarios that are at most one short today. Cells of a descriptor's own block
    count if the block holds any self-influence.

    Parameters
    ----------
    matrix : CrossImpactMatrix
    max_inconsistency, required, forbidden, limit, effort
        As for `consistent_scenarios`.
    scale : float, optional
        If given, changes that would leave -scale..+scale are left out.

    Returns
    -------
    DataFrame
        A row for each change and scenario: `source_descriptor`, `source_state`,
        `target_descriptor`, `target_state`, `judgement` (today), `change` (+1 or -1), `effect`
        ("makes" or "unmakes"), then a column a descriptor with the scenario's states. Sorted by
        cell in the matrix's order, then change.

    Raises
    ------
    InputError
        As `consistent_scenarios`; or more than five million rows.

    Examples
    --------
    >>> matrix = CrossImpactMatrix(
    ...     {"law": ["strict", "open"], "work": ["hidden", "visible"]},
    ...     [[0, 0, 2, -2], [0, 0, -1, 1], [0, 0, 0, 0], [-2, 2, 0, 0]],
    ... )
    >>> flips = flip_sensitivity(matrix)
    >>> flips[["source_state", "target_state", "change", "effect", "law", "work"]]
      source_state target_state  change   effect     law    work
    0       hidden       strict      -1  unmakes  strict  hidden
    1       hidden         open       1  unmakes  strict  hidden
    """
    threshold = checked_threshold(max_inconsistency)
    found = find_states(matrix, threshold + 1, required, forbidden, limit, effort)
    states = found.astype(np.intp)
    scenario, target, change, makes = _effects(matrix, states, threshold)
    source_of = states[scenario] + matrix.offsets[:-1]
    usable = _usable_sources(matrix)[target]
    if int(usable.sum()) > MOST_FLIPS:
        raise InputError(
            f"flip sensitivity: {int(usable.sum()):,} effects on {len(states):,} scenarios; more "
            f"than {MOST_FLIPS:,} are not listed: allow less inconsistency or require states"
        )
    row, descriptor = np.nonzero(usable)
    source, target, change = source_of[row, descriptor], target[row], change[row]
    judgement = matrix.impacts[source, target]
    keep = np.ones(len(row), bool) if scale is None else np.abs(judgement + change) <= scale
    order = np.lexsort((scenario[row], change, target, source))
    order = order[keep[order]]
    row, source, target = row[order], source[order], target[order]
    cells = _cell_table(matrix, source, target).assign(
        judgement=judgement[order],
        change=change[order],
        effect=np.where(makes[row], "makes", "unmakes"),
    )
    return pd.concat([cells, matrix.frame_of(states[scenario[row]])], axis=1)


def _effects(
    matrix: CrossImpactMatrix, states: NDArray[np.intp], max_inconsistency: float
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.int64], NDArray[np.bool_]]:
    """Return (scenario, target state, change, whether it makes or unmakes) of every effect."""
    limit = max_inconsistency + matrix.tolerance
    balances = matrix.balances(states)
    shortfall = best_balances(matrix, balances) - chosen_balances(matrix, balances, states)
    fails = shortfall > limit
    before = ~fails.any(axis=1)
    others_hold = (fails.sum(axis=1)[:, None] - fails) == 0
    found = []
    for change in (-1, 1):
        after = _shortfall_after(matrix, balances, states, change) <= limit
        after &= others_hold[:, matrix.owner]
        scenario, target = np.nonzero(after != before[:, None])
        found.append((scenario, target, np.full(len(scenario), change), ~before[scenario]))
    scenario, target, changes, makes = (np.concatenate(part) for part in zip(*found, strict=True))
    return scenario, target, changes, makes


def _shortfall_after(
    matrix: CrossImpactMatrix, balances: NDArray[Any], states: NDArray[np.intp], change: int
) -> NDArray[Any]:
    """How far each state's descriptor falls short once that state's balance changes, (N, S)."""
    result = np.empty_like(balances)
    for descriptor, chosen in enumerate(states.T):
        block = balances[:, matrix.block(descriptor)]
        for position in range(block.shape[1]):
            changed = block.copy()
            changed[:, position] += change
            held = np.take_along_axis(changed, chosen[:, None], axis=1)[:, 0]
            result[:, matrix.offsets[descriptor] + position] = changed.max(axis=1) - held
    return result


def _usable_sources(matrix: CrossImpactMatrix) -> NDArray[np.bool_]:
    """Which descriptors can act on each state, shape (S, n)."""
    n = len(matrix.names)
    own = [bool(matrix.impacts[matrix.block(d), matrix.block(d)].any()) for d in range(n)]
    other = matrix.owner[:, None] != np.arange(n)
    usable: NDArray[np.bool_] = other | np.array(own)
    return usable


def _cell_table(
    matrix: CrossImpactMatrix, source: NDArray[np.intp], target: NDArray[np.intp]
) -> pd.DataFrame:
    names, labels = (np.array(part, dtype=object) for part in zip(*matrix.pairs, strict=True))
    return pd.DataFrame(
        {
            "source_descriptor": names[source],
            "source_state": labels[source],
            "target_descriptor": names[target],
            "target_state": labels[target],
        }
    )


def flip_summary(flips: pd.DataFrame) -> pd.DataFrame:
    """Count what each change does: the cells worth arguing about, most effects first.

    Parameters
    ----------
    flips : DataFrame
        From `flip_sensitivity`.

    Returns
    -------
    DataFrame
        A row for each cell and change that has an effect: the cell's columns, `judgement`,
        `change`, `makes` and `unmakes` (how many scenarios).

    Examples
    --------
    >>> matrix = CrossImpactMatrix({"a": ["x", "y"], "b": ["u", "v"]}, [[0] * 4] * 4)
    >>> summary = flip_summary(flip_sensitivity(matrix))
    >>> summary[["source_state", "target_state", "change", "unmakes"]].head(2)
      source_state target_state  change  unmakes
    0            x            u      -1        1
    1            x            u       1        1
    """
    cell = [
        "source_descriptor",
        "source_state",
        "target_descriptor",
        "target_state",
        "judgement",
        "change",
    ]
    counts = flips.assign(
        makes=(flips["effect"] == "makes").astype(int),
        unmakes=(flips["effect"] == "unmakes").astype(int),
    )
    summary = counts.groupby(cell, sort=False, as_index=False)[["makes", "unmakes"]].sum()
    most_first = (-(summary["makes"] + summary["unmakes"])).argsort(kind="stable")
    return summary.iloc[most_first].reset_index(drop=True)
