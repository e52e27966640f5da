"""Value of asking: against numbers worked by hand, and properties."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from strategy_lib.core.errors import InputError
from strategy_lib.methods.elicitation import value_of_asking

REPEATABLE = settings(max_examples=40, derandomize=True, deadline=None)


class TestWorkedByHand:
    def test_before_anybody_is_asked_weights_decide(self):
        value = value_of_asking(np.full((0, 3, 2), np.nan), [0.75, 0.25])
        fall = 2.5**2 - 1 / (3 / 1.5**2 + 1 / 2.5**2)
        assert value[:, 0] == pytest.approx(0.5 * 0.75**2 * fall)
        assert value[:, 0] / value[:, 1] == pytest.approx(9)

    def test_two_options_one_criterion(self):
        # Three answers each: 8 and 4, all alike, so the spread is the assumed one, 10 of 14 parts.
        said = np.array([[[8.0], [4.0]]] * 3)
        noise = 1.5**2 * 10 / (10 + 4)
        known = 3 / noise + 1 / 2.5**2
        means = (np.array([8.0, 4.0]) * 3 / noise + 5 / 2.5**2) / known
        chance = norm.cdf(-(means[0] - means[1]) / np.sqrt(2 / known))
        expected = chance * (1 / known - 1 / (known + 1 / noise))
        assert value_of_asking(said, [1.0]) == pytest.approx(np.full((2, 1), expected))

    def test_a_pair_is_filled_up_to_three(self):
        said = np.full((3, 2, 1), np.nan)
        said[0] = [[6.0], [5.0]]
        short = value_of_asking(said, [1.0])
        assert (short > value_of_asking(said, [1.0], fewest=1)).all()

    def test_an_option_that_is_out_of_reach_is_worth_little(self):
        said = np.tile(np.array([[8.0], [7.5], [1.0]]), (5, 1, 1))
        value = value_of_asking(said, [1.0])[:, 0]
        assert value[2] < value[1] / 100
        assert value[0] == pytest.approx(value[1])


class TestProperties:
    @REPEATABLE
    @given(seed=st.integers(0, 999))
    def test_order_of_people_and_options_does_not_matter(self, seed):
        rng = np.random.default_rng(seed)
        said = np.where(rng.random((5, 4, 3)) < 0.3, np.nan, rng.integers(0, 11, (5, 4, 3)))
        weights = rng.dirichlet(np.ones(3), 5)
        one = value_of_asking(said, weights)
        people, options = rng.permutation(5), rng.permutation(4)
        other = value_of_asking(said[people][:, options], weights[people])
        assert one[options] == pytest.approx(other)
        assert (one >= 0).all()

    @REPEATABLE
    @given(seed=st.integers(0, 999))
    def test_more_answers_make_the_next_worth_less(self, seed):
        rng = np.random.default_rng(seed)
        said = np.tile(rng.integers(0, 11, (1, 3, 2)).astype(float), (4, 1, 1))
        few = value_of_asking(said[:3], [0.5, 0.5])
        assert (value_of_asking(np.concatenate([said] * 5), [0.5, 0.5]) <= few).all()

    def test_people_without_weights_do_not_count_for_weights(self):
        said = np.full((2, 2, 2), np.nan)
        one = value_of_asking(said, [[0.7, 0.3], [np.nan, np.nan]])
        assert np.array_equal(one, value_of_asking(said, [0.7, 0.3]))


class TestBadInput:
    @pytest.mark.parametrize(
        ("shape", "weights", "more", "why"),
        [
            ((1, 2), [1.0], {}, "needed people x options x criteria"),
            ((1, 1, 1), [1.0], {}, "needed people x options x criteria"),
            ((1, 2, 2), [1.0], {}, "needed a number for 2 criteria"),
            ((1, 2, 1), [0.0], {}, "one above 0"),
            ((1, 2, 1), [np.nan], {}, "found none"),
            ((1, 2, 1), [1.0], {"noise_sd": 0}, "allowed above 0"),
        ],
    )
    def test_it_is_told(self, shape, weights, more, why):
        with pytest.raises(InputError, match=why):
            value_of_asking(np.zeros(shape), weights, **more)
