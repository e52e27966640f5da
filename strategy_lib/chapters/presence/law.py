"""The law of each form of presence: what is asked, what is met, and what counsel last confirmed."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from strategy_lib.chapters.codes import RouteState
from strategy_lib.chapters.validity import day_law_changed, is_lapsed
from strategy_lib.editions.restrict import Restricted
from strategy_lib.schema.schema import code_list

NO_ROUTE = "not said"
ROUTES = [
    "route",
    "options",
    "state",
    "met",
    "not_met",
    "not_known",
    "confirmed_with_counsel",
    "lapsed",
    "last_confirmed",
    "law_changed",
]


def routes(inputs: Restricted, options: pd.DataFrame) -> pd.DataFrame:
    """Each legal route that an option takes: conditions met, not met and unknown.

    A route is closed where a condition is not met, open where all are met, and not known else. What
    was open is called lapsed once a change of law was seen after counsel last confirmed it.

    Returns
    -------
    DataFrame
        `ROUTES`; `state` is a `RouteState`; `lapsed` counts confirmations that a change of law
        outdates, `law_changed` is the day on which that was last seen. Options without a route
        stand in a row of their own.
    """
    conditions = _conditions(inputs)
    changed = day_law_changed(inputs["presence_terms"], options)
    rows = []
    for route in dict.fromkeys(options["legal_route"].dropna()):
        asked = conditions[conditions["legal_route"] == route]
        states = asked["is_met"].fillna("unknown")
        counts = [int((states == state).sum()) for state in ("yes", "no", "unknown")]
        days, lapsed = asked["counsel_checked_date"], int(asked["is_lapsed"].sum())
        rows.append(
            [
                code_list("legal_route").label(route),
                _named(options, options["legal_route"] == route),
                _state(str(route), asked, changed.get(str(route))),
                *counts,
                int(days.notna().sum()) - lapsed,
                lapsed,
                days.max(),
                _day(changed.get(str(route))),
            ]
        )
    without = options["legal_route"].isna()
    if without.any():
        named, counts = _named(options, without), [0] * 5
        rows.append([NO_ROUTE, named, RouteState.NOT_LISTED, *counts, pd.NaT, pd.NaT])
    return pd.DataFrame(rows, columns=ROUTES)


def _named(options: pd.DataFrame, chosen: pd.Series[bool]) -> str:
    return "; ".join(options.loc[chosen, "name"].astype(str))


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
    confirmed = asked["counsel_checked_date"]
    if changed is None or (confirmed.notna() & ~asked["is_lapsed"]).all():
        return RouteState.OPEN
    return RouteState.LAPSED if confirmed.notna().any() else RouteState.LAW_CHANGED


def _conditions(inputs: Restricted) -> pd.DataFrame:
    """Conditions of the law, each with whether its confirmation has lapsed."""
    frame = _with_lapse(inputs)
    return frame[frame["kind"] == "condition"]


def _with_lapse(inputs: Restricted) -> pd.DataFrame:
    frame = inputs["legal_conditions"]
    return frame.assign(
        is_lapsed=is_lapsed(frame, inputs["presence_terms"], inputs["presence_options"])
    )


def _standing(frame: pd.DataFrame) -> list[str]:
    """Of each row, whether counsel confirmed it, and whether that still stands."""
    stands = np.where(frame["is_lapsed"], "lapsed: the law was seen to change", "stands")
    return list(np.where(frame["counsel_checked_date"].isna(), "not confirmed", stands))


def conditions_of_law(inputs: Restricted, options: pd.DataFrame) -> pd.DataFrame:
    """Each condition of the routes that options take, those that are missing first."""
    frame = _conditions(inputs)
    frame = frame[frame["legal_route"].isin(set(options["legal_route"].dropna()))].copy()
    routes_, answers = code_list("legal_route"), code_list("yes_no_unknown")
    state = frame["is_met"].fillna("unknown")
    frame["route"] = [routes_.label(str(route)) for route in frame["legal_route"]]
    frame["met"] = [answers.label(str(answer)) for answer in state]
    frame["confirmation"] = _standing(frame)
    frame["rank"] = state.map({"no": 0, "unknown": 1, "yes": 2})
    frame = frame.sort_values(["rank", "route", "condition_id"], kind="stable")
    wanted = [
        "route",
        "condition",
        "met",
        "evidence",
        "counsel_checked_date",
        "confirmation",
        "source",
        "as_of",
    ]
    shown = frame[[name for name in wanted if name in frame]]
    return shown.rename(columns={"counsel_checked_date": "confirmed"}).reset_index(drop=True)


def closed_options(inputs: Restricted, options: pd.DataFrame) -> set[str]:
    """Codes of options whose legal route is closed as it stands."""
    conditions = inputs["legal_conditions"]
    unmet = (conditions["kind"] == "condition") & (conditions["is_met"] == "no")
    closed = set(conditions.loc[unmet, "legal_route"].dropna())
    return set(options.loc[options["legal_route"].isin(closed), "option_id"])


def duties(inputs: Restricted, as_of: date) -> pd.DataFrame:
    """Calendar of the duties of each route, the next yearly one first, then the others."""
    frame = _with_lapse(inputs)
    frame = frame[frame["kind"] == "duty"].copy()
    labels = code_list("legal_route")
    frame["route"] = [labels.label(str(route)) for route in frame["legal_route"]]
    frame["next"] = [
        _next(month, day, as_of)
        for month, day in zip(frame["due_month"], frame["due_day"], strict=True)
    ]
    frame["confirmed"] = frame["counsel_checked_date"]
    frame["confirmation"] = _standing(frame)
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
