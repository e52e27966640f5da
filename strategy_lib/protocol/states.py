"""Where a case stands, computed from what is there: nobody sets a state by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from strategy_lib.methods.harm import screening as harm
from strategy_lib.protocol.case import Case, text
from strategy_lib.protocol.clocks import DEPUTY, NOT_ASKED, OVERDUE, RUNNING, Clock, moment
from strategy_lib.protocol.deciding import (
    AFTERCARE,
    CLOSED,
    DECIDED,
    decision_in_force,
    flags_of,
    missing_after,
    missing_decision,
    sent_back,
)
from strategy_lib.protocol.hearing import Hearing, hearings, signatures, vetoes
from strategy_lib.protocol.intake import COMPLETE, Missing, missing_at_intake
from strategy_lib.protocol.reading import Protocol
from strategy_lib.protocol.screening import Screening, screening
from strategy_lib.protocol.wording import Statement, check_wording, with_dismissals

__all__ = ["STATES", "CaseState", "Missing", "case_state", "findings_of"]

DRAFT, CONSULTED, READY = "draft", "consulted", "ready to decide"
STATES = (DRAFT, COMPLETE, CONSULTED, READY, DECIDED, AFTERCARE, CLOSED)


@dataclass(frozen=True, eq=False)
class CaseState:
    """Where one case stands.

    Attributes
    ----------
    state : str
        One of `STATES`.
    missing : tuple of Missing
        What keeps it from the states above, the nearest first.
    flags : tuple of str
        What does not hold up: a decision that came before the case was ready, that rests on an
        acceptance that has ended, that was taken by who proposed it.
    silent : tuple of str
        Offices and roles recorded as silent.
    next_due : datetime or None
        When the next running clock ends.
    screening : Screening
        What the ratings come to.
    """

    state: str
    missing: tuple[Missing, ...]
    flags: tuple[str, ...]
    silent: tuple[str, ...]
    next_due: datetime | None
    screening: Screening

    @property
    def whose_turn(self) -> str:
        """Whose turn it is; empty where nothing is waited for."""
        return self.missing[0].whose if self.missing else ""


def case_state(
    case: Case, protocol: Protocol, now: datetime, names: Sequence[str] = ()
) -> CaseState:
    """Where a case stands now, and what it lacks for each further state.

    Parameters
    ----------
    names : sequence of str
        Names and aliases of counterparts and partners, for the wording check.
    """
    decision = decision_in_force(case, now)
    # What was missing when it was decided is judged as of then, not as of today.
    then = now if decision is None else moment(decision["decided_at"]) or now
    found = screening(case, protocol, then)
    before = [
        *missing_at_intake(case, protocol),
        *_unheard(case, protocol, then),
        *_unready(case, protocol, then, found, names),
    ]
    heard = hearings(case, protocol, now)
    silent = tuple(_who(case, protocol, one) for one in heard if one.clock.state.endswith("silent"))
    due = _next_due(case, protocol, now, heard)
    if decision is None:
        return CaseState(
            _reached(before),
            (*before, *missing_decision(case, protocol, now)),
            sent_back(case, now),
            silent,
            due,
            found,
        )
    flags = [
        *flags_of(case, protocol, decision, then, found),
        *(case.say("protocol-missing-then", what=one.what) for one in before),
    ]
    after = list(missing_after(case, protocol, decision, now))
    state = next((one.gate for one in after), CLOSED)
    reached = {AFTERCARE: DECIDED, CLOSED: AFTERCARE}.get(state, CLOSED) if after else CLOSED
    return CaseState(reached, tuple(after), tuple(flags), silent, due, found)


def _reached(before: Sequence[Missing]) -> str:
    gates = [one.gate for one in before]
    for below, gate in ((DRAFT, COMPLETE), (COMPLETE, CONSULTED), (CONSULTED, READY)):
        if gate in gates:
            return below
    return READY


def _who(case: Case, protocol: Protocol, one: Hearing) -> str:
    return case.unit(one.unit_id) if one.unit_id else protocol.role(one.role)


def _unheard(case: Case, protocol: Protocol, now: datetime) -> Iterator[Missing]:
    asks = protocol.role(protocol.accountable("hearing"))
    for one in hearings(case, protocol, now):
        who = _who(case, protocol, one)
        if not one.is_required or one.clock.is_settled:
            continue
        if one.clock.state == NOT_ASKED:
            yield Missing(CONSULTED, case.say("protocol-not-asked", who=who), asks)
        elif one.clock.state == OVERDUE:
            yield Missing(CONSULTED, case.say("protocol-no-deputy-asked", who=who), asks)
        elif one.clock.state == DEPUTY:
            until = f"{one.clock.silent_at:%Y-%m-%d %H:%M %z}"
            deputy = protocol.role(text(protocol.value("roles", one.role, "deputy")))
            what = case.say("protocol-deputy-has", who=who, deputy=deputy, until=until)
            yield Missing(CONSULTED, what, who)
        else:
            until = f"{one.clock.due_at:%Y-%m-%d %H:%M %z}"
            what = case.say("protocol-has-until", who=who, until=until)
            yield Missing(CONSULTED, what, who)


def findings_of(case: Case, protocol: Protocol, names: Sequence[str] = ()) -> pd.DataFrame:
    """Findings of the wording check for the words of a case, with those that were dismissed."""
    statement = Statement(
        case.said("words"),
        case.said("language"),
        [*names, *([case.said("counterpart")] if case.said("counterpart") else [])],
        [text(passage) for passage in case["case_evidence"]["passage"].dropna()],
    )
    return with_dismissals(check_wording(statement, protocol), case["dismissed_findings"])


def _unready(
    case: Case, protocol: Protocol, now: datetime, found: Screening, names: Sequence[str]
) -> Iterator[Missing]:
    rates = protocol.role(protocol.accountable("safety"))
    open_ = found.residual[found.residual["class"] == harm.NOT_READY]
    if case.at("asked_at") is None:
        yield Missing(READY, case.say("protocol-harm-not-asked"), rates)
    elif len(open_):
        codes = ", ".join(sorted(set(open_["group"])))
        yield Missing(READY, case.say("protocol-harm-not-known", groups=codes), rates)
    if found.waiting:
        what = case.say("protocol-harm-waits", offices=", ".join(found.waiting))
        yield Missing(READY, what, rates)
    rated = case["silence_ratings"]["severity"].notna()
    people = case["silence_ratings"].loc[rated, "assessor_id"].nunique()
    if people < protocol.rules["screen"]["least_answers"]:
        yield Missing(READY, case.say("protocol-silence-few"), rates)
    for row in case.rows("mitigations"):
        if not text(row["owner_role"]):
            what = case.say("protocol-no-owner", measure=text(row["mitigation_id"]))
            yield Missing(READY, what, rates)
    yield from _unsigned(case, protocol, now)
    for veto in vetoes(case, protocol, now):
        if veto.is_in_force:
            who = _who(case, protocol, veto.hearing)
            aside = protocol.role(protocol.rules["veto"]["set_aside_by"])
            until = f"{veto.until:%Y-%m-%d}"
            what = case.say("protocol-stopped", who=who, until=until, aside=aside)
            yield Missing(READY, what, who)
    wording = findings_of(case, protocol, names)
    stops = int(((wording["gravity"] == "stop") & (wording["state"] == "open")).sum())
    if stops:
        mends = protocol.role(protocol.accountable("wording"))
        yield Missing(READY, case.say("protocol-wording", findings=stops), mends)


def _unsigned(case: Case, protocol: Protocol, now: datetime) -> Iterator[Missing]:
    for one in signatures(case, protocol, now):
        if one.is_given:
            continue
        who, say = protocol.role(one.role), case.say
        if one.clock.answered_at is not None:
            why = one.why_not or say("protocol-disagrees", who=who)
            yield Missing(READY, say("protocol-unsigned", step=one.step, why=why), who)
        elif one.clock.state == NOT_ASKED:
            what = say("protocol-unsigned-not-asked", step=one.step, who=who)
            yield Missing(READY, what, who)
        else:
            state = one.clock.state
            what = say("protocol-unsigned-waits", step=one.step, who=who, state=state)
            yield Missing(READY, what, who)


def _next_due(
    case: Case, protocol: Protocol, now: datetime, heard: Sequence[Hearing]
) -> datetime | None:
    clocks: list[Clock] = [one.clock for one in heard]
    clocks += [one.clock for one in signatures(case, protocol, now)]
    ends = [
        c.due_at if c.state == RUNNING else c.silent_at
        for c in clocks
        if c.state in (RUNNING, DEPUTY)
    ]
    return min((end for end in ends if end is not None), default=None)
