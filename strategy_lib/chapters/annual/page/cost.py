"""What it costs: what only one person knows, and harm to people that moved."""

from __future__ import annotations

import pandas as pd

from strategy_lib.chapters.annual.harm import DOWN, UP
from strategy_lib.chapters.page import Part, Section, first_rows, section_of
from strategy_lib.chapters.result import ChapterResult
from strategy_lib.core.messages import Say
from strategy_lib.plotting.pictures import Bar, Column, Grid, Picture, Row


def cost(result: ChapterResult, say: Say) -> Section | None:
    """Contacts and knowledge that rest on one person, and what became of harm to people."""
    sentences = (_leaving(result, say), _harm(result, say))
    pictures = () if result.tables["one_person"].empty else _pictures(result, say)
    return section_of(Part.COST, say("annual-cost"), sentences, pictures)


def _pictures(result: ChapterResult, say: Say) -> tuple[Picture, ...]:
    year = result.given["years"][0]
    kinds, units = (result.tables[f"one_person_by_{name}"] for name in ("kind", "unit"))
    old, every = int(kinds["n_before"].sum()), len(result.tables["one_person"])
    held = result.tables["counts"]["held"]
    whole = int(held.iloc[0]) if len(held) else every
    by_kind = say("annual-alone-title", alone=every, old=old, year=year, all=whole)
    by_unit = say(
        "annual-alone-units-title",
        offices=len(units),
        most=str(units["unit"].iloc[0]),
        count=int(units[["n_before", "n_new"]].iloc[0].sum()),
    )
    return (
        _alone(kinds, "kind", by_kind, say("annual-kind"), year, say),
        _alone(units, "unit", by_unit, say("annual-office-head"), year, say),
    )


def _alone(table: pd.DataFrame, name: str, title: str, head: str, year: str, say: Say) -> Picture:
    """What rests on one person, by kind or by office."""
    rows = [
        Row(_capital(str(row[name])), (_bar(row["n_before"], row["n_new"], say),))
        for row in table.to_dict("records")
    ]
    legend = (("lead", say("annual-already", year=year)), ("soft", say("annual-new")))
    columns = (Column(say("annual-alone"), width="58%"),)
    grid = Grid(columns, first_rows(rows, say), head, legend=legend)
    return Picture(title, grid, say("annual-alone-sub"), (f"one_person_by_{name}", "one_person"))


def _bar(old: int, new: int, say: Say) -> Bar:
    return Bar(say("annual-of-which", all=old + new, old=old), old, new, tone="lead")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _leaving(result: ChapterResult, say: Say) -> str:
    table = result.tables["one_person"]
    leaving = int(table["leaves_date"].notna().sum()) if len(table) else 0
    return say("annual-leaving", leaving=leaving, all=len(table)) if leaving else ""


def _harm(result: ChapterResult, say: Say) -> str:
    """How many groups and ways of responding stand in another class; where any was seen twice."""
    moved = result.tables["harm_moved"]
    if moved.empty:
        return ""
    counts = moved["moved"].value_counts()
    return say(
        "annual-harm", all=len(moved), worse=int(counts.get(UP, 0)), milder=int(counts.get(DOWN, 0))
    )
