"""Evidence, wording, decisions, dissent, aftercare and the protocol itself, as tables."""

from __future__ import annotations

import pandas as pd

from strategy_lib.chapters.speaking_out.context import Context
from strategy_lib.protocol.case import names_of_counterparts, text
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
    rows = []
    for row in context.case.rows("case_evidence") if context.case else ():
        grade = text(row["grade"])
        reach = context.protocol.value("evidence_grades", grade, "most_public_route")
        rows.append(
            [
                text(row["evidence_id"]),
                text(row["claim"]),
                context.label("evidence_grade", grade) or "no grade",
                context.label("source_consent", row["source_consent"]) or "not known",
                context.label("speaking_route", reach) if reach else "nowhere yet",
                text(row.get("passage")),
                text(row.get("source_kind")),
            ]
        )
    columns = [
        "code",
        "claim",
        "grade",
        "consent",
        "reaches_as_far_as",
        "words_that_rest_on_it",
        "kind_of_source",
    ]
    return pd.DataFrame(rows, columns=columns)


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
    rows = []
    for row in context.case.rows("case_decisions") if context.case else ():
        rows.append(
            [
                day_of(row["decided_at"]),
                context.label("case_decision_kind", row["kind"]),
                context.routes.get(text(row["route_id"]), ""),
                text(row.get("decision")),
                context.protocol.role(text(row["decided_by_role"])),
                text(row.get("reasons")),
                text(row.get("refused")),
                text(row.get("conditions")),
                row["expires_date"],
                row["review_date"],
            ]
        )
    columns = [
        "decided",
        "kind",
        "route",
        "decision",
        "by",
        "reasons",
        "refused_and_why",
        "conditions",
        "ends_on",
        "look_again_on",
    ]
    made = pd.DataFrame(rows, columns=columns)
    for name in ("ends_on", "look_again_on"):
        made[name] = pd.to_datetime(made[name])
    return made.sort_values("decided", ascending=False, kind="stable", ignore_index=True)


def dissents(context: Context) -> pd.DataFrame:
    """Dissent in its own words."""
    rows = []
    for row in context.case.rows("dissents") if context.case else ():
        role = text(row["role"])
        unit = context.case.unit(row["unit_id"]) if context.case else ""
        who = ", ".join(
            part for part in (unit, context.protocol.role(role) if role else "") if part
        )
        rows.append([who or "not signed", text(row["words"]), day_of(row["said_at"])])
    return pd.DataFrame(rows, columns=["who", "in_their_own_words", "said"])


def aftercare(context: Context) -> pd.DataFrame:
    """Checks, incidents and pressure after a decision, in the order of time."""
    rows = []
    for row in context.case.rows("aftercare") if context.case else ():
        rows.append(
            [
                moment(row["done_at"]),
                day_of(row["done_at"]),
                context.label("aftercare_kind", row["kind"]),
                context.label("aftercare_check", row["check"]),
                text(row.get("found")),
                text(row.get("rung")).replace("_", " "),
                text(row.get("next")),
            ]
        )
    rows.sort(key=lambda row: (row[0] is None, row[0] or context.now))
    columns = ["when", "kind", "check", "found", "response", "next"]
    return pd.DataFrame([row[1:] for row in rows], columns=columns)


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


def memory(context: Context) -> pd.DataFrame:
    """Every decision on any case: what was decided about whom, where, on what, and for how long."""
    rows = []
    for code, case in context.cases.items():
        for row in case.rows("case_decisions"):
            rows.append(
                [
                    day_of(row["decided_at"]),
                    code,
                    case.said("title"),
                    case.said("counterpart"),
                    context.label("country", case.said("country_code")),
                    context.label("theme", case.said("theme")),
                    context.label("case_decision_kind", row["kind"]),
                    text(row.get("decision")),
                    text(row.get("conditions")),
                    len(case["dissents"]),
                    row["review_date"],
                ]
            )
    columns = [
        "decided",
        "case_id",
        "case",
        "counterpart",
        "country",
        "theme",
        "kind",
        "decision",
        "conditions",
        "dissents",
        "look_again_on",
    ]
    made = pd.DataFrame(rows, columns=columns)
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
    rows = []
    for step in context.protocol.sheets["steps"].to_dict("records"):
        named = {
            letter: "; ".join(
                context.protocol.role(role) for role in context.protocol.holds(step["step"], letter)
            )
            for letter in "ARCI"
        }
        deputy = context.protocol.value(
            "roles", context.protocol.accountable(step["step"]), "deputy"
        )
        rows.append(
            [
                step["step"],
                named["A"],
                context.protocol.role(str(deputy)),
                named["R"],
                named["C"],
                named["I"],
            ]
        )
    columns = ["step", "answers_for_it", "deputy", "does_it", "is_heard", "is_told"]
    return pd.DataFrame(rows, columns=columns)
