"""What a chapter saved is read back as it was; what is broken is named."""

from __future__ import annotations

import pandas as pd
import pytest

from strategy_lib.core.errors import InputError
from strategy_lib.core.workspace import SUMMARY_FILE
from strategy_lib.editions.results import (
    BrokenResultError,
    SavedChapter,
    read_earlier,
    read_saved,
    read_table,
)
from strategy_lib.publishing.results import write_results

HOSTILE = [
    "=HYPERLINK(1)",
    "who 'asks' = who 'pays' - 1",
    "<script>alert(1)</script>",
    "国际 组织",
    "مرحبا",
    "-",
    "@x",
    "a\nb",
]


def saved(folder, **tables):
    summary = {"title": "China presence", "as_of": "2026-11-01", "bottom_line": ["One."]}
    write_results(folder / "02_china_presence", "02_china_presence", tables, summary)
    return read_saved(folder)["02_china_presence"]


def test_text_numbers_days_and_truth_come_back_as_they_were(tmp_path):
    frame = pd.DataFrame(
        {
            "name": HOSTILE,
            "share_pct": [1.5, None, 3, 4, 5, 6, 7, 8],
            "n": range(8),
            "due": pd.to_datetime(["2026-11-15", *[None] * 7]).astype("datetime64[s]"),
            "changes": [True, False] * 4,
        }
    )
    read = saved(tmp_path, ranks=frame).table("ranks")
    pd.testing.assert_frame_equal(read, frame, check_dtype=False)
    assert read["n"].dtype == "int64" and read["due"].dtype == "datetime64[s]"


@pytest.mark.parametrize("name", ["recommendation_id", "as_of", "option_id", "chapter", "period"])
def test_a_code_is_no_number(tmp_path, name):
    read = saved(tmp_path, made=pd.DataFrame({name: ["4.10", "01"]})).table("made")
    assert list(read[name]) == ["4.10", "01"]


def test_what_only_begins_like_a_day_or_a_number_stays_text(tmp_path):
    frame = pd.DataFrame({"a": ["2026-02-31"], "b": ["1,200"], "c": ["1 of 3"], "d": ["nan"]})
    pd.testing.assert_frame_equal(saved(tmp_path, made=frame).table("made"), frame)


def test_namibia_is_no_missing_value(tmp_path):
    assert saved(tmp_path, made=pd.DataFrame({"country": ["NA", "CN"]})).table("made")[
        "country"
    ].tolist() == ["NA", "CN"]


def test_an_empty_table_keeps_its_columns_and_one_without_columns_is_empty(tmp_path):
    chapter = saved(tmp_path, rows=pd.DataFrame(columns=["a", "b"]), bare=pd.DataFrame())
    assert list(chapter.table("rows").columns) == ["a", "b"]
    assert chapter.table("bare", "x").columns.tolist() == ["x"]


def test_a_chapter_says_what_it_is(tmp_path):
    chapter = saved(tmp_path)
    assert (chapter.number, chapter.title, chapter.bottom_line) == (
        "02",
        "China presence",
        ("One.",),
    )
    assert chapter.as_of is not None and chapter.as_of.isoformat() == "2026-11-01"
    assert SavedChapter("02_x").as_of is None and SavedChapter("02_x").title == "02_x"


def test_a_table_that_lacks_a_column_is_named(tmp_path):
    chapter = saved(tmp_path, ranks=pd.DataFrame({"option": ["A"]}))
    with pytest.raises(InputError, match="02_china_presence, table ranks: needs columns share"):
        chapter.table("ranks", "option", "share")
    assert chapter.table("never_saved", "share").empty


def test_what_is_taken_from_a_table_changes_nothing_in_it(tmp_path):
    chapter = saved(tmp_path, ranks=pd.DataFrame({"option": ["A"]}))
    taken = chapter.table("ranks")
    taken.loc[0, "option"] = "B"
    assert chapter.table("ranks")["option"].tolist() == ["A"]


