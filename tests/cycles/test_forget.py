"""Forgetting earlier years: what goes is listed first, and what is to stay stays."""

from __future__ import annotations

import shutil

import pytest
from typer.testing import CliRunner

from strategy_lib.cli.commands import app
from strategy_lib.core.atomic import held
from strategy_lib.core.errors import InputError, WorkspaceError
from strategy_lib.core.workspace import open_workspace
from strategy_lib.cycles.forget import forget, forgettable, links
from strategy_lib.editions.make_snapshot import make_snapshot
from strategy_lib.editions.snapshot import day_of
from strategy_lib.running import LOCK_FILE, run
from strategy_lib.workshop.lab import prepare_lab
from tests.workspaces import activity, make_workspace


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    """Two cycles with pages, and copies for JupyterLab."""
    root = tmp_path_factory.mktemp("forget") / "ws"
    for year in (2025, 2026):
        workspace = make_workspace(root, {"activities": [activity("ke", "T", "C")]}, year=year)
        report = run(workspace, year, ["core"], ["01"], formats=())
        assert not report.failed
    prepare_lab(workspace)
    return workspace.root


@pytest.fixture
def workspace(example, tmp_path):
    return open_workspace(shutil.copytree(example, tmp_path / "ws"))


def names(workspace):
    """Every file below the folders of the workspace, by folder."""
    files = [p.relative_to(workspace.root) for p in workspace.root.rglob("*") if p.is_file()]
    return {file.as_posix(): (workspace.root / file).read_bytes() for file in files}


def below(files, *folders):
    return {name: text for name, text in files.items() if name.startswith(folders)}


GONE = ("2025/.cache/", "2025/records/", "lab/")


def test_caches_records_and_lab_copies_go_and_nothing_else(workspace):
    before = names(workspace)
    assert all(below(before, folder) for folder in (*GONE, "2025/outputs/", "2025/results/"))
    forget(workspace, forgettable(workspace, 2026))
    left = names(workspace)
    left.pop(LOCK_FILE, None), before.pop(LOCK_FILE, None)
    gone = below(before, *GONE, "2025/logs/", "2026/.cache/.before-")
    assert left == {name: text for name, text in before.items() if name not in gone}


def test_with_inputs_what_offices_sent_goes_too(workspace):
    before = names(workspace)
    forget(workspace, forgettable(workspace, 2026, inputs=True))
    left = names(workspace)
    assert not below(left, "2025/inputs/", "2025/forms/", "2025/.cache/")
    for kept in ("2025/results/", "2025/outputs/", "2026/inputs/", "2026/outputs/"):
        assert below(left, kept) == below(before, kept) != {}
    assert not run(workspace, 2026, ["core"], ["01"], formats=()).failed


def test_the_command_lists_and_asks_first_and_says_what_may_remain(workspace):
    before = names(workspace)
    command = ["forget", str(workspace.root), "--before", "2026", "--inputs"]
    told = CliRunner().invoke(app, command, input="n\n")
    assert told.exit_code == 1
    assert "2025/inputs: what offices and assessors sent" in told.output
    assert " files, " in told.output and " MB)" in told.output
    assert "Nothing was removed" in told.output
    assert names(workspace) == before
    done = CliRunner().invoke(app, [*command, "--yes"])
    assert done.exit_code == 0
    assert "A disk may still hold what was removed" in done.output
    again = CliRunner().invoke(app, command)
    assert "nothing to remove" in again.output and again.exit_code == 0


def test_no_link_is_followed_out_of_the_workspace(workspace, tmp_path):
    outside = tmp_path / "outside"
    (outside / "inputs").mkdir(parents=True)
    kept = outside / "inputs" / "kept.csv"
    kept.write_text("x")
    (workspace.root / "2024").symlink_to(outside)
    shutil.rmtree(workspace.root / "2025" / "forms", ignore_errors=True)
    (workspace.root / "2025" / "forms").symlink_to(outside / "inputs")
    (workspace.root / "2025" / "inputs" / "link").symlink_to(outside / "inputs")
    (workspace.root / "2025" / "inputs" / "link.csv").symlink_to(kept)
    forget(workspace, forgettable(workspace, 2026, inputs=True))
    assert not (workspace.root / "2025" / "inputs").exists()
    assert kept.read_text() == "x"
    told = {path.relative_to(workspace.root).as_posix() for path in links(workspace, 2026)}
    assert told == {"2024", "2025/forms"}


def test_what_became_a_link_after_it_was_listed_stays(workspace, tmp_path):
    chosen = forgettable(workspace, 2026)
    moved = shutil.move(workspace.root / "2025", tmp_path / "2025")
    (workspace.root / "2025").symlink_to(moved)
    forget(workspace, chosen)
    assert (tmp_path / "2025" / "records").is_dir()


@pytest.mark.parametrize("lock", [LOCK_FILE, "2025/records/snapshots/.lock"])
def test_a_cycle_in_use_is_refused_and_left_as_it_is(workspace, lock):
    make_snapshot(workspace.cycle(2025), "core", day_of(workspace.settings))
    chosen = forgettable(workspace, 2026, inputs=True)
    with held(workspace.root / lock), pytest.raises(WorkspaceError, match="Another run"):
        forget(workspace, chosen)
    assert (workspace.root / "2025" / "inputs").is_dir()
    assert (workspace.root / "2025" / ".cache").is_dir()


def test_a_year_before_which_there_is_nothing_is_said(workspace):
    with pytest.raises(InputError, match=r"no cycle before 2025; cycles there: 2025, 2026"):
        forgettable(workspace, 2025)
