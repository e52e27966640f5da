"""What all tests share: the repository on the path, quiet libraries, no colours."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest

os.environ.setdefault("NO_COLOR", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))


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
