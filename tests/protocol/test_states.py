"""States of a case: computed from what is there, each with what is missing and whose turn it is."""

from __future__ import annotations

from datetime import date

import pytest

from strategy_lib.core.errors import InputError
from strategy_lib.methods.harm import screening as harm
from strategy_lib.protocol.case import case_ids, case_of
from strategy_lib.protocol.clocks import read_moment
from strategy_lib.protocol.reading import read_protocol
from strategy_lib.protocol.screening import acceptances, screening
from strategy_lib.protocol.states import STATES, case_state
from tests.protocol.cases import (
    LATER,
    UNITS,
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


def state_of(records, now=NOW, names=()):
    case = case_of(frames_of(records), "K1")
    return case_state(case, PROTOCOL, now, names)


def whats(state):
    return " | ".join(one.what for one in state.missing)


def decided(**more):
    row = {"case_decision_id": "D1", "case_id": "K1", "kind": "route_taken", "route_id": "R1"}
    row |= {"decision": "The letter goes out.", "decided_at": "2026-10-10 09:00 Z"}
    return [row | {"decided_by_role": "executive_director"} | more]


def check(name, at):
    return {"entry_id": f"A-{name}", "case_id": "K1", "kind": "check", "check": name, "done_at": at}


def test_a_whole_case_is_ready_to_decide_and_waits_for_the_one_who_decides():
    state = state_of(small_case())
    assert state.state == "ready to decide"
    assert whats(state) == "no decision is recorded"
    assert state.whose_turn == "Executive director"


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("words", "the exact words"),
        ("channel", "where the words would be said"),
        ("language", "the language"),
        ("urgency", "how urgent"),
        ("needed_at", "by when"),
        ("proposer_role", "the role that proposes it"),
        ("whose_decision", "whose decision"),
        ("change_wanted", "what is to change"),
        ("why_public", "why in public"),
    ],
)
def test_no_purpose_no_words_no_case(field, said):
    state = state_of(small_case(cases=[whole_case(**{field: None})]))
    assert state.state == "draft"
    assert said in state.missing[0].what


def test_a_moment_without_a_zone_keeps_a_case_a_draft():
    state = state_of(small_case(cases=[whole_case(needed_at="2026-11-30 09:00")]))
    assert state.state == "draft"
    assert "no moment with its zone: by when" in whats(state)


@pytest.mark.parametrize(
    ("table", "rows", "said"),
    [
        ("case_evidence", [], "no claim has a row of evidence"),
        ("case_evidence", [{"evidence_id": "E", "case_id": "K1", "claim": "c"}], "has no grade"),
        (
            "case_evidence",
            [
                {
                    "evidence_id": "E",
                    "case_id": "K1",
                    "claim": "c",
                    "grade": "A",
                    "source_consent": "refused",
                }
            ],
            "is refused",
        ),
        (
            "case_evidence",
            [
                {
                    "evidence_id": "E",
                    "case_id": "K1",
                    "claim": "c",
                    "grade": "A",
                    "source_consent": "not_asked",
                }
            ],
            "has not been asked for",
        ),
        (
            "case_evidence",
            [{"evidence_id": "E", "case_id": "K1", "claim": "c", "grade": "A"}],
            "consent of its source is not known",
        ),
        ("case_routes", [{"route_id": "R1", "case_id": "K1", "route": "private"}], "holding back"),
        ("case_routes", [{"route_id": "R0", "case_id": "K1", "route": "hold"}], "but silence"),
        ("exposed_groups", [], "nobody is listed as exposed"),
        (
            "exposed_groups",
            [{"group_id": "G1", "case_id": "K1", "kind": "livelihood"}],
            "no office answers for group G1",
        ),
    ],
)
def test_what_a_case_lacks_is_said(table, rows, said):
    state = state_of(small_case(**{table: rows}))
    assert state.state == "draft"
    assert said in whats(state)


def test_an_office_that_was_not_asked_keeps_a_case_from_consulted():
    state = state_of(
        small_case(
            consultations=[asked("", "safety_lead", answered_at=LATER, answer="no_objection")]
        )
    )
    assert state.state == "complete"
    assert "Kenya office must be heard and has not been asked" in whats(state)
    assert state.whose_turn == "Global China coordinator"


