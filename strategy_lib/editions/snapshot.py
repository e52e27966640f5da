"""What one edition may show, as files: all that a kernel ever loads of what offices sent.

A process that has read the inputs writes it; the kernel reads it. In a run that is a process of the
run; in JupyterLab it is a short-lived child of the kernel (`make_snapshot`). Either way the kernel
itself holds no row that its edition may not show. This is light to import, for a quick child.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from strategy_lib.core.atomic import swap_in, sync_tree, write_whole
from strategy_lib.core.audiences import Edition
from strategy_lib.core.errors import ChapterError, InputError
from strategy_lib.core.hashing import (
    hash_file,
    hash_of,
    hash_tree,
    package_versions,
    workbook_hashes,
)
from strategy_lib.core.settings import (
    SETTINGS_FILE,
    MappingSettings,
    PresenceSettings,
    ScenarioSettings,
    Settings,
)
from strategy_lib.core.workspace import CYCLE_FILE, Cycle, open_workspace
from strategy_lib.editions.case_totals import CaseTotal

if TYPE_CHECKING:
    from strategy_lib.editions.restrict import Restricted

SNAPSHOT_VARIABLE = "WORKBOOK_SNAPSHOT"
BEFORE_VARIABLE = "WORKBOOK_SNAPSHOT_BEFORE"
EDITION_FILE = "edition.json"
# Python itself ends with 1 after an exception that nobody caught.
REFUSED = 3


@dataclass(frozen=True)
class Snapshot:
    """What a kernel knows: the restricted tables and how the organisation wants them shown.

    Attributes
    ----------
    as_of : date
        Day from which ages are counted.
    place_names : mapping
        Code of a place -> its name as the organisation writes it.
    sealed : str
        How many sealed decision records there are and the head of their chain, in words; empty for
        an edition that withholds anything.
    case_totals : tuple of CaseTotal
        How many cases of speaking out there are, for an edition that is told; it sees none of them.
    """

    restricted: Restricted
    cycle: int
    as_of: date
    organisation: str
    language: str
    currency: str
    mapping: MappingSettings
    place_names: Mapping[str, str]
    presence: PresenceSettings = field(default_factory=PresenceSettings)
    scenarios: ScenarioSettings = field(default_factory=ScenarioSettings)
    sealed: str = ""
    case_totals: tuple[CaseTotal, ...] = ()


def day_of(settings: Settings, as_of: date | None = None) -> date:
    """The day from which ages are counted: the one asked for, else the settings', else today."""
    return as_of or settings.as_of or date.today()


