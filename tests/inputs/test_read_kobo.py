"""Exports of KoboToolbox and ODK: the same form in their column names, sheets and choices."""

from __future__ import annotations

import pytest

from strategy_lib.schema.schema import schemas
from tests.inputs.sent import kinds, of_kind, read, text, the_only, xlsx

METADATA = ["start", "end", "deviceid", "_id", "_uuid", "_submission_time", "__version__"]
STAMP = ["2026-09-14T08:00:00.000+02:00", "2026-09-14T09:00:00.000+02:00", "collect:x"]


def main_sheet(*, group="returns/", headings=None):
    """Two offices' answers: the top level of the export."""
    names = headings or [
        "unit_id",
        *(f"{group}{n}" for n in ("returned_date", "has_activities")),
    ]
    rows = [
        [*STAMP, 11, "uuid-1", "2026-09-14T09:00:01", "v1", "ke", "2026-09-14", "yes", 1],
        [*STAMP, 12, "uuid-2", "2026-09-15T09:00:01", "v1", "KH", "2026-09-15", "no", 2],
    ]
    return [[*METADATA, *names, "_index"], *rows]


def repeat_sheet(columns, *rows):
    """A repeat's sheet: its own columns, then what links it to the top level."""
    links = [
        "_index",
        "_parent_table_name",
        "_parent_index",
        "_submission__id",
        "_submission__uuid",
    ]
    return [[*columns, *links], *rows]


def activities(group=""):
    names = ["title", "theme", "stance", "country_code", "end_date"]
    row = ["Talks", "labour_rights", "critical", "KE", "2024-05-01"]
    headings = [f"{group}{n}" for n in names]
    return repeat_sheet(headings, [*row, 1, "Form 2026", 1, 11, "uuid-1"])


def appearances(*choices, columns=("conditions_kept",), group=""):
    names = ["title", "counterpart", "forum", "held_on", "sensitivity"]
    row = ["Stage", "China House", "conference", "2026-05-01", "low"]
    headings = [f"{group}{n}" for n in (*names, *columns)]
    return repeat_sheet(headings, [*row, *choices, 1, "Form 2026", 1, 11, "uuid-1"])


def read_export(tmp_path, sheet, **more):
    sheets = {"Form 2026": main_sheet(**more), "activities": sheet}
    return read(tmp_path, {"mapping/export.xlsx": xlsx(sheets)})


@pytest.mark.parametrize("group", ["returns/", "returns.", "group_returns-", "a/returns/", ""])
def test_both_levels_are_read_and_the_office_is_inherited(tmp_path, group):
    tables = read_export(tmp_path, activities(), group=group)
    assert tables["returns"]["unit_id"].tolist() == ["ke", "kh"]
    assert tables["returns"]["has_activities"].tolist() == [True, False]
    (row,) = tables["activities"].to_dict("records")
    assert row["unit_id"] == "ke"
    assert row["end_date"].isoformat()[:10] == "2024-05-01"
    assert (row["source_sheet"], row["source_row"]) == ("activities", 2)
    assert not tables.errors
    assert not of_kind(tables, "extra_column")


@pytest.mark.parametrize(
    ("columns", "choices"),
    [
        (["conditions_kept"], ["own_words no_slogans"]),
        (["conditions_kept"], ["We speak in our own words; No slogans"]),
        (
            [
                "conditions_kept/own_words",
                "conditions_kept/no_slogans",
                "conditions_kept/logo_agreed",
            ],
            [1, 1, 0],
        ),
        (["conditions_kept/own_words", "conditions_kept/no_slogans"], ["TRUE", True]),
        (["conditions_kept/We speak in our own words", "conditions_kept/No slogans"], ["1", 1.0]),
        (["conditions_kept.own_words", "conditions_kept.no_slogans"], [1, "1"]),
        (
            [
                "conditions_kept",
                "conditions_kept/own_words",
                "conditions_kept/independent_voice",
                "x/other",
            ],
            ["own_words no_slogans", 1, 0, 1],
        ),
    ],
)
@pytest.mark.parametrize("group", ["", "appearances/"])
def test_choices_in_every_style_of_export(tmp_path, columns, choices, group):
    columns = [name for name in columns if name not in ("x/other", "conditions_kept/logo_agreed")]
    kept = choices[: len(columns)]
    sheets = {
        "Form 2026": main_sheet(),
        "appearances": appearances(*kept, columns=columns, group=group),
    }
    tables = read(tmp_path, {"partners/export.xlsx": xlsx(sheets)})
    assert not of_kind(tables, "unknown_code")
    assert tables["appearances"]["conditions_kept"].tolist() == [("own_words", "no_slogans")]


