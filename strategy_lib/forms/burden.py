"""How long a form takes, by the seconds that its questions take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from math import ceil
from typing import Any

from strategy_lib.forms.folding import asked_fields
from strategy_lib.schema.reference import records_of, reference
from strategy_lib.schema.schema import TableSchema

SECONDS_A_MINUTE = 60
# From here on, minutes are said in fives.
_ROUGH_FROM = 10
Rows = Sequence[Mapping[str, Any]]


@cache
def _kinds() -> dict[str, dict[str, Any]]:
    return {row["kind"]: row for row in records_of(reference("question_seconds"))}


@cache
def _kind_of() -> dict[str, str]:
    return {row["table"]: kind for kind, row in _kinds().items() if "table" in row}


def question_seconds(kind: str) -> int:
    """Seconds that one question of a kind takes.

    Examples
    --------
    >>> question_seconds("weight"), question_seconds("score"), question_seconds("block")
    (15, 30, 45)
    """
    return int(_kinds()[kind]["seconds"])


def is_timed(table: TableSchema) -> bool:
    """Whether it is stated how long a row of a table takes.

    Examples
    --------
    >>> from strategy_lib.schema.schema import schemas
    >>> is_timed(schemas()["projects"]), is_timed(schemas()["units"])
    (True, False)
    """
    return table.name in _kind_of()


def row_seconds(table: TableSchema) -> int:
    """Seconds that one row of a table takes; 10 a column that is not folded unless stated.

    Examples
    --------
    >>> from strategy_lib.schema.schema import schemas
    >>> row_seconds(schemas()["readiness"])
    20
    """
    kind = _kind_of().get(table.name)
    if kind:
        return question_seconds(kind)
    return len(asked_fields(table)) * question_seconds("cell")


def form_seconds(tables: Sequence[TableSchema], rows: Mapping[str, Rows]) -> int:
    """Seconds that a form takes with the rows that it begins with.

    A row to judge takes what its kind takes; a row of last year what confirming it takes, and the
    rest of what a form usually gets is new.

    Parameters
    ----------
    tables : sequence of TableSchema
        Sheets of the form.
    rows : mapping of str to sequence of mapping
        Table -> rows that it begins with.
    """
    total = question_seconds("top")
    for table in tables:
        given, each = len(rows.get(table.name, ())), row_seconds(table)
        if table.prefilled_by or table.filled_by == "assessor":
            total += given * each
        else:
            usual = int(_kinds().get(_kind_of().get(table.name, ""), {}).get("usual", 0))
            new = max(0, usual - given)
            total += given * question_seconds("confirmed") + new * each
    return total


def minutes(seconds: float) -> int:
    """Minutes as a form says them: whole ones, from 10 on in fives, never fewer than it takes.

    Examples
    --------
    >>> minutes(200), minutes(600), minutes(810)
    (4, 10, 15)
    """
    whole = max(1, ceil(seconds / SECONDS_A_MINUTE))
    return whole if whole < _ROUGH_FROM else 5 * ceil(whole / 5)
