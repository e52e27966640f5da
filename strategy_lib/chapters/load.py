"""The load and save cells of every chapter: what an edition may see in, its result out."""

from __future__ import annotations

import os
from pathlib import Path

from strategy_lib.chapters.registry import chapter_named
from strategy_lib.snapshot import Snapshot, ensure_snapshot, read_snapshot
from strategy_lib.workspace import CYCLE_VARIABLE, open_workspace

RESULTS_VARIABLE = "WORKBOOK_RESULTS"


def load(workspace: str = "", cycle: int = 0, edition: str = "core", as_of: str = "") -> Snapshot:
    """Tables and settings that one edition may see.

    Parameters
    ----------
    workspace : str
        Workspace folder; empty for the one that `workbook lab` was started with, else for a
        private copy of the bundled example.
    cycle : int
        Year; 0 for the one that the workspace is set to.
    edition : str
        Name of the edition.
    as_of : str
        ISO date from which ages are counted; empty for the workspace's, else today's.

    Raises
    ------
    InputError
        If the inputs hold errors; `workbook check` lists them.
    """
    space = open_workspace(workspace or None)
    year = cycle or int(os.environ.get(CYCLE_VARIABLE, "0"))
    found = space.cycle(year or None)
    return read_snapshot(ensure_snapshot(space.root, found.year, edition, as_of or None))


def results_folder(workspace: str, cycle: int, edition: str, chapter: str) -> Path:
    """Folder that a chapter's save cell writes to.

    During `workbook run` it is a staging folder, swapped in when the whole edition is done.
    """
    name = chapter_named(chapter).name
    staged = os.environ.get(RESULTS_VARIABLE)
    if staged:
        return Path(staged) / name
    return open_workspace(workspace or None).cycle(cycle or None).results(edition, name)
