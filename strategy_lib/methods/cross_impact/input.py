"""Checks of a cross-impact matrix as people hand it in; everything wrong is said with its place."""

from __future__ import annotations

import math
import warnings
from collections.abc import Hashable, Mapping, Sequence
from itertools import pairwise
from numbers import Real
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from strategy_lib.core.errors import InputError, listing

SCALE = 3
"""Judgements run from -3 (strongly restricts) to +3 (strongly promotes)."""

RESERVED_NAMES = frozenset(
    {
        "attractor",
        "basin_share",
        "basin_size",
        "change",
        "consistent_for",
        "cycle_length",
        "descriptor",
        "effect",
        "inconsistency",
        "inconsistency_max",
        "inconsistency_min",
        "is_exact",
        "judgement",
        "n_consistent",
        "nearest",
        "share_consistent",
        "shortfall",
        "source_descriptor",
        "source_state",
        "step",
        "target_descriptor",
        "target_state",
        "total_impact_score",
        "wanted_state",
        "weight",
        "weight_is_least",
    }
)
"""Column names of the result tables, which no descriptor may take."""

States = dict[str, tuple[str, ...]]


class JudgementScaleWarning(UserWarning):
    """A judgement lies outside -3..+3: it is used as given, but may be a typing error."""


def checked_states(descriptors: Mapping[str, Sequence[str]]) -> States:
    """Return descriptor -> states as tuples, or say everything that is wrong with them.

    Raises
    ------
    InputError
        No descriptor, an unusable name, fewer than two states, a state named twice.
    """
    if not isinstance(descriptors, Mapping) or not descriptors:
        raise InputError(
            f"descriptors: found {descriptors!r}; give a mapping from each descriptor's name to "
            "its states, with at least one descriptor"
        )
    problems = [p for name, states in descriptors.items() for p in _state_problems(name, states)]
    if problems:
        raise InputError("; ".join(problems))
    return {name: tuple(states) for name, states in descriptors.items()}


def _state_problems(name: object, states: object) -> list[str]:
    if not isinstance(name, str) or not name.strip():
        return [f"descriptor name: found {name!r}; a descriptor needs a name in words"]
    where = f"descriptor {name}"
    if name in RESERVED_NAMES:
        return [f"{where}: this name is taken by a column of the results; choose another"]
    if isinstance(states, str) or not isinstance(states, Sequence | np.ndarray | pd.Index):
        return [f"{where}: found {states!r}; its states must be a list of names"]
    if len(states) < 2:
        found = f"only {states[0]!r}" if len(states) else "an empty list"
        return [f"{where}: found {found}; a descriptor needs at least two states"]
    unusable = [s for s in states if not isinstance(s, str) or not s.strip()]
    if unusable:
        return [f"{where}: found state {unusable[0]!r}; every state needs a name in words"]
    doubles = sorted({s for s in states if list(states).count(s) > 1})
    return [f"{where}: state {listing(doubles)} is listed twice; name each once"] if doubles else []


def checked_impacts(states: States, impacts: ArrayLike | pd.DataFrame) -> NDArray[Any]:
    """Return the judgements as a read-only square array, or say what is wrong with them.

    Parameters
    ----------
    states : dict of str to tuple of str
        Checked descriptors.
    impacts : array-like or DataFrame, shape (S, S)
        Rows are sources, columns are targets, both in the order of `states`. A DataFrame's labels
        are compared with the states: (descriptor, state) pairs or plain state names. A
        descriptor's own block may be left empty: it then counts as 0.

    Returns
    -------
    ndarray, shape (S, S)
        int64 where every judgement is a whole number, float64 otherwise.

    Raises
    ------
    InputError
        Not square, labels that do not match, text or an empty cell, a missing block.
    """
    pairs = [(name, state) for name, own in states.items() for state in own]
    if isinstance(impacts, pd.DataFrame):
        impacts = _in_order(impacts, pairs)
    values = _numbers(_square(impacts, len(pairs)), pairs)
    values = _without_gaps(values, states)
    outside = np.argwhere(np.abs(values) > SCALE)
    if len(outside):
        cells = listing(f"{_cell(pairs, i, j)} = {values[i, j]:g}" for i, j in outside)
        warnings.warn(
            f"{len(outside)} judgements lie outside -{SCALE}..+{SCALE} and are used as given: "
            f"{cells}",
            JudgementScaleWarning,
            stacklevel=3,
        )
    whole = np.array_equal(values, np.rint(values))
    result: NDArray[Any] = values.astype(np.int64) if whole else values
    result.setflags(write=False)
    return result


