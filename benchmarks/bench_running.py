"""A run of the bundled example against the papermill command line on the same notebooks.

Run as `python benchmarks/bench_running.py [ROUNDS]`. The baseline executes what a run executes, one
notebook after another, and makes no page and no document; the run makes all editions with pages,
PDF, Word, spreadsheet and calendar. All take turns on the same machine; what counts is the ratio
of their medians, not the seconds. All find their modules compiled.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

from strategy_lib.core.resources import resource
from strategy_lib.core.workspace import Cycle, open_workspace
from strategy_lib.inputs.entries.entry import FACILITATOR, EntryLog, local_now, new_session

ROUNDS = 3
# Work -> its baseline and the largest ratio.
GOALS = {
    "run": ("papermill", 0.4),
    "run, pages only": ("papermill", 0.15),
    "unchanged": ("papermill", 0.05),
    "one table changed": ("run", 0.4),
}


def main(rounds: int) -> None:
    """Measure and print a line each."""
    with tempfile.TemporaryDirectory(prefix="bench-running-") as folder:
        seconds = _measure(Path(folder), rounds)
    medians = {name: statistics.median(values) for name, values in seconds.items()}
    for name, value in medians.items():
        print(f"{name}: {value:.2f} s (median of {rounds})")
    for name, (baseline, goal) in GOALS.items():
        ratio = medians[name] / medians[baseline]
        print(f"{name} / {baseline} = {ratio:.3f} (goal: {goal} or less)")


def _measure(folder: Path, rounds: int) -> dict[str, list[float]]:
    example = resource("data", "example")
    ours = Path(shutil.copytree(example, folder / "ours"))
    theirs = Path(shutil.copytree(example, folder / "theirs"))
    environment = _environment(folder)
    cycle = open_workspace(ours).cycle()
    workbook = [sys.executable, "-m", "strategy_lib.cli", "run", str(ours)]
    pages_only = _command([*workbook, "--fresh", "--pages-only"], environment)
    fresh = _command([*workbook, "--fresh"], environment)
    again = _command(workbook, environment)
    fresh()
    papermill = [
        _command(_papermill(chapter, edition, theirs, cycle, folder), environment)
        for edition, chapter in _executions(cycle)
    ]
    print(f"{len(papermill)} executions")
    numbers = count(1)

    def papermill_one_by_one() -> None:
        for year in theirs.glob("*/.cache"):
            shutil.rmtree(year)
        for command in papermill:
            command()

    def changed() -> str:
        _change(cycle, next(numbers))
        return again()

    works: dict[str, Callable[[], object]] = {
        "papermill": papermill_one_by_one,
        "run, pages only": pages_only,
        "run": fresh,
        "unchanged": again,
        "one table changed": changed,
    }
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            begun = time.perf_counter()
            work()
            seconds[name].append(time.perf_counter() - begun)
    return seconds


def _change(cycle: Cycle, number: int) -> None:
    """Something new is seen at a signpost of chapter 04."""
    log = EntryLog(cycle.inputs, new_session(local_now()))
    row = {"signpost_id": "sp-trade", "last_observation": f"Observation {number}."}
    log.append("signposts", row, FACILITATOR)


def _executions(cycle: Cycle) -> list[tuple[str, str]]:
    """Every chapter that a run executed, with its edition, in the order of the chapters."""
    summaries = (cycle.root / "results").glob("*/*/summary.json")
    return sorted((path.parent.parent.name, path.parent.name) for path in summaries)


def _papermill(
    chapter: str, edition: str, workspace: Path, cycle: Cycle, folder: Path
) -> list[str]:
    """The command for one notebook, without the cells that only a workshop needs."""
    name = f"{chapter}.ipynb"
    content = json.loads(resource("notebooks", name).read_text(encoding="utf-8"))
    content["cells"] = [
        cell for cell in content["cells"] if "workshop" not in cell["metadata"].get("tags", [])
    ]
    notebook = folder / name
    notebook.write_text(json.dumps(content), encoding="utf-8")
    told = ["-p", "workspace", str(workspace), "-p", "cycle", str(cycle.year), "-p", "edition"]
    target = folder / f"executed-{edition}-{name}"
    command = [sys.executable, "-m", "papermill", "--no-progress-bar", "-k", "python3"]
    return [*command, str(notebook), str(target), *told, edition]


def _environment(folder: Path) -> dict[str, str]:
    """As a user has it: modules are compiled once."""
    compiled = {"PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    kept = {n: v for n, v in os.environ.items() if n != "PYTHONDONTWRITEBYTECODE"}
    return kept | compiled


def _command(command: list[str], environment: dict[str, str]) -> Callable[[], str]:
    def call() -> str:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
        return done.stdout

    return call


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else ROUNDS)
