"""`workbook compare` on two cycles of 500 offices and 50,000 activities each.

Run as `python benchmarks/bench_comparing.py [ROUNDS]`. The baseline reads and checks the inputs of
both cycles, one after the other, and does nothing else with them.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.bench_reading import activity, units, write_form

YEARS = (2025, 2026)
OFFICES, ACTIVITIES = 500, 50_000
ROUNDS = 3
GOAL_SECONDS = 20
_READ = """
import sys
from strategy_lib.inputs.read import read_inputs
from strategy_lib.core.workspace import open_workspace
for year in map(int, sys.argv[2:]):
    read_inputs(open_workspace(sys.argv[1]).cycle(year))
"""


def make(folder: Path) -> None:
    """Two years of the same federation; in the second a tenth of the activities are others."""
    (folder / "workbook.toml").write_text(
        f"[run]\nas_of = {YEARS[1]}-11-01\nformats = []\n", encoding="utf-8"
    )
    for year in YEARS:
        inputs = folder / str(year) / "inputs"
        for area in ("prepare", "mapping"):
            (inputs / area).mkdir(parents=True)
        write_form(inputs / "prepare" / "offices.xlsx", {"units": units(OFFICES)})
        later = ACTIVITIES // 10 * (year - YEARS[0])
        rows = [activity(f"u{i % OFFICES}", i) for i in range(later, later + ACTIVITIES)]
        returns = [
            {"unit_id": f"u{i}", "returned_date": date(year, 9, 1), "has_activities": "yes"}
            for i in range(OFFICES)
        ]
        write_form(inputs / "mapping" / "returns.xlsx", {"returns": returns, "activities": rows})


def seconds_of(command: list[str]) -> float:
    """How long a command takes; what it says where it fails."""
    begun = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    return time.perf_counter() - begun


def main(rounds: int) -> None:
    """Measure and print a line each."""
    years = [str(year) for year in YEARS]
    with tempfile.TemporaryDirectory(prefix="bench-comparing-") as name:
        make(Path(name))
        commands = {
            "inputs of both read": [sys.executable, "-c", _READ, name, *years],
            "workbook compare": [
                sys.executable,
                "-m",
                "strategy_lib.cli",
                "compare",
                name,
                *years,
            ],
        }
        seconds = {
            what: statistics.median(seconds_of(command) for _ in range(rounds))
            for what, command in commands.items()
        }
    for what, value in seconds.items():
        print(f"{what}: {value:.1f} s (median of {rounds})")
    ratio = seconds["workbook compare"] / seconds["inputs of both read"]
    print(f"compare / read = {ratio:.2f}; goal: {GOAL_SECONDS} s or less in all")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else ROUNDS)
