"""Rows of every table in which each text is a string that nobody can guess.

They are made from the schemas, so that a new table, or a new field, is covered without a word here.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any

from strategy_lib.schema.schema import Field, TableSchema, schemas

# Tables that `rows_of` of the edition tests fills by hand.
BY_HAND = frozenset(s.name for s in schemas().values() if s.area == "mapping")
# Patterns that no canary fits, and letters and length of what they allow.
FITTING = {"[A-Z]{3}": ("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 3)}
CHAPTER = "0[0-9]"


@dataclass
class Planted:
    """One text: where it stands, with which label, and how narrow its column is."""

    table: str
    name: str
    label: str
    visible_to: str
    text: str


@dataclass
class Flock:
    """Rows with one label, and the texts in them."""

    label: str
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    planted: list[Planted] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)
    said: str = ""


def flock(label: str, known: dict[str, dict[str, Any]], said: str = "") -> Flock:
    """One row of every table with this label.

    Parameters
    ----------
    known : mapping
        Rows made by hand that others refer to: table -> field -> value.
    said : str
        What stands in every field of free text; else a canary each.
    """
    made = Flock(label, said=said)
    keys = {(table, name): value for table, row in known.items() for name, value in row.items()}
    waiting = [s for s in schemas().values() if s.name not in BY_HAND and s.name not in known]
    while waiting:
        ready = [s for s in waiting if _refers_to(s) <= {k for k, _ in keys} | {s.name}]
        assert ready, f"tables that refer to each other in a circle: {waiting}"
        for schema in ready:
            row = {f.name: _value(f, schema, made, keys) for f in schema.fields}
            made.rows[schema.name] = [{k: v for k, v in row.items() if v is not None}]
            keys |= {(schema.name, name): value for name, value in row.items()}
        waiting = [s for s in waiting if s not in ready]
    return made


def _refers_to(schema: TableSchema) -> set[str]:
    return {f.refers_to[0] for f in schema.fields if f.refers_to and not f.is_weak}


def _value(item: Field, schema: TableSchema, made: Flock, keys: dict[Any, Any]) -> Any:
    if item.name == "handling":
        return None if made.label == "mainland" else made.label
    if item.name == "not_for_mainland":
        return "yes" if made.label == "mainland" else None
    if item.refers_to and not item.is_weak and item.refers_to[0] != schema.name:
        return keys.get(item.refers_to)
    if item.refers_to and item.refers_to[0] == schema.name:
        return None
    if item.codes:
        return item.code_list.values[0] if item.code_list else None
    return _plain_value(item, schema, made)


def _plain_value(item: Field, schema: TableSchema, made: Flock) -> Any:
    if item.type in ("integer", "number"):
        return max(item.minimum or 0, 1)
    if item.type == "boolean":
        # Exercises are not among the cases that are counted for leaders.
        return "no" if item.name == "is_exercise" else "yes"
    if item.type == "date":
        return "2026-09-01"
    if item.pattern == CHAPTER:
        return "02"
    if item.pattern in FITTING:
        letters, length = FITTING[item.pattern]
        # The same in every table: one names what another lists.
        word = "".join(secrets.choice(letters) for _ in range(length))
        return made.words.setdefault(item.pattern, word)
    text = f"Zq{secrets.token_hex(6)}" if item.pattern or not made.said else made.said
    made.planted.append(Planted(schema.name, item.name, made.label, item.visible_to, text))
    return text
