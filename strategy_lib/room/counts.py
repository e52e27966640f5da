"""Who is there, and who has answered how much: by code, never what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from strategy_lib.room.book import Book
from strategy_lib.room.pairing import Pairing
from strategy_lib.room.state import State


@dataclass
class Counts:
    """Counted once, and again where something changed: every phone is told them."""

    state: State
    book: Book
    pairing: Pairing
    _answered: dict[str, int] = field(default_factory=dict)
    _progress: tuple[int, int] | None = None

    @property
    def people(self) -> list[str]:
        """Codes of all who may answer."""
        return sorted(self.book.offices)

    def present(self) -> list[str]:
        """Codes that hold a phone, or have answered something that is asked."""
        paired = self.pairing.paired
        return [who for who in self.people if who in paired or self.answered(who)]

    def answered(self, who: str) -> int:
        """How many of the questions that are asked a person has answered."""
        if who not in self._answered:
            asking = self.state.asking
            self._answered[who] = 0
            if asking is not None and asking.key:
                self._answered[who] = sum(
                    self.book.has_answered(who, question, asking.rounds[question.table])
                    for question in asking.questions
                )
        return self._answered[who]

    def has_finished(self, who: str) -> bool:
        """Whether a person has answered all that is asked."""
        asking = self.state.asking
        return asking is not None and self.answered(who) == len(asking.asked)

    @property
    def progress(self) -> tuple[int, int]:
        """How many are there, and how many of them have answered all that is asked."""
        if self._progress is None:
            present = self.present()
            self._progress = len(present), sum(map(self.has_finished, present))
        return self._progress

    def changed(self, people: Iterable[str] = ()) -> None:
        """Somebody came or went, or these answered something."""
        for who in people:
            self._answered.pop(who, None)
        self._progress = None

    def clear(self) -> None:
        """Something else is asked, or much was read."""
        self._answered.clear()
        self._progress = None
