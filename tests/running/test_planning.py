"""Up to date means: made from the same things, and still as it was written."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from strategy_lib.core.hashing import hash_tree
from strategy_lib.editions import snapshot
from strategy_lib.running.planning import make_plan, make_request
from strategy_lib.running.records import Record
from strategy_lib.running.staging import Staging

from .conftest import FIRST, SECOND, SETTINGS, activity


def _plan(house, edition="core", chapters=None, *, fresh=False, as_of=None, parameters=None):
    request = make_request(
        house.workspace, None, [edition], chapters, as_of, parameters, fresh=fresh
    )
    return make_plan(request, request.editions[0])


def _pretend_made(house, **options) -> None:
    """Put an edition in its place as if its chapters had been executed."""
    plan = _plan(house, **options)
    staging = Staging(house.cycle, plan.edition.name)
    staging.clear()
    for folder in (staging.outputs, staging.results, staging.executed):
        (folder / "some.txt").write_text(folder.name)
    parts = {
        "outputs": hash_tree(staging.outputs),
        "results": hash_tree(staging.results),
        "executed": hash_tree(staging.executed),
    }
    prints = {c.name: plan.fingerprints[c.name] for c in plan.chapters}
    staging.commit(b"", Record(plan.ingredients, prints, parts).to_bytes())


def _made(plan) -> tuple[str, ...]:
    return tuple(chapter.name for chapter in plan.make)


def test_nothing_changed_makes_nothing(house):
    assert _made(_plan(house)) == (FIRST, SECOND)
    _pretend_made(house)
    plan = _plan(house)
    assert plan.is_fresh
    assert plan.changed == ()
    assert _made(_plan(house, fresh=True)) == (FIRST, SECOND)
    assert _made(_plan(house, chapters=["02"], fresh=True)) == (SECOND,)


def test_what_is_beside_the_point_changes_nothing(house):
    _pretend_made(house)
    (house.cycle.inputs / "mapping" / "~$kenya.xlsx").write_text("open in a spreadsheet program")
    (house.cycle.inputs / "mapping" / ".DS_Store").write_text("")
    (house.cycle.root / "decisions").mkdir()
    (house.cycle.root / "decisions" / "note.txt").write_text("")
    (house.cycle.inputs / "mapping" / "kenya.json").touch()
    assert _plan(house).is_fresh


CHANGES = {
    "an input changes": lambda house: house.enter(activity("a1", "Other")),
    "an input is added": lambda house: house.enter(file="ghana"),
    "an input goes": lambda house: (house.cycle.inputs / "mapping" / "kenya.json").unlink(),
    "an input is renamed": lambda house: (house.cycle.inputs / "mapping" / "kenya.json").rename(
        house.cycle.inputs / "mapping" / "kenia.json"
    ),
    "the settings change": lambda house: house.settings(SETTINGS + "draws = 500\n"),
    "the day is another": lambda house: house.settings(SETTINGS.replace("11-01", "11-02")),
    "a page is edited": lambda house: _edit(house.cycle.outputs("core") / "some.txt"),
    "a result is edited": lambda house: _edit(house.cycle.results("core") / "some.txt"),
    "a page is gone": lambda house: (house.cycle.outputs("core") / "some.txt").unlink(),
    "an executed notebook is gone": lambda house: (
        house.cycle.records() / "executed" / "core" / "some.txt"
    ).unlink(),
    "the record is gone": lambda house: (house.cycle.records() / "core.json").unlink(),
}


def _edit(path: Path) -> None:
    path.write_text("edited")


@pytest.mark.parametrize("change", CHANGES)
def test_every_chapter_is_made_again_when(house, change):
    _pretend_made(house)
    CHANGES[change](house)
    assert _made(_plan(house)) == (FIRST, SECOND)


@pytest.mark.parametrize("name", ["library", "facts", "templates", "lock"])
def test_every_chapter_is_made_again_when_the_workbook_itself_changes(house, monkeypatch, name):
    _pretend_made(house)
    hashes = snapshot.workbook_hashes()
    monkeypatch.setattr(snapshot, "workbook_hashes", lambda: {**hashes, name: "other"})
    plan = _plan(house)
    assert _made(plan) == (FIRST, SECOND)
    assert plan.changed == (name,)


def test_every_chapter_is_made_again_when_a_package_changes(house, monkeypatch):
    _pretend_made(house)
    monkeypatch.setattr(snapshot, "package_versions", lambda: {"pandas": "4"})
    assert _plan(house).changed == ("packages",)


@pytest.mark.parametrize(
    "asked",
    [
        {"as_of": date(2026, 11, 2)},
        {"parameters": {"seed": 1}},
        {"parameters": {"draws": 1}},
        {"parameters": {"label": "x"}},
    ],
)
def test_every_chapter_is_made_again_when_something_else_is_asked_for(house, asked):
    _pretend_made(house)
    assert _made(_plan(house, **asked)) == (FIRST, SECOND)
    _pretend_made(house, **asked)
    assert _plan(house, **asked).is_fresh


def test_one_notebook_changed_makes_one_chapter_again(house):
    _pretend_made(house)
    house.chapter(SECOND, "1 + 1", folder=house.workspace.own_notebooks)
    plan = _plan(house)
    assert (_made(plan), tuple(c.name for c in plan.keep)) == ((SECOND,), (FIRST,))
    assert plan.changed == ("notebooks",)
    only_first = _plan(house, chapters=["01"])
    assert only_first.is_fresh
    house.chapter(FIRST, "2 + 2")
    assert [c.name for c in _plan(house, chapters=["01"]).left_out] == [SECOND]


def test_an_edition_that_sees_less_has_no_chapter_above_it(house):
    plan = _plan(house, "public")
    assert _made(plan) == (FIRST,)
    assert [c.name for c in plan.skipped] == [SECOND]
    house.settings(SETTINGS + '[editions.public]\nclearance = "internal"\n')
    assert _made(_plan(house, "public")) == (FIRST, SECOND)


def test_without_a_day_of_its_own_an_edition_is_made_anew_tomorrow(house, monkeypatch):
    house.settings('[organisation]\nname = "Acme"\n')

    class Today(date):
        @classmethod
        def today(cls):
            return date(2026, 11, 1)

    class Tomorrow(date):
        @classmethod
        def today(cls):
            return date(2026, 11, 2)

    monkeypatch.setattr(snapshot, "date", Today)
    _pretend_made(house)
    assert _plan(house).is_fresh
    monkeypatch.setattr(snapshot, "date", Tomorrow)
    assert _plan(house).changed == ("as of",)


UNCHANGED = """\
import sys
from pathlib import Path
from strategy_lib.chapters import registry
from strategy_lib.chapters.registry import Chapter
from strategy_lib.running import notebooks, planning, run
from strategy_lib.core.workspace import open_workspace
first = Chapter("01_first", "", "", "first")
chapters = (first, Chapter("02_second", "", "", "second", floor="internal"))
for module in (registry, planning):
    module.CHAPTERS = chapters
for module in (notebooks, planning):
    module.resource = lambda *parts: Path(sys.argv[2]).joinpath(*parts[1:])
report = run(open_workspace(sys.argv[1]))
heavy = ("pandas", "numpy", "papermill", "nbformat", "plotly", "jupyter_client", "asyncio")
print(report.editions[0].state, [name for name in heavy if name in sys.modules])"""


def test_a_run_that_finds_nothing_changed_loads_nothing_heavy(house):
    _pretend_made(house)
    places = (str(house.root), str(house.bundled))
    done = subprocess.run(
        [sys.executable, "-c", UNCHANGED, *places], capture_output=True, text=True, check=False
    )
    assert (done.stdout.strip(), done.stderr) == ("fresh []", "")
