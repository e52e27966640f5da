"""Alone first, then together: what opens, what closes, and what a kill midway leaves."""

from __future__ import annotations

import pytest

from strategy_lib.inputs.entries.entry import EntryLog, read_entries
from strategy_lib.judgements.receipts import closed_blocks, list_hash, receipt
from tests.room.rooms import score

ONE, OTHER = "scores/P0/safety", "scores/P1/safety"
WEIGHTS = {"points": {"safety": 100, "cost": 40}}


def panel(place, name="panel"):
    return EntryLog(place.cycle.inputs, name, place.clock)


def closings(place):
    return [(c.table, c.number) for c in read_entries(place.cycle.inputs).rounds.closings]


async def three(room, *bests):
    """Phones of three people who have answered."""
    phones = [await room.pair(f"A0{n}", n) for n in range(1, len(bests) + 1)]
    for phone, best in zip(phones, bests, strict=True):
        assert (await phone.answer(ONE, score(best))).status == 200
    return phones


async def test_closing_closes_every_table_of_the_block(place, monkeypatch):
    async with place.opened() as room:
        await room.start()
        await room.close(monkeypatch)
    assert closings(place) == [("scores", 1), ("swing_weights", 1)]


async def test_tables_in_different_rounds_are_asked_each_in_its_own(place, monkeypatch):
    """A board that says "round 1" for both would call a score late as soon as it is entered."""
    panel(place).append("scores", {"round": 1}, "facilitator", "close_round")
    async with place.opened() as room:
        phone = await room.pair("A01")
        await room.start()
        assert room.room.state.asking.rounds == {"scores": 2, "swing_weights": 1}
        assert (await phone.answer(ONE, score(6))).status == 200
        assert (await phone.answer("swing_weights", WEIGHTS)).status == 200
        await room.close(monkeypatch)
        told = await phone.state()
        assert told["late"] == []
        assert [row[0] for row in told["closed"]["rows"]] == [
            *("scores", "swing_weights", "swing_weights"),
        ]


async def test_opening_is_refused_where_a_panel_closed_both_rounds_or_a_part(place):
    log = panel(place)
    for n in (1, 2):
        log.append("scores", {"round": n}, "facilitator", "close_round")
    async with place.opened() as room:
        reply = await room.start()
        assert (reply.status, reply.error) == (409, "refused")
        assert reply["args"]["detail"] == {"word": "no.both", "args": {"title": "Scores"}}
        assert (await room.host_state())["state"] == "draft"


@pytest.mark.parametrize("tables", [("scores",), ("scores", "swing_weights")])
async def test_a_round_that_a_panel_closes_meanwhile_is_closed_in_the_room_too(place, tables):
    async with place.opened() as room:
        await room.start()
        phones = await three(room, 3, 5, 9)
        await phones[0].answer("swing_weights", WEIGHTS)
        log = panel(place)
        for table in tables:
            log.append(table, {"round": 1}, "facilitator", "close_round")
        # The room has not seen it yet: the answer is kept, and the phone is told that it was late.
        assert (await phones[1].answer(ONE, score(7))).status == 200
        await room.room.look()
        assert room.room._is_moved(room.room.state.asking)
        await room.room.close()
        late = [[one["value"] for one in (await p.state())["late"]] for p in phones]
        assert [[one["best"] for one in mine] for mine in late] == [[], [7], []]
        assert (await room.host_state())["state"] == "closed"
        told = [(await phone.state())["closed"] for phone in phones]
        assert [len(one["rows"]) for one in told] == [3, 1, 1]
        made = {one["receipt"] for one in told}
        assert set((await room.screen_state())["receipts"]["list"]) == made
    assert set(closings(place)) == {("scores", 1), ("swing_weights", 1)}
    # The minutes list the same ones.
    (closed,) = closed_blocks(read_entries(place.cycle.inputs))
    assert set(closed.receipts(2026).values()) == made
    async with place.opened() as again:
        assert (await again.host_state())["receipts"]["count"] == 3


async def test_what_people_entered_in_a_panel_stands_beside_their_phones(place):
    async with place.opened() as room:
        phone = await room.pair("A01")
        await room.start()
        row = {"assessor_id": "A01", "option_id": "P0", "criterion_id": "safety"}
        panel(place).append("scores", {**row, "round": 1, "best": 4}, "A01")
        await room.room.look()
        told = (await phone.state())["answers"][ONE]
        assert (told["by"], told["value"]["best"]) == ("panel", 4)
        await room.do("paper", code="A02", question=ONE, value=score(8))
        people = {one["code"]: one for one in (await room.host_state())["people"]}
        assert people["A02"]["paper"] and not people["A01"]["paper"]


