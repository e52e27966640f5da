"""Tables as a Data Package, by which other programs know what each file and column is.

See datapackage.org: a file `datapackage.json` beside the tables.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from strategy_lib.core.workspace import SUMMARY_FILE

PACKAGE_FILE = "datapackage.json"


def package(
    name: str, title: str, resources: Iterable[Mapping[str, Any]], **more: Any
) -> dict[str, Any]:
    """What `datapackage.json` holds.

    Parameters
    ----------
    name : str
        Short name in small letters, digits and hyphens.
    resources : iterable of mapping
        From `resource`.
    more : object
        Further properties of the package, such as `licenses`.

    Examples
    --------
    >>> package("acme", "Acme", [resource("a", "a.csv", "Table", [])])["resources"][0]["path"]
    'a.csv'
    """
    return {"name": name, "title": title, "resources": list(resources), **more}


def resource(
    name: str, path: str, title: str, fields: Iterable[Mapping[str, Any]], **more: Any
) -> dict[str, Any]:
    """One CSV file of a package.

    Parameters
    ----------
    fields : iterable of mapping
        Of each column at least its `name` and `type`.
    """
    return {
        "name": name,
        "path": path,
        "title": title,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": list(fields)},
        **more,
    }


def fields_of(frame: pd.DataFrame) -> list[dict[str, str]]:
    """Name and type of each column, as a table schema has them.

    Examples
    --------
    >>> fields_of(pd.DataFrame({"n": [1], "share": [0.5], "who": ["Kenya"]}))
    [{'name': 'n', 'type': 'integer'}, {'name': 'share', 'type': 'number'}, {'name': 'who', \
'type': 'string'}]
    """
    names = map(str, frame.columns)
    return [{"name": n, "type": _type(frame.iloc[:, i])} for i, n in enumerate(names)]


def _type(column: pd.Series[Any]) -> str:
    if pd.api.types.is_bool_dtype(column):
        return "boolean"
    if pd.api.types.is_integer_dtype(column):
        return "integer"
    if pd.api.types.is_numeric_dtype(column):
        return "number"
    return "string"


def write_edition_package(results: Path, name: str, title: str) -> None:
    """Describe what the chapters of an edition saved, in a file beside their folders."""
    found = []
    for path in sorted(results.glob(f"*/{SUMMARY_FILE}")):
        chapter = path.parent.name
        for table, about in json.loads(path.read_bytes()).get("tables", {}).items():
            where = f"{chapter}/{table}.csv"
            named = f"{chapter}.{table}"
            found.append(resource(named, where, about["title"], about["fields"]))
    if found:
        write_package(results / PACKAGE_FILE, package(name, title, found))


def write_package(path: Path, content: Mapping[str, Any]) -> None:
    """Write a package's file: the same content gives the same bytes."""
    path.write_bytes(package_bytes(content))


def package_bytes(content: Mapping[str, Any]) -> bytes:
    """What a package's file holds."""
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
