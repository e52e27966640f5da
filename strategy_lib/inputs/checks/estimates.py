"""Estimates in three points, and money: what one cell alone cannot tell."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

import pandas as pd

from strategy_lib.inputs.checks.locations import is_refused, row_dicts, tell
from strategy_lib.inputs.problem_log import ProblemLog
from strategy_lib.schema.cell_faults import Fault
from strategy_lib.schema.schema import TableSchema, schemas

THREE_POINTS = (("low", "best", "high"), ("p10", "p50", "p90"))
Frames = Mapping[str, pd.DataFrame]


def check_estimates(frames: Frames, problem_log: ProblemLog) -> None:
    """Say where low, best and high (or P10, P50 and P90) are out of order or incomplete."""
    for table, names in tables_with_estimates():
        frame = frames[table.name]
        if frame.empty:
            continue
        points = frame[list(names)]
        for row in row_dicts(frame[points.notna().any(axis=1)]):
            _check_row(table, names, row, problem_log)


def tables_with_estimates() -> Iterator[tuple[TableSchema, tuple[str, str, str]]]:
    """Tables that hold estimates in three points, with the names of their columns.

    Examples
    --------
    >>> next(tables_with_estimates())[1]
    ('p10', 'p50', 'p90')
    """
    for name in sorted(schemas()):
        for names in THREE_POINTS:
            if set(names) <= set(schemas()[name].names):
                yield schemas()[name], names


def _check_row(
    table: TableSchema,
    names: tuple[str, str, str],
    row: Mapping[Hashable, Any],
    problem_log: ProblemLog,
) -> None:
    low, best, high = (row[name] for name in names)
    titles = [f'"{table[name].title()}"' for name in names]
    if pd.isna(best) or pd.isna(low) != pd.isna(high):
        missing = [i for i in (1, 0, 2) if pd.isna((low, best, high)[i])]
        if any(is_refused(problem_log, row, names[i]) for i in missing):
            return
        empty = missing[0]
        message = f"{titles[empty]} is empty; give all three, the middle one alone, or none"
        tell(problem_log, table.name, row, names[empty], Fault("incomplete_estimate", message))
        return
    if pd.isna(low):
        return
    if not low <= best <= high:
        found = f"{low:g}, {best:g}, {high:g}"
        message = f"found {found} in {', '.join(titles)}; they must not get smaller"
        fault = Fault("estimate_out_of_order", message, found, "low ≤ middle ≤ high")
        tell(problem_log, table.name, row, names[1], fault)


def check_currencies(frames: Frames, own: str, problem_log: ProblemLog) -> None:
    """Say which amounts are in a currency that has no rate."""
    rates = set(frames["currency_rates"]["currency"].dropna()) | {own}
    costs = frames["costs"]
    unknown = costs["currency"].notna() & ~costs["currency"].isin(rates) & costs["p50"].notna()
    for row in row_dicts(costs[unknown]):
        message = (
            f'"{row["currency"]}" has no rate; add it to the table of rates, with date and source'
        )
        allowed = ", ".join(sorted(rates))
        fault = Fault("currency_without_rate", message, row["currency"], allowed)
        tell(problem_log, "costs", row, "currency", fault)
