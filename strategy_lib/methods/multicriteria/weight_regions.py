"""The part of the weight simplex that bounds and an order leave, and uniform draws from it.

References
----------
Smith, R. L. (1984). Efficient Monte Carlo procedures for generating points uniformly distributed
over bounded regions. Operations Research 32(6), 1296-1308.
Tervonen, T., van Valkenhoef, G., Basturk, N. & Postmus, D. (2013). Hit-and-Run enables efficient
weight generation for simulation-based multiple criteria decision analysis. European Journal of
Operational Research 224(3), 552-559.
"""

from __future__ import annotations

from collections.abc import Sequence, Sized
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from strategy_lib.core.errors import InputError
from strategy_lib.methods.multicriteria.input import Array, as_numbers

Bound = tuple[float | None, float | None]

# Below this share of accepted proposals, rejection costs more than a random walk.
LEAST_ACCEPTANCE = 0.005
PILOT_PROPOSALS = 20_000
PILOT_CHAINS = 500
PILOT_ROUNDS = 4
PILOT_STEPS = 20
STEPS = 15
# Points walked together: so few that matrix products stay in cache and on one thread (starting
# threads for each small product costs more than the product).
WALK_BLOCK = 200
NARROW = 1e-9
NO_ROOM = 1e-15


@dataclass(frozen=True, eq=False)
class WeightRegion:
    """Weights that are allowed: between `lower` and `upper`, in `order`, adding up to 1.

    Attributes
    ----------
    lower, upper : array (criteria)
        The tightest bounds that follow from all statements together.
    order : array of criteria, most important first, or None
    """

    lower: Array
    upper: Array
    order: npt.NDArray[np.intp] | None

    @property
    def free(self) -> npt.NDArray[np.bool_]:
        """Criteria whose weight is not settled by the statements alone."""
        return self.upper - self.lower > NARROW


def simplex_draws(n: int, draws: int, rng: np.random.Generator) -> Array:
    """Draw uniformly from the whole simplex (draws x n)."""
    draw = rng.standard_exponential((draws, n))
    draw /= draw.sum(axis=1, keepdims=True)
    return draw


def ordered_draws(order: npt.NDArray[np.intp], draws: int, rng: np.random.Generator) -> Array:
    """Draw uniformly from the weights that fall along `order`: sorting is exact here."""
    weights = np.empty((draws, len(order)))
    weights[:, order] = -np.sort(-simplex_draws(len(order), draws, rng), axis=1)
    return weights


def weight_region(
    bounds: Sequence[Bound | None], order: npt.NDArray[np.intp] | None, n: int
) -> WeightRegion:
    """Return the region that bounds and an order leave.

    Raises
    ------
    InputError
        Bounds that are no pairs, outside 0 to 1, crossed, against the order, or that leave no
        weights that add up to 1.

    Examples
    --------
    >>> region = weight_region([(0.5, 1), None, None], None, 3)
    >>> region.upper.tolist()
    [1.0, 0.5, 0.5]
    """
    lower, upper = _stated_bounds(bounds, n)
    _refuse_impossible_sum(lower, upper)
    for _ in range(n):
        if order is not None:
            lower[order] = np.maximum.accumulate(lower[order][::-1])[::-1]
            upper[order] = np.minimum.accumulate(upper[order])
            _refuse_crossed(lower, upper, f"with the order {order.tolist()} ")
        _refuse_impossible_sum(lower, upper)
        most, least = 1 - (lower.sum() - lower), 1 - (upper.sum() - upper)
        lower, upper = np.maximum(lower, least), np.maximum(np.minimum(upper, most), least)
    return WeightRegion(lower, np.maximum(upper, lower), order)


def _stated_bounds(bounds: Sequence[Bound | None], n: int) -> tuple[Array, Array]:
    if len(bounds) != n or not all(map(_is_pair, bounds)):
        raise InputError(
            f"bounds: found {bounds!r}; allowed a (lower, upper) pair, or None, for each of {n} "
            "criteria"
        )
    pairs = [(0.0, 1.0) if pair is None else pair for pair in bounds]
    lower = as_numbers([0.0 if low is None else low for low, _ in pairs], "bounds")
    upper = as_numbers([1.0 if high is None else high for _, high in pairs], "bounds")
    for i in range(n):
        if not (0 <= lower[i] <= 1 and 0 <= upper[i] <= 1):
            raise InputError(
                f"bounds: criterion {i}: found {lower[i]:g} to {upper[i]:g}; allowed 0 to 1"
            )
    _refuse_crossed(lower, upper, "")
    return lower, upper


def _is_pair(bound: object) -> bool:
    return bound is None or (isinstance(bound, Sized) and len(bound) == 2)


def _refuse_crossed(lower: Array, upper: Array, when: str) -> None:
    crossed = lower > upper
    if crossed.any():
        i = int(np.argmax(crossed))
        raise InputError(
            f"bounds: criterion {i}: {when}its weight would be at least {lower[i]:g} and at most "
            f"{upper[i]:g}; no weights fit, relax one of the statements"
        )


def _refuse_impossible_sum(lower: Array, upper: Array) -> None:
    if lower.sum() > 1 + NARROW or upper.sum() < 1 - NARROW:
        raise InputError(
            f"bounds: the lower ones add up to {lower.sum():g} and the upper ones to "
            f"{upper.sum():g}; allowed at most 1 and at least 1, so that weights can add up to 1"
        )


