"""Bayes' rule for groups of futures: worked by hand, and against every corner of the ranges."""

from __future__ import annotations

from itertools import permutations, product

import numpy as np
import pytest

from strategy_lib.core.errors import InputError
from strategy_lib.methods.uncertainty.updated_groups import update_groups

WEIGHTS = [1, 1, 2]
GROUPS = [[1, 0], [1, 0], [0, 1]]


def test_a_point_ratio_is_bayes_rule_worked_by_hand():
    """Of weights 1, 1, 2 the first is three times as likely: 3 + 1 of 6, and 2 of 6."""
    found = update_groups(WEIGHTS, GROUPS, [3.0], [3.0], [[True, False, False]])
    assert found.before.tolist() == [0.5, 0.5]
    for part in (found.low, found.middle, found.high):
        assert part == pytest.approx([4 / 6, 2 / 6])


def test_without_observations_nothing_moves():
    found = update_groups(WEIGHTS, GROUPS, [], [], np.zeros((0, 3)))
    for part in (found.low, found.middle, found.high):
        assert part.tolist() == [0.5, 0.5]


def test_a_signpost_that_tells_nothing_moves_nothing():
    found = update_groups(WEIGHTS, GROUPS, [1.0], [1.0], [[True, False, True]])
    assert found.middle == pytest.approx([0.5, 0.5])


def test_futures_that_share_an_observation_move_together():
    """Bounds of single futures, added up, would be 2/(2+4+2) twice, which is less than 2/3."""
    found = update_groups(WEIGHTS, GROUPS, [2.0], [4.0], [[True, True, False]])
    assert found.low == pytest.approx([4 / 6, 2 / 10])
    assert found.high == pytest.approx([8 / 10, 2 / 6])


@pytest.mark.parametrize("seed", range(40))
def test_the_ends_are_those_of_all_corners_and_the_order_leaves_no_trace(seed):
    rng = np.random.default_rng(seed)
    weights = rng.random(9)
    groups = rng.dirichlet(np.ones(3), 9)
    low = np.exp(rng.normal(0, 1, 4))
    high = low * np.exp(rng.random(4))
    bears = rng.random((4, 9)) < 0.4
    found = update_groups(weights, groups, low, high, bears)
    corners = []
    for ends in product(*zip(low, high, strict=True)):
        moved = weights * np.prod(np.where(bears, np.array(ends)[:, None], 1.0), axis=0)
        corners.append(moved @ groups / moved.sum())
    assert found.low == pytest.approx(np.min(corners, axis=0))
    assert found.high == pytest.approx(np.max(corners, axis=0))
    for order in list(permutations(range(4)))[:6]:
        own = list(order)
        again = update_groups(weights, groups, low[own], high[own], bears[own])
        assert again.middle == pytest.approx(found.middle, rel=1e-12)


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [([0.0], [1.0], "above 0"), ([2.0], [1.0], "low end first"), ([1.0], [np.inf], "ratios")],
)
def test_what_is_no_range_is_told(low, high, said):
    with pytest.raises(InputError, match=said):
        update_groups(WEIGHTS, GROUPS, low, high, [[True, False, False]])


def test_no_weight_and_groups_of_other_futures_are_told():
    with pytest.raises(InputError, match="weights"):
        update_groups([0, 0, 0], GROUPS, [], [], [])
    with pytest.raises(InputError, match="groups"):
        update_groups(WEIGHTS, GROUPS[:2], [], [], [])
