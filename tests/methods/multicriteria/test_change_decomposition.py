"""Contributions to a change: they add up, and what depends on the order is said."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategy_lib.core.errors import InputError
from strategy_lib.methods.multicriteria.change_decomposition import decompose_change

NAMES = ("options", "scores", "weights", "people", "method")


def table_of(values):
    """A result that is looked up: any function of a set of factors."""

    def result(new):
        return values[sum(1 << NAMES.index(name) for name in new)]

    return result


@st.composite
def any_results(draw):
    n = draw(st.integers(0, 5))
    outputs = draw(st.integers(1, 3))
    number = st.floats(-1e6, 1e6, allow_nan=False)
    size = outputs << n
    flat = draw(st.lists(number, min_size=size, max_size=size))
    return NAMES[:n], np.array(flat).reshape(1 << n, outputs)


@given(any_results())
def test_contributions_add_up_to_the_change_whatever_the_result(case):
    names, values = case
    found = decompose_change(table_of(values), names)
    total = found.contributions.sum(axis=0)
    assert np.allclose(total, values[-1] - values[0], rtol=0, atol=1e-6)
    assert np.array_equal(found.change, values[-1] - values[0])


@given(any_results())
def test_it_is_the_mean_over_all_orders_and_lies_between_least_and_most(case):
    names, values = case
    found = decompose_change(table_of(values), names)
    result, sums = table_of(values), np.zeros_like(found.contributions)
    for order in permutations(names):
        new = frozenset()
        for name in order:
            added = result(new | {name}) - result(new)
            place = names.index(name)
            sums[place] += added
            assert (found.least[place] <= added).all() and (added <= found.most[place]).all()
            new |= {name}
    count = max(1, len(list(permutations(names))))
    assert np.allclose(found.contributions, sums / count, rtol=0, atol=1e-6)


@given(any_results(), st.randoms(use_true_random=False))
def test_the_order_in_which_factors_are_named_does_not_matter(case, random):
    names, values = case
    mixed = list(names)
    random.shuffle(mixed)
    one, other = (decompose_change(table_of(values), given) for given in (names, mixed))
    for name in names:
        mine = one.contributions[names.index(name)]
        assert np.allclose(mine, other.contributions[mixed.index(name)], rtol=0, atol=1e-6)


def test_a_factor_that_changes_nothing_contributes_exactly_nothing():
    found = decompose_change(lambda new: 0.1 + 0.2 * ("scores" in new), NAMES)
    for name, amount in zip(found.factors, found.contributions, strict=True):
        assert amount == (pytest.approx(0.2) if name == "scores" else 0.0)


def test_two_factors_that_only_act_together_share_alike():
    found = decompose_change(lambda new: float({"scores", "weights"} <= new), NAMES[:3])
    assert found.contributions.tolist() == [0.0, 0.5, 0.5]
    assert found.alone.tolist() == [0.0, 0.0, 0.0]
    assert found.most.tolist() == [0.0, 1.0, 1.0]


def test_published_case_of_a_product():
    """Change of a product a*b from (2, 10) to (3, 20): means of the two paths, 15 and 25."""
    found = decompose_change(
        lambda new: (3 if "a" in new else 2) * (20 if "b" in new else 10), ["a", "b"]
    )
    assert found.contributions.tolist() == [15.0, 25.0]
    assert found.alone.tolist() == [10.0, 20.0]


def test_no_factor_no_change():
    found = decompose_change(lambda new: 7.0, [])
    assert found.factors == () and found.contributions.shape == (0,) and found.change == 0.0


def test_each_set_is_asked_for_once():
    asked = []
    decompose_change(lambda new: asked.append(new) or 0.0, NAMES)
    assert len(asked) == len(set(asked)) == 2 ** len(NAMES)


@pytest.mark.parametrize(
    ("result", "factors", "words"),
    [
        (lambda new: 0.0, ["scores", "scores"], "twice: scores"),
        (lambda new: 0.0, [str(n) for n in range(15)], "at most 14 factors"),
        (lambda new: float("nan") if new else 0.0, ["scores"], "With scores as now"),
        (lambda new: [0.0] * (1 + len(new)), ["scores"], "shape"),
    ],
)
def test_what_cannot_be_split_is_refused(result, factors, words):
    with pytest.raises(InputError, match=words):
        decompose_change(result, factors)
