"""What comes next, by whom and when: actions, decisions to review, what nobody does yet."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from strategy_lib.chapters.brief.context import ENDED, NOBODY, text
from strategy_lib.chapters.brief.coverage import UNSAID
from strategy_lib.chapters.codes import Answer
from strategy_lib.chapters.page import MOST_ROWS, Part, Section, first_rows, section_of
from strategy_lib.chapters.result import ChapterResult
from strategy_lib.core.messages import Names, Say
from strategy_lib.plotting.pictures import Cell, Column, Grid, Picture, Row, Sign, State

_GOING = "under_way"
MOST_DECISIONS = 3
Record = Mapping[Hashable, Any]


def change(result: ChapterResult, say: Say) -> Section | None:
    """What comes next, by whom and when, and what nobody has taken up."""
    sentences = (_idle(result, say), _unsaid(result, say))
    pictures = (_next(result, say),)
    label = say("brief-change-label")
    return section_of(Part.CHANGE, say("brief-change"), sentences, pictures, label)


def _next(result: ChapterResult, say: Say) -> Picture | None:
    """Decisions to review, then actions that go on: late ones, those of nobody, then by day."""
    decisions, actions = result.tables["decisions"], result.tables["actions"]
    going = actions[~actions["status_code"].isin(ENDED)]
    if decisions.empty and going.empty:
        return None
    is_late, is_nobodys = going["is_overdue"] == Answer.YES, going["owner"] == NOBODY
    order = going.assign(late=~is_late, nobodys=~is_nobodys).sort_values(
        ["late", "nobodys", "due_date"], kind="stable"
    )
    to_review = first_rows(
        [_decision(row, say) for row in decisions.to_dict("records")], say, MOST_DECISIONS
    )
    room = MOST_ROWS - len(to_review)
    doing = first_rows([_action(row, say) for row in order.to_dict("records")], say, room)
    counts = {"late": int(is_late.sum()), "nobodys": int(is_nobodys.sum()), "all": len(actions)}
    columns = (
        Column(say("brief-next-owner"), width="15rem"),
        Column(say("brief-next-day"), width="10rem"),
        Column(say("brief-next-state"), width="10rem"),
    )
    return Picture(
        say("brief-next-title", **counts) if len(going) else say("brief-next-title-review"),
        Grid(columns, (*doing, *to_review), say("brief-next-head"), stacks=True),
        say("brief-next-sub"),
        ("plan", "timeline", "actions_incomplete", "actions_by_owner", "decisions", "calendar"),
    )


def _action(row: Record, say: Say) -> Row:
    owner, is_late = text(row["owner"]), row["is_overdue"] == Answer.YES
    who: Cell = State(say("brief-owner-nobody"), Sign.ALARM) if owner == NOBODY else owner
    due: Any = row["due_date"]
    day = say("brief-no-day") if pd.isna(due) else say.day(due.date())
    if is_late:
        state: Cell = State(say("brief-days-late", days=-int(row["days_left"])), Sign.ALARM)
        return Row(text(row["action"]), (who, day, state), group=say("brief-group-late"))
    group = say("brief-group-nobodys") if owner == NOBODY else say("brief-group-next")
    sign = Sign.YES if row["status_code"] == _GOING else Sign.NO
    return Row(text(row["action"]), (who, day, State(text(row["status"]), sign)), group=group)


def _decision(row: Record, say: Say) -> Row:
    day: Any = row.get("decided_date")
    review: Any = row.get("review_date")
    state: Cell
    if review is None or pd.isna(review):
        on, state = say("brief-no-day"), State(say("brief-review-no-day"), Sign.UNKNOWN)
    elif row["is_due"] == Answer.YES:
        on, state = say.day(review.date()), State(say("brief-review-due"), Sign.ALARM)
    else:
        on, state = say.day(review.date()), State(say("brief-review-later"), Sign.NO)
    note = say("brief-decided-on", day=day.date()) if pd.notna(day) else ""
    cells = (text(row.get("decided_by")), on, state)
    return Row(text(row["question"]), cells, note=note, group=say("brief-group-review"))


def _idle(result: ChapterResult, say: Say) -> str:
    """Which of the things to do first have no action; nothing where actions are not listed."""
    first = result.tables["first_things"]
    if first.empty or first["actions"].isna().any():
        return ""
    # Names begin with the number of the recommendation.
    idle = [
        text(row["recommendation"]).removeprefix(text(row["recommendation_id"])).strip()
        for row in first[first["actions"] == 0].to_dict("records")
    ]
    return say("brief-idle", idle=len(idle), all=len(first), names=Names(idle)) if idle else ""


def _unsaid(result: ChapterResult, say: Say) -> str:
    coverage = result.tables["coverage"]
    unsaid = int((coverage["state"] == UNSAID).sum())
    return say("brief-unsaid", unsaid=unsaid, all=len(coverage)) if unsaid else ""
