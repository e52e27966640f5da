"""Chapter 00: values, the hub, information, memory and secondments, checked by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from strategy_lib.chapters.codes import Contradiction
from strategy_lib.chapters.prepare.flows import contradictions, flows
from strategy_lib.chapters.prepare.memory import turnover, turnover_by_year
from strategy_lib.chapters.prepare.secondments import match_secondments
from strategy_lib.chapters.prepare.tables import functions as functions_of
from strategy_lib.editions.restrict import DEFAULT_EDITIONS
from strategy_lib.schema.schema import schemas
from tests.chapters.prepare.rooms import (
    analyse,
    context,
    flow,
    people,
    piece,
    posting,
    row_of,
    view,
)


def test_values_name_the_no_go_first_and_where_views_differ():
    views = [
        view("1", "Health", "complementarity"),
        view("2", "Events", "no_go", unit_id="ke"),
        view("3", " events", "complementarity", unit_id="hq"),
        view("4", "Data", "no_go"),
        view("5", "Labour"),
    ]
    result = analyse(values_canvas=views)
    events = row_of(result.tables["value_matters"], matter="Events")
    assert (events["no_go"], events["complementarity"], events["differ"]) == (1, 1, True)
    assert row_of(result.tables["values"], matter="Labour")["relation"] == "not judged"


def test_the_hub_says_what_each_function_lacks():
    functions = [
        {"function_id": "a", "function": "Digest", "is_agreed": "yes"},
        {"function_id": "b", "function": "First contact", "is_agreed": "yes", "owner_role": "lead"},
        {
            "function_id": "c",
            "function": "Memory",
            "is_agreed": "no",
            "owner_role": "lead",
            "deputy_role": "other",
            "is_apart": "no",
            "staff_fte": 0.5,
            "last_done_date": "2026-10-01",
        },
    ]
    hub = functions_of(context(coordination=functions))
    missing = hub.set_index("function")["missing"].to_dict()
    assert missing == {
        "Digest": "nobody does it",
        "First contact": "nobody stands in",
        "Memory": "not agreed; done by those who run mainland projects",
    }
    assert row_of(hub, function="Memory")["age_days"] == 31


def test_a_function_of_the_starting_list_that_nobody_filled_in_is_no_answer():
    hub = functions_of(context(coordination=[{"function_id": "a", "function": "Digest"}]))
    assert hub["missing"].tolist() == ["no answer"]


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        (
            [flow("hq", "open", "allowed"), flow("ke", "open", "not_allowed")],
            Contradiction.RULES_DIFFER,
        ),
        (
            [flow("hq", "open", "not_allowed"), flow("hq", "send", "allowed")],
            Contradiction.OPEN_STRICTER,
        ),
        (
            [flow("hq", "open", "not_allowed"), flow("hq", "store", "with_safeguards")],
            Contradiction.OPEN_STRICTER,
        ),
        ([flow("hq", "open", "not_allowed", is_done="yes")], Contradiction.DONE_AGAINST),
        ([flow("hq", "open", "not_decided", is_done="yes")], Contradiction.DONE_UNDECIDED),
        ([flow("hq", "open", "with_safeguards", safeguard=None)], Contradiction.UNNAMED),
    ],
)
def test_flows_that_contradict_each_other_are_found(rows, what):
    found = contradictions(context(data_flows=rows))
    assert found["what"].tolist() == [what]


@pytest.mark.parametrize(
    "rows",
    [
        [flow("hq", "open", "not_allowed"), flow("ke", "open", "not_allowed")],
        [flow("hq", "open", "not_allowed"), flow("ke", "open", "not_decided")],
        [flow("hq", "open", "not_allowed"), flow("ke", "send", "allowed")],
        [flow("hq", "open", "allowed"), flow("hq", "store", "not_allowed")],
        [flow("hq", "open", "allowed", is_done="yes")],
        [flow("hq", "open", None, is_done="yes")],
    ],
)
def test_flows_that_do_not_contradict_each_other_are_left_alone(rows):
    assert contradictions(context(data_flows=rows)).empty


def test_every_flow_has_its_cell_and_an_open_one_has_no_shade():
    rows = [
        flow("hq", "open", "not_allowed"),
        flow("ke", "open", "allowed"),
        flow("hq", "send", "not_decided"),
    ]
    table = flows(context(data_flows=rows))
    classes, actions = schemas()["data_flows"]["information_class"], 3
    assert len(table) == len(classes.code_list.values) * actions
    opened = row_of(table, information="Staff records", action="Open in mainland China")
    assert opened["rule"] == "Not allowed / Allowed"
    assert (opened["strictness"], opened["differ"], opened["offices"]) == (2, True, 2)
    sent = row_of(table, information="Staff records", action="Send to mainland China")
    assert pd.isna(sent["strictness"]) and sent["rule"] == "Not decided"


def test_practice_is_for_the_core_team_only():
    rows = [flow("hq", "open", "not_allowed", is_done="yes")]
    result = analyse(DEFAULT_EDITIONS["leaders"], data_flows=rows)
    assert result.tables["flow_contradictions"].empty


def test_what_one_person_knows_stands_in_the_order_in_which_it_may_be_lost():
    pieces = [
        piece("written", 1, "yes", leaves_date="2026-11-02"),
        piece("later", 1, leaves_date="2027-03-01"),
        piece("gone", 0, leaves_date="2026-03-01"),
        piece("no day", 1),
        piece("shared", 2),
        piece("not known", None),
    ]
    result = analyse(knowledge_bank=pieces)
    keepers = result.tables["one_keeper"]
    assert keepers["what"].tolist() == [
        "Contacts gone",
        "Contacts later",
        "Contacts no day",
        "Contacts written",
    ]
    assert keepers["days_left"].tolist()[:2] == [-245, 120]
    counts = row_of(result.tables["knowledge_by_kind"], kind="Relationship")
    assert counts.tolist()[1:] == [3, 1, 1, 1]


def test_who_reads_chinese_at_the_wider_level_is_counted():
    pieces = [
        piece("a", 1, reads_chinese="yes"),
        piece("b", 1, reads_chinese="yes", unit_id="hq"),
        piece("c", 1, reads_chinese="unknown", unit_id="hq"),
    ]
    assert analyse(knowledge_bank=pieces).said["readers"] == (
        "Somebody who reads Chinese holds 2 of 3 pieces of knowledge, 1 at the international "
        "office or a desk; for 2 it is said."
    )


def test_turnover_counts_who_left_without_handing_over():
    rows = [
        people("hq", 2026, 10, 1, 4, 1),
        people("ke", 2026, 3, 0, 1, None),
        people("hq", 2025, 9, 2, 1, 1),
    ]
    by_year = turnover_by_year(context(turnover=rows))
    assert by_year.iloc[0].tolist() == [2026, 3, 1, 1, 9, 2]
    assert row_of(turnover(context(turnover=rows)), unit="Kenya office")["left_pct"] == 33


def test_numbers_that_do_not_fit_are_said_and_left_out():
    rows = [people("hq", 2026, 2, 0, 3, 0), people("ke", 2026, 5, 0, 1, 2)]
    given = context(turnover=rows)
    assert set(turnover(given)["note"]) == {
        "more left than were there",
        "more handed over than left",
    }
    assert turnover_by_year(given).empty


def test_an_unknown_number_of_people_is_never_zero():
    stayed = turnover_by_year(context(turnover=[people("hq", 2026, None, 0, 1, 1)]))
    assert pd.isna(stayed["n_stayed"].iloc[0])


@pytest.mark.parametrize(
    ("offer", "fit", "language", "time"),
    [
        ({}, "fits", "enough", "enough"),
        ({"languages": ("zh", "EN")}, "fits", "enough", "enough"),
        ({"languages": ("zh",)}, "does not fit", "en is missing", "enough"),
        ({"languages": ()}, "perhaps", "not said", "enough"),
        ({"weeks": 4}, "does not fit", "enough", "4 of 8 weeks"),
        ({"start": "2027-06-01"}, "does not fit", "enough", "4.3 of 8 weeks"),
        ({"start": "2027-07-01", "end": "2027-12-31"}, "does not fit", "enough", "at other times"),
        ({"end": None}, "perhaps", "enough", "not said"),
        ({"weeks": None}, "perhaps", "enough", "not said"),
    ],
)
def test_a_need_and_an_offer_fit_by_language_and_time(offer, fit, language, time):
    rows = [posting("N", "need", "ke"), posting("O", "offer", **offer)]
    (pair,) = match_secondments(context(secondments=rows)).pairs.to_dict("records")
    assert (pair["fit"], pair["language"], pair["time"]) == (fit, language, time)


def test_as_many_needs_as_can_be_are_met():
    """O1 suits both needs and O2 only the first: taking O1 for it would leave the second."""
    rows = [
        posting("N1", "need", "ke"),
        posting("N2", "need", "kh", languages=("en", "fr")),
        posting("O1", "offer", "hq", languages=("en", "fr")),
        posting("O2", "offer", "zm", end="2027-04-30"),
    ]
    result = match_secondments(context(secondments=rows))
    matched = result.matches.set_index("need")["offer"].to_dict()
    assert matched == {"N1": "O2", "N2": "O1"}
    assert result.unmatched.empty


def test_what_is_left_says_why():
    rows = [
        posting("N1", "need", "ke", languages=("fr",)),
        posting("N2", "need", "hq"),
        posting("O1", "offer", "hq"),
        posting("O2", "offer", "ke", skill="un_advocacy"),
        posting("O3", "offer", "zm", start="2026-01-01", end="2026-10-31"),
    ]
    result = analyse(secondments=rows)
    left = result.tables["secondments_left"].set_index("code")["why"].to_dict()
    assert left == {
        "N1": "nearest is O1: fr is missing",
        "N2": "no offer with this skill from another office",
        "O1": "nearest is N1: fr is missing",
        "O2": "no need with this skill from another office",
    }
    assert any("1 secondment is left out" in note for note in result.notes)
