"""Cross-impact balances against published cases and against the definition by brute force.

The brute force here is plain Python over every combination, after Weimer-Jehle (2006),
Technological Forecasting and Social Change 73(4), 334-361; it shares no code with the package.
"""

import importlib
import itertools
import math
import pickle
import warnings
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategy_lib.core.errors import InputError
from strategy_lib.methods import cross_impact as ci
from tests.methods.cross_impact.published import (
    SOMEWHERELAND,
    SOMEWHERELAND_CONSISTENT,
    SOMEWHERELAND_IMPACTS,
)

pytestmark = pytest.mark.filterwarnings(
    "ignore::strategy_lib.methods.cross_impact.JudgementScaleWarning"
)
REPEATABLE = settings(max_examples=60, derandomize=True, deadline=None)


@pytest.fixture
def somewhereland():
    return ci.CrossImpactMatrix(SOMEWHERELAND, SOMEWHERELAND_IMPACTS)


def tuples(table, matrix):
    return set(table[list(matrix.names)].itertuples(index=False, name=None))


def brute_force(matrix):
    """Every scenario with (inconsistency, total impact score), straight from the definition."""
    cells = {
        (source, target): Fraction(float(value)).limit_denominator(1000)
        for source, row in zip(matrix.pairs, matrix.impacts.tolist(), strict=True)
        for target, value in zip(matrix.pairs, row, strict=True)
    }
    result = {}
    for scenario in itertools.product(*matrix.descriptors.values()):
        chosen = list(zip(matrix.names, scenario, strict=True))
        balance = {t: sum(cells[s, t] for s in chosen) for t in matrix.pairs}
        misses = [
            max(balance[name, state] for state in matrix.descriptors[name]) - balance[name, own]
            for name, own in chosen
        ]
        result[scenario] = max(misses), sum(balance[t] for t in chosen)
    return result


def consistent_by_brute_force(matrix, threshold=0):
    return {s for s, (miss, _) in brute_force(matrix).items() if miss <= threshold}


@st.composite
def matrices(draw, most_descriptors=5, most_states=4, values=None, self_influence=None):
    counts = draw(
        st.lists(st.integers(2, most_states), min_size=1, max_size=most_descriptors).filter(
            lambda c: math.prod(c) <= 162
        )
    )
    descriptors = {f"d{i}": [f"s{j}" for j in range(k)] for i, k in enumerate(counts)}
    size = sum(counts)
    cell = (
        values
        if values is not None
        else draw(st.sampled_from([st.integers(-3, 3), st.integers(-1, 1)]))
    )
    impacts = np.array(draw(st.lists(cell, min_size=size**2, max_size=size**2)), dtype=float)
    impacts = impacts.reshape(size, size)
    if not (draw(st.booleans()) if self_influence is None else self_influence):
        edges = np.concatenate([[0], np.cumsum(counts)])
        for start, stop in itertools.pairwise(edges):
            impacts[start:stop, start:stop] = 0
    return ci.CrossImpactMatrix(descriptors, impacts)


def random_matrix(counts, seed):
    """Judgements -3..3 on every block but the diagonal ones."""
    rng = np.random.default_rng(seed)
    impacts = rng.integers(-3, 4, (sum(counts), sum(counts)))
    owner = np.repeat(np.arange(len(counts)), counts)
    impacts[owner[:, None] == owner] = 0
    return ci.CrossImpactMatrix(
        {f"d{i}": [f"s{j}" for j in range(k)] for i, k in enumerate(counts)}, impacts
    )


