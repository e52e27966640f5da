"""A card works once, on one phone; guessing is slow; and each is told what happened to it."""

from __future__ import annotations

import pytest

from strategy_lib.room import phones
from strategy_lib.room.hosting import new_card
from strategy_lib.room.pairing import MOST_WRONG, PAUSE, Pairing, hashed, new_signs, plain_signs
from strategy_lib.room.refusals import Refused
from tests.room.rooms import NONCE, score

ONE = "scores/P0/safety"
PHONE, OTHER = f"{NONCE}01", f"{NONCE}02"


def refused(pairing, signs, nonce=PHONE, address="a", now=0.0):
    with pytest.raises(Refused) as caught:
        pairing.redeem(signs, nonce, address, now)
    return caught.value.code, caught.value.args_of


@pytest.fixture
def pairing():
    made = Pairing()
    made.take_card("A01", hashed("R7WD3KH0"))
    return made


def test_signs_are_read_whatever_is_typed_between_them(pairing):
    for typed in ("R7WD-3KHO", " r7wd 3kh0", "r7wd3kho"):
        assert pairing.redeem(typed, PHONE, "a", 0.0) == ("A01", hashed("R7WD3KH0"))
    assert plain_signs(new_signs()) and len(new_signs()) == 8


def test_five_wrong_codes_lock_the_address_for_half_a_minute_and_no_other(pairing):
    told = [refused(pairing, f"WRONG{n}") for n in range(5)]
    assert told == [("wrong_code", {"left": n}) for n in (4, 3, 2, 1, 0)]
    assert refused(pairing, "R7WD3KH0", now=1.0) == ("locked", {"wait": PAUSE - 1})
    assert pairing.redeem("R7WD3KH0", PHONE, "b", 1.0)[0] == "A01"
    assert pairing.redeem("R7WD3KH0", PHONE, "a", PAUSE)[0] == "A01"


def test_a_hundred_wrong_codes_stop_pairing_until_it_is_allowed_again(pairing):
    for n in range(MOST_WRONG):
        refused(pairing, "WRONG", address=str(n))
    assert refused(pairing, "R7WD3KH0", address="new") == ("pairing_stopped", {})
    pairing.allow()
    assert pairing.redeem("R7WD3KH0", PHONE, "new", 0.0)[0] == "A01"


def test_a_card_is_redeemed_once_but_a_lost_reply_may_be_asked_for_again(pairing):
    pairing.take_phone(*pairing.redeem("R7WD3KH0", PHONE, "a", 0.0), hashed("t1"), PHONE)
    assert refused(pairing, "R7WD3KH0", OTHER)[0] == "used_code"
    assert pairing.redeem("R7WD3KH0", PHONE, "a", 0.0)[0] == "A01"
    pairing.lock("A01")
    assert refused(pairing, "R7WD3KH0", PHONE)[0] == "used_code"


async def test_one_code_on_two_phones_is_told_to_both(place):
    async with place.opened() as room:
        first = await room.pair("A01", 1)
        await room.start()
        await first.answer(ONE, score(7))
        second = await room.phone("/api/pair", first.given | {"nonce": OTHER})
        assert (second.status, second.error) == (403, "used_code")
        again = await room.do("pair_again", code="A01")
        reply = await first.answer(ONE, score(2))
        assert (reply.status, reply.error) == (401, "moved")
        given = {"code": again["card"]["signs"], "nonce": OTHER}
        token = (await room.phone("/api/pair", given))["token"]
        told = await room.phone("/api/state?version=-1", token=token)
        assert told["answers"][ONE]["value"] == score(7)


async def test_what_was_paired_is_paired_after_a_restart_and_cards_still_work(place):
    async with place.opened() as room:
        phone = await room.pair("A01")
        waiting = new_card(room.room, "A02")
        locked = await room.pair("A03")
        await room.do("lock", code="A03")
    async with place.opened() as again:
        phone.opened = again
        assert (await phone.state())["who"] == "A01"
        given = {"code": waiting.signs, "nonce": OTHER}
        assert (await again.phone("/api/pair", given))["who"] == "A02"
        cut = await again.phone("/api/state?version=-1", token=locked.token)
        assert cut.error == "moved"


async def test_a_phone_that_leaves_is_forgotten(place):
    async with place.opened() as room:
        phone = await room.pair("A01")
        await room.phone("/api/leave", {}, phone.token)
        reply = await room.phone("/api/state?version=-1", token=phone.token)
        assert reply.error == "no_token"
    async with place.opened() as again:
        reply = await again.phone("/api/state?version=-1", token=phone.token)
        assert reply.error == "no_token"


async def test_one_phone_too_many_is_told_that_the_room_is_full(place, monkeypatch):
    monkeypatch.setattr(phones, "MOST_PHONES", 2)
    async with place.opened() as room:
        await room.pair("A01", 1)
        await room.pair("A02", 2)
        card = new_card(room.room, "A03")
        reply = await room.phone("/api/pair", {"code": card.signs, "nonce": OTHER})
        assert (reply.status, reply.error) == (503, "full")


async def test_a_walk_in_is_an_assessor_with_a_card(place):
    async with place.opened() as room:
        card = (await room.do("walk_in", unit="ke"))["card"]
        assert card["code"] == "A06"
        assert card["url"].endswith(f"/#code={card['signs'].replace('-', '')}")
        (entry,) = place.history
        assert (entry.table, entry.who) == ("assessors", "facilitator")
        assert dict(entry.row) == {"assessor_id": "A06", "unit_id": "ke"}
    async with place.opened() as again:
        given = {"code": card["signs"], "nonce": PHONE}
        assert (await again.phone("/api/pair", given))["who"] == "A06"
