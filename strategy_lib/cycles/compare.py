"""Comparing any two cycles: chapter 09 made of them alone, beside the editions that are there."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from strategy_lib.chapters.registry import chapter_named
from strategy_lib.core.atomic import swap_in, sync_tree
from strategy_lib.core.errors import ChapterError, InputError
from strategy_lib.core.settings import SETTINGS_FILE
from strategy_lib.core.workspace import CYCLE_FILE, SUMMARY_FILE, Workspace
from strategy_lib.editions.snapshot import day_of, same_day
from strategy_lib.editions.to_mend import set_aside_words
from strategy_lib.running import Event, RunReport, run

CHAPTER = "annual_reassessment"
FOLDER = "comparisons"
PROTOCOL = "protocol"


@dataclass(frozen=True)
class Compared:
    """Two cycles compared for one audience.

    Attributes
    ----------
    bottom_line : tuple of str
        What has changed, in sentences.
    page : Path
        The page, in the later cycle's `comparisons/EARLIER/EDITION/`.
    tables : Path
        Folder of its tables as CSV, beside the page.
    left_out : tuple of str
        What of either cycle could not be used, in words.
    """

    old: int
    new: int
    edition: str
    bottom_line: tuple[str, ...]
    page: Path
    tables: Path
    left_out: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """What was found and where the page is, for the terminal."""
        head = f"{self.new} against {self.old}, as the edition {self.edition!r} may show them:"
        sentences = (f"  - {sentence}" for sentence in self.bottom_line)
        return (head, *sentences, *self.left_out, str(self.page))


def compare(
    workspace: Workspace,
    old: int,
    new: int,
    edition: str = "core",
    progress: Callable[[Event], None] | None = None,
) -> Compared:
    """Make chapter 09 of any two cycles; neither cycle's own pages and results are touched.

    The two are copied into a workspace of their own for the time of the run, where the one is the
    cycle before the other: what reads, restricts and draws is what always does.

    Parameters
    ----------
    old, new : int
        The earlier and the later cycle.
    edition : str
        Audience for which both are restricted.

    Raises
    ------
    InputError
        If the cycles are the same or in the wrong order, or their inputs have lines to mend.
    WorkspaceError
        If the workspace has no such cycle.
    ChapterError
        If the chapter could not be made, or may not be shown to this audience.
    """
    if old >= new:
        raise InputError(f"Name the earlier cycle first: found {old} and {new}.")
    cycles = [workspace.cycle(year) for year in (old, new)]
    workspace.edition(edition)
    chapter = chapter_named(CHAPTER)
    is_newest = new == workspace.years[-1]
    day = day_of(workspace.settings)
    target = cycles[1].root / FOLDER / str(old) / edition
    # In the workspace's own folder: what it holds is to stay where the organisation keeps it.
    work = Path(tempfile.mkdtemp(prefix=".comparing-", dir=workspace.root))
    try:
        apart = _apart(workspace, work / workspace.root.name, (old, new), edition)
        when = day if is_newest else same_day(day, new)
        report = _run(workspace, apart, new, edition, chapter.name, when, progress)
        made = report.editions[0]
        if made.state == "empty":
            raise ChapterError(
                f"The edition {edition!r} does not show {chapter.title.lower()}; it needs a "
                f"clearance of {chapter.floor!r}."
            )
        if made.failures:
            raise ChapterError(made.failures[0].cause)
        # The one warning that counts here: the earlier cycle could not be read.
        for text in report.warnings:
            if text.startswith(f"Nothing was compared with {old}"):
                raise InputError(text)
        left_out = _left_out(report, apart, new, workspace.root)
        results = apart.cycle(new).results(edition, chapter.name)
        summary = json.loads((results / SUMMARY_FILE).read_text(encoding="utf-8"))
        _keep(apart.cycle(new).outputs(edition), results, work / "kept", target)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return Compared(
        old=old,
        new=new,
        edition=edition,
        bottom_line=tuple(summary["bottom_line"]),
        page=target / f"{chapter.name}.html",
        tables=target / "tables",
        left_out=left_out,
    )


def _left_out(report: RunReport, apart: Workspace, new: int, root: Path) -> tuple[str, ...]:
    """What of the earlier cycle, and of the later one, could not be used."""
    earlier = (w for w in report.warnings if "could not be compared with:" in w)
    told = [text.replace(str(apart.root), str(root)) for text in earlier]
    words = set_aside_words(apart.cycle(new))
    return (*told, *([f"{words}; see: workbook check {root} --cycle {new}"] if words else []))


def _run(
    workspace: Workspace,
    apart: Workspace,
    year: int,
    edition: str,
    chapter: str,
    day: date,
    progress: Callable[[Event], None] | None,
) -> RunReport:
    try:
        return run(apart, year, [edition], [chapter], as_of=day, progress=progress, formats=())
    except InputError as error:
        # What is said of the copy is said of the workspace that it was copied from.
        text = str(error).replace(str(apart.root), str(workspace.root))
        raise InputError(text, error.problems) from None


def _apart(workspace: Workspace, root: Path, years: tuple[int, int], edition: str) -> Workspace:
    """A workspace of two cycles' inputs, results and settings; all copied, never linked."""
    root.mkdir()
    shutil.copy(workspace.root / SETTINGS_FILE, root / SETTINGS_FILE)
    if workspace.own_notebooks.is_dir():
        shutil.copytree(workspace.own_notebooks, root / workspace.own_notebooks.name)
    if (workspace.root / PROTOCOL).is_dir():
        shutil.copytree(workspace.root / PROTOCOL, root / PROTOCOL)
    for year in years:
        cycle = workspace.cycle(year)
        (root / str(year)).mkdir()
        if cycle.inputs.is_dir():
            shutil.copytree(cycle.inputs, root / str(year) / cycle.inputs.name, symlinks=True)
        # What a run left of an edition: chapters that still fit are then taken over as they are.
        for made in (cycle.results(edition), cycle.outputs(edition), cycle.records()):
            if made.is_dir():
                shutil.copytree(made, root / made.relative_to(workspace.root))
        note = cycle.root / CYCLE_FILE
        if note.is_file():
            shutil.copy(note, root / str(year) / CYCLE_FILE)
    return Workspace(root)


def _keep(pages: Path, results: Path, kept: Path, target: Path) -> None:
    shutil.copytree(pages, kept)
    shutil.copytree(results, kept / "tables")
    sync_tree(kept)
    target.parent.mkdir(parents=True, exist_ok=True)
    swap_in(kept, target)
