"""Frames as CSV files with their types kept: what kernels load and results keep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd

from strategy_lib.tables.frames import typed_frame
from strategy_lib.tables.schema import TableSchema, schemas

_LIST_SEPARATOR = "\x1f"


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

    def __iter__(self) -> Iterator[str]:
        return iter(self._frames)

    def __len__(self) -> int:
        return len(self._frames)


def write_frames(folder: Path, frames: Mapping[str, pd.DataFrame]) -> None:
    """Write each frame as `folder/NAME.csv` (UTF-8, LF); the same frames give the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in frames.items():
        plain = frame.copy()
        for column in (c for c in plain if plain[c].dtype == object):
            plain[column] = plain[column].map(_LIST_SEPARATOR.join)
        plain.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")


def read_frames(folder: Path) -> dict[str, pd.DataFrame]:
    """Read what `write_frames` wrote; columns that were withheld stay absent."""
    return {
        name: _read(folder / f"{name}.csv", schema)
        for name, schema in schemas().items()
        if (folder / f"{name}.csv").is_file()
    }


def _read(path: Path, schema: TableSchema) -> pd.DataFrame:
    text = pd.read_csv(path, dtype="str", keep_default_na=False, na_values=[""], encoding="utf-8")
    values = text.astype("object").where(text.notna(), None)
    for field in schema.fields:
        if field.name not in values:
            continue
        if field.type == "list":
            values[field.name] = [_split(v) for v in values[field.name]]
        elif field.type == "boolean":
            values[field.name] = values[field.name].map({"True": True, "False": False, None: None})
        elif field.type in ("integer", "number"):
            values[field.name] = pd.to_numeric(values[field.name])
    if "source_row" in values:
        values["source_row"] = pd.to_numeric(values["source_row"])
    records = [{str(k): v for k, v in row.items()} for row in values.to_dict("records")]
    return typed_frame(schema, records)[list(text.columns)]


def _split(value: str | None) -> tuple[str, ...]:
    return tuple(value.split(_LIST_SEPARATOR)) if value else ()
