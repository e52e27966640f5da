"""3W sheets and other people's tables, through the column maps of `workbook.toml`."""

from __future__ import annotations

import pytest

from tests.inputs.sent import kinds, of_kind, read, text, the_only, xlsx

SETTINGS = """
[[column_maps]]
file = "*3w*"
sheet = "Who*"
table = "activities"
[column_maps.columns]
"Organisation code" = "unit_id"
"Activity" = "title"
"Sector" = "theme"
"Partner" = "counterpart"
"Admin 0" = "country_code"
"End" = "end_date"
[column_maps.constants]
stance = "Neutral"
not_for_mainland = true
[column_maps.values.theme]
"Protection" = "human_rights"
"WASH" = "other"
"""
HEADINGS = ["Organisation code", "Activity", "Sector", "Partner", "Admin 0", "End", "Reached"]
ROW = ["ke", "Wells", "wash", "CRBC", "KEN", "2024-05", 300]


@pytest.fixture(autouse=True)
def iso3(monkeypatch):
    from strategy_lib.schema.codebook import codebook

    monkeypatch.setattr("strategy_lib.schema.codebook._iso3_rows", lambda: (("KEN", "KE"),))
    codebook.cache_clear()
    yield
    codebook.cache_clear()


def three_w(*rows):
    """A 3W sheet: title and note above, HXL tags below the headings."""
    tags = ["#org+code", "#activity", "#sector", "#org+impl", "#country+code", "#date+end", ""]
    return [["3W Kenya"], ["updated monthly"], HEADINGS, tags, *rows]


def test_a_3w_sheet_becomes_activities(tmp_path):
    data = xlsx({"Who does what": three_w(ROW), "Lists": [["WASH"], ["Protection"]]})
    tables = read(tmp_path, {"mapping/OCHA_3W_kenya.xlsx": data}, SETTINGS)
    (row,) = tables["activities"].to_dict("records")
    assert (row["unit_id"], row["title"], row["theme"]) == ("ke", "Wells", "other")
    assert (row["end_date"].isoformat()[:10], row["stance"]) == ("2024-05-31", "neutral")
    assert (row["country_code"], row["not_for_mainland"]) == ("KE", True)
    assert (row["source_sheet"], row["source_row"]) == ("Who does what", 5)
    assert the_only(tables, "extra_column").column == "Reached"
    assert not tables.errors


def test_what_a_map_does_not_translate_is_checked_as_it_stands(tmp_path):
    row = [*ROW[:2], "Nutrition", *ROW[3:]]
    tables = read(tmp_path, {"mapping/3w.xlsx": xlsx({"Who": three_w(ROW, row)})}, SETTINGS)
    problem = the_only(tables, "unknown_code")
    assert (problem.row, problem.column, problem.found) == (6, "Sector", "Nutrition")


def test_a_text_file_has_no_sheet_name_to_match(tmp_path):
    settings = SETTINGS.replace('sheet = "Who*"\n', "")
    tables = read(tmp_path, {"mapping/3W.csv": text(three_w(ROW), ";")}, settings)
    assert tables["activities"]["title"].tolist() == ["Wells"]


def test_a_map_that_finds_nothing_says_so_and_the_file_is_read_as_usual(tmp_path):
    tables = read(tmp_path, {"mapping/3w.xlsx": xlsx({"Other": three_w(ROW)})}, SETTINGS)
    assert the_only(tables, "unused_column_map").file == "workbook.toml"
    assert the_only(tables, "unknown_sheet").sheet == "Other"
    assert tables["activities"].empty


def test_a_needed_column_that_a_map_leaves_out_is_told(tmp_path):
    settings = SETTINGS.replace('"Sector" = "theme"\n', "")
    tables = read(tmp_path, {"mapping/3w.xlsx": xlsx({"Who": three_w(ROW)})}, settings)
    assert the_only(tables, "missing_heading").column == "Theme"


@pytest.mark.parametrize(
    ("old", "new", "found", "nearest"),
    [
        ('table = "activities"', 'table = "activites"', "activites", "activities"),
        ('"Sector" = "theme"', '"Sector" = "themes"', "themes", "theme"),
        ('stance = "Neutral"', 'stance = "neutrall"', "neutrall", "Neutral"),
        ("not_for_mainland = true", 'kind = "x"', "kind", ""),
        ("[column_maps.values.theme]", "[column_maps.values.them]", "them", "theme"),
    ],
)
def test_a_map_that_names_what_there_is_not_is_an_error_of_the_settings(
    tmp_path, old, new, found, nearest
):
    settings = SETTINGS.replace(old, new)
    tables = read(tmp_path, {"mapping/3w.xlsx": xlsx({"Who": three_w(ROW)})}, settings)
    (problem, *_) = of_kind(tables, "wrong_column_map")
    assert (problem.file, problem.severity, problem.found) == ("workbook.toml", "error", found)
    assert problem.nearest == nearest


def test_one_sheet_may_become_two_tables(tmp_path):
    settings = SETTINGS + (
        '[[column_maps]]\nfile = "*3w*"\ntable = "counterparts"\n'
        '[column_maps.columns]\n"Partner" = "name"\n'
        '[column_maps.constants]\ntype = "state_owned_enterprise"\n'
    )
    tables = read(tmp_path, {"mapping/3w.xlsx": xlsx({"Who": three_w(ROW)})}, settings)
    assert tables["counterparts"]["name"].tolist() == ["CRBC"]
    assert len(tables["activities"]) == 1
    assert kinds(tables) == {"activities_without_return"}
