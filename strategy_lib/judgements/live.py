"""The comparison of options again and again while somebody drags: few draws, a few milliseconds."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from strategy_lib.judgements.comparison import Array, drawn_values, rank_table
from strategy_lib.judgements.matrix import ScoreMatrix
from strategy_lib.methods.multicriteria import FlipDistance, acceptability, flip_distance

# A thousand draws give shares to about 1.6 points of 100 (one standard error). The seed is the same
# for each call, so that a figure moves because of what was dragged and for no other reason.
LIVE_DRAWS, _SEED = 1_000, 0
_MOST_NAMED = 4


@dataclass(frozen=True, eq=False)
class LiveStanding:
    """Where the options stand just now.

    Attributes
    ----------
    ranks : DataFrame
        Share of draws (%) in which each option takes each rank; best first.
    leader, rival : str
        Who comes first most often; who takes the lead with the smallest change of weights (empty
        where nobody can).
    leader_pct : float
        Share of draws in which the leader comes first.
    points_to_move : float
        Points of weight (of 100) that must move for the rival to lead; infinite where none do.
    moves : tuple of (criterion, points)
        From and to which criteria, the largest first.
    n_people, n_gaps : int
        Assessors behind it; pairs of option and criterion that none of them scored.
    unscored : tuple of str
        Options that nobody scored at all; they are not compared.
    """

    ranks: pd.DataFrame
    leader: str
    leader_pct: float
    rival: str
    points_to_move: float
    moves: tuple[tuple[str, float], ...]
    n_people: int
    n_gaps: int
    unscored: tuple[str, ...] = ()


def live_standing(matrix: ScoreMatrix) -> LiveStanding | None:
    """Compare the options quickly; None where fewer than two of them were scored by anybody."""
    scored = (
        matrix.scored_by_anybody() if len(matrix.assessors) else np.zeros(len(matrix.names), bool)
    )
    unscored = tuple(n for n, is_scored in zip(matrix.names, scored, strict=True) if not is_scored)
    compared = matrix.with_options(scored)
    if len(compared.options) < 2 or compared.criteria.empty:
        return None
    values, weights, _, gaps, _ = drawn_values(compared, LIVE_DRAWS, _SEED)
    result = acceptability(values, weights)
    mean = weights.mean(axis=0)
    flip = flip_distance(np.median(values, axis=0), mean / mean.sum())
    return LiveStanding(
        ranks=rank_table(result, compared.names),
        leader=compared.names[result.leader],
        leader_pct=round(100 * float(result.rank_acceptability[result.leader, 0]), 1),
        rival="" if flip.rival is None else compared.names[flip.rival],
        points_to_move=100 * flip.distance,
        moves=_moves(compared, flip, mean / mean.sum()),
        n_people=int((~np.isnan(compared.best)).any(axis=(1, 2)).sum()),
        n_gaps=len(gaps),
        unscored=unscored,
    )


def _moves(matrix: ScoreMatrix, flip: FlipDistance, now: Array) -> tuple[tuple[str, float], ...]:
    if flip.rival is None:
        return ()
    moved = 100 * (flip.weights - now)
    order = np.argsort(-np.abs(moved), kind="stable")[:_MOST_NAMED]
    names = matrix.criteria["name"]
    return tuple(
        (str(names.iloc[i]), round(float(moved[i]), 1)) for i in order if abs(moved[i]) >= 0.5
    )


def with_score(
    matrix: ScoreMatrix, who: int, option: int, criterion: int, points: tuple[float, float, float]
) -> ScoreMatrix:
    """The same room with one score (low, best, high; NaN for no answer) put in its place."""
    arrays = {}
    for name, value in zip(("low", "best", "high"), points, strict=True):
        array = getattr(matrix, name).copy()
        array[who, option, criterion] = value
        arrays[name] = array
    return replace(matrix, **arrays)


def with_weights(matrix: ScoreMatrix, who: int, points: Array) -> ScoreMatrix:
    """The same room with one person's swing points (NaN for no answer) put in their place."""
    given = matrix.points.copy()
    given[who] = points
    return replace(matrix, points=given)


def with_assessor(matrix: ScoreMatrix, code: str) -> ScoreMatrix:
    """The same room in which a person has a place, be it an empty one."""
    if code in set(matrix.assessors["assessor_id"]):
        return matrix
    row = pd.DataFrame({"assessor_id": [code], "unit_id": ["not said"], "unit": ["not said"]})
    assessors = pd.concat([matrix.assessors, row.astype("str")], ignore_index=True)
    cells = np.full((1, len(matrix.options), len(matrix.criteria)), np.nan)
    return replace(
        matrix,
        assessors=assessors,
        low=np.concatenate([matrix.low, cells]),
        best=np.concatenate([matrix.best, cells]),
        high=np.concatenate([matrix.high, cells]),
        points=np.concatenate([matrix.points, np.full((1, len(matrix.criteria)), np.nan)]),
    )
