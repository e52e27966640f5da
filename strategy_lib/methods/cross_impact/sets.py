"""Sets of scenarios: agreement between assessors, and a few that differ as much as possible."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from strategy_lib.core.errors import InputError
from strategy_lib.methods.cross_impact.consistency import EFFORT, LIMIT, evaluate, find_states
from strategy_lib.methods.cross_impact.input import RESERVED_NAMES, checked_threshold
from strategy_lib.methods.cross_impact.limits import Limits
from strategy_lib.methods.cross_impact.matrix import CrossImpactMatrix

EXACT_POOL, EXACT_SIZE = 200, 6
"""Scenarios to choose from, and to choose, up to which the most diverse subset is certain."""


def ensemble_consistency(
    matrices: Mapping[str, CrossImpactMatrix] | Sequence[CrossImpactMatrix],
    max_inconsistency: float = 0,
    required: Limits | None = None,
    forbidden: Limits | None = None,
    *,
    limit: int = LIMIT,
    effort: int = EFFORT,
) -> pd.DataFrame:
    """Say in how many assessors' matrices each scenario is consistent.

    Parameters
    ----------
    matrices : mapping of str to CrossImpactMatrix, or sequence
        One for each assessor, with the same descriptors and states; in a sequence they are called
        "matrix 1", "matrix 2", ...
    max_inconsistency, required, forbidden, limit, effort
        As for `consistent_scenarios`.

    Returns
    -------
    DataFrame
        A row for each scenario that is consistent for anybody, the most agreed first: a column a
        descriptor, `n_consistent`, `share_consistent`, `inconsistency_min` and `inconsistency_max`
        over all matrices, and `consistent_for` (a tuple of assessors).

    Raises
    ------
    InputError
        No matrix, or matrices of different descriptors or states.

    Examples
    --------
    >>> one = CrossImpactMatrix(
    ...     {"law": ["strict", "open"], "work": ["hidden", "visible"]},
    ...     [[0, 0, 2, -2], [0, 0, -1, 1], [1, -1, 0, 0], [-2, 2, 0, 0]],
    ... )
    >>> other = one.with_impact(("work", "hidden"), ("law", "open"), 3)
    >>> ensemble_consistency({"Ana": one, "Ben": other})[["law", "n_consistent", "consistent_for"]]
          law  n_consistent consistent_for
    0    open             2     (Ana, Ben)
    1  strict             1         (Ana,)
    """
    named = _same_shape(_named(matrices))
    threshold = checked_threshold(max_inconsistency)
    found = [
        find_states(matrix, threshold, required, forbidden, limit, effort)
        for matrix in named.values()
    ]
    states = np.unique(np.concatenate(found), axis=0)
    misses = np.stack([evaluate(matrix, states)[0] for matrix in named.values()], axis=1)
    holds = misses <= threshold + max(matrix.tolerance for matrix in named.values())
    agreed = holds.sum(axis=1)
    order = np.lexsort((misses.max(axis=1), -agreed))
    who = [tuple(np.array(list(named))[row].tolist()) for row in holds[order]]
    return (
        next(iter(named.values()))
        .frame_of(states[order])
        .assign(
            n_consistent=agreed[order],
            share_consistent=agreed[order] / len(named),
            inconsistency_min=misses.min(axis=1)[order],
            inconsistency_max=misses.max(axis=1)[order],
            consistent_for=pd.Series(who, dtype=object),
        )
    )


def _named(
    matrices: Mapping[str, CrossImpactMatrix] | Sequence[CrossImpactMatrix],
) -> dict[str, CrossImpactMatrix]:
    if isinstance(matrices, Mapping):
        return dict(matrices)
    return {f"matrix {number}": matrix for number, matrix in enumerate(matrices, start=1)}


def _same_shape(named: dict[str, CrossImpactMatrix]) -> dict[str, CrossImpactMatrix]:
    if not named:
        raise InputError("matrices: found none; give at least one cross-impact matrix")
    first = next(iter(named))
    for name, matrix in named.items():
        if matrix.pairs != named[first].pairs:
            raise InputError(
                f"matrices: {name} has other descriptors or states than {first}; they must agree"
            )
    return named


def diverse_subset(
    scenarios: pd.DataFrame, size: int = 4, descriptors: Sequence[str] | None = None
) -> pd.DataFrame:
    """Choose a few scenarios that differ from each other as much as possible.

    The smallest number of descriptors in which two of the chosen differ (their Hamming distance)
    is made as large as possible (max-min diversity). Up to 6 of up to 200 scenarios this is found
    for certain; beyond, the farthest is taken next, from the first (best) scenario on.

    Parameters
    ----------
    scenarios : DataFrame
        A row a scenario, best first, as from `consistent_scenarios`.
    size : int
        How many to choose; all are returned where there are no more.
    descriptors : sequence of str, optional
        Columns to compare; all but the result columns unless given.

    Returns
    -------
    DataFrame
        The chosen rows in their order and with their index, and `nearest`: in how many descriptors
        each differs from the most similar of the other chosen ones.

    Raises
    ------
    InputError
        A size below 1 or unknown columns.

    References
    ----------
    Ravi, S., Rosenkrantz, D. & Tayi, G. (1994). Heuristic and special case algorithms for
    dispersion problems. Operations Research 42(2), 299-310.

    Examples
    --------
    >>> table = pd.DataFrame({"a": list("xxyy"), "b": list("uuuv"), "c": list("pqpq")})
    >>> diverse_subset(table, 2)
       a  b  c  nearest
    0  x  u  p        3
    3  y  v  q        3
    """
    if size < 1:
        raise InputError(f"size: found {size}; choose at least one scenario")
    if descriptors is None:
        descriptors = [str(name) for name in scenarios if name not in RESERVED_NAMES]
    unknown = [name for name in descriptors if name not in scenarios]
    if unknown or not descriptors:
        raise InputError(f"descriptors: found {unknown}; allowed {list(scenarios.columns)}")
    codes = np.stack([pd.factorize(scenarios[name])[0] for name in descriptors], axis=1)
    chosen = _farthest_first(codes, size)
    if size < len(codes) <= EXACT_POOL and 1 < size <= EXACT_SIZE:
        chosen = _most_diverse(codes, chosen)
    chosen = sorted(chosen)
    return scenarios.iloc[chosen].assign(nearest=_nearest(codes[chosen]))


def _distances(codes: NDArray[np.intp]) -> NDArray[np.intp]:
    distance: NDArray[np.intp] = (codes[:, None, :] != codes).sum(axis=2)
    return distance


def _nearest(codes: NDArray[np.intp]) -> NDArray[np.intp]:
    distance = _distances(codes)
    np.fill_diagonal(distance, codes.shape[1])
    nearest: NDArray[np.intp] = distance.min(axis=1, initial=codes.shape[1])
    return nearest


def _farthest_first(codes: NDArray[np.intp], size: int) -> list[int]:
    chosen: list[int] = []
    nearest = np.full(len(codes), codes.shape[1] + 1)
    while len(chosen) < min(size, len(codes)):
        nearest[chosen] = -1
        chosen.append(int(nearest.argmax()))
        nearest = np.minimum(nearest, (codes != codes[chosen[-1]]).sum(axis=1))
    return chosen


def _most_diverse(codes: NDArray[np.intp], chosen: list[int]) -> list[int]:
    """Raise the smallest distance, step by step, until no subset reaches it."""
    distance = _distances(codes)
    for wanted in range(int(_nearest(codes[chosen]).min()) + 1, codes.shape[1] + 1):
        apart = [sum(1 << int(j) for j in np.flatnonzero(row >= wanted)) for row in distance]
        better = _all_apart(apart, (1 << len(codes)) - 1, len(chosen))
        if better is None:
            break
        chosen = better
    return chosen


def _all_apart(apart: list[int], candidates: int, size: int) -> list[int] | None:
    """Return the first `size` candidates that are all apart from each other; sets are bit masks."""
    if size == 0:
        return []
    while candidates.bit_count() >= size:
        lowest = candidates & -candidates
        candidates ^= lowest
        node = lowest.bit_length() - 1
        rest = _all_apart(apart, candidates & apart[node], size - 1)
        if rest is not None:
            return [node, *rest]
    return None
