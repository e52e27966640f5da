"""What all tests share: the repository on the path, quiet libraries, no colours, few processes."""

from __future__ import annotations

import asyncio
import compileall
import os
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent
os.environ.setdefault("NO_COLOR", "1")
sys.path.insert(0, str(ROOT))
# Tests start some hundred processes: what they import is compiled once, and not by each of them.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False


def pytest_configure(config):
    if not hasattr(config, "workerinput"):
        compileall.compile_dir(str(ROOT / "strategy_lib"), quiet=2)
    from strategy_lib.editions import snapshot

    config.by_a_child, snapshot._made_by_a_child = snapshot._made_by_a_child, made_here


def pytest_ignore_collect(collection_path):
    """Of the library, only modules with examples hold tests: to import the others takes seconds."""
    if collection_path.suffix == ".py" and collection_path.is_relative_to(ROOT / "strategy_lib"):
        return b">>> " not in collection_path.read_bytes() or None
    return None


def made_here(*told: str) -> tuple[int, str, str]:
    """What the child does that makes a snapshot, without the seconds that it takes to begin."""
    from strategy_lib.editions.make_snapshot import main

    with redirect_stdout(StringIO()) as printed, redirect_stderr(StringIO()) as refused:
        code = main(*told)
    return code, printed.getvalue().strip(), refused.getvalue().strip()


@pytest.fixture
def snapshots_by_a_child(monkeypatch, pytestconfig):
    """As users have it: a process of its own reads what an edition withholds."""
    by_a_child = pytestconfig.by_a_child
    monkeypatch.setattr("strategy_lib.editions.snapshot._made_by_a_child", by_a_child)


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
