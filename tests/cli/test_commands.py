"""The command line as a user types it: help on everything, exit codes, one sentence an error."""

from __future__ import annotations

import errno
import json
import subprocess
import sys
from pathlib import Path

import pytest
import typer.main

from strategy_lib import cli
from strategy_lib.cli import commands
from strategy_lib.cli.commands import app
from tests.workspaces import RETURNS, activity, make_workspace

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = sorted(typer.main.get_command(app).commands)


def workbook(*words, cwd):
    command = [sys.executable, "-m", "strategy_lib.cli", *map(str, words)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, encoding="utf-8")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_and_is_in_the_readme(command, tmp_path):
    helped = workbook(command, "--help", cwd=tmp_path)
    assert helped.returncode == 0
    assert len(helped.stdout) > 200
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"workbook {command}" in readme


@pytest.mark.parametrize(
    ("words", "code", "part"),
    [
        (["frobnicate"], 2, "frobnicate"),
        (["new", "x"], 2, "--name"),
        (["check", "absent"], 1, "There is no folder"),
        (["run", "."], 1, "is not a workspace"),
        (["new", "x", "--name", "X", "--language", "de"], 1, "there are: en, fr, es, zh"),
    ],
)
def test_a_wrong_command_is_one_clear_sentence(words, code, part, tmp_path):
    done = workbook(*words, cwd=tmp_path)
    assert done.returncode == code
    assert part in done.stderr
    assert "Traceback" not in done.stderr


def test_check_lists_every_problem_at_once_and_exits_1(tmp_path):
    rows = [
        activity("ke", "Talks", "China House", stance="critcal"),
        activity("kee", "Visit", "China House", end_date="soon"),
    ]
    make_workspace(tmp_path / "ws", {"activities": rows})
    done = workbook("check", "ws", "--json", cwd=tmp_path)
    assert done.returncode == 1
    content = json.loads(done.stdout)
    assert not content["ok"]
    found = {(p["sheet"], p["row"], p["kind"]) for p in content["errors"]}
    assert len(found) == 3
    stance = next(p for p in content["errors"] if p["found"] == "critcal")
    assert stance["nearest"] == "Critical"
    assert stance["row"] == 2
    assert stance["file"] == "mapping/returns.xlsx"
    table = workbook("check", "ws", cwd=tmp_path).stdout
    assert "critcal" in table and "Constructive; Critical; Neutral" in table and "soon" in table


def test_check_says_what_was_read_when_all_is_well(tmp_path):
    make_workspace(tmp_path / "ws", {"activities": [activity("ke", "Talks", "China House")]})
    done = workbook("check", "ws", cwd=tmp_path)
    assert done.returncode == 0
    assert "What was read" in done.stdout
    assert "3" in done.stdout
    assert RETURNS[0]["returned_date"] in done.stdout


def test_new_check_and_forms_from_an_empty_folder(tmp_path):
    made = workbook("new", "acme", "--name", "Acme International", "--cycle", "2026", cwd=tmp_path)
    assert made.returncode == 0
    assert "mapping.xlsx" in made.stdout
    none_listed = workbook("forms", "acme", cwd=tmp_path)
    assert none_listed.returncode == 1
    assert "No office is listed yet" in none_listed.stderr


def test_a_strict_run_on_wrong_inputs_says_what_to_mend_and_writes_nothing(tmp_path):
    make_workspace(tmp_path / "ws", {"activities": [activity("ke", "T", "C", stance="critcal")]})
    done = workbook("run", "ws", "--strict", cwd=tmp_path)
    assert done.returncode == 1
    assert "critcal" in done.stdout + done.stderr
    assert not (tmp_path / "ws/2026/outputs").exists()


def test_an_unknown_edition_or_chapter_is_named(tmp_path):
    make_workspace(tmp_path / "ws", {})
    assert "leaders" in workbook("run", "ws", "--edition", "leader", cwd=tmp_path).stderr
    assert "01_internal_mapping" in workbook("run", "ws", "--only", "99", cwd=tmp_path).stderr


def test_a_full_disk_is_one_clear_sentence(monkeypatch, capsys):
    def full():
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(commands, "app", full)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 1
    assert "the disk is full; make room and run the command again" in capsys.readouterr().err


def test_another_error_of_the_system_is_not_taken_for_a_full_disk(monkeypatch):
    def broken():
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(commands, "app", broken)
    with pytest.raises(OSError, match="Input/output"):
        cli.main()
