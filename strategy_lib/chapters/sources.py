"""Where what people entered comes from, as a table of a chapter."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from strategy_lib.chapters.wording import listed
from strategy_lib.editions.restrict import Restricted
from strategy_lib.schema.schema import schemas

_NAMED = 3


def entered_sources(restricted: Restricted, named: Mapping[str, str]) -> pd.DataFrame:
    """Every source that rows of these tables name, with how many rest on it.

    Parameters
    ----------
    named : mapping of str to str
        Table -> the field that says what a row is about.

    Returns
    -------
    DataFrame
        `list` (what the table is called), `source`, `as_of` where the tables ask for it, `rows`, and
        `about` (the first of them, in words).
    """
    parts = []
    for table, field in named.items():
        rows = restricted[table].dropna(subset="source").rename(columns={field: "about"})
        by = ["source", "as_of"] if "as_of" in rows else ["source"]
        of = rows.groupby(by, sort=False, dropna=False)["about"]
        told = of.agg(rows="size", about=lambda names: listed([str(n) for n in names], _NAMED))
        parts.append(told.reset_index().assign(list=schemas()[table].title()))
    made = pd.concat(parts, ignore_index=True)
    return made[["list", *made.columns.drop(["list", "about"]), "about"]]
