"""Which futures hold together after a round on influences, and which did before it."""

from __future__ import annotations

from typing import Any

from strategy_lib.core.errors import InputError
from strategy_lib.editions.restrict import Restricted
from strategy_lib.judgements.influences import influences_of
from strategy_lib.methods.cross_impact import consistent_scenarios

MOST_SHOWN = 6
# Branches that the search may look at while a room waits: about two seconds.
EFFORT = 4_000_000
_Future = tuple[str, ...]


def futures_of(before: Restricted, now: Restricted) -> dict[str, Any] | None:
    """Futures that stay, come and go; None where they cannot be told.

    Parameters
    ----------
    before, now : Restricted
        The same edition before the round was closed, and after.
    """
    influences = influences_of(now)
    earlier, later = _held(before), _held(now)
    if earlier is None or later is None:
        return None
    system = influences.system
    names = _names(now)
    rows = []
    for what, futures in (
        ("stays", [f for f in later if f in earlier]),
        ("new", [f for f in later if f not in earlier]),
        ("gone", [f for f in earlier if f not in later]),
    ):
        rows += [
            {
                "name": names.get(frozenset(future), ""),
                "states": [str(system.state_names.get(code, code)) for code in future],
                "is": what,
            }
            for future in futures[:MOST_SHOWN]
        ]
    factors = [str(system.descriptor_names[column]) for column in system.keys]
    return {"factors": factors, "rows": rows, "now": len(later), "before": len(earlier)}


def _held(inputs: Restricted) -> list[_Future] | None:
    influences = influences_of(inputs)
    if influences.matrix is None:
        return None
    try:
        frame = consistent_scenarios(influences.matrix, effort=EFFORT)
    except InputError:
        return None
    rows = frame[list(influences.system.keys)].to_numpy(dtype=object).tolist()
    return [tuple(map(str, row)) for row in rows]


def _names(inputs: Restricted) -> dict[frozenset[str], str]:
    named = inputs["scenario_names"].to_dict("records")
    return {
        frozenset(map(str, row["states"])): str(row["name"])
        for row in named
        if isinstance(row.get("states"), list | tuple)
    }
