"""Arguments that many commands take."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from strategy_lib.core.workspace import Cycle

Folder = Annotated[Path, typer.Argument(help="The workspace folder.", show_default=False)]
Year = Annotated[int | None, typer.Option("--cycle", help="The year; else workbook.toml's.")]
Editions = Annotated[
    list[str] | None, typer.Option("--edition", help="Edition to make, or 'all'; may be repeated.")
]
Jobs = Annotated[int | None, typer.Option(help="Chapters at a time.", min=1)]


def cycle_of(folder: Path, year: int | None) -> Cycle:
    """One cycle of a workspace."""
    from strategy_lib.core.workspace import open_workspace

    return open_workspace(folder).cycle(year)


def agree(question: str, otherwise: str) -> None:
    """Go on only if whoever asked for it agrees; else say what was not done, and end."""
    if not typer.confirm(question):
        typer.echo(otherwise)
        raise typer.Exit(1)
