"""The comparison of options again and again while somebody drags: few draws, a few milliseconds."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from strategy_lib.judgements.comparison import Array, drawn_values, rank_table
from strategy_lib.judgements.matrix import Room
from strategy_lib.methods.multicriteria import FlipDistance, acceptability, flip_distance

LIVE_DRAWS = 1_000
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


def live_standing(room: Room, draws: int = LIVE_DRAWS, seed: int = 0) -> LiveStanding | None:
    """Compare the options quickly; None where fewer than two of them were scored by anybody.

    Parameters
    ----------
    draws : int
        A thousand give shares to about 1.6 points of 100 (one standard error).
    seed : int
        The same for each call of a panel, so that a figure moves because of what was dragged and
        for no other reason.
    """
    scored = room.scored_by_anybody() if len(room.assessors) else np.zeros(len(room.names), bool)
    unscored = tuple(n for n, is_scored in zip(room.names, scored, strict=True) if not is_scored)
    compared = room.with_options(scored)
    if len(compared.options) < 2 or compared.criteria.empty:
        return None
    values, weights, _, gaps, _ = drawn_values(compared, draws, seed)
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


def _moves(room: Room, flip: FlipDistance, now: Array) -> tuple[tuple[str, float], ...]:
    if flip.rival is None:
        return ()
    moved = 100 * (flip.weights - now)
    order = np.argsort(-np.abs(moved), kind="stable")[:_MOST_NAMED]
    names = room.criteria["name"]
    return tuple((str(names.iloc[i]), round(float(moved[i]), 1)) for i in order
                 if abs(moved[i]) >= 0.5)  # fmt: skip


def with_score(
    room: Room, who: int, option: int, criterion: int, points: tuple[float, float, float]
) -> Room:
    """The same room with one score (low, best, high; NaN for no answer) put in its place."""
    arrays = {}
    for name, value in zip(("low", "best", "high"), points, strict=True):
        array = getattr(room, name).copy()
        array[who, option, criterion] = value
        arrays[name] = array
    return replace(room, **arrays)


def with_weights(room: Room, who: int, points: Array) -> Room:
    """The same room with one person's swing points (NaN for no answer) put in their place."""
    given = room.points.copy()
    given[who] = points
    return replace(room, points=given)


def with_assessor(room: Room, code: str) -> Room:
    """The same room in which a person has a place, be it an empty one."""
    if code in set(room.assessors["assessor_id"]):
        return room
    row = pd.DataFrame({"assessor_id": [code], "unit_id": ["not said"], "unit": ["not said"]})
    assessors = pd.concat([room.assessors, row.astype("str")], ignore_index=True)
    cells = np.full((1, len(room.options), len(room.criteria)), np.nan)
    return replace(
        room,
        assessors=assessors,
        low=np.concatenate([room.low, cells]),
        best=np.concatenate([room.best, cells]),
        high=np.concatenate([room.high, cells]),
        points=np.concatenate([room.points, np.full((1, len(room.criteria)), np.nan)]),
    )
