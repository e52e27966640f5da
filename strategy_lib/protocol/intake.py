"""Whether a case is whole: words, purpose, evidence, ways of responding, who is exposed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from strategy_lib.protocol.case import Case, text
from strategy_lib.protocol.reading import Protocol

# Field of the case -> what is missing without it.
_FIELDS = {
    "words": "the exact words",
    "language": "the language of the words",
    "channel": "where the words would be said",
    "urgency": "how urgent it is",
    "submitted_at": "when the case was opened",
    "needed_at": "by when the words would be needed",
    "proposer_role": "the role that proposes it",
    "whose_decision": "whose decision is to change",
    "change_wanted": "what is to change",
    "why_public": "why in public, and what was tried before",
}
_MOMENTS = ("submitted_at", "needed_at")
NOT_CONSENTED = ("refused", "not_asked", "")


@dataclass(frozen=True)
class Missing:
    """One thing that keeps a case from its next state.

    Attributes
    ----------
    gate : str
        State that it keeps the case from.
    what : str
        What is missing, as a sentence without its full stop.
    whose : str
        Whose turn it is: a role or an office in words.
    check : str
        Code of the check after a decision that is missing; empty for anything else.
    due : datetime or None
        When that check is due.
    """

    gate: str
    what: str
    whose: str
    check: str = ""
    due: datetime | None = None


COMPLETE = "complete"


def missing_at_intake(case: Case, protocol: Protocol) -> Iterator[Missing]:
    """What a case lacks to be complete."""
    proposer = protocol.role(case.said("proposer_role")) if case.said("proposer_role") else ""
    turn = proposer or protocol.role(protocol.accountable("intake"))
    for field, what in _FIELDS.items():
        if not case.said(field):
            yield Missing(COMPLETE, case.say("protocol-not-written", what=what), turn)
        elif field in _MOMENTS and case.at(field) is None:
            yield Missing(COMPLETE, case.say("protocol-no-moment", what=what), turn)
    yield from _evidence(case, protocol, turn)
    yield from _routes(case, protocol, turn)
    if case["exposed_groups"].empty:
        yield Missing(COMPLETE, case.say("protocol-no-exposed"), turn)
    for row in case.rows("exposed_groups"):
        if not text(row["unit_id"]):
            what = case.say("protocol-no-office", group=text(row["group_id"]))
            yield Missing(COMPLETE, what, turn)


def _evidence(case: Case, protocol: Protocol, turn: str) -> Iterator[Missing]:
    if case["case_evidence"].empty:
        yield Missing(COMPLETE, case.say("protocol-no-evidence"), turn)
    for row in case.rows("case_evidence"):
        code, grade = text(row["evidence_id"]), text(row["grade"])
        if not grade:
            yield Missing(COMPLETE, case.say("protocol-no-grade", claim=code), turn)
        elif protocol.value("evidence_grades", grade, "needs_consent") and (
            text(row["source_consent"]) in NOT_CONSENTED
        ):
            consent = text(row["source_consent"])
            what = case.say("protocol-consent", claim=code, consent=consent)
            yield Missing(COMPLETE, what, turn)


def _routes(case: Case, protocol: Protocol, turn: str) -> Iterator[Missing]:
    ladder = protocol.sheets["routes"]
    listed = set(case.route_names.values())
    silent = set(ladder.loc[~ladder["is_act"], "route"])
    if not listed & silent:
        yield Missing(COMPLETE, case.say("protocol-no-holding-back"), turn)
    if not listed - silent - {""}:
        yield Missing(COMPLETE, case.say("protocol-only-silence"), turn)


def beyond_evidence(case: Case, protocol: Protocol) -> dict[str, list[str]]:
    """Code of a route -> claims whose grade does not reach as far, or that nobody graded."""
    ladder = protocol.sheets["routes"].set_index("route")["rung"]
    reach = {
        text(row["evidence_id"]): _rung(protocol, text(row["grade"]))
        for row in case.rows("case_evidence")
    }
    return {
        code: sorted(claim for claim, rung in reach.items() if rung < int(ladder.get(route, 0)))
        for code, route in case.route_names.items()
    }


def _rung(protocol: Protocol, grade: str) -> int:
    route = protocol.value("evidence_grades", grade, "most_public_route") if grade else None
    return -1 if route is None else int(protocol.value("routes", str(route), "rung"))
