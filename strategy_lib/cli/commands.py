"""The command line: what a user types, handed to the library; no logic of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from strategy_lib import __version__
from strategy_lib.cli.arguments import Editions, Folder, Jobs, Year, agree, cycle_of
from strategy_lib.cli.asking import asking
from strategy_lib.cli.exchange import export_scw, import_scw, share
from strategy_lib.cli.room import room
from strategy_lib.cli.runs import one_run, several_runs

app = typer.Typer(
    help="The Global China strategy workbook: from office spreadsheets to pages that leaders read.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command()(asking)
app.command()(share)
app.command(name="export-scw")(export_scw)
app.command(name="import-scw")(import_scw)


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
    edition: Editions = None,
    jobs: Jobs = None,
) -> None:
    """Copy the bundled example into a folder, run both of its cycles, and say where to begin."""
    from strategy_lib.core.workspace import copy_example, open_workspace
    from strategy_lib.editions.snapshot import day_of, same_day

    workspace = open_workspace(copy_example(folder))
    now = workspace.cycle()
    for year in workspace.years:
        if year < now.year:
            # What the annual chapter compares with; its documents nobody would look at.
            typer.echo(f"The year before, {year}, pages only:")
            day = same_day(day_of(workspace.settings), year)
            one_run(folder, year=year, editions=edition, jobs=jobs, formats=(), as_of=day)
    typer.echo(f"{now.year}:")
    one_run(folder, year=now.year, editions=edition, jobs=jobs)


@app.command()
def new(
    folder: Annotated[Path, typer.Argument(help="Folder to make.", show_default=False)],
    name: Annotated[str, typer.Option(help="Name of the organisation.", show_default=False)],
    cycle: Annotated[int | None, typer.Option(help="The year; else this year.")] = None,
    language: Annotated[
        list[str] | None,
        typer.Option(help="Language of the forms, such as fr; may be repeated."),
    ] = None,
) -> None:
    """Make a workspace of your own, with settings and blank forms."""
    from strategy_lib.cli.output import say_created
    from strategy_lib.cycles.create import create_workspace

    say_created(create_workspace(folder, name, cycle, tuple(language or ("en",))))


@app.command()
def forms(
    folder: Folder,
    cycle: Year = None,
    minutes: Annotated[
        int | None, typer.Option(help="What each assessor is asked for at most.", min=1, max=600)
    ] = None,
    round_number: Annotated[
        int, typer.Option("--round", min=1, max=2, help="2: only what people are apart on.")
    ] = 1,
    only: Annotated[
        list[str] | None,
        typer.Option(help="Chapter that assessors are asked for, such as 02; may be repeated."),
    ] = None,
) -> None:
    """Write a form for each office and a list of questions for each assessor, and show the plan."""
    from strategy_lib.cli.output import say_form, say_forms
    from strategy_lib.cycles.forms_to_send import write_forms_to_send

    year = cycle_of(folder, cycle)
    sent = write_forms_to_send(
        year, say_form, minutes=minutes, round_number=round_number, chapters=only or ()
    )
    say_forms(sent)
    raise typer.Exit(1 if sent.problems else 0)


@app.command()
def check(
    folder: Folder,
    cycle: Year = None,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """List every problem in what the offices sent; exit 1 if any must be mended."""
    from strategy_lib.cli.output import say_check
    from strategy_lib.cycles.check import check_cycle

    year = cycle_of(folder, cycle)
    tables = check_cycle(year)
    say_check(tables, year, as_json=as_json)
    raise typer.Exit(1 if tables.errors else 0)


@app.command(name="map")
def propose_column_map(
    folder: Folder,
    file: Annotated[Path, typer.Argument(help="The spreadsheet.", show_default=False)],
    table: Annotated[str, typer.Option(help="Table that its rows become.")] = "activities",
) -> None:
    """Propose how a sheet that is not our form is read: lines to copy into workbook.toml."""
    from strategy_lib.core.workspace import open_workspace
    from strategy_lib.inputs.layout.propose_map import propose_map
    from strategy_lib.inputs.records import Converters

    settings = open_workspace(folder).settings
    converters = Converters(settings.language, settings.place_names)
    typer.echo(propose_map(file, table, converters), nl=False)


@app.command()
def run(
    folders: Annotated[
        list[Path], typer.Argument(help="The workspace folder, or several.", show_default=False)
    ],
    cycle: Year = None,
    edition: Editions = None,
    only: Annotated[
        list[str] | None, typer.Option(help="Chapter to make, such as 01; may be repeated.")
    ] = None,
    jobs: Jobs = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Make all again, changed or not.")] = False,
    pages_only: Annotated[
        bool, typer.Option("--pages-only", help="No PDF, Word, spreadsheet and calendar files.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Make nothing while anything is to mend.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
    scheduler: Annotated[
        str | None, typer.Option(help="Address of a Dask scheduler: an organisation a task.")
    ] = None,
) -> None:
    """Make the pages and documents from all that can be used; set the rest aside, and say so.

    Several organisations are run each in processes of their own; one that fails stops none.
    """
    options: dict[str, Any] = {"year": cycle, "editions": edition, "chapters": only, "jobs": jobs}
    options |= {"fresh": fresh, "formats": () if pages_only else None, "strict": strict}
    if len(folders) == 1 and not as_json and scheduler is None:
        one_run(folders[0], **options)
    else:
        several_runs(folders, options, scheduler, as_json=as_json)


@app.command()
def lab(
    folder: Folder,
    cycle: Year = None,
    browser: Annotated[bool, typer.Option(help="Open a browser.")] = True,
    port: Annotated[int, typer.Option(help="Port on this machine.")] = 8888,
) -> None:
    """Open JupyterLab with the chapters and this workspace."""
    from strategy_lib.core.workspace import open_workspace
    from strategy_lib.workshop.lab import open_lab

    raise typer.Exit(open_lab(open_workspace(folder), cycle, browser=browser, port=port))


@app.command(name="next")
def open_next_cycle(
    folder: Folder,
    cycle: Annotated[
        int | None, typer.Option(help="The year to begin from; else the newest.")
    ] = None,
) -> None:
    """Open next year's cycle from this one: what persists is carried, the rest is asked afresh."""
    from strategy_lib.core.workspace import open_workspace
    from strategy_lib.cycles.open_next import open_next

    for line in open_next(open_workspace(folder), cycle).lines:
        typer.echo(line)


