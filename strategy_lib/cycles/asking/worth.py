"""After the answers: what is still worth asking before deciding, or that nothing is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from strategy_lib.core.audiences import DEFAULT_EDITIONS
from strategy_lib.core.workspace import Cycle
from strategy_lib.cycles.asking.questions import mean_weights, questions_of
from strategy_lib.editions.restrict import restrict
from strategy_lib.judgements.matrix import HIGHEST, score_matrix_of
from strategy_lib.methods.elicitation.value_of_asking import NOISE_SD, PRIOR_SD
from strategy_lib.methods.uncertainty.sample_information import evsi_table
from strategy_lib.schema.frames import Tables

_DRAWS = 2_000
# Pairs that the order of options hangs on most; the others are worth less still.
_LOOKED_AT = 15
_MIDDLE = 5.0


def worth_asking(cycle: Cycle, tables: Tables, people: int = 3) -> pd.DataFrame:
    """Say what asking so many more people for a score would be worth, the most valuable first.

    Parameters
    ----------
    people : int
        How many more would answer each question.

    Returns
    -------
    DataFrame
        `question`, `name`, `people`, `evsi`, `standard_error` (points of 0 to 10 by which the
        option that is chosen would be better), `is_clear` (it can be told from nothing); no row
        where nobody has scored yet.
    """
    inputs = restrict(tables, DEFAULT_EDITIONS["core"])
    room = score_matrix_of(inputs)
    columns = ["question", "name", "people", "evsi", "standard_error", "is_clear"]
    if not room.has_scores or len(room.options) < 2:
        return pd.DataFrame(columns=columns)
    scores = room.best.copy()
    is_less_better = [scale.direction == "min" for scale in room.scales]
    scores[..., is_less_better] = HIGHEST - scores[..., is_less_better]
    has = ~np.isnan(scores)
    n = has.sum(axis=0)
    mean = np.where(has, scores, 0.0).sum(axis=0) / np.maximum(n, 1)
    squares = np.where(has, (scores - mean) ** 2, 0.0).sum()
    noise = float(np.sqrt(max(squares / max((n - 1).clip(min=0).sum(), 1), NOISE_SD**2 / 4)))
    known = n / noise**2 + 1 / PRIOR_SD**2
    middle = (mean * n / noise**2 + _MIDDLE / PRIOR_SD**2) / known
    rng = np.random.default_rng(cycle.year)
    draws = rng.normal(middle, 1 / np.sqrt(known), (_DRAWS, *middle.shape))
    weights = np.atleast_2d(mean_weights(room.points)).mean(axis=0)
    benefit = draws.clip(0, HIGHEST) @ weights
    found = questions_of(inputs, cycle.year)
    candidates = found[found["table"] == "scores"].nlargest(_LOOKED_AT, "value")
    options = list(room.options["option_id"].astype(str))
    criteria = list(room.criteria["criterion_id"].astype(str))
    about: dict[str, Any] = {}
    for row in candidates.to_dict("records"):
        key = row["key"]
        place = options.index(key["option_id"]), criteria.index(key["criterion_id"])
        about[row["question_id"]] = draws[:, place[0], place[1]]
    spreads = dict.fromkeys(about, noise)
    made = evsi_table(benefit, about, spreads, people=people, seed=cycle.year)
    names = candidates.set_index("question_id")["name"]
    return made.assign(name=made["question"].map(names))[columns]


def worth_lines(table: pd.DataFrame, people: int) -> Iterator[str]:
    """What is still worth asking, in a few lines; or that nothing is."""
    if table.empty:
        yield "Nobody has scored an option yet: ask first (workbook forms)."
        return
    clear = table[table["is_clear"].astype(bool)]
    if clear.empty:
        yield (
            f"Nothing is worth asking before deciding: of {len(table)} scores on which the order "
            f"of options hangs most, none gains by {people} more answers more than chance would."
        )
        return
    yield (
        f"Worth asking {people} more people before deciding, in points of 0 to 10 by which the "
        "choice would be better (± standard error):"
    )
    for row in clear.to_dict("records"):
        value, error = row["evsi"], row["standard_error"]
        yield f"  {row['name']}: {value:.3f} ± {error:.3f} ({row['question']})"
