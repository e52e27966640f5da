"""SMAA-2 with uncertain scores, against a loop over a weighted sum.

Run: .venv/bin/python benchmarks/bench_multicriteria.py

10,000 weight samples x 8 alternatives x 12 criteria, scores drawn anew for each. Baseline: for each
draw a weighted sum and its ranks, as a loop over a library's weighted-sum method does it
(pymcdm's own where that is installed, else the same two steps in numpy), measured on the first
1,000 draws and multiplied up (marked ~). Both sides are measured in turns, so that a busy machine
slows both; the ratio is that of the least times.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import numpy as np
from scipy.stats import rankdata

from strategy_lib.methods.multicriteria import acceptability, sample_weights

DRAWS, ALTERNATIVES, CRITERIA, SAMPLE = 10_000, 8, 12, 1_000
GOAL_RATIO, GOAL_SECONDS = 40.0, 0.02


def weighted_sum() -> tuple[str, Callable[[np.ndarray, np.ndarray], np.ndarray]]:
    """The baseline's ranking of one draw, and what it is."""
    try:
        from pymcdm.methods import WSM
    except ImportError:

        def plain(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
            normal = values / values.sum(axis=0)
            return rankdata(-(normal * weights).sum(axis=1))

        return "a loop over a weighted sum in numpy (pymcdm is not installed)", plain
    types = np.ones(CRITERIA)
    return "a loop over pymcdm's WSM", lambda v, w: rankdata(-WSM()(v, w, types))


def in_turns(calls: list[Callable[[], object]], turns: int) -> list[float]:
    """Least seconds of each call, all of them called in turns."""
    taken = np.empty((turns, len(calls)))
    for turn in taken:
        for number, call in enumerate(calls):
            start = time.perf_counter()
            call()
            turn[number] = time.perf_counter() - start
    return [float(seconds) for seconds in taken.min(axis=0)]


def main() -> int:
    rng = np.random.default_rng(1)
    values = rng.random((DRAWS, ALTERNATIVES, CRITERIA))
    weights = sample_weights(CRITERIA, DRAWS, rng)
    name, rank = weighted_sum()

    def loop() -> None:
        counts = np.zeros((ALTERNATIVES, ALTERNATIVES))
        for draw in range(SAMPLE):
            ranks = rank(values[draw], weights[draw]).astype(int) - 1
            counts[np.arange(ALTERNATIVES), ranks] += 1

    def with_weights() -> object:
        return acceptability(values, sample_weights(CRITERIA, DRAWS, np.random.default_rng(2)))

    sample, ours, both = in_turns([loop, lambda: acceptability(values, weights), with_weights], 9)
    baseline = sample * DRAWS / SAMPLE
    print(f"{name}: ~{1000 * baseline:,.0f} ms")
    print(f"acceptability: {1000 * ours:.1f} ms (goal about {1000 * GOAL_SECONDS:.0f})")
    print(f"with sampling the weights: {1000 * both:.1f} ms")
    print(f"times faster: {baseline / ours:.0f} (goal {GOAL_RATIO:.0f} or more)")
    return 0 if baseline / ours >= GOAL_RATIO else 1


if __name__ == "__main__":
    sys.exit(main())
