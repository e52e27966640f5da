"""The calendar file: read back by the library that calendar programs share their rules with."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pandas as pd
import pytest
from icalendar import Calendar

from strategy_lib.core.errors import InputError
from strategy_lib.publishing.calendar_file import COLUMNS, calendar_bytes

AS_OF = date(2026, 11, 1)
HOSTILE = "<script>x</script>, a;b\\c\nBEGIN:VALARM\u202e"


def events(*rows):
    return pd.DataFrame(list(rows), columns=list(COLUMNS), dtype="object")


def event(uid="a@x.invalid", day="2026-12-31", title="Report", words="Do it.", kind="action"):
    return (uid, day, title, words, kind)


def read(frame, organisation="Example International"):
    return Calendar.from_ical(calendar_bytes(frame, organisation, AS_OF))


def test_whole_days_are_read_back_as_they_were():
    frame = events(event()).assign(date=pd.to_datetime(["2026-12-31"]).astype("datetime64[s]"))
    calendar = read(frame)
    (made,) = calendar.walk("VEVENT")
    assert made.decoded("dtstart") == date(2026, 12, 31)
    assert made.decoded("dtend") == date(2027, 1, 1)
    assert made.decoded("dtstamp") == datetime(2026, 11, 1, tzinfo=UTC)
    assert (str(made["uid"]), str(made["summary"])) == ("a@x.invalid", "Report")
    assert str(made["description"]) == "Do it."
    assert made.categories == ["action"]
    assert made["transp"] == "TRANSPARENT"
    assert "Example International" in calendar["x-wr-calname"]


@pytest.mark.parametrize("day", [date(2026, 12, 31), "2026-12-31", pd.Timestamp("2026-12-31")])
def test_a_day_may_come_in_any_form(day):
    (made,) = read(events(event(day=day))).walk("VEVENT")
    assert made.decoded("dtstart") == date(2026, 12, 31)


def test_only_legal_duties_remind_a_week_before():
    frame = events(event("a"), event("b", kind="legal duty"))
    alarms = {str(e["uid"]): e.walk("VALARM") for e in read(frame).walk("VEVENT")}
    assert not alarms["a"]
    assert [alarm.decoded("trigger") for alarm in alarms["b"]] == [timedelta(days=-7)]


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 12, 31, 9, tzinfo=timezone(timedelta(hours=8))),
        "2026-12-31T09:00+08:00",
        pd.Timestamp("2026-12-31 09:00", tz="Asia/Shanghai"),
    ],
)
def test_a_time_with_its_zone_is_that_moment(moment):
    (made,) = read(events(event(day=moment))).walk("VEVENT")
    assert made.decoded("dtstart") == datetime(2026, 12, 31, 1, tzinfo=UTC)


def test_everything_wrong_is_named_at_once():
    frame = events(
        event("a", "2026-12-31T09:00", "Nine o'clock"),
        event("b", datetime(2026, 1, 2, 3), "Three o'clock"),
        event("c", None, "Some day"),
        event("d", "soon", "Soon"),
        event("", title="Nameless"),
        event("d"),
        event("fine"),
    )
    with pytest.raises(InputError) as caught:
        calendar_bytes(frame, "Example", AS_OF)
    message = str(caught.value)
    for words in (
        "Event 1 (Nine o'clock)",
        "Event 2 (Three o'clock)",
        "no zone",
        "Event 3 (Some day): has no date",
        "Event 4 (Soon): 'soon' is no date",
        "Event 5 (Nameless): has no uid",
        "Events 4, 6 have the same uid d",
    ):
        assert words in message
    assert "Event 7" not in message


def test_missing_columns_are_named():
    with pytest.raises(InputError, match="need columns uid, category; found: date, title"):
        calendar_bytes(events().drop(columns=["uid", "category"]), "Example", AS_OF)


def test_hostile_text_stays_in_its_place():
    calendar = read(events(event(title=HOSTILE, words=HOSTILE, kind=HOSTILE)), HOSTILE)
    (made,) = calendar.walk("VEVENT")
    assert not calendar.walk("VALARM")
    assert str(made["summary"]) == "<script>x</script>, a;b\\c BEGIN:VALARM"


def test_long_and_foreign_words_survive():
    title = "\u4e2d\u56fd\u529e\u516c\u5ba4 \u0645\u0635\u0631 " * 30
    data = calendar_bytes(events(event(title=title)), "Example", AS_OF)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    (made,) = Calendar.from_ical(data).walk("VEVENT")
    assert str(made["summary"]) == title.strip()


def test_no_events_make_an_empty_calendar():
    assert read(events()).walk("VEVENT") == []


def test_order_of_rows_does_not_matter():
    rows = [event("b"), event("a"), event("c", "2026-01-01")]
    data = calendar_bytes(events(*rows), "Example", AS_OF)
    assert data == calendar_bytes(events(*rows[::-1]), "Example", AS_OF)
    assert [str(e["uid"]) for e in Calendar.from_ical(data).walk("VEVENT")] == ["c", "a", "b"]
