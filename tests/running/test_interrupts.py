"""Runs that are stopped: no process stays behind, no half edition either."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from strategy_lib.running import run

from .conftest import FIRST

# Says who its parent is, and keeps the pipe open for as long as it lives.
WAIT = """\
pipe = open(Path(workspace) / "alive", "w")
print(os.getppid(), file=pipe, flush=True)
import threading
threading.Event().wait()"""
STUBBED_RUN = """\
import signal
import sys
# A job in the background may have been told to pass over Ctrl-C, and its children with it.
signal.signal(signal.SIGINT, signal.default_int_handler)
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import conftest
from strategy_lib.running import executor, run
from strategy_lib.core.workspace import open_workspace
conftest.use_small_chapters(Path(sys.argv[2]), setattr)
executor.start_method = lambda: sys.argv[4]
run(open_workspace(sys.argv[3]), chapters=["01"])"""


@pytest.fixture
def waiting(house, monkeypatch):
    """A house whose first chapter waits for ever, and a folder for what a killed run leaves."""
    house.chapter(FIRST, WAIT)
    os.mkfifo(house.root / "alive")
    with tempfile.TemporaryDirectory(prefix="w") as folder:
        monkeypatch.setenv("TMPDIR", folder)
        yield house


def _stop(house, kind: str, end: signal.Signals) -> None:
    """Start a run, stop it while its chapter waits, and see that all its processes end."""
    here, places = str(Path(__file__).parent), (str(house.bundled), str(house.root))
    owner = subprocess.Popen(
        [sys.executable, "-c", STUBBED_RUN, here, *places, kind], stderr=subprocess.DEVNULL
    )
    with (house.root / "alive").open() as pipe:
        parent = os.pidfd_open(int(pipe.readline()))
        os.kill(owner.pid, end)
        assert pipe.read() == ""  # comes to its end when the kernel is gone
    assert owner.wait() == -end
    assert select.select([parent], [], [], 30)[0]
    os.close(parent)


linux = pytest.mark.skipif(sys.platform != "linux", reason="needs a fork, and to watch processes")


@linux
@pytest.mark.parametrize(
    ("kind", "end"), [("forkserver", signal.SIGINT), ("spawn", signal.SIGKILL)]
)
def test_no_process_outlives_a_run_that_is_stopped(waiting, kind, end):
    _stop(waiting, kind, end)
    assert not list(waiting.cycle.logs("core").glob("*"))


@linux
def test_a_killed_run_leaves_the_last_edition_and_the_next_one_clears_up(waiting):
    notebook = waiting.chapter(FIRST)
    content = notebook.read_bytes()
    run(waiting.workspace, chapters=["01"])
    before = waiting.pages()
    waiting.chapter(FIRST, WAIT)
    _stop(waiting, "forkserver", signal.SIGKILL)
    assert waiting.pages() == before
    assert (waiting.cycle.root / ".making" / "core").exists()
    notebook.write_bytes(content)
    assert run(waiting.workspace, chapters=["01"]).editions[0].state == "fresh"
    assert not (waiting.cycle.root / ".making").exists()
    assert waiting.pages() == before
