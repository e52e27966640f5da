"""What the columns of saved tables mean, as far as the schemas and their names say."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from strategy_lib.core.resources import resource
from strategy_lib.editions.saved_tables import NUMBER, WHOLE, SavedColumn
from strategy_lib.publishing.tabulate import heading
from strategy_lib.schema.schema import Field, code_list, schemas

_LEAST_SHARED = 3
_EVERYWHERE = "everywhere"
_SUFFIXES = {
    "pct": "percent, 0 to 100",
    "usd": "US dollars",
    "eur": "euros",
    "bnusd": "billion US dollars",
    "days": "days",
    "months": "months",
    "years": "years",
}
# Statistics by the last part of a name. The rest of the name says of what.
_ENDINGS: Mapping[str, str] = {
    "lowest": "lowest answer",
    "highest": "highest answer",
    "median": "middle answer: half are lower, half are higher",
    "mean": "mean of the answers",
    "spread": "distance between the lowest and the highest answer",
    "by": "who gave it",
}


@dataclass(frozen=True)
class Meaning:
    """One column in words.

    Attributes
    ----------
    heading : str
        As it stands over the column.
    text : str
        What it means; empty where nothing but its heading says it.
    unit : str
        Unit, scale or allowed values; empty where there is none.
    kind : str
        `whole number`, `number`, `day`, `yes or no`, `text`, or `nothing yet`.
    """

    heading: str
    text: str
    unit: str
    kind: str


def meanings(
    columns: Sequence[SavedColumn], table: str, told: Mapping[str, Any] | None = None
) -> tuple[Meaning, ...]:
    """What each column of a saved table means.

    Parameters
    ----------
    told : mapping, optional
        Texts that the chapter itself saved for its columns, by name; they come first, then those
        of `templates/documents/columns.toml`, then the forms'.

    Examples
    --------
    >>> meanings([SavedColumn("known_pct", "number", [37.5])], "answers")[0]
    Meaning(heading='Known (%)', text='Share: known', unit='percent, 0 to 100', kind='number')
    """
    fields = _fields(table, tuple(column.name for column in columns))
    written, everywhere = _written().get(table, {}), _written()[_EVERYWHERE]
    known = {**{n: t for n, t in everywhere.items() if n not in fields}, **written, **(told or {})}
    return tuple(
        _meaning(column, fields.get(column.name), known.get(column.name)) for column in columns
    )


def _meaning(column: SavedColumn, field: Field | None, told: Any) -> Meaning:
    text = told or (field.descriptions["en"] if field else _text(column.name))
    unit = _unit(column.name, column.kind, field)
    return Meaning(heading(column.name), str(text), unit, column.kind)


@cache
def _written() -> Mapping[str, Mapping[str, str]]:
    """Texts by table and column; those of no table in particular stand under `everywhere`."""
    path = resource("templates", "documents", "columns.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def _fields(table: str, names: tuple[str, ...]) -> Mapping[str, Field]:
    """Fields of the schema that a table was made from, by name; none where that is not clear."""
    shared = {
        schema.name: sum(name in schema.by_name for name in names) for schema in schemas().values()
    }
    best = max(shared, key=lambda name: (shared[name], name == table))
    is_clear = list(shared.values()).count(shared[best]) == 1 or best == table
    if is_clear and (shared[best] >= _LEAST_SHARED or (best == table and shared[best])):
        return schemas()[best].by_name
    return {}


def _text(name: str) -> str:
    if name != name.lower() or " " in name:
        return f"Value for “{name}”"
    words = name.split("_")
    if words[0] == "n" and len(words) > 1:
        return f"Number: {' '.join(words[1:])}"
    if words[0] in ("is", "has") and len(words) > 1:
        return f"Whether {'it has' if words[0] == 'has' else 'it is'} so: {' '.join(words[1:])}"
    if words[-1] == "pct":
        return f"Share: {' '.join(words[:-1])}"
    if words[-1] in _ENDINGS and len(words) > 1:
        return f"{_about('_'.join(words[:-1]))}{_ENDINGS[words[-1]]}"
    return ""


def _about(name: str) -> str:
    return f"{heading(name)}: " if name else ""


def _unit(name: str, kind: str, field: Field | None) -> str:
    if field and field.unit:
        return field.unit
    is_number = kind in (NUMBER, WHOLE)
    if field and is_number and field.minimum is not None and field.maximum is not None:
        return f"{field.minimum:g} to {field.maximum:g}"
    if field and field.codes and not is_number:
        return f"one of: {_labels(field.codes)}"
    last = name.rpartition("_")[2]
    if is_number and name != last:
        return _SUFFIXES.get(last, "count" if name.startswith("n_") else "")
    return "count" if name == "n" else ""


def _labels(codes: str) -> str:
    labels = [code.label() for code in code_list(codes).codes]
    return "; ".join(labels) if len(labels) <= 8 else f"list {codes} of the workbook"
