"""Sections of chapter 00's page on the hub, what one person knows, information and colleagues."""

from __future__ import annotations

from typing import Any

import pandas as pd

from strategy_lib.chapters.page import Part, Section, drawn_section
from strategy_lib.chapters.prepare.page_parts import MOST, more
from strategy_lib.chapters.prepare.secondments import FITS
from strategy_lib.chapters.prepare.tables import NO_ANSWER
from strategy_lib.chapters.result import ChapterResult
from strategy_lib.core.messages import Names, Say
from strategy_lib.plotting.pictures import Bar, Column, Grid, Picture, Row, Sign, State, Tone
from strategy_lib.schema.schema import code_list


def cost(result: ChapterResult, say: Say) -> Section | None:
    """What the hub takes, and what hangs on one person."""
    hub, by_year = result["hub"], result["turnover_by_year"]
    sentences = []
    if len(hub):
        time = hub["staff_fte"].astype(float)
        if time.notna().any():
            posts, given = say.number(time.sum(), 1), int(time.notna().sum())
            sentences.append(say("prepare-cost-hub", functions=len(hub), posts=posts, given=given))
        else:
            sentences.append(say("prepare-cost-hub-none", functions=len(hub)))
    if len(by_year) and pd.notna(by_year.iloc[0]["n_without_handover"]):
        row = by_year.iloc[0]
        parts = row[["n_without_handover", "n_handed_over", "n_not_said"]].fillna(0).astype(int)
        year, offices = str(int(row["year"])), int(row["units"])
        left, without = int(parts.sum()), int(parts["n_without_handover"])
        if left:
            sentences.append(
                say("prepare-cost-left", left=left, year=year, offices=offices, without=without)
            )
        else:
            sentences.append(say("prepare-cost-stayed", year=year, offices=offices))
    pictures = [_hub(hub, say), _knowledge(result, say)]
    return drawn_section(Part.COST, say("prepare-cost"), sentences, pictures)


def _lacks(row: dict[Any, Any]) -> str:
    """What a function of the hub lacks most, as the end of a message's id."""
    missing = str(row["missing"])
    if missing == NO_ANSWER:
        return "no-answer"
    if "nobody does it" in missing:
        return "nobody"
    if "nobody stands in" in missing:
        return "deputy"
    return "agreed" if "agreed" in missing else "covered"


_HUB = {
    "no-answer": ("prepare-hub-no-answer", Sign.UNKNOWN),
    "nobody": ("prepare-hub-nobody", Sign.ALARM),
    "deputy": ("prepare-hub-deputy", Sign.NEAR),
    "agreed": ("prepare-hub-agreed", Sign.NEAR),
    "covered": ("prepare-hub-covered", Sign.YES),
}


def _hub(hub: pd.DataFrame, say: Say) -> Picture | None:
    if hub.empty:
        return None
    functions: list[dict[Any, Any]] = hub.to_dict("records")
    lacks = [_lacks(row) for row in functions]
    worst = sorted(zip(lacks, functions, strict=True), key=lambda one: list(_HUB).index(one[0]))
    rows = tuple(
        Row(str(row["function"]), (State(say(_HUB[lack][0]), _HUB[lack][1]), _posts(row, say)))
        for lack, row in worst[:MOST]
    )
    columns = (
        Column(say("prepare-hub-state"), width="7rem"),
        Column(say("prepare-hub-posts"), align="end", width="3rem"),
    )
    return Picture(
        say(
            "prepare-hub-title",
            nobody=lacks.count("nobody"),
            functions=len(hub),
            alone=lacks.count("deputy"),
        ),
        Grid(columns, rows, head=say("prepare-hub-function")),
        more(say("prepare-hub-sub"), len(hub) - MOST, say),
        ("hub",),
    )


def _posts(row: dict[Any, Any], say: Say) -> str:
    return "–" if pd.isna(row["staff_fte"]) else say.number(row["staff_fte"], 1)


