"""Companies and projects: what one cell alone cannot tell, and what stays with the core team."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from strategy_lib.inputs.checks.locations import row_dicts, tell
from strategy_lib.inputs.checks.person_names import names_of_bodies, tell_people
from strategy_lib.inputs.problem_log import ProblemLog
from strategy_lib.schema.cell_faults import Fault

STEPS_OF = {
    "soe_point": {
        "mission",
        "going_global",
        "law_policy",
        "language",
        "social_rights_first",
        "needs",
        "bridges",
    },
    "need": {"consulting", "training", "networking", "management_system"},
    "rung": {
        "contact",
        "joint_event",
        "agreement",
        "joint_tool",
        "briefing",
        "webinar",
        "company_action",
    },
    "training": {"executive", "operational"},
}
# A company that was asked has so long to answer before what is said of it may leave the core team.
ANSWER_DAYS = 21
_GOOD_GRADES = ("A", "B", "C")
_DECIDED = "route_taken"


def check_companies(frames: Mapping[str, pd.DataFrame], problem_log: ProblemLog) -> None:
    """Say where a step is of another list, a figure has no unit, or conduct is labelled wide."""
    for row in row_dicts(frames["company_steps"]):
        allowed = STEPS_OF.get(str(row["kind"]))
        if allowed and row["step"] and row["step"] not in allowed:
            message = "is of another list; choose a step of the list in this row"
            told = ", ".join(sorted(allowed))
            fault = Fault("step_of_other_list", message, str(row["step"]), told)
            tell(problem_log, "company_steps", row, "step", fault)
    for row in row_dicts(frames["claims"]):
        if row["figure"] is not None and not row["unit"]:
            message = "is empty; say what the figure counts"
            fault = Fault("figure_without_unit", message, allowed="such as people or hours")
            tell(problem_log, "claims", row, "unit", fault)
        if row["figure"] is not None and row["figure"] <= 0:
            message = "is not above 0: nothing can be set per it"
            found = f"{row['figure']:g}"
            fault = Fault("ratio_impossible", message, found, "above 0", severity="warning")
            tell(problem_log, "claims", row, "figure", fault)
        if row["kind"] == "conduct" and row["handling"] in ("public", "partner"):
            message = "a claim about conduct can be internal or restricted"
            fault = Fault("conduct_too_wide", message, row["handling"], "internal, restricted")
            tell(problem_log, "claims", row, "handling", fault)
    for row in row_dicts(frames["project_findings"]):
        if not row["finding"] and not row["none_seen"]:
            message = "is empty; write what was found, or say that somebody looked and saw none"
            fault = Fault("nothing_found", message, allowed="a sentence, or none seen")
            tell(problem_log, "project_findings", row, "finding", fault)
        elif row["voice"] == "community" and not row["consent"]:
            message = "is empty: say whether those who spoke agree that it is kept"
            fault = Fault(
                "consent_not_said", message, allowed="a state of consent", severity="warning"
            )
            tell(problem_log, "project_findings", row, "consent", fault)
    names = names_of_bodies(frames) if len(frames["messages"]) else []
    for row in row_dicts(frames["messages"]):
        tell_people(problem_log, "messages", row, "words", names)


def with_gates(frames: Mapping[str, pd.DataFrame], as_of: date) -> dict[str, pd.DataFrame]:
    """The same; a claim about conduct is restricted, and out of the mainland, until all gates.

    They are: evidence of grade A to C; the company asked, and answered or asked 21 days ago;
    counsel; a decided case.
    """
    claims = frames["claims"]
    if not (claims["kind"] == "conduct").any():
        return dict(frames)
    decisions = frames["case_decisions"]
    decided = set(decisions.loc[decisions["kind"] == _DECIDED, "case_id"].dropna())
    held = [
        row["kind"] == "conduct" and not passes_gates(row, decided, as_of)
        for row in row_dicts(claims)
    ]
    claims = claims.copy()
    claims.loc[held, "handling"] = "restricted"
    claims.loc[held, "not_for_mainland"] = True
    return {**frames, "claims": claims}


def passes_gates(row: Mapping[Any, Any], decided: set[str], as_of: date) -> bool:
    """Whether a claim about conduct has passed every gate."""
    asked = row["asked_date"]
    if asked is None or pd.isna(asked):
        return False
    waited = (pd.Timestamp(as_of) - pd.Timestamp(asked)).days >= ANSWER_DAYS
    return (
        row["grade"] in _GOOD_GRADES
        and (row["answer"] in ("answered", "acted", "refused") or waited)
        and bool(row["legal_review"])
        and row["case_id"] in decided
    )
