"""Which way the world is moving: signposts, by the futures to which they point."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from strategy_lib.chapters.codes import Answer
from strategy_lib.chapters.page import Part, Section
from strategy_lib.chapters.scenarios.page.facts import Facts
from strategy_lib.chapters.scenarios.signposts import CROSSED, NEAR, NOT_LOOKED
from strategy_lib.core.messages import Names
from strategy_lib.plotting.pictures import Cell, Column, Grid, Picture, Row, Sign, State, Unknown

_CANNOT_TELL = "cannot_tell"
_MOST_NAMED = 2


def section(facts: Facts) -> Section | None:
    """Signposts crossed, near, not looked at and overdue, by future."""
    say, board = facts.say, facts.table("signposts")
    futures = facts.with_today
    if board.empty or not futures:
        return None
    pointing = _pointing(facts, board)
    columns = (
        Column(say("scenarios-watched"), width="13%"),
        Column(say("scenarios-crossed")),
        Column(say("scenarios-near")),
        Column(say("scenarios-unknown")),
        Column(say("scenarios-overdue")),
    )
    rows = tuple(Row(_name(facts, name), _cells(facts, pointing[name])) for name in futures)
    return Section(
        Part.CHANGE,
        say("scenarios-moving-question"),
        (_unwatched(facts, board), _decided(facts)),
        (
            Picture(
                _title(facts, board, pointing),
                Grid(columns, rows, head_width="15%", stacks=True),
                say("scenarios-moving-sub", signposts=len(board)),
                ("signposts",),
            ),
        ),
        say("scenarios-moving-label"),
    )


def _name(facts: Facts, future: str) -> str:
    return facts.say("scenarios-name-today", future=future) if future == facts.own else future


def _pointing(facts: Facts, board: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Signposts that point to each future: to a state that not all of them share."""
    codes = {
        str(row["scenario"]): set(str(row["states"]).split(";"))
        for row in facts.table("cards").to_dict("records")
    }
    shared = set.intersection(*codes.values()) if len(codes) > 1 else set()
    return {name: board[board["state_id"].isin(list(own - shared))] for name, own in codes.items()}


def _cells(facts: Facts, own: pd.DataFrame) -> tuple[Cell, ...]:
    if own.empty:
        return (Unknown(facts.say("scenarios-nobody-watches")), "", "", "", "")
    codes = own["status_code"]
    unknown = own[codes.isin([_CANNOT_TELL, NOT_LOOKED])]
    late = own[own["is_overdue"] == Answer.YES]
    return (
        str(len(own)),
        _named(facts, own[codes == CROSSED], Sign.ALARM),
        _named(facts, own[codes == NEAR], Sign.NEAR),
        _named(facts, unknown, Sign.UNKNOWN),
        _named(facts, late, Sign.NO),
    )


def _named(facts: Facts, rows: pd.DataFrame, sign: Sign) -> Cell:
    if rows.empty:
        return "0"
    names = [str(name) for name in rows["points_to"]]
    return State(
        facts.say("scenarios-signposts", count=len(names), names=Names(names, _MOST_NAMED)), sign
    )


def _unwatched(facts: Facts, board: pd.DataFrame) -> str:
    pointing = _pointing(facts, board)
    blind = [name for name in facts.with_today if pointing[name].empty]
    if not blind:
        overdue = int((board["is_overdue"] == Answer.YES).sum())
        return facts.say("scenarios-moving-overdue", overdue=overdue, signposts=len(board))
    return facts.say(
        "scenarios-moving-blind",
        futures=Names(blind),
        count=len(blind),
        shown=len(facts.with_today),
    )


def _title(facts: Facts, board: pd.DataFrame, pointing: dict[str, pd.DataFrame]) -> str:
    """How many signposts are crossed or near, and to which future most of these point."""
    counts = {code: int((board["status_code"] == code).sum()) for code in (CROSSED, NEAR)}
    told: dict[str, Any] = {
        "crossed": counts[CROSSED],
        "near": counts[NEAR],
        "signposts": len(board),
    }
    moved = {
        name: int(pointing[name]["status_code"].isin([CROSSED, NEAR]).sum())
        for name in facts.futures
        if name != facts.own and name in pointing
    }
    most = max(moved.values(), default=0)
    if not most:
        return facts.say("scenarios-moving-title", **told)
    names = [name for name, count in moved.items() if count == most]
    return facts.say("scenarios-moving-title-to", **told, count=most, futures=Names(names))


def _decided(facts: Facts) -> str:
    """The last decision of this chapter, and its review."""
    table = facts.table("decisions")
    if table.empty:
        return facts.say("scenarios-undecided")
    last = table.iloc[0]
    day, review = _day(last["decided_date"]), last["review_date"]
    if pd.isna(review):
        return facts.say("scenarios-decided-no-review", day=day)
    due = "yes" if last["is_due"] == Answer.YES else "no"
    return facts.say("scenarios-decided", day=day, review=_day(review), due=due)


def _day(value: Any) -> date:
    return pd.Timestamp(value).date()
