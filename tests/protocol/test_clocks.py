"""Clocks: moments with zones, working days, and when silence is silence."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategy_lib.core.errors import InputError
from strategy_lib.protocol.clocks import (
    ANSWERED,
    DEPUTY,
    LATE,
    NOT_ASKED,
    OVERDUE,
    RUNNING,
    SILENT,
    add_working_days,
    clock_of,
    moment,
    now_of,
    read_moment,
    with_deputy,
)
from strategy_lib.protocol.reading import read_protocol

PROTOCOL = read_protocol()
MONDAY = "2026-10-05 09:00 +03:00"


def clock(now, answered=None, urgency="standard", asked=MONDAY, country=None):
    return clock_of(
        PROTOCOL, urgency, "consult", moment(asked), moment(answered), read_moment(now), country
    )


@pytest.mark.parametrize(
    "text",
    [
        "2026-10-12 14:00 +03:00",
        "2026-10-12T14:00+03:00",
        "2026-10-12 14:00+0300",
        "2026-10-12T14:00:00.123 +03:00",
    ],
)
def test_a_moment_is_read_as_people_write_it(text):
    assert read_moment(text).isoformat() == "2026-10-12T14:00:00+03:00"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2026-10-12 14:00", "without a time zone"),
        ("2026-10-12", "write day, time and zone"),
        ("soon", "write day, time and zone"),
        ("2026-13-12 14:00 Z", "there is no such moment"),
        ("2026-10-12 25:00 Z", "there is no such moment"),
        ("=HYPERLINK(1)", "write day, time and zone"),
    ],
)
def test_what_is_no_moment_is_said_in_a_clear_line(text, said):
    with pytest.raises(InputError, match=said):
        read_moment(text)
    assert moment(text) is None


def test_now_is_the_end_of_the_day_or_the_moment_given():
    assert now_of(date(2026, 11, 1)).isoformat() == "2026-11-01T23:59:59+00:00"
    assert now_of(date(2026, 11, 1), MONDAY) == read_moment(MONDAY)


def test_a_clock_runs_becomes_overdue_and_runs_out():
    # Three working days from Monday; the deputy has two more (half of three, begun counts).
    assert clock("2026-10-08 08:59 +03:00").state == RUNNING
    assert clock("2026-10-08 09:01 +03:00").state == DEPUTY
    assert clock("2026-10-12 09:00 +03:00").state == DEPUTY
    assert clock("2026-10-12 09:01 +03:00").state == SILENT


def test_zones_do_not_matter():
    assert clock("2026-10-08 05:59 Z").state == RUNNING
    assert clock("2026-10-08 14:01 +08:00").state == DEPUTY


def test_an_answer_is_an_answer_also_when_it_is_late():
    assert clock("2026-10-20 09:00 Z", "2026-10-07 09:00 Z").state == ANSWERED
    assert clock("2026-10-20 09:00 Z", "2026-10-19 09:00 Z").state == LATE


def test_an_answer_before_the_question_or_after_now_is_none():
    assert clock("2026-10-06 09:00 Z", "2026-10-01 09:00 Z").state == RUNNING
    assert clock("2026-10-06 09:00 Z", "2026-10-07 09:00 Z").state == RUNNING


def test_who_was_not_asked_is_not_silent():
    assert clock("2027-01-01 09:00 Z", asked=None).state == NOT_ASKED
    assert not clock("2027-01-01 09:00 Z", asked=None).is_settled


def test_silence_counts_only_once_a_deputy_was_asked_and_had_time():
    now = read_moment("2026-10-20 09:00 Z")
    run_out = clock("2026-10-20 09:00 Z")

    def deputy(asked):
        return with_deputy(run_out, PROTOCOL, "standard", "consult", moment(asked), now).state

    assert deputy(None) == OVERDUE
    assert deputy("2026-10-19 09:00 Z") == DEPUTY
    assert deputy("2026-10-09 09:00 Z") == SILENT
    assert deputy("2026-12-09 09:00 Z") == OVERDUE


def test_urgent_clocks_run_through_the_night():
    friday = "2026-10-09 20:00 Z"
    assert clock("2026-10-10 19:00 Z", urgency="urgent", asked=friday).state == RUNNING
    assert clock("2026-10-10 20:01 Z", urgency="urgent", asked=friday).state == DEPUTY


def test_an_unknown_urgency_takes_the_slowest_clock():
    assert clock("2026-10-18 09:00 Z", urgency="").state == RUNNING


def test_weekends_differ_between_countries():
    thursday = "2026-10-08 09:00 Z"
    assert clock("2026-10-20 09:00 Z", asked=thursday).due_at.isoformat()[:10] == "2026-10-13"
    in_egypt = clock("2026-10-20 09:00 Z", asked=thursday, country="EG")
    assert in_egypt.due_at.isoformat()[:10] == "2026-10-13"
    wednesday = "2026-10-07 09:00 Z"
    assert clock("2026-10-20 09:00 Z", asked=wednesday).due_at.isoformat()[:10] == "2026-10-12"
    in_egypt = clock("2026-10-20 09:00 Z", asked=wednesday, country="EG")
    assert in_egypt.due_at.isoformat()[:10] == "2026-10-12"


def test_closed_days_are_left_out():
    start = read_moment("2026-12-24 09:00 Z")
    assert add_working_days(start, 1, {6, 7}, {date(2026, 12, 25)}).date() == date(2026, 12, 28)


def test_a_week_without_working_days_is_refused():
    with pytest.raises(InputError, match="no working day is left"):
        add_working_days(read_moment(MONDAY), 1, {1, 2, 3, 4, 5, 6, 7})


@given(st.integers(0, 15), st.sets(st.integers(1, 7), max_size=6), st.integers(0, 400))
def test_working_days_go_forward_and_never_end_on_a_day_off(days, weekend, shift):
    from datetime import timedelta

    start = read_moment(MONDAY) + timedelta(days=shift)
    end = add_working_days(start, days, weekend)
    assert end >= start
    assert days == 0 or end.isoweekday() not in weekend
    assert add_working_days(start, days + 1, weekend) > end
