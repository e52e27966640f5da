"""An edition's dated events as a calendar file that every calendar program reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pandas as pd
from icalendar import Alarm, Calendar, Event

from strategy_lib.core.errors import InputError
from strategy_lib.plotting.theme import clean

COLUMNS = ("uid", "date", "title", "description", "category")
LEGAL_DUTY = "legal duty"
PROGRAM = "Global China strategy workbook"
_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class _Entry:
    """One event; `when` is a whole day, or a moment in UTC."""

    uid: str
    when: date
    title: str
    description: str
    category: str


def calendar_bytes(events: pd.DataFrame, organisation: str, as_of: date) -> bytes:
    """Events as an iCalendar file; the same events give the same bytes.

    Whole days are all-day events that block nobody's time. A legal duty comes with a reminder a
    week before.

    Parameters
    ----------
    events : DataFrame
        Columns `uid`, `date`, `title`, `description`, `category`. A date is a whole day, or a
        moment with its zone.
    organisation : str
        Name of the calendar.
    as_of : date
        Day that the events carry as the day of their making.

    Raises
    ------
    InputError
        If a column is missing, or an event has no uid of its own, no date, or a time of day
        without a zone; the message names every such row.

    References
    ----------
    RFC 5545, Internet Calendaring and Scheduling Core Object Specification, 2009.

    Examples
    --------
    >>> events = pd.DataFrame([["a@x.invalid", date(2026, 12, 31), "Report", "", "legal duty"]],
    ...                       columns=list(COLUMNS))
    >>> b"DTSTART;VALUE=DATE:20261231" in calendar_bytes(events, "Example", date(2026, 11, 1))
    True
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//{PROGRAM}//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"{clean(organisation)} · China strategy workbook")
    stamp = datetime.combine(as_of, time(), UTC)
    for entry in sorted(_entries(events), key=lambda entry: (entry.when.isoformat(), entry.uid)):
        calendar.add_component(_event(entry, stamp))
    return bytes(calendar.to_ical())


def _event(entry: _Entry, stamp: datetime) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", stamp)
    event.add("dtstart", entry.when)
    if not isinstance(entry.when, datetime):
        event.add("dtend", entry.when + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    event.add("summary", entry.title)
    if entry.description:
        event.add("description", entry.description)
    if entry.category:
        event.add("categories", [entry.category])
    # What stands in somebody's shared calendar is nobody else's to read.
    event.add("class", "PRIVATE")
    if entry.category == LEGAL_DUTY:
        event.add_component(_reminder(entry.title))
    return event


def _reminder(title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", -_WEEK)
    return alarm


def _entries(events: pd.DataFrame) -> list[_Entry]:
    lacking = [name for name in COLUMNS if name not in events]
    if lacking:
        found = ", ".join(map(str, events.columns)) or "none"
        raise InputError(
            f"Events for the calendar need columns {', '.join(lacking)}; found: {found}."
        )
    problems: list[str] = []
    entries = [
        _entry(row, number, problems)
        for number, row in enumerate(events[list(COLUMNS)].to_dict("records"), 1)
    ]
    problems += _repeated([entry.uid for entry in entries])
    if problems:
        raise InputError("The calendar cannot be made.\n" + "\n".join(problems))
    return entries


def _entry(row: dict[Any, Any], number: int, problems: list[str]) -> _Entry:
    uid, title = _words(row["uid"]), _words(row["title"])
    where = f"Event {number} ({title or 'without a title'})"
    if not uid:
        problems.append(f"{where}: has no uid, by which a calendar program knows it again.")
    try:
        when = _when(row["date"])
    except ValueError as error:
        problems.append(f"{where}: {error}")
        when = date.min
    return _Entry(uid, when, title, _words(row["description"]), _words(row["category"]))


def _words(value: Any) -> str:
    return "" if value is None or pd.isna(value) else clean(value)


def _when(value: Any) -> date:
    """A whole day, or a moment in UTC."""
    if value is None or pd.isna(value):
        raise ValueError("has no date; needed is a day such as 2026-12-31.")
    if isinstance(value, str):
        value = _read(value.strip())
    if not isinstance(value, date):
        raise ValueError(f"{value!r} is no date; needed is a day such as 2026-12-31.")
    if not isinstance(value, datetime):
        return value
    moment = value.to_pydatetime(warn=False) if isinstance(value, pd.Timestamp) else value
    if moment.tzinfo is not None:
        return moment.astimezone(UTC).replace(microsecond=0)
    # pandas keeps whole days as midnight.
    if moment.time() == time():
        return moment.date()
    raise ValueError(
        f"{moment.isoformat(sep=' ')} has a time of day but no zone; allowed are a whole day such "
        "as 2026-12-31, or a time with its zone such as 2026-12-31T09:00+08:00."
    )


def _read(text: str) -> date:
    for read in (date.fromisoformat, datetime.fromisoformat):
        try:
            return read(text)
        except ValueError:
            continue
    raise ValueError(f"{text!r} is no date; needed is a day such as 2026-12-31.")


def _repeated(uids: Sequence[str]) -> list[str]:
    places: dict[str, list[str]] = {}
    for number, uid in enumerate(uids, 1):
        places.setdefault(uid, []).append(str(number))
    return [
        f"Events {', '.join(rows)} have the same uid {uid}; each needs its own."
        for uid, rows in places.items()
        if uid and len(rows) > 1
    ]
