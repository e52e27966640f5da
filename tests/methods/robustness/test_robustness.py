"""Robustness metrics against a textbook payoff table, hand-worked cases and their definitions."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategy_lib.core.errors import InputError
from strategy_lib.methods.robustness import metrics as rb

REPEATABLE = settings(max_examples=80, derandomize=True, deadline=None)

# Thompson Lumber, thousands: Managerial Decision Modeling with Spreadsheets, ch. 8. Expected values
# 86 and 48 are published; the rest follows from the definitions.
THOMPSON = pd.DataFrame(
    {"High": [200, 90, 0], "Moderate": [100, 50, 0], "Low": [-120, -20, 0]},
    index=["Large plant", "Small plant", "No plant"],
)
PROBABILITIES = {"High": 0.3, "Moderate": 0.5, "Low": 0.2}


class TestThompsonLumber:
    @pytest.fixture
    def table(self):
        return rb.robustness_table(THOMPSON, threshold=0, probabilities=PROBABILITIES)

    def test_expected_values_as_published(self, table):
        assert table["expected_value"].tolist() == pytest.approx([86, 48, 0])

    def test_regret(self, table):
        assert rb.regret(THOMPSON).to_numpy().tolist() == [
            [0, 0, 120],
            [110, 50, 20],
            [200, 100, 0],
        ]
        assert table["minimax_regret"].tolist() == [120, 110, 200]
        assert table["expected_regret"].tolist() == pytest.approx([24, 62, 110])

    def test_expected_value_of_perfect_information_is_the_least_expected_regret(self, table):
        assert table["expected_regret"].min() == pytest.approx(24)

    def test_who_wins_under_which_view(self, table):
        won = rb.winners(table).set_index("metric")["winners"].to_dict()
        assert won["maximin"] == ("No plant",)
        assert won["maximax"] == ("Large plant",)
        assert won["minimax_regret"] == ("Small plant",)
        assert won["expected_value"] == ("Large plant",)
        assert won["laplace"] == ("Large plant",)
        assert won["satisficing"] == ("No plant",)
        assert rb.best_under_none(table) == []

    def test_worst_best_and_the_mix_between(self, table):
        assert table["maximin"].tolist() == [-120, -20, 0]
        assert table["maximax"].tolist() == [200, 90, 0]
        assert table["hurwicz"].tolist() == [40, 35, 0]
        realistic = rb.robustness_table(THOMPSON, alpha=0.8)
        assert realistic["hurwicz"].tolist() == pytest.approx([136, 68, 0])

    def test_mean_and_spread(self, table):
        assert table["laplace"].tolist() == [60, 40, 0]
        spread = np.std([200, 100, -120], ddof=1)
        assert table.loc["Large plant", "mean_variance"] == pytest.approx(61 / (spread + 1))
        assert table.loc["No plant", "mean_variance"] == 1

    def test_share_of_scenarios_that_are_good_enough(self, table):
        assert table["satisficing"].tolist() == pytest.approx([2 / 3, 2 / 3, 1])
        assert rb.satisficing(THOMPSON, 60).tolist() == pytest.approx([2 / 3, 1 / 3, 0])
        by_scenario = rb.satisficing(THOMPSON, {"High": 90, "Moderate": 51, "Low": -20})
        assert by_scenario.tolist() == pytest.approx([2 / 3, 2 / 3, 1 / 3])

    def test_kinds_of_move(self):
        kinds = rb.classify_options(THOMPSON, threshold=0)
        assert kinds["kind"].tolist() == ["bet", "neither", "hedge"]
        assert kinds.loc["Large plant", "leads_in"] == ("High", "Moderate")
        assert kinds.loc["Large plant", "fails_in"] == ("Low",)
        patient = rb.classify_options(THOMPSON, threshold=-20, tolerance=110)
        assert patient.loc["Small plant", "kind"] == "no-regret move"


class TestRapid:
    """Cases from the tests of RAPID, the program by McPhail, C. for McPhail et al. (2018).

    There alpha weighs the worst scenario, a percentile is the share of worse scenarios, and
    regrets are negative; see `robustness_table`.
    """

    PERFORMANCE = pd.DataFrame([[0.99, 1.0, 0.5], [0.69, 0.6, 0.6]])

    @pytest.mark.parametrize(
        ("metric", "expected"),
        [
            ("maximin", [0.5, 0.6]),
            ("maximax", [1.0, 0.69]),
            ("hurwicz", [0.625, 0.6225]),
            ("laplace", [0.83, 0.63]),
            ("minimax_regret", [0.1, 0.4]),
            ("percentile_regret", [0.0, 0.3]),
            ("satisficing", [2 / 3, 1 / 3]),
            ("mean_variance", [1.42320289996384, 1.54948632859709]),
        ],
    )
    def test_higher_is_better(self, metric, expected):
        settings = {"alpha": 1 - 0.75, "percentile": 100 * (1 - 0.5), "threshold": 0.65}
        table = rb.robustness_table(self.PERFORMANCE, **settings)
        assert table[metric].tolist() == pytest.approx(expected)

    def test_lower_is_better_is_a_change_of_sign(self):
        table = rb.robustness_table(-self.PERFORMANCE, alpha=1 - 0.75)
        assert table["hurwicz"].tolist() == pytest.approx([-0.875, -0.6675])
        assert table["mean_variance"].tolist() == pytest.approx([0.132210105, 0.351723891])

    def test_the_ninetieth_percentile_of_regret_is_exceeded_in_a_tenth_of_scenarios(self):
        performance = pd.DataFrame([np.zeros(11), np.arange(11.0)])
        table = rb.robustness_table(performance, percentile=90)
        assert table["percentile_regret"].tolist() == [9, 0]


performances = st.integers(1, 5).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(-10, 10), min_size=width, max_size=width), min_size=1, max_size=5
    )
)


def frame(rows):
    return pd.DataFrame(
        rows,
        index=[f"option {i}" for i in range(len(rows))],
        columns=[f"future {j}" for j in range(len(rows[0]))],
    )


class TestDefinitions:
    @REPEATABLE
    @given(performances, st.integers(-5, 5))
    def test_every_metric_from_its_definition(self, rows, threshold):
        table = rb.robustness_table(frame(rows), alpha=0.25, percentile=50, threshold=threshold)
        best = [max(column) for column in zip(*rows, strict=True)]
        for row, (_, found) in zip(rows, table.iterrows(), strict=True):
            regrets = [b - value for b, value in zip(best, row, strict=True)]
            assert found["maximin"] == min(row)
            assert found["maximax"] == max(row)
            assert found["hurwicz"] == pytest.approx(0.25 * max(row) + 0.75 * min(row))
            assert found["laplace"] == pytest.approx(sum(row) / len(row))
            assert found["minimax_regret"] == max(regrets)
            assert found["percentile_regret"] == pytest.approx(np.median(regrets))
            enough = sum(value >= threshold for value in row) / len(row)
            assert found["satisficing"] == pytest.approx(enough)
            assert found["n_scenarios"] == len(row)

    @REPEATABLE
    @given(performances)
    def test_regret_is_never_negative_and_somebody_has_none(self, rows):
        losses = rb.regret(frame(rows))
        assert (losses >= 0).all(axis=None)
        assert (losses.min(axis=0) == 0).all()

    @REPEATABLE
    @given(performances, st.integers(-3, 3), st.integers(0, 5))
    def test_kinds_follow_their_definitions(self, rows, threshold, tolerance):
        kinds = rb.classify_options(frame(rows), threshold=threshold, tolerance=tolerance)["kind"]
        best = [max(column) for column in zip(*rows, strict=True)]
        for row, kind in zip(rows, kinds, strict=True):
            enough = all(value >= threshold for value in row)
            near = [b - value <= tolerance for b, value in zip(best, row, strict=True)]
            if enough:
                assert kind == ("no-regret move" if all(near) else "hedge")
            else:
                assert kind == ("bet" if any(near) else "neither")

    def test_more_spread_never_helps_even_where_the_mean_is_low(self):
        performance = frame([[-10, -10], [-20, 0], [-30, 10]])
        scores = rb.robustness_table(performance)["mean_variance"]
        assert scores.is_monotonic_decreasing

    def test_one_scenario_has_no_spread(self):
        table = rb.robustness_table(frame([[3], [1]]))
        assert table["mean_variance"].tolist() == [4, 2]
        assert table["percentile_regret"].tolist() == [0, 2]

    @settings(REPEATABLE, max_examples=40)
    @given(
        performances,
        st.sampled_from([1e-10, 0.1, 3, 1e10]),
        st.sampled_from([0, 1 / 3, -1e3, 1e6]),
        st.integers(0, 5),
    )
    def test_who_wins_does_not_depend_on_the_unit_nor_on_where_zero_lies(
        self, rows, unit, shift, tolerance
    ):
        here, there = frame(rows), unit * (frame(rows) + shift)
        ours, theirs = rb.robustness_table(here), rb.robustness_table(there)
        columns = ["metric", "winners"]
        assert rb.winners(ours)[columns].equals(rb.winners(theirs)[columns])
        assert rb.best_under_none(ours) == rb.best_under_none(theirs)
        limit = 0.5
        kinds = rb.classify_options(here, threshold=limit, tolerance=tolerance)
        moved = rb.classify_options(
            there, threshold=unit * (limit + shift), tolerance=unit * tolerance
        )
        assert kinds.drop(columns="largest_regret").equals(moved.drop(columns="largest_regret"))

    def test_small_values_are_no_ties(self):
        table = rb.robustness_table(frame([[1e-10, 2e-10], [3e-10, 4e-10]]))
        assert set(rb.winners(table)["winners"]) == {("option 1",)}

    def test_what_computers_round_is_a_tie(self):
        thirds = frame([[0.1, 0.2, 0.3], [0.3, 0.1, 0.2], [0.0, 0.0, 0.1]])
        won = rb.winners(rb.robustness_table(thirds)).set_index("metric")["winners"]
        assert won["laplace"] == ("option 0", "option 1")

    def test_what_depends_on_the_unit_has_no_vote(self):
        """Mean and spread: in cents the second wins, in millions the first; so neither does."""
        scores = [
            rb.robustness_table(unit * frame([[9, 5], [4, 4]]))["mean_variance"].tolist()
            for unit in (100, 1e-6)
        ]
        assert scores[0][0] < scores[0][1] and scores[1][0] > scores[1][1]
        table = rb.robustness_table(frame([[9, 5], [4, 4]]))
        assert "mean_variance" not in set(rb.winners(table)["metric"])
        only = table[["mean_variance"]]
        assert rb.best_under_none(only) == ["option 0", "option 1"]

    def test_ties_are_shared(self):
        won = rb.winners(rb.robustness_table(frame([[1, 2], [2, 1], [0, 0]])))
        assert won.set_index("metric").loc["laplace", "winners"] == ("option 0", "option 1")
        assert rb.best_under_none(rb.robustness_table(frame([[1, 2], [2, 1], [0, 0]]))) == [
            "option 2"
        ]

    def test_every_metric_has_a_direction_and_a_meaning(self):
        table = rb.robustness_table(THOMPSON, threshold=0, probabilities=PROBABILITIES)
        assert set(table.columns) - {"n_scenarios"} == set(rb.METRICS) == set(rb.HIGHER_IS_BETTER)


class TestAssessorsDisagree:
    def test_for_how_many_each_option_wins(self):
        cautious = rb.robustness_table(frame([[5, 1], [3, 2]]))
        bold = rb.robustness_table(frame([[5, 3], [3, 2]]))
        shares = rb.win_shares({"Ana": cautious, "Ben": bold, "Cho": bold})
        maximin = shares[shares["metric"] == "maximin"].set_index("option")
        assert maximin.loc["option 0", "assessors"] == ("Ben", "Cho")
        assert maximin.loc["option 1", "share"] == pytest.approx(1 / 3)
        assert maximin.index.tolist() == ["option 0", "option 1"]

    def test_no_table(self):
        with pytest.raises(InputError, match="found none"):
            rb.win_shares({})


GAPPY = pd.DataFrame(
    {"calm": [5.0, 3.0, None], "storm": [None, 2.0, None], "fog": [1.0, 4.0, None]},
    index=["expand", "consolidate", "leave"],
)


class TestMissingPerformance:
    def test_gaps_are_listed(self):
        gaps = rb.performance_gaps(GAPPY)
        assert gaps.to_numpy().tolist() == [
            ["expand", 1, 3, ("storm",)],
            ["leave", 3, 3, ("calm", "storm", "fog")],
        ]

    def test_refused_unless_somebody_decides(self):
        message = "option expand has none in storm; option leave has no performance at all"
        with pytest.raises(InputError, match=message):
            rb.robustness_table(GAPPY)
        with pytest.raises(InputError, match="missing='scenarios'"):
            rb.regret(GAPPY)
        with pytest.raises(InputError, match=message):
            rb.satisficing(GAPPY, 2)

    def test_only_scenarios_rated_for_every_option(self):
        table = rb.robustness_table(GAPPY.drop("leave"), missing="scenarios")
        assert table["n_scenarios"].tolist() == [2, 2]
        assert table["minimax_regret"].tolist() == [3, 2]

    def test_nothing_left_to_compare(self):
        with pytest.raises(InputError, match="leave has no performance at all; nothing complete"):
            rb.robustness_table(GAPPY, missing="scenarios")

    def test_options_with_gaps_stay_in_the_table_without_values(self):
        table = rb.robustness_table(GAPPY, missing="options", threshold=2)
        assert table.index.tolist() == ["expand", "consolidate", "leave"]
        assert table["n_scenarios"].tolist() == [0, 3, 0]
        assert table.loc[["expand", "leave"]].drop(columns="n_scenarios").isna().all(axis=None)
        won = rb.winners(table)
        assert set(won["winners"]) == {("consolidate",)}

    def test_a_missing_rating_is_not_a_bad_one(self):
        kinds = rb.classify_options(GAPPY, threshold=2)["kind"]
        assert kinds.tolist() == ["not known", "hedge", "not known"]

    def test_probabilities_do_not_outlive_the_scenarios_they_were_stated_for(self):
        chances = {"calm": 0.5, "storm": 0.25, "fog": 0.25}
        with pytest.raises(InputError, match="no longer apply"):
            rb.robustness_table(GAPPY.drop("leave"), missing="scenarios", probabilities=chances)


class TestBadInput:
    @pytest.mark.parametrize(
        ("performance", "message"),
        [
            ([[1, 2]], "found list; give a DataFrame"),
            (pd.DataFrame(), "found 0 options and 0 scenarios"),
            (pd.DataFrame({"calm": [1, 2]}, index=["a", "a"]), "option 'a' is listed twice"),
            (pd.DataFrame([[1, 2]], columns=["x", "x"]), "scenario 'x' is listed twice"),
            (pd.DataFrame({"calm": ["good"]}, index=["a"]), "a · calm: found 'good'"),
            (pd.DataFrame({"calm": [math.inf]}, index=["a"]), "a · calm: found inf"),
        ],
    )
    def test_performance(self, performance, message):
        with pytest.raises(InputError, match=message):
            rb.robustness_table(performance)

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ({"alpha": 1.5}, "alpha: found 1.5; allowed 0 to 1"),
            ({"percentile": -1}, "percentile: found -1; allowed 0 to 100"),
            ({"threshold": "high"}, "threshold: found 'high'"),
            ({"threshold": {"High": 1}}, "threshold: none for scenario 'Moderate'"),
            ({"missing": "ignore"}, "missing: found 'ignore'; allowed 'raise'"),
            ({"probabilities": {"High": 1.0}}, "not stated for .'Low', 'Moderate'."),
            ({"probabilities": PROBABILITIES | {"High": 0.9}}, "sum 1.6; allowed 0 to 1, sum 1"),
            (
                {"probabilities": {"High": 1.5, "Moderate": -0.5, "Low": 0}},
                "allowed 0 to 1, sum 1",
            ),
        ],
    )
    def test_parameters(self, options, message):
        with pytest.raises(InputError, match=message):
            rb.robustness_table(THOMPSON, **options)

    def test_tolerance(self):
        with pytest.raises(InputError, match="tolerance: found -1"):
            rb.classify_options(THOMPSON, threshold=0, tolerance=-1)

    def test_without_threshold_satisficing_is_unknown_not_zero(self):
        table = rb.robustness_table(THOMPSON)
        assert table["satisficing"].isna().all()
        assert "satisficing" not in set(rb.winners(table)["metric"])
