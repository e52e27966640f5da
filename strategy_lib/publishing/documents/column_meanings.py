"""What the columns of saved tables mean, as far as the schemas and their names say."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

from strategy_lib.publishing.tabulate import heading
from strategy_lib.resources import resource
from strategy_lib.tables.schema import Field, code_list, schemas

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
    frame: pd.DataFrame, table: str, told: Mapping[str, Any] | None = None
) -> tuple[Meaning, ...]:
    """What each column of a saved table means.

    Parameters
    ----------
    told : mapping, optional
        Texts that the chapter itself saved for its columns, by name; they come first, then those
        of `templates/documents/columns.toml`, then the forms'.

    Examples
    --------
    >>> meanings(pd.DataFrame({"n_offices": [3], "known_pct": [37.5]}), "answers")[1]
    Meaning(heading='Known (%)', text='Share: known', unit='percent, 0 to 100', kind='number')
    """
    names = [str(name) for name in frame.columns]
    fields = _fields(table, tuple(names))
    written, everywhere = _written().get(table, {}), _written()[_EVERYWHERE]
    known = {**{n: t for n, t in everywhere.items() if n not in fields}, **written, **(told or {})}
    return tuple(
        _meaning(name, frame.iloc[:, place], fields.get(name), known.get(name))
        for place, name in enumerate(names)
    )


def _meaning(name: str, column: pd.Series[Any], field: Field | None, told: Any) -> Meaning:
    text = told or (field.descriptions["en"] if field else _text(name))
    kind = _kind(column)
    return Meaning(heading(name), str(text), _unit(name, kind, field), kind)


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
    is_number = kind in ("number", "whole number")
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


def _kind(column: pd.Series[Any]) -> str:
    known = column.dropna()
    if known.empty:
        return "nothing yet"
    if pd.api.types.is_bool_dtype(known.dtype):
        return "yes or no"
    if pd.api.types.is_datetime64_any_dtype(known.dtype):
        return "day"
    if not pd.api.types.is_numeric_dtype(known.dtype):
        return "text"
    values: Sequence[float] = known.astype("float64").tolist()
    return "whole number" if all(value.is_integer() for value in values) else "number"
