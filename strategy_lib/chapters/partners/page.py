"""The main part of chapter 05's page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from strategy_lib.chapters.engagement import said_or_unsaid, sections
from strategy_lib.chapters.page import Page, Part, Section, code_label, label_or_unsaid
from strategy_lib.chapters.partners.evidence import INDICATORS, Look
from strategy_lib.chapters.partners.questions import AGREED, CONDITIONS
from strategy_lib.chapters.result import ChapterInputs, ChapterResult
from strategy_lib.core.messages import MoneyRange, Names, Say
from strategy_lib.plotting.pictures import (
    Bar,
    Cell,
    Column,
    Grid,
    Picture,
    Range,
    Row,
    Sign,
    State,
    Tone,
    Unknown,
)
from strategy_lib.schema.schema import code_list

MOST_ROWS = 9


def page(result: ChapterResult, given: ChapterInputs, say: Say) -> Page:
    """What a leader sees of chapter 05, from its saved tables."""
    partners, funding = result["partnerships"], result["funding"]
    if partners.empty and funding.empty and result["contacts"].empty:
        return Page(say("partners-to-begin"))
    return Page(
        finding=_finding(partners, say),
        sentences=tuple(_sentences(result, say)),
        main=_indicators(result, say),
        sections=tuple(_sections(result, say)),
    )


def _agreed(partners: pd.DataFrame) -> pd.DataFrame:
    return partners[partners["stage"].isin(AGREED)]


def _finding(partners: pd.DataFrame, say: Say) -> str:
    agreed = _agreed(partners)
    if agreed.empty:
        return say("partners-finding-none-agreed", listed=len(partners))
    whole = int((agreed["looked_at"] == len(INDICATORS)).sum())
    checked = int((agreed["checked"] > 0).sum())
    return say("partners-finding", agreed=len(agreed), whole=whole, checked=checked)


def _sentences(result: ChapterResult, say: Say) -> Iterator[str]:
    agreed = _agreed(result["partnerships"])
    silent = int((result["open_questions"]["question"] == "harm_not_said").sum())
    if silent:
        yield say("partners-harm-not-said", silent=silent, agreed=len(agreed))
    contacts = result["contacts"]
    if len(contacts):
        joint = int((contacts["result"] == "joint_step").sum())
        past = int(contacts["is_past_stop"].sum())
        yield say("partners-contacts", tried=len(contacts), joint=joint, past=past)
    pursued = result["funding"].query("answer == 'pursue'")
    if len(pursued):
        open_law = int(((pursued["legal_state"] == "unclear") | ~pursued["is_confirmed"]).sum())
        yield say("partners-funding", pursued=len(pursued), unclear=open_law)


def _sections(result: ChapterResult, say: Say) -> Iterator[Section]:
    words = {
        Part.WHY: (say("partners-why"), say("partners-why-mean")),
        Part.FIRM: (say("partners-firm"), say("partners-firm-mean")),
        Part.COST: (say("partners-cost"), _income(result, say)),
        Part.DIFFERS: (say("partners-differs"), say("partners-differs-mean")),
        Part.CHANGE: (say("partners-change"), say("partners-change-mean")),
    }
    pictures = {
        Part.WHY: [_purposes(result, say)],
        Part.FIRM: [_questions(result, say)],
        Part.COST: [_money(result, say)],
        Part.DIFFERS: [_apart(result, say)],
        Part.CHANGE: [_contacts(result, say), _appearances(result, say)],
    }
    return sections(words, pictures)


def _indicators(result: ChapterResult, say: Say) -> Picture | None:
    grid = result["indicators"]
    if grid.empty:
        return None
    names = _least_known(result)
    rows = [
        Row(name, tuple(_look(cell, say) for cell in own.to_dict("records")))
        for name in names[: MOST_ROWS - 1]  # some names take three lines
        for own in [grid[grid["counterpart"] == name]]
    ]
    columns = tuple(
        Column(code_label("partner_indicator", code, say), align="start") for code in INDICATORS
    )
    known = int((grid["look"] != Look.NOBODY).sum())
    left = len(names) - len(rows)
    return Picture(
        say("partners-indicators", known=known, cells=len(grid)),
        Grid(columns, tuple(rows), head_width="15rem", stacks=True),
        say("partners-indicators-sub", left=left),
        ("indicators", "readings"),
    )


def _least_known(result: ChapterResult) -> list[str]:
    """Organisations by how many indicators nobody has looked at, then by the alphabet."""
    grid = result["indicators"]
    unseen = (grid["look"] == Look.NOBODY).groupby(grid["counterpart"]).sum()
    return sorted(unseen.index, key=lambda name: (-int(unseen[name]), name))


def _look(cell: dict[str, Any], say: Say) -> Cell:
    if cell["look"] == Look.NOBODY:
        return Unknown(say("unknown-nobody-looked"))
    if cell["look"] == Look.APART:
        return State(say("partners-apart", readings=max(int(cell["readings"]), 1)), Sign.NEAR)
    reading = cell["reading"]
    read = code_label("indicator_reading", reading, say) if isinstance(reading, str) else ""
    if cell["look"] == Look.PART:
        return State(say("partners-part", reading=read), Sign.UNKNOWN)
    checked = "yes" if cell["is_checked"] else "no"
    return State(say("partners-read", reading=read, checked=checked), Sign.YES)


def _purposes(result: ChapterResult, say: Say) -> Picture | None:
    counts = result["kind_by_purpose"]
    if counts.empty:
        return None
    kinds = [k for k in code_list("partner_kind").values if k in set(counts["partner_kind"])]
    purposes = [p for p in code_list("partner_purpose").values if p in set(counts["purpose"])]
    known = {(k, p): n for k, p, n in counts.to_numpy().tolist()}
    rows = [
        Row(
            code_label("partner_kind", kind, say),
            tuple(str(known.get((kind, p), "")) for p in purposes),
        )
        for kind in kinds
    ]
    columns = [Column(code_label("partner_purpose", p, say), align="center") for p in purposes]
    total = int(counts["partnerships"].sum())
    return Picture(
        say("partners-purposes", total=total),
        Grid(tuple(columns), tuple(rows), head_width="13rem", stacks=True),
        say("partners-purposes-sub"),
        ("kind_by_purpose", "partnerships", "canvas"),
    )


def _questions(result: ChapterResult, say: Say) -> Picture | None:
    asked = result["open_questions"]
    if asked.empty:
        return None
    rows = []
    for code in code_list("partner_question").values:
        own = asked[asked["question"] == code]
        if len(own):
            without = int(own["owner_role"].isna().sum())
            cells: tuple[Cell, ...] = (
                Bar(str(len(own)), len(own)),
                say("list-names", names=Names(sorted(set(own["about"])), 2)),
                str(without),
            )
            rows.append(Row(code_label("partner_question", code, say), cells))
    columns = (
        Column(say("partners-questions-rows"), width="11rem"),
        Column(say("partners-questions-about")),
        Column(say("partners-questions-no-owner"), align="end", width="8rem"),
    )
    return Picture(
        say("partners-questions", open=len(asked), nobodys=int(asked["owner_role"].isna().sum())),
        Grid(columns, tuple(rows), head_width="19rem", stacks=True),
        say("partners-questions-sub"),
        ("open_questions",),
    )


def _income(result: ChapterResult, say: Say) -> str:
    row = result["income"].iloc[0]
    if not row["with_amounts"]:
        return say("partners-income-unknown", pursued=int(row["pursued"]))
    ends = MoneyRange(row["all_badly"], row["all_well"], row["currency"])
    counted, pursued = int(row["with_amounts"]), int(row["pursued"])
    return say("partners-income", ends=ends, counted=counted, pursued=pursued)


def _money(result: ChapterResult, say: Say) -> Picture | None:
    funding = result["funding"]
    if funding.empty:
        return None
    rows = [
        Row(
            row["avenue"],
            tuple(_avenue(row, say)),
            tone=Tone.LEAD if row["answer"] == "pursue" else "",
        )
        for row in funding.to_dict("records")[:MOST_ROWS]
    ]
    columns = (
        Column(say("partners-money-answer"), width="7rem"),
        Column(say("partners-money-law"), width="15rem"),
        Column(say("partners-money-freedom"), width="10rem"),
        Column(say("partners-money-income")),
    )
    pursued = int((funding["answer"] == "pursue").sum())
    return Picture(
        say("partners-money", pursued=pursued, avenues=len(funding)),
        Grid(columns, tuple(rows), head_width="17rem", stacks=True),
        say("partners-money-sub"),
        ("funding", "income"),
    )


def _avenue(row: dict[str, Any], say: Say) -> Iterator[Cell]:
    yield label_or_unsaid("funding_answer", row["answer"], say)
    law = code_label("funding_legal_state", row["legal_state"], say)
    confirmed = "yes" if row["is_confirmed"] else "no"
    sign = {"closed": Sign.ALARM, "unclear": Sign.UNKNOWN}.get(row["legal_state"], Sign.YES)
    said = say("partners-money-law-state", law=law, confirmed=confirmed)
    yield State(said, sign if row["is_confirmed"] else Sign.UNKNOWN)
    yield label_or_unsaid("funding_freedom", row["freedom"], say)
    if pd.isna(row["p10"]) or pd.isna(row["p90"]) or pd.isna(row["p50"]):
        yield Unknown(say("partners-money-unknown"))
    elif not isinstance(row["currency"], str):
        yield Unknown(say("partners-money-no-currency"))
    else:
        ends = MoneyRange(row["p10"], row["p90"], row["currency"])
        yield Range(say.money_range(ends), row["p10"], row["p50"], row["p90"])


def _apart(result: ChapterResult, say: Say) -> Picture | None:
    apart = result["readings_apart"]
    if apart.empty:
        return None
    rows = []
    for row in apart.to_dict("records")[:MOST_ROWS]:
        check = ""
        is_checked = row["checked_by"] in ("peer", "external_expert")
        if is_checked and isinstance(row["check_result"], str):
            check = say(
                "partners-differs-check",
                by=code_label("checked_by", row["checked_by"], say),
                result=code_label("check_result", row["check_result"], say),
            )
        cells = (
            code_label("partner_indicator", row["indicator"], say),
            str(row["office"]),
            label_or_unsaid("indicator_reading", row["reading"], say),
            said_or_unsaid(row["grade"], say),
            check,
        )
        rows.append(Row(row["counterpart"], cells))
    heads = [
        say("partners-differs-indicator"),
        say("partners-differs-office"),
        say("partners-differs-reading"),
        say("partners-differs-grade"),
        say("partners-differs-checked"),
    ]
    pairs = apart[["counterpart", "indicator"]].drop_duplicates()
    return Picture(
        say("partners-differs-title", indicators=len(pairs)),
        Grid(tuple(map(Column, heads)), tuple(rows), head_width="13rem", stacks=True),
        say("partners-differs-sub"),
        ("readings_apart", "readings"),
    )


def _contacts(result: ChapterResult, say: Say) -> Picture | None:
    effort = result["contact_effort"]
    if effort.empty:
        return None
    rows = []
    for row in effort.to_dict("records"):
        days: Cell = (
            Unknown(say("unknown-not-said"))
            if pd.isna(row["days"])
            else Bar(say.number(row["days"]), float(row["days"]))
        )
        said = say("partners-contacts-past-cell", past=int(row["past_stop"]))
        state: Cell = State(said, Sign.ALARM) if row["past_stop"] else ""
        cells = (days, code_label("contact_result", row["furthest"], say), state)
        rows.append(Row(code_label("contact_avenue", row["avenue"], say), cells))
    columns = (
        Column(say("partners-contacts-days"), width="9rem"),
        Column(say("partners-contacts-furthest")),
        Column(say("partners-contacts-stop")),
    )
    past = int(effort["past_stop"].sum())
    return Picture(
        say("partners-contacts-title", past=past, tried=int(effort["tried"].sum())),
        Grid(columns, tuple(rows), head_width="9rem", stacks=True),
        say("partners-contacts-sub"),
        ("contact_effort", "contacts"),
    )


def _appearances(result: ChapterResult, say: Say) -> Picture | None:
    shown = result["joint_appearances"]
    if shown.empty:
        return None
    rows = []
    for row in shown.to_dict("records")[:MOST_ROWS]:
        kept = row["kept"]
        cells = (
            say.day(row["held_on"].date()),
            label_or_unsaid("appearance_answer", row["answer"], say),
            say("partners-conditions", met=int(row["met"]), of=len(CONDITIONS)),
            say("unknown-not-said")
            if pd.isna(kept)
            else say("partners-kept", kept=int(kept), of=len(CONDITIONS)),
        )
        rows.append(Row(row["title"], cells))
    is_met = shown["met"] == len(CONDITIONS)
    columns = (
        Column(say("partners-appearances-day")),
        Column(say("partners-appearances-answer"), width="6.5rem"),
        Column(say("partners-appearances-before"), width="5.5rem"),
        Column(say("partners-appearances-after"), width="5.5rem"),
    )
    return Picture(
        say("partners-appearances", shown=len(shown), met=int(is_met.sum())),
        Grid(columns, tuple(rows), head_width="9rem", stacks=True),
        say("partners-appearances-sub"),
        ("joint_appearances",),
    )
