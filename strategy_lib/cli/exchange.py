"""Commands that pass rows to peers, shown first, and cross-impacts to another program and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from strategy_lib.cli.arguments import Folder, Year, agree, cycle_of


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
    from strategy_lib.cycles.share import FOLDER, gather_pack, write_pack
    from strategy_lib.cycles.share_page import lines_of, write_share_page
    from strategy_lib.editions.snapshot import day_of

    year = cycle_of(folder, cycle)
    settings = year.workspace.settings
    pack = gather_pack(year, name, tuple(part or ()))
    for line in lines_of(pack):
        typer.echo(line)
    target = year.root / FOLDER
    typer.echo(f"As a page: {write_share_page(pack, settings.name, day_of(settings), target)}")
    if not pack.rows:
        typer.echo("Nothing leaves: no pack was written.")
        raise typer.Exit(1)
    if not yes:
        agree("Write this pack? What is sent cannot be called back", "No pack was written.")
    typer.echo(f"Wrote {write_pack(pack, target)}\nSHA-256 {pack.sha256}")


def export_scw(
    folder: Folder,
    file: Annotated[Path, typer.Argument(help="The new .scw file.")],
    cycle: Year = None,
    assessor: Annotated[str, typer.Option(help="Whose judgements; else the room's.")] = "",
) -> None:
    """Write the cross-impacts of chapter 04 as a ScenarioWizard project."""
    from strategy_lib.cycles.scenario_wizard_files import export_matrix

    typer.echo(f"Wrote {export_matrix(cycle_of(folder, cycle), file, assessor)}")


def import_scw(
    folder: Folder,
    file: Annotated[Path, typer.Argument(help="The .scw file; it stays as it is.")],
    assessor: Annotated[str, typer.Option(help="Code of the assessor who judged.")],
    cycle: Year = None,
    round_number: Annotated[int, typer.Option("--round", min=1, max=2, help="Round.")] = 1,
) -> None:
    """Put a ScenarioWizard project into the inputs, as the judgements of one assessor."""
    from strategy_lib.cycles.scenario_wizard_files import import_matrix

    year = cycle_of(folder, cycle)
    typer.echo(f"Wrote {import_matrix(year, file, assessor, round_number)}")
