"""The first and the last cell of every chapter: what an edition may see in, its result out."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

from strategy_lib.chapters.page import Page
from strategy_lib.chapters.registry import (
    CHAPTERS,
    Chapter,
    chapter_named,
    contract,
    declared,
    unmade,
)
from strategy_lib.chapters.result import ChapterInputs, ChapterResult, Output, Outputs
from strategy_lib.core.errors import InputError
from strategy_lib.core.messages import Say
from strategy_lib.core.workspace import CYCLE_VARIABLE, open_workspace
from strategy_lib.editions.contracts import in_words, refuse_undeclared
from strategy_lib.editions.people import refuse_traces
from strategy_lib.editions.results import SavedChapter, read_earlier, read_saved
from strategy_lib.editions.snapshot import Snapshot, before_snapshot, ensure_snapshot, read_snapshot
from strategy_lib.publishing.display import (
    show_figure,
    show_nobody,
    show_page,
    show_sentences,
    show_table,
)
from strategy_lib.publishing.results import write_results
from strategy_lib.schema.csv_store import SeenFrames
from strategy_lib.schema.schema import table_schema

RESULTS_VARIABLE = "WORKBOOK_RESULTS"


@dataclass(frozen=True)
class OpenChapter:
    """A chapter that has been computed, and the means to show and save it.

    Attributes
    ----------
    about : Chapter
        Which one it is.
    inputs : ChapterInputs
        What it was given.
    result : ChapterResult
        What it gave.
    workspace : str
        As given to `open_chapter`.
    """

    about: Chapter
    inputs: ChapterInputs
    result: ChapterResult
    workspace: str

    def show(self, *names: str, **changes: Any) -> None:
        """Show tables and figures by their names in the chapter's `outputs`.

        Parameters
        ----------
        changes : object
            What is to be shown in another way than usual, such as `max_rows=None`; see `Output`.

        Raises
        ------
        InputError
            If the chapter has no such output.
        """
        outputs: Outputs = self._part("outputs").OUTPUTS
        for name in names:
            if name not in outputs:
                near = get_close_matches(name, outputs, 1)
                hint = f" (did you mean {near[0]}?)" if near else ""
                raise InputError(f"{self.about.name} shows nothing called {name!r}{hint}.")
            self._show(name, replace(outputs[name], **changes))

    @cached_property
    def page(self) -> Page:
        """The main part of the chapter's page."""
        made: Page = self._part("page").page(
            self.result, self.inputs, Say(self.inputs.now.language)
        )
        return made

    @cached_property
    def _drawn(self) -> dict[str, str]:
        """What the page's pictures find, by the table that each draws first."""
        drawn = [picture for picture in self.page.pictures if picture.tables]
        return {picture.tables[0]: picture.title for picture in reversed(drawn)}

    def show_page(self) -> None:
        """Show the main part of the page: the finding, the main picture, the sections."""
        show_page(self.page)

    def show_notes(self) -> None:
        """Show what this edition shows, and what is missing."""
        show_sentences(self.result.notes)

    def save(self) -> Path | None:
        """Keep tables and sentences for the front page, the brief and next year.

        Returns
        -------
        Path or None
            As `save` of this module; None of a rehearsal, of which nothing is kept.
        """
        if not self.result.is_saved:
            return None
        return save(self.result, self.page, self.inputs.now, self.about.name, self.workspace)

    def _part(self, name: str) -> Any:
        return import_module(f"strategy_lib.chapters.{self.about.folder}.{name}")

    def _show(self, name: str, output: Output) -> None:
        title = self.result.findings.get(output.title, output.title)
        title = self._drawn.get(name, title) if output.draws else title
        note = self.result.said.get(output.note, output.note)
        listed = self._rows(output.lists or name, output)
        if isinstance(listed, tuple):
            show_sentences(listed)
            return
        if output.index:
            listed = listed.reset_index(names=output.index)
        listed = listed.drop(columns=list(output.without), errors="ignore")
        columns = contract(self.about).get(output.lists or name, {})
        listed = in_words(listed, columns, self.inputs.now.language)
        if output.draws:
            draw = getattr(self._part("figures"), output.draws)
            taken = {parameter: self.result[part] for parameter, part in output.takes.items()}
            drawn = draw(self._rows(name, output), title=title, **taken, **output.where)
            show_figure(drawn, listed, note, name=name)
            return
        show_table(
            listed,
            title,
            note,
            output.max_rows,
            is_optional=output.is_optional or bool(output.about and not self.result[output.about]),
            has_heads=output.has_heads,
            name=name,
        )

    def _rows(self, name: str, output: Output) -> Any:
        table = self.result[name]
        for column, part in output.rows.items():
            table = table[table[column] == self.result.given.get(part, part)]
        return table


