"""The process beside the room: it alone reads what others sent and what rounds came to.

The room's own process holds the questions and what it was told to show; this one holds the core
edition's snapshot, and answers one request at a time.
"""

from __future__ import annotations

import csv
import os
import signal
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from threading import Thread
from typing import Any, TypeVar

import pandas as pd

from strategy_lib.core.errors import InputError, StrategyError
from strategy_lib.core.workspace import Cycle, open_workspace
from strategy_lib.editions.restrict import Restricted
from strategy_lib.editions.snapshot import Snapshot, ensure_snapshot, read_snapshot
from strategy_lib.inputs.entries.entry import FACILITATOR, EntryReader
from strategy_lib.room.analysis.futures import futures_of
from strategy_lib.room.analysis.spread import spreads_of
from strategy_lib.room.questions.asked import asked_first
from strategy_lib.room.questions.blocks import Block, blocks_of
from strategy_lib.widgets.overlay import overlaid
from strategy_lib.widgets.session import places_of, round_of_forms

EDITION = "core"
QUESTIONS_FILE = "questions.csv"
_T = TypeVar("_T")


@dataclass(frozen=True)
class Prepared:
    """What the room's process knows of the cycle.

    Attributes
    ----------
    blocks : tuple of Block
        What can be asked; where `forms/questions.csv` says what matters most, that comes first.
    people : mapping of str to str
        Code of an assessor -> office.
    units : mapping of str to str
        Code of an office -> name.
    read : mapping of (table, part) to int
        Highest round of the forms that were sent; parts as sorted pairs.
    """

    organisation: str
    language: str
    blocks: tuple[Block, ...]
    people: Mapping[str, str]
    units: Mapping[str, str]
    read: Mapping[tuple[str, tuple[tuple[str, str], ...]], int]


@dataclass
class _Held:
    """What this process keeps between two requests."""

    snapshot: Snapshot
    reader: EntryReader
    blocks: dict[str, Block] = field(default_factory=dict)


_HELD: dict[tuple[str, int], _Held] = {}


def prepare(root: str, year: int) -> Prepared:
    """Read what offices sent, and make the questions.

    Raises
    ------
    InputError
        If the inputs cannot be used, or the core edition withholds anything.
    """
    cycle = open_workspace(root).cycle(year)
    snapshot = read_snapshot(ensure_snapshot(root, year, EDITION))
    if not snapshot.restricted.edition.sees_everything:
        raise InputError('The edition "core" withholds rows here; the room needs all of them.')
    blocks = asked_first(blocks_of(snapshot), _asked(cycle))
    reader = EntryReader(cycle.inputs)
    _HELD[root, year] = _Held(snapshot, reader, {block.id: block for block in blocks})
    people = snapshot.restricted["assessors"].dropna(subset=["assessor_id"])
    units = snapshot.restricted["units"].dropna(subset=["unit_id"])
    return Prepared(
        organisation=snapshot.organisation,
        language=snapshot.language,
        blocks=tuple(blocks),
        people=_named(people, "assessor_id", "unit_id"),
        units=_named(units, "unit_id", "name"),
        read=_read(snapshot.restricted, blocks),
    )


def _asked(cycle: Cycle) -> list[dict[str, str]]:
    path = cycle.root / "forms" / QUESTIONS_FILE
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _shown(held: _Held, tables: Iterable[str]) -> Restricted:
    # Nobody's own judgements of an open round: the facilitator gives none.
    return overlaid(held.snapshot.restricted, held.reader.read(), tables, FACILITATOR)


def _named(frame: pd.DataFrame, key: str, name: str) -> dict[str, str]:
    rows = frame.sort_values(key).to_dict("records")
    return {str(row[key]): "" if pd.isna(row[name]) else str(row[name]) for row in rows}


def _read(
    inputs: Restricted, blocks: Sequence[Block]
) -> dict[tuple[str, tuple[tuple[str, str], ...]], int]:
    return {
        (table, tuple(sorted(part.items()))): round_of_forms(inputs[table], part)
        for block in blocks
        for table, part in places_of(block.parts)
    }


def warm(root: str, year: int) -> None:
    """Read what has been entered so far, so that less is left to read when the round is closed."""
    _held(root, year).reader.read()


def spread(
    root: str, year: int, block: str, asked: list[str], rounds: Mapping[str, int]
) -> dict[str, Any]:
    """What a closed round came to (`spreads_of`)."""
    held = _held(root, year)
    tables = dict.fromkeys(table for one in held.blocks.values() for table in one.tables)
    now = _shown(held, tables)
    return spreads_of(now, held.blocks[block], asked, rounds)


def futures(root: str, year: int, number: int) -> dict[str, Any] | None:
    """Futures that hold together after a round, and which of them did so before it."""
    now = _shown(_held(root, year), ("cross_impacts", "scenario_names"))
    return futures_of(now, number)


def _held(root: str, year: int) -> _Held:
    if (root, year) not in _HELD:  # a process that took the place of one that was killed
        prepare(root, year)
    return _HELD[root, year]


class Analyst:
    """The process, as the room uses it; one that dies is started again with the next request."""

    def __init__(self, cycle: Cycle) -> None:
        self._place = (str(cycle.workspace.root), cycle.year)
        self._pool = self._new()

    @staticmethod
    def _new() -> ProcessPoolExecutor:
        return ProcessPoolExecutor(1, get_context("spawn"), _begin)

    def ask(self, task: Callable[..., _T], *given: Any) -> _T:
        """What a task of this module answers; waits for it.

        Raises
        ------
        StrategyError
            As the task does, or if the process died twice.
        """
        for _ in range(2):
            try:
                return self._pool.submit(task, *self._place, *given).result()
            except BrokenProcessPool:
                self.end()
                self._pool = self._new()
        raise StrategyError("The process that reads the answers was ended twice; try again.")

    def end(self) -> None:
        """End the process."""
        with suppress(OSError):
            self._pool.shutdown(wait=False, cancel_futures=True)


def _begin() -> None:
    # Ctrl-C in the terminal is told to the room, which ends this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_the_room, daemon=True).start()


def _end_with_the_room() -> None:
    # A room that was killed tells nobody, and this process holds everybody's answers.
    room = parent_process()
    if room is not None:
        wait([room.sentinel])
        os._exit(1)
