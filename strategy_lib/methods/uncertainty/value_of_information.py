"""What finding out more before deciding would be worth at most: EVPI and EVPPI.

References
----------
Raiffa, H. & Schlaifer, R. (1961). Applied Statistical Decision Theory.
Strong, M., Oakley, J. E. & Brennan, A. (2014). Estimating multiparameter partial expected value of
perfect information from a probabilistic sensitivity analysis sample: a nonparametric regression
approach. Medical Decision Making 34(3), 311-326.
Harrell, F. E. (2015). Regression Modeling Strategies, section 2.4.5 (restricted cubic splines).
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from strategy_lib.core.errors import InputError
from strategy_lib.methods.multicriteria.input import Array, as_numbers

Method = Literal["auto", "spline", "groups"]

# A parameter that takes no more values than this is taken as categories.
MOST_GROUPS = 20
# Curves for one, two and three parameters; each of more has as many as each of three.
CURVES = {1: 8, 2: 5, 3: 3}


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
    if benefit.ndim != 2 or 0 in benefit.shape or np.isnan(benefit).any():
        raise InputError(
            f"net benefit: found shape {benefit.shape}, {int(np.isnan(benefit).sum())} missing; "
            "allowed (draws x options), complete"
        )
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
    net_benefit: npt.ArrayLike, parameter: npt.ArrayLike, *, method: Method = "auto"
) -> float:
    """Return the expected value of perfect information about one parameter, or several together.

    Parameters
    ----------
    net_benefit : array, draws x options
        Higher is better.
    parameter : array, draws or draws x parameters
        The same draws' values of what one would find out.
    method : {"auto", "spline", "groups"}
        How the net benefit expected at given parameters is found. "groups": means over draws with
        equal parameters (exact for categories). "spline": least squares on restricted cubic
        splines, with products for up to three parameters, pairs of straight lines beyond. "auto":
        groups where each parameter has at most 20 values, else splines.

    Returns
    -------
    float
        From 0 to `evpi(net_benefit)`, in the unit of the net benefit.

    Raises
    ------
    InputError
        Shapes that do not fit, missing values, too few draws for the parameters.

    References
    ----------
    Strong, Oakley & Brennan (2014), Medical Decision Making 34(3), 311-326.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> matters, noise = rng.normal(0, 1, (2, 10_000))
    >>> net_benefit = np.column_stack([np.zeros(10_000), matters])
    >>> round(evppi(net_benefit, matters), 2), round(evppi(net_benefit, noise), 2)
    (0.39, 0.01)
    """
    benefit = checked_net_benefit(net_benefit)
    table = _checked_parameters(parameter, len(benefit))
    expected = _expected_benefit(benefit, table, method)
    return min(_gain(expected, np.full(len(benefit), 1 / len(benefit))), evpi(benefit))


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


def _expected_benefit(benefit: Array, table: pd.DataFrame, method: Method) -> Array:
    if method not in ("auto", "spline", "groups"):
        raise InputError(f"method: found {method!r}; allowed 'auto', 'spline', 'groups'")
    if method == "groups" or (method == "auto" and _is_in_groups(table)):
        return _group_means(benefit, table)
    numbers = as_numbers(table.to_numpy(), "parameter")
    basis = _basis(numbers[:, np.ptp(numbers, axis=0) > 0])
    if basis.shape[1] * 5 > len(benefit):
        raise InputError(
            f"parameter: found {len(benefit)} draws for {basis.shape[1]} curves; allowed at least "
            "5 times as many draws"
        )
    relative = benefit - benefit[:, :1]
    expected: Array = basis @ np.linalg.lstsq(basis, relative, rcond=None)[0]
    return expected


def _is_in_groups(table: pd.DataFrame) -> bool:
    few_values = bool((table.nunique() <= MOST_GROUPS).all())
    return few_values and 10 * len(table.drop_duplicates()) <= len(table)


def _group_means(benefit: Array, table: pd.DataFrame) -> Array:
    code = table.groupby(list(table.columns), sort=False).ngroup().to_numpy()
    sums = np.column_stack([np.bincount(code, column) for column in benefit.T])
    return np.asarray((sums / np.bincount(code)[:, None])[code])


def _basis(parameters: Array) -> Array:
    """Return regression columns: products of curves for up to three parameters."""
    draws, n = parameters.shape
    if n == 0:
        return np.ones((draws, 1))
    curves = [_restricted_cubic_spline(x, CURVES.get(n, 3)) for x in parameters.T]
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


def evppi_table(net_benefit: npt.ArrayLike, parameters: pd.DataFrame) -> pd.DataFrame:
    """Return the EVPPI of each parameter, the most valuable question first.

    Parameters
    ----------
    net_benefit : array, draws x options
        Higher is better.
    parameters : DataFrame, draws x parameters
        The same draws; columns are the parameters' names.

    Returns
    -------
    DataFrame
        `parameter`, `evppi` (unit of the net benefit), `share_of_evpi` (NaN where the EVPI is 0:
        nothing worth asking). The values of several parameters do not add up to that of all.

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
    values = [evppi(net_benefit, parameters[name]) for name in parameters.columns]
    table = pd.DataFrame({"parameter": parameters.columns, "evppi": values})
    table["share_of_evpi"] = table["evppi"] / total if total > 0 else np.nan
    return table.sort_values("evppi", ascending=False, ignore_index=True, kind="stable")
