"""How firm the comparison is: how well people foresaw, and who answered both times."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from strategy_lib.chapters.annual.answers import NOT_ASKED, answered_counts
from strategy_lib.chapters.annual.forecasts import COIN
from strategy_lib.chapters.page import Part, Section, first_rows, section_of
from strategy_lib.chapters.result import ChapterResult
from strategy_lib.core.messages import Number, Say
from strategy_lib.inputs.checks.answers import ANSWERED, NOTHING, SILENT
from strategy_lib.plotting.pictures import Column, Grid, Picture, Range, Row, Sign, State

_CODES = {ANSWERED: "answered", NOTHING: "nothing", SILENT: "silent", NOT_ASKED: "not_asked"}
_DAY_HAS_COME = "its day has come"
ALL = 100.0


def firm(result: ChapterResult, say: Say) -> Section | None:
    """How well forecasts did, and who answered then and now."""
    pictures = (_forecasts(result, say), _answers(result, say))
    sentences = tuple(_meaning(result, say))
    return section_of(Part.FIRM, say("annual-firm"), sentences[:2], pictures)


def _meaning(result: ChapterResult, say: Say) -> Iterator[str]:
    table = result.tables["assessors"]
    counts = table[["then", "now", "both"]]
    if len(table) and not counts.isna().to_numpy().any():
        then, now, both = (int(counts[name].sum()) for name in counts)
        yield say("annual-judged", then=then, now=now, both=both, year=result.given["years"][0])
    elif len(table) and not table["now"].isna().any():
        yield say("annual-judged-now", now=int(table["now"].sum()), year=result.given["years"][0])
    waiting = result.tables["forecasts_unresolved"]
    come = int((waiting["state"] == _DAY_HAS_COME).sum())
    if come:
        every = len(waiting) + len(result.tables["forecasts_by_statement"])
        yield say("annual-forecasts-waiting", come=come, all=every)


def _forecasts(result: ChapterResult, say: Say) -> Picture | None:
    overall, statements = (
        result.tables[f"forecasts_{name}"] for name in ("overall", "by_statement")
    )
    if overall.empty or statements.empty:
        return None
    rows = [
        Row(
            str(row["statement"]),
            (
                Range(
                    say.number(row["median_pct"], 0),
                    row["lowest_pct"],
                    row["median_pct"],
                    row["highest_pct"],
                ),
                State(str(row["happened"]), Sign.YES if row["brier"] < COIN else Sign.NEAR),
            ),
        )
        for row in statements.to_dict("records")
    ]
    row = overall.iloc[0]
    score = round(float(row["brier"]), 2)
    columns = (
        Column(say("annual-said"), say("annual-times"), 0, ALL, width="34%"),
        Column(say("annual-came"), width="16%"),
    )
    return Picture(
        say(
            "annual-forecasts-title",
            people=int(row["n_people"]),
            forecasts=int(row["n"]),
            score=Number(score, 2),
            coin=Number(COIN, 2),
            way="better" if score < COIN else "no_better",
        ),
        Grid(columns, first_rows(rows, say), say("annual-statement"), stacks=True),
        " ".join((say("annual-forecasts-sub"), *_pools(result, say))),
        (
            "forecast_pools",
            "forecast_pool_scores",
            "forecasts_by_statement",
            "forecasts_overall",
            "calibration",
            "forecasts_unresolved",
        ),
    )


def _pools(result: ChapterResult, say: Say) -> Iterator[str]:
    """How the two pools of what people said did, side by side."""
    table = result.tables["forecast_pool_scores"]
    if len(table):
        row = table.iloc[0]
        yield say(
            "annual-forecasts-pools",
            statements=int(row["statements"]),
            equal=Number(float(row["equal"]), 2),
            weighted=Number(float(row["weighted"]), 2),
        )


def _answers(result: ChapterResult, say: Say) -> Picture | None:
    changes = result.tables["office_changes"]
    counts = answered_counts(changes)
    if not counts:
        return None
    years = result.given["years"]
    columns = (ANSWERED, NOTHING, SILENT)
    rows = [
        Row(
            say("annual-office", answer=_CODES[str(row["then"])], year=years[0]),
            tuple(say.number(row[name], 0) if row[name] else say("annual-nil") for name in columns),
        )
        for row in changes.to_dict("records")
        if pd.Series([row[name] for name in columns]).sum()
    ]
    heads = tuple(
        Column(say("annual-office-now", answer=_CODES[name], year=years[1]), align="end")
        for name in columns
    )
    return Picture(
        say("annual-answered", year=years[0], **counts),
        Grid(heads, tuple(rows), say("annual-offices")),
        say("annual-offices-sub", silent=counts["silent"], all=counts["all"]),
        ("office_changes", "offices", "assessors"),
    )
