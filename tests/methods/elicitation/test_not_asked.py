"""What came back against what was asked: no answer is lost."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategy_lib.core.errors import InputError
from strategy_lib.methods.elicitation import compare_with_lists

PAIRS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["q1", "q2", "q3", "q4"])))


def frame(pairs):
    return pd.DataFrame(pairs, columns=["assessor_id", "question_id"])


def test_worked_by_hand():
    lists = frame([("a", "q1"), ("a", "q2"), ("b", "q4")])
    answers = frame([("a", "q1"), ("a", "q3"), ("b", "q4")])
    found = compare_with_lists(lists, answers, ["q1", "q2", "q3"])
    assert found.to_numpy().tolist() == [
        ["a", "q1", True, True, False, True],
        ["a", "q2", True, False, False, False],
        ["a", "q3", False, True, False, True],
        ["b", "q4", True, True, True, False],
    ]


@settings(max_examples=60, derandomize=True, deadline=None)
@given(lists=PAIRS, answers=PAIRS, kept=st.sets(st.sampled_from(["q1", "q2", "q3", "q4"])))
def test_every_answer_is_there_once_and_order_does_not_matter(lists, answers, kept):
    found = compare_with_lists(frame(lists), frame(answers), kept)
    assert not found.duplicated(["assessor_id", "question_id"]).any()
    answered = found[found["is_answered"]][["assessor_id", "question_id"]]
    assert set(map(tuple, answered.to_numpy())) == set(answers)
    assert found["counts"].sum() == sum(question in kept for _, question in set(answers))
    back = compare_with_lists(frame(lists[::-1]), frame(answers[::-1]), kept)
    pd.testing.assert_frame_equal(found, back)


def test_missing_columns_are_told():
    with pytest.raises(InputError, match="answers: no column question_id"):
        compare_with_lists(frame([]), pd.DataFrame({"assessor_id": []}), [])
