"""The main part of chapter 07's page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from strategy_lib.chapters.engagement import questions_picture, sections
from strategy_lib.chapters.page import Page, Part, Section, code_label, first_rows, label_or_unsaid
from strategy_lib.chapters.result import ChapterInputs, ChapterResult
from strategy_lib.chapters.watching.analysis import QUESTIONS
from strategy_lib.chapters.watching.roles import ROLES
from strategy_lib.core.messages import Say
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
    Unknown,
)

MOST_ROWS = 9
MOST_QUARTERS = 5
_SCALE = 10.0


def page(result: ChapterResult, given: ChapterInputs, say: Say) -> Page:
    """What a leader sees of chapter 07, from its saved tables."""
    shown = ("signals", "lessons", "technologies", "studies", "roles", "un_measures", "promises")
    if all(result[name].empty for name in shown) and result["focus"]["middle"].isna().all():
        return Page(say("watching-to-begin"))
    return Page(
        finding=_finding(result, say),
        sentences=tuple(_sentences(result, say))[:3],
        main=_signals(result, say) or _technologies(result, say),
        sections=tuple(_sections(result, say)),
    )


def _finding(result: ChapterResult, say: Say) -> str:
    counts = result["signals_by_quarter"]
    total, used = int(counts["signals"].sum()), int(counts["used"].sum())
    rows = pd.concat([result["signals"], result["lessons"]])
    offices = rows.loc[~rows["is_peer"].astype(bool), "sent_by"].nunique()
    return say("watching-finding", signals=total, offices=offices, used=used)


def _sentences(result: ChapterResult, say: Say) -> Iterator[str]:
    lessons = result["lessons"]
    if len(lessons):
        failed = int((lessons["kind"] == "failed").sum())
        yield say("watching-lessons", failed=failed, lessons=len(lessons))
    technologies = result["technologies"]
    if len(technologies):
        silent = int((technologies["answered"] < len(QUESTIONS) + 1).sum())
        yield say("watching-technologies-said", technologies=len(technologies), silent=silent)
    issues = result["issues"]
    if len(issues):
        both = int((issues["has_inside"] & issues["has_outside"]).sum())
        yield say("watching-issues", both=both, issues=len(issues))


def _sections(result: ChapterResult, say: Say) -> Iterator[Section]:
    has_signals = not result["signals_by_quarter"].empty
    words = {
        Part.WHY: (say("watching-why"), say("watching-why-mean")),
        Part.FIRM: (say("watching-firm"), say("watching-firm-mean")),
        Part.COST: (say("watching-cost"), say("watching-cost-mean")),
        Part.DIFFERS: (say("watching-differs"), say("watching-differs-mean")),
        Part.CHANGE: (say("watching-change"), say("watching-change-mean")),
    }
    pictures = {
        Part.WHY: [_technologies(result, say) if has_signals else None, _measures(result, say)],
        Part.FIRM: [_lessons(result, say), questions_picture(result, "watching_question", say)],
        Part.COST: [_studies(result, say)],
        Part.DIFFERS: [_focus(result, say)],
        Part.CHANGE: [_roles(result, say), _promises(result, say), _peers(result, say)],
    }
    return sections(words, pictures)


def _signals(result: ChapterResult, say: Say) -> Picture | None:
    counts = result["signals_by_quarter"]
    if counts.empty:
        return None
    quarters = sorted(counts["quarter"].unique())[-MOST_QUARTERS:]
    totals = counts.groupby("theme")[["signals", "used"]].sum()
    order = sorted(totals.index, key=lambda theme: (-int(totals.loc[theme, "signals"]), theme))
    known = {(t, q): int(n) for t, q, n in counts[["theme", "quarter", "signals"]].to_numpy()}
    most = max(known.values())
    rows = []
    for theme in order[:MOST_ROWS]:
        cells: list[Cell] = []
        for quarter in quarters:
            number = known.get((theme, quarter), 0)
            cells.append(Bar(str(number), number) if number else "")
        total, used = (int(totals.loc[theme, name]) for name in ("signals", "used"))
        cells.append(say("watching-signals-of", used=used, signals=total))
        rows.append(Row(code_label("theme", theme, say), tuple(cells)))
    columns = (
        *(Column(quarter, high=float(most)) for quarter in quarters),
        Column(say("watching-signals-used"), width="8rem"),
    )
    left = max(len(order) - MOST_ROWS, 0)
    return Picture(
        say("watching-signals", signals=int(totals["signals"].sum()), themes=len(order)),
        Grid(columns, tuple(rows), head_width="13rem", stacks=True),
        say("watching-signals-sub", left=left),
        ("signals_by_quarter", "signals", "lessons", "flows"),
    )


def _technologies(result: ChapterResult, say: Say) -> Picture | None:
    rows_of = result["technologies"]
    if rows_of.empty:
        return None
    rows = []
    for row in rows_of.to_dict("records")[:MOST_ROWS]:
        answers = [row[name] for name in QUESTIONS]
        empty = len([a for a in answers if not isinstance(a, str)])
        cells: tuple[Cell, ...] = (
            code_label("technology_kind", row["kind"], say),
            say(
                "watching-yes-no",
                yes=answers.count("yes"),
                no=answers.count("no"),
                unknown=answers.count("unknown"),
            ),
            Unknown(say("watching-tech-not-said", empty=empty)) if empty else "",
            _arena(row, say),
            label_or_unsaid("technology_lever", row["lever"], say),
            label_or_unsaid("technology_answer", row["answer"], say),
        )
        rows.append(Row(row["technology"], cells, note=row["use"]))
    heads = [
        say("watching-tech-kind"),
        say("watching-tech-rights"),
        say("watching-tech-empty"),
        say("watching-tech-arena"),
        say("watching-tech-lever"),
        say("watching-tech-answer"),
    ]
    return Picture(
        say(
            "watching-technologies",
            technologies=len(rows_of),
            silent=int((rows_of["answered"] < len(QUESTIONS) + 1).sum()),
        ),
        Grid(tuple(map(Column, heads)), tuple(rows), head_width="15rem", stacks=True),
        say("watching-technologies-sub"),
        ("technologies",),
    )


def _measures(result: ChapterResult, say: Say) -> Picture | None:
    """Each measure as the spread over its members; no member stands alone, and none is named."""
    measures = result["un_measures"]
    if measures.empty:
        return None
    rows = []
    for (body, measure, year, unit), own in measures.groupby(
        ["body", "measure", "year", "unit"], sort=True
    ):
        low, middle, high = (float(own["value"].quantile(share)) for share in (0, 0.5, 1))
        ends = [say.number(value, 3) for value in (low, high)]
        cells: tuple[Cell, ...] = (
            str(len(own)),
            Range(say("watching-measures-ends", low=ends[0], high=ends[1]), low, middle, high),
            str(unit),
        )
        label = code_label("un_measure", measure, say)
        about = say("watching-measures-about", measure=label, year=str(year))
        rows.append(Row(about, cells, note=str(body)))
    columns = (
        Column(say("watching-measures-members"), align="end", width="6rem"),
        Column(say("watching-measures-values"), low=0.0),
        Column(say("watching-measures-unit"), width="9rem"),
    )
    return Picture(
        say("watching-measures", measures=len(rows), members=measures["member"].nunique()),
        Grid(columns, first_rows(rows, say), head_width="19rem", stacks=True),
        say("watching-measures-sub"),
        ("un_measures",),
    )


def _arena(row: dict[str, Any], say: Say) -> Cell:
    if not isinstance(row["arena"], str):
        return ""
    if row["china_team_in"] == "yes":
        return row["arena"]
    return State(say("watching-tech-without-team", arena=row["arena"]), Sign.NEAR)


def _lessons(result: ChapterResult, say: Say) -> Picture | None:
    lessons = result["lessons"]
    if lessons.empty:
        return None
    # One that worked, one that did not, and so on: neither hides the other.
    turns = lessons.assign(turn=lessons.groupby("kind").cumcount())
    turns = turns.sort_values(["turn", "kind"], ascending=[True, False])
    rows = []
    for row in turns.to_dict("records")[:MOST_ROWS]:
        sign = Sign.YES if row["kind"] == "worked" else Sign.NO
        kind = State(code_label("signal_kind", row["kind"], say), sign)
        rows.append(Row(row["title"], (kind, row["sent_by"])))
    failed = int((lessons["kind"] == "failed").sum())
    columns = (Column(say("watching-lessons-kind")), Column(say("watching-lessons-by")))
    return Picture(
        say("watching-lessons-title", failed=failed, lessons=len(lessons)),
        Grid(columns, tuple(rows), head_width="12rem", stacks=True),
        say("watching-lessons-sub"),
        ("lessons",),
    )


def _studies(result: ChapterResult, say: Say) -> Picture | None:
    shares = result["studies"]
    if shares.empty:
        return None
    rows = []
    for row in shares.to_dict("records")[: MOST_ROWS + 3]:
        pays: Cell = (
            Unknown(say("watching-studies-not-said"))
            if pd.isna(row["pays"])
            else Bar(say.number(row["pays"], 2), row["pays"])
        )
        cap = "" if pd.isna(row["cap"]) else say("watching-studies-cap", cap=int(row["cap"]))
        group = say(
            "watching-studies-group",
            question=row["question"],
            total=say.number(row["total"], 2),
            currency=row["currency"],
        )
        rows.append(Row(row["organisation"], (pays, cap), group=group))
    short = shares.drop_duplicates("study_id")["short"]
    columns = (Column(say("watching-studies-pays")), Column(say("watching-studies-most")))
    return Picture(
        say("watching-studies", studies=shares["study_id"].nunique()),
        Grid(columns, tuple(rows), head_width="17rem", stacks=True),
        say("watching-studies-sub", short=int((short > 0).sum())),
        ("studies",),
    )


def _focus(result: ChapterResult, say: Say) -> Picture | None:
    focus = result["focus"]
    if focus["middle"].isna().all():
        return None
    rows = []
    for row in focus.to_dict("records"):
        cell: Cell = "–"
        if not pd.isna(row["middle"]):
            said = say(
                "watching-focus-cell",
                middle=say.number(row["middle"]),
                low=say.number(row["lowest"]),
                high=say.number(row["highest"]),
            )
            cell = Range(said, row["lowest"], row["middle"], row["highest"])
        apart = State(say("watching-focus-apart"), Sign.NEAR) if row["is_apart"] else ""
        criterion = code_label("focus_criterion", row["criterion"], say)
        rows.append(Row(criterion, (cell, apart), group=row["area"]))
    columns = (Column(say("watching-focus-score"), high=_SCALE), Column("", width="12rem"))
    far = int(focus["is_apart"].eq(True).sum())
    people = focus["people"].max()
    return Picture(
        say("watching-focus", apart=far, cells=int(focus["middle"].notna().sum())),
        Grid(columns, tuple(rows), head_width="17rem", stacks=True),
        say("watching-focus-sub", people=int(people)),
        ("focus",),
    )


def _roles(result: ChapterResult, say: Say) -> Picture | None:
    roles = result["roles"]
    if roles.empty:
        return None
    rows = []
    for issue, own in list(roles.groupby("issue"))[:MOST_ROWS]:
        by_role = {row["role"]: row for row in own.to_dict("records")}
        cells = tuple(_holders(by_role.get(role), say) for role in ROLES)
        rows.append(Row(str(issue), cells))
    columns = tuple(Column(code_label("issue_role", role, say)) for role in ROLES)
    return Picture(
        say("watching-roles", issues=roles["issue"].nunique()),
        Grid(columns, tuple(rows), head_width="13rem", stacks=True),
        say("watching-roles-sub"),
        ("roles", "issues"),
    )


def _holders(row: dict[str, Any] | None, say: Say) -> Cell:
    if row is None:
        return say("watching-roles-nobody")
    more = 0 if pd.isna(row["more"]) else int(row["more"])
    if row["organisations"]:
        return say("watching-roles-named", names=row["organisations"], more=more)
    return say("watching-roles-counted", more=more)


def _promises(result: ChapterResult, say: Say) -> Picture | None:
    promises = result["promises"]
    if promises.empty:
        return None
    rows = []
    for row in promises.to_dict("records")[:MOST_ROWS]:
        cells: tuple[Cell, ...] = (
            code_label("claim_check", row["checked"], say)
            if isinstance(row["checked"], str)
            else Unknown(say("unknown-nobody-looked")),
            label_or_unsaid("claim_answer", row["answer"], say),
            label_or_unsaid("yes_no_unknown", row["chinese_voice"], say),
        )
        rows.append(Row(row["claim"], cells, note=row["counterpart"]))
    checked = int(promises["checked"].notna().sum())
    heads = (
        say("watching-promises-check"),
        say("watching-promises-access"),
        say("watching-promises-voice"),
    )
    return Picture(
        say("watching-promises", checked=checked, promises=len(promises)),
        Grid(tuple(map(Column, heads)), tuple(rows), head_width="17rem", stacks=True),
        say("watching-promises-sub"),
        ("promises",),
    )


def _peers(result: ChapterResult, say: Say) -> Picture | None:
    """How many rows each peer sent of which part of a pack; the rows stand in the table."""
    counts = result["peers"].groupby(["sent_by", "part"]).size()
    if counts.empty:
        return None
    rows = tuple(
        Row(code_label("peer_part", part, say), (str(count),), group=name)
        for (name, part), count in counts.head(MOST_ROWS).items()
    )
    peers = counts.index.get_level_values("sent_by").nunique()
    return Picture(
        say("watching-peers", rows=int(counts.sum()), peers=peers),
        Grid((Column(say("open-questions-rows")),), rows, head_width="15rem"),
        say("watching-peers-sub"),
        ("peers",),
    )
