"""Forecasters' scores, and pools of what they say: all alike, and by what each has added so far.

References
----------
Brier, G. W. (1950). Monthly Weather Review 78(1), 1-3.
Good, I. J. (1952). Rational decisions. Journal of the Royal Statistical Society B 14(1), 107-114
(the logarithmic score).
Budescu, D. V. & Chen, E. (2015). Identifying expertise to extract the wisdom of crowds. Management
Science 61(2), 267-280 (weights by contribution).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from strategy_lib.core.errors import InputError
from strategy_lib.methods.multicriteria.input import Array, as_numbers

FLOOR = 1e-3
"""A probability is scored as if no nearer to 0 or 1: one mistake is not endless."""


def log_score(forecasts: npt.ArrayLike, outcomes: npt.ArrayLike) -> float:
    """Return the mean of minus the logarithm of the probability given to what happened.

    Parameters
    ----------
    forecasts : array
        Probabilities, 0 to 1; taken as 0.001 to 0.999 at most.
    outcomes : array
        1 where it happened, 0 where it did not.

    Returns
    -------
    float
        In nats; 0 is perfect, 0.693 is always saying one half.

    Raises
    ------
    InputError
        No forecast, other numbers of each, a probability outside 0 to 1, an outcome not 0 or 1.

    References
    ----------
    Good (1952).

    Examples
    --------
    >>> round(log_score([0.5, 0.8], [1, 1]), 3)
    0.458
    """
    said, happened = as_numbers(forecasts, "forecasts"), as_numbers(outcomes, "outcomes")
    if said.shape != happened.shape or said.ndim != 1 or not len(said):
        raise InputError(f"forecasts: found {said.shape} and outcomes {happened.shape}")
    _check(said[None], happened)
    return float(_losses(said, happened, is_log=True).mean())


def forecaster_scores(forecasts: pd.DataFrame, outcomes: npt.ArrayLike) -> pd.DataFrame:
    """Return each forecaster's scores with the number of forecasts that they rest on.

    Parameters
    ----------
    forecasts : DataFrame, people x events
        Probabilities; NaN where there is no forecast.
    outcomes : array, events
        1, 0, or NaN where it is not resolved.

    Returns
    -------
    DataFrame
        `person`, `n` (resolved forecasts), `brier`, `log` (means; NaN without any), `contribution`
        (mean fall of the equal pool's Brier score because this person was in it, over events on
        which someone else gave a forecast too; above 0: better with them).

    Raises
    ------
    InputError
        Numbers of events that differ, a probability outside 0 to 1, an outcome not 0 or 1.

    References
    ----------
    Brier (1950), Good (1952), Budescu & Chen (2015).

    Examples
    --------
    >>> table = pd.DataFrame([[0.9, 0.2], [0.5, 0.5]], index=["Ana", "Ben"])
    >>> forecaster_scores(table, [1, 0])["brier"].round(3).tolist()
    [0.025, 0.25]
    """
    said, happened = _checked(forecasts, outcomes)
    has = ~np.isnan(said) & ~np.isnan(happened)
    brier, log = (_losses(said, happened, is_log=is_log) for is_log in (False, True))
    given = _contributions(said, happened)
    rows = [
        (
            person,
            int(own.sum()),
            *(float(loss[i][own].mean()) if own.any() else np.nan for loss in (brier, log)),
            given[i],
        )
        for i, (person, own) in enumerate(zip(forecasts.index, has, strict=True))
    ]
    return pd.DataFrame(rows, columns=["person", "n", "brier", "log", "contribution"])


def forecast_pools(forecasts: pd.DataFrame, outcomes: npt.ArrayLike) -> pd.DataFrame:
    """Pool the forecasts of each event: all alike, and by what each has added on other events.

    Weights are the contributions above 0 (`forecaster_scores`) on resolved events other than the
    one that is pooled, so that nothing is judged by itself; where nobody has any, they are equal.

    Parameters
    ----------
    forecasts : DataFrame, people x events
        Probabilities; NaN where there is no forecast.
    outcomes : array, events
        1, 0, or NaN where it is not resolved.

    Returns
    -------
    DataFrame
        `event`, `n` (forecasts), `n_weighted` (of those, with weight above 0), `equal`,
        `by_contribution` (probabilities; NaN without a forecast), `outcome`. Score the two
        columns with `brier_score` to see which did better; with few events neither is told apart.

    Raises
    ------
    InputError
        As `forecaster_scores`.

    References
    ----------
    Budescu & Chen (2015), Management Science 61(2), 267-280.

    Examples
    --------
    >>> said = pd.DataFrame([[0.9, 0.1, 0.8], [0.4, 0.6, 0.2]], index=["Ana", "Ben"])
    >>> pools = forecast_pools(said, [1, 0, float("nan")])
    >>> pools["equal"].tolist()[2], pools["by_contribution"].tolist()[2]
    (0.5, 0.8)
    """
    said, happened = _checked(forecasts, outcomes)
    rows = []
    for event, name in enumerate(forecasts.columns):
        own = said[:, event]
        has = ~np.isnan(own)
        others = np.where(np.arange(len(happened)) == event, np.nan, happened)
        weight = np.where(has, np.maximum(np.nan_to_num(_contributions(said, others)), 0.0), 0.0)
        if not weight.sum() > 0:
            weight = has.astype(float)
        equal, pooled = np.nan, np.nan
        if has.any():
            equal = float(np.sort(own[has]).mean())
            pooled = float(weight[has] @ own[has] / weight.sum())
        rows.append((name, int(has.sum()), int((weight > 0).sum()), equal, pooled, happened[event]))
    columns = ["event", "n", "n_weighted", "equal", "by_contribution", "outcome"]
    return pd.DataFrame(rows, columns=columns)


def _contributions(said: Array, happened: Array) -> Array:
    """Mean fall of the equal pool's Brier score that each person brings; NaN without any event."""
    usable = ~np.isnan(said) & ~np.isnan(happened)
    n = usable.sum(axis=0)
    total = np.sort(np.where(usable, said, 0.0), axis=0).sum(axis=0)
    shared = usable & (n > 1)
    everybody = (total / np.maximum(n, 1) - happened) ** 2
    without = ((total - np.where(usable, said, 0.0)) / np.maximum(n - 1, 1) - happened) ** 2
    gain = np.where(shared, without - everybody, 0.0)
    counts = shared.sum(axis=1)
    return np.asarray(np.where(counts > 0, gain.sum(axis=1) / np.maximum(counts, 1), np.nan))


