"""Runs that are stopped: no process stays behind, no half edition either."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
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
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import conftest
from strategy_lib.running import run, workers
from strategy_lib.workspace import open_workspace
conftest.use_small_chapters(Path(sys.argv[2]), setattr)
if sys.argv[4] == "plain":
    workers.can_fork = lambda: False
run(open_workspace(sys.argv[3]), chapters=["01"])"""


@pytest.mark.skipif(sys.platform != "linux", reason="needs a fork, and to watch processes")
@pytest.mark.parametrize(
    ("kind", "end"),
    [("forked", signal.SIGKILL), ("forked", signal.SIGINT), ("plain", signal.SIGKILL)],
)
def test_no_process_outlives_a_run_that_is_stopped(house, kind, end):
    run(house.workspace, chapters=["01"])
    before = house.pages()
    house.chapter(FIRST, WAIT)
    alive = house.root / "alive"
    os.mkfifo(alive)
    here, places = str(Path(__file__).parent), (str(house.bundled), str(house.root))
    owner = subprocess.Popen(
        [sys.executable, "-c", STUBBED_RUN, here, *places, kind], stderr=subprocess.DEVNULL
    )
    with alive.open() as pipe:
        parent = int(pipe.readline())
        watched = os.pidfd_open(parent)
        os.kill(owner.pid, end)
        assert pipe.read() == ""  # comes to its end when the kernel is gone
    assert owner.wait() == -end
    assert select.select([watched], [], [], 30)[0]
    os.close(watched)
    assert house.pages() == before

    house.chapter(FIRST)
    alive.unlink()
    run(house.workspace, chapters=["01"])
    assert house.pages()[f"{FIRST}.html"] == before[f"{FIRST}.html"]
    assert not (house.cycle.root / ".making").exists()
