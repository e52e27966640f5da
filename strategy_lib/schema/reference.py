"""Dated, sourced facts of the field in `data/reference/`: tables, where they come from, places."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any

import pandas as pd

from strategy_lib.core.errors import InputError
from strategy_lib.core.resources import resource
from strategy_lib.schema.schema import TableSchema, code_list

_DTYPES = {"string": "str", "year": "str", "integer": "Int64", "number": "Float64", "list": "str"}
Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Source:
    """Where a reference table comes from and how it may be used.

    Attributes
    ----------
    as_of : str
        Year, or years, that its facts are from.
    """

    title: str
    description: str
    source: str
    licence: str
    attribution: str
    as_of: str


@cache
def reference_names() -> tuple[str, ...]:
    """Names of the reference tables.

    Examples
    --------
    >>> "recommendations" in reference_names()
    True
    """
    return tuple(sorted(path.stem for path in resource("data", "reference").glob("*.csv")))


def reference(name: str) -> pd.DataFrame:
    """One reference table, with the types that the file beside it gives.

    Raises
    ------
    InputError
        If there is no such table; the message names those that there are.

    Examples
    --------
    >>> reference("recommendations")["recommendation_id"].iloc[0]
    '1'
    """
    return _table(name).copy()


def starting_list(table: TableSchema) -> list[dict[str, Any]]:
    """Rows that the blank form of a table begins with; none where it begins empty.

    Examples
    --------
    >>> from strategy_lib.schema.schema import schemas
    >>> starting_list(schemas()["criteria"])[0]["criterion_id"]
    'access'
    """
    rows = records_of(reference(table.prefilled_from)) if table.prefilled_from else []
    return [{name: row[name] for name in table.names if name in row} for row in rows]


def records_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows of a frame as mappings, without what is missing."""
    return [
        {str(name): value for name, value in row.items() if not _is_missing(value)}
        for row in frame.to_dict("records")
    ]


def _is_missing(value: object) -> bool:
    return not isinstance(value, (tuple, list)) and bool(pd.isna(value))  # type: ignore[call-overload]


def reference_source(name: str) -> Source:
    """Where a reference table comes from.

    Examples
    --------
    >>> reference_source("context_finance").licence
    'ODC-By 1.0'
    """
    about = _about(name)
    return Source(**{key: about[key] for key in Source.__dataclass_fields__})


@cache
def _about(name: str) -> dict[str, Any]:
    if name not in reference_names():
        near = get_close_matches(name, reference_names(), 1)
        hint = f" (did you mean {near[0]}?)" if near else ""
        there = ", ".join(reference_names())
        raise InputError(f"There is no reference table {name!r}{hint}; there are: {there}.")
    path = resource("data", "reference", f"{name}.json")
    about: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return about


@cache
def _table(name: str) -> pd.DataFrame:
    dtypes = {field["name"]: _DTYPES[field["type"]] for field in _about(name)["fields"]}
    path = resource("data", "reference", f"{name}.csv")
    # "NA" is Namibia, not a missing value.
    return pd.read_csv(path, dtype=dtypes, keep_default_na=False, na_values=[""], encoding="utf-8")


@cache
def land_outline() -> tuple[Ring, ...]:
    """Outlines of land as (longitude, latitude) in degrees, without any border."""
    path = resource("data", "reference", "land_outline.json")
    rings = json.loads(path.read_text(encoding="utf-8"))["rings"]
    return tuple(tuple((x, y) for x, y in ring) for ring in rings)


def places(place_names: Mapping[str, str] | None = None, language: str = "en") -> pd.DataFrame:
    """Countries and places with their names and the place of a label on a map.

    Parameters
    ----------
    place_names : mapping of str to str, optional
        Code -> name as the organisation writes it; else the name of the Unicode CLDR.
    language : str
        Language of the names.

    Returns
    -------
    DataFrame
        Columns `country_code`, `iso3`, `latitude`, `longitude` (degrees), `name`.
    """
    frame, codes, own = reference("countries"), code_list("country"), place_names or {}
    frame["name"] = [own.get(code) or codes.label(code, language) for code in frame["country_code"]]
    return frame
