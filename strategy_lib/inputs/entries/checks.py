"""What is entered, checked as a cell of a spreadsheet is: values, keys, and what cannot be used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal, get_args

from strategy_lib.inputs.checks.activity_ids import derived_id
from strategy_lib.inputs.checks.estimates import THREE_POINTS, out_of_order
from strategy_lib.inputs.records import Converters, Record
from strategy_lib.schema.cell_faults import Fault
from strategy_lib.schema.schema import TableSchema, table_schema
from strategy_lib.schema.suggest import nearest_of
from strategy_lib.schema.text import loose_key, shortened

Kind = Literal["set", "withdraw", "close_round", "open_round", "reason"]
KINDS: tuple[str, ...] = get_args(Kind)
ROUND_KINDS = ("close_round", "open_round")
Faults = list[tuple[str, Fault]]
_LARGEST = 10**15


def row_key(schema: TableSchema, row: Mapping[str, Any]) -> tuple[str, ...]:
    """Key of a row as texts; a round that is not said is the first.

    Examples
    --------
    >>> row_key(table_schema("swing_weights"), {"assessor_id": "A01", "criterion_id": "Safety"})
    ('a01', '1', 'safety')
    """
    return tuple(_key_text(name, row.get(name)) for name in schema.primary_key)


def key_needed(schema: TableSchema) -> list[str]:
    """Fields without which nobody knows what a row is about.

    Examples
    --------
    >>> key_needed(table_schema("scores"))
    ['assessor_id', 'option_id', 'criterion_id']
    """
    names = [name for name in schema.primary_key if schema[name].required]
    return names or [name for name in schema.primary_key if name != "round"]


def _key_text(name: str, value: Any) -> str:
    if value is None:
        return "1" if name == "round" else ""
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    return str(value).casefold()


def checked_row(
    table: str, kind: str, given: Mapping[str, Any], converters: Converters
) -> tuple[Record, Faults]:
    """Values as the reader of spreadsheets would have them, and what cannot be used.

    Parameters
    ----------
    table, kind : str
        What is entered, and where.
    given : mapping
        Field -> value as typed or as JSON has it; None or an empty text empties the field.
    converters : Converters
        Of the organisation's language and names of places.

    Examples
    --------
    >>> row, faults = checked_row("scores", "set",
    ...     {"assessor_id": "A01", "option_id": "P1", "criterion_id": "safety", "best": "11"},
    ...     Converters())
    >>> faults[0][0], faults[0][1].message
    ('best', 'found "11"; write a number from 0 to 10')
    """
    schema = table_schema(table)
    row: Record = {}
    faults: Faults = []
    for name, value in given.items():
        if name not in schema.by_name:
            near = nearest_of(str(name), {loose_key(n): n for n in schema.names})
            message = f'the table "{schema.title()}" has no field of this name'
            faults.append((shortened(str(name)), Fault("unknown_field", message, nearest=near)))
            continue
        done = converters.of(table, name)(_cell(value))
        if done.fault is not None:
            faults.append((name, done.fault))
        if done.value is not None or done.fault is None:
            row[name] = done.value
    if kind in ROUND_KINDS:
        faults += _missing(schema, row, ("round",) if "round" in schema.names else ())
        return row, faults
    if table == "activities" and kind == "set" and row.get("activity_id") is None:
        unit, title, counterpart = (row.get(n) for n in ("unit_id", "title", "counterpart"))
        if unit and title:
            row["activity_id"] = derived_id(unit, title, counterpart)
    needed = key_needed(schema)
    told_already = {name for name, _ in faults}
    faults += [(n, f) for n, f in _missing(schema, row, needed) if n not in told_already]
    if not faults:
        faults += _estimate_faults(schema, row)
    return row, faults


def _cell(value: Any) -> Any:
    """A value of JSON as a cell of a spreadsheet would hold it."""
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > _LARGEST:
        return str(value)
    return value if isinstance(value, str | int | float | bool | date) else str(value or "")


def _missing(schema: TableSchema, row: Record, needed: Sequence[str]) -> Faults:
    return [
        (name, Fault("missing_value", f'"{schema[name].title()}" is empty; it is needed'))
        for name in needed
        if row.get(name) is None
    ]


def _estimate_faults(schema: TableSchema, row: Record) -> Faults:
    """Whether three points that were entered together are in order."""
    for names in THREE_POINTS:
        points = [row.get(name) for name in names]
        if not set(names) <= set(schema.names) or points == [None, None, None]:
            continue
        if not set(names) <= row.keys():
            continue
        low, best, high = points
        titles = ", ".join(f'"{schema[name].title()}"' for name in names)
        if best is None or (low is None) != (high is None):
            message = f"{titles}: give all three, the middle one alone, or none"
            return [(names[1], Fault("incomplete_estimate", message))]
        if low is not None and high is not None and not low <= best <= high:
            return [(names[1], out_of_order(low, best, high, titles))]
    return []
