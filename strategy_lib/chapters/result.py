"""What every chapter is given, and what it gives: one type each, whatever the chapter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import pandas as pd

from strategy_lib.editions.results import SavedChapter
from strategy_lib.editions.snapshot import Snapshot


@dataclass(frozen=True)
class ChapterInputs:
    """What a chapter is given; its `analysis.analyse` takes this and nothing else.

    Attributes
    ----------
    now : Snapshot
        Tables and settings that the edition may see, its day and language.
    chapters : mapping of str to SavedChapter
        What the other chapters of the edition saved; empty unless the chapter reads results.
    before : Snapshot or None
        The same of the cycle before; None where there is none, or the chapter does not read it.
    chapters_before : mapping of str to SavedChapter
        What the chapters of that cycle saved.
    protocol : Path
        Folder of the organisation's own protocol for speaking out; it need not exist.
    parameters : mapping
        The notebook's own parameters, such as `draws` and `seed`.
    """

    now: Snapshot
    chapters: Mapping[str, SavedChapter] = field(default_factory=dict)
    before: Snapshot | None = None
    chapters_before: Mapping[str, SavedChapter] = field(default_factory=dict)
    protocol: Path = Path("protocol")
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ChapterResult:
    """The answer of a chapter.

    Attributes
    ----------
    tables : mapping of str to DataFrame
        Tables by name, as saved in `results/`.
    bottom_line : tuple of str
        The answer in sentences, most weighty first.
    findings : mapping of str to str
        Computed titles, where an output names one.
    notes : tuple of str
        What this edition shows, how numbers are made, and what is missing.
    said : mapping of str to str
        Lines under tables and figures that are computed.
    shown : mapping of str to DataFrame
        Tables that are shown and not saved, by names of their own.
    given : mapping
        What figures take beside tables, such as a currency.
    is_saved : bool
        Whether it may be saved; what a rehearsal shows may not.
    """

    tables: Mapping[str, pd.DataFrame]
    notes: tuple[str, ...]
    bottom_line: tuple[str, ...] = ()
    findings: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)
    shown: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    given: Mapping[str, Any] = field(default_factory=dict)
    is_saved: bool = True

    def __getitem__(self, name: str) -> Any:
        """A table, or something else that figures take, by its name."""
        for parts in (self.shown, self.tables, self.given):
            if name in parts:
                return parts[name]
        raise KeyError(name)


@dataclass(frozen=True)
class Output:
    """How a table or a figure of a chapter is shown; sentences are shown as they are.

    Attributes
    ----------
    title : str
        Name of the finding that stands over it, or the words themselves.
    note : str
        Name of what is `said` under it, or the words themselves; of a figure, how to read it.
    draws : str
        Function of the chapter's `figures` that takes the table and a `title`; empty for a table.
    takes : mapping of str to str
        Further parameters of that function -> what of the result they take.
    where : mapping
        Further parameters of it -> plain values.
    lists : str
        Table that is listed; without it the one that is drawn.
    rows : mapping of str to str
        Column -> what of the result its value must be, or the value itself; other rows are neither
        drawn nor listed.
    index : str
        Heading under which the labels of its rows are listed.
    without : tuple of str
        Columns that are not listed.
    max_rows : int, optional
        Rows listed at most; None lists all.
    is_optional : bool
        Whether nothing is shown where the table has no rows.
    about : str
        What of the result the table is about, such as a case; without it, it is optional.
    has_heads : bool
        Whether the columns get headings.
    """

    title: str = ""
    note: str = ""
    draws: str = ""
    takes: Mapping[str, str] = field(default_factory=dict)
    where: Mapping[str, Any] = field(default_factory=dict)
    lists: str = ""
    rows: Mapping[str, str] = field(default_factory=dict)
    index: str = ""
    without: tuple[str, ...] = ()
    max_rows: int | None = 50
    is_optional: bool = False
    about: str = ""
    has_heads: bool = True


Outputs: TypeAlias = Mapping[str, Output]
"""Name by which a notebook shows it -> table of that name, or figure of it."""
