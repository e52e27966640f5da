"""What asking more people before deciding would be worth: the value of sample information (EVSI).

References
----------
Raiffa, H. & Schlaifer, R. (1961). Applied Statistical Decision Theory, chapter 5.
Strong, M., Oakley, J. E., Brennan, A. & Breeze, P. (2015). Estimating the expected value of sample
information using the probabilistic sensitivity analysis sample: a fast, nonparametric
regression-based method. Medical Decision Making 35(5), 570-583.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from strategy_lib.core.errors import InputError
from strategy_lib.methods.multicriteria.input import as_numbers
from strategy_lib.methods.uncertainty.value_of_information import cross_fitted, evpi

ROUNDS = 4
"""How often the answers of those who would be asked are made up."""

CLEAR = 1.64
"""Standard errors from 0 beyond which a value is told from none (one-sided, 5 %)."""


@dataclass(frozen=True)
class SampleInformation:
    """Value of asking so many more people.

    Attributes
    ----------
    value : float
        From 0 to the value of knowing everything, in the unit of the net benefit.
    standard_error : float
        Of the simulation.
    """

    value: float
    standard_error: float

    @property
    def is_clear(self) -> bool:
        """Whether it can be told from nothing at all; if not, nothing is worth asking."""
        return self.value > CLEAR * self.standard_error


def evsi(
    net_benefit: npt.ArrayLike,
    parameter: npt.ArrayLike,
    *,
    people: int,
    spread: float,
    seed: int = 0,
) -> SampleInformation:
    """Return the expected value of asking so many more people about a parameter.

    For each draw, the mean of their answers is made up: the parameter and a normal error of
    standard deviation spread / sqrt(people). What one would choose once it is known is learned and
    judged as in `evppi` (cross-fitting).

    Parameters
    ----------
    net_benefit : array, draws x options
        Higher is better.
    parameter : array, draws or draws x parameters
        The same draws' values of what people would be asked about.
    people : int
        How many more would answer, from 1.
    spread : float
        Standard deviation of one person's answer about the parameter, above 0, in its unit.
    seed : int
        Of the answers that are made up, and of the splits.

    Returns
    -------
    SampleInformation

    Raises
    ------
    InputError
        As `evppi`; no people, a spread that is not above 0.

    References
    ----------
    Strong, Oakley, Brennan & Breeze (2015), Medical Decision Making 35(5), 570-583.

    Examples
    --------
    >>> rng = np.random.default_rng(2)
    >>> matters = rng.normal(0, 1, 10_000)
    >>> net_benefit = np.column_stack([np.zeros(10_000), matters])
    >>> found = evsi(net_benefit, matters, people=3, spread=2.0)
    >>> round(found.value, 2), found.is_clear
    (0.26, True)
    """
    if people < 1 or not spread > 0 or not np.isfinite(spread):
        raise InputError(f"people, spread: found {people}, {spread}; allowed from 1, above 0")
    known = as_numbers(parameter, "parameter")
    known = known.reshape(len(known), -1) if known.ndim else known.reshape(0, 0)
    rng = np.random.default_rng(seed)
    found = []
    for number in range(ROUNDS):
        answers = known + rng.normal(0, spread / np.sqrt(people), known.shape)
        found.append(cross_fitted(net_benefit, answers, "spline", seed + number))
    value, error = np.mean(found, axis=0)
    return SampleInformation(float(value), float(error))


def evsi_table(
    net_benefit: npt.ArrayLike,
    questions: Mapping[str, npt.ArrayLike],
    spreads: Mapping[str, float],
    *,
    people: int,
    seed: int = 0,
) -> pd.DataFrame:
    """Return what asking so many more people is worth, the most valuable question first.

    Parameters
    ----------
    net_benefit : array, draws x options
    questions : mapping of question to draws (or draws x parameters) of what it is about
    spreads : mapping of question to the standard deviation of one person's answer
    people, seed
        As for `evsi`.

    Returns
    -------
    DataFrame
        `question`, `people`, `evsi`, `standard_error` (unit of the net benefit), `share_of_evpi`
        (NaN where the EVPI is 0), `is_clear`.

    Raises
    ------
    InputError
        As `evsi`; a question without a spread.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> rent, tax = rng.normal(0, 1, 4000), rng.normal(0, 2, 4000)
    >>> net_benefit = np.column_stack([np.zeros(4000), rent - tax])
    >>> table = evsi_table(
    ...     net_benefit, {"rent": rent, "tax": tax}, {"rent": 1.0, "tax": 1.0}, people=3
    ... )
    >>> table["question"].tolist()
    ['tax', 'rent']
    """
    missing = [name for name in questions if name not in spreads]
    if missing:
        raise InputError(f"spreads: none for {', '.join(map(str, missing))}")
    total = evpi(net_benefit)
    rows = []
    for name, parameter in questions.items():
        found = evsi(net_benefit, parameter, people=people, spread=spreads[name], seed=seed)
        share = found.value / total if total > 0 else np.nan
        rows.append((name, people, found.value, found.standard_error, share, found.is_clear))
    columns = ["question", "people", "evsi", "standard_error", "share_of_evpi", "is_clear"]
    table = pd.DataFrame(rows, columns=columns)
    return table.sort_values("evsi", ascending=False, ignore_index=True, kind="stable")
