"""Several organisations in one command: none meets another, and one that fails stops none."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from strategy_lib.running.several import run_several
from tests.workspaces import activity, make_workspace

# Notes, in every Python process of a run, which files of the organisations it opens.
WATCHER = """\
import os, sys
log, watched = os.open(os.environ["WATCH_LOG"], os.O_WRONLY | os.O_APPEND), os.environ["WATCHED"]
def watch(event, args):
    if event in ("open", "os.listdir", "os.scandir") and watched in str(args[0]):
        os.write(log, f"{os.getpid()} {args[0]}\\n".encode())
sys.addaudithook(watch)
"""
QUICK = {"editions": ["core"], "chapters": ["01"], "formats": []}


@pytest.fixture
def organisations(tmp_path) -> list[Path]:
    """Two organisations that have sent something."""
    sent = {"activities": [activity("ke", "Training", "Ministry of Commerce")]}
    return [make_workspace(tmp_path / "all" / name, sent).root for name in ("a", "b")]


def test_no_process_opens_the_folders_of_two_organisations(organisations, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(WATCHER)
    log = tmp_path / "opened.log"
    log.touch()
    told = {"PYTHONPATH": str(tmp_path), "WATCH_LOG": str(log), "WATCHED": str(tmp_path / "all")}
    command = [sys.executable, "-m", "strategy_lib.cli", "run", *map(str, organisations)]
    options = ["--edition", "core", "--only", "01", "--pages-only", "--json"]
    done = subprocess.run(
        [*command, *options], env=os.environ | told, capture_output=True, text=True, check=True
    )
    outcomes = json.loads(done.stdout)
    assert [outcome["state"] for outcome in outcomes] == ["made", "made"]
    assert "1 of 2" in done.stderr and "2 of 2" in done.stderr
    opened = defaultdict(set)
    for line in log.read_text().splitlines():
        pid, _, path = line.partition(" ")
        opened[pid].add(Path(path).relative_to(tmp_path / "all").parts[0])
    assert {"a"} in opened.values() and {"b"} in opened.values()
    assert all(len(folders) == 1 for folders in opened.values())


def test_one_that_fails_stops_none_and_what_was_made_is_left(organisations, tmp_path):
    told = []
    asked = [organisations[0], tmp_path / "absent", organisations[0]]
    first, absent = run_several(asked, QUICK, tell=told.append)
    assert (first.state, absent.state, len(told)) == ("made", "failed", 2)
    assert "There is no folder" in absent.lines[0]
    assert Path(first.indexes[0]).is_file()
    with ThreadPoolExecutor(2) as executor:
        again = run_several(organisations, QUICK, executor)
    assert [outcome.state for outcome in again] == ["unchanged", "made"]


def test_one_whose_process_is_killed_is_told(organisations, monkeypatch):
    begin = subprocess.Popen

    def killed(*args, **kwargs):
        process = begin(*args, **kwargs)
        process.send_signal(signal.SIGKILL)
        process.wait()
        return process

    monkeypatch.setattr(subprocess, "Popen", killed)
    (outcome,) = run_several(organisations[:1], QUICK)
    assert outcome.state == "failed"
    assert "run again to go on where it stopped" in outcome.lines[0]
