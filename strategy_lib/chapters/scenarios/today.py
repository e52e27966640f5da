"""Where today stands among the scenarios, and what a scenario is called in a sentence."""

from __future__ import annotations

import numpy as np
import pandas as pd

from strategy_lib.chapters.scenarios.plausible import States
from strategy_lib.chapters.scenarios.sets import Futures
from strategy_lib.core.messages import Names, say
from strategy_lib.judgements.drivers import NOT_SAID, today
from strategy_lib.methods.cross_impact import consistency_margins

MOST_NAMED = 2


def today_table(futures: Futures) -> pd.DataFrame:
    """State of each descriptor today, and where the judgements would move it.

    Returns
    -------
    DataFrame
        `descriptor`, `today` (name, or "not said"), `seen_at`, `evidence`, `pulled_to` (the state
        that today's other states favour; empty where it is the one that holds), `pull`.
    """
    influences, system = futures.influences, futures.influences.system
    known = today(system)
    about = system.states.set_index("state_id")
    evidence = about["evidence"].fillna("")
    margins = {}
    if influences.matrix is not None and len(known) == len(system.keys):
        table = consistency_margins(influences.matrix, known)
        margins = {row["descriptor"]: row for row in table.to_dict("records")}
    rows = []
    for column, name in system.descriptor_names.items():
        code, row = known.get(column), margins.get(column)
        moves = row is not None and row["margin"] < 0
        rows.append(
            [
                name,
                system.state_names[code] if code else NOT_SAID,
                about["seen_at"].get(code, pd.NaT),
                evidence.get(code, ""),
                system.state_names[row["rival_state"]] if row is not None and moves else "",
                -float(row["margin"]) if row is not None and moves else 0.0,
            ]
        )
    columns = ["descriptor", "today", "seen_at", "evidence", "pulled_to", "pull"]
    return pd.DataFrame(rows, columns=columns)


def distances(futures: Futures) -> pd.DataFrame:
    """How far each card is from today: `scenario`, `differs_in` (how many), `what_would_change`.

    Only descriptors of which today's state is said are counted (`counted`).
    """
    system = futures.influences.system
    known = today(system)
    rows = []
    for card in futures.cards.to_dict("records"):
        changes = [
            f"{system.descriptor_names[c]}: {system.state_names[code]} to "
            f"{system.state_names[str(card[c])]}"
            for c, code in known.items()
            if card[c] != code
        ]
        rows.append([card["label"], len(changes), len(known), "; ".join(changes)])
    columns = ["scenario", "differs_in", "counted", "what_would_change"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.sort_values("differs_in", kind="stable", ignore_index=True)


def name_of(futures: Futures, states: States) -> str:
    """Label of a scenario that was found or named, else in what it differs from the most similar."""
    system = futures.influences.system
    known = futures.in_median.get(states) or futures.named_states.get(states)
    if known:
        return known
    if futures.found.empty:
        return ", ".join(system.state_names[code] for code in states)
    differs = futures.codes != np.array(states, dtype=object)
    nearest = int(differs.sum(axis=1).argmin())
    label = futures.labels[nearest]
    changed = zip(states, differs[nearest], strict=True)
    other = [system.in_full(code) for code, is_other in changed if is_other]
    if len(other) > MOST_NAMED:
        return say("scenarios-today-apart", drivers=len(other), name=label)
    if not other:
        return label
    return say("scenarios-today-like", name=label, names=Names(other, MOST_NAMED))
