"""Totals of 20 uncertain cost items over 1,000,000 draws, against plain numpy.

Run: .venv/bin/python benchmarks/bench_uncertainty.py

Baseline: numpy's own draws of 20 lognormal items, all at once, and their sum: as many random
numbers and as many exponentials as a bounded metalog needs. For items that share a climate, the
baseline shares it too (a Gaussian copula: normals, their probabilities, and a quantile of each).
The memory is the most that the process had in use; each side is measured in a process of its own,
in turns, so that a busy machine slows both. The ratio is that of the least times of all turns; the
ratios of single turns stand behind it.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time

import numpy as np
from scipy.special import ndtr

from strategy_lib.methods.uncertainty import metalog, simulate_total

DRAWS, ITEMS = 1_000_000, 20
GOAL_RATIO, GOAL_MEMORY_MB = 1.5, 1000
TURNS = 5


def plain() -> None:
    rng = np.random.default_rng(1)
    np.exp(rng.standard_normal((DRAWS, ITEMS))).sum(axis=1)


def plain_correlated() -> None:
    rng = np.random.default_rng(1)
    shared = rng.standard_normal((DRAWS, 1))
    normals = 0.55 * shared + 0.84 * rng.standard_normal((DRAWS, ITEMS))
    shares = ndtr(normals)
    np.exp(np.log(shares / (1 - shares))).sum(axis=1)


def ours(correlation: float = 0.0) -> None:
    items = [metalog(8 + n, 10 + n, 14 + n, lower=0.0) for n in range(ITEMS)]
    simulate_total(items, DRAWS, np.random.default_rng(1), rank_correlation=correlation)


CASES = {
    "plain numpy": plain,
    "ours": ours,
    "plain numpy, correlated": plain_correlated,
    "ours, correlated": lambda: ours(0.3),
}


def measured(case: str) -> tuple[float, float]:
    """Least seconds of three calls and megabytes of a process that does nothing else."""
    command = [sys.executable, __file__, case]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, memory = done.stdout.split()
    return float(seconds), float(memory)


def one(case: str) -> None:
    """Measure one case in this process."""
    taken = []
    for _ in range(3):
        start = time.perf_counter()
        CASES[case]()
        taken.append(time.perf_counter() - start)
    print(min(taken), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def main() -> int:
    good = True
    for mine in ("ours", "ours, correlated"):
        base = mine.replace("ours", "plain numpy")
        turns = [(measured(base), measured(mine)) for _ in range(TURNS)]
        base_seconds, seconds = np.array(turns)[..., 0].min(axis=0)
        base_memory, memory = np.array(turns)[..., 1].max(axis=0)
        single = sorted(ours[0] / plain[0] for plain, ours in turns)
        ratio = seconds / base_seconds
        print(f"{base}: {base_seconds:.2f} s, {base_memory:.0f} MB")
        print(f"{mine}: {seconds:.2f} s, {memory:.0f} MB")
        print(
            f"  times plain numpy: {ratio:.2f} (goal {GOAL_RATIO} or less), single turns "
            f"{single[0]:.2f} to {single[-1]:.2f}"
        )
        good &= ratio <= GOAL_RATIO and memory <= GOAL_MEMORY_MB
    print(f"memory goal: {GOAL_MEMORY_MB} MB or less")
    return 0 if good else 1


if __name__ == "__main__":
    if len(sys.argv) > 1:
        one(sys.argv[1])
    else:
        sys.exit(main())
