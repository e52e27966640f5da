"""Bad input in a case: a clear line each, and nothing typed is lost."""

from __future__ import annotations

import pytest

from strategy_lib.protocol.case import case_ids, case_of
from strategy_lib.protocol.clocks import read_moment
from strategy_lib.protocol.faults import all_faults
from strategy_lib.protocol.reading import read_protocol
from strategy_lib.protocol.states import case_state
from tests.protocol.cases import (
    LATER,
    T,
    asked,
    example_frames,
    frames_of,
    rating,
    signed,
    small_case,
    whole_case,
)

PROTOCOL = read_protocol()
NOW = read_moment("2026-10-30 12:00 Z")


def faults(records):
    frames = frames_of(records)
    cases = [case_of(frames, code) for code in case_ids(frames)]
    for case in cases:
        # Whatever is wrong, a state can be computed.
        case_state(case, PROTOCOL, NOW)
    return all_faults(frames, cases, PROTOCOL, NOW)


def said(records):
    return " | ".join(faults(records)["message"])


def test_a_clean_case_has_no_fault():
    assert faults(small_case()).empty


def test_the_example_has_no_fault():
    frames = example_frames()
    cases = [case_of(frames, code) for code in case_ids(frames)]
    assert all_faults(frames, cases, PROTOCOL, read_moment("2026-11-01 23:59 Z")).empty


def decision(**more):
    row = {"case_decision_id": "D1", "case_id": "K1", "kind": "route_taken", "route_id": "R1"}
    row |= {"decision": "d", "decided_at": LATER, "decided_by_role": "executive_director"}
    return [row | more]


def dismissed(passage):
    return [{"case_id": "K1", "rule_id": "slogan", "passage": passage, "reason": "r"}]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"cases": [whole_case(needed_at="2026-11-30 09:00")]}, "without a time zone"),
        ({"cases": [whole_case(needed_at="end of November")]}, "write day, time and zone"),
        ({"cases": [whole_case(needed_at="2026-10-20 09:00 Z")]}, "which has passed"),
        ({"cases": [whole_case(needed_at="2026-10-01 09:00 Z")]}, "needed before the case was"),
        ({"cases": [whole_case(submitted_at="2027-01-01 09:00 Z")]}, "lies in the future"),
        ({"cases": [whole_case(proposer_role="king")]}, 'found "king"; the protocol has'),
        ({"cases": [whole_case(words="Forty families. " * 2_000)]}, "one case is one public act"),
        (
            {
                "consultations": [
                    asked(
                        "ke", "office_director", answered_at="2026-10-01 09:00 Z", answer="objects"
                    )
                ]
            },
            "answered before it was asked",
        ),
        (
            {
                "consultations": [
                    asked(
                        "ke",
                        "office_director",
                        answered_at=LATER,
                        answer="objects",
                        answered_by_role="coordinator",
                    )
                ]
            },
            "nobody answers for",
        ),
        ({"consultations": [asked("ke", "chief")]}, 'found "chief"'),
        (
            {
                "consultations": [
                    asked("ke", "office_director", deputy_asked_at="2026-10-01 09:00 Z")
                ]
            },
            "the deputy was asked",
        ),
        ({"sign_offs": [signed("blessing", "safety_lead")]}, 'found "blessing"; the steps are'),
        ({"sign_offs": [signed("safety", "coordinator")]}, "proposed the case and cannot approve"),
        ({"sign_offs": [signed("x", "counsel", kind="risk_acceptance")]}, "an acceptance names"),
        ({"case_decisions": decision(decided_by_role="coordinator")}, "cannot approve it"),
        ({"case_decisions": decision(route_id="R9")}, "the routes of this case are R0, R1"),
        ({"case_decisions": decision(acted_at=T)}, "done before it was decided"),
        ({"dismissed_findings": dismissed("old words")}, "is no longer in the words"),
        (
            {
                "exposed_groups": [
                    {
                        "group_id": "G1",
                        "case_id": "K1",
                        "unit_id": "ke",
                        "kind": "livelihood",
                        "description": "Dr Amina Otieno",
                    }
                ]
            },
            "looks like a person's name",
        ),
    ],
)
def test_what_cannot_be_right_is_said(change, message):
    assert message in said(small_case(**change))


def test_ratings_across_two_cases_are_told_and_left_out():
    other = whole_case(case_id="K2")
    routes = [*small_case()["case_routes"], {"route_id": "Q1", "case_id": "K2", "route": "public"}]
    records = small_case(
        cases=[whole_case(), other],
        case_routes=routes,
        harm_ratings=[rating("A1", 1), rating("A2", 1), rating("A1", 4, route="Q1")],
    )
    assert '"G1" and "Q1" belong to different cases' in said(records)
    case = case_of(frames_of(records), "K1")
    assert len(case["harm_ratings"]) == 2


def test_each_fault_says_where():
    row = faults(small_case(cases=[whole_case(needed_at="soon")])).iloc[0]
    assert (row["case_id"], row["table"], row["field"]) == ("K1", "cases", "needed_at")


def test_no_case_no_fault():
    assert faults({}).empty
