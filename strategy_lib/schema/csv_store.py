"""Frames as CSV files with their types kept: what kernels load and results keep."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from strategy_lib.schema.frames import DTYPES, known_values
from strategy_lib.schema.schema import TableSchema, schemas

_LIST_SEPARATOR = "\x1f"
_LONGEST_TEXT = 1 << 30


class SeenFrames(Mapping[str, pd.DataFrame]):
    """Frames by name that remember which of them were looked at.

    Attributes
    ----------
    seen : set of str
        Names that were asked for, there or not.
    """

    def __init__(self, frames: Mapping[str, pd.DataFrame]) -> None:
        self._frames = frames
        self.seen: set[str] = set()

    def __getitem__(self, name: str) -> pd.DataFrame:
        self.seen.add(name)
        return self._frames[name]

    def __contains__(self, name: object) -> bool:
        self.seen.add(str(name))
        return name in self._frames

    def peek(self, name: str, columns: Collection[str]) -> dict[str, list[Any]]:
        """What stands in some columns, for a check alone: what is made does not come from it.

        It is not noted. Of a stored table it is the texts: their types take most of the time.
        """
        if isinstance(self._frames, _Stored):
            return self._frames.texts(name, columns)
        frame = self._frames.get(name)
        if frame is None:
            return {}
        return {c: known_values(frame[c], nothing="") for c in columns if c in frame}

    def __iter__(self) -> Iterator[str]:
        return iter(self._frames)

    def __len__(self) -> int:
        return len(self._frames)


class _Stored(Mapping[str, pd.DataFrame]):
    """Frames of a folder as it is now, each parsed when it is asked for: few chapters need all."""

    def __init__(self, folder: Path) -> None:
        paths = {name: folder / f"{name}.csv" for name in schemas()}
        self._files = {name: path.read_bytes() for name, path in paths.items() if path.is_file()}
        self._parsed: dict[str, pd.DataFrame] = {}

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self._parsed:
            self._parsed[name] = _parsed(self._files[name], schemas()[name])
        return self._parsed[name]

    def texts(self, name: str, columns: Collection[str]) -> dict[str, list[Any]]:
        """Some columns of a table as they stand in its file."""
        names, *rows = csv_rows(self._files[name]) if name in self._files else [[]]
        return {
            column: [row[place] for row in rows]
            for place, column in enumerate(names)
            if column in columns
        }

    def __contains__(self, name: object) -> bool:
        return name in self._files

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


def write_frames(folder: Path, frames: Mapping[str, pd.DataFrame]) -> None:
    """Write each frame as `folder/NAME.csv` (UTF-8, LF); the same frames give the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in frames.items():
        plain = frame.copy()
        for column in (c for c in plain if plain[c].dtype == object):
            plain[column] = plain[column].map(_LIST_SEPARATOR.join)
        plain.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")


def read_frames(folder: Path) -> Mapping[str, pd.DataFrame]:
    """Read what `write_frames` wrote; columns that were withheld stay absent."""
    return _Stored(folder)


def csv_rows(content: bytes, encoding: str = "utf-8") -> list[list[str]]:
    """Rows of a CSV file that this package wrote, however long its texts; blank lines are none.

    Raises
    ------
    ValueError
        If it is no such file, or a row has more or fewer cells than the first one.
    """
    csv.field_size_limit(_LONGEST_TEXT)
    try:
        rows = [row for row in csv.reader(StringIO(content.decode(encoding), newline="")) if row]
    except csv.Error as error:
        raise ValueError(str(error)) from None
    for number, row in enumerate(rows, 1):
        if len(row) != len(rows[0]):
            raise ValueError(f"row {number} has {len(row)} cells; the first has {len(rows[0])}")
    return rows


def _parsed(content: bytes, schema: TableSchema) -> pd.DataFrame:
    # pandas' own reader takes five times as long for tables as small as most are.
    names, *rows = csv_rows(content)
    types: dict[str, str] = {field.name: field.type for field in schema.fields}
    types["source_row"] = "integer"
    columns = zip(*rows, strict=True) if rows else ((),) * len(names)
    return pd.DataFrame(
        {
            name: _typed(texts, types.get(name, "string"))
            for name, texts in zip(names, columns, strict=True)
        },
        index=pd.RangeIndex(len(rows)),
    )


def _typed(texts: Sequence[str], kind: str) -> Any:
    """What a column's texts stand for; an empty text is a missing value."""
    if kind == "list":
        return _objects([_split(text) for text in texts])
    if kind == "date":
        return np.array([text or "NaT" for text in texts], dtype=DTYPES[kind])
    missing = np.array([text == "" for text in texts], dtype=bool)
    if kind == "boolean":
        return pd.arrays.BooleanArray(
            np.array([text == "True" for text in texts], dtype=bool), missing
        )
    if kind == "integer":
        whole = np.array([int(text or 0) for text in texts], dtype="int64")
        return pd.arrays.IntegerArray(whole, missing)
    if kind == "number":
        numbers = np.array([float(text or 0) for text in texts], dtype="float64")
        return pd.arrays.FloatingArray(numbers, missing)
    return pd.array(_objects([text or np.nan for text in texts]), dtype="str")


def _objects(values: Sequence[object]) -> npt.NDArray[np.object_]:
    """An array of these very objects: numpy would make a table of tuples of one length."""
    made = np.empty(len(values), dtype=object)
    made[:] = values
    return made


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split(_LIST_SEPARATOR)) if text else ()
