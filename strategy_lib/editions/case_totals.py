"""How many cases of speaking out there are, for those who decide and may see none of them.

Counted where the cases are read, before an edition's process begins: what reaches it are these few
totals. They are chosen so that no adding and subtracting of them tells of one case or of two: every
number stands for three or more, and so does what is left where it is taken from another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from strategy_lib.core.workspace import Cycle

if TYPE_CHECKING:
    from strategy_lib.core.audiences import Edition
    from strategy_lib.protocol.case import Case
    from strategy_lib.protocol.reading import Protocol
    from strategy_lib.protocol.states import CaseState
    from strategy_lib.schema.frames import Tables

YEAR_OF_MONTHS = 12


class What(StrEnum):
    """What is counted: a code of the list `case_total`."""

    OPEN = "open"
    LATE = "late"
    READY = "ready"
    AGREED = "agreed"
    AGREED_ON = "agreed_on"
    AGREED_OTHER = "agreed_other"
    DECIDED = "decided"
    HELD = "held"
    DELAYED = "delayed"
    DROPPED = "dropped"


class Count(StrEnum):
    """How far a total is told: a code of the list `case_count`."""

    EXACT = "exact"
    TOO_FEW = "too_few"
    """Fewer than the fewest that are counted, or none at all."""
    ENOUGH = "enough"
    """So many or more: the number itself would tell how few the others are."""


class Outcome(StrEnum):
    """What became of a case that was decided in the year."""

    IN_TIME = "in_time"
    DELAYED = "delayed"
    HELD = "held"
    DROPPED = "dropped"


# Any other decision in force takes a way of responding.
_ENDS = {"held": Outcome.HELD, "withdrawn": Outcome.DROPPED}


@dataclass(frozen=True)
class CaseTotal:
    """One total.

    Attributes
    ----------
    what, count : str
        Codes of the lists `case_total` and `case_count`.
    n_cases : int or None
        How many cases, where that is told.
    theme : str
        Code of the topic, of lines agreed on one.
    """

    what: str
    count: str
    n_cases: int | None = None
    theme: str = ""


@dataclass(frozen=True)
class Standing:
    """Where one case stands, as far as it is counted.

    Attributes
    ----------
    outcome : str
        Of one that was decided in the year; empty for one that is not decided.
    is_late : bool
        Whether the words were needed before now, or somebody who was asked is overdue.
    is_ready : bool
        Whether nothing but the decision is missing.
    """

    outcome: str = ""
    is_late: bool = False
    is_ready: bool = False
    theme: str = ""


def case_totals(
    tables: Tables, edition: Edition, cycle: Cycle, as_of: date
) -> tuple[CaseTotal, ...]:
    """Totals of all cases for an edition that is told them; nothing for any other.

    Exercises are not counted. Where a row on cases cannot be used, nothing is: a part would
    mislead.

    Parameters
    ----------
    tables : Tables
        Checked inputs, with what the edition may not see.
    """
    from strategy_lib.protocol.case import TABLES

    if not edition.counts_cases or set(TABLES) & set(tables.broken):
        return ()
    return told(standings(tables, cycle, as_of), edition.fewest_cases)


def told(cases: Iterable[Standing], fewest: int) -> tuple[CaseTotal, ...]:
    """What may be told of cases.

    A part of a total is told exactly where it and the rest are `fewest` or more; parts of fewer
    than `2 * fewest - 1` not at all, as too little would be left to guess. None is not told from
    few. How many were decided in all is told where each part of it is large enough; what two
    parts of a total have in common counts as a part too.

    Examples
    --------
    >>> [str(t.count) for t in told([Standing(is_late=True)] * 4 + [Standing()], 3)[:2]]
    ['exact', 'enough']
    """
    listed = list(cases)
    open_ = [case for case in listed if not case.outcome]
    agreed = [case for case in listed if case.outcome in (Outcome.IN_TIME, Outcome.DELAYED)]
    held, dropped = (
        sum(case.outcome == outcome for case in listed)
        for outcome in (Outcome.HELD, Outcome.DROPPED)
    )
    made = [_whole(What.OPEN, len(open_), fewest)]
    is_late = [case.is_late for case in open_]
    made += _part(What.LATE, is_late, (), fewest)
    # Beside a number that is not told, the other gives nothing away.
    is_told = made[-1].count == Count.EXACT
    made += _part(What.READY, [case.is_ready for case in open_], is_late if is_told else (), fewest)
    wholes = {What.AGREED: len(agreed), What.HELD: held, What.DROPPED: dropped}
    if min(wholes.values()) >= fewest:
        made.append(_whole(What.DECIDED, sum(wholes.values()), fewest))
    made += [_whole(what, number, fewest) for what, number in wholes.items()]
    topics = _topics([case.theme for case in agreed], fewest)
    named = {topic.theme for topic in topics}
    beside = [case.theme if case.theme in named else "" for case in agreed]
    delayed = [case.outcome == Outcome.DELAYED for case in agreed]
    return (*made, *_part(What.DELAYED, delayed, beside, fewest), *topics)


def _whole(what: What, number: int, fewest: int) -> CaseTotal:
    if number < fewest:
        return CaseTotal(what, Count.TOO_FEW)
    return CaseTotal(what, Count.EXACT, number)


def _part(
    what: What, is_part: Sequence[bool], beside: Sequence[object], fewest: int
) -> list[CaseTotal]:
    """A part of a total, whose cases also count in another one by what stands `beside`."""
    number, of = sum(is_part), len(is_part)
    if of < 2 * fewest - 1:
        return []
    if number < fewest:
        return [CaseTotal(what, Count.TOO_FEW)]
    in_common = Counter(zip(is_part, beside or is_part, strict=True))
    if of - number < fewest or min(in_common.values()) < fewest:
        return [CaseTotal(what, Count.ENOUGH)]
    return [CaseTotal(what, Count.EXACT, number)]


def _topics(themes: Sequence[str], fewest: int) -> list[CaseTotal]:
    """Agreed lines by topic; topics of few are taken together, and never one or two cases alone."""
    if len(themes) < fewest:
        return []
    counts = Counter(theme for theme in themes if theme)
    large = sorted((n, theme) for theme, n in counts.items() if n >= fewest)
    left = len(themes) - sum(n for n, _ in large)
    if 0 < left < fewest:
        left += large.pop(0)[0]
    made = [CaseTotal(What.AGREED_ON, Count.EXACT, n, theme) for n, theme in reversed(large)]
    return made + ([CaseTotal(What.AGREED_OTHER, Count.EXACT, left)] if left else [])


def standings(tables: Tables, cycle: Cycle, as_of: date) -> list[Standing]:
    """Where every case stands that is open, or was decided in the year up to a day."""
    import pandas as pd

    from strategy_lib.protocol.case import TABLES, case_ids, case_of, names_of_counterparts
    from strategy_lib.protocol.clocks import end_of
    from strategy_lib.protocol.reading import read_protocol
    from strategy_lib.protocol.states import case_state

    frames = {name: tables[name] for name in (*TABLES, "units", "assessors")}
    codes = case_ids(frames)
    if not codes:
        return []
    protocol, now = read_protocol(cycle.workspace.root / "protocol"), end_of(as_of)
    since = end_of((pd.Timestamp(as_of) - pd.DateOffset(months=YEAR_OF_MONTHS)).date())
    names = names_of_counterparts(tables["counterparts"])
    found = []
    for case in (case_of(frames, code) for code in codes):
        if case.is_exercise:
            continue
        one = _standing(case, case_state(case, protocol, now, names), protocol, since, now)
        found += [one] if one else []
    return found


def _standing(
    case: Case, state: CaseState, protocol: Protocol, since: datetime, now: datetime
) -> Standing | None:
    from strategy_lib.protocol.clocks import moment
    from strategy_lib.protocol.deciding import decision_in_force
    from strategy_lib.protocol.states import READY

    needed, decision = case.at("needed_at"), decision_in_force(case, now)
    if decision is None:
        is_late = (needed is not None and needed <= now) or _is_overdue(case, protocol, now)
        return Standing("", is_late, state.state == READY, case.said("theme"))
    decided = moment(decision["decided_at"])
    if decided is None or decided <= since:
        return None
    if decision["kind"] in _ENDS:
        return Standing(_ENDS[decision["kind"]])
    done = moment(decision["acted_at"])
    is_delayed = needed is not None and needed < (done if done and done <= now else now)
    outcome = Outcome.DELAYED if is_delayed else Outcome.IN_TIME
    return Standing(outcome, theme=case.said("theme"))


def _is_overdue(case: Case, protocol: Protocol, now: datetime) -> bool:
    """Whether somebody who must be heard or sign was asked, and the time has run out."""
    from strategy_lib.protocol.clocks import DEPUTY, OVERDUE, SILENT
    from strategy_lib.protocol.hearing import hearings, signatures

    heard = any(
        one.is_required and one.clock.state in (OVERDUE, DEPUTY)
        for one in hearings(case, protocol, now)
    )
    signed = (one.clock.state for one in signatures(case, protocol, now) if not one.is_given)
    return heard or any(state in (OVERDUE, DEPUTY, SILENT) for state in signed)
