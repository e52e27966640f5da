"""An organisation's folder: its settings, its cycles, and where everything in them lies."""

from __future__ import annotations

import atexit
import os
import re
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from strategy_lib.core.audiences import Edition, edition_named
from strategy_lib.core.errors import WorkspaceError
from strategy_lib.core.privacy import OUTPUTS, make_private, write_privately
from strategy_lib.core.resources import resource
from strategy_lib.core.settings import SETTINGS_FILE, Settings, load_settings

WORKSPACE_VARIABLE = "WORKBOOK_WORKSPACE"
# What a cycle notes of itself: the versions of the tables that its forms were made for.
CYCLE_FILE = "cycle.json"
CYCLE_VARIABLE = "WORKBOOK_CYCLE"
# Set to 1 by `workbook lab`: panels open in large text, without the notebook around them.
PRESENTER_VARIABLE = "WORKBOOK_PRESENTER"
COPIED_FROM_FILE = "copied_from.json"
SUMMARY_FILE = "summary.json"
_YEAR = re.compile(r"(?:19|20|21)\d\d")


@dataclass(frozen=True)
class Workspace:
    """One organisation's folder."""

    root: Path

    @property
    def is_passing(self) -> bool:
        """Whether it is the copy of the example that is gone when this process ends."""
        return bool(example_copy.cache_info().currsize) and self.root == example_copy()

    @cached_property
    def settings(self) -> Settings:
        """What `workbook.toml` says."""
        return load_settings(self.root / SETTINGS_FILE)

    @property
    def years(self) -> tuple[int, ...]:
        """Cycles that the workspace holds, oldest first."""
        names = [p.name for p in self.root.iterdir() if p.is_dir() and _YEAR.fullmatch(p.name)]
        return tuple(sorted(int(name) for name in names))

    def cycle(self, year: int | None = None) -> Cycle:
        """One cycle; without a year, the one in `workbook.toml`, else the newest.

        Raises
        ------
        WorkspaceError
            If the workspace has no such cycle; the message lists those that it has.
        """
        wanted = year or self.settings.cycle or (self.years[-1] if self.years else None)
        if wanted in self.years:
            return Cycle(self, int(wanted))
        have = ", ".join(map(str, self.years)) or "none"
        asked = f"no cycle {wanted}" if wanted else "no cycle"
        raise WorkspaceError(f"{self.root} has {asked}; cycles there: {have}.")

    def edition(self, name: str) -> Edition:
        """One edition of this organisation, by name."""
        return edition_named(self.settings.editions, name)

    @property
    def own_template(self) -> Path:
        """The organisation's own Word template, where it has one."""
        return self.root / "templates" / "document.docx"

    def make_private(self) -> list[Path]:
        """Close the folder to others on this computer; what is somebody else's and stays open."""
        return make_private(self.root, with_group=self.settings.is_shared_by_group)

    @property
    def decisions(self) -> Path:
        """Sealed records of what was decided to say, over all years."""
        return self.root / "decisions"

    @property
    def own_notebooks(self) -> Path:
        """Folder of chapters that the organisation changed."""
        return self.root / "notebooks"


@dataclass(frozen=True)
class Cycle:
    """One year of a workspace, and where its files lie."""

    workspace: Workspace
    year: int

    @property
    def before(self) -> Cycle | None:
        """The cycle before this one, if the workspace holds any."""
        earlier = [year for year in self.workspace.years if year < self.year]
        return Cycle(self.workspace, earlier[-1]) if earlier else None

    @property
    def root(self) -> Path:
        """The cycle's folder."""
        return self.workspace.root / str(self.year)

    @property
    def inputs(self) -> Path:
        """What offices and assessors sent; a run never changes it."""
        return self.root / "inputs"

    def results(self, edition: str, chapter: str = "") -> Path:
        """Tables and `summary.json` of one chapter (or of all) in one edition."""
        return self.root / "results" / edition / chapter

    def outputs(self, edition: str) -> Path:
        """Pages of one edition, made to be shared."""
        return self.root / OUTPUTS / edition

    def logs(self, edition: str) -> Path:
        """Logs of the last run; for the coordinator only."""
        return self.root / "logs" / edition

    def records(self) -> Path:
        """What each run read (file names and hashes); for the coordinator only."""
        return self.root / "records"

    def set_aside(self) -> Path:
        """List of the rows and files that cannot be used yet; as secret as the inputs."""
        return self.root / "set_aside"

    def moved_away(self, edition: str) -> Path:
        """Files of others that stood in the way of a new edition."""
        return self.root / "moved_away" / edition

    def snapshot(self, edition: str) -> Path:
        """Restricted tables that the kernels of one edition load."""
        return self.root / ".cache" / edition

    def readings(self) -> Path:
        """What was read of each file, kept until it changes; as secret as the inputs."""
        return self.root / ".cache" / ".readings"


def open_workspace(path: str | os.PathLike[str] | None = None) -> Workspace:
    """Open a workspace folder.

    Parameters
    ----------
    path : path-like, optional
        The folder. Without it, the one that `workbook lab` was started with, else a private copy
        of the bundled example.

    Raises
    ------
    WorkspaceError
        If the folder is not a workspace.
    """
    given = str(path or os.environ.get(WORKSPACE_VARIABLE, ""))
    root = Path(given).expanduser().resolve() if given else example_copy()
    if not root.is_dir():
        raise WorkspaceError(f"There is no folder {root}.")
    if not (root / SETTINGS_FILE).is_file():
        raise WorkspaceError(
            f"{root} is not a workspace: it has no {SETTINGS_FILE}. "
            f"Make one with: workbook new {root.name} --name NAME"
        )
    workspace = Workspace(root)
    write_privately()
    with suppress(WorkspaceError):  # what is wrong with the settings is told by who needs them
        write_privately(with_group=workspace.settings.is_shared_by_group)
    return workspace


def copy_example(folder: Path) -> Path:
    """Copy the bundled example into `folder`; one that is there already stays as it is.

    Raises
    ------
    WorkspaceError
        If the folder holds something else.
    """
    if (folder / SETTINGS_FILE).is_file():
        return folder
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WorkspaceError(f"{folder} is there already and is no workspace; name another folder.")
    shutil.copytree(resource("data", "example"), folder, dirs_exist_ok=True)
    make_private(folder)
    return folder


@cache
def example_copy() -> Path:
    """A copy of the bundled example in this user's temporary folder, for as long as this process.

    The bundled files themselves may be read-only and must stay as they are. The folder is new: one
    that an earlier process has left behind may be of another day.
    """
    folder = Path(tempfile.mkdtemp(prefix="workbook-example-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    shutil.copytree(resource("data", "example"), folder, dirs_exist_ok=True)
    return folder
