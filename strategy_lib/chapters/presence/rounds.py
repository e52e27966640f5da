"""Opposite camps of a room about a presence, and what moved between rounds."""

from __future__ import annotations

import numpy as np
import pandas as pd

from strategy_lib.editions.restrict import Restricted
from strategy_lib.judgements.matrix import HIGHEST, LOWEST, ScoreMatrix, latest
from strategy_lib.methods.groups import summarise


def divided(matrix: ScoreMatrix) -> pd.DataFrame:
    """Cells on which the room falls into two camps, with hardly anybody between."""
    columns = ["option", "criterion", "n", "low_side", "high_side", "in_words"]
    rows = []
    criteria = [str(name) for name in matrix.criteria["name"]]
    for i, option in enumerate(matrix.names):
        for j, criterion in enumerate(criteria):
            summary = summarise(matrix.best[:, i, j], LOWEST, HIGHEST)
            if summary.is_divided and min(c.n for c in summary.camps) >= matrix.fewest:
                low, high = (camp.n for camp in summary.camps)
                rows.append([option, criterion, summary.n, low, high, summary.in_words])
    frame = pd.DataFrame(rows, columns=columns)
    return frame.sort_values(["n", "option"], ascending=[False, True], ignore_index=True)


def moved_between_rounds(inputs: Restricted, matrix: ScoreMatrix) -> pd.DataFrame:
    """Scores that an assessor changed after the discussion, the largest change first."""
    keys = ["assessor_id", "option_id", "criterion_id"]
    first = latest(inputs["scores"], keys[1:], "best", 1).set_index(keys)["best"]
    last = latest(inputs["scores"], keys[1:], "best").set_index(keys)["best"]
    both = pd.DataFrame({"before": first, "after": last}).dropna()
    both = both[both["before"] != both["after"]].reset_index()
    both["option"] = both["option_id"].map(matrix.options.set_index("option_id")["name"])
    both["criterion"] = both["criterion_id"].map(matrix.criteria.set_index("criterion_id")["name"])
    both["change"] = both["after"] - both["before"]
    order = np.argsort(-both["change"].abs().to_numpy(dtype=float), kind="stable")
    columns = ["assessor_id", "option", "criterion", "before", "after", "change"]
    return both.iloc[order][columns].reset_index(drop=True)
