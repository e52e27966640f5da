"""Forms that came back without a sheet that their own answers call for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from strategy_lib.inputs.problem_log import ProblemLog
from strategy_lib.schema.cell_faults import Fault
from strategy_lib.schema.schema import table_schema

_Records = Mapping[str, Sequence[Mapping[str, Any]]]


def tell_missing_sheets(
    forms: Mapping[str, frozenset[str]], records: _Records, problem_log: ProblemLog
) -> None:
    """Warn of forms without `returns` or `activities` where no other file makes up for it.

    Parameters
    ----------
    forms : mapping of str to frozenset of str
        File -> tables that it has sheets for; a file with one table only is no form.
    """
    answered = _units(records["returns"])
    active = _units(records["activities"])
    for file, tables in forms.items():
        office = {name for name in tables if table_schema(name).filled_by == "office"}
        if len(office) < 2:
            continue
        rows = {name: [r for r in records[name] if r["source_file"] == file] for name in office}
        if (
            "returns" not in office
            and _units(r for found in rows.values() for r in found) - answered
        ):
            _tell(file, "returns", problem_log)
        said_yes = _units(r for r in rows.get("returns", ()) if r.get("has_activities"))
        if "activities" not in office and said_yes - active:
            _tell(file, "activities", problem_log)


def _units(records: Iterable[Mapping[str, Any]]) -> set[str]:
    return {str(record["unit_id"]).casefold() for record in records if record.get("unit_id")}


def _tell(file: str, table: str, problem_log: ProblemLog) -> None:
    title = table_schema(table).title()
    message = f'has no sheet "{table}" ({title}), and no other file makes up for it'
    fault = Fault("missing_sheet", message, allowed=table, severity="warning")
    problem_log.add_fault(fault, file, "", 0, "")
