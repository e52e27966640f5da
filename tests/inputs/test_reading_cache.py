"""What is kept of files read before gives the same tables, and never outlives its file."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategy_lib.core.resources import resource
from strategy_lib.core.workspace import Cycle, open_workspace
from strategy_lib.editions.make_snapshot import reading_cache
from strategy_lib.inputs import read as reading
from strategy_lib.inputs.read import read_inputs
from tests.inputs.sent import (
    ACTIVITY_HEADINGS,
    ALL_RETURNS,
    AS_OF,
    RETURN_HEADINGS,
    activity,
    make_cycle,
    xlsx,
)
from tests.inputs.test_read_kobo import activities, main_sheet
from tests.inputs.test_read_property import QUIET, cell

GOOD = xlsx(
    {"returns": [RETURN_HEADINGS, *ALL_RETURNS], "activities": [ACTIVITY_HEADINGS, activity()]}
)
WRONG = xlsx({"activities": [ACTIVITY_HEADINGS, activity(theme="no such theme")]})
EXPORT = xlsx({"Form 2026": main_sheet(), "activities": activities("business_conduct")})
ODD = xlsx({"activities": [[*ACTIVITY_HEADINGS, "Own remark"], [*activity(title="a@b.org"), "x"]]})


def read_kept(cycle: Cycle, **more):
    return read_inputs(cycle, AS_OF, kept=reading_cache(cycle, **more))


def names(cycle: Cycle) -> set[str]:
    folder = cycle.readings()
    return {path.name for path in folder.iterdir()} if folder.is_dir() else set()


def assert_same(one, other):
    assert one.problems == other.problems
    assert (one.asides, one.refused, one.files) == (other.asides, other.refused, other.files)
    for name, frame in one.frames.items():
        pd.testing.assert_frame_equal(frame, other.frames[name])


@pytest.fixture
def counted(monkeypatch) -> list[str]:
    """Names of the files that are read, and not taken from what is kept."""
    read: list[str] = []
    whole = reading.read_file

    def counting(file, *rest):
        read.append(file)
        return whole(file, *rest)

    monkeypatch.setattr(reading, "read_file", counting)
    return read


def test_the_example_is_the_same_with_what_is_kept_and_without(tmp_path, counted):
    cycle = open_workspace(shutil.copytree(resource("data", "example"), tmp_path / "ws")).cycle()
    plain = read_inputs(cycle, AS_OF)
    assert_same(read_kept(cycle), plain)
    counted.clear()
    assert_same(read_kept(cycle), plain)
    assert len(names(cycle)) > 60
    assert len(counted) < 5, "what is entered as text of a survey, or unreadable, is read again"


@pytest.mark.parametrize(
    "content", [GOOD, WRONG, EXPORT, ODD], ids=["good", "wrong", "export", "odd"]
)
def test_every_problem_and_note_is_told_again(tmp_path, content):
    cycle = make_cycle(
        tmp_path / "ws", {"mapping/a.xlsx": content, "mapping/b.csv": "nothing,of\nours,1\n"}
    )
    plain = read_inputs(cycle, AS_OF)
    assert_same(read_kept(cycle), plain)
    assert_same(read_kept(cycle), plain)


@settings(deadline=None, derandomize=True, max_examples=4, suppress_health_check=QUIET)
@given(rows=st.lists(st.lists(cell, max_size=len(ACTIVITY_HEADINGS) + 2), max_size=5))
def test_whatever_stands_in_a_file_it_is_read_the_same(rows):
    with tempfile.TemporaryDirectory() as folder:
        sheets = {"activities": [ACTIVITY_HEADINGS, *rows, activity()]}
        cycle = make_cycle(Path(folder) / "ws", {"mapping/x.xlsx": xlsx(sheets)})
        plain = read_inputs(cycle, AS_OF)
        assert_same(read_kept(cycle), plain)
        assert_same(read_kept(cycle), plain)


def test_only_what_has_changed_is_read_again(tmp_path, counted):
    cycle = make_cycle(tmp_path / "ws", {"mapping/a.xlsx": GOOD, "mapping/b.xlsx": ODD})
    read_kept(cycle)
    (cycle.inputs / "mapping" / "b.xlsx").write_bytes(
        xlsx({"activities": [ACTIVITY_HEADINGS, activity(title="Other talks")]})
    )
    counted.clear()
    tables = read_kept(cycle)
    assert counted == ["mapping/b.xlsx"]
    assert "Other talks" in set(tables["activities"]["title"])


def test_a_file_that_was_taken_back_leaves_nothing(tmp_path):
    cycle = make_cycle(tmp_path / "ws", {"mapping/a.xlsx": GOOD, "mapping/b.xlsx": ODD})
    read_kept(cycle)
    before = names(cycle)
    (cycle.inputs / "mapping" / "b.xlsx").unlink()
    read_kept(cycle)
    assert names(cycle) < before
    kept = b"".join(path.read_bytes() for path in cycle.readings().iterdir())
    assert b"a@b.org" not in kept


@pytest.mark.parametrize("content", [WRONG, EXPORT], ids=["to be mended", "rows wait for others"])
def test_what_is_not_finished_with_is_not_kept(tmp_path, content):
    cycle = make_cycle(tmp_path / "ws", {"mapping/a.xlsx": content})
    before = names(cycle)
    read_kept(cycle)
    kept = [json.loads((cycle.readings() / name).read_bytes()) for name in names(cycle) - before]
    assert kept and all("activities" not in reading["records"] for reading in kept)


def test_a_setting_that_changes_the_reading_makes_it_anew(tmp_path, counted):
    cycle = make_cycle(tmp_path / "ws", {"mapping/a.xlsx": GOOD})
    read_kept(cycle)
    counted.clear()
    with (cycle.workspace.root / "workbook.toml").open("a", encoding="utf-8") as file:
        file.write('\n[organisation]\nlanguage = "fr"\n')
    read_kept(open_workspace(cycle.workspace.root).cycle())
    assert "mapping/a.xlsx" in counted


def test_asked_to_be_fresh_it_reads_all_again_and_keeps_it(tmp_path, counted):
    cycle = make_cycle(tmp_path / "ws", {"mapping/a.xlsx": GOOD})
    read_kept(cycle)
    kept = names(cycle)
    counted.clear()
    read_kept(cycle, is_fresh=True)
    assert "mapping/a.xlsx" in counted
    assert names(cycle) == kept


@pytest.mark.parametrize(
    "found",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"kind": "xlsx"}',
        b'{"records": {"no_such_table": [{}]}}',
        b"\xff\x00",
    ],
)
def test_a_kept_file_that_is_broken_is_read_from_its_source(tmp_path, counted, found):
    cycle = make_cycle(tmp_path / "ws", {"mapping/a.xlsx": GOOD})
    plain = read_kept(cycle)
    for path in cycle.readings().iterdir():
        path.write_bytes(found)
    counted.clear()
    assert_same(read_kept(cycle), plain)
    assert "mapping/a.xlsx" in counted


def test_a_folder_that_cannot_be_written_keeps_nothing_from_being_read(tmp_path):
    cycle = make_cycle(tmp_path / "ws", {"mapping/a.xlsx": GOOD})
    cycle.readings().parent.mkdir(parents=True, exist_ok=True)
    cycle.readings().write_text("a file stands where the folder should be", encoding="utf-8")
    assert_same(read_kept(cycle), read_inputs(cycle, AS_OF))
