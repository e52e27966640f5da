"""What a phone asks for: to pair, the state, the questions, and to keep an answer."""

from __future__ import annotations

import asyncio
import re
import secrets
import time
from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from typing import Any

from strategy_lib.core.errors import InputError, WorkspaceError
from strategy_lib.inputs.entries.entry import Asked
from strategy_lib.room.ends import CHOICES
from strategy_lib.room.pairing import Phone, hashed
from strategy_lib.room.questions.answers import rows_of
from strategy_lib.room.questions.blocks import Question
from strategy_lib.room.refusals import Refused, not_now
from strategy_lib.room.room import Room
from strategy_lib.room.state import Asking
from strategy_lib.schema.schema import table_schema

MOST_PHONES = 200
LONGEST_REASON = 600
_Work = Callable[[Room, Phone, Mapping[str, Any]], Coroutine[Any, Any, dict[str, Any]]]
_ID = re.compile(r"[0-9A-Za-z_-]{16,40}")
_NONCE = re.compile(r"[0-9a-f]{32}")


def text_of(body: Mapping[str, Any], name: str, pattern: re.Pattern[str] | None = None) -> str:
    """A text of a request.

    Raises
    ------
    Refused
        If it is missing, or not as the pattern wants it.
    """
    value = body.get(name)
    if not isinstance(value, str) or (pattern and not pattern.fullmatch(value)):
        raise Refused(400, "not_understood", detail=name)
    return value


async def pair(room: Room, body: Mapping[str, Any], address: str) -> dict[str, Any]:
    """Redeem a card for a token.

    Raises
    ------
    Refused
        If the signs are wrong or used, or there are too many phones.
    """
    signs, nonce = text_of(body, "code"), text_of(body, "nonce", _NONCE)
    who, card = room.pairing.redeem(signs, nonce, address, time.monotonic())
    paired = room.pairing.paired
    if len(paired) >= MOST_PHONES and who not in paired:
        raise Refused(503, "full")
    token = secrets.token_urlsafe(16)
    facts = {"who": who, "signs": card, "token": hashed(token), "nonce": nonce}
    _kept(room, "paired", facts)
    room.pairing.take_phone(**facts)
    room.heard(who)
    room.counts.changed()
    room.host_later.step()
    room.phones_later.step()
    return {"token": token, "who": who}


def _kept(room: Room, what: str, facts: Mapping[str, Any]) -> None:
    with _refusing(room):
        room.journal.write(what, room.clock(), **facts)


@contextmanager
def _refusing(room: Room) -> Iterator[None]:
    """Refuse what cannot be used, and what could not be saved.

    A phone is told that it keeps the answer; why is told to the facilitator, who can help.
    """
    try:
        yield
    except InputError as error:
        raise Refused(422, "cannot_use", detail=str(error)) from None
    except WorkspaceError as error:
        if not room.unsaved:
            room.note("notsaved", why=str(error))
        room.unsaved = str(error)
        room.host_later.step()
        raise Refused(507, "not_saved") from None


def phone_of(room: Room, token: str) -> Phone:
    """The phone that holds a token.

    Raises
    ------
    Refused
        If none does, or its card is used on another phone.
    """
    phone = room.pairing.phones.get(hashed(token)) if token else None
    if phone is None:
        raise Refused(401, "no_token")
    if phone.is_cut_off:
        raise Refused(401, "moved")
    room.heard(phone.who)
    return phone


def state_of(room: Room, who: str) -> dict[str, Any]:
    """What one phone is told: nobody else's answer before the round is closed."""
    asking, state = room.state.asking, room.state
    is_shown = state.phase == "closed"
    present, finished = room.counts.progress
    told: dict[str, Any] = {
        "version": room.phones.version,
        "now": room.clock().isoformat(timespec="seconds"),
        "who": who,
        "state": state.phase,
        "closes_in": state.seconds_left,
        "block": None,
        "round": 1,
        "people": present,
        "finished": finished,
        "answers": {},
        "was": {},
        "room": {},
        "late": [
            {"question": question, "value": value}
            for (code, question), value in room.late.items()
            if code == who
        ],
        "closed": None,
        "ended": room.is_ended.is_set(),
        "invited": [],
    }
    if asking is None or not asking.key:
        return told
    told["block"] = asking.told
    told["round"] = asking.number
    told["answers"], told["was"] = _own(room, asking, who)
    told["room"] = dict(room.shown.spread if is_shown else room.shown.earlier)
    if is_shown:
        told["closed"] = _closed(room, asking, who)
        told["invited"] = room.ends.invited(asking.key, who)
    return told


