"""What is put to the readers, in the words of those who wrote it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from strategy_lib.chapters.brief.context import Context, day_in_words, text
from strategy_lib.schema.schema import code_list

OPEN_CHOICE = "Open choice: no recommendation is entered."
NO_RESOLUTION = "No wording of a resolution is entered yet."
MOST_LINES, LINE = 5, 98
IN_FULL = "What is put to you"
_FIRST_WIDE = 0x2E7F
_LAST = pd.Timestamp.max.floor("s")


def questions(context: Context) -> pd.DataFrame:
    """What is put to the readers, the one for page one first.

    Those to be decided come before those to be discussed and noted, and the earliest day first.
    """
    frame = context.entered["brief"]
    codes = code_list("brief_purpose").values
    order = pd.DataFrame(
        {
            "purpose": [codes.index(p) if p in codes else len(codes) for p in frame["purpose"]],
            "day": frame["decision_by"].fillna(_LAST),
            "id": frame["brief_id"],
        },
        index=frame.index,
    )
    chosen = order.sort_values(["purpose", "day", "id"], kind="stable").index
    return frame.loc[chosen].reset_index(drop=True)


def first_question(context: Context) -> dict[str, Any]:
    """The row of `questions` that page one is about; empty where nobody wrote any."""
    frame = questions(context)
    return {str(key): value for key, value in frame.iloc[0].items()} if len(frame) else {}


def recommendation(row: dict[str, Any]) -> str:
    """What people recommend in five lines at most, and who; never a verdict of the workbook."""
    words = " ".join(text(row.get("recommendation")).split())
    if not words:
        return OPEN_CHOICE
    by = text(row.get("recommended_by"))
    lead = f"{by}: " if by else ""
    return cut(f"{lead}{words}", MOST_LINES, IN_FULL)


def asked(row: dict[str, Any]) -> str:
    """Of whom a decision is asked, and by when."""
    if not row:
        return "Nothing is asked yet."
    whom = text(row.get("asked_of")) or "nobody is named"
    day = day_in_words(row.get("decision_by"))
    return f"{whom}, by {day}" if day else f"{whom}; no day is set"


def lines_of(said: object, width: int = LINE) -> int:
    """Lines that a text takes, about; a Chinese character counts as two letters.

    Examples
    --------
    >>> lines_of("one two", 4), lines_of("a\\nb"), lines_of("")
    (2, 2, 1)
    """
    return sum(max(1, -(-sum(map(_columns, line)) // width)) for line in text(said).split("\n"))


def _columns(letter: str) -> int:
    return 2 if ord(letter) > _FIRST_WIDE else 1


def cut(words: str, lines: int, place: str) -> str:
    """The first lines of a text, and where the whole of it stands; a short text as it is.

    Examples
    --------
    >>> cut("We rest.", 1, "Below")
    'We rest.'
    """
    if lines_of(words) <= lines:
        return words
    tail = f" … (the whole text stands under “{place}”)"
    room, kept = lines * LINE - len(tail), 0
    for letter in words:
        # A line that is ended early takes the room of a whole one.
        room -= LINE if letter == "\n" else _columns(letter)
        if room < 0:
            break
        kept += 1
    said = words[:kept]
    # A word stays whole, where there are words.
    whole = said.rsplit(None, 1)[0] if " " in said[-60:] else said
    return f"{whole.rstrip()}{tail}"
