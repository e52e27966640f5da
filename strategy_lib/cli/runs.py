"""Running one organisation, or several, and telling how it went."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import Any

import typer


def one_run(folder: Path, **options: Any) -> None:
    """Run one organisation, with the options of `strategy_lib.running.run`; exit 1 for failures."""
    from strategy_lib.cli.output import Progress, say_run
    from strategy_lib.core.workspace import open_workspace
    from strategy_lib.running import run as run_chapters

    report = run_chapters(open_workspace(folder), progress=Progress(), **options)
    say_run(report)
    if options.get("formats") == ():
        typer.echo("Pages only: run without --pages-only for PDF, Word and the rest.", err=True)
    if report.failed:
        raise typer.Exit(1)


def several_runs(
    folders: list[Path], options: dict[str, Any], scheduler: str | None, *, as_json: bool
) -> None:
    """Run several, each in processes of its own; exit 1 where one failed."""
    from strategy_lib.cli.output import SeveralProgress, say_several
    from strategy_lib.running.several import cluster, run_several

    with cluster(scheduler) if scheduler else nullcontext() as executor:
        outcomes = run_several(folders, options, executor, SeveralProgress(len(set(folders))))
    say_several(outcomes, as_json=as_json)
    if any(outcome.state == "failed" for outcome in outcomes):
        raise typer.Exit(1)
