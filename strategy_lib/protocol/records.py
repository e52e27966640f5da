"""Decision records: one Markdown file a decision, written once, chained to the one before.

A record is for people to read and for a machine to check: the lines between the two `---` hold
one JSON value each. Its seal and the chain show a change by accident or by hand; who rewrites every
record after it, seals and all, is not found out, so keep a copy elsewhere.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from strategy_lib.core.atomic import held, write_whole
from strategy_lib.core.errors import InputError
from strategy_lib.core.problems import Severity
from strategy_lib.protocol.case import Case, Row, text
from strategy_lib.protocol.clocks import moment
from strategy_lib.protocol.deciding import decisions_of
from strategy_lib.protocol.freezing import frozen_facts, frozen_protocol, hash_text
from strategy_lib.protocol.reading import Protocol
from strategy_lib.protocol.record_text import record_body, record_facts
from strategy_lib.protocol.states import case_state

FIRST = "0" * 64
_NAME = re.compile(r"(\d{4,})-[^/\\]+\.md")
_SEAL = "\nseal: "
_LOCK = ".lock"


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


@dataclass(frozen=True, order=True)
class RecordFault:
    """One thing that is wrong with a record, or with what it froze.

    Attributes
    ----------
    record : str
        Name of the record's file; case and decision where there is no record yet.
    severity : str
        `error`, or `warning` for a decision that only has no record yet.
    """

    record: str
    message: str
    severity: Severity = "error"

    def __str__(self) -> str:
        return f"{self.record}: {self.message}"


def write_record(
    folder: Path, case: Case, protocol: Protocol, now: datetime, names: Iterable[str] = ()
) -> Path:
    """Write the record of the last decision on a case that has none yet.

    Parameters
    ----------
    folder : Path
        Where the organisation keeps its records; made where it is not there.
    now : datetime
        When the record is written.
    names : iterable of str
        Names and aliases of counterparts, for the wording check.

    Returns
    -------
    Path
        The new file. It is there as a whole or not at all.

    Raises
    ------
    InputError
        If no decision is entered, the last one has a record, or the records that are there do not
        hold together: nothing is added to a broken chain.
    """
    known = list(names)
    with held(folder / _LOCK, wait=True):
        faults = check_chain(folder)
        if faults:
            listed = "; ".join(map(str, faults))
            raise InputError(f"The decision records do not hold together: {listed}.")
        records = read_records(folder)
        decision = _unrecorded(case, records, now)
        code = text(decision["case_decision_id"])
        number = len(records) + 1
        path = folder / f"{number:04d}-{_safe(case.case_id)}-{_safe(code)}.md"
        head = {
            "record": number, "previous": records[-1].hash if records else FIRST,
            "written_at": now.isoformat(), "facts_sha256": frozen_facts(case, code),
            "protocol_sha256": frozen_protocol(protocol),
        }  # fmt: skip
        then = moment(decision["decided_at"]) or now
        state = case_state(case, protocol, now, known)
        facts = head | record_facts(case, protocol, decision, state, then)
        write_whole(path, _sealed(facts, record_body(case, protocol, decision, state, then)))
    return path


def _unrecorded(case: Case, records: list[Record], now: datetime) -> Row:
    rows = decisions_of(case, now)
    if not rows:
        raise InputError(f"No decision on {case.case_id} is entered; enter it in the form first.")
    done = {(r.facts.get("case_id"), r.facts.get("case_decision_id")) for r in records}
    code = text(rows[-1]["case_decision_id"])
    if (case.case_id, code) in done:
        raise InputError(f"The decision {code} on {case.case_id} has its record already.")
    return rows[-1]


def _safe(code: str) -> str:
    """A code as part of a file name."""
    return re.sub(r"[^\w.-]", "_", code)[:40] or "_"


def _sealed(facts: Mapping[str, Any], body: str) -> bytes:
    lines = [f"{key}: {json.dumps(value, ensure_ascii=True)}" for key, value in facts.items()]
    content = "\n".join(["---", *lines, "---", "", body.rstrip(), ""])
    # Half a character, as a broken file may bring it, cannot be written.
    content = content.encode("utf-8", "replace").decode("utf-8")
    return f"{content}{_SEAL}{hash_text(content)}\n".encode()


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
    content, _, seal = whole.rpartition(_SEAL)
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
    """What shows that a record was changed, removed or put in between."""
    if not folder.is_dir():
        return []
    records = read_records(folder)
    read = {record.path.name for record in records}
    names = sorted(p.name for p in folder.iterdir() if _NAME.fullmatch(p.name))
    faults = [RecordFault(n, "cannot be read as a record") for n in names if n not in read]
    previous = FIRST
    for place, record in enumerate(records, 1):
        name = record.path.name
        if not record.is_sealed:
            faults.append(RecordFault(name, "was changed after it was written"))
        if record.number != place:
            faults.append(RecordFault(name, f"is number {record.number} where {place} was due; "
                                      "a record is missing or stands twice"))  # fmt: skip
        elif record.facts.get("previous") != previous:
            faults.append(RecordFault(name, "does not follow the record before it, which was "
                                      "changed or replaced"))  # fmt: skip
        previous = record.hash
    return faults


def check_records(folder: Path, cases: Mapping[str, Case], now: datetime) -> list[RecordFault]:
    """Everything that is wrong: the chain, inputs changed since, decisions without a record."""
    return [*check_chain(folder), *_changed(folder, cases), *_missing(folder, cases, now)]


def _changed(folder: Path, cases: Mapping[str, Case]) -> Iterator[RecordFault]:
    last = {str(r.facts.get("case_id")): r for r in read_records(folder)}
    for code, record in last.items():
        decision = str(record.facts.get("case_decision_id"))
        if code not in cases:
            yield RecordFault(record.path.name, f"case {code} is no longer in the inputs")
            continue
        frozen, found = record.facts.get("facts_sha256"), frozen_facts(cases[code], decision)
        frozen = frozen if isinstance(frozen, dict) else {}
        names = [name for name in found if frozen.get(name) != found[name]]
        if names:
            yield RecordFault(
                record.path.name,
                f"what the decision rested on has changed since ({', '.join(names)}); "
                "it takes a fresh decision",
            )


def _missing(folder: Path, cases: Mapping[str, Case], now: datetime) -> Iterator[RecordFault]:
    records = read_records(folder)
    done = {(r.facts.get("case_id"), r.facts.get("case_decision_id")) for r in records}
    for code, case in cases.items():
        for row in decisions_of(case, now):
            decision = text(row["case_decision_id"])
            if (code, decision) not in done:
                yield RecordFault(f"{code} · {decision}", "the decision has no record yet; "
                                  f"write it with: workbook decide WORKSPACE {code}",
                                  "warning")  # fmt: skip
