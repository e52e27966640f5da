"""One saved table: its columns with what they hold, as its CSV file says.

Kept apart from data frames: a spreadsheet of two hundred small tables needs none of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from strategy_lib.schema.csv_store import csv_rows

_NUMBER = re.compile(r"-?(\d+(\.\d+)?([eE][+-]?\d+)?|inf)")
_WHOLE = re.compile(r"-?\d{1,15}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# Names of columns that hold codes or years, however much a code looks like a number.
_CODES = re.compile(r"(.*_)?(id|ids|code|codes|as_of|period|recommendations?|chapters?)")
# What `publishing.results` sets before a text that a spreadsheet program takes for a formula.
_MADE_SAFE = re.compile(r"\A'(?=\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\n])")
_TRUTH = {"True": True, "False": False}
# Kinds of values, in words for a data dictionary.
NOTHING, TRUTH, DAY, WHOLE, NUMBER, TEXT = (
    "nothing yet",
    "yes or no",
    "day",
    "whole number",
    "number",
    "text",
)


@dataclass(frozen=True)
class SavedColumn:
    """A column of a saved table.

    Attributes
    ----------
    kind : str
        `nothing yet`, `yes or no`, `day`, `whole number`, `number` or `text`.
    values : list
        `bool`, `datetime`, `int`, `float` or `str`, by its kind; None where nothing stands.
    """

    name: str
    kind: str
    values: list[Any]

    def series(self) -> pd.Series[Any]:
        """The same with the type that chapters expect."""
        has_gaps = None in self.values
        if self.kind == NOTHING:
            return pd.Series([None] * len(self.values), dtype="object")
        if self.kind == TRUTH:
            return pd.Series(self.values, dtype="boolean" if has_gaps else "bool")
        if self.kind == DAY:
            return pd.Series(np.array(self.values, dtype="datetime64[s]"))
        if self.kind == TEXT:
            return pd.Series(self.values, dtype="str")
        is_whole = all(isinstance(value, int) for value in self.values)
        return pd.Series(self.values, dtype="int64" if is_whole else "float64")


def read_columns(path: Path) -> list[SavedColumn]:
    """Columns of one saved table: numbers, days, yes or no, and text as it was entered.

    The sign that keeps a spreadsheet program from taking a text for a formula is taken off again.
    Columns of codes and years stay text: recommendation 4.1 is no number.

    Raises
    ------
    ValueError
        If the file is no table.
    """
    rows = csv_rows(path.read_bytes(), "utf-8-sig")
    if not rows:
        return []  # a table without columns is written as an empty line
    names = [name.removeprefix("'") for name in rows[0]]
    columns = zip(*rows[1:], strict=True) if len(rows) > 1 else ((),) * len(names)
    return [_column(name, texts) for name, texts in zip(names, columns, strict=True)]


def _column(name: str, texts: Sequence[str]) -> SavedColumn:
    known = [text for text in texts if text]
    if not known:
        return SavedColumn(name, NOTHING, [None] * len(texts))
    if all(text in _TRUTH for text in known):
        return SavedColumn(name, TRUTH, [_TRUTH.get(text) for text in texts])
    if all(map(_DAY.fullmatch, known)):
        try:
            return SavedColumn(
                name, DAY, [datetime.fromisoformat(text) if text else None for text in texts]
            )
        except ValueError:
            return SavedColumn(name, TEXT, [text or None for text in texts])
    if not _CODES.fullmatch(name) and all(map(_NUMBER.fullmatch, known)):
        return _numbers(name, texts)
    return SavedColumn(name, TEXT, [_MADE_SAFE.sub("", text) or None for text in texts])


def _numbers(name: str, texts: Sequence[str]) -> SavedColumn:
    if all(map(_WHOLE.fullmatch, texts)):
        return SavedColumn(name, WHOLE, [int(text) for text in texts])
    numbers = [float(text) if text else None for text in texts]
    is_whole = all(number is None or number.is_integer() for number in numbers)
    return SavedColumn(name, WHOLE if is_whole else NUMBER, numbers)
