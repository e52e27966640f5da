"""Which assessors have judged anything in an area where others have."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from strategy_lib.inputs.checks.locations import row_dicts, tell_each
from strategy_lib.inputs.problem_log import ProblemLog
from strategy_lib.schema.cell_faults import Fault
from strategy_lib.schema.schema import TableSchema, schemas

# The field that holds the judgement: a prefilled row without it is no answer.
JUDGEMENTS = (
    "best",
    "points",
    "level",
    "impact",
    "probability_pct",
    "answer",
    "severity",
    "scale",
    "if_coming",
)
Frames = Mapping[str, pd.DataFrame]


def judgement_field(table: TableSchema) -> str | None:
    """The field of an assessors' table that holds the judgement.

    Examples
    --------
    >>> judgement_field(schemas()["scores"]), judgement_field(schemas()["units"])
    ('best', None)
    """
    if table.filled_by != "assessor":
        return None
    return next((name for name in JUDGEMENTS if name in table.names), None)


def answered_by_area(frames: Frames) -> dict[str, set[str]]:
    """Area -> codes of the assessors who judged anything in it; areas without any are left out."""
    answered: dict[str, set[str]] = {}
    for name, table in schemas().items():
        judged = judgement_field(table)
        if judged is None or "assessor_id" not in table.names:
            continue
        rows = frames[name]
        codes = set(rows.loc[rows[judged].notna(), "assessor_id"].dropna())
        if codes:
            answered[table.area] = answered.get(table.area, set()) | codes
    return answered


def check_assessors(frames: Frames, problem_log: ProblemLog) -> None:
    """Warn of assessors who have judged nothing in an area where others have."""
    for area, codes in answered_by_area(frames).items():
        listed = frames["assessors"]
        for row in row_dicts(listed[listed["assessor_id"].notna()]):
            if row["assessor_id"] not in codes:
                words = area.replace("_", " ")
                message = f'"{row["assessor_id"]}" has judged nothing in {words}, where others have'
                fault = Fault("no_judgement", message, str(row["assessor_id"]), severity="warning")
                tell_each(problem_log, "assessors", row, "assessor_id", fault)
