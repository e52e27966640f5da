"""What the chapters on engagement, 05 to 07, have in common: offices, open questions, sections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from strategy_lib.chapters.page import Part, Section, code_label, drawn_section
from strategy_lib.chapters.result import ChapterResult
from strategy_lib.core.messages import Say
from strategy_lib.editions.restrict import Restricted
from strategy_lib.plotting.pictures import Bar, Column, Grid, Picture, Row
from strategy_lib.schema.schema import code_list


def office_names(restricted: Restricted) -> dict[str, str]:
    """Code of an office -> its name, or the code where it has none."""
    units = restricted["units"]
    return dict(zip(units["unit_id"], units["name"].fillna(units["unit_id"]), strict=True))


def with_offices(frame: pd.DataFrame, offices: Mapping[str, str]) -> pd.DataFrame:
    """The same with names of offices in the place of their codes."""
    named = frame["unit_id"].map(lambda code: offices.get(code, code), na_action="ignore")
    return frame.assign(unit_id=named).rename(columns={"unit_id": "office"})


def in_code_order(frame: pd.DataFrame, by: Sequence[str], **codes: str) -> pd.DataFrame:
    """Rows by several columns, those of codes in the order of their lists.

    Parameters
    ----------
    codes : str
        Column -> its code list.

    Examples
    --------
    >>> in_code_order(pd.DataFrame({"grade": ["restricted", "public"]}), ["grade"], grade="handling")
            grade
    0      public
    1  restricted
    """
    places = {
        column: {code: place for place, code in enumerate(code_list(name).values)}
        for column, name in codes.items()
    }

    def order(column: pd.Series[Any]) -> pd.Series[Any]:
        return column.map(places[str(column.name)]) if column.name in places else column

    return frame.sort_values(list(by), key=order, ignore_index=True)


def open_questions(found: Iterable[Sequence[str]], codes: str) -> pd.DataFrame:
    """Questions that follow from what is entered, each with what it is about; nobody owns them.

    Parameters
    ----------
    found : iterable of (code, str)
        Code of the question, and its row in words.
    codes : str
        Code list of the chapter's questions, which gives their order.
    """
    made = pd.DataFrame(found, columns=["question", "about"]).astype("str")
    return in_code_order(made, ["question", "about"], question=codes).assign(owner_role=None)


def questions_picture(result: ChapterResult, codes: str, say: Say) -> Picture | None:
    """How many rows are behind each open question; None where none is open."""
    asked = result["open_questions"]
    if asked.empty:
        return None
    counts = asked["question"].value_counts()
    rows = tuple(
        Row(code_label(codes, code, say), (Bar(str(counts[code]), int(counts[code])),))
        for code in code_list(codes).values
        if code in counts
    )
    return Picture(
        say("open-questions", open=len(asked)),
        Grid((Column(say("open-questions-rows")),), rows, head_width="16rem"),
        say("open-questions-sub"),
        ("open_questions",),
    )


def said_or_unsaid(value: Any, say: Say) -> str:
    """What somebody wrote, or that nobody has said."""
    return value if isinstance(value, str) else say("unknown-not-said")


def sections(
    words: Mapping[Part, Sequence[str]], pictures: Mapping[Part, Sequence[Picture | None]]
) -> Iterator[Section]:
    """Sections of which there is something to draw.

    Parameters
    ----------
    words : mapping of Part to sequence of str
        The question of each section, then its sentences.
    """
    for part, (question, *sentences) in words.items():
        if made := drawn_section(part, question, sentences, pictures[part]):
            yield made
