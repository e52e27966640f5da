"""A room for tests: a small workspace, phones that speak HTTP, and no process beside it."""

from __future__ import annotations

import json
import shutil
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tornado.httpclient import AsyncHTTPClient, HTTPRequest

from strategy_lib.core.resources import resource
from strategy_lib.core.workspace import open_workspace
from strategy_lib.editions.snapshot import ensure_snapshot
from strategy_lib.inputs.entries.entry import read_entries
from strategy_lib.room import room as rooms
from strategy_lib.room.hosting import new_card
from strategy_lib.room.room import Room
from strategy_lib.room.web.serving import Served

NONCE = "6f1c0d5be2a94c7f8a12b3345de091"
HTML = """<!doctype html><html lang="en"><head><title>PAGE</title>
<link rel="stylesheet" href="one.css"></head><body><main></main>
<script type="application/json" id="words"></script>
<script type="application/json" id="room"></script>
<script src="one.js"></script></body></html>"""


class Clock:
    """Moves on a little each time that it is read."""

    def __init__(self):
        self.now = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)

    def __call__(self):
        # Slow enough that a busy second is not taken for a laptop that slept.
        self.now += timedelta(milliseconds=50)
        return self.now


class Here:
    """Analyses in this process: the tests are about what the room does with it."""

    def __init__(self, cycle):
        self.place = (str(cycle.workspace.root), cycle.year)

    def ask(self, task, *given):
        return task(*self.place, *given)

    def end(self):
        pass


def pages(folder: Path) -> Path:
    """Pages that hold nothing but their frame."""
    folder.mkdir(exist_ok=True)
    for name in ("phone", "host", "screen"):
        (folder / f"{name}.html").write_text(HTML.replace("PAGE", name), "utf-8")
    (folder / "one.css").write_text("main{color:#000}", "utf-8")
    (folder / "one.js").write_text('"use strict";', "utf-8")
    (folder / "words.json").write_text('{"en": {"no.a": "<b>"}}', "utf-8")
    return folder


class Place:
    """A workspace, and rooms that are opened on it one after the other."""

    def __init__(self, template: Path, folder: Path):
        self.root = Path(shutil.copytree(template, folder / "ws"))
        self.pages = pages(folder / "pages")
        self.clock = Clock()

    @property
    def cycle(self):
        return open_workspace(self.root).cycle()

    @property
    def history(self):
        return read_entries(self.cycle.inputs).history

    def lines(self):
        """Every line of every file that the room wrote."""
        found = [
            *self.cycle.inputs.glob("*/workshop/*.jsonl"),
            *self.root.glob("2026/.cache/room/*"),
        ]
        return b"\n".join(path.read_bytes() for path in found)

    @asynccontextmanager
    async def opened(self, *, has_real_pages=False, language=""):
        """A room that is listened to, on two ports that are free."""
        room = Room(self.cycle, self.clock, Here(self.cycle))
        await room.begin()
        if language:
            room.prepared = replace(room.prepared, language=language)
            room.state.language = language
        served = Served(room, pages=None if has_real_pages else self.pages)
        served.listen(0, 0)
        try:
            yield Opened(served)
        finally:
            await served.end()
            await room.end()


class Reply:
    """Status, headers and body of a reply."""

    def __init__(self, response):
        self.status = response.code
        self.headers = response.headers
        self.raw = response.body or b""

    @property
    def body(self):
        return json.loads(self.raw)

    @property
    def error(self):
        return self.body.get("error")

    def __getitem__(self, name):
        return self.body[name]


class Opened:
    """What asks the room: everything that it replies is kept."""

    def __init__(self, served):
        self.served = served
        self.room = served.room
        self.replies: list[bytes] = []
        self.version = 0

    async def ask(self, place, path, body=None, token="", **more):
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        raw = more.pop("raw", None)
        if body is not None or raw is not None:
            headers["Content-Type"] = "application/json"
            raw = json.dumps(body).encode() if raw is None else raw
        headers |= more.pop("headers", {})
        request = HTTPRequest(
            f"http://{place}{path}",
            method="GET" if raw is None else "POST",
            body=raw,
            headers=headers,
            request_timeout=30,
            **more,
        )
        reply = Reply(await AsyncHTTPClient(force_instance=True).fetch(request, raise_error=False))
        self.replies.append(reply.raw + repr(sorted(reply.headers.get_all())).encode())
        return reply

    async def phone(self, path, body=None, token="", **more):
        return await self.ask(self.served.phones, path, body, token, **more)

    async def host(self, path, body=None, token="", **more):
        return await self.ask(self.served.host, path, body, token, **more)

    async def pair(self, who, number=0):
        """A phone that holds a person's card."""
        card = new_card(self.room, who)
        given = {"code": card.signs, "nonce": f"{NONCE}{number:02x}"}
        return Phone(self, who, (await self.phone("/api/pair", given))["token"], card, given)

    async def enter(self, page="host"):
        """Token of the host's page or the screen."""
        key = self.served.keys.link(page).partition("#key=")[2]
        return (await self.host("/api/enter", {"key": key}))["token"]

    async def do(self, command, **more):
        """A command of the facilitator, with the version that is known now."""
        if not hasattr(self, "_token"):
            self._token = await self.enter()
        body = {"command": command, "version": self.room.state.version, **more}
        return await self.host("/api/host/do", body, self._token)

    async def host_state(self):
        if not hasattr(self, "_token"):
            self._token = await self.enter()
        return (await self.host("/api/host/state?tick=-1", token=self._token)).body

    async def screen_state(self):
        if not hasattr(self, "_screen"):
            self._screen = await self.enter("screen")
        return (await self.host("/api/screen/state?version=-1", token=self._screen)).body

    async def start(self, block="presence", **more):
        await self.do("choose", block=block, **more)
        return await self.do("open")

    async def close(self, monkeypatch):
        """Close without waiting for the phones, and wait for what it came to."""
        monkeypatch.setattr(rooms, "CLOSING", 0.0)
        reply = await self.do("close", sure=True)
        assert reply.status == 200, reply.body
        await self.room._closing
        return reply


class Phone:
    """One phone, and the ids of its answers."""

    def __init__(self, opened, who, token, card, given):
        self.opened, self.who, self.token, self.card, self.given = opened, who, token, card, given
        self.count = 0

    async def state(self):
        return (await self.opened.phone("/api/state?version=-1", token=self.token)).body

    async def questions(self):
        key = (await self.state())["block"]["key"]
        return (await self.opened.phone(f"/api/questions?key={key}", token=self.token))["questions"]

    async def answer(self, question, value, **more):
        self.count += 1
        asking = self.opened.room.state.asking
        body = {
            "id": f"{self.who}-{self.count:018d}",
            "key": asking.list_key if asking else "presence:1.1",
            "question": question,
            "round": asking.rounds.get(question.partition("/")[0], 1) if asking else 1,
            "value": value,
        }
        return await self.opened.phone("/api/answer", body | more, self.token)


def score(best, wide=1):
    """A value of a scale."""
    return {"low": max(0, best - wide), "best": best, "high": min(10, best + wide)}


def example_with_snapshot(root: Path) -> Path:
    """A copy of the bundled example, with a snapshot of the core edition."""
    shutil.copytree(resource("data", "example"), root)
    ensure_snapshot(root, 2026, "core")
    return root
