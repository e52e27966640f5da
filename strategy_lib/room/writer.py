"""All that waits to be written goes to the disk together, in the order in which it came."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from strategy_lib.core.errors import StrategyError, WorkspaceError
from strategy_lib.inputs.entries.entry import Asked, Entry, EntryLog

_MOST = 500
_T = TypeVar("_T")
Written = list[Entry | StrategyError]


class Writer:
    """One thread that writes, and a queue before it.

    Attributes
    ----------
    milliseconds : float
        How long the last write took.
    """

    def __init__(self, log: EntryLog) -> None:
        self.log = log
        self.milliseconds = 0.0
        self._queue: asyncio.Queue[tuple[Sequence[Asked], asyncio.Future[Written]]]
        self._queue = asyncio.Queue()
        self._thread = ThreadPoolExecutor(1, "room-writer")
        self._task = asyncio.get_running_loop().create_task(self._run())

    async def write(self, asked: Sequence[Asked]) -> Written:
        """Write some entries with whatever else waits; returns when they are on the disk."""
        future: asyncio.Future[Written] = asyncio.get_running_loop().create_future()
        self._queue.put_nowait((asked, future))
        return await future

    async def between(self, task: Callable[[], _T]) -> _T:
        """Do something while nothing is written."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, task)

    async def _run(self) -> None:
        while True:
            batch = [await self._queue.get()]
            while not self._queue.empty() and len(batch) < _MOST:
                batch.append(self._queue.get_nowait())
            asked = [one for entries, _ in batch for one in entries]
            begun = time.perf_counter()
            try:
                written = await self.between(lambda asked=asked: self.log.append_many(asked))  # type: ignore[misc]
            except Exception as error:  # whoever waits must be told, whatever it was
                written = [WorkspaceError(f"Not saved: {error}")] * len(asked)
            self.milliseconds = 1000 * (time.perf_counter() - begun)
            first = 0
            for entries, future in batch:
                if not future.done():
                    future.set_result(written[first : first + len(entries)])
                first += len(entries)

    async def end(self) -> None:
        """Write what waits, and stop."""
        while not self._queue.empty():
            await asyncio.sleep(0.01)
        self._task.cancel()
        self._thread.shutdown()
