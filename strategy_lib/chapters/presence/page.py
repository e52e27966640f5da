"""The main part of chapter 02's page."""

from __future__ import annotations

from strategy_lib.chapters.page import Page
from strategy_lib.chapters.result import ChapterInputs, ChapterResult
from strategy_lib.core.messages import Say
from strategy_lib.plotting.pictures import Bar, Column, Grid, Picture, Row, Tone


def page(result: ChapterResult, given: ChapterInputs, say: Say) -> Page:
    """What a leader sees of chapter 02, from its saved tables."""
    ranks = result["ranks"]
    if ranks.empty:
        return Page(say("presence-finding-nobody"))
    first = ranks.iloc[0]
    return Page(
        say("presence-finding-lead", option=first["option"], times=round(first["rank_1_pct"])),
        main=_how_often(result, say),
    )


def _how_often(result: ChapterResult, say: Say) -> Picture:
    ranks = result["ranks"]
    rows = [
        Row(
            str(rank["option"]),
            (Bar(say.number(rank["rank_1_pct"], 0), rank["rank_1_pct"], rank["rank_2_pct"]),),
            tone=Tone.LEAD if place == 0 else "",
        )
        for place, rank in enumerate(ranks.to_dict("records"))
    ]
    return Picture(
        say("presence-often"),
        Grid(
            (Column(say("presence-often-first"), low=0, high=100),), tuple(rows), head_width="13rem"
        ),
        say("presence-often-sub"),
        ("ranks",),
    )
