"""SMAA-2 and what surrounds it: closed forms, published numbers, and what must always hold."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from strategy_lib.core.errors import InputError
from strategy_lib.methods import multicriteria as mc

DRAWS = 100_000
SIZES = st.tuples(st.integers(2, 5), st.integers(1, 5), st.integers(0, 2**31))


def random_case(n, m, seed, draws=400):
    rng = np.random.default_rng(seed)
    return rng.random((n, m)), mc.sample_weights(m, draws, rng)


class TestSmaaAnalytic2Crit:
    """Two specialists and a generalist, weights uniform: w1 ~ U(0, 1), in closed form.

    C = (0.6, 0.6) is first where 0.4 < w1 < 0.6, A = (1, 0) above, B = (0, 1) below; definitions
    of Lahdelma & Salminen (2001), Operations Research 49(3), 444-454.
    """

    VALUES = ((1, 0), (0, 1), (0.6, 0.6))

    @pytest.fixture
    def result(self):
        weights = mc.sample_weights(2, DRAWS, np.random.default_rng(1))
        return mc.acceptability(self.VALUES, weights)

    def test_rank_acceptabilities_within_four_standard_errors(self, result):
        expected = np.array([[0.4, 0.1, 0.5], [0.4, 0.1, 0.5], [0.2, 0.8, 0.0]])
        assert (
            np.abs(result.rank_acceptability - expected)
            <= 4 * np.sqrt(expected * (1 - expected) / DRAWS) + 1e-12
        ).all()

    def test_central_weights(self, result):
        assert result.central_weights == pytest.approx(
            np.array([[0.8, 0.2], [0.2, 0.8], [0.5, 0.5]]), abs=0.005
        )

    def test_confidence_factors_are_one_where_nothing_is_uncertain(self, result):
        assert result.confidence_factors.tolist() == [1.0, 1.0, 1.0]

    def test_pairwise_winning(self, result):
        # A beats C where w1 > 0.6, B where w1 > 0.5.
        assert result.pairwise_winning[0] == pytest.approx([0.5, 0.5, 0.4], abs=0.007)


def test_smaa_with_one_uncertain_value_in_closed_form():
    """One criterion, A = 0.3 for sure and B ~ U(0, 1): B is first with probability 0.7.

    Rank acceptability and confidence factor are the same here, whatever weight is central.
    """
    rng = np.random.default_rng(4)
    values = np.stack([np.full(DRAWS, 0.3), rng.random(DRAWS)], axis=1)[..., None]
    result = mc.acceptability(values, [[1.0]])
    error = 4 * np.sqrt(0.3 * 0.7 / DRAWS)
    assert result.rank_acceptability[:, 0] == pytest.approx([0.3, 0.7], abs=error)
    assert result.confidence_factors == pytest.approx([0.3, 0.7], abs=error)
    assert result.standard_errors[0, 0] == pytest.approx(error / 4, rel=0.02)
    assert (result.leader, result.n_draws) == (1, DRAWS)


@given(SIZES)
@settings(max_examples=30, deadline=None)
def test_it_says_what_a_plain_loop_over_the_definition_says(size):
    """Rank each draw by its weighted sum with another library, and count."""
    n, m, seed = size
    rng = np.random.default_rng(seed)
    values, weights = rng.random((60, n, m)), mc.sample_weights(m, 60, rng)
    counts, wins, first = np.zeros((n, n)), np.zeros((n, n)), [[] for _ in range(n)]
    for scores, shares in zip(values, weights, strict=True):
        total = (scores * shares).sum(axis=1)
        rank = stats.rankdata(-total).astype(int) - 1
        counts[np.arange(n), rank] += 1
        wins += (total[:, None] > total) + 0.5 * np.eye(n)
        first[int(np.argmin(rank))].append(shares)
    result = mc.acceptability(values, weights)
    assert result.rank_acceptability == pytest.approx(counts / 60)
    assert result.pairwise_winning == pytest.approx(wins / 60)
    for i, mine in enumerate(first):
        if not mine:
            assert np.isnan(result.confidence_factors[i])
            continue
        central = np.mean(mine, axis=0)
        assert result.central_weights[i] == pytest.approx(central)
        best = np.argmax(values @ central, axis=1)
        assert result.confidence_factors[i] == pytest.approx((best == i).mean())


def test_rank_order_centroid_of_barron_and_barrett_1996():
    """Mean weights of an order of four: 0.5208, 0.2708, 0.1458, 0.0625 (Management Science 42)."""
    weights = mc.sample_weights(4, DRAWS, np.random.default_rng(2), order=[0, 1, 2, 3])
    expected = [0.5208, 0.2708, 0.1458, 0.0625]
    assert weights.mean(axis=0) == pytest.approx(expected, abs=0.002)


def test_uniform_weights_have_the_moments_of_the_simplex():
    """Dirichlet(1, ..., 1): mean 1/n, variance (n - 1) / (n^2 (n + 1))."""
    weights = mc.sample_weights(5, DRAWS, np.random.default_rng(3))
    assert weights.mean(axis=0) == pytest.approx(np.full(5, 0.2), abs=0.003)
    assert weights.var(axis=0) == pytest.approx(np.full(5, 4 / 150), rel=0.03)


def test_narrow_bounds_leave_a_small_simplex_that_is_filled_evenly():
    """Six weights of at most 0.2 each: 0.2 (1 - d) with d Dirichlet(1, ..., 1), in closed form.

    That is 1 in 3,125 of all weights, too few for rejection: the random walk draws them.
    """
    weights = mc.sample_weights(6, 20_000, np.random.default_rng(3), bounds=[(0, 0.2)] * 6)
    assert weights.sum(axis=1) == pytest.approx(1)
    assert ((weights >= 0) & (weights <= 0.2)).all()
    for column in weights.T:
        assert stats.kstest(1 - column / 0.2, "beta", args=(1, 5)).pvalue > 0.001
    correlation = np.corrcoef(weights, rowvar=False)[np.triu_indices(6, 1)]
    assert correlation == pytest.approx(np.full(15, -1 / 5), abs=0.03)


def test_narrow_bounds_with_an_order_are_the_same_weights_sorted():
    order = [3, 0, 5, 1, 4, 2]
    rng = np.random.default_rng(6)
    weights = mc.sample_weights(6, 10_000, rng, order=order, bounds=[(0, 0.2)] * 6)
    expected = 0.2 * (1 - np.sort(rng.dirichlet(np.ones(6), 10_000), axis=1))
    for mine, other in zip(weights[:, order].T, expected.T, strict=True):
        assert stats.ks_2samp(mine, other).pvalue > 0.001


def test_an_order_with_bounds_is_drawn_as_an_order_whose_misfits_are_thrown_away():
    """Two ways to the same region: the library's, and sorting with rejection by hand."""
    rng = np.random.default_rng(5)
    bounds = [(0.1, 0.3), None, (None, 0.45), (0.05, None)]
    found = mc.sample_weights(4, 8_000, rng, order=[2, 0, 1, 3], bounds=bounds)
    every = mc.sample_weights(4, 400_000, rng, order=[2, 0, 1, 3])
    inside = (every[:, 0] >= 0.1) & (every[:, 0] <= 0.3) & (every[:, 2] <= 0.45)
    expected = every[inside & (every[:, 3] >= 0.05)]
    assert len(expected) > 4_000
    assert (found[:, 2] <= 0.45).all()
    assert (np.diff(found[:, [2, 0, 1, 3]], axis=1) <= 1e-12).all()
    for mine, other in zip(found.T, expected.T, strict=True):
        assert stats.ks_2samp(mine, other).pvalue > 0.001


