"""How fast plausible matrices are solved and lists of questions are made.

Run: .venv/bin/python benchmarks/bench_asking.py

Baselines, in the same run and in turns, so that a busy machine slows both: the search for one
matrix at a time (on every tenth matrix, multiplied up), and the definition applied to every
scenario in numpy (on a few matrices, multiplied up). Lists have no published peer: their seconds
stand beside what the whole of it may take, and beside the time that ranking the blocks takes.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable

import numpy as np
from bench_cross_impact import enumerate_all
from simulate_asking import Futures, first_values, people, questions, whole_list

from strategy_lib.methods.cross_impact import (
    CrossImpactMatrix,
    block_importance,
    ensemble_shares,
    plausible_matrices,
)
from strategy_lib.methods.cross_impact.consistency import find_states
from strategy_lib.methods.elicitation import allocate

MATRICES, EVERY, FEW = 1_000, 10, 3
GOALS = {"1,000 plausible matrices": 2.0, "9 people x 90 blocks": 10.0, "30 people": 30.0}
MOST_MEMORY = 500


def seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def bench_ensemble(futures: Futures) -> float:
    """Seconds for all matrices at once; prints them beside one at a time and enumeration."""
    none = np.zeros_like(futures.start)
    drawn = plausible_matrices(none, 1.0, none, futures.start, MATRICES, 1, sizes=futures.sizes)
    names = {f"d{i}": [f"s{j}" for j in range(k)] for i, k in enumerate(futures.sizes)}
    single = [CrossImpactMatrix(names, matrix.astype(int)) for matrix in drawn[::EVERY]]
    taken = []
    for _ in range(3):
        at_once = seconds(lambda: ensemble_shares(drawn, futures.sizes))
        alone = seconds(lambda: [find_states(m, 0, None, None) for m in single]) * EVERY
        taken.append((at_once, alone))
    at_once, alone = np.min(taken, axis=0)
    every = seconds(lambda: [enumerate_all(m) for m in single[:FEW]]) * MATRICES / FEW
    print(
        f"{MATRICES:,} plausible matrices, each solved: {at_once:.2f} s (goal 2); one at a time "
        f"{alone:.2f} s, ratio {alone / at_once:.0f}; every scenario in numpy ~{every:.0f} s, ratio "
        f"{every / at_once:.0f}"
    )
    return float(at_once)


def bench_lists(futures: Futures, count: int) -> float:
    """Seconds to rank the blocks and make lists for so many people; prints both."""
    none = np.zeros_like(futures.start)
    ranking = seconds(
        lambda: block_importance(none, 1.0, none, futures.start, 1, sizes=futures.sizes, panel=9)
    )
    weights = np.random.default_rng(1).dirichlet(np.full(14, 3.0))
    panel = people(45, count)
    blocks = questions(futures.importance, "block")
    everything = whole_list(futures.importance, first_values(weights))
    only, whole = (
        seconds(lambda asked=asked: allocate(asked, panel, seed=1))
        for asked in (blocks, everything)
    )
    print(
        f"{count} people, {len(blocks)} blocks: ranking {ranking:.2f} s, lists {only:.2f} s; all "
        f"{len(everything)} questions {whole:.2f} s; "
        f"ratio of lists to ranking {whole / ranking:.2f}"
    )
    return ranking + whole


def main() -> int:
    futures = Futures()
    taken = {
        "1,000 plausible matrices": bench_ensemble(futures),
        "9 people x 90 blocks": bench_lists(futures, 9),
        "30 people": bench_lists(futures, 30),
    }
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory {memory:.0f} MB (goal {MOST_MEMORY})")
    late = [name for name, goal in GOALS.items() if taken[name] > goal]
    print(f"beyond the goal: {', '.join(late) or 'none'}")
    return int(bool(late) or memory > MOST_MEMORY)


if __name__ == "__main__":
    sys.exit(main())
