"""From scores to values between 0 and 1: anchored scales, their direction, and what cannot differ.

References
----------
Keeney, R. L. & Raiffa, H. (1976). Decisions with Multiple Objectives.
Belton, V. & Stewart, T. J. (2002). Multiple Criteria Decision Analysis, ch. 5 (partial value
functions).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from strategy_lib.core.errors import InputError
from strategy_lib.methods.multicriteria.input import Array, as_numbers, checked_values

Direction = Literal["max", "min"]


@dataclass(frozen=True)
class Scale:
    """An anchored scale of a criterion.

    Attributes
    ----------
    low, high : float
        The anchors: the lowest and highest score that the scale allows.
    direction : {"max", "min"}
        Whether more is better or less is better.
    name : str
        The criterion, as it stands in messages.
    points : tuple of (score, value), optional
        Anchors between, for a value function in straight pieces: scores rising, values between 0
        and 1, from 0 at the worst anchor to 1 at the best. Without them the function is linear.

    Raises
    ------
    InputError
        Anchors that are equal or crossed, an unknown direction, points that do not run in one
        direction between the anchors.
    """

    low: float
    high: float
    direction: Direction = "max"
    name: str = ""
    points: tuple[tuple[float, float], ...] = ()

    def __post_init__(self) -> None:
        where = f"scale {self.name}".strip()
        if not self.low < self.high or not np.isfinite([self.low, self.high]).all():
            raise InputError(
                f"{where}: found anchors {self.low} and {self.high}; allowed low below high"
            )
        if self.direction not in ("max", "min"):
            raise InputError(f"{where}: found direction {self.direction!r}; allowed 'max', 'min'")
        scores, values = self.curve
        ahead = np.diff(values) if self.direction == "max" else -np.diff(values)
        if (np.diff(scores) <= 0).any() or (ahead < 0).any():
            raise InputError(
                f"{where}: found points {list(self.points)}; allowed scores rising between "
                f"{self.low:g} and {self.high:g}, values between 0 and 1 that only get better"
            )

    @property
    def curve(self) -> tuple[Array, Array]:
        """Scores and their values, anchors included."""
        ends = (0.0, 1.0) if self.direction == "max" else (1.0, 0.0)
        curve = [(self.low, ends[0]), *self.points, (self.high, ends[1])]
        scores, values = np.array(curve, dtype=np.float64).T
        return scores, values


def partial_values(scores: npt.ArrayLike, scales: Sequence[Scale]) -> Array:
    """Turn scores into values between 0 (worst anchor) and 1 (best anchor).

    Parameters
    ----------
    scores : array, ... x criteria
        On each criterion's own scale; NaN where there is no answer.
    scales : sequence of Scale
        One a criterion.

    Returns
    -------
    array, as `scores`
        Higher is better on every criterion; NaN stays NaN.

    Raises
    ------
    InputError
        Another number of scales than criteria, or a score outside its scale (which one is said).

    References
    ----------
    Belton & Stewart (2002), ch. 5.

    Examples
    --------
    >>> scales = [Scale(0, 10, "max", "access"), Scale(0, 5, "min", "management time")]
    >>> partial_values([[10, 5], [2, 1]], scales).tolist()
    [[1.0, 0.0], [0.2, 0.8]]
    """
    array = as_numbers(scores, "scores")
    if array.ndim == 0 or array.shape[-1] != len(scales):
        raise InputError(
            f"scores: found shape {array.shape} and {len(scales)} scales; allowed one scale for "
            "each criterion (last axis)"
        )
    _refuse_outside(array, scales)
    values = _straight(array, scales)
    for criterion, scale in enumerate(scales):
        if scale.points:
            values[..., criterion] = np.interp(array[..., criterion], *scale.curve)
    return values


def _straight(scores: Array, scales: Sequence[Scale]) -> Array:
    """What `np.interp` gives between the anchors, to the last bit, for all criteria in one go."""
    anchors = [[scale.low, scale.high, *scale.curve[1][[0, -1]]] for scale in scales]
    low, high, first, last = np.array(anchors, dtype=np.float64).reshape(-1, 4).T
    values = scores - low
    values *= (last - first) / (high - low)
    values += first
    np.copyto(values, last, where=scores == high)
    return values


def _refuse_outside(scores: Array, scales: Sequence[Scale]) -> None:
    low, high = (np.array([getattr(scale, end) for scale in scales]) for end in ("low", "high"))
    outside = (scores < low) | (scores > high)
    if outside.any():
        found = np.argwhere(outside)
        *place, criterion = (int(i) for i in found[found[:, -1].argmin()])
        scale = scales[criterion]
        raise InputError(
            f"scores: {scale.name or f'criterion {criterion}'}, at {tuple(place)}: found "
            f"{scores[(*place, criterion)]:g}; allowed {scale.low:g} to {scale.high:g}"
        )


def discrimination(
    values: npt.ArrayLike, names: Sequence[str] | None = None, least: float = 1e-9
) -> pd.DataFrame:
    """Report how far apart the alternatives are on each criterion.

    A criterion on which all are alike cannot change the ranking, whatever its weight. That is a
    finding, not an error.

    Parameters
    ----------
    values : array, alternatives x criteria or draws x alternatives x criteria
        NaN where there is no value.
    names : sequence of str, optional
        Of the criteria; their positions without it.
    least : float
        Differences up to this count as none, on the scale of the values.

    Returns
    -------
    DataFrame
        A row a criterion: `criterion`, `lowest`, `highest` (mean value of an alternative),
        `n_scored`, `is_discriminating`, `note`.

    Raises
    ------
    InputError
        Another shape, another number of names than of criteria.

    Examples
    --------
    >>> table = discrimination([[0.2, 0.5], [0.9, 0.5]], ["access", "cost"])
    >>> table[["criterion", "is_discriminating"]].to_numpy().tolist()
    [['access', True], ['cost', False]]
    """
    array = checked_values(values)
    stack = array if array.ndim == 3 else array[None]
    labels = list(range(array.shape[-1])) if names is None else list(names)
    if len(labels) != array.shape[-1]:
        raise InputError(
            f"names: found {len(labels)}; allowed one for each of {array.shape[-1]} criteria"
        )
    means = pd.DataFrame(stack.reshape(len(stack), -1)).mean().to_numpy()
    by_alternative = pd.DataFrame(means.reshape(stack.shape[1:]), columns=labels)
    spread = (stack.max(axis=1) - stack.min(axis=1) > least).any(axis=0)
    table = pd.DataFrame(
        {
            "criterion": by_alternative.columns,
            "lowest": by_alternative.min().to_numpy(),
            "highest": by_alternative.max().to_numpy(),
            "n_scored": by_alternative.notna().sum().to_numpy(),
        }
    )
    differ = (table["highest"] - table["lowest"] > least) | spread
    table["is_discriminating"] = differ
    table["note"] = [
        _discrimination_note(bool(d), int(n))
        for d, n in zip(differ, table["n_scored"], strict=True)
    ]
    return table


def _discrimination_note(differs: bool, scored: int) -> str:
    if scored == 0:
        return "nobody scored any alternative"
    if scored == 1:
        return "only one alternative is scored: nothing to compare"
    return "" if differs else "all alternatives are alike: this criterion cannot change the ranking"
