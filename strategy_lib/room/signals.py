"""Telling pages that something changed: they ask with the version that they know, and wait."""

from __future__ import annotations

import asyncio
from contextlib import suppress


class Signal:
    """A number that grows, and those who wait for it."""

    def __init__(self) -> None:
        self.version = 1
        self._changed = asyncio.Event()

    def step(self) -> None:
        """Let all who wait go on."""
        self.version += 1
        old, self._changed = self._changed, asyncio.Event()
        old.set()

    async def after(self, version: int, seconds: float) -> bool:
        """Wait until the version is another one; whether it is."""
        if version == self.version:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), seconds)
        return version != self.version


class Seldom:
    """Passes a change on at most once in so many seconds: many answers are one change."""

    def __init__(self, signal: Signal, seconds: float) -> None:
        self._signal = signal
        self._seconds = seconds
        self._planned: asyncio.TimerHandle | None = None

    def step(self) -> None:
        """Something changed: it is told now, or with what changes until then."""
        if self._planned is None:
            loop = asyncio.get_running_loop()
            self._planned = loop.call_later(self._seconds, self._tell)

    def _tell(self) -> None:
        self._planned = None
        self._signal.step()