def silent_office(deputy=None):
    safety = asked("", "safety_lead", answered_at=LATER, answer="no_objection")
    return [asked("ke", "office_director", deputy_asked_at=deputy), safety]


@pytest.mark.parametrize(
    ("now", "deputy", "state", "said"),
    [
        ("2026-10-07 09:00 Z", None, "complete", "has been asked and has until"),
        ("2026-10-09 09:00 Z", None, "complete", "no deputy has been asked"),
        ("2026-10-29 09:00 Z", None, "complete", "no deputy has been asked"),
        ("2026-10-09 09:00 Z", T, "complete", "has not answered in time; Deputy"),
        ("2026-10-29 09:00 Z", T, "ready to decide", "no decision is recorded"),
    ],
)
def test_a_silent_office_is_silent_only_after_its_clock_and_its_deputys(now, deputy, state, said):
    found = state_of(small_case(consultations=silent_office(deputy)), read_moment(now))
    assert found.state == state
    assert said in whats(found)
    assert found.silent == (("Kenya office",) if state == "ready to decide" else ())


def test_while_an_office_is_unheard_harm_to_its_people_is_not_ready():
    case = case_of(frames_of(small_case(consultations=silent_office())), "K1")
    cells = screening(case, PROTOCOL, read_moment("2026-10-07 09:00 Z")).residual
    assert cells["class"].tolist() == [harm.NOT_READY]
    cells = screening(
        case_of(frames_of(small_case(consultations=silent_office(T))), "K1"), PROTOCOL, NOW
    ).residual
    assert cells["class"].tolist() == [harm.WITHIN]


def test_colleagues_in_the_mainland_are_heard_in_every_case():
    mainland = {
        "unit_id": "cn",
        "name": "Programme",
        "kind": "mainland_programme",
        "country_code": "CN",
    }
    state = state_of(small_case(units=[*UNITS, mainland]))
    assert "Programme must be heard and has not been asked" in whats(state)
    closed = mainland | {"closed_date": date(2026, 1, 1)}
    assert state_of(small_case(units=[*UNITS, closed])).state == "ready to decide"


def test_a_kind_of_harm_brings_who_must_be_heard():
    groups = [{"group_id": "G1", "case_id": "K1", "unit_id": "ke", "kind": "liberty"}]
    assert "Counsel must be heard" in whats(state_of(small_case(exposed_groups=groups)))


@pytest.mark.parametrize("words", ["It would bring people in danger", None])
def test_a_veto_stops_a_case_if_it_is_reasoned_and_by_right(words):
    answers = [
        asked("ke", "office_director", answered_at=LATER, answer="no_objection"),
        asked("", "safety_lead", answered_at=LATER, answer="vetoes", words=words),
    ]
    state = state_of(small_case(consultations=answers))
    assert state.state == ("consulted" if words else "ready to decide")
    assert ("stopped by Lead for staff safety until 2026-11-05" in whats(state)) == bool(words)


def test_a_veto_ends_and_can_be_set_aside_by_one_role_in_writing():
    answers = [
        asked("ke", "office_director", answered_at=LATER, answer="no_objection"),
        asked("", "safety_lead", answered_at=LATER, answer="vetoes", words="Danger"),
    ]
    aside = signed(
        "x",
        "board_chair",
        sign_off_id="V",
        kind="veto_set_aside",
        answered_at="2026-10-08 09:00 Z",
        words="Heard and weighed",
    )
    base = small_case(consultations=answers)
    assert state_of(base, read_moment("2026-11-06 09:00 Z")).state == "ready to decide"
    assert state_of(base | {"sign_offs": [*base["sign_offs"], aside]}).state == "ready to decide"
    other = aside | {"role": "executive_director"}
    assert state_of(base | {"sign_offs": [*base["sign_offs"], other]}).state == "consulted"


