"""The screen of harm in one case: who rated what, what is left after measures, who accepted it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import pandas as pd

from strategy_lib.methods.harm import screening as harm
from strategy_lib.protocol.case import JUDGED, Case, Row, text
from strategy_lib.protocol.clocks import clock_of, moment
from strategy_lib.protocol.hearing import AGREED, hearings, why_not_allowed
from strategy_lib.protocol.reading import Protocol


@dataclass(frozen=True, eq=False)
class Screening:
    """What the ratings of a case come to.

    Attributes
    ----------
    rated : DataFrame
        Each assessor's severity and class, by group, route and stage.
    cells : DataFrame
        Each group, route and stage, with its class and spread: as `harm.screen` gives it.
    residual : DataFrame
        What is left of each group and route: after measures where rated, else before.
    routes : Series of int
        Worst class of each route that is an act (place in `harm.CLASSES`).
    silent : tuple of str
        Assessors who were asked, did not answer, and whose clock has run out.
    waiting : tuple of str
        Assessors who were asked and have not answered yet.
    without_measure : tuple of (str, str)
        Groups and routes rated after measures although no measure is entered; those ratings are
        left out.
    """

    rated: pd.DataFrame
    cells: pd.DataFrame
    residual: pd.DataFrame
    routes: pd.Series[int]
    silent: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    without_measure: tuple[tuple[str, str], ...] = ()


def acting_routes(case: Case, protocol: Protocol) -> list[str]:
    """Codes of the routes on which something is said to somebody."""
    acts = set(protocol.sheets["routes"].loc[protocol.sheets["routes"]["is_act"], "route"])
    return [code for code, route in case.route_names.items() if route in acts]


def screening(case: Case, protocol: Protocol, now: datetime) -> Screening:
    """The screen of harm of one case as it stands."""
    ratings, silent, waiting = _ratings(case, protocol, now)
    acts = acting_routes(case, protocol)
    ratings = ratings[ratings["route"].isin(acts)]
    rests, loose = _resting_on_measures(case, ratings)
    ratings = ratings[rests]
    kinds = case["exposed_groups"].set_index("group_id")["kind"]
    rule = protocol.rules["screen"]
    cells = harm.screen(
        ratings,
        protocol.tolerances,
        expected=_expected(case, acts, ratings),
        unheard=_unheard(case, protocol, now),
        least_answers=rule["least_answers"],
        least_share_pct=rule["least_share_pct"],
    )
    cells["kind"] = cells["group"].map(kinds)
    left = harm.residual(cells)
    rated = harm.rate(ratings, protocol.tolerances)
    return Screening(rated, cells, left, harm.route_classes(left), silent, waiting, loose)


def _ratings(
    case: Case, protocol: Protocol, now: datetime
) -> tuple[pd.DataFrame, tuple[str, ...], tuple[str, ...]]:
    frame = case["harm_ratings"].merge(
        case["exposed_groups"][["group_id", "kind"]], on="group_id", how="left"
    )
    is_open = frame[list(JUDGED["harm_ratings"])].isna().all(axis=1)
    people = sorted(set(frame.loc[is_open, "assessor_id"].dropna()))
    clock = clock_of(protocol, case.said("urgency"), "consult", case.at("asked_at"), None, now)
    has_run = clock.is_settled
    if has_run:
        # Silence that has run its time is no longer waited for; it is told, and is no rating.
        frame = frame[~is_open]
    made = frame.rename(columns={"group_id": "group", "route_id": "route"})
    made = made.rename(columns={"assessor_id": "assessor"})
    numbers = [name for name in made if str(name).startswith(("severity_", "likelihood"))]
    for name in (*numbers, "scale", "scope", "irremediability"):
        made[name] = made[name].astype("Float64").to_numpy(dtype=float, na_value=np.nan)
    return made, tuple(people) if has_run else (), () if has_run else tuple(people)


def _resting_on_measures(
    case: Case, ratings: pd.DataFrame
) -> tuple[pd.Series[bool], tuple[tuple[str, str], ...]]:
    """Which ratings may stand, and which pairs were rated after measures that nobody entered."""
    measures = [
        (text(row["group_id"]), text(row["route_id"]))
        for row in case.rows("mitigations")
        if text(row["state"]) != "not_possible"
    ]
    pairs = list(zip(ratings["group"], ratings["route"], strict=True))
    has_one = [
        any(group in ("", pair[0]) and route in ("", pair[1]) for group, route in measures)
        for pair in pairs
    ]
    rests = (ratings["stage"] != "after") | pd.Series(has_one, index=ratings.index, dtype=bool)
    loose = {pair for pair, stands in zip(pairs, rests, strict=True) if not stands}
    return rests, tuple(sorted(loose))


def _expected(case: Case, acts: list[str], ratings: pd.DataFrame) -> pd.DataFrame:
    """Before measures every group on every route; after them what anybody rated."""
    groups = [str(code) for code in case["exposed_groups"]["group_id"].dropna()]
    pairs = [(group, route, "before") for group in groups for route in acts]
    rated = set(zip(ratings["group"], ratings["route"], ratings["stage"], strict=True))
    # A pair that was rated after measures alone needs no second rating of what was before.
    needed = [pair for pair in pairs if (*pair[:2], "after") not in rated or pair in rated]
    return pd.DataFrame(needed, columns=["group", "route", "stage"])


def _unheard(case: Case, protocol: Protocol, now: datetime) -> frozenset[str]:
    """Groups whose office has neither answered nor run out of time."""
    settled = {one.unit_id for one in hearings(case, protocol, now) if one.clock.is_settled}
    groups = case["exposed_groups"]
    return frozenset(
        str(group)
        for group, unit in zip(groups["group_id"], groups["unit_id"], strict=True)
        if text(unit) not in settled
    )


@dataclass(frozen=True)
class Acceptance:
    """A risk that needs somebody's acceptance, and whether there is one that holds."""

    group_id: str
    route_id: str
    role: str
    is_valid: bool
    state: str
    words: str = ""


