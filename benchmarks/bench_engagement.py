"""Chapters 05 to 07: what they add to a run, to a chapter's making and to reading 500 offices' forms.

Run as `python benchmarks/bench_engagement.py [ROUNDS]`. The bundled example is run with its three
optional chapters and without them, in turns; each chapter is made of the example's rows and of
none; forms of 500 offices with every module are read and checked. What counts is the ratio, and
for reading the seconds.
"""

from __future__ import annotations

import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from bench_reading import OFFICES, YEAR, Rows, office_tables, units, write_form

from strategy_lib.chapters.registry import CHAPTERS, Chapter
from strategy_lib.chapters.result import ChapterInputs
from strategy_lib.core.messages import Say
from strategy_lib.core.resources import resource
from strategy_lib.core.settings import SETTINGS_FILE
from strategy_lib.core.workspace import open_workspace
from strategy_lib.editions.snapshot import Snapshot, ensure_snapshot, read_snapshot
from strategy_lib.inputs.read import read_inputs
from strategy_lib.schema.schema import code_list, schemas

ROUNDS = 3
MOST_BEYOND_EMPTY, MOST_RATIO, MOST_SECONDS = 1.0, 1.3, 12.0
OPTIONAL = tuple(chapter for chapter in CHAPTERS if chapter.is_optional)
_LISTED = re.compile(r"^optional = .*$", re.MULTILINE)


def main(rounds: int) -> None:
    """Measure and print a line each."""
    with tempfile.TemporaryDirectory(prefix="bench-engagement-") as folder:
        _chapters(Path(folder), rounds)
        _reading(Path(folder), rounds)
        _runs(Path(folder), rounds)


def _median(work: Callable[[], object], rounds: int) -> float:
    """Seconds of the processor: what else runs on the machine does not count."""
    seconds = []
    for _ in range(rounds):
        begun = time.process_time()
        work()
        seconds.append(time.process_time() - begun)
    return statistics.median(seconds)


def _chapters(folder: Path, rounds: int) -> None:
    root = Path(shutil.copytree(resource("data", "example"), folder / "snapshot"))
    workspace = open_workspace(root)
    now = read_snapshot(ensure_snapshot(root, workspace.cycle().year, "core", None))
    for chapter in OPTIONAL:
        _make(chapter, now)
        whole = _median(partial(_make, chapter, now), rounds)
        empty = _median(partial(_make, chapter, _without_rows(chapter, now)), rounds)
        told = f"{whole:.2f} s, empty {empty:.2f} s"
        print(f"{chapter.name}: {told}, beyond {whole - empty:.2f} s (goal: {MOST_BEYOND_EMPTY:g})")


def _make(chapter: Chapter, now: Snapshot) -> None:
    inputs = ChapterInputs(now)
    package = f"strategy_lib.chapters.{chapter.folder}"
    result = import_module(f"{package}.analysis").analyse(inputs)
    import_module(f"{package}.page").page(result, inputs, Say())


def _without_rows(chapter: Chapter, now: Snapshot) -> Snapshot:
    own = {name for name, schema in schemas().items() if schema.area == chapter.folder}
    frames = {n: f.iloc[:0] if n in own else f for n, f in now.restricted.frames.items()}
    return replace(now, restricted=replace(now.restricted, frames=frames))


def _modules(unit: str) -> dict[str, dict[str, Rows]]:
    """Of one office: a partner, a way of contact, a project with ten findings, two signals."""
    name, day = f"Company {unit}", f"{YEAR}-05-01"
    body = {"partner_kind": "foundation", "purpose": "service", "theme": "health"}
    project = {"name": "Dam", "country_code": "KE", "sector": "water", "focus": "unknown"}
    found = {"voice": "community", "grade": "B", "as_of": day, "consent": "given"}
    signal = {"kind": "trend", "what": "Seen at the port", "theme": "health", "source": "Own notes"}
    contact = {"avenue": "direct", "target": "A desk", "since": day, "result": "met"}
    return {
        "partners": {
            "partners": [{"unit_id": unit, "counterpart": name, "stage": "running", **body}],
            "contact_avenues": [{"unit_id": unit, "stop_after": f"{YEAR}-12-31", **contact}],
        },
        "companies": {
            "projects": [
                {"project_id": f"p-{unit}", "unit_id": unit, "stage": "running", **project}
            ],
            "project_findings": [
                {"project_id": f"p-{unit}", "step": step, "finding": f"Seen {step}", **found}
                for step in code_list("conflict_step").values
            ],
        },
        "watching": {
            "signals": [
                {"unit_id": unit, "seen_at": day, "title": f"Signal {n}", **signal}
                for n in range(2)
            ],
        },
    }


def _reading(folder: Path, rounds: int) -> None:
    root = folder / "offices"
    optional = ", ".join(f'"{chapter.folder}"' for chapter in OPTIONAL)
    (root / str(YEAR) / "inputs").mkdir(parents=True)
    (root / SETTINGS_FILE).write_text(
        f"[run]\nas_of = {YEAR}-11-01\n[chapters]\noptional = [{optional}]\n", encoding="utf-8"
    )
    cycle = open_workspace(root).cycle()
    for area in ("prepare", "mapping", *(chapter.folder for chapter in OPTIONAL)):
        (cycle.inputs / area).mkdir()
    write_form(cycle.inputs / "prepare" / "offices.xlsx", {"units": units(OFFICES)})
    for number in range(OFFICES):
        unit = f"u{number}"
        forms = {"mapping": office_tables(unit, number * 7), **_modules(unit)}
        for area, tables in forms.items():
            write_form(cycle.inputs / area / f"form {number}.xlsx", tables)
    tables = read_inputs(cycle)
    rows = {name: len(tables[name]) for name in ("partners", "project_findings", "signals")}
    seconds = _median(lambda: read_inputs(cycle), rounds)
    print(f"{OFFICES} offices, 4 forms each, {rows}: {seconds:.1f} s (goal: {MOST_SECONDS:g})")


def _runs(folder: Path, rounds: int) -> None:
    commands = {}
    for name in ("ten chapters", "seven chapters"):
        root = Path(shutil.copytree(resource("data", "example"), folder / name))
        if name == "seven chapters":
            settings = root / SETTINGS_FILE
            content = settings.read_text(encoding="utf-8")
            settings.write_text(_LISTED.sub("optional = []", content), encoding="utf-8")
            for chapter in OPTIONAL:
                for area in root.glob(f"*/inputs/{chapter.folder}"):
                    shutil.rmtree(area)
        commands[name] = [sys.executable, "-m", "strategy_lib.cli", "run", str(root), "--fresh"]
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            begun = time.perf_counter()
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                sys.exit(f"{name} failed:\n{done.stdout}{done.stderr}")
            seconds[name].append(time.perf_counter() - begun)
    ten, seven = (statistics.median(seconds[name]) for name in commands)
    print(
        f"ten chapters {ten:.1f} s, seven {seven:.1f} s: {ten / seven:.2f} (goal: {MOST_RATIO:g})"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else ROUNDS)
