"""What was read of each file, kept by its content: only what is new has to be read again.

Kept as JSON, never as anything that could do more than hold values. A file in which something must
be mended is not kept, nor a survey's export, whose rows wait for those of other files.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import astuple, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from strategy_lib.core.errors import StrategyError
from strategy_lib.core.hashing import hash_of
from strategy_lib.core.problems import Problem
from strategy_lib.inputs.read_file import FileReading
from strategy_lib.inputs.records import Record
from strategy_lib.schema.schema import table_schema

# What a file may raise that somebody else wrote, or that was cut off.
_NOT_A_READING = (ValueError, KeyError, TypeError, AttributeError, StrategyError)


@dataclass
class ReadingCache:
    """Readings in a folder, which need not exist.

    Parameters
    ----------
    folder : Path
        Holds what offices sent: as secret as the inputs themselves.
    made_with : str
        Fingerprint of all that a reading depends on besides the file: library, settings, versions.
    is_fresh : bool
        Whether every file is read again, whatever is kept.
    """

    folder: Path
    made_with: str
    is_fresh: bool = False
    _used: set[str] = field(default_factory=set)

    def get(self, file: str, sha256: str) -> FileReading | None:
        """What is kept of a file with this content; None where it has to be read."""
        name = self._name(file, sha256)
        if self.is_fresh:
            return None
        try:
            reading = _reading(file, json.loads((self.folder / name).read_bytes()))
        except (OSError, *_NOT_A_READING):
            return None
        self._used.add(name)
        return reading

    def put(self, reading: FileReading, sha256: str) -> None:
        """Keep a reading, if it can be kept."""
        if not _can_be_kept(reading):
            return
        name = self._name(reading.file, sha256)
        # A disk that is full, or may not be written to, must not keep anything from being read.
        with suppress(OSError):
            content = json.dumps(_content(reading), default=_day, separators=(",", ":"))
            self.folder.mkdir(parents=True, exist_ok=True)
            beside = self.folder / f".{name}.new"
            beside.write_text(content, encoding="ascii")
            beside.replace(self.folder / name)
            self._used.add(name)

    def forget_others(self) -> None:
        """Remove what this reading did not use: a file that was taken back leaves nothing here."""
        with suppress(OSError):
            for path in list(self.folder.iterdir()):
                if path.name not in self._used:
                    path.unlink(missing_ok=True)

    def _name(self, file: str, sha256: str) -> str:
        return f"{hash_of([self.made_with, file, sha256])}.json"


def _can_be_kept(reading: FileReading) -> bool:
    problem_log, links = reading.problem_log, reading.links
    has_errors = any(problem.severity == "error" for problem in problem_log.problems)
    waits = bool(links.units or links.waiting)
    return bool(reading.kind) and not (has_errors or waits or problem_log.is_cut)


def _content(reading: FileReading) -> dict[str, Any]:
    return {
        "kind": reading.kind,
        "rows": reading.rows,
        "records": reading.records,
        "named": sorted(reading.named),
        "used_maps": sorted(reading.used_maps),
        "problems": [astuple(problem) for problem in reading.problem_log.problems],
        "asides": [astuple(problem) for problem in reading.problem_log.asides],
        "refused": sorted(reading.problem_log.refused),
    }


def _day(value: Any) -> str:
    if isinstance(value, datetime) or not isinstance(value, date):
        raise TypeError(f"A reading cannot hold {value!r}.")
    return value.isoformat()


def _reading(file: str, content: Mapping[str, Any]) -> FileReading:
    reading = FileReading(file, str(content["kind"]), dict(content["rows"]))
    reading.records = {
        name: list(_records(name, rows)) for name, rows in content["records"].items()
    }
    reading.named, reading.used_maps = set(content["named"]), set(content["used_maps"])
    for fields in content["problems"]:
        reading.problem_log.add(Problem(*fields))
    reading.problem_log.asides += [Problem(*fields) for fields in content["asides"]]
    reading.problem_log.refused |= {tuple(cell) for cell in content["refused"]}
    return reading


def _records(table: str, rows: list[Record]) -> Iterator[Record]:
    """Rows with their days and lists, which JSON does not tell from text."""
    fields = table_schema(table).fields
    days = [f.name for f in fields if f.type == "date"]
    lists = [f.name for f in fields if f.type == "list"]
    for row in rows:
        for name in days:
            if name in row:
                row[name] = date.fromisoformat(row[name])
        for name in lists:
            if name in row:
                row[name] = tuple(row[name])
        yield row
