"""Importance of blocks: against hand-worked matrices and properties of a total sensitivity index."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategy_lib.core.errors import InputError
from strategy_lib.methods.cross_impact import (
    block_importance,
    ensemble_shares,
    plausible_matrices,
)


def nobody(start, seed=1, **more):
    none = np.zeros_like(start)
    return block_importance(none, 1.0, none, start, seed, **more)


def consistent(matrix, sizes):
    return set(map(tuple, ensemble_shares(matrix[None], sizes)[0].tolist()))


class TestWorkedByHand:
    def test_a_coin_between_two_sets_of_scenarios(self):
        # One block alone is in doubt, and decides the second descriptor by itself. All 81 blocks
        # that its doubt allows, and every pair of them, give the expected distance exactly.
        start = np.zeros((4, 4), int)
        start[0, 2] = 1
        found = nobody(start, sizes=[2, 2], draws=400, redraws=6, doubt=(0.5, 0.5, 0.0), fills=0.0)
        sets = {}
        for top in np.ndindex(3, 3, 3, 3):
            cells = np.array(top) - 1
            p = np.prod(np.where(cells == 0, 0.5, 0.25))
            first, second = cells[0] + 1 - cells[1], cells[2] - cells[3]
            choose = [{0} if d > 0 else {1} if d < 0 else {0, 1} for d in (first, second)]
            key = frozenset((a, b) for a in (0, 1) for b in choose[a])
            sets[key] = sets.get(key, 0) + p
        expected = sum(
            p * q * (1 - len(one & other) / len(one | other))
            for one, p in sets.items()
            for other, q in sets.items()
        )
        assert found.value[0, 1] == pytest.approx(expected, abs=3 * found.standard_error[0, 1])
        assert found.value[1, 0] == 0

    def test_what_everybody_judged_hangs_on_nothing(self):
        start = np.random.default_rng(2).integers(-3, 4, (6, 6))
        n = np.zeros((6, 6), int)
        n[:2, 2:4] = 5
        found = block_importance(start, 1.0, n, start, 1, sizes=[2, 2, 2], panel=5)
        assert found.value[0, 1] == 0
        assert found.value[1, 0] > 0
        assert (np.diag(found.value) == 0).all()

    def test_more_answers_leave_less_to_hang(self):
        start = np.random.default_rng(2).integers(-2, 3, (6, 6))
        few, many = (
            block_importance(start, 1.5, np.full((6, 6), n), start, 1, sizes=[2, 2, 2], draws=200)
            for n in (2, 20)
        )
        assert many.value.sum() < few.value.sum()


class TestProperties:
    @settings(max_examples=15, derandomize=True, deadline=None)
    @given(sizes=st.lists(st.integers(2, 3), min_size=2, max_size=4), seed=st.integers(0, 99))
    def test_shares_between_0_and_1_and_the_same_by_seed(self, sizes, seed):
        start = np.random.default_rng(seed).integers(-3, 4, (sum(sizes), sum(sizes)))
        one, other = (nobody(start, seed, sizes=sizes, draws=4, redraws=2) for _ in range(2))
        assert np.array_equal(one.value, other.value)
        assert ((one.value >= 0) & (one.value <= 1)).all()

    @settings(max_examples=10, derandomize=True, deadline=None)
    @given(sizes=st.lists(st.integers(2, 3), min_size=2, max_size=4), seed=st.integers(0, 99))
    def test_as_if_each_changed_matrix_were_solved_anew(self, sizes, seed):
        start = np.random.default_rng(seed).integers(-3, 4, (sum(sizes), sum(sizes)))
        none = np.zeros_like(start)
        found = nobody(start, seed, sizes=sizes, draws=3, redraws=2)
        drawn = plausible_matrices(none, 1.0, none, start, 9, seed, sizes=sizes)
        ends = np.cumsum(sizes)
        parts = [slice(e - k, e) for e, k in zip(ends, sizes, strict=True)]
        for s, t in np.argwhere(~np.eye(len(sizes), dtype=bool)):
            distances = []
            for draw in range(3):
                for other in drawn[3 + 2 * draw : 5 + 2 * draw]:
                    changed = drawn[draw].copy()
                    changed[parts[s], parts[t]] = other[parts[s], parts[t]]
                    one, two = (consistent(m, sizes) for m in (drawn[draw], changed))
                    distances.append(
                        1 - len(one & two) / max(1, len(one | two)) if one | two else 0
                    )
            assert found.value[s, t] == pytest.approx(np.mean(distances))

    def test_in_parts_as_at_once(self, monkeypatch):
        start = np.random.default_rng(3).integers(-3, 4, (8, 8))
        whole = nobody(start, sizes=[3, 2, 3], draws=6, redraws=2)
        monkeypatch.setattr("strategy_lib.methods.cross_impact.plausible.MEMORY", 4 * 8 * 8 * 3 * 4)
        assert np.array_equal(nobody(start, sizes=[3, 2, 3], draws=6, redraws=2).value, whole.value)

    def test_too_few_draws_are_told(self):
        with pytest.raises(InputError, match="allowed from 2"):
            nobody(np.zeros((4, 4), int), sizes=[2, 2], draws=1)
