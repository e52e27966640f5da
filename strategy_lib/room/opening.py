"""The room from the first line in the terminal to the last: cards, links, and an orderly end."""

from __future__ import annotations

import asyncio
import signal
import sys
import webbrowser
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import date

from strategy_lib.core.atomic import held
from strategy_lib.core.errors import WorkspaceError
from strategy_lib.core.workspace import Cycle
from strategy_lib.room.cards import write_cards
from strategy_lib.room.hosting import new_card
from strategy_lib.room.power import has_mains
from strategy_lib.room.room import FOLDER, Room
from strategy_lib.room.web.addresses import LOOPBACK, WARNING, checked_address, host_of
from strategy_lib.room.web.serving import HOST_PORT, PHONE_PORT, Served
from strategy_lib.workshop.facilitating import FOLDER as WORKSHOP

_ENDING = [getattr(signal, n) for n in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, n)]
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Wanted:
    """What the facilitator asked for.

    Attributes
    ----------
    network : str
        Private address on which phones are listened to; empty for this computer alone.
    cards : bool
        Whether to print a card for everybody who has no phone yet, instead of opening the room.
    port, host_port : int
        Of the phones, and of host and screen; 0 takes one that is free.
    browser : bool
        Whether to open the host's page.
    """

    network: str = ""
    cards: bool = False
    port: int = PHONE_PORT
    host_port: int = HOST_PORT
    browser: bool = True


def open_room(cycle: Cycle, wanted: Wanted, tell: Tell) -> None:
    """Open the room of a cycle, and wait until it ends; or print its cards.

    Cards are printed before people come, so the command for them ends when they are there.

    Parameters
    ----------
    tell : callable
        Gets each line for the terminal.

    Raises
    ------
    StrategyError
        If another room is open on the cycle, a port is taken, or the inputs cannot be used.
    """
    address = checked_address(wanted.network) if wanted.network else LOOPBACK
    with ExitStack() as stack:
        try:
            stack.enter_context(held(cycle.root / ".cache" / FOLDER / "lock"))
        except WorkspaceError:
            raise WorkspaceError("Another room is open on this cycle; end it first.") from None
        asyncio.run((_cards if wanted.cards else _opened)(cycle, wanted, address, tell))


async def _opened(cycle: Cycle, wanted: Wanted, address: str, tell: Tell) -> None:
    tell("Reading what offices sent ...")
    room = Room(cycle)
    try:
        await room.begin()
        served = Served(room, address)
        served.listen(wanted.port, wanted.host_port)
        loop = asyncio.get_running_loop()
        for number in _ENDING:
            with suppress(NotImplementedError):  # Windows ends by Ctrl-C alone
                loop.add_signal_handler(number, room.is_ended.set)
        _say_links(served, wanted, tell)
        with suppress(OSError, NotImplementedError, ValueError):
            if sys.stdin.isatty():
                loop.add_reader(sys.stdin, _again, served, tell)
        await room.is_ended.wait()
        tell("The room ends; everything that was acknowledged is on the disk.")
        await served.end()
    finally:
        await room.end()


async def _cards(cycle: Cycle, wanted: Wanted, address: str, tell: Tell) -> None:
    tell("Reading what offices sent ...")
    room = Room(cycle)
    try:
        await room.begin()
        _print_cards(room, wanted, address, tell)
    finally:
        await room.end()


def _print_cards(room: Room, wanted: Wanted, address: str, tell: Tell) -> None:
    pairing = room.pairing
    people = [who for who in room.counts.people if who not in pairing.paired]
    if not people:
        tell("Everybody has a phone already; there are no cards to print.")
        return
    before = sum(who in pairing.cards for who in people)
    cards = [new_card(room, who) for who in people]
    folder, place = room.cycle.root / WORKSHOP, host_of(address, wanted.port or PHONE_PORT)
    path, note = write_cards(cards, place, room.prepared.organisation, folder, date.today())
    tell(
        f"The cards are in {path} (how many: {len(cards)}). Print it, then delete it. {note}".strip()
    )
    if before:
        tell(f"Shred cards that were printed before: {before} of them do not work any more.")
    if address == LOOPBACK:
        tell(
            "They lead to this computer alone, for a rehearsal. For phones, print them with the "
            "address that it has in your hotspot: --network ADDRESS --cards."
        )
    tell("The room is not open. Open it with the same command, without --cards.")


def _say_links(served: Served, wanted: Wanted, tell: Tell) -> None:
    host = served.keys.link("host")
    tell(f"Host: {host}")
    tell(f"Screen: {served.keys.link('screen')}")
    tell(f"Phones: http://{served.phones}/")
    is_loopback = served.address == LOOPBACK
    for line in advice(is_loopback=is_loopback, is_plugged_in=has_mains()):
        tell(line)
    if wanted.browser:
        webbrowser.open(host)


def _again(served: Served, tell: Tell) -> None:
    sys.stdin.readline()
    tell(f"Host: {served.keys.link('host')}")
    tell(f"Screen: {served.keys.link('screen')}")


def advice(*, is_loopback: bool, is_plugged_in: bool = True) -> list[str]:
    """What to do, in the order in which it is done."""
    lines = [
        "Each link works once; press Enter for new ones. Put the screen's page on the wall, and "
        "the host's page on your own display.",
    ]
    if is_loopback:
        lines.append(
            "Only this computer reaches the room. For phones: start the laptop's hotspot, and give "
            "its address with --network."
        )
    else:
        lines.append(WARNING)
    if not is_plugged_in:
        lines.append("The laptop runs on its battery: plug it in, and keep it from sleeping.")
    return [*lines, "Ctrl-C ends the room; it goes on from there the next time."]
