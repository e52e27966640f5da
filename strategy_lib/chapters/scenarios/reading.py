"""Options read over all plausible futures, each of which counts as a scored one or as none.

A future counts as the scored one that it is most like (fewest descriptors differ; ties in equal
parts), and as none of them where it differs in more than half of all descriptors.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from strategy_lib.chapters.codes import Answer
from strategy_lib.chapters.scenarios.plausible import FIRMEST, MATRICES, Array, Plausible, States
from strategy_lib.chapters.scenarios.scores import Scores
from strategy_lib.chapters.scenarios.sets import Futures, states_in
from strategy_lib.chapters.scenarios.today import name_of
from strategy_lib.chapters.wording import listed
from strategy_lib.methods.robustness.discovery import Box, prim

UNLIKE = "like none of them"
SHARES = ["scenario", "share_pct", "in_median", "is_named", "states"]
KINDS = ["scenario", "share_pct"]
READ = ["option", "good_pct", "fails_pct", "not_known_pct", "mean_score"]
BREAKING = ["option", "where", "fails_pct", "covers_pct", "of_all_pct"]
EVERYWHERE = "nearly everywhere"
# A kind of futures breaks an option if it fails in so many of them; two limits fit in a sentence.
_DENSE, _MOST_LIMITS, _HALF = 0.8, 2, 0.5


def firmness(plausible: Plausible) -> pd.DataFrame:
    """How many matrices and futures there are, and how many of the firmest would come back.

    Returns
    -------
    DataFrame
        One row: `matrices`, `futures`, `firmest` (how many are told), `returning` (of these, with
        another panel); none where nothing was solved.
    """
    columns = ["matrices", "futures", "firmest", "returning"]
    found = len(plausible.shares)
    rows = [[MATRICES, found, min(FIRMEST, found), round(plausible.returning, 2)]] if found else []
    return pd.DataFrame(rows, columns=columns)


def shares(futures: Futures) -> pd.DataFrame:
    """The firmest futures, the named ones and the cards: in how many plausible matrices each holds.

    Returns
    -------
    DataFrame
        `scenario`, `share_pct` (of the matrices), `in_median` (whether it holds together by the
        median matrix too), `is_named`, `states` (codes); the firmest first.
    """
    plausible, named = futures.plausible, futures.named_states
    if not len(plausible.shares):
        return pd.DataFrame(columns=SHARES)
    rows: dict[States, None] = dict.fromkeys(map(tuple, plausible.codes[:FIRMEST]))
    rows |= dict.fromkeys([*named, *states_in(futures.cards, futures.influences)])
    made = pd.DataFrame(
        [
            [
                name_of(futures, row),
                round(100 * plausible.share.get(row, 0.0), 1),
                Answer.YES if row in futures.in_median else Answer.NO,
                Answer.YES if row in named else Answer.NO,
                ";".join(row),
            ]
            for row in rows
        ],
        columns=SHARES,
    )
    return made.sort_values("share_pct", ascending=False, kind="stable", ignore_index=True)


@dataclass(frozen=True, eq=False)
class Reading:
    """All plausible futures, read as the scored ones that they are most like.

    Attributes
    ----------
    plausible : Plausible
    options, labels : tuple of str
        Options, and futures in which any of them was scored.
    middle : array, options x labels
        Middle scores, 0 to 10; NaN where nobody scored.
    like : array, futures x labels
        Which of these each future is most like; ties in equal parts, all 0 where it is like none.
    good_enough : float
        Score from which an option is good enough.
    """

    plausible: Plausible
    options: tuple[str, ...]
    labels: tuple[str, ...]
    middle: Array
    like: Array
    good_enough: float

    @property
    def is_empty(self) -> bool:
        """Whether nothing can be read: no future, or no score."""
        return not (len(self.labels) and len(self.plausible.shares))

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns of the descriptors."""
        return tuple(self.plausible.influences.system.keys)

    @cached_property
    def good(self) -> npt.NDArray[np.bool_]:
        """Where an option is good enough, options x labels."""
        return np.asarray(self.middle >= self.good_enough)

    @cached_property
    def known(self) -> npt.NDArray[np.bool_]:
        """Where an option was scored, options x labels."""
        return ~np.isnan(self.middle)

    def means(self, kinds: Array) -> Array:
        """Mean score of each option over kinds of futures of these shares; NaN with a gap."""
        total = float(kinds.sum())
        sums = np.where(self.known, self.middle, 0.0) @ kinds / (total or np.nan)
        return np.where(self.known.all(axis=1), sums, np.nan)


