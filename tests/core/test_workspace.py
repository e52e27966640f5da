"""A workspace's folder: opening, cycles, and the messages when it is not what it should be."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from strategy_lib.core.errors import InputError, WorkspaceError
from strategy_lib.core.workspace import WORKSPACE_VARIABLE, copy_example, open_workspace
from strategy_lib.cycles.create import create_workspace
from strategy_lib.cycles.customise import customise, customise_chapter
from strategy_lib.protocol.reading import check_protocol
from strategy_lib.publishing.word.template import opened_template


def test_a_new_workspace_opens_and_holds_its_forms(tmp_path):
    created = create_workspace(tmp_path / "acme", 'Acme "Ltd" 国际', 2026, ("en", "fr"))
    workspace = open_workspace(created.root)
    assert workspace.settings.name == 'Acme "Ltd" 国际'
    assert workspace.cycle().year == 2026
    assert (workspace.cycle().inputs / "mapping").is_dir()
    names = {form.name for form in created.forms}
    assert {
        "mapping.xlsx",
        "mapping-fr.xlsx",
        "offices.xlsx",
        "names.xlsx",
        "mapping-xlsform.xlsx",
        "presence.xlsx",
        "presence-assessor.xlsx",
        "presence-assessor-fr.xlsx",
    } <= names
    assert "presence-fr.xlsx" not in names
    assert all(form.stat().st_size > 1000 for form in created.forms)
    assert "acme" in (created.root / "README.txt").read_text(encoding="utf-8")


def test_a_folder_with_something_in_it_is_left_alone(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(WorkspaceError, match="not empty"):
        create_workspace(tmp_path, "Acme", 2026)
    with pytest.raises(WorkspaceError, match="name another folder"):
        copy_example(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize(
    ("name", "year", "languages", "part"),
    [
        ("a\x07b", 2026, ("en",), "--name 'a.x07b': must be a text in quotes"),
        ("A", 20266, ("en",), "1900 to 2199"),
        ("A", 2026, ("de",), "there are: en, fr, es, zh"),
    ],
)
def test_wrong_words_to_new_are_refused(tmp_path, name, year, languages, part):
    with pytest.raises(InputError, match=part):
        create_workspace(tmp_path / "x", name, year, languages)
    assert not (tmp_path / "x").exists()


def test_what_is_not_a_workspace_is_said(tmp_path):
    with pytest.raises(WorkspaceError, match="There is no folder"):
        open_workspace(tmp_path / "absent")
    with pytest.raises(WorkspaceError, match=r"has no workbook\.toml"):
        open_workspace(tmp_path)


def test_a_missing_cycle_is_said_with_those_that_are_there(tmp_path):
    create_workspace(tmp_path / "acme", "Acme", 2026)
    with pytest.raises(WorkspaceError, match=r"no cycle 2031; cycles there: 2026"):
        open_workspace(tmp_path / "acme").cycle(2031)


def test_the_protocol_can_be_taken_over_and_changed_once(tmp_path):
    create_workspace(tmp_path / "acme", "Acme", 2026)
    workspace = open_workspace(tmp_path / "acme")
    folder = customise(workspace, "protocol")
    assert check_protocol(folder) == []
    (folder / "roles.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(WorkspaceError, match="left as it is"):
        customise(workspace, "protocol")
    assert (folder / "roles.csv").read_text(encoding="utf-8") == "mine"
    assert check_protocol(folder)


def test_the_word_template_can_be_taken_over_and_changed_once(tmp_path):
    create_workspace(tmp_path / "acme", "Acme", 2026)
    workspace = open_workspace(tmp_path / "acme")
    copy = customise(workspace, "template")
    assert copy == workspace.own_template
    opened_template(copy.read_bytes())
    copy.write_bytes(b"mine")
    with pytest.raises(WorkspaceError, match="left as it is"):
        customise(workspace, "template")
    assert copy.read_bytes() == b"mine"


def test_a_customised_chapter_is_never_overwritten(tmp_path):
    create_workspace(tmp_path / "acme", "Acme", 2026)
    workspace = open_workspace(tmp_path / "acme")
    copy = customise_chapter(workspace, "01")
    copy.write_text("changed")
    with pytest.raises(WorkspaceError, match="there already"):
        customise_chapter(workspace, "01_internal_mapping")
    assert copy.read_text() == "changed"


def test_each_process_has_a_new_copy_of_the_example_and_takes_it_away(tmp_path):
    told = "from strategy_lib.core.workspace import open_workspace as o; print(o().root, o().root)"
    environment = os.environ | {"TMPDIR": str(tmp_path), "TEMP": str(tmp_path)}
    environment.pop(WORKSPACE_VARIABLE, None)
    roots = []
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", told],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        first, second = done.stdout.split()
        assert first == second
        roots.append(first)
    assert roots[0] != roots[1]
    assert list(tmp_path.iterdir()) == []
