"""What the host's page and the screen are told; neither ever gets a value of an open round."""

from __future__ import annotations

import time
from typing import Any

from strategy_lib.room.cards import qr_picture
from strategy_lib.room.hosting import undoable
from strategy_lib.room.questions.blocks import Block
from strategy_lib.room.refusals import saying
from strategy_lib.room.room import Room
from strategy_lib.room.state import Asking

_MINUTES_TOLD = 50


def host_of_room(room: Room, address: str, *, is_loopback: bool) -> dict[str, Any]:
    """The whole state for the facilitator: who has answered, by code; never what."""
    state, asking = room.state, room.state.asking
    is_shown, n_paired = state.phase == "closed", len(room.pairing.paired)
    told: dict[str, Any] = {
        "tick": room.host.version,
        "version": state.version,
        "now": room.clock().isoformat(timespec="seconds"),
        "state": state.phase,
        "closes_in": state.seconds_left,
        "network": address,
        "is_loopback": is_loopback,
        "blocks": [_block(room, block) for block in state.blocks.values()],
        "block": None,
        "pointer": state.pointer,
        "questions": [],
        "people": _people(room, asking),
        "pace": None,
        "cards": {"given": len(room.pairing.cards) + n_paired, "in": n_paired},
        "pairing": "stopped" if room.pairing.is_stopped else "on",
        "saved_ms": round(room.writer.milliseconds, 1),
        "screen": {"view": state.view, "question": state.shown},
        "missing": {},
        "spread": dict(room.shown.spread) if is_shown else {},
        "apart": [],
        "contested": [],
        "late": len(room.late),
        "receipts": room.shown.list if is_shown else None,
        "reasons": [],
        "minutes": room.minutes[:_MINUTES_TOLD],
        "undo": _undo(room),
        "unsaved": room.unsaved,
        "on_battery": room.on_battery,
        "private": {"sealed": False, "open_wifi": not is_loopback},
    }
    if asking is not None:
        told |= _asked(room, asking)
    if asking is not None and is_shown:
        told["apart"] = _apart(room, asking)
        told["contested"] = [
            {"question": name, "why": one["contested"], "in": bool(one["contested"])}
            for name, one in room.shown.spread.items()
        ]
        told["reasons"] = room.ends.reasons(asking.key)
    return told


def _block(room: Room, block: Block) -> dict[str, Any]:
    asking = room.state.asking
    is_now = asking is not None and asking.block.id == block.id
    mine = [one for one in room.state.past.values() if one.block.id == block.id]
    was_closed = bool(mine) and mine[-1].closed is not None
    phase = room.state.phase if is_now else "closed" if was_closed else "draft"
    return {
        "id": block.id,
        "title": block.title,
        "chapter": block.chapter,
        "tables": list(block.tables),
        "questions": len(block.questions),
        "ids": [question.id for question in block.questions],
        "seconds": sum(question.seconds for question in block.questions),
        "state": phase,
        "rounds": dict(mine[-1].rounds) if mine else {},
    }


def _undo(room: Room) -> dict[str, Any] | None:
    last = undoable(room)
    if last is None:
        return None
    if last.row.get("reason"):
        return saying("h.n.reason")
    return saying("h.n.paper", who=str(last.row.get("assessor_id")))


def _people(room: Room, asking: Asking | None) -> list[dict[str, Any]]:
    paired, now = room.pairing.paired, time.monotonic()
    question = asking.questions[room.state.pointer] if asking and asking.key else None
    people = []
    for who in room.counts.people:
        seen = room.seen.get(who)
        answered = room.counts.answered(who)
        has_now = question is not None and room.book.has_answered(
            who, question, asking.rounds[question.table] if asking else 1
        )
        people.append(
            {
                "code": who,
                "paired": who in paired,
                "seen": None if seen is None else round(now - seen),
                "answered": answered,
                "finished": bool(asking and asking.key) and room.counts.has_finished(who),
                "now": has_now,
                "paper": bool(answered) and who not in paired,
                "locked": who in room.pairing.locked,
                "card": who in room.pairing.cards,
            }
        )
    return people


