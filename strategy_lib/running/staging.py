"""An edition is made beside the one that is there, and takes its place as a whole.

All parts lie ready in `CYCLE/.making/EDITION/`. Once a file there says so, the edition is decided:
a run that is killed after that is finished by the next one, a run that is killed before leaves no
trace. Folders are known by their number on the disk (inode), which a rename keeps: so that a next
run can tell a part that has taken its place from one that has not.
"""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from strategy_lib.core.atomic import swap_in, sync_tree, write_whole
from strategy_lib.core.errors import StrategyError
from strategy_lib.core.privacy import let_read
from strategy_lib.core.workspace import Cycle
from strategy_lib.editions.snapshot import note_path

_DECIDED = "decided.json"


def record_path(cycle: Cycle, edition: str) -> Path:
    """What the edition in place was made from; for the coordinator only."""
    return cycle.records() / f"{edition}.json"


def executed_path(cycle: Cycle, edition: str) -> Path:
    """Executed notebooks of the edition in place, with paths and code; for the coordinator only."""
    return cycle.records() / "executed" / edition


@dataclass(frozen=True)
class Staging:
    """Where the parts of one edition lie until they take their place."""

    cycle: Cycle
    edition: str

    @property
    def root(self) -> Path:
        """Folder of all parts, on the same disk as their places."""
        return self.cycle.root / ".making" / self.edition

    @property
    def results(self) -> Path:
        """Result tables, a folder a chapter."""
        return self.root / "results"

    @property
    def outputs(self) -> Path:
        """Pages."""
        return self.root / "outputs"

    @property
    def snapshot(self) -> Path:
        """Restricted tables."""
        return self.root / "snapshot"

    @property
    def before(self) -> Path:
        """Restricted tables of the cycle before; they take no place."""
        return self.root / "before"

    @property
    def executed(self) -> Path:
        """Executed notebooks."""
        return self.root / "executed"

    @cached_property
    def folders(self) -> dict[Path, Path]:
        """Each folder's place; the pages come last, when all that they speak of is there."""
        return {
            self.snapshot: self.cycle.snapshot(self.edition),
            self.executed: executed_path(self.cycle, self.edition),
            self.results: self.cycle.results(self.edition),
            self.outputs: self.cycle.outputs(self.edition),
        }

    @cached_property
    def files(self) -> dict[Path, Path]:
        """Each file's place; the record comes last: with it the edition counts as up to date."""
        return {
            self.root / "note.json": note_path(self.cycle, self.edition),
            self.root / "record.json": record_path(self.cycle, self.edition),
        }

    def clear(self) -> None:
        """Begin with nothing."""
        _remove(self.root)
        for folder in self.folders:
            folder.mkdir(parents=True)

    def abandon(self) -> None:
        """Clear away what was prepared, unless it has been decided: then the next run goes on."""
        if not (self.root / _DECIDED).exists():
            _remove(self.root)

    def sync_early(self) -> None:
        """Wait until what the pages are made of is on the disk; `commit` then waits for less."""
        for folder in (self.snapshot, self.executed, self.results):
            sync_tree(folder)

    def commit(self, note: bytes, record: bytes) -> None:
        """Put every part in its place.

        Raises
        ------
        StrategyError
            If a folder cannot be replaced, as on Windows while a file of it is open elsewhere.
        """
        shutil.rmtree(self.before, ignore_errors=True)
        for path, content in zip(self.files, (note, record), strict=True):
            path.write_bytes(content)
        sync_tree(self.root)
        numbers = {folder.name: folder.stat().st_ino for folder in self.folders}
        write_whole(self.root / _DECIDED, json.dumps(numbers).encode())
        self.finish()

    def finish(self) -> None:
        """Put the parts of a decided edition in their places, those that are not there yet."""
        numbers = json.loads((self.root / _DECIDED).read_bytes())
        try:
            for folder, place in self.folders.items():
                if folder.exists() and not _is_numbered(place, numbers[folder.name]):
                    swap_in(folder, place)
            let_read(self.cycle.outputs(""))
            for file, place in self.files.items():
                if file.exists():
                    write_whole(place, file.read_bytes())
        except OSError as error:
            raise StrategyError(
                f"{error.filename} cannot be replaced ({error.strerror}): is a file of it open in "
                "another program? Close it and run again; the new pages are ready."
            ) from None
        _remove(self.root)


def _is_numbered(folder: Path, number: int) -> bool:
    return folder.exists() and folder.stat().st_ino == number


def _remove(root: Path) -> None:
    """Remove a staging folder; its decision goes last, with all parts surely in their places."""
    for entry in root.iterdir() if root.exists() else ():
        if entry.name != _DECIDED:
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    if root.exists():
        shutil.rmtree(root)
    _remove_empty(root.parent)


def _remove_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()  # stays while another edition is being made


def recover(cycle: Cycle) -> None:
    """Finish what a killed run had decided, and clear away what it had not."""
    making = cycle.root / ".making"
    for root in sorted(making.glob("*")):
        staging = Staging(cycle, root.name)
        if (root / _DECIDED).exists():
            staging.finish()
        else:
            _remove(root)
    _remove_empty(making)
