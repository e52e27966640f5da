"""What chapters saved, read back: each one's sentences and tables, as one edition may show them.

The brief and the annual comparison read these files and never another chapter's internals.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from strategy_lib.core.errors import InputError
from strategy_lib.core.workspace import SUMMARY_FILE
from strategy_lib.editions.contracts import Saved, faults
from strategy_lib.editions.saved_tables import SavedColumn, read_columns

# What a summary holds, where it holds it at all.
_KINDS = {"bottom_line": list, "tables": dict}


class BrokenResultError(InputError):
    """A file of saved results that is not what it should be.

    Attributes
    ----------
    fault : str
        The file and what is wrong with it, as the end of a sentence on a page.
    """

    def __init__(self, message: str, fault: str = "") -> None:
        super().__init__(message)
        self.fault = fault or message


@dataclass(frozen=True)
class SavedChapter:
    """One chapter's saved results.

    Attributes
    ----------
    name : str
        Name of the chapter, such as `02_china_presence`.
    summary : mapping
        What `summary.json` says: title, question, bottom line, who answered, what was withheld.
    tables : mapping of str to DataFrame
        Tables by name.
    unread : str
        What of an earlier cycle's results is broken, so that nothing of them is here.
    declared : mapping
        What the chapter declares of its tables; with it, only that can be asked for, and each
        table is checked when it is.
    """

    name: str
    summary: Mapping[str, Any] = field(default_factory=dict)
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    unread: str = ""
    declared: Saved = field(default_factory=dict)

    @property
    def number(self) -> str:
        """Number of the chapter, such as `02`."""
        return self.name.partition("_")[0]

    @property
    def title(self) -> str:
        """Title of the chapter; its name where it saved none."""
        return str(self.summary.get("title") or self.name)

    @property
    def bottom_line(self) -> tuple[str, ...]:
        """The chapter's answer in sentences."""
        return tuple(map(str, self.summary.get("bottom_line") or ()))

    @property
    def answered(self) -> str:
        """Who has answered, in a sentence; empty where the chapter does not say."""
        return str(self.summary.get("answered") or "")

    @property
    def as_of(self) -> date | None:
        """Day from which the chapter counted ages."""
        try:
            return date.fromisoformat(str(self.summary.get("as_of")))
        except ValueError:
            return None

    def columns(self, name: str) -> tuple[str, ...]:
        """Names of one table's columns, without reading its rows; none where it is not there."""
        if isinstance(self.tables, _Files):
            return self.tables.columns(name)
        return tuple(map(str, self.tables[name].columns)) if name in self.tables else ()

    def table(self, name: str, *columns: str) -> pd.DataFrame:
        """One table; empty, with the columns asked for, where the chapter saved none.

        Parameters
        ----------
        columns : str
            Columns that are needed.

        Raises
        ------
        BrokenResultError
            If the table's file is broken, it has rows and lacks one of the columns, or a column
            does not hold what the chapter declares.
        InputError
            If a column is asked for that the chapter does not declare.

        Examples
        --------
        >>> SavedChapter("02_china_presence").table("ranks", "option").columns.tolist()
        ['option']
        """
        if self.declared:
            self._refuse_undeclared(name, columns)
        frame = self.tables.get(name)
        if frame is None or (frame.empty and not set(columns) <= set(frame.columns)):
            return pd.DataFrame(columns=list(columns))
        missing = [column for column in columns if column not in frame]
        if missing:
            there = ", ".join(map(str, frame.columns))
            raise BrokenResultError(
                f"Saved results of {self.name}, table {name}: needs columns {', '.join(missing)}; "
                f"found {there}. Make the chapter again.",
                f"{self.name}/{name}.csv has no column {', '.join(missing)}",
            )
        if found := faults(name, frame, self.declared.get(name, {})):
            raise BrokenResultError(
                f"Saved results of {self.name}, {'; '.join(found)}. Make the chapter again.",
                f"{self.name}, {'; '.join(found)}",
            )
        return frame.copy()

    def _refuse_undeclared(self, name: str, columns: tuple[str, ...]) -> None:
        known = self.declared.get(name, {})
        unknown = [column for column in columns if column not in known]
        if unknown:
            raise InputError(
                f"{self.name} does not declare table {name}, column {', '.join(unknown)}, in its "
                f"outputs.SAVED; declared are {', '.join(known) or 'none'}."
            )


