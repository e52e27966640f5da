"""What every table of chapter 09 starts from: two cycles as one edition may show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from strategy_lib.chapters.context import NOT_SAID, OfEdition, whole_frame
from strategy_lib.chapters.validity import is_current
from strategy_lib.core.audiences import Edition
from strategy_lib.editions.results import SavedChapter
from strategy_lib.editions.snapshot import Snapshot
from strategy_lib.schema.schema import code_list, table_schema

NOT_SHOWN = "not shown here"
NO_LONGER_SHOWN = "no longer shown"
# What says how a row may be used, and not what it says.
LABELS_OF_ROWS = ("handling", "not_for_mainland")


@dataclass(frozen=True, eq=False)
class Context(OfEdition):
    """This cycle and the one before, restricted for the same edition.

    Attributes
    ----------
    before : Snapshot, optional
        None where there is no cycle before; then nothing is compared.
    saved_now, saved_before : mapping of str to SavedChapter
        What the chapters saved in either cycle, by the chapter's name.
    """

    now: Snapshot
    before: Snapshot | None
    saved_now: Mapping[str, SavedChapter] = field(default_factory=dict)
    saved_before: Mapping[str, SavedChapter] = field(default_factory=dict)

    @property
    def edition(self) -> Edition:
        """The edition that is made.

        Where it does not see everything, a row that was shown last year and is not there now may
        have been withheld since: it is counted and never named again.
        """
        return self.now.restricted.edition

    @property
    def day(self) -> pd.Timestamp:
        """Day from which ages are counted."""
        return pd.Timestamp(self.now.as_of)

    @property
    def years(self) -> tuple[str, str]:
        """The two cycles as headings, the earlier one first."""
        return str(self.before.cycle) if self.before else "earlier", str(self.now.cycle)

    def label(self, codes: str, value: Any) -> str:
        """Label of a code in the organisation's language."""
        return code_list(codes).label(str(value), self.now.language) if pd.notna(value) else ""

    def said(self, table: str, column: str, value: Any) -> str:
        """A cell in words: the label of its code, or its text; empty where nothing stands there."""
        codes = table_schema(table)[column].codes
        if codes:
            return self.label(codes, value)
        return str(value) if pd.notna(value) else ""

    @cached_property
    def _whole(self) -> dict[tuple[str, bool], pd.DataFrame]:
        return {}

    def table(self, name: str, *, now: bool = True) -> pd.DataFrame:
        """A table with every column of its schema; what the edition withholds is missing."""
        key = (name, now)
        if key not in self._whole:
            cycle = self.now if now else self.before
            self._whole[key] = whole_frame(
                cycle.restricted.frames.get(name) if cycle else None, name
            )
        return self._whole[key].copy(deep=False)

    def both(self, name: str) -> tuple[pd.DataFrame, pd.DataFrame]:
        """A table then and now."""
        return self.table(name, now=False), self.table(name)

    @cached_property
    def unit_names(self) -> dict[str, str]:
        """Unit code -> its name as it is now."""
        units = self.table("units").drop_duplicates("unit_id")
        return {str(u): str(n) for u, n in zip(units["unit_id"], units["name"], strict=True)}

    def unit(self, code: Any) -> str:
        """Name of a unit; its code where it has none."""
        return self.unit_names.get(str(code), str(code)) if pd.notna(code) else NOT_SAID


def lone_contacts(activities: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """Contacts that hang on one colleague and last on `day`: those that chapter 01 counts."""
    alone = (activities["contact_people"] == 1).fillna(False).astype(bool)
    return activities[is_current(activities, day) & alone & activities["counterpart"].notna()]
