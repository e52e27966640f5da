"""Chapter 07 on rows that can be checked by hand: lessons, roles with consent, spread, empties."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from strategy_lib.chapters.result import ChapterInputs
from strategy_lib.chapters.watching.analysis import analyse
from strategy_lib.chapters.watching.page import page
from strategy_lib.core.messages import Say
from strategy_lib.core.settings import MappingSettings
from strategy_lib.editions.restrict import DEFAULT_EDITIONS, restrict
from strategy_lib.editions.snapshot import Snapshot
from strategy_lib.plotting.pictures import payload
from strategy_lib.schema.frames import Tables, typed_frame
from strategy_lib.schema.schema import table_schema
from tests.workspaces import UNITS

AS_OF = date(2026, 11, 1)
DAY = pd.Timestamp("2026-05-01")


def shown(edition="core", **records):
    tables = {"units": UNITS} | records
    frames = {name: typed_frame(table_schema(name), rows) for name, rows in tables.items()}
    restricted = restrict(Tables(frames), DEFAULT_EDITIONS[edition])
    now = Snapshot(restricted, 2026, AS_OF, "Test", "en", "EUR", MappingSettings(), {})
    inputs = ChapterInputs(now)
    result = analyse(inputs)
    return result, page(result, inputs, Say())


def signal(kind="trend", **more):
    row = {
        "unit_id": "ke",
        "seen_at": DAY,
        "kind": kind,
        "title": f"A {kind}",
        "what": "Seen",
        "theme": "health",
    }
    return row | more


def role(organisation, role_, listed="yes", linked="yes", **more):
    row = {"issue": "Loans", "organisation": organisation, "role": role_, "may_be_listed": listed}
    return row | {"may_be_linked": linked, "handling": "internal"} | more


def score(who, best, criterion="need", **more):
    return {"assessor_id": who, "area_id": "a", "criterion": criterion, "best": best, **more}


AREA = [{"area_id": "a", "name": "Climate"}]


def questions(result):
    return set(result["open_questions"]["question"])


def test_fewer_than_one_failure_in_five_asks_whether_failures_are_told():
    worked = [signal("worked", title=f"W{n}") for n in range(5)]
    few, _ = shown(signals=[*worked, signal("failed")])
    enough, _ = shown(signals=[*worked[:4], signal("failed")])
    assert "failures_not_told" in questions(few)
    assert "failures_not_told" not in questions(enough)


def test_a_pattern_at_the_un_that_nobody_gets_is_a_question():
    result, _ = shown(signals=[signal("un_pattern")])
    named, _ = shown(signals=[signal("un_pattern", for_units=("kh",))])
    assert "no_recipient" in questions(result) and "no_recipient" not in questions(named)


def test_a_signal_of_a_peer_stands_under_the_name_that_it_chose():
    result, _ = shown(signals=[signal(sent_by="Harbour network")])
    assert list(result["signals"]["sent_by"]) == ["Harbour network"]


@pytest.mark.parametrize("edition", ["core", "leaders"])
def test_an_organisation_that_did_not_agree_is_not_listed(edition):
    rows = [role("Ours", "insider"), role("Secret", "outsider", listed="no")]
    result, shown_page = shown(edition, issue_roles=rows)
    text = str(payload(shown_page)) + result["roles"].to_csv()
    assert "Secret" not in text and "Ours" in text
    outside = result["roles"].query("role == 'outsider'")
    assert list(outside["more"]) == ([1.0] if edition == "core" else [])


def test_two_roles_stand_side_by_side_only_where_all_who_are_named_agreed():
    both = [role("Ours", "insider"), role("Review", "outsider")]
    linked, _ = shown(issue_roles=both)
    apart, shown_page = shown(issue_roles=[both[0], both[1] | {"may_be_linked": "no"}])
    assert set(linked["roles"]["organisations"]) == {"Ours", "Review"}
    assert "Review" not in str(payload(shown_page)) + apart["roles"].to_csv()


def test_roles_are_for_the_core_team_unless_they_say_otherwise():
    rows = [role("Ours", "insider") | {"handling": None}]
    assert shown("leaders", issue_roles=rows)[0]["roles"].empty


def test_scores_of_two_people_have_a_middle_and_a_range_and_one_has_a_dash():
    result, _ = shown(focus_areas=AREA, focus_scores=[score("A1", 3), score("A2", 9)])
    need = result["focus"].iloc[0]
    assert [need["lowest"], need["middle"], need["highest"]] == [3, 6, 9] and need["is_apart"]
    alone, _ = shown(focus_areas=AREA, focus_scores=[score("A1", 3)])
    assert alone["focus"]["middle"].isna().all()


def test_editions_that_show_no_person_need_three_scores():
    rows = [score(f"A{n}", n) for n in range(2)]
    assert shown("leaders", focus_areas=AREA, focus_scores=rows)[0]["focus"]["middle"].isna().all()


def test_who_has_not_said_its_points_is_left_out_and_named():
    row = {
        "study_id": "S",
        "question": "Who lends?",
        "led_by": "peer",
        "total": 100.0,
        "currency": "EUR",
    }
    rows = [row | {"organisation": "Ours", "points": 1.0}, row | {"organisation": "Silent"}]
    result, shown_page = shown(studies=rows)
    paid = result["studies"].set_index("organisation")["pays"]
    assert paid["Ours"] == 100 and pd.isna(paid["Silent"])
    assert "has not said" in str(payload(shown_page)) and "share_not_said" in questions(result)


def test_without_a_row_one_line_says_how_to_begin():
    _, shown_page = shown()
    assert shown_page.finding.startswith("Watching and working with others: to begin")
    assert shown_page.main is None and not shown_page.sections


@pytest.mark.parametrize("edition", DEFAULT_EDITIONS)
def test_every_edition_has_a_page(edition):
    study = {
        "study_id": "S",
        "question": "Who lends?",
        "led_by": "peer",
        "total": 100.0,
        "currency": "EUR",
        "organisation": "Ours",
        "points": 1.0,
    }
    claim = {
        "claim_id": "C",
        "kind": "promise",
        "counterpart": "Body",
        "claim": "Lean",
        "said_by": "itself",
        "source": "Page",
        "as_of": DAY,
    }
    rows = {
        "signals": [signal(handling="public", source="Paper")],
        "studies": [study],
        "claims": [claim],
        "issue_roles": [role("Ours", "insider")],
    }
    _, shown_page = shown(
        edition, **{n: [r | {"handling": "public"} for r in given] for n, given in rows.items()}
    )
    assert shown_page.finding
