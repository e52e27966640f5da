"""Eight robustness metrics of 20 options, against plain numpy.

Run: .venv/bin/python benchmarks/bench_robustness.py

Baseline: the same eight metrics of a complete array in eight lines of numpy, without checks, names
and rules for gaps, as RAPID computes them. Both sides are measured in turns, so that a busy machine
slows both; the ratio is that of the least times.
"""

from __future__ import annotations

import sys
import time

import numpy as np
import pandas as pd

from strategy_lib.methods.robustness.metrics import robustness_table

OPTIONS, SCENARIOS = 20, (10, 100, 1_000, 10_000)
GOOD_ENOUGH, GOAL_RATIO = 5.0, 3.0


def plain(values: np.ndarray) -> tuple[np.ndarray, ...]:
    losses = values.max(axis=0) - values
    worst, best, mean = values.min(axis=1), values.max(axis=1), values.mean(axis=1)
    return (
        worst,
        best,
        (worst + best) / 2,
        mean,
        losses.max(axis=1),
        np.quantile(losses, 0.9, axis=1),
        (values >= GOOD_ENOUGH).mean(axis=1),
        (mean + 1) / (values.std(axis=1, ddof=1) + 1),
    )


def measured(scenarios: int) -> tuple[float, float]:
    """Least seconds of numpy and of ours."""
    values = np.random.default_rng(1).uniform(0, 10, (OPTIONS, scenarios))
    performance = pd.DataFrame(values)
    taken = np.empty((200 if scenarios < 1_000 else 30, 2))
    for turn in taken:
        start = time.perf_counter()
        plain(values)
        middle = time.perf_counter()
        robustness_table(performance, threshold=GOOD_ENOUGH)
        turn[:] = middle - start, time.perf_counter() - middle
    base, ours = taken.min(axis=0)
    return float(base), float(ours)


def main() -> int:
    worst = 0.0
    for scenarios in SCENARIOS:
        base, ours = measured(scenarios)
        worst = max(worst, ours / base)
        print(
            f"{OPTIONS} x {scenarios:,}: numpy {1e3 * base:.2f} ms, ours {1e3 * ours:.2f} ms, "
            f"times numpy: {ours / base:.2f}"
        )
    print(f"times plain numpy at most: {worst:.2f} (goal {GOAL_RATIO} or less)")
    return 0 if worst <= GOAL_RATIO else 1


if __name__ == "__main__":
    sys.exit(main())
