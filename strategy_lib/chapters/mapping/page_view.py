"""What all parts of chapter 01's page start from: its saved tables, and what they count."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from strategy_lib.chapters.result import ChapterInputs, ChapterResult
from strategy_lib.core.messages import Say
from strategy_lib.editions.restrict import DEFAULT_LABEL
from strategy_lib.plotting.pictures import Row
from strategy_lib.schema.schema import code_list

# Of a longer list the first ones are shown, and how many there are more.
MOST_ROWS, SHOWN_ROWS = 9, 8


@dataclass(frozen=True, eq=False)
class View:
    """A result, what it was made from, and what says it."""

    result: ChapterResult
    given: ChapterInputs
    say: Say

    @property
    def countries(self) -> pd.DataFrame:
        """All countries of the page, the most exposed first."""
        frame: pd.DataFrame = self.result["countries"]
        return frame

    @cached_property
    def gaps(self) -> pd.DataFrame:
        """Highly exposed countries in which no activity is reported; too few to show are some."""
        frame = self.countries
        return frame[frame["is_highly_exposed"] & (frame["n_activities"] == 0).fillna(False)]

    @property
    def exposed(self) -> int:
        """How many countries are highly exposed."""
        return int(self.countries["is_highly_exposed"].sum())

    @property
    def has_activities(self) -> bool:
        """Whether any activity is reported."""
        return bool((self.countries["n_activities"].fillna(1) > 0).any())

    @property
    def sees_offices(self) -> bool:
        """Whether the edition may say which offices there are."""
        return self.given.now.restricted.edition.may_see(DEFAULT_LABEL)

    @property
    def withholds_nothing(self) -> bool:
        """Whether it is known that nothing is withheld from the edition."""
        seen = self.given.now.restricted
        return seen.edition.sees_everything or seen.withheld_count == 0

    @property
    def is_incomplete(self) -> bool:
        """Whether something of what offices sent is set aside."""
        return any(self.given.now.restricted.incomplete.values())

    @property
    def offices(self) -> int:
        """How many offices were asked; 0 also where the edition may not count them."""
        return self._offices("n_silent", "n_answered", "n_nothing")

    @property
    def silent(self) -> int:
        """How many have not answered."""
        return self._offices("n_silent")

    @property
    def nothing(self) -> int:
        """How many have nothing to report."""
        return self._offices("n_nothing")

    @property
    def answered(self) -> int:
        """How many have answered, those with nothing to report among them."""
        return self.offices - self.silent

    def _offices(self, *names: str) -> int:
        counts = self.result["answers_by_region"].drop(columns="region")
        return 0 if counts.isna().any(axis=None) else int(counts[list(names)].to_numpy().sum())

    def total(self, name: str) -> int:
        """A number of the table of totals; 0 where the edition may not say it."""
        value = self.result["totals"][name].iloc[0]
        return 0 if pd.isna(value) else int(value)

    def region(self, code: str) -> str:
        """Name of a region."""
        if not code:
            return self.say("mapping-region-unknown")
        return code_list("region").label(code, self.given.now.language)

    def first_rows(self, rows: list[Row]) -> tuple[tuple[Row, ...], str]:
        """The rows that a picture shows, and the words for those that it leaves out."""
        if len(rows) <= MOST_ROWS:
            return tuple(rows), ""
        return tuple(rows[:SHOWN_ROWS]), self.say("mapping-more", more=len(rows) - SHOWN_ROWS)


def most(counts: pd.Series[int]) -> tuple[list[str], int]:
    """All labels that share the highest count, and that count.

    Examples
    --------
    >>> most(pd.Series({"Africa": 4, "Europe": 1, "Pacific": 4}))
    (['Africa', 'Pacific'], 4)
    """
    highest = int(counts.max())
    return [str(label) for label in counts[counts == highest].index], highest
