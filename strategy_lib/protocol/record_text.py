"""What a decision record says: facts for a machine, and the same for people as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from strategy_lib.core.messages import Say
from strategy_lib.methods.harm import screening as harm
from strategy_lib.protocol.case import Case, Row, text
from strategy_lib.protocol.hearing import hearings, signatures
from strategy_lib.protocol.reading import Protocol
from strategy_lib.protocol.screening import acceptances
from strategy_lib.protocol.states import CaseState
from strategy_lib.schema.schema import code_list

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
    kind = _label(case, "case_decision_kind", decision["kind"])
    route, say = case.route_names.get(text(decision["route_id"]), ""), case.say
    decided = {"kind": kind, "at": text(decision["decided_at"]), "who": by}
    way = _label(case, "speaking_route", route)
    first = (
        say("record-decided-way", way=way, **decided) if way else say("record-decided", **decided)
    )
    parts = [
        f"# {plain(case.case_id)}: {plain(case.said('title'))}",
        plain(first),
        *_quoted(say("record-head-decision"), text(decision["decision"])),
        *_quoted(say("record-head-words"), case.said("words")),
        *_quoted(say("record-head-reasons"), text(decision["reasons"])),
        *_quoted(say("record-head-refused"), text(decision["refused"])),
        *_quoted(say("record-head-conditions"), text(decision["conditions"])),
        *_until(say, decision),
        *_listed(say("record-head-harm"), _harm(case, state)),
        *_listed(
            say("record-head-accepted"),
            (
                say(
                    "record-accepted",
                    group=one.group_id,
                    who=protocol.role(one.role),
                    state=one.state,
                    words=one.words,
                )
                for one in acceptances(case, protocol, state.screening, then)
                if one.route_id == text(decision["route_id"])
            ),
        ),
        *_listed(say("record-head-heard"), _heard(case, protocol, then)),
        *_dissents(case, protocol),
        *_listed(say("record-head-flags"), state.flags),
    ]
    return "\n\n".join(parts)


def _label(case: Case, codes: str, value: object) -> str:
    return code_list(codes).label(text(value), case.say.language)


def _until(say: Say, decision: Row) -> list[str]:
    ends, again = _day(decision["expires_date"]), _day(decision["review_date"])
    said = [say("record-ends", day=ends)] if ends else []
    return said + ([say("record-again", day=again)] if again else [])


def _harm(case: Case, state: CaseState) -> Iterable[str]:
    for row in state.screening.residual.to_dict("records"):
        people = int(row["n_answered"])
        yield case.say(
            "record-harm",
            group=text(row["group"]),
            kind=_label(case, "consequence_kind", row["kind"]),
            way=_label(case, "speaking_route", case.route_names.get(row["route"], row["route"])),
            harm=harm.CLASSES[int(row["class"])],
            over=round(row["over_line_pct"] * people / 100) if people else 0,
            people=people,
        )


def _heard(case: Case, protocol: Protocol, then: datetime) -> Iterable[str]:
    answers, say = code_list("consultation_answer").values, case.say
    for one in hearings(case, protocol, then):
        who = case.unit(one.unit_id) if one.unit_id else protocol.role(one.role)
        is_answer = one.answer in answers
        answer = _label(case, "consultation_answer", one.answer) if is_answer else one.clock.state
        if one.words:
            yield say("record-heard-words", who=who, answer=answer, words=one.words)
        else:
            yield say("record-heard", who=who, answer=answer)


def _dissents(case: Case, protocol: Protocol) -> list[str]:
    parts, say = [], case.say
    for row in case.rows("dissents"):
        unit, role = case.unit(row["unit_id"]), text(row["role"])
        who = ", ".join(p for p in (unit, protocol.role(role) if role else "") if p)
        head = say("record-head-dissent-by", who=who or say("record-unsigned"))
        parts += _quoted(head, text(row["words"]))
    return parts or [f"## {say('record-head-dissent')}", say("record-no-dissent")]


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
