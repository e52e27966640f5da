"""Lists of questions: what Bose's plane promises, and what holds for every panel and budget."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategy_lib.core.errors import InputError
from strategy_lib.methods.elicitation import allocate
from strategy_lib.methods.elicitation.allocate import BLOCK_FEWEST, LINES

REPEATABLE = settings(max_examples=40, derandomize=True, deadline=None)
SECONDS = {"weight": 15, "score": 30, "block": 45, "readiness": 20}


def questions(counts, seed=0):
    rng = np.random.default_rng(seed)
    rows = [
        (f"{kind}-{i:03}", kind, SECONDS[kind], float(rng.gamma(1.0)), kind == "weight" or i < few)
        for kind, (count, few) in counts.items()
        for i in range(count)
    ]
    return pd.DataFrame(rows, columns=["question_id", "kind", "seconds", "value", "for_everybody"])


def people(minutes):
    codes = [f"person {i:03}" for i in range(len(minutes))]
    return pd.DataFrame({"assessor_id": codes, "minutes": minutes})


FULL = {"weight": (14, 0), "score": (154, 22), "block": (90, 0), "readiness": (48, 0)}
PANELS = st.lists(st.sampled_from([0, 5, 20, 45, 90]), max_size=21)


class TestBose1939:
    def test_every_two_of_nine_points_lie_on_one_line(self):
        met = np.zeros((9, 9), int)
        for line in LINES:
            met[np.ix_(line, line)] += 1
        assert (met[~np.eye(9, dtype=bool)] == 1).all()
        assert (np.diag(met) == 4).all()

    def test_nine_people_share_48_rows_evenly(self):
        asked = questions({"readiness": (48, 0)})
        lists = allocate(asked, people([45] * 9), seed=5)
        table = pd.crosstab(lists["assessor_id"], lists["question_id"]).to_numpy()
        assert (table.sum(axis=0) == 3).all()
        assert (table.sum(axis=1) == 16).all()
        met = table @ table.T
        assert (met[~np.eye(9, dtype=bool)] == 4).all()


class TestAFederationOfNine:
    def lists(self, minutes=45, **more):
        return allocate(questions(FULL), people([minutes] * 9), seed=2026, **more)

    def test_the_most_important_blocks_are_asked_of_everybody(self):
        lists = self.lists()
        blocks = lists[lists["question_id"].str.startswith("block")]
        each = blocks.groupby("assessor_id")["question_id"].agg(list)
        assert len(set(map(tuple, each))) == 1
        asked = questions(FULL).query("kind == 'block'").nlargest(len(each.iloc[0]), "value")
        assert each.iloc[0] == asked["question_id"].tolist()
        assert len(each.iloc[0]) > 5

    def test_weights_come_first_then_what_is_for_everybody(self):
        mine = self.lists().query("assessor_id == 'person 004'")
        assert mine["position"].tolist() == list(range(1, len(mine) + 1))
        kinds = mine["question_id"].str.split("-").str[0]
        assert kinds.drop_duplicates().tolist() == ["weight", "score", "block", "readiness"]
        red = [f"score-{i:03}" for i in range(22)]
        assert set(mine["question_id"].iloc[14:36]) == set(red)

    def test_minutes_are_used(self):
        lists = self.lists()
        spent = lists.merge(questions(FULL)).groupby("assessor_id")["seconds"].sum()
        assert spent.min() > 44 * 60
        assert spent.max() <= 45 * 60

    def test_five_minutes_bring_what_all_are_asked(self):
        lists = self.lists(minutes=5)
        assert (lists.groupby("question_id").size() == 9).all()
        assert set(lists["question_id"].str.split("-").str[0]) == {"weight", "score"}

    def test_one_who_gives_more_time_is_not_asked_alone(self):
        lists = allocate(questions(FULL), people([5] * 8 + [90]), seed=1)
        assert lists.groupby("question_id").size().min() >= 3

    def test_groups_of_a_larger_panel_take_up_different_blocks(self):
        asked = questions({"block": (90, 0)})
        lists = allocate(asked, people([15] * 18), seed=1)
        assert lists["question_id"].nunique() == 40
        assert (lists.groupby("question_id").size() == 9).all()


class TestProperties:
    @REPEATABLE
    @given(minutes=PANELS, seed=st.integers(0, 99), fewest=st.integers(1, 5))
    def test_nobody_is_asked_too_much_and_nothing_of_too_few(self, minutes, seed, fewest):
        asked, panel = questions(FULL, seed), people(minutes)
        lists = allocate(asked, panel, fewest=fewest, seed=seed)
        assert not lists.duplicated(["assessor_id", "question_id"]).any()
        told = lists.merge(asked).merge(panel)
        spent = told.groupby("assessor_id")["seconds"].sum() / 60
        assert (spent <= panel.set_index("assessor_id")["minutes"].reindex(spent.index)).all()
        times = told.groupby(["kind", "question_id"]).size()
        for (kind, _), n in times.items():
            least = max(fewest, BLOCK_FEWEST) if kind == "block" else fewest
            assert n >= min(least, len(panel))

    @REPEATABLE
    @given(minutes=PANELS, seed=st.integers(0, 99))
    def test_order_of_rows_does_not_matter(self, minutes, seed):
        asked, panel = questions(FULL, seed), people(minutes)
        one = allocate(asked, panel, seed=seed)
        other = allocate(
            asked.sample(frac=1, random_state=seed), panel.iloc[::-1].reset_index(), seed=seed
        )
        pd.testing.assert_frame_equal(one, other)

    @REPEATABLE
    @given(seed=st.integers(0, 99), shares=st.floats(0, 0.5))
    def test_what_is_answered_is_not_asked_again_and_counts(self, seed, shares):
        asked, panel = questions(FULL, seed), people([20] * 9)
        every = panel[["assessor_id"]].merge(asked[["question_id"]], how="cross")
        already = every.sample(frac=shares, random_state=seed)
        lists = allocate(asked, panel, seed=seed, already=already)
        both = pd.concat([already, lists[["assessor_id", "question_id"]]])
        assert not both.duplicated().any()
        times = both.groupby("question_id").size().reindex(lists["question_id"].unique())
        least = np.where(times.index.str.startswith("block"), BLOCK_FEWEST, 3)
        assert (times >= least).all()

    def test_the_seed_tells_who_is_asked(self):
        asked, panel = questions(FULL), people([45] * 9)
        assert not allocate(asked, panel, seed=1).equals(allocate(asked, panel, seed=2))

    @pytest.mark.parametrize("count", [0, 1, 2, 200])
    def test_panels_of_any_size(self, count):
        lists = allocate(questions(FULL), people([45] * count), seed=1)
        assert lists["assessor_id"].nunique() == count

    def test_no_question(self):
        assert allocate(questions({}), people([45]), seed=1).empty


class TestBadInput:
    def test_all_is_told_at_once(self):
        asked = questions({"score": (3, 0)})
        asked["seconds"] = [0, 30, 30]
        asked["value"] = [1, float("nan"), 1]
        asked["kind"] = ["score", "score", "riddle"]
        panel = people([45, -1])
        panel["assessor_id"] = "same"
        with pytest.raises(InputError) as caught:
            allocate(asked, panel, seed=1)
        for part in (
            "assessor_id 'same' is listed twice",
            "seconds of 'score-000': found 0; allowed above 0",
            "value of 'score-001': found nan; allowed 0 or more",
            "minutes of 'same': found -1; allowed 0 or more",
            "kind of 'score-002': found 'riddle'; allowed weight, score, block, readiness",
        ):
            assert part in str(caught.value)

    def test_missing_columns(self):
        with pytest.raises(InputError, match="people: no column minutes"):
            allocate(questions({}), pd.DataFrame({"assessor_id": ["a"]}), seed=1)
