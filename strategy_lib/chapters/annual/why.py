"""The change of the ranking as tables: what moved it, and what alone would have been enough."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import pandas as pd

from strategy_lib.chapters.annual.aligned_judgements import Array, Mask
from strategy_lib.chapters.annual.ranking import FACTORS, ROUNDED, VERSION, Ranking
from strategy_lib.methods.multicriteria.change_decomposition import decompose_change

LEAD = ["leader_before", "leader_now", "ahead", "behind", "lead_before", "lead_now", "people"]
TESTS = ["what", "if_only_this", "without_this"]
PARTS = [
    "scores_on",
    "kind",
    "n_changed",
    "first_if_only_this",
    "first_without_this",
    "moves_lead_by",
]
CELLS = ["option", "criterion", "people", "median_before", "median_now", "change"]


# Who leads without one criterion's changes is seen with fewer draws as well.
DRAWS_OF_PARTS = 2_000


@dataclass(frozen=True, eq=False)
class Why:
    """Why the option that comes first most often is another one, or still the same.

    Attributes
    ----------
    leader_before, leader_now : str
        Names of the options that came first most often, and do now; empty where none was compared.
    ahead, behind : str
        The two whose distance is explained: the new and the old leader, else the leader and the one
        that is next to it.
    lead_before, lead_now : float
        By how many points (percent of draws) `ahead` came first more often than `behind`; negative
        where it was behind.
    standing : DataFrame
        `option`, `before_pct`, `now_pct`, `change`.
    contributions : DataFrame
        A row a factor: `what`, `to_lead` (points added to the lead: they add up to its change),
        `least` and `most` (in any order of the changes), `alone` (if nothing else had changed).
    by_option : DataFrame, factors x options
        Points that each factor added to the share of each option; columns add up to its change.
    tests : DataFrame
        `what`, `if_only_this`, `without_this`: who would come first.
    parts : DataFrame
        Changed scores by option and by criterion: how many, who would come first with these alone,
        and without them.
    cells : DataFrame
        Changed scores by option and criterion: how many people, medians of theirs then and now.
    people : int
        Who judged in both cycles.
    """

    leader_before: str
    leader_now: str
    ahead: str
    behind: str
    lead_before: float
    lead_now: float
    standing: pd.DataFrame
    contributions: pd.DataFrame
    by_option: pd.DataFrame
    tests: pd.DataFrame
    parts: pd.DataFrame
    cells: pd.DataFrame
    people: int

    @property
    def lead(self) -> pd.DataFrame:
        """`LEAD` in a row, for who reads only tables."""
        row = [getattr(self, name) for name in LEAD]
        return pd.DataFrame([row], columns=LEAD).round({"lead_before": 1, "lead_now": 1})


def why_it_moved(
    ranking: Ranking,
    names: Mapping[str, str],
    saved: Mapping[str, float] | None = None,
    fewest: int = 1,
) -> Why:
    """Split the change of the ranking into what each factor contributed.

    Parameters
    ----------
    names : mapping of str to str
        Code of an option -> its name as it may be shown.
    saved : mapping of str to float, optional
        Code -> share (%) as last cycle's page had it. Where today's workbook makes other shares of
        last cycle's inputs, the difference is a factor of its own.
    fewest : int
        How many people at least stand behind a number about some of their scores.
    """
    labels = [names[code] for code in ranking.options]
    found = decompose_change(ranking.shares, ranking.changed)
    before = _as_saved(found.before, ranking.options, saved)
    ahead, behind = _pair(before, found.after)
    lead = partial(_lead, ahead=ahead, behind=behind)
    split = decompose_change(lambda new: lead(ranking.shares(new)), ranking.changed)
    made = pd.DataFrame(
        {
            "what": [FACTORS[name] for name in found.factors],
            "to_lead": split.contributions,
            "least": split.least,
            "most": split.most,
            "alone": split.alone,
        }
    )
    by_option = pd.DataFrame(found.contributions, index=made["what"], columns=labels)
    if (off := found.before - before).any():
        row = {"what": VERSION, **dict.fromkeys(("to_lead", "least", "most", "alone"), lead(off))}
        made = pd.concat([made, pd.DataFrame([row])], ignore_index=True)
        by_option.loc[VERSION] = off
    order = np.argsort(-made["to_lead"].abs().to_numpy(dtype=float), kind="stable")
    standing = _standing(labels, before, found.after)
    had, has = (side["assessors"] for side in (ranking.rooms.had, ranking.rooms.has))
    return Why(
        people=int((had & has).sum()),
        leader_before=_first(labels, before),
        leader_now=_first(labels, found.after),
        ahead=labels[ahead],
        behind=labels[behind],
        lead_before=lead(before),
        lead_now=lead(found.after),
        standing=standing,
        contributions=made.iloc[order].reset_index(drop=True),
        by_option=by_option.iloc[order][list(standing["option"])],
        tests=_tests(ranking, labels),
        parts=_parts(
            replace(
                ranking,
                draws=min(ranking.draws, DRAWS_OF_PARTS),
                keeps_draws=True,
                _known={},
                _kept={},
            ),
            labels,
            ahead,
            behind,
            fewest,
        ),
        cells=_changed_cells(ranking, labels, fewest),
    )


def _as_saved(recomputed: Array, options: list[str], saved: Mapping[str, float] | None) -> Array:
    if not saved:
        return recomputed
    given = np.array([float(saved.get(code, 0.0)) for code in options])
    return recomputed if np.abs(given - recomputed).max() <= ROUNDED else given


def _pair(before: Array, after: Array) -> tuple[int, int]:
    """The two options whose distance is explained, by their positions."""
    first, was = int(after.argmax()), int(before.argmax())
    if first != was:
        return first, was
    others = [place for place in np.argsort(-after, kind="stable") if place != first]
    return first, int(others[0]) if others else first


def _lead(shares: Array, ahead: int, behind: int) -> float:
    return float(shares[ahead] - shares[behind])


def _first(labels: list[str], shares: Array) -> str:
    return labels[int(shares.argmax())] if shares.any() else ""


def _standing(labels: list[str], before: Array, after: Array) -> pd.DataFrame:
    shares = {"before_pct": before, "now_pct": after, "change": after - before}
    frame = pd.DataFrame({"option": labels, **shares})
    order = ["now_pct", "before_pct"]
    return frame.sort_values(order, ascending=False, kind="stable", ignore_index=True).round(
        dict.fromkeys(shares, 1)
    )


def _tests(ranking: Ranking, labels: list[str]) -> pd.DataFrame:
    """Who would come first if only one factor had changed, and if all but it had."""
    everything = frozenset(ranking.changed)
    rows = []
    for name in ranking.changed:
        ends = (frozenset([name]), everything - {name})
        rows.append([FACTORS[name], *(_first(labels, ranking.shares(new)) for new in ends)])
    return pd.DataFrame(rows, columns=TESTS)


def _parts(
    ranking: Ranking, labels: list[str], ahead: int, behind: int, fewest: int
) -> pd.DataFrame:
    """The same for the changed scores of each option, and of each criterion.

    Parts of one factor need not add up: `moves_lead_by` is the lead as it is now, less what it
    would be without these changes.
    """
    changed = ranking.rooms.changed_cells
    everything = frozenset(ranking.changed)
    now = ranking.shares(everything)
    if changed.any():
        # With all changed scores both ways, what each part needs has been drawn.
        for new in (frozenset(["scores"]), frozenset[str](), everything - {"scores"}):
            ranking.shares(new)
    rows = []
    for name, kind, only in _groups(ranking, labels):
        if int((changed & only).any(axis=(1, 2)).sum()) < fewest:
            continue
        alone = ranking.shares(frozenset(), only)
        rest = ranking.shares(everything - {"scores"}, ~only)
        moved = _lead(now - rest, ahead, behind)
        count = int((changed & only).sum())
        rows.append([name, kind, count, _first(labels, alone), _first(labels, rest), moved])
    frame = pd.DataFrame(rows, columns=PARTS).astype({"moves_lead_by": float}).round(1)
    order = np.argsort(-frame["moves_lead_by"].abs().to_numpy(dtype=float), kind="stable")
    return frame.iloc[order].reset_index(drop=True)


def _groups(ranking: Ranking, labels: list[str]) -> Iterator[tuple[str, str, Mask]]:
    """Options and criteria of which any score changed, and where their scores stand."""
    changed = ranking.rooms.changed_cells
    for place in np.flatnonzero(changed.any(axis=(0, 2))):
        only = np.zeros(changed.shape, dtype=bool)
        only[:, place] = True
        yield labels[place], "option", only
    criteria = ranking.rooms.now.criteria["name"]
    for place in np.flatnonzero(changed.any(axis=(0, 1))):
        only = np.zeros(changed.shape, dtype=bool)
        only[..., place] = True
        yield str(criteria.iloc[place]), "criterion", only


def _changed_cells(ranking: Ranking, labels: list[str], fewest: int) -> pd.DataFrame:
    rooms = ranking.rooms
    changed: Mask = rooms.changed_cells
    criteria = [str(name) for name in rooms.now.criteria["name"]]
    rows = []
    for option, criterion in zip(*np.nonzero(changed.any(axis=0)), strict=True):
        who = changed[:, option, criterion]
        if who.sum() < fewest:
            continue
        then, now = (
            _median(matrix.best[who, option, criterion]) for matrix in (rooms.before, rooms.now)
        )
        rows.append([labels[option], criteria[criterion], int(who.sum()), then, now, now - then])
    frame = pd.DataFrame(rows, columns=CELLS)
    numbers = ["median_before", "median_now", "change"]
    frame[numbers] = frame[numbers].astype(float)
    order = np.argsort(-frame["change"].abs().fillna(-1).to_numpy(), kind="stable")
    return frame.iloc[order].reset_index(drop=True)


def _median(answers: Array) -> float:
    known = answers[~np.isnan(answers)]
    return float(np.median(known)) if len(known) else float("nan")
