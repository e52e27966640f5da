"""What the terminal says, and what is printed."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest

from strategy_lib.core.atomic import held
from strategy_lib.core.errors import InputError, MissingToolError, WorkspaceError
from strategy_lib.room import cards
from strategy_lib.room.cards import Card, write_cards
from strategy_lib.room.opening import Wanted, advice, has_mains, open_room
from strategy_lib.room.web.serving import Served, agenda_of

CARDS = [Card(f"A{n:02d}", f"R7WD3K{n:02d}") for n in range(1, 13)]


def supply(folder, kind, online):
    folder.mkdir(parents=True)
    (folder / "type").write_text(f"{kind}\n")
    (folder / "online").write_text(f"{online}\n")


def test_a_laptop_on_its_battery_is_told(tmp_path):
    assert has_mains(tmp_path / "none")
    supply(tmp_path / "ac", "Mains", 0)
    assert not has_mains(tmp_path)
    assert any("battery" in line for line in advice(is_loopback=True, supplies=tmp_path))
    supply(tmp_path / "usb", "Mains", 1)
    assert has_mains(tmp_path)
    assert not any("battery" in line for line in advice(is_loopback=True, supplies=tmp_path))


def test_a_network_is_opened_with_a_warning(tmp_path):
    told = " ".join(advice(is_loopback=False, supplies=tmp_path))
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


def test_a_port_that_is_taken_is_told(place):
    async def workshop():
        async with place.opened() as room:
            port = int(room.served.phones.rpartition(":")[2])
            with pytest.raises(WorkspaceError, match="Is another room open"):
                Served(room.room, pages=place.pages).listen(port, 0)

    asyncio.run(workshop())


@pytest.mark.browser
def test_cards_are_printed_for_their_owner_alone(tmp_path):
    path, note = write_cards(CARDS, "192.168.8.2:8765", "<b>Ours</b>", tmp_path, date(2026, 11, 1))
    assert (path.name, note) == ("room_cards.pdf", "")
    assert path.stat().st_mode & 0o777 == 0o600
    assert [p.name for p in tmp_path.iterdir()] == ["room_cards.pdf"]


def test_without_a_browser_the_cards_are_a_page(tmp_path, monkeypatch):
    def none(*_):
        raise MissingToolError("There is no browser.")

    monkeypatch.setattr(cards, "print_pages", none)
    path, note = write_cards(CARDS, "192.168.8.2:8765", "<b>Ours</b>", tmp_path, date(2026, 11, 1))
    text = path.read_text("utf-8")
    assert (path.name, note) == ("room_cards.html", "There is no browser.")
    assert text.count("data:image/svg+xml") == len(CARDS)
    assert "&lt;b&gt;Ours" in text and "R7WD-3K01" in text
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_agenda_is_that_of_the_pack():
    assert sum(step["minutes"] for step in agenda_of("02")) > 60
    assert agenda_of("99") == []
