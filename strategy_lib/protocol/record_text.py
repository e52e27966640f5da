"""What a decision record says: facts for a machine, and the same for people as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from strategy_lib.methods.harm import screening as harm
from strategy_lib.protocol.case import Case, Row, text
from strategy_lib.protocol.hearing import hearings, signatures
from strategy_lib.protocol.layout import labels
from strategy_lib.protocol.reading import Protocol
from strategy_lib.protocol.screening import acceptances
from strategy_lib.protocol.states import CaseState

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_ACTIVE = re.compile(r"([\\`*_\[\]!|~])|^([-+#=])")


def record_facts(
    case: Case, protocol: Protocol, decision: Row, state: CaseState, then: datetime
) -> dict[str, Any]:
    """What stands between the two `---` of a record, as values that JSON can write."""
    cells = state.screening.residual
    chosen = text(decision["route_id"])
    return {
        "case_id": case.case_id,
        "case_decision_id": text(decision["case_decision_id"]),
        "title": case.said("title"),
        "counterpart": case.said("counterpart"),
        "country_code": case.said("country_code"),
        "theme": case.said("theme"),
        "kind": text(decision["kind"]),
        "route": case.route_names.get(text(decision["route_id"]), ""),
        "decision": text(decision["decision"]),
        "decided_at": text(decision["decided_at"]),
        "decided_by_role": text(decision["decided_by_role"]),
        "conditions": text(decision["conditions"]),
        "refused": text(decision["refused"]),
        "expires_date": _day(decision["expires_date"]),
        "review_date": _day(decision["review_date"]),
        "risk_state": [
            {
                "group": row["group"],
                "route": case.route_names.get(row["route"], row["route"]),
                "stage": row["stage"],
                "class": harm.CLASSES[int(row["class"])],
            }
            for row in cells.to_dict("records")
        ],
        "acceptances": [
            {"group": one.group_id, "role": one.role, "state": one.state}
            for one in acceptances(case, protocol, state.screening, then)
            if one.route_id == chosen
        ],
        "signed": [[one.step, one.role, one.answer] for one in signatures(case, protocol, then)],
        "silent": list(state.silent),
        "dissents": [text(row["words"]) for row in case.rows("dissents")],
        "does_not_hold_up": list(state.flags),
    }


def _day(value: Any) -> str:
    said = text(value)
    return said[:10]


def record_body(
    case: Case, protocol: Protocol, decision: Row, state: CaseState, then: datetime
) -> str:
    """The record for people: people's words as quotations, nothing in them taken for markup."""
    by = protocol.role(text(decision["decided_by_role"]))
    kind = labels("case_decision_kind").get(text(decision["kind"]), text(decision["kind"]))
    route = case.route_names.get(text(decision["route_id"]), "")
    way = f" ({plain(labels('speaking_route').get(route, route))})" if route else ""
    parts = [
        f"# {plain(case.case_id)}: {plain(case.said('title'))}",
        f"{plain(kind)}{way}, {plain(text(decision['decided_at']))}, by {plain(by)}.",
        *_quoted("Decision", text(decision["decision"])),
        *_quoted("Exact words", case.said("words")),
        *_quoted("Reasons", text(decision["reasons"])),
        *_quoted("Refused, and why", text(decision["refused"])),
        *_quoted("Conditions", text(decision["conditions"])),
        *_until(decision),
        *_listed("Harm to people, as it stood", _harm(case, state)),
        *_listed(
            "Risks accepted",
            (
                f"{one.group_id}, {protocol.role(one.role)}: {one.state}. {one.words}"
                for one in acceptances(case, protocol, state.screening, then)
                if one.route_id == text(decision["route_id"])
            ),
        ),
        *_listed("Heard", _heard(case, protocol, then)),
        *_dissents(case, protocol),
        *_listed("Does not hold up", state.flags),
    ]
    return "\n\n".join(parts)


def _until(decision: Row) -> list[str]:
    ends, again = _day(decision["expires_date"]), _day(decision["review_date"])
    said = [f"Ends on {ends} if it is not carried out."] if ends else []
    return said + ([f"Looked at again on {again}."] if again else [])


def _harm(case: Case, state: CaseState) -> Iterable[str]:
    ways, kinds = labels("speaking_route"), labels("consequence_kind")
    for row in state.screening.residual.to_dict("records"):
        route = case.route_names.get(row["route"], row["route"])
        share = (
            "not rated"
            if row["over_line_pct"] != row["over_line_pct"]
            else (f"{row['over_line_pct']:.0f}% of {row['n_answered']} assessors over the line")
        )
        kind = kinds.get(text(row["kind"]), text(row["kind"]))
        yield (
            f"{row['group']} ({kind}), {ways.get(route, route)}: "
            f"{harm.CLASSES[int(row['class'])]}; {share}"
        )


def _heard(case: Case, protocol: Protocol, then: datetime) -> Iterable[str]:
    answers = labels("consultation_answer")
    for one in hearings(case, protocol, then):
        who = case.unit(one.unit_id) if one.unit_id else protocol.role(one.role)
        said = answers.get(one.answer, one.clock.state)
        yield f"{who}: {said}" + (f'. "{one.words}"' if one.words else "")


def _dissents(case: Case, protocol: Protocol) -> list[str]:
    parts = []
    for row in case.rows("dissents"):
        unit, role = case.unit(row["unit_id"]), text(row["role"])
        who = ", ".join(p for p in (unit, protocol.role(role) if role else "") if p) or "not signed"
        parts += _quoted(f"Dissent ({who})", text(row["words"]))
    return parts or ["## Dissent", "None is recorded."]


def _quoted(head: str, words: str) -> list[str]:
    if not words:
        return []
    lines = "\n".join(f"> {plain(line)}" for line in words.splitlines())
    return [f"## {plain(head)}", lines]


def _listed(head: str, lines: Iterable[str]) -> list[str]:
    said = "\n".join(f"- {plain(line)}" for line in lines)
    return [f"## {plain(head)}", said] if said else []


def plain(words: str) -> str:
    r"""Text from people in Markdown: shown as typed, no markup, no picture, no link.

    Examples
    --------
    >>> print(plain("<b>![x](http://y)</b>"))
    &lt;b&gt;\!\[x\](http://y)&lt;/b&gt;
    """
    unseen = _UNSEEN.sub("", words)
    shown = unseen.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _ACTIVE.sub(lambda found: f"\\{found.group()}", shown)
