"""What all tests share: the repository on the path, quiet libraries, no colours."""

from __future__ import annotations

import asyncio
import compileall
import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
os.environ.setdefault("NO_COLOR", "1")
sys.path.insert(0, str(ROOT))
# Tests start some hundred processes: what they import is compiled once, and not by each of them.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False


def pytest_configure(config):
    if not hasattr(config, "workerinput"):
        compileall.compile_dir(str(ROOT / "strategy_lib"), quiet=2)


@pytest.fixture(autouse=True)
def no_event_loop_of_others(request):
    """A browser test in the same process leaves its event loop running; a panel sees none."""
    if request.node.get_closest_marker("browser"):
        yield
        return
    left = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(left)
