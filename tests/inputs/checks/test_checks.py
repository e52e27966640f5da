"""Checks across tables: keys, offices named, labels, dates, who has answered, names alike."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from strategy_lib.core.settings import Settings
from strategy_lib.core.workspace import open_workspace
from strategy_lib.inputs.checks.activity_ids import derived_id
from strategy_lib.inputs.checks.all_tables import check_tables
from strategy_lib.inputs.checks.lookalikes import MOST_SHOWN, find_pairs
from strategy_lib.inputs.read import read_inputs
from strategy_lib.inputs.summary import reading_summary
from strategy_lib.schema.frames import Tables, typed_frame
from strategy_lib.schema.schema import table_schema
from tests.inputs.sent import (
    ACTIVITY_HEADINGS,
    ALL_RETURNS,
    RETURN_HEADINGS,
    activity,
    kinds,
    make_cycle,
    of_kind,
    read,
    read_activities,
    the_only,
    xlsx,
)

CAPACITY_HEADINGS = ("unit_id", "capacity", "level")
COUNTERPART_HEADINGS = ("name", "type", "aliases", "handling", "country_code")
UNIT_HEADINGS = ("unit_id", "name", "kind", "country_code", "parent_unit_id", "closed_date")


def sheet_of(returns=ALL_RETURNS, **sheets):
    return xlsx({"returns": [RETURN_HEADINGS, *returns], **sheets})


def units(*rows):
    filled = [
        [u, f"Office {u}", "country_office", "KE", *more, *[""] * (2 - len(more))]
        for u, *more in rows
    ]
    return xlsx({"units": [UNIT_HEADINGS, *filled]})


# Keys and duplicates


def test_office_codes_are_spelled_as_in_the_list_of_offices(tmp_path):
    tables = read_activities(tmp_path, activity(unit_id="KE"), activity(unit_id=" Ke ", title="B"))
    assert tables["activities"]["unit_id"].tolist() == ["ke", "ke"]
    assert not tables.errors


def test_an_activity_gets_a_code_that_stays_as_long_as_it_is_the_same(tmp_path):
    first = read_activities(tmp_path / "a", activity(), activity(title="Visit"))
    later = read_activities(tmp_path / "b", activity(title="Visit"), activity(stance="critical"))
    codes = set(first["activities"]["activity_id"])
    assert codes == set(later["activities"]["activity_id"])
    assert derived_id("ke", "Talks", "China House") in codes


def test_activities_that_would_share_a_code_are_numbered_by_what_they_say(tmp_path):
    rows = [activity(country_code=c) for c in ("ZM", "KE", "KH")]
    one = read_activities(tmp_path / "a", *rows)["activities"]
    two = read_activities(tmp_path / "b", *reversed(rows))["activities"]
    by_country = dict(zip(one["country_code"], one["activity_id"], strict=True))
    assert by_country == dict(zip(two["country_code"], two["activity_id"], strict=True))
    assert sorted(code[10:] for code in by_country.values()) == ["", "-2", "-3"]


@pytest.mark.parametrize("narrow", [{"handling": "restricted"}, {"not_for_mainland": "yes"}])
def test_a_narrower_row_never_changes_the_code_of_a_wider_one(tmp_path, narrow):
    wide = activity(country_code="ZM")
    alone = read_activities(tmp_path / "a", wide)["activities"]["activity_id"][0]
    headings = [*ACTIVITY_HEADINGS, "not_for_mainland"]
    other = [
        *activity(country_code="KE", handling=narrow.get("handling", "")),
        narrow.get("not_for_mainland", ""),
    ]
    sheets = {"activities": [headings, other, [*wide, ""]]}
    both = read(tmp_path / "b", {"mapping/x.xlsx": xlsx(sheets)})["activities"]
    assert both.loc[both["country_code"] == "ZM", "activity_id"].tolist() == [alone]


def test_a_code_given_twice_is_an_error(tmp_path):
    headings = ["activity_id", *ACTIVITY_HEADINGS]
    rows = [["A1", *activity()], ["A1", *activity(title="Visit")]]
    tables = read(tmp_path, {"mapping/x.xlsx": xlsx({"activities": [headings, *rows]})})
    problem = the_only(tables, "duplicate_key")
    assert (problem.row, problem.found, problem.severity) == (3, "A1", "error")
    assert "row 2" in problem.message and "Title" in problem.message


def test_a_given_code_is_never_given_again(tmp_path):
    taken = derived_id("ke", "Talks", "China House")
    headings = ["activity_id", *ACTIVITY_HEADINGS]
    rows = [["", *activity()], [taken, *activity(title="Visit")]]
    tables = read(tmp_path, {"mapping/x.xlsx": xlsx({"activities": [headings, *rows]})})
    assert tables["activities"]["activity_id"].tolist() == [f"{taken}-2", taken]


def test_a_capacity_given_twice_is_an_error_and_the_same_row_twice_is_not(tmp_path):
    rows = [("ke", "china_analysis", 2), ("KE", "China_Analysis", 3), ("zm", "china_analysis", 2)]
    tables = read(
        tmp_path, {"mapping/x.xlsx": sheet_of(capacities=[CAPACITY_HEADINGS, *rows, rows[2]])}
    )
    problem = the_only(tables, "duplicate_key")
    assert (problem.sheet, problem.row, problem.found) == ("capacities", 3, "ke / china_analysis")
    assert the_only(tables, "repeated_row").row == 5
    assert len(tables["capacities"]) == 3


def test_two_versions_of_a_return_are_one_line_for_what_is_the_same(tmp_path):
    files = {
        "mapping/kenya.xlsx": sheet_of(
            ALL_RETURNS[:1], activities=[ACTIVITY_HEADINGS, activity(), activity(title="Visit")]
        ),
        "mapping/kenya v2.xlsx": sheet_of(
            ALL_RETURNS[:1], activities=[ACTIVITY_HEADINGS, activity(), activity(title="New")]
        ),
    }
    tables = read(tmp_path, files)
    problem = the_only(tables, "duplicate_file")
    assert (problem.file, problem.found) == ("mapping/kenya v2.xlsx", "mapping/kenya.xlsx")
    assert "2 rows are the same" in problem.message
    assert len(tables["activities"]) == 3 and len(tables["returns"]) == 1
    assert not tables.errors


def test_two_versions_that_differ_are_errors(tmp_path):
    first = [("ke", "2026-09-14", "yes")]
    second = [("ke", "2026-09-20", "yes")]
    files = {
        "mapping/a.xlsx": sheet_of(first, activities=[ACTIVITY_HEADINGS, activity()]),
        "mapping/b.xlsx": sheet_of(
            second, activities=[ACTIVITY_HEADINGS, activity(stance="critical")]
        ),
    }
    found = of_kind(read(tmp_path, files), "duplicate_key")
    assert {(p.sheet, p.file, p.severity) for p in found} == {
        ("returns", "mapping/b.xlsx", "error"),
        ("activities", "mapping/b.xlsx", "error"),
    }
    assert all("mapping/a.xlsx" in p.message for p in found)


def test_what_offices_say_of_one_counterpart_is_brought_together(tmp_path):
    one = ["CRBC", "state_owned_enterprise", "Road and Bridge", "", ""]
    two = ["CRBC", "private_company", "路桥", "restricted", "CN"]
    files = {
        "mapping/a.xlsx": xlsx({"counterparts": [COUNTERPART_HEADINGS, one]}),
        "mapping/b.xlsx": xlsx({"counterparts": [COUNTERPART_HEADINGS, two]}),
    }
    tables = read(tmp_path, files)
    (row,) = tables["counterparts"].to_dict("records")
    assert row["aliases"] == ("Road and Bridge", "路桥")
    assert (row["handling"], row["country_code"]) == ("restricted", "CN")
    assert (row["type"], row["source_file"]) == ("state_owned_enterprise", "mapping/a.xlsx")
    problem = the_only(tables, "offices_disagree")
    assert (problem.file, problem.column, problem.found) == (
        "mapping/b.xlsx",
        "Kind",
        "private_company",
    )
    assert not tables.errors


def test_one_office_that_says_two_things_of_one_counterpart_is_an_error(tmp_path):
    rows = [["CRBC", "ngo", "", "", "", ""], ["CRBC", "embassy", "", "", "", ""]]
    sheets = {"counterparts": [COUNTERPART_HEADINGS, *rows]}
    assert the_only(read(tmp_path, {"mapping/a.xlsx": xlsx(sheets)}), "duplicate_key").row == 3


def test_two_offices_with_one_code_are_an_error_whatever_the_case(tmp_path):
    tables = read(tmp_path, {"prepare/o.xlsx": units(["ke"], ["KE"])}, units=False)
    assert the_only(tables, "duplicate_key").row == 3


# References


def test_an_office_that_is_not_listed_is_named_with_the_nearest(tmp_path):
    rows = [activity(unit_id="kee"), activity(unit_id="Kenya office", title="B")]
    tables = read_activities(tmp_path, *rows)
    found = of_kind(tables, "unknown_reference")
    assert [(p.row, p.found, p.nearest) for p in found] == [
        (2, "kee", "ke"),
        (3, "Kenya office", "ke"),
    ]


def test_without_a_list_of_offices_there_is_one_line(tmp_path):
    sheets = {"activities": [ACTIVITY_HEADINGS, *(activity(title=f"T{i}") for i in range(9))]}
    tables = read(tmp_path, {"mapping/x.xlsx": xlsx(sheets)}, units=False)
    assert the_only(tables, "no_units").severity == "error"
    assert not of_kind(tables, "unknown_reference")


def test_offices_that_report_to_themselves_are_errors(tmp_path):
    listed = units(["a", "b"], ["b", "c"], ["c", "a"], ["d", "a"], ["e", "e"])
    tables = read(tmp_path, {"prepare/o.xlsx": listed}, units=False)
    found = of_kind(tables, "circular_parent")
    assert [p.row for p in found] == [2, 3, 4, 6]
    assert "a -> b -> c -> a" in found[0].message


# Labels


def counterparts(*rows):
    return [COUNTERPART_HEADINGS, *([n, "ngo", alias, label, "", ""] for n, alias, label in rows)]


def test_a_row_labelled_wider_than_what_it_names_is_told_once_a_name(tmp_path):
    rows = [
        activity(counterpart="Circle", handling="internal"),
        activity(counterpart="the circle (informal)", title="B"),
        activity(counterpart="Circle", title="C", handling="restricted"),
        activity(counterpart="Open", title="D"),
    ]
    sheets = {
        "activities": [ACTIVITY_HEADINGS, *rows],
        "counterparts": counterparts(
            ("Circle", "The Circle, informal", "restricted"), ("Open", "", "internal")
        ),
    }
    tables = read(tmp_path, {"mapping/x.xlsx": sheet_of(**sheets)})
    found = of_kind(tables, "wider_label")
    assert [(p.row, p.found, p.allowed) for p in found] == [
        (2, "internal", "restricted"),
        (3, "internal", "restricted"),
    ]
    assert "counterparts, row 2" in found[0].message


def test_a_public_row_of_an_office_that_is_internal_is_told(tmp_path):
    tables = read_activities(tmp_path, *(activity(handling="public", title=t) for t in "AB"))
    problem = the_only(tables, "wider_label")
    assert '"ke"' in problem.message and "1 more" in problem.message


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ('Hong Kong office: "Too visible."', "Hong Kong office:"),
        ("hong-kong：太显眼。", "hong-kong:"),
        ('"No." St. Gallen programme, advocacy : « Trop tôt. »', "St. Gallen programme, advocacy:"),
        ("We would wait. Director of programmes: not now.", "Director of programmes:"),
        ("We asked Hong Kong office: they would wait.", ""),
        ("Two reasons: it is early, and Hong Kong office was not asked.", ""),
        ("", ""),
    ],
)
def test_words_that_name_who_said_them_are_told(tmp_path, words, found):
    question = ["decision_id", "question", "kind", "decision", "decided_date", "decided_by"]
    row = ["d1", "Which?", "decided", "We wait.", "2026-10-01", "Board"]
    sheets = {
        "decisions/d.xlsx": xlsx(
            {"decisions": [[*question, "dissent", "dissent_by"], [*row, words, "Hong Kong office"]]}
        ),
        "prepare/o.xlsx": xlsx(
            {
                "units": [
                    UNIT_HEADINGS[:4],
                    ["hong-kong", "Hong Kong office", "country_office", "HK"],
                    ["sg", "St. Gallen programme (closed)", "country_office", "CH"],
                ],
                "assessors": [
                    ["assessor_id", "unit_id", "role"],
                    ["A01", "hong-kong", "Director of programmes"],
                ],
            }
        ),
    }
    tables = read(tmp_path, sheets)
    told = of_kind(tables, "signed_words")
    assert [(p.file, p.row, p.column, p.found) for p in told] == (
        [("decisions/d.xlsx", 2, "Dissent", found)] if found else []
    )
    assert all('move it to "Dissent by"' in p.message and len(p.message) < 140 for p in told)


# Dates and answers


def test_something_that_ends_before_it_begins_is_an_error(tmp_path):
    heads = ["unit_id", "name", "kind", "country_code", "opened_date", "closed_date"]
    row = ["zz", "Office", "country_office", "KE", "2025-01-02", "2025-01-01"]
    tables = read(tmp_path, {"prepare/x.xlsx": xlsx({"units": [heads, row]})})
    problem = the_only(tables, "end_before_start")
    assert (problem.severity, problem.found) == ("error", "2025-01-01")


@pytest.mark.parametrize(
    ("returned", "kind"),
    [("2026-11-02", "future_date"), ("2025-12-31", "stale_return"), ("2026-11-01", None)],
)
def test_a_return_of_another_time_is_told(tmp_path, returned, kind):
    returns = [("ke", returned, "no"), *ALL_RETURNS[:1], *ALL_RETURNS[2:]]
    assert kinds(read(tmp_path, {"mapping/x.xlsx": sheet_of(returns)})) == (
        {kind} if kind else set()
    )


def test_the_day_can_be_given_to_the_reading(tmp_path):
    cycle = make_cycle(tmp_path, {"mapping/x.xlsx": sheet_of()})
    assert "future_date" in kinds(read_inputs(cycle, date(2026, 9, 1)))
    assert "future_date" not in kinds(read_inputs(cycle))


def test_offices_that_have_not_answered_are_told_one_by_one(tmp_path):
    listed = units(["ke"], ["zm"], ["old", "", "2025-01-01"], ["soon", "", "2027-01-01"])
    files = {"prepare/o.xlsx": listed, "mapping/x.xlsx": sheet_of([("ke", "2026-09-01", "no")])}
    found = of_kind(read(tmp_path, files, units=False), "not_answered")
    assert [(p.found, p.row, p.severity) for p in found] == [
        ("zm", 3, "warning"),
        ("soon", 5, "warning"),
    ]


def test_where_nobody_has_answered_there_is_one_line(tmp_path):
    problem = the_only(read(tmp_path, {}), "not_answered")
    assert "none of the 4 offices" in problem.message


def test_activities_that_do_not_fit_the_return_are_told(tmp_path):
    returns = [("ke", "2026-09-01", "no"), ("hq", "2026-09-01", "yes")]
    rows = [activity(), activity(title="B"), activity(unit_id="zm"), activity(unit_id="hq")]
    tables = read(
        tmp_path, {"mapping/x.xlsx": sheet_of(returns, activities=[ACTIVITY_HEADINGS, *rows])}
    )
    assert the_only(tables, "activities_despite_none").found == "ke"
    assert the_only(tables, "activities_without_return").found == "zm"
    assert [p.found for p in of_kind(tables, "not_answered")] == ["kh"]
    assert (
        reading_summary(tables, open_workspace(tmp_path).cycle())["offices that have not"] == "kh"
    )


# Names


def test_names_that_look_alike_are_told_unless_somebody_decided(tmp_path):
    names = [
        "China Road and Bridge Corp",
        "China Road & Bridge Corporation",
        "Sinopec Kenya",
        "Sinopek Kenya",
    ]
    rows = [activity(counterpart=name, title=name) for name in names]
    decided = [["name", "other_name", "decision"], [names[3].upper(), names[2], "different"]]
    sheets = {"activities": [ACTIVITY_HEADINGS, *rows], "name_decisions": decided}
    problem = the_only(read(tmp_path, {"mapping/x.xlsx": sheet_of(**sheets)}), "similar_name")
    assert all(name in problem.message for name in names[:2])
    assert problem.column == "Counterpart"


def test_names_of_one_counterpart_are_not_told(tmp_path):
    rows = [
        activity(counterpart="Huawei Kenya Ltd"),
        activity(counterpart="Huawei Kenya", title="B"),
    ]
    sheets = {
        "activities": [ACTIVITY_HEADINGS, *rows],
        "counterparts": counterparts(("Huawei Kenya", "Huawei Kenya Ltd", "")),
    }
    assert not of_kind(read(tmp_path, {"mapping/x.xlsx": sheet_of(**sheets)}), "similar_name")


def test_very_many_names_alike_are_counted(tmp_path):
    rows = [
        activity(counterpart=f"Zhonghua{chr(97 + i)} Construction {i}", title=f"{i}")
        for i in range(40)
    ]
    found = of_kind(read_activities(tmp_path, *rows), "similar_name")
    assert len(found) == MOST_SHOWN + 1
    assert any("more pairs" in p.message for p in found)


def test_pairs_do_not_depend_on_the_order_of_names():
    names = ["Huawei Kenya", "Huawei Kenia", "华为技术有限公司", "华为技术公司", "ZTE", "ZTF"]
    found = find_pairs(names, {}, 80)
    assert found == find_pairs(reversed(names), {}, 80)
    assert {(p.name, p.other) for p in found} == {
        ("Huawei Kenia", "Huawei Kenya"),
        ("华为技术公司", "华为技术有限公司"),
    }


def test_many_thousand_names_are_compared_in_bounded_work():
    names = [f"China {i:05} Company {i * 7919 % 10007}" for i in range(10_000)]
    assert find_pairs(names, {}, 99) == []


# The function itself


class _Cycle:
    year = 2026

    class workspace:  # noqa: N801
        settings = Settings()


def test_frames_given_directly_are_checked_and_left_unchanged():
    record = {"unit_id": "KE", "title": "T", "end_date": "2023-01-01"}
    frames = {
        "units": typed_frame(
            table_schema("units"),
            [{"unit_id": "ke", "opened_date": "2024-01-01", "closed_date": "2023-01-01"}],
        ),
        "activities": typed_frame(table_schema("activities"), [record]),
    }
    before = {name: frame.copy() for name, frame in frames.items()}
    tables = check_tables(Tables(frames), _Cycle, date(2026, 11, 1))  # type: ignore[arg-type]
    assert kinds(tables) == {"end_before_start", "activities_without_return"}
    for name, frame in before.items():
        pd.testing.assert_frame_equal(frames[name], frame)
        assert dict(tables[name].dtypes) == dict(frame.dtypes)
