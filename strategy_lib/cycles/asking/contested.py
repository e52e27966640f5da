"""What is asked in a second round: only that on which people are apart after the first."""

from __future__ import annotations

import numpy as np
import pandas as pd

from strategy_lib.cycles.asking.answered import VALUES
from strategy_lib.cycles.asking.questions import KEYS, TABLES, WHY
from strategy_lib.editions.restrict import Restricted
from strategy_lib.judgements.drivers import system_of
from strategy_lib.judgements.matrix import latest

# From here on people are apart: in points of the scale, from the lowest to the highest.
APART = {
    "weight": 50.0,
    "score": 4.0,
    "performance": 4.0,
    "block": 3.0,
    "signpost": 4.0,
    "readiness": 2.0,
}
_FEWEST = 2


def contested(inputs: Restricted, questions: pd.DataFrame) -> pd.DataFrame:
    """Questions on which people are apart after round 1, worth how far they are.

    Parameters
    ----------
    inputs : Restricted
        What was answered.
    questions : DataFrame
        Of `questions_of`.

    Returns
    -------
    DataFrame
        Those rows on which two or more people are apart; `value` is the distance from the lowest
        to the highest answer as a share of what counts as apart, `why` says so.
    """
    spreads = _blocks(inputs)
    for kind in [kind for kind in TABLES if kind != "block"]:
        keys, field = list(KEYS[kind]), VALUES[kind]
        said = latest(inputs[TABLES[kind]], keys, field, 1)
        ids = [f"{kind}:{':'.join(map(str, key))}" for key in said[keys].to_numpy()]
        for name, numbers in said[field].astype(float).groupby(ids):
            if len(numbers) >= _FEWEST:
                spreads[str(name)] = float(numbers.max() - numbers.min())
    distance = questions["question_id"].map(spreads).astype("float64")
    first_word = questions["question_id"].str.partition(":")[0]
    share = distance / first_word.map(APART)
    chosen = questions[share >= 1]
    value = share[share >= 1]
    return chosen.assign(value=value, why=WHY["round 2"], for_everybody=True).reset_index(drop=True)


def _blocks(inputs: Restricted) -> dict[str, float]:
    """Block -> the widest distance of any of its cells."""
    states = system_of(inputs).states
    owner = dict(zip(states["state_id"], states["descriptor_id"], strict=True))
    cells = ["source_state", "target_state"]
    said = latest(inputs["cross_impacts"], cells, "impact", 1)
    said = said[said["source_state"].isin(list(owner)) & said["target_state"].isin(list(owner))]
    if said.empty:
        return {}
    grouped = said.groupby(cells, sort=True)["impact"]
    found = grouped.agg(lambda x: float(np.ptp(x.astype(float).to_numpy()))).reset_index()
    blocks = [
        f"block:{owner[source]}:{owner[target]}"
        for source, target in zip(found["source_state"], found["target_state"], strict=True)
    ]
    widest = found["impact"].groupby(pd.Series(blocks, index=found.index)).max()
    return {str(block): float(width) for block, width in widest.items()}