def test_weights_that_statements_settle_are_not_drawn():
    bounds = [(0.5, 0.5), (0.3, 0.3), None]
    weights = mc.sample_weights(3, 4, np.random.default_rng(1), bounds=bounds)
    assert weights == pytest.approx(np.tile([0.5, 0.3, 0.2], (4, 1)))


def test_the_least_change_of_weights_worked_out_by_hand():
    """(0.8, 1) and (0.9, 0.7) are even at w1 = 0.75: from (.5, .5) a quarter must move."""
    flip = mc.flip_distance([[0.8, 1.0], [0.9, 0.7]], [0.5, 0.5])
    assert (flip.leader, flip.rival) == (0, 1)
    assert flip.distance == pytest.approx(0.25)
    assert flip.weights == pytest.approx([0.75, 0.25])


@given(SIZES)
@settings(max_examples=40, deadline=None)
def test_ranks_and_options_share_out_everything(size):
    values, weights = random_case(*size)
    result = mc.acceptability(values, weights)
    assert result.rank_acceptability.sum(axis=0) == pytest.approx(1)
    assert result.rank_acceptability.sum(axis=1) == pytest.approx(1)
    mirror = result.pairwise_winning + result.pairwise_winning.T
    assert mirror == pytest.approx(1)
    shares = mc.first_rank_shares(values, weights)
    assert shares == pytest.approx(result.rank_acceptability[:, 0])


