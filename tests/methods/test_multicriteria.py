"""SMAA-2 and what surrounds it: closed forms, published numbers, and what must always hold."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategy_lib.errors import InputError
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


@given(SIZES)
@settings(max_examples=40, deadline=None)
def test_relabelling_alternatives_permutes_the_result(size):
    values, weights = random_case(*size)
    order = np.random.default_rng(size[2]).permutation(len(values))
    plain, turned = mc.acceptability(values, weights), mc.acceptability(values[order], weights)
    assert turned.rank_acceptability == pytest.approx(plain.rank_acceptability[order])
    assert turned.central_weights == pytest.approx(plain.central_weights[order], nan_ok=True)


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


def test_a_draw_of_one_assessor_never_mixes_two():
    low = np.array([[[0.0, 0.0]], [[10.0, 10.0]]])
    pool = mc.pool_scores(low, low, low, 500, np.random.default_rng(1))
    assert {tuple(row) for row in pool.scores[:, 0].tolist()} == {(0.0, 0.0), (10.0, 10.0)}
    assert (pool.scores[:, 0, 0] == 10 * pool.assessor).all()


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
        (lambda: mc.sample_weights(3, 10, np.random.default_rng(1), order=[0, 0, 1]), "order"),
        (
            lambda: mc.sample_weights(2, 10, np.random.default_rng(1), bounds=[(0.8, 1), (0.7, 1)]),
            "lower ones add up to 1.5",
        ),
    ],
)
def test_what_cannot_be_used_is_said_with_what_was_found(call, message):
    with pytest.raises(InputError, match=message):
        call()