def _own(room: Room, asking: Asking, who: str) -> tuple[dict[str, Any], dict[str, Any]]:
    answers, was = {}, {}
    for question in asking.questions:
        number = asking.rounds[question.table]
        mine = room.book.answer(who, question, number)
        if mine is not None:
            answers[question.id] = mine
        earlier = room.book.answer(who, question, number - 1)
        if earlier is not None:
            was[question.id] = earlier["value"]
    return answers, was


def _closed(room: Room, asking: Asking, who: str) -> dict[str, Any] | None:
    closed = room.shown.closed
    if closed is None or asking.closed is None:
        return None
    return {
        "at": f"{asking.closed:%H:%M:%S}",
        "round": asking.number,
        "block": closed.block,
        "rounds": [[table, number] for table, number in sorted(closed.rounds.items())],
        "rows": closed.rows.get(who, []),
        "receipt": room.shown.receipts.get(who),
        "list": room.shown.list,
    }


def questions_of(room: Room, key: str) -> dict[str, Any]:
    """The questions that stand behind a key.

    Raises
    ------
    Refused
        If the room does not ask them now.
    """
    asking = room.state.asking
    if asking is None or not asking.key or key.partition(".")[0] != asking.key:
        raise Refused(409, "old_page")
    return {"key": asking.list_key, "questions": [q.page() for q in asking.questions]}


def _once(work: _Work) -> _Work:
    """Do what a request with an id asks for, once: a second one waits for the first."""

    @wraps(work)
    async def done(room: Room, phone: Phone, body: Mapping[str, Any]) -> dict[str, Any]:
        name = (phone.who, text_of(body, "id", _ID))
        if name in room.in_flight:
            reply: dict[str, Any] = await asyncio.shield(room.in_flight[name])
            return reply
        future = asyncio.ensure_future(work(room, phone, body))
        room.in_flight[name] = future
        try:
            return await asyncio.shield(future)
        finally:
            if future.done():
                room.in_flight.pop(name, None)
            else:  # the phone is gone; what it sent is written all the same
                future.add_done_callback(lambda _: room.in_flight.pop(name, None))

    return done


def _place(room: Room, body: Mapping[str, Any]) -> tuple[Asking, Question, int]:
    asking = room.state.asked_as(text_of(body, "key"))
    question = asking.question(text_of(body, "question"))
    number = asking.rounds[question.table]
    if body.get("round") not in (number, asking.number):
        raise Refused(409, "old_page")
    return asking, question, number


def _is_open(room: Room, asking: Asking) -> bool:
    return asking is room.state.asking and room.state.phase in ("open", "closing")


def _late_for(asking: Asking) -> Refused:
    closed = f"{asking.closed:%H:%M:%S}" if asking.closed else ""
    return Refused(409, "late", closed=closed)


@_once
async def answer(room: Room, phone: Phone, body: Mapping[str, Any]) -> dict[str, Any]:
    """Keep an answer: it is on the disk when this returns.

    Raises
    ------
    Refused
        If it cannot be used or kept, or came late: then it is kept, and does not count.
    """
    name = text_of(body, "id", _ID)
    asking, question, number = _place(room, body)
    rows = rows_of(question, body.get("value"))
    known = room.book.lines_by_id.get((phone.who, name), 0)
    if known >= len(rows):
        return {"saved": True, "again": True}
    reason = body.get("reason")
    fixed = room.book.whose(question.table, phone.who, number)
    if reason and "reason" in table_schema(question.table).names:
        fixed["reason"] = str(reason)[:LONGEST_REASON]
    marks = {"answer": name, "nonce": phone.nonce}
    asked = [Asked(question.table, fixed | row, phone.who, marks=marks) for row in rows]
    is_late = not _is_open(room, asking)
    with _refusing(room):
        if len(asked) > 1:  # all rows can be used, or none is written
            for one in asked:
                room.book.log.check(one.table, one.row, one.kind)
        await room.write(asked[known:], is_late=is_late)
    if is_late:
        room.late[phone.who, question.id] = body.get("value")
        room.host_later.step()
        raise _late_for(asking)
    room.late.pop((phone.who, question.id), None)
    _told(room, phone)
    return {"saved": True}


