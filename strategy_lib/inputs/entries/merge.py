"""Entries of workshops laid over the rows of spreadsheets: the same tables, no double entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from strategy_lib.core.problems import Problem
from strategy_lib.inputs.checks.activity_ids import derived_id
from strategy_lib.inputs.checks.locations import place_in
from strategy_lib.inputs.entries.checks import row_key
from strategy_lib.inputs.entries.files import Entries, records_of
from strategy_lib.inputs.entries.lines import Entry
from strategy_lib.inputs.entries.rounds import is_open, round_number
from strategy_lib.inputs.problem_log import ProblemLog
from strategy_lib.inputs.records import Record
from strategy_lib.schema.cell_faults import Fault
from strategy_lib.schema.frames import PROVENANCE
from strategy_lib.schema.schema import TableSchema, table_schema

_Key = tuple[str, ...]


def merge_entries(
    records: Mapping[str, Iterable[Record]], entries: Entries, problem_log: ProblemLog
) -> dict[str, list[Record]]:
    """Rows of spreadsheets with what was entered in workshops laid over them.

    Where both have a value, the entry counts, and a note says so. A field that nobody entered
    keeps what the spreadsheet says. Judgements of a round that is still open wait outside.

    Parameters
    ----------
    records : mapping of str to iterable of dict
        Table -> rows as read from spreadsheets, with their provenance; left as they are.
    entries : Entries
        What `read_entries` gave.
    problem_log : ProblemLog
        Gets the entries' problems, notes on rows that were overlaid, and warnings.

    Returns
    -------
    dict of str to list of dict
        A new mapping; every row that an entry touched has the entry's place.
    """
    for problem in entries.problems:
        problem_log.add(problem)
    _tell_waiting(entries, problem_log)
    merged = {table: list(rows) for table, rows in records.items()}
    wrong = {(p.file, p.row): p for p in entries.problems if p.severity == "error"}
    counted = [e for e in entries.standing if not is_open(e, entries.rounds)]
    by_table: dict[str, list[Entry]] = {}
    for entry in counted:
        by_table.setdefault(entry.table, []).append(entry)
    for mine in by_table.values():
        _blame_last(mine, wrong, problem_log)
    units = _spelling(merged.get("units", []))
    for table, mine in by_table.items():
        schema = table_schema(table)
        merged[table] = _merge_table(schema, merged.get(table, []), mine, units, problem_log)
    return merged


def _blame_last(
    entries: Iterable[Entry], wrong: Mapping[tuple[str, int], Problem], problem_log: ProblemLog
) -> None:
    """Note which rows rest on an entry with an error: a row has the place of its last entry."""
    last: dict[_Key, Entry] = {}
    causes: dict[_Key, Problem] = {}
    for entry in entries:
        last[entry.key] = entry
        if (entry.file, entry.line) in wrong:
            causes.setdefault(entry.key, wrong[entry.file, entry.line])
    for key, problem in causes.items():
        problem_log.blame((last[key].file, "", last[key].line), problem)


def _merge_table(
    schema: TableSchema,
    rows: list[Record],
    entries: list[Entry],
    units: Mapping[str, str],
    problem_log: ProblemLog,
) -> list[Record]:
    over: dict[_Key, list[Entry]] = {}
    for entry in entries:
        over.setdefault(entry.key, []).append(entry)
    merged = []
    met: set[_Key] = set()
    for row in rows:
        key = _key_of(schema, row, units)
        if key in over:
            met.add(key)
            row = _overlaid(schema, row, over[key], problem_log)
        merged.append(row)
    new = [entry for key, mine in over.items() if key not in met for entry in mine]
    for record in records_of(new).get(schema.name, []):
        _tell_missing(schema, record, problem_log)
        merged.append(record)
    return merged


def _key_of(schema: TableSchema, row: Record, units: Mapping[str, str]) -> _Key:
    if schema.name == "activities" and row.get("activity_id") is None:
        unit, title = row.get("unit_id"), row.get("title")
        if not unit or not title:
            return ()
        spelled = units.get(str(unit).casefold(), str(unit))
        return (derived_id(spelled, str(title), row.get("counterpart")),)
    return row_key(schema, row)


def _spelling(units: Iterable[Record]) -> dict[str, str]:
    return {str(row["unit_id"]).casefold(): row["unit_id"] for row in units if row.get("unit_id")}


def _overlaid(
    schema: TableSchema, row: Record, entries: list[Entry], problem_log: ProblemLog
) -> Record:
    values: dict[str, Any] = {}
    for entry in entries:
        values.update(entry.row)
    keys = {name: v for name, v in values.items() if name in schema.primary_key}
    changed = [n for n, v in values.items() if n not in keys and row.get(n) not in (None, v)]
    last = entries[-1]
    if changed:
        titles = ", ".join(schema[name].title() for name in changed)
        message = (
            f"line {last.line} counts instead of {row.get('source_file') or 'a spreadsheet'}, "
            f"row {row.get('source_row') or '?'}, in: {titles}"
        )
        problem_log.note(last.file, schema.title(), "entry_over_spreadsheet", message)
    place = dict(zip(PROVENANCE, (last.file, None, last.line), strict=True))
    new = row | values | place
    _blame_rest(schema, row, new, problem_log)
    return {name: value for name, value in new.items() if value is not None or name in PROVENANCE}


def _blame_rest(schema: TableSchema, row: Record, new: Record, problem_log: ProblemLog) -> None:
    """Note that a row with an error cannot be used, unless the entry mends it."""
    cause = problem_log.faulty.get(place_in(row))
    is_mended = all(
        new.get(f.name) is not None
        for f in schema.fields
        if f.required or (*place_in(row), f.name) in problem_log.refused
    )
    if cause is not None and not is_mended:
        problem_log.blame(place_in(new), cause)


def _tell_missing(schema: TableSchema, record: Record, problem_log: ProblemLog) -> None:
    for item in schema.fields:
        if item.required and record.get(item.name) is None:
            message = f'"{item.title()}" is empty; it is needed in every row'
            fault = Fault("missing_value", message)
            file, line = record["source_file"], record["source_row"]
            problem_log.add_fault(fault, file, "", line, item.title())


def _tell_waiting(entries: Entries, problem_log: ProblemLog) -> None:
    """Say what waits for a round to be closed, and what came after that."""
    waiting: dict[tuple[str, str, Any], list[Entry]] = {}
    for entry in entries.standing:
        if is_open(entry, entries.rounds):
            place = (entry.file, entry.table, round_number(entry.row))
            waiting.setdefault(place, []).append(entry)
    for (file, table, number), mine in waiting.items():
        count = len({entry.key for entry in mine})
        judgements = "1 judgement waits" if count == 1 else f"{count} judgements wait"
        message = (
            f"{judgements} for round {number} of “{table_schema(table).title()}” to be closed "
            "in the workshop panel; until then no page shows them"
        )
        problem_log.add_fault(Fault("round_open", message, severity="warning"), file, "", 0, "")
    for entry in entries.late:
        closed = entries.rounds.closed_at(entry.table, entry.row)
        when = f"{closed:%H:%M:%S}" if closed else ""
        message = (
            f"this was entered after the round was closed ({when}); it is kept and does not count"
        )
        fault = Fault("entry_too_late", message, severity="warning")
        problem_log.add_fault(fault, entry.file, "", entry.line, "")
    for code, sessions in shared_codes(entries.history).items():
        message = (
            f'"{code}" was used in {sessions} sessions at the same time; '
            "ask whether two people have one code"
        )
        problem_log.add_fault(Fault("code_shared", message, severity="warning"), "", "", 0, "")


def shared_codes(history: Iterable[Entry]) -> dict[str, int]:
    """Assessors whose entries go to and fro between sessions: code -> number of sessions."""
    order: dict[str, list[str]] = {}
    for entry in history:
        sessions = order.setdefault(entry.who, [])
        if not sessions or sessions[-1] != entry.session:
            sessions.append(entry.session)
    return {
        who: len(set(sessions))
        for who, sessions in order.items()
        if len(sessions) > len(set(sessions)) and who != "facilitator"
    }
