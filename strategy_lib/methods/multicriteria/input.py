"""Checks of values and weights; what nobody scored is found and named, never filled."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from strategy_lib.core.errors import InputError

Array = npt.NDArray[np.float64]
MissingScores = Literal["raise", "exclude"]

# Room for shares written with six digits; larger gaps are somebody's slip and are said.
SUM_TOLERANCE = 1e-6


def as_numbers(data: npt.ArrayLike, name: str) -> Array:
    """Return data as floats.

    Raises
    ------
    InputError
        Text, ragged rows or an infinite value; NaN passes, as "no answer".
    """
    try:
        array = np.asarray(data, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise InputError(f"{name}: found something that is no number ({error})") from error
    if np.isinf(array).any():
        place = tuple(int(i) for i in np.argwhere(np.isinf(array))[0])
        raise InputError(f"{name}: found an infinite value at {place}; allowed finite numbers")
    return array


def refuse_gaps(array: Array, name: str, fits: bool, allowed: str) -> None:
    """Refuse numbers of which one is missing, or whose shape does not fit what is allowed."""
    if not fits or np.isnan(array).any():
        missing = int(np.isnan(array).sum())
        raise InputError(
            f"{name}: found shape {array.shape}, {missing} missing; allowed {allowed}, complete"
        )


def checked_values(values: npt.ArrayLike) -> Array:
    """Return values (alternatives x criteria, or draws x alternatives x criteria) as floats.

    Raises
    ------
    InputError
        Another number of axes, an empty axis, text or infinite values; NaN passes.
    """
    array = as_numbers(values, "values")
    if array.ndim not in (2, 3) or 0 in array.shape:
        raise InputError(
            f"values: found shape {array.shape}; allowed (alternatives x criteria) or "
            "(draws x alternatives x criteria), none of them 0"
        )
    return array


def checked_weights(weights: npt.ArrayLike, n_criteria: int) -> Array:
    """Return weights (draws x criteria) as floats; a single row may be given flat.

    Raises
    ------
    InputError
        Another number of criteria, an unknown, negative or all-zero weight, or a row that does not
        add up to 1.

    Examples
    --------
    >>> checked_weights([0.5, 0.5], 2).shape
    (1, 2)
    >>> checked_weights([50, 50], 2)
    Traceback (most recent call last):
        ...
    strategy_lib.core.errors.InputError: weights: row 0 adds up to 100; allowed rows that add up \
to 1 (swing points: normalise_swing_weights)
    """
    array = np.atleast_2d(as_numbers(weights, "weights"))
    if array.ndim != 2 or array.shape[1] != n_criteria or not len(array):
        raise InputError(
            f"weights: found shape {array.shape}; allowed (draws x {n_criteria} criteria)"
        )
    _refuse(np.isnan(array).any(axis=1), array, "has an unknown weight; allowed numbers from 0")
    _refuse((array < 0).any(axis=1), array, "has a negative weight; allowed 0 or more")
    totals = array.sum(axis=1)
    _refuse(totals == 0, array, "is all zero; at least one criterion must weigh something")
    off = np.abs(totals - 1) > SUM_TOLERANCE
    if off.any():
        row = int(np.argmax(off))
        raise InputError(
            f"weights: row {row} adds up to {totals[row]:g}; allowed rows that add up to 1 "
            "(swing points: normalise_swing_weights)"
        )
    return array


def _refuse(bad: npt.ArrayLike, array: Array, fault: str) -> None:
    if np.any(bad):
        row = int(np.argmax(bad))
        raise InputError(f"weights: row {row} {fault}; found {array[row].tolist()}")


def checked_pair(values: npt.ArrayLike, weights: npt.ArrayLike) -> tuple[Array, Array]:
    """Return values and weights that fit each other.

    Raises
    ------
    InputError
        As `checked_values` and `checked_weights`, or another number of draws in each.
    """
    scores = checked_values(values)
    shares = checked_weights(weights, scores.shape[-1])
    if scores.ndim == 3 and len(shares) != len(scores) and 1 not in (len(shares), len(scores)):
        raise InputError(
            f"values and weights: found {len(scores)} and {len(shares)} draws; "
            "allowed as many of each, or one of either"
        )
    return scores, shares


def unscored(values: Array) -> dict[int, tuple[int, ...]]:
    """Return, for each alternative with gaps, the criteria on which a value is missing.

    Examples
    --------
    >>> unscored(np.array([[1.0, 2.0], [np.nan, 3.0], [np.nan, np.nan]]))
    {1: (0,), 2: (0, 1)}
    """
    missing = np.isnan(values)
    gaps = np.asarray(missing.reshape(-1, *values.shape[-2:]).any(axis=0))
    return {
        int(i): tuple(int(c) for c in np.flatnonzero(gaps[i]))
        for i in np.flatnonzero(gaps.any(axis=1))
    }


def kept_alternatives(values: Array, missing: MissingScores) -> npt.NDArray[np.intp]:
    """Return the alternatives that can be compared.

    Raises
    ------
    InputError
        Gaps with `missing="raise"`, or nothing left with `missing="exclude"`.
    """
    if missing not in ("raise", "exclude"):
        raise InputError(f"missing: found {missing!r}; allowed 'raise', 'exclude'")
    gaps = unscored(values)
    kept = np.setdiff1d(np.arange(values.shape[-2]), list(gaps))
    if not gaps or (missing == "exclude" and len(kept)):
        return kept
    found = "; ".join(f"alternative {i} on criteria {list(where)}" for i, where in gaps.items())
    advice = (
        "give a score or a range, or leave these alternatives out with missing='exclude'"
        if missing == "raise"
        else "no alternative is scored on every criterion"
    )
    raise InputError(f"values: no score for {found}; {advice}")
