"""What reaches the room from elsewhere is refused before it is read."""

from __future__ import annotations

import asyncio
import base64
import gzip
import hashlib
import json
import re

import pytest

from strategy_lib.core.errors import InputError
from strategy_lib.room.web import requests, serving
from strategy_lib.room.web.addresses import checked_address
from strategy_lib.room.web.pages import page_of
from strategy_lib.room.web.requests import MOST_BYTES, Door
from tests.room.rooms import pages, score

ONE = "scores/P0/safety"


async def test_another_host_or_origin_is_refused_on_both_ports(place):
    async with place.opened() as room:
        own = room.served.phones
        for ask in (room.phone, room.host):
            for host in ("evil.example", f"evil.example:{own.rpartition(':')[2]}", ""):
                reply = await ask("/", headers={"Host": host})
                assert (reply.status, reply.error) == (421, "wrong_host")
        port = own.rpartition(":")[2]
        assert (await room.phone("/", headers={"Host": f"localhost:{port}"})).status == 421
        for origin in ("http://evil.example", "null", f"https://{own}"):
            reply = await room.phone("/api/pair", {}, headers={"Origin": origin})
            assert (reply.status, reply.error) == (403, "wrong_origin")
        reply = await room.phone("/api/pair", {}, headers={"Origin": f"http://{own}"})
        assert reply.error == "not_understood"


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
async def test_only_json_is_taken(place, kind):
    async with place.opened() as room:
        reply = await room.phone("/api/pair", {}, headers={"Content-Type": kind})
        assert (reply.status, reply.error) == (415, "not_json")


@pytest.mark.parametrize("raw", [b"", b"[]", b"{", b'{"a": NaN}', b"\xff", b"[" * 5000])
async def test_what_is_no_object_is_told(place, raw):
    async with place.opened() as room:
        phone = await room.pair("A01")
        reply = await room.phone("/api/answer", raw=raw, token=phone.token)
        assert (reply.status, reply.error) == (400, "not_understood")


async def test_a_megabyte_is_refused_without_being_read(place):
    async with place.opened() as room:
        address, port = room.served.phones.split(":")
        reader, writer = await asyncio.open_connection(address, int(port))
        writer.write(
            f"POST /api/answer HTTP/1.1\r\nHost: {room.served.phones}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {1 << 20}\r\n\r\n".encode()
        )
        assert b" 413 " in await reader.readline()
        writer.close()
        phone = await room.pair("A01")
        long = json.dumps({"id": "a" * MOST_BYTES}).encode()
        reply = await room.phone("/api/answer", raw=long, token=phone.token)
        assert (reply.status, reply.error) == (413, "too_long")


async def test_what_is_not_paired_gets_nothing(place):
    async with place.opened() as room:
        await room.start()
        phone = await room.pair("A01")
        for path in ("/api/state?version=-1", "/api/questions?key=presence:1.1"):
            assert (await room.phone(path)).status == 401
        for path in ("answer", "withdraw", "end", "leave"):
            assert (await room.phone(f"/api/{path}", {})).status == 401
        for path in ("/api/host/state", "/api/screen/state"):
            assert (await room.host(path, token=phone.token)).status == 401
        assert (await room.host("/api/host/do", {}, phone.token)).status == 401
        screen = await room.enter("screen")
        assert (await room.host("/api/host/state", token=screen)).status == 401
        assert (await room.phone("/host")).status == 404


async def test_a_link_to_the_host_works_once(place):
    async with place.opened() as room:
        key = room.served.keys.link("host").partition("#key=")[2]
        assert (await room.host("/api/enter", {"key": key}))["page"] == "host"
        assert (await room.host("/api/enter", {"key": key})).error == "used_code"


