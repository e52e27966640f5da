"""Which way the world is moving: signposts, by the futures to which they point."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd

from strategy_lib.chapters.codes import Answer
from strategy_lib.chapters.page import Part, Section
from strategy_lib.chapters.scenarios.page.facts import Facts, state_alone
from strategy_lib.chapters.scenarios.signposts import CROSSED, NEAR, NOT_LOOKED
from strategy_lib.core.messages import Names, Number
from strategy_lib.plotting.pictures import (
    Cell,
    Column,
    Grid,
    Picture,
    Range,
    Row,
    Sign,
    State,
    Unknown,
)

ALL = 100.0
_CANNOT_TELL = "cannot_tell"
_MOST_NAMED = 2


def section(facts: Facts) -> Section | None:
    """Signposts crossed, near, not looked at and overdue, by future."""
    say, board = facts.say, facts.table("signposts")
    futures = facts.with_today
    if board.empty or not futures:
        return None
    pointing = _pointing(facts, board)
    # Of 100 plausible futures, how many are like each scored one, before and after.
    moved = facts.numbers("moved_futures", "scenario")
    columns = [
        Column(say("scenarios-watched"), width="13%" if not moved else "9%"),
        Column(say("scenarios-crossed")),
        Column(say("scenarios-near")),
        Column(say("scenarios-unknown")),
        Column(say("scenarios-overdue")),
    ]
    if moved:
        head = Column(
            say("scenarios-moved-head"), say("scenarios-moved-note"), high=ALL, width="24%"
        )
        columns = [head, *columns[:3], columns[4]]
    rows = tuple(
        Row(facts.name(name), (*_after(facts, moved, name), *_cells(facts, pointing[name], moved)))
        for name in futures
    )
    picture = Picture(
        _title_moved(facts, moved) if moved else _title(facts, board, pointing),
        Grid(tuple(columns), rows, head_width="15%", stacks=True),
        " ".join(_sub(facts, board, is_moved=bool(moved))),
        ("moved_futures", "moved_options", "tellings", "signposts"),
    )
    question, label = say("scenarios-moving-question"), say("scenarios-moving-label")
    sentences = (_flips(facts) if moved else _unwatched(facts, board, pointing), _decided(facts))
    return Section(Part.CHANGE, question, sentences, (picture,), label)


def _pointing(facts: Facts, board: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Signposts that point to each future: to a state that not all of them share."""
    codes = {
        str(row["scenario"]): set(str(row["states"]).split(";"))
        for row in facts.table("cards").to_dict("records")
    }
    shared = set.intersection(*codes.values()) if len(codes) > 1 else set()
    return {name: board[board["state_id"].isin(list(own - shared))] for name, own in codes.items()}


def _after(facts: Facts, moved: dict[str, dict[str, float]], future: str) -> tuple[Cell, ...]:
    if not moved:
        return ()
    if future not in moved:
        return (Unknown(facts.say("scenarios-not-scored")),)
    row = moved[future]
    before, after, low, high = (
        facts.say.times(row[name]) for name in ("before_pct", "after_pct", "low_pct", "high_pct")
    )
    said = facts.say("scenarios-moved", before=before, after=after, low=low, high=high)
    return (Range(said, row["low_pct"], row["after_pct"], row["high_pct"]),)


def _title_moved(facts: Facts, moved: dict[str, dict[str, float]]) -> str:
    """The kind of futures that what was found moves most."""
    scored = {name: row for name, row in moved.items() if name in facts.scored}
    most = max(scored, key=lambda name: abs(scored[name]["after_pct"] - scored[name]["before_pct"]))
    row = scored[most]
    return facts.say(
        "scenarios-moved-title",
        future=most,
        before=facts.say.times(row["before_pct"]),
        after=facts.say.times(row["after_pct"]),
    )


def _flips(facts: Facts) -> str:
    """Which option has the highest mean score after what was found, and what would change that."""
    say, options = facts.say, facts.table("moved_options").dropna(subset=["after_mean"])
    told = facts.table("tellings")
    if options.empty:
        return say("scenarios-moving-no-mean")
    leader = options.iloc[0]
    flips = told[told["would_lead"] != ""]
    given: dict[str, Any] = {
        "option": facts.short(str(leader["option"])),
        "mean": Number(float(leader["after_mean"])),
        "rated": len(told),
    }
    if flips.empty:
        return say("scenarios-flips-none", **given)
    first = flips.iloc[0]
    return say(
        "scenarios-flips",
        **given,
        count=len(flips),
        state=state_alone(str(first["points_to"])),
        other=facts.short(str(first["would_lead"])),
    )


def _sub(facts: Facts, board: pd.DataFrame, *, is_moved: bool) -> Iterator[str]:
    say = facts.say
    if is_moved:
        told = facts.table("tellings")
        yield say("scenarios-moved-sub", rated=len(told), signposts=len(board))
    else:
        yield say("scenarios-moving-sub", signposts=len(board))
        if facts.basis["scored"]:
            yield say("scenarios-moving-unrated", fewest=facts.fewest)


def _cells(facts: Facts, own: pd.DataFrame, moved: dict[str, dict[str, float]]) -> tuple[Cell, ...]:
    if own.empty:
        return (Unknown(facts.say("scenarios-nobody-watches")), "", "", *[""] * (1 if moved else 2))
    codes = own["status_code"]
    unknown = own[codes.isin([_CANNOT_TELL, NOT_LOOKED])]
    late = own[own["is_overdue"] == Answer.YES]
    return (
        str(len(own)),
        _named(facts, own[codes == CROSSED], Sign.ALARM),
        _named(facts, own[codes == NEAR], Sign.NEAR),
        *(() if moved else (_named(facts, unknown, Sign.UNKNOWN),)),
        _named(facts, late, Sign.NO),
    )


def _named(facts: Facts, rows: pd.DataFrame, sign: Sign) -> Cell:
    if rows.empty:
        return "0"
    names = [state_alone(str(name)) for name in rows["points_to"]]
    return State(
        facts.say("scenarios-signposts", count=len(names), names=Names(names, _MOST_NAMED)), sign
    )


def _unwatched(facts: Facts, board: pd.DataFrame, pointing: dict[str, pd.DataFrame]) -> str:
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
