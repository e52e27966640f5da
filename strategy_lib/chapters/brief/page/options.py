"""The options beside each other, how firm their order is, and what they cost."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

import pandas as pd

from strategy_lib.chapters.brief.context import text
from strategy_lib.chapters.brief.views import AUTHORS
from strategy_lib.chapters.codes import Answer, RouteState, Verdict
from strategy_lib.chapters.page import Part, Section, drawn_section, first_rows
from strategy_lib.chapters.result import ChapterInputs, ChapterResult
from strategy_lib.chapters.short_names import option_answers
from strategy_lib.core.messages import Argument, Money, Names, Number, Say
from strategy_lib.plotting.pictures import (
    Bar,
    Cell,
    Column,
    Grid,
    Picture,
    Range,
    Row,
    Shade,
    Sign,
    State,
    Unknown,
    steps,
)

OLD_YEARS = 5.0
HIGHEST, ALL_TIMES = 10.0, 100.0
_MILLION, _THOUSAND = 1_000_000, 1_000
_UNITS = {_MILLION: "million", _THOUSAND: "thousand"}
_ROUGH_FROM = 100_000
_VERDICT_SIGNS = {Verdict.WITHIN: Sign.YES, Verdict.BEYOND: Sign.ALARM, Verdict.DISPUTED: Sign.NEAR}
_LAW_SIGNS = {
    RouteState.OPEN: Sign.YES,
    RouteState.NONE_NEEDED: Sign.YES,
    RouteState.CLOSED: Sign.ALARM,
    RouteState.LAPSED: Sign.NEAR,
    RouteState.LAW_CHANGED: Sign.NEAR,
}
# Columns with the low, the middle and the high end.
_COST = ("cost_p10", "cost_p50", "cost_p90")
_FREEDOM = ("freedom_lowest", "freedom_median", "freedom_highest")
_MOST_INCOMES = 3
Record = Mapping[Hashable, Any]
Short = Mapping[str, str]


def options_picture(
    result: ChapterResult, given: ChapterInputs, say: Say, short: Short
) -> Picture | None:
    """The options in short beside each other; of a question about futures, those of chapter 04."""
    options = result.tables["options"]
    if options.empty:
        return _futures(result, say)
    plan, unit = given.now.presence, _unit(options)
    limit = None if plan.budget is None else plan.budget / unit
    about: dict[str, Argument] = {"currency": given.now.currency, "unit": _UNITS[unit]}
    note = (
        say("brief-options-cost-note", **about)
        if limit is None
        else say("brief-options-cost-budget", budget=Number(limit), **about)
    )
    # Not compared ones keep their order behind the others, as in chapter 02.
    means = option_answers(given.now.restricted)
    rows = [_option(row, say, short, unit, means) for row in options.to_dict("records")]
    first, freedom = say("brief-options-first-note"), say("brief-options-freedom-note")
    columns = (
        Column(say("brief-options-first"), first, 0, ALL_TIMES, width="14%"),
        Column(say("brief-options-cost"), note, 0, limit=limit, width="18%"),
        Column(say("brief-options-freedom"), freedom, 0, HIGHEST, width="15%"),
        Column(say("red-line-head"), width="13%"),
        Column(say("brief-options-law"), say("brief-options-law-note"), width="17%"),
    )
    return Picture(
        _side_by_side(options, say),
        Grid(columns, first_rows(rows, say), say("brief-options-head"), "23%", stacks=True),
        say("brief-options-sub", years=plan.years),
        ("options", "option_scores", "option_spread"),
    )


def _side_by_side(options: pd.DataFrame, say: Say) -> str:
    """Whether one option is first in all that is asked; no verdict either way."""
    compared = options[options["first_pct"].notna()]
    if compared.empty or compared["cost_p50"].isna().all():
        return say("brief-options-title")
    lead = compared.iloc[0]
    priced, free = options["cost_p50"].min(), options["freedom_median"].min()
    is_all = lead["cost_p50"] == priced and lead["freedom_median"] == free
    if is_all:
        return say("brief-options-title-one")
    return say("brief-options-title-none", compared=len(compared))


def _option(row: Record, say: Say, short: Short, unit: int, means: Short) -> Row:
    name, line, law = str(row["option"]), text(row["red_line"]), text(row["law"])
    named = [say("brief-means", answer=means[name])] if name in means else []
    named += [
        say("brief-named-in", where=where) for where in text(row["named_in"]).split("; ") if where
    ]
    return Row(
        short.get(name, name),
        (
            _first(row, say),
            _range(row, _COST, say, say("brief-no-amount"), unit),
            _range(row, _FREEDOM, say, say("brief-nobody-scored")),
            _state(_VERDICT_SIGNS, line, say("red-line-verdict", code=line)),
            _state(_LAW_SIGNS, law, say("brief-law", code=law)),
        ),
        note=" · ".join(named),
    )


def _first(row: Record, say: Say) -> Cell:
    if pd.notna(row["first_pct"]):
        return Bar(say.times(row["first_pct"]), row["first_pct"])
    is_out = row["red_line"] == Verdict.BEYOND
    return Unknown(say("red-line-brief") if is_out else say("brief-not-compared"))


def _range(row: Record, parts: tuple[str, str, str], say: Say, why_not: str, unit: int = 1) -> Cell:
    low, middle, high = (float(row[part]) / unit for part in parts)
    return (
        Unknown(why_not) if pd.isna(middle) else Range(_short(middle, say, unit), low, middle, high)
    )


def _short(amount: float, say: Say, unit: int) -> str:
    return say.number(amount, 0 if unit == _THOUSAND else 1)


def _state(signs: Mapping[Any, Sign], code: str, words: str) -> Cell:
    return State(words, signs.get(code, Sign.UNKNOWN)) if code else words


def _unit(options: pd.DataFrame) -> int:
    """What amounts are divided by, so that they are short."""
    return _MILLION if options["cost_p50"].max() >= _ROUGH_FROM else _THOUSAND


def _futures(result: ChapterResult, say: Say) -> Picture | None:
    scores = result.tables["scenario_scores"]
    names = [str(name) for name in scores.columns if name != "option"]
    if scores.empty or not names:
        return None
    share = result.tables["scenario_shares"].set_index("scenario")["share_pct"].to_dict()
    read = result.tables["scenario_read"].set_index("option")["good_pct"].to_dict()
    names = sorted(names, key=lambda name: -float(share.get(name, 0.0)))
    rows = [
        Row(
            str(row["option"]),
            (
                *(_future(row[name], say) for name in names),
                *([_times(read.get(row["option"]), say)] if read else []),
            ),
        )
        for row in scores.to_dict("records")
    ]
    columns = [
        Column(
            name,
            say("brief-future-share", share=say.times(float(share[name]))) if name in share else "",
            align="center",
            letter=chr(ord("A") + n),
        )
        for n, name in enumerate(names)
    ]
    if read:
        note = say("brief-good-in-note")
        columns.append(Column(say("brief-good-in"), note, align="end", letter="✓"))
    return Picture(
        say("brief-futures-title", options=len(scores), futures=len(names)),
        Grid(tuple(columns), first_rows(rows, say), say("brief-options-head"), "15rem"),
        say("brief-futures-sub-read" if read else "brief-futures-sub"),
        ("scenario_scores", "scenario_read", "scenario_shares", "scenario_options"),
    )


def _times(share: float | None, say: Say) -> Cell:
    return "–" if share is None else say.times(float(share))


def _future(score: float, say: Say) -> Cell:
    if pd.isna(score):
        return Unknown("")
    return Shade(say.number(score), steps({0: score}, low=0, high=HIGHEST, is_reversed=False)[0])


def firm(result: ChapterResult, say: Say, short: Short) -> Section | None:
    """What the chapters behind rest on, and what is missing in them."""
    chapters = result.tables["chapters"]
    is_there = chapters["is_there"] == Answer.YES
    lacking = chapters[~is_there | (chapters["has_input"] == Answer.NO)]
    left = dict(_left_open(result, say))
    rows = []
    for row in chapters.to_dict("records"):
        if row["is_there"] != Answer.YES:
            cells: tuple[Cell, ...] = (Unknown(say("brief-chapter-gone")), "")
        elif row["has_input"] == Answer.NO:
            cells = (Unknown(say("brief-chapter-empty")), str(row["says_first"]))
        else:
            found = row["says_first"] if row["says_first"] != row["answered"] else ""
            who, dot, _ = str(row["answered"]).partition(". ")
            cells = (f"{who}." if dot else who or left.get(row["chapter"], ""), str(found))
        rows.append(Row(f"{row['chapter']} {row['title']}", cells))
    names = Names(list(lacking["title"]))
    title = (
        say("brief-chapters-lacking", lacking=len(lacking), all=len(chapters), names=names)
        if len(lacking)
        else say("brief-chapters", all=len(chapters))
    )
    columns = (
        Column(say("brief-chapters-answered"), width="34%"),
        Column(say("brief-chapters-found")),
    )
    picture = Picture(
        title,
        Grid(columns, first_rows(rows, say), say("brief-chapters-head"), "11rem", stacks=True),
        say("brief-chapters-sub"),
        ("chapters", "engagement", "facts", "sources"),
    )
    said = tuple(_how_firm(result, say, short))
    return Section(Part.FIRM, say("brief-firm"), said, (picture,))


def _left_open(result: ChapterResult, say: Say) -> Iterator[tuple[str, str]]:
    """Optional chapter -> how many of its questions are open, and how many are nobody's."""
    for row in result.tables["engagement"].to_dict("records"):
        asked, nobodys = int(row["questions"]), int(row["without_owner"])
        yield row["chapter"], say("brief-questions-open", all=asked, nobodys=nobodys)


