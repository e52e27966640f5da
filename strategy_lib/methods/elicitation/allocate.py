"""Lists of questions: for each person what fits into their minutes, most worth asking first.

A question that fewer people answer than may be shown is of no use, so it is asked of enough people
or of none. Influences are asked in depth: the same most important blocks of everybody in a group of
up to nine. Scores are asked of three, then of more where that is worth most. Of three answers a
row, each person gives about as many, and each two people meet about as often (an affine plane where
nine people share the rows).

References
----------
Bose, R. C. (1939). On the construction of balanced incomplete block designs. Annals of Eugenics
9(4), 353-399 (the plane of order three: 12 lines of three points, every two on one line).
"""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from strategy_lib.core.errors import InputError

KINDS = ("weight", "score", "block", "readiness")
"""Kinds of questions, in the order in which they stand on a list."""

BLOCK_FEWEST = 5
"""How many people judge a block of influences at least, if any does."""

MORE_SCORES = 2
"""How many more people are asked where a score is worth more than three answers."""

NOISE = 0.36
"""Variance of one person's answer over that of what is not known before anybody is asked."""

LINES = (
    *((0, 1, 2), (3, 4, 5), (6, 7, 8), (0, 3, 6), (1, 4, 7), (2, 5, 8)),
    *((0, 4, 8), (1, 5, 6), (2, 3, 7), (0, 5, 7), (1, 3, 8), (2, 4, 6)),
)
"""Affine plane of order three: every two of nine points lie on one of twelve lines."""

PLANE = 9
"""Points of that plane."""

Ints = npt.NDArray[np.intp]
NOBODY: Ints = np.zeros(0, dtype=np.intp)
QUESTION_COLUMNS = ("question_id", "kind", "seconds", "value", "for_everybody")


