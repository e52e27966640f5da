"""Agreement of several people: published concordances, camps, rounds, forecasts."""

from __future__ import annotations

import copy
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from strategy_lib.core.errors import InputError
from strategy_lib.methods import groups as judgement

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


@given(st.integers(3, 8), st.integers(3, 6), st.integers(0, 2**31))
@settings(max_examples=50, deadline=None)
def test_concordance_is_the_test_of_friedman_said_otherwise(n, m, seed):
    """With ties: chi2 = m (n - 1) W is Friedman's statistic, as another library computes it."""
    scores = np.random.default_rng(seed).integers(0, 4, (n, m))
    if all(len(set(column)) == 1 for column in scores.T.tolist()):
        return
    expected = stats.friedmanchisquare(*scores)
    result = judgement.kendalls_w(scores)
    assert result.chi2 == pytest.approx(expected.statistic)
    assert result.p_value == pytest.approx(expected.pvalue)


def test_a_concordance_is_copied_whole_and_cannot_be_changed():
    result = judgement.kendalls_w(TEN_PROJECTS)
    for same in (pickle.loads(pickle.dumps(result)), copy.deepcopy(result)):
        assert (same.w, same.chi2, same.n_items) == (result.w, result.chi2, 10)
    with pytest.raises(AttributeError):
        result.n_items = 3


def test_everybody_ties_everything_and_concordance_has_no_value():
    result = judgement.kendalls_w([[1, 1], [1, 1]])
    assert np.isnan([result.w, result.chi2, result.p_value]).all()


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
        # Three: nobody can be a camp of two on both sides.
        ([0, 0, 10], False),
        ([0, 0, 4, 4], False),
        ([0, 0, 5, 10, 10], False),
        # In a group of thirty, neither one in the middle nor three spread out make it one group.
        ([1] * 15 + [5] + [9] * 14, True),
        ([1] * 14 + [4, 5, 6] + [9] * 13, True),
        ([1] * 12 + [4, 4, 5, 5, 6, 6] + [9] * 12, False),
        # Nor are two of thirty a camp.
        ([1] * 28 + [9, 9], False),
        ([1] * 24 + [9] * 6, True),
        ([7], False),
        ([], False),
    ],
)
def test_a_room_of_two_camps(answers, is_divided):
    assert judgement.summarise(answers, 0, 10).is_divided is is_divided


def test_the_two_camps_are_said_with_their_numbers():
    room = judgement.summarise([1] * 14 + [2, 5] + [8.5] * 14, 0, 10)
    assert room.camps == (judgement.Camp(15, 1, 2), judgement.Camp(14, 8.5, 8.5))
    assert room.in_words == "Two camps: 15 at 1 to 2, 14 at 8.5 to 8.5, 1 between."
    assert judgement.summarise([3], 0, 10).in_words == "One answer: 3."


def test_three_tenths_of_the_scale_are_enough_whatever_the_last_digit():
    assert 0.7 - 0.4 < 0.3
    assert judgement.summarise([0.4, 0.4, 0.7, 0.7], 0, 1).is_divided


@given(st.lists(st.integers(0, 10), max_size=30))
def test_camps_do_not_depend_on_which_end_of_the_scale_is_up(answers):
    room = judgement.summarise(answers, 0, 10)
    mirrored = judgement.summarise([10 - a for a in answers], 0, 10)
    assert mirrored.is_divided is room.is_divided
    assert (mirrored.n_below, mirrored.n_above) == (room.n_above, room.n_below)
    if room.is_divided:
        low, high = room.camps
        assert low.highest < 5 < high.lowest
        assert high.lowest - low.highest >= 3
        assert min(low.n, high.n) >= max(2, len(answers) / 5)
        assert 0 <= len(answers) - low.n - high.n <= len(answers) / 10


def test_the_spread_stands_beside_the_median():
    room = judgement.summarise([2, 4, 6, 8], 0, 10)
    assert (room.median, room.interquartile_range) == (5, 3)
    assert (room.share_below, room.share_above, room.n_middle) == (0.5, 0.5, 0)
    assert (room.lowest, room.highest, room.gap) == (2, 8, 2)


def test_no_answer_is_counted_and_never_zero():
    room = judgement.summarise([np.nan, 8, np.nan, 6], 0, 10)
    assert (room.n, room.n_no_answer, room.median, room.lowest) == (2, 2, 7.0, 6.0)
    nobody = judgement.summarise([np.nan], 0, 10)
    assert np.isnan(nobody.median) and nobody.in_words == "Nobody answered."


def test_an_answer_outside_the_scale_is_refused():
    with pytest.raises(InputError, match="found -1, 11; allowed 0 to 10"):
        judgement.summarise([5, 11, -1], 0, 10)


def test_consensus_and_stability_are_two_things():
    """Everybody keeps an opposite view: no consensus, full stability; and the other way round."""
    apart = judgement.stability([0, 0, 10, 10], [0, 0, 10, 10], 0, 10)
    assert (apart.stability, apart.consensus_after) == (1.0, 0.0)
    together = judgement.stability([0, 0, 10, 10], [5, 5, 5, 5], 0, 10)
    assert (together.stability, together.consensus_after) == (0.5, 1.0)


def test_one_person_agrees_with_nobody():
    assert np.isnan(judgement.consensus([5], 0, 10))
    assert np.isnan(judgement.consensus([], 0, 10))


def test_who_answered_in_one_round_only_is_counted_and_left_out():
    change = judgement.stability([0, 3, np.nan, np.nan], [0, np.nan, 9, np.nan], 0, 10)
    assert (change.n, change.n_once, change.n_moved, change.stability) == (1, 2, 0, 1.0)
    assert np.isnan(change.consensus_after)
    nobody = judgement.stability([3], [np.nan], 0, 10)
    assert (nobody.n, nobody.n_once) == (0, 1)
    assert np.isnan(nobody.stability)
    with pytest.raises(InputError, match="same assessors twice"):
        judgement.stability([1, 2], [1], 0, 10)


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


def test_the_best_score_has_the_first_rank_unless_less_is_better():
    scores = [[9, 1], [5, 1], [7, 4]]
    assert judgement.rank_scores(scores).tolist() == [[1, 2.5], [3, 2.5], [2, 1]]
    turned = judgement.rank_scores(scores, higher_is_better=False)
    assert turned.tolist() == [[3, 1.5], [1, 1.5], [2, 3]]
    with pytest.raises(InputError, match="1 missing"):
        judgement.rank_scores([[np.nan, 1]])


def test_a_calibration_table_counts_each_forecast_once_in_its_class():
    table = judgement.calibration_table([0.0, 0.29, 0.3, 1.0], [0, 1, 0, 1], bins=100)
    assert table["from"].tolist() == [0.0, 0.29, 0.3, 0.99]
    assert table["n"].sum() == 4
    assert (
        (table["mean_forecast"] >= table["from"]) & (table["mean_forecast"] <= table["to"])
    ).all()


def test_every_unusable_forecast_is_listed():
    with pytest.raises(InputError, match=r"forecast 1: found 1.2; outcome 0: found nan"):
        judgement.brier_score([0.5, 1.2], [np.nan, 1])
    with pytest.raises(InputError, match="at least one"):
        judgement.brier_score([], [])


def _rng():
    return np.random.default_rng(1)