def _how_firm(result: ChapterResult, say: Say, short: Short) -> Iterator[str]:
    for row in result.tables["lead"].to_dict("records"):
        near = text(row["nearest"])
        if near and pd.notna(row["points_to_move"]):
            yield say(
                "brief-near", option=short.get(near, near), points=Number(row["points_to_move"])
            )
    ages = result.tables["facts"]["age_years"]
    old, undated = int((ages > OLD_YEARS).sum()), int(ages.isna().sum())
    if undated:
        yield say("brief-facts-undated", old=old, undated=undated, all=len(ages))
    elif old:
        yield say("brief-facts", old=old, all=len(ages))


def costs(result: ChapterResult, given: ChapterInputs, say: Say, short: Short) -> Section | None:
    """What options cost in money and in freedom to speak, and what could go wrong for whom."""
    said = (
        say("brief-cost-freedom") if len(result.tables["options"]) else "",
        say("brief-risks-nobody") if result.tables["risks"].empty else "",
    )
    pictures = (_money(result, given, say, short), _risks(result, say))
    return drawn_section(Part.COST, say("brief-cost"), said, pictures)


def _money(result: ChapterResult, given: ChapterInputs, say: Say, short: Short) -> Picture | None:
    options, plan = result.tables["options"], given.now.presence
    if options.empty:
        return None
    unit, has_budget = _unit(options), options["over_budget_pct"].notna().any()
    rows = []
    for row in options.to_dict("records"):
        over: tuple[Cell, ...] = ()
        if has_budget:
            share = row["over_budget_pct"]
            over = (Unknown(""),) if pd.isna(share) else (Bar(say.times(share), share),)
        name = str(row["option"])
        money = _from_to(row, _COST, say, say("brief-no-amount"), unit)
        freedom = _from_to(row, _FREEDOM, say, say("brief-nobody-scored"))
        rows.append(Row(short.get(name, name), (money, *over, freedom)))
    shown = [*first_rows(rows, say), *_incomes(result, say, unit, len(rows[0].cells))]
    note = say("brief-options-cost-note", currency=given.now.currency, unit=_UNITS[unit])
    columns = [
        Column(say("brief-options-cost"), note, width="23%"),
        Column(say("brief-options-freedom"), say("brief-money-freedom-note"), width="23%"),
    ]
    title = say("brief-money-title")
    if has_budget:
        note = say("brief-options-first-note")
        columns.insert(1, Column(say("brief-money-over"), note, 0, ALL_TIMES, width="26%"))
        over_budget = int((options["over_budget_pct"] > ALL_TIMES / 2).sum())
        title = say(
            "brief-money-title-over",
            over=over_budget,
            priced=int(options["cost_p50"].notna().sum()),
            budget=Money(plan.budget or 0, given.now.currency),
        )
    return Picture(
        title,
        Grid(tuple(columns), tuple(shown), say("brief-options-head"), "28%"),
        say("brief-money-sub", years=plan.years),
        ("options", "incomes"),
    )