def region_draws(region: WeightRegion, draws: int, rng: np.random.Generator) -> Array:
    """Draw uniformly from a region (draws x criteria): rejection, else hit-and-run.

    Hit-and-run is a random walk: its draws are uniform in the limit only. Each draw is the end of a
    walk of its own, so that draws do not hang together.
    """
    if region.free.sum() < 2:
        middle = (region.lower + region.upper) / 2
        return np.tile(middle / middle.sum(), (draws, 1))
    if region.free.all():
        found = _rejection_draws(region, draws, rng)
        if found is not None:
            return found
    return _hit_and_run_draws(region, draws, rng)


def _proposals(region: WeightRegion, size: int, rng: np.random.Generator) -> Array:
    if region.order is not None:
        proposed = ordered_draws(region.order, size, rng)
    else:
        rest = 1 - region.lower.sum()
        proposed = region.lower + rest * simplex_draws(len(region.lower), size, rng)
    inside = ((proposed >= region.lower) & (proposed <= region.upper)).all(axis=1)
    return proposed[inside]


def _rejection_draws(region: WeightRegion, draws: int, rng: np.random.Generator) -> Array | None:
    accepted = [_proposals(region, PILOT_PROPOSALS, rng)]
    share = len(accepted[0]) / PILOT_PROPOSALS
    if share < LEAST_ACCEPTANCE:
        return None
    while (short := draws - sum(map(len, accepted))) > 0:
        size = min(int(1.1 * short / share) + 100, 500_000)
        accepted.append(_proposals(region, size, rng))
    return np.concatenate(accepted)[:draws]


def _hit_and_run_draws(region: WeightRegion, draws: int, rng: np.random.Generator) -> Array:
    free = np.flatnonzero(region.free)
    rows, limits = _inequalities(region, free)
    start = _inner_point(region, rows, limits, free)
    points = np.tile(start, (PILOT_CHAINS, 1))
    if region.order is None:
        guess = simplex_draws(len(region.lower), PILOT_CHAINS, rng)
    else:
        guess = ordered_draws(region.order, PILOT_CHAINS, rng)
    shape = _shape(guess[:, free])
    # Directions that follow the region's own shape make the walk forget its start quickly.
    for _ in range(PILOT_ROUNDS):
        points = _walk(points, rows, limits, shape, PILOT_STEPS * len(free), rng)
        shape = _shape(points)
    starts = points[rng.integers(0, PILOT_CHAINS, draws)]
    weights = np.tile((region.lower + region.upper) / 2, (draws, 1))
    weights[:, free] = _walk(starts, rows, limits, shape, STEPS * len(free), rng)
    return np.clip(weights, region.lower, region.upper)


def _shape(points: Array) -> Array:
    """Return a matrix that turns standard normals into directions spread like the points."""
    values, vectors = np.linalg.eigh(np.cov(points, rowvar=False))
    shape: Array = (vectors * np.sqrt(np.maximum(values, 0))).T
    shape -= shape.mean(axis=1, keepdims=True)
    return shape


def _inequalities(region: WeightRegion, free: npt.NDArray[np.intp]) -> tuple[Array, Array]:
    """Rows and limits of `rows @ w <= limits` over the free criteria."""
    unit = np.eye(len(region.lower))
    rows, limits = [unit, -unit], [region.upper, -region.lower]
    if region.order is not None:
        rows.append(unit[region.order[1:]] - unit[region.order[:-1]])
        limits.append(np.zeros(len(region.order) - 1))
    all_rows, all_limits = np.concatenate(rows), np.concatenate(limits)
    fixed = np.where(region.free, 0.0, (region.lower + region.upper) / 2)
    touching = (all_rows[:, free] != 0).any(axis=1)
    return all_rows[touching][:, free], (all_limits - all_rows @ fixed)[touching]


def _inner_point(
    region: WeightRegion, rows: Array, limits: Array, free: npt.NDArray[np.intp]
) -> Array:
    """Return the point whose smallest distance to any limit is largest."""
    # Imported here because it takes longer than everything else in the methods layer together.
    from scipy.optimize import linprog

    n = len(free)
    rest = 1 - ((region.lower + region.upper) / 2)[~region.free].sum()
    solution: Any = linprog(
        np.append(np.zeros(n), -1.0),
        A_ub=np.column_stack([rows, np.ones(len(rows))]),
        b_ub=limits,
        A_eq=np.append(np.ones(n), 0.0)[None, :],
        b_eq=[rest],
        bounds=[(None, None)] * (n + 1),
    )
    return np.asarray(solution.x[:n], dtype=np.float64)


def _walk(
    starts: Array, rows: Array, limits: Array, shape: Array, steps: int, rng: np.random.Generator
) -> Array:
    """Move every point `steps` times, each along a random line to a uniform place inside."""
    blocks = range(0, len(starts), WALK_BLOCK)
    ends = [
        _walk_block(starts[at : at + WALK_BLOCK].T.copy(), rows, limits, shape.T, steps, rng)
        for at in blocks
    ]
    return np.concatenate(ends)


def _walk_block(
    points: Array, rows: Array, limits: Array, shape: Array, steps: int, rng: np.random.Generator
) -> Array:
    room = limits[:, None] - rows @ points
    for _ in range(steps):
        directions = shape @ rng.standard_normal(points.shape)
        speeds = rows @ directions
        closeness = speeds / np.maximum(room, NO_ROOM)
        forward, backward = 1 / closeness.max(axis=0), 1 / closeness.min(axis=0)
        length = backward + (forward - backward) * rng.random(points.shape[1])
        points += length * directions
        room -= length * speeds
    return points.T
