"""An answer that is acknowledged is on the disk; one that is not is told why, and nothing is lost."""

from __future__ import annotations

import asyncio
import errno
import json
from datetime import timedelta

import pytest

from strategy_lib.inputs.entries.entry import EntryLog
from strategy_lib.judgements.receipts import closed_blocks
from strategy_lib.room import room as rooms
from tests.room.rooms import score

ONE, OTHER = "scores/P0/safety", "scores/P1/safety"


async def test_an_answer_is_in_the_log_when_it_is_acknowledged(place):
    async with place.opened() as room:
        phone = await room.pair("A01")
        assert (await room.start()).status == 200
        reply = await phone.answer(ONE, score(7))
        assert (reply.status, reply.body) == (200, {"saved": True})
        (entry,) = (e for e in place.history if e.table == "scores")
        assert (entry.who, entry.row["best"], entry.row["round"]) == ("A01", 7, 1)
        assert (await phone.state())["answers"][ONE] == {"value": score(7), "by": "phone"}


async def test_the_same_answer_sent_again_writes_nothing_also_after_a_restart(place):
    async with place.opened() as room:
        phone = await room.pair("A01")
        await room.start()
        same = {"id": "a" * 22}
        await asyncio.gather(*(phone.answer(ONE, score(7), **same) for _ in range(5)))
        token = phone.token
    async with place.opened() as again:
        phone.opened, phone.token = again, token
        reply = await phone.answer(ONE, score(7), **same)
        assert reply.body == {"saved": True, "again": True}
        assert len([e for e in place.history if e.table == "scores"]) == 1
        assert (await phone.state())["answers"][ONE]["value"] == score(7)


async def test_an_id_of_somebody_else_is_another_answer(place):
    async with place.opened() as room:
        first, second = await room.pair("A01", 1), await room.pair("A02", 2)
        await room.start()
        for phone, best in ((first, 3), (second, 8)):
            assert (await phone.answer(ONE, score(best), id="b" * 22)).body == {"saved": True}
        assert {e.who: e.row["best"] for e in place.history if e.kind == "set"} == {
            "A01": 3,
            "A02": 8,
        }


async def test_of_an_answer_in_several_rows_a_torn_rest_is_written_once_more(place):
    points = {"points": {"safety": 100, "cost": 40}}
    async with place.opened() as room:
        phone = await room.pair("A01")
        await room.start()
        await phone.answer("swing_weights", points, id="c" * 22)
    (path,) = place.cycle.inputs.glob("presence/workshop/*.jsonl")
    lines = path.read_bytes().split(b"\n")
    path.write_bytes(b"\n".join(lines[:-2]) + b"\n" + lines[-2][:20])
    async with place.opened() as again:
        phone.opened = again
        assert (await phone.answer("swing_weights", points, id="c" * 22)).body == {"saved": True}
        rows = [e.row for e in place.history if e.table == "swing_weights"]
        assert [(r["criterion_id"], r["points"]) for r in rows] == [
            ("cost", 40),
            ("safety", 100),
        ]


async def test_i_cannot_say_is_an_answer_and_counts_as_one(place):
    async with place.opened() as room:
        phone = await room.pair("A01")
        await room.start(questions=[ONE])
        assert (await phone.answer(ONE, None)).status == 200
        told = await phone.state()
        assert (told["answers"][ONE]["value"], told["finished"]) == (None, 1)
        taken = {"id": "w" * 22, "key": told["block"]["key"], "question": ONE, "round": 1}
        await room.phone("/api/withdraw", taken, phone.token)
        told = await phone.state()
        assert (told["answers"], told["finished"]) == ({}, 0)


@pytest.mark.parametrize(
    ("value", "status", "error"),
    [
        (score(11), 422, "cannot_use"),
        ({"low": 8, "best": 7, "high": 9}, 422, "cannot_use"),
        ({"low": 1, "best": None, "high": 2}, 400, "not_understood"),
        ({"low": 1, "best": "<b>7</b>", "high": 2}, 400, "not_understood"),
        ({"low": 1, "best": True, "high": 2}, 400, "not_understood"),
        ({"best": 7, "assessor_id": "A02"}, 400, "not_understood"),
        ([7], 400, "not_understood"),
    ],
)
async def test_a_value_that_cannot_be_is_told_and_not_written(place, value, status, error):
    async with place.opened() as room:
        phone = await room.pair("A01")
        await room.start()
        reply = await phone.answer(ONE, value)
        assert (reply.status, reply.error) == (status, error)
        assert not place.history


