"""Headings and sheets are known in any language and spelling, through groups and metadata."""

from __future__ import annotations

import pytest

from strategy_lib.inputs.files.rawsheets import RawSheet
from strategy_lib.inputs.layout.headings import (
    field_keys,
    match_headings,
    table_in_name,
    table_named,
)
from strategy_lib.inputs.layout.layouts import find_layout, is_hxl_row, is_quiet
from strategy_lib.schema.schema import LANGUAGES, schemas
from strategy_lib.schema.text import loose_key

TABLES = sorted(schemas())


def columns(table, *texts):
    return dict(match_headings(table, texts).columns)


@pytest.mark.parametrize("table", TABLES)
def test_every_title_means_its_field_in_every_language(table):
    for item in schemas()[table].fields:
        for title in (item.name, *item.titles.values()):
            assert field_keys(table)[loose_key(title)] == item.name, (item.name, title)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_of_any_language_is_matched_whole(table, language):
    schema = schemas()[table]
    texts = ("#", *(f.title(language).upper() + " *" for f in schema.fields))
    found = match_headings(table, texts)
    assert list(found.columns) == list(schema.names)
    assert (found.marker, found.doubled, found.extra, found.missing) == (0, (), (), ())


@pytest.mark.parametrize(
    "text", ["Contact_Strength", "contact-strength", " CONTACT  STRENGTH", "contactStrength"]
)
def test_case_spaces_and_signs_do_not_count(text):
    assert columns("activities", text) == {"contact_strength": 0}


@pytest.mark.parametrize(
    "text",
    ["activities/stance", "mapping/activities/stance", "Activities/Stance", "Actividades/Postura"],
)
def test_groups_before_a_question_do_not_count(text):
    assert columns("activities", text) == {"stance": 0}


@pytest.mark.parametrize("text", ["g1.stance", "group_name-stance", "a/g-stance", "own/stance"])
def test_any_group_is_known_in_an_export_of_a_survey_tool(text):
    assert columns("activities", text, "_uuid") == {"stance": 0}
    assert columns("activities", text, "other") == {}


@pytest.mark.parametrize("text", ["sub-title", "Country / region", "Job.title", "office/title"])
def test_ordinary_headings_with_such_signs_stay_what_they_are(text):
    found = match_headings("activities", (text, "theme"))
    assert dict(found.columns) == {"theme": 1}
    assert found.extra == (0,)


def test_start_and_end_of_a_survey_are_no_dates_of_an_activity():
    found = match_headings("secondments", ("start", "end", "start_date", "end_date", "_id"))
    assert dict(found.columns) == {"start_date": 2, "end_date": 3}
    assert found.metadata == {0, 1, 4}
    by_label = match_headings("secondments", ("start", "end", "From", "Until", "_uuid"))
    assert dict(by_label.columns) == {"start_date": 2, "end_date": 3}
    beside = match_headings("secondments", ("start", "start_date"))
    assert dict(beside.columns) == {"start_date": 1}
    assert beside.doubled == ()
    plain = match_headings("secondments", ("from", "until"))
    assert dict(plain.columns) == {"start_date": 0, "end_date": 1}


@pytest.mark.parametrize(
    "text", ["conditions_kept/own_words", "Kept, afterwards/We speak in our own words"]
)
def test_a_column_for_each_choice_belongs_to_its_list(text):
    found = match_headings("appearances", ("title", text))
    assert found.options == {"conditions_kept": ((1, "own_words"),)}
    assert found.extra == ()


def test_doubled_headings_are_told_and_a_grouped_one_gives_way():
    found = match_headings("activities", ("Title", "Intitulé", "theme", "activities/theme"))
    assert found.doubled == (("title", 0, 1),)
    assert found.columns["theme"] == 2
    assert found.extra == (3,)


def test_sheets_are_known_by_name_or_title():
    for name, schema in schemas().items():
        assert table_named(name.upper().replace("_", " ")) == name
        for title in schema.titles.values():
            assert table_named(title) == name
    assert table_named("Sheet1") is None


def test_a_file_name_that_mentions_one_table_names_it():
    assert table_in_name("kenya_activities (2)") == "activities"
    assert table_in_name("Country strategies 2026") == "country_strategies"
    assert table_in_name("units and returns") is None


@pytest.mark.parametrize(
    "name", ["read me", "README", "Lisez-moi", "Léeme", "说明", "Codes", "códigos"]
)
def test_sheets_that_explain_are_left_out_quietly(name):
    assert is_quiet(name)


def layout(name, *rows, stem="file"):
    return find_layout(RawSheet(name, rows), stem)


def test_the_header_may_stand_further_down():
    found = layout("activities", ["Our office"], [], ["unit_id", "title"], ["ke", "Talks"])
    assert found.header == 2


def test_a_sheet_of_another_name_is_known_by_its_headings():
    header = ["Office code", "Capacity", "Level", "People"]
    assert layout("Sheet1", header).table == "capacities"
    assert layout("Sheet1", ["Name", "Type"]) is None
    assert layout("Sheet1", ["Office code", "Capacity"]) is None
    many = [f"more {i}" for i in range(9)]
    assert layout("Sheet1", ["Name", "Type", "Country", *many]) is None


def test_a_text_file_is_known_by_its_name_then_by_its_headings():
    header = ["Office code", "Capacity", "Level", "People"]
    assert layout("", header, stem="x").table == "capacities"
    assert layout("", header, stem="capacities").table == "capacities"
    assert layout("", header, stem="activities and more").table == "capacities"
    assert layout("", ["a", "b"], stem="notes") is None


def test_rows_of_hxl_tags_are_known():
    assert is_hxl_row(["#org", "#activity +name", "", "#adm1+code"])
    assert not is_hxl_row(["#1 priority", "Talks"])
    assert not is_hxl_row(["#org", "China House", "KE"])
