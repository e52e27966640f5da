"""The room's two ports: phones on one, host and screen on this computer alone on the other."""

from __future__ import annotations

import asyncio
import json
import secrets
import socket
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.iostream import IOStream
from tornado.netutil import bind_sockets
from tornado.web import Application

from strategy_lib.core.errors import InputError, WorkspaceError
from strategy_lib.room import phones
from strategy_lib.room.hosting import Hosting
from strategy_lib.room.pairing import hashed
from strategy_lib.room.refusals import Refused
from strategy_lib.room.room import Room
from strategy_lib.room.views import host_of_room, screen_of_room
from strategy_lib.room.web.addresses import LOOPBACK, host_of
from strategy_lib.room.web.pages import page_of
from strategy_lib.room.web.requests import Door, NoSuchPage, PageRequest, Request

MOST_CONNECTIONS = 500
PHONE_PORT, HOST_PORT = 8765, 8766
_IDLE = 90
_SPREAD = 1.0
_LAST_WORDS = 0.2


class PhoneRequest(Request):
    """Any request of a phone; which one, the address tells."""

    async def get(self, what: str) -> None:
        """State or questions."""
        try:
            phone = self._phone()
            if what == "state":
                await self.after(self.room.phones, "version")
                # Its card may have been given to another phone meanwhile.
                self.reply(phones.state_of(self.room, phones.phone_of(self.room, self.token).who))
            elif what == "questions":
                self.reply(phones.questions_of(self.room, self.get_argument("key", "")))
            else:
                self.reply({"error": "not_found", "args": {}}, 404)
            self.room.heard(phone.who)
        except Refused as refused:
            self.refuse(refused)

    async def post(self, what: str) -> None:
        """Pair, or keep something."""
        try:
            if what == "pair":
                self.in_time(self.address)
                self.reply(await phones.pair(self.room, self.body(), self.address))
                return
            phone = self._phone()
            body = self.body()
            if what == "leave":
                self.reply(await phones.leave(self.room, self.token))
            else:
                work = {"answer": phones.answer, "withdraw": phones.withdraw, "end": phones.end}
                self.reply(await work[what](self.room, phone, body))
        except Refused as refused:
            self.refuse(refused)

    def _phone(self) -> Any:
        phone = phones.phone_of(self.room, self.token)
        self.in_time(phone.who)
        return phone


class Keys:
    """One-time links to the pages of this computer, and the tokens that they gave."""

    def __init__(self, address: Callable[[], str]) -> None:
        self._address = address
        self._links: dict[str, str] = {}
        self._tokens: dict[str, str] = {}

    def link(self, page: str) -> str:
        """A link that works once."""
        key = secrets.token_urlsafe(16)
        self._links[hashed(key)] = page
        return f"http://{self._address()}/{page}#key={key}"

    def enter(self, key: str) -> dict[str, str]:
        """A token for a link's key.

        Raises
        ------
        Refused
            If the link was used, or never made.
        """
        page = self._links.pop(hashed(key), "")
        if not page:
            raise Refused(403, "used_code")
        token = secrets.token_urlsafe(16)
        self._tokens[hashed(token)] = page
        return {"token": token, "page": page}

    def need(self, token: str, *pages: str) -> None:
        """Let in who holds a token of one of some pages.

        Raises
        ------
        Refused
            Otherwise.
        """
        if not token or self._tokens.get(hashed(token)) not in pages:
            raise Refused(401, "no_token")


class HostRequest(Request):
    """Any request of the host's page or the screen."""

    def initialize(  # type: ignore[override]
        self, door: Door, keys: Keys, hosting: Hosting, is_loopback: bool
    ) -> None:
        """What it speaks to."""
        super().initialize(door)
        self.keys = keys
        self.hosting = hosting
        self.is_loopback = is_loopback

    async def get(self, what: str) -> None:
        """State, questions or agenda."""
        try:
            pages = ("host", "screen") if what == "screen/state" else ("host",)
            self.keys.need(self.token, *pages)
            self.in_time(self.token)
            if what == "screen/state":
                await self.after(self.room.host, "version")
                self.reply(screen_of_room(self.room, self.hosting.address))
            elif what == "host/state":
                await self.after(self.room.host, "tick")
                told = host_of_room(self.room, self.hosting.address, is_loopback=self.is_loopback)
                self.reply(told)
            elif what == "host/questions":
                self.reply(phones.questions_of(self.room, self.get_argument("key", "")))
            elif what == "host/agenda":
                self.reply({"items": agenda_of(self.get_argument("chapter", ""))})
            else:
                self.reply({"error": "not_found", "args": {}}, 404)
        except Refused as refused:
            self.refuse(refused)

    async def post(self, what: str) -> None:
        """Enter by a link, or a command."""
        try:
            if what == "enter":
                self.in_time(self.address)
                self.reply(self.keys.enter(phones.text_of(self.body(), "key")))
                return
            self.keys.need(self.token, "host")
            self.in_time(self.token)
            self.reply(await self.hosting.do(self.body()))
        except Refused as refused:
            self.refuse(refused)


