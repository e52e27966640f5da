"""What the edition in place was made from, and whether it is still whole.

A record names input files and their hashes: it stays in `CYCLE/records/`, for the coordinator.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from strategy_lib.core.hashing import hash_tree
from strategy_lib.core.workspace import Cycle
from strategy_lib.running.staging import executed_path, record_path


@dataclass(frozen=True)
class Record:
    """What one edition was made from.

    Attributes
    ----------
    ingredients : mapping
        Everything that its pages depend on, as values or hashes; `inputs` by file.
    chapters : mapping
        Chapter -> fingerprint of all that it depends on.
    parts : mapping
        Part (`outputs`, `results`, `executed`) -> file -> hash, as they were written.
    tables : mapping
        Table -> hash of what the edition may show of it.
    """

    ingredients: Mapping[str, Any]
    chapters: Mapping[str, str]
    parts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    tables: Mapping[str, str] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        """The record as it is stored."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True).encode()


def read_record(cycle: Cycle, edition: str) -> Record | None:
    """The record of the edition in place; None where there is none, or none that can be read."""
    try:
        return Record(**json.loads(record_path(cycle, edition).read_bytes()))
    except (OSError, ValueError, TypeError):
        return None


def places(cycle: Cycle, edition: str) -> dict[str, Path]:
    """Where the parts of an edition lie whose hashes its record keeps."""
    return {
        "outputs": cycle.outputs(edition),
        "results": cycle.results(edition),
        "executed": executed_path(cycle, edition),
    }


def is_whole(record: Record, cycle: Cycle, edition: str) -> bool:
    """Whether every file of the edition is there as it was written."""
    return all(
        record.parts.get(part, {}).items() <= hash_tree(place).items()
        for part, place in places(cycle, edition).items()
    )


def move_away(cycle: Cycle, edition: str) -> list[Path]:
    """Move what somebody has put among an edition's pages and results into `moved_away/EDITION/`.

    A new edition takes the place of the old one as a whole; what is not the workbook's must not go
    with it.

    Returns
    -------
    list of Path
        Where the files are now.
    """
    record = read_record(cycle, edition)
    moved: list[Path] = []
    if record is None:
        return moved
    for part, place in places(cycle, edition).items():
        for name in sorted(hash_tree(place).keys() - record.parts.get(part, {}).keys()):
            target = cycle.moved_away(edition) / part / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(place / name, target)
            moved.append(target)
    return moved