def test_an_office_without_the_right_of_veto_objects():
    answers = [
        asked("ke", "office_director", answered_at=LATER, answer="vetoes", words="No"),
        asked("", "safety_lead", answered_at=LATER, answer="no_objection"),
    ]
    assert state_of(small_case(consultations=answers)).state == "ready to decide"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"harm_ratings": []}, "harm to people is not known for G1"),
        ({"harm_ratings": [rating("A1", 1)]}, "harm to people is not known for G1"),
        ({"silence_ratings": []}, "the cost of silence has been rated by too few"),
        ({"cases": [whole_case(asked_at=None)]}, "people have not been asked"),
        ({"cases": [whole_case(words="The Chinese never listen.")]}, "1 finding of the wording"),
        (
            {"mitigations": [{"mitigation_id": "M1", "case_id": "K1", "measure": "x"}]},
            "measure M1 is nobody’s job",
        ),
        ({"sign_offs": []}, "the step evidence is not signed off; nobody has asked"),
    ],
)
def test_what_keeps_a_case_from_being_ready(change, said):
    state = state_of(small_case(**change))
    assert state.state == "consulted"
    assert said in whats(state)


def test_a_dismissed_finding_does_not_keep_a_case():
    records = small_case(
        cases=[whole_case(words="The Chinese never listen.")],
        dismissed_findings=[
            {
                "case_id": "K1",
                "rule_id": "generalisation",
                "passage": "The Chinese",
                "reason": "A quotation",
            }
        ],
    )
    assert state_of(records).state == "ready to decide"


def test_a_counterparts_name_in_the_words_is_a_finding():
    records = small_case(cases=[whole_case(words="Green Fund pays.")])
    assert state_of(records).state == "ready to decide"
    assert "wording check" in whats(state_of(records, names=["Green Fund"]))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"answer": "not_agreed"}, "Lead for staff safety does not agree"),
        ({"answer": None, "answered_at": None}, "Lead for staff safety: asked and silent"),
        ({"role": "counsel"}, "signs for Lead for staff safety without being the deputy"),
    ],
)
def test_silence_signs_nothing_and_nobody_signs_for_somebody_else(change, said):
    base = small_case()
    base["sign_offs"][1] |= change
    state = state_of(base)
    assert state.state == "consulted"
    assert said in whats(state)


def test_a_deputy_may_sign():
    base = small_case()
    base["sign_offs"][1]["role"] = "programme_director"
    assert state_of(base).state == "ready to decide"


def test_nobody_signs_what_they_proposed():
    state = state_of(small_case(cases=[whole_case(proposer_role="safety_lead")]))
    assert "Lead for staff safety proposed the case and cannot approve it" in whats(state)


def test_an_assessor_who_is_waited_for_keeps_it_open_and_one_who_is_silent_is_told():
    ratings = [rating("A1", 1), rating("A2", 1), rating("A3", None)]
    early = state_of(small_case(harm_ratings=ratings), read_moment("2026-10-07 09:00 Z"))
    assert "ratings are waited for from A3" in whats(early)
    late = state_of(small_case(harm_ratings=ratings))
    assert late.state == "ready to decide"
    assert late.screening.silent == ("A3",)


def test_a_partial_answer_is_never_dropped():
    ratings = [rating("A1", 1), rating("A2", 1), rating("A3", 1, scope=None)]
    assert "not known for G1" in whats(state_of(small_case(harm_ratings=ratings)))


def test_a_later_round_counts_and_an_empty_one_takes_nothing_back():
    ratings = [rating("A1", 4), rating("A2", 1), rating("A1", 1, round=2)]
    found = state_of(small_case(harm_ratings=ratings)).screening
    assert found.routes.to_dict() == {"R1": harm.WITHIN}
    ratings = [rating("A1", 4), rating("A2", 1), rating("A1", None, round=2)]
    found = state_of(small_case(harm_ratings=ratings)).screening
    assert found.routes.to_dict() == {"R1": harm.NOT_PERMITTED}


def after(*levels):
    return [rating(f"A{n}", level, stage="after") for n, level in enumerate(levels, 1)]


def test_ratings_after_measures_rest_on_a_measure():
    before = [rating("A1", 2), rating("A2", 2)]
    bare = small_case(harm_ratings=[*before, *after(0, 0)])
    found = state_of(bare).screening
    assert found.routes.to_dict() == {"R1": harm.ACCEPTANCE}
    assert found.without_measure == (("G1", "R1"),)
    measure = {
        "mitigation_id": "M",
        "case_id": "K1",
        "group_id": "G1",
        "measure": "Later",
        "owner_role": "safety_lead",
        "state": "planned",
    }
    found = state_of(bare | {"mitigations": [measure]}).screening
    assert found.routes.to_dict() == {"R1": harm.WITHIN}
    gone = measure | {"state": "not_possible"}
    found = state_of(bare | {"mitigations": [gone]}).screening
    assert found.routes.to_dict() == {"R1": harm.ACCEPTANCE}


