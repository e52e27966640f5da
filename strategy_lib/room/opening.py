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
from pathlib import Path

from strategy_lib.core.atomic import held
from strategy_lib.core.errors import WorkspaceError
from strategy_lib.core.workspace import Cycle
from strategy_lib.room.cards import write_cards
from strategy_lib.room.hosting import new_card
from strategy_lib.room.room import FOLDER, Room
from strategy_lib.room.web.addresses import LOOPBACK, WARNING, checked_address
from strategy_lib.room.web.serving import HOST_PORT, PHONE_PORT, Served
from strategy_lib.workshop.facilitating import FOLDER as WORKSHOP

_ENDING = [getattr(signal, n) for n in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, n)]
_SUPPLIES = Path("/sys/class/power_supply")
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Wanted:
    """What the facilitator asked for.

    Attributes
    ----------
    network : str
        Private address on which phones are listened to; empty for this computer alone.
    cards : bool
        Whether to print a card for everybody who has no phone yet.
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
    """Open the room of a cycle, and wait until it ends.

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
        asyncio.run(_opened(cycle, wanted, address, tell))


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
        if wanted.cards:
            _print_cards(room, served.phones, tell)
        _say_links(served, wanted, tell)
        with suppress(OSError, NotImplementedError, ValueError):
            if sys.stdin.isatty():
                loop.add_reader(sys.stdin, _again, served, tell)
        await room.is_ended.wait()
        tell("The room ends; everything that was acknowledged is on the disk.")
        await served.end()
    finally:
        await room.end()


def _print_cards(room: Room, address: str, tell: Tell) -> None:
    paired = room.pairing.paired
    cards = [new_card(room, who) for who in room.counts.people if who not in paired]
    if not cards:
        tell("Everybody has a phone already; there are no cards to print.")
        return
    folder = room.cycle.root / WORKSHOP
    day = date.today()
    path, note = write_cards(cards, address, room.prepared.organisation, folder, day)
    tell(f"Print {path} ({len(cards)} cards), then delete it. {note}".strip())


def _say_links(served: Served, wanted: Wanted, tell: Tell) -> None:
    host = served.keys.link("host")
    tell(f"Host: {host}")
    tell(f"Screen: {served.keys.link('screen')}")
    tell(f"Phones: http://{served.phones}/")
    for line in advice(is_loopback=served.address == LOOPBACK):
        tell(line)
    if wanted.browser:
        webbrowser.open(host)


def _again(served: Served, tell: Tell) -> None:
    sys.stdin.readline()
    tell(f"Host: {served.keys.link('host')}")
    tell(f"Screen: {served.keys.link('screen')}")


def advice(*, is_loopback: bool, supplies: Path = _SUPPLIES) -> list[str]:
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
    if not has_mains(supplies):
        lines.append("The laptop runs on its battery: plug it in, and keep it from sleeping.")
    return [*lines, "Ctrl-C ends the room; it goes on from there the next time."]


def has_mains(supplies: Path) -> bool:
    """Whether the laptop is plugged in, as far as the system says; where it does not, it is."""
    try:
        kinds = {path: (path / "type").read_text().strip() for path in supplies.iterdir()}
        mains = [path for path, kind in kinds.items() if kind == "Mains"]
        return not mains or any((path / "online").read_text().strip() == "1" for path in mains)
    except OSError:
        return True
