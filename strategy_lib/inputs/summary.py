"""What was read, in a few lines: for the coordinator, when all is well."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd

from strategy_lib.core.errors import listing
from strategy_lib.inputs.checks.answers import answers_of_offices, expected_units
from strategy_lib.inputs.checks.assessors import answered_by_area
from strategy_lib.schema.frames import Tables
from strategy_lib.schema.schema import schemas

if TYPE_CHECKING:
    from strategy_lib.core.workspace import Cycle

_MOST_NAMED = 20
ROWS_IN = "rows in "


def reading_summary(tables: Tables, cycle: Cycle) -> dict[str, Any]:
    """Offices that answered, rows of each table, files, and how old the returns are.

    Ages are counted from the settings' `as_of`, else from today.

    Returns
    -------
    dict of str to str or int
        In the order in which it is told; plain values, ready for JSON.
    """
    day = cycle.workspace.settings.as_of or date.today()
    expected = set(expected_units(tables["units"], day)["unit_id"])
    answered = expected & answers_of_offices(tables.frames).keys()
    missing = sorted(expected - answered)
    summary: dict[str, Any] = {
        "offices that answered": f"{len(answered)} of {len(expected)}",
    }
    if missing:
        summary["offices that have not"] = listing(missing, _MOST_NAMED)
    listed = len(tables["assessors"])
    frames = {name: tables[name] for name in schemas()}
    for area, codes in answered_by_area(frames).items():
        summary[f"assessors that judged {area.replace('_', ' ')}"] = f"{len(codes)} of {listed}"
    summary["files"] = len(tables.files)
    for name, schema in schemas().items():
        summary[f"{ROWS_IN}{schema.title()}"] = len(tables[name])
    return summary | _ages(tables["returns"]["returned_date"].dropna(), day)


def _ages(dates: pd.Series[Any], day: date) -> dict[str, str]:
    if dates.empty:
        return {}
    ends = {"oldest return": dates.min().date(), "newest return": dates.max().date()}
    return {name: f"{end} ({_age((day - end).days)})" for name, end in ends.items()}


def _age(days: int) -> str:
    if days < 0:
        return f"{-days} days after the day of this check"
    return "1 day old" if days == 1 else f"{days} days old"
