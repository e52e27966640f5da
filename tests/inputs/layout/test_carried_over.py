"""Carried rows: told by their file, and given up to the row that somebody confirmed."""

from __future__ import annotations

import pytest

from strategy_lib.inputs.layout.carried_over import (
    carried_name,
    is_carried,
    unconfirmed,
    without_confirmed,
)
from strategy_lib.schema.frames import typed_frame
from strategy_lib.schema.schema import table_schema

CARRIED = f"presence/{carried_name(2026, 'presence')}"


def options(*rows):
    records = [{"option_id": code, "name": name, "source_file": file} for code, name, file in rows]
    return {"presence_options": typed_frame(table_schema("presence_options"), records)}


def test_a_confirmed_row_takes_the_place_of_the_carried_one():
    frames = options(
        ("P1", "as it was", CARRIED),
        ("P2", "as it was", CARRIED),
        ("P1", "anew", "presence/x.xlsx"),
    )
    kept = without_confirmed(frames)["presence_options"]
    assert sorted(zip(kept["option_id"], kept["name"], strict=True)) == [
        ("P1", "anew"),
        ("P2", "as it was"),
    ]
    assert unconfirmed({"presence_options": kept}) == {"presence_options": 1}


def test_two_files_that_differ_are_left_for_the_check():
    """What is not carried is never dropped here, however often it stands."""
    frames = options(("P1", "one", "a.xlsx"), ("P1", "other", "b.xlsx"))
    assert len(without_confirmed(frames)["presence_options"]) == 2


def test_parts_of_a_key_that_are_empty_are_alike():
    rows = [
        {"assessor_id": "A1", "forecast_id": "f", "statement": s, "source_file": f}
        for s, f in (("old", CARRIED), ("new", "x.xlsx"))
    ]
    kept = without_confirmed({"forecasts": typed_frame(table_schema("forecasts"), rows)})
    assert kept["forecasts"]["statement"].tolist() == ["new"]


def test_an_edition_without_files_says_nothing_of_what_is_confirmed():
    frame = typed_frame(table_schema("units"), [{"unit_id": "hq"}], provenance=False)
    assert unconfirmed({"units": frame}) == {}
    assert without_confirmed({"units": frame})["units"] is frame


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("carried from 2026 - units.xlsx", True),
        ("decisions/CARRIED FROM 2026 - a.xlsx", True),
        ("decisions/carried from 2026 - a/other.xlsx", False),
        ("decisions/not carried from 2026 - a.xlsx", False),
        ("carried from last year - units.xlsx", False),
        (None, False),
    ],
)
def test_only_the_files_own_name_tells(file, expected):
    assert is_carried(file) is expected
