"""What a group said of one thing: middle and spread, camps, and change between two rounds.

A mean never stands here: a room of two camps has none. Consensus (how close people are now) and
stability (how little they moved) are kept apart: people can move towards each other, or stay apart
and be sure of it.

References
----------
Hemming et al. (2018). A practical guide to structured expert elicitation using the IDEA protocol.
Methods in Ecology and Evolution 9(1), 169-180.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from strategy_lib.errors import InputError
from strategy_lib.methods.multicriteria_input import Array, as_numbers

# A camp is two people or more; one who differs is an outlier, not a camp.
SMALLEST_CAMP = 2
# Share of the scale that must be empty between two camps.
WIDEST_GAP = 0.3


@dataclass(frozen=True)
class GroupSummary:
    """Answers of a group to one question.

    Attributes
    ----------
    n, n_no_answer : int
        Who answered, and who did not.
    median, lower_quartile, upper_quartile, lowest, highest : float
        On the scale; NaN without an answer.
    n_below, n_above, n_middle : int
        Answers below, above and at the middle of the scale.
    share_below, share_above : float
        The same as shares of the answers.
    is_divided : bool
        Two camps of two people or more on either side of the middle, with at least three tenths of
        the scale empty between them.
    gap : float
        Widest distance between two neighbouring answers.
    """

    n: int
    n_no_answer: int
    median: float
    lower_quartile: float
    upper_quartile: float
    lowest: float
    highest: float
    n_below: int
    n_above: int
    n_middle: int
    is_divided: bool
    gap: float

    @property
    def share_below(self) -> float:
        """Share of answers below the middle of the scale."""
        return self.n_below / self.n if self.n else float("nan")

    @property
    def share_above(self) -> float:
        """Share of answers above the middle of the scale."""
        return self.n_above / self.n if self.n else float("nan")

    @property
    def in_words(self) -> str:
        """The finding as a sentence."""
        if not self.n:
            return "Nobody answered."
        if self.is_divided:
            return (
                f"Two camps: {self.n_below} at {self.lowest:g} to {self._low_end:g}, "
                f"{self.n_above} at {self._high_start:g} to {self.highest:g}, nobody between."
            )
        return (
            f"Median {self.median:g}, from {self.lowest:g} to {self.highest:g}, {self.n} answers."
        )

    # Ends of the two camps.
    _low_end: float = float("nan")
    _high_start: float = float("nan")


def summarise(answers: npt.ArrayLike, low: float, high: float) -> GroupSummary:
    """Summarise the answers of a group.

    Parameters
    ----------
    answers : array, assessors
        NaN where there is no answer.
    low, high : float
        Ends of the scale.

    Returns
    -------
    GroupSummary

    Raises
    ------
    InputError
        An answer outside the scale, another shape, ends that are not in order.

    Examples
    --------
    >>> room = summarise([1, 2, 8, 9, np.nan], 0, 10)
    >>> room.median, room.is_divided, room.n_no_answer
    (5.0, True, 1)
    >>> room.in_words
    'Two camps: 2 at 1 to 2, 2 at 8 to 9, nobody between.'
    """
    given = as_numbers(answers, "answers")
    if given.ndim != 1 or not low < high:
        raise InputError(
            f"answers: found shape {given.shape}, scale {low:g} to {high:g}; allowed (assessors) "
            "and a scale from low to high"
        )
    known: Array = np.sort(given[~np.isnan(given)])
    if len(known) and (known[0] < low or known[-1] > high):
        found = known[0] if known[0] < low else known[-1]
        raise InputError(f"answers: found {found:g}; allowed {low:g} to {high:g}")
    missing = len(given) - len(known)
    if not len(known):
        x = float("nan")
        return GroupSummary(0, missing, x, x, x, x, x, 0, 0, 0, is_divided=False, gap=x)
    middle = (low + high) / 2
    below, above = known[known < middle], known[known > middle]
    lower, median, upper = (float(q) for q in np.quantile(known, [0.25, 0.5, 0.75]))
    at_middle = len(known) - len(below) - len(above)
    camps = min(len(below), len(above)) >= SMALLEST_CAMP and at_middle == 0
    divided = camps and float(above[0] - below[-1]) >= WIDEST_GAP * (high - low)
    gap = float(np.diff(known).max()) if len(known) > 1 else 0.0
    ends = (float(below[-1]), float(above[0])) if divided else (float("nan"), float("nan"))
    return GroupSummary(
        len(known), missing, median, lower, upper, float(known[0]), float(known[-1]),
        len(below), len(above), at_middle, bool(divided), gap, ends[0], ends[1],
    )  # fmt: skip


def consensus(answers: npt.ArrayLike, low: float, high: float) -> float:
    """Return how close answers are now: 1 less the interquartile range as a share of the scale.

    Examples
    --------
    >>> consensus([5, 5, 5], 0, 10), consensus([0, 0, 10, 10], 0, 10)
    (1.0, 0.0)
    """
    room = summarise(answers, low, high)
    return 1 - (room.upper_quartile - room.lower_quartile) / (high - low)


@dataclass(frozen=True)
class RoundChange:
    """How a group moved between two rounds.

    Attributes
    ----------
    n : int
        People who answered both times.
    n_moved : int
        Of them, those whose answer changed.
    stability : float
        1 less the mean absolute change as a share of the scale; 1: nobody moved. NaN without
        anybody who answered both times.
    consensus_before, consensus_after : float
        Of those who answered both times.
    """

    n: int
    n_moved: int
    stability: float
    consensus_before: float
    consensus_after: float


def stability(before: npt.ArrayLike, after: npt.ArrayLike, low: float, high: float) -> RoundChange:
    """Compare two rounds of the same assessors.

    Parameters
    ----------
    before, after : array, assessors
        The same people in the same order; NaN where there is no answer.
    low, high : float
        Ends of the scale.

    Raises
    ------
    InputError
        Another number of answers, or as `summarise`.

    Examples
    --------
    >>> moved = stability([0, 10, 5], [4, 6, 5], 0, 10)
    >>> moved.n_moved, round(moved.stability, 3), moved.consensus_after > moved.consensus_before
    (2, 0.733, True)
    """
    first, second = as_numbers(before, "before"), as_numbers(after, "after")
    if first.shape != second.shape or first.ndim != 1:
        raise InputError(
            f"rounds: found {first.shape} and {second.shape}; allowed the same assessors twice"
        )
    both = ~np.isnan(first) & ~np.isnan(second)
    old, new = first[both], second[both]
    spread_before, spread_after = consensus(old, low, high), consensus(new, low, high)
    if not len(old):
        return RoundChange(0, 0, float("nan"), float("nan"), float("nan"))
    kept = 1 - float(np.abs(new - old).mean()) / (high - low)
    return RoundChange(len(old), int((old != new).sum()), kept, spread_before, spread_after)