def open_chapter(
    chapter: str,
    workspace: str = "",
    cycle: int = 0,
    edition: str = "core",
    as_of: str = "",
    **parameters: Any,
) -> OpenChapter:
    """Load what an edition may see, and have the chapter computed from it.

    Parameters
    ----------
    chapter : str
        Name of the chapter, with or without its number.
    workspace, cycle, edition, as_of : str, int, str, str
        As for `load`.
    parameters : object
        The chapter's own parameters, such as `draws`.
    """
    about, now = chapter_named(chapter), load(workspace, cycle, edition, as_of)
    root = open_workspace(workspace or None).root
    inputs = ChapterInputs(
        now=now,
        chapters=saved_chapters(now, workspace) if about.reads_results else {},
        before=before_snapshot(root, now) if about.reads_before else None,
        chapters_before=saved_before(now, workspace) if about.reads_before else {},
        protocol=root / "protocol",
        parameters=parameters,
    )
    analysis = import_module(f"strategy_lib.chapters.{about.folder}.analysis")
    return OpenChapter(about, inputs, analysis.analyse(inputs), workspace)


def load(workspace: str = "", cycle: int = 0, edition: str = "core", as_of: str = "") -> Snapshot:
    """Tables and settings that one edition may see.

    Parameters
    ----------
    workspace : str
        Workspace folder; empty for the one that `workbook lab` was started with, else for a
        private copy of the bundled example, which takes no entries: it is gone afterwards.
    cycle : int
        Year; 0 for the one that the workspace is set to.
    edition : str
        Name of the edition.
    as_of : str
        ISO date from which ages are counted; empty for the workspace's, else today's.

    Raises
    ------
    InputError
        If what nothing can be made without has errors; `workbook check` lists them.
    """
    space = open_workspace(workspace or None)
    found = space.cycle(cycle or int(os.environ.get(CYCLE_VARIABLE, "0")) or None)
    inputs = read_snapshot(ensure_snapshot(space.root, found.year, edition, as_of or None))
    show_nobody(inputs.restricted)
    return inputs


def saved_chapters(inputs: Snapshot, workspace: str = "") -> dict[str, SavedChapter]:
    """What the other chapters of the same edition saved, by the chapter's name.

    Parameters
    ----------
    inputs : Snapshot
        From `load`.
    workspace : str
        As given to `load`.
    """
    return _declared(read_saved(_results(inputs, workspace)))


def saved_before(inputs: Snapshot, workspace: str = "") -> dict[str, SavedChapter]:
    """What the chapters of the same edition saved in the cycle before; empty where nothing is.

    Parameters
    ----------
    inputs : Snapshot
        This cycle's, from `load`.
    workspace : str
        As given to `load`.

    Returns
    -------
    dict of str to SavedChapter
        What of it is broken stops nothing: see `read_earlier`.
    """
    before = open_workspace(workspace or None).cycle(inputs.cycle).before
    if before is None:
        return {}
    return _declared(read_earlier(before.results(inputs.restricted.edition.name)))


def _results(inputs: Snapshot, workspace: str) -> Path:
    """Where the chapters of an edition save; during a run, where it is made."""
    staged = os.environ.get(RESULTS_VARIABLE)
    if staged:
        return Path(staged)
    cycle = open_workspace(workspace or None).cycle(inputs.cycle)
    return cycle.results(inputs.restricted.edition.name)


def _declared(chapters: dict[str, SavedChapter]) -> dict[str, SavedChapter]:
    """The same, each with what it declares; folders of no chapter declare nothing."""
    known = {about.name: contract(about) for about in CHAPTERS}
    return {name: replace(saved, declared=known.get(name, {})) for name, saved in chapters.items()}


def save(
    result: ChapterResult, page: Page, inputs: Snapshot, chapter: str, workspace: str = ""
) -> Path:
    """Keep a chapter's tables and sentences for the landing page, the brief and next year.

    Parameters
    ----------
    page : Page
        The main part of its page; what it says at the top is kept for other chapters.
    chapter : str
        Number or name of the chapter.
    workspace : str
        As given to `load`.

    Returns
    -------
    Path
        The folder; during `workbook run` a staging folder that is swapped in with the edition.

    Raises
    ------
    InputError
        If a table would let somebody be traced in an edition that shows no single person, is not
        as the chapter declares it for others, or if something of a table that the chapter needs
        whole is set aside.
    """
    about = chapter_named(chapter)
    _refuse_part(about, inputs)
    edition = inputs.restricted.edition
    summary = {
        "title": about.title,
        "question": about.question,
        "edition": edition.name,
        "cycle": inputs.cycle,
        "as_of": inputs.as_of,
        "bottom_line": list(page.said),
        "is_begun": page.is_begun,
        "answered": page.answered or result.findings.get("answers", ""),
        "withheld": inputs.restricted.withheld_count,
    }
    refuse_undeclared(about.title, result.tables, contract(about))
    refuse_traces(result.tables, declared(about), inputs.restricted)
    frames = inputs.restricted.frames
    if isinstance(frames, SeenFrames):
        summary["tables_read"] = sorted(frames.seen)
    folder = _results(inputs, workspace) / about.name
    write_results(folder, about.name, result.tables, summary)
    return folder


def _refuse_part(about: Chapter, inputs: Snapshot) -> None:
    """Refuse to keep a result that was computed from a part of what the chapter needs whole."""
    for tables in unmade([about], dict.fromkeys(inputs.restricted.broken)).values():
        names = ", ".join(table_schema(name).title() for name in tables)
        raise InputError(
            f"{about.title} was not saved: its own tables must be mended first ({names}). "
            "List what to mend with: workbook check"
        )
