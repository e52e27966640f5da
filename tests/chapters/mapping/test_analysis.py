"""Chapter 01 on small federations that can be checked by hand, in every edition."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategy_lib.chapters.mapping import analysis, figures
from strategy_lib.chapters.result import ChapterInputs
from strategy_lib.chapters.wording import listed
from strategy_lib.core.settings import MappingSettings
from strategy_lib.editions.restrict import DEFAULT_EDITIONS, Edition, restrict
from strategy_lib.editions.snapshot import Snapshot
from strategy_lib.schema.frames import Tables, typed_frame
from strategy_lib.schema.schema import table_schema
from tests.workspaces import UNITS, activity

AS_OF = date(2026, 11, 1)


def tables_of(**records):
    return Tables({name: typed_frame(table_schema(name), rows) for name, rows in records.items()})


def snapshot(edition="core", **records):
    restricted = restrict(tables_of(**records), DEFAULT_EDITIONS[edition])
    return Snapshot(restricted, 2026, AS_OF, "Test federation", "en", "EUR", MappingSettings(), {})


def analyse(edition="core", **records):
    given_tables = {"units": UNITS, "returns": returns("hq", "ke", "kh")} | records
    return analysis.analyse(ChapterInputs(snapshot(edition, **given_tables)))


def returns(*units, **more):
    row = {"returned_date": "2026-09-14", "has_activities": True, **more}
    return [{"unit_id": unit, **row} for unit in units]


def act(unit, title, counterpart="A", **more):
    row = activity(unit, title, counterpart, **more)
    return {k: {"yes": True, "no": False}.get(v, v) for k, v in row.items()}


def test_silence_and_nothing_to_report_are_told_apart():
    result = analyse(returns=[*returns("hq", "ke"), *returns("kh", has_activities=False)])
    answers = result.tables["answers"].set_index("unit")["answer"]
    assert answers["Zambia office"] == "no answer"
    assert answers["Cambodia office"] == "nothing to report"


@pytest.mark.parametrize("table", ["activities", "capacities"])
def test_an_office_of_which_anything_came_back_has_answered(table):
    rows = {
        "activities": [act("zm", "Talks"), act("zm", "Visit")],
        "capacities": [{"unit_id": "zm", "capacity": "chinese_language", "level": 2}],
    }
    result = analyse(**{table: rows[table]})
    answers = result.tables["answers"].set_index("unit")
    assert answers.loc["Zambia office", "answer"] == "answered"
    assert "no answer" not in set(answers["answer"])


def test_an_office_that_has_closed_is_not_asked():
    closed = [{**UNITS[3], "closed_date": "2026-01-31"}]
    result = analyse(units=[*UNITS[:3], *closed])
    assert result.tables["answers"]["answer"].tolist() == ["answered"] * 3


def test_the_share_that_the_centre_did_not_know_leaves_out_what_nobody_said():
    rows = [act("ke", str(n), is_known_to_centre=known) for n, known in enumerate("nnny")]
    rows = [{**row, "is_known_to_centre": row["is_known_to_centre"] == "y"} for row in rows]
    result = analyse(activities=[*rows, act("ke", "not said")])
    told = result.tables["discovery"].iloc[0]
    assert told[["n_not_known", "n_told", "n_not_said"]].tolist() == [3, 4, 1]


def test_bounds_of_silence_worked_out_by_hand():
    """Three offices answered with 3 activities, 1 unknown; one silent office adds 1 either way."""
    rows = [act(unit, unit, is_known_to_centre=unit != "ke") for unit in ("hq", "ke", "kh")]
    bounds = analyse(activities=rows).tables["silence"].iloc[0]
    assert (bounds["low_pct"], bounds["high_pct"]) == (25.0, 50.0)


def test_partner_and_critic_of_one_counterpart_are_a_contradiction_while_both_last():
    rows = [
        act("ke", "works", "CRBC"),
        act("kh", "letter", "China Road and Bridge Corporation", stance="critical"),
        act("hq", "old letter", "B", stance="critical", end_date="2025-01-01"),
        act("ke", "works too", "B"),
    ]
    named = [{"name": "China Road and Bridge Corporation", "aliases": ("CRBC",), "type": "other"}]
    table = analyse(activities=rows, counterparts=named).tables["contradictions"]
    assert table.to_dict("records") == [
        {
            "counterpart": "China Road and Bridge Corporation",
            "kind": "Other",
            "from": "not said",
            "works_with_it": "Kenya office",
            "is_critical_of_it": "Cambodia office",
        }
    ]


def test_names_that_look_alike_stay_apart_until_a_person_decides():
    rows = [act("ke", "a", "China Houses"), act("kh", "b", "China House")]
    before = analyse(activities=rows)
    assert before.tables["overlaps"].empty
    assert len(before.tables["names_to_confirm"]) == 1
    said = {"name": "China Houses", "other_name": "China House", "decision": "same"}
    after = analyse(activities=rows, name_decisions=[said])
    assert int(after.tables["overlaps"]["n_offices"].iloc[0]) == 2
    assert after.tables["names_to_confirm"].empty
    apart = analyse(activities=rows, name_decisions=[{**said, "decision": "different"}])
    assert apart.tables["overlaps"].empty
    assert apart.tables["names_to_confirm"].empty


def test_an_entry_point_shows_its_reasons_and_they_add_up():
    rows = [
        act("ke", "a", "A", contact_strength=3, contact_people=2),
        act("hq", "b", "A", stance="neutral", country_code="CH"),
        act("hq", "c", "B", stance="neutral", country_code="CH", contact_people=1),
    ]
    table = analyse(activities=rows).tables["entry_points"].set_index("counterpart")
    first = table.loc["A", ["p_contact", "p_further_offices", "p_stance", "p_exposure", "p_people"]]
    assert first.tolist() == [3, 1, 1, 1, 1]
    assert table.loc["A", "points"] == 7
    assert table.loc["B", "points"] == 0


def test_what_an_office_did_not_say_it_can_is_missing_and_not_zero():
    said = [{"unit_id": "ke", "capacity": "china_analysis", "level": 0}]
    matrix = analyse(capacities=said).tables["capacity_matrix"]
    row = matrix.loc["Kenya office · Kenya"]
    assert row["Analysis of China"] == 0
    assert row.drop("Analysis of China").isna().all()


def test_strategies_due_without_a_section_come_by_exposure():
    strategy = {"title": "S", "renewal_date": "2027-06-30", "china_section": "none"}
    rows = [
        {**strategy, "unit_id": "hq", "country_code": "CH"},
        {**strategy, "unit_id": "ke", "country_code": "KE"},
        {**strategy, "unit_id": "kh", "country_code": "KH", "china_section": "reviewed"},
        {**strategy, "unit_id": "zm", "country_code": "ZM", "renewal_date": "2029-01-01"},
    ]
    table = analyse(country_strategies=rows).tables["strategies_first"]
    assert table["country"].tolist() == ["Kenya", "Switzerland"]
    assert pd.isna(table["exposure_rank"].iloc[1])


def test_an_added_value_test_names_what_is_not_answered_and_gives_no_verdict():
    test = {
        "unit_id": "ke",
        "initiative": "Training",
        "theme": "labour_rights",
        "country_code": "KE",
        "already_done_by": "a network",
        "is_asked_for": "unknown",
        "answer": "undecided",
    }
    local = {
        "unit_id": "ke",
        "topic": "t",
        "theme": "labour_rights",
        "country_code": "KE",
        "who": "w",
    }
    row = analyse(added_value_tests=[test], local_initiatives=[local]).tables["added_value"].iloc[0]
    assert row["not_answered"] == (
        "who asked for it; what we would add; harm of displacing; who was consulted"
    )
    assert row["n_local_initiatives"] == 1
    assert row["answer"] == "Undecided"


@pytest.mark.parametrize("edition", DEFAULT_EDITIONS)
def test_nothing_entered_is_said_and_breaks_nothing(edition):
    result = analysis.analyse(ChapterInputs(snapshot(edition)))
    said = [*result.notes, *result.said.values()]
    assert not any(re.search(r"\bnan\b|None(?! of)|of 0", line) for line in said)


@pytest.mark.parametrize("edition", ["partner", "public"])
def test_an_edition_that_counts_no_small_group_lists_no_record(edition):
    rows = [act("ke", f"t{n}", "A", handling="public", is_known_to_centre=n > 1) for n in range(9)]
    rows.append(act("kh", "alone", "B", handling="public", theme="health", country_code="KH"))
    result = analyse(edition, activities=rows, units=[{**u, "handling": "public"} for u in UNITS])
    for name in ("answers", "entry_points", "single_person", "links", "capacity_matrix"):
        assert result.tables[name].empty, name
    assert not len(result["network"])
    assert result.tables["discovery"].isna().all(axis=None)
    places = result.tables["coverage_places"].set_index("country_code")["n_activities"]
    assert places["KE"] == 9
    assert pd.isna(places["KH"])
    assert result.tables["contacts_by_strength"].empty
    countries = result.tables["countries"].set_index("country_code")
    assert countries[["n_offices", "n_silent", "n_not_in_full"]].isna().all(axis=None)
    assert pd.isna(countries.loc["KH", "n_activities"])
    assert "CH" not in countries.index
    assert result.tables["totals"].drop(columns="n_highly_exposed").isna().all(axis=None)


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["hq", "ke", "kh", "zm"]),
        st.sampled_from(["A", "B", "C Ltd", "丙"]),
        st.sampled_from(["constructive", "critical", "neutral"]),
        st.sampled_from([True, False, None]),
    ),
    max_size=12,
)


@settings(deadline=None, derandomize=True, max_examples=8)
@given(ROWS, st.randoms())
def test_the_order_of_rows_changes_nothing(cells, random):
    rows = [
        act(unit, f"t{n}", counterpart, stance=stance, is_known_to_centre=known)
        for n, (unit, counterpart, stance, known) in enumerate(cells)
    ]
    one = analyse(activities=rows)
    random.shuffle(rows)
    two = analyse(activities=rows)
    assert one.notes == two.notes
    for name, frame in one.tables.items():
        pd.testing.assert_frame_equal(frame, two.tables[name])


@settings(deadline=None, derandomize=True, max_examples=8)
@given(ROWS)
def test_sentences_never_tell_anybody_what_to_do(cells):
    rows = [
        act(unit, f"t{n}", name, stance=stance) for n, (unit, name, stance, _) in enumerate(cells)
    ]
    result = analyse(activities=rows)
    words = " ".join([*result.said.values(), *result.notes]).lower()
    for verb in ("should", "must", "recommend", "ought", "need to"):
        assert verb not in words.replace("needed", "")


def test_five_hundred_offices_are_ordinary_input():
    units = [{**UNITS[1], "unit_id": f"u{n}", "name": f"Office {n}"} for n in range(500)]
    rows = [act(f"u{n % 500}", f"t{n}", f"Counterpart {n % 97}") for n in range(2000)]
    result = analyse(units=units, returns=returns(*(u["unit_id"] for u in units)), activities=rows)
    assert len(result.tables["answers"]) == 500
    assert len(result.tables["coverage_matrix"]) == 1
    assert int(result.tables["coverage_matrix"].sum().sum()) == 2000


def test_countries_of_the_map_are_the_exposed_the_active_and_those_with_an_office():
    away = {**UNITS[3], "unit_id": "at", "name": "Austria", "country_code": "AT"}
    result = analyse(
        units=[*UNITS, away], activities=[act("ke", "a"), act("ke", "b", country_code="FR")]
    )
    table = result.tables["countries"].set_index("country_code")
    exposed = table[table["is_highly_exposed"]]
    assert len(exposed) == int(result.tables["totals"]["n_highly_exposed"].iloc[0])
    assert set(table.index) - set(exposed.index) == {"AT", "FR", "CH"}
    assert table.loc["AT", ["n_activities", "n_offices", "n_silent"]].tolist() == [0, 1, 1]
    assert table.loc["KE", ["n_activities", "n_offices", "n_silent"]].tolist() == [1, 1, 0]
    assert table["region"].notna().all()
    assert table["exposure_rank"].dropna().is_monotonic_increasing


def test_offices_by_region_count_each_office_once():
    table = analyse().tables["answers_by_region"].set_index("region")
    assert table.loc["africa"].tolist() == [1, 1, 0]
    assert int(table.to_numpy().sum()) == 4


def test_contacts_by_strength_hold_those_of_one_colleague_and_those_not_told_of():
    rows = [
        act("ke", "a", "A", contact_strength=3, contact_people=1),
        act("ke", "b", "B", contact_strength=3, contact_people=2),
        act("ke", "c", "C", contact_strength=3),
        act("ke", "d", "D"),
        act("ke", "old", "E", contact_strength=3, contact_people=1, end_date="2025-01-01"),
    ]
    table = analyse(activities=rows).tables["contacts_by_strength"]
    assert table.iloc[0].tolist() == [3, 3, 1, 1]
    assert pd.isna(table.iloc[1, 0])
    assert table.iloc[1, 1:].tolist() == [1, 0, 1]


def test_a_long_list_is_cut_in_a_sentence():
    assert listed(["a", "b", "c"], 2) == "a, b and 1 more"
    assert listed([]) == ""


def test_actors_from_china_and_others_stand_apart_with_kind_and_who_is_critical():
    """A10."""
    rows = [
        act("ke", "a", "CRBC", contact_people=1),
        act("kh", "b", "CRBC", stance="critical"),
        act("ke", "c", "Embassy"),
        act("hq", "d", "UNHCR", contact_strength=3),
        act("hq", "e", "Nobody listed it"),
    ]
    listed_ = [
        {"name": "CRBC", "type": "state_owned_enterprise", "country_code": "CN"},
        {"name": "Embassy", "type": "embassy", "country_code": "KE", "parent": "Ministry"},
        {
            "name": "Ministry",
            "type": "party_state_body",
            "country_code": "CN",
            "parent": "Ministry",
        },
        {"name": "UNHCR", "type": "multilateral", "country_code": "CN"},
    ]
    result = analyse(activities=rows, counterparts=listed_)
    points = result.tables["entry_points"].set_index("counterpart")
    assert set(points.index) == {"CRBC", "Embassy", "Nobody listed it"}
    assert points.loc["Embassy", "from"] == "in or from China"
    assert points.loc["Nobody listed it", ["from", "kind"]].tolist() == ["not said", "not said"]
    assert points.loc["CRBC", ["kind", "critical_of_it"]].tolist() == [
        "State-owned enterprise",
        "Cambodia office",
    ]
    assert result.tables["entry_points_elsewhere"]["counterpart"].tolist() == ["UNHCR"]
    assert result.tables["single_person"]["critical_of_it"].tolist() == ["Cambodia office"]
    drawn = figures.entry_points(result.tables["entry_points"], "x").to_plotly_json()
    assert "CRBC (seen critically by 1)" in drawn["data"][0]["y"]


def test_no_contradiction_says_of_how_many_and_what_open_names_could_change():
    """A5: four spellings of one company stand apart until a person decides."""
    rows = [act("ke", "a", "China Houses"), act("kh", "b", "China House", stance="critical")]
    result = analyse(activities=rows)
    assert result.tables["contradictions"].empty and result.tables["overlaps"].empty
    assert len(result.tables["names_to_confirm"]) == 1
    assert result.tables["totals"]["n_seen_differently_if_joined"].iloc[0] == 1


def test_of_what_nobody_said_the_share_does_not_speak():
    """A5: 2 of 7 of 19."""
    rows = [act("ke", str(n), is_known_to_centre=n > 0) for n in range(3)]
    result = analyse(activities=[*rows, act("ke", "x"), act("kh", "y")])
    told = result.tables["discovery"].iloc[0]
    assert told[["n_not_known", "n_told", "n_not_said"]].tolist() == [1, 3, 2]


@pytest.mark.parametrize("edition", DEFAULT_EDITIONS)
def test_votes_like_one_states_are_explained_with_their_source_or_left_out(edition):
    result = analyse(edition)
    shows = "un_votes_alike_pct" in result.tables["blind_spots"]
    assert shows == (edition in ("core", "leaders", "mainland"))
    assert ("Voeten" in result.said["exposure"]) == shows
    assert ("2010-2019" in result.said["exposure"]) == shows


def test_an_edition_that_withholds_mainland_rows_does_not_say_that_it_shows_all():
    own = Edition("travel", "Travel", "restricted", withhold_not_for_mainland=True)
    inputs = replace(snapshot(units=UNITS), restricted=restrict(tables_of(units=UNITS), own))
    assert not any(
        "Whatever is entered" in note for note in analysis.analyse(ChapterInputs(inputs)).notes
    )
    assert any("Whatever is entered" in note for note in analyse(units=UNITS).notes)


def test_how_many_records_are_withheld_is_said_at_the_head_of_a_page_and_nowhere_else():
    rows = [act("ke", "t", handling="restricted")]
    inputs = snapshot("leaders", units=UNITS, activities=rows)
    assert inputs.restricted.withheld_count
    assert not any("withheld" in note for note in analysis.analyse(ChapterInputs(inputs)).notes)
