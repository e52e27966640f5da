"""Checks of performance tables, thresholds and probabilities; gaps are reported, never filled."""

from __future__ import annotations

from collections.abc import Mapping
from numbers import Real

import numpy as np
import numpy.typing as npt
import pandas as pd

from strategy_lib.core.errors import InputError

Array = npt.NDArray[np.float64]
Thresholds = float | Mapping[str, float]
"""What is good enough: one value, or one for each scenario."""


def checked_performance(performance: pd.DataFrame) -> pd.DataFrame:
    """Return performance as numbers, gaps as NaN.

    Raises
    ------
    InputError
        Not a table, empty, an option or scenario listed twice, text or an infinite value.
    """
    if not isinstance(performance, pd.DataFrame):
        raise InputError(f"performance: found {type(performance).__name__}; give a DataFrame")
    if performance.empty:
        rows, columns = performance.shape
        raise InputError(
            f"performance: found {rows} options and {columns} scenarios; at least one of each"
        )
    for labels, what in ((performance.index, "option"), (performance.columns, "scenario")):
        if not labels.is_unique:
            double = labels[labels.duplicated()][0]
            raise InputError(f"performance: {what} {double!r} is listed twice; list each once")
    raw = performance.to_numpy()
    if raw.dtype.kind not in "biuf" or np.isinf(raw).any():
        raw = _numbers(performance)
    return pd.DataFrame(raw.astype(float, copy=False), performance.index, performance.columns)


def _numbers(performance: pd.DataFrame) -> Array:
    """Look at every value: slow, and only where some are no plain numbers."""
    unusable = performance.map(lambda value: not _is_usable(value)).to_numpy()
    if unusable.any():
        row, column = np.argwhere(unusable)[0]
        where = f"{performance.index[row]} · {performance.columns[column]}"
        raise InputError(
            f"performance: {where}: found {_shown(performance.iloc[row, column])}; "
            "allowed a number, or nothing where there is no rating"
        )
    numbers = performance.map(lambda value: np.nan if pd.isna(value) else float(value))
    return numbers.to_numpy(dtype=float)


def _is_usable(value: object) -> bool:
    if value is None or value is pd.NA:
        return True
    return isinstance(value, Real) and not np.isinf(float(value))


def _shown(value: object) -> str:
    return repr(value) if isinstance(value, str) else str(value)


def performance_gaps(performance: pd.DataFrame) -> pd.DataFrame:
    """List the options that are not rated in every scenario.

    Returns
    -------
    DataFrame
        A row an option with gaps: `option`, `n_missing`, `n_scenarios`, `scenarios` (a tuple of
        those where the rating is missing).

    Examples
    --------
    >>> performance = pd.DataFrame({"calm": [5, 3], "storm": [None, 2]}, index=["a", "b"])
    >>> gaps = performance_gaps(performance)
    >>> gaps[["option", "n_missing", "scenarios"]].to_numpy().tolist()
    [['a', 1, ('storm',)]]
    """
    empty = performance.isna()
    rows = [
        (option, int(gaps.sum()), len(gaps), tuple(gaps.index[gaps]))
        for option, gaps in empty.iterrows()
        if gaps.any()
    ]
    return pd.DataFrame(rows, columns=["option", "n_missing", "n_scenarios", "scenarios"])


def rated(gaps: pd.DataFrame) -> str:
    """Say in words which options lack ratings."""
    parts = []
    for _, row in gaps.iterrows():
        if row["n_missing"] == row["n_scenarios"]:
            parts.append(f"option {row['option']} has no performance at all")
        else:
            parts.append(
                f"option {row['option']} has none in {', '.join(map(str, row['scenarios']))}"
            )
    return "; ".join(parts)


def checked_share(value: float, name: str, most: float) -> float:
    """Return a number between 0 and `most`.

    Raises
    ------
    InputError
        Out of range or not a number.
    """
    if not isinstance(value, Real) or not 0 <= value <= most:
        raise InputError(f"{name}: found {_shown(value)}; allowed 0 to {most:g}")
    return float(value)


def checked_thresholds(threshold: Thresholds, scenarios: pd.Index) -> Array:
    """Return what is good enough, in the order of the scenarios.

    Raises
    ------
    InputError
        A scenario without a threshold, or a threshold that is not a number.
    """
    if not isinstance(threshold, Mapping):
        return np.full(len(scenarios), _checked_threshold(threshold, "every scenario"))
    without = [scenario for scenario in scenarios if scenario not in threshold]
    if without:
        raise InputError(f"threshold: none for scenario {without[0]!r}; give one for each")
    stated = {name: _checked_threshold(value, name) for name, value in threshold.items()}
    return np.array([stated[name] for name in scenarios])


def _checked_threshold(value: object, scenario: str) -> float:
    if not isinstance(value, Real) or np.isnan(float(value)):
        raise InputError(f"threshold: found {_shown(value)} for {scenario}; allowed a number")
    return float(value)


def checked_probabilities(
    probabilities: Mapping[str, float], everything: pd.DataFrame, used: pd.DataFrame
) -> pd.Series:
    """Return the stated probabilities of the scenarios used.

    Raises
    ------
    InputError
        Scenarios without one or unknown, negative, not adding up to 1, or scenarios left out: the
        rest is then no longer what was stated.
    """
    stated, known = set(probabilities), set(everything.columns)
    if stated != known:
        raise InputError(
            f"probabilities: not stated for {sorted(map(str, known - stated))}, unknown scenarios "
            f"{sorted(map(str, stated - known))}; state one for each scenario"
        )
    chance = pd.Series(dict(probabilities), dtype=float).reindex(everything.columns)
    if not (chance >= 0).all() or abs(chance.sum() - 1) > 1e-9:
        raise InputError(
            f"probabilities: found {chance.tolist()}, sum {chance.sum():g}; allowed 0 to 1, sum 1"
        )
    if len(used.columns) < len(chance):
        raise InputError(
            "probabilities: some scenarios are left out for missing ratings, so that the stated "
            "probabilities no longer apply; fill the gaps or use missing='options'"
        )
    return chance
