"""Rows of every table in which each text is a string that nobody can guess.

They are made from the schemas, so that a new table, or a new field, is covered without a word here.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from strategy_lib.cycles.share import Leaving, Pack
from strategy_lib.schema.exchange import PARTS, PEER_TABLE
from strategy_lib.schema.frames import typed_frame
from strategy_lib.schema.schema import Field, TableSchema, schemas, table_schema

# Tables that `rows_of` of the edition tests fills by hand.
BY_HAND = frozenset(s.name for s in schemas().values() if s.area == "mapping")
# Patterns that no canary fits, and letters and length of what they allow.
FITTING = {"[A-Z]{3}": ("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 3)}
CHAPTER = "0[0-9]"
LABELLED = ("public", "partner", "internal", "restricted", "mainland")
# A measure of one state alone is refused: five members from three groups of the United Nations.
SPREAD = {"un_measures": ("member", ("BR", "IN", "KE", "PL", "SE"))}


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
            made.rows[schema.name] = list(_spread(schema.name, row))
            keys |= {(schema.name, name): value for name, value in row.items()}
        waiting = [s for s in waiting if s not in ready]
    return made


def pack(label: str = "internal") -> tuple[bytes, list[Planted]]:
    """A pack of a peer, a row of every part, each text in it a canary; and where these stand.

    Parameters
    ----------
    label : str
        How widely its rows may be shown where it comes in.
    """
    made, parts, sender = Flock(label), [], f"Zq{secrets.token_hex(6)}"
    for part in PARTS:
        schema = table_schema(part.table)
        row = {f.name: _typed(f, _value(f, schema, made, {})) for f in part.fields}
        frame = typed_frame(schema, list(_spread(part.table, row)))
        parts.append(Leaving(part, frame[list(part.columns)], {}))
    texts = [plant.text for plant in made.planted] + [sender]
    # It is shown as it came: its columns are no narrower than its row.
    planted = [Planted(PEER_TABLE, "", label, "public", text) for text in texts]
    return Pack(sender, 2026, tuple(parts)).content, planted


def _typed(item: Field, value: Any) -> Any:
    return pd.Timestamp(value) if item.type == "date" and value else value


def _spread(table: str, row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    name, values = SPREAD.get(table, ("", (None,)))
    for value in values:
        told = row | ({name: value} if name else {})
        yield {k: v for k, v in told.items() if v is not None}


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
        return _code(item, schema, made.label)
    return _plain_value(item, schema, made)


def _code(item: Field, schema: TableSchema, label: str) -> str | None:
    """The first code; of a key of codes alone another for each label, or rows would be one."""
    if item.code_list is None:
        return None
    is_key = schema.primary_key[:1] == (item.name,)
    is_of_codes = all(schema[name].codes for name in schema.primary_key)
    place = LABELLED.index(label) if is_key and is_of_codes and label in LABELLED else 0
    return item.code_list.values[place]


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
