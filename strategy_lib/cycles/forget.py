"""Forgetting earlier cycles: what was only needed to make their pages, and what offices sent."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from strategy_lib.core.atomic import held
from strategy_lib.core.errors import InputError
from strategy_lib.core.workspace import Workspace
from strategy_lib.running import LOCK_FILE

_MADE = {
    ".cache": "tables and readings of what was sent, kept to be quick",
    ".making": "an edition that was not finished",
    "records": "what each run read, and its executed notebooks",
    "logs": "why chapters failed",
}
_SENT = {
    "inputs": "what offices and assessors sent, and what was entered in workshops",
    "forms": "forms, with what was filled in for offices and assessors",
    "set_aside": "what was set aside",
}
_LAB = (
    "working copies of all years, with what they showed; `workbook lab` makes them anew, but cells "
    "changed there are lost"
)
_MEGABYTE = 1_000_000
REMAINS = """\
What remains: results/ and outputs/ of every year, comparisons/, history/ and decisions/; what was
carried into later years; and what anybody was sent, printed or copied.
A disk may still hold what was removed: in a backup, in the bin or the earlier versions of a synced
folder, in the system's own snapshots, and on the disk itself until it is written over. Remove it
there too; only an encrypted disk whose key is gone holds nothing."""


@dataclass(frozen=True)
class Forgettable:
    """A folder that can go.

    Attributes
    ----------
    files, size : int
        How many files are in it, and how many bytes they take.
    """

    path: Path
    what: str
    files: int
    size: int

    def line(self, root: Path) -> str:
        """What goes, in words."""
        files = "1 file" if self.files == 1 else f"{self.files:,} files"
        megabytes = f"{self.size / _MEGABYTE:.1f} MB"
        return f"{self.path.relative_to(root).as_posix()}: {self.what} ({files}, {megabytes})"


def forgettable(workspace: Workspace, before: int, *, inputs: bool = False) -> list[Forgettable]:
    """What `forget` would remove of the cycles before a year; nothing is changed yet.

    Parameters
    ----------
    inputs : bool
        Whether what offices sent goes too; then those years cannot be made again.

    Raises
    ------
    InputError
        If the workspace has no cycle before that year.
    """
    years = [year for year in workspace.years if year < before]
    if not years:
        have = ", ".join(map(str, workspace.years)) or "none"
        raise InputError(f"There is no cycle before {before}; cycles there: {have}.")
    names = _MADE | (_SENT if inputs else {})
    found = [
        (workspace.root / str(year) / name, what) for year in years for name, what in names.items()
    ]
    for year in workspace.years:
        if year not in years:
            copies = sorted((workspace.root / str(year) / ".cache").glob(".before-*"))
            found += [(path, "tables of the year before, kept to compare") for path in copies]
    found.append((workspace.root / "lab", _LAB))
    return [
        Forgettable(path, what, *_measure(path))
        for path, what in found
        if path.is_dir() and _is_own(path, workspace.root)
    ]


def links(workspace: Workspace, before: int) -> list[Path]:
    """Links among what could go: they stay, as does what lies behind them."""
    folders = [workspace.root / str(year) for year in workspace.years if year < before]
    inside = (folder / name for folder in folders for name in (*_MADE, *_SENT))
    every = (*folders, *inside, workspace.root / "lab")
    return [path for path in every if path.is_symlink()]


def _is_own(path: Path, root: Path) -> bool:
    """Whether no part of a path below the workspace is a link that leads elsewhere."""
    return path.resolve() == root.resolve() / path.relative_to(root)


def _measure(folder: Path) -> tuple[int, int]:
    sizes = [path.lstat().st_size for path in _files(folder)]
    return len(sizes), sum(sizes)


def _files(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        yield from (Path(parent, name) for name in names)
        yield from (Path(parent, name) for name in folders if Path(parent, name).is_symlink())


def forget(workspace: Workspace, chosen: Sequence[Forgettable]) -> None:
    """Remove what was listed; a link goes as a link, and nothing behind it.

    Raises
    ------
    WorkspaceError
        If a run or a notebook is at work in the workspace: then nothing is removed.
    """
    with held(workspace.root / LOCK_FILE):
        for lock in workspace.root.glob("*/records/snapshots/.lock"):
            with held(lock):
                pass  # free: no notebook is reading this cycle
        for one in chosen:
            if _is_own(one.path, workspace.root):
                shutil.rmtree(one.path)
