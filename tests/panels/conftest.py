"""Panels here are driven without a kernel: what rests is saved at once, whatever ran before."""

from __future__ import annotations

import asyncio

import pytest


@pytest.fixture(autouse=True)
def no_event_loop_of_others():
    """A browser test in the same process leaves its event loop running; here none runs."""
    left = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(left)