async def test_markup_stays_text(place):
    markup = "<img src=x onerror=alert(1)>"
    async with place.opened() as room:
        phone = await room.pair("A01")
        await room.start()
        await phone.answer(ONE, score(5), reason=markup)
        (entry,) = place.history
        assert entry.row["reason"] == markup
        reply = await room.phone("/", token=phone.token)
        assert markup.encode() not in reply.raw


async def test_what_comes_after_closing_is_kept_told_and_does_not_count(place, monkeypatch):
    async with place.opened() as room:
        phone = await room.pair("A01")
        await room.start()
        key = room.room.state.asking.list_key
        await phone.answer(ONE, score(7))
        await room.close(monkeypatch)
        reply = await phone.answer(ONE, score(2))
        assert (reply.status, reply.error) == (409, "late")
        assert reply["args"]["closed"].count(":") == 2
        told = await phone.state()
        assert told["late"] == [{"question": ONE, "value": score(2)}]
        assert told["answers"][ONE]["value"] == score(7)
    async with place.opened() as room:
        phone.opened = room
        assert (await phone.state())["late"] == [{"question": ONE, "value": score(2)}]
        await room.do("next_block")
        assert (await phone.answer(OTHER, score(2), key=key, round=1)).error == "late"
    entries = place.history
    assert [e.row["best"] for e in entries if e.kind == "set"] == [7, 2, 2]


async def test_a_page_of_yesterday_is_told_to_load_again(place):
    async with place.opened() as room:
        phone = await room.pair("A01")
        await room.start()
        for more in ({"key": "presence:0.1"}, {"round": 2}, {"question": "scores/P99/safety"}):
            reply = (
                await phone.answer(ONE, score(7), **more)
                if "question" not in more
                else (await phone.answer(more["question"], score(7)))
            )
            assert (reply.status, reply.error) == (409, "old_page")
        assert not place.history


async def test_a_full_disk_is_told_and_the_phone_sends_again(place, monkeypatch):
    async with place.opened() as room:
        phone = await room.pair("A01")
        await room.start()

        def full(*_):
            raise OSError(errno.ENOSPC, "no space")

        with monkeypatch.context() as broken:
            broken.setattr(EntryLog, "_append_bytes", full)
            reply = await phone.answer(ONE, score(7), id="d" * 22)
        assert (reply.status, reply.error) == (507, "not_saved")
        assert reply["args"] == {}
        assert not place.history
        told = await room.host_state()
        assert "the disk is full" in told["unsaved"]
        assert told["minutes"][0]["word"] == "h.n.notsaved"
        assert (await phone.answer(ONE, score(7), id="d" * 22)).body == {"saved": True}
        assert len(place.history) == 1
        assert (await room.host_state())["unsaved"] == ""


async def test_a_lid_that_was_closed_is_told_and_phones_send_what_they_kept(place, monkeypatch):
    monkeypatch.setattr(rooms, "_LOOKED", 0.01)
    async with place.opened() as room:
        phone = await room.pair("A01")
        await room.start(questions=[ONE])
        for moved, word in ((45, "h.n.slept"), (-600, "h.n.setback")):
            place.clock.now += timedelta(minutes=moved)
            while (told := await room.host_state())["minutes"][0]["word"] != word:
                await asyncio.sleep(0.01)
            assert (await phone.answer(ONE, score(7))).status == 200
        slept = next(one for one in told["minutes"] if one["word"] == "h.n.slept")
        assert slept["args"]["n"] == 45
        assert (await phone.state())["state"] == "open"


async def test_a_clock_that_is_set_back_changes_nothing_of_what_counts(place, monkeypatch):
    async with place.opened() as room:
        phone = await room.pair("A01")
        await room.start()
        await phone.answer(ONE, score(7))
        place.clock.now = place.clock.now.replace(hour=3)
        await phone.answer(ONE, score(4))
        await room.close(monkeypatch)
        place.clock.now = place.clock.now.replace(hour=2)
        assert (await phone.answer(ONE, score(1))).error == "late"
        (closed,) = closed_blocks(room.room.book.reader.read())
        assert closed.rows["A01"] == [["scores", "P0", "safety", 3, 4, 5]]


async def test_the_journal_and_its_folder_are_the_owners_alone(place):
    async with place.opened() as room:
        phone = await room.pair("A01")
        await room.start()
        await phone.answer(ONE, score(7))
        folder = place.cycle.root / ".cache" / "room"
        assert folder.stat().st_mode & 0o777 == 0o700
        (journal,) = folder.iterdir()
        assert journal.stat().st_mode & 0o777 == 0o600
        text = journal.read_text("utf-8")
        assert phone.token not in text and phone.card.signs not in text
        assert all(
            "best" not in line and "value" not in line
            for line in map(json.loads, text.splitlines())
        )
