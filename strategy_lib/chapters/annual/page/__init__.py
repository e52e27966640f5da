"""The main part of chapter 09's page: what changed since last time, why, and how firm that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from strategy_lib.chapters.annual.page.again import differs
from strategy_lib.chapters.annual.page.change import change
from strategy_lib.chapters.annual.page.cost import cost
from strategy_lib.chapters.annual.page.firm import firm
from strategy_lib.chapters.annual.page.why import drivers, lead_of, why
from strategy_lib.chapters.page import Page, first_rows
from strategy_lib.chapters.result import ChapterInputs, ChapterResult
from strategy_lib.chapters.short_names import short_names
from strategy_lib.core.messages import Say
from strategy_lib.plotting.pictures import Bar, Cell, Column, Grid, Picture, Row, Tone, Unknown

ALL_TIMES = 100.0


def page(result: ChapterResult, given: ChapterInputs, say: Say) -> Page:
    """What a leader sees of chapter 09, from its saved tables."""
    if given.before is None:
        return Page(say("annual-finding-first"))
    short = short_names(given.now.restricted, "presence_options")
    sections = (
        why(result, say, short),
        firm(result, say),
        cost(result, say),
        differs(result, say),
        change(result, say),
    )
    said = (_shares(result, say, short), drivers(result, say), _again(result, say))
    return Page(
        _finding(result, say, short),
        tuple(filter(None, said)),
        _moved(result, say, short) or _measures(result, say),
        tuple(section for section in sections if section),
    )


def _finding(result: ChapterResult, say: Say, short: Mapping[str, str]) -> str:
    """Whether another option leads than last time; else what else is new."""
    lead, year = lead_of(result), result.given["years"][0]
    if not lead or not lead["leader_now"]:
        actions, moved = result.tables["actions"], result.tables["moved_states"]
        late = int((actions["became"] == "late").sum())
        signs = int(moved["is_new_sign"].astype(bool).sum())
        return say(
            "annual-finding-not-compared", year=year, signs=signs, late=late, all=len(actions)
        )
    now, before = (short.get(lead[k], lead[k]) for k in ("leader_now", "leader_before"))
    if not lead["leader_before"]:
        return say("annual-finding-new", now=now, year=year)
    if lead["leader_now"] != lead["leader_before"]:
        return say("annual-finding-changed", now=now, before=before, year=year)
    return say("annual-finding-same", now=now, year=year)


def _shares(result: ChapterResult, say: Say, short: Mapping[str, str]) -> str:
    """How often the leaders came first, then and now."""
    lead = lead_of(result)
    if not lead or not lead["leader_now"]:
        return ""
    shares = result.tables["why_standing"].set_index("option")[["before_pct", "now_pct"]]
    now = lead["leader_now"]
    about = {
        "now": short.get(now, now),
        "was": round(shares["before_pct"][now]),
        "is": round(shares["now_pct"][now]),
    }
    before = lead["leader_before"]
    if not before or before == now:
        return say("annual-shares-one", **about)
    return say(
        "annual-shares",
        before=short.get(before, before),
        had=round(shares["before_pct"][before]),
        has=round(shares["now_pct"][before]),
        **about,
    )


def _again(result: ChapterResult, say: Say) -> str:
    """Whether people would decide the same again, of the first decision that was asked about."""
    again = result.tables["again"]
    if again.empty:
        return ""
    row = again.iloc[0].drop("decision")
    if row.isna().any():
        return "" if pd.isna(row["n_no"]) else say("annual-again-few", no=int(row["n_no"]))
    names = ("n_yes", "n_no", "n_unsure", "n_no_answer")
    yes, no, unsure, unsaid = (int(row[name]) for name in names)
    asked = yes + no + unsure + unsaid
    if not asked:
        return say("annual-again-not-asked")
    if unsaid == asked:
        return say("annual-again-unsaid", all=asked)
    return say("annual-again", all=asked, yes=yes, no=no, unsure=unsure, unsaid=unsaid)


@dataclass(frozen=True)
class _Year:
    """A column of the main picture: how often each option came first in a cycle."""

    column: str
    compared: frozenset[str] | None

    def has(self, row: Mapping[str, Any]) -> bool:
        """Whether the option was compared at all: nothing is not the same as never first."""
        return self.compared is None or row[self.column] > 0 or row["option"] in self.compared

    def cell(self, row: Mapping[str, Any], say: Say) -> Cell:
        if not self.has(row):
            return Unknown(say("annual-not-compared"))
        return Bar(say.times(row[self.column]), row[self.column])


def _moved(result: ChapterResult, say: Say, short: Mapping[str, str]) -> Picture | None:
    standing, lead = result.tables["why_standing"], lead_of(result)
    if standing.empty or not lead:
        return None
    years = [
        _Year(column, compared)
        for column, compared in zip(
            ("before_pct", "now_pct"), result.given["compared"], strict=True
        )
    ]
    rows = []
    records = [{str(k): v for k, v in row.items()} for row in standing.to_dict("records")]
    # Options that are not compared now stand last, as in chapter 02.
    for row in sorted(records, key=lambda record: not years[1].has(record)):
        name, moved = str(row["option"]), round(row["change"])
        cells = [year.cell(row, say) for year in years]
        way = "up" if moved > 0 else "down" if moved else "same"
        is_both = all(year.has(row) for year in years)
        cells.append(say("annual-moved", way=way, points=abs(moved)) if is_both else "")
        is_lead = name == lead["leader_now"]
        rows.append(Row(short.get(name, name), tuple(cells), tone=Tone.LEAD if is_lead else ""))
    then, now = result.given["years"]
    columns = (
        Column(then, say("annual-times"), 0, ALL_TIMES, width="30%"),
        Column(now, say("annual-times"), 0, ALL_TIMES, width="30%"),
        Column(say("annual-change"), align="end", width="12%"),
    )
    change = standing["change"].round()
    up, down = int((change >= 1).sum()), int((change <= -1).sum())
    compared = sum(any(year.has(row) for year in years) for row in records)
    return Picture(
        say("annual-moved-title", up=up, down=down, all=compared),
        Grid(columns, first_rows(rows, say), say("annual-option"), "22%"),
        say("annual-moved-sub", people=int(lead["people"])),
        ("why_standing", "why_by_option"),
    )


def _measures(result: ChapterResult, say: Say) -> Picture | None:
    """What else is counted in both cycles, where options are not compared."""
    known = result.tables["measures"].dropna(subset=["then", "now"])
    if known.empty:
        return None
    rows = [
        Row(str(row["measure"]), (say.number(row["then"], 0), say.number(row["now"], 0)))
        for row in known.to_dict("records")
    ]
    columns = tuple(Column(year, align="end", width="8rem") for year in result.given["years"])
    return Picture(
        say("annual-measures-title", moved=int((known["change"] != 0).sum()), all=len(known)),
        Grid(columns, first_rows(rows, say), say("annual-measure")),
        say("annual-measures-sub"),
        ("measures", "changed_rows"),
    )
