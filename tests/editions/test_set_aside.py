"""A run with bad rows: editions are made, nothing of a bad row is in them, and it is told."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from strategy_lib.cli.commands import app
from strategy_lib.core.errors import InputError
from strategy_lib.core.workspace import open_workspace
from strategy_lib.editions.to_mend import list_path
from strategy_lib.notebook import load, save
from strategy_lib.running import run
from tests.editions.test_end_to_end import everything
from tests.workspaces import RETURNS, activity, make_workspace, write_sheets

CANARY = "Zq19ab77c3"
BAD = [
    activity("ke", f"{CANARY} talks", f"{CANARY} partner", theme="weather"),
    activity("zm", f"{CANARY} visit", None, end_date=f"{CANARY} spring", handling="restricted"),
]
OPTIONS = [
    {"option_id": "none", "name": "No presence", "legal_route": "none"},
    {"option_id": "two", "name": f"{CANARY} option", "legal_route": "a boat"},
]


def entered(*more):
    good = activity("ke", "Round table", "China House", is_known_to_centre="yes")
    returns = [*RETURNS, {"unit_id": "zm", "returned_date": "2026-09-14", "has_activities": "no"}]
    return {"returns": returns, "activities": [good, *more]}


@pytest.fixture(scope="module")
def bad(tmp_path_factory):
    """A minimal workspace with two bad rows and a bad option, run once."""
    workspace = make_workspace(tmp_path_factory.mktemp("bad") / "ws", entered(*BAD))
    options = {"presence_options": OPTIONS}
    write_sheets(workspace.cycle().inputs / "presence" / "options.xlsx", options)
    report = run(workspace, editions=["core", "leaders", "mainland"], chapters=["01", "02"])
    return workspace, report


def test_all_but_the_chapter_whose_own_table_is_bad_is_made(bad):
    workspace, report = bad
    assert [e.state for e in report.editions] == ["made"] * 3
    assert report.failed
    for edition in report.editions:
        assert edition.made == ("01_internal_mapping",)
        (line,) = edition.unmade
        assert line.startswith("02_china_presence is not made: its own tables must be mended")
        assert "options.xlsx · presence_options · row 3" in line
    assert not (workspace.cycle().outputs("core") / "02_china_presence.html").exists()
    said = [line for line in report.lines if line.startswith("Set aside until mended: 3 rows")]
    assert len(said) == 1 and str(list_path(workspace.cycle())) in said[0]


def test_nothing_of_a_bad_row_is_in_any_edition_its_cache_or_its_log(bad):
    workspace, _ = bad
    cycle = workspace.cycle()
    for edition in ("core", "leaders", "mainland"):
        folders = (cycle.snapshot(edition), cycle.logs(edition))
        files = [p for folder in folders for p in folder.rglob("*") if p.is_file()]
        texts = [p.read_text(errors="replace") for p in files] + [
            *everything(workspace, edition).values()
        ]
        assert texts and not [text for text in texts if CANARY in text]
    assert CANARY in list_path(cycle).read_text(encoding="utf-8-sig")


def test_only_editions_that_show_counts_say_which_offices_miss_rows(bad):
    workspace, _ = bad
    told = {
        name: "\n".join(everything(workspace, name).values())
        for name in ("core", "leaders", "mainland")
    }
    words = "3 rows are missing here until mended: Kenya office (1), Zambia office (1), others (1)."
    assert words in told["leaders"]
    for name in ("core", "mainland"):
        assert "until mended" not in told[name]


def test_an_office_with_a_bad_row_has_not_answered_nothing_and_bounds_include_it(bad):
    workspace, _ = bad
    answers, silence = (
        (workspace.cycle().results("core", "01_internal_mapping") / f"{name}.csv").read_text(
            encoding="utf-8-sig"
        )
        for name in ("answers", "silence")
    )
    (zambia,) = [line for line in answers.splitlines() if "Zambia office" in line]
    assert "nothing to report" not in zambia
    # 1 known activity; 2 of which nobody can say it: from none of three to two of three.
    assert silence.splitlines()[1].startswith("0.0,66.7,")


def test_a_second_run_says_again_what_is_set_aside_and_strict_refuses(tmp_path):
    workspace = make_workspace(tmp_path / "ws", entered(*BAD))
    first = run(workspace, chapters=["01"], editions=["core"])
    again = run(open_workspace(workspace.root), chapters=["01"], editions=["core"])
    assert not first.failed and not again.failed
    assert again.editions[0].state == "fresh"
    assert "Set aside until mended: 2 rows" in "\n".join(again.lines)
    before = (workspace.cycle().outputs("core") / "index.html").read_bytes()
    with pytest.raises(InputError, match="have 2 lines to mend"):
        run(open_workspace(workspace.root), chapters=["01"], editions=["core"], strict=True)
    assert (workspace.cycle().outputs("core") / "index.html").read_bytes() == before
    checked = CliRunner().invoke(app, ["check", str(workspace.root)])
    assert checked.exit_code == 1 and "a run leaves out 2 rows" in checked.output
    told = json.loads(CliRunner().invoke(app, ["check", str(workspace.root), "--json"]).output)
    assert [line["row"] for line in told["set_aside"]] == [3, 4]


def test_what_is_left_when_rows_are_bad_makes_the_page_that_good_rows_make(tmp_path):
    pages = []
    for name, more in (("bad", BAD[:1]), ("good", [])):
        workspace = make_workspace(tmp_path / name, entered(*more))
        assert not run(workspace, chapters=["01"], editions=["core"]).failed
        folder = workspace.cycle().results("core", "01_internal_mapping")
        pages.append({p.name: p.read_bytes() for p in folder.glob("*.csv")})
    differing = [name for name in pages[0] if pages[0][name] != pages[1][name]]
    assert pages[0].keys() == pages[1].keys()
    assert sorted(differing) == ["countries.csv", "silence.csv"]


def test_jupyterlab_loads_what_can_be_loaded_and_says_what_is_set_aside(bad, capsys, monkeypatch):
    workspace, _ = bad
    root = str(workspace.root)
    inputs = load(root, edition="leaders")
    assert list(inputs.restricted["activities"]["title"]) == ["Round table"]
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("Set aside until mended: 3 rows")
    load(root, edition="mainland")
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("Something is set aside until mended")
    with pytest.raises(InputError, match="China presence was not saved: its own tables"):
        save(None, (), inputs, "02", root)  # it is refused before it is looked at
