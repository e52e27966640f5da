"""Splits of a study's cost: nothing is lost, nobody pays above what it can."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from strategy_lib.chapters.watching.studies import split

CENT = Decimal("0.01")
amounts = st.integers(1, 10_000_000).map(lambda cents: cents * CENT)
parts = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 50).map(Decimal), min_size=1)


def as_text(paid):
    return {name: str(amount) for name, amount in paid.items()}


def test_a_hundred_by_three_equal_parts():
    paid, short = split(Decimal(100), dict.fromkeys("abc", Decimal(1)), {})
    assert as_text(paid) == {"a": "33.34", "b": "33.33", "c": "33.33"}
    assert short == 0


def test_over_a_cap_the_rest_is_split_again():
    """30,000 by 3:2:1 is 15,000, 10,000, 5,000; b can pay 6,000, so a and c share 24,000 by 3:1."""
    points = {"a": Decimal(3), "b": Decimal(2), "c": Decimal(1)}
    paid, short = split(Decimal(30_000), points, {"b": Decimal(6_000)})
    assert as_text(paid) == {"a": "18000.00", "b": "6000.00", "c": "6000.00"}
    assert short == 0


def test_caps_below_the_total_leave_a_shortfall():
    points = {"a": Decimal(1), "b": Decimal(1)}
    paid, short = split(Decimal(100), points, {"a": Decimal(30), "b": Decimal(20)})
    assert as_text(paid) == {"a": "30.00", "b": "20.00"} and short == 50


@given(amounts, parts, st.dictionaries(st.sampled_from("abcdefgh"), amounts))
def test_what_is_paid_and_what_is_short_add_up_to_the_cent(total, points, caps):
    paid, short = split(total, points, caps)
    assert sum(paid.values()) + short == total
    assert short >= 0 and all(amount >= 0 for amount in paid.values())
    assert all(paid[name] <= caps[name] for name in paid.keys() & caps.keys())
