"""The room itself: what it knows, what it does when time passes, and how it begins again."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from itertools import count
from typing import Any

from strategy_lib.core.errors import StrategyError
from strategy_lib.core.workspace import Cycle
from strategy_lib.inputs.entries.entry import (
    FACILITATOR,
    Asked,
    Entry,
    EntryLog,
    EntryReader,
    local_now,
    new_session,
)
from strategy_lib.inputs.records import Converters
from strategy_lib.judgements.receipts import closed_blocks
from strategy_lib.room.analysis.process import (
    Analyst,
    Prepared,
    futures,
    prepare,
    spread,
    warm,
)
from strategy_lib.room.book import Book
from strategy_lib.room.counts import Counts
from strategy_lib.room.ends import Ends
from strategy_lib.room.journal import Journal
from strategy_lib.room.pairing import Pairing
from strategy_lib.room.power import has_mains
from strategy_lib.room.refusals import saying
from strategy_lib.room.restoring import late_answers, restore
from strategy_lib.room.shown import Shown
from strategy_lib.room.signals import Seldom, Signal
from strategy_lib.room.state import CLOSING, Asking, State, plain_asking
from strategy_lib.room.writer import Writer
from strategy_lib.schema.schema import table_schema

FOLDER = "room"
# Seconds after which the host is told of answers, and phones of how many have finished.
_HOST_TOLD, _PHONES_TOLD, _LOOKED = 0.5, 3.0, 1.0
# Seconds between two looks after which the laptop must have slept.
_ASLEEP = 30.0
_READ_EVERY, _POWER_EVERY = 5, 30
_MINUTES_KEPT = 200


class Room:
    """One cycle's room.

    Parameters
    ----------
    cycle : Cycle
    clock : callable
        Gives the time with its offset; what lasts is measured by a clock that is never set back.
    analyst : optional
        What reads and analyses; else a process of its own.
    """

    def __init__(
        self,
        cycle: Cycle,
        clock: Callable[[], datetime] = local_now,
        analyst: Analyst | None = None,
    ) -> None:
        self.cycle = cycle
        self.clock = clock
        self.state = State()
        self.pairing = Pairing()
        self.ends = Ends()
        self.shown = Shown()
        self.phones, self.host = Signal(), Signal()
        self.minutes: list[dict[str, Any]] = []
        self.seen: dict[str, float] = {}
        self.unsaved, self.on_battery = "", False
        self.late: dict[tuple[str, str], Any] = {}
        self.in_flight: dict[tuple[str, str], asyncio.Future[Any]] = {}
        self.analyst = analyst or Analyst(cycle)
        self.journal = Journal(cycle.root / ".cache" / FOLDER)
        settings = cycle.workspace.settings
        converters = Converters(settings.language, settings.place_names)
        log = EntryLog(cycle.inputs, new_session(clock()), clock, converters)
        self.book = Book(log, EntryReader(cycle.inputs, converters))
        self.counts = Counts(self.state, self.book, self.pairing)
        self.prepared: Prepared
        self.units: dict[str, str] = {}
        self.writer: Writer
        self.is_ended = asyncio.Event()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._closing: asyncio.Task[None] | None = None

    async def begin(self) -> None:
        """Read the cycle, take over what an earlier start left, and begin to look around.

        Raises
        ------
        StrategyError
            If the inputs cannot be used.
        """
        self.writer = Writer(self.book.log)
        await self._prepare()
        self.book.reread()
        self.host_later = Seldom(self.host, _HOST_TOLD)
        self.phones_later = Seldom(self.phones, _PHONES_TOLD)
        must_close = restore(self.journal.lines(), self.state, self.pairing, self.ends, self.book)
        self.late = late_answers(self.state.past.values(), self.book)
        self.note("begun")
        if must_close:
            await self.close()
        elif self.state.phase == "closed" and self.state.asking is not None:
            await self._show(self.state.asking)
        self.spawn(self._look_around())

    async def _prepare(self) -> None:
        self.prepared = await asyncio.to_thread(self.analyst.ask, prepare)
        self.book.offices |= self.prepared.people
        self.state.blocks = {block.id: block for block in self.prepared.blocks}
        self.state.read, self.state.language = self.prepared.read, self.prepared.language

    async def _prepare_again(self) -> None:
        """Ask also about what was listed or named since, such as a future."""
        with suppress(StrategyError):
            await self._prepare()
            self.host.step()

    def spawn(self, work: Any) -> asyncio.Task[Any]:
        """Do something meanwhile."""
        task: asyncio.Task[Any] = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def end(self) -> None:
        """Write what waits, and let everything go."""
        for task in list(self._tasks):
            task.cancel()
        await self.writer.end()
        self.analyst.end()
        self.journal.close()

    def note(self, what: str, **args: Any) -> None:
        """A line of the minutes that the facilitator sees as they are written, in the page's words."""
        self.minutes.insert(
            0, {"time": f"{self.clock():%H:%M:%S}", **saying(f"h.n.{what}", **args)}
        )
        del self.minutes[_MINUTES_KEPT:]

    def changed(self) -> None:
        """Everybody is told now."""
        self.counts.clear()
        self.state.step()
        self.phones.step()
        self.host.step()

    def heard(self, who: str) -> None:
        """A phone asked for something."""
        self.seen[who] = time.monotonic()

    async def write(self, asked: Sequence[Asked], *, is_late: bool = False) -> list[Entry]:
        """Write entries; all are on the disk when this returns.

        Raises
        ------
        InputError
            If a value cannot be used.
        WorkspaceError
            If it could not be written.
        """
        written = await self.writer.write(asked)
        entries = [one for one in written if isinstance(one, Entry)]
        self.book.note(entries, is_late=is_late)
        self.counts.changed(str(entry.row.get("assessor_id")) for entry in entries)
        errors = [one for one in written if isinstance(one, StrategyError)]
        if errors:
            raise errors[0]
        if entries:
            self.unsaved = ""
        return entries

    async def open(self, asking: Asking) -> None:
        """Open what was chosen.

        Raises
        ------
        Refused
            If the tables do not agree.
        """
        await self.look()
        rounds = self.state.rounds_of(asking.block, self.book.entries.rounds, asking.rounds)
        self._open(asking, rounds)
        self.shown = Shown()
        self.note("opened", round=asking.number, tables=self.titles(asking))
        self.changed()

    def _open(self, asking: Asking, rounds: dict[str, int]) -> None:
        now = self.clock()
        key = self.state.next_key(asking.block.id)
        facts = plain_asking(asking) | {"key": key, "rounds": rounds}
        self.journal.write("opened", now, **facts)
        self.state.opened(key, rounds, now)

    async def second(self, names: list[str]) -> None:
        """Ask some questions once more, in the second round.

        Raises
        ------
        Refused
            If none is left, or a panel has moved a table.
        """
        before = self.state.need("closed")
        asked = [name for name in before.asked if name in set(names)]
        tables = before.block.tables_of(asked)
        await self.look()
        rounds = self.state.rounds_of(before.block, self.book.entries.rounds, tables)
        asking = Asking(before.block, "", asked, rounds, minutes=before.minutes)
        self.state.asking = asking
        earlier = self.shown.spread
        self._open(asking, rounds)
        self.shown = Shown(earlier=earlier)
        self.note("second", n=len(asked), tables=self.titles(asking))
        self.changed()

    def titles(self, asking: Asking) -> str:
        """Tables of what is asked, in words."""
        language = self.prepared.language
        return ", ".join(table_schema(table).title(language) for table in asking.rounds)

    def begin_closing(self) -> None:
        """Phones send what they hold; then the round is closed."""
        self.state.need("open")
        self.state.phase = "closing"
        self.state.closes_at = time.monotonic() + CLOSING
        self._closing = self.spawn(self._close_later())
        self.spawn(asyncio.to_thread(self._warm))
        self.changed()

    def _warm(self) -> None:
        self.book.read()
        with suppress(StrategyError):
            self.analyst.ask(warm)

    async def _close_later(self) -> None:
        await asyncio.sleep(CLOSING)
        await self.close()

    def keep_open(self) -> None:
        """Do not close after all."""
        self.state.need("closing")
        if self._closing is not None:
            self._closing.cancel()
        self.state.phase, self.state.closes_at = "open", None
        self.changed()

    async def close(self) -> None:
        """Close the round of every table that is asked, and show what it came to."""
        asking = self.state.need("closing", "open")
        self.state.phase, self.state.closes_at = "closed", None
        try:
            self.journal.write("closing", self.clock(), key=asking.key)
            await self.write(self.closings(asking))
        except StrategyError as error:
            self.state.phase = "open"
            self.note("notclosed", why=str(error))
            self.changed()
            return
        asking.closed = self.clock()
        self.journal.write("closed", asking.closed, key=asking.key)
        self.note("closed", round=asking.number, tables=self.titles(asking))
        self.changed()
        await self._show(asking)

    def closings(self, asking: Asking, kind: Any = "close_round") -> list[Asked]:
        """Entries that close (or open again) what is asked, a table and part each."""
        marks = {"block": asking.key} if kind == "close_round" else {}
        return [
            Asked(table, {**part, "round": number}, FACILITATOR, kind, marks=marks)
            for table, number in asking.rounds.items()
            for part in asking.block.parts[table]
        ]

    async def _show(self, asking: Asking) -> None:
        """Make the receipts, then the spread, then the futures; each is shown as it comes."""
        await self.look(is_forced=True)
        # A panel may have closed it a moment before: what came since was kept, and does not count.
        self.late |= late_answers([asking], self.book)
        found = {one.block: one for one in closed_blocks(self.book.entries)}
        closed = found.get(asking.key)
        shown = Shown(closed, closed.receipts(self.cycle.year) if closed else {})
        shown.earlier = self.shown.earlier
        self.shown = shown
        if closed is not None:
            self.note("receipts", n=len(shown.receipts))
        try:
            told = await asyncio.to_thread(
                self.analyst.ask, spread, asking.block.id, asking.asked, asking.rounds
            )
            shown.spread = told["spread"]
            self.ends.take(asking.key, told["ends"])
            self.state.view = "spread" if asking.number == 1 else "movement"
            self.changed()
            if "cross_impacts" in asking.rounds:
                number = asking.rounds["cross_impacts"]
                shown.futures = await asyncio.to_thread(self.analyst.ask, futures, number)
        except StrategyError as error:
            self.note("notshown", why=str(error))
        self.changed()

    async def reopen(self) -> None:
        """Open again what was closed last; it is in the minutes."""
        asking = self.state.need("closed")
        await self.write(self.closings(asking, "open_round"))
        self.journal.write("reopened", self.clock(), key=asking.key)
        self.state.phase, asking.closed = "open", None
        self.shown = Shown(earlier=self.shown.earlier)
        self.ends.forget(asking.key)
        self.late.clear()
        self.note("reopened", round=asking.number, tables=self.titles(asking))
        await self.look(is_forced=True)
        self.state.view = "question"
        self.changed()

    def next_block(self) -> None:
        """Go on to another block."""
        self.state.need("closed")
        self.journal.write("draft", self.clock())
        self.state.phase, self.state.asking = "draft", None
        self.state.view = "join"
        self.shown = Shown()
        self.spawn(self._prepare_again())
        self.changed()

    async def look(self, *, is_forced: bool = False) -> None:
        """Read what panels have entered since."""
        if is_forced or self.book.has_others():
            self.book.mark_others()
            self.book.take(await self.writer.between(self.book.read))
            self.counts.clear()
            self.host_later.step()

    async def _look_around(self) -> None:
        """Now and then: see what panels did, and read what was entered so that closing need not."""
        last = self.clock(), time.monotonic()
        for turn in count(1):
            await asyncio.sleep(_LOOKED)
            last = self._woken(*last)
            with suppress(StrategyError, OSError):
                await self.look()
                if turn % _POWER_EVERY == 1:
                    self.on_battery = not await asyncio.to_thread(has_mains)
                if turn % _READ_EVERY == 0:
                    await asyncio.to_thread(self.book.read)
                asking = self.state.asking
                if self.state.phase == "open" and asking is not None and self._is_moved(asking):
                    self.note("moved", tables=self.titles(asking))
                    await self.close()

    def _woken(self, wall: datetime, steady: float) -> tuple[datetime, float]:
        """Tell the facilitator of a lid that was closed, and of a clock that was moved."""
        now = self.clock(), time.monotonic()
        # The steady clock stands still while some computers sleep, and goes on on others.
        passed = max((now[0] - wall).total_seconds(), now[1] - steady)
        if passed > _ASLEEP:
            self.note("slept", n=max(1, round(passed / 60)))
            self.changed()
        elif (now[0] - wall).total_seconds() < -_ASLEEP:
            self.note("setback")
        return now

    def _is_moved(self, asking: Asking) -> bool:
        rounds = self.book.entries.rounds
        return any(
            rounds.closed_by(table, {**part, "round": number}) is not None
            for table, number in asking.rounds.items()
            for part in asking.block.parts[table]
        )
