"""Several organisations on a cluster of Dask against the same command at home.

Run as `python benchmarks/bench_cluster.py [ORGANISATIONS]`; needs the extra `cluster`. The cluster
is two workers of one thread each on loopback, the home executor two organisations at a time. The
organisations are the bundled example with other names, seeds and sizes. What comes out must be the
same to the byte, also where a worker is killed on the way; what counts is the ratio.
"""

from __future__ import annotations

import filecmp
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path
from threading import Event

from strategy_lib.core.resources import resource
from strategy_lib.running.several import Outcome, cluster, run_several

GOAL = 1.2
WORKERS = 2
# Of each organisation beyond the first, so many offices have sent nothing.
FEWER = 3


def main(count: int) -> int:
    """Measure and print; 1 if anything differs."""
    from distributed import LocalCluster

    with tempfile.TemporaryDirectory(prefix="bench-cluster-") as folder:
        places = {
            way: organisations(Path(folder, way), count) for way in ("home", "dask", "killed")
        }
        with ThreadPoolExecutor(WORKERS) as threads:
            home = seconds(places["home"], threads)
        print(f"home: {home:.1f} s for {count} organisations", flush=True)
        workers = LocalCluster(
            n_workers=WORKERS, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
        )
        with workers, cluster(workers.scheduler_address) as executor:
            dask = seconds(places["dask"], executor)
            print(
                f"dask: {dask:.1f} s; / home = {dask / home:.2f} (goal: {GOAL} or less)", flush=True
            )
            first = next(iter(workers.workers.values()))
            kill_once(places["killed"], executor, first.pid)
        differing = [
            path
            for way in ("dask", "killed")
            for a, b in zip(places["home"], places[way], strict=True)
            for path in differences(a, b)
        ]
    print(
        f"files that differ from those made at home: {len(differing)}", *differing[:20], sep="\n  "
    )
    return int(bool(differing))


def organisations(folder: Path, count: int) -> list[Path]:
    """The example under other names, with other seeds and fewer offices."""
    made = []
    for number in range(count):
        place = Path(shutil.copytree(resource("data", "example"), folder / f"organisation{number}"))
        settings = place / "workbook.toml"
        text = settings.read_text(encoding="utf-8").replace('name = "', f'name = "{number} ', 1)
        settings.write_text(text, encoding="utf-8")
        sent = sorted((place / "2026" / "inputs" / "mapping").glob("*.xlsx"))
        for path in sent[: FEWER * number]:
            path.unlink()
        made.append(place)
    return made


def seconds(places: list[Path], executor: Executor) -> float:
    begun = time.monotonic()
    check(run_several(places, options(), executor))
    return time.monotonic() - begun


def options() -> dict[str, object]:
    return {"formats": [], "jobs": 1}


def kill_once(places: list[Path], executor: Executor, pid: int) -> None:
    """Kill a worker as soon as one organisation is made, and let the rest go on."""
    killed = Event()

    def kill(_: Outcome) -> None:
        if not killed.is_set():
            killed.set()
            os.kill(pid, signal.SIGKILL)

    check(run_several(places, options(), executor, kill))
    print("a worker was killed on the way; every organisation was made", flush=True)


def check(outcomes: list[Outcome]) -> None:
    failed = [outcome for outcome in outcomes if outcome.state == "failed"]
    assert not failed, failed


def differences(one: Path, other: Path) -> Iterator[Path]:
    """Files in outputs and results that differ, or are in one of the two only."""
    for part in ("outputs", "results"):
        a, b = one / "2026" / part, other / "2026" / part
        names = {p.relative_to(top) for top in (a, b) for p in top.rglob("*") if p.is_file()}
        for name in sorted(names):
            pair = a / name, b / name
            if not all(p.is_file() for p in pair) or not filecmp.cmp(*pair, shallow=False):
                yield b / name


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 6))
