"""The sections of chapter 00's page."""

from __future__ import annotations

from typing import Any

import pandas as pd

from strategy_lib.chapters.page import Part, Section, drawn_section
from strategy_lib.chapters.prepare.page_parts import HIGHEST, MOST, count, more, topic, whole
from strategy_lib.chapters.prepare.practice_sections import change, cost
from strategy_lib.chapters.prepare.readiness import CLEARLY_APART
from strategy_lib.chapters.prepare.tables import RELATIONS
from strategy_lib.chapters.result import ChapterResult
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
    Tone,
    Unknown,
)

_IN_PLACE, _BEGUN = 3, 2


def sections(result: ChapterResult, say: Say) -> tuple[Section, ...]:
    """Readiness, who answered, what it takes, values, information and colleagues."""
    made = (
        _ready(result, say),
        _firm(result, say),
        cost(result, say),
        _values(result, say),
        change(result, say),
    )
    return tuple(section for section in made if section)


def _ready(result: ChapterResult, say: Say) -> Section | None:
    table = whole(result["readiness"])
    known = table[table["median"].notna()]
    if known.empty:
        return None
    rows, is_silent = [], len(known) < len(table)
    for part, of_part in table.groupby("group", sort=False):
        middle = of_part["median"].astype(float)
        cells = (
            count(int((middle < _BEGUN).sum()), "", say),
            count(int(((middle >= _BEGUN) & (middle < _IN_PLACE)).sum()), "", say),
            count(int((middle >= _IN_PLACE).sum()), Tone.LEAD, say),
            *([count(int(middle.isna().sum()), "", say)] if is_silent else []),
        )
        rows.append(Row(f"{str(part)[:1].upper()}{str(part)[1:]}", cells))
    high = max(len(of_part) for _, of_part in table.groupby("group"))
    columns = (
        (say("prepare-ready-low"), say("prepare-ready-note-low")),
        (say("prepare-ready-begun"), say("prepare-ready-note-begun")),
        (say("prepare-ready-in-place"), say("prepare-ready-note-in-place")),
        *([(say("prepare-ready-none"), "")] if is_silent else []),
    )
    grid = Grid(
        tuple(
            Column(name, note, high=high, letter=letter)
            for letter, (name, note) in zip("ABCD", columns, strict=False)
        ),
        tuple(rows[:MOST]),
        head=say("prepare-ready-part"),
        head_width="12rem",
    )
    ready = int((known["median"] >= _IN_PLACE).sum())
    picture = Picture(
        say("prepare-ready-title", ready=ready, known=len(known)),
        grid,
        say("prepare-ready-sub"),
        ("strategy", "inside", "together", "money", "technology", "partners", "united_nations"),
    )
    sentences = [say("prepare-ready-means"), say("prepare-ready-reads")]
    return drawn_section(Part.WHY, say("prepare-ready"), sentences, [picture])


def _firm(result: ChapterResult, say: Say) -> Section | None:
    pairs = len(result["disagreements"])
    within = say("prepare-firm-within", pairs=pairs) if pairs else ""
    sentences = (say("prepare-firm-means"), within)
    pictures = (_asked(result, say), _apart(result, say))
    return drawn_section(Part.FIRM, say("prepare-firm"), sentences, pictures)


def _asked(result: ChapterResult, say: Say) -> Picture | None:
    by_kind = result["answers_by_kind"]
    if by_kind.empty:
        return None
    names = ("n_answered", "n_silent", "n_not_asked")
    tones = (Tone.LEAD, Tone.LIMIT, Tone.OTHER)
    few = Unknown(say("prepare-few"))
    rows = tuple(
        Row(
            str(row["kind"]),
            tuple(
                few if pd.isna(row[name]) else count(row[name], tone, say)
                for name, tone in zip(names, tones, strict=True)
            ),
        )
        for row in by_kind.head(MOST).to_dict("records")
    )
    heads = ("prepare-asked-answered", "prepare-asked-silent", "prepare-asked-not")
    high = float(by_kind[list(names)].max(axis=None))
    offices, not_asked = int(by_kind[list(names)].sum().sum()), int(by_kind["n_not_asked"].sum())
    columns = tuple(Column(say(name), high=high) for name in heads)
    return Picture(
        say("prepare-asked-title", not_asked=not_asked, offices=offices)
        if not_asked
        else say("prepare-asked-title-all", offices=offices),
        Grid(columns, rows, head=say("prepare-asked-kind"), head_width="7rem"),
        more(say("prepare-asked-sub"), len(by_kind) - MOST, say),
        ("answers_by_kind", "answers"),
    )