def reading_of(futures: Futures, scores: Scores) -> Reading:
    """Read all plausible futures as the scored ones that they are most like."""
    plausible, labels = futures.plausible, list(scores.matrix.columns)
    places = [list(scores.scenarios["label"]).index(label) for label in labels]
    own = [futures.named["states"].iloc[place] for place in places]
    like = np.zeros((len(plausible.shares), len(own)))
    if own:
        states = np.array([[row[c] for c in futures.columns] for row in own], dtype=object)
        apart = (plausible.codes[:, None, :] != states).sum(axis=2)
        nearest = apart.min(axis=1, keepdims=True)
        is_like = (apart == nearest) & (2 * nearest <= len(futures.columns))
        like = is_like / np.maximum(is_like.sum(axis=1, keepdims=True), 1)
    options = tuple(map(str, scores.options["label"]))
    middle, enough = scores.middle[:, places], scores.settings.good_enough
    return Reading(plausible, options, tuple(map(str, labels)), middle, like, enough)


def kinds_of_futures(reading: Reading) -> pd.DataFrame:
    """Into which kinds all plausible futures fall: those like each scored one, and the others.

    Returns
    -------
    DataFrame
        `scenario` (the last row stands for those that are like none), `share_pct` of all plausible
        futures, each counted by its own share of the matrices; the largest first.
    """
    if reading.is_empty:
        return pd.DataFrame(columns=KINDS)
    parts = 100 * reading.plausible.weights @ reading.like
    made = pd.DataFrame({"scenario": reading.labels, "share_pct": parts})
    made = made.sort_values("share_pct", ascending=False, kind="stable")
    last = pd.DataFrame([[UNLIKE, max(0.0, 100 - float(parts.sum()))]], columns=KINDS)
    return pd.concat([made, last], ignore_index=True).round({"share_pct": 1})


def read_options(reading: Reading) -> pd.DataFrame:
    """In what share of all plausible futures each option is good enough, and in what it fails.

    Returns
    -------
    DataFrame
        `option`, `good_pct`, `fails_pct`, `not_known_pct` (futures that are like none in which it
        was scored; the three add up to 100), `mean_score` (0 to 10, over all that are like one;
        missing where the option was not scored in each); the best first.
    """
    if reading.is_empty:
        return pd.DataFrame(columns=READ)
    kinds = reading.plausible.weights @ reading.like
    good, known = reading.good @ kinds, reading.known @ kinds
    made: pd.DataFrame = pd.DataFrame(
        {
            "option": reading.options,
            "good_pct": 100 * good,
            "fails_pct": 100 * (known - good),
            "not_known_pct": 100 * np.maximum(0.0, 1 - known),
            "mean_score": reading.means(kinds),
        }
    ).round({**dict.fromkeys(READ[1:4], 1), "mean_score": 2})
    made = made.loc[np.flatnonzero(reading.known.any(axis=1))]
    return made.sort_values(
        ["good_pct", "mean_score"], ascending=False, kind="stable", ignore_index=True
    )


def breaking(reading: Reading) -> pd.DataFrame:
    """Which kind of futures breaks each option that fails somewhere: by at most two descriptors.

    Returns
    -------
    DataFrame
        `option`, `where` (states that such futures have; `EVERYWHERE` where none stands out because
        it fails nearly always), `fails_pct` (of such futures), `covers_pct` (of all futures in which
        it fails), `of_all_pct` (of all plausible futures); options without such a kind are left out.
        The kind that breaks most options first.
    """
    rows = []
    if not reading.is_empty:
        states = pd.DataFrame(reading.plausible.codes, columns=list(reading.columns))
        for place, option in enumerate(reading.options):
            fails = reading.like @ (reading.known[place] & ~reading.good[place]) >= _HALF
            boxes = prim(
                states,
                fails,
                weights=reading.plausible.weights,
                density=_DENSE,
                most_boxes=1,
                most_restricted=_MOST_LIMITS,
            )
            rows += [
                [option, _where(reading, b), 100 * b.density, 100 * b.coverage, 100 * b.mass]
                for b in boxes
            ]
    made = pd.DataFrame(rows, columns=BREAKING).round(dict.fromkeys(BREAKING[2:], 1))
    rank = made.assign(options=made.groupby("where")["option"].transform("size"))
    order = rank.sort_values(
        ["options", "fails_pct", "where"], ascending=[False, False, True], kind="stable"
    )
    return made.loc[order.index].reset_index(drop=True)


def _where(reading: Reading, box: Box) -> str:
    system = reading.plausible.influences.system
    said = []
    for column, states in system.keys.items():
        allowed = box.limits.get(column)
        if isinstance(allowed, frozenset):
            names = [system.state_names[code] for code in states if code in allowed]
            states_in_words = " or ".join(f"“{name}”" for name in names)
            said.append(f"{system.descriptor_names[column]} is {states_in_words}")
    return listed(said, _MOST_LIMITS) if said else EVERYWHERE
