"""Why the options for a presence stand otherwise than last year: what each change contributed."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from strategy_lib.chapters.annual.aligned_judgements import Array, Mask, TwoRooms, two_rooms
from strategy_lib.editions.restrict import Restricted
from strategy_lib.judgements.comparison import drawn_values
from strategy_lib.judgements.matrix import ScoreMatrix, score_matrix_of
from strategy_lib.methods.multicriteria import first_rank_shares

# What can change between two cycles, in the order in which it is told.
FACTORS = {
    "options": "Options added, taken off or moved to another legal route",
    "law": "What the law leaves open",
    "criteria": "Criteria and red lines",
    "assessors": "Who judges",
    "weights": "What the same people find important",
    "scores": "How the same people score",
}
VERSION = "Version of the workbook, or inputs mended since"
# Saved shares are rounded to 0.1: a smaller difference is no difference.
ROUNDED = 0.1


@dataclass
class _Kept:
    """What was drawn for each content of a cell, all else being the same."""

    columns: dict[Hashable, Array] = field(default_factory=dict)
    weights: Array = field(default_factory=lambda: np.empty(0))


@dataclass(frozen=True, eq=False)
class Ranking:
    """Which option comes first, with any of the changes between two cycles undone.

    Attributes
    ----------
    rooms : TwoRooms
    closed_before, closed_now : frozenset of str
        Legal routes that the law closed as it stood: a condition is not met.
    keeps_draws : bool
        Whether what was drawn for a cell is kept: for many questions about a few changed scores.
    """

    rooms: TwoRooms
    closed_before: frozenset[str]
    closed_now: frozenset[str]
    draws: int
    seed: int
    keeps_draws: bool = False
    _known: dict[tuple[frozenset[str], bytes], Array] = field(default_factory=dict)
    _kept: dict[Hashable, _Kept] = field(default_factory=dict)

    @property
    def options(self) -> list[str]:
        """Codes of the options of either cycle."""
        return self.rooms.codes("options")

    @cached_property
    def changed(self) -> tuple[str, ...]:
        """Factors in which the two cycles differ at all."""
        rooms = self.rooms
        differs = {
            "options": _moved(rooms, "options", ["legal_route"]),
            "law": self.closed_before != self.closed_now,
            "criteria": _moved(rooms, "criteria", ["direction", "red_line"]),
            "assessors": _moved(rooms, "assessors", []),
            "weights": bool(rooms.changed_points.any()),
            "scores": bool(rooms.changed_cells.any()),
        }
        return tuple(name for name in FACTORS if differs[name])

    def shares(self, new: frozenset[str], cells: Mask | None = None) -> Array:
        """Share of draws (%) in which each option comes first; 0 for one that is not compared.

        Parameters
        ----------
        new : set of str
            Factors as they are now; the others are as they were.
        cells : array of bool, optional
            Which scores are as they are now, where it is some of them.
        """
        key = (new, b"" if cells is None else cells.tobytes())
        if key not in self._known:
            self._known[key] = self._shares(new, cells)
        return self._known[key]

    def _shares(self, new: frozenset[str], cells: Mask | None) -> Array:
        matrix = self.rooms.mixed(new, cells)
        closed = self.closed_now if "law" in new else self.closed_before
        is_closed = matrix.options["legal_route"].isin(closed).to_numpy(dtype=bool)
        matrix = matrix.with_options(~_beyond_a_line(matrix) & ~is_closed)
        made = np.zeros(len(self.options))
        if matrix.has_scores and len(matrix.criteria):
            matrix = matrix.with_options(matrix.scored_by_anybody())
            made[[self.options.index(c) for c in matrix.options["option_id"]]] = self._first(matrix)
        return made

    def _first(self, matrix: ScoreMatrix) -> Array:
        if len(matrix.options) == 1:
            return np.array([100.0])
        return 100 * first_rank_shares(*self._drawn(matrix))

    def _drawn(self, matrix: ScoreMatrix) -> tuple[Array, Array]:
        """Values and weights; of cells that were drawn among the same others, as they were then."""
        if not self.keeps_draws:
            return drawn_values(matrix, self.draws, self.seed)[:2]
        kept = self._kept.setdefault(_surroundings(matrix), _Kept())
        cells = _contents(matrix)
        if not cells.keys() <= kept.columns.keys():
            values, kept.weights, *_ = drawn_values(matrix, self.draws, self.seed)
            kept.columns |= {key: values[:, o, c] for key, (o, c) in cells.items()}
        made = np.empty((self.draws, *matrix.best.shape[1:]))
        for key, (option, criterion) in cells.items():
            made[:, option, criterion] = kept.columns[key]
        return made, kept.weights


def _surroundings(matrix: ScoreMatrix) -> Hashable:
    """All but the scores themselves: who, what, and where there is a score at all.

    The random numbers for a cell are the same wherever these are; what is drawn for it then depends
    on its own scores and on nothing else.
    """
    codes = (matrix.options["option_id"], matrix.assessors["assessor_id"])
    scored = (~np.isnan(matrix.best)).tobytes()
    return (*map(tuple, codes), repr(matrix.scales), scored, matrix.points.tobytes())


def _contents(matrix: ScoreMatrix) -> dict[Hashable, tuple[int, int]]:
    """Place and scores of each cell -> its place."""
    scores = np.stack([matrix.low, matrix.best, matrix.high])
    places = np.ndindex(*matrix.best.shape[1:])
    return {((o, c), scores[..., o, c].tobytes()): (o, c) for o, c in places}


def ranking_of(before: Restricted, now: Restricted, draws: int, seed: int) -> Ranking | None:
    """What is needed to ask why the ranking moved; None where either cycle has no scores."""
    rooms = [score_matrix_of(inputs) for inputs in (before, now)]
    if not all(matrix.has_scores for matrix in rooms):
        return None
    return Ranking(two_rooms(*rooms), _closed(before), _closed(now), draws, seed)


def _closed(inputs: Restricted) -> frozenset[str]:
    conditions = inputs["legal_conditions"]
    unmet = (conditions["kind"] == "condition") & (conditions["is_met"] == "no")
    return frozenset(conditions.loc[unmet, "legal_route"].dropna())


def _moved(rooms: TwoRooms, axis: str, fields: list[str]) -> bool:
    if not np.array_equal(rooms.had[axis], rooms.has[axis]):
        return True
    then, now = (
        getattr(matrix, axis)[fields].astype("str") for matrix in (rooms.before, rooms.now)
    )
    return not then.equals(now)


def _beyond_a_line(matrix: ScoreMatrix) -> Mask:
    """Options that at least half of those who scored them put beyond a red line."""
    limits = matrix.criteria["red_line"].to_numpy(dtype=float, na_value=np.nan)
    is_low = (matrix.criteria["direction"] == "lower_is_better").to_numpy(dtype=bool)
    # What is not known, a score or a line, is not beyond it.
    crossed = np.where(is_low, matrix.best > limits, matrix.best < limits).sum(axis=0)
    known = (~np.isnan(matrix.best)).sum(axis=0)
    return np.asarray(((crossed > 0) & (2 * crossed >= known)).any(axis=1))
