"""Chapters that read what others saved come after them; one may read the cycle before."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from strategy_lib.chapters import registry
from strategy_lib.core.workspace import CYCLE_FILE
from strategy_lib.editions.snapshot import KeptSnapshot
from strategy_lib.running import planning, run
from tests.running.conftest import CHAPTERS, FIRST, SECOND, activity

READS = f"""\
folder = Path(os.environ["WORKBOOK_RESULTS"])
found = sorted(path.parent.name for path in folder.glob("*/summary.json"))
assert found == [{FIRST!r}], found"""
COMPARES = """\
from strategy_lib.editions.snapshot import before_snapshot
before = before_snapshot(workspace, known)
titles = None if before is None else list(before.restricted["activities"]["title"])
print(before and before.as_of, titles)"""


@pytest.fixture
def small(house, monkeypatch):
    """Lets the second chapter read the others' results, or the cycle before."""

    def set_second(**more):
        chapters = (CHAPTERS[0], replace(CHAPTERS[1], floor="public", **more))
        for module in (registry, planning):
            monkeypatch.setattr(module, "CHAPTERS", chapters)

    return set_second


def last_year(house, *rows):
    """The folder of a cycle before, in which these rows were sent."""
    older = house.root / "2025" / "inputs" / "mapping"
    older.mkdir(parents=True)
    (older / "kenya.json").write_text(json.dumps(rows))
    return older


def printed(house) -> str:
    path = house.cycle.records() / "executed" / "core" / f"{SECOND}.ipynb"
    cells = json.loads(path.read_text())["cells"]
    texts = [o.get("text", "") for c in cells for o in c.get("outputs", ())]
    return "".join("".join(text) for text in texts)


def test_what_reads_results_is_made_after_the_others(house, small):
    small(reads_results=True)
    house.chapter(SECOND, READS)
    report = run(house.workspace, jobs=2)
    assert not report.failed, report.lines
    again = run(house.workspace)
    assert [e.state for e in again.editions] == ["fresh"]


def test_it_is_made_again_when_another_chapter_was(house, small):
    small(reads_results=True)
    house.chapter(SECOND, READS)
    run(house.workspace)
    house.chapter(FIRST, "x = 1")
    (edition,) = run(house.workspace).editions
    assert edition.made == (FIRST, SECOND)


def test_where_another_fails_it_is_not_begun(house, small):
    small(reads_results=True)
    house.chapter(FIRST, "1 / 0")
    house.chapter(SECOND, "raise SystemError('begun')")
    (edition,) = run(house.workspace).editions
    assert [failure.chapter for failure in edition.failures] == [FIRST]


def test_the_cycle_before_is_read_for_the_same_edition(house, small):
    small(reads_before=True)
    house.chapter(SECOND, COMPARES)
    secret = activity("a2", "Secret", handling="restricted")
    older = last_year(house, activity("a1", "Of last year"), secret)
    assert not run(house.workspace).failed
    assert "2025-11-01 ['Of last year', 'Secret']" in printed(house)
    house.settings((house.root / "workbook.toml").read_text().replace('["core"]', '["leaders"]'))
    assert not run(house.workspace).failed
    assert not (house.root / "2025" / ".cache").exists()
    (older / "kenya.json").write_text(json.dumps([activity("a1", "Changed")]))
    (edition,) = run(house.workspace).editions
    assert edition.made == (SECOND,)


def test_what_is_kept_of_the_cycle_before_is_read_anew_only_when_it_must(house, small):
    small(reads_before=True)
    house.chapter(SECOND, COMPARES)
    last_year(house, activity("a1", "Of last year"))
    run(house.workspace)
    kept = KeptSnapshot.before(house.cycle, "core").folder
    first = kept.stat().st_ino
    house.enter(activity("a1", "Now"))
    run(house.workspace)
    assert kept.stat().st_ino == first
    assert "['Of last year']" in printed(house)
    (kept / "activities.csv").write_text("activity_id,title\na1,Somebody else\n")
    house.enter(activity("a1", "Later"))
    run(house.workspace)
    assert "['Of last year']" in printed(house)
    mended = kept.stat().st_ino
    run(house.workspace, fresh=True)
    assert kept.stat().st_ino != mended


def test_without_a_cycle_before_or_with_errors_in_it_the_chapter_is_made_all_the_same(house, small):
    small(reads_before=True)
    house.chapter(SECOND, COMPARES)
    assert not run(house.workspace).failed
    assert "None None" in printed(house)
    last_year(house, activity("a1", "wrong"))
    report = run(house.workspace)
    assert not report.failed
    assert "Nothing was compared with 2025" in "\n".join(report.lines)


def test_what_can_no_longer_be_read_of_the_cycle_before_is_not_compared_with(house, small):
    small(reads_before=True)
    house.chapter(SECOND, COMPARES)
    older = last_year(house, activity("a1", "Of last year"))
    run(house.workspace)
    assert "['Of last year']" in printed(house)
    (older / "kenya.json").write_text(json.dumps([activity("a1", "wrong")]))
    report = run(house.workspace)
    assert "Nothing was compared with 2025" in "\n".join(report.lines)
    assert "None None" in printed(house)


def test_other_versions_of_the_tables_of_the_cycle_before_are_a_change(house, small):
    small(reads_before=True)
    house.chapter(SECOND, COMPARES)
    last_year(house, activity("a1", "Of last year"))
    run(house.workspace)
    (house.root / "2025" / CYCLE_FILE).write_text('{"tables": {}}')
    (edition,) = run(house.workspace).editions
    assert edition.made == (SECOND,)
