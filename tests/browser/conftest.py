"""A real browser whose network is cut and watched.

`offline_page` is what a browser test asks for: it opens a file, and the test fails if the page
asked for anything else, or wrote an error. `visiting` gives the same for a fixture of a wider
scope. Pages forbid `eval`, so wait with `page.wait_for_selector`, never with
`page.wait_for_function`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from strategy_lib.core.workspace import copy_example, open_workspace
from strategy_lib.editions.snapshot import day_of, same_day
from strategy_lib.running import run
from tools.browser import system

# A folder with the example's pages, made before; without it they are made here.
EXAMPLE = "WORKBOOK_EXAMPLE"
# Edition -> its chapters that are made; of the example, the public sees the mapping alone.
EDITIONS = {"leaders": None, "public": ["01"]}
NO_BROWSER = "WORKBOOK_NO_BROWSER"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"width": 1280, "height": 900}
_LOCAL = ("file:", "data:", "blob:", "about:")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if os.environ.get(NO_BROWSER) == "1":
        pytest.skip(f"{NO_BROWSER}=1")
    with sync_playwright() as playwright:
        program = system() or playwright.chromium.executable_path
        if not Path(program).exists():
            pytest.fail(
                "There is no Chromium for the browser tests. Run `make browser`, or leave these "
                f"tests out with {NO_BROWSER}=1.",
                pytrace=False,
            )
        launched = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield launched
        launched.close()


class Visit:
    """One visit to a page: everything that it asked for, and what it complained of."""

    def __init__(self, context: BrowserContext) -> None:
        self.page: Page = context.new_page()
        self.requests: list[str] = []
        self.complaints: list[str] = []
        context.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._on_console)

    def _on_console(self, message) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def open(self, path: Path) -> Page:
        """Open a file."""
        self.page.goto(path.as_uri())
        return self.page

    @property
    def outside(self) -> list[str]:
        """Requests for anything that is not a file."""
        return [url for url in self.requests if not url.startswith(_LOCAL)]


@contextmanager
def visit(browser: Browser, **options) -> Iterator[Visit]:
    """A visit in a fresh context; at its end nothing may have been asked for or gone wrong."""
    context = browser.new_context(offline=True, **options)
    context.route(lambda url: not url.startswith(_LOCAL), lambda route: route.abort())
    seen = Visit(context)
    yield seen
    context.close()
    assert seen.outside == []
    assert seen.complaints == []


@pytest.fixture(scope="session")
def visiting(browser: Browser) -> Callable[..., AbstractContextManager[Visit]]:
    """Begins a visit: `with visiting(viewport=...) as seen:`."""
    return partial(visit, browser)


@pytest.fixture
def offline_page(browser: Browser) -> Iterator[Visit]:
    """A desktop's window, 1280 pixels wide."""
    with visit(browser, viewport=DESKTOP) as seen:
        yield seen


@pytest.fixture
def offline_phone(browser: Browser) -> Iterator[Visit]:
    """A small phone's screen, 360 pixels wide."""
    with visit(browser, viewport={"width": 360, "height": 740}) as seen:
        yield seen


@pytest.fixture
def offline_without_scripts(browser: Browser) -> Iterator[Visit]:
    """A window in which scripts are off."""
    with visit(browser, viewport=DESKTOP, java_script_enabled=False) as seen:
        yield seen


@pytest.fixture(scope="session")
def example_pages(tmp_path_factory) -> Path:
    """Folder of the example's editions for leaders and the public: each has a folder of pages."""
    given = os.environ.get(EXAMPLE)
    if given:
        space = open_workspace(Path(given))
    else:
        space = open_workspace(copy_example(tmp_path_factory.mktemp("example") / "example"))
        now = space.cycle()
        for year in space.years:
            is_now = year == now.year
            day = None if is_now else same_day(day_of(space.settings), year)
            for edition, chapters in EDITIONS.items():
                # Of the year before, only what the comparison reads.
                if is_now or chapters is None:
                    report = run(space, year, [edition], chapters=chapters, formats=(), as_of=day)
                    assert not report.failed, report.lines
    return space.cycle().outputs("leaders").parent
