"""What signposts tell: how often people would see them in which future, and what that moves.

Each person says of ten cases in how many a signpost would be crossed by now, if its state were
coming about and if another one were. What was found moves the weight of all plausible futures by
the ratio of the two, from the lowest that anybody gave to the highest. Signposts count as
independent of each other in a given future: two that tell the same move it twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from strategy_lib.chapters.scenarios.plausible import Array
from strategy_lib.chapters.scenarios.reading import UNLIKE, Reading
from strategy_lib.chapters.scenarios.signposts import CROSSED, NOT_LOOKED
from strategy_lib.editions.restrict import Restricted
from strategy_lib.judgements.matrix import latest
from strategy_lib.methods.uncertainty.updated_groups import UpdatedGroups, update_groups

NOT_CROSSED = "not_crossed"
TABLE = "signpost_ratings"
_PAIR = ["if_coming", "if_not"]
_OF = 10
# Nobody can know that a signpost is always or never crossed: half a case is added on either side
# (Krichevsky and Trofimov 1981, IEEE Transactions on Information Theory 27(2), 199-207).
_HALF = 0.5
TELLING = ["points_to", "observable", "n", "found", "times_low", "times_high", "would_lead"]
MOVES = ["scenario", "before_pct", "low_pct", "after_pct", "high_pct"]
MOVED = ["option", "before_pct", "low_pct", "after_pct", "high_pct", "before_mean", "after_mean"]


@dataclass(frozen=True, eq=False)
class Telling:
    """Signposts that enough people rated.

    Attributes
    ----------
    table : DataFrame
        `signpost_id`, `state_id`, `observable`, `status`, `n` (people who rated it).
    low, high : array, 2 x signposts
        How many times as likely it is found not crossed (0) and crossed (1) in a future with its
        state as in one without: the lowest and the highest of people's ratios.
    """

    table: pd.DataFrame
    low: Array
    high: Array

    @cached_property
    def is_found(self) -> npt.NDArray[np.bool_]:
        """Which of them somebody found crossed or not crossed; anything else moves nothing."""
        return self.table["status"].isin([CROSSED, NOT_CROSSED]).to_numpy(dtype=bool)

    @cached_property
    def is_crossed(self) -> npt.NDArray[np.int64]:
        """1 for one that was found crossed, else 0."""
        return np.asarray(self.table["status"] == CROSSED, dtype=np.int64)


def telling_of(inputs: Restricted) -> Telling:
    """What people say that signposts tell; nothing where single records are not listed."""
    columns = ["signpost_id", "state_id", "observable", "status"]
    signposts = inputs["signposts"].reindex(columns=columns)
    fewest, is_open = inputs.edition.fewest_people, inputs.edition.smallest_group <= 1
    said = latest(inputs[TABLE].dropna(subset=_PAIR), ["signpost_id"], "if_coming")
    rows, ends = [], []
    for row in signposts.to_dict("records") if is_open else []:
        own = said.loc[said["signpost_id"] == row["signpost_id"], _PAIR].to_numpy(dtype=float)
        if len(own) >= max(1, fewest):
            rows.append({**row, "n": len(own)})
            ends.append(_ratios(own))
    table = pd.DataFrame(rows, columns=[*columns, "n"])
    low, high = np.moveaxis(np.array(ends).reshape(-1, 2, 2), 0, -1)
    return Telling(table, low, high)


def _ratios(pairs: Array) -> list[list[float]]:
    """Lowest and highest ratio of finding a signpost crossed; before them, of not crossed."""
    coming, otherwise = ((pairs + _HALF) / (_OF + 2 * _HALF)).T
    ratios = ((1 - coming) / (1 - otherwise), coming / otherwise)
    return [[float(r.min()) for r in ratios], [float(r.max()) for r in ratios]]


@dataclass(frozen=True, eq=False)
class Moves:
    """All plausible futures before and after what was found at the signposts."""

    reading: Reading
    telling: Telling

    @cached_property
    def _bears(self) -> npt.NDArray[np.bool_]:
        """On which futures each signpost bears: those with its state; signposts x futures."""
        codes = self.reading.plausible.codes
        states = self.telling.table["state_id"]
        return np.array([(codes == state).any(axis=1) for state in states], dtype=bool)

    def moved(self, crossed_too: int | None = None) -> UpdatedGroups:
        """What each kind of futures weighs, as `reading.labels`, then the share of each option.

        Parameters
        ----------
        crossed_too : int, optional
            Row of a signpost that is taken for crossed, whatever was found.
        """
        telling, reading = self.telling, self.reading
        found, crossed = telling.is_found.copy(), telling.is_crossed.copy()
        if crossed_too is not None:
            found[crossed_too], crossed[crossed_too] = True, 1
        rows = np.flatnonzero(found)
        groups = np.hstack([reading.like, reading.like @ reading.good.T])
        low, high = (ends[crossed[rows], rows] for ends in (telling.low, telling.high))
        return update_groups(reading.plausible.weights, groups, low, high, self._bears[rows])

    @cached_property
    def after(self) -> UpdatedGroups:
        """The same for what was found."""
        return self.moved()

    def leader(self, kinds: Array) -> str:
        """The option with the highest mean score over kinds of futures; empty without any."""
        means = self.reading.means(kinds)
        return "" if np.isnan(means).all() else self.reading.options[int(np.nanargmax(means))]


def moved_futures(moves: Moves) -> pd.DataFrame:
    """Kinds of futures before and after what was found; empty where nobody says what it tells.

    Returns
    -------
    DataFrame
        `scenario` (that all of them are most like; the last row stands for those like none),
        `before_pct`, `after_pct` of all plausible futures, `low_pct`, `high_pct` (least and most
        after it, by what people said).
    """
    size = len(moves.reading.labels)
    if moves.reading.is_empty or not moves.telling.is_found.any():
        return pd.DataFrame(columns=MOVES)
    after = moves.after
    parts = [100 * part[:size] for part in (after.before, after.low, after.middle, after.high)]
    made = pd.DataFrame(dict(zip(MOVES, (moves.reading.labels, *parts), strict=True)))
    made = made.sort_values("before_pct", ascending=False, kind="stable")
    left = [max(0.0, 100 - float(parts[place].sum())) for place in (0, 2)]
    last = pd.DataFrame([[UNLIKE, left[0], np.nan, left[1], np.nan]], columns=MOVES)
    return pd.concat([made, last], ignore_index=True).round(1)


def moved_options(moves: Moves) -> pd.DataFrame:
    """In what share of all plausible futures each option is good enough, before and after.

    Returns
    -------
    DataFrame
        `option`, `before_pct`, `low_pct`, `after_pct`, `high_pct`, `before_mean`, `after_mean`
        (score over all plausible futures, 0 to 10; missing where it was not scored in each kind);
        the highest mean score first.
    """
    reading = moves.reading
    size = len(reading.labels)
    if reading.is_empty or not moves.telling.is_found.any():
        return pd.DataFrame(columns=MOVED)
    after = moves.after
    parts = [100 * part[size:] for part in (after.before, after.low, after.middle, after.high)]
    means = [reading.means(part[:size]) for part in (after.before, after.middle)]
    made = pd.DataFrame(dict(zip(MOVED, (reading.options, *parts, *means), strict=True)))
    made = made.loc[np.flatnonzero(reading.known.any(axis=1))]
    made = made.sort_values("after_mean", ascending=False, kind="stable", ignore_index=True)
    return made.round(dict.fromkeys(MOVED[1:5], 1) | dict.fromkeys(MOVED[5:], 2))


def tellings(moves: Moves) -> pd.DataFrame:
    """What each rated signpost tells, and which option would lead if it were crossed.

    Returns
    -------
    DataFrame
        `points_to` (state in full), `observable`, `n` (people), `found` (code of what was found),
        `times_low`, `times_high` (how many times as likely it is crossed in a future with its state
        as in another one), `would_lead` (option with the highest mean score if it were crossed;
        empty where that is the one that leads now); those that change the lead first.
    """
    telling, reading = moves.telling, moves.reading
    system, size = reading.plausible.influences.system, len(reading.labels)
    now = "" if reading.is_empty else moves.leader(moves.after.middle[:size])
    then = [
        moves.leader(moves.moved(place).middle[:size]) if now else now
        for place in range(len(telling.table))
    ]
    made = pd.DataFrame(
        {
            "points_to": [system.in_full(code) for code in telling.table["state_id"]],
            "observable": telling.table["observable"],
            "n": telling.table["n"],
            "found": telling.table["status"].astype("str").fillna(NOT_LOOKED),
            "times_low": telling.low[1].round(1),
            "times_high": telling.high[1].round(1),
            "would_lead": ["" if option == now else option for option in then],
        },
        columns=TELLING,
    )
    order = np.argsort((made["would_lead"] == "").to_numpy(dtype=int), kind="stable")
    return made.iloc[order].reset_index(drop=True)
