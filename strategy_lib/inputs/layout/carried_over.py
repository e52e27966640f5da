"""Rows carried over from the year before: told by their file, unconfirmed until sent anew.

`workbook next` puts them in files called "carried from 2026 - presence.xlsx". A row of such a file
counts until the same row (by its key) stands in any other file: then that one is the confirmed one.
What is no longer wanted is deleted from the carried file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

from strategy_lib.schema.schema import schemas

_CARRIED = re.compile(r"(?:^|/)carried from (\d{4}) - [^/]*$", re.IGNORECASE)


def carried_name(year: int, what: str) -> str:
    """Name of a file of rows carried over from `year`.

    Examples
    --------
    >>> carried_name(2026, "presence")
    'carried from 2026 - presence.xlsx'
    """
    return f"carried from {year} - {what}.xlsx"


def is_carried(file: object) -> bool:
    """Whether a file's name says that its rows were carried over.

    Examples
    --------
    >>> is_carried("presence/Carried from 2026 - presence.xlsx"), is_carried("presence/2026.xlsx")
    (True, False)
    """
    return isinstance(file, str) and _CARRIED.search(file) is not None


def without_confirmed(frames: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Frames without the carried rows whose key stands in another file too."""
    return {name: _without_confirmed(name, frame) for name, frame in frames.items()}


def _without_confirmed(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    if frame.empty:
        return frame
    carried = _carried(frame)
    keys = list(schemas()[name].primary_key)
    if not carried.any() or carried.all() or not keys:
        return frame
    text = frame[keys].astype("str").where(frame[keys].notna(), "")
    known = pd.Series(list(text.itertuples(index=False, name=None)), index=frame.index)
    again = carried & known.isin(set(known[~carried]))
    return frame[~again].reset_index(drop=True) if again.any() else frame


def _carried(frame: pd.DataFrame) -> pd.Series[bool]:
    if "source_file" not in frame:
        return pd.Series(False, index=frame.index, dtype=bool)
    return frame["source_file"].map(is_carried).astype(bool)


def unconfirmed(frames: Mapping[str, pd.DataFrame]) -> dict[str, int]:
    """How many rows of each table are carried over and not confirmed; tables without any left out.

    Only where rows still say which file they come from: not in an edition below `restricted`.
    """
    counts = {name: int(_carried(frame).sum()) for name, frame in frames.items()}
    return {name: count for name, count in counts.items() if count}
