"""Ways of responding side by side: what each could bring, what harm remains, what silence costs."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from strategy_lib.chapters.rows import table_of
from strategy_lib.chapters.speaking_out.context import Context
from strategy_lib.chapters.wording import listed
from strategy_lib.methods.harm import screening as harm
from strategy_lib.protocol.case import Case, text
from strategy_lib.protocol.intake import beyond_evidence

NOT_AN_ACT = "nothing is said: see the cost of silence"
NOT_RATED = "nobody rated it"
SERIOUS = 3


def routes(context: Context) -> pd.DataFrame:
    """One row a way of responding, in the order of the ladder; nothing is added up or ranked.

    The cost of silence is that for those whom it would cost most.
    """
    columns = [
        "route",
        "is_public",
        "harm_that_remains",
        "worst_for",
        "acceptances",
        "evidence_reaches",
        "benefit_lowest",
        "benefit_median",
        "benefit_highest",
        "benefit_answers",
        "silence_lowest",
        "silence_median",
        "silence_highest",
        "can_be_taken_back",
        "who_differs",
        "what_it_could_bring",
        "tried_before",
        "messenger",
    ]
    if context.case is None or context.state is None:
        return pd.DataFrame(columns=columns)
    ladder = context.protocol.sheets["routes"].set_index("route")
    ways = context.rows("case_routes")
    ways = sorted(ways, key=lambda way: int(ladder["rung"].get(text(way["route"]), 0)))
    made = pd.DataFrame([_row(context, ladder, way) for way in ways], columns=columns)
    for name in columns[6:13]:
        made[name] = made[name].astype(float)
    return made


def _row(context: Context, ladder: pd.DataFrame, row: dict[str, Any]) -> list[object]:
    case, state = context.case, context.state
    assert case is not None and state is not None
    code, route = text(row["route_id"]), text(row["route"])
    is_act = route in ladder.index and bool(ladder.loc[route, "is_act"])
    is_public = route in ladder.index and bool(ladder.loc[route, "is_public"])
    place = state.screening.routes.get(code)
    remains = NOT_AN_ACT if not is_act else NOT_RATED if place is None else harm.CLASSES[int(place)]
    claims = beyond_evidence(case, context.protocol).get(code, [])
    benefit = case["route_ratings"].loc[case["route_ratings"]["route_id"] == code, "best"]
    worst_off = silence(context).head(1)
    own = row["reversibility"]
    back: Any = ladder["reversibility"].get(route, pd.NA) if pd.isna(own) else own
    return [
        context.routes[code],
        "yes" if is_public else "no",
        remains,
        _worst_for(context, code),
        _acceptances(context, code),
        f"no: {listed(claims)}" if claims else "yes",
        *_spread(benefit),
        int(benefit.notna().sum()),
        *(_ends(worst_off) if not is_act else [np.nan] * 3),
        "not said" if pd.isna(back) else f"{int(back)} of 4",
        _who_differs(context, code),
        text(row.get("expected_benefit")),
        text(row.get("tried")),
        text(row.get("messenger")),
    ]


def _spread(values: pd.Series[int]) -> list[float]:
    known = values.dropna().astype(float)
    return [known.min(), known.median(), known.max()] if len(known) else [np.nan] * 3


def _ends(worst_off: pd.DataFrame) -> list[float]:
    """What silence would cost those whom it would cost most: no group is traded for another."""
    ends = ["lowest", "median", "highest"]
    return [float(v) for v in worst_off[ends].iloc[0]] if len(worst_off) else [np.nan] * 3


def _worst_for(context: Context, code: str) -> str:
    assert context.state is not None
    cells = context.state.screening.residual
    own = cells[cells["route"] == code]
    worst = own[own["class"] == own["class"].max()]
    if worst.empty or int(worst["class"].iloc[0]) == harm.WITHIN:
        return ""
    return listed([context.groups.get(group, group) for group in worst["group"]])


def _acceptances(context: Context, code: str) -> str:
    own = [one for one in context.acceptances if one.route_id == code]
    if not own:
        return "none needed"
    return f"{sum(one.is_valid for one in own)} of {len(own)} given"


def _who_differs(context: Context, code: str) -> str:
    """Assessors whose own worst class for the route is not the one that most have."""
    assert context.state is not None
    rated = context.state.screening.rated
    left = context.state.screening.residual[["group", "route", "stage"]]
    own = rated[rated["route"] == code].merge(left, on=["group", "route", "stage"])
    worst = own.groupby("assessor")["class"].max()
    if worst.nunique() < 2:
        return ""
    usual = worst.mode().max()
    other = worst[worst != usual]
    return "; ".join(f"{who}: {harm.CLASSES[int(place)]}" for who, place in other.items())


def silence(context: Context) -> pd.DataFrame:
    """What silence would cost whom, by assessors' ratings; never money, never one number."""
    own = {}
    if context.case is not None:
        groups = context.case["silence_ratings"].groupby("affected", sort=False)
        own = {str(code): rows for code, rows in groups}

    def known(code: str, *columns: str) -> pd.Series[float]:
        found: pd.Series[float] = pd.concat([own[code][name] for name in columns]).dropna()
        return found.astype(float)

    made = table_of(
        own,
        {
            "who_is_affected": lambda code: context.label("silence_affected", code),
            "lowest": lambda code: known(code, "severity").min(),
            "median": lambda code: known(code, "severity").median(),
            "highest": lambda code: known(code, "severity").max(),
            "could_be_as_high_as": lambda code: known(code, "severity", "severity_high").max(),
            "serious_or_worse_pct": lambda code: round(
                100 * (known(code, "severity") >= SERIOUS).mean(), 0
            ),
            "answered": lambda code: len(known(code, "severity")),
            "no_answer": lambda code: int(own[code]["severity"].isna().sum()),
        },
    )
    order = made.sort_values(["highest", "median"], ascending=False, kind="stable").index
    return made.loc[order].reset_index(drop=True)


def reasons(context: Context) -> pd.DataFrame:
    """Why assessors rated benefit and silence as they did, in their own words."""
    columns = ["about", "assessor", "rating", "reason"]
    rows: list[list[object]] = []
    if context.case is not None:
        case = context.case
        rows += _said(case, "route_ratings", "best", "route_id", context.routes, "brings")
        affected = {
            code: context.label("silence_affected", code)
            for code in case["silence_ratings"]["affected"].dropna()
        }
        rows += _said(case, "silence_ratings", "severity", "affected", affected, "silence for")
    return pd.DataFrame(rows, columns=columns)


def _said(
    case: Case, table: str, rating: str, about: str, names: dict[str, str], lead: str
) -> list[list[object]]:
    return [
        [
            f"{lead}: {names.get(text(row[about]), text(row[about]))}",
            text(row["assessor_id"]),
            row[rating],
            text(row["reason"]),
        ]
        for row in case.rows(table)
        if text(row.get("reason"))
    ]