@given(SIZES)
@settings(max_examples=40, deadline=None)
def test_relabelling_alternatives_permutes_the_result(size):
    values, weights = random_case(*size)
    order = np.random.default_rng(size[2]).permutation(len(values))
    plain, turned = mc.acceptability(values, weights), mc.acceptability(values[order], weights)
    assert turned.rank_acceptability == pytest.approx(plain.rank_acceptability[order])
    for name in ("central_weights", "confidence_factors"):
        moved = getattr(plain, name)[order]
        assert getattr(turned, name) == pytest.approx(moved, nan_ok=True)
    assert turned.pairwise_winning == pytest.approx(plain.pairwise_winning[np.ix_(order, order)])


@given(SIZES)
@settings(max_examples=40, deadline=None)
def test_a_dominated_alternative_is_never_first(size):
    values, weights = random_case(*size)
    worse = np.vstack([values, values[0] - 0.1])
    result = mc.acceptability(worse, weights)
    assert result.rank_acceptability[-1, 0] == 0
    assert np.isnan(result.central_weights[-1]).all()
    assert mc.dominance(worse)[0, -1]


@given(SIZES)
@settings(max_examples=30, deadline=None)
def test_what_is_worse_in_every_draw_is_never_first_however_uncertain(size):
    n, m, seed = size
    rng = np.random.default_rng(seed)
    values, weights = rng.random((200, n, m)), mc.sample_weights(m, 200, rng)
    values[:, -1] = values[:, 0] - rng.uniform(0.001, 0.1, (200, m))
    result = mc.acceptability(values, weights)
    assert result.rank_acceptability[-1, 0] == 0
    assert result.pairwise_winning[0, -1] == 1
    assert mc.dominance(values)[0, -1] == 1


@given(SIZES)
@settings(max_examples=40, deadline=None)
def test_at_the_flip_the_rival_leads_and_nothing_nearer_does(size):
    values, weights = random_case(*size)
    flip = mc.flip_distance(values, weights[0])
    if flip.rival is None:
        return
    totals = values @ flip.weights
    assert flip.weights.sum() == pytest.approx(1)
    assert (flip.weights >= -1e-9).all()
    assert totals[flip.rival] >= totals.max() - 1e-7
    for other in weights[1:50]:
        if np.abs(other - weights[0]).sum() / 2 < flip.distance - 1e-9:
            assert int(np.argmax(values @ other)) == flip.leader


