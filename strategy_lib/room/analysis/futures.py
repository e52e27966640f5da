"""Which futures hold together after a round on influences, and which did before it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from strategy_lib.core.errors import InputError
from strategy_lib.editions.restrict import Restricted
from strategy_lib.judgements.influences import InfluenceMatrix, influences_of
from strategy_lib.methods.cross_impact import consistent_scenarios

MOST_SHOWN = 6
# Branches that the search may look at while a room waits: about two seconds.
EFFORT = 4_000_000
_Future = tuple[str, ...]


def futures_of(now: Restricted, number: int) -> dict[str, Any] | None:
    """Futures that stay, come and go; None where they cannot be told.

    What counts as before a round is the answers of earlier rounds alone. Forms that were sent are
    answers of the first round like those of phones, so before the first round nothing is known, and
    no future comes or goes.

    Parameters
    ----------
    now : Restricted
        The core edition after the round was closed.
    number : int
        The round.
    """
    influences = influences_of(now)
    later = _held(influences)
    if later is None:
        return None
    frame = now["cross_impacts"]
    judged = frame[frame["round"].fillna(1) < number]
    before = influences_of(replace(now, frames={**now.frames, "cross_impacts": judged}))
    is_first = judged.empty or before.system.keys != influences.system.keys
    earlier = later if is_first else _held(before) or []
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
    counts = {
        "now": len(later),
        "before": len(earlier),
        "come": sum(future not in earlier for future in later),
        "go": sum(future not in later for future in earlier),
        "first": is_first,
    }
    return {"factors": factors, "rows": rows, **counts}


def _held(influences: InfluenceMatrix) -> list[_Future] | None:
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