def _told(room: Room, phone: Phone) -> None:
    room.host_later.step()
    if room.counts.has_finished(phone.who):
        room.phones_later.step()


@_once
async def withdraw(room: Room, phone: Phone, body: Mapping[str, Any]) -> dict[str, Any]:
    """Take an answer back: the question is unanswered again.

    Raises
    ------
    Refused
        If its round is closed, or it could not be kept.
    """
    name = text_of(body, "id", _ID)
    asking, question, number = _place(room, body)
    if room.book.lines_by_id.get((phone.who, name), 0) >= len(question.keys):
        return {"saved": True, "again": True}
    if not _is_open(room, asking):
        raise _late_for(asking)
    fixed = room.book.whose(question.table, phone.who, number)
    marks = {"answer": name}
    asked = [
        Asked(question.table, fixed | dict(key), phone.who, "withdraw", marks=marks)
        for key in question.keys
    ]
    with _refusing(room):
        await room.write(asked)
    _told(room, phone)
    return {"saved": True}


@_once
async def end(room: Room, phone: Phone, body: Mapping[str, Any]) -> dict[str, Any]:
    """Keep what one of the two furthest apart chose.

    Raises
    ------
    Refused
        If this person is at no such end, or it could not be kept.
    """
    asking = room.state.need("closed")
    name, choice = text_of(body, "id", _ID), text_of(body, "choice")
    part = body.get("part") or ""
    question = asking.question(text_of(body, "question"))
    mine = (
        one["end"]
        for one in room.ends.invited(asking.key, phone.who)
        if one["question"] == question.id and (one["part"] or "") == part
    )
    side = next(mine, "")
    if not side or choice not in CHOICES:
        raise Refused(400, "not_understood", detail="question, part, choice")
    text = str(body.get("text") or "").strip()[:LONGEST_REASON]
    if choice == "write" and not text:
        raise Refused(400, "not_understood", detail="text")
    if choice == "write" and not room.book.lines_by_id.get((phone.who, name)):
        reason = reason_of(room, asking, question, part, phone.who, text, name)
        with _refusing(room):
            await room.write([reason])
    is_released = choice == "write" and body.get("release") is True
    facts = {"key": asking.key, "question": question.id, "part": part, "end": side}
    # The words are an entry; here stands which one, so that they are on the list after a restart.
    _kept(room, "end", facts | {"choice": choice, "answer": name if is_released else ""})
    released = text if is_released else ""
    room.ends.choose((asking.key, question.id, part, side), choice, released)
    room.host.step()
    return {"saved": True}


def reason_of(
    room: Room, asking: Asking, question: Question, part: str, who: str, text: str, name: str = ""
) -> Asked:
    """A reason as an entry, of the answer that a person gave last.

    Raises
    ------
    Refused
        If the table keeps no reasons.
    """
    if "reason" not in table_schema(question.table).names:
        raise not_now("reason")
    number = asking.rounds[question.table]
    if not room.book.has_answered(who, question, number) and number > 1:
        number -= 1
    named = (key for key in question.keys if ">".join(key.values()) == part)
    key = next(named, question.keys[0])
    row = {**key, **room.book.fixed(question.table, who), "assessor_id": who, "round": number}
    marks = {"answer": name} if name else {}
    return Asked(question.table, row | {"reason": text}, who, "reason", marks=marks)


async def leave(room: Room, token: str) -> dict[str, Any]:
    """Forget a phone; the facilitator may pair its card again."""
    kept = hashed(token)
    _kept(room, "left", {"token": kept})
    room.pairing.phones.pop(kept, None)
    room.counts.changed()
    room.host_later.step()
    return {"left": True}
