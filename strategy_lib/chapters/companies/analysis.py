"""Chapter 06: which projects and companies, on what evidence, in which words, with whom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from strategy_lib.chapters.board import addressed, board
from strategy_lib.chapters.companies import claims as claim_tables
from strategy_lib.chapters.companies import projects as project_tables
from strategy_lib.chapters.companies.background import policy_line, told_cases
from strategy_lib.chapters.engagement import (
    in_code_order,
    office_names,
    open_questions,
    with_offices,
)
from strategy_lib.chapters.result import ChapterInputs, ChapterResult
from strategy_lib.editions.restrict import Restricted
from strategy_lib.editions.snapshot import Snapshot
from strategy_lib.inputs.checks.companies import STEPS_OF
from strategy_lib.schema.schema import code_list

# Recommendations of the guide that each table speaks to.
ADDRESSED = {
    "project_findings": ("23", "23.1", "23.2", "26"),
    "group_items": ("20", "26"),
    "company_steps": ("20",),
    "messages": ("13", "14", "24", "25", "36", "48"),
    "claims": ("46", "46.1", "46.2"),
    "standards_gaps": ("22.3", "27"),
}
SOFTER = ("csr", "problem")
GOOD_GRADES = ("A", "B", "C")
POINTS_OF_ENTERPRISE = tuple(
    code for code in code_list("company_step").values if code in STEPS_OF["soe_point"]
)


def analyse(given: ChapterInputs) -> ChapterResult:
    """Everything that chapter 06 shows; it takes no parameters."""
    now = given.now
    restricted = now.restricted
    overview = project_tables.projects_overview(restricted)
    listed = claim_tables.claims_listed(restricted)
    tables = {
        "projects": with_offices(overview, office_names(restricted)),
        "step_by_voice": project_tables.step_by_voice(restricted),
        "additions_by_voice": project_tables.additions_by_voice(restricted),
        "findings": _findings(restricted),
        "contradictions": project_tables.contradictions(restricted),
        "agreements": project_tables.agreements(restricted),
        "absent_parties": project_tables.absent_parties(restricted),
        "enterprise_points": _enterprise_points(restricted),
        "needs": _steps(restricted, "need"),
        "ladder": _steps(restricted, "rung"),
        "trainings": _steps(restricted, "training"),
        "messages": _messages(restricted),
        "claims": listed,
        "checks": claim_tables.checks(listed),
        "ratios": claim_tables.ratios(restricted),
        "rules": _rules(restricted),
        "policy_line": policy_line(),
        "told_cases": told_cases(),
        "open_questions": _questions(restricted, overview),
        "board": _board(restricted, now),
        "addressed": addressed(restricted, ADDRESSED),
    }
    return ChapterResult(tables=tables, findings={}, notes=_notes(now))


def _findings(restricted: Restricted) -> pd.DataFrame:
    """Every finding, steps of the tool before our own additions."""
    rows = restricted["project_findings"]
    columns = ["project_id", "step", "finding", "none_seen", "voice", "grade", "as_of"]
    by = ["project_id", "step", "voice", "finding"]
    return in_code_order(rows[columns], by, step="conflict_step")


def _enterprise_points(restricted: Restricted) -> pd.DataFrame:
    """The seven points on each state-owned enterprise, in the article's order."""
    rows = restricted["company_steps"]
    rows = rows[rows["kind"] == "soe_point"].set_index(["counterpart", "step"])
    names = sorted(set(rows.index.get_level_values("counterpart")))
    wanted = pd.MultiIndex.from_product([names, POINTS_OF_ENTERPRISE], names=rows.index.names)
    return rows[["known", "as_of"]].reindex(wanted).reset_index()


def _steps(restricted: Restricted, kind: str) -> pd.DataFrame:
    """Steps of one list: what is known, what we do, where our limit is, how many were reached."""
    rows = restricted["company_steps"]
    rows = rows[rows["kind"] == kind].sort_values(["counterpart", "as_of", "step"])
    columns = [
        "counterpart",
        "step",
        "known",
        "our_step",
        "our_limit",
        "state",
        "people",
        "reach",
        "as_of",
        "source",
    ]
    return rows[[name for name in columns if name in rows]].reset_index(drop=True)


