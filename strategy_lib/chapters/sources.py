"""Where what people entered comes from, as a table of a chapter."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from strategy_lib.editions.restrict import Restricted
from strategy_lib.schema.schema import schemas


def entered_sources(restricted: Restricted, named: Mapping[str, str]) -> pd.DataFrame:
    """Every row of these tables that names a source.

    Parameters
    ----------
    named : mapping of str to str
        Table -> the field that says what a row is about.

    Returns
    -------
    DataFrame
        `list` (what the table is called), `about`, `source`, and `as_of` where the tables ask for it.
    """
    made = pd.concat(
        [
            restricted[table]
            .reindex(columns=[field, "source", *({"as_of"} & {*restricted[table]})])
            .rename(columns={field: "about"})
            .assign(list=schemas()[table].title())
            for table, field in named.items()
        ]
    )
    first = ["list", "about", "source"]
    return made.dropna(subset="source")[[*first, *made.columns.difference(first)]].reset_index(
        drop=True
    )
