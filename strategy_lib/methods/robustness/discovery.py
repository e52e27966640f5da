"""Scenario discovery: in which kinds of futures does something happen? Boxes by PRIM.

The patient rule induction method peels away a little of the futures at a time, always where what
is left becomes densest in cases of interest, and so finds a few limits on drivers that say where
they lie. Drivers may be numbers or states in words.

References
----------
Friedman, J. & Fisher, N. (1999). Bump hunting in high-dimensional data. Statistics and Computing
9(2), 123-143.
Bryant, B. & Lempert, R. (2010). Thinking inside the box. Technological Forecasting and Social
Change 77(1), 34-49.
Kwakkel, J. & Jaxa-Rozen, M. (2016). Improving scenario discovery for handling heterogeneous
uncertainties and multinomial classified outcomes. Environmental Modelling & Software 79, 311-321.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import bdtrc

from strategy_lib.core.errors import InputError

Limit = tuple[float, float] | frozenset[Any]
"""Lowest and highest value, both inside; or the states that are allowed."""
Mask = npt.NDArray[np.bool_]
Array = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Box:
    """Limits on drivers, and what lies within them.

    Attributes
    ----------
    limits : mapping of str to Limit
        For each driver that is restricted; none: all futures.
    rows : ndarray of bool, shape (N,)
        Which futures lie inside.
    coverage : float
        Share of all cases of interest that lie inside.
    density : float
        Share of the futures inside that are cases of interest.
    mass : float
        Share of all futures that lie inside.
    quasi_p : mapping of str to float
        For each limit: how probable so many cases would be, had the limit nothing to do with them
        (one-sided binomial test against the box without it). Small: the limit matters.
    """

    limits: Mapping[str, Limit]
    rows: Mask
    coverage: float
    density: float
    mass: float
    quasi_p: Mapping[str, float]


@dataclass(frozen=True, eq=False)
class _Data:
    """Futures as columns, the cases of interest among them, and what each future weighs."""

    columns: dict[str, npt.NDArray[Any]]
    cases: Mask
    weights: Array

    def share(self, rows: Mask) -> float:
        return float(self.weights[rows].sum() / self.weights.sum())

    def density(self, rows: Mask) -> float:
        total = float(self.weights[rows].sum())
        return float(self.weights[rows & self.cases].sum()) / total if total else 0.0


def prim(
    futures: pd.DataFrame,
    cases: npt.ArrayLike,
    *,
    weights: npt.ArrayLike | None = None,
    density: float = 0.8,
    most_boxes: int = 3,
    most_restricted: int | None = None,
    peel: float = 0.05,
    least_mass: float = 0.05,
) -> tuple[Box, ...]:
    """Find boxes in which at least a share of `density` are cases of interest, the largest first.

    Of each peeling trajectory the largest box that is dense enough is taken; its limits are then
    loosened again as long as it stays so. What it holds is set aside, and the next one is sought.

    Parameters
    ----------
    futures : DataFrame, N rows
        A column a driver: numbers, or states in words. The order of rows does not matter.
    cases : array-like of bool, shape (N,)
        Which futures are of interest (such as: an option falls short).
    weights : array-like of float, shape (N,), optional
        What each future counts for, above 0 (such as its share of plausible matrices).
    density : float
        From above 0 to 1.
    most_boxes : int
        How many boxes at most.
    most_restricted : int, optional
        How many drivers a box may restrict at most; few are said in one sentence.
    peel : float
        Share of the futures inside that a cut of a number takes away, at most 0.5.
    least_mass : float
        Smallest share of all futures that a box may hold.

    Returns
    -------
    tuple of Box
        None where no box is dense enough, or nothing is of interest.

    Raises
    ------
    InputError
        No future, a gap, numbers of rows that differ, weights or shares outside what is allowed.

    Examples
    --------
    >>> import pandas as pd
    >>> futures = pd.DataFrame({"law": ["open", "strict"] * 4, "work": ["hidden", "visible"] * 4})
    >>> [box] = prim(futures, futures["law"] == "strict")
    >>> box.limits, box.coverage, box.density
    ({'law': frozenset({'strict'})}, 1.0, 1.0)
    """
    if not 0 < density <= 1 or most_boxes < 1:
        raise InputError(
            f"density, most_boxes: found {density}, {most_boxes}; allowed to 1, from 1"
        )
    data = _checked(futures, cases, weights)
    left = np.ones(len(data.cases), bool)
    found: list[Box] = []
    while len(found) < most_boxes and (left & data.cases).any():
        boxes = _peeled(data, left, most_restricted, peel, least_mass)
        dense = next((limits for limits, _ in boxes if _dense(data, limits, left, density)), None)
        if dense is None:
            break
        limits = _loosened(data, dense, left, density, peel)
        found.append(_box(data, limits, left))
        left &= ~_inside(data, limits)
    return tuple(found)


def peeling_trajectory(
    futures: pd.DataFrame,
    cases: npt.ArrayLike,
    *,
    weights: npt.ArrayLike | None = None,
    most_restricted: int | None = None,
    peel: float = 0.05,
    least_mass: float = 0.05,
) -> tuple[Box, ...]:
    """Return every box that peeling passes through, from all futures to the smallest, densest one.

    Parameters and errors are those of `prim`. Each step takes the cut with the largest rise of
    density for each future that is lost: a cut of a number at either end, or a single state.

    Examples
    --------
    >>> import pandas as pd
    >>> futures = pd.DataFrame({"price": range(10)})
    >>> boxes = peeling_trajectory(futures, futures["price"] > 7, peel=0.2)
    >>> [box.limits.get("price") for box in boxes][:2]
    [None, (1.5, 9.0)]
    """
    data = _checked(futures, cases, weights)
    every = np.ones(len(data.cases), bool)
    steps = _peeled(data, every, most_restricted, peel, least_mass)
    return tuple(_box(data, limits, every) for limits, _ in steps)


def _peeled(
    data: _Data, left: Mask, most_restricted: int | None, peel: float, least_mass: float
) -> Iterator[tuple[dict[str, Limit], Mask]]:
    if not 0 < peel <= 0.5 or not 0 <= least_mass < 1:
        raise InputError(f"peel, least_mass: found {peel}, {least_mass}; allowed to 0.5, below 1")
    limits: dict[str, Limit] = {}
    rows = left.copy()
    while True:
        yield dict(limits), rows
        best: tuple[float, int] = (0.0, 0)
        chosen: tuple[str, Limit, Mask] | None = None
        for name, limit, inside in _cuts(data, limits, rows, most_restricted, peel):
            lost = data.share(rows) - data.share(inside)
            if lost <= 0 or data.share(inside) < least_mass:
                continue
            # Rounded, so that the order in which weights are added up decides nothing.
            gain = round((data.density(inside) - data.density(rows)) / lost, 12)
            rank = (gain, -len({**limits, name: limit}))
            if rank > best:
                best, chosen = rank, (name, limit, inside)
        if chosen is None:
            return
        limits[chosen[0]], rows = chosen[1], chosen[2]


def _cuts(
    data: _Data, limits: dict[str, Limit], rows: Mask, most_restricted: int | None, peel: float
) -> Iterator[tuple[str, Limit, Mask]]:
    """Every way to take a little away: (driver, its new limit, what is left)."""
    for name, values in data.columns.items():
        if name not in limits and most_restricted is not None and len(limits) >= most_restricted:
            continue
        if values.dtype.kind == "O":
            states = frozenset(values[rows])
            for state in sorted(states, key=str) if len(states) > 1 else ():
                yield name, states - {state}, rows & (values != state)
            continue
        inside = np.sort(values[rows])
        if len(inside) < 2 or inside[0] == inside[-1]:
            continue
        low, high = limits.get(name, (float(values.min()), float(values.max())))
        top, bottom = _cut(inside, peel, above=True), _cut(inside, peel, above=False)
        yield name, (low, top), rows & (values <= top)
        yield name, (bottom, high), rows & (values >= bottom)


def _cut(ordered: Array, share: float, *, above: bool) -> float:
    """Half way between the values next to a quantile; beyond ties, so that something is cut."""
    place = (len(ordered) - 1) * (1 - share if above else share)
    lower, upper = math.floor(place + 1e-12), math.ceil(place - 1e-12)
    while ordered[lower] == ordered[upper] and (lower > 0 if above else upper < len(ordered) - 1):
        lower, upper = (lower - 1, upper) if above else (lower, upper + 1)
    return float((ordered[lower] + ordered[upper]) / 2)


def _inside(data: _Data, limits: Mapping[str, Limit]) -> Mask:
    rows = np.ones(len(data.cases), bool)
    for name, limit in limits.items():
        values = data.columns[name]
        if isinstance(limit, frozenset):
            rows &= np.fromiter((value in limit for value in values), bool, len(values))
        else:
            rows &= (values >= limit[0]) & (values <= limit[1])
    return rows


def _dense(data: _Data, limits: Mapping[str, Limit], left: Mask, density: float) -> bool:
    return data.density(_inside(data, limits) & left) >= density


def _loosened(
    data: _Data, limits: dict[str, Limit], left: Mask, density: float, share: float
) -> dict[str, Limit]:
    """Widen one limit after the other, by what brings most cases back, while dense enough."""
    while True:
        now = data.share(_inside(data, limits) & left & data.cases)
        best, wider = (now, 0.0, 0), None
        for candidate in _widened(data, limits, left, share):
            rows = _inside(data, candidate) & left
            rank = (data.share(rows & data.cases), data.density(rows), -len(candidate))
            if rank[1] >= density and rank > (best if wider else (now, 0.0, -len(limits))):
                best, wider = rank, candidate
        if wider is None:
            return limits
        limits = wider


def _widened(
    data: _Data, limits: dict[str, Limit], left: Mask, share: float
) -> Iterator[dict[str, Limit]]:
    for name, limit in limits.items():
        others = {key: value for key, value in limits.items() if key != name}
        yield others
        values, rows = data.columns[name], _inside(data, others) & left
        if isinstance(limit, frozenset):
            for state in sorted(frozenset(values[rows]) - limit, key=str):
                yield {**others, name: limit | {state}}
            continue
        below, above = values[rows & (values < limit[0])], values[rows & (values > limit[1])]
        if len(below):
            yield {**others, name: (float(np.quantile(below, 1 - share)), limit[1])}
        if len(above):
            yield {**others, name: (limit[0], float(np.quantile(above, share)))}


def _box(data: _Data, limits: Mapping[str, Limit], left: Mask) -> Box:
    rows = _inside(data, limits) & left
    of_interest = float(data.weights[data.cases].sum())
    quasi = {}
    for name in limits:
        without = _inside(data, {k: v for k, v in limits.items() if k != name}) & left
        rate = float(data.cases[without].mean())
        hits = int((rows & data.cases).sum())
        quasi[name] = float(bdtrc(hits - 1, int(rows.sum()), rate)) if hits else 1.0
    return Box(
        dict(limits),
        rows,
        float(data.weights[rows & data.cases].sum()) / of_interest if of_interest else 0.0,
        data.density(rows),
        data.share(rows),
        quasi,
    )


def _checked(futures: pd.DataFrame, cases: npt.ArrayLike, weights: npt.ArrayLike | None) -> _Data:
    interest = np.asarray(cases)
    count = np.ones(len(futures)) if weights is None else np.asarray(weights, dtype=np.float64)
    if not len(futures) or not len(futures.columns):
        raise InputError("futures: found none; give a row a future and a column a driver")
    if interest.shape != (len(futures),) or count.shape != (len(futures),):
        raise InputError(
            f"futures: found {len(futures)}, cases {interest.shape}, weights {count.shape}; "
            "needed as many of each"
        )
    if not np.isin(interest, (0, 1)).all():
        raise InputError("cases: found something else than yes and no")
    if not (count > 0).all() or np.isinf(count).any():
        raise InputError(f"weights: found {count.min():g}; allowed above 0")
    columns = {}
    for name, column in futures.items():
        if column.isna().any():
            raise InputError(f"futures: nothing in {name}, row {int(column.isna().argmax())}")
        numeric = pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
        columns[str(name)] = column.to_numpy(dtype=np.float64 if numeric else object)
    return _Data(columns, interest.astype(bool), count)
