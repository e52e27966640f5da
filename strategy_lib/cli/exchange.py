"""The command that passes rows to peers: it shows them first, and asks."""

from __future__ import annotations

from typing import Annotated

import typer

from strategy_lib.cli.arguments import Folder, Year


def share(
    folder: Folder,
    cycle: Year = None,
    name: Annotated[
        str, typer.Option("--as", help="Name under which it is sent; else the organisation's.")
    ] = "",
    part: Annotated[
        list[str] | None,
        typer.Option(help="signals, technologies, un_measures or promises; may be repeated."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Write what peers may have as one file: lists each row that leaves first, and asks."""
    from strategy_lib.core.workspace import open_workspace
    from strategy_lib.cycles.share import FOLDER, gather_pack, write_pack
    from strategy_lib.cycles.share_page import lines_of, write_share_page
    from strategy_lib.editions.snapshot import day_of

    year = open_workspace(folder).cycle(cycle)
    settings = year.workspace.settings
    pack = gather_pack(year, name, tuple(part or ()))
    for line in lines_of(pack):
        typer.echo(line)
    target = year.root / FOLDER
    typer.echo(f"As a page: {write_share_page(pack, settings.name, day_of(settings), target)}")
    if not pack.rows:
        typer.echo("Nothing leaves: no pack was written.")
        raise typer.Exit(1)
    if not yes and not typer.confirm("Write this pack? What is sent cannot be called back"):
        typer.echo("No pack was written.")
        raise typer.Exit(1)
    typer.echo(f"Wrote {write_pack(pack, target)}\nSHA-256 {pack.sha256}")
