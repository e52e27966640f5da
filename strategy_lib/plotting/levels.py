"""Readiness by recommendation and unit: a figure that chapters 00 and 08 both show."""

from __future__ import annotations

import pandas as pd

from strategy_lib.plotting.charts import Drawn
from strategy_lib.plotting.columns import NothingToDraw, need_columns
from strategy_lib.plotting.grids import grid
from strategy_lib.plotting.theme import MISSING

HIGHEST_LEVEL = 4
# Column that stands last.
_LAST = "All units"
# From this many levels apart, a cell gets a frame.
APART = 2


def readiness(cells: pd.DataFrame, title: str) -> Drawn:
    """Levels by recommendation (row) and unit (column): the middle, and the range in print.

    Parameters
    ----------
    cells : DataFrame
        `recommendation`, `unit`, `lowest`, `median`, `highest` (levels 0 to 4) and `level` (as
        printed), in the order of the rows; a unit without an answer has no row. Cells whose
        range is two levels or more get a frame.
    """
    needed = ("recommendation", "unit", "lowest", "median", "highest", "level")
    need_columns(cells, "readiness", *needed)
    if cells.empty:
        return NothingToDraw(title)
    wide = crossed(cells, "recommendation", "unit", ["median", "level", "lowest", "highest"])
    columns = sorted(wide["level"].columns, key=lambda name: (name == _LAST, str(name)))
    wide = {name: table[columns] for name, table in wide.items()}
    apart = wide["highest"].astype(float) - wide["lowest"].astype(float) >= APART
    return grid(
        wide["median"].astype(float),
        wide["level"].fillna(MISSING),
        title,
        high=HIGHEST_LEVEL,
        framed=apart,
        width=16,
    )


def crossed(
    cells: pd.DataFrame, row: str, column: str, names: list[str]
) -> dict[str, pd.DataFrame]:
    """One table of rows x columns for each name, in the order in which they come."""
    rows, columns = (list(dict.fromkeys(cells[name])) for name in (row, column))
    single = cells.drop_duplicates([row, column])
    return {
        name: single.pivot(index=row, columns=column, values=name).reindex(  # noqa: PD010
            index=rows, columns=columns
        )
        for name in names
    }
