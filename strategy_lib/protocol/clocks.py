"""Clocks: until when somebody who was asked may answer, and when silence is silence.

Moments carry their zone, so that an office in Nairobi and one in Peru mean the same one. "Now" is
given by the caller and never read from the machine.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

import pandas as pd

from strategy_lib.core.errors import InputError
from strategy_lib.protocol.reading import Protocol

NOT_ASKED, RUNNING, OVERDUE, DEPUTY, SILENT, ANSWERED, LATE = (
    "not asked",
    "waiting",
    "overdue, deputy not asked",
    "overdue, deputy's time",
    "asked and silent",
    "answered",
    "answered late",
)
_FORM = re.compile(
    r"(\d{4}-\d{2}-\d{2})[T ](\d{1,2}:\d{2})(?::\d{2}(?:\.\d+)?)? ?(Z|UTC|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
_EXAMPLE = "2026-10-12 14:00 +03:00"
_MOST_DAYS = 3_660


def read_moment(text: object) -> datetime:
    """A moment as people write it: day, time and zone.

    Raises
    ------
    InputError
        If it has no time or no zone, or is no moment at all; the message says which.

    Examples
    --------
    >>> read_moment("2026-10-12 14:00 +03:00").isoformat()
    '2026-10-12T14:00:00+03:00'
    """
    said = str(text).strip()
    found = _FORM.fullmatch(said)
    if found is None:
        raise InputError(f'found "{said[:60]}"; write day, time and zone, such as {_EXAMPLE}')
    day, clock, zone = found.groups()
    if zone is None:
        raise InputError(f'found "{said}" without a time zone; write it behind, such as {_EXAMPLE}')
    offset = "+00:00" if zone.upper() in ("Z", "UTC") else zone
    offset = offset if ":" in offset else f"{offset[:3]}:{offset[3:]}"
    try:
        return datetime.fromisoformat(f"{day}T{clock.zfill(5)}:00{offset}")
    except ValueError:
        raise InputError(f'found "{said}"; there is no such moment') from None


def moment(text: object) -> datetime | None:
    """A moment, or None where there is none or it cannot be read.

    Examples
    --------
    >>> moment("soon") is None
    True
    """
    if text is None or pd.isna(text) or not str(text).strip():  # type: ignore[call-overload]
        return None
    try:
        return read_moment(text)
    except InputError:
        return None


def end_of(day: date) -> datetime:
    """The last moment of a day (UTC): what counts as now where only a day is known."""
    return datetime.combine(day, time.max, tzinfo=UTC).replace(microsecond=0)


def now_of(as_of: date, at: str = "") -> datetime:
    """Now: the moment given, else the end of the day from which ages are counted.

    Raises
    ------
    InputError
        If `at` is given without a zone or is no moment.

    Examples
    --------
    >>> now_of(date(2026, 11, 1)).isoformat()
    '2026-11-01T23:59:59+00:00'
    """
    return read_moment(at) if at else end_of(as_of)


def add_working_days(
    start: datetime, days: int, weekend: Collection[int], closed: Collection[date] = ()
) -> datetime:
    """The same time of day `days` working days later, in the zone of `start`.

    Parameters
    ----------
    weekend : collection of int
        Days off of the week, 1 (Monday) to 7.
    closed : collection of date
        Further days off.

    Raises
    ------
    InputError
        If no working day is left.

    Examples
    --------
    >>> friday = read_moment("2026-10-16 14:00 +03:00")
    >>> add_working_days(friday, 2, {6, 7}).isoformat()
    '2026-10-20T14:00:00+03:00'
    """
    current, left = start, days
    for _ in range(_MOST_DAYS):
        if left <= 0:
            return current
        current += timedelta(days=1)
        left -= current.isoweekday() not in weekend and current.date() not in closed
    raise InputError("calendar: no working day is left; check weekend and closed_days")


@dataclass(frozen=True)
class Clock:
    """One question put to somebody, and where its clock stands.

    Attributes
    ----------
    state : str
        Not asked, waiting, overdue (deputy not asked, or deputy's time), asked and silent,
        answered, answered late.
    due_at, silent_at : datetime or None
        Until when the one who was asked may answer, and from when silence counts as silence.
    """

    state: str
    asked_at: datetime | None = None
    due_at: datetime | None = None
    silent_at: datetime | None = None
    answered_at: datetime | None = None

    @property
    def is_settled(self) -> bool:
        """Whether nothing more is waited for: there is an answer, or silence has run its time."""
        return self.state in (ANSWERED, LATE, SILENT)


def clock_of(
    protocol: Protocol,
    urgency: object,
    which: str,
    asked_at: datetime | None,
    answered_at: datetime | None,
    now: datetime,
    country: str | None = None,
) -> Clock:
    """Where one clock stands, where nobody stands in for the one who was asked.

    Parameters
    ----------
    urgency : str
        Class of the case; without one, the slowest class counts.
    which : str
        `consult`, `sign_off` or `decide`.
    answered_at : datetime, optional
        An answer that is dated before the question, or after now, is none yet.
    country : str, optional
        ISO code whose weekend counts.

    Examples
    --------
    >>> from strategy_lib.protocol.reading import read_protocol
    >>> asked, now = read_moment("2026-10-12 09:00 Z"), read_moment("2026-10-12 16:00 Z")
    >>> clock_of(read_protocol(), "immediate", "consult", asked, None, now).state
    "overdue, deputy's time"
    """
    if asked_at is None or asked_at > now:
        return Clock(NOT_ASKED)
    due = due_at(protocol, urgency, which, asked_at, country)
    silent = due_at(protocol, urgency, which, due, country, is_extra=True)
    if answered_at is not None and asked_at <= answered_at <= now:
        return Clock(LATE if answered_at > due else ANSWERED, asked_at, due, silent, answered_at)
    if now <= due:
        return Clock(RUNNING, asked_at, due, silent)
    return Clock(DEPUTY if now <= silent else SILENT, asked_at, due, silent)


def with_deputy(
    clock: Clock,
    protocol: Protocol,
    urgency: object,
    which: str,
    deputy_asked_at: datetime | None,
    now: datetime,
    country: str | None = None,
) -> Clock:
    """The same clock where silence counts only once a deputy was asked and had the extra time.

    Examples
    --------
    >>> from strategy_lib.protocol.reading import read_protocol
    >>> asked, now = read_moment("2026-10-12 09:00 Z"), read_moment("2026-10-30 16:00 Z")
    >>> clock = clock_of(read_protocol(), "immediate", "consult", asked, None, now)
    >>> with_deputy(clock, read_protocol(), "immediate", "consult", None, now).state
    'overdue, deputy not asked'
    """
    if clock.state not in (DEPUTY, SILENT) or clock.due_at is None:
        return clock
    if deputy_asked_at is None or deputy_asked_at > now:
        return replace(clock, state=OVERDUE, silent_at=None)
    start = max(clock.due_at, deputy_asked_at)
    silent = due_at(protocol, urgency, which, start, country, is_extra=True)
    return replace(clock, state=DEPUTY if now <= silent else SILENT, silent_at=silent)


def due_at(
    protocol: Protocol,
    urgency: object,
    which: str,
    start: datetime,
    country: str | None = None,
    *,
    is_extra: bool = False,
) -> datetime:
    """When a clock that begins at `start` ends; with `is_extra`, the deputy's share of it."""
    classes = list(protocol.sheets["urgency"]["urgency"])
    of_case = str(urgency) if urgency in classes else classes[-1]
    share = float(protocol.rules["no_answer"]["deputy_extra_pct"]) / 100 if is_extra else 1.0
    amount = float(protocol.value("urgency", of_case, which)) * share
    if protocol.value("urgency", of_case, "counting") == "hours":
        return start + timedelta(hours=amount)
    calendar = protocol.rules["calendar"]
    weekend = calendar.get("weekend_by_country", {}).get(country or "", calendar["weekend"])
    # Part of a working day has no clock of its own: what is begun counts.
    return add_working_days(start, math.ceil(amount), weekend, set(calendar["closed_days"]))
