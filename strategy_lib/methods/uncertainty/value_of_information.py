"""What finding out more before deciding would be worth at most: EVPI and EVPPI.

References
----------
Raiffa, H. & Schlaifer, R. (1961). Applied Statistical Decision Theory.
Strong, M., Oakley, J. E. & Brennan, A. (2014). Estimating multiparameter partial expected value of
perfect information from a probabilistic sensitivity analysis sample: a nonparametric regression
approach. Medical Decision Making 34(3), 311-326.
Chernozhukov, V. et al. (2018). Double/debiased machine learning for treatment and structural
parameters. Econometrics Journal 21(1), C1-C68 (cross-fitting).
Copas, J. B. (1983). Regression, prediction and shrinkage. Journal of the Royal Statistical Society
B 45(3), 311-354.
Harrell, F. E. (2015). Regression Modeling Strategies, section 2.4.5 (restricted cubic splines).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from strategy_lib.core.errors import InputError
from strategy_lib.methods.multicriteria.input import Array, as_numbers, refuse_gaps

Method = Literal["auto", "spline", "groups"]
Fit = Callable[[Array, Array, Array], Array]

# A parameter that takes no more values than this is taken as categories.
MOST_GROUPS = 20
# Curves for one, two and three parameters; each of more has as many as each of three.
CURVES = {1: 6, 2: 4, 3: 3}
# Of more parameters than this no pairs are taken: they would be more than the draws can tell apart.
MOST_PAIRED = 16
# How often the draws are split in halves, of which each judges what the other would choose.
SPLITS = 4
# As many draws without any effect are added to each curve and category.
PENALTY = 1.0


def evpi(net_benefit: npt.ArrayLike, probabilities: npt.ArrayLike | None = None) -> float:
    """Return the expected value of perfect information.

    What one would gain, on average, by knowing everything before choosing: the mean of the best
    option's net benefit draw by draw, less the best mean.

    Parameters
    ----------
    net_benefit : array, draws x options
        Higher is better (a cost is a negative benefit), in any unit; states of a payoff table
        count as draws.
    probabilities : array, draws, optional
        Of the draws or states, adding up to 1; equal unless stated.

    Returns
    -------
    float
        0 or more, in the unit of the net benefit.

    Raises
    ------
    InputError
        Another shape, missing values, probabilities that do not add up to 1.

    References
    ----------
    Raiffa & Schlaifer (1961).

    Examples
    --------
    A large, a small and no plant under high, moderate and low demand (Thompson Lumber).

    >>> payoff = [[200, 90, 0], [100, 50, 0], [-120, -20, 0]]
    >>> round(evpi(payoff, [0.3, 0.5, 0.2]), 9)
    24.0
    """
    benefit = checked_net_benefit(net_benefit)
    chance = _checked_probabilities(probabilities, len(benefit))
    return _gain(benefit, chance)


def checked_net_benefit(net_benefit: npt.ArrayLike) -> Array:
    """Return net benefit (draws x options) as floats.

    Raises
    ------
    InputError
        Another shape, text, missing or infinite values.
    """
    benefit = as_numbers(net_benefit, "net benefit")
    fits = benefit.ndim == 2 and 0 not in benefit.shape
    refuse_gaps(benefit, "net benefit", fits, "(draws x options)")
    return benefit


def _checked_probabilities(probabilities: npt.ArrayLike | None, draws: int) -> Array:
    if probabilities is None:
        return np.full(draws, 1 / draws)
    chance = as_numbers(probabilities, "probabilities")
    if chance.shape != (draws,) or not (chance >= 0).all() or abs(chance.sum() - 1) > 1e-9:
        raise InputError(
            f"probabilities: found shape {chance.shape}, sum {chance.sum():g}; allowed {draws}, "
            "0 or more, sum 1"
        )
    return chance


def _gain(benefit: Array, chance: Array) -> float:
    # Relative to the first option, so that large amounts common to all leave no rounding.
    relative = benefit - benefit[:, :1]
    return max(0.0, float(chance @ relative.max(axis=1) - (chance @ relative).max()))


def evppi(
    net_benefit: npt.ArrayLike,
    parameter: npt.ArrayLike,
    *,
    method: Method = "auto",
    seed: int = 0,
) -> float:
    """Return the expected value of perfect information about one parameter, or several together.

    What one would choose at given parameters is learned from one half of the draws and judged by
    the other, both ways and over several splits (cross-fitting): a fit that is judged by the draws
    it was made from finds a value where there is none. With few draws, small values are missed.

    Parameters
    ----------
    net_benefit : array, draws x options
        Higher is better.
    parameter : array, draws or draws x parameters
        The same draws' values of what one would find out.
    method : {"auto", "spline", "groups"}
        How the net benefit expected at given parameters is found. "groups": means over draws with
        equal parameters. "spline": least squares on restricted cubic splines, with products for up
        to three parameters, pairs of straight lines for up to 16, none beyond. Both are drawn
        towards the plain mean as far as chance alone could explain them. "auto": groups where each
        parameter has at most 20 values, else splines.
    seed : int
        Of the splits.

    Returns
    -------
    float
        From 0 (none found) to `evpi(net_benefit)`, in the unit of the net benefit; `evppi_table`
        gives the standard error too.

    Raises
    ------
    InputError
        Shapes that do not fit, missing values, too few draws for the parameters.

    References
    ----------
    Strong, Oakley & Brennan (2014), Medical Decision Making 34(3), 311-326.

    Examples
    --------
    >>> rng = np.random.default_rng(2)
    >>> matters, noise = rng.normal(0, 1, (2, 10_000))
    >>> net_benefit = np.column_stack([np.zeros(10_000), matters])
    >>> round(evppi(net_benefit, matters), 2), round(evppi(net_benefit, noise), 2)
    (0.39, 0.0)
    """
    return cross_fitted(net_benefit, parameter, method, seed)[0]


def cross_fitted(
    net_benefit: npt.ArrayLike, parameter: npt.ArrayLike, method: Method, seed: int
) -> tuple[float, float]:
    """Return the value of knowing a parameter, and its standard error.

    Parameters and errors are those of `evppi`. The standard error is that of a single split:
    averaging over splits makes the value steadier, but all of them judge the same draws, and to
    count them as more would promise too much.
    """
    benefit = checked_net_benefit(net_benefit)
    table = _checked_parameters(parameter, len(benefit))
    relative = benefit - benefit[:, :1]
    level = relative.mean(axis=0)
    fit, inputs = _fit_and_inputs(table, method)
    rows, n_inputs, half = np.hstack([inputs, relative - level]), inputs.shape[1], len(table) // 2
    if not n_inputs or not half:
        return 0.0, 0.0
    rng = np.random.default_rng(seed)
    gained, squared = 0.0, 0.0
    for _ in range(SPLITS):
        order = rows[rng.permutation(len(rows))]
        for learn, judge in ((order[:half], order[half:]), (order[half:], order[:half])):
            x, y = learn[:, :n_inputs], learn[:, n_inputs:]
            chosen = (level + fit(x, y, judge[:, :n_inputs])).argmax(axis=1)
            unasked = int((level + y.mean(axis=0)).argmax())
            outcome = judge[:, n_inputs:] + level
            gain = outcome[np.arange(len(judge)), chosen] - outcome[:, unasked]
            gained += float(gain.sum())
            squared += float(gain @ gain)
    counted = SPLITS * len(rows)
    value = gained / counted
    error = np.sqrt(max(0.0, squared / counted - value**2) / len(rows))
    return min(max(0.0, value), evpi(benefit)), float(error)


def _checked_parameters(parameter: npt.ArrayLike, draws: int) -> pd.DataFrame:
    if isinstance(parameter, pd.DataFrame | pd.Series):
        table = pd.DataFrame(parameter)
    else:
        array = np.asarray(parameter)
        table = pd.DataFrame(array.reshape(len(array), -1) if array.ndim else [])
    if len(table) != draws or not table.shape[1] or table.isna().to_numpy().any():
        raise InputError(
            f"parameter: found {len(table)} draws of {table.shape[1]} parameters, "
            f"{int(table.isna().to_numpy().sum())} missing; allowed {draws} draws, complete"
        )
    return table


def _fit_and_inputs(table: pd.DataFrame, method: Method) -> tuple[Fit, Array]:
    """Return how expected benefit is learned, and from which columns."""
    if method not in ("auto", "spline", "groups"):
        raise InputError(f"method: found {method!r}; allowed 'auto', 'spline', 'groups'")
    if method == "groups" or (method == "auto" and _is_in_groups(table)):
        codes = table.groupby(list(table.columns), sort=False).ngroup()
        return _group_means, np.asarray(codes, dtype=np.float64)[:, None]
    numbers = as_numbers(table.to_numpy(), "parameter")
    basis = _basis(numbers[:, np.ptp(numbers, axis=0) > 0])
    if basis.shape[1] * 5 > len(table):
        raise InputError(
            f"parameter: found {len(table)} draws for {basis.shape[1]} curves; allowed at least "
            "5 times as many draws"
        )
    curves = basis[:, 1:] - basis[:, 1:].mean(axis=0)
    spread = curves.std(axis=0)
    return _regression, curves / np.where(spread > 0, spread, 1)


def _is_in_groups(table: pd.DataFrame) -> bool:
    few_values = bool((table.nunique() <= MOST_GROUPS).all())
    return few_values and 10 * len(table.drop_duplicates()) <= len(table)


def _group_means(x: Array, y: Array, asked: Array) -> Array:
    """Expect the mean of a category's draws; the mean of all for a category not seen."""
    code, wanted = x[:, 0].astype(np.intp), asked[:, 0].astype(np.intp)
    size = 1 + max(code.max(), wanted.max())
    mean, counts = y.mean(axis=0), np.bincount(code, minlength=size)[:, None]
    above = np.column_stack([np.bincount(code, column, size) for column in (y - mean).T])
    shift = above / (counts + PENALTY)
    explained = (shift * above).sum(axis=0)
    kept = _kept(explained, y, int((counts > 0).sum()) - 1)
    return np.asarray(mean + kept * shift[wanted])


