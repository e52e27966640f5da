"""Minutes that are set apart for parts of the questions: kept to, and what is left over is used."""

from __future__ import annotations

import pandas as pd
import pytest

from strategy_lib.core.errors import InputError
from strategy_lib.methods.elicitation import allocate_shares

PEOPLE = pd.DataFrame({"assessor_id": list("abcdefghi"), "minutes": 10.0})


def questions(**counts):
    """So many questions of each part, a minute each; a common one is for everybody."""
    names = [f"{part}{n}" for part, count in counts.items() for n in range(count)]
    return pd.DataFrame(
        {
            "question_id": names,
            "kind": ["block" if name[0] == "b" else "score" for name in names],
            "seconds": 60,
            "value": 1.0,
            "for_everybody": [name[0] == "c" for name in names],
            "part": [name[0] for name in names],
        }
    )


def taken(lists):
    """Minutes that people give to each part, at most."""
    parts = lists["question_id"].str[0]
    return lists.groupby(["assessor_id", parts]).size().unstack(fill_value=0).max().to_dict()  # noqa: PD010


def test_a_part_gets_its_share_of_what_is_left_after_what_everybody_is_asked():
    lists = allocate_shares(questions(c=4, b=20, s=40), PEOPLE, {"b": 50}, by="part", seed=1)
    assert taken(lists) == {"b": 3, "c": 4, "s": 3}


def test_what_a_part_cannot_use_goes_to_everything_else():
    lists = allocate_shares(questions(b=2, s=40), PEOPLE, {"b": 50}, by="part", seed=1)
    assert taken(lists) == {"b": 2, "s": 8}


def test_what_was_answered_takes_no_minutes_of_a_later_list():
    asked = questions(c=4, b=20, s=40)
    known = pd.DataFrame(
        [(who, f"c{n}") for who in PEOPLE["assessor_id"] for n in range(4)],
        columns=["assessor_id", "question_id"],
    )
    lists = allocate_shares(asked, PEOPLE, {"b": 50}, by="part", seed=1, already=known)
    assert taken(lists) == {"b": 5, "s": 5}


def test_the_order_of_rows_does_not_matter():
    asked = questions(c=4, b=20, s=40)
    first = allocate_shares(asked, PEOPLE, {"b": 30}, by="part", seed=7)
    again = allocate_shares(
        asked.sample(frac=1, random_state=1), PEOPLE[::-1], {"b": 30}, by="part", seed=7
    )
    pd.testing.assert_frame_equal(first, again)


@pytest.mark.parametrize("shares", [{"b": -1}, {"b": 101}, {"b": 60, "s": 50}])
def test_shares_beyond_all_are_refused(shares):
    with pytest.raises(InputError, match="together at most 100"):
        allocate_shares(questions(b=1, s=1), PEOPLE, shares, by="part", seed=1)
