"""A chapter's tables as CSV files that Excel opens safely, and its `summary.json`."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from strategy_lib.core.atomic import swap_in, sync_tree
from strategy_lib.core.errors import InputError, StrategyError
from strategy_lib.core.workspace import SUMMARY_FILE
from strategy_lib.publishing.data_package import fields_of
from strategy_lib.publishing.tabulate import heading
from strategy_lib.schema.text import safe_text

_TABLE_NAME = re.compile(r"[a-z][a-z0-9_]*")


def write_results(
    folder: Path, chapter: str, tables: Mapping[str, pd.DataFrame], summary: Mapping[str, Any]
) -> None:
    """Replace a chapter's results as a whole: one CSV a table, and `summary.json`.

    The same tables give the same bytes. Until everything is written, what was there before stays.

    Parameters
    ----------
    folder : Path
        The chapter's own folder, `results/EDITION/CHAPTER`.
    chapter : str
        Name of the chapter.
    tables : mapping of str to DataFrame
        Tables by name. Labels of rows are written as the first column; an index that only counts
        is not. Lists are joined with `; `.
    summary : mapping
        What `summary.json` holds; of each table the number of rows and the fields, and a title
        where there is none, are added.

    Raises
    ------
    InputError
        If a table's name is no file name.
    StrategyError
        If the old results cannot be replaced, for example because Excel has a file open.
    """
    for name in tables:
        if not _TABLE_NAME.fullmatch(name):
            raise InputError(f"{name!r} cannot name a table; use letters, digits and underscores.")
    staged = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(staged, ignore_errors=True)
    staged.mkdir(parents=True)
    for name, frame in tables.items():
        (staged / f"{name}.csv").write_bytes(csv_bytes(frame))
    (staged / SUMMARY_FILE).write_bytes(_summary_bytes(chapter, tables, summary))
    _put_in_place(staged, folder)


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """A frame as CSV: UTF-8 with the mark by which Excel knows it, no text that is a formula.

    Examples
    --------
    >>> csv_bytes(pd.DataFrame({"a": [1]}, index=["x"])).decode("utf-8-sig")
    'row,a\\nx,1\\n'
    >>> csv_bytes(pd.DataFrame({"a": ["=1+1"], "b": [-0.5]})).decode("utf-8-sig")
    "a,b\\n'=1+1,-0.5\\n"
    """
    frame = _with_labels(frame)
    safe = pd.DataFrame(
        {i: _safe_column(frame.iloc[:, i]) for i in range(frame.shape[1])}, index=frame.index
    )
    names = [safe_text(str(name)) for name in frame.columns]
    text = safe.to_csv(index=False, header=names, lineterminator="\n")
    return text.encode("utf-8-sig")


def _with_labels(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with its labels of rows as the first column, unless they only count."""
    if isinstance(frame.index, pd.RangeIndex):
        return frame
    return frame.reset_index(names=str(frame.index.name or "row"))


def _safe_column(column: pd.Series[Any]) -> pd.Series[Any]:
    is_plain = pd.api.types.is_numeric_dtype(column) or pd.api.types.is_datetime64_any_dtype(column)
    return column if is_plain else column.astype("object").map(_safe_value)


def _safe_value(value: Any) -> Any:
    if isinstance(value, str):
        return safe_text(value)
    if isinstance(value, list | tuple):
        return safe_text("; ".join(map(str, value)))
    return value


def _summary_bytes(
    chapter: str, tables: Mapping[str, pd.DataFrame], summary: Mapping[str, Any]
) -> bytes:
    given = summary.get("tables") or {}
    listed = {
        name: {
            "title": heading(name),
            **given.get(name, {}),
            "rows": len(frame),
            "fields": fields_of(_with_labels(frame)),
        }
        for name, frame in tables.items()
    }
    content = {**summary, "chapter": chapter, "tables": listed}
    text = json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True, default=_plain)
    return (text + "\n").encode("utf-8", "replace")


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, tuple | set | frozenset):
        return sorted(value) if not isinstance(value, tuple) else list(value)
    if hasattr(value, "item"):
        return value.item()
    raise InputError(f"A summary cannot hold {value!r}.")


def _put_in_place(staged: Path, folder: Path) -> None:
    sync_tree(staged)
    try:
        swap_in(staged, folder)
    except OSError as error:
        raise StrategyError(
            f"The results in {folder} cannot be replaced ({error.strerror}); "
            "close the program that has a file of it open, and run again."
        ) from None
    for left in (staged, staged.with_name(f"{staged.name}.old")):
        shutil.rmtree(left, ignore_errors=True)
