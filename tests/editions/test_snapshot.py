"""What a kernel may know, as files; and the child process that makes them in JupyterLab."""

from __future__ import annotations

import json
from datetime import date

import pytest

from strategy_lib.core.errors import ChapterError, InputError
from strategy_lib.core.hashing import hash_of
from strategy_lib.core.problems import Problem
from strategy_lib.core.workspace import Cycle, open_workspace
from strategy_lib.editions import snapshot
from strategy_lib.editions.make_snapshot import make_snapshot
from strategy_lib.editions.restrict import Restricted, restrict
from strategy_lib.editions.snapshot import (
    SNAPSHOT_VARIABLE,
    day_of,
    ensure_snapshot,
    ingredients,
    note_path,
    read_snapshot,
    write_snapshot,
)
from strategy_lib.schema.frames import Tables, typed_frame
from strategy_lib.schema.schema import schemas

DAY = date(2026, 11, 1)
SETTINGS = """\
[organisation]
name = "Acme 国际"
currency = "USD"
[run]
as_of = 2026-11-01
[mapping]
strategy_due_months = 7
[places.names]
cz = "Czech Republic"
"""
# In place of the reader: the child process finds it before anything else.
STUB = """\
import json, sys, types
from strategy_lib.schema.frames import Tables, typed_frame
from strategy_lib.core.problems import Problem
from strategy_lib.schema.schema import schemas
def read_inputs(cycle, as_of=None, kept=None):
    rows = json.loads((cycle.inputs / "rows.json").read_text())
    (cycle.root / "reads.txt").open("a").write("read ")
    problem = Problem("workbook.toml", "s", 4, "Title", "error", "k", "found 'secret cell'")
    frames = {name: typed_frame(schema, []) for name, schema in schemas().items()}
    frames["activities"] = typed_frame(schemas()["activities"], rows)
    return Tables(frames, (problem,) if any(r["title"] == "wrong" for r in rows) else ())
sys.modules["strategy_lib.inputs.read"] = module = types.ModuleType("read")
module.read_inputs = read_inputs
"""


@pytest.fixture
def cycle(tmp_path, monkeypatch, snapshots_by_a_child) -> Cycle:
    (tmp_path / "acme" / "2026" / "inputs").mkdir(parents=True)
    (tmp_path / "acme" / "workbook.toml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "stub").mkdir()
    (tmp_path / "stub" / "sitecustomize.py").write_text(STUB)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "stub"))
    monkeypatch.delenv(SNAPSHOT_VARIABLE, raising=False)
    return open_workspace(tmp_path / "acme").cycle(2026)


def _row(key: str, title: str, handling: str = "internal") -> dict[str, str]:
    return {"activity_id": key, "unit_id": "ke", "title": title, "handling": handling}


def _enter(cycle: Cycle, *rows: dict[str, str]) -> None:
    (cycle.inputs / "rows.json").write_text(json.dumps(rows))


def _reads(cycle: Cycle) -> int:
    path = cycle.root / "reads.txt"
    return len(path.read_text().split()) if path.exists() else 0


def _restricted(cycle: Cycle, edition: str) -> Restricted:
    rows = [_row("a1", "Shown"), _row("a2", "Hidden", "restricted")]
    frames = {name: typed_frame(schema, []) for name, schema in schemas().items()}
    frames["activities"] = typed_frame(schemas()["activities"], rows)
    return restrict(Tables(frames), cycle.workspace.edition(edition))


def test_a_snapshot_gives_back_what_was_written(cycle):
    edition = cycle.workspace.edition("leaders")
    restricted = _restricted(cycle, "leaders")
    folder = write_snapshot(cycle, edition, restricted, DAY)
    known = read_snapshot(folder)
    assert folder == cycle.snapshot("leaders")
    assert known.restricted.edition == edition
    assert list(known.restricted["activities"]["title"]) == ["Shown"]
    assert restricted.withheld == {"activities": 1}
    assert known.restricted.withheld == {"": 1}, "by table it would tell how many cases there are"
    assert known.restricted["units"].dtypes.equals(restricted["units"].dtypes)
    assert (known.cycle, known.as_of) == (2026, DAY)
    assert (known.organisation, known.language, known.currency) == ("Acme 国际", "en", "USD")
    assert known.mapping.strategy_due_months == 7
    assert known.place_names == {"CZ": "Czech Republic"}


def test_a_snapshot_says_nothing_of_what_it_withholds(cycle):
    folder = write_snapshot(
        cycle, cycle.workspace.edition("mainland"), _restricted(cycle, "mainland"), DAY
    )
    content = b"".join(path.read_bytes() for path in folder.iterdir())
    assert b"Hidden" not in content
    assert json.loads((folder / "edition.json").read_text())["withheld"] == {}
    assert not list(folder.parent.glob(".new-*"))


