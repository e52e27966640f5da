"""What holds a scenario up, what nearly breaks it, and which descriptors drive the system."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from strategy_lib.methods.cross_impact.matrix import CrossImpactMatrix, Scenario


def consistency_margins(matrix: CrossImpactMatrix, scenario: Scenario) -> pd.DataFrame:
    """Say for each descriptor how safely its state is chosen: what nearly breaks the scenario.

    Returns
    -------
    DataFrame
        A row a descriptor, the weakest first: `descriptor`, `state`, `balance`, `rival_state` (the
        strongest other state), `rival_balance`, `margin` (balance less the rival's: 0 is a tie,
        below 0 the descriptor is inconsistent and the scenario fails).

    Examples
    --------
    >>> matrix = CrossImpactMatrix(
    ...     {"law": ["strict", "open"], "work": ["hidden", "visible"]},
    ...     [[0, 0, 2, -2], [0, 0, -1, 1], [1, -1, 0, 0], [-2, 2, 0, 0]],
    ... )
    >>> consistency_margins(matrix, ["strict", "hidden"])[["descriptor", "rival_state", "margin"]]
      descriptor rival_state  margin
    0        law        open       2
    1       work     visible       4
    """
    chosen, rival, balances = _with_rivals(matrix, scenario)
    table = pd.DataFrame(
        {
            "descriptor": matrix.names,
            "state": [matrix.pairs[row][1] for row in chosen],
            "balance": balances[chosen],
            "rival_state": [matrix.pairs[row][1] for row in rival],
            "rival_balance": balances[rival],
            "margin": balances[chosen] - balances[rival],
        }
    )
    return table.sort_values("margin", kind="stable", ignore_index=True)


def _with_rivals(
    matrix: CrossImpactMatrix, scenario: Scenario
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.number]]:
    """Rows of the chosen states and of the strongest other one of each; what is for every state."""
    chosen = matrix.offsets[:-1] + matrix.indices(scenario)
    balances = matrix.balances(matrix.indices(scenario)[None, :])[0]
    others = balances.astype(np.float64)
    others[chosen] = -np.inf
    best = [int(others[matrix.block(d)].argmax()) for d in range(len(matrix.names))]
    return chosen, matrix.offsets[:-1] + np.array(best, dtype=np.intp), balances


def impact_diagram(matrix: CrossImpactMatrix, scenario: Scenario) -> pd.DataFrame:
    """List the influences at work in a scenario: the edges of its impact diagram.

    Returns
    -------
    DataFrame
        An edge for every chosen state that acts on another descriptor's chosen state or on that
        one's strongest rival: `source_descriptor`, `source_state`, `target_descriptor`,
        `target_state`, `judgement` (influence on the target's state), `lead` (the same less the
        influence on the rival: above 0 it holds the scenario up, below 0 it works against it) and
        `is_decisive` (without this influence the target's state would fall behind that rival).

    Examples
    --------
    >>> matrix = CrossImpactMatrix(
    ...     {"law": ["strict", "open"], "work": ["hidden", "visible"]},
    ...     [[0, 0, 2, -2], [0, 0, -1, 1], [1, -1, 0, 0], [-2, 2, 0, 0]],
    ... )
    >>> edges = impact_diagram(matrix, ["strict", "hidden"])
    >>> edges[["source_state", "target_state", "judgement", "lead", "is_decisive"]]
      source_state target_state  judgement  lead  is_decisive
    0       strict       hidden          2     4        False
    1       hidden       strict          1     2        False
    """
    chosen, rival, balances = _with_rivals(matrix, scenario)
    judgement = matrix.impacts[np.ix_(chosen, chosen)]
    lead = judgement - matrix.impacts[np.ix_(chosen, rival)]
    margin = balances[chosen] - balances[rival]
    source, target = np.nonzero((judgement != 0) | (lead != 0))
    without = (margin - lead)[source, target]
    return pd.DataFrame(
        {
            "source_descriptor": [matrix.names[d] for d in source],
            "source_state": [matrix.pairs[chosen[d]][1] for d in source],
            "target_descriptor": [matrix.names[d] for d in target],
            "target_state": [matrix.pairs[chosen[d]][1] for d in target],
            "judgement": judgement[source, target],
            "lead": lead[source, target],
            "is_decisive": (without < -matrix.tolerance) & (margin[target] >= -matrix.tolerance),
        }
    )


def active_passive_sums(matrix: CrossImpactMatrix) -> pd.DataFrame:
    """Return how strongly each descriptor drives the others and is driven by them.

    Returns
    -------
    DataFrame
        A row a descriptor, in the matrix's order: `descriptor`, `active_sum` (sum of the absolute
        judgements of its states on other descriptors' states), `passive_sum` (of others' on its
        own), `self_influence` (within its own block). They grow with the number of states, so
        compare descriptors of different size with care.

    Examples
    --------
    >>> matrix = CrossImpactMatrix(
    ...     {"law": ["strict", "open"], "work": ["hidden", "visible"]},
    ...     [[0, 0, 2, -2], [0, 0, -1, 1], [1, -1, 0, 0], [-2, 2, 0, 0]],
    ... )
    >>> active_passive_sums(matrix)
      descriptor  active_sum  passive_sum  self_influence
    0        law           6            6               0
    1       work           6            6               0
    """
    starts = matrix.offsets[:-1]
    sums = np.add.reduceat(np.abs(matrix.impacts), starts, axis=0)
    blocks = np.add.reduceat(sums, starts, axis=1)
    own = np.diag(blocks)
    return pd.DataFrame(
        {
            "descriptor": matrix.names,
            "active_sum": blocks.sum(axis=1) - own,
            "passive_sum": blocks.sum(axis=0) - own,
            "self_influence": own,
        }
    )
