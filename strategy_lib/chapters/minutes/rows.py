"""Each entry of a workshop as a line of the minutes: who, when, what, and what it was before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import pandas as pd

from strategy_lib.chapters.minutes.names import Labels
from strategy_lib.chapters.rows import table_of
from strategy_lib.core.audiences import Edition
from strategy_lib.core.messages import say
from strategy_lib.editions.restrict import Restricted, may_see_row
from strategy_lib.inputs.checks.locations import row_dicts
from strategy_lib.inputs.entries.checks import ROUND_KINDS
from strategy_lib.inputs.entries.entry import Entries, Entry, is_open, row_key
from strategy_lib.schema.schema import table_schema

COLUMNS = ["time", "who", "table", "what", "kind", "values", "before"]
_KINDS = {
    "set": "entered",
    "withdraw": "taken back",
    "reason": "gave a reason",
    "close_round": "closed the round",
    "open_round": "opened the round again",
}


@dataclass(frozen=True)
class Line:
    """One entry in words."""

    entry: Entry
    time: str
    who: str
    table: str
    what: str
    kind: str
    values: str
    before: str
    stands: bool


@dataclass(frozen=True)
class Told:
    """Lines that may be shown, and those of rounds that are still open."""

    shown: tuple[Line, ...]
    hidden: tuple[Line, ...]


def table_of_lines(lines: Iterable[Line]) -> pd.DataFrame:
    """Lines as a table, with `COLUMNS`."""
    return table_of(lines, {name: attrgetter(name) for name in COLUMNS})


def told_rows(entries: Entries, labels: Labels, inputs: Restricted) -> Told:
    """Every entry in words, oldest first, as far as the edition may show it.

    An edition that withholds anything shows entries on rows that it shows: an entry alone does not
    say how its row is labelled in a spreadsheet.
    """
    edition = inputs.edition
    rows = None if edition.sees_everything else _shown_keys(entries, inputs)
    standing = {(e.file, e.line) for e in entries.standing}
    late = {(e.file, e.line) for e in entries.late}
    values: dict[tuple[str, tuple[str, ...]], dict[str, Any]] = {}
    shown, hidden = list[Line](), list[Line]()
    for entry in entries.history:
        known = values.setdefault((entry.table, entry.key), {})
        line = _line(
            entry,
            known,
            labels,
            edition,
            is_late=(entry.file, entry.line) in late,
            stands=(entry.file, entry.line) in standing,
        )
        if entry.kind == "set":
            known.update(entry.row)
        if not may_see_row(known or entry.row, table_schema(entry.table), edition):
            continue
        is_shown = rows is None or entry.kind in ROUND_KINDS or entry.key in rows[entry.table]
        if not is_shown and not is_open(entry, entries.rounds):
            continue
        (hidden if is_open(entry, entries.rounds) else shown).append(line)
    return Told(tuple(shown), tuple(hidden))


def _shown_keys(entries: Entries, inputs: Restricted) -> dict[str, set[tuple[str, ...]]]:
    """Keys of the rows that an edition shows, of the tables that entries are in."""
    shown: dict[str, set[tuple[str, ...]]] = {}
    for table in {entry.table for entry in entries.history}:
        schema, frame = table_schema(table), inputs.frames.get(table)
        has_key = frame is not None and all(name in frame for name in schema.primary_key)
        rows = row_dicts(frame[list(schema.primary_key)]) if frame is not None and has_key else []
        shown[table] = {row_key(schema, {str(k): v for k, v in row.items()}) for row in rows}
    return shown


def _line(
    entry: Entry,
    known: dict[str, Any],
    labels: Labels,
    edition: Edition,
    *,
    is_late: bool,
    stands: bool,
) -> Line:
    schema = table_schema(entry.table)
    visible = {n: v for n, v in entry.row.items() if edition.may_see(schema[n].visible_to)}
    keys = [n for n in (*schema.primary_key, "round") if n in visible and n != "assessor_id"]
    about = [n for n in dict.fromkeys(keys) if n != "round"]
    parts = [labels.of(entry.table, n, visible[n]) for n in about if visible[n] is not None]
    if visible.get("round"):
        parts.append(f"round {visible['round']}")
    said = {n: v for n, v in visible.items() if n not in (*schema.primary_key, "round")}
    changed = {
        n: known[n]
        for n in said
        if entry.kind == "set" and known.get(n) is not None and known[n] != said[n]
    }
    kind = "changed" if changed else _KINDS["withdraw" if entry.undoes else entry.kind]
    on_behalf = entry.row.get("assessor_id")
    who = entry.who
    if on_behalf and on_behalf != who:
        who = f"{who} for {on_behalf}"
    return Line(
        entry=entry,
        time=f"{entry.at:%Y-%m-%d %H:%M:%S}",
        who=who,
        table=schema.title(),
        what=" · ".join(parts),
        kind=say("minutes-too-late", what=kind) if is_late else kind,
        values=_words(entry.table, said, labels),
        before=_words(entry.table, changed, labels),
        stands=stands,
    )


def _words(table: str, values: dict[str, Any], labels: Labels) -> str:
    schema = table_schema(table)
    return "; ".join(
        f"{schema[name].title()}: {labels.of(table, name, value)}"
        for name, value in values.items()
        if value is not None or name in ("best", "points", "level", "impact")
    )
