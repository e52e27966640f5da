"""`workbook room`: one laptop, many phones, one screen."""

from __future__ import annotations

from typing import Annotated

import typer

from strategy_lib.cli.arguments import Folder, Year, cycle_of


def room(
    folder: Folder,
    cycle: Year = None,
    network: Annotated[
        str, typer.Option(help="Private address of this computer in your own hotspot.")
    ] = "",
    cards: Annotated[
        bool, typer.Option("--cards", help="Print a card for everybody who has no phone, and end.")
    ] = False,
    port: Annotated[int, typer.Option(help="Port for phones.")] = 8765,
    host_port: Annotated[int, typer.Option(help="Port for host and screen.")] = 8766,
    browser: Annotated[bool, typer.Option(help="Open the host's page.")] = True,
) -> None:
    """Ask a room on its phones: each answers alone, then all see how far apart they are."""
    from strategy_lib.room.opening import Wanted, open_room

    wanted = Wanted(network, cards, port, host_port, browser)
    open_room(cycle_of(folder, cycle), wanted, lambda line: typer.echo(line))
