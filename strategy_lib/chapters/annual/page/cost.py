"""What it costs: what only one person knows, and harm to people that moved."""

from __future__ import annotations

from strategy_lib.chapters.annual.harm import DOWN, UP
from strategy_lib.chapters.page import Part, Section, first_rows
from strategy_lib.chapters.result import ChapterResult
from strategy_lib.core.messages import Say
from strategy_lib.plotting.pictures import Bar, Column, Grid, Picture, Row


def cost(result: ChapterResult, say: Say) -> Section | None:
    """Contacts and knowledge that rest on one person, and what became of harm to people."""
    sentences = tuple(filter(None, (_leaving(result, say), _harm(result, say))))
    held = result.tables["one_person"]
    if held.empty and not sentences:
        return None
    if held.empty:
        return Section(Part.COST, say("annual-cost"), sentences, ())
    return Section(Part.COST, say("annual-cost"), sentences, _pictures(result, say))


def _pictures(result: ChapterResult, say: Say) -> tuple[Picture, ...]:
    year = result.given["years"][0]
    kinds, units = (result.tables[f"one_person_by_{name}"] for name in ("kind", "unit"))
    old, every = int(kinds["n_before"].sum()), len(result.tables["one_person"])
    held = result.tables["counts"]["held"]
    legend = (("lead", say("annual-already", year=year)), ("soft", say("annual-new")))
    made = []
    for table, name, title in (
        (
            kinds,
            "kind",
            say(
                "annual-alone-title",
                alone=every,
                old=old,
                year=year,
                all=int(held.iloc[0]) if len(held) else every,
            ),
        ),
        (
            units,
            "unit",
            say(
                "annual-alone-units-title",
                offices=len(units),
                most=str(units["unit"].iloc[0]),
                count=int(units[["n_before", "n_new"]].iloc[0].sum()),
            ),
        ),
    ):
        rows = [
            Row(
                _capital(str(row[name])),
                (
                    Bar(
                        say(
                            "annual-of-which",
                            all=row["n_before"] + row["n_new"],
                            old=row["n_before"],
                        ),
                        row["n_before"],
                        row["n_new"],
                        tone="lead",
                    ),
                ),
            )
            for row in table.to_dict("records")
        ]
        head = say("annual-kind") if name == "kind" else say("annual-office-head")
        grid = Grid(
            (Column(say("annual-alone"), width="58%"),), first_rows(rows, say), head, legend=legend
        )
        made.append(
            Picture(title, grid, say("annual-alone-sub"), (f"one_person_by_{name}", "one_person"))
        )
    return tuple(made)


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