def test_a_choice_that_is_neither_yes_nor_no_is_told(tmp_path):
    sheet = appearances("perhaps", columns=["conditions_kept/no_slogans"])
    sheets = {"Form 2026": main_sheet(), "appearances": sheet}
    tables = read(tmp_path, {"partners/export.xlsx": xlsx(sheets)})
    problem = the_only(tables, "wrong_boolean")
    assert (problem.column, problem.row, problem.found) == (
        "conditions_kept/no_slogans",
        2,
        "perhaps",
    )


@pytest.mark.parametrize("language", ["en", "fr", "es", "zh"])
def test_labels_instead_of_names(tmp_path, language):
    returns = schemas()["returns"]
    names = [returns[n].title(language) for n in ("unit_id", "returned_date", "has_activities")]
    schema = schemas()["activities"]
    wanted = ("title", "theme", "stance", "country_code", "end_date")
    columns = [f"{schema.title(language)}/{schema[n].title(language)}" for n in wanted]
    labels = [
        schema[n].code_list.label(code, language)
        for n, code in (
            ("theme", "labour_rights"),
            ("stance", "critical"),
            ("country_code", "KE"),
        )
    ]
    sheet = repeat_sheet(columns, ["Talks", *labels, "2024-05-01", 1, "Form 2026", 1, 11, "uuid-1"])
    tables = read_export(tmp_path, sheet, headings=names)
    assert not tables.errors
    (row,) = tables["activities"].to_dict("records")
    assert (row["unit_id"], row["theme"], row["stance"]) == ("ke", "labour_rights", "critical")


def test_a_survey_s_own_start_never_becomes_a_date_of_an_activity(tmp_path):
    headings = [
        *METADATA[:2],
        "unit_id",
        "title",
        "theme",
        "stance",
        "country_code",
    ]
    row = [*STAMP[:2], "ke", "Talks", "labour_rights", "neutral", "KE", "uuid-1"]
    tables = read(tmp_path, {"mapping/activities.csv": text([[*headings, "_uuid"], row])})
    assert tables["activities"]["end_date"].isna().all()
    assert not tables.errors


def test_a_row_that_belongs_to_no_office_is_told(tmp_path):
    sheet = activities()
    sheet[1][-3:] = [7, 99, "uuid-9"]
    problem = the_only(read_export(tmp_path, sheet), "missing_value")
    assert (problem.sheet, problem.row, problem.column) == ("activities", 2, "unit_id")


def test_a_top_level_that_is_no_table_still_gives_its_office_codes(tmp_path):
    top = [["unit_id", "agreed", "_index", "_uuid"], ["zm", "OK", 1, "uuid-1"]]
    sheets = {"Form 2026": top, "activities": activities()}
    tables = read(tmp_path, {"mapping/export.xlsx": xlsx(sheets)})
    assert tables["activities"]["unit_id"].tolist() == ["zm"]
    assert {p.sheet for p in of_kind(tables, "unknown_sheet")} == {"Form 2026"}


def test_two_exports_do_not_lend_each_other_offices(tmp_path):
    """Row numbers begin anew in each export, so a link holds inside its file only."""
    first = {"Form 2026": main_sheet(), "activities": activities()}
    other = [["unit_id", "agreed", "_index"], ["zm", "OK", 1]]
    sheet = activities()
    sheet[1][0], sheet[1][-2:] = "Visit", ["", ""]
    second = {"Form 2026": other, "activities": sheet}
    tables = read(tmp_path, {"mapping/a.xlsx": xlsx(first), "mapping/b.xlsx": xlsx(second)})
    found = dict(zip(tables["activities"]["title"], tables["activities"]["unit_id"], strict=True))
    assert found == {"Talks": "ke", "Visit": "zm"}


def test_odk_central_sends_a_text_file_for_each_level_and_the_order_does_not_matter(tmp_path):
    top = [
        [
            "SubmissionDate",
            "start",
            "unit_id",
            "returns-returned_date",
            "returns-has_activities",
            "KEY",
        ],
        ["2026-09-14T09:00:00Z", STAMP[0], "ke", "2026-09-14", "yes", "uuid:1"],
    ]
    names = ["title", "theme", "stance", "country_code", "PARENT_KEY", "KEY"]
    row = ["Talks", "labour_rights", "critical", "KE", "uuid:1", "uuid:1/activities[1]"]
    files = {
        "mapping/form-activities.csv": text([names, row]),
        "mapping/form.csv": text(top),
    }
    tables = read(tmp_path, files)
    assert tables["activities"]["unit_id"].tolist() == ["ke"]
    assert tables["returns"]["unit_id"].tolist() == ["ke"]
    assert kinds(tables) == set()
