"""Forecasters' scores and pools: worked by hand after Brier, Good, Budescu and Chen."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategy_lib.core.errors import InputError
from strategy_lib.methods.groups import brier_score, forecast_pools, forecaster_scores, log_score

REPEATABLE = settings(max_examples=40, derandomize=True, deadline=None)
NAN = float("nan")


def frame(rows):
    return pd.DataFrame(rows, index=[f"p{i}" for i in range(len(rows))])


class TestGood1952:
    def test_log_score(self):
        assert log_score([0.5, 0.8, 0.1], [1, 1, 0]) == pytest.approx(
            -(np.log(0.5) + np.log(0.8) + np.log(0.9)) / 3
        )

    def test_one_mistake_is_not_endless(self):
        assert log_score([1.0], [0]) == pytest.approx(-np.log(0.001))


class TestBudescuAndChen2015:
    said = frame([[0.9, 0.2], [0.5, 0.5], [0.1, NAN]])

    def test_contributions_worked_by_hand(self):
        table = forecaster_scores(self.said, [1, 0])
        assert table["n"].tolist() == [2, 2, 1]
        assert table["brier"].tolist() == pytest.approx([0.025, 0.25, 0.81])
        # Event 1: pool 0.5, without each 0.3, 0.5, 0.7. Event 2: pool 0.35, without 0.5 and 0.2.
        first = [0.49 - 0.25, 0.25 - 0.25, 0.09 - 0.25]
        second = [0.25 - 0.1225, 0.04 - 0.1225]
        expected = [(first[0] + second[0]) / 2, (first[1] + second[1]) / 2, first[2]]
        assert table["contribution"].tolist() == pytest.approx(expected)

    def test_open_events_are_pooled_by_resolved_ones(self):
        said = frame([[0.9, 0.2, 0.7], [0.5, 0.5, 0.5], [0.1, NAN, 0.1]])
        pools = forecast_pools(said, [1, 0, NAN])
        assert pools["equal"][2] == pytest.approx(1.3 / 3)
        assert (pools["by_contribution"][2], pools["n_weighted"][2]) == (pytest.approx(0.7), 1)
        # Event 1 is pooled by event 2 alone, in which only the first has added anything.
        assert pools["by_contribution"][0] == pytest.approx(0.9)

    def test_without_a_record_all_count_alike(self):
        pools = forecast_pools(self.said, [NAN, NAN])
        assert pools["equal"].tolist() == pytest.approx(pools["by_contribution"].tolist())
        assert pools["n"].tolist() == [3, 2]


def table_of(seed, people, events):
    rng = np.random.default_rng(seed)
    said = rng.random((people, events)).round(2)
    said[rng.random(said.shape) < 0.2] = np.nan
    outcomes = rng.integers(0, 2, events).astype(float)
    outcomes[rng.random(events) < 0.3] = np.nan
    return frame(said), outcomes


class TestProperties:
    @REPEATABLE
    @given(seed=st.integers(0, 999), people=st.integers(1, 5), events=st.integers(1, 6))
    def test_pools_lie_between_the_forecasts_and_order_does_not_matter(self, seed, people, events):
        said, outcomes = table_of(seed, people, events)
        pools = forecast_pools(said, outcomes)
        has = said.notna().any()
        for column in ("equal", "by_contribution"):
            inside = pools[column].to_numpy()[has]
            assert (inside >= said.min().to_numpy()[has] - 1e-12).all()
            assert (inside <= said.max().to_numpy()[has] + 1e-12).all()
            assert pools[column].isna().tolist() == (~has).tolist()
        back = forecast_pools(said.iloc[::-1], outcomes)
        assert back["by_contribution"].tolist() == pytest.approx(
            pools["by_contribution"].tolist(), nan_ok=True
        )

    @REPEATABLE
    @given(seed=st.integers(0, 999))
    def test_no_forecast_is_judged_by_itself(self, seed):
        said, outcomes = table_of(seed, 4, 5)
        turned = outcomes.copy()
        turned[0] = 1 - turned[0]
        one, other = (forecast_pools(said, known) for known in (outcomes, turned))
        assert one["by_contribution"][0] == pytest.approx(other["by_contribution"][0], nan_ok=True)

    @REPEATABLE
    @given(seed=st.integers(0, 999))
    def test_brier_scores_are_those_of_the_other_module(self, seed):
        said, outcomes = table_of(seed, 3, 6)
        for row, own in forecaster_scores(said, outcomes).iterrows():
            use = said.iloc[row].notna().to_numpy() & ~np.isnan(outcomes)
            assert own["n"] == use.sum()
            if use.any():
                score = brier_score(said.iloc[row][use], outcomes[use]).score
                assert own["brier"] == pytest.approx(score)


class TestBadInput:
    @pytest.mark.parametrize(
        ("outcomes", "why"), [([1], "needed one for 2 events"), ([1, 2], "outcome 1: found 2")]
    )
    def test_outcomes(self, outcomes, why):
        with pytest.raises(InputError, match=why):
            forecaster_scores(frame([[0.1, 0.2]]), outcomes)

    def test_probabilities(self):
        with pytest.raises(InputError, match=r"forecast 0, 1: found 1\.2"):
            forecast_pools(frame([[0.1, 1.2]]), [1, 0])
        with pytest.raises(InputError, match="found"):
            log_score([], [])
