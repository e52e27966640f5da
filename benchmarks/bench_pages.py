"""Pages as a reader opens them from disk: how large, how soon there, how quick the what-if is.

Run as `python benchmarks/bench_pages.py [FOLDER [ROUNDS]]`; without a folder of pages the example's
are made first. Opening is measured in the browser: from the beginning of the visit until the largest
piece of the first screen is painted. The what-if is measured from the input of a slider until its
handlers have returned and the layout stands. What counts are the ratios to the goals; how soon a
page of one word is there, which is opened in turn with the others, tells a busy machine.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser

from strategy_lib.core.workspace import copy_example, open_workspace
from strategy_lib.running import run
from tools.measure_pages import FRONT, launched, page_kind

ROUNDS = 7
EDITION = "leaders"
OPEN_SECONDS, UPDATE_SECONDS = 0.3, 0.016
KILOBYTES = {FRONT: 200}
CHAPTER_KILOBYTES = 400
# The largest piece that is painted is the finding or the main picture.
_OPENED = """() => new Promise((done) => {
  new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime))
    .observe({ type: "largest-contentful-paint", buffered: true });
})"""
_UPDATED = """(slider) => {
  slider.value = (Number(slider.value) + 7) % Number(slider.max || 100);
  const begun = performance.now();
  slider.dispatchEvent(new Event("input", { bubbles: true }));
  document.body.getBoundingClientRect();
  return performance.now() - begun;
}"""


def main(folder: Path, rounds: int) -> None:
    """Measure each page of a folder and print a line each."""
    with launched() as browser, tempfile.TemporaryDirectory() as beside:
        bare = Path(beside) / "bare.html"
        bare.write_text("<!doctype html><title>Bare</title><p>Bare", encoding="utf-8")
        for path in sorted(folder.glob("*.html")):
            size, goal = (
                path.stat().st_size / 1000,
                KILOBYTES.get(page_kind(path), CHAPTER_KILOBYTES),
            )
            opened, updated = _measured(browser, path, rounds)
            said = f"{path.stem}: {size:.0f} kB / {goal} = {size / goal:.2f}; "
            said += f"there after {opened:.3f} s / {OPEN_SECONDS} = {opened / OPEN_SECONDS:.2f}"
            said += f" (a page of one word: {_measured(browser, bare, rounds)[0]:.3f} s)"
            if updated:
                ratio = updated / UPDATE_SECONDS
                said += (
                    f"; what-if {1000 * updated:.1f} ms / {1000 * UPDATE_SECONDS:.0f} = {ratio:.2f}"
                )
            print(said)


def _measured(browser: Browser, path: Path, rounds: int) -> tuple[float, float]:
    """Seconds until a page is there, and of an update of its what-if (0 without one)."""
    opened, updated = [], [0.0]
    for _ in range(rounds):
        context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)
        page = context.new_page()
        page.goto(path.resolve().as_uri())
        opened.append(page.evaluate(_OPENED) / 1000)
        sliders = page.locator(".what-if input[type=range]")
        if sliders.count():
            updated += [
                sliders.nth(n % sliders.count()).evaluate(_UPDATED) / 1000 for n in range(20)
            ]
        context.close()
    quick = statistics.median(updated[1:]) if updated[1:] else 0.0
    return statistics.median(opened), quick


def example_pages(folder: Path) -> Path:
    """The example's pages for leaders."""
    space = open_workspace(copy_example(folder / "example"))
    run(space, editions=[EDITION], formats=())
    return space.cycle().outputs(EDITION)


if __name__ == "__main__":
    times = int(sys.argv[2]) if sys.argv[2:] else ROUNDS
    if sys.argv[1:]:
        main(Path(sys.argv[1]), times)
    else:
        with tempfile.TemporaryDirectory(prefix="bench-pages-") as made:
            main(example_pages(Path(made)), times)
