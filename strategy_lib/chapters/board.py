"""What an engagement chapter leaves for the brief and for next year: what stands where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import pandas as pd

from strategy_lib.editions.restrict import Restricted

_COLUMNS = ["id", "kind", "state", "unit_id"]


def board(as_of: date, *parts: tuple[str, pd.Series, pd.Series, pd.Series | None]) -> pd.DataFrame:
    """A row for each thing that stands somewhere.

    Parameters
    ----------
    parts : tuples
        Of things of one kind: the kind, their names or codes, their states, and their offices, None
        where they are no office's.
    """
    rows = [
        (name, kind, state, unit)
        for kind, names, states, units in parts
        for name, state, unit in zip(
            names, states, [None] * len(names) if units is None else units, strict=True
        )
    ]
    made = pd.DataFrame(rows, columns=_COLUMNS).sort_values(["kind", "id", "unit_id"])
    return made.reset_index(drop=True).assign(as_of=pd.Timestamp(as_of))


def addressed(inputs: Restricted, numbers_of: Mapping[str, Iterable[str]]) -> pd.DataFrame:
    """Recommendations that rows speak to, and how many rows.

    Parameters
    ----------
    numbers_of : mapping
        Table -> numbers of the recommendations to which its rows speak.
    """
    counts: dict[str, int] = {}
    for table, numbers in numbers_of.items():
        for number in numbers if len(inputs[table]) else ():
            counts[number] = counts.get(number, 0) + len(inputs[table])
    return pd.DataFrame(list(counts.items()), columns=["recommendation_id", "n"])