def _messages(restricted: Restricted) -> pd.DataFrame:
    """One ask in its registers, side by side with the right and with what each loses."""
    made = in_code_order(restricted["messages"], ["ask", "register"], register="message_register")
    columns = [
        "ask",
        "register",
        "addressee_kind",
        "words",
        "right_behind",
        "lost",
        "right_kept_in",
        "message_id",
    ]
    return made[columns]


def _rules(restricted: Restricted) -> pd.DataFrame:
    """Host, Chinese and international rules side by side, by country and topic."""
    rows = restricted["standards_gaps"].sort_values(["country_code", "topic"])
    columns = [
        "country_code",
        "topic",
        "host_rule",
        "chinese_rule",
        "international",
        "gap",
        "ask",
        "addressee_kind",
        "as_of",
        "counsel_checked_date",
        "source",
    ]
    return rows[columns].reset_index(drop=True)


def _questions(restricted: Restricted, overview: pd.DataFrame) -> pd.DataFrame:
    """Questions that follow from what is entered, each with its row."""
    found = [
        *_of_messages(restricted),
        *_of_projects(overview),
        *(
            ["claim_unchecked", f"{row['counterpart']}: {row['claim']}"]
            for row in restricted["claims"].to_dict("records")
            if pd.isna(row["checked"])
        ),
    ]
    return open_questions(found, "company_question")


def _of_messages(restricted: Restricted) -> Iterator[list[Any]]:
    grades = restricted["claims"].set_index("claim_id")["grade"]
    projects = restricted["projects"]
    for row in restricted["messages"].to_dict("records"):
        about = f"{row['message_id']}: {row['ask']}"
        if row["register"] in SOFTER and pd.isna(row["lost"]):
            yield ["loss_not_said", about]
        here = projects[
            (projects["country_code"] == row["country_code"])
            & (projects["sector"] == row["sector"])
        ]
        only_here = len(here) and (here["other_origins"] == "no").all()
        if row["names_origin"] == "yes" and not only_here:
            yield ["origin_named", about]
        if not any(grades.get(code) in GOOD_GRADES for code in row["claim_ids"]):
            yield ["fact_without_claim", about]
        if row["handling"] == "public" and pd.isna(row["case_id"]):
            yield ["public_without_case", about]


def _of_projects(overview: pd.DataFrame) -> Iterator[list[Any]]:
    for row in overview.to_dict("records"):
        if row["voices"] and row["has_harms"] != row["has_benefits"]:
            yield ["one_side_so_far", row["project"]]
        if not row["community_heard"]:
            yield ["community_not_asked", row["project"]]


def _board(restricted: Restricted, now: Snapshot) -> pd.DataFrame:
    projects, claims = restricted["projects"], restricted["claims"]
    checked = claims["checked"].fillna("nobody_looked")
    return board(
        now.as_of,
        ("project", projects["project_id"], projects["stage"], projects["unit_id"]),
        ("claim", claims["claim_id"], checked, None),
    )


def _notes(now: Snapshot) -> tuple[str, ...]:
    notes = [
        "Nothing here says whether a company is responsible, a claim true or a conflict coming.",
        "Steps 1 to 3 are those of the conflict prevention tool; benefits, incentives, measures, "
        "monitoring and support are our own additions and stand apart.",
        "Claims are quoted with who says them and when. Nobody has checked a claim unless it says "
        "so. Figures are set per each other only within one company, source and day.",
        "Claims about conduct stay with the core team until four things are done. The evidence is "
        "graded A to C; the company was asked, and answered or had 21 days. Counsel looked at it, "
        "and the case was decided.",
        "Dated facts, no legal advice: confirm with counsel.",
    ]
    if now.restricted.withheld_count:
        notes.append("Findings, groups and messages are restricted unless their label says more.")
    return tuple(notes)