@given(st.integers(1, 6), st.integers(0, 2**31), st.booleans())
@settings(max_examples=40, deadline=None)
def test_sampled_weights_keep_what_was_stated(n, seed, has_order):
    rng = np.random.default_rng(seed)
    order = list(rng.permutation(n)) if has_order else None
    low = rng.random(n) / n
    bounds = [(float(b) / 2, 1.0) for b in low] if not has_order else None
    weights = mc.sample_weights(n, 200, rng, order=order, bounds=bounds)
    assert weights.sum(axis=1) == pytest.approx(1)
    assert (weights >= 0).all()
    if order is not None:
        assert (np.diff(weights[:, order], axis=1) <= 1e-12).all()
    if bounds is not None:
        assert (weights >= [b[0] - 1e-9 for b in bounds]).all()


def test_ties_share_their_ranks():
    result = mc.acceptability([[0.5], [0.5], [0.1]], [[1.0]])
    assert result.rank_acceptability.tolist() == [[0.5, 0.5, 0], [0.5, 0.5, 0], [0, 0, 1]]
    assert result.confidence_factors[:2].tolist() == [0.5, 0.5]
    assert mc.first_rank_shares([[0.5], [0.5], [0.1]], [[1.0]]).tolist() == [0.5, 0.5, 0]


def test_a_draw_with_a_tie_counts_half_for_the_central_weights():
    """First alone at w1 = 0.8, first with the other at w1 = 0.5: (0.8 + 0.5 / 2) / 1.5 = 0.7."""
    result = mc.acceptability([[1, 0], [0, 1]], [[0.8, 0.2], [0.5, 0.5]])
    assert result.central_weights == pytest.approx(np.array([[0.7, 0.3], [0.5, 0.5]]))


def test_better_on_one_criterion_and_worse_on_another_is_no_dominance():
    assert mc.dominance([[1, 0], [0, 1], [1, 0]]).tolist() == np.zeros((3, 3)).tolist()
    uncertain = [[[1, 1], [0, 1]], [[1, 0], [0, 1]]]
    assert mc.dominance(uncertain).tolist() == [[0, 0.5], [0, 0]]


def test_a_draw_of_one_assessor_never_mixes_two():
    low = np.array([[[0.0, 0.0]], [[10.0, 10.0]]])
    pool = mc.pool_scores(low, low, low, 500, np.random.default_rng(1))
    assert {tuple(row) for row in pool.scores[:, 0].tolist()} == {(0.0, 0.0), (10.0, 10.0)}
    assert (pool.scores[:, 0, 0] == 10 * pool.assessor).all()


def test_an_assessor_who_scored_half_is_filled_by_the_others_and_counted():
    nan = np.nan
    best = np.array([[[2.0, nan]], [[4.0, 6.0]], [[4.0, 8.0]]])
    pool = mc.pool_scores(best, best, best, 600, np.random.default_rng(1))
    half = pool.scores[pool.assessor == 0, 0]
    assert set(half[:, 0]) == {2.0}
    assert set(half[:, 1]) == {6.0, 8.0}
    assert pool.n_answers.tolist() == [[3, 2]]
    assert pool.share_scored.tolist() == [0.5, 1.0, 1.0]


def test_what_nobody_scored_may_be_anything_and_is_named():
    best = np.array([[[2.0, np.nan]], [[4.0, np.nan]]])
    pool = mc.pool_scores(best, best, best, 5_000, np.random.default_rng(1))
    assert pool.unscored == ((0, 1),)
    values = mc.partial_values(pool.scores, [mc.Scale(0, 10)] * 2)
    filled, cells = mc.widen_unscored(values, np.random.default_rng(1))
    assert cells == ((0, 1),)
    assert stats.kstest(filled[:, 0, 1], "uniform").pvalue > 0.001
    assert (filled[:, 0, 0] == values[:, 0, 0]).all()


def test_what_only_an_assessor_without_weight_scored_is_named_too():
    best = np.array([[[1.0, np.nan]], [[2.0, 3.0]]])
    pool = mc.pool_scores(best, best, best, 5, np.random.default_rng(1), weights=[1, 0])
    assert np.isnan(pool.scores[:, 0, 1]).all()
    assert pool.unscored == ((0, 1),)


