"""A headless Chromium that is told what to do through two pipes: no port, no network, no files.

Pages are given to it from memory; whatever else they ask for, they do not get. It ends with the
process that started it, because its pipe ends then.
"""

from __future__ import annotations

import base64
import json
import os
import queue
import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from threading import Lock, Thread, Timer
from typing import Any

from strategy_lib.core.errors import StrategyError
from strategy_lib.publishing.pdf.browsers import Started, can_be_sandboxed, scratch_folder, start
from strategy_lib.publishing.pdf.early_browser import take_over

STARTING_SECONDS = 30.0
# A name that no machine can have (RFC 2606): a page knows no path of this one.
ORIGIN = "https://workbook.invalid"
_PAGE = f"{ORIGIN}/page"
_CHUNK = 1 << 20
# What of an A4 sheet is inside the margins of chapter.css, in CSS pixels (96 an inch): 186 mm wide.
_PAPER = {"width": 703, "height": 1020, "deviceScaleFactor": 1, "mobile": False}
_Message = dict[str, Any]
_Mailbox = queue.SimpleQueue[_Message | None]


class BrowserError(StrategyError):
    """Chromium could not be started, stopped answering, or refused a page."""


@contextmanager
def chromium(program: str, early: str = "") -> Iterator[Chromium]:
    """A browser for the length of a `with` block.

    Parameters
    ----------
    program : str
        Its path.
    early : str
        Address of an `EarlyBrowser` of this program; where there is none, another is started.

    Raises
    ------
    BrowserError
        If it does not start.
    """
    with scratch_folder() as folder:
        browser = _taken(early) or _ready(program, folder)
        try:
            yield browser
        finally:
            browser.end()


def _taken(early: str) -> Chromium | None:
    if not early:
        return None
    try:
        browser = Chromium(take_over(early))
    except OSError:
        return None
    return browser if _has_answered(browser) else None


def _has_answered(browser: Chromium) -> bool:
    """Whether it is there; else it is ended."""
    try:
        Window(browser, STARTING_SECONDS).call("Browser.getVersion")
        return True
    except BrowserError:
        browser.end()
        return False
    except BaseException:
        browser.end()
        raise


def _ready(program: str, folder: Path) -> Chromium:
    """A browser that has answered once.

    In containers its sandbox may not start. Without it the pages stay what they were: our own,
    whose policy lets no script run but ours, and without a network.
    """
    for sandboxed in (True, False) if can_be_sandboxed() else (False,):
        try:
            browser = Chromium(start(program, folder, sandboxed=sandboxed))
        except OSError as error:
            raise BrowserError(f"{program} cannot be started ({error.strerror}).") from None
        if _has_answered(browser):
            return browser
    raise BrowserError(f"{program} was started, but does not answer as a Chromium does.")


class Chromium:
    """One running browser; `chromium()` begins and ends it. Threads may share it."""

    def __init__(self, started: Started) -> None:
        self._started = started
        self._numbers = count(1)
        self._lock = Lock()
        self._waiting: dict[int, _Mailbox] = {}
        self._windows: dict[str, _Mailbox] = {}
        self._has_ended = False
        Thread(target=self._listen, daemon=True).start()

    def open_window(self) -> Window:
        """A window for one page after another, until the browser ends; it shares nothing."""
        window = Window(self, STARTING_SECONDS)
        with self.watched(STARTING_SECONDS):
            context = window.call("Target.createBrowserContext")["browserContextId"]
            blank = {"url": "about:blank", "browserContextId": context}
            window.attach(window.call("Target.createTarget", blank)["targetId"])
        return window

    @contextmanager
    def watched(self, seconds: float) -> Iterator[None]:
        """End a browser that does not even listen: it would hold up whoever speaks to it."""
        watch = Timer(seconds + STARTING_SECONDS, self._kill)
        watch.daemon = True
        watch.start()
        try:
            yield
        finally:
            watch.cancel()

    def send(self, message: _Message, replies: _Mailbox | None = None) -> int:
        """Send a command; its answer comes to `replies`."""
        with self._lock:
            number = next(self._numbers)
            if replies is not None:
                self._waiting[number] = replies
            try:
                if self._has_ended:
                    raise BrokenPipeError
                self._started.ask.write(json.dumps({**message, "id": number}).encode() + b"\0")
                self._started.ask.flush()
            except OSError:
                raise BrowserError("Chromium has ended.") from None
        return number

    def hear(self, session: str, mailbox: _Mailbox) -> None:
        """Let what a window tells come to `mailbox`."""
        with self._lock:
            self._windows[session] = mailbox

    def _listen(self) -> None:
        parts: list[bytes] = []
        # Closed by nobody else: the next browser's pipe could get its number, and be read here.
        with self._started.hear as hear, suppress(OSError, ValueError):
            while read := os.read(hear.fileno(), _CHUNK):
                *ends, rest = read.split(b"\0")
                for end in ends:
                    self._deliver(json.loads(b"".join([*parts, end])))
                    parts.clear()
                parts.append(rest)
        with self._lock:
            self._has_ended = True
            for mailbox in (*self._waiting.values(), *self._windows.values()):
                mailbox.put(None)

    def _deliver(self, message: _Message) -> None:
        with self._lock:
            mailbox = self._waiting.pop(message.get("id", 0), None)
            mailbox = mailbox or self._windows.get(message.get("sessionId", ""))
        if mailbox is not None:
            mailbox.put(message)

    def _kill(self) -> None:
        with suppress(OSError):
            os.killpg(self._started.pid, signal.SIGKILL)

    def end(self) -> None:
        """End the browser and everything that it has started."""
        self._kill()
        if self._started.process is not None:
            self._started.process.wait()
        with suppress(OSError):
            self._started.ask.close()


