"""What every table of the brief is made from: what people entered, and what chapters saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from strategy_lib.chapters.registry import chapter_named
from strategy_lib.editions.results import SavedChapter
from strategy_lib.editions.snapshot import Snapshot
from strategy_lib.schema.dates import written_day
from strategy_lib.schema.frames import typed_frame
from strategy_lib.schema.schema import table_schema

NOBODY = "NOBODY YET"
NOT_SAID = "not said"
ENDED = ("done", "dropped")
ENTERED = ("actions", "decisions", "recommendation_answers", "brief")
# Who stands behind words: shown where single people are, whatever the label.
_AUTHORS = ("dissent_by", "minority_view_by")


@dataclass(frozen=True, eq=False)
class Context:
    """What the tables of the brief are made from."""

    inputs: Snapshot
    chapters: Mapping[str, SavedChapter]

    @property
    def as_of(self) -> pd.Timestamp:
        """Day from which ages are counted."""
        return pd.Timestamp(self.inputs.as_of)

    @property
    def lists_records(self) -> bool:
        """Whether this edition lists single actions, decisions and answers."""
        return self.inputs.restricted.edition.smallest_group <= 1

    def listed(self, name: str) -> pd.DataFrame:
        """One of the brief's own tables; no row of it where single records are not listed."""
        frame = self.entered[name]
        return frame if self.lists_records else frame.iloc[:0]

    @cached_property
    def entered(self) -> Mapping[str, pd.DataFrame]:
        """The brief's own tables, with every column of their schemas."""
        return {name: self._whole(name) for name in ENTERED}

    def _whole(self, name: str) -> pd.DataFrame:
        schema = table_schema(name)
        frame = self.inputs.restricted.frames.get(name)
        if frame is None:
            return typed_frame(schema, [], provenance=False)
        return frame.reindex(columns=list(schema.names))

    def can_show(self, table: str, column: str) -> bool:
        """Whether this edition may show a column at all."""
        edition = self.inputs.restricted.edition
        if column in _AUTHORS and not edition.shows_people:
            return False
        return edition.may_see(table_schema(table)[column].visible_to)

    def saved(self, folder: str) -> SavedChapter:
        """Saved results of a chapter by its folder; one that was not made has no tables."""
        name = chapter_named(folder).name
        return self.chapters.get(name, SavedChapter(name))


def text(value: object) -> str:
    """What somebody entered, or nothing."""
    is_missing = value is None or value is pd.NA or value is pd.NaT or value != value
    return "" if is_missing else str(value).strip()


def day_in_words(value: object) -> str:
    """A day as people write it in a sentence; nothing where there is none.

    Examples
    --------
    >>> day_in_words("2026-11-27"), day_in_words(None)
    ('27 November 2026', '')
    """
    return written_day(pd.Timestamp(text(value)).date()) if text(value) else ""


def as_lists(column: pd.Series[Any]) -> Iterable[tuple[str, ...]]:
    """A column of lists; what is no list is an empty one."""
    return (tuple(value) if isinstance(value, list | tuple) else () for value in column)
