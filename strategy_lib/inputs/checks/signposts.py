"""What a signpost tells: two numbers that go together."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from strategy_lib.inputs.checks.locations import is_refused, row_dicts, tell
from strategy_lib.inputs.problem_log import ProblemLog
from strategy_lib.schema.cell_faults import Fault
from strategy_lib.schema.schema import schemas

TABLE = "signpost_ratings"
PAIR = ("if_coming", "if_not")


def check_signpost_ratings(frames: Mapping[str, pd.DataFrame], problem_log: ProblemLog) -> None:
    """Say where one of the two numbers is missing, or where a signpost points away from its state."""
    frame = frames[TABLE]
    for row in row_dicts(frame[frame[list(PAIR)].notna().any(axis=1)]):
        _check_row(row, problem_log)


def _check_row(row: Mapping[Hashable, Any], problem_log: ProblemLog) -> None:
    titles = [f'"{schemas()[TABLE][name].title()}"' for name in PAIR]
    missing = [place for place, name in enumerate(PAIR) if pd.isna(row[name])]
    if missing:
        empty = missing[0]
        if not is_refused(problem_log, row, PAIR[empty]):
            message = f"{titles[empty]} is empty; give both numbers or none"
            fault = Fault("incomplete_rating", message)
            tell(problem_log, TABLE, row, PAIR[empty], fault)
    elif row["if_coming"] < row["if_not"]:
        found = f"{row['if_coming']} and {row['if_not']}"
        message = (
            f"found {found} in {' and '.join(titles)}: so it would speak against its state; are "
            "the two the wrong way round?"
        )
        fault = Fault("rating_reversed", message, found, severity="warning")
        tell(problem_log, TABLE, row, "if_coming", fault)
