"""The command line: what a user types, handed to the library; no logic of its own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from strategy_lib import __version__
from strategy_lib.errors import InputError, StrategyError

app = typer.Typer(
    help="The Global China strategy workbook: from office spreadsheets to pages that leaders read.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
Folder = Annotated[Path, typer.Argument(help="The workspace folder.", show_default=False)]
Year = Annotated[int | None, typer.Option("--cycle", help="The year; else workbook.toml's.")]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"workbook {__version__}")
        raise typer.Exit


@app.callback()
def workbook(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Common to all commands."""


@app.command()
def example(
    folder: Annotated[Path, typer.Argument(help="Where to put it.")] = Path("example"),
    edition: Annotated[
        list[str] | None, typer.Option(help="Edition to make, or 'all'; may be repeated.")
    ] = None,
    jobs: Annotated[int | None, typer.Option(help="Chapters at a time.", min=1)] = None,
) -> None:
    """Copy the bundled example into a folder, run it, and say where its first page is."""
    from strategy_lib.workspace import copy_example

    _run(copy_example(folder), None, edition, None, jobs, fresh=False)


@app.command()
def new(
    folder: Annotated[Path, typer.Argument(help="Folder to make.", show_default=False)],
    name: Annotated[str, typer.Option(help="Name of the organisation.", show_default=False)],
    cycle: Annotated[int | None, typer.Option(help="The year; else this year.")] = None,
    language: Annotated[
        list[str] | None,
        typer.Option(help="Language of the forms: en, fr, es or zh; may be repeated."),
    ] = None,
) -> None:
    """Make a workspace of your own, with settings and blank forms."""
    from strategy_lib.starting import create_workspace
    from strategy_lib.terminal import say_created

    say_created(create_workspace(folder, name, cycle, tuple(language or ("en",))))


@app.command()
def forms(folder: Folder, cycle: Year = None) -> None:
    """Write a form for each office, and forms for each assessor, with their codes filled in."""
    from strategy_lib.starting import write_forms_to_send
    from strategy_lib.terminal import say_forms
    from strategy_lib.workspace import open_workspace

    say_forms(write_forms_to_send(open_workspace(folder).cycle(cycle)))


@app.command()
def check(
    folder: Folder,
    cycle: Year = None,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """List every problem in what the offices sent; exit 1 if any must be mended."""
    from strategy_lib.tables.read import read_inputs
    from strategy_lib.terminal import say_check
    from strategy_lib.workspace import open_workspace

    year = open_workspace(folder).cycle(cycle)
    tables = read_inputs(year)
    say_check(tables, year, as_json=as_json)
    raise typer.Exit(1 if tables.errors else 0)


@app.command()
def run(
    folder: Folder,
    cycle: Year = None,
    edition: Annotated[
        list[str] | None, typer.Option(help="Edition to make, or 'all'; may be repeated.")
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option(help="Chapter to make, such as 01; may be repeated.")
    ] = None,
    jobs: Annotated[int | None, typer.Option(help="Chapters at a time.", min=1)] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Make all again, changed or not.")] = False,
) -> None:
    """Make the pages: check the inputs, run the chapters, write each edition."""
    _run(folder, cycle, edition, only, jobs, fresh=fresh)


@app.command()
def lab(
    folder: Folder,
    cycle: Year = None,
    browser: Annotated[bool, typer.Option(help="Open a browser.")] = True,
    port: Annotated[int, typer.Option(help="Port on this machine.")] = 8888,
) -> None:
    """Open JupyterLab with the chapters and this workspace."""
    from strategy_lib.lab import open_lab
    from strategy_lib.workspace import open_workspace

    raise typer.Exit(open_lab(open_workspace(folder), cycle, browser=browser, port=port))


@app.command()
def customise(
    folder: Folder, chapter: Annotated[str, typer.Argument(help="Chapter, such as 01.")]
) -> None:
    """Copy one chapter into the workspace, to change it there; runs then use the copy."""
    from strategy_lib.starting import customise_chapter
    from strategy_lib.workspace import open_workspace

    typer.echo(f"Change {customise_chapter(open_workspace(folder), chapter)}; runs will use it.")


def _run(
    folder: Path,
    cycle: int | None,
    editions: list[str] | None,
    only: list[str] | None,
    jobs: int | None,
    *,
    fresh: bool,
) -> None:
    from strategy_lib.running import run as run_chapters
    from strategy_lib.terminal import Progress, say_run
    from strategy_lib.workspace import open_workspace

    workspace = open_workspace(folder)
    wanted = list(workspace.settings.editions) if editions and "all" in editions else editions
    report = run_chapters(
        workspace, cycle, wanted, only, jobs=jobs, fresh=fresh, progress=Progress()
    )
    say_run(report)
    raise typer.Exit(1 if report.failed else 0)


def main() -> None:
    """Run the command; an error that the workbook knows becomes its one sentence."""
    try:
        app()
    except StrategyError as error:
        if isinstance(error, InputError) and error.problems:
            from strategy_lib.terminal import say_problems

            say_problems(error.problems)
        typer.echo(f"workbook: {error}", err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        typer.echo("workbook: stopped; the last complete edition is untouched.", err=True)
        sys.exit(130)


if __name__ == "__main__":
    main()
