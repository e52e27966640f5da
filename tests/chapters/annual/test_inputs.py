"""Rows of two cycles are compared by what they say, whatever their order."""

from __future__ import annotations

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from strategy_lib.chapters.annual.inputs import row_changes

ROWS = st.lists(
    st.tuples(
        st.sampled_from("abc"), st.one_of(st.none(), st.integers(0, 2)), st.sampled_from([None, 2])
    ),
    max_size=6,
)


def frame(rows):
    made = pd.DataFrame(rows, columns=["id", "level", "round"])
    return made.astype({"id": "str", "level": "Int64", "round": "Int64"})


def changes(then, now):
    return row_changes(frame(then), frame(now), ["id"], ["id", "level", "round"])


@settings(deadline=None, derandomize=True)
@given(ROWS, ROWS, st.randoms(use_true_random=False))
def test_every_row_is_counted_once_and_their_order_does_not_matter(then, now, random):
    added, gone, changed, same = changes(then, now)
    assert gone + changed + same == len(then)
    assert added + changed + same == len(now)
    shuffled = random.sample(then, len(then)), random.sample(now, len(now))
    assert changes(*shuffled) == (added, gone, changed, same)
    assert changes(now, then) == (gone, added, changed, same)
    assert changes(then, then) == (0, 0, 0, len(then))


def test_rows_known_by_the_same_are_paired_by_what_they_say():
    assert changes([("a", 1, 2), ("a", 2, 2)], [("a", 2, 2), ("a", 3, 2)]) == (0, 0, 1, 1)


def test_a_round_that_nobody_named_is_the_first():
    assert changes([("a", 1, None)], [("a", 1, 1)]) == (0, 0, 0, 1)


def test_nothing_said_is_not_zero():
    assert changes([("a", None, 2)], [("a", 0, 2)]) == (0, 0, 1, 0)


def test_lists_are_compared_whole():
    then, now = (
        pd.DataFrame({"id": ["a"], "themes": pd.Series([themes], dtype="object")})
        for themes in (("x", "y"), ("x",))
    )
    assert row_changes(then, now, ["id"], ["id", "themes"]) == (0, 0, 1, 0)
