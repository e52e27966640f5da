"""One thing that was entered in a workshop, and the line of a file that it is kept as.

A line is a JSON object. It names the table, the fields that were entered (others keep what they
have), who entered it, when, and in which session. Lines are only ever added.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from strategy_lib.inputs.entries.checks import KINDS, Faults, checked_row, key_needed, row_key
from strategy_lib.inputs.layout.migrations import migrate
from strategy_lib.inputs.records import Converters
from strategy_lib.schema.schema import schemas, table_schema
from strategy_lib.schema.text import shortened

FACILITATOR = "facilitator"
FORMAT = 1
LONGEST_LINE = 200_000
_LONGEST_NAME = 80
# What the room notes beside a row: the answer's id and the phone's random sign (for the receipt),
# and the questions that were closed together.
MARKS = ("answer", "nonce", "block")


@dataclass(frozen=True)
class Entry:
    """One line of a session's file.

    Attributes
    ----------
    at : datetime
        When, with the offset of the clock that it was read from.
    who : str
        Code of the assessor, or `facilitator`.
    session : str
        Notebook or form that it came from; one session writes one file an area.
    kind : str
        `set` gives values, `withdraw` takes the values of a key (or one line) back, `reason` says
        why, `close_round` shows a round to the room, `open_round` takes that back.
    row : mapping
        Field -> value, as a reader of spreadsheets would have it; None empties a field.
    undoes : int
        Line of the same file that this one takes back; 0 for none.
    file, line : str and int
        Where it stands, relative to the cycle's `inputs/`; the first line is 1.
    marks : mapping
        What the room notes beside the row: some of `MARKS`.
    """

    at: datetime
    who: str
    session: str
    table: str
    kind: str
    row: Mapping[str, Any]
    undoes: int = 0
    file: str = ""
    line: int = 0
    marks: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, ...]:
        """What the row is known by in its table; case does not count."""
        return row_key(table_schema(self.table), self.row)

    @property
    def is_keyed(self) -> bool:
        """Whether it says what it is about."""
        return all(self.row.get(name) is not None for name in key_needed(table_schema(self.table)))

    def text(self) -> str:
        """The line, without its end."""
        content: dict[str, Any] = {
            "format": FORMAT,
            "at": self.at.isoformat(timespec="milliseconds"),
            "who": self.who,
            "session": self.session,
            "table": self.table,
            "kind": self.kind,
            "row": {name: _plain(value) for name, value in self.row.items()},
        }
        if self.undoes:
            content["undoes"] = self.undoes
        content |= {name: self.marks[name] for name in MARKS if name in self.marks}
        return json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def parse_entry(text: str, converters: Converters, file: str, line: int) -> tuple[Entry, Faults]:
    """The entry of one line, and what is wrong with its values.

    Raises
    ------
    ValueError
        If the line is no entry at all; the text says why.
    """
    if len(text) > LONGEST_LINE:
        raise ValueError(f"is longer than {LONGEST_LINE:,} characters")
    try:
        content = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise ValueError("is not a whole JSON object") from None
    if not isinstance(content, dict):
        raise ValueError("is not a JSON object")
    _check_format(content)
    table, kind = _one_of(content, "table", tuple(schemas())), _one_of(content, "kind", KINDS)
    given = content.get("row")
    if not isinstance(given, dict):
        raise ValueError('has no "row" of fields and values')
    if table in converters.versions:
        [given] = migrate(table, converters.versions[table], [given])
    row, faults = checked_row(table, kind, given, converters)
    undoes = content.get("undoes", 0)
    entry = Entry(
        at=_moment(content.get("at")),
        who=_name(content, "who"),
        session=_name(content, "session"),
        table=table,
        kind=kind,
        row=row,
        undoes=undoes if isinstance(undoes, int) and 0 < undoes < line else 0,
        file=file,
        line=line,
        marks={name: content[name] for name in MARKS if _is_mark(content.get(name))},
    )
    return entry, faults


def _is_mark(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= _LONGEST_NAME


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _check_format(content: Mapping[str, Any]) -> None:
    number = content.get("format", FORMAT)
    if not isinstance(number, int) or number > FORMAT:
        found = shortened(str(number), 20)
        raise ValueError(
            f"was written by a newer version of the workbook (format {found}, this one reads "
            f"up to {FORMAT}); update the workbook"
        )


def _one_of(content: Mapping[str, Any], name: str, allowed: tuple[str, ...]) -> str:
    value = content.get(name)
    if not isinstance(value, str) or value not in allowed:
        found = shortened(str(value))
        raise ValueError(f'has "{name}": "{found}"; allowed are {", ".join(allowed)}')
    return value


def _name(content: Mapping[str, Any], name: str) -> str:
    value = content.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST_NAME:
        raise ValueError(f'has no "{name}" (a text of up to {_LONGEST_NAME} characters)')
    return value


def _moment(value: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
        # Far years cannot be told in another time zone.
        usable = moment.utcoffset() is not None and 1970 < moment.year < 9000
    except (TypeError, ValueError):
        usable = False
    if not usable:
        found = shortened(str(value))
        raise ValueError(f'has "at": "{found}"; a time such as 2026-11-01T14:05:31+01:00 is needed')
    return moment
