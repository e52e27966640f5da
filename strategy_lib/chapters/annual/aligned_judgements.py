"""Two cycles' judgements about the same question, laid on the same axes and mixed as one likes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from strategy_lib.judgements.matrix import ScoreMatrix

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
# Axis of a room -> its key, in the order of the axes of its arrays.
AXES = {"assessors": "assessor_id", "options": "option_id", "criteria": "criterion_id"}
ARRAYS = ("low", "best", "high")


@dataclass(frozen=True, eq=False)
class TwoRooms:
    """A question's judgements in two cycles.

    What only one cycle has (a new option, a person who left) brings its own answers: they belong to
    its coming or going, and not to changed scores or weights.

    Attributes
    ----------
    before, now : Room
        Both with the options, criteria and people of either cycle: NaN where there is no answer,
        the other cycle's wording where they have none of their own.
    had, has : mapping of axis to array of bool
        Which of these the cycle itself has.
    """

    before: ScoreMatrix
    now: ScoreMatrix
    had: dict[str, Mask]
    has: dict[str, Mask]

    @cached_property
    def shared(self) -> dict[str, Mask]:
        """Axis -> which of its codes both cycles have."""
        return {axis: self.had[axis] & self.has[axis] for axis in AXES}

    @cached_property
    def shared_cells(self) -> Mask:
        """Scores that both cycles could have (assessors x options x criteria)."""
        who, what, by = (self.shared[axis] for axis in AXES)
        return np.asarray(who[:, None, None] & what[:, None] & by)

    @cached_property
    def shared_points(self) -> Mask:
        """Weights that both cycles could have (assessors x criteria)."""
        return np.asarray(self.shared["assessors"][:, None] & self.shared["criteria"])

    @cached_property
    def changed_cells(self) -> Mask:
        """Which of the shared scores differ, an answer given or taken back included."""
        differ = [_differ(getattr(self.before, a), getattr(self.now, a)) for a in ARRAYS]
        return np.asarray(np.any(differ, axis=0) & self.shared_cells)

    @cached_property
    def changed_points(self) -> Mask:
        """Which of the shared weights differ."""
        return np.asarray(_differ(self.before.points, self.now.points) & self.shared_points)

    def codes(self, axis: str) -> list[str]:
        """Codes of an axis."""
        return [str(code) for code in getattr(self.now, axis)[AXES[axis]]]

    def mixed(self, new: frozenset[str], cells: Mask | None = None) -> ScoreMatrix:
        """The room with the named parts as they are now, and the others as they were before.

        Parameters
        ----------
        new : set of str
            Of `assessors`, `options`, `criteria`, `scores`, `weights`.
        cells : array of bool, optional
            Which scores are taken from now, broadcast to assessors x options x criteria; else all
            or none, as `new` says.
        """
        wanted = np.asarray("scores" in new) if cells is None else cells
        from_now = self._from_now(self.had, self.has, wanted)
        weigh_now = self._from_now(
            {a: self.had[a] for a in ("assessors", "criteria")},
            {a: self.has[a] for a in ("assessors", "criteria")},
            np.asarray("weights" in new),
        )
        kept = {axis: (self.has if axis in new else self.had)[axis] for axis in AXES}
        places = [np.flatnonzero(kept[axis]) for axis in AXES]
        arrays = {
            name: np.where(from_now, getattr(self.now, name), getattr(self.before, name))[
                np.ix_(*places)
            ]
            for name in ARRAYS
        }
        points = np.where(weigh_now, self.now.points, self.before.points)
        frames = {
            axis: getattr(self.now if axis in new else self.before, axis)
            .iloc[place]
            .reset_index(drop=True)
            for axis, place in zip(AXES, places, strict=True)
        }
        return ScoreMatrix(points=points[np.ix_(places[0], places[2])], **arrays, **frames)

    @staticmethod
    def _from_now(had: dict[str, Mask], has: dict[str, Mask], wanted: Mask) -> Mask:
        """Where an answer is taken from now: as wanted where both cycles could have it."""
        then, today = (_crossed(list(side.values())) for side in (had, has))
        return np.asarray(np.where(then & today, wanted, today))


def _crossed(axes: list[Mask]) -> Mask:
    """Whether a cell lies in all of its axes."""
    return np.asarray(np.logical_and.reduce(np.meshgrid(*axes, indexing="ij")))


def _differ(one: Array, other: Array) -> Mask:
    same: Mask = (one == other) | (np.isnan(one) & np.isnan(other))
    return np.asarray(~same)


def two_rooms(before: ScoreMatrix, now: ScoreMatrix) -> TwoRooms:
    """Lay the judgements of two cycles on the same axes; codes of now stand first."""
    codes = {}
    for axis, key in AXES.items():
        both = [*getattr(now, axis)[key], *getattr(before, axis)[key]]
        codes[axis] = list(dict.fromkeys(both))
    had, has = (
        {axis: np.isin(codes[axis], list(getattr(matrix, axis)[key])) for axis, key in AXES.items()}
        for matrix in (before, now)
    )
    return TwoRooms(_widened(before, now, codes), _widened(now, before, codes), had, has)


def _widened(matrix: ScoreMatrix, other: ScoreMatrix, codes: dict[str, list[str]]) -> ScoreMatrix:
    places, frames = [], {}
    for axis, key in AXES.items():
        own, theirs = (getattr(side, axis).set_index(key) for side in (matrix, other))
        more = theirs[~theirs.index.isin(own.index)]
        frames[axis] = pd.concat([own, more]).reindex(codes[axis]).rename_axis(key).reset_index()
        places.append(np.array([codes[axis].index(code) for code in own.index], dtype=np.intp))
    shape = tuple(map(len, codes.values()))
    arrays: dict[str, Any] = {n: _spread(getattr(matrix, n), places, shape) for n in ARRAYS}
    points = _spread(matrix.points, [places[0], places[2]], (shape[0], shape[2]))
    return ScoreMatrix(points=points, **arrays, **frames)


def _spread(array: Array, places: list[npt.NDArray[np.intp]], shape: tuple[int, ...]) -> Array:
    wide = np.full(shape, np.nan)
    wide[np.ix_(*places)] = array
    return wide