class TestSomewhereland:
    def test_exactly_the_ten_published_of_486_are_consistent(self, somewhereland):
        found = ci.consistent_scenarios(somewhereland)
        assert somewhereland.n_scenarios == 486
        assert len(found) == 10
        assert {" ".join(s) for s in tuples(found, somewhereland)} == SOMEWHERELAND_CONSISTENT

    def test_published_impact_balance(self, somewhereland):
        balance = ci.impact_balance(somewhereland, ["A2", "B1", "C3", "D1", "E1", "F1"])
        assert balance.tolist() == [0, 3, -3, 2, 1, -3, -9, -1, 10, -7, 7, 4, -1, -3, 2, -1, -1]
        assert balance["C", "C3"] == 10

    def test_scores_and_order_best_first(self, somewhereland):
        found = ci.consistent_scenarios(somewhereland)
        assert found["total_impact_score"].tolist() == [21, 19, 18, 17, 15, 14, 12, 9, 9, 8]
        assert found["inconsistency"].tolist() == [0] * 10
        assert list(found.columns) == [*"ABCDEF", "total_impact_score", "inconsistency"]

    @pytest.mark.parametrize(("threshold", "count"), [(0, 10), (1, 15), (2, 32)])
    def test_more_scenarios_where_some_inconsistency_is_allowed(
        self, somewhereland, threshold, count
    ):
        assert len(ci.consistent_scenarios(somewhereland, threshold)) == count

    def test_basins_of_global_succession_add_up_to_486(self, somewhereland):
        found = ci.basins(somewhereland)
        sizes = dict(
            zip(found[list("ABCDEF")].agg(" ".join, axis=1), found["basin_size"], strict=True)
        )
        assert sizes == {
            "A1 B3 C2 D1 E1 F3": 178,
            "A1 B3 C1 D2 E3 F3": 127,
            "A1 B3 C2 D1 E1 F2": 55,
            "A1 B2 C2 D1 E1 F2": 35,
            "A2 B1 C3 D2 E2 F1": 28,
            "A3 B1 C3 D2 E1 F1": 24,
            "A2 B2 C3 D2 E2 F1": 19,
            "A3 B2 C3 D2 E1 F1": 14,
            "A3 B1 C2 D1 E1 F2": 3,
            "A3 B2 C2 D1 E1 F2": 3,
        }
        assert found["is_exact"].all()
        assert (found["cycle_length"] == 1).all()

    def test_near_misses_say_who_wants_what(self, somewhereland):
        misses = ci.near_misses(somewhereland, 1)
        assert len(misses[list("ABCDEF")].drop_duplicates()) == 5
        for _, row in misses.iterrows():
            balance = ci.impact_balance(somewhereland, row)[row["descriptor"]]
            assert balance[row["wanted_state"]] == balance.max()
            assert balance.max() - balance[row[row["descriptor"]]] == row["shortfall"]


