"""Uncertain money and the value of finding out: closed forms, a textbook case, invariants."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategy_lib.errors import InputError
from strategy_lib.methods import uncertainty as un

POINTS = st.tuples(st.floats(0.1, 1000), st.floats(1.01, 5), st.floats(1.01, 5)).map(
    lambda t: (t[0], t[0] * t[1], t[0] * t[1] * t[2])
)


class TestVoiNormalAnalytic:
    """NB1 = 0, NB2 = p1 - p2 with p1 ~ N(1, 1), p2 ~ N(0, 2): the analytic case of Jackson's voi.

    With net benefit N(m, s), the value of perfect information is s phi(m/s) - m Phi(-m/s).
    """

    DRAWS = 200_000

    @pytest.fixture
    def case(self):
        rng = np.random.default_rng(7)
        p1, p2 = rng.normal(1, 1, self.DRAWS), rng.normal(0, 2, self.DRAWS)
        return np.column_stack([np.zeros(self.DRAWS), p1 - p2]), p1, p2

    def test_evpi(self, case):
        assert un.evpi(case[0]) == pytest.approx(0.4798107063483925, abs=0.01)

    def test_evppi_of_each_input(self, case):
        benefit, p1, p2 = case
        assert un.evppi(benefit, p1) == pytest.approx(0.0833154705876864, abs=0.01)
        assert un.evppi(benefit, p2) == pytest.approx(0.39559311480261217, abs=0.01)

    def test_knowing_both_is_knowing_everything(self, case):
        benefit, p1, p2 = case
        both = un.evppi(benefit, np.column_stack([p1, p2]))
        assert both == pytest.approx(un.evpi(benefit), abs=0.005)


def test_payoff_thompson_lumber():
    """A large, a small or no plant: EMV 86 and 48 (thousand), EVPI 24."""
    payoff = np.array([[200, 90, 0], [100, 50, 0], [-120, -20, 0]])
    chance = np.array([0.3, 0.5, 0.2])
    assert (chance @ payoff).tolist() == pytest.approx([86.0, 48.0, 0.0])
    assert un.evpi(payoff, chance) == pytest.approx(24.0)


@given(POINTS)
@settings(max_examples=100, deadline=None)
def test_a_metalog_meets_its_points_and_never_falls(points):
    fitted = un.metalog(*points, lower=0.0, fallback="two_piece")
    assert [fitted.quantile(p) for p in (0.1, 0.5, 0.9)] == pytest.approx(list(points), rel=1e-9)
    curve = fitted.quantile(np.linspace(0.001, 0.999, 200))
    assert (np.diff(curve) >= -1e-9 * points[2]).all()
    assert (curve >= 0).all()


@given(st.integers(2, 5), st.integers(0, 2**31))
@settings(max_examples=30, deadline=None)
def test_knowing_one_thing_is_never_worth_more_than_knowing_all(options, seed):
    rng = np.random.default_rng(seed)
    inputs = rng.normal(size=(500, 2))
    benefit = inputs @ rng.normal(size=(2, options))
    partial, full = un.evppi(benefit, inputs[:, 0]), un.evpi(benefit)
    assert 0 <= partial <= full + 1e-12


def test_a_fit_that_cannot_be_is_refused_with_what_could():
    with pytest.raises(InputError, match=r"allowed a P50 between .* or fallback='two_piece'"):
        un.metalog(10, 11, 50)
    with pytest.raises(InputError, match="P10 <= P50 <= P90"):
        un.metalog(10, 9, 50)


def test_a_shared_climate_correlates_ranks_as_stated():
    draws = un.climate_uniforms(0.6, 3, 50_000, np.random.default_rng(1))
    assert np.corrcoef(draws, rowvar=False)[np.triu_indices(3, 1)] == pytest.approx(0.6, abs=0.02)


def test_present_value_by_hand():
    assert un.npv(0.1, [-100, 60, 60]) == pytest.approx(-100 + 60 / 1.1 + 60 / 1.21)


def test_a_total_is_the_same_in_one_piece_and_in_many(monkeypatch):
    from strategy_lib.methods import cost_simulation

    items = [un.metalog(8, 10, 14, lower=0), un.metalog(1, 2, 4, lower=0)]
    whole = un.simulate_total(items, 5000, np.random.default_rng(1), rank_correlation=0.5)
    monkeypatch.setattr(cost_simulation, "PIECE", 800)
    parts = un.simulate_total(items, 5000, np.random.default_rng(1), rank_correlation=0.5)
    assert np.quantile(parts, [0.1, 0.5, 0.9]) == pytest.approx(
        np.quantile(whole, [0.1, 0.5, 0.9]), rel=0.02
    )
    years = un.simulate_total(items, 100, np.random.default_rng(1), times=[[12, 12], [1, 0]])
    assert years.shape == (100, 2)
    assert (years[:, 0] > years[:, 1]).all()


@given(st.floats(0.01, 100))
def test_costs_scale_with_the_currency(rate):
    points = (8.0, 10.0, 14.0)
    own = un.metalog(*points, lower=0).sample(200, np.random.default_rng(3))
    other = un.metalog(*(rate * p for p in points), lower=0).sample(200, np.random.default_rng(3))
    assert other == pytest.approx(rate * own, rel=1e-9)


def test_the_item_that_moves_the_total_most_comes_first():
    import pandas as pd

    rng = np.random.default_rng(1)
    inputs = pd.DataFrame({"rent": rng.normal(9, 1, 999), "pay": rng.normal(50, 5, 999)})
    table = un.tornado(inputs, inputs.sum(axis=1), lambda x: x.sum(axis=1))
    assert table["input"].tolist() == ["pay", "rent"]


def test_break_even_and_chance_of_passing_a_budget():
    assert un.break_even_value(lambda visits: 90 - 15 * visits, 0, 12) == pytest.approx(6.0)
    assert un.break_even_value(lambda visits: 90, 0, 12) is None
    assert un.probability_of_exceeding([90, 100, 110, 120], 100) == 0.5
