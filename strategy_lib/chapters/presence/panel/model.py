"""What the presence panel shows, without widgets: the room, what one person drags, what follows."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from strategy_lib.chapters.codes import Verdict
from strategy_lib.chapters.presence import law
from strategy_lib.chapters.presence import tables as presence_tables
from strategy_lib.core.messages import Names, Number, say
from strategy_lib.editions.restrict import Restricted
from strategy_lib.inputs.checks.ranges import meant_range
from strategy_lib.judgements.live import (
    LiveStanding,
    live_standing,
    with_assessor,
    with_score,
    with_weights,
)
from strategy_lib.judgements.matrix import ScoreMatrix, latest, score_matrix_of

SCORES, WEIGHTS = "scores", "swing_weights"
Points = tuple[float, float, float]
NO_ANSWER: Points = (float("nan"),) * 3


@dataclass
class PresenceModel:
    """One person's view of the comparison, with what they are dragging in its place.

    Attributes
    ----------
    matrix : ScoreMatrix
        What this person may see, themselves among it.
    who : str
        Code of the person; empty for the facilitator.
    is_alone : bool
        Whether only this person's own answers are compared.
    closed : set of str
        Options that the law closes, by code.
    sure : dict
        Option and criterion, by code -> how sure this person said to be.
    """

    matrix: ScoreMatrix
    who: str = ""
    is_alone: bool = True
    closed: set[str] = field(default_factory=set)
    sure: dict[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def of(cls, view: Restricted, who: str, *, is_alone: bool) -> PresenceModel:
        """The model for one person, from what they may see."""
        matrix = score_matrix_of(view)
        closed = law.closed_options(view, matrix.options)
        answers = latest(view[SCORES], ["option_id", "criterion_id"], "best")
        said = answers[answers["assessor_id"] == who].dropna(subset="sure")
        pairs = zip(said["option_id"], said["criterion_id"], strict=True)
        sure = dict(zip(pairs, said["sure"], strict=True))
        known = with_assessor(matrix, who) if who else matrix
        return cls(known, who, is_alone and bool(who), closed, sure)

    @property
    def position(self) -> int:
        """Row of this person."""
        codes = self.matrix.assessors["assessor_id"]
        return int(np.flatnonzero((codes == self.who).to_numpy())[0])

    def score(self, option: int, criterion: int) -> Points:
        """This person's answer: low, best, high; NaN where there is none."""
        if not self.who:
            return NO_ANSWER
        arrays = (self.matrix.low, self.matrix.best, self.matrix.high)
        low, best, high = (float(a[self.position, option, criterion]) for a in arrays)
        return low, best, high

    def is_own_range(self, option: int, criterion: int) -> bool:
        """Whether this person's answer has ends that do not follow from how sure they are."""
        points = self.score(option, criterion)
        meant = spread(points[1], self.sure.get(self.pair(option, criterion), ""))
        return not np.isnan(points[0]) and points != meant

    def pair(self, option: int, criterion: int) -> tuple[str, str]:
        """Codes of an option and a criterion."""
        codes = self.matrix.options["option_id"], self.matrix.criteria["criterion_id"]
        return str(codes[0].iloc[option]), str(codes[1].iloc[criterion])

    def points(self) -> list[float]:
        """This person's swing points; NaN where there is no answer."""
        if not self.who:
            return [float("nan")] * len(self.matrix.criteria)
        return [float(v) for v in self.matrix.points[self.position]]

    def drag_score(self, option: int, criterion: int, points: Points) -> None:
        """Put one score in its place."""
        if self.who:
            self.matrix = with_score(self.matrix, self.position, option, criterion, points)

    def drag_weights(self, points: list[float]) -> None:
        """Put the swing points in their place."""
        if self.who:
            self.matrix = with_weights(self.matrix, self.position, np.array(points, dtype=float))

    @property
    def room(self) -> ScoreMatrix:
        """Whose answers count: this person's alone, or everybody's."""
        if not (self.is_alone and self.who):
            return self.matrix
        return self.matrix.with_assessors(np.array([self.position], dtype=np.intp))

    def compared(self) -> ScoreMatrix:
        """The room that is compared: without options that are out, alone or together."""
        room, beyond = self.room, [name for name, _ in self.beyond()]
        is_out = room.options["option_id"].isin(self.closed) | room.options["name"].isin(beyond)
        return room.with_options((~is_out).to_numpy(dtype=bool))

    def beyond(self) -> list[tuple[str, str]]:
        """Options beyond a red line, with the criterion that it is drawn on."""
        lines = presence_tables.red_lines(self.room)
        out = lines[lines["verdict"] == Verdict.BEYOND]
        return list(zip(out["option"], out["criterion"], strict=True))

    def standing(self) -> LiveStanding | None:
        """Where the options stand now."""
        return live_standing(self.compared())

    def scored_share(self) -> tuple[int, int]:
        """Pairs of option and criterion that this person scored, of how many."""
        if not self.who:
            return 0, self.matrix.best[0].size if len(self.matrix.assessors) else 0
        mine = self.matrix.best[self.position]
        return int((~np.isnan(mine)).sum()), mine.size


