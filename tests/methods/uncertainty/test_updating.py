"""Bayes with ranges: against cases worked by hand and by trying every corner of the ranges."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategy_lib.core.errors import InputError
from strategy_lib.methods.uncertainty import update_shares

REPEATABLE = settings(max_examples=60, derandomize=True, deadline=None)


class TestWorkedByHand:
    def test_mammography_problem_of_eddy_1982(self):
        # Prevalence 1 %, found in 79.2 % of the ill and 9.6 % of the well: 7.7 % of those found.
        # Eddy, D. (1982), in Kahneman, Slovic & Tversky (eds), Judgment under Uncertainty, 249-267.
        ratios = [[0.792, 0.096]]
        found = update_shares([0.01, 0.99], ratios, ratios, [True])
        for part in (found.low, found.middle, found.high):
            assert part[0] == pytest.approx(0.077, abs=0.0005)

    def test_two_signposts_with_ranges(self):
        # Weights 1/2, 1/4, 1/4; products of ratios 2..6, 1..1, 1/2..1.
        found = update_shares(
            [0.5, 0.25, 0.25],
            [[2, 1, 1], [1, 1, 0.5]],
            [[3, 1, 1], [2, 1, 1]],
            [True, True],
        )
        assert found.low.tolist() == pytest.approx(
            [1 / (1 + 0.25 + 0.25), 0.25 / (3 + 0.25 + 0.25), 0.125 / (3 + 0.25 + 0.125)]
        )
        assert found.high.tolist() == pytest.approx(
            [3 / (3 + 0.25 + 0.125), 0.25 / (1 + 0.25 + 0.125), 0.25 / (1 + 0.25 + 0.25)]
        )
        middle = np.array([0.5 * 12**0.5, 0.25, 0.25 * 0.5**0.5])
        assert found.middle == pytest.approx(middle / middle.sum())

    def test_what_was_not_seen_and_what_nobody_judged_move_nothing(self):
        nan = float("nan")
        ranges = [[5.0, 1.0], [nan, nan]]
        found = update_shares([3, 1], ranges, ranges, [False, True])
        for part in (found.before, found.low, found.middle, found.high):
            assert part.tolist() == [0.75, 0.25]

    def test_no_signpost_at_all(self):
        assert update_shares([1, 3], [], [], []).middle.tolist() == [0.25, 0.75]


RATIO = st.floats(0.05, 20)
CASES = st.integers(2, 3).flatmap(
    lambda futures: st.tuples(
        st.lists(st.floats(0.01, 1), min_size=futures, max_size=futures),
        st.lists(
            st.lists(st.tuples(RATIO, RATIO), min_size=futures, max_size=futures),
            min_size=1,
            max_size=3,
        ),
    )
)


class TestProperties:
    @REPEATABLE
    @given(case=CASES)
    def test_bounds_are_those_of_the_corners(self, case):
        shares, pairs = case
        ends = np.sort(np.array(pairs), axis=2)
        found = update_shares(shares, ends[..., 0], ends[..., 1], np.ones(len(ends), bool))
        products = ends.prod(axis=0)
        corners = []
        for corner in itertools.product((0, 1), repeat=len(shares)):
            weight = np.array(shares) * products[np.arange(len(shares)), corner]
            corners.append(weight / weight.sum())
        assert found.low == pytest.approx(np.min(corners, axis=0))
        assert found.high == pytest.approx(np.max(corners, axis=0))
        assert (found.low <= found.middle + 1e-12).all()
        assert (found.middle <= found.high + 1e-12).all()
        assert found.middle.sum() == pytest.approx(1)

    @REPEATABLE
    @given(case=CASES, seed=st.integers(0, 99))
    def test_order_of_observations_does_not_matter(self, case, seed):
        shares, pairs = case
        ends = np.sort(np.array(pairs), axis=2)
        order = np.random.default_rng(seed).permutation(len(ends))
        seen = np.arange(len(ends)) != 1
        one = update_shares(shares, ends[..., 0], ends[..., 1], seen)
        other = update_shares(shares, ends[order, :, 0], ends[order, :, 1], seen[order])
        assert one.low.tolist() == other.low.tolist()
        assert one.middle.tolist() == other.middle.tolist()

    def test_hundreds_of_observations_stay_numbers(self):
        low, high = np.full((900, 2), [0.1, 1.0]), np.full((900, 2), [0.2, 1.0])
        found = update_shares([1, 1], low, high, np.ones(900, bool))
        assert found.middle.tolist() == [0.0, 1.0]
        assert not np.isnan([found.low, found.high]).any()


class TestBadInput:
    @pytest.mark.parametrize(
        ("shares", "low", "high", "why"),
        [
            ([0, 0], [[1, 1]], [[1, 1]], "one above 0"),
            ([-1, 2], [[1, 1]], [[1, 1]], "allowed 0 or more"),
            ([1, 1], [[0, 1]], [[1, 1]], "signpost 0, future 0: 0 to 1"),
            ([1, 1], [[1, 3]], [[1, 2]], "signpost 0, future 1: 3 to 2"),
            ([1, 1], [[1, float("nan")]], [[1, 2]], "both or neither"),
            ([1, 1, 1], [[1, 1]], [[1, 1]], "needed signposts x futures"),
        ],
    )
    def test_it_is_told(self, shares, low, high, why):
        with pytest.raises(InputError, match=why):
            update_shares(shares, low, high, [True])
