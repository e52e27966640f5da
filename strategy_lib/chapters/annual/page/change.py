"""What would change the answer: signs, conditions, reviews, late actions, old facts, futures."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

import pandas as pd

from strategy_lib.chapters.annual.boards import CHANGES, MOVED
from strategy_lib.chapters.annual.followup import DUE, NO_DAY, SOON_DAYS
from strategy_lib.chapters.page import MOST_ROWS, Part, Section, first_rows, section_of
from strategy_lib.chapters.result import ChapterResult
from strategy_lib.core.messages import Names, Say
from strategy_lib.plotting.pictures import Column, Grid, Picture, Row, Sign, State

_LATE = "late"
Record = Mapping[Hashable, Any]


def change(result: ChapterResult, say: Say) -> Section | None:
    """What is newly seen, not known, due or late; and what is older than it is good for."""
    sentences = (_futures(result, say), _old_facts(result, say))
    pictures = (_picture(result, say), _boards(result, say))
    return section_of(Part.CHANGE, say("annual-change-head"), sentences, pictures)


def _picture(result: ChapterResult, say: Say) -> Picture | None:
    # Of each group at most so many, that none pushes out the others.
    groups = (
        (_reviews(result, say), 2),
        (_moved(result, "is_new_sign", say("annual-group-sign")), 3),
        (_moved(result, "no_longer_holds", say("annual-group-gone")), 2),
        (_conditions(result, say), 3),
    )
    rows: list[Row] = []
    for found, most in groups:
        rows += first_rows(list(found), say, most)
    late = list(_actions(result, say))
    room = MOST_ROWS - len(rows)
    if room > 0:
        rows += first_rows(late, say, room)
    if not rows:
        return None
    then, now = result.given["years"]
    columns = (
        Column(then, width="20%"),
        Column(now, width="24%"),
        Column(say("annual-who"), width="16%"),
    )
    moved, unmet = result.tables["moved_states"], result.tables["unmet"]
    counts = result.tables["counts"]
    return Picture(
        say(
            "annual-signs-title",
            new=int(moved["is_new_sign"].astype(bool).sum()),
            watched=int(counts["watched"].sum()),
            unknown=int((~unmet["is_known"].astype(bool)).sum()),
            conditions=int(counts["conditions"].sum()),
        ),
        Grid(columns, tuple(rows), say("annual-sign"), stacks=True),
        say("annual-signs-sub", late=len(late), all=len(result.tables["actions"])),
        ("moved_states", "signs", "unmet", "decisions", "actions", "actions_by_fate"),
    )


def _boards(result: ChapterResult, say: Say) -> Picture | None:
    """What of partners, projects and technologies moved or was answered, by name."""
    counts, changes = result.tables["boards_by_kind"], result.tables["boards"]
    if counts.empty:
        return None
    rows = [
        Row(
            str(row["board"]),
            tuple(say.number(row[name], 0) for name in ("now", *CHANGES)),
            note=_moved_by_name(changes[changes["board"] == row["board"]], say),
        )
        for row in counts.to_dict("records")
    ]
    columns = (
        Column(say("annual-boards-now"), align="end", width="13%"),
        *(Column(say("annual-boards-change", change=c), align="end", width="13%") for c in CHANGES),
    )
    about = {change: int(counts[change].sum()) for change in CHANGES}
    return Picture(
        say("annual-boards-title", all=int(counts["now"].sum()), **about),
        Grid(columns, first_rows(rows, say, len(rows)), say("annual-board")),
        say("annual-boards-sub"),
        ("boards", "boards_by_kind"),
    )


def _moved_by_name(changes: pd.DataFrame, say: Say) -> str:
    """What moved, by name; what was answered, is new or gone stands in the table."""
    moved = changes[changes["change"] == MOVED].to_dict("records")
    unsaid = say("annual-unsaid")
    told = [
        say(
            "annual-board-moved",
            about=row["about"],
            then=row["then"],
            now=row["now"] if isinstance(row["now"], str) else unsaid,
        )
        for row in moved
    ]
    return say("list-names", names=Names(told, 1)) if told else ""


def _reviews(result: ChapterResult, say: Say) -> Iterator[Row]:
    group = say("annual-group-review")
    for row in result.tables["decisions"].to_dict("records"):
        decided = row["decided_date"]
        then = say("annual-decided", day=decided.date()) if pd.notna(decided) else ""
        if row["review"] == DUE:
            state = State(say("annual-review-due"), Sign.ALARM)
        elif row["review"] == NO_DAY:
            state = State(say("annual-review-no-day"), Sign.UNKNOWN)
        elif row["days_left"] <= SOON_DAYS:
            state = State(say("annual-review-soon", days=int(row["days_left"])), Sign.NEAR)
        else:
            continue
        yield Row(str(row["question"]), (then, state, ""), group=group)


def _moved(result: ChapterResult, how: str, group: str) -> Iterator[Row]:
    """What is newly seen, or no longer holds: `how` is the column that says so."""
    moved = result.tables["moved_states"]
    for row in moved[moved[how].astype(bool)].to_dict("records"):
        yield _row(row, "text", Sign.ALARM, group, str(row["owner"]))


def _conditions(result: ChapterResult, say: Say) -> Iterator[Row]:
    for row in result.tables["unmet"].to_dict("records"):
        sign = Sign.ALARM if row["is_known"] else Sign.UNKNOWN
        yield _row(row, "condition", sign, say("annual-group-condition"), "")


def _row(row: Record, column: str, sign: Sign, group: str, who: str) -> Row:
    return Row(str(row[column]), (str(row["then"]), State(str(row["now"]), sign), who), group=group)


def _actions(result: ChapterResult, say: Say) -> Iterator[Row]:
    actions = result.tables["actions"]
    for row in actions[actions["became"] == _LATE].to_dict("records"):
        days = row["days_late"]
        late = say("annual-late") if pd.isna(days) else say("annual-days-late", days=int(days))
        cells = (str(row["then"]), State(late, Sign.ALARM), str(row["owner"]))
        yield Row(str(row["action"]), cells, group=say("annual-group-late"))


def _futures(result: ChapterResult, say: Say) -> str:
    """How many futures hold together then and now; nothing where that cannot be said."""
    shares = result.tables["future_shares"].dropna()
    if len(shares):
        first = shares.iloc[0]
        return say(
            "annual-future-share",
            future=str(first["scenario"]),
            now=say.times(float(first["now_pct"])),
            before=say.times(float(first["then_pct"])),
            year=result.given["years"][0],
        )
    for row in result.tables["counts"].to_dict("records"):
        if pd.isna(row["futures_now"]) or pd.isna(row["futures_before"]):
            return ""
        about = {
            "now": int(row["futures_now"]),
            "before": int(row["futures_before"]),
            "year": result.given["years"][0],
        }
        if row["futures_why_not"]:
            return say("annual-futures-counted", **about)
        gained = int((result.tables["scenarios"]["change"] == "gained").sum())
        lost = len(result.tables["scenarios"]) - gained
        return say("annual-futures", gained=gained, lost=lost, **about)
    return ""


def _old_facts(result: ChapterResult, say: Say) -> str:
    ages = result.tables["ages"]
    past = ages[ages["n_past"].fillna(0) > 0]
    if past.empty:
        return ""
    return say("annual-old-facts", past=len(past), all=len(ages))
