"""Which scenarios are consistent, by how much the others miss, and what each state is pushed to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from strategy_lib.core.errors import InputError
from strategy_lib.methods.cross_impact.input import checked_threshold
from strategy_lib.methods.cross_impact.limits import Limits, allowed_states
from strategy_lib.methods.cross_impact.matrix import CrossImpactMatrix, Scenario
from strategy_lib.methods.cross_impact.scenario_wizard import WEIGHT_LIMIT, parse_sl, read_text
from strategy_lib.methods.cross_impact.search import search

LIMIT = 1_000_000
"""Consistent scenarios that are held at most."""

EFFORT = 200_000_000
"""Partial scenarios looked at before the search gives up, after a minute or two."""

CHUNK = 32_768
"""Scenarios whose balances are held at once."""


def consistent_scenarios(
    matrix: CrossImpactMatrix,
    max_inconsistency: float = 0,
    required: Limits | None = None,
    forbidden: Limits | None = None,
    *,
    limit: int = LIMIT,
    effort: int = EFFORT,
) -> pd.DataFrame:
    """Find all consistent scenarios, exactly.

    A scenario is consistent if in every descriptor the chosen state has the highest impact balance
    or shares it. Its inconsistency is the largest amount by which a chosen state falls short of
    its descriptor's best; its total impact score is the sum of the chosen states' balances.

    Parameters
    ----------
    matrix : CrossImpactMatrix
    max_inconsistency : float
        Scenarios up to this inconsistency are included; in units of the judgements.
    required, forbidden : mapping or iterable, optional
        Limits on the scenarios looked for, not on the judging: excluded states still compete. A
        mapping gives allowed or excluded states of a descriptor, ``{"law": ["open", "mixed"]}``. A
        list holds (descriptor, state) that must or must not occur, or pairs of these that must
        occur together or not at all, or must not occur together.
    limit : int
        Most scenarios to hold.
    effort : int
        Most partial scenarios to look at; one million takes about half a second.

    Returns
    -------
    DataFrame
        A column a descriptor with the state's name, `total_impact_score`, `inconsistency`; best
        first: by inconsistency, then total impact score, then the order of the states.

    Raises
    ------
    InputError
        Contradicting limits; or a search that could not be completed within `limit` and `effort`,
        with the size. The result is never a sample.

    References
    ----------
    Weimer-Jehle, W. (2006). Technological Forecasting and Social Change 73(4), 334-361.

    Examples
    --------
    >>> matrix = CrossImpactMatrix(
    ...     {"law": ["strict", "open"], "work": ["hidden", "visible"]},
    ...     [[0, 0, 2, -2], [0, 0, -1, 1], [1, -1, 0, 0], [-2, 2, 0, 0]],
    ... )
    >>> consistent_scenarios(matrix)
          law     work  total_impact_score  inconsistency
    0  strict   hidden                   3              0
    1    open  visible                   3              0
    """
    return scenario_table(
        matrix, find_states(matrix, max_inconsistency, required, forbidden, limit, effort)
    )


def find_states(
    matrix: CrossImpactMatrix,
    max_inconsistency: float,
    required: Limits | None,
    forbidden: Limits | None,
    limit: int = LIMIT,
    effort: int = EFFORT,
) -> NDArray[np.int8]:
    """Find the same scenarios as positions of states, shape (N, n), best first."""
    threshold = checked_threshold(max_inconsistency)
    allowed = allowed_states(matrix, required, forbidden)
    states = search(matrix, threshold, allowed, limit, effort)
    inconsistency, score = evaluate(matrix, states)
    return states[np.lexsort((*states.T[::-1], -score, inconsistency))]


def scenario_table(matrix: CrossImpactMatrix, states: NDArray[Any]) -> pd.DataFrame:
    """Return scenarios (positions, shape (N, n)) as a table of state names with their scores."""
    inconsistency, score = evaluate(matrix, states)
    return matrix.frame_of(states).assign(total_impact_score=score, inconsistency=inconsistency)


def evaluate(matrix: CrossImpactMatrix, states: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return inconsistency and total impact score of scenarios, each of shape (N,)."""
    inconsistency = np.zeros(len(states), dtype=matrix.impacts.dtype)
    score = np.zeros(len(states), dtype=matrix.impacts.dtype)
    for first in range(0, len(states), CHUNK):
        part = slice(first, first + CHUNK)
        balances = matrix.balances(states[part])
        chosen = chosen_balances(matrix, balances, states[part])
        shortfall = best_balances(matrix, balances) - chosen
        inconsistency[part] = shortfall.max(axis=1)
        score[part] = chosen.sum(axis=1)
    inconsistency[inconsistency <= matrix.tolerance] = 0
    return inconsistency, score


def chosen_balances(
    matrix: CrossImpactMatrix, balances: NDArray[Any], states: NDArray[Any]
) -> NDArray[Any]:
    """Return the balance of each descriptor's chosen state, shape (N, n)."""
    return np.take_along_axis(balances, states + matrix.offsets[:-1], axis=1)