@app.command()
def compare(
    folder: Folder,
    old: Annotated[int, typer.Argument(help="The earlier year.")],
    new: Annotated[int, typer.Argument(help="The later year.")],
    edition: Annotated[str, typer.Option(help="Edition to compare for.")] = "core",
) -> None:
    """Say what changed between any two cycles, and make the page that shows it."""
    from strategy_lib.cli.output import Progress
    from strategy_lib.core.workspace import open_workspace
    from strategy_lib.cycles.compare import compare as compare_cycles

    found = compare_cycles(open_workspace(folder), old, new, edition, progress=Progress())
    typer.echo("\n".join(found.lines))


@app.command()
def history(
    folder: Folder,
    counterpart: Annotated[
        str | None, typer.Option(help="Name of a counterpart, in any spelling.")
    ] = None,
    theme: Annotated[str | None, typer.Option(help="Theme, such as labour rights.")] = None,
    country: Annotated[str | None, typer.Option(help="Country, by name or code.")] = None,
) -> None:
    """List decisions of all years: why, who disagreed, what became of them; in a page too."""
    from strategy_lib.core.workspace import open_workspace
    from strategy_lib.editions.snapshot import day_of
    from strategy_lib.history import gather_history
    from strategy_lib.history.page import FOLDER, write_history_page
    from strategy_lib.history.words import lines_of

    workspace = open_workspace(folder)
    found = gather_history(workspace, counterpart, theme, country, as_of=day_of(workspace.settings))
    for line in lines_of(found):
        typer.echo(line)
    typer.echo(write_history_page(found, workspace.root / FOLDER))


@app.command()
def decide(
    folder: Folder,
    case: Annotated[str, typer.Argument(help="Code of the case.")],
    cycle: Year = None,
) -> None:
    """Write the record of the last decision on a case: once, sealed, chained to the one before."""
    from datetime import datetime

    from strategy_lib.history.case_records import record_decision
    from strategy_lib.protocol.chain import head_in_words

    year = cycle_of(folder, cycle)
    typer.echo(f"Wrote {record_decision(year, case, datetime.now().astimezone())}")
    typer.echo(head_in_words(year.workspace.decisions, year.workspace.settings.language))


@app.command()
def forget(
    folder: Folder,
    before: Annotated[int, typer.Option(help="Cycles before this year.", show_default=False)],
    inputs: Annotated[
        bool, typer.Option("--inputs", help="What offices sent, too: those years end there.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Remove caches, readings, executed notebooks and lab copies of earlier years; lists first."""
    from strategy_lib.core.workspace import open_workspace
    from strategy_lib.cycles.forget import REMAINS, forgettable, links
    from strategy_lib.cycles.forget import forget as forget_them

    workspace = open_workspace(folder)
    found = forgettable(workspace, before, inputs=inputs)
    for one in found:
        typer.echo(one.line(workspace.root))
    for link in links(workspace, before):
        typer.echo(f"{link} is a link: it stays, and so does what lies behind it.")
    if not found:
        typer.echo(f"There is nothing to remove of the years before {before}.")
        return
    if not yes:
        agree("Remove all of this? It cannot be undone", "Nothing was removed.")
    forget_them(workspace, found)
    typer.echo(f"Removed.\n{REMAINS}")


@app.command()
def facilitate(
    folder: Folder,
    chapter: Annotated[str, typer.Argument(help="Chapter, such as 02.")],
    cycle: Year = None,
    edition: Annotated[str, typer.Option(help="Edition that the room may see.")] = "core",
    start: Annotated[str, typer.Option(help="Hour at which the workshop begins.")] = "09:30",
) -> None:
    """Write the facilitator's pack of one chapter: agenda, prompts, cards and sheets to print."""
    from strategy_lib.workshop.facilitating import write_facilitator_pack

    year = cycle_of(folder, cycle)
    pack = write_facilitator_pack(year, chapter, edition, start)
    typer.echo(f"Print {pack.pdf or pack.page}\n{pack.note or f'As a page: {pack.page}'}")


@app.command()
def customise(
    folder: Folder,
    what: Annotated[str, typer.Argument(help="Chapter, such as 01; or: protocol, template.")],
) -> None:
    """Copy a chapter, the protocol or the Word template to change it there; runs use the copy."""
    from strategy_lib.core.workspace import open_workspace
    from strategy_lib.cycles.customise import customise as copy_in

    typer.echo(f"Change {copy_in(open_workspace(folder), what)}; runs will use it.")


@app.command()
def add(
    folder: Folder,
    chapter: Annotated[str, typer.Argument(help="Optional chapter, such as partners.")],
) -> None:
    """Use an optional chapter: switch it on, and write its forms."""
    from strategy_lib.chapters.registry import chapter_named
    from strategy_lib.core.workspace import open_workspace
    from strategy_lib.cycles.customise import add_chapter

    forms = add_chapter(open_workspace(folder), chapter)
    typer.echo(f"{chapter_named(chapter).title} is made from now on. Its forms:")
    for path in forms:
        typer.echo(f"  {path}")


app.command()(room)
