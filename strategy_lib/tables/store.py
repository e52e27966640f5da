"""Frames as CSV files with their types kept: what kernels load and results keep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd

from strategy_lib.tables.frames import DTYPES
from strategy_lib.tables.schema import TableSchema, schemas

_LIST_SEPARATOR = "\x1f"
_TRUTH = {"True": True, "False": False}


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


def _parsed(content: bytes, schema: TableSchema) -> pd.DataFrame:
    text = pd.read_csv(
        BytesIO(content), dtype="str", keep_default_na=False, na_values=[""], encoding="utf-8"
    )
    types: dict[str, str] = {field.name: field.type for field in schema.fields}
    types["source_row"] = "integer"
    return pd.DataFrame(
        {name: _typed(text[name], types.get(name, "string")) for name in map(str, text)},
        index=text.index,
    )


def _typed(text: pd.Series[str], kind: str) -> pd.Series[Any]:
    made: pd.Series[Any] = text
    if kind == "list":
        made = pd.Series([_split(value) for value in text], dtype="object")
    elif kind == "boolean":
        made = text.map(_TRUTH)
    elif kind in ("integer", "number"):
        made = pd.to_numeric(text)
    elif kind == "date":
        made = pd.to_datetime(text.astype("object"))
    return made.astype(DTYPES[kind])  # type: ignore[call-overload, no-any-return]


def _split(value: object) -> tuple[str, ...]:
    return tuple(value.split(_LIST_SEPARATOR)) if isinstance(value, str) and value else ()
