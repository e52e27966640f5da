"""A workspace with a snapshot, made once; each test has a copy of it."""

from __future__ import annotations

import asyncio
import inspect

import pytest

from strategy_lib.editions.snapshot import ensure_snapshot
from strategy_lib.room import room
from strategy_lib.room.analysis import process
from tests.room.rooms import Place
from tests.widgets.room import make_room

PEOPLE = [
    {"assessor_id": f"A{n:02d}", "unit_id": unit}
    for n, unit in enumerate(("hq", "ke", "kh", "zm", "hq"), 1)
]


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem):
    """Run a test that is a coroutine in a loop of its own."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    given = {
        name: pyfuncitem.funcargs[name] for name in inspect.signature(pyfuncitem.obj).parameters
    }
    asyncio.run(pyfuncitem.obj(**given))
    return True


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    workspace = make_room(tmp_path_factory.mktemp("room"), assessors=PEOPLE)
    ensure_snapshot(workspace.root, 2026, "core")
    return workspace.root


@pytest.fixture
def place(template, tmp_path, monkeypatch):
    made = Place(template, tmp_path)
    # It is made in a process of its own, which takes seconds, and nothing that it reads changes.
    monkeypatch.setattr(process, "ensure_snapshot", lambda *_: made.cycle.snapshot("core"))
    monkeypatch.setattr(process, "_HELD", {})
    # A test says when the room looks at what panels wrote.
    monkeypatch.setattr(room, "_LOOKED", 3600)
    return made
