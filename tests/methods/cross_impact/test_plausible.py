"""Shares of plausible matrices: against published sets, the definition by brute force, and theory."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategy_lib.core.errors import InputError
from strategy_lib.methods.cross_impact import (
    CrossImpactMatrix,
    consistent_scenarios,
    ensemble_shares,
    expected_return,
    judged,
    plausible_matrices,
)
from tests.methods.cross_impact.published import (
    SOMEWHERELAND,
    SOMEWHERELAND_CONSISTENT,
    SOMEWHERELAND_IMPACTS,
)

REPEATABLE = settings(max_examples=40, derandomize=True, deadline=None)
SIZES = st.lists(st.integers(2, 4), min_size=1, max_size=4)


def random_matrices(sizes, count, seed):
    rng = np.random.default_rng(seed)
    return rng.integers(-3, 4, (count, sum(sizes), sum(sizes)))


def by_definition(matrix, sizes):
    """Every combination tried in plain Python (Weimer-Jehle 2006)."""
    starts = np.cumsum(sizes) - sizes
    found = set()
    for scenario in itertools.product(*map(range, sizes)):
        balance = sum(matrix[starts[d] + s] for d, s in enumerate(scenario))
        own = [balance[b : b + k] for b, k in zip(starts, sizes, strict=True)]
        if all(part[s] == part.max() for part, s in zip(own, scenario, strict=True)):
            found.add(scenario)
    return found


class TestSharesOfPublishedCases:
    def test_somewhereland_has_ten_scenarios_in_each_of_its_copies(self):
        states = [len(own) for own in SOMEWHERELAND.values()]
        scenarios, shares = ensemble_shares([SOMEWHERELAND_IMPACTS] * 3, states)
        named = {
            " ".join(own[s] for own, s in zip(SOMEWHERELAND.values(), row, strict=True))
            for row in scenarios
        }
        assert named == SOMEWHERELAND_CONSISTENT
        assert (shares == 1).all()

    def test_many_matrices_at_once_are_solved_as_each_alone(self):
        counts = [len(own) for own in SOMEWHERELAND.values()]
        matrices = plausible_matrices(
            SOMEWHERELAND_IMPACTS,
            1.0,
            np.full_like(SOMEWHERELAND_IMPACTS, 4),
            SOMEWHERELAND_IMPACTS,
            12,
            seed=7,
            sizes=counts,
        )
        scenarios, shares = ensemble_shares(matrices, counts)
        alone = [
            consistent_scenarios(CrossImpactMatrix(SOMEWHERELAND, m))[list(SOMEWHERELAND)]
            for m in matrices
        ]
        total = sum(len(frame) for frame in alone)
        assert total == pytest.approx(12 * shares.sum())
        assert {tuple(r) for f in alone for r in f.to_numpy()} == {
            tuple(own[s] for own, s in zip(SOMEWHERELAND.values(), row, strict=True))
            for row in scenarios
        }


class TestSharesByDefinition:
    @REPEATABLE
    @given(sizes=SIZES, count=st.integers(1, 4), seed=st.integers(0, 999))
    def test_all_combinations(self, sizes, count, seed):
        matrices = random_matrices(sizes, count, seed)
        scenarios, shares = ensemble_shares(matrices, sizes)
        sets = [by_definition(m, sizes) for m in matrices]
        expected = {s: sum(s in own for own in sets) / count for own in sets for s in own}
        assert dict(zip(map(tuple, scenarios.tolist()), shares, strict=True)) == expected
        assert (np.diff(shares) <= 0).all()

    @REPEATABLE
    @given(sizes=SIZES, seed=st.integers(0, 999))
    def test_order_of_matrices_does_not_matter(self, sizes, seed):
        matrices = random_matrices(sizes, 5, seed)
        one = ensemble_shares(matrices, sizes)
        other = ensemble_shares(matrices[::-1], sizes)
        assert all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))

    def test_in_parts_as_at_once(self, monkeypatch):
        module = "strategy_lib.methods.cross_impact.plausible.MEMORY"
        matrices = random_matrices([3, 2, 4, 3], 30, 5)
        whole = ensemble_shares(matrices, [3, 2, 4, 3])
        monkeypatch.setattr(module, 4 * 12 * 12 * 4 * 7)
        parts = ensemble_shares(matrices, [3, 2, 4, 3])
        assert all(np.array_equal(a, b) for a, b in zip(whole, parts, strict=True))

    def test_nothing_is_ever_a_sample(self):
        matrices = np.zeros((2, 30, 30), int)
        with pytest.raises(InputError, match="too many to solve completely"):
            ensemble_shares(matrices, [3] * 10, effort=1000)

    @pytest.mark.parametrize(
        ("matrices", "sizes", "why"),
        [
            (np.zeros((0, 4, 4), int), [2, 2], "needed any number of 4x4"),
            (np.zeros((1, 4, 4), int), [2, 3], "needed any number of 5x5"),
            (np.zeros((1, 4, 4)), [2, 2], "not whole"),
            (np.zeros((1, 3, 3), int), [1, 2], "two states or more"),
        ],
    )
    def test_what_does_not_fit_is_told(self, matrices, sizes, why):
        with pytest.raises(InputError, match=why):
            ensemble_shares(matrices, sizes)


class TestPlausibleMatrices:
    sizes = (3, 2, 3)

    def start(self):
        matrix = random_matrices(self.sizes, 1, 3)[0]
        matrix[:3, 3:5] = 0
        for first, last in ((0, 3), (3, 5), (5, 8)):
            matrix[first:last, first:last] = 0
        return matrix

    def drawn(self, answered=0, count=4000, seed=1, **more):
        start = self.start()
        n = np.full(start.shape, answered)
        return plausible_matrices(
            start, more.pop("spread", 1.0), n, start, count, seed, sizes=self.sizes, **more
        )

    def test_unasked_cells_are_off_as_often_as_the_doubt_says(self):
        start = self.start()
        off = np.abs(self.drawn() - start)[:, np.abs(start) == 1]
        cells = np.broadcast_to(np.abs(start) == 1, start.shape)
        assert cells.sum() > 5
        shares = [(off == k).mean() for k in (0, 1, 2)]
        blocks = (start[:3, 3:5] != 0).any()
        assert not blocks
        assert shares == pytest.approx([0.5, 0.4, 0.1], abs=0.01)

    def test_an_empty_block_stays_empty_but_for_one_in_four(self):
        block = self.drawn()[:, :3, 3:5]
        filled = (block != 0).any(axis=(1, 2)).mean()
        assert filled == pytest.approx(0.25 * (1 - 0.5**6), abs=0.02)

    def test_judged_cells_have_the_error_of_a_median(self):
        # Where nothing is clipped (start 0), rounding adds 1/12.
        start = np.zeros((4, 4), int)
        n = np.full((4, 4), 4)
        drawn = plausible_matrices(start, 1.2, n, start, 20_000, 1, sizes=[2, 2])
        assert drawn[:, 0, 2].var() == pytest.approx(1.57 * 1.44 / 4 + 1 / 12, rel=0.03)
        within = plausible_matrices(start, 1.2, n, start, 20_000, 1, sizes=[2, 2], panel=8)
        assert within[:, 0, 2].var() == pytest.approx(1.57 * 1.44 / 8 + 1 / 12, rel=0.03)

    def test_a_panel_that_has_answered_leaves_nothing_open(self):
        assert (self.drawn(answered=9, panel=9, count=50) == self.start()).all()

    def test_own_blocks_and_limits_stay(self):
        drawn = self.drawn()
        assert np.abs(drawn).max() <= 3
        assert (drawn[:, :3, :3] == 0).all()

    def test_the_same_seed_draws_the_same(self):
        assert np.array_equal(self.drawn(seed=4, count=5), self.drawn(seed=4, count=5))
        assert not np.array_equal(self.drawn(seed=4, count=5), self.drawn(seed=5, count=5))

    @pytest.mark.parametrize(
        ("change", "why"),
        [
            ({"doubt": (0.5, 0.4, 0.2)}, "add up to 1"),
            ({"fills": 1.5}, "fills 1.5"),
            ({"spread": -1.0}, "spread from -1"),
        ],
    )
    def test_what_is_no_chance_is_told(self, change, why):
        with pytest.raises(InputError, match=why):
            self.drawn(**change)

    def test_what_is_not_whole_or_does_not_fit_is_told(self):
        start = np.zeros((4, 4))
        with pytest.raises(InputError, match="start: found a number that is not whole"):
            plausible_matrices(start, 1, start, start + 0.5, 1, 1, sizes=[2, 2])
        with pytest.raises(InputError, match=r"median: found shape \(3, 3\)"):
            plausible_matrices(start[:3, :3], 1, start, start, 1, 1, sizes=[2, 2])


class TestJudged:
    def test_worked_by_hand(self):
        said = np.full((4, 4, 4), np.nan)
        said[:3, 0, 2] = [1, 3, 2]
        said[:, 1, 2] = [-1, -2, -1, -2]
        found = judged(said, [2, 2], spread=1.0, weight=2)
        assert found.median[0, 2] == 2
        assert found.median[1, 2] == -1  # halves towards 0
        assert found.answered[:2, 2:].tolist() == [[3, 0], [4, 0]]
        # Squares 2 + 1 over 2 + 3 degrees, and two answers of variance 1 in each of two cells.
        assert found.spread[0, 3] == pytest.approx(((2 + 1 + 4) / (5 + 4)) ** 0.5)
        assert found.spread[2, 0] == pytest.approx(1.0)

    @REPEATABLE
    @given(seed=st.integers(0, 999), people=st.integers(0, 6))
    def test_order_of_people_does_not_matter(self, seed, people):
        rng = np.random.default_rng(seed)
        said = rng.integers(-3, 4, (people, 5, 5)).astype(float)
        said[rng.random(said.shape) < 0.3] = np.nan
        one, other = judged(said, [2, 3]), judged(said[::-1], [2, 3])
        assert np.array_equal(one.median, other.median)
        assert np.array_equal(one.answered, other.answered)
        assert np.allclose(one.spread, other.spread)
        with np.errstate(all="ignore"):
            known = ~np.isnan(said).all(axis=0) if people else np.zeros((5, 5), bool)
        middle = np.nanmedian(said[:, known], axis=0) if known.any() else np.zeros(0)
        assert np.array_equal(one.median[known], np.trunc(middle))

    def test_answers_that_do_not_fit_are_told(self):
        with pytest.raises(InputError, match="needed people x 4 x 4"):
            judged(np.zeros((2, 3, 3)), [2, 2])


class TestExpectedReturn:
    def test_it_is_what_another_draw_holds_on_average(self):
        matrices = random_matrices([3, 3, 2], 400, 8)
        scenarios, shares = ensemble_shares(matrices, [3, 3, 2])
        firmest = set(map(tuple, scenarios[:12].tolist()))
        held = [len(by_definition(m, [3, 3, 2]) & firmest) for m in matrices]
        assert expected_return(shares) == pytest.approx(np.mean(held))

    def test_none_and_few(self):
        assert expected_return([]) == 0
        assert expected_return([1.0, 0.5]) == 1.5

    def test_what_is_no_share_is_told(self):
        with pytest.raises(InputError, match=r"found 0\.2 to 2"):
            expected_return([0.2, 2])