def agenda_of(chapter: str) -> list[dict[str, Any]]:
    """Steps of a chapter's workshop as the facilitator's pack has them; none where it has none."""
    from strategy_lib.workshop.facilitator_texts import pack_text

    try:
        agenda = pack_text(chapter).agenda
    except InputError:
        return []
    return [{"minutes": s.minutes, "titles": {"en": s.title, **s.titles}} for s in agenda]


class Limited(HTTPServer):
    """A server that takes so many connections at a time, and says so to the next one."""

    def handle_stream(self, stream: IOStream, address: tuple[Any, ...]) -> None:
        """Take a connection, or refuse it."""
        if len(self._connections) < MOST_CONNECTIONS:
            super().handle_stream(stream, address)
            return
        body = json.dumps(Refused(503, "full").reply).encode()
        head = (
            "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\nConnection: close\r\nRetry-After: 5\r\n\r\n"
        )
        written = stream.write(head.encode() + body)
        written.add_done_callback(lambda _: stream.close())


class Served:
    """A room that is listened to.

    Attributes
    ----------
    pages : Path or None
        Where the pages lie; None for those of the workbook.
    keys : Keys
        Makes the links of host and screen.
    phones, host : str
        Address and port of the two.
    """

    def __init__(self, room: Room, address: str = LOOPBACK, pages: Path | None = None) -> None:
        self.room = room
        self.address = address
        self.pages = pages
        self.keys = Keys(lambda: self.host)
        self.phones = self.host = ""
        self._servers: list[HTTPServer] = []

    def listen(self, phone_port: int = PHONE_PORT, host_port: int = HOST_PORT) -> None:
        """Listen on both ports; 0 takes one that is free.

        Raises
        ------
        WorkspaceError
            If a port is taken, or this computer has no such address.
        """
        phone_sockets = _bound(self.address, phone_port)
        host_sockets = _bound(LOOPBACK, host_port)
        self.phones = host_of(self.address, phone_sockets[0].getsockname()[1])
        self.host = host_of(LOOPBACK, host_sockets[0].getsockname()[1])
        self.hosting = Hosting(self.room, self.phones, self.keys.link)
        facts = {
            "organisation": self.room.prepared.organisation,
            "cycle": self.room.cycle.year,
            "language": self.room.prepared.language,
        }
        self._serve(self._phone_application(facts), phone_sockets)
        self._serve(self._host_application(facts), host_sockets)

    def _phone_application(self, facts: Mapping[str, Any]) -> Application:
        door = Door(self.room, frozenset({self.phones}), _SPREAD)
        page = page_of("phone", {"page": "phone", **facts}, self.pages)
        return _application(
            [
                (r"/", PageRequest, {"door": door, "page": page}),
                (r"/api/(state|questions)", PhoneRequest, {"door": door}),
                (r"/api/(pair|answer|withdraw|end|leave)", PhoneRequest, {"door": door}),
                (r".*", NoSuchPage, {"door": door}),
            ]
        )

    def _host_application(self, facts: Mapping[str, Any]) -> Application:
        own, _, port = self.host.rpartition(":")
        door = Door(self.room, frozenset({self.host, f"localhost:{port}"}))
        given = {
            "door": door,
            "keys": self.keys,
            "hosting": self.hosting,
            "is_loopback": self.address == own,
        }
        pages = [
            (f"/{name}", PageRequest, {"door": door, "page": made})
            for name in ("host", "screen")
            for made in (page_of(name, {"page": name, **facts}, self.pages),)
        ]
        api = r"/api/(enter|host/state|host/do|host/questions|host/agenda|screen/state)"
        return _application(
            [*pages, (api, HostRequest, given), (r".*", NoSuchPage, {"door": door})]
        )

    def _serve(self, application: Application, sockets: list[socket.socket]) -> None:
        server = Limited(
            application, max_header_size=8192, idle_connection_timeout=_IDLE, body_timeout=_IDLE
        )
        server.add_sockets(sockets)
        self._servers.append(server)

    async def end(self) -> None:
        """Take nothing more, and let what waits go."""
        for server in self._servers:
            server.stop()
        self.room.is_ended.set()
        self.room.phones.step()
        self.room.host.step()
        await asyncio.sleep(_LAST_WORDS)  # in which phones are told that the room has ended
        for server in self._servers:
            await server.close_all_connections()


def _application(rules: list[Any]) -> Application:
    # Nothing of a request goes to a log.
    return Application(rules, log_function=lambda _: None)


def _bound(address: str, port: int) -> list[socket.socket]:
    try:
        return bind_sockets(port, address)
    except OSError as error:
        raise WorkspaceError(
            f"The room cannot listen on {host_of(address, port)}: {error.strerror or error}. "
            "Is another room open, or is this another computer's address?"
        ) from None