def acceptances(
    case: Case, protocol: Protocol, found: Screening, now: datetime
) -> list[Acceptance]:
    """Each group and route whose harm needs an acceptance, with the best that was given."""
    cells = found.residual
    needed = cells[cells["class"] == harm.ACCEPTANCE]
    signed = [row for row in case.rows("sign_offs") if row["kind"] == "risk_acceptance"]
    made = []
    for group, route, kind in zip(needed["group"], needed["route"], needed["kind"], strict=True):
        role = str(protocol.value("tolerances", str(kind), "accepting_role"))
        rows = [
            row
            for row in signed
            if text(row["group_id"]) == group and text(row["route_id"]) == route
        ]
        tries = [_acceptance(case, protocol, row, role, str(kind), now) for row in rows]
        best = max(tries, key=lambda one: one.is_valid, default=None)
        made.append(best or Acceptance(str(group), str(route), role, False, "not given"))
    return made


def _acceptance(
    case: Case, protocol: Protocol, row: Row, role: str, kind: str, now: datetime
) -> Acceptance:
    why = _why_invalid(case, protocol, row, role, kind, now)
    state = why or f"accepted until {row['expires_date']:%Y-%m-%d}"
    return Acceptance(
        text(row["group_id"]),
        text(row["route_id"]),
        text(row["role"]),
        not why,
        state,
        text(row["words"]),
    )


def _why_invalid(
    case: Case, protocol: Protocol, row: Row, role: str, kind: str, now: datetime
) -> str:
    answered, expires = moment(row["answered_at"]), row["expires_date"]
    if not text(row["answer"]):
        return case.say("protocol-asked")
    if text(row["answer"]) not in AGREED:
        return case.say("protocol-refused")
    if answered is None or answered > now:
        return case.say("protocol-unread-moment")
    if not text(row["words"]):
        return case.say("protocol-unwritten")
    if pd.isna(expires):
        return case.say("protocol-no-last-day")
    longest = int(protocol.value("tolerances", kind, "acceptance_days"))
    if expires > pd.Timestamp((answered + timedelta(days=longest)).date()):
        return case.say("protocol-too-long", days=longest)
    if expires < pd.Timestamp(now.date()):
        return case.say("protocol-it-ended", day=f"{expires:%Y-%m-%d}")
    return why_not_allowed(case, protocol, text(row["role"]), role)
