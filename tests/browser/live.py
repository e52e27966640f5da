"""A room in a thread of its own, with its real pages: what a test needs before is there at once.

What people do is done in browsers; what must have happened before is asked over HTTP, so that each
test begins where it wants to, and none rests on another.
"""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
from contextlib import contextmanager
from threading import Thread

from playwright.sync_api import expect

from strategy_lib.core.resources import resource
from strategy_lib.room import room as rooms
from strategy_lib.room.hosting import new_card

PHONE = {"width": 390, "height": 844}
SIZES = {
    "phone": PHONE,
    "host": {"width": 1280, "height": 800},
    "screen": {"width": 1920, "height": 1080},
}
PATIENCE = 60_000
_WORDS = json.loads(resource("templates", "room", "words.json").read_text("utf-8"))


class Live:
    """A room, its host, its screen and its phones, and what went wrong on any of them."""

    def __init__(self, place, browser, language="en"):
        self.words = _WORDS[language]
        self.browser, self.language, self.errors = browser, language, []
        self.pages, self._others = {}, {}
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever)
        self._thread.start()
        self._context = place.opened(has_real_pages=True, language=language)
        self.opened = self.do(self._context.__aenter__())

    def do(self, work):
        """Wait for something that the room does."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(60)

    def end(self):
        for page in self.pages.values():
            page.context.close()
        self.do(self._context.__aexit__(None, None, None))
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        assert self.errors == []

    # ---- pages ----

    def page(self, name, link, size):
        if name not in self.pages:
            context = self.browser.new_context(viewport=size, reduced_motion="reduce")
            page = context.new_page()
            page.set_default_timeout(PATIENCE)
            page.on("pageerror", lambda error: self.errors.append(str(error)))
            page.goto(link)
            self.pages[name] = page
        return self.pages[name]

    @property
    def host(self):
        return self._own("host", ".pill")

    @property
    def screen(self):
        return self._own("screen", "h1")

    def _own(self, name, sign):
        if name not in self.pages:
            link = self.opened.served.keys.link(name)
            self.page(name, link, SIZES[name]).wait_for_selector(sign)
        return self.pages[name]

    @property
    def stranger(self):
        """A phone that holds no card."""
        return self.page("stranger", f"http://{self.opened.served.phones}/", PHONE)

    def phone(self, who):
        """The phone of a person, which has scanned its card."""
        if who not in self.pages:
            card = self.do(self._card(who))
            link = f"http://{self.opened.served.phones}/#code={card.signs}"
            self.page(who, link, PHONE).wait_for_selector("#head:not([hidden])")
        return self.pages[who]

    async def _card(self, who):
        return new_card(self.opened.room, who)

    def press(self, word, page=None):
        """Press a button by its words, whatever number stands in them."""
        name = re.compile(f"^{re.escape(self.words[word].split('{')[0])}")
        (page or self.host).get_by_role("button", name=name).first.click()

    # ---- what happened before ----

    def start(self, block="presence", **more):
        reply = self.do(self.opened.start(block, **more))
        assert reply.status == 200, reply.body

    def command(self, name, **more):
        reply = self.do(self.opened.do(name, **more))
        assert reply.status == 200, reply.body

    def said(self, question, **values):
        """Answers of others, from their own phones."""
        for number, (who, value) in enumerate(values.items()):
            if who not in self._others:
                self._others[who] = self.do(self.opened.pair(who, number))
            reply = self.do(self._others[who].answer(question, value))
            assert reply.status == 200, reply.body

    def close(self, monkeypatch):
        self.do(self.opened.close(monkeypatch))

    def wall(self, view):
        """Show something on the wall, and wait until it is there."""
        self.command("wall", view=view)
        self.screen.wait_for_selector(f'main[data-view="{view}"]')


def quick(monkeypatch):
    """No countdown before a round is closed, and no waiting until pages are told."""
    monkeypatch.setattr(rooms, "CLOSING", 0.0)
    monkeypatch.setattr(rooms, "_PHONES_TOLD", 0.1)
    monkeypatch.setattr(rooms, "_HOST_TOLD", 0.1)
    monkeypatch.setattr("strategy_lib.room.web.serving._SPREAD", 0.0)


def answer(live, phone, best, sure=1):
    """Three taps of a question on a scale."""
    before = phone.locator("#count").inner_text()
    phone.locator(f'.scale input[value="{best}"]').check(force=True)
    phone.locator(".seg input").nth(sure).check(force=True)
    phone.get_by_role("button", name=live.words["next"]).click()
    expect(phone.locator("#count")).not_to_have_text(before)


@contextmanager
def command(root):
    """`workbook room` in a process of its own; gives the links that the terminal tells."""
    begin = [sys.executable, "-m", "strategy_lib.cli", "room", str(root)]
    options = ["--port", "0", "--host-port", "0", "--no-browser"]
    process = subprocess.Popen(
        [*begin, *options], stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    found: dict[str, str] = {}
    try:
        while "Phones" not in found:
            line = process.stdout.readline()
            assert line, "the room did not open"
            name, _, link = line.strip().partition(": ")
            found[name] = link
        yield found
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()