def test_points_that_were_not_given_are_neither_zero_nor_average():
    rng = np.random.default_rng(1)
    weights = mc.sample_swing_weights([100, 50, np.nan], 20_000, rng)
    unknown = 100 * weights[:, 2] / weights[:, 0]
    assert stats.kstest(unknown, "uniform", args=(0, 100)).pvalue > 0.001
    nothing_said = mc.sample_swing_weights([np.nan] * 3, 20_000, rng)
    assert stats.kstest(nothing_said[:, 0], "beta", args=(1, 2)).pvalue > 0.001


def test_an_option_with_a_gap_is_left_out_only_when_asked_and_said():
    values = [[0.9, np.nan], [0.4, 0.6], [0.6, 0.5]]
    weights = [[0.5, 0.5], [0.2, 0.8]]
    result = mc.acceptability(values, weights, missing="exclude")
    assert result.excluded == (0,)
    assert np.isnan(result.rank_acceptability[0]).all()
    assert result.rank_acceptability[1:, :2].tolist() == [[0.5, 0.5], [0.5, 0.5]]
    assert np.isnan(result.pairwise_winning[0]).all()
    with pytest.raises(InputError, match="no alternative is scored"):
        mc.acceptability([[np.nan]], [[1.0]], missing="exclude")


def test_the_spread_by_group_adds_up_to_the_pooled_result():
    values, weights = random_case(4, 3, 1, draws=90)
    groups = ["office", "field", "board"] * 30
    by = mc.acceptability_by_group(values, weights, groups)
    assert list(by) == ["office", "field", "board"]
    mean = np.mean([one.rank_acceptability for one in by.values()], axis=0)
    assert mean == pytest.approx(mc.acceptability(values, weights).rank_acceptability)
    apart = mc.acceptability_by_group([[1, 0], [0, 1]], [[0.9, 0.1], [0.2, 0.8]], ["a", "b"])
    assert [one.leader for one in apart.values()] == [0, 1]
    assert apart["a"].central_weights[0] == pytest.approx([0.9, 0.1])
    by_values = mc.acceptability_by_group([[[1], [0]], [[0], [1]]], [[1.0]], ["a", "b"])
    assert [one.leader for one in by_values.values()] == [0, 1]


def test_less_is_better_and_bent_scales_are_turned_before_anything_else():
    scales = [
        mc.Scale(0, 10, "min", "cost"),
        mc.Scale(0, 10, "max", "reach", points=((2, 0.8),)),
    ]
    values = mc.partial_values([[0, 0], [10, 2], [4, 6], [np.nan, 10]], scales)
    assert values == pytest.approx(
        np.array([[1, 0], [0, 0.8], [0.6, 0.9], [np.nan, 1]]), nan_ok=True
    )


def test_leaving_out_the_criterion_that_decides_changes_the_leader():
    result = mc.leave_one_criterion_out([[1, 0.2], [0, 0.3]], [[0.5, 0.5], [1.0, 0.0]])
    assert (result.leader, result.leaders) == (0, (1, 0))
    alone = mc.leave_one_assessor_out(lambda who: ([[1.0], [0.0]], [[1.0]]), 1)
    assert alone.leaders == (None,)
    assert np.isnan(alone.first_rank).all()


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=2, max_size=5),
    st.sampled_from([1e-10, 1e10]),
    st.sampled_from([0, -7, 1000]),
)
def test_the_flip_distance_does_not_depend_on_the_unit(values, unit, shift):
    weights = [0.5, 0.3, 0.2]
    here = mc.flip_distance(values, weights)
    there = mc.flip_distance(unit * (np.array(values) + np.array([shift, 0, 0])), weights)
    assert here.leader == there.leader
    assert there.by_rival == pytest.approx(here.by_rival, nan_ok=True, abs=1e-6)


def test_nobody_can_take_the_lead_from_what_dominates():
    flip = mc.flip_distance([[1, 1], [0.5, 0.9]], [0.5, 0.5])
    assert (flip.leader, flip.rival, flip.distance) == (0, None, np.inf)
    assert np.isnan(flip.weights).all()


