"""Cooke's classical model: weights from how well people's ranges held on questions that are known.

People state quantiles of quantities whose true values turn out, or are known to the one who asks.
Each person is scored for calibration (did values fall as often outside the ranges as was said?) and
for information (how narrow were the ranges?). Weights from both stand beside equal weights, never in
their place.

References
----------
Cooke, R. M. (1991). Experts in Uncertainty. Oxford University Press, chapters 8 and 12.
Colson, A. R. & Cooke, R. M. (2017). Cross validation for the classical model of structured expert
judgment. Reliability Engineering & System Safety 163, 109-120.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import chdtrc, xlogy

from strategy_lib.core.errors import InputError
from strategy_lib.methods.multicriteria.input import Array, as_numbers

PROBABILITIES = (0.05, 0.5, 0.95)
"""Quantiles that are usually asked for."""

OVERSHOOT = 0.1
"""By how much the range that all named is widened on either side, as a share of it."""


def calibration_score(
    counts: npt.ArrayLike, probabilities: Sequence[float] = PROBABILITIES
) -> float:
    """Return how probable it is that values fall so unlike what a person said, by chance alone.

    Parameters
    ----------
    counts : array-like of int, shape (K + 1,)
        How many true values fell below the lowest quantile, between two, above the highest.
    probabilities : sequence of float, length K
        Of the quantiles, rising, between 0 and 1.

    Returns
    -------
    float
        P-value of the likelihood ratio, 0 to 1: 1 where values fell exactly as often as was said.

    Raises
    ------
    InputError
        Counts that do not fit, none at all, probabilities that do not rise.

    References
    ----------
    Cooke (1991), section 8.5. The statistic is twice the number of values times the relative
    information of the shares seen to those stated, against chi-square of K degrees of freedom.

    Examples
    --------
    >>> round(calibration_score([4, 3, 0, 1]), 5)
    0.00025
    """
    stated = _stated(probabilities)
    seen = as_numbers(counts, "counts")
    if seen.shape != stated.shape or not (seen >= 0).all() or not seen.sum() > 0:
        raise InputError(
            f"counts: found {seen.tolist()}; needed {len(stated)} numbers, one above 0"
        )
    share = seen / seen.sum()
    information = float(xlogy(share, share / stated).sum())
    return float(chdtrc(len(stated) - 1, 2 * seen.sum() * max(0.0, information)))


def classical_model(
    quantiles: npt.ArrayLike,
    values: npt.ArrayLike,
    people: Sequence[str],
    *,
    probabilities: Sequence[float] = PROBABILITIES,
    overshoot: float = OVERSHOOT,
    least_calibration: float = 0.0,
) -> pd.DataFrame:
    """Score people by questions whose answers are known, and give weights beside equal ones.

    Parameters
    ----------
    quantiles : array-like, shape (P, Q, K)
        What each person said of each quantity, rising; NaN in all K where there is no answer.
    values : array-like, shape (Q,)
        What was true.
    people : sequence of str, length P
    probabilities : sequence of float, length K
    overshoot : float
        The range that all quantiles and the value span is widened by this share on either side;
        narrowness is measured against it.
    least_calibration : float
        Those below it have weight 0.

    Returns
    -------
    DataFrame
        `person`, `n` (quantities answered), `calibration` (0 to 1), `information` (mean over
        quantities, in nats, 0 or more), `score` (their product, 0 below `least_calibration`),
        `weight` (the score's share; equal where nobody scores) and `equal_weight`; in the order of
        `people`. Someone without answers has NaN scores and no weight. Calibration depends on `n`:
        compare people who answered about as many.

    Raises
    ------
    InputError
        Shapes that do not fit, quantiles that do not rise or of which some are missing, no
        quantity.

    References
    ----------
    Cooke (1991), sections 8.5 and 12.2.

    Examples
    --------
    >>> said = [[[1, 5, 9], [2, 4, 8]], [[4, 5, 6], [7, 8, 9]]]
    >>> table = classical_model(said, [6, 3], ["Ana", "Ben"])
    >>> table["calibration"].round(3).tolist()
    [0.936, 0.186]
    """
    stated = _stated(probabilities)
    said, true = as_numbers(quantiles, "quantiles"), as_numbers(values, "values")
    if said.ndim != 3 or said.shape != (len(people), len(true), len(stated) - 1) or not len(true):
        raise InputError(
            f"quantiles: found shape {said.shape}; needed {len(people)} people x {len(true)} "
            f"quantities x {len(stated) - 1} quantiles, at least one quantity"
        )
    has = ~np.isnan(said).any(axis=2)
    half = has == np.isnan(said).all(axis=2)
    falling = has & ~(np.diff(said, axis=2) > 0).all(axis=2)
    if np.isnan(true).any() or half.any() or falling.any():
        places = [f"{people[i]}, quantity {j}" for i, j in np.argwhere(half | falling)]
        places += [f"value {j}" for j in np.flatnonzero(np.isnan(true))]
        raise InputError(f"{'; '.join(places)}: allowed all quantiles, each above the one before")
    low, high = _intrinsic_range(said, true, overshoot)
    place = (said < true[None, :, None]).sum(axis=2)
    ends = [np.broadcast_to(end, has.shape)[..., None] for end in (low, high)]
    edges = np.concatenate([ends[0], said, ends[1]], axis=2)
    rows = []
    for person, answered, own, within in zip(people, np.asarray(has), edges, place, strict=True):
        if not answered.any():
            rows.append((person, 0, np.nan, np.nan, 0.0))
            continue
        counts = np.bincount(within[answered], minlength=len(stated))
        calibration = calibration_score(counts, probabilities)
        widths = np.diff(own[answered], axis=1) / (high - low)[answered, None]
        information = float((stated * np.log(stated / widths)).sum(axis=1).mean())
        score = calibration * information if calibration >= least_calibration else 0.0
        rows.append((person, int(answered.sum()), calibration, information, score))
    columns = ["person", "n", "calibration", "information", "score"]
    table = pd.DataFrame(rows, columns=columns)
    total, took_part = table["score"].sum(), table["n"].gt(0)
    table["equal_weight"] = took_part / max(1, int(took_part.sum()))
    table["weight"] = table["score"] / total if total > 0 else table["equal_weight"]
    return table[[*columns, "weight", "equal_weight"]]


def pooled_quantiles(
    quantiles: npt.ArrayLike,
    weights: npt.ArrayLike,
    *,
    probabilities: Sequence[float] = PROBABILITIES,
    overshoot: float = OVERSHOOT,
) -> Array:
    """Return the quantiles of what people said together, each counted with a weight.

    A person's distribution is straight between stated quantiles and the widened range that all
    span; the pool is their weighted sum (linear opinion pool).

    Parameters
    ----------
    quantiles : array-like, shape (P, K)
        Rising; of one quantity.
    weights : array-like, shape (P,)
        0 or more, one above 0.

    Returns
    -------
    ndarray of float, shape (K,)

    Raises
    ------
    InputError
        Shapes that do not fit, gaps, quantiles that do not rise, no weight.

    References
    ----------
    Cooke (1991), section 12.3.

    Examples
    --------
    >>> pooled_quantiles([[0, 5, 10], [10, 15, 20]], [0.5, 0.5]).round(2).tolist()
    [0.44, 10.0, 19.56]
    """
    stated = _stated(probabilities)
    said, share = as_numbers(quantiles, "quantiles"), as_numbers(weights, "weights")
    if said.ndim != 2 or said.shape[1] != len(stated) - 1 or share.shape != (len(said),):
        raise InputError(f"quantiles, weights: found shapes {said.shape}, {share.shape}")
    if not (np.diff(said, axis=1) > 0).all() or not (share >= 0).all() or not share.sum() > 0:
        raise InputError("quantiles, weights: allowed rising quantiles, weights 0 or more")
    span = float(said.max() - said.min()) * overshoot
    ends = np.full((len(said), 1), said.min() - span), np.full((len(said), 1), said.max() + span)
    edges = np.hstack([ends[0], said, ends[1]])
    below = np.concatenate([[0.0], np.cumsum(stated)])
    grid = np.unique(edges)
    pooled = np.sum(
        [
            w * np.interp(grid, own, below)
            for w, own in zip(share / share.sum(), edges, strict=True)
        ],
        axis=0,
    )
    return np.asarray(np.interp(probabilities, pooled, grid))


def _stated(probabilities: Sequence[float]) -> Array:
    """Return the probability of each interval between quantiles."""
    edges = np.array([0.0, *probabilities, 1.0])
    if len(edges) < 3 or not (np.diff(edges) > 0).all():
        raise InputError(f"probabilities: found {list(probabilities)}; allowed rising, 0 to 1")
    return np.diff(edges)


def _intrinsic_range(said: Array, true: Array, overshoot: float) -> tuple[Array, Array]:
    named = np.concatenate([said.transpose(1, 0, 2).reshape(len(true), -1), true[:, None]], axis=1)
    low, high = np.nanmin(named, axis=1), np.nanmax(named, axis=1)
    span = (high - low) * overshoot
    if not (overshoot > 0 and (high > low).all()):
        raise InputError(f"overshoot: found {overshoot}; allowed above 0, and quantities that vary")
    return low - span, high + span
