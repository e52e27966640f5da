"""Evidence, wording, decisions, dissent, aftercare and the protocol itself, as tables."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

import pandas as pd

from strategy_lib.chapters.rows import table_of
from strategy_lib.chapters.speaking_out.context import Context
from strategy_lib.protocol.case import Case, Row, names_of_counterparts, rows_of, text
from strategy_lib.protocol.clocks import moment
from strategy_lib.protocol.deciding import day_of
from strategy_lib.protocol.intake import beyond_evidence
from strategy_lib.protocol.states import findings_of

_WORDING = [
    "state",
    "gravity",
    "rule",
    "passage",
    "why",
    "suggestion",
    "loses",
    "rule_id",
    "reason",
    "dismissed_by",
]


def evidence(context: Context) -> pd.DataFrame:
    """Claims with grade and consent, and how public a way each grade reaches."""

    def reach(grade: str) -> str:
        route = context.protocol.value("evidence_grades", grade, "most_public_route")
        return context.label("speaking_route", route) if route else "nowhere yet"

    return table_of(
        context.rows("case_evidence"),
        {
            "code": lambda row: text(row["evidence_id"]),
            "claim": lambda row: text(row["claim"]),
            "grade": lambda row: context.label("evidence_grade", row["grade"]) or "no grade",
            "consent": lambda row: (
                context.label("source_consent", row["source_consent"]) or "not known"
            ),
            "reaches_as_far_as": lambda row: reach(text(row["grade"])),
            "words_that_rest_on_it": lambda row: text(row.get("passage")),
            "kind_of_source": lambda row: text(row.get("source_kind")),
        },
    )


def beyond(context: Context) -> pd.DataFrame:
    """Ways of responding that go further than the evidence."""
    rows = []
    if context.case is not None:
        for code, claims in beyond_evidence(context.case, context.protocol).items():
            rows += [[context.routes[code], claim] for claim in claims]
    return pd.DataFrame(rows, columns=["route", "claim"])


def wording(context: Context) -> pd.DataFrame:
    """Findings of the wording check, open ones first; a dismissed one keeps its reason."""
    if context.case is None:
        return pd.DataFrame(columns=_WORDING)
    names = names_of_counterparts(context.inputs.restricted["counterparts"])
    found = findings_of(context.case, context.protocol, names)
    found["dismissed_by"] = [
        context.protocol.role(role) if role else "" for role in found["dismissed_by"]
    ]
    found = found.sort_values("state", ascending=False, kind="stable", ignore_index=True)
    return found[_WORDING]


def decisions(context: Context) -> pd.DataFrame:
    """Decisions on the case that is shown, the last one first."""
    made = table_of(
        context.rows("case_decisions"),
        {
            "decided": lambda row: day_of(row["decided_at"]),
            "kind": lambda row: context.label("case_decision_kind", row["kind"]),
            "route": lambda row: context.routes.get(text(row["route_id"]), ""),
            "decision": lambda row: text(row.get("decision")),
            "by": lambda row: context.protocol.role(text(row["decided_by_role"])),
            "reasons": lambda row: text(row.get("reasons")),
            "refused_and_why": lambda row: text(row.get("refused")),
            "conditions": lambda row: text(row.get("conditions")),
            "ends_on": lambda row: row["expires_date"],
            "look_again_on": lambda row: row["review_date"],
        },
    )
    for name in ("ends_on", "look_again_on"):
        made[name] = pd.to_datetime(made[name])
    return made.sort_values("decided", ascending=False, kind="stable", ignore_index=True)


def dissents(context: Context) -> pd.DataFrame:
    """Dissent in its own words."""
    protocol = context.protocol
    rows = []
    for row in context.rows("dissents"):
        role, unit = text(row["role"]), text(row["unit_id"])
        said_by = (context.case.unit(unit) if context.case else "", role and protocol.role(role))
        who = ", ".join(filter(None, said_by)) or "not signed"
        rows.append([who, text(row["words"]), day_of(row["said_at"])])
    return pd.DataFrame(rows, columns=["who", "in_their_own_words", "said"])


def aftercare(context: Context) -> pd.DataFrame:
    """Checks, incidents and pressure after a decision, in the order of time."""

    def when(row: Row) -> tuple[bool, datetime]:
        done = moment(row["done_at"])
        return done is None, done or context.now

    return table_of(
        sorted(context.rows("aftercare"), key=when),
        {
            "when": lambda row: day_of(row["done_at"]),
            "kind": lambda row: context.label("aftercare_kind", row["kind"]),
            "check": lambda row: context.label("aftercare_check", row["check"]),
            "found": lambda row: text(row.get("found")),
            "response": lambda row: text(row.get("rung")).replace("_", " "),
            "next": lambda row: text(row.get("next")),
        },
    )


def pressure_ladder(context: Context) -> pd.DataFrame:
    """What follows pressure, step by step, and how often each step was reached in this case."""
    ladder = context.protocol["pressure"]
    entered = context.case["aftercare"] if context.case else pd.DataFrame({"kind": [], "rung": []})
    reached = entered.loc[entered["kind"] == "pressure", "rung"].value_counts()
    return pd.DataFrame(
        {
            "step": ladder["rank"].astype(int),
            "what": ladder["description"],
            "who": [context.protocol.role(role) for role in ladder["role"]],
            "what_is_recorded": ladder["what_is_recorded"],
            "entries_that_reached_it": [int(reached.get(rung, 0)) for rung in ladder["rung"]],
        }
    )


class _Decided(NamedTuple):
    case: Case
    row: Row


def memory(context: Context) -> pd.DataFrame:
    """Every decision on any case: what was decided about whom, where, on what, and for how long."""
    made = table_of(
        [_Decided(c, row) for c in context.cases.values() for row in c.rows("case_decisions")],
        {
            "decided": lambda one: day_of(one.row["decided_at"]),
            "case_id": lambda one: one.case.case_id,
            "case": lambda one: one.case.said("title"),
            "counterpart": lambda one: one.case.said("counterpart"),
            "country": lambda one: context.label("country", one.case.said("country_code")),
            "theme": lambda one: context.label("theme", one.case.said("theme")),
            "kind": lambda one: context.label("case_decision_kind", one.row["kind"]),
            "decision": lambda one: text(one.row.get("decision")),
            "conditions": lambda one: text(one.row.get("conditions")),
            "dissents": lambda one: len(one.case["dissents"]),
            "look_again_on": lambda one: one.row["review_date"],
        },
    )
    made["look_again_on"] = pd.to_datetime(made["look_again_on"])
    return made.sort_values("decided", ascending=False, kind="stable", ignore_index=True)


def tolerances(context: Context) -> pd.DataFrame:
    """What the organisation tolerates, by kind of consequence."""
    frame = context.protocol["tolerances"]
    return pd.DataFrame(
        {
            "consequence": [context.label("consequence_kind", kind) for kind in frame["kind"]],
            "acceptance_from": frame["acceptance_from"],
            "where_likely_from": frame["likely_acceptance_from"],
            "red_line_from": frame["red_line_from"],
            "who_may_accept": [context.protocol.role(role) for role in frame["accepting_role"]],
            "longest_days": frame["acceptance_days"],
            "as_of": pd.to_datetime(frame["as_of"]),
            "source": frame["source"],
        }
    )


def roles(context: Context) -> pd.DataFrame:
    """Who answers for each step, who stands in, who is heard and who is told."""
    protocol = context.protocol

    def holders(letter: str) -> Callable[[Row], str]:
        return lambda row: "; ".join(map(protocol.role, protocol.holds(row["step"], letter)))

    def deputy(row: Row) -> str:
        accountable = protocol.accountable(row["step"])
        return protocol.role(str(protocol.value("roles", accountable, "deputy")))

    return table_of(
        rows_of(protocol.sheets["steps"]),
        {
            "step": lambda row: row["step"],
            "answers_for_it": holders("A"),
            "deputy": deputy,
            "does_it": holders("R"),
            "is_heard": holders("C"),
            "is_told": holders("I"),
        },
    )
