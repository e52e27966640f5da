"""Running the chapters: the only papermill code.

`run` and what it imports at once are light: a run that finds nothing changed loads neither pandas
nor papermill nor plotly.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from strategy_lib.core.atomic import held
from strategy_lib.core.audiences import Edition
from strategy_lib.core.errors import InputError
from strategy_lib.core.workspace import Workspace
from strategy_lib.editions.to_mend import set_aside_line
from strategy_lib.publishing.pdf.browsers import find_program, has_pipes
from strategy_lib.running.notebooks import own_copy_warnings
from strategy_lib.running.planning import Plan, Request, make_plan, make_request, report_of
from strategy_lib.running.records import read_record
from strategy_lib.running.report import EditionReport, Event, Failure, RunReport
from strategy_lib.running.staging import recover

if TYPE_CHECKING:
    from strategy_lib.running.workers import Workers

__all__ = ["EditionReport", "Event", "Failure", "RunReport", "run"]

LOCK_FILE = ".workbook.lock"
_IN_A_BROWSER = frozenset(["pdf", "word"])


def run(
    workspace: Workspace,
    year: int | None = None,
    editions: Sequence[str] | None = None,
    chapters: Sequence[str] | None = None,
    jobs: int | None = None,
    fresh: bool = False,
    as_of: date | None = None,
    parameters: Mapping[str, Any] | None = None,
    progress: Callable[[Event], None] | None = None,
    formats: Sequence[str] | None = None,
    strict: bool = False,
) -> RunReport:
    """Make the editions of one cycle that are not up to date.

    An edition is up to date while everything that it depends on is as it was: inputs, settings,
    notebooks, library, facts, page templates, packages, parameters and day; and while its pages and
    results are as they were written. It is made beside the one that is there and takes its place as
    a whole, or not at all.

    Parameters
    ----------
    workspace : Workspace
        The organisation's folder.
    year : int, optional
        Cycle; without it the one in `workbook.toml`, else the newest.
    editions, chapters : sequence of str, optional
        What to make (`all` for every edition); without them the editions in `workbook.toml` and
        every chapter. An edition then holds the chapters asked for, and of the others those that
        are still up to date.
    jobs : int, optional
        Chapters at a time; without it as many as there are processors.
    fresh : bool
        Make everything asked for again, changed or not.
    as_of : date, optional
        Day from which ages are counted; without it the one in `workbook.toml`, else today.
    parameters : mapping, optional
        Further parameters of the chapters, such as `draws`; plain data only.
    progress : callable, optional
        Takes each `Event` as it happens.
    formats : sequence of str, optional
        Documents beside the pages (`pdf`, `word`, `tables`, `calendar`); without it those in
        `workbook.toml`.
    strict : bool
        Make nothing while anything in the inputs must be mended; else what cannot be used is set
        aside, and told.

    Returns
    -------
    RunReport
        What was made, what was up to date, what failed and why.

    Raises
    ------
    InputError
        If there is no such edition or chapter, or the inputs have errors without which nothing can
        be made (then with `problems`).
    WorkspaceError
        If there is no such cycle, or another run is at work in this workspace.
    ParameterError
        If no chapter knows a parameter, or its value is of the wrong type.
    ChapterError
        If a chapter's notebook is not one that can be run.
    """
    begun = time.monotonic()
    if jobs is not None and jobs < 1:
        raise InputError(f"jobs is {jobs}; at least 1 chapter must run at a time.")
    # Absolute: the processes of a run work in a folder of their own.
    workspace = Workspace(workspace.root.resolve())
    request = make_request(
        workspace,
        year,
        editions,
        chapters,
        as_of,
        parameters,
        fresh=fresh,
        formats=formats,
        strict=strict,
    )
    settings = workspace.settings
    refused = [edition for edition in request.editions if settings.refusal(edition)]
    wide = [settings.widened(edition) for edition in request.editions if edition not in refused]
    request = replace(request, editions=tuple(e for e in request.editions if e not in refused))
    workspace.make_private()
    with held(workspace.root / LOCK_FILE):
        recover(request.cycle)
        reports, warnings = _bring_up_to_date(request, jobs, progress or (lambda _: None))
    aside = set_aside_line(request.cycle)
    return RunReport(
        cycle=request.cycle.year,
        as_of=request.as_of,
        is_pinned=request.is_pinned,
        editions=(*reports, *(_refused(request, edition) for edition in refused)),
        warnings=(
            *filter(None, wide),
            *own_copy_warnings(workspace),
            *warnings,
            *filter(None, [aside]),
            *_left_open(workspace),
        ),
        seconds=time.monotonic() - begun,
    )


def _bring_up_to_date(
    request: Request, jobs: int | None, tell: Callable[[Event], None]
) -> tuple[list[EditionReport], list[str]]:
    made: dict[str, EditionReport] = {}
    warnings: list[str] = []
    with ExitStack() as ended:
        # They import what they need while it is found out what is to be done.
        workers = _begun(ended) if _is_surely_stale(request) else None
        browsers = _early_browsers(request, ended) if workers else {}
        plans = [make_plan(request, edition) for edition in request.editions]
        for plan in plans:
            _tell_plan(plan, tell)
        stale = [plan for plan in plans if not plan.is_fresh]
        if stale:
            # Imported here: from now on there is something to make, and time to load what makes it.
            from strategy_lib.running.making import make_editions

            workers = workers or _begun(ended)
            reports, warnings = make_editions(request, stale, jobs, tell, workers, browsers)
            made = {report.edition: report for report in reports}
    untouched = (report_of(request, p, "fresh" if p.chapters else "empty") for p in plans)
    return [made.get(report.edition, report) for report in untouched], warnings


def _is_surely_stale(request: Request) -> bool:
    """Whether something is to be made, as far as that can be told at once."""
    records = [read_record(request.cycle, edition.name) for edition in request.editions]
    return request.is_fresh or any(
        record is None or record.ingredients.get("inputs") != request.inputs for record in records
    )


def _begun(ended: ExitStack) -> Workers:
    from strategy_lib.running.workers import Workers

    workers = Workers()
    ended.callback(workers.close)
    return workers


def _early_browsers(request: Request, ended: ExitStack) -> dict[str, str]:
    """Edition -> where it will find a browser, which starts now."""
    from strategy_lib.publishing.pdf.early_browser import EarlyBrowser
    from strategy_lib.running.executor import cores

    program = find_program()
    if program is None or not has_pipes() or not _IN_A_BROWSER.intersection(request.formats):
        return {}
    found = {}
    # More at a time than there are processors would not be there any sooner.
    for edition in request.editions[: cores()]:
        # What goes wrong here is told by the one who needs a browser, and starts one.
        with suppress(OSError):
            browser = EarlyBrowser(program)
            ended.callback(browser.close)
            found[edition.name] = browser.address
    return found


def _tell_plan(plan: Plan, tell: Callable[[Event], None]) -> None:
    for chapter in plan.skipped:
        tell(Event("skipped", plan.edition.name, chapter.name))
    if plan.is_fresh and plan.chapters:
        tell(Event("fresh", plan.edition.name))


def _refused(request: Request, edition: Edition) -> EditionReport:
    refusal = request.cycle.workspace.settings.refusal(edition)
    why = Failure("settings", f"are to be agreed:\n  {refusal}", None)
    index = request.cycle.outputs(edition.name) / "index.html"
    return EditionReport(edition.name, "failed", index, failures=(why,))


def _left_open(workspace: Workspace) -> list[str]:
    """What others on this computer can still read, after all that was copied in is closed too."""
    left = workspace.make_private()
    more = f" and {len(left) - 1} more" if left[1:] else ""
    return [
        f"Others on this computer may read {path}{more}: it is somebody else's file; ask them to "
        "close it, or put a copy of your own in its place."
        for path in left[:1]
    ]
