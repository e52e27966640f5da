"""Tiles: each place in a cell of its own, about where it lies, whatever the set of places."""

from __future__ import annotations

import pytest

from strategy_lib.plotting.tile_layout import COLUMNS, tile_cells
from strategy_lib.schema.reference import places

PLACES = places().set_index("country_code")


def cells(codes):
    chosen = PLACES.loc[list(codes)]
    return dict(zip(codes, tile_cells(chosen["latitude"], chosen["longitude"]), strict=True))


@pytest.mark.parametrize("count", [0, 1, 2, 14, 57, 96, 200, 250])
def test_no_two_places_stand_in_one_cell_and_none_outside(count):
    found = cells(PLACES.index[:count])
    assert len(set(found.values())) == count
    assert all(0 <= column < COLUMNS and row >= 0 for column, row in found.values())


def test_neighbours_stand_as_they_lie():
    found = cells(["BR", "PE", "VE", "NG", "ZA", "KE", "RU", "KZ", "IN", "CN", "VN", "ID", "AU"])
    column = {code: cell[0] for code, cell in found.items()}
    row = {code: cell[1] for code, cell in found.items()}
    assert column["PE"] <= column["BR"] < column["NG"] < column["KE"] < column["IN"] < column["VN"]
    assert row["RU"] < row["KZ"] < row["IN"] < row["ID"] < row["AU"]
    assert row["VE"] < row["PE"]
    assert row["NG"] < row["ZA"]


def test_the_same_places_always_get_the_same_cells():
    codes = list(PLACES.index[:90])
    assert cells(codes) == cells(codes)
