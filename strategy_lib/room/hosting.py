"""What the facilitator does: one command at a time, and a stale one is refused in words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from strategy_lib.core.errors import InputError, WorkspaceError
from strategy_lib.inputs.entries.entry import FACILITATOR, Asked
from strategy_lib.room.cards import Card, card_reply
from strategy_lib.room.pairing import hashed, new_signs
from strategy_lib.room.phones import LONGEST_REASON, reason_of, text_of
from strategy_lib.room.questions.answers import rows_of
from strategy_lib.room.refusals import Refused, not_now, saying
from strategy_lib.room.room import Room

_Reply = dict[str, Any]
_Command = Callable[["Hosting", Mapping[str, Any]], Awaitable[_Reply | None]]


class Hosting:
    """The facilitator's commands.

    Parameters
    ----------
    address : str
        Where phones find the room, such as `192.168.8.2:8765`.
    link : callable
        Makes a one-time link to the host's or the screen's page.
    """

    def __init__(self, room: Room, address: str, link: Callable[[str], str]) -> None:
        self.room = room
        self.address = address
        self.link = link

    async def do(self, body: Mapping[str, Any]) -> _Reply:
        """Do what a request asks for.

        Raises
        ------
        Refused
            If there is no such command, it cannot be done now, or somebody else did something since.
        """
        name = text_of(body, "command")
        if name not in _COMMANDS:
            raise Refused(400, "not_understood", detail=f"command: {', '.join(_COMMANDS)}")
        command, is_versioned = _COMMANDS[name]
        if is_versioned and body.get("version") != self.room.state.version:
            last = self.room.minutes[0]
            raise Refused(409, "stale", did=saying(last["word"], **last["args"]))
        try:
            more = await command(self, body)
        except InputError as error:
            raise Refused(422, "cannot_use", detail=str(error)) from None
        except WorkspaceError as error:
            raise Refused(507, "not_done", detail=str(error)) from None
        self.room.counts.changed()
        self.room.host.step()
        return {"done": True, "version": self.room.state.version} | (more or {})

    async def choose(self, body: Mapping[str, Any]) -> None:
        """This block next."""
        asked, minutes = body.get("questions"), body.get("minutes")
        if asked is not None and not isinstance(asked, list):
            raise Refused(400, "not_understood", detail="questions: a list")
        time = minutes if isinstance(minutes, int) and minutes > 0 else None
        self.room.state.choose(text_of(body, "block"), asked, time)

    async def open(self, _: Mapping[str, Any]) -> None:
        """Let all answer."""
        await self.room.open(self.room.state.need("draft"))

    async def close(self, body: Mapping[str, Any]) -> None:
        """Begin to close; asks once more where somebody has not answered."""
        room = self.room
        asking = room.state.need("open")
        silent = [who for who in room.counts.present() if not room.counts.has_finished(who)]
        if silent and body.get("sure") is not True:
            left = sum(len(asking.asked) - room.counts.answered(who) for who in silent)
            tables = room.titles(asking).split(", ")
            raise Refused(409, "missing", people=silent, questions=left, tables=tables)
        room.begin_closing()

    async def keep_open(self, _: Mapping[str, Any]) -> None:
        """Not yet."""
        self.room.keep_open()

    async def reopen(self, _: Mapping[str, Any]) -> None:
        """Open again what was closed."""
        await self.room.reopen()

    async def second(self, body: Mapping[str, Any]) -> None:
        """Ask some once more."""
        names = body.get("questions")
        if not isinstance(names, list) or not names:
            raise Refused(400, "not_understood", detail="questions: a list")
        await self.room.second([str(name) for name in names])

    async def next_block(self, _: Mapping[str, Any]) -> None:
        """Go on to another block."""
        self.room.next_block()

    async def leave_out(self, body: Mapping[str, Any]) -> None:
        """Ask some no more."""
        names = body.get("questions")
        if not isinstance(names, list):
            raise Refused(400, "not_understood", detail="questions: a list")
        room = self.room
        room.state.leave_out(map(str, names))
        asking = room.state.asking
        if asking is not None and asking.key:
            facts = {"key": asking.key, "asked": asking.asked, "lists": asking.lists}
            room.journal.write("left_out", room.clock(), **facts)
            room.note("leftout", n=len(names))
        room.changed()

    async def point(self, body: Mapping[str, Any]) -> None:
        """Another question on the wall."""
        pointer = body.get("pointer")
        if not isinstance(pointer, int):
            raise Refused(400, "not_understood", detail="pointer: a whole number")
        self.room.state.point(pointer)

    async def wall(self, body: Mapping[str, Any]) -> None:
        """Something else on the wall."""
        question = body.get("question")
        self.room.state.wall(text_of(body, "view"), question if isinstance(question, str) else None)

    async def pair_again(self, body: Mapping[str, Any]) -> _Reply:
        """A new card for somebody; the phone that had the old one is cut off, with a notice."""
        who = self._who(body)
        card = new_card(self.room, who)
        self.room.note("card", who=who)
        self.room.phones.step()
        return {"card": card_reply(card, self.address)}

    async def lock(self, body: Mapping[str, Any]) -> None:
        """Cut a phone off, and take the card back."""
        who = self._who(body)
        self.room.journal.write("locked", self.room.clock(), who=who)
        self.room.pairing.lock(who)
        self.room.note("locked", who=who)
        self.room.phones.step()

    async def walk_in(self, body: Mapping[str, Any]) -> _Reply:
        """Somebody who is on no list: the facilitator's entry, and a card."""
        room = self.room
        units = room.prepared.units
        unit = body.get("unit") or next(iter(units), "")
        if unit not in units:
            raise Refused(400, "not_understood", detail="unit: the code of an office")
        who = next_code(room.counts.people)
        row = {"assessor_id": who, "unit_id": str(unit)}
        await room.write([Asked("assessors", row, FACILITATOR)])
        room.journal.write("walked_in", room.clock(), who=who, unit=str(unit))
        room.book.offices[who] = str(unit)
        room.note("walkedin", who=who)
        return {"card": card_reply(new_card(room, who), self.address)}

    async def allow_pairing(self, _: Mapping[str, Any]) -> None:
        """Allow pairing after too many wrong signs."""
        self.room.pairing.allow()

    async def paper(self, body: Mapping[str, Any]) -> None:
        """An answer from paper."""
        room, who = self.room, self._who(body)
        asking = room.state.need("open", "closing")
        question = asking.question(text_of(body, "question"))
        fixed = room.book.whose(question.table, who, asking.rounds[question.table])
        rows = rows_of(question, body.get("value"))
        await room.write([Asked(question.table, fixed | row, FACILITATOR) for row in rows])
        room.note("paper", who=who)

    async def reason(self, body: Mapping[str, Any]) -> None:
        """What somebody at an end said aloud, in their own words."""
        room = self.room
        asking = room.state.need("closed")
        question = asking.question(text_of(body, "question"))
        part, side = str(body.get("part") or ""), text_of(body, "end")
        text = text_of(body, "text").strip()[:LONGEST_REASON]
        who = room.ends.who(asking.key, question.id, part, side)
        if not who or not text:
            raise Refused(400, "not_understood", detail="question, part, end, text")
        one = reason_of(room, asking, question, part, who, text)
        await room.write([Asked(one.table, one.row, FACILITATOR, "reason")])
        room.note("reason")

    async def on_wall(self, body: Mapping[str, Any]) -> None:
        """A released reason on the wall, or off it."""
        room, number, is_on = self.room, body.get("id"), body.get("on") is True
        if not isinstance(number, int) or not room.ends.show(number, is_on=is_on):
            raise Refused(400, "not_understood", detail="id")
        room.journal.write("on_wall", room.clock(), number=number, on=is_on)

    async def undo(self, _: Mapping[str, Any]) -> None:
        """Take back what was entered from paper, or recorded as a reason, last."""
        room = self.room
        if undoable(room) is None:
            raise not_now("undo")
        await room.writer.between(lambda: room.book.log.undo(FACILITATOR))
        await room.look(is_forced=True)
        room.note("undone")
        room.changed()

    async def new_link(self, body: Mapping[str, Any]) -> _Reply:
        """A one-time link."""
        page = body.get("page")
        if page not in ("host", "screen"):
            raise Refused(400, "not_understood", detail="page: host or screen")
        return {"url": self.link(str(page))}

    async def units(self, _: Mapping[str, Any]) -> _Reply:
        """Offices, for a walk-in."""
        named = self.room.prepared.units
        return {"units": [{"id": code, "name": name} for code, name in named.items()]}

    async def end(self, _: Mapping[str, Any]) -> None:
        """The room ends."""
        self.room.is_ended.set()

    def _who(self, body: Mapping[str, Any]) -> str:
        who = text_of(body, "code")
        if who not in self.room.book.offices:
            raise Refused(400, "not_understood", detail="code: of a listed person")
        return who


