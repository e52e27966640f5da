"""Every table that is judged alone can be asked: a question, an answer, its rows, the spread."""

from __future__ import annotations

import json

import pytest

from strategy_lib.core.workspace import open_workspace
from strategy_lib.inputs.entries.rounds import has_rounds
from strategy_lib.judgements.receipts import VALUES
from strategy_lib.room.analysis import process
from strategy_lib.room.questions.answers import rows_of, value_of
from strategy_lib.room.questions.asked import asked_first
from strategy_lib.room.questions.blocks import Block, Question
from strategy_lib.room.web import requests
from tests.room.rooms import Place, example_with_snapshot

VALUE = {
    "scale": lambda q, n: dict.fromkeys(("low", "best", "high"), q["min"] + n),
    "order": lambda q, n: {"points": {item["id"]: 10 * n for item in q["items"]}},
    "influence": lambda q, n: {
        "cells": {
            f"{a['id']}>{b['id']}": n - 1
            for a in q["source"]["states"]
            for b in q["target"]["states"]
        }
    },
    "lists": lambda q, n: {one["name"]: n for one in q["lists"]},
}


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    """The bundled example with a snapshot of the core edition."""
    return example_with_snapshot(tmp_path_factory.mktemp("example") / "ws")


@pytest.fixture
def place(example, tmp_path, monkeypatch):
    made = Place(example, tmp_path)
    monkeypatch.setattr(process, "ensure_snapshot", lambda *_: made.cycle.snapshot("core"))
    monkeypatch.setattr(process, "_HELD", {})
    monkeypatch.setattr(requests, "RATE", 1e6)
    return made


async def test_every_block_of_the_example_is_asked_answered_closed_and_shown(place, monkeypatch):
    asked = set()
    async with place.opened() as room:
        blocks = [block["id"] for block in (await room.host_state())["blocks"]]
        phones = [await room.pair(f"A0{n}", n) for n in (1, 2, 3)]
        for block in blocks:
            known = room.room.state.blocks[block]
            one_each = {q.table: q.id for q in reversed(known.questions)}
            begun = await room.start(block, questions=list(one_each.values()))
            assert begun.status == 200, (block, begun.body)
            for n, phone in enumerate(phones):
                for question in await phone.questions():
                    value = VALUE[question["kind"]](question, n)
                    reply = await phone.answer(question["id"], value)
                    assert reply.status == 200, (question, reply.body)
                    told = (await phone.state())["answers"][question["id"]]
                    assert _same(told["value"], value)
                    asked.add(question["table"])
            await room.close(monkeypatch)
            told = await room.host_state()
            assert told["state"] == "closed", told["minutes"]
            assert set(told["spread"]) == set(one_each.values()), told["minutes"][0]
            assert all(s["answered"] >= len(phones) for s in told["spread"].values())
            assert told["receipts"]["count"] == len(phones)
            await room.do("next_block")
    assert asked == set(VALUES)
    assert all(has_rounds(table) for table in VALUES)


def _same(told, value):
    return told == value or (told == {"any": False} and not any(value["cells"].values()))


def test_no_influence_at_all_is_a_nought_in_every_cell():
    keys = tuple({"source_state": "a", "target_state": t} for t in ("x", "y"))
    question = Question("cross_impacts/s/t", "influence", "cross_impacts", "", "", 45, keys)
    rows = rows_of(question, {"any": False})
    assert [row["impact"] for row in rows] == [0, 0]
    assert value_of(question, rows) == {"any": False}
    part = rows_of(question, {"cells": {"a>x": 2}})
    assert value_of(question, part) == {"cells": {"a>x": 2, "a>y": None}}


def test_what_is_on_most_lists_is_asked_first_and_what_is_on_none_is_left_out():
    keys = [{"option_id": "P1", "criterion_id": c} for c in ("a", "b", "c")]
    questions = tuple(
        Question(f"scores/P1/{k['criterion_id']}", "scale", "scores", "", "", 30, (k,))
        for k in keys
    )
    block = Block("presence", "Scores", "02", {"scores": ({},)}, questions)
    rows = [
        {"assessor_id": who, "position": p, "table": "scores", "key": json.dumps(keys[at])}
        for who, p, at in (("A01", "1", 0), ("A01", "2", 2), ("A02", "1", 2))
    ]
    broken = [{"table": "scores", "key": "{"}, {"table": "scores"}, {"table": "offices"}]
    (first,) = asked_first([block], [*rows, *broken])
    assert [q.id for q in first.questions] == ["scores/P1/c", "scores/P1/a"]
    assert asked_first([block], []) == [block]


def test_the_process_beside_the_room_is_started_again_when_it_was_killed(example):
    analyst = process.Analyst(open_workspace(example).cycle())
    try:
        prepared = analyst.ask(process.prepare)
        assert {"readiness", "presence", "influences"} <= {block.id for block in prepared.blocks}
        for child in analyst._pool._processes.values():
            child.kill()
        told = analyst.ask(process.spread, "presence", ["swing_weights"], {"swing_weights": 1})
        assert told["spread"]["swing_weights"]["answered"] == 9
    finally:
        analyst.end()
