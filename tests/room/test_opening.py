"""What the terminal says, and what is printed."""

from __future__ import annotations

import asyncio
import re
import subprocess
from datetime import date
from pathlib import Path

import pytest

from strategy_lib.core.atomic import held
from strategy_lib.core.errors import InputError, MissingToolError, WorkspaceError
from strategy_lib.core.settings import LANGUAGES
from strategy_lib.publishing.pdf import press
from strategy_lib.room import opening, power
from strategy_lib.room.cards import Card, write_cards
from strategy_lib.room.opening import Wanted, advice, open_room
from strategy_lib.room.power import has_mains
from strategy_lib.room.room import Room
from strategy_lib.room.web.serving import Served, agenda_of
from tests.room.rooms import Here

CARDS = [Card(f"A{n:02d}", f"R7WD3K{n:02d}") for n in range(1, 13)]


def supply(folder, kind, online):
    folder.mkdir(parents=True)
    (folder / "type").write_text(f"{kind}\n")
    (folder / "online").write_text(f"{online}\n")


def test_a_laptop_on_its_battery_is_told(tmp_path):
    assert has_mains(tmp_path / "none", "linux")
    supply(tmp_path / "ac", "Mains", 0)
    assert not has_mains(tmp_path, "linux")
    supply(tmp_path / "usb", "Mains", 1)
    assert has_mains(tmp_path, "linux")
    assert any("battery" in line for line in advice(is_loopback=True, is_plugged_in=False))
    assert not any("battery" in line for line in advice(is_loopback=True))


@pytest.mark.parametrize(("source", "is_plugged_in"), [("AC", True), ("Battery", False)])
def test_a_mac_is_asked_in_its_own_way(monkeypatch, source, is_plugged_in):
    def told(*_, **more):
        return subprocess.CompletedProcess([], 0, f"Now drawing from '{source} Power'\n -100% \n")

    monkeypatch.setattr(power.subprocess, "run", told)
    assert has_mains(system="darwin") == is_plugged_in


def test_a_system_that_says_nothing_is_taken_to_be_plugged_in(monkeypatch):
    monkeypatch.setattr(power.ctypes, "windll", None, raising=False)
    assert has_mains(system="win32")


def test_cards_are_printed_and_the_command_ends(place, monkeypatch):
    monkeypatch.setattr(opening, "Room", lambda cycle: Room(cycle, place.clock, Here(cycle)))
    monkeypatch.setattr(press, "print_pages", none)
    for times in (1, 2):
        told: list[str] = []
        open_room(place.cycle, Wanted(network="192.168.8.2", cards=True), told.append)
        (said,) = [line for line in told if "The cards are in" in line]
        path = Path(said.removeprefix("The cards are in ").partition(" (how many: 5)")[0])
        page = path.read_text("utf-8")
        assert page.count("192.168.8.2:8765</b>") == 5 and path.stat().st_mode & 0o777 == 0o600
        assert told[-1].startswith("The room is not open.")
        assert any("5 of them do not work" in line for line in told) == (times == 2)
    signs = re.search(r'class="signs">([\w-]+)<', page)[1]

    async def workshop():
        async with place.opened() as room:
            paired = await room.phone("/api/pair", {"code": signs, "nonce": "a" * 32})
            assert paired["who"] == "A01"

    asyncio.run(workshop())


def test_a_network_is_opened_with_a_warning():
    told = " ".join(advice(is_loopback=False))
    assert "Anybody on this Wi-Fi could read what is sent" in told


def test_a_second_room_on_the_cycle_is_refused(place):
    with (
        held(place.cycle.root / ".cache" / "room" / "lock"),
        pytest.raises(WorkspaceError, match="Another room is open"),
    ):
        open_room(place.cycle, Wanted(browser=False), print)


def test_an_address_that_is_not_private_is_refused_before_anything_is_read(place):
    with pytest.raises(InputError, match="does not listen on"):
        open_room(place.cycle, Wanted(network="0.0.0.0"), print)


async def test_a_port_that_is_taken_is_told(place):
    async with place.opened() as room:
        port = int(room.served.phones.rpartition(":")[2])
        with pytest.raises(WorkspaceError, match="Is another room open"):
            Served(room.room, pages=place.pages).listen(port, 0)


@pytest.mark.browser
def test_cards_are_printed_for_their_owner_alone(tmp_path):
    path, note = write_cards(CARDS, "192.168.8.2:8765", "<b>Ours</b>", tmp_path, date(2026, 11, 1))
    assert (path.name, note) == ("room_cards.pdf", "")
    assert path.stat().st_mode & 0o777 == 0o600
    assert [p.name for p in tmp_path.iterdir()] == ["room_cards.pdf"]


def none(*_):
    raise MissingToolError("There is no browser.")


def test_without_a_browser_the_cards_are_a_page(tmp_path, monkeypatch):
    monkeypatch.setattr(press, "print_pages", none)
    path, note = write_cards(CARDS, "192.168.8.2:8765", "<b>Ours</b>", tmp_path, date(2026, 11, 1))
    text = path.read_text("utf-8")
    assert (path.name, note) == ("room_cards.html", "There is no browser.")
    assert text.count("data:image/svg+xml") == len(CARDS)
    assert "&lt;b&gt;Ours" in text and "R7WD-3K01" in text
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_agenda_is_that_of_the_pack():
    assert sum(step["minutes"] for step in agenda_of("02")) > 60
    assert all(set(step["titles"]) == set(LANGUAGES) for step in agenda_of("02"))
    assert agenda_of("99") == []
