"""A criterion's question and its scale in words, in sight while somebody scores."""

from __future__ import annotations

from typing import Any

import pandas as pd

from strategy_lib.core.messages import Number, say
from strategy_lib.schema.schema import code_list
from strategy_lib.widgets.parts import safe

_BETTER = {
    "lower_is_better": "A lower score is better.",
    "higher_is_better": "A higher score is better.",
}


def anchors_html(criterion: pd.Series[Any]) -> str:
    """Question, direction, and what 0, 5 and 10 look like.

    Parameters
    ----------
    criterion : Series
        A row of the table `criteria`.
    """
    question = _text(criterion, "question") or _text(criterion, "name")
    way = _BETTER.get(_text(criterion, "direction"), "")
    marks = "".join(
        f"<li><strong>{mark}:</strong> {safe(_text(criterion, f'anchor_{mark}'))}</li>"
        for mark in (0, 5, 10)
        if _text(criterion, f"anchor_{mark}")
    )
    line = criterion.get("red_line")
    limit = ""
    if line is not None and not pd.isna(line):
        whose = _text(criterion, "red_line_whose")
        value = Number(float(line))
        told = (
            say("red-line-panel-whose", value=value, whose=whose)
            if whose
            else say("red-line-panel", value=value)
        )
        limit = f"<p>{safe(told)}</p>"
    return f"<p><strong>{safe(question)}</strong> {way}</p><ul>{marks}</ul>{limit}"


def _text(row: pd.Series[Any], name: str) -> str:
    value = row.get(name)
    return "" if value is None or pd.isna(value) else str(value)


def levels_html(codes: str) -> str:
    """The levels of a code list, each in words."""
    items = "".join(
        f"<li><strong>{safe(code.label())}:</strong> {safe(code.description)}</li>"
        for code in code_list(codes).codes
    )
    return f"<ul>{items}</ul>"