async def test_closing_asks_once_more_where_somebody_is_silent(place):
    async with place.opened() as room:
        await room.pair("A01")
        await room.start(questions=[ONE, OTHER])
        reply = await room.do("close")
        assert (reply.status, reply.error) == (409, "missing")
        assert reply["args"] == {"people": ["A01"], "questions": 2, "tables": ["Scores"]}
        assert (await room.do("close", sure=True)).status == 200
        assert (await room.host_state())["state"] == "closing"
        assert (await room.do("keep_open")).status == 200
        assert (await room.host_state())["state"] == "open"


async def test_the_second_of_two_facilitators_is_told_what_the_first_did(place):
    async with place.opened() as room:
        stale = room.room.state.version
        assert (await room.start()).status == 200
        reply = await room.do("close", sure=True, version=stale)
        assert (reply.status, reply.error) == (409, "stale")
        did = {"round": 1, "tables": "Scores, Weights of criteria"}
        assert reply["args"]["did"] == {"word": "h.n.opened", "args": did}
        assert (await room.host_state())["state"] == "open"


async def test_a_second_round_is_of_the_chosen_questions_and_shows_the_first(place, monkeypatch):
    async with place.opened() as room:
        await room.start()
        phones = await three(room, 3, 5, 9)
        await room.close(monkeypatch)
        told = (await room.host_state())["contested"]
        assert next(c for c in told if c["question"] == ONE)["in"]
        assert (await room.do("second", questions=[ONE])).status == 200
        state = await phones[0].state()
        assert (state["round"], state["was"], state["answers"]) == (2, {ONE: score(3)}, {})
        assert state["room"][ONE]["middle"] == 5
        for phone, best in zip(phones, (5, 5, 9), strict=True):
            assert (await phone.answer(ONE, score(best))).status == 200
        await room.close(monkeypatch)
        spread = (await room.screen_state())["spread"]
        assert (spread["before"], spread["moved"]) == ([3, 5, 9], 1)
    assert closings(place) == [
        *(("scores", 1), ("swing_weights", 1), ("scores", 2)),
    ]


async def test_a_round_that_is_opened_again_is_hidden_again(place, monkeypatch):
    async with place.opened() as room:
        await room.start()
        phones = await three(room, 3, 5, 9)
        await room.close(monkeypatch)
        assert (await phones[0].answer(ONE, score(8))).error == "late"
        assert (await room.do("reopen")).status == 200
        state = await phones[0].state()
        assert (state["room"], state["invited"], state["closed"]) == ({}, [], None)
        assert state["answers"][ONE]["value"] == score(8)
        assert (await room.screen_state())["spread"] is None


async def test_a_kill_between_the_tables_is_completed_at_the_next_start(place):
    async with place.opened() as room:
        await room.start()
        await three(room, 3, 5, 9)
        real = room.room
        real.journal.write("closing", place.clock(), key=real.state.asking.key)
        await real.write(real.closings(real.state.asking)[:1])
    assert closings(place) == [("scores", 1)]
    async with place.opened() as again:
        assert (await again.host_state())["state"] == "closed"
        assert (await again.screen_state())["receipts"]["count"] == 3
    assert closings(place) == [("scores", 1), ("swing_weights", 1)]


async def test_a_kill_before_anything_was_closed_leaves_the_round_open(place):
    async with place.opened() as room:
        await room.start()
        (phone,) = await three(room, 3)
        room.room.journal.write("closing", place.clock(), key=room.room.state.asking.key)
    async with place.opened() as again:
        phone.opened = again
        assert (await phone.state())["state"] == "open"
        assert (await phone.answer(ONE, score(4))).status == 200
    assert closings(place) == []


async def test_after_a_restart_the_room_goes_on_where_it_was(place, monkeypatch):
    async with place.opened() as room:
        await room.start(questions=[ONE, OTHER])
        phones = await three(room, 3, 5, 9)
        await room.do("leave_out", questions=[OTHER])
    async with place.opened() as again:
        phones[0].opened = again
        told = await phones[0].state()
        assert (told["state"], told["finished"]) == ("open", 3)
        await again.close(monkeypatch)
        shown = (await again.host_state())["spread"]
    async with place.opened() as third:
        assert (await third.host_state())["spread"] == shown
        assert (await third.do("next_block")).status == 200
        await third.start()
        assert third.room.state.asking.key == "presence:2"


