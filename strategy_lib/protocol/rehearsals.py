"""Table-top cases: a fictional case that grows card by card, in the tables of a real one."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from strategy_lib.core.errors import InputError
from strategy_lib.core.resources import resource
from strategy_lib.protocol.case import JUDGED, TABLES, Row, key_of
from strategy_lib.protocol.clocks import read_moment

CASE_ID = "T1"
BASE = "base"
Records = dict[str, list[Row]]
_LATER = re.compile(r"\+(\d+(?:\.\d+)?)([hd])")
_WITHOUT_CASE = ("harm_ratings", "route_ratings")
_CODED = JUDGED | {"route_ratings": ("low", "best", "high")}


@dataclass(frozen=True)
class Inject:
    """One card: what is told to whom, when, and what it adds to the case.

    Attributes
    ----------
    minute : int
        Minute of the session at which the card is given.
    hours : float
        Hours since the start of the story.
    to : str
        Role that gets the card; `everybody` for all.
    questions : tuple of str
        What the facilitator asks the table.
    reaches : str
        State that the case has after it.
    rows : mapping
        Table -> rows that it adds or completes.
    """

    minute: int
    hours: float
    title: str
    to: str
    text: str
    questions: tuple[str, ...]
    reaches: str
    rows: Mapping[str, tuple[Row, ...]]


@dataclass(frozen=True)
class Rehearsal:
    """A table-top case with what a facilitator needs.

    Attributes
    ----------
    minutes : int
        Length of the session.
    aims, materials, debrief : tuple of str
        What is learned, what lies on the table, and what is asked at the end.
    remote : str
        How it is done from afar.
    roles : tuple of (str, str)
        Role and what its card says.
    """

    name: str
    title: str
    situation: str
    source: str
    as_of: date
    minutes: int
    aims: tuple[str, ...]
    materials: tuple[str, ...]
    remote: str
    debrief: tuple[str, ...]
    roles: tuple[tuple[str, str], ...]
    injects: tuple[Inject, ...]
    start: datetime
    units: tuple[Row, ...]
    assessors: tuple[Row, ...]

    def until(self, minute: int) -> tuple[Inject, ...]:
        """Cards that have been given by a minute of the session."""
        return tuple(inject for inject in self.injects if inject.minute <= minute)

    def now(self, minute: int) -> datetime:
        """Moment of the story at a minute of the session."""
        given = self.until(minute)
        return self.start + timedelta(hours=given[-1].hours if given else 0)


def rehearsal_names() -> tuple[str, ...]:
    """Names of the bundled rehearsals.

    Examples
    --------
    >>> len(rehearsal_names())
    8
    """
    names = (path.stem for path in resource("templates", "rehearsals").glob("*.toml"))
    return tuple(sorted(name for name in names if name != BASE))


@cache
def read_rehearsal(name: str) -> Rehearsal:
    """One rehearsal.

    Raises
    ------
    InputError
        If there is none of that name; the message lists those that there are.

    Examples
    --------
    >>> read_rehearsal("slogan").minutes
    60
    """
    if name not in rehearsal_names():
        listed = ", ".join(rehearsal_names())
        raise InputError(f"There is no rehearsal {name!r}; the rehearsals are: {listed}.")
    base = _content(resource("templates", "rehearsals", f"{BASE}.toml"))
    content = _content(resource("templates", "rehearsals", f"{name}.toml"))
    return Rehearsal(
        name=name,
        title=content["title"],
        situation=content["situation"],
        source=content["source"],
        minutes=int(content["minutes"]),
        aims=tuple(content["aims"]),
        materials=tuple(content["materials"]),
        remote=content["remote"],
        debrief=tuple(content["debrief"]),
        as_of=date.fromisoformat(content["as_of"]),
        roles=tuple((one["role"], one["brief"]) for one in content["roles"]),
        injects=tuple(sorted(map(_inject, content["injects"]), key=lambda one: one.minute)),
        start=read_moment(base["start"]),
        units=tuple(base["units"]),
        assessors=tuple(base["assessors"]),
    )


def _content(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _inject(item: Mapping[str, Any]) -> Inject:
    unknown = set(item.get("rows", {})) - set(TABLES)
    if unknown:
        raise InputError(f"inject {item['title']!r}: no such tables: {', '.join(sorted(unknown))}")
    return Inject(
        minute=int(item["minute"]),
        hours=float(item["hours"]),
        **{key: item[key] for key in ("title", "to", "text", "reaches")},
        questions=tuple(item["questions"]),
        rows={table: tuple(rows) for table, rows in item.get("rows", {}).items()},
    )


def records_at(rehearsal: Rehearsal, minute: int) -> Records:
    """Rows of every table as they stand at a minute of the session.

    Returns
    -------
    dict
        Table -> rows with texts, numbers and days, as offices and assessors would enter them;
        `units` and `assessors` are there as well.
    """
    made: dict[str, dict[tuple[Any, ...], Row]] = {table: {} for table in TABLES}
    for inject in rehearsal.until(minute):
        for table, rows in inject.rows.items():
            for row in (one for given in rows for one in _spread(table, given)):
                full = _dated(
                    row | ({} if table in _WITHOUT_CASE else {"case_id": CASE_ID}), rehearsal.start
                )
                # As an office adds to its row in a form, a later row adds to one with its key.
                key = tuple(full.get(name) for name in key_of(table))
                made[table][key] = made[table].get(key, {}) | full
    records = {table: list(rows.values()) for table, rows in made.items()}
    return records | {"units": list(rehearsal.units), "assessors": list(rehearsal.assessors)}


def _spread(table: str, row: Row) -> list[Row]:
    """A row with a rating for each assessor (`A = "2/1/1/1"`) as a row each."""
    if table not in JUDGED:
        return [row]
    people = {key: value for key, value in row.items() if len(key) == 1}
    rest = {key: value for key, value in row.items() if key not in people}
    return [
        rest
        | {"assessor_id": who}
        | {
            name: int(level)
            for name, level in zip(_CODED[table], said.split("/"), strict=False)
            if level
        }
        for who, said in people.items()
    ]


def _dated(row: Row, start: datetime) -> Row:
    return {name: _moment(name, value, start) for name, value in row.items()}


def _moment(name: str, value: Any, start: datetime) -> Any:
    """`+26h` as a moment, `+40d` in a field of a day as that day."""
    found = _LATER.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return value
    amount, unit = float(found.group(1)), found.group(2)
    at = start + (timedelta(hours=amount) if unit == "h" else timedelta(days=amount))
    return at.date() if name.endswith("_date") else f"{at:%Y-%m-%d %H:%M} +00:00"
