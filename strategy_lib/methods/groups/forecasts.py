"""Forecasts that have come true or not: Brier score, its parts, and calibration.

References
----------
Brier, G. W. (1950). Verification of forecasts expressed in terms of probability. Monthly Weather
Review 78(1), 1-3.
Murphy, A. H. (1973). A new vector partition of the probability score. Journal of Applied
Meteorology 12(4), 595-600.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from strategy_lib.core.errors import InputError
from strategy_lib.methods.multicriteria.input import Array, as_numbers


@dataclass(frozen=True)
class BrierScore:
    """Score of a set of forecasts and what it is made of.

    Attributes
    ----------
    score : float
        Mean squared distance of forecast and outcome: 0 is perfect, 0.25 is always saying one half.
    reliability : float
        How far frequencies were from what was said (smaller is better).
    resolution : float
        How far forecasts told events apart (larger is better).
    uncertainty : float
        How hard the set was; score = reliability - resolution + uncertainty.
    n : int
    """

    score: float
    reliability: float
    resolution: float
    uncertainty: float
    n: int


def brier_score(forecasts: npt.ArrayLike, outcomes: npt.ArrayLike) -> BrierScore:
    """Score probabilities against what happened, with Murphy's decomposition.

    Parameters
    ----------
    forecasts : array
        Probabilities, 0 to 1; equal ones form a group of the decomposition, which is then exact.
    outcomes : array
        1 where it happened, 0 where it did not.

    Returns
    -------
    BrierScore

    Raises
    ------
    InputError
        No forecast, other numbers of each, a probability outside 0 to 1, an outcome not 0 or 1.

    References
    ----------
    Brier (1950); Murphy (1973).

    Examples
    --------
    >>> result = brier_score([0.8, 0.8, 0.3, 0.3], [1, 1, 0, 1])
    >>> parts = result.reliability - result.resolution + result.uncertainty
    >>> round(result.score, 4), round(parts, 4)
    (0.165, 0.165)
    """
    said, happened = _checked(forecasts, outcomes)
    base = float(happened.mean())
    values, group = np.unique(said, return_inverse=True)
    size = np.bincount(group)
    frequency = np.bincount(group, happened) / size
    share = size / len(said)
    return BrierScore(
        float(((said - happened) ** 2).mean()),
        float(share @ (values - frequency) ** 2),
        float(share @ (frequency - base) ** 2),
        base * (1 - base),
        len(said),
    )


def _checked(forecasts: npt.ArrayLike, outcomes: npt.ArrayLike) -> tuple[Array, Array]:
    said, happened = as_numbers(forecasts, "forecasts"), as_numbers(outcomes, "outcomes")
    if said.shape != happened.shape or said.ndim != 1 or not len(said):
        raise InputError(
            f"forecasts: found {said.shape} and outcomes {happened.shape}; allowed as many of each,"
            " at least one"
        )
    impossible, unclear = ~((said >= 0) & (said <= 1)), ~np.isin(happened, (0, 1))
    faults = [f"forecast {i}: found {said[i]:g}" for i in np.flatnonzero(impossible)]
    faults += [f"outcome {i}: found {happened[i]:g}" for i in np.flatnonzero(unclear)]
    if faults:
        raise InputError(
            f"{'; '.join(faults)}; allowed forecasts from 0 to 1, outcomes 0 or 1 (leave out what "
            "is not resolved yet)"
        )
    return said, happened


def calibration_table(
    forecasts: npt.ArrayLike, outcomes: npt.ArrayLike, bins: int = 5
) -> pd.DataFrame:
    """Return how often things happened, by how likely they were said to be.

    Parameters
    ----------
    bins : int
        Number of equal classes between 0 and 1; a probability between two counts in the upper.

    Returns
    -------
    DataFrame
        `from`, `to` (probability), `n`, `mean_forecast`, `frequency`; a row a class that holds
        any forecast.

    Raises
    ------
    InputError
        As `brier_score`, or no class.

    Examples
    --------
    >>> calibration_table([0.1, 0.1, 0.9], [0, 1, 1], bins=2)["frequency"].tolist()
    [0.5, 1.0]
    """
    said, happened = _checked(forecasts, outcomes)
    if bins < 1:
        raise InputError(f"bins: found {bins}; allowed 1 or more")
    place = np.searchsorted(np.arange(1, bins) / bins, said, side="right")
    frame = pd.DataFrame({"place": place, "said": said, "happened": happened})
    table = frame.groupby("place").agg(
        n=("said", "size"), mean_forecast=("said", "mean"), frequency=("happened", "mean")
    )
    edges = pd.DataFrame({"from": table.index / bins, "to": (table.index + 1) / bins})
    return pd.concat([edges, table.reset_index(drop=True)], axis=1)
