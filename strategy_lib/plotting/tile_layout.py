"""Where the tiles of a map stand: each place in a cell of its own, about where it lies."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment

COLUMNS = 14
"""Tiles side by side on a wide page, so that a name of twelve letters fits into each."""

_FEWEST_ROWS, _SPARE = 9, 1.3
# Degrees of longitude and latitude, and how far along a row or down a column they stand: seas are
# drawn narrower than they are, and Europe larger, as its countries are small.
_EASTWARD = ((-180, -125, -30, -18, 15, 60, 100, 180), (0, 0, 0.17, 0.2, 0.45, 0.66, 0.84, 1))
_SOUTHWARD = ((-90, -45, -30, 0, 20, 40, 48, 65, 90), (1, 1, 0.92, 0.66, 0.44, 0.26, 0.15, 0, 0))
# An exact tie would be broken by the last digit of a number, which differs between machines.
_EXACTLY = 10_000


def tile_cells(
    latitudes: npt.ArrayLike, longitudes: npt.ArrayLike, columns: int = COLUMNS
) -> list[tuple[int, int]]:
    """Column and row of each place, from 0, the west and the north first; no two in one cell.

    Of all ways to give each a cell, the one in which they lie least far, squared and together, from
    where their coordinates put them.

    Parameters
    ----------
    latitudes, longitudes : array_like
        Degrees; in an order of their own, as it decides between equals.

    Examples
    --------
    >>> cells = tile_cells([51, -29, 36, -10], [10, 25, 104, -53])  # Germany to Brazil
    >>> north = [row for _, row in cells]
    >>> north[0] < north[2] < north[3] < north[1]
    True
    """
    x = np.interp(np.asarray(longitudes, dtype=float), *_EASTWARD)
    y = np.interp(np.asarray(latitudes, dtype=float), *_SOUTHWARD)
    rows = max(_FEWEST_ROWS, int(np.ceil(len(x) * _SPARE / columns)))
    across, down = np.meshgrid(np.arange(columns), np.arange(rows))
    away = (x[:, None] * (columns - 1) - across.ravel()) ** 2
    away += (y[:, None] * (rows - 1) - down.ravel()) ** 2
    chosen = linear_sum_assignment(np.round(away * _EXACTLY))[1]
    found = [(int(cell % columns), int(cell // columns)) for cell in chosen]
    west, used = min((c for c, _ in found), default=0), sorted({row for _, row in found})
    return [(column - west, used.index(row)) for column, row in found]