def _in_order(frame: pd.DataFrame, pairs: list[tuple[str, str]]) -> NDArray[Any]:
    rows = _positions(frame.index, pairs, "rows")
    columns = _positions(frame.columns, pairs, "columns")
    return frame.to_numpy(dtype=object)[np.ix_(rows, columns)]


def _positions(labels: pd.Index, pairs: list[tuple[str, str]], axis: str) -> list[int]:
    """Where each state stands on an axis; unlabelled (numbered) axes are taken in order."""
    if isinstance(labels, pd.RangeIndex):
        return list(range(len(labels)))
    found: list[Hashable] = list(labels)
    wanted: list[Hashable] = list(pairs)
    if labels.nlevels == 1:
        wanted = [state for _, state in pairs]
    if found == wanted:
        return list(range(len(found)))
    missing = [_label(w) for w in wanted if w not in found]
    unknown = [_label(f) for f in found if f not in wanted]
    if missing or unknown or len(found) != len(wanted) or len(set(found)) != len(found):
        raise InputError(
            f"impacts: the {axis} do not match the descriptors' states; "
            f"not among the {axis}: {listing(missing) or 'none'}; "
            f"not a state: {listing(unknown) or 'none'}; each state must stand there once"
        )
    return [found.index(w) for w in wanted]


def _label(label: Hashable) -> str:
    return " · ".join(map(str, label)) if isinstance(label, tuple) else str(label)


def _square(impacts: ArrayLike, size: int) -> NDArray[Any]:
    try:
        values = np.asarray(impacts, dtype=None if isinstance(impacts, np.ndarray) else object)
    except ValueError:
        values = np.empty(0)
    if values.shape != (size, size):
        shape = " x ".join(map(str, values.shape)) if values.ndim == 2 else "rows of unequal length"
        raise InputError(
            f"impacts: found {shape}; the descriptors have {size} states in all, "
            f"so {size} x {size} judgements are needed"
        )
    return values


def _numbers(values: NDArray[Any], pairs: list[tuple[str, str]]) -> NDArray[np.float64]:
    if values.dtype.kind not in "iufb":
        text = [(i, j) for (i, j), v in np.ndenumerate(values) if not _is_number(v)]
        if text:
            cells = listing(f"{_cell(pairs, i, j)} = {values[i, j]!r}" for i, j in text)
            raise InputError(f"impacts: found text in {cells}; write numbers from -3 to +3")
        values = np.where(pd.isna(values), np.nan, values)
    numbers = values.astype(np.float64)
    endless = np.argwhere(np.isinf(numbers))
    if len(endless):
        cells = listing(_cell(pairs, i, j) for i, j in endless)
        raise InputError(f"impacts: found an infinite value in {cells}; write numbers -3 to +3")
    return numbers


def _is_number(value: object) -> bool:
    return value is None or value is pd.NA or isinstance(value, Real)


def _without_gaps(values: NDArray[np.float64], states: States) -> NDArray[np.float64]:
    """Refuse empty cells, block by block; a descriptor's own empty block becomes 0."""
    gaps = np.isnan(values)
    if not gaps.any():
        return values
    names = list(states)
    edges = [0, *np.cumsum([len(own) for own in states.values()]).tolist()]
    blocks = [slice(start, stop) for start, stop in pairwise(edges)]
    problems = []
    for source, rows in zip(names, blocks, strict=True):
        for target, columns in zip(names, blocks, strict=True):
            block = gaps[rows, columns]
            if block.all() and source != target:
                problems.append(f"the block {source} -> {target} is missing")
            elif block.any() and not block.all():
                problems.append(f"{int(block.sum())} cells of {source} -> {target} are empty")
    if problems:
        raise InputError(f"impacts: {listing(problems)}; write 0 where there is no influence")
    return np.where(gaps, 0.0, values)


def _cell(pairs: list[tuple[str, str]], row: int, column: int) -> str:
    return f"{_label(pairs[row])} -> {_label(pairs[column])}"


def checked_threshold(max_inconsistency: float) -> float:
    """Return the inconsistency still allowed, a number of at least 0.

    Raises
    ------
    InputError
        Negative or not a number.
    """
    if not isinstance(max_inconsistency, Real) or not max_inconsistency >= 0:
        raise InputError(f"max_inconsistency: found {max_inconsistency!r}; allowed 0 or more")
    return float(max_inconsistency) if math.isfinite(max_inconsistency) else math.inf
