"""Figures per each other: the volunteers' and the vehicles' of the cases of 2024."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategy_lib.chapters.companies.claims import Figure, Ratio, ratio, ratios
from strategy_lib.editions.restrict import DEFAULT_EDITIONS, restrict
from strategy_lib.schema.frames import Tables, typed_frame
from strategy_lib.schema.reference import starting_list
from strategy_lib.schema.schema import table_schema


def of_starting_list():
    rows = [
        row
        | {
            "as_of": pd.Timestamp(row["as_of"]),
            "handling": "internal",
            "is_open_ended": row.get("is_open_ended") == "yes",
        }
        for row in starting_list(table_schema("claims"))
    ]
    frames = {"claims": typed_frame(table_schema("claims"), rows)}
    made = ratios(restrict(Tables(frames), DEFAULT_EDITIONS["core"]))
    return {
        (r["per_unit"], r["of_each"]): (r["bound"], r["value"]) for r in made.to_dict("records")
    }


def test_the_volunteers_of_2022_and_no_weight_of_a_supply():
    """58 a team, over 34.4 hours each, under USD 13.4 an hour, under 2.3 a beneficiary."""
    assert of_starting_list() == {
        ("volunteers", "teams"): ("", 58.0),
        ("hours", "volunteers"): ("over", 34.4),
        ("USD of service", "hours"): ("under", 13.4),
        ("USD of donations", "beneficiaries"): ("under", 2.3),
    }


@given(st.floats(1, 1e9), st.floats(1, 1e6))
def test_a_bound_is_rounded_outward(part, whole):
    exact = part / whole
    over, under = ratio(Figure(part, True), Figure(whole)), ratio(Figure(part), Figure(whole, True))
    assert over is not None and under is not None
    assert over.value <= exact * (1 + 1e-12) and under.value >= exact * (1 - 1e-12)


@pytest.mark.parametrize(
    ("part", "whole", "found"),
    [
        (Figure(1, True), Figure(2, True), None),
        (Figure(1), Figure(0), None),
        (Figure(3), Figure(2), Ratio(1.5)),
    ],
)
def test_what_nothing_follows_from(part, whole, found):
    assert ratio(part, whole) == found
