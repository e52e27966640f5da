"""Who on this computer can read a workspace."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from strategy_lib.core.privacy import let_read, make_private
from strategy_lib.core.workspace import copy_example, open_workspace
from strategy_lib.cycles.check import check_cycle
from strategy_lib.cycles.create import create_workspace
from strategy_lib.cycles.forms_to_send import write_forms_to_send
from strategy_lib.history.case_records import record_decision
from strategy_lib.workshop.lab import prepare_lab
from tests.workspaces import copy_cases, make_workspace

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows knows no such modes")


@pytest.fixture(autouse=True, params=[0o000, 0o077], ids=oct)
def umask(request):
    before = os.umask(request.param)
    yield
    os.umask(before)


def modes(root: Path) -> dict[str, set[str]]:
    """Modes of folders and of files, as they are written."""
    found: dict[str, set[str]] = {
        "folders": {oct(stat.S_IMODE(root.stat().st_mode))},
        "files": set(),
    }
    for path in root.rglob("*"):
        if not path.is_symlink():
            kind = "folders" if path.is_dir() else "files"
            found[kind].add(oct(stat.S_IMODE(path.stat().st_mode)))
    return found


def close(root: Path) -> None:
    """Close what is there, and nothing that is written later."""
    for path in (root, *root.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)


PRIVATE = {"folders": {"0o700"}, "files": {"0o600"}}


def test_a_new_workspace_is_its_owners(tmp_path):
    assert modes(create_workspace(tmp_path / "acme", "Acme", 2026).root) == PRIVATE


def test_the_example_and_what_is_made_of_it_are_their_owners(tmp_path):
    workspace = open_workspace(copy_example(tmp_path / "example"))
    prepare_lab(workspace)
    assert modes(workspace.root) == PRIVATE


def test_what_people_drop_in_is_closed_by_the_next_check_and_no_link_is_followed(tmp_path):
    workspace = open_workspace(create_workspace(tmp_path / "acme", "Acme", 2026).root)
    elsewhere = tmp_path / "elsewhere.csv"
    elsewhere.write_text("x")
    elsewhere.chmod(0o644)
    dropped = workspace.cycle().inputs / "mapping" / "kenya.csv"
    dropped.write_text("unit_id\n")
    dropped.chmod(0o644)
    dropped.with_name("link.csv").symlink_to(elsewhere)
    check_cycle(workspace.cycle())
    assert modes(workspace.root) == PRIVATE
    assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o644


def test_whatever_is_written_after_a_workspace_was_opened_is_its_owners(tmp_path):
    root = copy_cases(tmp_path / "example")
    close(root)
    record_decision(open_workspace(root).cycle(), "C2", datetime(2026, 11, 2, 9, tzinfo=UTC))
    assert (root / "decisions").is_dir()
    assert modes(root) == PRIVATE
    ours = make_workspace(tmp_path / "ours", {})
    close(ours.root)
    assert write_forms_to_send(ours.cycle()).offices
    assert modes(ours.root) == PRIVATE


def test_a_folder_of_a_group_is_the_groups(tmp_path):
    root = create_workspace(tmp_path / "acme", "Acme", 2026).root
    settings = root / "workbook.toml"
    text = settings.read_text().replace("is_shared_by_group = false", "is_shared_by_group = true")
    settings.write_text(text)
    workspace = open_workspace(root)
    assert workspace.make_private() == []
    (root / "later").mkdir()
    (root / "later.txt").write_text("x")
    assert modes(root)["files"] == {"0o660"}
    assert modes(root)["folders"] == {"0o2770"}


def test_editions_stay_readable(tmp_path):
    outputs = tmp_path / "ws" / "2026" / "outputs"
    page = outputs / "public" / "documents" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text("x")
    make_private(tmp_path / "ws")
    let_read(outputs)
    assert modes(outputs) == {"folders": {"0o755"}, "files": {"0o644"}}
    make_private(tmp_path / "ws")
    assert modes(outputs) == {"folders": {"0o755"}, "files": {"0o644"}}


def test_what_is_somebody_elses_is_told(tmp_path, monkeypatch):
    workspace = open_workspace(create_workspace(tmp_path / "acme", "Acme", 2026).root)
    theirs = workspace.cycle().inputs / "mapping" / "theirs.csv"
    theirs.write_text("unit_id\n")
    theirs.chmod(0o644)
    change = Path.chmod

    def refused(path, mode):
        if path == theirs:
            raise PermissionError
        change(path, mode)

    monkeypatch.setattr(Path, "chmod", refused)
    told = [p for p in check_cycle(workspace.cycle()).problems if p.kind == "open_to_others"]
    assert [p.file for p in told] == ["2026/inputs/mapping/theirs.csv"]