def ingredients(
    cycle: Cycle, edition: Edition, as_of: date, inputs: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """What a snapshot depends on, as hashes; it names input files: for the coordinator only.

    Parameters
    ----------
    inputs : mapping, optional
        Hashes of the inputs, where they have been taken already.
    """
    return {
        "inputs": hash_tree(cycle.inputs) if inputs is None else dict(inputs),
        "protocol": hash_tree(cycle.workspace.root / "protocol"),
        "sealed": _sealed(cycle.workspace.decisions) if edition.sees_everything else {},
        "edition": asdict(edition),
        "as_of": as_of.isoformat(),
        **_of_reading(cycle),
    }


def _sealed(decisions: Path) -> dict[str, str]:
    """Hashes of the decision records, and of their head (see `protocol.chain`)."""
    return {**hash_tree(decisions, ".md"), "head": hash_file(decisions.with_suffix(".json"))}


def reading_fingerprint(cycle: Cycle) -> str:
    """Hash of what the reading of a file depends on besides the file itself."""
    return hash_of(_of_reading(cycle))


def _of_reading(cycle: Cycle) -> dict[str, Any]:
    return {
        "settings": hash_file(cycle.workspace.root / SETTINGS_FILE),
        "versions": versions_hash(cycle),
        "packages": dict(package_versions()),
        **workbook_hashes(),
    }


def ensure_snapshot(
    workspace_root: str | os.PathLike[str],
    year: int,
    edition: str,
    as_of: date | str | None = None,
) -> Path:
    """Folder of an edition's snapshot, made by a child process where it is not up to date.

    This is what a notebook's load cell calls; it prints what is set aside, in one line. In a run
    the snapshot is ready, and nothing else is looked at: not even the inputs' hashes, which a
    kernel would have to read the inputs for.

    Parameters
    ----------
    as_of : date or str, optional
        Day from which ages are counted, as a date or as 2026-11-01.

    Raises
    ------
    InputError
        If what nothing can be made without has errors, or the notebook asks for another edition,
        year or day than the one that the run is making.
    """
    day = _iso(as_of)
    if given := os.environ.get(SNAPSHOT_VARIABLE):
        return _given_snapshot(Path(given), year, edition, day)
    code, printed, refused = _made_by_a_child(str(workspace_root), str(year), edition, day)
    if code == 0:
        if printed:
            print(printed)
        return open_workspace(workspace_root).cycle(year).snapshot(edition)
    if code == REFUSED:
        raise InputError(refused)
    last = (refused.splitlines() or [f"exit code {code}"])[-1]
    raise ChapterError(f"The inputs could not be read: {last}")


def _made_by_a_child(*told: str) -> tuple[int, str, str]:
    """How the child ended that makes a snapshot, and what it wrote."""
    import subprocess  # a run that finds nothing changed starts no process

    child = subprocess.run(
        [sys.executable, "-P", "-m", "strategy_lib.editions.make_snapshot", *told],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        env=os.environ | {"PYTHONUTF8": "1"},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        check=False,
    )
    return child.returncode, child.stdout.strip(), child.stderr.strip()


def before_snapshot(workspace_root: str | os.PathLike[str], now: Snapshot) -> Snapshot | None:
    """What the same edition may show of the cycle before; None where there is none.

    Its ages are counted from the same day of its own year. In a run it is ready, or could not be
    read, which the run says; in JupyterLab a child process makes it.

    Raises
    ------
    InputError
        If the cycle before cannot be compared with because of errors, outside of a run.
    """
    if os.environ.get(SNAPSHOT_VARIABLE):
        given = Path(os.environ.get(BEFORE_VARIABLE, ""))
        return read_snapshot(given) if (given / EDITION_FILE).is_file() else None
    before = open_workspace(workspace_root).cycle(now.cycle).before
    if before is None:
        return None
    day = same_day(now.as_of, before.year)
    edition = now.restricted.edition.name
    return read_snapshot(ensure_snapshot(workspace_root, before.year, edition, day))


def versions_hash(cycle: Cycle) -> str:
    """Hash of what a cycle notes of the versions of its tables; empty where it notes nothing."""
    path = cycle.root / CYCLE_FILE
    return hash_file(path) if path.is_file() else ""


def same_day(day: date, year: int) -> date:
    """The same day of another year; 28 February for a 29th that the year does not have.

    Examples
    --------
    >>> same_day(date(2028, 2, 29), 2027).isoformat()
    '2027-02-28'
    """
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def _iso(as_of: date | str | None) -> str:
    try:
        return date.fromisoformat(str(as_of)).isoformat() if as_of else ""
    except ValueError:
        raise InputError(f"as_of is {as_of!r}; write a day such as 2026-11-01.") from None


def _given_snapshot(folder: Path, year: int, edition: str, day: str) -> Path:
    facts = _read_facts(folder)
    made = (facts["cycle"], facts["edition"]["name"], facts["as_of"])
    wanted = (year, edition, day or facts["as_of"])
    if made != wanted:
        raise InputError(
            f"This run makes {_words(*made)}, but the chapter asks for {_words(*wanted)}. "
            "Take out what sets year, edition or as_of after the parameters cell."
        )
    return folder


def _words(year: int, edition: str, as_of: str) -> str:
    return f"the edition {edition!r} of {year} as of {as_of}"


def _read_facts(folder: Path) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads((folder / EDITION_FILE).read_text(encoding="utf-8"))
    return facts


def read_snapshot(folder: Path) -> Snapshot:
    """Read what `write_snapshot` wrote."""
    from strategy_lib.editions.restrict import Restricted
    from strategy_lib.schema.csv_store import SeenFrames, read_frames

    facts = _read_facts(folder)
    frames = SeenFrames(read_frames(folder))
    restricted = Restricted(
        Edition(**facts["edition"]),
        frames,
        facts["withheld"],
        facts["set_aside"],
        facts["incomplete"],
        tuple(facts["broken"]),
    )
    return Snapshot(
        restricted=restricted,
        cycle=facts["cycle"],
        as_of=date.fromisoformat(facts["as_of"]),
        organisation=facts["organisation"],
        language=facts["language"],
        currency=facts["currency"],
        mapping=MappingSettings(**facts["mapping"]),
        place_names=facts["place_names"],
        presence=PresenceSettings(**facts["presence"]),
        scenarios=ScenarioSettings(**facts["scenarios"]),
        sealed=facts["sealed"],
        case_totals=tuple(CaseTotal(**total) for total in facts["case_totals"]),
    )


def fill_snapshot(
    folder: Path,
    cycle: Cycle,
    restricted: Restricted,
    as_of: date,
    case_totals: Sequence[CaseTotal] = (),
) -> None:
    """Write a snapshot's files into `folder`: a CSV file a table, and `edition.json`."""
    from strategy_lib.protocol.chain import head_in_words
    from strategy_lib.schema.csv_store import write_frames

    settings = cycle.workspace.settings
    is_for_all = restricted.edition.sees_everything
    facts = {
        "edition": asdict(restricted.edition),
        # By table it would tell how many cases there are.
        "withheld": {"": sum(restricted.withheld.values())} if restricted.withheld else {},
        "set_aside": dict(restricted.set_aside),
        "incomplete": dict(restricted.incomplete),
        "broken": list(restricted.broken),
        "cycle": cycle.year,
        "as_of": as_of.isoformat(),
        "organisation": settings.name,
        "language": settings.language,
        "currency": settings.currency,
        "mapping": asdict(settings.mapping),
        "presence": asdict(settings.presence),
        "scenarios": asdict(settings.scenarios),
        "place_names": dict(settings.place_names),
        "sealed": head_in_words(cycle.workspace.decisions, settings.language) if is_for_all else "",
        "case_totals": [asdict(total) for total in case_totals],
    }
    write_frames(folder, restricted.frames)
    told = json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / EDITION_FILE).write_text(told, encoding="utf-8")


