"""Agreement of several people: published concordances, camps, rounds, forecasts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategy_lib.errors import InputError
from strategy_lib.methods import judgement

TEN_PROJECTS = [
    [1, 2, 3, 4],
    [3, 1, 2, 2],
    [4, 4, 1, 3],
    [5, 5, 5, 1],
    [2, 6, 7, 6],
    [8, 3, 4, 7],
    [6, 8, 6, 5],
    [7, 7, 8, 9],
    [10, 10, 9, 8],
    [9, 9, 10, 10],
]
WING = [10.4, 10.8, 11.1, 10.2, 10.3, 10.2, 10.7, 10.5, 10.8, 11.2, 10.6, 11.4]
TAIL = [7.4, 7.6, 7.9, 7.2, 7.4, 7.1, 7.4, 7.2, 7.8, 7.7, 7.8, 8.3]
BILL = [17, 17, 20, 14.5, 15.5, 13, 19.5, 16, 21, 20, 18, 22]


def test_kendall_w_of_ten_projects_and_four_judges():
    """Sum of squared deviations 1048, so W = 12 * 1048 / (16 * 990)."""
    result = judgement.kendalls_w(TEN_PROJECTS)
    assert result == pytest.approx(0.793939393939394)
    assert result.w == float(result)
    assert (result.n_items, result.n_assessors) == (10, 4)
    assert result.chi2 == pytest.approx(4 * 9 * result.w)


def test_kendall_w_with_ties_of_zar_2010_example_20_5():
    """Wings, tails and bills of twelve birds; W corrected for ties."""
    measured = np.column_stack([WING, TAIL, BILL])
    ranks = judgement.rank_scores(measured, higher_is_better=False)
    published = [14.5, 21, 30.5, 6, 11, 3.5, 20, 11.5, 29, 28.5, 22.5, 36]
    assert ranks.sum(axis=1).tolist() == published
    assert judgement.kendalls_w(ranks).w == pytest.approx(0.9241352201257862)


@given(st.integers(2, 8), st.integers(2, 6), st.integers(0, 2**31))
@settings(max_examples=50, deadline=None)
def test_concordance_is_between_none_and_full_and_ignores_the_order_of_people(n, m, seed):
    rng = np.random.default_rng(seed)
    ranks = np.column_stack([rng.permutation(n) for _ in range(m)])
    result = judgement.kendalls_w(ranks)
    assert 0 <= result.w <= 1 + 1e-12
    assert judgement.kendalls_w(ranks[:, ::-1]).w == pytest.approx(result.w)
    same = np.column_stack([ranks[:, 0]] * m)
    assert judgement.kendalls_w(same).w == pytest.approx(1)


def test_everybody_ties_everything_and_concordance_has_no_value():
    assert np.isnan(judgement.kendalls_w([[1, 1], [1, 1]]).w)


@pytest.mark.parametrize("ranks", [[[1, 2]], [[1], [2]], [[1, 2], [np.nan, 1]], [1, 2, 3]])
def test_too_few_or_missing_ranks_are_refused(ranks):
    with pytest.raises(InputError, match="items x assessors"):
        judgement.kendalls_w(ranks)


@pytest.mark.parametrize(
    ("answers", "is_divided"),
    [
        ([1, 2, 8, 9], True),
        ([1, 2, 5, 8, 9], False),
        ([1, 2, 2, 9], False),
        ([4, 4, 6, 6], False),
        ([2, 2, 6, 6], True),
        ([], False),
    ],
)
def test_a_room_of_two_camps(answers, is_divided):
    assert judgement.summarise(answers, 0, 10).is_divided is is_divided


def test_no_answer_is_counted_and_never_zero():
    room = judgement.summarise([np.nan, 8, np.nan, 6], 0, 10)
    assert (room.n, room.n_no_answer, room.median, room.lowest) == (2, 2, 7.0, 6.0)
    nobody = judgement.summarise([np.nan], 0, 10)
    assert np.isnan(nobody.median) and nobody.in_words == "Nobody answered."


def test_an_answer_outside_the_scale_is_refused():
    with pytest.raises(InputError, match="found 11; allowed 0 to 10"):
        judgement.summarise([5, 11], 0, 10)


def test_consensus_and_stability_are_two_things():
    """Everybody keeps an opposite view: no consensus, full stability; and the other way round."""
    apart = judgement.stability([0, 0, 10, 10], [0, 0, 10, 10], 0, 10)
    assert (apart.stability, apart.consensus_after) == (1.0, 0.0)
    together = judgement.stability([0, 0, 10, 10], [5, 5, 5, 5], 0, 10)
    assert (together.stability, together.consensus_after) == (0.5, 1.0)


def test_brier_score_of_murphy_adds_up_and_knows_perfect_and_useless():
    forecasts, outcomes = [0.9, 0.9, 0.2, 0.2, 0.2], [1, 1, 0, 0, 1]
    result = judgement.brier_score(forecasts, outcomes)
    by_hand = (2 * 0.01 + 2 * 0.04 + 0.64) / 5
    assert result.score == pytest.approx(by_hand)
    parts = result.reliability - result.resolution + result.uncertainty
    assert parts == pytest.approx(result.score)
    assert judgement.brier_score([1, 0], [1, 0]).score == 0
    assert judgement.brier_score([0.5, 0.5], [1, 0]).score == 0.25


@given(st.lists(st.tuples(st.sampled_from([0.1, 0.3, 0.7, 1.0]), st.booleans()), min_size=1))
def test_the_parts_of_a_brier_score_always_add_up(pairs):
    said, happened = [p for p, _ in pairs], [int(h) for _, h in pairs]
    result = judgement.brier_score(said, happened)
    parts = result.reliability - result.resolution + result.uncertainty
    assert parts == pytest.approx(result.score, abs=1e-12)


def test_a_pool_holds_both_opinions():
    pool = judgement.linear_pool([1, 8], [2, 9], [3, 10], 4000, np.random.default_rng(1))
    assert ((pool.samples <= 3) | (pool.samples >= 8)).all()
    assert (pool.samples <= 3).mean() == pytest.approx(0.5, abs=0.03)
