"""Processes of a run: one for each task, whichever way they are started; none is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from strategy_lib.core.atomic import held
from strategy_lib.core.errors import ChapterError, InputError, WorkspaceError
from strategy_lib.running import LOCK_FILE, executor, run
from strategy_lib.running.executor import ProcessEachExecutor, WorkerError
from strategy_lib.running.workers import Workers


@pytest.fixture(params=["forkserver", "spawn"])
def way(request, monkeypatch, house):
    """Both ways in which a task gets its process."""
    if request.param == "forkserver" and sys.platform != "linux":
        pytest.skip("nothing is forked on this system")
    monkeypatch.setattr(executor, "start_method", lambda: request.param)
    return request.param


def nothing() -> None:
    """What a process does before its task."""


def test_each_task_has_a_process_and_an_environment_of_its_own(way):
    told = os.environ | {"WORKBOOK_TEST": "told", "PYTHONHASHSEED": "0"}
    with ProcessEachExecutor(told, os.getpid) as processes:
        tasks = [processes.submit(os.getpid) for _ in range(3)]
        assert len({os.getpid(), *(task.result() for task in tasks)}) == 4
        assert processes.submit(os.getenv, "WORKBOOK_TEST").result() == "told"
        assert processes.submit(hash, "a").result() == processes.submit(hash, "a").result()
    assert "WORKBOOK_TEST" not in os.environ


def test_one_that_is_killed_fails_alone_and_errors_come_back(way):
    with ProcessEachExecutor(os.environ, os.getpid) as processes:
        killed = processes.submit(signal.raise_signal, signal.SIGKILL)
        others = [processes.submit(divmod, n, 2) for n in range(3)]
        with pytest.raises(WorkerError, match="ended by itself"):
            killed.result()
        assert [other.result() for other in others] == [(0, 0), (0, 1), (1, 0)]
        refused = (
            "from strategy_lib.core.errors import ChapterError\nraise ChapterError('No', 'log')"
        )
        for code, error, words in (
            ("1 / 0", WorkerError, "ZeroDivisionError"),
            ("class E(Exception): ...\nraise E('only here')", WorkerError, "only here"),
            (refused, ChapterError, "^No$"),
        ):
            with pytest.raises(error, match=words) as caught:
                processes.submit(exec, code).result()
        assert caught.value.log == "log"
        with pytest.raises(WorkerError, match="PicklingError"):
            processes.submit(eval, "lambda: 1").result()
    with pytest.raises(WorkerError, match="shut down"):
        processes.submit(divmod, 1, 1).result()


def test_a_call_gives_its_value_or_its_error(way, tmp_path):
    step = "strategy_lib.running.steps:read_and_restrict"
    asked = {"root": str(tmp_path / "acme"), "year": 2026, "day": date(2026, 11, 1)}
    asked |= {"editions": [], "made_with": "", "fresh": False, "strict": False}
    with Workers() as run_workers:
        told = run_workers.call(step, **asked)
        assert told == {"warnings": 0, "broken": {}, "withheld": [], "set_aside": []}
        (tmp_path / "acme/2026/inputs/mapping/kenya.json").write_text('[{"title": "wrong"}]')
        with pytest.raises(InputError, match="have 1 line to mend") as caught:
            run_workers.call(step, **(asked | {"strict": True}))
        assert [problem.row for problem in caught.value.problems] == [4]
        with pytest.raises(WorkerError, match="no attribute") as broken:
            run_workers.call("json:absent")
        assert "Traceback" in broken.value.trace
        with pytest.raises(WorkerError, match="ended by itself"):
            run_workers.call("os:_exit", status=3)
        folder = run_workers.folder
        assert Path(run_workers.call("os:getcwd")) == folder.resolve()
        assert folder.stat().st_mode & 0o077 == 0 or os.name == "nt"
    assert not folder.exists()
    with pytest.raises(WorkerError, match="shut down"):
        run_workers.call(step, **asked)


def test_both_ways_make_the_same_pages(house, monkeypatch):
    with monkeypatch.context() as patches:
        patches.setattr(executor, "start_method", lambda: "spawn")
        assert not run(house.workspace, chapters=["01"]).failed
    started = house.pages()
    assert not run(house.workspace, chapters=["01"], fresh=True).failed
    assert house.pages() == started


def test_two_runs_do_not_meet(house):
    with (
        held(house.root / LOCK_FILE),
        pytest.raises(WorkspaceError, match=r"Another run \(process \d+\) is working"),
    ):
        run(house.workspace)
    (house.root / LOCK_FILE).write_text("999999")  # left by a process that is gone
    assert run(house.workspace, editions=["public"], chapters=["02"]).editions[0].state == "empty"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pipe with a name")
def test_what_a_task_has_started_ends_with_it(house, tmp_path):
    pipe = tmp_path / "alive"
    os.mkfifo(pipe)
    # The grandchild keeps the pipe open for as long as it lives, which is for ever.
    command = ["sh", "-c", f"exec 3>{pipe}; echo $$ >&3; tail -f /dev/null"]
    with ProcessEachExecutor(os.environ, os.getpid) as processes, ThreadPoolExecutor() as pool:
        task = pool.submit(processes.submit(subprocess.call, command).exception)
        with pipe.open() as alive:
            assert alive.readline().strip().isdigit()
            processes.shutdown()
            assert alive.read() == ""
        assert isinstance(task.result(), WorkerError)