RISKY = [rating("A1", 2), rating("A2", 1)]


def accepts(**more):
    row = {
        "sign_off_id": "S9",
        "case_id": "K1",
        "kind": "risk_acceptance",
        "role": "safety_lead",
        "group_id": "G1",
        "route_id": "R1",
        "asked_at": T,
        "answered_at": LATER,
        "answer": "agreed",
        "words": "Until November, with support.",
        "expires_date": date(2026, 11, 20),
    }
    return row | more


def acceptance(now=NOW, **more):
    base = small_case(harm_ratings=RISKY)
    base["sign_offs"] = [*base["sign_offs"], accepts(**more)]
    case = case_of(frames_of(base), "K1")
    (found,) = acceptances(case, PROTOCOL, screening(case, PROTOCOL, now), now)
    return found


def test_a_risk_is_accepted_by_a_named_role_in_writing_until_a_day():
    assert acceptance().is_valid
    assert acceptance().state == "accepted until 2026-11-20"
    assert acceptance(role="programme_director").is_valid


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"words": None}, "nothing is in writing"),
        ({"expires_date": None}, "it has no last day"),
        ({"expires_date": date(2027, 5, 1)}, "it runs longer than the 60 days"),
        ({"expires_date": date(2026, 10, 20)}, "it ended on 2026-10-20"),
        ({"answer": "not_agreed"}, "refused"),
        ({"answer": None}, "asked, no answer yet"),
        ({"answered_at": "2026-10-06"}, "no moment of the answer"),
        ({"role": "counsel"}, "without being the deputy"),
    ],
)
def test_an_acceptance_that_does_not_hold_says_why(change, said):
    found = acceptance(**change)
    assert not found.is_valid
    assert said in found.state


def test_no_acceptance_helps_what_is_not_permitted():
    base = small_case(harm_ratings=[rating("A1", 4), rating("A2", 1)])
    base["sign_offs"] = [*base["sign_offs"], accepts()]
    case = case_of(frames_of(base), "K1")
    found = screening(case, PROTOCOL, NOW)
    assert found.routes.to_dict() == {"R1": harm.NOT_PERMITTED}
    assert acceptances(case, PROTOCOL, found, NOW) == []


def test_what_a_route_could_bring_changes_no_class():
    base = small_case(harm_ratings=[rating("A1", 4), rating("A2", 1)])
    richer = base | {
        "route_ratings": [
            {"assessor_id": who, "route_id": "R1", "low": 4, "best": 4, "high": 4}
            for who in ("A1", "A2", "A3")
        ]
    }
    classes = [state_of(records).screening.routes.to_dict() for records in (base, richer)]
    assert classes[0] == classes[1] == {"R1": harm.NOT_PERMITTED}


def test_from_decided_through_aftercare_to_closed():
    base = small_case(case_decisions=decided())
    assert state_of(base).state == "decided"
    assert "has not been recorded as done" in whats(state_of(base))
    acted = small_case(case_decisions=decided(acted_at="2026-10-12 09:00 Z"))
    assert state_of(acted).state == "aftercare"
    assert "48 hours was due on 2026-10-14" in whats(state_of(acted))
    checks = [check("48_hours", "2026-10-14 10:00 Z"), check("two_weeks", "2026-10-26 10:00 Z")]
    state = state_of(acted | {"aftercare": checks})
    assert whats(state) == "the check at three months is due on 2027-01-10"
    checks.append(check("three_months", "2027-01-10 12:00 Z"))
    end = state_of(acted | {"aftercare": checks}, read_moment("2027-01-11 09:00 Z"))
    assert (end.state, end.missing, end.flags) == ("closed", (), ())


def test_a_check_from_before_the_act_is_no_check():
    acted = small_case(
        case_decisions=decided(acted_at="2026-10-12 09:00 Z"),
        aftercare=[check("48_hours", "2026-10-11 09:00 Z")],
    )
    assert "48 hours was due" in whats(state_of(acted))


