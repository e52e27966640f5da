"""Which questions who has answered, whether they were on a list or not."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from strategy_lib.cycles.asking.questions import KEYS, TABLES
from strategy_lib.editions.restrict import Restricted
from strategy_lib.judgements.drivers import system_of

VALUES: Mapping[str, str] = {
    "weight": "points",
    "score": "best",
    "performance": "best",
    "block": "impact",
    "signpost": "if_coming",
    "readiness": "level",
}
"""First word of a question's name -> field that holds its answer."""


def answered(inputs: Restricted, round_number: int = 0) -> pd.DataFrame:
    """Answers that are there, a row a person and question.

    Parameters
    ----------
    inputs : Restricted
        What the core edition may see.
    round_number : int
        Of one round only; 0 for all.

    Returns
    -------
    DataFrame
        `assessor_id`, `question_id`; a block counts as answered where any of its cells is.
    """
    states = system_of(inputs).states
    owner = dict(zip(states["state_id"], states["descriptor_id"], strict=True))
    found = [pd.DataFrame({"assessor_id": [], "question_id": []}, dtype="str")]
    for kind, table in TABLES.items():
        frame = inputs[table]
        has = frame[VALUES[kind]].notna() & frame["assessor_id"].notna()
        if round_number:
            has &= frame["round"].fillna(1) == round_number
        rows = frame[has.astype(bool)]
        if kind == "block":
            sides = [rows[name].map(owner) for name in ("source_state", "target_state")]
            rows = rows.assign(source_descriptor=sides[0], target_descriptor=sides[1])
            rows = rows[rows["source_descriptor"].notna() & rows["target_descriptor"].notna()]
            rows = rows[rows["source_descriptor"] != rows["target_descriptor"]]
        keys = rows[list(KEYS[kind])].astype("str").to_numpy()
        ids = [f"{kind}:{':'.join(key)}" for key in keys]
        found.append(pd.DataFrame({"assessor_id": rows["assessor_id"], "question_id": ids}))
    return pd.concat(found, ignore_index=True).drop_duplicates(ignore_index=True)
