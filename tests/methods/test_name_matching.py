"""Names of one organisation in many spellings: certain, likely, contradictory."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategy_lib.methods.name_matching import MOST_ALIKE, resolve_names
from strategy_lib.schema.name_keys import name_key

COLUMNS = ["name", "chinese_name", "aliases"]


def resolve(mentions=(), counterparts=(), decisions=(), likely=88.0):
    known = pd.DataFrame(counterparts, columns=COLUMNS)
    decided = pd.DataFrame(decisions, columns=["name", "other_name", "decision"])
    return resolve_names(mentions, known, decided, name_key, likely)


def shown(found, name):
    return found.canonical[name_key(name)]


def test_an_alias_and_a_chinese_name_are_certain():
    found = resolve(["CRBC", "中国路桥"], [("China Road and Bridge", "中国路桥", ("CRBC",))])
    assert {shown(found, n) for n in ("CRBC", "中国路桥")} == {"China Road and Bridge"}
    assert found.to_confirm.empty


def test_what_only_looks_alike_is_proposed_and_not_merged():
    found = resolve(["China Houses", "China House"])
    assert shown(found, "China Houses") == "China Houses"
    (pair,) = found.to_confirm.to_dict("records")
    assert (pair["name"], pair["other_name"], pair["why"]) == (
        "China House",
        "China Houses",
        "spelling",
    )


def test_a_chinese_name_meets_its_pinyin():
    (pair,) = resolve(["Zhongnanwu", "中南屋"]).to_confirm.to_dict("records")
    assert pair["why"] == "pinyin"


def test_initials_are_proposed():
    found = resolve(["CFPA", "China Foundation for Poverty Alleviation"])
    assert found.to_confirm["why"].tolist() == ["initials"]


def test_names_with_different_numbers_are_not_alike():
    assert resolve(["Highway lot 12", "Highway lot 13"]).to_confirm.empty


def test_a_decision_joins_and_another_keeps_apart():
    names = ["China Houses", "China House"]
    same = resolve(names, decisions=[(*names, "same")])
    assert shown(same, names[0]) == shown(same, names[1])
    apart = resolve(names, decisions=[(*names, "different")])
    assert apart.to_confirm.empty
    assert shown(apart, names[0]) != shown(apart, names[1])


def test_decisions_that_contradict_each_other_are_told():
    decisions = [("A", "B", "same"), ("B", "C", "same"), ("A", "C", "different")]
    found = resolve(["A", "B", "C"], decisions=decisions)
    assert len(found.conflicts) == 1


def test_an_alias_that_two_claim_is_told_and_goes_to_neither_silently():
    found = resolve([], [("One", None, ("X",)), ("Two", None, ("X",))])
    assert found.conflicts["name"].tolist() == ["X"]
    assert shown(found, "One") != shown(found, "Two")


@pytest.mark.parametrize("order", [1, -1])
def test_a_name_that_is_another_ones_alias_joins_in_no_order_of_rows(order):
    found = resolve([], [("CIDCA", None, ("WB",)), ("WB", None, ())][::order])
    assert found.conflicts["name"].tolist() == ["WB"]
    assert shown(found, "WB") == "WB"


def test_the_most_common_spelling_of_a_name_is_shown():
    assert shown(resolve(["CHINA HOUSE", "China House", "China House"]), "china house") == (
        "China House"
    )


WRITTEN = st.sampled_from(["A", "a", "B", "b ", "C", "D", "甲", "E"])
KNOWN = st.lists(
    st.tuples(WRITTEN, st.none() | WRITTEN, st.lists(WRITTEN, max_size=3).map(tuple)), max_size=5
)
DECIDED = st.lists(st.tuples(WRITTEN, WRITTEN, st.sampled_from(["same", "different"])), max_size=4)


@settings(deadline=None, derandomize=True, max_examples=150)
@given(st.lists(WRITTEN, max_size=6), KNOWN, DECIDED, st.randoms())
def test_the_order_of_rows_does_not_matter(mentions, known, decided, random):
    found = resolve(mentions, known, decided)
    for rows in (mentions, known, decided):
        random.shuffle(rows)
    again = resolve(mentions, known, decided)
    assert (again.canonical, again.how) == (found.canonical, found.how)
    pd.testing.assert_frame_equal(again.to_confirm, found.to_confirm)
    pd.testing.assert_frame_equal(again.conflicts, found.conflicts)


def test_many_names_alike_do_not_bury_the_reader():
    names = [f"Branch office {'abcdefghij'[n % 10]}{'klmnopqrst'[n // 10]}" for n in range(100)]
    assert len(resolve(names).to_confirm) <= MOST_ALIKE * len(names)


@settings(deadline=None, derandomize=True, max_examples=50)
@given(st.lists(st.text(max_size=12), max_size=12))
def test_every_name_is_shown_as_some_name_that_was_written(names):
    found = resolve(names)
    for name in names:
        if name_key(name):
            assert name_key(shown(found, name)) == name_key(name)