async def test_the_pages_run_their_own_script_alone_and_say_so(place):
    async with place.opened() as room:
        for ask, path in ((room.phone, "/"), (room.host, "/host"), (room.host, "/screen")):
            page = await ask(path)
            policy = page.headers["Content-Security-Policy"]
            text = page.raw.decode()
            for tag in ("style", "script"):
                (source,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text)
                digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
                assert f"{tag}-src 'sha256-{digest}'" in policy
            assert policy.startswith("default-src 'none'; ")
            assert "frame-ancestors 'none'" in policy and "unsafe" not in policy
            assert page.headers["Cache-Control"] == "no-store"
            assert page.headers["Referrer-Policy"] == "no-referrer"
            assert page.headers["X-Content-Type-Options"] == "nosniff"
            assert "Set-Cookie" not in page.headers and "Server" not in page.headers
            assert r'{"keys":["no.a"],"en":["\u003cb>"]}' in text


def test_a_page_has_its_own_words_alone(tmp_path):
    folder = pages(tmp_path / "pages")
    (folder / "one.js").write_text('/* more */\nt("p.a") + t("h.a")', "utf-8")
    words = {"p.a": "phone", "p.b": "", "h.a": "host", "s.a": "screen", "no.a": "all"}
    (folder / "words.json").write_text(json.dumps({"en": words, "fr": words}), "utf-8")
    page = page_of("phone", {"page": "phone"}, folder)
    assert b'{"keys":["p.a","no.a"],"en":["phone","all"],"fr":["phone","all"]}' in page.content
    assert gzip.decompress(page.packed) == page.content


async def test_a_phone_that_asks_too_often_is_told_when_to_ask_again(place, monkeypatch):
    monkeypatch.setattr(requests, "RATE", 0.001)
    async with place.opened() as room:
        phone = await room.pair("A01")
        await room.start()
        replies = [await phone.answer(ONE, None) for _ in range(int(requests.BURST) + 2)]
        assert [reply.status for reply in replies[-3:]] == [200, 429, 429]
        assert replies[-1].error == "too_fast" and replies[-1]["args"]["wait"] > 0


def test_so_many_requests_a_second_and_no_more(monkeypatch):
    now = [0.0]
    monkeypatch.setattr("strategy_lib.room.web.requests.time.monotonic", lambda: now[0])
    door = Door(None, frozenset())
    assert [door.wait("A01") for _ in range(10)] == [0.0] * 10
    assert door.wait("A01") == pytest.approx(0.2)
    assert door.wait("A02") == 0.0
    now[0] = 0.2
    assert door.wait("A01") == 0.0


async def test_a_connection_too_many_is_told(place, monkeypatch):
    monkeypatch.setattr(serving, "MOST_CONNECTIONS", 1)
    async with place.opened() as room:
        address, port = room.served.phones.split(":")
        first = await asyncio.open_connection(address, int(port))
        first[1].write(f"GET / HTTP/1.1\r\nHost: {room.served.phones}\r\n\r\n".encode())
        assert b" 200 " in await first[0].readline()
        second = await asyncio.open_connection(address, int(port))
        assert b" 503 " in await second[0].readline()
        assert b'"full"' in await second[0].read()
        first[1].close()


@pytest.mark.parametrize("given", ["0.0.0.0", "::", "8.8.8.8", "2001:4860::1", "hotel", ""])
def test_the_room_listens_on_a_private_address_or_not_at_all(given):
    with pytest.raises(InputError):
        checked_address(given)


def test_private_addresses_are_taken():
    for given in ("192.168.8.2", "10.0.0.7", "172.16.3.1", "fd00::2", "127.0.0.1"):
        assert checked_address(given) == given


async def test_questions_and_answers_are_about_what_is_asked(place):
    async with place.opened() as room:
        phone = await room.pair("A01")
        await room.start(questions=[ONE])
        (question,) = await phone.questions()
        assert question["ask"] == "How much Safety?"
        assert question["anchors"]["0"] == "none at all"
        assert (await phone.answer(ONE, score(5))).status == 200
