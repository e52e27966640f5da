"""What every table of the brief is made from: what people entered, and what chapters saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from strategy_lib.chapters.context import OfEdition, whole_frame
from strategy_lib.chapters.registry import chapter_named
from strategy_lib.core.audiences import Edition
from strategy_lib.editions.results import SavedChapter
from strategy_lib.editions.snapshot import Snapshot
from strategy_lib.protocol.case import text as text
from strategy_lib.schema.dates import written_day
from strategy_lib.schema.schema import table_schema

NOBODY = "NOBODY YET"
NOT_SAID = "not said"
ENDED = ("done", "dropped")
ENTERED = ("actions", "decisions", "recommendation_answers", "brief")
# Who stands behind words: shown where single people are, whatever the label.
_AUTHORS = ("dissent_by", "minority_view_by")


@dataclass(frozen=True, eq=False)
class Context(OfEdition):
    """What the tables of the brief are made from."""

    inputs: Snapshot
    chapters: Mapping[str, SavedChapter]

    @property
    def as_of(self) -> pd.Timestamp:
        """Day from which ages are counted."""
        return pd.Timestamp(self.inputs.as_of)

    @property
    def edition(self) -> Edition:
        """The edition that is made."""
        return self.inputs.restricted.edition

    @cached_property
    def entered(self) -> Mapping[str, pd.DataFrame]:
        """The brief's own tables, with every column of their schemas."""
        seen = self.inputs.restricted.frames
        return {name: whole_frame(seen.get(name), name) for name in ENTERED}

    def can_show(self, table: str, column: str) -> bool:
        """Whether this edition may show a column at all."""
        if column in _AUTHORS and not self.shows_people:
            return False
        return self.edition.may_see(table_schema(table)[column].visible_to)

    def saved(self, folder: str) -> SavedChapter:
        """Saved results of a chapter by its folder; one that was not made has no tables."""
        name = chapter_named(folder).name
        return self.chapters.get(name, SavedChapter(name))


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