def in_list_order(standing: LiveStanding, matrix: ScoreMatrix) -> pd.DataFrame:
    """Ranks in the order of the list of options, so that bars stay where they are."""
    order = {name: position for position, name in enumerate(matrix.names)}
    in_order = standing.ranks.sort_values("option", key=lambda names: names.map(order))
    return in_order.reset_index(drop=True)


def title_of(standing: LiveStanding | None, whose: str) -> str:
    """The finding as a sentence."""
    if standing is None:
        return say("presence-live-too-few", whose=whose)
    return say(
        "presence-live-title",
        whose=whose,
        option=standing.leader,
        times=say.times(standing.leader_pct),
        people=int(standing.n_people),
        gaps=int(standing.n_gaps),
    )


def change_words(standing: LiveStanding | None, model: PresenceModel) -> list[str]:
    """What would have to change for another option to lead, and what is not compared, and why."""
    words = []
    if standing is not None and standing.rival:
        moves = [f"{name} {points:+.0f}" for name, points in standing.moves]
        points = Number(standing.points_to_move)
        words.append(say("presence-live-moving", points=points, rival=standing.rival))
        if moves:
            words.append(say("presence-live-how", what=Names(moves, len(moves))))
        if standing.points_to_move < 5:
            words.append(say("presence-live-fragile"))
    elif standing is not None:
        words.append(say("presence-live-no-weights"))
    names = model.matrix.options.set_index("option_id")["name"]
    words += [
        say("presence-live-closed", option=names[code])
        for code in sorted(model.closed)
        if code in names
    ]
    words += [
        say("red-line-live", option=name, criterion=criterion) for name, criterion in model.beyond()
    ]
    if standing is not None:
        words += [say("presence-live-unscored", option=name) for name in standing.unscored]
    return words


def spread(best: float, sure: str) -> Points:
    """Three points for a score of which somebody says only how sure they are.

    Examples
    --------
    >>> spread(9.0, "fairly"), spread(9.0, "")
    ((7.5, 9.0, 10.0), (nan, 9.0, nan))
    """
    ends = meant_range(SCORES, pd.Series([best]), pd.Series([sure]))
    low, high = (float(end.astype("float64").iloc[0]) for end in ends)
    return low, best, high


def pushed(points: Points, name: str, value: float) -> Points:
    """Three points after one was moved: an end stops at the most likely score, which takes the
    ends along.

    A most likely score alone is an answer too; a range is one only with both ends, and around a
    most likely score.

    Examples
    --------
    >>> pushed((2.0, 4.0, 6.0), "low", 5.0)
    (4.0, 4.0, 6.0)
    >>> pushed((2.0, 4.0, 6.0), "best", 7.0)
    (2.0, 7.0, 7.0)
    >>> pushed((float("nan"), 4.0, float("nan")), "high", 6.0)
    (4.0, 4.0, 6.0)
    """
    low, best, high = points
    if name == "best":
        # NaN stays NaN: no comparison with it is true.
        return value if low > value else low, value, value if high < value else high
    if np.isnan(best):
        return points
    low, high = (best if np.isnan(end) else end for end in (low, high))
    return (min(value, best), best, high) if name == "low" else (low, best, max(value, best))


def told(points: Points, name: str, value: float, after: Points) -> str:
    """What was done otherwise than asked when one point was moved; empty where nothing was.

    Examples
    --------
    >>> told((2.0, 4.0, 6.0), "low", 9.0, (4.0, 4.0, 6.0))
    'The lowest stops at the most likely, 4. Move that one first.'
    """
    if name == "best":
        ends = zip(("low", "high"), points[::2], after[::2], strict=True)
        moved = [end for end, old, new in ends if new not in (old,) and old == old]
        which = moved[0] if len(moved) == 1 else "both"
        return say("presence-live-along", end=which, value=Number(value)) if moved else ""
    if np.isnan(after[1]):
        return say("presence-live-likely-first", end=name)
    if after[0 if name == "low" else 2] != value:
        return say("presence-live-stops", end=name, value=Number(after[1]))
    return ""


def without(points: Points, name: str) -> Points:
    """Three points after one was emptied: without the middle there is no answer."""
    nothing = float("nan")
    return NO_ANSWER if name == "best" else (nothing, points[1], nothing)
