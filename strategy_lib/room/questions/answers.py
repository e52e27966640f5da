"""An answer of a page becomes rows of a table, and rows become the answer again.

"I cannot say" is an answer: rows whose values are empty. What a page sends is checked here for its
form; the values themselves are checked as a cell of a spreadsheet is, when they are written.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from strategy_lib.judgements.receipts import VALUES, items_of
from strategy_lib.room.questions.blocks import Question
from strategy_lib.room.refusals import Refused

Row = dict[str, Any]


def rows_of(question: Question, value: Any) -> list[Row]:
    """Rows without assessor and round, one for each of the question's keys.

    Raises
    ------
    Refused
        If the value has not the form that the kind of question asks for.

    Examples
    --------
    >>> key = {"option_id": "P1", "criterion_id": "safety"}
    >>> one = Question("scores/P1/safety", "scale", "scores", "", "", 30, (key,))
    >>> rows_of(one, {"low": 5, "best": 6, "high": 8})[0]["best"]
    6
    """
    names = VALUES[question.table]
    if value is None:
        return [dict(key) | dict.fromkeys(names) for key in question.keys]
    if not isinstance(value, Mapping):
        raise _not_understood("value: an object or null")
    if question.kind == "order":
        return _ordered(question, _numbers(value, "points"))
    if question.kind == "influence":
        return _cells(question, value)
    given = {name: _number(value.get(name), name) for name in names}
    if set(value) - set(names):
        raise _not_understood(f"value: {', '.join(names)}")
    if question.kind == "scale" and given["best"] is None:
        raise _not_understood("value.best: a number; null as the whole value for “cannot say”")
    return [dict(question.keys[0]) | given]


def _ordered(question: Question, points: Mapping[str, Any]) -> list[Row]:
    listed = [key["criterion_id"] for key in question.keys]
    if set(points) != set(listed):
        raise _not_understood("value.points: every item, with points or null")
    return [{"criterion_id": code, "points": points[code]} for code in listed]


def _cells(question: Question, value: Mapping[str, Any]) -> list[Row]:
    if value.get("any") is False:
        return [dict(key) | {"impact": 0} for key in question.keys]
    cells = _numbers(value, "cells")
    named = {f"{key['source_state']}>{key['target_state']}": key for key in question.keys}
    if not set(cells) <= set(named):
        raise _not_understood("value.cells: SOURCE_STATE>TARGET_STATE")
    whole = {name: cells.get(name) for name in named}
    if any(n is not None and (n != int(n) or not -3 <= n <= 3) for n in whole.values()):
        raise Refused(422, "cannot_use", detail="an influence is a whole number from -3 to 3")
    return [dict(named[name]) | {"impact": number} for name, number in whole.items()]


def _numbers(value: Mapping[str, Any], name: str) -> dict[str, Any]:
    given = value.get(name)
    if not isinstance(given, Mapping):
        raise _not_understood(f"value.{name}: an object")
    return {str(key): _number(number, name) for key, number in given.items()}


def _number(value: Any, name: str) -> int | float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _not_understood(f"{name}: a number or null")
    return value


def _not_understood(detail: str) -> Refused:
    return Refused(400, "not_understood", detail=detail)


def row_name(table: str, row: Mapping[str, Any]) -> tuple[str, ...]:
    """What a row is known by, without the assessor and the round.

    Examples
    --------
    >>> row_name("scores", {"option_id": "P1", "criterion_id": "Safety", "best": 3})
    ('scores', 'p1', 'safety')
    """
    return (table, *(str(row.get(name) or "").casefold() for name in items_of(table)))


def names_of(question: Question, fixed: Mapping[str, str] | None = None) -> list[tuple[str, ...]]:
    """What the rows of a question are known by.

    Parameters
    ----------
    fixed : mapping, optional
        Fields that hold the same in every row of a person, such as their office.
    """
    return [row_name(question.table, {**(fixed or {}), **key}) for key in question.keys]


def value_of(question: Question, rows: list[Row]) -> Any:
    """The answer as the page sent it, from its rows in the order of the question's keys."""
    names = VALUES[question.table]
    if all(row.get(name) is None for row in rows for name in names):
        return None
    if question.kind == "order":
        named = zip(question.keys, rows, strict=True)
        return {"points": {key["criterion_id"]: _plain(row.get("points")) for key, row in named}}
    if question.kind == "influence":
        if all(row.get("impact") == 0 for row in rows):
            return {"any": False}
        cells = (
            (f"{key['source_state']}>{key['target_state']}", _plain(row.get("impact")))
            for key, row in zip(question.keys, rows, strict=True)
        )
        return {"cells": dict(cells)}
    return {name: _plain(rows[0].get(name)) for name in names}


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value
