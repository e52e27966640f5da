"""What tables of a chapter start from: restricted inputs, and what their edition may show."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from strategy_lib.core.audiences import Edition
from strategy_lib.editions.restrict import DEFAULT_LABEL, Restricted
from strategy_lib.schema.frames import typed_frame
from strategy_lib.schema.schema import code_list, table_schema

NOT_SAID = "not said"


class OfEdition(ABC):
    """What an edition may show, of whatever is made for it."""

    @property
    @abstractmethod
    def edition(self) -> Edition:
        """The edition that is made."""

    @property
    def smallest(self) -> int:
        """Smallest group of records that may be counted."""
        return self.edition.smallest_group

    @property
    def lists_records(self) -> bool:
        """Whether single records may be listed at all."""
        return self.smallest <= 1

    @property
    def shows_people(self) -> bool:
        """Whether what single assessors said may be shown."""
        return self.edition.shows_people

    @property
    def fewest(self) -> int:
        """How many people at least stand behind a number about what they said."""
        return self.edition.fewest_people

    @property
    def sees_offices(self) -> bool:
        """Whether the edition may see what offices did not label."""
        return self.edition.may_see(DEFAULT_LABEL)

    def listed(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Single records, where the edition lists any; else their columns alone."""
        made = frame.reset_index(drop=True)
        return made if self.lists_records else made.iloc[:0]


@dataclass(frozen=True, eq=False)
class EditionContext(OfEdition):
    """The tables of a chapter in one edition, and what it may show.

    Attributes
    ----------
    frames : mapping of str to DataFrame
        The tables of the chapter, from `whole_frames`.
    """

    inputs: Restricted
    frames: Mapping[str, pd.DataFrame]
    as_of: date
    language: str

    @property
    def edition(self) -> Edition:
        """The edition that is made."""
        return self.inputs.edition

    def can_show(self, table: str, column: str) -> bool:
        """Whether the edition may see a column."""
        return column in self.inputs.frames[table]

    def label(self, codes: str, value: Any) -> str:
        """Label of a code in the organisation's language."""
        return code_list(codes).label(str(value), self.language) if pd.notna(value) else NOT_SAID


def whole_frames(inputs: Restricted, tables: Iterable[str]) -> dict[str, pd.DataFrame]:
    """Tables with every column of their schemas; what the edition withholds is missing."""
    return {name: whole_frame(inputs.frames[name], name) for name in tables}


def whole_frame(seen: pd.DataFrame | None, table: str) -> pd.DataFrame:
    """The same of one table; without a row where the edition has nothing of it."""
    schema = table_schema(table)
    if seen is None:
        return typed_frame(schema, [], provenance=False)
    if set(schema.names) <= set(seen):
        return seen[list(schema.names)].copy()
    made = typed_frame(schema, [{}] * len(seen), provenance=False)
    return made.assign(**{str(c): seen[c].array for c in seen if c in made})
