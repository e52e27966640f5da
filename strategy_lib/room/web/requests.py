"""What every request must be before anything is done: whose, from where, how large, how often."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tornado.web import RequestHandler, stream_request_body

from strategy_lib.room.refusals import Refused
from strategy_lib.room.room import Room
from strategy_lib.room.signals import Signal
from strategy_lib.room.web.pages import Page

MOST_BYTES = 8192
# Requests of one phone: so many a second, and so many at once after a rest.
RATE, BURST = 5.0, 10.0
HANGING = 25.0
_TELLERS = 4096
_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_NOTHING = "default-src 'none'; frame-ancestors 'none'"


@dataclass
class Door:
    """What a port lets in.

    Attributes
    ----------
    hosts : frozenset of str
        Exact values of `Host`.
    """

    room: Room
    hosts: frozenset[str]
    spread: float = 0.0
    _buckets: dict[str, tuple[float, float]] = field(default_factory=dict)

    def wait(self, who: str) -> float:
        """Seconds that somebody must wait; 0 where they need not."""
        now = time.monotonic()
        if len(self._buckets) > _TELLERS:
            self._buckets = {k: v for k, v in self._buckets.items() if now - v[1] < BURST}
        level, at = self._buckets.get(who, (BURST, now))
        level = min(BURST, level + RATE * (now - at))
        if level < 1:
            self._buckets[who] = (level, now)
            return (1 - level) / RATE
        self._buckets[who] = (level - 1, now)
        return 0.0


@stream_request_body
class Request(RequestHandler):
    """A request to the room: checked before its body is read."""

    def initialize(self, door: Door) -> None:
        """Whose door it is."""
        self.door = door
        self.room = door.room
        self._body = bytearray()

    def set_default_headers(self) -> None:
        """What every reply says."""
        self.clear_header("Server")
        self.clear_header("Content-Type")
        for name, value in _HEADERS.items():
            self.set_header(name, value)
        self.set_header("Content-Security-Policy", _NOTHING)

    async def prepare(self) -> None:
        """Refuse what did not come from our own page, and what is too large."""
        try:
            self._check()
        except Refused as refused:
            self.refuse(refused)

    def _check(self) -> None:
        headers = self.request.headers
        if self.request.headers.get_list("Host") not in [[host] for host in self.door.hosts]:
            raise Refused(421, "wrong_host")
        origin = headers.get("Origin")
        if origin is not None and origin.removeprefix("http://") not in self.door.hosts:
            raise Refused(403, "wrong_origin")
        if self.request.method != "POST":
            return
        length = headers.get("Content-Length", "0")
        if not length.isdigit() or int(length) > MOST_BYTES:
            raise Refused(413, "too_long")
        if headers.get("Content-Type", "").partition(";")[0].strip() != "application/json":
            raise Refused(415, "not_json")

    def data_received(self, chunk: bytes) -> None:
        """Keep the body as far as it may go."""
        if len(self._body) <= MOST_BYTES:
            self._body += chunk

    @property
    def token(self) -> str:
        """Bearer token; empty where there is none."""
        kind, _, token = self.request.headers.get("Authorization", "").partition(" ")
        return token if kind == "Bearer" else ""

    @property
    def address(self) -> str:
        """Address that the request came from."""
        return str(self.request.remote_ip)

    def body(self) -> Mapping[str, Any]:
        """The body as an object.

        Raises
        ------
        Refused
            If it is too long, or none.
        """
        if len(self._body) > MOST_BYTES:
            raise Refused(413, "too_long")
        try:
            given = json.loads(self._body, parse_constant=_no_constant)
        except (ValueError, RecursionError):
            given = None
        if not isinstance(given, dict):
            raise Refused(400, "not_understood", detail="a JSON object")
        return given

    def in_time(self, who: str) -> None:
        """Let somebody ask only so often.

        Raises
        ------
        Refused
            If it is too often.
        """
        wait = self.door.wait(who)
        if wait:
            raise Refused(429, "too_fast", wait=max(0.01, round(wait, 2)))

    def reply(self, body: Mapping[str, Any], status: int = 200) -> None:
        """Answer with an object."""
        self.set_status(status)
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.finish(json.dumps(body, ensure_ascii=False, separators=(",", ":")))

    def refuse(self, refused: Refused) -> None:
        """Answer with why not."""
        if not self._finished:
            if "wait" in refused.args_of:
                self.set_header("Retry-After", str(1 + int(refused.args_of["wait"])))
            self.reply(refused.reply, refused.status)

    async def after(self, signal: Signal, name: str) -> None:
        """Wait until something is new to whoever asks, as a version tells; 25 s at most.

        Raises
        ------
        Refused
            If the version is no number.
        """
        given = self.get_argument(name, "-1")
        if not given.lstrip("-").isdigit():
            raise Refused(400, "not_understood", detail=name)
        is_new = await signal.after(int(given), HANGING)
        spread = 0.0 if self.room.is_ended.is_set() else self.door.spread
        if is_new and int(given) >= 0 and spread:
            # All phones at once would stall the loop.
            await asyncio.sleep(random.random() * spread)

    def write_error(self, status_code: int, **_: Any) -> None:
        """Tell nothing of what went wrong inside."""
        code = {404: "not_found", 405: "not_found"}.get(status_code, "not_understood")
        self.reply({"error": code, "args": {"detail": ""}}, status_code)


def _no_constant(name: str) -> Any:
    raise ValueError(name)


class PageRequest(Request):
    """A page; it holds no secret, so anybody who reaches the port may have it."""

    def initialize(self, door: Door, page: Page) -> None:  # type: ignore[override]
        """Which page."""
        super().initialize(door)
        self.page = page

    def get(self) -> None:
        """The page."""
        self.set_header("Content-Security-Policy", self.page.policy)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Vary", "Accept-Encoding")
        if "gzip" in self.request.headers.get("Accept-Encoding", ""):
            self.set_header("Content-Encoding", "gzip")
            self.finish(self.page.packed)
        else:
            self.finish(self.page.content)


class NoSuchPage(Request):
    """Any other address."""

    def get(self) -> None:
        """Nothing here."""
        self.reply({"error": "not_found", "args": {}}, 404)

    post = get