_COMMANDS: dict[str, tuple[_Command, bool]] = {
    "choose": (Hosting.choose, True),
    "open": (Hosting.open, True),
    "close": (Hosting.close, True),
    "keep_open": (Hosting.keep_open, True),
    "reopen": (Hosting.reopen, True),
    "second": (Hosting.second, True),
    "next_block": (Hosting.next_block, True),
    "leave_out": (Hosting.leave_out, True),
    "undo": (Hosting.undo, True),
    "point": (Hosting.point, False),
    "wall": (Hosting.wall, False),
    "pair_again": (Hosting.pair_again, False),
    "lock": (Hosting.lock, False),
    "walk_in": (Hosting.walk_in, False),
    "allow_pairing": (Hosting.allow_pairing, False),
    "paper": (Hosting.paper, False),
    "reason": (Hosting.reason, False),
    "on_wall": (Hosting.on_wall, False),
    "link": (Hosting.new_link, False),
    "units": (Hosting.units, False),
    "end": (Hosting.end, False),
}


def undoable(room: Room) -> Asked | None:
    """The facilitator's last entry, if it can be taken back now."""
    last = room.book.log.last(FACILITATOR)
    if last is None or last.table == "assessors" or last.kind not in ("set", "reason"):
        return None
    is_shut = room.book.entries.rounds.closed_by(last.table, last.row) is not None
    if last.kind == "set" and is_shut:
        return None
    return Asked(last.table, last.row, last.who)


def new_card(room: Room, who: str) -> Card:
    """A new card for a person: it is known by its hash alone once it is given out."""
    signs = new_signs()
    room.journal.write("card", room.clock(), who=who, signs=hashed(signs))
    room.pairing.take_card(who, hashed(signs))
    return Card(who, signs)


def next_code(people: list[str]) -> str:
    """A code that nobody has, in the manner of the others.

    Examples
    --------
    >>> next_code(["A01", "A09"]), next_code(["coordinator"])
    ('A10', 'A01')
    """
    numbers = [int(code[1:]) for code in people if code[:1] == "A" and code[1:].isdigit()]
    return f"A{max(numbers, default=0) + 1:02d}"
