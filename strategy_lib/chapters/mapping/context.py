"""What every table of chapter 01 starts from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from strategy_lib.core.settings import MappingSettings
from strategy_lib.editions.restrict import DEFAULT_LABEL, Restricted
from strategy_lib.schema.frames import typed_frame
from strategy_lib.schema.schema import code_list, schemas

NOT_SAID = "not said"

TABLES = ("units", "returns", "activities", "counterparts", "name_decisions", "capacities",
          "local_initiatives", "country_strategies", "added_value_tests")  # fmt: skip


@dataclass(frozen=True)
class Context:
    """What every table of the chapter starts from.

    Attributes
    ----------
    frames : mapping of str to DataFrame
        Every input table with all its columns; one that the edition withholds is empty throughout.
    exposure : DataFrame
        Index `country_code`; columns `name`, `latitude`, `longitude`, `exposure_rank` (1 is the
        most exposed; missing where unknown), `is_highly_exposed`, `finance_bnusd`,
        `un_votes_alike_pct`.
    canonical : mapping of str to str
        Key of a counterpart's name -> the name under which it is shown.
    """

    inputs: Restricted
    frames: Mapping[str, pd.DataFrame]
    exposure: pd.DataFrame
    canonical: Mapping[str, str]
    settings: MappingSettings
    as_of: date
    language: str

    @property
    def smallest(self) -> int:
        """Smallest group of records that may be counted."""
        return self.inputs.edition.smallest_group

    @property
    def lists_records(self) -> bool:
        """Whether single records may be listed at all."""
        return self.smallest <= 1

    @property
    def sees_offices(self) -> bool:
        """Whether the edition may see what offices did not label."""
        return self.inputs.edition.may_see(DEFAULT_LABEL)

    def can_show(self, table: str, column: str) -> bool:
        """Whether the edition may see a column."""
        return column in self.inputs.frames[table]

    def label(self, codes: str, value: Any) -> str:
        """Label of a code in the organisation's language."""
        return code_list(codes).label(str(value), self.language) if pd.notna(value) else NOT_SAID

    def country(self, code: Any) -> str:
        """Name of a country."""
        return str(self.exposure["name"].get(code, code)) if pd.notna(code) else NOT_SAID


def whole_frames(inputs: Restricted) -> dict[str, pd.DataFrame]:
    """The chapter's tables with every column of their schemas; what is withheld is missing."""
    frames = {}
    for name in TABLES:
        schema = schemas()[name]
        seen = inputs.frames[name]
        whole = typed_frame(schema, [{}] * len(seen))
        frames[name] = whole.assign(**{str(c): seen[c].array for c in seen if c in whole})
    return frames
