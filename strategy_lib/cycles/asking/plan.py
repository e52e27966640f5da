"""The plan of who is asked what: for the coordinator, before anything is sent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from strategy_lib.cycles.asking.lists import Asking
from strategy_lib.cycles.asking.questions import TABLES
from strategy_lib.forms.burden import minutes
from strategy_lib.forms.form import form_formats, new_book
from strategy_lib.schema.schema import schemas

PLAN_FILE = "plan.xlsx"
# So few are asked everything that fits: a question of fewer people than that could be shown to nobody.
_FEW = 3
_FEW_PEOPLE = (
    "With three people or fewer, everybody is asked everything that fits into the minutes: what "
    "fewer than three judge can be shown to nobody below the core."
)
# Wide enough for what stands in them, in letters.
_WIDTHS = {"question": 34, "what": 70, "why": 60, "reason": 80}


def people_of(asking: Asking) -> pd.DataFrame:
    """A row a person: how many questions of each kind, how many minutes."""
    rows, seconds = asking.rows(), asking.seconds()
    counts = rows.groupby(["assessor_id", "table"]).size().unstack(fill_value=0)  # noqa: PD010
    counts = counts.reindex(index=list(asking.people), columns=list(TABLES.values()), fill_value=0)
    named = counts.rename(columns={name: schemas()[name].title() for name in TABLES.values()})
    made = named.rename_axis("person", axis=0).rename_axis(None, axis=1).reset_index()
    return made.assign(minutes=[minutes(seconds[code]) for code in asking.people])


def questions_in(asking: Asking) -> pd.DataFrame:
    """A row a question: what it is, of how many it is asked, why; those asked of nobody last."""
    times = asking.lists["question_id"].value_counts()
    frame = asking.questions
    asked = frame["question_id"].map(times).fillna(0).astype("int64")
    made = pd.DataFrame(
        {
            "question": frame["question_id"],
            "what": frame["name"],
            "table": frame["table"].map(lambda name: schemas()[name].title()),
            "seconds": frame["seconds"],
            "people": asked,
            "why": frame["why"].where(asked > 0, "nobody has the minutes for it; open to all"),
        }
    )
    return made.sort_values("people", ascending=False, kind="stable", ignore_index=True)


def plan_lines(asking: Asking) -> Iterator[str]:
    """The plan in a few lines, for the terminal."""
    people = people_of(asking)
    if people.empty:
        yield "No assessor is listed, so nobody is asked to judge; list people in offices.xlsx."
        return
    taken = sorted(people["minutes"])
    asked = questions_in(asking)
    takes = f"{taken[0]}" if taken[0] == taken[-1] else f"{taken[0]} to {taken[-1]}"
    who = "1 person" if len(people) == 1 else f"{len(people)} people"
    yield (
        f"{asking.about}: {who}, up to {asking.minutes} minutes each "
        f"(it takes {takes}). Seed {asking.seed}."
    )
    if len(people) <= _FEW:
        yield f"  {_FEW_PEOPLE}"
    for title, group in asked.groupby("table", sort=False):
        on = group[group["people"] > 0]
        if len(on):
            low, high = on["people"].min(), on["people"].max()
            by = f"{low}" if low == high else f"{low} to {high}"
            each = "person" if high == 1 else "people"
            yield f"  {title}: {len(on)} of {len(group)} questions, {by} {each} each"
    if asking.lists.empty:
        yield "  Nobody is asked anything: no question fits into the minutes of enough people."
    for question, reason in sorted(asking.left_out.items()):
        yield f"  left out: {question} ({reason})"


def write_plan(path: Path, asking: Asking, organisation: str, year: int) -> Path:
    """Write the plan as a spreadsheet: people, questions, what is left out and why.

    It is for reading: lists are made from settings and seed, and nothing of it is read back.
    """
    book = new_book(path, organisation, year)
    formats = form_formats(book)
    about = (
        f"{asking.about}, up to {asking.minutes} minutes each. Seed {asking.seed}: anyone can make "
        "the lists again; nobody edits them."
    )
    if 0 < len(asking.people) <= _FEW:
        about += f" {_FEW_PEOPLE}"
    why = "Questions that workbook.toml leaves out, each with its reason."
    left_out = pd.DataFrame(
        sorted(asking.left_out.items()), columns=["question", "reason"], dtype="str"
    )
    for name, said, frame in (
        ("people", about, people_of(asking)),
        ("questions", "What is asked, of how many people, and why.", questions_in(asking)),
        ("left out", why, left_out),
    ):
        sheet = book.add_worksheet(name)
        sheet.write_string(0, 0, said, formats["line"])
        _write_frame(sheet, frame, formats)
    book.close()
    return path


def _write_frame(sheet: Any, frame: pd.DataFrame, formats: Any) -> None:
    for column, name in enumerate(frame.columns):
        sheet.write_string(1, column, str(name), formats["head"])
        sheet.set_column(column, column, _WIDTHS.get(str(name), 14))
        for row, value in enumerate(frame[name].tolist(), 2):
            sheet.write(row, column, value, formats["cell"])
    sheet.freeze_panes(2, 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)
