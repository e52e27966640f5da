"""Until a round closes, no page, reply, log or journal holds anybody else's answer."""

from __future__ import annotations

import logging

from strategy_lib.room.web import requests
from tests.room.rooms import score

ONE = "scores/P0/safety"
BEST, REASON = 7.125, "canary-in-a-reason"
NUMBER = str(BEST).encode()


async def test_a_canary_of_an_open_round_reaches_nobody_else(place, monkeypatch, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr(requests, "RATE", 1e6)
    async with place.opened() as room:
        owner = await room.pair("A01", 1)
        others = [await room.pair(f"A0{n}", n) for n in (2, 3, 4)]
        await room.start()
        for phone in others:
            await phone.answer(ONE, score(5))
        room.replies.clear()
        value = {"low": 7.0, "best": BEST, "high": 7.25}
        await owner.answer(ONE, value, reason=REASON)
        await owner.answer(ONE, value, reason=REASON, id="a" * 22)
        await owner.answer(ONE, value | {"high": 99}, reason=REASON)
        await _everything(room, others)
        await room.do("close", sure=True)
        await _everything(room, others)
        await room.do("keep_open")
        await room.do("close", sure=True, version=0)
        seen = b"".join(room.replies)
        assert NUMBER not in seen and REASON.encode() not in seen
        mine = await owner.state()
        assert mine["answers"][ONE]["value"]["best"] == BEST
        room.replies.clear()
        await room.close(monkeypatch)
        await _everything(room, others)
        seen = b"".join(room.replies)
        assert NUMBER in seen, "after closing the spread is shown"
        assert REASON.encode() not in seen
        assert "A01" not in str(await room.screen_state())
    told = caplog.text + "".join(capfd.readouterr())
    assert str(BEST) not in told and REASON not in told
    (journal,) = (place.cycle.root / ".cache" / "room").iterdir()
    assert NUMBER not in journal.read_bytes() and REASON.encode() not in journal.read_bytes()


async def _everything(room, others):
    """Whatever anybody else may ask for."""
    for path in ("/", "/nothing", "/api/state", "/api/questions?key=presence:1.1"):
        await room.phone(path)
    for phone in others:
        await phone.state()
        await phone.questions()
        await room.phone("/api/state?version=x", token=phone.token)
        await room.phone("/api/answer", {}, phone.token)
        given = {"id": "b" * 22, "question": ONE, "choice": "no"}
        await room.phone("/api/end", given, phone.token)
    token = await room.enter()
    key = room.room.state.asking.list_key
    for path in ("state?tick=-1", f"questions?key={key}", "agenda?chapter=02"):
        await room.host(f"/api/host/{path}", token=token)
    for command in ("units", "undo", "second", "reason", "on_wall", "nothing"):
        await room.do(command)
    for view in ("join", "question", "spread", "movement", "futures", "receipts", "blank"):
        await room.do("wall", view=view)
        await room.screen_state()
    await room.host_state()
