"""Tables whose columns each say what stands in them, so that name and value stand side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

import pandas as pd

Row = TypeVar("Row")


def table_of(rows: Iterable[Row], columns: Mapping[str, Callable[[Row], object]]) -> pd.DataFrame:
    """A row for each of `rows`; without any, the columns alone.

    Parameters
    ----------
    columns : mapping
        Name of a column -> what stands in it, of one of `rows`.

    Examples
    --------
    >>> table_of(["Chad", "Fiji"], {"name": str, "letters": len}).to_numpy().tolist()
    [['Chad', 4], ['Fiji', 4]]
    >>> table_of([], {"name": str}).columns.tolist()
    ['name']
    """
    made = [[value(row) for value in columns.values()] for row in rows]
    return pd.DataFrame(made, columns=list(columns))
