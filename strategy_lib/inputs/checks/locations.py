"""Where a row of a frame stands in what was sent, for what the checks across tables tell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from strategy_lib.core.problems import Problem
from strategy_lib.inputs.problem_log import ProblemLog
from strategy_lib.schema.cell import Place
from strategy_lib.schema.cell_faults import Fault
from strategy_lib.schema.schema import table_schema
from strategy_lib.schema.text import shortened

RowValues = Mapping[Any, Any]


def row_dicts(frame: pd.DataFrame) -> list[dict[Any, Any]]:
    """Rows of a frame as mappings, with None where a value is missing."""
    if frame.empty:
        return []
    columns = [[None if _is_missing(v) else v for v in frame[name].tolist()] for name in frame]
    return [dict(zip(frame.columns, row, strict=True)) for row in zip(*columns, strict=True)]


def _is_missing(value: Any) -> bool:
    return value is None or value is pd.NA or value is pd.NaT or value != value


def place_of(row: RowValues, *, own_file: str = "") -> str:
    """Place of a row in words; without its file where that is `own_file`."""
    file = str(row.get("source_file") or "")
    number = row.get("source_row")
    parts = ["" if file == own_file else file, str(row.get("source_sheet") or "")]
    return ", ".join([*(part for part in parts if part), f"row {number}" if number else ""])


def tell(problem_log: ProblemLog, table: str, row: RowValues, column: str, fault: Fault) -> Problem:
    """Keep what is wrong with one field of a row, or with the row where `column` is empty."""
    title = table_schema(table)[column].title() if column else ""
    return problem_log.add_fault(fault, *place_in(row), title)


def place_in(row: RowValues) -> Place:
    """Place of a row as the journal knows it."""
    file, sheet = str(row.get("source_file") or ""), str(row.get("source_sheet") or "")
    return file, sheet, int(row.get("source_row") or 0)


def blame(problem_log: ProblemLog, row: RowValues, problem: Problem) -> None:
    """Note that a row cannot be used because of a problem of another row."""
    problem_log.blame(place_in(row), problem)


def is_refused(problem_log: ProblemLog, row: RowValues, column: str) -> bool:
    """Whether one field of a row is missing because its cell was refused."""
    return (*place_in(row), column) in problem_log.refused


def tell_each(
    problem_log: ProblemLog, table: str, row: RowValues, column: str, fault: Fault
) -> None:
    """The same for lines of which each one is wanted, however many there are."""
    title = table_schema(table)[column].title() if column else ""
    problem_log.problems.append(fault.at(*place_in(row), shortened(title)))