def read_saved(folder: Path) -> dict[str, SavedChapter]:
    """Every chapter's saved results of one edition, by the chapter's name.

    Parameters
    ----------
    folder : Path
        `results/EDITION` of a cycle, or where a run has them until the edition is whole.

    Returns
    -------
    dict of str to SavedChapter
        Empty where nothing was saved; a folder without `summary.json` is no result.

    Raises
    ------
    InputError
        If a file cannot be read as what it should be; the message lists every such file.
    """
    chapters, problems = {}, []
    for summary in _summaries(folder):
        try:
            chapter = _read_chapter(summary)
            _need_tables(summary, chapter)
        except InputError as error:
            problems.append(str(error))
        else:
            chapters[chapter.name] = chapter
    if problems:
        raise InputError("\n".join(problems))
    return chapters


def read_earlier(folder: Path) -> dict[str, SavedChapter]:
    """The same of an earlier cycle, on which this year's edition must not depend.

    A chapter whose summary is broken is there without any content and says so in `unread`. A table
    that is broken or gone is an error for whoever asks for it.
    """
    chapters = {}
    for summary in _summaries(folder):
        name = summary.parent.name
        try:
            chapters[name] = _read_chapter(summary)
        except BrokenResultError as error:
            chapters[name] = SavedChapter(name, unread=error.fault)
    return chapters


def _summaries(folder: Path) -> list[Path]:
    """Summaries of all chapters but those whose results are being written."""
    found = sorted(folder.glob(f"*/{SUMMARY_FILE}"))
    return [path for path in found if not path.parent.name.startswith(".")]


def _read_chapter(path: Path) -> SavedChapter:
    try:
        summary = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise _broken(path, f"cannot be opened ({error.strerror})") from None
    except json.JSONDecodeError as error:
        raise _broken(path, f"cannot be read from line {error.lineno} on") from None
    except (ValueError, RecursionError):
        raise _broken(path, "is no text that can be read") from None
    if not isinstance(summary, dict) or not all(
        isinstance(summary.get(key) or kind(), kind) for key, kind in _KINDS.items()
    ):
        raise _broken(path, "is no summary of a chapter")
    tables = summary.get("tables") or {}
    listed = {name: _rows(about) for name, about in tables.items()}
    return SavedChapter(path.parent.name, summary, _Files(path.parent, listed))


def _need_tables(summary: Path, chapter: SavedChapter) -> None:
    gone = [name for name in chapter.tables if not (summary.parent / f"{name}.csv").is_file()]
    if gone:
        raise _broken(summary, f"lists tables that are not there: {', '.join(gone)}")


def _rows(about: Any) -> int | None:
    rows = about.get("rows") if isinstance(about, dict) else None
    return rows if isinstance(rows, int) else None


def _broken(path: Path, what: str) -> BrokenResultError:
    where, again = path.parts[-3:], "workbook run"
    # .../2025/results/core/02_china_presence/ranks.csv
    if path.parts[-4:-3] == ("results",) and path.parts[-5].isdigit():
        where, again = path.parts[-5:], f"workbook run --cycle {path.parts[-5]}"
    file = "/".join(where)
    message = f"{file}: {what}. Make the chapter again: {again}."
    return BrokenResultError(message, f"{file} {what}")


class _Files(Mapping[str, pd.DataFrame]):
    """Tables that are read when they are asked for: a brief needs few of many."""

    def __init__(self, folder: Path, names: Mapping[str, int | None]) -> None:
        self._folder = folder
        self._names = names
        self._read: dict[str, pd.DataFrame] = {}

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self._names:
            raise KeyError(name)
        if name not in self._read:
            path, rows = self._folder / f"{name}.csv", self._names[name]
            frame = read_table(path)
            if rows not in (None, len(frame)):
                found = f"has {len(frame)} rows where {SUMMARY_FILE} lists {rows}"
                raise _broken(path, found)
            self._read[name] = frame
        return self._read[name]

    def columns(self, name: str) -> tuple[str, ...]:
        """Names in a table's first line."""
        if name not in self._names or name in self._read:
            return tuple(map(str, self._read[name].columns)) if name in self._read else ()
        with (self._folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            return tuple(head.removeprefix("'") for head in next(csv.reader(file), []))

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def read_table(path: Path) -> pd.DataFrame:
    """One saved table with its types; see `read_columns`.

    Raises
    ------
    InputError
        If the file is no table.
    """
    columns = saved_columns(path)
    rows = len(columns[0].values) if columns else 0
    made = {column.name: column.series() for column in columns}
    return pd.DataFrame(made, index=pd.RangeIndex(rows))


def saved_columns(path: Path) -> list[SavedColumn]:
    """Columns of one saved table; see `read_columns`.

    Raises
    ------
    InputError
        If the file is no table.
    """
    try:
        return read_columns(path)
    except OSError as error:
        raise _broken(path, f"cannot be opened ({error.strerror})") from None
    except ValueError as error:
        raise _broken(path, f"is no table ({error})") from None