def _asked(room: Room, asking: Asking) -> dict[str, Any]:
    counts, missing = {}, {}
    present = room.counts.present() if asking.key else []
    for question in asking.questions:
        number = asking.rounds[question.table]
        silent = [who for who in present if not room.book.has_answered(who, question, number)]
        counts[question.id] = len(present) - len(silent)
        if silent and room.state.phase in ("open", "closing"):
            missing[question.id] = silent
    opened = f"{asking.opened:%H:%M:%S}" if asking.opened else None
    return {
        "block": asking.told
        | {"round": asking.number, "rounds": dict(asking.rounds), "opened": opened},
        "questions": [
            {
                "id": question.id,
                "label": question.label,
                "short": question.more.get("short") or question.about,
                "answered": counts.get(question.id, 0),
                "table": question.table,
                "in": question.id in asking.asked,
            }
            for question in asking.block.questions
            if question.table in asking.rounds
        ],
        "missing": missing,
        "pace": _pace(room, asking, counts, len(present)),
    }


def _pace(
    room: Room, asking: Asking, counts: dict[str, int], present: int
) -> dict[str, Any] | None:
    """How long the rest takes at the pace so far, and how much time is left."""
    if asking.opened is None or room.state.phase != "open":
        return None
    passed = (room.clock() - asking.opened).total_seconds()
    done = sum(counts.values()) / present if present else 0.0
    usual = sum(q.seconds for q in asking.questions) / len(asking.questions)
    each = passed / done if done >= 1 else usual
    left = len(asking.asked) - int(done)
    has = None if asking.minutes is None else round(60 * asking.minutes - passed)
    fits = left if has is None else max(0, int(has / each)) if each else left
    return {
        "seconds": round(each),
        "left": left,
        "needs": round(left * each),
        "has": has,
        # They stand in the order in which they matter.
        "leave_out": asking.asked[len(asking.asked) - left + fits :] if fits < left else [],
    }


def _apart(room: Room, asking: Asking) -> list[dict[str, Any]]:
    labels = {question.id: question.label for question in asking.block.questions}
    names: dict[str, str] = {}
    for question in asking.block.questions:
        for item in question.more.get("items", ()):
            names[item["id"]] = item["name"]
        states = [
            {s["id"]: s["name"] for s in question.more.get(side, {}).get("states", ())}
            for side in ("source", "target")
        ]
        names |= {
            f"{a}>{b}": f"{one} → {other}"
            for a, one in states[0].items()
            for b, other in states[1].items()
        }
    told = room.ends.for_host(asking.key)
    for one in told:
        part = names.get(one["part"] or "", "")
        one["label"] = " · ".join(filter(None, (labels.get(one["question"], ""), part)))
    return told


def screen_of_room(room: Room, address: str) -> dict[str, Any]:
    """What the wall shows: never a code, and nothing of an open round but how many answered."""
    state, asking = room.state, room.state.asking
    is_shown = state.phase == "closed"
    told: dict[str, Any] = {
        "version": room.host.version,
        "view": state.view,
        "state": state.phase,
        "closes_in": state.seconds_left,
        "organisation": room.prepared.organisation,
        "join": {"address": address, "qr": qr_picture(f"http://{address}/")},
        "people": max(
            len(room.counts.present()), len(room.pairing.cards) + len(room.pairing.paired)
        ),
        "in": len(room.counts.present()),
        "block": None,
        "round": 1,
        "number": 0,
        "of": 0,
        "question": None,
        "answered": 0,
        "spread": None,
        "reasons": [],
        "futures": room.shown.futures if is_shown else None,
        "receipts": None,
    }
    if asking is None or not asking.key or not asking.questions:
        return told
    question = asking.questions[min(state.pointer, len(asking.questions) - 1)]
    number = asking.rounds[question.table]
    told |= {
        "block": {"id": asking.block.id, "title": asking.block.title},
        "round": asking.number,
        "number": asking.asked.index(question.id) + 1,
        "of": len(asking.asked),
        "question": question.page(),
        "answered": sum(
            room.book.has_answered(who, question, number) for who in room.counts.present()
        ),
    }
    if is_shown:
        told["spread"] = room.shown.spread.get(question.id)
        told["reasons"] = [
            one["text"]
            for one in room.ends.reasons(asking.key)
            if one["on_wall"] and one["question"] == question.id
        ]
        listed = room.shown.list
        told["receipts"] = listed and listed | {"list": sorted(room.shown.receipts.values())}
    return told
