"""Who has answered, when, and whether what they say of themselves fits what they sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

import pandas as pd

from strategy_lib.inputs.checks.locations import is_refused, row_dicts, tell, tell_each
from strategy_lib.inputs.problem_log import ProblemLog
from strategy_lib.schema.cell_faults import Fault
from strategy_lib.schema.schema import schemas, table_schema

ANSWERED, NOTHING, SILENT = "answered", "nothing to report", "no answer"
Frames = Mapping[str, pd.DataFrame]
# Table -> first and last day of one thing.
_PERIODS = (("units", "opened_date", "closed_date"),)
# Days of what has happened already.
_PAST = (
    ("returns", "returned_date"),
    ("name_decisions", "decided_date"),
    ("text_releases", "released_date"),
)


def expected_units(units: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Offices that are asked: open on `as_of`, as far as the list of offices says."""
    day = pd.Timestamp(as_of)
    is_closed = units["closed_date"].notna() & (units["closed_date"] <= day)
    is_to_come = units["opened_date"].notna() & (units["opened_date"] > day)
    return units[units["unit_id"].notna() & ~is_closed & ~is_to_come]


@cache
def answering_tables() -> tuple[str, ...]:
    """Tables of the form in which an office tells what it does: a row of any is an answer."""
    forms = (s for s in schemas().values() if s.area == "mapping" and s.filled_by == "office")
    return tuple(schema.name for schema in forms if "unit_id" in schema.names)


def answers_of_offices(frames: Frames, incomplete: Iterable[str] = ()) -> dict[str, str]:
    """Office -> `ANSWERED`, or `NOTHING` where it says so; who is not in it is `SILENT`.

    An office has answered when anything of its form has come back: its return, or a row of any
    other sheet under its code. One rule for `check`, the workshop and all chapters.

    Parameters
    ----------
    frames : mapping of str to DataFrame
        Those of `answering_tables`, and any others.
    incomplete : iterable of str
        Offices of whose answer something is set aside: they have answered, and not with nothing.
    """
    codes = pd.concat([frames[name]["unit_id"] for name in answering_tables()]).dropna()
    returns = frames["returns"].dropna(subset=["unit_id"]).drop_duplicates("unit_id", keep="last")
    nothing = set(returns.loc[returns["has_activities"].eq(False).fillna(False), "unit_id"])
    active = set(frames["activities"]["unit_id"].dropna())
    said = dict.fromkeys(codes, ANSWERED) | dict.fromkeys(nothing - active, NOTHING)
    return said | dict.fromkeys(incomplete, ANSWERED)


def with_own_country(frames: Frames, problem_log: ProblemLog) -> dict[str, pd.DataFrame]:
    """Frames in which an activity that names no country takes place in the office's own."""
    activities, units = frames["activities"], frames["units"].dropna(subset=["unit_id"])
    if activities.empty or not activities["country_code"].isna().any():
        return dict(frames)
    own = units.drop_duplicates("unit_id").set_index("unit_id")["country_code"]
    refused = [is_refused(problem_log, row, "country_code") for row in row_dicts(activities)]
    is_open = activities["country_code"].isna() & ~pd.Series(refused, index=activities.index)
    filled = activities["country_code"].mask(is_open, activities["unit_id"].map(own))
    known = filled.astype(activities["country_code"].dtype)
    return {**frames, "activities": activities.assign(country_code=known)}


def check_answers(frames: Frames, as_of: date, year: int, problem_log: ProblemLog) -> None:
    """Warn of offices that have not answered, or whose answer does not fit what they sent."""
    answered = answers_of_offices(frames)
    expected = expected_units(frames["units"], as_of)
    silent = expected[~expected["unit_id"].isin(list(answered))]
    if not expected.empty and len(silent) == len(expected):
        message = f"none of the {len(expected)} offices has answered yet"
        problem_log.add_fault(Fault("not_answered", message, severity="warning"), "", "", 0, "")
    else:
        for row in row_dicts(silent):
            message = f'"{row["name"] or row["unit_id"]}" ({row["unit_id"]}) has not answered'
            fault = Fault("not_answered", message, str(row["unit_id"]), severity="warning")
            tell_each(problem_log, "units", row, "unit_id", fault)
    _check_activities(frames, set(frames["returns"]["unit_id"].dropna()), problem_log)
    _check_age(frames["returns"], year, problem_log)


def _check_activities(frames: Frames, returned: set[str], problem_log: ProblemLog) -> None:
    returns = frames["returns"]
    said_none = set(returns["unit_id"][returns["has_activities"].eq(False).fillna(False)])
    activities = frames["activities"]
    first = activities[activities["unit_id"].notna()].drop_duplicates("unit_id")
    known = set(frames["units"]["unit_id"].dropna())
    for row in row_dicts(first[first["unit_id"].isin(list(known))]):
        unit = row["unit_id"]
        title = table_schema("returns").title()
        if unit not in returned:
            message = f'"{unit}" has activities, but no row in "{title}"'
            fault = Fault("activities_without_return", message, unit, severity="warning")
            tell_each(problem_log, "activities", row, "unit_id", fault)
        elif unit in said_none:
            message = f'"{unit}" has activities, but "{title}" says that there are none'
            fault = Fault("activities_despite_none", message, unit, severity="warning")
            tell_each(problem_log, "activities", row, "unit_id", fault)


def _check_age(returns: pd.DataFrame, year: int, problem_log: ProblemLog) -> None:
    old = returns[returns["returned_date"] < pd.Timestamp(year, 1, 1)]
    for row in row_dicts(old):
        message = f"this return is of {_day(row['returned_date'])}, before {year} began"
        found = _day(row["returned_date"])
        fault = Fault("stale_return", message, found, f"{year}", severity="warning")
        tell(problem_log, "returns", row, "returned_date", fault)


def check_dates(frames: Frames, as_of: date, problem_log: ProblemLog) -> None:
    """Say where something ends before it begins, or lies in a future that it cannot lie in."""
    for table, start, end in _PERIODS:
        frame = frames[table]
        for row in row_dicts(frame[frame[start] > frame[end]]):
            first, last = _day(row[start]), _day(row[end])
            message = f"it ends on {last}, before it begins on {first}"
            fault = Fault("end_before_start", message, last, f"{first} or later")
            tell(problem_log, table, row, end, fault)
    for table, column in _PAST:
        _check_future(frames[table], table, column, pd.Timestamp(as_of), problem_log)


def _check_future(
    frame: pd.DataFrame, table: str, column: str, latest: pd.Timestamp, problem_log: ProblemLog
) -> None:
    for row in row_dicts(frame[frame[column] > latest]):
        found = _day(row[column])
        message = f"{found} lies in the future: it is after {_day(latest)}"
        allowed = f"up to {_day(latest)}"
        fault = Fault("future_date", message, found, allowed, severity="warning")
        tell(problem_log, table, row, column, fault)


def _day(value: Any) -> str:
    return f"{value:%Y-%m-%d}"