def test_a_new_snapshot_takes_the_place_of_the_old_as_a_whole(cycle):
    edition = cycle.workspace.edition("core")
    folder = write_snapshot(cycle, edition, _restricted(cycle, "core"), DAY)
    (folder / "left_over.csv").write_text("old")
    write_snapshot(cycle, edition, _restricted(cycle, "core"), DAY)
    assert not (folder / "left_over.csv").exists()


def test_the_day_is_the_one_asked_for_else_the_settings_else_today(cycle):
    settings = cycle.workspace.settings
    assert day_of(settings, date(2027, 1, 1)) == date(2027, 1, 1)
    assert day_of(settings) == DAY
    assert day_of(type(settings)()) == date.today()


def test_errors_in_the_inputs_are_carried_by_the_refusal(cycle, monkeypatch):
    problem = Problem("workbook.toml", "s", 4, "Title", "error", "k", "is wrong")
    monkeypatch.setitem(
        __import__("sys").modules,
        "strategy_lib.inputs.read",
        type("read", (), {"read_inputs": staticmethod(lambda c, d, kept: Tables({}, (problem,)))}),
    )
    with pytest.raises(InputError, match="Nothing was made for 2026: settings") as caught:
        make_snapshot(cycle, "core", DAY)
    assert caught.value.problems == (problem,)
    assert not cycle.snapshot("core").exists()


def test_a_child_makes_the_snapshot_when_and_only_when_it_is_out_of_date(cycle):
    root = cycle.workspace.root
    _enter(cycle, _row("a1", "Shown"), _row("a2", "Hidden", "restricted"))
    folder = ensure_snapshot(root, 2026, "leaders")
    assert list(read_snapshot(folder).restricted["activities"]["title"]) == ["Shown"]
    ensure_snapshot(root, 2026, "leaders", DAY)
    assert _reads(cycle) == 1
    _enter(cycle, _row("a1", "Changed"))
    assert list(
        read_snapshot(ensure_snapshot(root, 2026, "leaders")).restricted["activities"]["title"]
    ) == ["Changed"]
    (folder / "activities.csv").write_text("edited")
    ensure_snapshot(root, 2026, "leaders")
    assert _reads(cycle) == 3
    assert read_snapshot(ensure_snapshot(root, 2026, "leaders", "2027-01-01")).as_of.year == 2027
    assert json.loads(note_path(cycle, "leaders").read_text())["made_from"] == hash_of(
        ingredients(cycle, cycle.workspace.edition("leaders"), date(2027, 1, 1))
    )


def test_the_child_tells_what_is_wrong_and_quotes_cells_to_those_who_see_all_only(cycle):
    _enter(cycle, _row("a1", "wrong"))
    root = cycle.workspace.root
    with pytest.raises(InputError) as core:
        ensure_snapshot(root, 2026, "core")
    assert "Nothing was made for 2026" in str(core.value)
    assert "workbook check" in str(core.value)
    assert "workbook.toml · s · row 4 · Title: found 'secret cell'" in str(core.value)
    with pytest.raises(InputError) as leaders:
        ensure_snapshot(root, 2026, "leaders")
    assert "secret cell" not in str(leaders.value)
    with pytest.raises(InputError, match="no edition 'leadrs'"):
        ensure_snapshot(root, 2026, "leadrs")


def test_a_child_that_breaks_down_is_told_in_one_line(cycle):
    (cycle.inputs / "rows.json").write_text("{")
    with pytest.raises(ChapterError, match="The inputs could not be read: json"):
        ensure_snapshot(cycle.workspace.root, 2026, "core")


def test_in_a_run_the_snapshot_is_the_one_that_the_run_gave(cycle, monkeypatch):
    edition = cycle.workspace.edition("leaders")
    folder = write_snapshot(cycle, edition, _restricted(cycle, "leaders"), DAY)
    monkeypatch.setenv(SNAPSHOT_VARIABLE, str(folder))
    monkeypatch.setattr(snapshot, "hash_tree", None)  # it reads no input, not even for its hash
    assert ensure_snapshot("anywhere", 2026, "leaders") == folder
    assert ensure_snapshot("anywhere", 2026, "leaders", "2026-11-01") == folder
    for wrong in ((2025, "leaders", DAY), (2026, "core", DAY), (2026, "leaders", "2026-11-02")):
        with pytest.raises(InputError, match="This run makes the edition 'leaders' of 2026"):
            ensure_snapshot("anywhere", *wrong)
    with pytest.raises(InputError, match="write a day such as"):
        ensure_snapshot("anywhere", 2026, "leaders", "1 November")
