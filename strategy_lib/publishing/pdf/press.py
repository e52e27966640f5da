"""Pages as PDF, and their figures as pictures, by one Chromium."""

from __future__ import annotations

import math
import re
import subprocess
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from strategy_lib.publishing.pdf.browsers import (
    browser_command,
    browser_environment,
    can_be_sandboxed,
    has_pipes,
    needed_program,
    scratch_folder,
)
from strategy_lib.publishing.pdf.chromium import ORIGIN, BrowserError, Chromium, Window, chromium
from strategy_lib.publishing.pdf.drawings import (
    Drawings,
    Figure,
    Picture,
    board_html,
    board_scripts,
    drawing_script,
)

__all__ = ["Picture", "Press", "Printed", "press", "print_pages"]
Work = TypeVar("Work")
# A board takes as long to set up as ten figures to draw; and it has to be done in time.
_FEWEST_ON_A_BOARD, _MOST_ON_A_BOARD = 12, 40
PAGE_SECONDS = 90.0
PROGRAM = b"Global China strategy workbook"
_PART = re.compile(rb"\(node\d{8}\)")
# Of a page's own clock, which runs ahead when nothing is left to do.
_DRAWING_MILLISECONDS = 60_000
# Links between pages lead nowhere on paper, and would carry an address of this machine's making.
_UNLINK = f"""document.querySelectorAll('a[href]').forEach(a => {{
  if (a.href.startsWith('{ORIGIN}') && !a.getAttribute('href').startsWith('#'))
    a.removeAttribute('href');
}})"""
# A table that is too wide gets smaller type before its words are broken; a figure that is taller
# than a sheet gets smaller, down to where it could no longer be read.
# So does what a brief asks, which has one sheet.
_FIT = """(() => {
  const long = cell => cell.textContent.split(/\\s+/).some(word => word.length > 22);
  for (const table of document.querySelectorAll('.table > table')) {
    const room = table.parentElement.clientWidth;
    table.classList.add('words');
    table.querySelectorAll('th, td').forEach(c => c.classList.toggle('anywhere', long(c)));
    for (const points of [null, 7.5, 6.5, 6]) {
      if (points) table.style.fontSize = points + 'pt';
      if (table.offsetWidth <= room) break;
    }
    if (table.offsetWidth > room) table.classList.remove('words');
    if (table.offsetHeight > 480) table.parentElement.style.breakInside = 'auto';
  }
  const asked = document.querySelector('.bottom-line:has(table)');
  const sheet = asked ? 975 - asked.getBoundingClientRect().top - scrollY : Infinity;
  if (asked?.offsetHeight > sheet)
    asked.style.zoom = Math.max(0.7, sheet / asked.offsetHeight);
  for (const whole of document.querySelectorAll('figure > .whole')) {
    const drawing = whole.querySelector('.drawing');
    let first = whole.parentElement;
    for (const kind of ['P', 'H2', 'H3', 'H4'])
      if (first.previousElementSibling?.nodeName === kind) first = first.previousElementSibling;
    if (first.nodeName === 'P') first = whole.parentElement;
    const height = whole.getBoundingClientRect().bottom - first.getBoundingClientRect().top;
    const rest = height - drawing.offsetHeight;
    const room = 940 - rest;
    if (drawing.offsetHeight > room)
      drawing.style.zoom = Math.max(0.5, room / drawing.offsetHeight);
  }
  // Printing says it once more, and charts.js would draw every figure a second time.
  document.querySelectorAll('.drawing').forEach(drawing => { drawing.layout = null; });
})()"""


@dataclass(frozen=True)
class Printed:
    """One page on paper.

    Attributes
    ----------
    pictures : tuple of Picture
        Its figures, in their order.
    """

    pdf: bytes
    pictures: tuple[Picture, ...]


def print_pages(
    pages: Mapping[str, bytes], as_of: date, jobs: int = 1, *, drawings: Path | None = None
) -> dict[str, Printed]:
    """Print pages with a Chromium that reaches nothing: `press`, drawing and printing at once."""
    with press(pages, as_of, jobs, drawings=drawings) as printing:
        pictures = printing.draw()
        documents = printing.print()
    return {name: Printed(documents[name], pictures[name]) for name in pages}


@contextmanager
def press(
    pages: Mapping[str, bytes],
    as_of: date,
    jobs: int = 1,
    *,
    drawings: Path | None = None,
    drawing_jobs: int = 0,
    early: str = "",
) -> Iterator[Press]:
    """Pages on their way to paper, and the browser that brings them there.

    Parameters
    ----------
    pages : mapping of str to bytes
        HTML of each page, by its name.
    as_of : date
        Day that the documents carry as the day of their making.
    jobs : int
        How many pages are printed at a time.
    drawings : Path, optional
        Folder of figures that were drawn before; those that are new are added to it.
    drawing_jobs : int
        How many figures are drawn at a time, while others who draw wait; 0 for `jobs`.
    early : str
        Address of a browser that has been started already (`EarlyBrowser`).

    Raises
    ------
    MissingToolError
        If there is no Chromium.
    BrowserError
        If it does not start; its steps, if it does not finish in time.
    """
    program = needed_program()
    if not has_pipes():
        yield _PressWithoutPipes(program, pages, as_of)
        return
    kept = Drawings(drawings, program)
    # The browser ends first, so that after an error nobody waits for what it still had to do.
    with (
        ThreadPoolExecutor(max(jobs, drawing_jobs)) as pool,
        chromium(program, early) as browser,
    ):
        yield _PressWithPipes(pages, as_of, _Windows(pool, browser), kept, jobs, drawing_jobs)


