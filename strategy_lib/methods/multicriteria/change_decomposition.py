"""Why a result moved between two states: contributions of what changed, which add up exactly.

What differs between two states is grouped into factors (new options, changed scores, other
assessors, ...). A function says what the result would be with some of the factors as they are now
and the others as they were before. The contribution of a factor is what switching it to its new
state adds, averaged over all orders in which the factors can be switched one after another: the
Shapley value (Shapley 1953), which as a decomposition of a change is due to Shorrocks (2013).

It is used here, rather than one ordered path, because a path gives what two factors do together to
whichever comes first in it, and nothing says which factor should. The average over all orders gives
each its fair part: the contributions add up exactly to the change, a factor that changes nothing
has zero, and the names and the order of the factors do not matter. How much a contribution depends
on the order is kept beside it, as the least and the most over all orders.

References
----------
Shapley, L. S. (1953). A value for n-person games. Contributions to the Theory of Games II, 307-317.
Shorrocks, A. F. (2013). Decomposition procedures for distributional analysis: a unified framework
based on the Shapley value. Journal of Economic Inequality 11, 99-126.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import factorial
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from strategy_lib.core.errors import InputError

Array = npt.NDArray[np.float64]
# What the result would be, a number or an array, with the named factors as they are now.
Result: TypeAlias = Callable[[frozenset[str]], npt.ArrayLike]
# 2 to the power of this many results are computed.
MOST_FACTORS = 14


@dataclass(frozen=True, eq=False)
class ChangeDecomposition:
    """What each factor contributed to a change.

    Attributes
    ----------
    factors : tuple of str
    before, after : array
        The result with every factor as it was, and as it is now; in the result's own unit.
    contributions : array, factors x shape of the result
        They add up to `after - before`.
    least, most : array, factors x shape of the result
        What switching the factor adds in the order in which it adds least, and most. Where they lie
        far apart, what the factor did cannot be told from what it did together with others.
    alone : array, factors x shape of the result
        What the factor would have added if nothing else had changed.
    """

    factors: tuple[str, ...]
    before: Array
    after: Array
    contributions: Array
    least: Array
    most: Array
    alone: Array

    @property
    def change(self) -> Array:
        """The whole change: `after - before`."""
        return np.asarray(self.after - self.before)


def decompose_change(result: Result, factors: Sequence[str]) -> ChangeDecomposition:
    """Split the change of a result into what each factor contributed.

    Parameters
    ----------
    result : callable
        Takes the set of factors that are as they are now (the others are as they were before) and
        gives a number or an array, always of the same shape. It must give the same for the same
        set: a simulation uses the same seed each time. It is called once for each of the
        `2 ** n` sets.
    factors : sequence of str
        At most 14; a factor that did not change contributes zero.

    Raises
    ------
    InputError
        If a factor is named twice, there are too many, or a result is not finite or of another
        shape than the others.

    Examples
    --------
    Cost is price times number; the price rose from 2 to 3, the number from 10 to 20:

    >>> def cost(new):
    ...     return (3 if "price" in new else 2) * (20 if "number" in new else 10)
    >>> found = decompose_change(cost, ["price", "number"])
    >>> found.contributions.tolist(), float(found.change)
    ([15.0, 25.0], 40.0)
    >>> found.least.tolist(), found.most.tolist()
    ([10.0, 20.0], [20.0, 30.0])
    """
    names = _checked(factors)
    n, results = len(names), _results(result, names)
    states = np.arange(1 << n)
    weights = np.array([factorial(s) * factorial(n - s - 1) / factorial(n) for s in range(n)])
    contributions, least, most, alone = (np.zeros((n, *results.shape[1:])) for _ in range(4))
    for place in range(n):
        without = states[states >> place & 1 == 0]
        # First of these is the set without any factor.
        added = results[without | 1 << place] - results[without]
        share = weights[[int(state).bit_count() for state in without]]
        contributions[place] = np.tensordot(share, added, axes=1)
        least[place], most[place] = added.min(axis=0), added.max(axis=0)
        alone[place] = added[0]
    before, after = results[0], results[-1]
    return ChangeDecomposition(names, before, after, contributions, least, most, alone)


def _checked(factors: Sequence[str]) -> tuple[str, ...]:
    names = tuple(factors)
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        listed = ", ".join(twice)
        raise InputError(f"A change is split by factors of different names; twice: {listed}.")
    if len(names) > MOST_FACTORS:
        raise InputError(
            f"A change is split into at most {MOST_FACTORS} factors, because the result is "
            f"computed for every set of them; found {len(names)}."
        )
    return names


def _results(result: Result, names: tuple[str, ...]) -> Array:
    """The result for every set of factors; a set is the binary digits of its position."""
    made: list[Array] = []
    for state in range(1 << len(names)):
        new = frozenset(name for place, name in enumerate(names) if state >> place & 1)
        value = np.asarray(result(new), dtype=float)
        what = ", ".join(sorted(new)) or "no factor"
        if not np.isfinite(value).all():
            raise InputError(f"With {what} as now, the result is not a finite number: {value}.")
        if made and value.shape != made[0].shape:
            raise InputError(
                f"With {what} as now, the result has the shape {value.shape}; "
                f"the others have {made[0].shape}."
            )
        made.append(value)
    return np.stack(made)
