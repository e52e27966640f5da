"""Harm to people: the rules of UN Guiding Principles 14, 19 and 24, by hand and as properties."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategy_lib.core.errors import InputError
from strategy_lib.methods.harm import screening as harm
from strategy_lib.methods.harm.screening import (
    ACCEPTANCE,
    NOT_PERMITTED,
    NOT_READY,
    WITHIN,
    Tolerance,
    rate,
    residual,
    route_classes,
    screen,
)

LIBERTY = Tolerance("liberty", acceptance_from=2, likely_acceptance_from=1, red_line_from=3)
FUNDS = Tolerance("funds", acceptance_from=4, likely_acceptance_from=3)
LINES = {"liberty": LIBERTY, "funds": FUNDS}
THREE = ("scale", "scope", "irremediability")


def row(who, scale=0, scope=0, irremediability=0, likelihood=0, **more):
    made = {"group": "G", "route": "R", "stage": "before", "kind": "liberty", "assessor": who}
    made |= {"scale": scale, "scope": scope, "irremediability": irremediability}
    return made | {"likelihood": likelihood} | more


def unknown(who, **more):
    return row(who, None, None, None, None, **more)


def found(*rows, **how):
    return screen(pd.DataFrame(list(rows)), LINES, **how)


def only(frame, name="class"):
    return frame[name].item()


def test_ungp_14_severity_is_the_worst_of_scale_scope_and_irremediability():
    for name in THREE:
        rated = rate(pd.DataFrame([row("A", **{name: 3})]), LINES)
        assert only(rated, "severity") == 3
        assert only(rated, "driver") == name


def test_ungp_24_what_is_severe_stays_so_however_unlikely():
    assert only(found(row("A", scale=3, likelihood=0))) == NOT_PERMITTED
    assert only(found(row("A", scale=2, likelihood=0))) == ACCEPTANCE


def test_likelihood_makes_a_lesser_harm_stricter_and_never_milder():
    classes = [only(found(row("A", scale=1, likelihood=p))) for p in range(5)]
    assert classes == [WITHIN, WITHIN, WITHIN, ACCEPTANCE, ACCEPTANCE]


def test_without_a_red_line_nothing_is_not_permitted():
    assert only(found(row("A", scale=4, likelihood=4, kind="funds"))) == ACCEPTANCE


def test_one_person_over_the_line_is_enough_and_the_share_is_told():
    cell = found(row("A"), row("B"), row("C", scale=3))
    assert only(cell) == NOT_PERMITTED
    assert only(cell, "over_line_pct") == pytest.approx(100 / 3)
    assert only(cell, "severity_median") == 0


def test_an_organisation_may_ask_for_a_larger_share():
    rows = (row("A"), row("B"), row("C", scale=3))
    assert only(found(*rows, least_share_pct=34)) == WITHIN
    assert only(found(*rows, least_share_pct=33)) == NOT_PERMITTED


def test_who_was_asked_and_did_not_answer_keeps_it_open():
    cell = found(row("A"), row("B"), unknown("C"))
    assert only(cell) == NOT_READY
    assert (only(cell, "n_asked"), only(cell, "n_answered"), only(cell, "n_unknown")) == (3, 2, 1)


def test_an_unknown_does_not_soften_what_is_known():
    assert only(found(row("A", scale=3), unknown("B"), least_share_pct=60)) == NOT_PERMITTED


def test_an_open_dimension_is_open_unless_the_red_line_is_reached():
    assert only(found(row("A", scale=3, scope=None))) == NOT_PERMITTED
    assert only(found(row("A", scale=1, scope=None))) == NOT_READY
    assert only(found(row("A", scale=2, likelihood=None))) == NOT_READY


def test_of_a_range_without_a_best_estimate_the_worst_end_counts():
    rated = row("A", scale=1, scope=None, severity_low=0, severity_high=2)
    assert only(found(rated)) == ACCEPTANCE
    assert only(found(row("A", scale=1, likelihood=None, likelihood_low=0, likelihood_high=3))) == (
        ACCEPTANCE
    )


def test_ranges_give_ranges():
    cell = found(row("A", scale=2, severity_low=0, severity_high=3))
    assert [only(cell, f"class{end}") for end in ("_mildest", "", "_worst")] == [
        WITHIN,
        ACCEPTANCE,
        NOT_PERMITTED,
    ]
    assert (only(cell, "severity_low"), only(cell, "severity_high")) == (0, 3)


def test_what_nobody_rated_is_not_ready():
    expected = pd.DataFrame(
        [["G", "R", "before"], ["G", "S", "before"]], columns=["group", "route", "stage"]
    )
    cells = found(row("A"), expected=expected).set_index("route")
    assert cells.loc["S", "class"] == NOT_READY
    assert cells.loc["S", "n_asked"] == 0
    assert cells.loc["R", "class"] == WITHIN


def test_an_office_that_was_asked_and_has_not_answered_keeps_its_group_open():
    assert only(found(row("A"), unheard=frozenset({"G"}))) == NOT_READY
    assert only(found(row("A", scale=3), unheard=frozenset({"G"}))) == NOT_PERMITTED


def test_too_few_answers_are_no_screen():
    assert only(found(row("A"), least_answers=2)) == NOT_READY


def test_measures_count_only_where_as_many_answered():
    before = [row(who, scale=2) for who in ("A", "B")]
    after = [row(who, scale=0, stage="after") for who in ("A", "B")]
    assert only(residual(found(*before, *after))) == WITHIN
    left = residual(found(*before, after[0]))
    assert (only(left), only(left, "stage")) == (ACCEPTANCE, "before")


def test_harm_that_measures_make_worse_is_what_is_left():
    before = [row(who, scale=2) for who in ("A", "B")]
    left = residual(found(*before, row("A", scale=3, stage="after")))
    assert (only(left), only(left, "stage")) == (NOT_PERMITTED, "after")


def test_no_group_is_traded_for_another():
    cells = found(row("A"), row("A", scale=3, group="H"), row("A", route="S"))
    assert route_classes(residual(cells)).to_dict() == {"R": NOT_PERMITTED, "S": WITHIN}


def test_the_most_severe_comes_first_and_likelihood_only_breaks_ties():
    cells = found(
        row("A", scale=1, likelihood=2),
        row("A", scale=2, likelihood=0, group="H"),
        row("A", scale=2, likelihood=1, group="I"),
    )
    assert list(cells["group"]) == ["I", "H", "G"]


def test_nothing_at_all_gives_nothing():
    empty = pd.DataFrame([row("A")]).iloc[:0]
    assert screen(empty, LINES).empty
    assert rate(empty, LINES).empty


def test_all_that_is_wrong_is_said_at_once():
    rows = [row("A", scale=7), row("A", kind="fame"), row("B", scale="bad", stage="later")]
    rows.append(row("C", scale=1, severity_low=2, severity_high=3))
    with pytest.raises(InputError) as error:
        rate(pd.DataFrame(rows), LINES)
    for part in (
        "scale: found 7",
        "kind: found 'fame'",
        "stage: found 'later'",
        "rated twice",
        "'bad'",
        "does not hold",
    ):
        assert part in str(error.value)


def test_missing_columns_and_impossible_shares_are_named():
    with pytest.raises(InputError, match="missing columns scale"):
        rate(pd.DataFrame([row("A")]).drop(columns="scale"), LINES)
    with pytest.raises(InputError, match="least_share_pct: found 101"):
        found(row("A"), least_share_pct=101)
    with pytest.raises(InputError, match="expected: missing columns stage"):
        found(row("A"), expected=pd.DataFrame({"group": [], "route": []}))


def test_a_red_line_below_an_acceptance_is_refused():
    with pytest.raises(InputError, match="tolerance of 'x'"):
        Tolerance("x", acceptance_from=3, likely_acceptance_from=1, red_line_from=2)


LEVEL = st.integers(0, 4)
ANSWER = st.one_of(st.none(), LEVEL)
PEOPLE = st.lists(st.tuples(ANSWER, ANSWER, ANSWER, ANSWER), min_size=1, max_size=5)
SHARES = st.sampled_from([0.0, 25.0, 50.0, 100.0])
KINDS = st.sampled_from(sorted(LINES))


def rows_of(people, kind):
    return [row(f"A{n}", *levels, kind=kind) for n, levels in enumerate(people)]


@settings(max_examples=60, deadline=None)
@given(PEOPLE, KINDS, SHARES, st.data())
def test_raising_one_severity_or_likelihood_never_gives_a_milder_class(people, kind, share, data):
    who = data.draw(st.integers(0, len(people) - 1))
    what = data.draw(st.integers(0, 3))
    value = people[who][what]
    if value is None or value == 4:
        return
    raised = [list(levels) for levels in people]
    raised[who][what] = value + 1
    before = found(*rows_of(people, kind), least_share_pct=share)
    after = found(*rows_of(raised, kind), least_share_pct=share)
    for name in ("class", "class_mildest", "class_worst"):
        assert only(after, name) >= only(before, name)


@settings(max_examples=60, deadline=None)
@given(PEOPLE, KINDS, SHARES, st.data())
def test_an_unknown_is_never_better_than_any_known_answer(people, kind, share, data):
    """Taking an answer away never gives a milder class than the worst of the others."""
    known = [levels for levels in people if None not in levels]
    if not known:
        return
    alone = found(*rows_of(known, kind), least_share_pct=share)
    more = [*known, (None, None, None, None)]
    assert only(found(*rows_of(more, kind), least_share_pct=share)) >= only(alone)
    hidden = [list(levels) for levels in known]
    who = data.draw(st.integers(0, len(known) - 1))
    hidden[who][data.draw(st.integers(0, 2))] = None
    opened = found(*rows_of(hidden, kind))
    closed = found(*rows_of(known, kind))
    assert only(opened) >= min(only(closed), NOT_READY)


@settings(max_examples=25, deadline=None)
@given(PEOPLE, KINDS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(people, kind, random):
    rows = [*rows_of(people, kind), *(r | {"group": "H"} for r in rows_of(people, kind))]
    shuffled = list(rows)
    random.shuffle(shuffled)
    pd.testing.assert_frame_equal(found(*rows), found(*shuffled))


def test_one_of_two_who_sees_a_red_line_is_within_the_range_whatever_the_share():
    """The class is a share of those who answered, and its range must not be of others only."""
    lines = {"liberty": Tolerance("liberty", 2, 1, 4)}
    rows = [row("a", scale=4, likelihood=1), row("b", scale=1, likelihood=None)]
    cell = screen(pd.DataFrame(rows), lines, least_share_pct=100)
    assert [only(cell, f"class{end}") for end in ("_mildest", "", "_worst")] == [
        NOT_READY,
        NOT_PERMITTED,
        NOT_PERMITTED,
    ]


@settings(max_examples=70, deadline=None)
@given(PEOPLE, KINDS, SHARES, st.integers(0, 3), st.booleans())
def test_the_class_lies_within_its_range(people, kind, share, least_answers, is_unheard):
    rows = pd.DataFrame(rows_of(people, kind))
    unheard = frozenset({"G"}) if is_unheard else frozenset()
    cell = screen(rows, LINES, unheard=unheard, least_answers=least_answers, least_share_pct=share)
    for made in (rate(rows, LINES), cell):
        assert (made["class_mildest"] <= made["class"]).all()
        assert (made["class"] <= made["class_worst"]).all()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(LEVEL, LEVEL), min_size=1, max_size=6))
def test_severity_is_compared_and_never_multiplied(pairs):
    """Any order-preserving change of what is above the red line gives the same classes."""
    classes = [harm.class_of(s, p, LIBERTY) for s, p in pairs]
    stretched = [harm.class_of(4 if s >= 3 else s, p, LIBERTY) for s, p in pairs]
    assert classes == stretched


def test_shares_are_of_those_who_answered():
    cell = found(row("A", scale=2), row("B"), unknown("C"), unknown("D"))
    assert only(cell, "over_line_pct") == 50
    nobody = found(unknown("A"))
    assert math.isnan(only(nobody, "over_line_pct"))
    assert np.isnan(only(nobody, "severity_median"))