def test_leaving_out_the_one_who_decides_changes_the_leader():
    scores = np.array([[[1.0], [0.0]], [[1.0], [0.9]], [[0.0], [0.7]]])
    result = mc.leave_one_assessor_out(lambda who: (scores[who].mean(axis=0), [[1.0]]), 3)
    assert (result.leader, result.leaders) == (0, (1, 0, 0))
    assert result.changes_leader.tolist() == [True, False, False]


def test_a_criterion_on_which_all_are_alike_is_reported_and_is_no_error():
    values = np.array([[0.5, 0.1], [0.5, 0.9]])
    table = mc.discrimination(values, ["same", "different"])
    assert table.set_index("criterion")["is_discriminating"].to_dict() == {
        "same": False,
        "different": True,
    }
    weights = mc.sample_weights(2, 100, np.random.default_rng(1))
    assert mc.acceptability(values, weights).rank_acceptability[1, 0] == 1


def test_red_lines_and_gates_exclude_before_scoring_and_say_why():
    scores = pd.DataFrame({"safety": [8.0, 3.0, None]}, index=["hub", "office", "company"])
    line = mc.RedLine("safety", at_least=5, reason="duty of care", whose="Board")
    gate = mc.Gate("hub", "A licence", is_met=False, whose="Counsel")
    result = mc.screen(scores, [line], [gate])
    assert result.kept == ("company",)
    assert result.excluded[["alternative", "whose"]].values.tolist() == [
        ["office", "Board"],
        ["hub", "Counsel"],
    ]
    assert result.unchecked["alternative"].tolist() == ["company"]


@pytest.mark.parametrize("kind", ["Float64", "object"])
def test_a_missing_score_of_any_kind_is_neither_within_nor_beyond_a_red_line(kind):
    scores = pd.DataFrame({"safety": pd.Series([8, pd.NA], index=["a", "b"], dtype=kind)})
    result = mc.screen(scores, [mc.RedLine("safety", at_least=5)])
    assert result.kept == ("a", "b")
    assert result.unchecked[["alternative", "found"]].values.tolist() == [["b", "no score"]]


def safety(*index):
    return pd.DataFrame({"safety": [8.0, 3.0]}, index=list(index))