def _incomes(result: ChapterResult, say: Say, unit: int, width: int) -> Iterator[Row]:
    """What pursued ways to money may bring, beside the costs and never taken from them."""
    for row in result.tables["incomes"].to_dict("records")[:_MOST_INCOMES]:
        brings = _from_to(row, ("p10", "p50", "p90"), say, "", unit)
        name = say("brief-income", avenue=row["avenue"])
        yield Row(name, (brings, *("",) * (width - 1)), group=say("brief-incomes"))


def _from_to(
    row: Record, parts: tuple[str, str, str], say: Say, why_not: str, unit: int = 1
) -> Cell:
    low, middle, high = (float(row[part]) / unit for part in parts)
    if pd.isna(middle):
        return Unknown(why_not)
    ends = [_short(end, say, unit) for end in (low, high) if pd.notna(end)]
    if len(ends) < 2 or ends[0] == ends[1]:
        return _short(middle, say, unit)
    return say("brief-from-to", low=ends[0], high=ends[1])


def _risks(result: ChapterResult, say: Say) -> Picture | None:
    risks = result.tables["risks"]
    if risks.empty:
        return None
    rows = [
        Row(str(row["risk"]), (), group=str(row["said_by"])) for row in risks.to_dict("records")
    ]
    own = int((risks["source"] == AUTHORS).sum())
    title = (
        say("brief-risks-own", found=len(risks) - own)
        if own
        else say("brief-risks-found", found=len(risks))
    )
    return Picture(
        title,
        Grid((), first_rows(rows, say), say("brief-risks-head")),
        say("brief-risks-sub"),
        ("risks",),
    )
