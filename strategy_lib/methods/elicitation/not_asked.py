"""What came back, held against the lists: nothing that anybody answered is lost."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from strategy_lib.core.errors import InputError

KEY = ["assessor_id", "question_id"]


def compare_with_lists(
    lists: pd.DataFrame, answers: pd.DataFrame, questions: Iterable[str]
) -> pd.DataFrame:
    """Say of each question that was asked or answered what became of it.

    Parameters
    ----------
    lists : DataFrame
        `assessor_id`, `question_id`: what was sent. Lists that were made twice, with other
        settings, may stand below each other.
    answers : DataFrame
        `assessor_id`, `question_id`: what came back, in any order.
    questions : iterable of str
        Questions that are still asked.

    Returns
    -------
    DataFrame
        `assessor_id`, `question_id`, `was_asked`, `is_answered`, `is_withdrawn`, `counts` (answered
        and still asked), one row each, by person and question.

    Raises
    ------
    InputError
        Missing columns.

    Examples
    --------
    >>> import pandas as pd
    >>> lists = pd.DataFrame({"assessor_id": ["a", "a"], "question_id": ["q1", "q2"]})
    >>> answers = pd.DataFrame({"assessor_id": ["a", "a"], "question_id": ["q1", "q3"]})
    >>> found = compare_with_lists(lists, answers, ["q1", "q2", "q3"])
    >>> found[found["counts"] & ~found["was_asked"]]["question_id"].tolist()
    ['q3']
    """
    missing = [
        f"{what}: no column {column}"
        for what, frame in (("lists", lists), ("answers", answers))
        for column in KEY
        if column not in frame
    ]
    if missing:
        raise InputError("; ".join(missing))
    asked = lists[KEY].drop_duplicates().assign(was_asked=True)
    answered = answers[KEY].drop_duplicates().assign(is_answered=True)
    found = asked.merge(answered, on=KEY, how="outer").sort_values(KEY, ignore_index=True)
    for column in ("was_asked", "is_answered"):
        found[column] = found[column].eq(True)
    found["is_withdrawn"] = ~found["question_id"].isin(set(questions))
    found["counts"] = found["is_answered"] & ~found["is_withdrawn"]
    return found
