"""What still stands on a day: offices that are open, activities that go on; one rule for all."""

from __future__ import annotations

from datetime import date

import pandas as pd


def is_open(units: pd.DataFrame, day: date) -> pd.Series[bool]:
    """Which offices have not closed by a day.

    Examples
    --------
    >>> units = pd.DataFrame({"closed_date": pd.to_datetime(["2024-05-01", None])})
    >>> is_open(units, date(2024, 5, 1)).tolist()
    [False, True]
    """
    return units["closed_date"].isna() | (units["closed_date"] > pd.Timestamp(day))


def is_current(activities: pd.DataFrame, day: date) -> pd.Series[bool]:
    """Which activities last on a day, their last day included.

    Examples
    --------
    >>> activities = pd.DataFrame({"end_date": pd.to_datetime(["2024-05-01", None])})
    >>> is_current(activities, date(2024, 5, 1)).tolist()
    [True, True]
    """
    return activities["end_date"].isna() | (activities["end_date"] >= pd.Timestamp(day))