def best_balances(matrix: CrossImpactMatrix, balances: NDArray[Any]) -> NDArray[Any]:
    """Return the highest balance within each descriptor, shape (N, n)."""
    best: NDArray[Any] = np.stack(
        [balances[:, matrix.block(d)].max(axis=1) for d in range(len(matrix.names))], axis=1
    )
    return best


def impact_balance(matrix: CrossImpactMatrix, scenario: Scenario) -> pd.Series:
    """Return the impact balance of every state in a scenario: the sum of influences on it.

    Returns
    -------
    Series
        Indexed by (descriptor, state), in the matrix's order; in units of the judgements.

    Examples
    --------
    >>> matrix = CrossImpactMatrix(
    ...     {"law": ["strict", "open"], "work": ["hidden", "visible"]},
    ...     [[0, 0, 2, -2], [0, 0, -1, 1], [1, -1, 0, 0], [-2, 2, 0, 0]],
    ... )
    >>> impact_balance(matrix, ["strict", "visible"]).tolist()
    [-2, 2, 2, -2]
    """
    index = pd.MultiIndex.from_tuples(matrix.pairs, names=["descriptor", "state"])
    balances = matrix.balances(matrix.indices(scenario)[None, :])[0]
    return pd.Series(balances, index=index, name="impact_balance")


def near_misses(
    matrix: CrossImpactMatrix,
    max_inconsistency: float = 1,
    required: Limits | None = None,
    forbidden: Limits | None = None,
    *,
    limit: int = LIMIT,
    effort: int = EFFORT,
) -> pd.DataFrame:
    """List scenarios that just fail: which descriptor wants which other state, by how much.

    Parameters
    ----------
    matrix : CrossImpactMatrix
    max_inconsistency : float
        How far a scenario may fail and still be listed; above 0.
    required, forbidden, limit, effort
        As for `consistent_scenarios`.

    Returns
    -------
    DataFrame
        A row for each scenario and descriptor that fails in it: the scenario's columns as in
        `consistent_scenarios`, then `descriptor`, `wanted_state` (the first of the best states)
        and `shortfall` (its balance less the chosen state's).

    Examples
    --------
    >>> matrix = CrossImpactMatrix(
    ...     {"law": ["strict", "open"], "work": ["hidden", "visible"]},
    ...     [[0, 0, 2, -2], [0, 0, 0, 1], [1, -1, 0, 0], [-2, 2, 0, 0]],
    ... )
    >>> near_misses(matrix, 2)[["law", "work", "descriptor", "wanted_state", "shortfall"]]
        law    work descriptor wanted_state  shortfall
    0  open  hidden        law       strict          2
    1  open  hidden       work      visible          1
    """
    states = find_states(matrix, max_inconsistency, required, forbidden, limit, effort)
    states = states[evaluate(matrix, states)[0] > 0]
    balances = matrix.balances(states)
    shortfall = best_balances(matrix, balances) - chosen_balances(matrix, balances, states)
    row, descriptor = np.nonzero(shortfall > matrix.tolerance)
    wanted = [
        matrix.descriptors[matrix.names[d]][int(balances[i, matrix.block(d)].argmax())]
        for i, d in zip(row.tolist(), descriptor.tolist(), strict=True)
    ]
    return scenario_table(matrix, states[row]).assign(
        descriptor=[matrix.names[d] for d in descriptor],
        wanted_state=wanted,
        shortfall=shortfall[row, descriptor],
    )


def read_sl(path: str | Path, matrix: CrossImpactMatrix) -> pd.DataFrame:
    """Read a solution set that ScenarioWizard exported (`.sl`).

    Parameters
    ----------
    path : str or Path
    matrix : CrossImpactMatrix
        The project that the solution set belongs to; the file itself holds no names.

    Returns
    -------
    DataFrame
        As from `consistent_scenarios`, in the file's order: states and `total_impact_score` as the
        file says, `inconsistency` by the matrix (above 0 where the file belongs to another version
        of the matrix), and ScenarioWizard's `weight`: how many starting points lead there (0
        where it did not count), or, where `weight_is_least`, at least so many. It stops counting
        at 2^24, so that weights are no sizes of basins in large matrices; `basins` counts them.

    Raises
    ------
    InputError
        Another version, a file cut short, or scenarios that do not fit the matrix.
    """
    name = Path(path).name
    chosen, numbers = parse_sl(read_text(path), name)
    counts = matrix.state_counts.tolist()
    for line, row in enumerate(chosen, start=1):
        fits = len(row) == len(counts)
        if not fits or not all(1 <= s <= k for s, k in zip(row, counts, strict=True)):
            raise InputError(
                f"{name}: scenario {line} is {row}; the matrix has {len(counts)} descriptors "
                f"with {counts} states"
            )
    states = np.array(chosen, dtype=np.intp).reshape(len(chosen), len(counts)) - 1
    values = np.array(numbers, dtype=np.float64).reshape(len(chosen), 4)
    table = matrix.frame_of(states)
    table["total_impact_score"] = values[:, 3].astype(matrix.impacts.dtype)
    table["inconsistency"] = evaluate(matrix, states)[0]
    table["weight"] = values[:, 0]
    table["weight_is_least"] = values[:, 0] >= WEIGHT_LIMIT
    return table