class TestAgainstBruteForce:
    @REPEATABLE
    @given(matrices(), st.integers(0, 3))
    def test_same_scenarios_with_the_same_scores(self, matrix, threshold):
        expected = {s: v for s, v in brute_force(matrix).items() if v[0] <= threshold}
        found = ci.consistent_scenarios(matrix, threshold)
        scores = zip(found["inconsistency"], found["total_impact_score"], strict=True)
        rows = found[list(matrix.names)].itertuples(index=False, name=None)
        assert dict(zip(rows, scores, strict=True)) == expected
        assert len(found) == len(expected)

    @REPEATABLE
    @given(matrices(self_influence=True))
    def test_self_influence_counts_for_the_chosen_state(self, matrix):
        found = tuples(ci.consistent_scenarios(matrix), matrix)
        assert found == consistent_by_brute_force(matrix)

    @REPEATABLE
    @given(matrices(values=st.integers(-20, 20)), st.sampled_from([0, 2.5, 7]))
    def test_judgements_beyond_the_scale(self, matrix, threshold):
        found = tuples(ci.consistent_scenarios(matrix, threshold), matrix)
        assert found == consistent_by_brute_force(matrix, Fraction(threshold))

    @REPEATABLE
    @given(
        matrices(values=st.integers(-30, 30).map(lambda v: v / 10)),
        st.sampled_from([0, Fraction(1, 10), Fraction(3, 10)]),
    )
    def test_fractions_keep_their_ties(self, matrix, threshold):
        found = tuples(ci.consistent_scenarios(matrix, float(threshold)), matrix)
        assert found == consistent_by_brute_force(matrix, threshold)

    @REPEATABLE
    @given(matrices(most_descriptors=4), st.data())
    def test_required_and_forbidden(self, matrix, data):
        pairs = st.tuples(st.sampled_from(matrix.pairs), st.sampled_from(matrix.pairs)).filter(
            lambda pair: pair[0][0] != pair[1][0]
        )
        single = st.sampled_from(matrix.pairs)
        items = st.lists(single | pairs if len(matrix.names) > 1 else single, max_size=2)
        required, forbidden = data.draw(items), data.draw(items)

        def holds(item, scenario):
            return dict(zip(matrix.names, scenario, strict=True))[item[0]] == item[1]

        def allowed(scenario):
            for item in required:
                if isinstance(item[0], str):
                    good = holds(item, scenario)
                else:
                    good = holds(item[0], scenario) == holds(item[1], scenario)
                if not good:
                    return False
            for item in forbidden:
                both = item if not isinstance(item[0], str) else (item, item)
                if holds(both[0], scenario) and holds(both[1], scenario):
                    return False
            return True

        expected = {s for s in consistent_by_brute_force(matrix, 1) if allowed(s)}
        try:
            table = ci.consistent_scenarios(matrix, 1, required=required, forbidden=forbidden)
        except InputError as error:
            assert "contradict" in str(error)
            assert not expected
        else:
            assert tuples(table, matrix) == expected

    def test_every_scenario_where_any_inconsistency_is_allowed(self):
        matrix = random_matrix([3, 2, 4], seed=4)
        assert len(ci.consistent_scenarios(matrix, math.inf)) == 24

    def test_a_larger_dense_case(self):
        """Ten descriptors: 59,049 scenarios, compared with the definition in numpy."""
        matrix = random_matrix([3] * 10, seed=5)
        states = np.array(list(itertools.product(range(3), repeat=10)))
        balances = sum(matrix.impacts[3 * d + states[:, d]] for d in range(10)).reshape(-1, 10, 3)
        chosen = np.take_along_axis(balances, states[:, :, None], axis=2)[:, :, 0]
        good = ((balances.max(axis=2) - chosen).max(axis=1)) <= 2
        found = ci.consistent_scenarios(matrix, 2)
        expected = {tuple(f"s{i}" for i in row) for row in states[good]}
        assert tuples(found, matrix) == expected
        assert len(expected) > 20

    def test_387_million_scenarios_give_only_consistent_ones(self):
        matrix = random_matrix([3] * 18, seed=1)
        found = ci.consistent_scenarios(matrix)
        assert len(found) == 4
        for row in found[list(matrix.names)].to_numpy():
            assert (ci.consistency_margins(matrix, row)["margin"] >= 0).all()


class TestManyAndNone:
    def test_a_hundred_thousand_consistent_scenarios(self):
        descriptors = {f"d{i}": [f"s{j}" for j in range(10)] for i in range(5)}
        matrix = ci.CrossImpactMatrix(descriptors, np.zeros((50, 50)))
        found = ci.consistent_scenarios(matrix)
        assert len(found) == 100_000
        assert not found[list(descriptors)].duplicated().any()
        assert found.iloc[0, :5].tolist() == ["s0"] * 5

    def test_more_than_the_limit_raises_with_the_size(self):
        matrix = ci.CrossImpactMatrix({f"d{i}": list("abc") for i in range(9)}, np.zeros((27, 27)))
        with pytest.raises(InputError, match=r"19,683 scenarios.*more than 1,000 of them"):
            ci.consistent_scenarios(matrix, limit=1_000)

    def test_too_much_work_raises_with_the_size(self):
        matrix = random_matrix([3] * 40, seed=0)
        with pytest.raises(InputError, match=r"10\^19 scenarios \(40 descriptors\): too many"):
            ci.consistent_scenarios(matrix, effort=20_000)

    def test_no_consistent_scenario_is_an_empty_table_with_its_columns(self):
        chase = [[0, 0, 1, -1], [0, 0, -1, 1], [-1, 1, 0, 0], [1, -1, 0, 0]]
        matrix = ci.CrossImpactMatrix({"a": ["x", "y"], "b": ["u", "v"]}, chase)
        found = ci.consistent_scenarios(matrix)
        assert found.empty
        assert list(found.columns) == ["a", "b", "total_impact_score", "inconsistency"]
        assert len(ci.consistent_scenarios(matrix, 2)) == 4
        assert ci.near_misses(matrix, 1).empty
        assert ci.basins(matrix)["cycle_length"].tolist() == [4]


