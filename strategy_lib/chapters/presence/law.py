"""The law of each form of presence: what is asked, what is met, and what counsel last confirmed."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from strategy_lib.chapters.codes import RouteState
from strategy_lib.chapters.rows import table_of
from strategy_lib.chapters.validity import day_law_changed, is_lapsed
from strategy_lib.editions.restrict import Restricted
from strategy_lib.schema.schema import code_list

NO_ROUTE = "not said"


def routes(inputs: Restricted, options: pd.DataFrame) -> pd.DataFrame:
    """Each legal route that an option takes: conditions met, not met and unknown.

    A route is closed where a condition is not met, open where all are met, and not known else. What
    was open is called lapsed once a change of law was seen after counsel last confirmed it.

    Returns
    -------
    DataFrame
        `route`, `options` (names), `state` (a `RouteState`), `met`, `not_met`, `not_known`,
        `confirmed_with_counsel`, `lapsed` (confirmations that a change of law outdates),
        `last_confirmed`, `law_changed` (day on which that was last seen). Options without a route
        stand in a row of their own, the last one.
    """
    conditions, labels = _listed(inputs, "condition"), code_list("legal_route")
    changed = day_law_changed(inputs["presence_terms"], options)
    taken = options["legal_route"].fillna("").astype(str)
    asked = {
        route: conditions[conditions["legal_route"] == route]
        for route in sorted(dict.fromkeys(taken), key=lambda route: route == "")
    }

    def count(route: str, answer: str) -> int:
        return int((asked[route]["is_met"].fillna("unknown") == answer).sum())

    return table_of(
        asked,
        {
            "route": lambda route: labels.label(route) if route else NO_ROUTE,
            "options": lambda route: "; ".join(options.loc[taken == route, "name"].astype(str)),
            "state": lambda route: _state(route, asked[route], changed.get(route)),
            "met": lambda route: count(route, "yes"),
            "not_met": lambda route: count(route, "no"),
            "not_known": lambda route: count(route, "unknown"),
            "confirmed_with_counsel": lambda route: int(_stands(asked[route]).sum()),
            "lapsed": lambda route: int(asked[route]["is_lapsed"].sum()),
            "last_confirmed": lambda route: asked[route]["confirmed"].max(),
            "law_changed": lambda route: _day(changed.get(route)),
        },
    )


def _stands(asked: pd.DataFrame) -> pd.Series[bool]:
    """Which conditions counsel confirmed, and the law was not seen to change since."""
    return asked["confirmed"].notna() & ~asked["is_lapsed"]


def _day(changed: pd.Timestamp | None) -> pd.Timestamp:
    return pd.NaT if changed in (None, pd.Timestamp.max) else changed  # type: ignore[return-value]


def _state(route: str, asked: pd.DataFrame, changed: pd.Timestamp | None) -> RouteState:
    if asked.empty:
        return RouteState.NONE_NEEDED if route == "none" else RouteState.NOT_LISTED
    met = asked["is_met"].fillna("unknown")
    if (met == "no").any():
        return RouteState.CLOSED
    if not (met == "yes").all():
        return RouteState.NOT_KNOWN
    if changed is None or _stands(asked).all():
        return RouteState.OPEN
    return RouteState.LAPSED if asked["confirmed"].notna().any() else RouteState.LAW_CHANGED


def _listed(inputs: Restricted, kind: str) -> pd.DataFrame:
    """What the law asks, with its route in words, and whether a confirmation of it still stands."""
    frame = inputs["legal_conditions"]
    frame = frame[frame["kind"] == kind]
    has_lapsed = is_lapsed(frame, inputs["presence_terms"], inputs["presence_options"])
    confirmed, labels = frame["counsel_checked_date"], code_list("legal_route")
    stands = np.where(has_lapsed, "lapsed: the law was seen to change", "stands")
    return frame.assign(
        route=[labels.label(str(route)) for route in frame["legal_route"]],
        confirmed=confirmed,
        is_lapsed=has_lapsed,
        confirmation=list(np.where(confirmed.isna(), "not confirmed", stands)),
    )


def conditions_of_law(inputs: Restricted, options: pd.DataFrame) -> pd.DataFrame:
    """Each condition of the routes that options take, those that are missing first."""
    frame = _listed(inputs, "condition")
    frame = frame[frame["legal_route"].isin(set(options["legal_route"].dropna()))].copy()
    state, answers = frame["is_met"].fillna("unknown"), code_list("yes_no_unknown")
    frame["met"] = [answers.label(str(answer)) for answer in state]
    frame["rank"] = state.map({"no": 0, "unknown": 1, "yes": 2})
    frame = frame.sort_values(["rank", "route", "condition_id"], kind="stable")
    kept = ["route", "condition", "met", "evidence", "confirmed", "confirmation", "source", "as_of"]
    return frame[[name for name in kept if name in frame]].reset_index(drop=True)


def closed_options(inputs: Restricted, options: pd.DataFrame) -> set[str]:
    """Codes of options whose legal route is closed as it stands."""
    conditions = inputs["legal_conditions"]
    unmet = (conditions["kind"] == "condition") & (conditions["is_met"] == "no")
    closed = set(conditions.loc[unmet, "legal_route"].dropna())
    return set(options.loc[options["legal_route"].isin(closed), "option_id"])


def duties(inputs: Restricted, as_of: date) -> pd.DataFrame:
    """Calendar of the duties of each route, the next yearly one first, then the others."""
    frame = _listed(inputs, "duty")
    frame["next"] = [
        _next(month, day, as_of)
        for month, day in zip(frame["due_month"], frame["due_day"], strict=True)
    ]
    columns = ["route", "condition", "due", "next", "confirmed", "confirmation", "source", "as_of"]
    ordered = frame.sort_values(["next", "route", "condition_id"], kind="stable")
    return ordered[columns].rename(columns={"condition": "duty"}).reset_index(drop=True)


def _next(month: object, day: object, as_of: date) -> pd.Timestamp:
    if pd.isna(month) or pd.isna(day):  # type: ignore[call-overload]
        return pd.NaT  # type: ignore[return-value]
    for year in (as_of.year, as_of.year + 1):
        first = pd.Timestamp(year, int(month), 1)  # type: ignore[call-overload]
        moment = first + pd.Timedelta(days=min(int(day), first.days_in_month) - 1)  # type: ignore[call-overload]
        if moment >= pd.Timestamp(as_of):
            return moment
    return pd.NaT  # type: ignore[return-value]


def law_of_options(routes: pd.DataFrame, options: pd.DataFrame) -> pd.DataFrame:
    """The state of each option's legal route, as `routes` tells it.

    Returns
    -------
    DataFrame
        `law` (a `RouteState`), `last_confirmed`, `law_changed`, in the order of the options.
    """
    labels = code_list("legal_route")
    mine = [NO_ROUTE if pd.isna(r) else labels.label(str(r)) for r in options["legal_route"]]
    told = routes.drop_duplicates("route").set_index("route").reindex(mine).reset_index(drop=True)
    return told[["state", "last_confirmed", "law_changed"]].rename(columns={"state": "law"})
