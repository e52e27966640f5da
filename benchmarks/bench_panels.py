"""Panels in JupyterLab, in a real browser: until one is visible, from a key to what it changes.

Run as `python benchmarks/bench_panels.py [TIMES]`. The baseline is the shortest way that there is:
a slider of ipywidgets whose value a kernel writes into a text. The presence panel has 12 criteria,
11 options and 12 assessors; the chapters are the example's.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from strategy_lib.core.resources import resource
from strategy_lib.core.workspace import Workspace, copy_example, open_workspace
from strategy_lib.inputs.entries.entry import EntryLog, local_now, new_session
from strategy_lib.publishing.pdf.browsers import find_program
from strategy_lib.workshop.lab import lab_command, lab_environment, prepare_lab, read_meanwhile
from tests.browser.test_workshop import TOKEN, address
from tests.workspaces import make_workspace, write_sheets

TIMES = 20
VISIBLE_SECONDS, CHANGE_MS, SAVE_MS = 3, 150, 50
OPTIONS, CRITERIA, PEOPLE = 11, 12, 12
_BASELINE = """import ipywidgets as w
slider, said = w.FloatSlider(description="baseline"), w.HTML("0")
said.add_class("baseline")
slider.observe(lambda c: setattr(said, "value", str(c["new"])), names="value")
w.VBox([slider, said])"""
_PRESENCE = """from strategy_lib.notebook import load
from strategy_lib.chapters.presence.panel import PresencePanel
PresencePanel.open(load())"""
_IDLE = '#jp-main-statusbar :text("| Idle")'
# Milliseconds from a key on the focused element to the first change below another one.
_CHANGE = """selector => { window.changed = new Promise(done => {
  const seen = new MutationObserver(() => { seen.disconnect(); done(performance.now() - begun); });
  let begun = 0;
  document.addEventListener('keydown', () => { begun = performance.now(); },
                            {capture: true, once: true});
  seen.observe(document.querySelector(selector),
               {subtree: true, childList: true, characterData: true, attributes: true});
}); }"""


def large_room(folder: Path) -> Workspace:
    """A federation whose people have scored everything."""
    workspace = make_workspace(folder, {})
    inputs = workspace.cycle().inputs
    people = [f"A{n:02}" for n in range(PEOPLE)]
    options, criteria = [f"P{n}" for n in range(OPTIONS)], [f"c{n}" for n in range(CRITERIA)]
    write_sheets(
        inputs / "prepare" / "people.xlsx",
        {
            "assessors": [{"assessor_id": code, "unit_id": "hq"} for code in people],
        },
    )
    write_sheets(
        inputs / "presence" / "p.xlsx",
        {
            "presence_options": [
                {"option_id": o, "name": f"Option {o}", "legal_route": "none"} for o in options
            ],
            "criteria": [
                {
                    "criterion_id": c,
                    "name": f"Criterion {c}",
                    "direction": "higher_is_better",
                    "anchor_0": "None",
                    "anchor_10": "All",
                }
                for c in criteria
            ],
            "scores": [
                {
                    "assessor_id": a,
                    "option_id": o,
                    "criterion_id": c,
                    "best": (i + 3 * j + 5 * k) % 11,
                }
                for i, a in enumerate(people)
                for j, o in enumerate(options)
                for k, c in enumerate(criteria)
            ],
            "swing_weights": [
                {"assessor_id": a, "criterion_id": c, "points": 10 + (i * k) % 90}
                for i, a in enumerate(people)
                for k, c in enumerate(criteria)
            ],
        },
    )
    return workspace


@contextmanager
def lab(workspace: Workspace, cells: tuple[str, ...] = ()) -> Iterator[str]:
    """JupyterLab on a workspace, with a notebook of some cells beside the chapters."""
    folder = prepare_lab(workspace)
    notebook = nbformat.v4.new_notebook(cells=list(map(nbformat.v4.new_code_cell, cells)))
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(notebook, folder / "bench.ipynb")
    runtime = folder / ".settings" / "runtime"
    variables = lab_environment(workspace.cycle(), folder) | {"JUPYTER_RUNTIME_DIR": str(runtime)}
    command = [*lab_command(folder, browser=False, port=0), f"--IdentityProvider.token={TOKEN}"]
    with (folder / "lab.log").open("w") as log:
        process = subprocess.Popen(command, env=variables, stdout=log, stderr=log)
        try:
            read_meanwhile(workspace.cycle())
            yield address(runtime, process)
        finally:
            process.terminate()
            process.wait(timeout=30)


def run_all(page: Page, server: str, notebook: str, wanted: str) -> float:
    """Seconds from "run all" on a cold kernel until something is visible."""
    page.goto(f"{server}lab/tree/{notebook}?reset&token={TOKEN}")
    page.wait_for_selector(_IDLE, timeout=60_000)
    page.click('.lm-MenuBar-itemLabel:has-text("Run")')
    begun = time.perf_counter()
    page.click('li[data-command="runmenu:run-all"]')
    page.wait_for_selector(wanted, timeout=60_000)
    return time.perf_counter() - begun


def changes(page: Page, focused: Any, selector: str, keys: list[str]) -> float:
    """Median milliseconds from a key to what it changes."""
    found = []
    for key in keys:
        page.wait_for_selector(_IDLE, timeout=60_000)
        focused.focus()
        page.evaluate(_CHANGE, selector)
        page.keyboard.press(key)
        found.append(float(page.evaluate("window.changed")))
    return statistics.median(found)


def saving(workspace: Workspace, times: int) -> float:
    """Median milliseconds until an entry is on the disk."""
    log = EntryLog(workspace.cycle().inputs, new_session(local_now()))
    found = []
    for n in range(times):
        begun = time.perf_counter()
        row = {"assessor_id": "A01", "criterion_id": "c1", "points": n}
        log.append("swing_weights", row, "A01")
        found.append(1000 * (time.perf_counter() - begun))
    return statistics.median(found)


def main(times: int) -> None:
    """Measure and print a line each."""
    keys = ["ArrowUp", "ArrowDown"] * (times // 2)
    with tempfile.TemporaryDirectory(prefix="bench-panels-") as name, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=find_program(), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1600, "height": 1400})
        example = open_workspace(copy_example(Path(name) / "example"))
        with lab(example) as server:
            for path in sorted(resource("notebooks").glob("*.ipynb")):
                if "Panel.open(" in path.read_text(encoding="utf-8"):
                    seconds = run_all(page, server, path.name, ".wb-panel")
                    print(f"{path.stem}: visible after {seconds:.1f} s (goal: {VISIBLE_SECONDS})")
        cells = (_BASELINE, _PRESENCE)
        room = large_room(Path(name) / "room")
        with lab(room, cells) as server:
            run_all(page, server, "bench.ipynb", ".wb-panel .js-plotly-plot .main-svg")
            base = changes(page, page.locator(".noUi-handle").first, ".baseline", keys)
            print(f"baseline: {base:.0f} ms from a key to the text (median of {times})")
            page.get_by_label("Who enters:").select_option(label="A01")
            page.get_by_text("A01 enters now").wait_for()
            drag = changes(
                page,
                page.locator(".wb-panel .noUi-handle").nth(1),
                ".wb-panel .js-plotly-plot",
                keys,
            )
            told = f"{drag:.0f} ms from a key to the chart = {drag / base:.1f} x baseline"
            print(f"presence: {told} (goal: {CHANGE_MS} ms)")
        print(f"entry: saved in {saving(room, 100):.1f} ms (goal: {SAVE_MS} ms)")
        browser.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else TIMES)
