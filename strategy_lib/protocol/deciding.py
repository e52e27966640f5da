"""What was decided in a case, whether it holds up, and what it leaves to be done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pandas as pd

from strategy_lib.methods.harm import screening as harm
from strategy_lib.protocol.case import Case, Row, text
from strategy_lib.protocol.clocks import moment
from strategy_lib.protocol.hearing import why_not_allowed
from strategy_lib.protocol.intake import Missing, beyond_evidence
from strategy_lib.protocol.reading import Protocol
from strategy_lib.protocol.screening import Screening, acceptances

DECIDED, AFTERCARE, CLOSED = "decided", "aftercare", "closed"
_TAKEN, _WITHDRAWN, _SENT_BACK = "route_taken", "withdrawn", "sent_back"


def missing_decision(case: Case, protocol: Protocol, now: datetime) -> Iterator[Missing]:
    """That a decision is missing, or that the last one has ended without being carried out."""
    decides = protocol.role(protocol.accountable("decision"))
    ended = ended_decision(case, now)
    if ended is not None:
        decided, last = day_of(ended["decided_at"]), f"{ended['expires_date']:%Y-%m-%d}"
        what = case.say("protocol-ended", decided=decided, ended=last)
        yield Missing(DECIDED, what, decides)
    else:
        yield Missing(DECIDED, case.say("protocol-undecided"), decides)


def decisions_of(case: Case, now: datetime) -> list[Row]:
    """Decisions up to now, the oldest first."""
    dated = [(moment(row["decided_at"]), row) for row in case.rows("case_decisions")]
    known = [(at, row) for at, row in dated if at is not None and at <= now]
    return [row for _, row in sorted(known, key=lambda one: one[0])]


def decision_in_force(case: Case, now: datetime) -> Row | None:
    """The decision in force: the last one, unless it sent the case back or has ended."""
    rows = decisions_of(case, now)
    last = rows[-1] if rows else None
    if last is None or last["kind"] == _SENT_BACK or ended_decision(case, now) is not None:
        return None
    return last


def ended_decision(case: Case, now: datetime) -> Row | None:
    """A last decision that ended before it was carried out."""
    rows = decisions_of(case, now)
    if not rows or rows[-1]["kind"] != _TAKEN or moment(rows[-1]["acted_at"]) is not None:
        return None
    expires = rows[-1]["expires_date"]
    return rows[-1] if pd.notna(expires) and expires < pd.Timestamp(now.date()) else None


def sent_back(case: Case, now: datetime) -> tuple[str, ...]:
    """That the last decision sent the case back, as a flag."""
    rows = decisions_of(case, now)
    if rows and rows[-1]["kind"] == _SENT_BACK:
        return (case.say("protocol-sent-back", day=day_of(rows[-1]["decided_at"])),)
    return ()


def day_of(said: object) -> str:
    """A moment as a day, in its own zone; the text itself where it cannot be read."""
    at = moment(said)
    return text(said) if at is None else f"{at:%Y-%m-%d}"


def flags_of(
    case: Case, protocol: Protocol, decision: Row, then: datetime, found: Screening
) -> Iterator[str]:
    """What does not hold up in a decision, as of the moment when it was taken."""
    role, say = text(decision["decided_by_role"]), case.say
    why = why_not_allowed(case, protocol, role, protocol.accountable("decision"))
    if why:
        yield say("protocol-decided-by", why=why)
    if decision["kind"] != _TAKEN:
        return
    route = text(decision["route_id"])
    if route not in case.route_names:
        yield say("protocol-no-such-way")
        return
    claims = beyond_evidence(case, protocol)[route]
    if claims:
        yield say("protocol-beyond-evidence", claims=", ".join(claims))
    if found.routes.get(route, harm.WITHIN) == harm.NOT_PERMITTED:
        yield say("protocol-not-permitted")
    for one in acceptances(case, protocol, found, then):
        if one.route_id == route and not one.is_valid:
            yield say("protocol-risk", group=one.group_id, state=one.state)


def missing_after(
    case: Case, protocol: Protocol, decision: Row, now: datetime
) -> Iterator[Missing]:
    """What is missing after a decision: the act, then each check."""
    if decision["kind"] == _WITHDRAWN:
        return
    acts = protocol.role(protocol.accountable("act"))
    acted = moment(decision["acted_at"])
    if acted is None or acted > now:
        yield Missing(AFTERCARE, case.say("protocol-not-done"), acts)
        return
    done = {
        text(row["check"])
        for row in case.rows("aftercare")
        if row["kind"] == "check"
        and (at := moment(row["done_at"])) is not None
        and acted <= at <= now
    }
    for row in protocol.sheets["aftercare"].to_dict("records"):
        if row["check"] in done:
            continue
        due = acted + timedelta(hours=float(row["hours_after"]))
        what = case.say(
            "protocol-check",
            check=str(row["check"]).replace("_", " "),
            is_past="yes" if due < now else "no",
            due=f"{due:%Y-%m-%d}",
        )
        yield Missing(CLOSED, what, protocol.role(str(row["role"])), str(row["check"]), due)
