"""What every table of chapter 01 starts from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from strategy_lib.chapters.context import NOT_SAID, EditionContext
from strategy_lib.core.settings import MappingSettings

TABLES = (
    "units",
    "returns",
    "activities",
    "counterparts",
    "name_decisions",
    "capacities",
    "local_initiatives",
    "country_strategies",
    "added_value_tests",
)


@dataclass(frozen=True, eq=False)
class Context(EditionContext):
    """What every table of the chapter starts from.

    Attributes
    ----------
    exposure : DataFrame
        Index `country_code`; columns `name`, `latitude`, `longitude`, `exposure_rank` (1 is the
        most exposed; missing where unknown), `is_highly_exposed`, `finance_bnusd`,
        `un_votes_alike_pct`.
    canonical : mapping of str to str
        Key of a counterpart's name -> the name under which it is shown.
    """

    exposure: pd.DataFrame
    canonical: Mapping[str, str]
    settings: MappingSettings

    def country(self, code: Any) -> str:
        """Name of a country."""
        return str(self.exposure["name"].get(code, code)) if pd.notna(code) else NOT_SAID
