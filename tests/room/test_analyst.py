"""The process beside the room ends with it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BEGIN = """
import sys
from strategy_lib.core.workspace import open_workspace
from strategy_lib.room.analysis.process import Analyst

def ready(root, year):
    return "ready"

if __name__ == "__main__":
    analyst = Analyst(open_workspace(sys.argv[1]).cycle())
    print(analyst.ask(ready), flush=True)
    sys.stdin.read()
"""


def test_ends_when_the_room_is_killed(place, tmp_path):
    script = tmp_path / "room_that_is_killed.py"
    script.write_text(BEGIN, encoding="utf-8")
    room = subprocess.Popen(
        [sys.executable, str(script), str(place.root)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert room.stdout.readline().strip() == "ready"
    room.kill()
    # The process beside it holds the other end of this pipe for as long as it lives.
    assert room.communicate(timeout=60) == ("", None)
