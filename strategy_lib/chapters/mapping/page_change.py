"""What would change chapter 01's page: strategies that fall due, and what is not known yet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from strategy_lib.chapters.mapping.page_view import View
from strategy_lib.chapters.page import Part, Section, section_of
from strategy_lib.core.messages import Names
from strategy_lib.inputs.checks.answers import SILENT
from strategy_lib.plotting.pictures import Cell, Column, Grid, Picture, Row, Sign, State


def change(view: View) -> Section | None:
    """Country strategies without a China section, and open points."""
    say, due, open_ = view.say, _strategies(view), _open_points(view)
    said = (
        say("mapping-change-strategies") if due else "",
        say("mapping-change-open") if open_ else "",
    )
    return section_of(Part.CHANGE, say("mapping-change"), said, (due, open_))


def _strategies(view: View) -> Picture | None:
    say, table = view.say, view.result["strategies_first"]
    if table.empty:
        return None
    rows, left = view.first_rows([_strategy(view, row) for _, row in table.iterrows()])
    columns = (
        Column(say("mapping-strategies-due")),
        Column(say("mapping-strategies-section"), width="23%"),
        Column(say("mapping-strategies-rank"), align="end", width="15%", is_optional=True),
    )
    return Picture(
        say(
            "mapping-strategies-title",
            without=len(table),
            due=view.total("n_strategies_due"),
            months=view.given.now.mapping.strategy_due_months,
        ),
        Grid(columns, rows, head=say("mapping-strategies-country"), head_width="30%", note=left),
        say("mapping-strategies-sub"),
        ("strategies_first",),
    )


def _strategy(view: View, row: Any) -> Row:
    say, rank = view.say, row["exposure_rank"]
    due: Cell = say.day(row["renewal_date"].date())
    if row["is_overdue"]:
        due = State(say("mapping-strategies-overdue", day=str(due)), Sign.ALARM)
    ranked = "" if pd.isna(rank) else say.number(float(rank), 0)
    return Row(str(row["country"]), (due, str(row["china_section"]), ranked))


def _open_points(view: View) -> Picture | None:
    say = view.say
    rows = [Row(said, (say.number(count, 0), what)) for said, count, what in _points(view) if count]
    if not rows:
        return None
    columns = (
        Column(say("mapping-open-count"), align="end", width="16%"),
        Column(say("mapping-open-what")),
    )
    return Picture(
        say("mapping-open", points=len(rows)),
        Grid(columns, tuple(rows), head=say("mapping-open-head"), head_width="40%", stacks=True),
        say("mapping-open-sub"),
        ("answers", "names_to_confirm", "contacts_by_strength"),
    )


def _points(view: View) -> Iterator[tuple[str, int, str]]:
    """What may be open: how it is called, how many there are, and what hangs on them."""
    say, result = view.say, view.result
    who = result["answers"]
    silent = who[(who["answer"] == SILENT) & who["is_highly_exposed"]]
    what = say("mapping-open-silent-what", names=Names(sorted(set(silent["country"]))))
    yield say("mapping-open-silent"), len(silent), what
    now, joined = len(result["contradictions"]), view.total("n_seen_differently_if_joined")
    case = "same" if now == joined else "other"
    what = say("mapping-open-names-what", case=case, now=now, joined=joined)
    yield say("mapping-open-names"), len(result["names_to_confirm"]), what
    untold = int(result["discovery"]["n_not_said"].fillna(0).sum())
    yield say("mapping-open-known"), untold, say("mapping-open-known-what")
    carried = int(result["contacts_by_strength"]["n_not_said"].sum())
    yield say("mapping-open-people"), carried, say("mapping-open-people-what")
    in_part = int(view.countries["n_not_in_full"].fillna(0).sum())
    yield say("mapping-open-full"), in_part, say("mapping-open-full-what")
