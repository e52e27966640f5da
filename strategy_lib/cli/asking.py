"""`workbook asking`: what is still worth asking before deciding."""

from __future__ import annotations

from typing import Annotated

import typer

from strategy_lib.cli.arguments import Folder, Year, cycle_of


def asking(
    folder: Folder,
    cycle: Year = None,
    people: Annotated[
        int, typer.Option(help="How many more people would answer each question.", min=1, max=500)
    ] = 3,
) -> None:
    """Say what asking more people would still be worth before deciding, or that nothing is."""
    from strategy_lib.cycles.asking.worth import worth_asking, worth_lines
    from strategy_lib.inputs.read import read_inputs

    year = cycle_of(folder, cycle)
    for line in worth_lines(worth_asking(year, read_inputs(year), people), people):
        typer.echo(line)
