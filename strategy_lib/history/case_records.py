"""Decision records of a workspace: writing the next one, and what no longer holds in others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from strategy_lib.core.errors import InputError
from strategy_lib.core.problems import Problem
from strategy_lib.core.workspace import Cycle
from strategy_lib.editions.make_snapshot import read_checked
from strategy_lib.editions.snapshot import day_of, same_day
from strategy_lib.inputs.read import read_inputs
from strategy_lib.protocol.case import Case, Frames, case_ids, case_of, names_of_counterparts
from strategy_lib.protocol.chain import head_path, read_records
from strategy_lib.protocol.clocks import now_of
from strategy_lib.protocol.reading import read_protocol
from strategy_lib.protocol.records import check_records, write_record


def record_decision(cycle: Cycle, case_id: str, now: datetime) -> Path:
    """Write the record of the last decision on a case.

    Parameters
    ----------
    now : datetime
        When the record is written, with its zone.

    Returns
    -------
    Path
        The new file, in `decisions/` of the workspace.

    Raises
    ------
    InputError
        If the inputs or the protocol have lines to mend, there is no such case, no decision on it
        is entered or it has its record, or the records that are there do not hold together.
    """
    tables = read_checked(cycle, day_of(cycle.workspace.settings))
    protocol = read_protocol(cycle.workspace.root / "protocol")
    case = case_of(tables.frames, case_id, cycle.workspace.settings.language)
    names = names_of_counterparts(tables.frames["counterparts"])
    return write_record(cycle.workspace.decisions, case, protocol, now, names)


def record_problems(cycle: Cycle, frames: Frames, as_of: date) -> Iterator[Problem]:
    """What was changed in a record, or in what it froze, and which decisions have none yet."""
    folder = cycle.workspace.decisions
    cases = _cases(cycle, frames, as_of)
    head = head_path(folder).name
    for fault in check_records(folder, cases, now_of(as_of)):
        file, about = folder.name, fault.record
        if (folder / about).is_file() or about == head:
            file, about = (head if about == head else f"{folder.name}/{about}"), ""
        yield Problem(file, about, 0, "", fault.severity, "decision_record", fault.message)


def _cases(cycle: Cycle, frames: Frames, as_of: date) -> dict[str, Case]:
    """Cases of a cycle, and those of earlier years that a record was written of."""
    cases = {code: case_of(frames, code) for code in case_ids(frames)}
    recorded = {str(r.facts.get("case_id")) for r in read_records(cycle.workspace.decisions)}
    earlier = cycle.before
    while recorded - cases.keys() and earlier is not None:
        try:
            told = read_inputs(earlier, same_day(as_of, earlier.year))
        except InputError:
            told = None
        if told is not None:
            found = recorded & set(case_ids(told.frames)) - cases.keys()
            cases |= {code: case_of(told.frames, code) for code in found}
        earlier = earlier.before
    return cases