@pytest.mark.parametrize(
    ("scores", "lines", "gates", "message"),
    [
        (safety("a", "b"), [mc.RedLine("cost", at_most=3)], [], "found criterion 'cost'"),
        (safety("a", "b"), [], [mc.Gate("c", "licence", False)], "found alternative 'c'"),
        (safety("a", "b"), [mc.RedLine("safety")], [], "no limit"),
        (safety("a", "b"), [mc.RedLine("safety", 7, 3)], [], "which nothing meets"),
        (safety("a", "a"), [], [], "listed twice"),
        # A number and its text are two names: the one excluded would not be the one kept.
        (safety(1, 2), [mc.RedLine("safety", 5)], [], "found alternative 1; allowed names"),
        (pd.DataFrame({"safety": ["high"]}, index=["a"]), [mc.RedLine("safety", 5)], [], "text"),
    ],
)
def test_a_screening_that_cannot_be_is_refused(scores, lines, gates, message):
    with pytest.raises(InputError, match=message):
        mc.screen(scores, lines, gates)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: mc.acceptability([[1, 0]], [[0.4, 0.4]]), "adds up to 0.8"),
        (lambda: mc.acceptability([[1, 0]], [[-0.5, 1.5]]), "negative"),
        (lambda: mc.acceptability([[1, 0]], [[0, 0]]), "all zero"),
        (lambda: mc.acceptability([[1, np.nan], [0, 1]], [[0.5, 0.5]]), "alternative 0"),
        (lambda: mc.acceptability([["a", 0]], [[0.5, 0.5]]), "no number"),
        (lambda: mc.normalise_swing_weights([0, 0]), "0 for every criterion"),
        (lambda: mc.normalise_swing_weights([100, -1]), "found -1"),
        (lambda: mc.partial_values([[11]], [mc.Scale(0, 10)]), "11"),
        (lambda: mc.pool_scores([[[3]]], [[[2]]], [[[4]]], 5, np.random.default_rng(1)), "low 3"),
        (
            lambda: mc.pool_scores(*[[[[3]]]] * 3, 5, np.random.default_rng(1), weights=[-1]),
            "found .-1.0.; allowed 1 numbers, 0 or more",
        ),
        (lambda: mc.sample_weights(3, 10, np.random.default_rng(1), order=[0, 0, 1]), "order"),
        (
            lambda: mc.sample_weights(2, 10, np.random.default_rng(1), bounds=[(0.8, 1), (0.7, 1)]),
            "lower ones add up to 1.5",
        ),
        (
            lambda: mc.sample_weights(2, 10, np.random.default_rng(1), bounds=[0.3, 0.4]),
            "pair, or None",
        ),
        (
            lambda: mc.sample_weights(
                2, 10, np.random.default_rng(1), order=[0, 1], bounds=[(0, 0.2), (0.5, 1)]
            ),
            "with the order",
        ),
        (lambda: mc.sample_weights(0, 10, np.random.default_rng(1)), "n_criteria: found 0"),
        (lambda: mc.acceptability([[1, 0]], [[0.5, 0.5, 0]]), "2 criteria"),
        (lambda: mc.acceptability(np.ones((3, 2, 1)), np.ones((2, 1))), "3 and 2 draws"),
        (lambda: mc.normalise_swing_weights([[100, np.nan]]), "assessor 0 gave no points"),
        (lambda: mc.sample_swing_weights([101, 3], 5, np.random.default_rng(1)), "found 101"),
        (lambda: mc.Scale(10, 0), "low below high"),
        (lambda: mc.Scale(0, 10, "up"), "direction 'up'"),
        (lambda: mc.discrimination([[1, 2]], ["one"]), "found 1; allowed one for each of 2"),
        (lambda: mc.dominance([[np.nan]]), "alternative 0"),
        (lambda: mc.flip_distance([[1, 0]], [[0.5, 0.5]] * 2), "one set of values"),
        (lambda: mc.leave_one_criterion_out([[1]], [[1]]), "1 criterion"),
    ],
)
def test_what_cannot_be_used_is_said_with_what_was_found(call, message):
    with pytest.raises(InputError, match=message):
        call()


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 8), st.integers(2, 6), st.integers(0, 2**31))
def test_who_leads_along_a_weight_is_who_leads_at_each_of_its_settings(n, m, seed):
    rng = np.random.default_rng(seed)
    values, weights = rng.random((n, m)), rng.dirichlet(np.ones(m))
    moved = list(rng.choice(m, rng.integers(1, m), replace=False))
    found = mc.leaders_along(values, weights, moved)
    starts = [start for start, _ in found]
    assert starts[0] == 0 and starts == sorted(starts) and starts[-1] < 1
    for share in np.linspace(0.0005, 0.9995, 200):
        totals = mc.overall_values(values, mc.moved_weights(weights, moved, share))
        leader = [option for start, option in found if start <= share][-1]
        assert totals[leader] >= totals.max() - 1e-9


def test_of_equals_the_earlier_leads_along_the_whole_weight():
    assert mc.leaders_along([[0.5, 0.5]] * 3, [0.5, 0.5], [0]) == [(0.0, 0)]


def test_moved_weights_keep_the_proportions_of_all_others():
    made = mc.moved_weights([0.5, 0.3, 0.2], [0], 0.0)
    assert made == pytest.approx([0, 0.6, 0.4])
    assert mc.moved_weights([1.0, 0, 0], [0], 0.5) == pytest.approx([0.5, 0.25, 0.25])
    assert mc.moved_weights([1.0, 0, 0], [1, 2], 0.5) == pytest.approx([0.5, 0.25, 0.25])
