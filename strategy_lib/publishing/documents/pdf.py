"""Pages as PDF, and their figures as pictures, by one Chromium."""

from __future__ import annotations

import re
import subprocess
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

from strategy_lib.publishing.documents.browsers import (
    browser_command,
    browser_environment,
    can_be_sandboxed,
    has_pipes,
    needed_program,
    scratch_folder,
)
from strategy_lib.publishing.documents.chromium import (
    ORIGIN,
    BrowserError,
    Chromium,
    Window,
    chromium,
)
from strategy_lib.publishing.documents.drawings import (
    DRAWN,
    Drawings,
    Figure,
    Picture,
    sheet_html,
)

__all__ = ["Picture", "Printed", "print_pages", "write_pdfs"]
Work = TypeVar("Work")
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
    pages: Mapping[str, bytes],
    as_of: date,
    jobs: int = 1,
    *,
    drawings: Path | None = None,
    drawing_jobs: int = 0,
) -> dict[str, Printed]:
    """Print pages with a Chromium that reaches nothing.

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
        How many sheets of figures are drawn at a time, while others who draw wait; 0 for `jobs`.

    Raises
    ------
    MissingToolError
        If there is no Chromium.
    BrowserError
        If it does not start, or does not finish a page in time.
    """
    program = needed_program()
    if not has_pipes():
        return {name: _print_once(program, as_of, name, page) for name, page in pages.items()}
    kept = Drawings(drawings, program)
    # The browser ends first, so that after an error nobody waits for what it still had to do.
    windows = drawing_jobs or jobs
    with ThreadPoolExecutor(max(jobs, windows)) as pool, chromium(program) as browser:
        with kept.alone():
            sheets = deque(kept.sheets(pages.values()))
            _in_windows(pool, browser, windows, sheets, partial(_draw, kept))
        kept.forget()
        # The largest first: it would be the one that the others wait for.
        left = deque(sorted(pages, key=lambda name: (-len(pages[name]), name)))
        printed: dict[str, Printed] = {}
        _in_windows(pool, browser, jobs, left, partial(_print, as_of, pages, kept, printed))
        return {name: printed[name] for name in pages}


def write_pdfs(
    outputs: Path, names: Sequence[str], as_of: date, jobs: int = 1
) -> dict[str, tuple[Picture, ...]]:
    """Print `outputs/NAME.html` to `outputs/documents/NAME.pdf`, for each name.

    Returns
    -------
    dict of str to tuple of Picture
        The figures of each page, in their order; none where the system's browsers can only print.

    Raises
    ------
    MissingToolError, BrowserError
        As `print_pages`; nothing is written then.
    """
    pages = {name: (outputs / f"{name}.html").read_bytes() for name in names}
    printed = print_pages(pages, as_of, jobs)
    folder = outputs / "documents"
    folder.mkdir(exist_ok=True)
    for name, page in printed.items():
        (folder / f"{name}.pdf").write_bytes(page.pdf)
    return {name: page.pictures for name, page in printed.items()}


def _in_windows(
    pool: ThreadPoolExecutor,
    browser: Chromium,
    jobs: int,
    left: deque[Work],
    do: Callable[[Window, Work], None],
) -> None:
    """Do all work in a few windows, each taking what nobody has taken yet."""

    def some(_: int) -> None:
        if not left:
            return
        with browser.window() as window:
            while (work := _taken(left)) is not None:
                do(window, work)

    for _ in pool.map(some, range(jobs)):
        pass


def _taken(left: deque[Work]) -> Work | None:
    try:
        return left.popleft()
    except IndexError:
        return None


def _draw(kept: Drawings, window: Window, sheet: list[Figure]) -> None:
    try:
        with window.page(sheet_html(sheet), PAGE_SECONDS):
            kept.keep(sheet, window.evaluate(DRAWN))
    except BrowserError as error:
        raise BrowserError(f"The figures could not be drawn. {error}") from None


def _print(
    as_of: date,
    pages: Mapping[str, bytes],
    kept: Drawings,
    printed: dict[str, Printed],
    window: Window,
    name: str,
) -> None:
    html, pictures = kept.placed(pages[name])
    try:
        with window.page(html, PAGE_SECONDS):
            window.evaluate(_UNLINK)
            window.evaluate(_FIT)
            printed[name] = Printed(_without_traces(window.printed(), as_of), pictures)
    except BrowserError as error:
        raise BrowserError(f"{name}.pdf could not be made. {error}") from None


def _print_once(program: str, as_of: date, name: str, html: bytes) -> Printed:
    """A page by a browser that is started for it alone: where it cannot be told anything."""
    with scratch_folder() as folder:
        page = folder / "page.html"
        page.write_bytes(html)
        for sandboxed in (True, False) if can_be_sandboxed() else (False,):
            pdf = _printed_file(browser_command(program, folder, sandboxed=sandboxed), page)
            if pdf:
                return Printed(_without_traces(pdf, as_of), ())
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