def apart_title(result: ChapterResult, say: Say) -> str:
    """On how many recommendations offices are clearly apart; empty where none can be compared."""
    known = whole(result["readiness"])["apart_between"].dropna()
    if known.empty:
        return ""
    far = int((known >= CLEARLY_APART).sum())
    if far:
        return say("prepare-apart-title", apart=far, known=len(known))
    return say("prepare-apart-title-none", known=len(known))


def _apart(result: ChapterResult, say: Say) -> Picture | None:
    """Where offices are furthest from each other; never an office by its name."""
    table = whole(result["readiness"])
    known = table[table["apart_between"].notna()].sort_values(
        "apart_between", ascending=False, kind="stable"
    )
    if known.empty:
        return None
    rows = tuple(
        Row(
            topic(row["recommendation"]),
            (Range(say.number(row["median"], 1), row["lowest"], row["median"], row["highest"]),),
        )
        for row in known.head(MOST).to_dict("records")
    )
    far = int((known["apart_between"] >= CLEARLY_APART).sum())
    columns = (Column(say("prepare-apart-level"), low=0, high=HIGHEST),)
    return Picture(
        apart_title(result, say),
        Grid(columns, rows, head=say("prepare-main-task"), head_width="12rem"),
        more(say("prepare-apart-sub"), far - MOST, say),
        ("disagreements",),
    )


def _values(result: ChapterResult, say: Say) -> Section | None:
    matters = result["value_matters"]
    if matters.empty:
        return None
    few = Unknown(say("prepare-few"))
    parts = {
        "no_go": (say("prepare-values-refuse"), Tone.LIMIT),
        "conflict": (say("prepare-values-conflict"), Tone.OTHER),
        "complementarity": (say("prepare-values-gain"), Tone.LEAD),
        "not_judged": (say("prepare-values-open"), Tone.OTHER),
    }
    shows_differ = matters["differ"].notna().all()
    rows = tuple(
        Row(
            str(row["matter"]),
            (
                *(
                    few
                    if pd.isna(row[name])
                    else Bar(say.number(row[name], 0), row[name], tone=tone)
                    if row[name]
                    else ""
                    for name, (_, tone) in parts.items()
                ),
                *([_together(row, say)] if shows_differ else []),
            ),
        )
        for row in matters.head(MOST).to_dict("records")
    )
    counts = matters[list(parts)]
    high = float(counts.max(axis=None)) if counts.notna().any(axis=None) else 0.0
    columns = [
        Column(head, high=high, letter=letter)
        for letter, (head, _) in zip("ABCD", parts.values(), strict=True)
    ]
    title = say("prepare-values-title-plain", matters=len(matters))
    if shows_differ:
        columns.append(Column(say("prepare-values-state"), width="7rem", letter="E"))
        differ = matters["differ"].astype(bool)
        refused = int((matters["no_go"].fillna(0).gt(0) & ~differ).sum())
        title = say(
            "prepare-values-title", refused=refused, matters=len(matters), differ=int(differ.sum())
        )
    picture = Picture(
        title,
        Grid(tuple(columns), rows, head=say("prepare-values-matter"), head_width="12rem"),
        more(say("prepare-values-sub"), len(matters) - MOST, say),
        ("value_grid", "values"),
    )
    sentences = [say("prepare-values-means"), say("prepare-values-reads")]
    return drawn_section(Part.DIFFERS, say("prepare-values"), sentences, [picture])


def _together(row: dict[Any, Any], say: Say) -> Cell:
    if row["differ"]:
        return State(say("prepare-values-differ"), Sign.NEAR)
    if not any(row[name] for name in RELATIONS if pd.notna(row[name])):
        return Unknown(say("prepare-values-nobody"))
    views = sum(row[name] for name in RELATIONS if pd.notna(row[name]))
    return say("prepare-values-alike" if views > 1 else "prepare-values-one")
