"""Commands that pass the cross-impacts of chapter 04 to another program, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from strategy_lib.cli.arguments import Folder, Year


def export_scw(
    folder: Folder,
    file: Annotated[Path, typer.Argument(help="The new .scw file.")],
    cycle: Year = None,
    assessor: Annotated[str, typer.Option(help="Whose judgements; else the room's.")] = "",
) -> None:
    """Write the cross-impacts of chapter 04 as a ScenarioWizard project."""
    from strategy_lib.core.workspace import open_workspace
    from strategy_lib.cycles.scenario_wizard_files import export_matrix

    typer.echo(f"Wrote {export_matrix(open_workspace(folder).cycle(cycle), file, assessor)}")


def import_scw(
    folder: Folder,
    file: Annotated[Path, typer.Argument(help="The .scw file; it stays as it is.")],
    assessor: Annotated[str, typer.Option(help="Code of the assessor who judged.")],
    cycle: Year = None,
    round_number: Annotated[int, typer.Option("--round", min=1, max=2, help="Round.")] = 1,
) -> None:
    """Put a ScenarioWizard project into the inputs, as the judgements of one assessor."""
    from strategy_lib.core.workspace import open_workspace
    from strategy_lib.cycles.scenario_wizard_files import import_matrix

    year = open_workspace(folder).cycle(cycle)
    typer.echo(f"Wrote {import_matrix(year, file, assessor, round_number)}")
