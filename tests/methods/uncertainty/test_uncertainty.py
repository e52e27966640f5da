"""Uncertain money and the value of finding out: closed forms, a textbook case, invariants."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from strategy_lib.core.errors import InputError
from strategy_lib.methods import uncertainty as un

POINTS = st.tuples(st.floats(0.1, 1000), st.floats(1.01, 5), st.floats(1.01, 5)).map(
    lambda t: (t[0], t[0] * t[1], t[0] * t[1] * t[2])
)


VOI_DRAWS = 200_000


@pytest.fixture(scope="module")
def case():
    rng = np.random.default_rng(7)
    p1, p2 = rng.normal(1, 1, VOI_DRAWS), rng.normal(0, 2, VOI_DRAWS)
    return np.column_stack([np.zeros(VOI_DRAWS), p1 - p2]), p1, p2


class TestVoiNormalAnalytic:
    """NB1 = 0, NB2 = p1 - p2 with p1 ~ N(1, 1), p2 ~ N(0, 2): the analytic case of Jackson's voi.

    With net benefit N(m, s), the value of perfect information is s phi(m/s) - m Phi(-m/s). Checked
    within four standard errors of the estimate: a draw contributes its net benefit where the
    better informed would choose option 2, less its net benefit (what is chosen now).
    """

    def four_standard_errors(self, benefit, expected_when_informed):
        contribution = benefit * (expected_when_informed > 0) - benefit
        error = 4 * contribution.std() / np.sqrt(VOI_DRAWS)
        assert error < 0.01
        return error

    def test_evpi(self, case):
        benefit = case[0]
        error = self.four_standard_errors(benefit[:, 1], benefit[:, 1])
        assert un.evpi(benefit) == pytest.approx(0.4798107063483925, abs=error)

    def test_evppi_of_each_input(self, case):
        benefit, p1, p2 = case
        for known, expected, value in (
            (p1, p1, 0.0833154705876864),
            (p2, 1 - p2, 0.39559311480261217),
        ):
            error = self.four_standard_errors(benefit[:, 1], expected)
            assert un.evppi(benefit, known) == pytest.approx(value, abs=error)

    def test_knowing_both_is_knowing_everything(self, case):
        benefit, p1, p2 = case
        both = un.evppi(benefit, np.column_stack([p1, p2]))
        assert both == pytest.approx(un.evpi(benefit), abs=0.005)

    def test_a_table_of_questions_begins_with_the_one_worth_most(self, case):
        benefit, p1, p2 = case
        table = un.evppi_table(benefit, pd.DataFrame({"p1": p1, "p2": p2}))
        assert table["parameter"].tolist() == ["p2", "p1"]
        assert table["share_of_evpi"].tolist() == pytest.approx([0.824, 0.174], abs=0.02)


class TestNothingIsFoundWhereNothingIs:
    """Cross-fitting: a parameter that changes nothing is worth nothing, at few draws too.

    Spline fits judged by their own draws gave it 13 % of the EVPI at 200 draws, 2.5 % at 5,000.
    """

    @pytest.mark.parametrize("draws", [200, 1000, 5000])
    @pytest.mark.parametrize("options", [2, 9])
    @pytest.mark.parametrize("kind", ["number", "category"])
    def test_an_irrelevant_parameter(self, draws, options, kind):
        shares, beyond = [], 0
        for repetition in range(20):
            rng = np.random.default_rng([draws, repetition])
            benefit = rng.normal(size=(draws, options))
            noise = rng.normal(size=draws) if kind == "number" else rng.integers(0, 12, draws)
            table = un.evppi_table(benefit, {"noise": noise}, seed=repetition)
            shares.append(table["share_of_evpi"].item())
            beyond += table["evppi"].item() > 2 * table["standard_error"].item()
        assert np.mean(shares) < 0.01
        assert beyond <= 1

    @pytest.mark.parametrize(("true", "spread"), [(1.0, 1.0), (2.0, 1.0), (0.5, 2.0)])
    def test_what_matters_is_found_within_its_standard_error(self, true, spread):
        """Options 0 and x + noise with x ~ N(0, true): E max(0, x) = true / sqrt(2 pi)."""
        off = []
        for repetition in range(25):
            rng = np.random.default_rng(repetition)
            x = rng.normal(0, true, 1000)
            benefit = np.column_stack([np.zeros(1000), x + rng.normal(0, spread, 1000)])
            row = un.evppi_table(benefit, {"x": x}).iloc[0]
            off.append((row["evppi"] - true / np.sqrt(2 * np.pi)) / row["standard_error"])
        assert abs(np.mean(off)) < 0.6
        assert 0.4 < np.std(off) < 1.3

    def test_the_same_seed_gives_the_same_value(self):
        rng = np.random.default_rng(3)
        x = rng.normal(size=500)
        benefit = np.column_stack([np.zeros(500), x + rng.normal(size=500)])
        assert un.evppi(benefit, x, seed=4) == un.evppi(benefit, x, seed=4)

    @pytest.mark.parametrize("unit", [1e-10, 1e10])
    def test_the_unit_and_where_zero_lies_do_not_matter(self, unit):
        rng = np.random.default_rng(3)
        x = rng.normal(size=500)
        benefit = np.column_stack([np.zeros(500), x + rng.normal(size=500)])
        moved = un.evppi(unit * (benefit + 1000), 1000 * unit * x)
        assert moved == pytest.approx(unit * un.evppi(benefit, x))


def test_payoff_thompson_lumber():
    """A large, a small or no plant: EMV 86, 48 and 0 (thousand), EVPI 24, the least mean regret."""
    payoff = np.array([[200, 90, 0], [100, 50, 0], [-120, -20, 0]])
    chance = np.array([0.3, 0.5, 0.2])
    regret = chance @ (payoff.max(axis=1, keepdims=True) - payoff)
    assert (chance @ payoff).tolist() == pytest.approx([86.0, 48.0, 0.0])
    assert regret.tolist() == pytest.approx([24.0, 62.0, 110.0])
    assert un.evpi(payoff, chance) == pytest.approx(regret.min())


def test_finding_out_a_category_is_worth_the_mean_of_the_best_in_each():
    """Rows weigh alike: known kind a, option 2 gains (1 + 3) / 2; kind b, option 1."""
    benefit = np.array([[0, 1], [0, 3], [0, -2], [0, -6]] * 10, dtype=float)
    kind = ["a", "a", "b", "b"] * 10
    assert un.evppi(benefit, kind) == pytest.approx(0.5 * 2.0)
    assert un.evpi(benefit) == pytest.approx(1.0)


def test_among_forty_scores_of_a_criterion_the_one_that_matters_is_found():
    """A normal score against nothing: E max(0, x) = 1 / sqrt(2 pi), 0.399."""
    scores = np.random.default_rng(3).normal(size=(5000, 40))
    benefit = np.column_stack([np.zeros(5000), scores[:, 7]])
    assert un.evppi(benefit, scores) == pytest.approx(1 / np.sqrt(2 * np.pi), abs=0.02)


def test_knowing_what_changes_nothing_is_worth_nothing():
    benefit = np.column_stack([np.arange(100.0), np.arange(100.0) + 1])
    assert un.evpi(benefit) == 0
    assert un.evppi(benefit, np.arange(100.0)) == 0
    table = un.evppi_table(benefit, pd.DataFrame({"x": np.arange(100.0)}))
    assert np.isnan(table["share_of_evpi"]).all()


@pytest.mark.parametrize("bounds", [{}, {"lower": 0.0}, {"lower": 0.0, "upper": 100.0}])
def test_metalog_of_keelin_2016_is_logistic_where_points_are_symmetric(bounds):
    """a3 = 0: on the transformed scale the quantile is a1 + a2 ln(p / (1 - p)), eq. 11."""
    back = {
        0: lambda z: z,
        1: np.exp,
        2: lambda z: 100 / (1 + np.exp(-z)),
    }[len(bounds)]
    p = np.linspace(0.01, 0.99, 50)
    fitted = un.metalog(*(float(back(z)) for z in (1.0, 2.0, 3.0)), **bounds)
    expected = back(2 + np.log(p / (1 - p)) / np.log(9))
    assert fitted.quantile(p) == pytest.approx(expected)


@given(st.floats(0.1667, 0.8333), st.floats(-100, 100), st.floats(0.1, 100))
@settings(max_examples=100, deadline=None)
def test_every_feasible_metalog_of_keelin_2016_rises_throughout(share, start, width):
    """Proposition 2: the median between 0.1666 and 0.8334 of the way from P10 to P90."""
    fitted = un.metalog(start, start + share * width, start + width)
    assert fitted.shape == "metalog"
    tail = np.logspace(-9, -2, 50)
    curve = fitted.quantile(np.concatenate([tail, np.linspace(0.011, 0.989, 200), 1 - tail[::-1]]))
    assert (np.diff(curve) > 0).all()


@pytest.mark.parametrize("share", [0.1665, 0.8335])
def test_just_beyond_the_limit_of_keelin_2016_the_curve_would_turn_back(share):
    with pytest.raises(InputError, match="too skewed"):
        un.metalog(0, share, 1)
    tail, coefficient = np.log(9), (1 - 2 * share) / (0.8 * np.log(9))
    p = np.linspace(0.0001, 0.9999, 20_000)
    curve = share + (1 / (2 * tail) + coefficient * (p - 0.5)) * np.log(p / (1 - p))
    assert (np.diff(curve) < 0).any()


def test_samples_of_a_metalog_keep_its_points_within_four_standard_errors():
    draws = un.metalog(10, 20, 50, lower=0).sample(50_000, np.random.default_rng(1))
    for share, point in ((0.1, 10), (0.5, 20), (0.9, 50)):
        error = 4 * np.sqrt(share * (1 - share) / 50_000)
        assert (draws < point).mean() == pytest.approx(share, abs=error)
    assert draws.min() > 0


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
    with pytest.raises(InputError, match="found 10, 9, 50; allowed P10 <= P50 <= P90"):
        un.metalog(10, 9, 50)
    with pytest.raises(InputError, match="found nan"):
        un.metalog(float("nan"), 9, 50)
    with pytest.raises(InputError, match="allowed within the bounds 0"):
        un.metalog(-1, 9, 50, lower=0)


def test_what_costs_nothing_or_a_fixed_sum_is_no_error():
    fixed = un.metalog(7, 7, 7, lower=0)
    assert fixed.quantile(np.array([0.0, 0.5, 1.0])).tolist() == [7, 7, 7]
    perhaps_nothing = un.metalog(0, 10, 30, lower=0, fallback="two_piece")
    assert [perhaps_nothing.quantile(p) for p in (0.1, 0.5, 0.9)] == pytest.approx([0, 10, 30])
    assert perhaps_nothing.quantile(0.0) == 0


def test_a_shared_climate_correlates_ranks_as_stated():
    draws = un.climate_uniforms(0.6, 3, 50_000, np.random.default_rng(1))
    assert np.corrcoef(draws, rowvar=False)[np.triu_indices(3, 1)] == pytest.approx(0.6, abs=0.02)


def test_a_stated_matrix_correlates_ranks_as_stated():
    matrix = [[1, 0.7, -0.3], [0.7, 1, 0], [-0.3, 0, 1]]
    draws = un.copula_uniforms(matrix, 50_000, np.random.default_rng(1))
    assert np.corrcoef(draws, rowvar=False) == pytest.approx(np.array(matrix), abs=0.02)
    for column in draws.T:
        assert stats.kstest(column, "uniform").pvalue > 0.001


def test_nearest_correlation_of_higham_2002():
    """The example of section 5: ones and a zero that contradict each other."""
    found = un.nearest_correlation(np.array([[1.0, 1, 0], [1, 1, 1], [0, 1, 1]]))
    assert found[np.triu_indices(3, 1)] == pytest.approx([0.7607, 0.1573, 0.7607], abs=5e-5)


def test_correlations_that_contradict_each_other_are_said_or_repaired():
    matrix = [[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]]
    with pytest.raises(InputError, match=r"contradict each other.*repair=True"):
        un.copula_uniforms(matrix, 10, np.random.default_rng(1))
    repaired = un.copula_uniforms(matrix, 10, np.random.default_rng(1), repair=True)
    assert repaired.shape == (10, 3)
    assert ((repaired > 0) & (repaired < 1)).all()


def test_present_value_by_hand():
    assert un.npv(0.1, [-100, 60, 60]) == pytest.approx(-100 + 60 / 1.1 + 60 / 1.21)
    both = un.npv(np.array([0.0, 1.0]), [[4, 4], [4, 4]])
    assert both.tolist() == [8.0, 6.0]


ITEMS = ((8, 10, 14), (1, 2, 4), (30, 31, 60))


def items(rate=1.0):
    return [
        un.metalog(*(rate * x for x in points), lower=0, fallback="two_piece") for points in ITEMS
    ]


def simulated(draws=20_000, rate=1.0, **options):
    return un.simulate_total(items(rate), draws, np.random.default_rng(5), **options)


@pytest.mark.parametrize("correlation", [0.0, 0.5, [[1, 0.4, 0], [0.4, 1, 0.2], [0, 0.2, 1]]])
def test_a_total_in_many_pieces_is_that_of_one(monkeypatch, correlation):
    """Two-sample Kolmogorov-Smirnov: other draws of the same distribution."""
    from strategy_lib.methods.uncertainty import cost_simulation

    whole = simulated(rank_correlation=correlation)
    monkeypatch.setattr(cost_simulation, "PIECE", 777)
    pieces = simulated(rank_correlation=correlation)
    assert whole.shape == pieces.shape
    assert not np.array_equal(whole, pieces)
    assert stats.ks_2samp(whole, pieces).pvalue > 0.001


def test_items_that_move_as_one_add_up_percentile_by_percentile():
    """Comonotone: the P90 of the total is the sum of the P90s."""
    total = simulated(rank_correlation=1.0)
    for share, points in zip((0.1, 0.5, 0.9), zip(*ITEMS, strict=True), strict=True):
        error = 4 * np.sqrt(share * (1 - share) / len(total))
        assert (total < sum(points)).mean() == pytest.approx(share, abs=error)


def test_a_shared_climate_widens_the_total_and_leaves_its_mean():
    alone, together = simulated(), simulated(rank_correlation=0.6)
    error = 4 * np.sqrt((alone.var() + together.var()) / len(alone))
    assert together.mean() == pytest.approx(alone.mean(), abs=error)
    assert together.std() > 1.1 * alone.std()


def test_a_matrix_of_one_correlation_is_a_shared_climate():
    matrix = np.full((3, 3), 0.6) + 0.4 * np.eye(3)
    stated, shared = simulated(rank_correlation=matrix), simulated(rank_correlation=0.6)
    assert stats.ks_2samp(stated, shared).pvalue > 0.001


def test_an_item_counts_as_often_as_it_is_paid():
    once, years = simulated(times=[1, 12, 0]), simulated(times=[[1, 0], [12, 6], [0, 0]])
    assert years.shape == (20_000, 2)
    assert years[:, 0] == pytest.approx(once)
    yearly = un.simulate_total(items()[1:2], 9, np.random.default_rng(5), times=[[12, 6]])
    assert yearly[:, 1] == pytest.approx(yearly[:, 0] / 2)


def test_memory_beyond_the_result_does_not_grow_with_the_draws():
    """200,000 draws of 20 items are 32 MB as one array; a piece of one item is 0.4 MB."""
    many = [un.metalog(8, 10, 14, lower=0)] * 20
    tracemalloc.start()
    total = un.simulate_total(many, 200_000, np.random.default_rng(1), rank_correlation=0.3)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak - total.nbytes < 8e6


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"times": 3}, "times: found shape"),
        ({"times": [1, np.nan, 1]}, "1 missing"),
        ({"times": [1, 1]}, "3 items"),
        ({"rank_correlation": -0.1}, "allowed 0 to 1"),
        ({"rank_correlation": np.nan}, "allowed 0 to 1"),
        ({"rank_correlation": [[1, 0], [0, 1]]}, "found 2 items; allowed 3"),
        ({"draws": 0}, "0 draws"),
    ],
)
def test_a_simulation_that_cannot_be_is_refused(options, message):
    with pytest.raises(InputError, match=message):
        simulated(**options)


@given(st.floats(0.01, 100))
@settings(max_examples=20, deadline=None)
def test_costs_scale_with_the_currency(rate):
    own, other = simulated(500), simulated(500, rate=rate)
    assert other == pytest.approx(rate * own, rel=1e-9)
    assert un.npv(0.05, other) == pytest.approx(rate * un.npv(0.05, own))
    benefit = np.column_stack([-own, np.full(500, -55.0)])
    assert un.evpi(rate * benefit) == pytest.approx(rate * un.evpi(benefit))
    assert un.evppi(rate * benefit, own) == pytest.approx(rate * un.evppi(benefit, own))
    budget = float(np.median(own)) + 0.001
    assert un.probability_of_exceeding(rate * own, rate * budget) == pytest.approx(
        un.probability_of_exceeding(own, budget)
    )


def test_the_item_that_moves_the_total_most_comes_first():
    rng = np.random.default_rng(1)
    inputs = pd.DataFrame({"rent": rng.normal(9, 1, 999), "pay": rng.normal(50, 5, 999)})
    table = un.tornado(inputs, inputs.sum(axis=1), lambda x: x.sum(axis=1))
    assert table["input"].tolist() == ["pay", "rent"]
    low, high = inputs["pay"].quantile([0.1, 0.9])
    assert table["swing"][0] == pytest.approx(high - low)
    assert table["result_base"][0] == pytest.approx(inputs.median().sum())
    assert un.tornado(inputs, inputs.sum(axis=1))["input"].tolist() == ["pay", "rent"]


def test_rank_correlations_are_those_of_spearman_also_with_ties():
    rng = np.random.default_rng(1)
    inputs = pd.DataFrame({"a": rng.integers(0, 4, 200), "b": rng.random(200), "same": 1})
    output = inputs["a"] - inputs["b"] + rng.random(200)
    found = un.rank_correlations(inputs, output)
    for name in ("a", "b"):
        assert found[name] == pytest.approx(stats.spearmanr(inputs[name], output).statistic)
    assert np.isnan(found["same"])


def test_an_input_that_saves_money_swings_the_other_way():
    points = pd.DataFrame({"low": [1.0], "base": [2.0], "high": [5.0]}, index=["saving"])
    assert un.one_at_a_time(lambda x: 10 - x[:, 0], points)["swing"].tolist() == [-4.0]
    rng = np.random.default_rng(1)
    inputs = pd.DataFrame({"fee": rng.normal(0, 1, 99), "saving": rng.normal(0, 3, 99)})
    by_swing = un.tornado(inputs, inputs["fee"] - inputs["saving"], lambda x: x[:, 0] - x[:, 1])
    assert by_swing["input"].tolist() == ["saving", "fee"]
    by_rank = un.tornado(inputs, inputs["fee"] - inputs["saving"])
    assert by_rank["input"].tolist() == ["saving", "fee"]


def test_break_even_and_chance_of_passing_a_budget():
    assert un.break_even_value(lambda visits: 90 - 15 * visits, 0, 12) == pytest.approx(6.0)
    assert un.break_even_value(lambda x: x**3 - 2, 0, 12) == pytest.approx(2 ** (1 / 3))
    assert un.break_even_value(lambda visits: 90, 0, 12) is None
    assert un.probability_of_exceeding([90, 100, 110, 120], 100) == 0.5


def test_a_break_even_is_never_made_up_where_the_difference_is_not_known():
    with pytest.raises(InputError, match=r"not known at 5\.5"):
        un.break_even_value(lambda x: float("nan") if 4 < x < 8 else 5 - x, 0, 11)


def test_money_comes_back_in_some_year_or_never():
    result = un.break_even_year([[-10, 6, 6], [-10, 1, 1], [0, -5, 9]], [2026, 2027, 2028])
    assert result.by_year["share"].tolist() == pytest.approx([1 / 3, 0, 1 / 3])
    assert result.by_year["cumulative_share"].iloc[-1] + result.share_never == pytest.approx(1)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: un.npv(-1, [1, 2]), "above -1"),
        (lambda: un.npv(0.1, [1, np.nan]), "1 missing"),
        (lambda: un.npv(np.array([0.1, 0.2, 0.3]), [[1, 1], [2, 2]]), "found 3 for 2 draws"),
        (lambda: un.evpi([[1, np.nan]]), "1 missing"),
        (lambda: un.evpi([[1, 2], [2, 1]], [0.5, 0.4]), "sum 0.9"),
        (lambda: un.evppi(np.ones((10, 2)), np.arange(9)), "found 9 draws"),
        (lambda: un.evppi(np.ones((10, 2)), np.arange(10)), "5 times as many draws"),
        (lambda: un.probability_of_exceeding([], 1), "complete"),
        (lambda: un.climate_uniforms(0.3, 0, 5, np.random.default_rng(1)), "items: found 0"),
        (lambda: un.climate_uniforms(0.3, 2, 0, np.random.default_rng(1)), "draws: found 0"),
        (lambda: un.copula_uniforms([[1, 2], [2, 1]], 5, np.random.default_rng(1)), "from -1 to 1"),
        (lambda: un.tornado(pd.DataFrame({"a": [1, np.nan]}), [1, 2]), "1 missing"),
        (lambda: un.break_even_value(lambda x: x, 3, 3), "low below high"),
    ],
)
def test_what_cannot_be_used_is_said_with_what_was_found(call, message):
    with pytest.raises(InputError, match=message):
        call()