class TestRequiredAndForbidden:
    def test_states_by_descriptor(self, somewhereland):
        found = ci.consistent_scenarios(
            somewhereland, required={"A": ["A1", "A3"], "D": "D1"}, forbidden={"F": "F3"}
        )
        assert {" ".join(s) for s in tuples(found, somewhereland)} == {
            s for s in SOMEWHERELAND_CONSISTENT if s[:2] != "A2" and "D1" in s and "F3" not in s
        }

    def test_pairs(self, somewhereland):
        together = ci.consistent_scenarios(somewhereland, required=[(("C", "C3"), ("E", "E2"))])
        assert {" ".join(s) for s in tuples(together, somewhereland)} == {
            s for s in SOMEWHERELAND_CONSISTENT if ("C3" in s) == ("E2" in s)
        }
        apart = ci.consistent_scenarios(somewhereland, forbidden=[(("C", "C3"), ("E", "E2"))])
        assert {" ".join(s) for s in tuples(apart, somewhereland)} == {
            s for s in SOMEWHERELAND_CONSISTENT if not ("C3" in s and "E2" in s)
        }

    def test_excluded_states_still_compete(self, somewhereland):
        """Forbidding a state does not make its rival consistent."""
        found = ci.consistent_scenarios(somewhereland, forbidden={"A": ["A1", "A2"]})
        assert tuples(found, somewhereland) == {
            tuple(s.split()) for s in SOMEWHERELAND_CONSISTENT if s.startswith("A3")
        }

    @pytest.mark.parametrize(
        ("required", "forbidden"),
        [
            ({"A": "A1"}, {"A": "A1"}),
            ([("A", "A1"), ("A", "A2")], None),
            (None, {"D": ["D1", "D2"]}),
            ({"A": "A1", "B": "B1"}, [(("A", "A1"), ("B", "B1"))]),
            ([(("A", "A1"), ("B", "B1"))], [(("B", "B1"), ("A", "A1"))]),
            ([("A", "A1"), (("A", "A1"), ("B", "B1"))], {"B": "B1"}),
        ],
    )
    def test_contradictions(self, somewhereland, required, forbidden):
        with pytest.raises(InputError, match="contradict"):
            ci.consistent_scenarios(somewhereland, required=required, forbidden=forbidden)

    @pytest.mark.parametrize(
        ("required", "message"),
        [
            ({"Z": "A1"}, "descriptor: found 'Z'; allowed A, B"),
            ({"A": "B1"}, "state of A: found 'B1'; allowed A1, A2, A3"),
            ({"A": []}, "empty list"),
            (["A"], r"allowed \(descriptor, state\) or a pair"),
        ],
    )
    def test_unusable_limits(self, somewhereland, required, message):
        with pytest.raises(InputError, match=message):
            ci.consistent_scenarios(somewhereland, required=required)


TWO = {"a": ["x", "y"], "b": ["u", "v"]}


