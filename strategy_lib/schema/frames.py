"""Typed frames: a table's rows with the dtypes of its schema, and where each row came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from types import NoneType
from typing import Any

import numpy as np
import pandas as pd

from strategy_lib.core.problems import Problem
from strategy_lib.schema.cell import Cell, Place
from strategy_lib.schema.schema import TableSchema, schemas, table_schema

PROVENANCE = ("source_file", "source_sheet", "source_row")
DTYPES = {
    "string": "str",
    "integer": "Int64",
    "number": "Float64",
    "boolean": "boolean",
    "date": "datetime64[s]",
    "list": "object",
}


def typed_frame(
    schema: TableSchema, records: Iterable[Mapping[str, Any]], *, provenance: bool = True
) -> pd.DataFrame:
    """Rows as a frame with the schema's columns and dtypes.

    Parameters
    ----------
    schema : TableSchema
        Table that the records belong to.
    records : iterable of mapping
        Field name -> value; a missing field is a missing value, a list is a tuple of codes.
    provenance : bool
        Whether to add `source_file`, `source_sheet` and `source_row`.

    Examples
    --------
    >>> frame = typed_frame(table_schema("capacities"), [{"unit_id": "ke", "level": 2}])
    >>> frame["level"].dtype.name, int(frame["level"].iloc[0])
    ('Int64', 2)
    """
    rows = list(records)
    dtypes = {f.name: DTYPES[f.type] for f in schema.fields}
    if provenance:
        dtypes |= {"source_file": "str", "source_sheet": "str", "source_row": "Int64"}
    # Most tables of most organisations are empty; a frame costs the same for none as for many rows.
    return _framed(rows, dtypes) if rows else _empty(tuple(dtypes.items())).copy(deep=False)


@cache
def _empty(dtypes: tuple[tuple[str, str], ...]) -> pd.DataFrame:
    return _framed([], dict(dtypes))


def _framed(rows: Sequence[Mapping[str, Any]], dtypes: Mapping[str, str]) -> pd.DataFrame:
    data = {name: _column([row.get(name) for row in rows], dtype) for name, dtype in dtypes.items()}
    return pd.DataFrame(data, columns=list(dtypes))


def _column(values: list[Any], dtype: str) -> Any:
    if dtype == "object":
        return pd.Series([value or () for value in values], dtype="object")
    known = [None if _is_blank(value) else value for value in values]
    if not dtype.startswith("datetime"):
        return pd.array(known, dtype=dtype)  # type: ignore[call-overload]
    if {*map(type, known)} <= {date, NoneType}:
        # What reading gives; pandas takes eight times as long, because it looks for more.
        return np.array(known, dtype="datetime64[D]").astype(dtype)
    return pd.Series(pd.to_datetime(pd.Series(known, dtype="object")), dtype=dtype)


def _is_blank(value: Any) -> bool:
    return value is None or value is pd.NA or (isinstance(value, float) and value != value)


def known_values(column: pd.Series[Any], nothing: Any = None) -> list[Any]:
    """What stands in a column, and `nothing` where nothing does.

    Examples
    --------
    >>> known_values(pd.Series([1, None], dtype="Int64"))
    [1, None]
    """
    if column.empty:
        return []
    known = column.notna().tolist()
    return [v if is_known else nothing for v, is_known in zip(column.tolist(), known, strict=True)]


@dataclass(frozen=True)
class FileRead:
    """One file that was read: what it was taken for, and how many rows each table got from it."""

    file: str
    kind: str
    rows: Mapping[str, int]
    sha256: str


@dataclass(frozen=True)
class SetAside:
    """What cannot be used until it is mended, and stands in no table.

    Attributes
    ----------
    frames : mapping of str to DataFrame
        Table -> its rows, with their provenance and their labels; only tables that have any.
    causes : mapping
        Place of each row -> the error for which it is set aside, which may be that of another row.
    unread : tuple of Problem
        Errors of files and sheets of which no row could be read.
    """

    frames: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    causes: Mapping[Place, Problem] = field(default_factory=dict)
    unread: tuple[Problem, ...] = ()

    @property
    def rows(self) -> int:
        """How many rows."""
        return sum(map(len, self.frames.values()))

    def places(self) -> Iterator[tuple[str, str, str, int]]:
        """Table, file, sheet and number of each row."""
        for name, rows in self.frames.items():
            columns = (known_values(rows[column], "") for column in PROVENANCE)
            yield from ((name, *place) for place in zip(*columns, strict=True))


@dataclass(frozen=True)
class Tables:
    """What was entered: frames by table name, the problems found, the files read.

    A table that nobody entered is there too, empty, with its columns. Cells that were `refused` are
    missing in the frames, and are among the problems.

    Attributes
    ----------
    faulty : mapping
        First error of each row that cannot be used; 0 as the number of a row means the whole sheet,
        and then no sheet the whole file.
    entered : mapping
        Frames as they were before anything was completed in them; empty where nothing is faulty.
    set_aside : SetAside
        Rows that the frames do not hold, where those that cannot be used have been taken out.
    """

    frames: Mapping[str, pd.DataFrame]
    problems: tuple[Problem, ...] = ()
    files: tuple[FileRead, ...] = ()
    asides: tuple[Problem, ...] = field(default=())
    refused: frozenset[Cell] = frozenset()
    faulty: Mapping[Place, Problem] = field(default_factory=dict)
    entered: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    set_aside: SetAside = field(default_factory=SetAside)

    def __getitem__(self, name: str) -> pd.DataFrame:
        frame = self.frames.get(name)
        return typed_frame(table_schema(name), []) if frame is None else frame.copy(deep=False)

    @property
    def whole(self) -> Tables:
        """These tables with the rows that are set aside at their ends."""
        aside = self.set_aside.frames
        more = {n: pd.concat([self[n], frame], ignore_index=True) for n, frame in aside.items()}
        return replace(self, frames={**self.frames, **more})

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Problems that must be mended."""
        return tuple(p for p in self.problems if p.severity == "error")

    @property
    def broken(self) -> dict[str, Problem]:
        """Tables of which something is set aside, or which may stand in a file that is unread."""
        aside = self.set_aside
        broken = {}
        for problem in reversed(aside.unread):
            for name, schema in schemas().items():
                if problem.file.startswith(f"{schema.area}/") and self.frames[name].empty:
                    broken[name] = problem
        for name, file, sheet, row in sorted(aside.places(), reverse=True):
            broken[name] = aside.causes[file, sheet, row]
        return broken

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """Problems that a person should look at."""
        return tuple(p for p in self.problems if p.severity == "warning")