def allocate(
    questions: pd.DataFrame,
    people: pd.DataFrame,
    *,
    fewest: int = 3,
    group: int = 9,
    seed: int,
    already: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Say who is asked what, within each person's minutes.

    First come questions for everybody: weights, then the others by value. Then, as long as minutes
    last, the question whose next answers are worth most for the time that they take. Values are
    compared between kinds by their share of the sum of their kind.

    Parameters
    ----------
    questions : DataFrame
        `question_id`, `kind` ("weight", "score", "block", "readiness"), `seconds` (to answer, above
        0), `value` (0 or more, any unit, the same within a kind), `for_everybody` (bool).
    people : DataFrame
        `assessor_id`, `minutes` (0 or more).
    fewest : int
        A question is asked of so many people or of none (a block: of five), or, where there are
        fewer people, of all of them.
    group : int
        People who are asked the same blocks; larger panels are divided evenly into such groups.
    seed : int
        Settles ties, and who is in which group.
    already : DataFrame, optional
        `assessor_id`, `question_id`: answers that are there. They are not asked for again, and
        count towards how many people answer a question. Other people and questions are ignored.

    Returns
    -------
    DataFrame
        `assessor_id`, `position` (from 1), `question_id`, by person and position. The same for the
        same questions, people and seed, in whatever order their rows stand.

    Raises
    ------
    InputError
        Missing columns, a question or person listed twice, values outside what is allowed; all at
        once.

    Examples
    --------
    >>> import pandas as pd
    >>> questions = pd.DataFrame(
    ...     {"question_id": ["w", "s1", "s2"], "kind": ["weight", "score", "score"],
    ...      "seconds": 30, "value": [1, 2, 1], "for_everybody": [True, False, False]})
    >>> people = pd.DataFrame({"assessor_id": list("abc"), "minutes": 1})
    >>> lists = allocate(questions, people, seed=1)
    >>> lists[lists["assessor_id"] == "b"]["question_id"].tolist()
    ['w', 's1']
    """
    asked, panel = _checked(questions, people, fewest, group)
    rng = np.random.default_rng(seed)
    state = _State(asked, panel, group, fewest, rng)
    if already is not None:
        state.note(already)
    if len(panel):
        state.ask_everybody()
        state.ask_by_value()
    return state.lists()


@dataclass
class _State:
    """Who has been given what so far. Questions and people are sorted by id, and numbered."""

    asked: pd.DataFrame
    panel: pd.DataFrame
    group: int
    fewest: int
    rng: np.random.Generator

    def __post_init__(self) -> None:
        n, asked = len(self.panel), self.asked
        self.given = np.zeros((n, len(asked)), bool)
        self.known = self.given.copy()
        self.left = self.panel["minutes"].to_numpy(dtype=float) * 60
        self.load, self.met = np.zeros(n), np.zeros((n, n))
        self.seconds = asked["seconds"].to_numpy(dtype=float)
        self.kind = asked["kind"].astype(str).tolist()
        self.rank = np.array([KINDS.index(kind) for kind in self.kind], dtype=np.intp)
        self.common = asked["for_everybody"].to_numpy(dtype=bool)
        value = asked["value"].to_numpy(dtype=float)
        total = np.bincount(self.rank, value, len(KINDS))[self.rank]
        self.value = np.divide(value, total, out=np.zeros_like(value), where=total > 0)
        shuffled = self.rng.permutation(n)
        self.groups = np.array_split(shuffled, max(1, math.ceil(n / self.group)))
        self.order = self.rng.permutation(len(asked))
        self.tie = self.rng.random((n, len(asked)))
        rows = [q for q in np.argsort(self.order).tolist() if self.kind[q] == "readiness"]
        self.line = {question: place % len(LINES) for place, question in enumerate(rows)}

    def note(self, already: pd.DataFrame) -> None:
        """Take what people have answered as given to them, at no cost."""
        row = already["assessor_id"].map({p: i for i, p in enumerate(self.panel["assessor_id"])})
        place = already["question_id"].map({q: i for i, q in enumerate(self.asked["question_id"])})
        here = (row.notna() & place.notna()).to_numpy()
        self.known[row[here].astype(int), place[here].astype(int)] = True
        self.given |= self.known
        self.met += self.known.astype(float) @ self.known.T

    def need(self, question: int) -> int:
        least = max(BLOCK_FEWEST, self.fewest) if self.kind[question] == "block" else self.fewest
        return min(least, len(self.panel))

    def give(self, question: int, who: Ints) -> None:
        self.given[who, question] = True
        self.left[who] -= self.seconds[question]
        self.load[who] += self.seconds[question]
        team = np.flatnonzero(self.given[:, question])
        self.met[np.ix_(who, team)] += 1
        self.met[np.ix_(np.setdiff1d(team, who), who)] += 1

    def ask_everybody(self) -> None:
        """Give everybody what is for everybody, as far as their minutes go and enough people can."""
        common = np.flatnonzero(self.common).tolist()
        for question in sorted(common, key=lambda q: (self.rank[q], -self.value[q], q)):
            is_new = ~self.given[:, question]
            able = np.flatnonzero((self.left >= self.seconds[question]) & is_new)
            if len(able) + (~is_new).sum() >= self.need(question):
                self.give(question, able)

    def ask_by_value(self) -> None:
        """Give out the next answers that are worth most for their seconds, until none fits."""
        waiting = [
            (-self.worth(question, self.size(question)), self.order[question], question)
            for question in np.flatnonzero(~self.common & (self.value > 0)).tolist()
        ]
        heapq.heapify(waiting)
        while waiting:
            hoped, place, question = heapq.heappop(waiting)
            team = self.team(question)
            if not len(team):
                continue
            worth = self.worth(question, len(team))
            if worth >= -hoped:
                self.give(question, team)
                worth = self.worth(question, self.size(question))
            heapq.heappush(waiting, (-worth, place, question))

    def size(self, question: int) -> int:
        """How many would answer it next, if all of them have time."""
        if self.kind[question] == "block":
            return len(self.groups[0])
        return self.wanted(question)

    def wanted(self, question: int) -> int:
        """How many are needed for it to be of use; where it is already, how many come next."""
        have, need = int(self.given[:, question].sum()), self.need(question)
        if self.kind[question] == "readiness":
            return need
        return need - have if have < need else MORE_SCORES

    def worth(self, question: int, people: int) -> float:
        """What the next answers of so many people are worth a second."""
        have = int(self.given[:, question].sum())
        gain = self.value[question] * (_known(have + people) - _known(have))
        return float(gain / (people * self.seconds[question]))

    def team(self, question: int) -> Ints:
        """Who would answer it next; nobody where not enough people have time."""
        able = (self.left >= self.seconds[question]) & ~self.given[:, question]
        if self.kind[question] == "block":
            need = max(1, self.need(question) - int(self.given[:, question].sum()))
            teams = [people[able[people]] for people in self.groups]
            enough = [team for team in teams if len(team) >= need]
            return max(enough, key=lambda team: float(self.left[team].mean()), default=NOBODY)
        if self.kind[question] == "readiness":
            for people in sorted(self.groups, key=lambda people: -float(self.left[people].mean())):
                if len(team := self.three(question, people, able)):
                    return team
            return NOBODY
        wanted, free = self.wanted(question), np.flatnonzero(able)
        return self.least_busy(question, free, wanted) if len(free) >= wanted else NOBODY

    def three(self, question: int, people: Ints, able: npt.NDArray[np.bool_]) -> Ints:
        """Three of a group: those on the row's line of the plane, where nine people share it."""
        wanted = self.need(question) - int(self.given[people, question].sum())
        if len(people) == PLANE and wanted == len(LINES[0]):
            line = people[list(LINES[self.line[question]])]
            if able[line].all():
                return line
        free = people[able[people]]
        return self.least_busy(question, free, wanted) if len(free) >= wanted > 0 else NOBODY

    def least_busy(self, question: int, free: Ints, wanted: int) -> Ints:
        """Those with least to do, then those who meet least often, ties by seed."""
        team = np.flatnonzero(self.given[:, question])
        chosen = NOBODY
        for _ in range(wanted):
            met = self.met[np.ix_(free, team)].sum(axis=1)
            best = np.lexsort((self.tie[free, question], met, self.load[free]))[0]
            chosen, team = np.append(chosen, free[best]), np.append(team, free[best])
            free = np.delete(free, best)
        return chosen

    def lists(self) -> pd.DataFrame:
        """The lists, by person: kinds in their order, what is for everybody first, then by value."""
        best_first = np.lexsort((self.order, -self.value, ~self.common, self.rank))
        ids = self.asked["question_id"].to_numpy(dtype=object)
        rows = [
            (code, position, ids[question])
            for code, given in zip(self.panel["assessor_id"], self.given & ~self.known, strict=True)
            for position, question in enumerate(best_first[given[best_first]], start=1)
        ]
        types = {
            "assessor_id": self.panel["assessor_id"].dtype,
            "position": np.dtype(np.int64),
            "question_id": self.asked["question_id"].dtype,
        }
        return pd.DataFrame(rows, columns=list(types)).astype(types)


def _known(answers: int) -> float:
    """Share of what is not known that so many answers take away."""
    return answers / (answers + NOISE)


def _checked(
    questions: pd.DataFrame, people: pd.DataFrame, fewest: int, group: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    missing = [f"questions: no column {c}" for c in QUESTION_COLUMNS if c not in questions]
    missing += [f"people: no column {c}" for c in ("assessor_id", "minutes") if c not in people]
    if missing:
        raise InputError("; ".join(missing))
    faults = []
    for frame, key in ((questions, "question_id"), (people, "assessor_id")):
        faults += [
            f"{key} {code!r} is listed twice" for code in frame[key][frame[key].duplicated()]
        ]
    for frame, key, column, least in (
        (questions, "question_id", "seconds", "above 0"),
        (questions, "question_id", "value", "0 or more"),
        (people, "assessor_id", "minutes", "0 or more"),
    ):
        numbers = pd.to_numeric(frame[column], errors="coerce").to_numpy(dtype=float)
        good = numbers > 0 if least == "above 0" else numbers >= 0
        faults += [
            f"{column} of {code!r}: found {found!r}; allowed {least}"
            for code, found in frame.loc[~(good & np.isfinite(numbers)), [key, column]].to_numpy()
        ]
    unknown = questions[~questions["kind"].isin(KINDS)]
    faults += [
        f"kind of {code!r}: found {kind!r}; allowed {', '.join(KINDS)}"
        for code, kind in unknown[["question_id", "kind"]].to_numpy()
    ]
    if fewest < 1 or group < 1:
        faults.append(f"fewest, group: found {fewest}, {group}; allowed from 1")
    if faults:
        raise InputError("; ".join(faults))
    return (
        questions.sort_values("question_id", ignore_index=True),
        people.sort_values("assessor_id", ignore_index=True),
    )
