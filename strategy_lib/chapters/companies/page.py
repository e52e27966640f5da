"""The main part of chapter 06's page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from strategy_lib.chapters.companies.projects import NUMBERED, STEPS, VOICES
from strategy_lib.chapters.engagement import questions_picture, said_or_unsaid, sections
from strategy_lib.chapters.page import Page, Part, Section, code_label
from strategy_lib.chapters.result import ChapterInputs, ChapterResult
from strategy_lib.core.messages import Names, Say
from strategy_lib.plotting.pictures import (
    Bar,
    Cell,
    Column,
    Grid,
    Picture,
    Row,
    Sign,
    State,
    Unknown,
)

MOST_ROWS = 9


def page(result: ChapterResult, given: ChapterInputs, say: Say) -> Page:
    """What a leader sees of chapter 06, from its saved tables."""
    projects, claims = result["projects"], result["claims"]
    if all(result[name].empty for name in ("projects", "claims", "messages", "agreements")):
        return Page(say("companies-to-begin"))
    return Page(
        finding=_finding(projects, claims, say),
        sentences=tuple(_sentences(result, say)),
        main=_steps(result, say) or _claims(result, say),
        sections=tuple(_sections(result, say)),
    )


def _finding(projects: pd.DataFrame, claims: pd.DataFrame, say: Say) -> str:
    if projects.empty:
        unchecked = int(claims["checked"].isna().sum())
        return say("companies-finding-claims", claims=len(claims), unchecked=unchecked)
    whole = int((projects[list(NUMBERED)] == "done").all(axis=1).sum())
    heard = int(projects["community_heard"].sum())
    return say("companies-finding", projects=len(projects), whole=whole, heard=heard)


def _sentences(result: ChapterResult, say: Say) -> Iterator[str]:
    claims, agreements, messages = result["claims"], result["agreements"], result["messages"]
    if len(claims):
        unchecked = int(claims["checked"].isna().sum())
        yield say("companies-unchecked", unchecked=unchecked, claims=len(claims))
    kept = agreements[agreements["state"] == "kept"]
    if len(kept):
        confirmed = int(kept["is_confirmed"].sum())
        yield say("companies-kept", kept=len(kept), confirmed=confirmed)
    softer = messages[messages["register"].isin(["csr", "problem"])]
    if len(softer):
        silent = int(softer["lost"].isna().sum())
        yield say("companies-softer", softer=len(softer), silent=silent)


def _sections(result: ChapterResult, say: Say) -> Iterator[Section]:
    has_projects = not result["projects"].empty
    words = {
        Part.WHY: (say("companies-why"), say("companies-why-mean")),
        Part.FIRM: (say("companies-firm"), say("companies-firm-mean")),
        Part.COST: (say("companies-cost"), say("companies-cost-mean")),
        Part.DIFFERS: (say("companies-differs"), say("companies-differs-mean")),
        Part.CHANGE: (say("companies-change"), say("companies-change-mean")),
    }
    pictures = {
        Part.WHY: [_claims(result, say) if has_projects else None],
        Part.FIRM: [_voices(result, say), questions_picture(result, "company_question", say)],
        Part.COST: [_messages(result, say)],
        Part.DIFFERS: [_contradictions(result, say), _rules(result, say)],
        Part.CHANGE: [_agreements(result, say)],
    }
    return sections(words, pictures)


def _steps(result: ChapterResult, say: Say) -> Picture | None:
    projects = result["projects"]
    if projects.empty:
        return None
    rows = []
    for row in projects.to_dict("records")[:MOST_ROWS]:
        cells: list[Cell] = [
            State(say("companies-step-done"), Sign.YES)
            if row[number] == "done"
            else Unknown(say("unknown-nobody-looked"))
            for number in NUMBERED
        ]
        heard = say("companies-heard") if row["community_heard"] else say("companies-not-asked")
        cells += [
            State(heard, Sign.YES if row["community_heard"] else Sign.UNKNOWN),
            say("companies-voices", voices=int(row["voices"]), of=len(VOICES)),
        ]
        place = say(
            "companies-project-place",
            country=code_label("country", row["country_code"], say),
            stage=code_label("project_stage", row["stage"], say),
        )
        rows.append(Row(row["project"], tuple(cells), note=place))
    heads = [
        say("companies-step-1"),
        say("companies-step-2"),
        say("companies-step-3"),
        say("companies-community"),
        say("companies-heard-kinds"),
    ]
    left = max(len(projects) - MOST_ROWS, 0)
    return Picture(
        say("companies-steps", projects=len(projects)),
        Grid(tuple(map(Column, heads)), tuple(rows), head_width="15rem", stacks=True),
        say("companies-steps-sub", left=left),
        ("projects", "findings"),
    )


def _claims(result: ChapterResult, say: Say) -> Picture | None:
    checks = result["checks"].sort_values(["claims", "counterpart"], ascending=[False, True])
    if checks.empty:
        return None
    rows = []
    for row in checks.to_dict("records")[:MOST_ROWS]:
        looked = int(row["claims"] - row["unchecked"])
        told = say("companies-of", part=looked, whole=int(row["claims"]))
        cells: tuple[Cell, ...] = (
            Bar(told, looked, float(row["unchecked"])),
            say("companies-of", part=int(row["confirmed"]), whole=looked) if looked else "",
            say("companies-of", part=int(row["own_impact"]), whole=int(row["claims"])),
            str(int(row["asked"])),
        )
        rows.append(Row(row["counterpart"], cells))
    columns = (
        Column(say("companies-claims-looked")),
        Column(say("companies-claims-confirmed"), width="9rem"),
        Column(say("companies-claims-impact"), width="11rem"),
        Column(say("companies-claims-asked"), align="end", width="6rem"),
    )
    total, unchecked = int(checks["claims"].sum()), int(checks["unchecked"].sum())
    return Picture(
        say("companies-claims", unchecked=unchecked, claims=total),
        Grid(columns, tuple(rows), head_width="15rem", stacks=True),
        say("companies-claims-sub"),
        ("checks", "claims", "ratios"),
    )


def _voices(result: ChapterResult, say: Say) -> Picture | None:
    counts = result["step_by_voice"]
    if not counts["findings"].sum():
        return None
    known = {(s, v): int(n) for s, v, n in counts.to_numpy().tolist()}
    rows = [
        Row(
            code_label("conflict_step", step, say),
            tuple(str(known[step, voice]) if known[step, voice] else "–" for voice in VOICES),
        )
        for step in STEPS
    ]
    columns = tuple(
        Column(code_label("finding_voice", voice, say), align="center") for voice in VOICES
    )
    silent = [v for v in VOICES if not any(known[s, v] for s in STEPS)]
    names = Names([code_label("finding_voice", voice, say) for voice in silent])
    return Picture(
        say("companies-voices-title", silent=len(silent), names=names),
        Grid(columns, tuple(rows), head_width="11rem", stacks=True),
        say("companies-voices-sub"),
        ("step_by_voice", "additions_by_voice"),
    )


def _messages(result: ChapterResult, say: Say) -> Picture | None:
    messages = result["messages"]
    if messages.empty:
        return None
    rows = []
    for row in messages.to_dict("records")[:MOST_ROWS]:
        is_softer = row["register"] in ("csr", "problem")
        lost: Cell = row["lost"] if isinstance(row["lost"], str) else ""
        if is_softer and not lost:
            lost = Unknown(say("unknown-not-said"))
        cells = (row["words"], row["right_behind"], lost)
        rows.append(
            Row(code_label("message_register", row["register"], say), cells, group=row["ask"])
        )
    heads = [
        say("companies-messages-words"),
        say("companies-messages-right"),
        say("companies-messages-lost"),
    ]
    asks = messages["ask"].nunique()
    return Picture(
        say("companies-messages", asks=asks, messages=len(messages)),
        Grid(tuple(map(Column, heads)), tuple(rows), head_width="11rem", stacks=True),
        say("companies-messages-sub"),
        ("messages",),
    )


def _contradictions(result: ChapterResult, say: Say) -> Picture | None:
    pairs = result["contradictions"]
    if pairs.empty:
        return None
    rows = []
    for row in pairs.to_dict("records")[: MOST_ROWS // 2]:
        for side in ("", "other_"):
            voice = code_label("finding_voice", row[f"{side}voice"], say)
            head = say("companies-voice-grade", voice=voice, grade=row[f"{side}grade"])
            finding = said_or_unsaid(row[f"{side}finding"], say)
            rows.append(Row(head, (finding,), group=row["project"]))
    columns = (Column(say("companies-finding-head")),)
    return Picture(
        say("companies-contradictions", pairs=len(pairs)),
        Grid(columns, tuple(rows), head_width="10rem", stacks=True),
        say("companies-contradictions-sub"),
        ("contradictions",),
    )


def _rules(result: ChapterResult, say: Say) -> Picture | None:
    rules = result["rules"]
    if rules.empty:
        return None
    rows = []
    for row in rules.to_dict("records")[:MOST_ROWS]:
        topic = say(
            "companies-rules-topic",
            country=code_label("country", row["country_code"], say),
            topic=code_label("standards_topic", row["topic"], say),
        )
        cells = (row["host_rule"], said_or_unsaid(row["chinese_rule"], say), row["international"])
        rows.append(Row(topic, cells, note=code_label("standards_gap", row["gap"], say)))
    heads = [
        say("companies-rules-host"),
        say("companies-rules-chinese"),
        say("companies-rules-international"),
    ]
    return Picture(
        say("companies-rules", rules=len(rules)),
        Grid(tuple(map(Column, heads)), tuple(rows), head_width="9rem", stacks=True),
        say("companies-rules-sub"),
        ("rules",),
    )


def _agreements(result: ChapterResult, say: Say) -> Picture | None:
    agreements = result["agreements"]
    if agreements.empty:
        return None
    rows = []
    for row in agreements.to_dict("records")[:MOST_ROWS]:
        cells = (
            code_label("group_item_kind", row["kind"], say),
            code_label("group_party", row["by_kind"], say),
            say.day(row["met_on"].date()),
            _state(row, say),
        )
        rows.append(Row(row["what"], cells, group=row["group"]))
    heads = [
        say("companies-agreements-kind"),
        say("companies-agreements-by"),
        say("companies-agreements-day"),
        say("companies-agreements-state"),
    ]
    absent = result["absent_parties"]
    # Of several groups, those that are in none of them.
    groups = agreements["group"].nunique()
    in_none = absent.groupby("party", sort=False)["group"].nunique() >= groups
    names = Names([code_label("group_party", code, say) for code in in_none.index[in_none]])
    return Picture(
        say("companies-agreements", groups=groups),
        Grid(tuple(map(Column, heads)), tuple(rows), head_width="20rem", stacks=True),
        say("companies-agreements-sub", absent=len(names.names), names=names),
        ("agreements", "absent_parties"),
    )


def _state(row: dict[Any, Any], say: Say) -> State:
    """Where an issue or an agreement stands."""
    state = row["state"]
    if state == "kept":
        confirmed, sign = ("yes", Sign.YES) if row["is_confirmed"] else ("no", Sign.NEAR)
        return State(say("companies-agreements-kept", confirmed=confirmed), sign)
    label = code_label("group_item_state", state, say) if isinstance(state, str) else ""
    return State(label, Sign.ALARM if state in ("not_kept", "disputed") else Sign.NO)
