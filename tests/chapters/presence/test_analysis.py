"""Chapter 02 on small rooms that can be checked by hand, with one assessor, and with none."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd
import pytest

from strategy_lib.chapters.codes import Compared, RouteState, Verdict
from strategy_lib.core.settings import PresenceSettings
from strategy_lib.editions.restrict import DEFAULT_EDITIONS
from tests.chapters.presence.room import (
    CRITERIA,
    OPTIONS,
    analyse,
    card,
    page_of,
    score,
    texts,
    weights,
)
from tests.workspaces import CONDITION


def test_what_two_people_weigh_differently_comes_first_half_of_the_time_each():
    """Same scores; who cares for access puts the office first, who for freedom the other."""
    rows = [*card("A1", (2, 0), (8, 6)), *card("A2", (2, 0), (8, 6))]
    result = analyse(scores=rows, swing_weights=[*weights("A1", 100, 0), *weights("A2", 0, 100)])
    firsts = result.tables["ranks"].set_index("option")["rank_1_pct"]
    assert firsts["Outside"] == pytest.approx(50, abs=4)
    people = result.tables["first_by_assessor"]
    assert people.loc["A1", "Office 办事处"] == 100 and people.loc["A2", "Outside"] == 100


def test_the_points_that_must_move_worked_out_by_hand():
    """Values (0.8, 1) and (0.9, 0.7) at weights (.5, .5): even at w = 0.75, so 25 points move."""
    rows = card("A1", (8, 0), (9, 3))
    result = analyse(scores=rows, swing_weights=weights("A1", 50, 50))
    flip = result.tables["flips"].iloc[0]
    assert flip["option"] == "Office 办事处"
    assert flip["points_to_move"] == pytest.approx(25.0, abs=0.1)
    found = page_of(scores=rows, swing_weights=weights("A1", 50, 50))
    assert found.badge == "Fragile"
    assert found.finding == (
        "Outside has a fragile lead: without 1 of 2 criteria, one at a time, another leads"
    )


def test_nothing_is_worth_asking_where_nothing_would_change_who_leads():
    result = analyse(scores=card("A1", (9, 0), (2, 6)), swing_weights=weights("A1", 50, 50))
    assert (result.tables["worth_asking"]["worth_points"] <= 0).all()


def test_what_has_no_weight_is_not_worth_asking():
    """Access decides; how free one would be was scored very differently and has no weight."""
    rows = [
        *card("A1", (3, 0), (8, 9), low=0, high=10),
        *card("A2", (8, 9), (3, 0), low=0, high=10),
    ]
    given = [*weights("A1", 100, 0), *weights("A2", 100, 0)]
    result = analyse(scores=rows, swing_weights=given)
    table = result.tables["worth_asking"]
    assert table["question"].tolist() == ["everything", "Access"]
    assert (table["standard_error"] > 0).all()


def test_who_was_asked_and_has_not_answered_is_counted():
    assert page_of(scores=card("A1", (8, 0), (2, 3))).answered == (
        "1 person has answered, in 1 office; no answer is shown here from 2 more who were asked."
    )


def test_nobody_has_scored_and_everything_else_is_still_shown():
    result = analyse(
        legal_conditions=[CONDITION],
        costs=[{"option_id": "RO", "item": "Rent", "p50": 10, "frequency": "yearly"}],
    )
    assert result.tables["ranks"].empty
    assert (
        result.tables["routes"].set_index("options").loc["Office 办事处", "state"]
        == RouteState.NOT_KNOWN
    )
    assert result.tables["costs"]["p50"].tolist() == [50.0]


def test_half_of_those_who_scored_put_an_option_out_and_fewer_dispute_it():
    lined = [{**CRITERIA[0], "red_line": 3, "red_line_whose": "Board"}, CRITERIA[1]]
    two = [*card("A1", (8, 0), (2, 3)), *card("A2", (8, 0), (5, 3))]
    half = analyse(criteria=lined, scores=two)
    assert (
        half.tables["red_lines"].set_index("option").loc["Office 办事处", "verdict"]
        == Verdict.BEYOND
    )
    assert half.tables["ranks"].empty
    third = analyse(criteria=lined, scores=[*two, *card("A3", (1, 0), (9, 3))])
    lines = third.tables["red_lines"].set_index("option")["verdict"]
    assert lines["Office 办事处"] == Verdict.DISPUTED and lines["Outside"] == Verdict.DISPUTED


def test_on_a_scale_where_less_is_better_the_line_is_crossed_above_it():
    lined = [CRITERIA[0], {**CRITERIA[1], "red_line": 7}]
    result = analyse(criteria=lined, scores=card("A1", (8, 7), (9, 7.5)))
    verdicts = result.tables["red_lines"].set_index("option")["verdict"]
    assert verdicts.to_dict() == {"Office 办事处": Verdict.BEYOND, "Outside": "within"}


def test_a_route_with_a_condition_that_is_not_met_closes_its_options():
    condition = CONDITION | {"is_met": "no"}
    result = analyse(legal_conditions=[condition], scores=card("A1", (8, 0), (9, 3)))
    states = result.tables["options"].set_index("option")["state"]
    assert states["Office 办事处"] == Compared.CLOSED
    assert result.tables["ranks"].empty


def test_duties_are_counted_from_the_day_of_the_run():
    duty = {
        "legal_route": "representative_office",
        "kind": "duty",
        "condition": "Report",
        "source": "S",
        "as_of": "2017-01-01",
    }
    days = [{"condition_id": "a", "due_month": 1, "due_day": 31}, {"condition_id": "b"}]
    days += [{"condition_id": "c", "due_month": 2, "due_day": 31}]
    result = analyse(legal_conditions=[{**duty, **day} for day in days])
    known = result.tables["duties"]["next"].dropna()
    assert [f"{day:%Y-%m-%d}" for day in known] == ["2027-01-31", "2027-02-28"]
    assert len(result.tables["duties"]) == 3


def test_the_second_round_counts_and_what_moved_is_shown():
    first = card("A1", (2, 0), (8, 3))
    second = [score("A1", "RO", "access", 1, round=2)]
    result = analyse(scores=[*first, *second], swing_weights=weights("A1", 100, 0))
    assert result.tables["ranks"]["option"].iloc[0] == "Outside"
    moved = result.tables["moved"].iloc[0]
    assert (moved["before"], moved["after"], moved["change"]) == (8.0, 1.0, -7.0)


def test_what_nobody_scored_counts_as_anything_and_one_number_as_certain():
    rows = [row for row in card("A1", (8, 0), (2, 3)) if row["criterion_id"] == "access"]
    notes = " ".join(analyse(scores=rows).notes)
    assert "2 pairs of option and criterion nobody scored" in notes
    assert "given as one number" in notes


def test_a_criterion_on_which_all_are_alike_is_said():
    result = analyse(scores=card("A1", (5, 0), (5, 6)))
    assert "Access does not tell the options apart: it is scored alike for all." in result.notes


def test_two_camps_are_named_and_not_averaged():
    people = [{"assessor_id": f"B{n}", "unit_id": "hq"} for n in range(4)]
    rows = [row for n, v in enumerate((1, 2, 8, 9)) for row in card(f"B{n}", (5, v), (6, 5))]
    camps = analyse(assessors=people, scores=rows).tables["divided_cells"]
    assert camps[["option", "criterion", "low_side", "high_side"]].values.tolist() == [
        ["Outside", "Freedom lost", 2, 2]
    ]


COSTS = [
    {"option_id": "RO", "item": "Rent", "p10": 8, "p50": 10, "p90": 14, "frequency": "monthly"},
    {"option_id": "RO", "item": "Leaving", "p10": 1, "p50": 5, "p90": 20, "frequency": "at_exit"},
    {"option_id": "RO", "item": "Not known", "frequency": "once"},
]


def test_amounts_fall_into_their_years():
    certain = [{**row, "p10": None, "p90": None} for row in COSTS]
    by_year = analyse(costs=certain).tables["costs_by_year"].set_index("year")["p50"]
    assert by_year.tolist() == [120.0, 120.0, 120.0, 120.0, 125.0]
    counts = analyse(costs=certain).tables["costs"].iloc[0]
    assert (counts["items"], counts["items_without_amount"], counts["items_as_one_number"]) == (
        2,
        1,
        2,
    )


@pytest.mark.parametrize("rate", [0.01, 0.5, 7.0])
def test_costs_scale_with_the_currency(rate):
    foreign = [{**row, "currency": "CNY"} for row in COSTS]
    rates = [{"currency": "CNY", "rate": rate, "source": "S", "as_of": "2026-01-01"}]
    own = analyse(
        costs=[
            {k: v * 1000 if k in ("p10", "p50", "p90") else v for k, v in row.items()}
            for row in COSTS
        ]
    )
    other = analyse(
        costs=[
            {k: v * 1000 if k in ("p10", "p50", "p90") else v for k, v in row.items()}
            for row in foreign
        ],
        currency_rates=rates,
    )
    for name in ("p10", "p50", "p90"):
        expected = own.tables["costs"][name].iloc[0] * rate
        assert other.tables["costs"][name].iloc[0] == pytest.approx(expected, abs=1 + rate)


def test_a_budget_is_held_against_every_draw():
    settings = PresenceSettings(budget=615.0, years=5, cost_correlation=0.0)
    row = analyse(costs=COSTS, presence=settings).tables["costs"].iloc[0]
    assert 30 < row["over_budget_pct"] < 70
    assert row["p10"] < 615 < row["p90"]


def test_freedom_is_beside_the_money_and_changes_no_amount():
    low = analyse(scores=card("A1", (8, 0), (2, 0)), costs=COSTS)
    high = analyse(scores=card("A1", (8, 0), (2, 10)), costs=COSTS)
    pd.testing.assert_frame_equal(low.tables["costs"], high.tables["costs"])
    assert high.tables["freedom"].set_index("option")["freedom_lost_median"].tolist() == [0, 10]


def test_an_edition_that_counts_small_groups_only_shows_no_single_person():
    edition = replace(DEFAULT_EDITIONS["leaders"], smallest_group=3)
    rows = [row for who in ("A1", "A2", "A3") for row in card(who, (8, 0), (2, 3))]
    result = analyse(edition, scores=rows)
    assert result.tables["first_by_assessor"].empty
    assert not result.tables["ranks"].empty
    fewer = analyse(edition, scores=rows[:8])
    assert fewer.tables["ranks"].empty
    assert "A1" not in " ".join(fewer.notes)


def test_what_a_row_withheld_would_have_said_changes_nothing_else():
    rows = card("A1", (8, 0), (2, 3))
    secret = [{**row, "handling": "restricted"} for row in card("A2", (0, 10), (10, 0))]
    leaders = DEFAULT_EDITIONS["leaders"]
    with_secret, without = analyse(leaders, scores=[*rows, *secret]), analyse(leaders, scores=rows)
    for name, table in without.tables.items():
        pd.testing.assert_frame_equal(table, with_secret.tables[name], obj=name)


def test_relabelling_the_options_changes_no_share():
    rows = card("A1", (5, 2), (6, 4), low=None)
    turned = [{**row, "option_id": {"OUT": "RO", "RO": "OUT"}[row["option_id"]]} for row in rows]
    names = [{**OPTIONS[0], "name": OPTIONS[1]["name"]}, {**OPTIONS[1], "name": OPTIONS[0]["name"]}]
    a = analyse(scores=rows, swing_weights=weights("A1", 60, 40)).tables["ranks"]
    b = analyse(scores=turned, presence_options=names, swing_weights=weights("A1", 60, 40)).tables[
        "ranks"
    ]
    pd.testing.assert_frame_equal(a, b)


def test_the_same_seed_gives_the_same_tables():
    rows = card("A1", (5, 2), (6, 4), low=0, high=10)
    first, second = analyse(scores=rows, costs=COSTS), analyse(scores=rows, costs=COSTS)
    for name, table in first.tables.items():
        pd.testing.assert_frame_equal(table, second.tables[name])


def test_it_never_says_what_to_choose():
    rows = [*card("A1", (2, 0), (8, 6)), *card("A2", (6, 0), (3, 6))]
    said = " ".join(texts(page_of(scores=rows, costs=COSTS)))
    assert not re.search(r"\b(recommend|should|advise|best option|choose|winner)\w*", said, re.I)


def legal(code, route="representative_office", met="yes", day="2026-04-21", **more):
    return {
        "condition_id": code,
        "legal_route": route,
        "kind": "condition",
        "condition": f"Condition {code}",
        "is_met": met,
        "counsel_checked_date": day,
        "source": "S",
        "as_of": "2017-01-01",
        **more,
    }


def trigger(state="seen", day="2026-09-02", **more):
    row = {"term_id": "t", "kind": "trigger", "text": "A law changes", "is_about_law": True}
    return {**row, "state": state, "last_checked": day, **more}


def law(result):
    return result.tables["routes"].set_index("route")


def test_a_form_of_presence_without_listed_law_asks_for_counsel():
    """A4: that no condition was entered is not that no law applies."""
    more = [
        {"option_id": "HK", "name": "Entity in Hong Kong", "legal_route": "hong_kong"},
        {"option_id": "LF", "name": "Foundation", "legal_route": "local_entity"},
        {"option_id": "X", "name": "Untold"},
    ]
    result = analyse(presence_options=[*OPTIONS, *more], legal_conditions=[legal("a")])
    states = law(result)["state"]
    assert set(states[["Hong Kong", "Local entity", "not said"]]) == {RouteState.NOT_LISTED}
    assert states["None needed"] == RouteState.NONE_NEEDED


@pytest.mark.parametrize(
    ("terms", "state"),
    [
        ([trigger()], RouteState.LAPSED),
        ([trigger(day=None)], RouteState.LAPSED),
        ([trigger(option_id="OUT")], RouteState.OPEN),
        ([trigger(state="not_seen")], RouteState.OPEN),
        ([trigger(day="2026-04-20")], RouteState.OPEN),
        ([trigger(is_about_law=None)], RouteState.OPEN),
        ([], RouteState.OPEN),
    ],
)
def test_a_change_of_law_seen_after_counsel_lapses_the_confirmation(terms, state):
    """A7."""
    result = analyse(legal_conditions=[legal("a")], presence_terms=terms)
    assert law(result).loc["Representative office", "state"] == state
    has_lapsed = state == RouteState.LAPSED
    told = result.tables["conditions_of_law"]["confirmation"].tolist()
    assert told == (["lapsed: the law was seen to change"] if has_lapsed else ["stands"])


def test_what_counsel_never_confirmed_is_not_called_open_once_the_law_was_seen_to_change():
    result = analyse(legal_conditions=[legal("a", day=None)], presence_terms=[trigger()])
    assert law(result).loc["Representative office", "state"] == RouteState.LAW_CHANGED
    assert result.tables["triggers"]["term"].tolist() == ["A law changes"], "in its list's words"


def test_freedom_to_speak_is_not_in_the_money_and_is_one_of_the_weighted_criteria():
    """A8."""
    rows = [*card("A1", (2, 0), (8, 6)), *card("A2", (2, 0), (8, 6))]
    result = analyse(scores=rows, swing_weights=[*weights("A1", 75, 25), *weights("A2", 75, 25)])
    shown = result.tables["weights"].set_index("criterion")
    assert len(shown) == 2 and 25.0 in set(shown.select_dtypes("number").to_numpy().ravel())
