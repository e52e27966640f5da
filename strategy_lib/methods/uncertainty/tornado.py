"""Which uncertain input moves the result most: rank correlation and one-at-a-time swing.

References
----------
Howard, R. A. (1988). Decision analysis: practice and promise. Management Science 34(6), 679-695
(tornado diagrams).
Saltelli, A. et al. (2008). Global Sensitivity Analysis: The Primer, ch. 1 (rank correlation, and
why one at a time does not see inputs that act together).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pandas as pd

from strategy_lib.core.errors import InputError
from strategy_lib.methods.multicriteria.input import Array, as_numbers


def rank_correlations(inputs: pd.DataFrame, output: npt.ArrayLike) -> pd.Series:
    """Return Spearman's rank correlation of each input with the output.

    Parameters
    ----------
    inputs : DataFrame, draws x inputs
    output : array, draws

    Returns
    -------
    Series
        -1 to 1, by input; NaN for an input (or output) that never varies.

    Raises
    ------
    InputError
        Another number of draws, missing values, text.

    Examples
    --------
    >>> inputs = pd.DataFrame({"rent": [1, 2, 3, 4], "tax": [2, 2, 2, 2]})
    >>> rank_correlations(inputs, [10, 20, 40, 90]).to_dict()
    {'rent': 1.0, 'tax': nan}
    """
    table, result = _checked(inputs, output)
    ranks, own = table.rank(), pd.Series(result).rank()
    ranks, own = ranks - ranks.mean(), own - own.mean()
    spread = np.sqrt((ranks**2).sum() * (own**2).sum())
    covered = ranks.mul(own, axis=0).sum()
    found: pd.Series[float] = (covered / spread.where(spread > 0)).rename("rank_correlation")
    return found


def _checked(inputs: pd.DataFrame, output: npt.ArrayLike) -> tuple[pd.DataFrame, Array]:
    values, result = as_numbers(inputs.to_numpy(), "inputs"), as_numbers(output, "output")
    missing = int(np.isnan(values).sum() + np.isnan(result).sum())
    if result.shape != (len(values),) or missing or not len(values):
        raise InputError(
            f"tornado: found inputs {values.shape}, output {result.shape}, {missing} missing; "
            "allowed (draws x inputs) and (draws), complete"
        )
    return pd.DataFrame(values, columns=inputs.columns), result


def one_at_a_time(model: Callable[[Array], npt.ArrayLike], points: pd.DataFrame) -> pd.DataFrame:
    """Return how far the result swings when one input goes from low to high and the rest stay.

    Parameters
    ----------
    model : callable
        From inputs (cases x inputs, in the order of `points`) to results (cases).
    points : DataFrame
        A row an input; columns `low`, `base`, `high` (such as P10, P50, P90).

    Returns
    -------
    DataFrame
        A row an input, in the given order: `result_low`, `result_high` (result with that input
        low or high), `swing` (their difference, with its sign), `result_base`.

    Raises
    ------
    InputError
        Columns missing, unknown numbers, a model that returns another number of results.

    Examples
    --------
    >>> points = pd.DataFrame({"low": [1, 2], "base": [2, 3], "high": [5, 4]}, index=["a", "b"])
    >>> one_at_a_time(lambda x: x[:, 0] * x[:, 1], points)["swing"].to_dict()
    {'a': 12.0, 'b': 4.0}
    """
    absent = {"low", "base", "high"} - set(points.columns)
    if absent:
        raise InputError(f"points: no column {sorted(absent)}; allowed low, base, high")
    columns = ("low", "base", "high")
    low, base, high = (as_numbers(points[name].to_numpy(), name) for name in columns)
    n = len(points)
    cases = np.tile(base, (2 * n + 1, 1))
    cases[np.arange(n), np.arange(n)] = low
    cases[np.arange(n, 2 * n), np.arange(n)] = high
    results = as_numbers(model(cases), "model")
    if results.shape != (len(cases),) or np.isnan(cases).any():
        raise InputError(
            f"model: found results {results.shape} for {len(cases)} cases, "
            f"{int(np.isnan(cases).sum())} unknown inputs; allowed one result a case, none unknown"
        )
    return pd.DataFrame(
        {
            "result_low": results[:n],
            "result_high": results[n:-1],
            "swing": results[n:-1] - results[:n],
            "result_base": results[-1],
        },
        index=points.index,
    )


def tornado(
    inputs: pd.DataFrame,
    output: npt.ArrayLike,
    model: Callable[[Array], npt.ArrayLike] | None = None,
) -> pd.DataFrame:
    """Return the inputs by how much they move the output, the strongest first.

    Parameters
    ----------
    inputs : DataFrame, draws x inputs
    output : array, draws
    model : callable, optional
        From inputs (cases x inputs) to results; with it, each input is moved from its P10 to its
        P90 with the others at their medians.

    Returns
    -------
    DataFrame
        `input`, `rank_correlation` (-1 to 1), and with a model `result_low`, `result_high`,
        `swing`, `result_base` (unit of the output). Sorted by the size of the swing, without a
        model by that of the rank correlation.

    Raises
    ------
    InputError
        As `rank_correlations` and `one_at_a_time`.

    References
    ----------
    Howard (1988), Management Science 34(6), 679-695.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> inputs = pd.DataFrame({"rent": rng.normal(9, 1, 999), "pay": rng.normal(50, 5, 999)})
    >>> table = tornado(inputs, inputs.sum(axis=1), lambda x: x.sum(axis=1))
    >>> table["input"].tolist(), table["swing"].round(0).tolist()
    (['pay', 'rent'], [13.0, 2.0])
    """
    correlation = rank_correlations(inputs, output)
    table = correlation.rename_axis("input").reset_index()
    if model is not None:
        low, base, high = np.quantile(inputs.to_numpy(dtype=np.float64), [0.1, 0.5, 0.9], axis=0)
        points = pd.DataFrame({"low": low, "base": base, "high": high})
        table = table.join(one_at_a_time(model, points))
    return sorted_by_strength(table)


def sorted_by_strength(table: pd.DataFrame) -> pd.DataFrame:
    """Sort a tornado table by the size of `swing`, or of `rank_correlation` without one."""
    by = "swing" if "swing" in table.columns else "rank_correlation"
    order = table[by].abs().fillna(-1).sort_values(ascending=False, kind="stable").index
    return table.loc[order].reset_index(drop=True)