def test_columns_are_known_without_reading_rows(tmp_path):
    chapter = saved(tmp_path, ranks=pd.DataFrame({"option": ["A"], "=x": [1]}), bare=pd.DataFrame())
    assert chapter.columns("ranks") == ("option", "=x")
    assert chapter.columns("bare") == chapter.columns("never_saved") == ()
    chapter.table("ranks")
    assert chapter.columns("ranks") == ("option", "=x")
    held = SavedChapter("02_x", {}, {"ranks": pd.DataFrame({"option": ["A"]})})
    assert held.columns("ranks") == ("option",) and held.columns("other") == ()


def test_nothing_saved_is_nothing_read(tmp_path):
    assert read_saved(tmp_path / "not there") == {}


def test_a_chapter_that_is_being_written_is_not_read(tmp_path):
    saved(tmp_path)
    (tmp_path / "02_china_presence").rename(tmp_path / ".02_china_presence.new")
    assert read_saved(tmp_path) == {}


BROKEN = ["", "{", "[]", "7", '{"tables": 7}', '{"bottom_line": 7}', "[" * 100_000]


@pytest.mark.parametrize("content", BROKEN)
def test_every_broken_summary_is_told_at_once(tmp_path, content):
    for name in ("01_a", "02_b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / SUMMARY_FILE).write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as told:
        read_saved(tmp_path)
    assert "01_a/summary.json" in str(told.value) and "02_b/summary.json" in str(told.value)
    assert str(tmp_path.parent) not in str(told.value)


def test_a_table_that_is_gone_or_broken_is_named(tmp_path):
    saved(tmp_path, ranks=pd.DataFrame({"option": ["A"]}))
    path = tmp_path / "02_china_presence" / "ranks.csv"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match=r"ranks\.csv: is no table"):
        read_table(path)
    path.unlink()
    with pytest.raises(InputError, match="not there: ranks"):
        read_saved(tmp_path)


def test_a_table_that_was_cut_off_is_told_from_a_short_one_with_its_year(tmp_path):
    folder = tmp_path / "2025" / "results" / "core"
    folder.mkdir(parents=True)
    saved(folder, ranks=pd.DataFrame({"option": ["A", "B", "C"]}))
    path = folder / "02_china_presence" / "ranks.csv"
    path.write_bytes(path.read_bytes()[: path.read_bytes().rindex(b"C")])
    with pytest.raises(InputError) as told:
        read_saved(folder)["02_china_presence"].table("ranks", "option")
    assert str(told.value) == (
        "2025/results/core/02_china_presence/ranks.csv: has 2 rows where summary.json lists 3. "
        "Make the chapter again: workbook run --cycle 2025."
    )


@pytest.mark.parametrize("content", [*BROKEN, b"\xff\xfe"])
def test_of_an_earlier_cycle_what_is_broken_is_left_out_and_says_so(tmp_path, content):
    folder = tmp_path / "2025" / "results" / "core"
    folder.mkdir(parents=True)
    saved(folder, ranks=pd.DataFrame({"option": ["A"]}))
    (folder / "01_a").mkdir()
    data = content if isinstance(content, bytes) else content.encode()
    (folder / "01_a" / SUMMARY_FILE).write_bytes(data)
    found = read_earlier(folder)
    assert found["02_china_presence"].table("ranks")["option"].tolist() == ["A"]
    assert not found["02_china_presence"].unread
    broken = found["01_a"]
    assert broken.unread.startswith("2025/results/core/01_a/summary.json ")
    assert broken.bottom_line == () and broken.table("ranks", "x").empty
    with pytest.raises(InputError, match="01_a"):
        read_saved(folder)


def test_a_table_of_an_earlier_cycle_that_is_gone_is_told_when_it_is_asked_for(tmp_path):
    saved(tmp_path, ranks=pd.DataFrame({"option": ["A"]}), spread=pd.DataFrame({"x": [1]}))
    (tmp_path / "02_china_presence" / "ranks.csv").unlink()
    found = read_earlier(tmp_path)["02_china_presence"]
    assert found.bottom_line == ("One.",) and len(found.table("spread")) == 1
    with pytest.raises(BrokenResultError) as told:
        found.table("ranks")
    assert "02_china_presence/ranks.csv cannot be opened" in told.value.fault
    assert str(tmp_path.parent) not in str(told.value)