def _regression(x: Array, y: Array, asked: Array) -> Array:
    """Expect what a ridge regression on the curves says."""
    centre, mean, draws = x.mean(axis=0), y.mean(axis=0), len(x)
    cross = x.T @ y - draws * np.outer(centre, mean)
    square = x.T @ x - draws * np.outer(centre, centre)
    slopes = np.linalg.solve(square + PENALTY * np.eye(len(square)), cross)
    kept = _kept((slopes * cross).sum(axis=0), y, x.shape[1])
    return np.asarray(mean + (asked - centre) @ (kept * slopes))


def _kept(explained: Array, y: Array, terms: int) -> Array:
    """Return the share of a fit to keep: 1 less the part of it that chance alone would explain."""
    total = np.einsum("ij,ij->j", y, y) - len(y) * y.mean(axis=0) ** 2
    by_chance = terms * np.maximum(0, total - explained) / max(1, len(y) - terms - 1)
    is_any = explained > 0
    share = 1 - np.divide(by_chance, explained, out=np.ones_like(explained), where=is_any)
    return np.asarray(np.clip(share, 0, 1))


def _basis(parameters: Array) -> Array:
    """Return regression columns: products of curves for up to three parameters."""
    draws, n = parameters.shape
    if n == 0:
        return np.ones((draws, 1))
    curves = [_restricted_cubic_spline(x, CURVES.get(n, 3)) for x in parameters.T]
    if n > MOST_PAIRED:
        return np.column_stack([np.ones(draws), *curves])
    if n > 3:
        straight = np.column_stack([curve[:, 0] for curve in curves])
        first, second = np.triu_indices(n, 1)
        return np.column_stack([np.ones(draws), *curves, straight[:, first] * straight[:, second]])
    basis: Array = np.ones((draws, 1))
    for curve in curves:
        full = np.column_stack([np.ones(draws), curve])
        basis = (basis[:, :, None] * full[:, None, :]).reshape(draws, -1)
    return basis


