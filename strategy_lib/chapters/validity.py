"""What still stands: open offices, activities that go on, confirmations; one rule for all."""

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


def day_law_changed(terms: pd.DataFrame, options: pd.DataFrame) -> dict[str, pd.Timestamp]:
    """Legal route -> day on which a change of its law was last seen; routes without are left out.

    A change that was seen on a day that nobody entered counts as later than any confirmation.

    Parameters
    ----------
    terms, options : DataFrame
        Rows of `presence_terms` and `presence_options`. A term without an option is of all routes.
    """
    seen = terms[terms["is_about_law"].eq(True).fillna(False) & (terms["state"] == "seen")]
    routes = options.drop_duplicates("option_id").set_index("option_id")["legal_route"].dropna()
    found: dict[str, pd.Timestamp] = {}
    for option, day in zip(seen["option_id"], seen["last_checked"], strict=True):
        own = set(routes) if pd.isna(option) else {routes[option]} if option in routes else set()
        for route in own:
            moment = pd.Timestamp.max if pd.isna(day) else pd.Timestamp(day)
            found[str(route)] = max(moment, found.get(str(route), moment))
    return found


def is_lapsed(
    conditions: pd.DataFrame, terms: pd.DataFrame, options: pd.DataFrame
) -> pd.Series[bool]:
    """Which conditions of the law counsel confirmed before a change of that law was seen."""
    changed = day_law_changed(terms, options)
    days = conditions["counsel_checked_date"]
    since = pd.to_datetime(conditions["legal_route"].map(changed)).astype(days.dtype)
    return (days < since).fillna(False).astype(bool)