class TestBadMatrices:
    @pytest.mark.parametrize(
        ("descriptors", "message"),
        [
            ({}, "at least one descriptor"),
            ({"a": []}, "descriptor a: found an empty list"),
            ({"a": ["x"]}, "descriptor a: found only 'x'.*two states"),
            ({"a": ["x", "x"]}, "state x is listed twice"),
            ({"a": ["x", ""]}, "needs a name in words"),
            ({"a": "xy"}, "must be a list"),
            ({"a": ["x", 2]}, "found state 2"),
            ({" ": ["x", "y"]}, "needs a name"),
            ({"inconsistency": ["x", "y"]}, "taken by a column"),
        ],
    )
    def test_descriptors(self, descriptors, message):
        with pytest.raises(InputError, match=message):
            ci.CrossImpactMatrix(descriptors, np.zeros((2, 2)))

    @pytest.mark.parametrize(
        ("impacts", "message"),
        [
            (np.zeros((4, 3)), "found 4 x 3.*4 x 4 judgements"),
            (np.zeros((5, 5)), "found 5 x 5"),
            ([[0, 0], [0]], "rows of unequal length"),
            ([[0, 0, "strong", 0]] + [[0] * 4] * 3, "text in a · x -> b · u = 'strong'"),
            ([[0, 0, math.inf, 0]] + [[0] * 4] * 3, "infinite value in a · x -> b · u"),
            ([[0, 0, None, None]] * 2 + [[0] * 4] * 2, "the block a -> b is missing"),
            ([[0, 0, None, 0]] + [[0] * 4] * 3, "1 cells of a -> b are empty"),
        ],
    )
    def test_impacts(self, impacts, message):
        with pytest.raises(InputError, match=message):
            ci.CrossImpactMatrix(TWO, impacts)

    def test_labels_are_compared_and_put_in_order(self):
        matrix = ci.CrossImpactMatrix(TWO, np.arange(16).reshape(4, 4) % 4)
        frame = matrix.to_frame()
        assert ci.CrossImpactMatrix(TWO, frame.iloc[::-1, ::-1]) == matrix
        plain = frame.set_axis(list("xyuv"), axis=0).set_axis(list("xyuv"), axis=1)
        assert ci.CrossImpactMatrix(TWO, plain) == matrix
        with pytest.raises(
            InputError, match=r"the columns do not match.*columns: v; not a state: w"
        ):
            ci.CrossImpactMatrix(TWO, plain.rename(columns={"v": "w"}))

    def test_an_empty_own_block_counts_as_zero(self):
        impacts = np.zeros((4, 4))
        impacts[:2, :2] = np.nan
        assert not ci.CrossImpactMatrix(TWO, impacts).impacts.any()

    def test_values_beyond_the_scale_are_used_with_a_warning(self):
        impacts = np.zeros((4, 4))
        impacts[0, 3] = 5
        with pytest.warns(ci.JudgementScaleWarning, match="a · x -> b · v = 5"):
            matrix = ci.CrossImpactMatrix(TWO, impacts)
        assert matrix.impacts[0, 3] == 5

    @pytest.mark.parametrize("value", [-1, math.nan, "1"])
    def test_threshold(self, somewhereland, value):
        with pytest.raises(InputError, match="allowed 0 or more"):
            ci.consistent_scenarios(somewhereland, value)

    @pytest.mark.parametrize("scenario", [["A1"], {"A": "A1"}, "A1", ["A9", *"BCDEF"]])
    def test_scenario(self, somewhereland, scenario):
        with pytest.raises(InputError):
            ci.impact_balance(somewhereland, scenario)


class TestMatrix:
    def test_is_frozen_and_compares_by_content(self, somewhereland):
        same = ci.CrossImpactMatrix(SOMEWHERELAND, np.array(SOMEWHERELAND_IMPACTS, dtype=float))
        assert same == somewhereland
        assert hash(same) == hash(somewhereland)
        assert pickle.loads(pickle.dumps(same)) == same
        with pytest.raises(AttributeError):
            somewhereland.impacts = None
        with pytest.raises(ValueError, match="read-only"):
            somewhereland.impacts[0, 0] = 1
        with pytest.raises(TypeError):
            somewhereland.descriptors["G"] = ("G1", "G2")

    def test_with_impact_returns_a_new_matrix(self, somewhereland):
        changed = somewhereland.with_impact(("A", "A1"), ("B", "B1"), -1)
        assert changed.impacts[0, 3] == -1
        assert somewhereland.impacts[0, 3] == -2
        assert changed != somewhereland