class Window:
    """One window of a browser, for one page after another.

    Pages of one window share the program that they are drawn by: it is read once.

    Parameters
    ----------
    seconds : float
        Time for what is asked of it before the first page.
    """

    def __init__(self, browser: Chromium, seconds: float) -> None:
        self._browser = browser
        self._deadline = time.monotonic() + seconds
        self._html = b""
        self._session = ""
        self._heard: _Mailbox = queue.SimpleQueue()

    def attach(self, target: str) -> None:
        """Speak to a blank window, and let it be a sheet of paper that reaches nothing."""
        to = {"targetId": target, "flatten": True}
        session = self.call("Target.attachToTarget", to)["sessionId"]
        self._browser.hear(session, self._heard)
        self._session = session
        self.call("Fetch.enable", {"patterns": [{"urlPattern": "*"}]})
        self.call("Page.enable")
        self.call("Inspector.enable")
        self.call("Emulation.setDeviceMetricsOverride", _PAPER)
        self.call("Emulation.setEmulatedMedia", {"media": "print"})

    @contextmanager
    def page(self, html: bytes, seconds: float) -> Iterator[Window]:
        """A page as it goes on paper.

        Parameters
        ----------
        seconds : float
            Time for the page and all that is asked of it.
        """
        self._deadline = time.monotonic() + seconds
        self._html = html
        with self._browser.watched(seconds):
            self.call("Page.navigate", {"url": _PAGE})
            while self._next().get("method") != "Page.loadEventFired":
                pass
            yield self

    def evaluate(self, expression: str) -> Any:
        """Value of an expression in the page, awaited where it is a promise."""
        told = {"expression": expression, "awaitPromise": True, "returnByValue": True}
        reply = self.call("Runtime.evaluate", told)
        if "exceptionDetails" in reply:
            details = reply["exceptionDetails"]
            what = details.get("exception", {}).get("description") or details["text"]
            raise BrowserError(f"A script of the page failed: {what.splitlines()[0]}")
        return reply["result"].get("value")

    def printed(self) -> bytes:
        """The page as PDF, as its own style sheet for paper wants it."""
        told = {
            "preferCSSPageSize": True,
            "printBackground": True,
            "generateTaggedPDF": True,
            "generateDocumentOutline": True,
        }
        return base64.b64decode(self.call("Page.printToPDF", told)["data"])

    def call(self, method: str, params: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """What the browser answers to one command."""
        number = self._send(method, params or {}, self._heard)
        while True:
            message = self._next()
            if message.get("id") == number:
                if "error" in message:
                    raise BrowserError(f"{method}: {message['error'].get('message')}")
                result: dict[str, Any] = message["result"]
                return result

    def _send(self, method: str, params: Mapping[str, Any], replies: _Mailbox | None = None) -> int:
        session = {"sessionId": self._session} if self._session else {}
        return self._browser.send({"method": method, "params": params, **session}, replies)

    def _next(self) -> _Message:
        """The next message; requests of the page are answered here and passed over."""
        while True:
            try:
                message = self._heard.get(timeout=max(0.0, self._deadline - time.monotonic()))
            except queue.Empty:
                raise BrowserError("Chromium did not answer in time.") from None
            if message is None:
                raise BrowserError("Chromium has ended.")
            if message.get("method") == "Inspector.targetCrashed":
                raise BrowserError("Chromium gave the page up.")
            if message.get("method") != "Fetch.requestPaused":
                return message
            self._answer(message["params"])

    def _answer(self, paused: Mapping[str, Any]) -> None:
        number = {"requestId": paused["requestId"]}
        if paused["request"]["url"] != _PAGE:
            self._send("Fetch.failRequest", {**number, "errorReason": "AccessDenied"})
            return
        kind = {"name": "Content-Type", "value": "text/html; charset=utf-8"}
        body = base64.b64encode(self._html).decode("ascii")
        told = {"responseCode": 200, "responseHeaders": [kind], "body": body}
        self._send("Fetch.fulfillRequest", {**number, **told})
