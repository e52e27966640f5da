"""Decision records: one Markdown file a decision, written once, chained to the one before.

A record is for people to read and for a machine to check: the lines between the two `---` hold
one JSON value each. Its seal, the chain and its head show a change by accident or by hand; who
rewrites all of them is found out by an earlier print of the head only.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from strategy_lib.core.atomic import held, write_whole
from strategy_lib.core.errors import InputError
from strategy_lib.protocol.case import Case, Row, text
from strategy_lib.protocol.chain import (
    SEAL,
    Head,
    Record,
    RecordFault,
    check_chain,
    head_of,
    read_records,
    record_name,
    write_head,
)
from strategy_lib.protocol.clocks import moment
from strategy_lib.protocol.deciding import decisions_of
from strategy_lib.protocol.freezing import frozen_facts, frozen_protocol, hash_text
from strategy_lib.protocol.reading import Protocol
from strategy_lib.protocol.record_text import record_body, record_facts
from strategy_lib.protocol.states import case_state

_LOCK = ".lock"


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
        before = head_of(records)
        number = before.count + 1
        path = folder / record_name(number, case.case_id, code)
        head = {
            "record": number,
            "previous": before.hash,
            "written_at": now.isoformat(),
            "facts_sha256": frozen_facts(case, code),
            "protocol_sha256": frozen_protocol(protocol),
        }
        then = moment(decision["decided_at"]) or now
        state = case_state(case, protocol, now, known)
        facts = head | record_facts(case, protocol, decision, state, then)
        content = _sealed(facts, record_body(case, protocol, decision, state, then))
        after = Head(number, hash_text(content.decode()))
        write_head(folder, before, after)
        write_whole(path, content)
        write_head(folder, after)
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


def _sealed(facts: Mapping[str, Any], body: str) -> bytes:
    lines = [f"{key}: {json.dumps(value, ensure_ascii=True)}" for key, value in facts.items()]
    content = "\n".join(["---", *lines, "---", "", body.rstrip(), ""])
    # Half a character, as a broken file may bring it, cannot be written.
    content = content.encode("utf-8", "replace").decode("utf-8")
    return f"{content}{SEAL}{hash_text(content)}\n".encode()


def check_records(folder: Path, cases: Mapping[str, Case], now: datetime) -> list[RecordFault]:
    """Everything that is wrong: the chain, inputs changed since, decisions without a record.

    Where the chain is broken, a decision without a record may have lost it: it is not asked for.
    """
    faults = check_chain(folder)
    missing = [] if faults else _missing(folder, cases, now)
    return [*faults, *_changed(folder, cases), *missing]


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
                "was that meant? Tell those who decided",
            )


def _missing(folder: Path, cases: Mapping[str, Case], now: datetime) -> Iterator[RecordFault]:
    records = read_records(folder)
    done = {(r.facts.get("case_id"), r.facts.get("case_decision_id")) for r in records}
    for code, case in cases.items():
        for row in decisions_of(case, now):
            decision = text(row["case_decision_id"])
            if (code, decision) not in done:
                yield RecordFault(
                    f"{code} · {decision}",
                    "the decision has no record yet; "
                    f"write it with: workbook decide WORKSPACE {code}",
                    "warning",
                )
