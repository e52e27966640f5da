"""Options under several futures: how each performs at worst, at best, and compared with the others.

Every function takes `performance`, a DataFrame with a row an option and a column a scenario; higher
is better, on any one scale. The metrics answer different questions and often name different
winners: they stand side by side, and none is the verdict. Scenarios have no probabilities unless
somebody states them. Except for `mean_variance`, which therefore names no winner, what they say
does not depend on the unit of the performance, nor on where its zero lies.

References
----------
McPhail, C., Maier, H. R., Kwakkel, J. H., Giuliani, M., Castelletti, A. & Westra, S. (2018).
Robustness metrics: how are they calculated, when should they be used and why do they give different
results? Earth's Future 6(2), 169-191.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np
import pandas as pd

from strategy_lib.core.errors import InputError
from strategy_lib.methods.robustness.input import (
    Array,
    Thresholds,
    checked_performance,
    checked_probabilities,
    checked_share,
    checked_thresholds,
    performance_gaps,
    rated,
)
from strategy_lib.methods.robustness.reading import (
    HIGHER_IS_BETTER,
    METRICS,
    best_under_none,
    classify_options,
    is_best,
    win_shares,
    winners,
)

__all__ = [
    "HIGHER_IS_BETTER",
    "METRICS",
    "best_under_none",
    "classify_options",
    "is_best",
    "performance_gaps",
    "regret",
    "robustness_table",
    "satisficing",
    "win_shares",
    "winners",
]

Missing = Literal["raise", "scenarios", "options"]


def regret(performance: pd.DataFrame) -> pd.DataFrame:
    """Return how far each option falls short of the best option of each scenario.

    Parameters
    ----------
    performance : DataFrame, options x scenarios
        Higher is better; complete.

    Returns
    -------
    DataFrame, options x scenarios
        0 for the best option of a scenario, above 0 for the others; on the performance scale.

    Raises
    ------
    InputError
        Text, gaps, or an option or scenario listed twice.

    References
    ----------
    Savage, L. J. (1951). The theory of statistical decision. Journal of the American Statistical
    Association 46(253), 55-67.

    Examples
    --------
    >>> performance = pd.DataFrame({"calm": [5, 3], "storm": [1, 2]}, index=["grow", "hold"])
    >>> regret(performance)
          calm  storm
    grow   0.0    1.0
    hold   2.0    0.0
    """
    values = _complete(checked_performance(performance))
    return pd.DataFrame(_regret(values.to_numpy()), values.index, values.columns)


def _regret(values: Array) -> Array:
    losses: Array = values.max(axis=0) - values
    return losses


def satisficing(performance: pd.DataFrame, threshold: Thresholds) -> pd.Series:
    """Return the share of scenarios in which each option is good enough.

    Parameters
    ----------
    performance : DataFrame, options x scenarios
        Higher is better; complete.
    threshold : float, or mapping of scenario to float
        What is good enough; reaching it counts.

    Returns
    -------
    Series
        Between 0 and 1, by option.

    References
    ----------
    Starr, M. K. (1963). Product Design and Decision Theory (domain criterion); after McPhail et al.
    (2018).

    Examples
    --------
    >>> performance = pd.DataFrame({"calm": [5, 3], "storm": [1, 2]}, index=["grow", "hold"])
    >>> satisficing(performance, 2).to_dict()
    {'grow': 0.5, 'hold': 1.0}
    """
    values = _complete(checked_performance(performance))
    enough = values.to_numpy() >= checked_thresholds(threshold, values.columns)
    return pd.Series(enough.mean(axis=1), values.index, name="satisficing")


def robustness_table(
    performance: pd.DataFrame,
    *,
    alpha: float = 0.5,
    percentile: float = 90,
    threshold: Thresholds | None = None,
    probabilities: Mapping[str, float] | None = None,
    missing: Missing = "raise",
) -> pd.DataFrame:
    """Return every robustness metric of every option, side by side.

    Parameters
    ----------
    performance : DataFrame, options x scenarios
        Higher is better.
    alpha : float
        Optimism of the Hurwicz metric, 0 to 1: the weight of the best scenario, as textbooks of
        operations research have it (coefficient of realism). Hurwicz himself, McPhail et al. and
        their program RAPID call alpha the weight of the worst: give 1 - alpha for theirs.
    percentile : float
        Of the regrets over the scenarios, 0 to 100: with 90, a regret that is exceeded in a tenth
        of the scenarios, linear between ranks. RAPID counts from the worst, as a share, and takes
        the nearest rank: 90 here is 0.1 there.
    threshold : float, or mapping of scenario to float, optional
        What is good enough; without it, `satisficing` is not known (NaN).
    probabilities : mapping of scenario to float, optional
        Only if somebody states them; they must add up to 1.
    missing : {"raise", "scenarios", "options"}
        Where ratings are missing: refuse; use only scenarios in which every option is rated; or
        leave out options that are not rated everywhere (their metrics are NaN).

    Returns
    -------
    DataFrame
        A row an option. On the performance scale: `maximin` (worst scenario), `maximax` (best),
        `hurwicz` (between the two), `laplace` (plain mean), `minimax_regret` (largest regret,
        lower is better; RAPID turns the sign of regrets), `percentile_regret` (lower is better).
        Then `satisficing` (share of scenarios), `mean_variance` ((mean + 1) / (standard deviation
        of a sample + 1), as in McPhail et al.; a mean below -1 is multiplied instead, so that
        spread never helps; its order depends on the unit), with probabilities `expected_value` and
        `expected_regret` (lower is better), and `n_scenarios` counted.

    Raises
    ------
    InputError
        Options without performance, text, gaps with `missing="raise"`, parameters out of range.

    References
    ----------
    McPhail et al. (2018). Earth's Future 6(2), 169-191.
    Hurwicz, L. (1951). Optimality criteria for decision making under ignorance. Cowles Commission
    Discussion Paper, Statistics 370.

    Examples
    --------
    >>> performance = pd.DataFrame({"calm": [5, 3], "storm": [1, 2]}, index=["grow", "hold"])
    >>> robustness_table(performance, threshold=2)[["maximin", "laplace", "minimax_regret"]]
          maximin  laplace  minimax_regret
    grow      1.0      3.0             1.0
    hold      2.0      2.5             2.0
    """
    everything = checked_performance(performance)
    used = _usable(everything, missing)
    weight = checked_share(alpha, "alpha", 1)
    quantile = checked_share(percentile, "percentile", 100) / 100
    values = used.to_numpy()
    losses, worst, best, mean = _regret(values), values.min(1), values.max(1), values.mean(1)
    columns = {
        "maximin": worst,
        "maximax": best,
        "hurwicz": weight * best + (1 - weight) * worst,
        "laplace": mean,
        "minimax_regret": losses.max(axis=1),
        "percentile_regret": np.quantile(losses, quantile, axis=1),
        "satisficing": np.full(len(values), np.nan),
        "mean_variance": _mean_variance(values, mean),
    }
    if threshold is not None:
        columns["satisficing"] = (values >= checked_thresholds(threshold, used.columns)).mean(1)
    if probabilities is not None:
        chance = checked_probabilities(probabilities, everything, used).to_numpy()
        columns |= {"expected_value": values @ chance, "expected_regret": losses @ chance}
    table = pd.DataFrame(np.column_stack(list(columns.values())), used.index, list(columns))
    table["n_scenarios"] = values.shape[1]
    if len(used) < len(everything):
        table = table.reindex(everything.index)
        table["n_scenarios"] = table["n_scenarios"].fillna(0).astype(int)
    return table


def _mean_variance(values: Array, mean: Array) -> Array:
    deviation = values.std(axis=1, ddof=1) if values.shape[1] > 1 else np.zeros(len(values))
    return np.where(mean >= -1, (mean + 1) / (deviation + 1), (mean + 1) * (deviation + 1))


def _complete(values: pd.DataFrame) -> pd.DataFrame:
    if np.isnan(values.to_numpy()).any():
        raise InputError(
            f"performance: {rated(performance_gaps(values))}; fill the gaps, or choose what to "
            "leave out with robustness_table(missing='scenarios') or missing='options'"
        )
    return values


def _usable(values: pd.DataFrame, missing: Missing) -> pd.DataFrame:
    if missing == "scenarios":
        kept = values.dropna(axis=1)
    elif missing == "options":
        kept = values.dropna(axis=0)
    elif missing == "raise":
        kept = _complete(values)
    else:
        raise InputError(f"missing: found {missing!r}; allowed 'raise', 'scenarios', 'options'")
    if kept.empty:
        raise InputError(
            f"performance: {rated(performance_gaps(values))}; nothing complete is left to compare"
        )
    return kept
