"""A figure checks its columns first: a missing one is named, not drawn as nothing."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from strategy_lib.core.errors import InputError


@dataclass(frozen=True)
class NothingToDraw:
    """Stands for a figure whose table is empty; its title says why, and is shown instead."""

    title: str


def need_columns(frame: pd.DataFrame, figure: str, *names: str) -> pd.DataFrame:
    """`frame`, if it has all the named columns.

    Raises
    ------
    InputError
        If a column is missing; the message names the figure, what is missing and what is there.

    Examples
    --------
    >>> need_columns(pd.DataFrame({"a": [1]}), "coverage", "a").shape
    (1, 1)
    """
    missing = [name for name in names if name not in frame]
    if missing:
        there = ", ".join(map(str, frame.columns)) or "none"
        raise InputError(f"Figure {figure}: needs columns {', '.join(missing)}; found {there}.")
    return frame
