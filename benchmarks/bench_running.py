"""A run of the bundled example against the papermill command line on the same notebooks.

Run as `python benchmarks/bench_running.py [ROUNDS]`. The two take turns on the same machine; what
counts is the ratio of their medians, not the seconds. Both find their modules compiled.
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
from pathlib import Path

from strategy_lib.chapters.registry import CHAPTERS
from strategy_lib.resources import resource
from strategy_lib.workspace import open_workspace

ROUNDS = 5
EDITION = "core"
GOALS = {"run": 0.5, "unchanged": 0.05}


def main(rounds: int) -> None:
    """Measure and print a line each."""
    with tempfile.TemporaryDirectory(prefix="bench-running-") as folder:
        seconds = _measure(Path(folder), rounds)
    medians = {name: statistics.median(values) for name, values in seconds.items()}
    for name, value in medians.items():
        print(f"{name}: {value:.2f} s (median of {rounds})")
    for name, goal in GOALS.items():
        ratio = medians[f"workbook, {name}"] / medians["papermill"]
        print(f"{name} / papermill = {ratio:.3f} (goal: {goal} or less)")


def _measure(folder: Path, rounds: int) -> dict[str, list[float]]:
    example = resource("data", "example")
    ours = Path(shutil.copytree(example, folder / "ours"))
    theirs = Path(shutil.copytree(example, folder / "theirs"))
    notebooks = [_without_workshop(c.notebook, folder) for c in CHAPTERS]
    environment = _environment(folder)
    cycle = str(open_workspace(ours).cycle().year)
    papermill = [
        _command(_papermill(notebook, theirs, cycle, folder), environment) for notebook in notebooks
    ]
    workbook = [sys.executable, "-m", "strategy_lib.cli", "run", str(ours), "--edition", EDITION]
    fresh = _command([*workbook, "--fresh"], environment)
    unchanged = _command(workbook, environment)

    def papermill_reads() -> None:
        shutil.rmtree(theirs / cycle / ".cache", ignore_errors=True)
        for command in papermill:
            command()

    def papermill_again() -> None:
        for command in papermill:
            command()

    works: dict[str, Callable[[], object]] = {
        "papermill": papermill_reads,
        "papermill, inputs read before": papermill_again,
        "workbook, run": fresh,
        "workbook, unchanged": unchanged,
    }
    for work in works.values():
        work()
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            begun = time.perf_counter()
            work()
            seconds[name].append(time.perf_counter() - begun)
    return seconds


def _without_workshop(notebook: str, folder: Path) -> Path:
    """The notebook as a run executes it: nothing that only a workshop needs."""
    content = json.loads(resource("notebooks", notebook).read_text(encoding="utf-8"))
    content["cells"] = [
        cell for cell in content["cells"] if "workshop" not in cell["metadata"].get("tags", [])
    ]
    path = folder / notebook
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def _papermill(notebook: Path, workspace: Path, cycle: str, folder: Path) -> list[str]:
    told = ["-p", "workspace", str(workspace), "-p", "cycle", cycle, "-p", "edition", EDITION]
    target = folder / f"executed-{notebook.name}"
    command = [sys.executable, "-m", "papermill", "--no-progress-bar", "-k", "python3"]
    return [*command, str(notebook), str(target), *told]


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
