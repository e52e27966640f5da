"""Value of asking more people: against the closed form of Raiffa and Schlaifer, and properties.

Two options, 0 and a normal gain theta ~ N(m, t^2); n answers with standard deviation s. The mean
expected after the answers is N(m, v^2) with v^2 = t^4 / (t^2 + s^2 / n), and the value is the unit
normal loss integral of it (Raiffa & Schlaifer 1961, section 5.4).
"""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm

from strategy_lib.core.errors import InputError
from strategy_lib.methods.uncertainty import evpi, evppi, evsi, evsi_table


def closed_form(m, t, s, n):
    v = t**2 / np.sqrt(t**2 + s**2 / n)
    return v * norm.pdf(m / v) - abs(m) * norm.cdf(-abs(m) / v)


def case(m, t, draws, seed):
    theta = np.random.default_rng(seed).normal(m, t, draws)
    return np.column_stack([np.zeros(draws), theta]), theta


class TestRaiffaAndSchlaifer1961:
    @pytest.mark.parametrize(
        ("m", "t", "s", "n"), [(0, 1, 1, 1), (0, 1, 2, 9), (1, 1, 2, 3), (-0.5, 2, 3, 5)]
    )
    def test_normal_gain_normal_answers(self, m, t, s, n):
        net_benefit, theta = case(m, t, 20_000, 4)
        found = evsi(net_benefit, theta, people=n, spread=s)
        assert found.value == pytest.approx(closed_form(m, t, s, n), abs=3 * found.standard_error)
        assert found.standard_error < 0.02
        assert found.is_clear

    def test_several_parameters_at_once(self):
        rng = np.random.default_rng(6)
        parts = rng.normal(0, 1, (20_000, 2))
        net_benefit = np.column_stack([np.zeros(20_000), parts.sum(axis=1)])
        found = evsi(net_benefit, parts, people=4, spread=2.0)
        # The sum is N(0, 2), the mean of the summed answers has variance 2 * 4 / 4.
        expected = closed_form(0, 2**0.5, 8**0.5, 4)
        assert found.value == pytest.approx(expected, abs=3 * found.standard_error)


class TestProperties:
    def test_between_nothing_and_knowing(self):
        net_benefit, theta = case(0.5, 1, 5_000, 3)
        values = [evsi(net_benefit, theta, people=n, spread=2).value for n in (1, 3, 9, 100)]
        assert sorted(values) == values
        assert values[-1] <= evppi(net_benefit, theta) + 0.01
        assert values[-1] <= evpi(net_benefit)

    def test_what_has_nothing_to_do_with_it_is_not_worth_asking(self):
        net_benefit, _ = case(0, 1, 4_000, 3)
        noise = np.random.default_rng(9).normal(size=4_000)
        assert not evsi(net_benefit, noise, people=9, spread=1).is_clear

    def test_the_same_by_seed(self):
        net_benefit, theta = case(0, 1, 500, 3)
        one, other = (evsi(net_benefit, theta, people=3, spread=1, seed=8) for _ in range(2))
        assert one == other


class TestTable:
    def test_most_valuable_first_with_error_and_share(self):
        rng = np.random.default_rng(1)
        rent, tax = rng.normal(0, 1, 6000), rng.normal(0, 2, 6000)
        net_benefit = np.column_stack([np.zeros(6000), rent - tax])
        table = evsi_table(
            net_benefit, {"rent": rent, "tax": tax}, {"rent": 1.0, "tax": 1.0}, people=3
        )
        assert table["question"].tolist() == ["tax", "rent"]
        assert table["share_of_evpi"].tolist() == pytest.approx(
            (table["evsi"] / evpi(net_benefit)).tolist()
        )
        assert (table["standard_error"] > 0).all()
        pd.testing.assert_series_equal(
            table["is_clear"], table["evsi"] > 1.64 * table["standard_error"], check_names=False
        )


class TestBadInput:
    @pytest.mark.parametrize(("people", "spread"), [(0, 1.0), (3, 0.0), (3, float("nan"))])
    def test_nobody_or_no_spread(self, people, spread):
        net_benefit, theta = case(0, 1, 100, 3)
        with pytest.raises(InputError, match="allowed from 1, above 0"):
            evsi(net_benefit, theta, people=people, spread=spread)

    def test_a_question_without_a_spread(self):
        net_benefit, theta = case(0, 1, 100, 3)
        with pytest.raises(InputError, match="spreads: none for rent"):
            evsi_table(net_benefit, {"rent": theta}, {}, people=3)