class TestFlipSensitivity:
    @settings(max_examples=15, derandomize=True, deadline=None)
    @given(matrices(most_descriptors=3, most_states=3), st.integers(0, 1))
    def test_same_as_solving_again_for_every_cell(self, matrix, threshold):
        flips = ci.flip_sensitivity(matrix, threshold)
        cells = ["source_descriptor", "source_state", "target_descriptor", "target_state"]
        found = {
            (*key, effect, scenario)
            for key, effect, scenario in zip(
                flips[[*cells, "change"]].itertuples(index=False, name=None),
                flips["effect"],
                flips[list(matrix.names)].itertuples(index=False, name=None),
                strict=True,
            )
        }
        before = consistent_by_brute_force(matrix, threshold)
        expected = set()
        for i, source in enumerate(matrix.pairs):
            for j, target in enumerate(matrix.pairs):
                block = matrix.block(matrix.owner[i])
                if source[0] == target[0] and not matrix.impacts[block, block].any():
                    continue
                for change in (-1, 1):
                    with warnings.catch_warnings():
                        warnings.simplefilter("ignore", ci.JudgementScaleWarning)
                        changed = matrix.with_impact(source, target, matrix.impacts[i, j] + change)
                    after = consistent_by_brute_force(changed, threshold)
                    expected |= {(*source, *target, change, "makes", s) for s in after - before}
                    expected |= {(*source, *target, change, "unmakes", s) for s in before - after}
        assert found == expected
        assert len(flips) == len(expected)

    def test_scale_leaves_out_changes_beyond_it(self, somewhereland):
        every = ci.flip_sensitivity(somewhereland)
        within = ci.flip_sensitivity(somewhereland, scale=3)
        beyond = (every["judgement"] + every["change"]).abs() > 3
        assert beyond.any()
        pd.testing.assert_frame_equal(within, every[~beyond].reset_index(drop=True))

    def test_summary_counts_effects_by_cell(self, somewhereland):
        flips = ci.flip_sensitivity(somewhereland)
        summary = ci.flip_summary(flips)
        assert (summary["makes"] + summary["unmakes"]).sum() == len(flips)
        assert (summary["makes"] + summary["unmakes"]).is_monotonic_decreasing