def _knowledge(result: ChapterResult, say: Say) -> Picture | None:
    by_kind, keepers = result["knowledge_by_kind"], result["one_keeper"]
    parts = {
        "n_one_unwritten": (say("prepare-knowledge-unwritten"), Tone.LIMIT),
        "n_one_written": (say("prepare-knowledge-written"), Tone.OTHER),
        "n_more": (say("prepare-knowledge-more"), Tone.LEAD),
        "n_not_known": (say("prepare-knowledge-unknown"), Tone.OTHER),
    }
    counts = by_kind[list(parts)]
    if by_kind.empty or keepers.empty or counts.isna().any(axis=None):
        return None
    lost = int((keepers["holders"] == 0).sum())
    rows = tuple(
        Row(
            str(row["kind"]),
            tuple(
                Bar(say.number(row[n], 0), row[n], tone=tone, is_hatched=n == "n_not_known")
                for n, (_, tone) in parts.items()
            ),
        )
        for row in by_kind.head(MOST).to_dict("records")
    )
    high = float(counts.max(axis=None))
    columns = tuple(
        Column(head, high=high, letter=letter)
        for letter, (head, _) in zip("ABCD", parts.values(), strict=True)
    )
    pieces = int(counts.sum().sum())
    return Picture(
        say("prepare-knowledge-title", alone=len(keepers) - lost, pieces=pieces, lost=lost),
        Grid(columns, rows, head=say("prepare-knowledge-kind"), head_width="6rem"),
        more(say("prepare-knowledge-sub"), len(by_kind) - MOST, say),
        ("knowledge_by_kind", "one_keeper"),
    )


def change(result: ChapterResult, say: Say) -> Section | None:
    """Information without a rule, and colleagues who are asked for."""
    flows, matches = result["flows"], result["secondments"]
    left = result["secondments_left"]
    needs = len(matches) + int((left["kind"] == "need").sum())
    sentences = []
    if len(flows):
        open_ = int(flows["strictness"].isna().sum())
        sentences.append(say("prepare-change-flows", open=open_, flows=len(flows)))
    if needs:
        met = int((matches["fit"] == FITS).sum())
        about = {"met": met, "needs": needs, "perhaps": len(matches) - met}
        sentences.append(say("prepare-change-met", **about))
    pictures = [_flows(result, say), _left(left, needs, say)]
    return drawn_section(Part.CHANGE, say("prepare-change"), sentences, pictures)


def _flows(result: ChapterResult, say: Say) -> Picture | None:
    flows, found = result["flows"], result["flow_contradictions"]
    if flows.empty:
        return None
    labels = code_list("flow_contradiction")
    parts = {labels.label(str(code)): own for code, own in found.groupby("what", sort=False)}
    parts[say("prepare-flows-open")] = flows[flows["strictness"].isna()]
    rows = tuple(
        Row(
            what,
            (
                Bar(say.number(len(own), 0), len(own), tone=Tone.LIMIT),
                say.names(Names(list(dict.fromkeys(own["information"])))),
            ),
        )
        for what, own in parts.items()
        if len(own)
    )
    if not rows:
        return None
    columns = (Column(say("prepare-flows-count"), width="4rem"), Column(say("prepare-flows-about")))
    return Picture(
        say("prepare-flows-title", found=len(found), flows=len(flows)),
        Grid(columns, rows, head=say("prepare-flows-what"), head_width="8rem", stacks=True),
        say("prepare-flows-sub"),
        ("flows", "flow_contradictions"),
    )


def _left(left: pd.DataFrame, needs: int, say: Say) -> Picture | None:
    if left.empty:
        return None
    rows = tuple(
        Row(str(row["unit"]), (str(row["skill"]), str(row["why"])), group=_asks(row, say))
        for row in left.head(MOST).to_dict("records")
    )
    columns = (Column(say("prepare-needs-skill"), width="6rem"), Column(say("prepare-needs-why")))
    return Picture(
        say("prepare-needs-title", left=int((left["kind"] == "need").sum()), needs=needs),
        Grid(columns, rows, head=say("prepare-needs-office"), head_width="6rem", stacks=True),
        more(say("prepare-needs-sub"), len(left) - MOST, say),
        ("secondments_left", "secondments"),
    )


def _asks(row: dict[Any, Any], say: Say) -> str:
    return say("prepare-need") if row["kind"] == "need" else say("prepare-offer")
