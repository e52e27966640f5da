"""Scenarios that people named, and whether they hold together under the judgements of today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from strategy_lib.chapters.wording import listed
from strategy_lib.core.errors import InputError
from strategy_lib.core.messages import Names, Number, say
from strategy_lib.editions.restrict import Restricted
from strategy_lib.judgements.drivers import System
from strategy_lib.judgements.influences import InfluenceMatrix
from strategy_lib.methods.cross_impact import (
    CrossImpactMatrix,
    consistency_margins,
    consistent_scenarios,
)
from strategy_lib.protocol.case import text

HOLDS, FAILS, PARTIAL = "holds together", "does not hold together", "not complete"
# A search of this many partial scenarios takes about two seconds.
EFFORT = 4_000_000


def named_scenarios(inputs: Restricted, influences: InfluenceMatrix) -> pd.DataFrame:
    """Scenarios that people named, each known by its states whatever the judgements are.

    A scenario that lacks the state of a descriptor that was added later is completed where that is
    possible in one way only. One that does not hold together stays in the list, and says why.

    Returns
    -------
    DataFrame
        `scenario_id`, `name`, `story`, `status`, `why`, and `states` (a dict of column -> code;
        None where it is not complete).
    """
    rows = []
    for row in inputs["scenario_names"].to_dict("records"):
        states, status, why = _standing(influences, row.get("states") or ())
        rows.append(
            [row["scenario_id"], str(row["name"]), text(row.get("story")), status, why, states]
        )
    columns = ["scenario_id", "name", "story", "status", "why", "states"]
    return pd.DataFrame(rows, columns=columns)


def _standing(
    influences: InfluenceMatrix, codes: Iterable[str]
) -> tuple[dict[str, str] | None, str, str]:
    """States of a named scenario by descriptor, whether it holds together, and why not."""
    owner, names = influences.system.owner, influences.system.descriptor_names
    states: dict[str, str] = {}
    for code in codes:
        column = owner.get(code)
        if column in states:
            return None, PARTIAL, say("scenarios-named-two-states", name=names[column])
        if column is not None:
            states[column] = code
    open_ones = [name for column, name in names.items() if column not in states]
    if influences.matrix is None or not states:
        return None, PARTIAL, "none of its states is listed here"
    if open_ones:
        whole = _completed(influences.matrix, states)
        if whole is None:
            return None, PARTIAL, say("scenarios-named-no-state", names=Names(open_ones, 4))
        return whole, HOLDS, say("scenarios-named-completed", names=Names(open_ones, 4))
    return states, *_verdict(influences.matrix, states, influences.system)


def _completed(matrix: CrossImpactMatrix, states: Mapping[str, str]) -> dict[str, str] | None:
    """The one consistent scenario with these states, if there is just one."""
    try:
        found = consistent_scenarios(matrix, required=dict(states), effort=EFFORT)
    except InputError:
        return None
    return {name: str(found[name].iloc[0]) for name in matrix.names} if len(found) == 1 else None


def _verdict(
    matrix: CrossImpactMatrix, states: Mapping[str, str], system: System
) -> tuple[str, str]:
    margins = consistency_margins(matrix, states)
    broken = margins[margins["margin"] < -matrix.tolerance]
    if broken.empty:
        return HOLDS, ""
    reasons = [
        say(
            "scenarios-named-would-be",
            name=system.descriptor_names[row["descriptor"]],
            what=system.state_names[row["rival_state"]],
            points=Number(float(-row["margin"])),
        )
        for row in broken.to_dict("records")
    ]
    return FAILS, listed(reasons, 3)