class TestSuccession:
    def test_ends_in_a_consistent_scenario(self, somewhereland):
        walk = ci.succession(somewhereland, ["A2", "B1", "C3", "D1", "E1", "F1"])
        assert walk.is_consistent
        assert walk.path.iloc[0]["D"] == "D1"
        assert tuples(walk.attractor, somewhereland) <= {
            tuple(s.split()) for s in SOMEWHERELAND_CONSISTENT
        }

    def test_a_cycle_is_reported(self):
        chase = [[0, 0, 1, -1], [0, 0, -1, 1], [-1, 1, 0, 0], [1, -1, 0, 0]]
        walk = ci.succession(ci.CrossImpactMatrix(TWO, chase), {"a": "x", "b": "u"})
        assert walk.cycle_length == 4
        assert not walk.is_consistent

    def test_local_moves_only_the_most_inconsistent(self, somewhereland):
        walk = ci.succession(somewhereland, ["A1", "B1", "C1", "D1", "E1", "F1"], rule="local")
        rows = walk.path[list("ABCDEF")].to_numpy()
        assert all((one != other).sum() == 1 for one, other in itertools.pairwise(rows))

    def test_endless_wandering_is_given_up(self, monkeypatch):
        for module in ("dynamics", "basins"):
            found = importlib.import_module(f"strategy_lib.methods.cross_impact.{module}")
            monkeypatch.setattr(found, "MOST_STEPS", 3)
        matrix = random_matrix([3] * 12, seed=1)
        with pytest.raises(InputError, match="not settled after"):
            ci.succession(matrix, ["s0"] * 12)
        with pytest.raises(InputError, match="531,441 scenarios"):
            ci.basins(matrix, enumerable=10, samples=5, rng=np.random.default_rng(0))

    def test_unknown_rule(self, somewhereland):
        with pytest.raises(InputError, match="allowed 'global', 'local'"):
            ci.succession(somewhereland, ["A1", "B1", "C1", "D1", "E1", "F1"], rule="slow")

    @settings(REPEATABLE, max_examples=30)
    @given(matrices(most_states=3), st.sampled_from(["global", "local"]))
    def test_basins_count_where_each_scenario_ends(self, matrix, rule):
        ends = {}
        for scenario in itertools.product(*matrix.descriptors.values()):
            walk = ci.succession(matrix, scenario, rule)
            end = frozenset(tuples(walk.attractor, matrix))
            ends[end] = ends.get(end, 0) + 1
        members = ci.attractors(matrix, rule)
        found = {
            frozenset(tuples(rows, matrix)): size
            for (_, rows), size in zip(
                members.groupby("attractor"), ci.basins(matrix, rule)["basin_size"], strict=True
            )
        }
        assert found == ends
        fixed = {next(iter(end)) for end in ends if len(end) == 1}
        assert fixed == consistent_by_brute_force(matrix)

    def test_sampled_basins_say_so_and_come_close(self, somewhereland):
        exact = ci.basins(somewhereland)
        drawn = ci.basins(
            somewhereland, enumerable=100, samples=20_000, rng=np.random.default_rng(7)
        )
        assert not drawn["is_exact"].any()
        assert drawn["basin_size"].sum() == 20_000
        both = exact.merge(drawn, on=list("ABCDEF"), suffixes=("", "_drawn"))
        assert len(both) == 10
        assert (both["basin_share"] - both["basin_share_drawn"]).abs().max() < 0.02

    def test_sampling_needs_a_generator(self, somewhereland):
        with pytest.raises(InputError, match="give a numpy random generator"):
            ci.basins(somewhereland, enumerable=100)

    def test_sampling_is_repeatable_and_works_beyond_64_bits(self):
        one_way = random_matrix([3] * 45, seed=2).impacts
        # Mutual influence settles soon; one-way influence may wander for very long.
        mutual = np.triu(one_way) + np.triu(one_way).T
        matrix = ci.CrossImpactMatrix({f"d{i}": list("abc") for i in range(45)}, mutual)
        one, two = (
            ci.attractors(matrix, samples=50, rng=np.random.default_rng(3)) for _ in range(2)
        )
        pd.testing.assert_frame_equal(one, two)


class TestWhy:
    def test_margins_agree_with_the_balance(self, somewhereland):
        scenario = ["A1", "B3", "C1", "D2", "E3", "F3"]
        margins = ci.consistency_margins(somewhereland, scenario).set_index("descriptor")
        for name, state in zip("ABCDEF", scenario, strict=True):
            balance = ci.impact_balance(somewhereland, scenario)[name]
            assert margins.loc[name, "margin"] == balance[state] - balance.drop(state).max()
        assert margins["margin"].is_monotonic_increasing

    def test_diagram_adds_up_to_the_margins(self, somewhereland):
        scenario = ["A3", "B1", "C2", "D1", "E1", "F2"]
        edges = ci.impact_diagram(somewhereland, scenario)
        margins = ci.consistency_margins(somewhereland, scenario).set_index("descriptor")
        leads = edges.groupby("target_descriptor")["lead"].sum()
        for name in "ABCDEF":
            assert leads.get(name, 0) == margins.loc[name, "margin"]
        total = ci.consistent_scenarios(
            somewhereland, required=dict(zip("ABCDEF", scenario, strict=True))
        )
        assert edges["judgement"].sum() == total["total_impact_score"].item()

    def test_decisive_influences_hold_a_scenario_up(self):
        impacts = [[0, 0, 2, 0], [0, 0, 0, 0], [0, 0, 0, 1], [0, 0, 0, 0]]
        matrix = ci.CrossImpactMatrix(TWO, impacts)
        edges = ci.impact_diagram(matrix, ["x", "u"])
        assert edges[
            ["source_state", "target_state", "lead", "is_decisive"]
        ].to_numpy().tolist() == [
            ["x", "u", 2, True],
            ["u", "u", -1, False],
        ]

    def test_active_and_passive_sums_of_somewhereland(self, somewhereland):
        sums = ci.active_passive_sums(somewhereland).set_index("descriptor")
        absolute = np.abs(np.array(SOMEWHERELAND_IMPACTS))
        assert sums.loc["D"].tolist() == [absolute[9:11].sum(), absolute[:, 9:11].sum(), 0]
        assert sums["active_sum"].sum() == sums["passive_sum"].sum() == absolute.sum()

    def test_self_influence_stands_apart(self):
        impacts = [[1, -2, 0, 0], [0, 0, 3, 0], [0, 0, 0, 0], [0, 0, 0, 0]]
        sums = ci.active_passive_sums(ci.CrossImpactMatrix(TWO, impacts))
        assert sums.iloc[0].tolist() == ["a", 3, 0, 3]


