"""Processes of a run: forked or started, asked in JSON, never left behind."""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from strategy_lib.core.atomic import held
from strategy_lib.core.errors import InputError, WorkspaceError
from strategy_lib.running import LOCK_FILE, execution, run, workers
from strategy_lib.running.execution import Task, execute
from strategy_lib.running.forking import side_by_side
from strategy_lib.running.workers import WorkerError, Workers

from .conftest import FIRST


@pytest.fixture(params=["forked", "started"])
def way(request, monkeypatch, house):
    """Both ways in which a step gets its process."""
    monkeypatch.setattr(workers, "can_fork", lambda: request.param == "forked")
    return request.param


def test_a_call_gives_its_value_or_its_error(way, tmp_path):
    step = "strategy_lib.running.steps:read_and_restrict"
    asked = {"root": str(tmp_path / "acme"), "year": 2026, "as_of": "2026-11-01"}
    with Workers() as run_workers:
        told = run_workers.call(step, **asked, editions=[])
        assert told == {"warnings": 0, "withheld": []}
        run_workers.load(["colorsys", "there.is.no.such.module"])
        (tmp_path / "acme/2026/inputs/mapping/kenya.json").write_text('[{"title": "wrong"}]')
        with pytest.raises(InputError, match="have 1 line to mend") as caught:
            run_workers.call(step, **asked, editions=[])
        assert [problem.row for problem in caught.value.problems] == [4]
        with pytest.raises(WorkerError, match="no attribute") as broken:
            run_workers.call("json:absent")
        assert "Traceback" in broken.value.trace
        with pytest.raises(WorkerError, match="ended by itself"):
            run_workers.call("os:_exit", status=3)
        folder = run_workers.folder
        assert folder.stat().st_mode & 0o077 == 0 or os.name == "nt"
    assert not folder.exists()
    with pytest.raises(WorkerError, match="ended by itself"):
        run_workers.call(step, **asked, editions=[])


def test_forked_and_plain_kernels_make_the_same_pages(house, monkeypatch):
    with monkeypatch.context() as patches:
        patches.setattr(workers, "can_fork", lambda: False)
        assert not run(house.workspace, chapters=["01"]).failed
    plain = house.pages()
    assert not run(house.workspace, chapters=["01"], fresh=True).failed
    assert house.pages() == plain


class _NeverBegins:
    """A forked kernel that is no use."""

    def begin(self, arguments, environment, cwd):
        raise OSError("no fork today")


def _task(house, tmp_path) -> Task:
    told = {"workspace": "", "cycle": 2026, "edition": "core", "as_of": "2026-11-01"}
    notebook = house.chapter(FIRST, "raise SystemError('it began')")
    return Task(FIRST, "core", str(notebook), told, {}, str(tmp_path), 60.0)


def test_a_kernel_that_cannot_be_forked_is_started(house, tmp_path):
    witness = execute(_task(house, tmp_path), _NeverBegins())
    assert witness.has_started
    assert "started twice; the first time: OSError('no fork today')" in witness.notes[0]


def test_a_kernel_that_never_starts_is_a_failure_with_words(house, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "executable", str(Path(tmp_path, "absent")))
    task = _task(house, tmp_path)
    witness = execute(task, _NeverBegins())
    assert not witness.has_started
    cause = execution.cause(task, witness)
    assert cause.startswith("failed:\n  its process did not start")
    assert "started twice" in execution.log_text(task, witness)


def test_two_runs_do_not_meet(house):
    with (
        held(house.root / LOCK_FILE),
        pytest.raises(WorkspaceError, match=r"Another run \(process \d+\) is working"),
    ):
        run(house.workspace)
    (house.root / LOCK_FILE).write_text("999999")  # left by a process that is gone
    assert run(house.workspace, editions=["public"], chapters=["02"]).editions[0].state == "empty"


@pytest.mark.skipif(sys.platform != "linux", reason="needs a fork")
def test_what_a_step_has_started_ends_with_it(house, tmp_path):
    pipe = tmp_path / "alive"
    os.mkfifo(pipe)
    # The grandchild keeps the pipe open for as long as it lives, which is for ever.
    command = ["sh", "-c", f"exec 3>{pipe}; echo $$ >&3; tail -f /dev/null"]
    with Workers() as run_workers, ThreadPoolExecutor() as pool:
        step = pool.submit(run_workers.call, "subprocess:Popen", args=command)
        with pipe.open() as alive:
            assert alive.readline().strip().isdigit()
            assert alive.read() == ""
        with pytest.raises(WorkerError):
            step.result()


@pytest.mark.skipif(not workers.can_fork(), reason="nothing is forked on this system")
def test_jobs_side_by_side_give_their_values_in_order_and_their_errors(tmp_path):
    def write(name):
        (tmp_path / name).write_text(str(os.getpid()))
        return name

    def refuse():
        raise InputError("no")

    names = ["one", "two", "three"]
    assert side_by_side([partial(write, name) for name in names]) == names
    pids = {(tmp_path / name).read_text() for name in names}
    assert len(pids) == 3 and str(os.getpid()) in pids
    assert side_by_side([]) == []
    with pytest.raises(InputError, match="no"):
        side_by_side([partial(write, "one"), refuse])