async def test_undo_takes_back_what_came_from_paper_by_another_entry(place):
    async with place.opened() as room:
        await room.start()
        await room.do("paper", code="A02", question=ONE, value=score(8))
        undo = (await room.host_state())["undo"]
        assert undo == {"word": "h.n.paper", "args": {"who": "A02"}}
        assert (await room.do("undo")).status == 200
        assert (await room.host_state())["undo"] is None
    kinds = [(e.kind, e.undoes) for e in place.history]
    assert kinds == [("set", 0), ("withdraw", 1)]


async def test_each_receipt_is_that_of_the_rows_that_count_and_the_list_has_one_hash(
    place, monkeypatch
):
    async with place.opened() as room:
        await room.start()
        phones = await three(room, 3, 5, 9)
        await phones[0].answer("swing_weights", WEIGHTS)
        await room.do("paper", code="A04", question=ONE, value=score(8))
        await room.close(monkeypatch)
        made = []
        for phone in phones:
            told = (await phone.state())["closed"]
            rounds = dict(told["rounds"])
            mine = receipt(2026, told["block"], rounds, told["rows"], phone.given["nonce"])
            assert told["receipt"] == mine
            made.append(mine)
        assert told["list"] == {"count": 3, "hash": list_hash(made)}
        shown = (await room.screen_state())["receipts"]
        assert shown == told["list"] | {"list": sorted(made)}
    (closed,) = closed_blocks(read_entries(place.cycle.inputs))
    assert sorted(closed.receipts(2026).values()) == sorted(made)
    assert closed.without_phone == 1


async def test_the_two_furthest_apart_are_told_and_nobody_is_named_who_would_rather_not(
    place, monkeypatch
):
    async with place.opened() as room:
        await room.start(questions=[ONE])
        low, middle, high = await three(room, 1, 5, 9)
        await room.close(monkeypatch)
        (mine,) = (await low.state())["invited"]
        assert (mine["mine"], mine["other"], mine["end"]) == (1, 9, "low")
        assert (await middle.state())["invited"] == []
        said = {"id": "e" * 22, "question": ONE, "choice": "no"}
        assert (await room.phone("/api/end", said, low.token)).body == {"saved": True}
        assert (await room.phone("/api/end", said, middle.token)).status == 400
        (apart,) = (await room.host_state())["apart"]
        assert apart["low"] == apart["high"] == {"choice": None, "code": None}
        said |= {"id": "f" * 22, "choice": "write", "text": "We saw it.", "release": True}
        assert (await room.phone("/api/end", said, high.token)).body == {"saved": True}
        told = await room.host_state()
        assert told["apart"][0]["high"] == {"choice": "write", "code": None}
        (reason,) = told["reasons"]
        assert (reason["text"], reason["end"]) == ("We saw it.", "high")
        assert (await room.screen_state())["reasons"] == []
        await room.do("on_wall", id=reason["id"], on=True)
        assert (await room.screen_state())["reasons"] == ["We saw it."]
    # What was released, and stands on the wall, does so after a restart too.
    async with place.opened() as room:
        assert (await room.host_state())["reasons"] == [reason | {"on_wall": True}]
        assert (await room.screen_state())["reasons"] == ["We saw it."]
        said = {"id": "g" * 22, "question": ONE, "choice": "aloud"}
        await room.phone("/api/end", said, low.token)
        assert (await room.host_state())["apart"][0]["low"]["code"] == "A01"
        await room.do("reason", question=ONE, end="low", text="Said aloud.")
        await room.do("reopen")
    async with place.opened() as room:
        await room.close(monkeypatch)
        low.opened = room
        (mine,) = (await low.state())["invited"]
        assert mine["choice"] is None and (await room.host_state())["reasons"] == []
    reasons = [
        (e.who, e.row["assessor_id"], e.row["reason"]) for e in place.history if e.kind == "reason"
    ]
    assert reasons == [("A03", "A03", "We saw it."), ("facilitator", "A01", "Said aloud.")]


async def test_below_three_answers_only_their_number_is_shown(place, monkeypatch):
    async with place.opened() as room:
        await room.start(questions=[ONE])
        phones = await three(room, 1, 9)
        await room.close(monkeypatch)
        spread = (await room.screen_state())["spread"]
        assert (spread["answered"], spread["values"], spread["lowest"]) == (2, None, None)
        assert (await phones[0].state())["invited"] == []
