"""Decision records of a workspace: written once, and checked with everything else."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime

import pytest

from strategy_lib.chapters.brief.analysis import analyse
from strategy_lib.chapters.minutes.analysis import minutes
from strategy_lib.chapters.result import ChapterInputs
from strategy_lib.core.errors import InputError
from strategy_lib.core.workspace import open_workspace
from strategy_lib.cycles.check import check_cycle
from strategy_lib.editions.make_snapshot import make_snapshot
from strategy_lib.editions.snapshot import ingredients, read_snapshot
from strategy_lib.history.case_records import record_decision
from strategy_lib.inputs.entries.entry import read_entries
from tests.workspaces import copy_cases, write_sheets

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
DAY = date(2026, 11, 1)


@pytest.fixture(scope="module")
def undecided(tmp_path_factory):
    return copy_cases(tmp_path_factory.mktemp("cases") / "ws")


@pytest.fixture(scope="module")
def decided(undecided):
    """The same, with the record of one decision."""
    root = shutil.copytree(undecided, undecided.with_name("decided"))
    record_decision(open_workspace(root).cycle(), "C2", NOW)
    return root


@pytest.fixture
def cycle(undecided, tmp_path):
    return open_workspace(shutil.copytree(undecided, tmp_path / "ws")).cycle()


@pytest.fixture
def sealed(decided, tmp_path):
    """A cycle with a sealed record, and the record."""
    cycle = open_workspace(shutil.copytree(decided, tmp_path / "ws")).cycle()
    (path,) = cycle.workspace.decisions.glob("*.md")
    return cycle, path


def told(cycle):
    found = check_cycle(cycle, DAY).problems
    return [p for p in found if p.kind == "decision_record"]


def test_a_decision_is_recorded_once_and_nothing_else_is_said_of_it(cycle):
    (before,) = told(cycle)
    assert before.severity == "warning"
    assert "workbook decide WORKSPACE C2" in before.message
    path = record_decision(cycle, "C2", NOW)
    assert path.parent == cycle.workspace.decisions
    assert told(cycle) == []
    with pytest.raises(InputError, match="has its record already"):
        record_decision(cycle, "C2", NOW)
    with pytest.raises(InputError, match="No decision on C1"):
        record_decision(cycle, "C1", NOW)
    assert [p.name for p in path.parent.glob("*.md")] == [path.name]


def test_a_record_changed_by_hand_is_an_error_with_its_file(sealed):
    cycle, path = sealed
    path.write_text(path.read_text(encoding="utf-8").replace("seven", "three"), encoding="utf-8")
    found = told(cycle)
    assert {(p.file, p.severity) for p in found} == {(f"decisions/{path.name}", "error")}
    assert any("changed after it was written" in p.message for p in found)


def test_a_head_that_does_not_fit_is_an_error_of_its_own_file(sealed):
    cycle, path = sealed
    path.unlink()
    (found,) = told(cycle)
    assert (found.file, found.severity) == ("decisions.json", "error")
    assert "counts 1, but no records are there" in found.message


def test_the_head_goes_into_the_edition_that_withholds_nothing_and_into_no_other(cycle):
    edition = cycle.workspace.edition
    before = {name: ingredients(cycle, edition(name), DAY) for name in ("core", "leaders")}
    record_decision(cycle, "C2", NOW)
    assert ingredients(cycle, edition("core"), DAY) != before["core"]
    assert ingredients(cycle, edition("leaders"), DAY) == before["leaders"]
    core, leaders = (read_snapshot(make_snapshot(cycle, name, DAY)) for name in before)
    assert "1 sealed record, head " in core.sealed
    assert core.sealed in analyse(ChapterInputs(core, {})).notes
    assert core.sealed in minutes(core, read_entries(cycle.inputs)).notes
    assert leaders.sealed == ""


def test_ground_that_changes_after_the_decision_asks_for_a_fresh_one(sealed):
    cycle, _ = sealed
    more = {"evidence_id": "C2-E9", "case_id": "C2", "claim": "Not so", "grade": "rumour"}
    write_sheets(cycle.inputs / "speaking_out" / "later.xlsx", {"case_evidence": [more]})
    (found,) = told(cycle)
    assert found.severity == "error"
    assert "case_evidence" in found.message and "was that meant" in found.message


def test_a_case_of_an_earlier_year_is_found_where_it_was_decided(sealed):
    cycle, _ = sealed
    root = cycle.workspace.root
    later = cycle.year + 1
    (root / str(later) / "inputs").mkdir(parents=True)
    assert told(cycle.workspace.cycle(later)) == []
