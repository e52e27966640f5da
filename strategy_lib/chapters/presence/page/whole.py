"""Finding, sentences, main picture and sections of chapter 02's page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from strategy_lib.chapters.codes import Answer, Compared, Direction, RouteState, Verdict
from strategy_lib.chapters.page import MOST_SENTENCES, Page, Part
from strategy_lib.chapters.presence.firmness import Test
from strategy_lib.chapters.presence.page.base import MOST_ROWS, ROWS_OF_MANY, Parts, is_known
from strategy_lib.chapters.presence.page.change import change, law_of_all
from strategy_lib.chapters.presence.page.cost import cost
from strategy_lib.chapters.presence.page.differs import differs
from strategy_lib.chapters.presence.page.firm import firm
from strategy_lib.chapters.presence.page.why import why
from strategy_lib.chapters.result import ChapterInputs, ChapterResult
from strategy_lib.core.messages import Argument, Say
from strategy_lib.plotting.pictures import (
    Bar,
    Cell,
    Column,
    Grid,
    Picture,
    Row,
    Sign,
    State,
    Tone,
    Unknown,
)


def page(result: ChapterResult, given: ChapterInputs, say: Say) -> Page:
    """What a leader sees of chapter 02, from its saved tables."""
    parts = Parts(result, given, say)
    if not parts.order:
        return Page(say("presence-to-begin"), answered=_answered(parts))
    made = (make(parts) for make in (why, firm, cost, differs, change))
    sections = tuple(section for section in made if section)
    said = [_shares(parts), _price(parts), _law(parts)]
    if not said[-1] and not any(section.part == Part.CHANGE for section in sections):
        said.append(law_of_all(parts))
    # Which options are beyond a red line, where nothing is to be said of the law.
    said.append(_not_compared(parts, Compared.BEYOND, "red-line-options"))
    said.append(_not_compared(parts, Compared.CLOSED, "presence-closed"))
    return Page(
        _finding(parts),
        tuple(filter(None, said))[:MOST_SENTENCES],
        _main(parts) if parts.leader else _left(parts),
        sections,
        say("presence-fragile") if _is_fragile(parts) else "",
        _answered(parts),
    )


def _answered(parts: Parts) -> str:
    """Who scored of those who were asked."""
    answers, listed = parts.table("answers"), parts.given.now.restricted["assessors"]
    asked, people = (listed["assessor_id"].nunique(), sum(int(r["assessors"]) for r in answers))
    if not people:
        return parts.say("presence-answered-nobody", asked=asked)
    silent = max(0, asked - people)
    return parts.say("presence-answered", people=people, offices=len(answers), silent=silent)


def _is_fragile(parts: Parts) -> bool:
    return any(row["is_fragile"] == Answer.YES for row in parts.table("standing"))


def _finding(parts: Parts) -> str:
    say, options = parts.say, len(parts.order)
    if not parts.leader:
        compared = [r for r in parts.table("options") if r["state"] == Compared.YES]
        if len(compared) == 1:
            left = parts.option(compared[0]["option"])
            return say("presence-finding-one-left", option=left, options=options)
        if parts.table("middle_scores"):
            return say("presence-finding-none-left", options=options)
        if parts.fewest > 1:
            return say("presence-finding-too-few", options=options, fewest=parts.fewest)
        return say("presence-finding-nobody", options=options)
    tied = [parts.option(name) for name in parts.tied]
    if len(tied) > 1:
        all_ = len(parts.table("ranks"))
        return say("presence-finding-tied", count=len(tied), all=all_, names=parts.names(tied, 2))
    option = parts.option(parts.leader)
    failed = [row for row in parts.table("firmness") if row["is_held"] == Answer.NO]
    if failed:
        return _fragile(parts, option, {Test(row["kind"]): row for row in failed})
    times = parts.say.times(parts.table("ranks")[0]["rank_1_pct"])
    tests = len(parts.table("firmness"))
    return say("presence-finding-firm", option=option, times=times, tests=tests)


def _fragile(parts: Parts, option: str, failed: dict[Test, dict[str, Any]]) -> str:
    """That a lead is fragile, with the gravest cause in numbers."""
    say = parts.say
    if row := failed.get(Test.MIDDLE):
        return say("presence-finding-middle", option=option, rival=parts.option(row["rival"]))
    if row := failed.get(Test.POINTS):
        points, rival = parts.points(row["number"]), parts.option(row["rival"])
        return say("presence-finding-points", option=option, points=points, rival=rival)
    if row := failed.get(Test.HALF):
        return say("presence-finding-half", option=option, times=parts.say.times(row["number"]))
    if row := failed.get(Test.CRITERION):
        changes, of = int(row["number"]), int(row["out_of"])
        return say("presence-finding-criterion", option=option, changes=changes, of=of)
    if row := failed.get(Test.PERSON):
        return say("presence-finding-person", option=option, people=parts.people)
    row = failed[Test.LINES]
    lines, of = int(row["number"]), int(row["out_of"])
    return say("red-line-finding", option=option, lines=lines, of=of)


def _shares(parts: Parts) -> str:
    """How often the first three come first, and of how many people that is."""
    say, ranks = parts.say, parts.table("ranks")
    if not ranks:
        return ""
    told = [(parts.option(r["option"]), parts.say.times(r["rank_1_pct"])) for r in ranks]
    if parts.people == 1 and len(parts.tied) > 1:
        return say("presence-one-person-tied", times=told[0][1])
    if parts.people == 1:
        return say("presence-one-person", option=told[0][0], times=told[0][1])
    heard = [pair for pair, row in zip(told, ranks, strict=True) if row["rank_1_pct"] >= 1][:3]
    if len(parts.tied) > 1 or not heard:
        return say("presence-times-tied", times=told[0][1])
    (option, times), *rest = heard
    if not rest:
        return say("presence-times-one", option=option, times=times)
    if len(rest) == 1:
        (second, seconds), *_ = rest
        return say("presence-times-two", option=option, times=times, second=second, seconds=seconds)
    (second, seconds), (third, thirds) = rest
    return say(
        "presence-times-three",
        option=option,
        times=times,
        second=second,
        seconds=seconds,
        third=third,
        thirds=thirds,
    )


def _price(parts: Parts) -> str:
    """What the first costs in money and in freedom to speak; never added."""
    if len(parts.tied) != 1:
        return ""
    say, option = parts.say, parts.option(parts.leader)
    costs, freedom = (parts.row_of(name, parts.leader) for name in ("costs", "freedom"))
    scored = bool(freedom) and freedom["answers"] > 0
    about: dict[str, Argument] = {"option": option}
    if scored:
        about["middle"] = parts.points(freedom["freedom_lost_median"])
    if not costs:
        return say("presence-price-freedom", **about) if scored else ""
    about |= {"range": parts.money_range(costs), "years": int(parts.table("plan")[0]["years"])}
    return say("presence-price" if scored else "presence-price-money", **about)


def _law(parts: Parts) -> str:
    """The law of the first, never called open where its confirmation has lapsed."""
    row = parts.row_of("options", parts.leader) if len(parts.tied) == 1 else {}
    state, day = row.get("law", ""), row.get("last_confirmed", "")
    say, option = parts.say, parts.option(parts.leader)
    if state == RouteState.LAPSED:
        return say("presence-law-lapsed", option=option, looked=pd.Timestamp(day).date())
    if state == RouteState.OPEN and is_known(day):
        return say("presence-law-confirmed", option=option, looked=pd.Timestamp(day).date())
    if state == RouteState.OPEN:
        return say("presence-law-entered", option=option)
    if state == RouteState.NOT_KNOWN:
        return say("presence-law-not-known", option=option)
    if state == RouteState.NOT_LISTED:
        return say("presence-law-not-listed", option=option)
    if state == RouteState.LAW_CHANGED:
        return say("presence-law-changed", option=option)
    return ""


def _not_compared(parts: Parts, state: Compared, message: str) -> str:
    """Which options are out for this reason."""
    rows = parts.table("options")
    out = [parts.option(row["option"]) for row in rows if row["state"] == state]
    if not out:
        return ""
    return parts.say(message, count=len(out), all=len(parts.order), names=parts.names(out))


def _left(parts: Parts) -> Picture | None:
    """Why nothing is compared, where people scored; None where nobody did."""
    if not parts.table("middle_scores"):
        return None
    say, options = parts.say, parts.table("options")
    left = [row for row in options if row["state"] == Compared.YES]
    rows = [Row(parts.option(row["option"]), (say("presence-left-row"),)) for row in left]
    rows += [replace(row, cells=row.cells[-1:]) for row in _not_ranked(parts)]
    return Picture(
        say("presence-left", left=len(left), all=len(options)),
        Grid((Column(""),), tuple(rows), head_width="13rem"),
        say("presence-left-sub"),
        ("red_lines",),
    )


def _main(parts: Parts) -> Picture:
    say, ranks = parts.say, parts.table("ranks")
    is_long, rest = len(parts.order) > MOST_ROWS, _not_ranked(parts)
    shown = ranks[: max(ROWS_OF_MANY - len(rest), 1)] if is_long else ranks
    rows = [_ranked(parts, row) for row in shown]
    columns = (
        Column(say("presence-first"), align="end", width="4.6rem"),
        Column(say("presence-first-three"), align="end", width="6rem", is_optional=True),
        Column("", high=100),
    )
    legend = ((Tone.LEAD, say("presence-legend-first")), ("soft", say("presence-legend-three")))
    left = len(ranks) - len(shown)
    first = parts.option(parts.leader)
    title = say("presence-main", option=first, times=parts.say.times(ranks[0]["rank_1_pct"]))
    if len(parts.tied) > 1:
        title = say("presence-main-tied", count=len(parts.tied), all=len(ranks))
    return Picture(
        title,
        Grid(columns, (*rows, *rest), head_width="13rem", legend=legend),
        say("presence-main-sub", people=parts.people, left=left),
        ("ranks", "red_lines"),
    )


def _not_ranked(parts: Parts) -> list[Row]:
    """Options that are not compared; those out for one reason in one row where there are many."""
    others = [row for row in parts.table("options") if row["state"] != Compared.YES]
    if len(parts.order) > MOST_ROWS:
        return _together(parts, others)
    return [_other(parts, row) for row in others]


def _ranked(parts: Parts, row: dict[str, Any]) -> Row:
    first = float(row["rank_1_pct"])
    three = sum(float(row.get(f"rank_{place}_pct", 0.0)) for place in (1, 2, 3))
    is_first = row["option"] in parts.tied
    bar = Bar("", first, max(three - first, 0.0))
    cells: tuple[Cell, ...] = (parts.say.times(first), parts.say.times(min(three, 100.0)), bar)
    return Row(parts.option(row["option"]), cells, tone=Tone.LEAD if is_first else "")


def _other(parts: Parts, row: dict[str, Any]) -> Row:
    """An option that is not compared, with the reason."""
    say, name = parts.say, str(row["option"])
    if row["state"] == Compared.NOT_SCORED:
        few = parts.fewest
        text = say("presence-out-too-few", fewest=few) if few > 1 else say("presence-out-nobody")
        return Row(parts.option(name), ("", "", Unknown(text)))
    if row["state"] == Compared.CLOSED:
        return Row(parts.option(name), ("", "", State(say("presence-out-closed"), Sign.ALARM)))
    line = next(
        r
        for r in parts.table("red_lines")
        if r["option"] == name and r["verdict"] == Verdict.BEYOND
    )
    asked = parts.row_of("criteria", line["criterion"], "criterion")["direction"]
    about: dict[str, Argument] = {
        "scored": int(line["scored"]),
        "criterion": parts.criterion(line["criterion"]),
        "side": "above" if asked == Direction.LOWER else "below",
        "limit": parts.points(line["line"]),
        "whose": str(line["whose"]) or say("presence-whose-nobody"),
    }
    if is_known(line["beyond"]):
        text = say("red-line-out", beyond=int(line["beyond"]), **about)
    else:
        text = say("red-line-out-most", **about)
    return Row(parts.option(name), ("", "", State(text, Sign.ALARM)))


def _together(parts: Parts, others: list[dict[str, Any]]) -> list[Row]:
    """Options that are not compared, one row a reason."""
    say, rows = parts.say, []
    for state in (Compared.BEYOND, Compared.CLOSED, Compared.NOT_SCORED):
        mine = [row for row in others if row["state"] == state]
        if len(mine) == 1:
            rows.append(_other(parts, mine[0]))
        elif mine:
            names = parts.names([parts.option(row["option"]) for row in mine])
            cell: Cell
            if state == Compared.BEYOND:
                cell = State(say("red-line-out-many", names=names), Sign.ALARM)
            elif state == Compared.CLOSED:
                cell = State(say("presence-out-closed-many", names=names), Sign.ALARM)
            else:
                cell = Unknown(say("presence-out-nobody-many", names=names, fewest=parts.fewest))
            head = say("presence-out-options", count=len(mine), all=len(parts.order))
            rows.append(Row(head, ("", "", cell)))
    return rows
