"""The chain of decision records, and its head, which is kept outside their folder.

A record names the one before it, so that a change in the middle shows. What shows a change at the
end, or that all are gone, is the head: how many records there are, and the hash of the last. It is
kept beside the folder, and printed in the minutes and the brief, which leave this computer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from strategy_lib.core.atomic import write_whole
from strategy_lib.core.messages import ENGLISH, Say
from strategy_lib.core.problems import Severity
from strategy_lib.protocol.freezing import hash_text

FIRST = "0" * 64
SEAL = "\nseal: "
_NAME = re.compile(r"([0-9]{4,})-[^/\\]+\.md")
_PRINTED = 16


@dataclass(frozen=True)
class Record:
    """One decision record as read.

    Attributes
    ----------
    facts : mapping
        What stands between the two `---`.
    hash : str
        SHA-256 of the whole file, which the next record names.
    is_sealed : bool
        Whether the seal fits the content.
    """

    path: Path
    number: int
    facts: Mapping[str, Any]
    hash: str
    is_sealed: bool


@dataclass(frozen=True)
class Head:
    """The end of the chain: how many records, and the hash of the last."""

    count: int = 0
    hash: str = FIRST

    @property
    def printed(self) -> str:
        """The beginning of the hash, in groups that can be compared by eye."""
        shown = self.hash[:_PRINTED]
        return " ".join(shown[place : place + 4] for place in range(0, _PRINTED, 4))

    def __str__(self) -> str:
        return f"{self.count} sealed record{'' if self.count == 1 else 's'}, head {self.printed}"


@dataclass(frozen=True, order=True)
class RecordFault:
    """One thing that is wrong with a record, or with what it froze.

    Attributes
    ----------
    record : str
        Name of the record's file, or of the head's; case and decision where there is no record yet.
    severity : str
        `error`, or `warning` for a decision that only has no record yet.
    """

    record: str
    message: str
    severity: Severity = "error"

    def __str__(self) -> str:
        return f"{self.record}: {self.message}"


def head_path(folder: Path) -> Path:
    """Where the head of a folder of records is kept: beside it."""
    return folder.with_suffix(".json")


def write_head(folder: Path, head: Head, due: Head | None = None) -> None:
    """Keep the head.

    Parameters
    ----------
    due : Head, optional
        What the head will be once the record that is about to be written is there: a computer that
        stops in between leaves the one or the other.
    """
    heads = [asdict(one) for one in (head, due) if one is not None]
    write_whole(head_path(folder), json.dumps({"heads": heads}, indent=1).encode() + b"\n")


def _heads(folder: Path) -> list[Head] | None:
    """The heads that may be; none where none was kept, None where they cannot be read."""
    try:
        told = json.loads(head_path(folder).read_bytes())["heads"]
        return [Head(int(one["count"]), str(one["hash"])) for one in told] or None
    except FileNotFoundError:
        return []
    except (OSError, ValueError, KeyError, TypeError):
        return None


def head_of(records: Sequence[Record]) -> Head:
    """The head of records that hold together."""
    return Head(len(records), records[-1].hash) if records else Head()


def head_in_words(folder: Path, language: str = ENGLISH) -> str:
    """What the minutes and the brief print, to be held against an earlier print."""
    if check_chain(folder):
        return Say(language)("record-chain-broken")
    head = head_of(read_records(folder))
    return Say(language)("record-chain", records=head.count, hash=head.printed)


def record_name(number: int, case_id: str, decision_id: str) -> str:
    """Name of a record's file."""
    return f"{number:04d}-{_safe(case_id)}-{_safe(decision_id)}.md"


def _safe(code: str) -> str:
    """A code as part of a file name."""
    return re.sub(r"[^\w.-]", "_", code)[:40] or "_"


def read_records(folder: Path) -> list[Record]:
    """Every record in their order; a file that is none is left out here, and told by the check."""
    if not folder.is_dir():
        return []
    found = (_read(path) for path in sorted(folder.iterdir()) if _NAME.fullmatch(path.name))
    return sorted((one for one in found if one is not None), key=lambda one: one.number)


def _read(path: Path) -> Record | None:
    try:
        whole = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    content, _, seal = whole.rpartition(SEAL)
    facts = _facts(content)
    number = facts.get("record") if facts else None
    if not isinstance(number, int):
        return None
    is_sealed = hash_text(content) == seal.strip()
    return Record(path, number, facts or {}, hash_text(whole), is_sealed)


def _facts(content: str) -> dict[str, Any] | None:
    head = content.split("\n---\n", 1)[0].removeprefix("---\n")
    try:
        pairs = (line.split(": ", 1) for line in head.splitlines())
        return {key: json.loads(value) for key, value in pairs}
    except ValueError:
        return None


def check_chain(folder: Path) -> list[RecordFault]:
    """What shows that a record was changed, renamed, removed, put in between or put last."""
    records = read_records(folder)
    return [*_unread(folder, records), *_broken(records), *_headless(folder, records)]


def _unread(folder: Path, records: Sequence[Record]) -> Iterator[RecordFault]:
    read = {record.path.name for record in records}
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if _NAME.fullmatch(path.name) and path.name not in read:
            yield RecordFault(path.name, "cannot be read as a record")
        elif path.suffix == ".md" and not _NAME.fullmatch(path.name):
            yield RecordFault(path.name, "is not named as a record is (0001-CASE-DECISION.md)")


def _broken(records: Sequence[Record]) -> Iterator[RecordFault]:
    previous = FIRST
    for place, record in enumerate(records, 1):
        name = record.path.name
        codes = (str(record.facts.get(key, "")) for key in ("case_id", "case_decision_id"))
        due = record_name(record.number, *codes)
        if not record.is_sealed:
            yield RecordFault(name, "was changed after it was written")
        if name != due:
            yield RecordFault(name, f"was renamed; it was written as {due}")
        if record.number != place:
            yield RecordFault(
                name,
                f"is number {record.number} where {place} was due; "
                "a record is missing or stands twice",
            )
        elif record.facts.get("previous") != previous:
            yield RecordFault(
                name, "does not follow the record before it, which was changed or replaced"
            )
        previous = record.hash


def _headless(folder: Path, records: Sequence[Record]) -> Iterator[RecordFault]:
    name, heads = head_path(folder).name, _heads(folder)
    found = head_of(records)
    if heads is None:
        yield RecordFault(
            name,
            "cannot be read: it says how many records there are, and the "
            "hash of the last; put it back from a copy",
        )
    elif not heads and records:
        yield RecordFault(
            name,
            f"is missing, but {_counted(found.count)} there: hold them against "
            "printed minutes or a brief, and put it back from a copy",
        )
    elif heads and found not in heads:
        due = heads[0]
        if found.count == due.count and records[-1].is_sealed:
            yield RecordFault(
                records[-1].path.name,
                "is another than was written last: it was "
                "changed and sealed again; put it back from a copy",
            )
        elif found.count != due.count:
            there = _counted(found.count)
            yield RecordFault(
                name,
                f"counts {due.count}, but {there} there: put the "
                "folder back from a copy; nothing is added until then",
            )


def _counted(count: int) -> str:
    return "1 record is" if count == 1 else f"{count or 'no'} records are"