class TestEnsemble:
    @REPEATABLE
    @given(matrices(most_descriptors=3), st.integers(0, 2), st.randoms(use_true_random=False))
    def test_counts_in_how_many_matrices(self, matrix, threshold, random):
        changed = matrix
        for _ in range(3):
            source, target = random.choice(matrix.pairs), random.choice(matrix.pairs)
            changed = changed.with_impact(source, target, random.randint(-3, 3))
        one, other = (consistent_by_brute_force(m, threshold) for m in (matrix, changed))
        found = ci.ensemble_consistency({"one": matrix, "other": changed}, threshold)
        names = list(matrix.names)
        who = dict(
            zip(
                found[names].itertuples(index=False, name=None),
                found["consistent_for"],
                strict=True,
            )
        )
        assert set(who) == one | other
        assert {s for s, by in who.items() if "one" in by} == one
        assert {s for s, by in who.items() if "other" in by} == other
        assert found["n_consistent"].is_monotonic_decreasing
        assert (found["share_consistent"] * 2 == found["n_consistent"]).all()

    def test_other_descriptors_are_refused(self, somewhereland):
        other = ci.CrossImpactMatrix(TWO, np.zeros((4, 4)))
        with pytest.raises(InputError, match="matrix 2 has other descriptors or states"):
            ci.ensemble_consistency([somewhereland, other])
        with pytest.raises(InputError, match="found none"):
            ci.ensemble_consistency([])


class TestDiverseSubset:
    @REPEATABLE
    @given(matrices(), st.integers(2, 4))
    def test_no_subset_is_more_diverse(self, matrix, size):
        table = ci.consistent_scenarios(matrix, 2).head(14)
        rows = [tuple(r) for r in table[list(matrix.names)].to_numpy()]
        chosen = ci.diverse_subset(table, size)
        assert len(chosen) == min(size, len(rows))
        if len(rows) < size:
            return

        def spread(subset):
            return min(
                sum(a != b for a, b in zip(one, other, strict=True))
                for one, other in itertools.combinations(subset, 2)
            )

        best = max(spread(subset) for subset in itertools.combinations(rows, size))
        assert chosen["nearest"].min() == best
        assert spread([rows[i] for i in chosen.index]) == best

    def test_many_scenarios(self):
        matrix = ci.CrossImpactMatrix({f"d{i}": list("abc") for i in range(8)}, np.zeros((24, 24)))
        chosen = ci.diverse_subset(ci.consistent_scenarios(matrix), 3)
        assert chosen["nearest"].tolist() == [8, 8, 8]
        assert chosen.index[0] == 0

    def test_bad_arguments(self, somewhereland):
        table = ci.consistent_scenarios(somewhereland)
        with pytest.raises(InputError, match="at least one scenario"):
            ci.diverse_subset(table, 0)
        with pytest.raises(InputError, match="found \\['Z'\\]"):
            ci.diverse_subset(table, 2, ["Z"])
