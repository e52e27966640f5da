"""Old sheets read as tables are today, with an invented older version of one table."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial

import pytest
import xlsxwriter

from strategy_lib.core.errors import InputError
from strategy_lib.inputs.files.rawsheets import RawSheet
from strategy_lib.inputs.layout.layouts import Sheet, find_layout
from strategy_lib.inputs.layout.migrations import (
    MIGRATIONS,
    Migration,
    migrate,
    migrated_sheet,
    note_versions,
    noted_versions,
    past_schema,
)
from strategy_lib.inputs.problem_log import ProblemLog
from strategy_lib.inputs.read import read_inputs
from strategy_lib.inputs.records import Converters, read_records
from strategy_lib.schema.schema import schemas, table_schema
from tests.workspaces import make_workspace

NOW = replace(table_schema("capacities"), version=3)
TODAY = {**schemas(), "capacities": NOW}


def old(version, **titles):
    """The table as it was: its level was called strength and counted from 1 to 5."""
    field = NOW["level"]
    strength = replace(field, name="strength", titles={"en": "Strength", "fr": "Force"} | titles)
    fields = tuple(strength if f.name == "level" else f for f in NOW.fields)
    return replace(NOW, version=version, fields=fields)


def renamed(row):
    return {("level" if name == "strength" else name): cell for name, cell in row.items()}


def counted_from_nought(row):
    level = row.get("level")
    return row if level is None else row | {"level": float(level) - 1}


STEPS = (
    Migration(old(1), renamed),
    Migration(replace(NOW, version=2), counted_from_nought),
)
ROWS = [
    ["#", "Office code *", "Capacity *", "Force *", "People", "Own remark"],
    ["Help", "Code", "What", "How strong", "How many", ""],
    ["", "ke", "Chinese language", 5, 2, "ours"],
    ["", "", "", "", "", ""],
    ["", "kh", "Research", "3", "", ""],
]


def read(sheet):
    layout = find_layout(sheet, "returns")
    return read_records(Sheet("returns.xlsx", sheet, layout, ProblemLog()), Converters())


def test_an_old_sheet_is_read_as_the_table_is_today():
    made = migrated_sheet(RawSheet("capacities", ROWS), {"capacities": 1}, STEPS, TODAY)
    records = read(made)
    assert [(r["unit_id"], r["level"]) for r in records] == [("ke", 4), ("kh", 2)]


def test_rows_keep_their_places_and_other_columns_stay():
    made = migrated_sheet(RawSheet("capacities", ROWS), {"capacities": 1}, STEPS, TODAY)
    assert len(made.rows) == len(ROWS)
    assert [r["source_row"] for r in read(made)] == [3, 5]
    assert made.rows[0][-1] == "Own remark" and made.rows[2][-1] == "ours"


def test_the_file_and_the_given_sheet_are_left_as_they_are():
    before = json.dumps(ROWS)
    migrated_sheet(RawSheet("capacities", ROWS), {"capacities": 1}, STEPS, TODAY)
    assert json.dumps(ROWS) == before


def test_a_sheet_of_a_later_version_takes_only_the_later_steps():
    rows = [["unit_id", "capacity", "level"], ["ke", "Research", 5]]
    made = migrated_sheet(RawSheet("capacities", rows), {"capacities": 2}, STEPS, TODAY)
    assert read(made)[0]["level"] == 4


@pytest.mark.parametrize("versions", [{"capacities": 3}, {"capacities": 3, "units": 1}])
def test_what_is_of_today_is_given_back_as_it_came(versions):
    sheet = RawSheet("capacities", ROWS)
    assert migrated_sheet(sheet, versions, STEPS, TODAY) is sheet


@pytest.mark.parametrize("name", ["activities", "Sheet1", ""])
def test_a_sheet_of_another_table_is_given_back_as_it_came(name):
    sheet = RawSheet(name, ROWS)
    assert migrated_sheet(sheet, {"capacities": 1}, STEPS, TODAY) is sheet


def test_records_go_through_every_step():
    rows = [{"unit_id": "ke", "strength": 5}]
    assert migrate("capacities", 1, rows, STEPS, 3) == [{"unit_id": "ke", "level": 4.0}]
    assert rows == [{"unit_id": "ke", "strength": 5}]


def test_a_missing_step_is_named():
    with pytest.raises(InputError, match=r"capacities: the workbook cannot read version 1"):
        migrate("capacities", 1, [], STEPS[1:], 3)


def test_a_cycle_notes_its_versions_and_an_older_one_is_of_version_1(tmp_path):
    assert set(noted_versions(tmp_path).values()) == {1}
    note_versions(tmp_path)
    assert noted_versions(tmp_path) == {name: s.version for name, s in schemas().items()}


def test_a_cycle_of_a_newer_workbook_is_refused(tmp_path):
    cycle = tmp_path / "2027"
    cycle.mkdir()
    (cycle / "cycle.json").write_text('{"tables": {"capacities": 4}}', encoding="utf-8")
    with pytest.raises(InputError, match=r"2027 was made with a newer .* capacities \(4, here 3\)"):
        noted_versions(cycle, TODAY)


@pytest.mark.parametrize("text", ["{", "[]", '{"tables": [1]}', '{"tables": {"units": "2"}}', "\0"])
def test_a_broken_note_is_named(tmp_path, text):
    (tmp_path / "cycle.json").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"cycle\.json"):
        noted_versions(tmp_path)


def test_every_earlier_version_of_every_table_can_be_read():
    """A table whose version was raised without a step to it would lose its old cycles."""
    for name, schema in schemas().items():
        kept = {step.past.version for step in MIGRATIONS if step.table == name}
        assert kept == set(range(1, schema.version)), name


def test_a_version_that_is_not_kept_is_named():
    with pytest.raises(InputError, match="Version 9 of the table units is not kept"):
        past_schema("units", 9)


def test_a_returned_form_of_an_old_cycle_is_read_as_today(tmp_path, monkeypatch):
    changed = partial(migrated_sheet, steps=STEPS, today=TODAY)
    monkeypatch.setattr("strategy_lib.inputs.read_file.migrated_sheet", changed)
    workspace = make_workspace(tmp_path / "ws", {})
    cycle = workspace.cycle()
    rows = [["Office code", "Capacity", "Strength"], ["ke", "chinese_language", 4]]
    path = cycle.inputs / "mapping" / "old.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("capacities")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    before = path.read_bytes()
    read = read_inputs(cycle)["capacities"]
    assert read["level"].tolist() == [3]
    assert path.read_bytes() == before


def test_a_cycle_of_a_newer_workbook_is_refused_by_name(tmp_path):
    cycle = make_workspace(tmp_path / "ws", {}).cycle()
    (cycle.root / "cycle.json").write_text(json.dumps({"tables": {"units": 99}}), encoding="utf-8")
    with pytest.raises(InputError, match=r"newer version .* units \(99"):
        read_inputs(cycle)