def test_to_hold_back_is_a_decision_with_aftercare_of_its_own():
    base = small_case(
        case_decisions=decided(kind="held", route_id="R0", acted_at="2026-10-10 09:00 Z")
    )
    assert state_of(base).state == "aftercare"


def test_a_withdrawn_case_is_closed_and_one_sent_back_is_open_again():
    assert state_of(small_case(case_decisions=decided(kind="withdrawn"))).state == "closed"
    back = state_of(small_case(case_decisions=decided(kind="sent_back")))
    assert back.state == "ready to decide"
    assert back.flags == ("sent back on 2026-10-10",)


def test_a_decision_that_ended_has_to_be_taken_afresh():
    base = small_case(case_decisions=decided(expires_date=date(2026, 10, 20)))
    assert state_of(base).state == "ready to decide"
    assert "ended on 2026-10-20 without being carried out" in whats(state_of(base))


def test_a_decision_of_tomorrow_is_none_yet():
    base = small_case(case_decisions=decided(decided_at="2026-11-20 09:00 Z"))
    assert state_of(base).state == "ready to decide"


@pytest.mark.parametrize(
    ("records", "said"),
    [
        (
            small_case(case_decisions=decided(), silence_ratings=[]),
            "decided while this was missing: the cost of silence",
        ),
        (
            small_case(case_decisions=decided(decided_by_role="counsel")),
            "signs for Executive director without being the deputy",
        ),
        (
            small_case(
                case_decisions=decided(), cases=[whole_case(proposer_role="executive_director")]
            ),
            "Executive director proposed the case and cannot approve it",
        ),
        (
            small_case(case_decisions=decided(), harm_ratings=[rating("A1", 4), rating("A2", 1)]),
            "not permitted as it stood when it was chosen",
        ),
        (
            small_case(case_decisions=decided(), harm_ratings=RISKY),
            "risk to G1 without a valid acceptance when decided: not given",
        ),
        (small_case(case_decisions=decided(route_id=None)), "names no way of responding"),
    ],
)
def test_a_decision_that_does_not_hold_up_says_so_and_stays_recorded(records, said):
    state = state_of(records)
    assert state.state == "decided"
    assert said in " | ".join(state.flags)


def test_a_route_beyond_its_evidence_is_told():
    evidence = [
        {
            "evidence_id": "E1",
            "case_id": "K1",
            "claim": "c",
            "grade": "E",
            "source_consent": "given",
            "passage": "Forty families have left",
        }
    ]
    routes = [
        {"route_id": "R0", "case_id": "K1", "route": "hold"},
        {"route_id": "R1", "case_id": "K1", "route": "public"},
    ]
    state = state_of(
        small_case(case_evidence=evidence, case_routes=routes, case_decisions=decided())
    )
    assert "the route goes further than the evidence for E1" in state.flags


def test_an_acceptance_is_judged_as_of_the_decision():
    """One that has ended since does not undo a decision that rested on it."""
    base = small_case(harm_ratings=RISKY, case_decisions=decided())
    base["sign_offs"] = [*base["sign_offs"], accepts(expires_date=date(2026, 10, 15))]
    assert state_of(base).flags == ()


def test_an_unknown_case_is_named_with_those_that_there_are():
    with pytest.raises(InputError, match="no case 'K9'; the cases are: K1"):
        case_of(frames_of(small_case()), "K9")


def test_a_case_without_anything_but_its_code_is_a_draft():
    frames = frames_of({"cases": [{"case_id": "K1", "title": "x"}]})
    state = case_state(case_of(frames, "K1"), PROTOCOL, NOW)
    assert state.state == "draft"
    assert len(state.missing) > 10


def test_the_example_stands_in_three_states():
    frames = example_frames()
    now = read_moment("2026-11-01 23:59 Z")
    states = {code: case_state(case_of(frames, code), PROTOCOL, now) for code in case_ids(frames)}
    assert {code: one.state for code, one in states.items()} == {
        "C1": "consulted",
        "C2": "aftercare",
        "C3": "draft",
    }
    assert states["C1"].silent == ("Mainland programme (Chengdu)",)
    assert states["C2"].flags == ()
    assert all(one.state in STATES for one in states.values())
