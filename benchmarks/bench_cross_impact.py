"""How fast consistent scenarios are found, against checking every scenario in numpy.

Run: .venv/bin/python benchmarks/bench_cross_impact.py

Baseline: the definition applied to every scenario, in numpy blocks ("enumeration"). It is measured
in the same run, in full where that takes seconds and otherwise on the first 300,000 scenarios and
multiplied up (marked ~). For flip sensitivity the baseline solves again for every changed cell.

Warm: the best of several calls. Cold: the first call in a fresh process, and that whole process
with its start and imports (mostly pandas); nothing is compiled or cached on disk. Judgements are
random integers -3..3, seed given; in "sparse" cases most blocks hold no influence at all.
"""

from __future__ import annotations

import math
import resource
import subprocess
import sys
import time
import warnings
from collections.abc import Callable

import numpy as np

from strategy_lib.methods.cross_impact import (
    CrossImpactMatrix,
    JudgementScaleWarning,
    consistent_scenarios,
    flip_sensitivity,
)

SAMPLE = 300_000
SEEDS = (0, 1, 2)
CASES: dict[str, tuple[list[int], float, float | None]] = {
    "10 x 3": ([3] * 10, 1.0, 0.005),
    "15 x 3": ([3] * 15, 1.0, 0.05),
    "18 x 3": ([3] * 18, 1.0, 0.3),
    "5 x 4 + 10 x 3": ([4] * 5 + [3] * 10, 1.0, 0.1),
    "18 x 3 sparse": ([3] * 18, 0.3, None),
    "30 x 3 sparse": ([3] * 30, 0.15, None),
}

COLD = """
import sys, time
sys.path.insert(0, {folder!r})
from bench_cross_impact import random_matrix
from strategy_lib.methods.cross_impact import consistent_scenarios
matrix = random_matrix({counts}, {seed}, {density})
start = time.perf_counter()
consistent_scenarios(matrix)
print(time.perf_counter() - start)
"""


def random_matrix(counts: list[int], seed: int, density: float = 1.0) -> CrossImpactMatrix:
    """Judgements -3..3; a share of `density` of the blocks between descriptors has influence."""
    rng = np.random.default_rng(seed)
    impacts = rng.integers(-3, 4, (sum(counts), sum(counts)))
    owner = np.repeat(np.arange(len(counts)), counts)
    active = rng.random((len(counts), len(counts))) < density
    np.fill_diagonal(active, False)
    return CrossImpactMatrix(
        {f"d{i}": [f"s{j}" for j in range(k)] for i, k in enumerate(counts)},
        np.where(active[np.ix_(owner, owner)], impacts, 0),
    )


def enumerate_all(matrix: CrossImpactMatrix, most: float = math.inf) -> int:
    """Count consistent scenarios by checking each, up to `most` of them."""
    count = 0
    total = int(min(most, matrix.n_scenarios))
    for first in range(0, total, 8192):
        numbers = np.arange(first, min(first + 8192, total))
        states = np.stack(np.unravel_index(numbers, matrix.state_counts.tolist()), axis=1)
        balances = matrix.balances(states)
        good = np.ones(len(states), dtype=bool)
        for descriptor, chosen in enumerate(states.T):
            block = balances[:, matrix.block(descriptor)]
            good &= block[np.arange(len(block)), chosen] == block.max(axis=1)
        count += int(good.sum())
    return count


def seconds(call: Callable[[], object], repeats: int = 1) -> float:
    """Best of several calls."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return min(times)


def cold_seconds(counts: list[int], seed: int, density: float) -> tuple[float, float]:
    """First call in a fresh process, and the whole process."""
    folder = __file__.rpartition("/")[0]
    code = COLD.format(folder=folder, counts=counts, seed=seed, density=density)
    start = time.perf_counter()
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return float(run.stdout), time.perf_counter() - start


def solve_again_for_every_cell(matrix: CrossImpactMatrix) -> int:
    """The baseline of flip sensitivity; returns how many searches that took."""
    searches = 0
    for i, source in enumerate(matrix.pairs):
        for j, target in enumerate(matrix.pairs):
            for change in (-1, 1):
                if source[0] != target[0]:
                    value = matrix.impacts[i, j] + change
                    consistent_scenarios(matrix.with_impact(source, target, value))
                    searches += 1
    return searches


def bench_search() -> None:
    heads = ("warm ms", "goal ms", "cold ms", "process s", "enumeration s", "ratio")
    print(f"{'consistent scenarios':20s} seed  found  scenarios", *(f"{h:>13s}" for h in heads))
    for name, (counts, density, goal) in CASES.items():
        for seed in SEEDS:
            matrix = random_matrix(counts, seed, density)
            warm = seconds(lambda m=matrix: consistent_scenarios(m), 7)
            found = len(consistent_scenarios(matrix))
            first, process = cold_seconds(counts, seed, density)
            share = min(1.0, SAMPLE / matrix.n_scenarios)
            baseline = seconds(lambda m=matrix: enumerate_all(m, SAMPLE)) / share
            if share == 1 and enumerate_all(matrix) != found:
                raise AssertionError(f"{name}, seed {seed}: enumeration finds another number")
            goal_text = f"{goal * 1e3:.0f}" if goal else "-"
            enumeration = f"{'~' if share < 1 else ''}{baseline:.3g}"
            print(
                f"{name:20s} {seed:4d} {found:6d} {matrix.n_scenarios:10.3g} {warm * 1e3:13.1f}"
                f" {goal_text:>13s} {first * 1e3:13.1f} {process:13.2f} {enumeration:>13s}"
                f" {baseline / warm:13.3g}"
            )


def bench_flips() -> None:
    matrix = random_matrix([3] * 10, 0)
    warm = seconds(lambda: flip_sensitivity(matrix), 5)
    start = time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", JudgementScaleWarning)
        searches = solve_again_for_every_cell(matrix)
    baseline = time.perf_counter() - start
    print(f"\nflip sensitivity, 10 x 3, every cell by +1 and -1 ({searches} changes)")
    print(f"  one search: {warm * 1e3:.1f} ms (goal 3,000)")
    print(f"  solving again for each: {baseline:.2f} s; ratio {baseline / warm:.0f}")


def bench_many() -> None:
    matrix = CrossImpactMatrix(
        {f"d{i}": [f"s{j}" for j in range(10)] for i in range(5)}, np.zeros((50, 50))
    )
    print(
        f"\n100,000 consistent scenarios: {seconds(lambda: consistent_scenarios(matrix), 3):.2f} s"
    )


def main() -> None:
    bench_search()
    bench_flips()
    bench_many()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of this whole run: {peak:.0f} MB (goal 500)")


if __name__ == "__main__":
    main()