def write_snapshot(
    cycle: Cycle,
    edition: Edition,
    restricted: Restricted,
    as_of: date,
    made_from: str | None = None,
    case_totals: Sequence[CaseTotal] = (),
) -> Path:
    """Write an edition's snapshot whole, in the place of the one before; its folder.

    Parameters
    ----------
    made_from : str, optional
        Hash of the ingredients, taken before the inputs were read: a file that changes while it is
        read then counts as changed.
    """
    made_from = made_from or hash_of(ingredients(cycle, edition, as_of))
    with tempfile.TemporaryDirectory() as folder:
        fill_snapshot(Path(folder), cycle, restricted, as_of, case_totals)
        kept = KeptSnapshot.of(cycle, edition.name)
        kept.put(Path(folder), made_from)
    return kept.folder


@dataclass(frozen=True)
class KeptSnapshot:
    """Where a snapshot is kept, and apart from it what it was made from.

    Attributes
    ----------
    folder, note : Path
        The snapshot; the note is for the coordinator only.
    """

    folder: Path
    note: Path

    @classmethod
    def of(cls, cycle: Cycle, edition: str) -> KeptSnapshot:
        """That of an edition of a cycle."""
        return cls(cycle.snapshot(edition), note_path(cycle, edition))

    @classmethod
    def before(cls, cycle: Cycle, edition: str) -> KeptSnapshot:
        """That of the cycle before, for a cycle's own runs: an old cycle is not written to."""
        name = f".before-{edition}"
        return cls(cycle.snapshot(name), note_path(cycle, name))

    def is_current(self, made_from: str, copy: Path | None = None) -> bool:
        """Whether it, or a copy of it, is whole and was made from ingredients of this hash."""
        try:
            known = self.note.read_bytes()
        except OSError:
            return False
        return known == snapshot_note(made_from, copy or self.folder)

    def put(self, filled: Path, made_from: str) -> None:
        """Put a copy of a filled folder in its place, as a whole.

        Parameters
        ----------
        made_from : str
            Hash of the ingredients, taken before the inputs were read.
        """
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=".new-", dir=self.folder.parent))
        try:
            shutil.copytree(filled, work / "tables")
            sync_tree(work)
            note = snapshot_note(made_from, work / "tables")
            swap_in(work / "tables", self.folder)
            write_whole(self.note, note)
        finally:
            shutil.rmtree(work, ignore_errors=True)


def note_path(cycle: Cycle, edition: str) -> Path:
    """File that says what a snapshot was made from; apart from it, for the coordinator only."""
    return cycle.records() / "snapshots" / f"{edition}.json"


def snapshot_note(made_from: str, folder: Path) -> bytes:
    """Content of that file: the hash of the ingredients, and those of the snapshot's files."""
    return json.dumps({"made_from": made_from, "files": hash_tree(folder)}, indent=1).encode()
