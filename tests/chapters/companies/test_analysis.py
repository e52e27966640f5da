"""Chapter 06 on rows that can be checked by hand: steps, voices, words and what they lose."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from strategy_lib.chapters.companies.analysis import analyse
from strategy_lib.chapters.companies.page import page
from strategy_lib.chapters.companies.projects import STEPS
from strategy_lib.chapters.result import ChapterInputs
from strategy_lib.core.messages import Say
from strategy_lib.core.settings import MappingSettings
from strategy_lib.editions.restrict import DEFAULT_EDITIONS, restrict
from strategy_lib.editions.snapshot import Snapshot
from strategy_lib.plotting.pictures import payload
from strategy_lib.schema.frames import Tables, typed_frame
from strategy_lib.schema.schema import table_schema
from tests.workspaces import UNITS

AS_OF = date(2026, 11, 1)
DAY = pd.Timestamp("2026-05-01")
PROJECT = {
    "project_id": "P",
    "unit_id": "ke",
    "name": "Dam 水库",
    "country_code": "KE",
    "sector": "water",
    "stage": "building",
    "focus": "mixed",
}


def shown(edition="core", **records):
    tables = {"units": UNITS} | records
    frames = {name: typed_frame(table_schema(name), rows) for name, rows in tables.items()}
    restricted = restrict(Tables(frames), DEFAULT_EDITIONS[edition])
    now = Snapshot(restricted, 2026, AS_OF, "Test", "en", "EUR", MappingSettings(), {})
    inputs = ChapterInputs(now)
    result = analyse(inputs)
    return result, page(result, inputs, Say())


def finding(step, voice="own", **more):
    row = {"project_id": "P", "step": step, "voice": voice, "grade": "B", "as_of": DAY}
    return row | {"finding": "Seen"} | more


def message(**more):
    row = {
        "message_id": "M",
        "ask": "Ask",
        "addressee_kind": "private_company",
        "register": "csr",
        "words": "Words",
        "right_behind": "Land",
    }
    return row | more


def claim(**more):
    row = {
        "claim_id": "C",
        "kind": "csr",
        "counterpart": "Body",
        "claim": "Claim",
        "said_by": "itself",
        "source": "Page",
        "as_of": DAY,
    }
    return row | more


def item(state, confirmed=(), **more):
    row = {"group": "Group", "kind": "agreement", "what": "A path", "by_kind": "company"}
    return row | {"met_on": DAY, "state": state, "confirmed_by": tuple(confirmed)} | more


def test_a_step_is_done_with_a_finding_or_none_seen_on_each_question():
    rows = [
        finding(step, finding=None, none_seen=True) if n % 2 else finding(step)
        for n, step in enumerate(STEPS)
    ]
    whole, _ = shown(projects=[PROJECT], project_findings=rows)
    part, shown_page = shown(projects=[PROJECT], project_findings=rows[1:])
    assert list(whole["projects"].loc[0, ["s1", "s2", "s3"]]) == ["done"] * 3
    assert list(part["projects"].loc[0, ["s1", "s2", "s3"]]) == ["not_looked", "done", "done"]
    assert shown_page.finding.startswith("All three steps have findings for 0 of 1 project")


def test_steps_of_the_tool_and_own_additions_never_share_a_table():
    result, shown_page = shown(
        projects=[PROJECT], project_findings=[finding("s1_trigger"), finding("own_benefit")]
    )
    assert set(result["step_by_voice"]["step"]) == set(STEPS)
    assert not set(result["additions_by_voice"]["step"]) & set(STEPS)
    assert "Benefit" not in str(payload(shown_page))


def test_kept_needs_another_than_who_owes_it():
    rows = [item("kept", ["company"]), item("kept", ["company", "community"], what="A wall")]
    result, shown_page = shown(group_items=rows)
    confirmed = result["agreements"].set_index("what")["is_confirmed"]
    assert (confirmed["A path"], confirmed["A wall"]) == (False, True)
    text = str(payload(shown_page))
    assert (
        "2 agreements of working groups are reported as kept; somebody else confirms 1 of them."
        in text
    )
    assert "Security providers" in text  # never there


@pytest.mark.parametrize(
    ("records", "question"),
    [
        ({"messages": [message()]}, "loss_not_said"),
        (
            {
                "messages": [
                    message(lost="x", names_origin="yes", country_code="KE", sector="water")
                ],
                "projects": [PROJECT | {"other_origins": "yes"}],
            },
            "origin_named",
        ),
        (
            {
                "messages": [
                    message(lost="x", names_origin="yes", country_code="KE", sector="water")
                ],
                "projects": [PROJECT],
            },
            "origin_named",
        ),
        (
            {"messages": [message(lost="x", claim_ids=("C",))], "claims": [claim(grade="D")]},
            "fact_without_claim",
        ),
        ({"messages": [message(lost="x", handling="public")]}, "public_without_case"),
        ({"projects": [PROJECT], "project_findings": [finding("own_benefit")]}, "one_side_so_far"),
        ({"projects": [PROJECT]}, "community_not_asked"),
        ({"claims": [claim()]}, "claim_unchecked"),
    ],
)
def test_each_question_follows_from_its_row(records, question):
    result, _ = shown(**records)
    assert question in set(result["open_questions"]["question"])


def test_an_origin_may_be_named_where_nobody_else_does_it():
    said = message(lost="x", names_origin="yes", country_code="KE", sector="water")
    result, _ = shown(messages=[said], projects=[PROJECT | {"other_origins": "no"}])
    assert "origin_named" not in set(result["open_questions"]["question"])


def test_findings_that_contradict_each_other_stand_side_by_side():
    rows = [
        finding("s1_trigger", "community", finding_id="K1", finding="Not asked"),
        finding("s1_trigger", "company", finding_id="K2", finding="All asked", contradicts="K1"),
    ]
    result, _ = shown(projects=[PROJECT], project_findings=rows)
    row = result["contradictions"].iloc[0]
    assert (row["finding"], row["voice"], row["other_finding"], row["other_voice"]) == (
        "Not asked",
        "community",
        "All asked",
        "company",
    )


def test_without_a_row_one_line_says_how_to_begin():
    _, shown_page = shown()
    assert shown_page.finding.startswith("Companies and projects: to begin")
    assert shown_page.main is None and not shown_page.sections
