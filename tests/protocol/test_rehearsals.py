"""The eight table-top cases: each runs to its end through the tables of a real case."""

from __future__ import annotations

import re
from functools import cache

import pytest

from strategy_lib.core.errors import InputError
from strategy_lib.protocol.case import case_of
from strategy_lib.protocol.faults import case_faults
from strategy_lib.protocol.reading import read_protocol
from strategy_lib.protocol.rehearsals import (
    CASE_ID,
    read_rehearsal,
    records_at,
    rehearsal_names,
)
from strategy_lib.protocol.states import STATES, case_state
from strategy_lib.schema.schema import table_schema
from tests.protocol.cases import frames_of

PROTOCOL = read_protocol()
STEPS = [
    (name, inject.minute) for name in rehearsal_names() for inject in read_rehearsal(name).injects
]
# What a rule of the protocol is shown to refuse, on purpose.
REFUSED = {
    ("company_partner", 45),
    ("words_of_headquarters", 45),
    ("words_of_headquarters", 55),
    ("words_of_headquarters", 65),
}


@cache
def stand(name, minute):
    rehearsal = read_rehearsal(name)
    case = case_of(frames_of(records_at(rehearsal, minute)), CASE_ID)
    return case, case_state(case, PROTOCOL, rehearsal.now(minute)), rehearsal


def test_there_are_eight_and_they_differ_in_their_course():
    assert len(rehearsal_names()) == 8
    courses = {tuple(i.reaches for i in read_rehearsal(n).injects) for n in rehearsal_names()}
    assert len(courses) == 8


def test_together_they_reach_every_state():
    reached = {i.reaches for name in rehearsal_names() for i in read_rehearsal(name).injects}
    assert reached == set(STATES)


@pytest.mark.parametrize(("name", "minute"), STEPS, ids=lambda value: str(value))
def test_each_card_brings_the_case_where_it_says(name, minute):
    _, state, rehearsal = stand(name, minute)
    (inject,) = [one for one in rehearsal.injects if one.minute == minute]
    assert state.state == inject.reaches
    for row in (row for rows in inject.rows.values() for row in rows):
        assert row


@pytest.mark.parametrize(("name", "minute"), STEPS, ids=lambda value: str(value))
def test_only_what_is_meant_to_be_refused_is_a_fault(name, minute):
    case, _, rehearsal = stand(name, minute)
    faults = case_faults(case, PROTOCOL, rehearsal.now(minute))
    if (name, minute) in REFUSED:
        assert {re.sub(r".* proposed", "proposed", f.message) for f in faults} == {
            "proposed the case and cannot approve it"
        }
    else:
        assert faults == []


@pytest.mark.parametrize("name", rehearsal_names())
def test_every_field_of_a_row_is_one_of_its_table(name):
    rehearsal = read_rehearsal(name)
    for table, rows in records_at(rehearsal, rehearsal.minutes).items():
        schema = table_schema(table)
        for row in rows:
            assert set(row) <= set(schema.names), (table, row)
            for key, value in row.items():
                if schema[key].codes:
                    assert value in schema[key].code_list.values, (table, key, value)


@pytest.mark.parametrize("name", rehearsal_names())
def test_a_facilitator_has_what_a_session_takes(name):
    rehearsal = read_rehearsal(name)
    assert rehearsal.aims and rehearsal.materials and rehearsal.debrief and rehearsal.remote
    assert len(rehearsal.injects) >= 4
    assert len(rehearsal.roles) >= 4
    roles = set(PROTOCOL["roles"]["role"])
    assert {role for role, _ in rehearsal.roles} <= roles
    assert {one.to for one in rehearsal.injects} <= roles | {"everybody"}
    minutes = [one.minute for one in rehearsal.injects]
    assert minutes[0] == 0 and minutes == sorted(set(minutes))
    assert minutes[-1] < rehearsal.minutes
    hours = [one.hours for one in rehearsal.injects]
    assert hours == sorted(hours)
    assert all(one.questions for one in rehearsal.injects)


def test_a_silence_is_rehearsed_that_becomes_silence_only_after_the_deputys_time():
    assert stand("dam_report", 35)[1].silent == ()
    assert stand("dam_report", 50)[1].silent == ("Mainland programme",)


def test_a_veto_is_rehearsed_that_only_one_role_sets_aside():
    _, state, _ = stand("detention_rumour", 22)
    assert any("stopped by Lead for staff safety" in one.what for one in state.missing)
    assert stand("detention_rumour", 35)[1].state == "ready to decide"


def test_a_decision_by_its_own_proposer_does_not_hold_up_and_is_taken_afresh():
    assert stand("words_of_headquarters", 45)[1].flags
    assert stand("words_of_headquarters", 55)[1].flags == ()


def test_an_unknown_rehearsal_is_named():
    with pytest.raises(InputError, match="no rehearsal 'fire'; the rehearsals are: company_"):
        read_rehearsal("fire")


def test_before_the_first_card_there_is_nothing():
    rehearsal = read_rehearsal("slogan")
    assert all(
        rows == []
        for table, rows in records_at(rehearsal, -1).items()
        if table not in ("units", "assessors")
    )
