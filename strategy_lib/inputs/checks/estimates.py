"""Estimates in three points, and money: what one cell alone cannot tell."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

import pandas as pd

from strategy_lib.core.problems import Severity
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
        fault = out_of_order(low, best, high, ", ".join(titles))
        tell(problem_log, table.name, row, names[1], fault)


def out_of_order(low: float, best: float, high: float, titles: str) -> Fault:
    """What is wrong with three points of which a later one is smaller."""
    found = f"{low:g}, {best:g}, {high:g}"
    message = f"found {found} in {titles}; they must not get smaller"
    return Fault("estimate_out_of_order", message, found, "low ≤ middle ≤ high")


# Tables of amounts, and how much it matters that one cannot be counted.
_AMOUNTS: Mapping[str, Severity] = {"costs": "error", "funding_avenues": "warning"}


def check_currencies(frames: Frames, own: str, problem_log: ProblemLog) -> None:
    """Say which amounts are in a currency that has no rate; a cost then counts for nothing."""
    rates = set(frames["currency_rates"]["currency"].dropna()) | {own}
    allowed = ", ".join(sorted(rates))
    for table, severity in _AMOUNTS.items():
        rows = frames[table]
        is_unknown = ~rows["currency"].isin(rates) & rows["p50"].notna()
        for row in row_dicts(rows[is_unknown]):
            found = str(row["currency"] or "")
            message = f'"{found}" has no rate; add it to the table of rates, with date and source'
            if not found:
                message = "is empty; say in which currency the amounts are"
            fault = Fault("currency_without_rate", message, found, allowed, severity=severity)
            # A cost without any is told as missing already.
            if found or table != "costs":
                tell(problem_log, table, row, "currency", fault)
