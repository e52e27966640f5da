"""What all parts of chapter 02's page are made from: its tables, short names, one order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from string import ascii_uppercase
from typing import Any

import pandas as pd

from strategy_lib.chapters.codes import Compared
from strategy_lib.chapters.result import ChapterInputs, ChapterResult
from strategy_lib.chapters.short_names import short_names
from strategy_lib.core.messages import MoneyRange, Names, Number, Say
from strategy_lib.plotting.pictures import Range, Row, Tone, Unknown
from strategy_lib.plotting.theme import clean

MOST_ROWS, ROWS_OF_MANY = 9, 8
_ERRORS = 2
"""Shares that are no further apart than so many sampling errors are a tie."""


@dataclass(frozen=True, eq=False)
class Parts:
    """What the parts of the page take their numbers from.

    Attributes
    ----------
    result : ChapterResult
        Tables that are withheld and counted already.
    given : ChapterInputs
        For settings of the edition, and short names.
    """

    result: ChapterResult
    given: ChapterInputs
    say: Say

    def table(self, name: str) -> list[dict[str, Any]]:
        """Rows of a table."""
        return [{str(k): v for k, v in row.items()} for row in self.result[name].to_dict("records")]

    @cached_property
    def _options(self) -> dict[str, str]:
        return short_names(self.given.now.restricted, "presence_options")

    @cached_property
    def _criteria(self) -> dict[str, str]:
        return short_names(self.given.now.restricted, "criteria")

    def option(self, name: object) -> str:
        """Short name of an option."""
        return self._options.get(clean(name), clean(name))

    def criterion(self, name: object) -> str:
        """Short name of a criterion."""
        return self._criteria.get(clean(name), clean(name))

    def names(self, names: Sequence[str], most: int = 3) -> Names:
        """Names in a sentence."""
        return Names(list(names), most)

    @cached_property
    def fewest(self) -> int:
        """How many people at least stand behind a number."""
        return self.given.now.restricted.edition.fewest_people

    @cached_property
    def people(self) -> int:
        """How many people answered."""
        answers = self.result["answers"]
        return int(answers["assessors"].sum()) if len(answers) else 0

    @cached_property
    def order(self) -> list[str]:
        """Full names of all options, in the order of the page: compared ones first."""
        compared = [str(row["option"]) for row in self.table("ranks")]
        rest = [
            str(row["option"])
            for state in Compared
            for row in self.table("options")
            if row["state"] == state and row["option"] not in compared
        ]
        return compared + rest

    @cached_property
    def letters(self) -> dict[str, str]:
        """What stands for an option on a phone; never what is also somebody's code."""
        codes = self.given.now.restricted.codes_of_people
        free = [letter for letter in ascii_uppercase if letter not in codes]
        if len(self.order) > len(free):
            free = [str(place) for place in range(1, len(self.order) + 1)]
        return dict(zip(self.order, free, strict=False))

    @cached_property
    def leader(self) -> str:
        """Full name of the option that comes first most often; empty where nothing is compared."""
        ranks = self.table("ranks")
        return str(ranks[0]["option"]) if ranks else ""

    @cached_property
    def tied(self) -> list[str]:
        """Full names of those that come first as often as the leader, or too nearly to tell."""
        ranks = self.table("ranks")
        if not ranks:
            return []
        top, error = ranks[0]["rank_1_pct"], ranks[0]["sampling_error_pct"]
        return [str(r["option"]) for r in ranks if r["rank_1_pct"] >= top - _ERRORS * error]

    def row_of(self, table: str, name: str, column: str = "option") -> dict[str, Any]:
        """The row of an option, or of something else; empty where it has none."""
        return next((row for row in self.table(table) if row[column] == name), {})

    @property
    def currency(self) -> str:
        """In which amounts are told."""
        return str(self.result["currency"])

    def money_range(self, row: dict[str, Any]) -> MoneyRange:
        """What an option costs in 8 cases of 10."""
        return MoneyRange(float(row["p10"]), float(row["p90"]), self.currency)

    def points(self, points: float) -> Number:
        """Points to be said."""
        return Number(float(points), 1)

    def nobody(self) -> Unknown:
        """That nobody scored, as far as it may be told."""
        if self.fewest > 1:
            return Unknown(self.say("presence-too-few", fewest=self.fewest))
        return Unknown(self.say("presence-nobody"))

    def score_range(self, row: dict[str, Any], prefix: str = "") -> Range:
        """From the lowest to the highest score of people, with the one in the middle."""
        low, middle, high = (
            float(row[f"{prefix}{end}"]) for end in ("lowest", "median", "highest")
        )
        text = self.say("presence-from-to", low=self.points(low), high=self.points(high))
        return Range(
            text if low != high else self.say.number(low, 1), low, middle, high, Tone.OTHER
        )


def shortened(rows: Sequence[Row]) -> tuple[tuple[Row, ...], int]:
    """The first rows of a picture, and how many are left to its table."""
    if len(rows) <= MOST_ROWS:
        return tuple(rows), 0
    return tuple(rows[:ROWS_OF_MANY]), len(rows) - ROWS_OF_MANY


def is_known(value: object) -> bool:
    """Whether there is a value.

    Examples
    --------
    >>> is_known(""), is_known(float("nan")), is_known(0)
    (False, False, True)
    """
    return value is not None and value != "" and not bool(pd.isna(value))  # type: ignore[call-overload]
