"""What the sections of chapter 00's page have in common."""

from __future__ import annotations

import pandas as pd

from strategy_lib.core.messages import Say
from strategy_lib.plotting.pictures import Bar, Cell

HIGHEST = 4
MOST = 8


def topic(recommendation: object) -> str:
    """A recommendation without its number.

    Examples
    --------
    >>> topic("9 Institutional memory")
    'Institutional memory'
    """
    return str(recommendation).partition(" ")[2] or str(recommendation)


def whole(table: pd.DataFrame) -> pd.DataFrame:
    """Rows of whole recommendations, without those of their parts such as 4.1."""
    return table[~table["recommendation_id"].astype("str").str.contains(".", regex=False)]


def more(subtitle: str, left: int, say: Say) -> str:
    """A subtitle that says how many rows are in the table alone."""
    return say("prepare-more", sub=subtitle, more=left) if left > 0 else subtitle


def count(number: int, tone: str, say: Say) -> Cell:
    """A count as a bar; none has no bar."""
    text = say.number(number, 0)
    return Bar(text, number, tone=tone) if number else text
