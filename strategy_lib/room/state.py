"""Where the room stands: which questions, which rounds, who may do what now. No answers here."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from strategy_lib.inputs.entries.entry import LAST_ROUND, Rounds
from strategy_lib.room.questions.blocks import Block, Question
from strategy_lib.room.refusals import Refused, not_now
from strategy_lib.schema.schema import table_schema

Phase = Literal["draft", "open", "closing", "closed"]
# Seconds in which phones send what they hold, and the facilitator may think again.
CLOSING = 5.0
VIEWS = ("join", "question", "spread", "movement", "futures", "receipts", "blank")


@dataclass
class Asking:
    """Questions that are, or were, open together.

    Attributes
    ----------
    key : str
        Block and number, such as `presence:3`; no other asking of this cycle has it.
    asked : list of str
        Questions that are asked now, in their order.
    rounds : dict of str to int
        Table -> round.
    lists : int
        How often the list of questions has changed.
    minutes : int or None
        Time that the facilitator gives.
    """

    block: Block
    key: str
    asked: list[str]
    rounds: dict[str, int]
    lists: int = 1
    minutes: int | None = None
    opened: datetime | None = None
    closed: datetime | None = None

    @property
    def list_key(self) -> str:
        """Changes with the list of questions."""
        return f"{self.key}.{self.lists}"

    @property
    def number(self) -> int:
        """Round, as people are told: the second if any table is in it by itself."""
        return max(self.rounds.values(), default=1)

    @property
    def told(self) -> dict[str, str]:
        """The block, as pages are told of it."""
        block = self.block
        return {
            "id": block.id,
            "key": self.list_key,
            "title": block.title,
            "chapter": block.chapter,
        }

    @property
    def questions(self) -> list[Question]:
        """Questions that are asked now."""
        known = {question.id: question for question in self.block.questions}
        return [known[name] for name in self.asked if name in known]

    def question(self, name: str) -> Question:
        """A question of the block, be it left out by now.

        Raises
        ------
        Refused
            If there is none of this name, or its table is not asked in this round.
        """
        for question in self.block.questions:
            if question.id == name and question.table in self.rounds:
                return question
        raise Refused(409, "old_page")


@dataclass
class State:
    """The state of the room; every step has a version.

    Attributes
    ----------
    asking : Asking or None
        What is asked, or was asked last.
    past : dict of str to Asking
        All that was opened, by key.
    """

    blocks: Mapping[str, Block] = field(default_factory=dict)
    read: Mapping[tuple[str, tuple[tuple[str, str], ...]], int] = field(default_factory=dict)
    language: str = "en"
    phase: Phase = "draft"
    asking: Asking | None = None
    past: dict[str, Asking] = field(default_factory=dict)
    serial: int = 0
    pointer: int = 0
    view: str = "join"
    shown: str | None = None
    version: int = 1
    closes_at: float | None = None

    @property
    def seconds_left(self) -> float | None:
        """Seconds until the round is closed; None where nobody closes it."""
        at = self.closes_at
        return None if at is None else round(max(0.0, at - time.monotonic()), 1)

    def step(self) -> None:
        """Something changed that every page may see."""
        self.version += 1

    def need(self, *phases: Phase) -> Asking:
        """What is asked, if the room is in one of some phases.

        Raises
        ------
        Refused
            Otherwise.
        """
        if self.asking is None or self.phase not in phases:
            raise not_now(self.phase)
        return self.asking

    def rounds_of(self, block: Block, rounds: Rounds, tables: Iterable[str]) -> dict[str, int]:
        """Table -> round that is open in it, which must be the same in all of its parts.

        Raises
        ------
        Refused
            If parts of a table are in different rounds, or both rounds of one are closed.
        """
        found = {}
        for table in tables:
            numbers = {self._round(table, part, rounds) for part in block.parts[table]}
            if len(numbers) > 1 or 0 in numbers:
                raise self._moved(table, numbers)
            found[table] = numbers.pop()
        return found

    def _moved(self, table: str, numbers: set[int]) -> Refused:
        title = table_schema(table).title(self.language)
        return not_now("both" if numbers == {0} else "part", title=title)

    def _round(self, table: str, part: Mapping[str, str], rounds: Rounds) -> int:
        current = rounds.current(table, part)
        read = self.read.get((table, tuple(sorted(part.items()))), 0)
        return max(current, min(read, LAST_ROUND)) if current else 0

    def choose(self, block: str, asked: Iterable[str] | None, minutes: int | None) -> Asking:
        """Another block, in draft; some of its questions, or all.

        Raises
        ------
        Refused
            If there is no such block or question.
        """
        if self.phase != "draft":
            raise not_now("first")
        known = self.blocks.get(block)
        if known is None:
            raise not_now("block", block=block)
        ids = [question.id for question in known.questions]
        wanted = ids if asked is None else [name for name in ids if name in set(asked)]
        if not wanted:
            raise not_now("none")
        rounds = dict.fromkeys(known.tables_of(wanted), 0)
        self.asking = Asking(known, "", wanted, rounds, minutes=minutes)
        self.pointer = 0
        self.step()
        return self.asking

    def opened(self, key: str, rounds: dict[str, int], at: datetime) -> Asking:
        """What was chosen is open now under a key of its own."""
        assert self.asking is not None
        asking = self.asking
        asking.key, asking.rounds = key, rounds
        asking.opened, asking.closed = at, None
        self.past[key] = asking
        self.phase, self.view, self.pointer = "open", "question", 0
        self.step()
        return asking

    def next_key(self, block: str) -> str:
        """A key that no asking has had."""
        self.serial += 1
        return f"{block}:{self.serial}"

    def asked_as(self, list_key: str) -> Asking:
        """What a page's key stands for.

        Raises
        ------
        Refused
            If the room never asked it.
        """
        asking = self.past.get(list_key.partition(".")[0])
        if asking is None:
            raise Refused(409, "old_page")
        return asking

    def leave_out(self, names: Iterable[str]) -> None:
        """Ask some questions no more; what was answered stays.

        Raises
        ------
        Refused
            If nothing would be left.
        """
        asking = self.need("draft", "open")
        gone = set(names)
        left = [name for name in asking.asked if name not in gone]
        if not left:
            raise not_now("one")
        asking.asked = left
        asking.lists += 1
        self.pointer = min(self.pointer, len(left) - 1)
        self.step()

    def point(self, pointer: int) -> None:
        """Show another question on the wall."""
        asking = self.need("open", "closing", "closed", "draft")
        self.pointer = max(0, min(pointer, len(asking.asked) - 1))
        self.step()

    def wall(self, view: str, question: str | None) -> None:
        """Show something else on the wall.

        Raises
        ------
        Refused
            If there is no such view.
        """
        if view not in VIEWS:
            raise Refused(400, "not_understood", detail=f"view: {', '.join(VIEWS)}")
        if self.asking is not None and question in self.asking.asked:
            self.pointer = self.asking.asked.index(question)
        self.view, self.shown = view, question
        self.step()


def plain_asking(asking: Asking) -> dict[str, Any]:
    """What the journal keeps of what is asked."""
    return {
        "block": asking.block.id,
        "key": asking.key,
        "asked": asking.asked,
        "rounds": asking.rounds,
        "lists": asking.lists,
        "minutes": asking.minutes,
    }