class Press(Protocol):
    """First the figures of some pages, then the pages."""

    def draw(self) -> dict[str, tuple[Picture, ...]]:
        """Figures of each page, in their order; none where the system's browsers only print."""

    def print(self) -> dict[str, bytes]:
        """Each page as PDF."""


class _PressWithoutPipes:
    """For systems on which a browser cannot be told anything: one is started for each page."""

    def __init__(self, program: str, pages: Mapping[str, bytes], as_of: date) -> None:
        self._program, self._pages, self._as_of = program, pages, as_of

    def draw(self) -> dict[str, tuple[Picture, ...]]:
        return dict.fromkeys(self._pages, ())

    def print(self) -> dict[str, bytes]:
        return {n: _print_once(self._program, self._as_of, n, p) for n, p in self._pages.items()}


class _Windows:
    """Windows of one browser, and the threads that wait for them."""

    def __init__(self, pool: ThreadPoolExecutor, browser: Chromium) -> None:
        self._pool, self._browser = pool, browser
        # Those that nobody uses now: each is a process of its own, which takes time to start.
        self._idle: deque[Window] = deque()

    def share(self, work: Sequence[Work], jobs: int, do: Callable[[Window, Work], None]) -> None:
        """Do all work in a few windows, each taking what nobody has taken yet."""
        left = deque(work)

        def some(_: int) -> None:
            if not left:
                return
            window = _taken(self._idle) or self._browser.open_window()
            while (one := _taken(left)) is not None:
                do(window, one)
            self._idle.append(window)

        for _ in self._pool.map(some, range(jobs)):
            pass


class _PressWithPipes:
    """One browser that is told what to do."""

    def __init__(
        self,
        pages: Mapping[str, bytes],
        as_of: date,
        windows: _Windows,
        kept: Drawings,
        jobs: int,
        drawing_jobs: int,
    ) -> None:
        self._pages, self._as_of = pages, as_of
        self._windows, self._kept = windows, kept
        self._jobs, self._drawing_jobs = jobs, drawing_jobs or jobs

    def draw(self) -> dict[str, tuple[Picture, ...]]:
        with self._kept.alone():
            new = self._kept.new(self._pages.values())
            boards = min(self._drawing_jobs, math.ceil(len(new) / _FEWEST_ON_A_BOARD))
            size = min(math.ceil(len(new) / max(boards, 1)), _MOST_ON_A_BOARD)
            parts = [new[n : n + size] for n in range(0, len(new), size)] if new else []
            self._windows.share(parts, boards, self._draw)
        self._kept.forget()
        return {name: self._kept.pictures(page) for name, page in self._pages.items()}

    def _draw(self, window: Window, figures: Sequence[Figure]) -> None:
        try:
            with window.page(board_html(), PAGE_SECONDS):
                for script in board_scripts(figures):
                    window.evaluate(f"{script}; 0")
                for figure in figures:
                    self._kept.keep(figure, window.evaluate(drawing_script(figure)))
        except BrowserError as error:
            raise BrowserError(f"The figures could not be drawn. {error}") from None

    def print(self) -> dict[str, bytes]:
        # The largest first: it would be the one that the others wait for.
        pages = sorted(self._pages.items(), key=lambda page: (-len(page[1]), page[0]))
        printed: dict[str, bytes] = {}

        def one(window: Window, page: tuple[str, bytes]) -> None:
            printed[page[0]] = self._print(window, *page)

        self._windows.share(pages, self._jobs, one)
        return {name: printed[name] for name in self._pages}

    def _print(self, window: Window, name: str, page: bytes) -> bytes:
        try:
            with window.page(self._kept.placed(page), PAGE_SECONDS):
                window.evaluate(_UNLINK)
                window.evaluate(_FIT)
                return _without_traces(window.printed(), self._as_of)
        except BrowserError as error:
            raise BrowserError(f"{name}.pdf could not be made. {error}") from None


def _taken(left: deque[Work]) -> Work | None:
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
        f"--virtual-time-budget={_DRAWING_MILLISECONDS}",
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
    rest = re.sub(rb"/URI \((?:file:|%s)[^()]*\)" % ORIGIN.encode(), _without_address, rest)
    return _renumbered(facts + rest)


def _without_address(found: re.Match[bytes]) -> bytes:
    return b"/URI (#)".ljust(len(found[0]))


def _renumbered(pdf: bytes) -> bytes:
    """Names of the page's parts, counted from 1: the browser counts on from page to page."""
    known = sorted(set(_PART.findall(pdf)))
    places = {name: b"(node%08d)" % number for number, name in enumerate(known, 1)}
    return _PART.sub(lambda found: places[found[0]], pdf)


def _replaced(entry: bytes, found: re.Match[bytes]) -> bytes:
    return entry.ljust(len(found[0]))
