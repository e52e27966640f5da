"""Saved tables as a spreadsheet, read back."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pandas as pd
import pytest

from strategy_lib.core.audiences import DEFAULT_EDITIONS
from strategy_lib.core.errors import InputError
from strategy_lib.editions.saved_tables import SavedColumn
from strategy_lib.publishing.edition import PublishContext
from strategy_lib.publishing.results import write_results
from strategy_lib.publishing.spreadsheet.column_meanings import meanings
from strategy_lib.publishing.spreadsheet.workbook import spreadsheet_bytes
from strategy_lib.publishing.word.packed import unpacked

AS_OF = date(2026, 11, 1)
CHAPTERS = [("02_china_presence", "China presence"), ("08_strategy_brief", "Strategy brief")]
FORMULA = '=HYPERLINK("https://example.org","x")'


def context(name="leaders"):
    return PublishContext("Example & Co", "en", 2026, DEFAULT_EDITIONS[name], AS_OF, 3)


def saved(folder, tables, chapter="02_china_presence", names=None):
    summary = {"title": "China presence", "tables": names or {}}
    write_results(folder / chapter, chapter, tables, summary)
    return folder


def made(folder, chapters=CHAPTERS):
    return spreadsheet_bytes(folder, chapters, context())


def opened(folder, chapters=CHAPTERS):
    return openpyxl.load_workbook(io.BytesIO(made(folder, chapters)))


def rows(sheet):
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_the_overview_says_what_each_sheet_holds_and_leads_there(tmp_path):
    frame = pd.DataFrame({"option": ["Outside"], "first_pct": [30.5]})
    saved(tmp_path, {"ranks": frame}, names={"ranks": {"title": "Which comes first"}})
    book = opened(tmp_path)
    assert book.sheetnames == ["Overview", "Read me", "2 Ranks", "Data dictionary"]
    sheet = book["Overview"]
    assert rows(sheet)[1][0] == (
        "Internal. Do not pass it on. For: Leaders of the federation and its offices."
    )
    assert rows(sheet)[3:5] == [
        ["Chapter", "Sheet", "What it holds", "Rows"],
        ["China presence", "2 Ranks", "Which comes first: Option, First (%).", 1],
    ]
    links = {cell.value: cell.hyperlink.location for (_, cell, *_) in sheet if cell.hyperlink}
    assert links == {name: f"'{name}'!A1" for name in ("Read me", "2 Ranks", "Data dictionary")}


def test_read_me_says_whom_it_is_for(tmp_path):
    said = [str(value) for row in rows(opened(tmp_path, [])["Read me"]) for value in row if value]
    for words in (
        "Example & Co",
        "Leaders of the federation and its offices",
        "1 November 2026",
        "Internal. Do not pass it on.",
    ):
        assert words in said
    assert any("3 records were withheld" in words for words in said)


def test_values_keep_their_kind(tmp_path):
    frame = pd.DataFrame(
        {
            "option": ["Outside", None],
            "n_offices": [3, 12000],
            "share_pct": [30.5, None],
            "due_date": pd.to_datetime(["2026-12-31", None]),
            "is_due": [True, False],
            "recommendation_id": ["4.1", "10"],
        }
    )
    sheet = opened(saved(tmp_path, {"ranks": frame}))["2 Ranks"]
    head, first, second = rows(sheet)
    assert head == ["Option", "Offices", "Share (%)", "Due date", "Due", "Recommendation code"]
    assert first == ["Outside", 3, 30.5, datetime(2026, 12, 31), "yes", "4.1"]
    assert second == [None, 12000, None, None, "no", "10"]
    assert sheet["D2"].number_format == "yyyy-mm-dd"
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:F3"
    assert sheet.column_dimensions["A"].width >= len("Outside")


@pytest.mark.parametrize(
    "text",
    [
        FORMULA,
        "+1+1",
        "-2+3",
        "@SUM(A1)",
        "\uff1d1+1",
        "https://example.org",
        "<script>x</script>",
        "'quoted",
        "12",
        "\u0645\u0643\u062a\u0628 \u0645\u0635\u0631",
        "\u4e2d\u56fd",
        "_x0041_",
    ],
)
def test_text_is_only_ever_that_text(tmp_path, text):
    frame = pd.DataFrame({"note": [text, "other"]})
    sheet = opened(saved(tmp_path, {"ranks": frame}))["2 Ranks"]
    cell = sheet["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_formula_in_a_heading_a_title_or_a_column(tmp_path):
    frame = pd.DataFrame({FORMULA: ["x"]})
    book = opened(saved(tmp_path, {"ranks": frame}, names={"ranks": {"title": FORMULA}}))
    assert book["2 Ranks"]["A1"].value == FORMULA
    assert not [c for s in book for row in s for c in row if c.data_type == "f"]


def test_control_characters_go(tmp_path):
    sheet = opened(saved(tmp_path, {"ranks": pd.DataFrame({"note": ["a\u202eb\x1fc"]})}))
    assert sheet["2 Ranks"]["A2"].value == "abc"


@pytest.mark.parametrize("sign", ["x", "\U0001f600"])
def test_text_that_is_too_long_is_cut_and_says_so(tmp_path, sign):
    frame = pd.DataFrame({"note": [sign * 40_000]})
    value = opened(saved(tmp_path, {"ranks": frame}))["2 Ranks"]["A2"].value
    assert len(value.encode("utf-16-le")) // 2 <= 32_767
    assert value.startswith(sign)
    assert value.endswith("(cut here: a cell holds at most 32,767 characters)")


def test_names_of_sheets_are_short_and_their_own(tmp_path):
    long = "a_table_with_a_very_long_name_"
    tables = {long + "one": pd.DataFrame({"a": [1]}), long + "two": pd.DataFrame({"a": [2]})}
    saved(tmp_path, tables)
    saved(tmp_path, {"ranks": pd.DataFrame({"a": [3]})}, "08_strategy_brief")
    names = opened(tmp_path).sheetnames
    assert len({name.casefold() for name in names}) == len(names) == 6
    assert all(len(name) <= 31 for name in names)
    assert "2 A table with a very long 2" in names


def test_empty_tables(tmp_path):
    tables = {"none": pd.DataFrame({"option": [], "n": []}), "nothing": pd.DataFrame()}
    book = opened(saved(tmp_path, tables))
    assert rows(book["2 None"]) == [["Option", "Count"]]
    assert rows(book["2 Nothing"]) == [["Nothing to list."]]


def test_infinite_and_very_old_values_are_words(tmp_path):
    frame = pd.DataFrame({"ratio": [float("inf"), 1.5], "day": pd.to_datetime(["1850-01-01"] * 2)})
    sheet = opened(saved(tmp_path, {"ranks": frame}))["2 Ranks"]
    assert rows(sheet)[1] == ["infinite", "1850-01-01"]


def test_chapters_in_their_order_and_none_at_all(tmp_path):
    saved(tmp_path, {"ranks": pd.DataFrame({"a": [1]})})
    saved(tmp_path, {"actions": pd.DataFrame({"a": [1]})}, "08_strategy_brief")
    assert opened(tmp_path, CHAPTERS[::-1]).sheetnames[2:4] == ["8 Actions", "2 Ranks"]
    book = opened(tmp_path, [])
    assert book.sheetnames == ["Overview", "Read me", "Data dictionary"]
    assert "No chapter has saved a table for this edition." in [
        row[0] for row in rows(book["Overview"])
    ]


def test_broken_results_are_named(tmp_path):
    saved(tmp_path, {"ranks": pd.DataFrame({"a": [1]})})
    (tmp_path / "02_china_presence" / "ranks.csv").unlink()
    with pytest.raises(InputError, match=r"02_china_presence.*ranks"):
        made(tmp_path)


def test_dictionary_has_every_column_in_words(tmp_path):
    frame = pd.DataFrame(
        {
            "action_id": ["a"],
            "due_date": pd.to_datetime(["2026-12-31"]),
            "indicator": ["x"],
            "known_pct": [37.5],
            "n_offices": [3],
            "Kenya": [None],
        }
    )
    sheet = opened(saved(tmp_path, {"actions": frame}))["Data dictionary"]
    head, *lines = rows(sheet)
    assert head == [
        "Sheet",
        "Table",
        "Column",
        "Name in the CSV file",
        "Meaning",
        "Unit or scale",
        "Kind of value",
    ]
    told = {line[3]: line for line in lines}
    assert list(told) == list(frame.columns)
    assert "stays the same from year to year" in told["action_id"][4]
    assert told["known_pct"][5:] == ["percent, 0 to 100", "number"]
    assert told["n_offices"][5:] == ["count", "whole number"]
    assert told["due_date"][6] == "day"
    assert told["Kenya"][6] == "nothing yet"


def test_a_schema_speaks_only_for_tables_made_from_it():
    columns = [SavedColumn("indicator", "text", ["x"])]
    (one,) = meanings(columns, "other")
    assert one.text == ""
    (told,) = meanings(columns, "other", {"indicator": "A sign."})
    assert told.text == "A sign."


def test_properties_and_bytes_depend_on_nothing_but_the_tables(tmp_path):
    saved(tmp_path, {"ranks": pd.DataFrame({"a": [1]})})
    data = made(tmp_path)
    assert data == made(tmp_path)
    about = openpyxl.load_workbook(io.BytesIO(data)).properties
    assert (about.creator, about.created) == ("Example & Co", datetime(2026, 11, 1))
    assert about.modified == about.created
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    content = "".join(part.decode("utf-8", "replace") for part in unpacked(data).values())
    assert str(tmp_path) not in content
