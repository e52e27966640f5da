"""Options read over plausible futures that are worked out by hand, and what signposts move."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from strategy_lib.chapters.scenarios.moves import (
    Moves,
    moved_futures,
    moved_options,
    telling_of,
    tellings,
)
from strategy_lib.chapters.scenarios.plausible import Plausible
from strategy_lib.chapters.scenarios.reading import (
    EVERYWHERE,
    UNLIKE,
    breaking,
    kinds_of_futures,
    read_options,
    reading_of,
)
from strategy_lib.chapters.scenarios.scores import scores_of
from strategy_lib.chapters.scenarios.sets import futures_of
from strategy_lib.judgements.influences import influences_of
from tests.chapters.scenarios.test_analysis import analyse, scored, small

# Strict and hidden, open and seen, strict and seen: the last is as like the one as the other.
PLACES, SHARES = [[0, 0], [1, 1], [0, 1]], [0.8, 0.4, 0.4]
SIGNPOSTS = [
    {"signpost_id": "a", "state_id": "open", "observable": "A", "status": "crossed"},
    {"signpost_id": "b", "state_id": "strict", "observable": "B", "status": "not_crossed"},
]


def rating(who, signpost, coming, otherwise, **more):
    return {
        "assessor_id": who,
        "signpost_id": signpost,
        "if_coming": coming,
        "if_not": otherwise,
    } | more


def made(places=PLACES, shares=SHARES, edition="core", **records):
    """Inputs of a small system, and its reading over futures that are given."""
    inputs = small(edition, performance=scored(), **records)
    restricted = inputs.restricted
    futures = futures_of(restricted, influences_of(restricted), 0.01)
    plausible = Plausible(futures.influences, np.array(places, dtype=np.int8), np.array(shares))
    futures = replace(futures, plausible=plausible)
    return restricted, reading_of(futures, scores_of(restricted, futures, inputs.scenarios))


def moves(**records):
    restricted, reading = made(**records)
    return Moves(reading, telling_of(restricted))


def test_a_future_counts_as_the_scored_one_that_it_is_most_like_and_a_tie_in_equal_parts():
    """Weights 1/2, 1/4, 1/4: like Closed 1/2 + 1/8, like Clear 1/4 + 1/8."""
    table = kinds_of_futures(made()[1]).set_index("scenario")["share_pct"]
    assert table.to_dict() == {"Closed": 62.5, "Clear": 37.5, UNLIKE: 0.0}


def test_options_are_good_enough_in_the_shares_of_what_they_are_good_in():
    """Grow has 2 in Closed and 9 in Clear: a mean of 0.625 * 2 + 0.375 * 9."""
    table = read_options(made()[1]).set_index("option")
    assert table.loc["Grow"].tolist() == [37.5, 62.5, 0.0, pytest.approx(4.62, abs=0.01)]
    assert table.loc["Hold"].tolist() == [100.0, 0.0, 0.0, pytest.approx(5.62, abs=0.01)]


def test_what_breaks_an_option_is_told_by_the_states_of_such_futures():
    """Grow fails in Closed, half in what is as like it as Clear: always where the law is strict."""
    table = breaking(made()[1])
    assert table.to_dict("records") == [
        {
            "option": "Grow",
            "where": "Law is “Strict”",
            "fails_pct": 100.0,
            "covers_pct": 100.0,
            "of_all_pct": 75.0,
        }
    ]


def test_an_option_that_fails_nearly_everywhere_has_no_kind_that_stands_out():
    table = breaking(made([[0, 0], [1, 1]], [0.9, 0.1])[1])
    assert table["where"].tolist() == [EVERYWHERE]


def test_without_a_score_or_a_future_nothing_is_read():
    tables = analyse().tables
    for name in ("kinds_of_futures", "read_options", "breaking", "moved_futures", "moved_options"):
        assert tables[name].empty, name
    _, reading = made(np.empty((0, 2)), [])
    assert kinds_of_futures(reading).empty and breaking(reading).empty


def test_without_ratings_nothing_moves():
    nothing = moves(signposts=SIGNPOSTS)
    assert moved_futures(nothing).empty and moved_options(nothing).empty
    assert tellings(nothing).empty


def test_a_signpost_that_is_crossed_moves_its_futures_by_the_ratio_of_two_frequencies():
    """8 and 2 of 10, with half a case on either side: 8.5 / 2.5 = 3.4 times the quarter."""
    table = moved_futures(moves(signposts=SIGNPOSTS, signpost_ratings=[rating("A01", "a", 8, 2)]))
    clear = table.set_index("scenario").loc["Clear"]
    after = 100 * (0.25 * 3.4 + 0.125) / (0.25 * 3.4 + 0.75)
    assert clear["before_pct"] == 37.5
    assert clear["low_pct"] == clear["after_pct"] == clear["high_pct"]
    assert clear["after_pct"] == pytest.approx(after, abs=0.05)


def test_one_that_is_not_crossed_speaks_against_its_state():
    """(1 - 8.5/11) / (1 - 2.5/11) = 2.5 / 8.5 for the three quarters that are strict."""
    table = moved_futures(moves(signposts=SIGNPOSTS, signpost_ratings=[rating("A01", "b", 8, 2)]))
    strict = 0.75 * 2.5 / 8.5
    clear = 100 * (0.25 + 0.125 * 2.5 / 8.5) / (0.25 + strict)
    assert table.set_index("scenario").loc["Clear", "after_pct"] == pytest.approx(clear, abs=0.05)


def test_what_people_say_apart_is_a_range_and_the_order_of_rows_leaves_no_trace():
    ratings = [
        rating("A01", "a", 8, 2),
        rating("A02", "a", 5, 5),
        rating("A01", "b", 9, 1),
        rating("A02", "b", 6, 3),
    ]
    one = moves(signposts=SIGNPOSTS, signpost_ratings=ratings)
    other = moves(signposts=SIGNPOSTS[::-1], signpost_ratings=ratings[::-1])
    table = moved_futures(one)
    assert table.equals(moved_futures(other))
    clear = table.set_index("scenario").loc["Clear"]
    assert clear["low_pct"] < clear["after_pct"] < clear["high_pct"]
    assert tellings(one).set_index("observable").loc["A", ["times_low", "times_high"]].tolist() == [
        1.0,
        3.4,
    ]


@pytest.mark.parametrize("status", ["near", "cannot_tell", "not_looked", None])
def test_what_is_neither_crossed_nor_not_moves_nothing(status):
    posts = [SIGNPOSTS[0] | {"status": status}]
    assert moved_futures(moves(signposts=posts, signpost_ratings=[rating("A01", "a", 8, 2)])).empty


def test_a_second_round_counts_in_place_of_the_first_and_a_half_answer_not_at_all():
    ratings = [
        rating("A01", "a", 8, 2),
        rating("A01", "a", 5, 5, round=2),
        rating("A02", "a", 9, None),
    ]
    table = tellings(moves(signposts=SIGNPOSTS, signpost_ratings=ratings))
    assert table[["n", "times_low", "times_high"]].to_numpy().tolist() == [[1, 1.0, 1.0]]


def test_a_signpost_that_would_put_another_option_first_is_told_first():
    """Hold leads with 5.6 to 4.6; were the law found open, Clear would weigh most, and Grow 7.9."""
    posts = [SIGNPOSTS[0] | {"status": "not_crossed"}, SIGNPOSTS[1]]
    ratings = [rating("A01", "a", 10, 0), rating("A01", "b", 5, 5)]
    table = tellings(moves(signposts=posts, signpost_ratings=ratings))
    assert table["would_lead"].tolist() == ["Grow", ""]


def test_an_edition_counts_a_signpost_that_enough_people_rated():
    labels = {"handling": "public"}
    posts = [post | labels for post in SIGNPOSTS]
    few = [rating(who, "a", 8, 2) | labels for who in ("A01", "A02")]
    enough = [*few, rating("A03", "a", 6, 2) | labels]
    told = [
        len(telling_of(small("leaders", signposts=posts, signpost_ratings=rows).restricted).table)
        for rows in (few, enough)
    ]
    assert told == [0, 1]
