"""Who must be heard in a case, who was asked, and whose clock still runs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

import pandas as pd

from strategy_lib.protocol.case import Case, Row, text
from strategy_lib.protocol.clocks import NOT_ASKED, Clock, clock_of, moment, with_deputy
from strategy_lib.protocol.reading import Protocol

VETO = "vetoes"
AGREED = ("agreed", "agreed_if")


@dataclass(frozen=True)
class Hearing:
    """One office or role that must be heard, or was asked without having to be.

    Attributes
    ----------
    unit_id, role : str
        Who is asked; `unit_id` is empty for a role without an office.
    is_required : bool
        Whether the protocol asks for it.
    why : str
        Why it must be heard.
    clock : Clock
        Where its clock stands.
    answer, words : str
        Code of the answer and its words; empty where there is none.
    may_veto : bool
        Whether its veto stops the case.
    """

    unit_id: str
    role: str
    is_required: bool
    why: str
    clock: Clock
    answer: str = ""
    words: str = ""
    may_veto: bool = False


@lru_cache(maxsize=64)
def hearings(case: Case, protocol: Protocol, now: datetime) -> tuple[Hearing, ...]:
    """Everybody who must be heard or was asked, those who must be heard first."""
    left = case.rows("consultations")
    found = []
    for unit, role, why, may_veto in _required(case, protocol, now):
        rows = [row for row in left if _is_asked(row, unit, role)]
        left = [row for row in left if row not in rows]
        found.append(_hearing(case, protocol, now, rows, unit, role, why, may_veto))
    for row in left:
        unit, role = text(row["unit_id"]), text(row["role"])
        found.append(_hearing(case, protocol, now, [row], unit, role, "", False))
    return tuple(found)


def _required(
    case: Case, protocol: Protocol, now: datetime
) -> Iterator[tuple[str, str, str, bool]]:
    """Office, role, reason and right of veto of each that must be heard, once."""
    kinds = set(case["exposed_groups"]["kind"].dropna())
    merged: dict[tuple[str, str], tuple[str, bool]] = {}
    for item in protocol.sheets["consultations"].to_dict("records"):
        if item["applies_when"] == "kinds" and not kinds & set(str(item["kinds"]).split(";")):
            continue
        for who in _parties(case, protocol, item["party"], str(item["who"]), now):
            why, may_veto = merged.get(who, ("", False))
            merged[who] = (why or item["description"], may_veto or bool(item["may_veto"]))
    for (unit, role), (why, may_veto) in merged.items():
        yield unit, role, why, may_veto


def _parties(
    case: Case, protocol: Protocol, party: str, who: str, now: datetime
) -> list[tuple[str, str]]:
    if party == "role":
        return [("", who)]
    heads = protocol.sheets["consultations"]
    head = text(heads.loc[heads["party"] == "exposed_office", "who"].iloc[0])
    if party == "exposed_office":
        units = list(dict.fromkeys(case["exposed_groups"]["unit_id"].dropna()))
        return [(str(unit), head) for unit in sorted(units)]
    offices = case.units
    closed = offices["closed_date"].notna() & (offices["closed_date"] <= pd.Timestamp(now.date()))
    of_kind = offices[(offices["kind"] == who) & ~closed]
    return [(str(unit), head) for unit in sorted(of_kind["unit_id"].dropna())]


def _is_asked(row: Row, unit: str, role: str) -> bool:
    """An office is asked through any of its roles; a role without an office by its name."""
    return (
        text(row["unit_id"]) == unit
        if unit
        else (not text(row["unit_id"]) and text(row["role"]) == role)
    )


def _hearing(
    case: Case,
    protocol: Protocol,
    now: datetime,
    rows: list[Row],
    unit: str,
    role: str,
    why: str,
    may_veto: bool,
) -> Hearing:
    country = case.country_of(unit)
    clocks = []
    for row in rows:
        answered = moment(row["answered_at"]) if text(row["answer"]) else None
        which = (protocol, case.said("urgency"), "consult")
        clock = clock_of(*which, moment(row["asked_at"]), answered, now, country)
        deputy = moment(row["deputy_asked_at"])
        clocks.append((with_deputy(clock, *which, deputy, now, country), row))
    # Of several roles of an office the last answer counts, and an answer before any silence.
    clocks.sort(key=lambda one: (one[0].answered_at is not None, one[0].answered_at or now))
    clock, row = clocks[-1] if clocks else (Clock(NOT_ASKED), {})
    is_heard = clock.answered_at is not None
    answer = text(row.get("answer")) if is_heard else ""
    words = text(row.get("words")) if is_heard else ""
    asked = text(row.get("role")) or role
    return Hearing(unit, asked, bool(why), why, clock, answer, words, may_veto)


@dataclass(frozen=True)
class Veto:
    """A veto: whose, until when, and whether it is in force."""

    hearing: Hearing
    until: datetime
    is_in_force: bool
    why_not: str = ""


def vetoes(case: Case, protocol: Protocol, now: datetime) -> list[Veto]:
    """Vetoes that were entered by somebody who has the right, and whether they stand."""
    rule = protocol.rules["veto"]
    aside = [
        answered
        for row in case.rows("sign_offs")
        if row["kind"] == "veto_set_aside"
        and text(row["answer"]) in AGREED
        and text(row["role"]) == rule["set_aside_by"]
        and text(row["words"])
        and (answered := moment(row["answered_at"])) is not None
        and answered <= now
    ]
    found = []
    for one in hearings(case, protocol, now):
        if one.answer != VETO or one.clock.answered_at is None:
            continue
        said, until = one.clock.answered_at, one.clock.answered_at + timedelta(rule["veto_days"])
        why_not = ""
        if not one.may_veto:
            why_not = case.say("protocol-no-right")
        elif not one.words:
            why_not = case.say("protocol-no-reason")
        elif until < now:
            why_not = case.say("protocol-it-ended", day=f"{until:%Y-%m-%d}")
        elif any(moment_ >= said for moment_ in aside):
            why_not = case.say("protocol-set-aside", who=protocol.role(rule["set_aside_by"]))
        found.append(Veto(one, until, not why_not, why_not))
    return found


@dataclass(frozen=True)
class Signature:
    """A step of the protocol that is signed off, and where its clock stands."""

    step: str
    role: str
    clock: Clock
    answer: str = ""
    words: str = ""
    why_not: str = ""

    @property
    def is_given(self) -> bool:
        """Whether somebody with the right to sign has agreed."""
        return self.clock.answered_at is not None and self.answer in AGREED and not self.why_not


def signatures(case: Case, protocol: Protocol, now: datetime) -> list[Signature]:
    """Steps before the decision that need a signature, in their order."""
    steps = protocol.sheets["steps"]
    needed = steps[steps["needs_sign_off"] & (steps["when"] == "before")]
    return [
        _signature(case, protocol, now, str(step), str(which))
        for step, which in zip(needed["step"], needed["clock"], strict=True)
    ]


def _signature(case: Case, protocol: Protocol, now: datetime, step: str, which: str) -> Signature:
    role = protocol.holds(step, "A")[0]
    rows = [
        row
        for row in case.rows("sign_offs")
        if row["kind"] == "sign_off" and text(row["step"]) == step
    ]
    found = []
    for row in rows:
        answered = moment(row["answered_at"]) if text(row["answer"]) else None
        clock = clock_of(
            protocol, case.said("urgency"), which, moment(row["asked_at"]), answered, now
        )
        signed = text(row["role"])
        why_not = why_not_allowed(case, protocol, signed, role)
        found.append(
            Signature(step, signed or role, clock, text(row["answer"]), text(row["words"]), why_not)
        )
    found.sort(key=lambda one: (one.clock.answered_at is not None, one.clock.answered_at or now))
    return found[-1] if found else Signature(step, role, Clock(NOT_ASKED))


def why_not_allowed(case: Case, protocol: Protocol, role: str, wanted: str) -> str:
    """Why a role may not sign here; empty where it may."""
    deputy = text(protocol.value("roles", wanted, "deputy"))
    if role not in (wanted, deputy):
        who, whose = protocol.role(role), protocol.role(wanted)
        return case.say("protocol-not-deputy", who=who, whose=whose)
    if not protocol.rules["self_approval"]["is_allowed"] and role == case.said("proposer_role"):
        return case.say("protocol-own-case", who=protocol.role(role))
    return ""
