"""The authored content, as typed records of each cycle."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from strategy_lib.schema.schema import Field, table_schema

YEARS = (2025, 2026)
FOLDER = Path(__file__).resolve().parent
Record = dict[str, Any]
Content = dict[str, list[Record]]
Grid = list[list[Any]]
_TRUTH = {"y": True, "yes": True, "n": False, "no": False}
_RENAMED = {"known": "is_known_to_centre"}
_PLAIN = (
    "units",
    "counterparts",
    "local_initiatives",
    "country_strategies",
    "added_value_tests",
    "name_decisions",
)


def content(year: int) -> Content:
    """Every table of one cycle, as records with typed values.

    A record may hold a key that starts with an underscore: what the builder needs and no form has.
    """
    tables = {name: typed(name, _rows(f"{name}.csv", year)) for name in _PLAIN}
    activities = (r for part in _activity_files() for r in _rows(part, year))
    tables["activities"] = typed("activities", activities)
    tables["returns"] = typed("returns", _returns(year))
    tables["capacities"] = typed("capacities", _capacities(year))
    return tables


def _activity_files() -> list[str]:
    return sorted(path.name for path in FOLDER.glob("activities_*.csv"))


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _rows(name: str, year: int) -> Iterator[dict[str, str]]:
    return rows_of(FOLDER / name, year)


def rows_of(path: Path, year: int) -> Iterator[dict[str, str]]:
    """Rows of one file that belong to a cycle; `a>b` is `a` in the first and `b` in the second."""
    for row in _read(path):
        cycles = row.pop("cycles")
        if str(year)[2:] in cycles:
            yield {key: _of_year(value, year) for key, value in row.items()}


def _of_year(value: str, year: int) -> str:
    before, arrow, after = value.partition(">")
    return after if arrow and year == YEARS[1] else before


def _returns(year: int) -> Iterator[dict[str, str]]:
    for row in _read(FOLDER / "returns.csv"):
        if row[f"date_{year}"]:
            yield {
                "unit_id": row["unit_id"],
                "returned_date": row[f"date_{year}"],
                "has_activities": row[f"has_{year}"],
                "labels": row["labels"],
            }


def _capacities(year: int) -> Iterator[dict[str, str]]:
    for row in _rows("capacities.csv", year):
        unit = row.pop("unit_id")
        for capacity, level in row.items():
            if level:
                yield {"unit_id": unit, "capacity": capacity, "level": level}


def typed(table: str, rows: Iterable[Mapping[str, str]]) -> list[Record]:
    """Rows of text as records with the types of their table."""
    schema = table_schema(table)
    records = []
    for row in rows:
        record: Record = {}
        for key, text in row.items():
            name = key if key in schema.names else _RENAMED.get(key, key)
            if name == "labels":
                record |= _labels(text)
            elif name in ("listed_by", "file"):
                record[f"_{name}"] = text
            elif text:
                record[name] = _value(schema[name], text)
        records.append(record)
    return records


def _labels(text: str) -> Record:
    words = text.split()
    record: Record = {"not_for_mainland": True} if "nfm" in words else {}
    handling = next((word for word in words if word != "nfm"), None)
    return record | ({"handling": handling} if handling else {})


def _value(field: Field, text: str) -> Any:
    if field.type == "integer":
        return int(text)
    if field.type == "number":
        return float(text)
    if field.type == "date":
        return date.fromisoformat(text)
    if field.type == "boolean":
        return _TRUTH[text]
    return tuple(text.split(";")) if field.type == "list" else text
