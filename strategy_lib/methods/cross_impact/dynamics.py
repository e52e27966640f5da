"""Succession: where an inconsistent scenario drifts to when its parts give way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from strategy_lib.core.errors import InputError
from strategy_lib.methods.cross_impact.consistency import (
    best_balances,
    chosen_balances,
    scenario_table,
)
from strategy_lib.methods.cross_impact.matrix import CrossImpactMatrix, Scenario

Rule = Literal["global", "local"]
"""Who gives way: every inconsistent descriptor, or only the most inconsistent one."""

MOST_STEPS = 10_000
"""Steps after which a path counts as endless; large systems of one-way influence can wander."""


@dataclass(frozen=True, eq=False)
class Succession:
    """The path of a scenario under succession.

    Attributes
    ----------
    path : DataFrame
        The scenarios passed, from the start to the last new one, with their scores.
    attractor : DataFrame
        The scenarios it ends in: one consistent scenario, or the members of a cycle.
    """

    path: pd.DataFrame
    attractor: pd.DataFrame

    @property
    def cycle_length(self) -> int:
        """1 where the path ends in a consistent scenario, more for a cycle."""
        return len(self.attractor)

    @property
    def is_consistent(self) -> bool:
        """Whether the path ends in a consistent scenario."""
        return self.cycle_length == 1


def succession(matrix: CrossImpactMatrix, scenario: Scenario, rule: Rule = "global") -> Succession:
    """Let inconsistent descriptors move to their best state, again and again, until it repeats.

    Parameters
    ----------
    matrix : CrossImpactMatrix
    scenario : mapping or sequence of str
        Where to start.
    rule : {"global", "local"}
        "global": every inconsistent descriptor moves at once. "local": only the one that falls
        short by most moves (the first of several). A descriptor moves to the first of its best
        states; one whose state shares the highest balance stays.

    Returns
    -------
    Succession

    Raises
    ------
    InputError
        An unknown rule or state; a path that does not settle within 10,000 steps.

    References
    ----------
    Weimer-Jehle, W. (2006). Technological Forecasting and Social Change 73(4), 334-361.

    Examples
    --------
    >>> matrix = CrossImpactMatrix(
    ...     {"law": ["strict", "open"], "work": ["hidden", "visible"]},
    ...     [[0, 0, 2, -2], [0, 0, -1, 1], [1, -1, 0, 0], [-2, 2, 0, 0]],
    ... )
    >>> succession(matrix, ["strict", "visible"], rule="local").attractor["law"].tolist()
    ['open']
    >>> succession(matrix, ["strict", "visible"]).cycle_length
    2
    """
    check_rule(rule)
    path = [matrix.indices(scenario)]
    seen = {path[0].tobytes(): 0}
    while len(path) <= MOST_STEPS:
        following = successors(matrix, path[-1][None, :], rule)[0]
        start = seen.get(following.tobytes())
        if start is not None:
            table = scenario_table(matrix, np.array(path))
            return Succession(table, table.iloc[start:].reset_index(drop=True))
        seen[following.tobytes()] = len(path)
        path.append(following)
    raise InputError(unsettled(matrix))


def successors(
    matrix: CrossImpactMatrix, states: NDArray[np.intp], rule: Rule = "global"
) -> NDArray[np.intp]:
    """Return what each scenario moves to in one step; positions of states, shape (N, n)."""
    balances = matrix.balances(states)
    best = best_balances(matrix, balances)
    shortfall = best - chosen_balances(matrix, balances, states)
    moves = shortfall > matrix.tolerance
    if rule == "local":
        most = np.zeros_like(moves)
        most[np.arange(len(states)), shortfall.argmax(axis=1)] = True
        moves &= most
    favourite = np.stack(
        [
            (balances[:, matrix.block(d)] >= best[:, [d]] - matrix.tolerance).argmax(axis=1)
            for d in range(len(matrix.names))
        ],
        axis=1,
    )
    return np.where(moves, favourite, states)


def check_rule(rule: str) -> None:
    """Refuse a rule that is not known."""
    if rule not in ("global", "local"):
        raise InputError(f"rule: found {rule!r}; allowed 'global', 'local'")


def unsettled(matrix: CrossImpactMatrix) -> str:
    """Say that succession was given up, and how to go on."""
    return (
        f"succession: not settled after {MOST_STEPS:,} steps among {matrix.n_scenarios:,} "
        "scenarios; try rule='local', or look at consistent_scenarios, which lists every end point "
        "that is one scenario"
    )
