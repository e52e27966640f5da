"""What a group said of one thing: middle, spread, and whether it falls into two camps.

A mean never stands here: a room of two camps has none.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from strategy_lib.core.errors import InputError
from strategy_lib.methods.multicriteria.input import Array, as_numbers

# Two camps stand on either side of the scale's middle, at least this share of the scale apart.
LEAST_GAP = 0.3
# One who differs is an outlier, not a camp; nor are few of many.
SMALLEST_CAMP = 2
CAMP_ONE_IN = 5
# Answers such as 0.4 and 0.7 are three tenths apart, whatever their last binary digit says.
ROUNDING = 1e-9
# So few may stand between the camps: in a group of ten or more, one does not make it one group.
BETWEEN_ONE_IN = 10


@dataclass(frozen=True)
class Camp:
    """People whose answers lie together: how many, from where to where on the scale."""

    n: int
    lowest: float
    highest: float

    def __str__(self) -> str:
        return f"{self.n} at {self.lowest:g} to {self.highest:g}"


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
    gap : float
        Widest distance between two neighbouring answers.
    camps : tuple of Camp
        The lower and the upper one where the group is divided, else none. It is where one camp ends
        below the middle of the scale and the other begins above, at least three tenths of the scale
        apart; each is at least two people and one in five of those who answered; at most one in ten
        of them stand between. A rule for groups of up to about 30: no test of significance.
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
    gap: float
    camps: tuple[Camp, ...] = ()

    @property
    def share_below(self) -> float:
        """Share of answers below the middle of the scale."""
        return self.n_below / self.n if self.n else float("nan")

    @property
    def share_above(self) -> float:
        """Share of answers above the middle of the scale."""
        return self.n_above / self.n if self.n else float("nan")

    @property
    def interquartile_range(self) -> float:
        """Width of the middle half of the answers."""
        return self.upper_quartile - self.lower_quartile

    @property
    def is_divided(self) -> bool:
        """Whether there are two camps."""
        return bool(self.camps)

    @property
    def in_words(self) -> str:
        """The finding as a sentence."""
        if not self.n:
            return "Nobody answered."
        if self.camps:
            between = self.n - sum(camp.n for camp in self.camps) or "nobody"
            return f"Two camps: {self.camps[0]}, {self.camps[1]}, {between} between."
        if self.n == 1:
            return f"One answer: {self.median:g}."
        return (
            f"Median {self.median:g}, from {self.lowest:g} to {self.highest:g}, {self.n} answers."
        )


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
    outside = known[(known < low) | (known > high)]
    if len(outside):
        found = ", ".join(f"{answer:g}" for answer in outside)
        raise InputError(f"answers: found {found}; allowed {low:g} to {high:g}")
    missing = len(given) - len(known)
    if not len(known):
        x = float("nan")
        return GroupSummary(0, missing, x, x, x, x, x, 0, 0, 0, x)
    middle = (low + high) / 2
    below, above = int((known < middle).sum()), int((known > middle).sum())
    lower, median, upper = (float(q) for q in np.quantile(known, [0.25, 0.5, 0.75]))
    gap = float(np.diff(known).max()) if len(known) > 1 else 0.0
    return GroupSummary(
        len(known),
        missing,
        median,
        lower,
        upper,
        float(known[0]),
        float(known[-1]),
        below,
        above,
        len(known) - below - above,
        gap,
        _camps(known, low, high),
    )


def _camps(known: Array, low: float, high: float) -> tuple[Camp, ...]:
    """Split sorted answers at the widest gap with the fewest people in it; none where no camps."""
    n, middle = len(known), (low + high) / 2
    smallest = max(SMALLEST_CAMP, -(-n // CAMP_ONE_IN))
    for between in range(n // BETWEEN_ONE_IN + 1):
        # The lower camp ends at answer `end`, the upper one begins at answer `end + between + 1`.
        end = np.arange(smallest - 1, n - smallest - between)
        last, first = known[end], known[end + between + 1]
        apart = (last < middle) & (first > middle)
        apart &= first - last >= (LEAST_GAP - ROUNDING) * (high - low)
        if apart.any():
            at = end[np.argmax(np.where(apart, first - last, -1))]
            lower, upper = known[: at + 1], known[at + between + 1 :]
            return tuple(Camp(len(c), float(c[0]), float(c[-1])) for c in (lower, upper))
    return ()
