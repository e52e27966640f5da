"""Pages as PDF, by one Chromium."""

from __future__ import annotations

import re
import subprocess
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path

from strategy_lib.core.atomic import write_whole
from strategy_lib.core.errors import MissingToolError, WorkspaceError
from strategy_lib.publishing.page import template_text
from strategy_lib.publishing.pdf.browsers import (
    browser_command,
    browser_environment,
    can_be_sandboxed,
    has_pipes,
    needed_program,
    scratch_folder,
)
from strategy_lib.publishing.pdf.chromium import ORIGIN, BrowserError, Window, chromium

PAGE_SECONDS = 90.0
PROGRAM = b"Global China strategy workbook"
_PART = re.compile(rb"\(node\d{8}\)")
# Of a page's own clock, which runs ahead when nothing is left to do.
_SCRIPT_MILLISECONDS = 60_000


def print_pages(
    pages: Mapping[str, bytes],
    as_of: date,
    jobs: int = 1,
    *,
    early: str = "",
    each: Callable[[str, bytes], object] = lambda *_: None,
) -> dict[str, bytes]:
    """Print pages as PDF with a Chromium that reaches nothing.

    Parameters
    ----------
    pages : mapping of str to bytes
        HTML of each page, by its name.
    as_of : date
        Day that the documents carry as the day of their making.
    jobs : int
        How many pages are printed at a time.
    early : str
        Address of a browser that has been started already (`EarlyBrowser`).
    each : callable
        Told the name and the document of each page as soon as it is printed: what another page
        fails at later takes nothing from it.

    Raises
    ------
    MissingToolError
        If there is no Chromium.
    BrowserError
        If it does not start, or does not finish in time.
    """
    program = needed_program()
    if not has_pipes():
        alone = {}
        for name, page in pages.items():
            alone[name] = _print_once(program, as_of, name, page)
            each(name, alone[name])
        return alone
    # The largest first: it would be the one that the others wait for.
    left = deque(sorted(pages.items(), key=lambda page: (-len(page[1]), page[0])))
    printed: dict[str, bytes] = {}
    # The browser ends first, so that after an error nobody waits for what it still had to do.
    with ThreadPoolExecutor(jobs) as pool, chromium(program, early) as browser:

        def some(_: int) -> None:
            # Each window is a process of its own, which takes time to start.
            window = browser.open_window() if left else None
            while window and (one := _taken(left)) is not None:
                printed[one[0]] = _printed(window, *one, as_of)
                each(one[0], printed[one[0]])

        for _ in pool.map(some, range(jobs)):
            pass
    return {name: printed[name] for name in pages}


def write_printed(path: Path, page: bytes, day: date, *, is_private: bool = False) -> str:
    """Write a page, and beside it the same as PDF.

    Parameters
    ----------
    path : Path
        Of the page, which ends in `.html`.
    is_private : bool
        Whether both are for their owner alone.

    Returns
    -------
    str
        Why there is no PDF; empty where there is one.

    Raises
    ------
    WorkspaceError
        If one of them cannot be written.
    """
    pdf = path.with_suffix(".pdf")
    _write(path, page, is_private=is_private)
    try:
        printed = print_pages({path.stem: page}, day)[path.stem]
    except (MissingToolError, BrowserError) as error:
        pdf.unlink(missing_ok=True)  # one of an earlier day would not say what the page says
        return str(error)
    _write(pdf, printed, is_private=is_private)
    return ""


def _write(path: Path, content: bytes, *, is_private: bool) -> None:
    try:
        write_whole(path, content)
        if is_private:
            path.chmod(0o600)
    except OSError as error:
        raise WorkspaceError(f"{path} cannot be written: {error.strerror}.") from None


def _printed(window: Window, name: str, page: bytes, as_of: date) -> bytes:
    try:
        with window.page(page, PAGE_SECONDS):
            window.evaluate(template_text("paper.js"))
            return _without_traces(window.printed(), as_of)
    except BrowserError as error:
        raise BrowserError(f"{name}.pdf could not be made. {error}") from None


def _taken(left: deque[tuple[str, bytes]]) -> tuple[str, bytes] | None:
    try:
        return left.popleft()
    except IndexError:
        return None


def _print_once(program: str, as_of: date, name: str, html: bytes) -> bytes:
    """A page by a browser that is started for it alone: where it cannot be told anything."""
    with scratch_folder() as folder:
        page = folder / "page.html"
        page.write_bytes(html)
        for sandboxed in (True, False) if can_be_sandboxed() else (False,):
            pdf = _printed_file(browser_command(program, folder, sandboxed=sandboxed), page)
            if pdf:
                return _without_traces(pdf, as_of)
    raise BrowserError(f"{name}.pdf could not be made. Chromium made no document of the page.")


def _printed_file(command: Sequence[str], page: Path) -> bytes:
    made = page.with_suffix(".pdf")
    print_it = [
        "--no-pdf-header-footer",
        "--generate-pdf-document-outline",
        f"--virtual-time-budget={_SCRIPT_MILLISECONDS}",
        f"--print-to-pdf={made}",
        page.as_uri(),
    ]
    with suppress(subprocess.TimeoutExpired, OSError):
        subprocess.run(
            [*command, *print_it],
            capture_output=True,
            check=False,
            timeout=PAGE_SECONDS,
            env=browser_environment(page.parent),
        )
    return made.read_bytes() if made.is_file() else b""


def _without_traces(pdf: bytes, as_of: date) -> bytes:
    """The same document without the clock, the browser and the system that it was made with.

    Every value keeps its length, so that the document's table of places stays right.
    """
    end = pdf.find(b"endobj")
    facts, rest = pdf[:end], pdf[end:]
    stamp = f"D:{as_of:%Y%m%d}000000+00'00'".encode()
    told = {b"Creator": PROGRAM, b"Producer": b"", b"CreationDate": stamp, b"ModDate": stamp}
    for name, value in told.items():
        entry = rb"/%s \((?:[^()\\]|\\.)*\)" % name
        facts = re.sub(entry, partial(_replaced, b"/%s (%s)" % (name, value)), facts)
    # Where a page stood while it was printed is nobody's business.
    address = rb"/URI \((?:file:|%s)[^()]*\)" % ORIGIN.encode()
    rest = re.sub(address, partial(_replaced, b"/URI (#)"), rest)
    return _renumbered(facts + rest)


def _renumbered(pdf: bytes) -> bytes:
    """Names of the page's parts, counted from 1: the browser counts on from page to page."""
    known = sorted(set(_PART.findall(pdf)))
    places = {name: b"(node%08d)" % number for number, name in enumerate(known, 1)}
    return _PART.sub(lambda found: places[found[0]], pdf)


def _replaced(entry: bytes, found: re.Match[bytes]) -> bytes:
    return entry.ljust(len(found[0]))
