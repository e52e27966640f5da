"""What is put to the readers, in the words of those who wrote it."""

from __future__ import annotations

import textwrap
from typing import Any

import pandas as pd

from strategy_lib.chapters.brief_ground import Ground, text
from strategy_lib.tables.schema import code_list

OPEN_CHOICE = "Open choice: nobody has written a recommendation."
NO_RESOLUTION = "No wording of a resolution is written yet."
MOST_LINES, LINE = 5, 98
_LAST = pd.Timestamp.max.floor("s")


def questions(ground: Ground) -> pd.DataFrame:
    """What is put to the readers, the one for page one first.

    Those to be decided come before those to be discussed and noted, and the earliest day first.
    """
    frame = ground.entered["brief"]
    codes = code_list("brief_purpose").values
    order = pd.DataFrame({
        "purpose": [codes.index(p) if p in codes else len(codes) for p in frame["purpose"]],
        "day": frame["decision_by"].fillna(_LAST),
        "id": frame["brief_id"],
    }, index=frame.index)  # fmt: skip
    chosen = order.sort_values(["purpose", "day", "id"], kind="stable").index
    return frame.loc[chosen].reset_index(drop=True)


def first_question(ground: Ground) -> dict[str, Any]:
    """The row of `questions` that page one is about; empty where nobody wrote any."""
    frame = questions(ground)
    return {str(key): value for key, value in frame.iloc[0].items()} if len(frame) else {}


def recommendation(row: dict[str, Any]) -> str:
    """What people recommend in five lines at most, and who; never a verdict of the workbook."""
    words = " ".join(text(row.get("recommendation")).split())
    if not words:
        return OPEN_CHOICE
    by = text(row.get("recommended_by"))
    lead = f"{by}: " if by else ""
    lines = textwrap.wrap(f"{lead}{words}", LINE)
    if len(lines) <= MOST_LINES:
        return f"{lead}{words}"
    return f"{' '.join(lines[:MOST_LINES])} … (the whole text stands under What is put to you)"


def asked(row: dict[str, Any]) -> str:
    """Of whom a decision is asked, and by when."""
    if not row:
        return "Nothing is asked yet."
    whom = text(row.get("asked_of")) or "nobody is named"
    day = row.get("decision_by")
    return f"{whom}; by {day:%Y-%m-%d}" if text(day) else f"{whom}; no day is set"