def _losses(said: Array, happened: Array, *, is_log: bool) -> Array:
    if not is_log:
        return np.asarray((said - happened) ** 2)
    near = np.clip(said, FLOOR, 1 - FLOOR)
    return np.asarray(-np.log(np.where(happened == 1, near, 1 - near)))


def _checked(forecasts: pd.DataFrame, outcomes: npt.ArrayLike) -> tuple[Array, Array]:
    said = as_numbers(forecasts.to_numpy(), "forecasts").reshape(forecasts.shape)
    happened = as_numbers(outcomes, "outcomes")
    if happened.shape != (said.shape[1],):
        raise InputError(f"outcomes: found {happened.shape}; needed one for {said.shape[1]} events")
    _check(said, happened)
    return said, happened


def _check(said: Array, happened: Array) -> None:
    faults = [
        f"forecast {i}, {j}: found {said[i, j]:g}" for i, j in np.argwhere((said < 0) | (said > 1))
    ]
    unclear = ~np.isin(happened, (0, 1)) & ~np.isnan(happened)
    faults += [f"outcome {j}: found {happened[j]:g}" for j in np.flatnonzero(unclear)]
    if faults:
        raise InputError(f"{'; '.join(faults)}; allowed 0 to 1, outcomes 0, 1 or nothing")