def _restricted_cubic_spline(x: Array, n_curves: int) -> Array:
    """Return cubic curves between quantiles of x, straight beyond the outer ones."""
    z = (x - x.mean()) / x.std()
    knots = np.unique(np.quantile(z, np.linspace(0.02, 0.98, n_curves + 1)))
    if len(knots) < 3:
        return np.asarray(z[:, None])
    last, before = knots[-1], knots[-2]
    cubes = np.maximum(z[:, None] - knots, 0) ** 3
    share = (last - knots[:-2]) / (last - before)
    bend = cubes[:, :-2] - share * cubes[:, -2:-1] + (share - 1) * cubes[:, -1:]
    return np.column_stack([z, bend / (last - knots[0]) ** 2])


def evppi_table(
    net_benefit: npt.ArrayLike,
    parameters: pd.DataFrame | Mapping[str, npt.ArrayLike],
    *,
    seed: int = 0,
) -> pd.DataFrame:
    """Return the EVPPI of each parameter, the most valuable question first.

    Parameters
    ----------
    net_benefit : array, draws x options
        Higher is better.
    parameters : DataFrame, draws x parameters, or mapping of question to what it would settle
        The same draws; a question may settle several parameters (draws x parameters).
    seed : int
        Of the splits, as for `evppi`.

    Returns
    -------
    DataFrame
        `parameter`, `evppi` and `standard_error` (unit of the net benefit; rather too large than
        too small), `share_of_evpi` (NaN where the EVPI is 0: nothing worth asking). The values of
        several parameters do not add up to that of all.

    Raises
    ------
    InputError
        As `evppi`.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> inputs = pd.DataFrame({"rent": rng.normal(0, 1, 5000), "tax": rng.normal(0, 2, 5000)})
    >>> net_benefit = np.column_stack([np.zeros(5000), inputs["rent"] - inputs["tax"]])
    >>> evppi_table(net_benefit, inputs)["parameter"].tolist()
    ['tax', 'rent']
    """
    total = evpi(net_benefit)
    questions = list(parameters.items())
    found = [cross_fitted(net_benefit, settled, "auto", seed) for _, settled in questions]
    table = pd.DataFrame(found, columns=["evppi", "standard_error"])
    table.insert(0, "parameter", [name for name, _ in questions])
    table["share_of_evpi"] = table["evppi"] / total if total > 0 else np.nan
    return table.sort_values("evppi", ascending=False, ignore_index=True, kind="stable")
