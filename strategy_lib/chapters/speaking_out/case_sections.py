"""The sections of chapter 03's page on the case that is shown; none ranks the ways of responding.

Only editions that see everything reach here: what single people judged is shown without their codes
all the same.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from strategy_lib.chapters.page import Part, Section
from strategy_lib.chapters.result import ChapterInputs, ChapterResult
from strategy_lib.chapters.speaking_out.routes import NOT_AN_ACT
from strategy_lib.core.messages import Say
from strategy_lib.methods.harm import screening as harm
from strategy_lib.plotting.pictures import (
    Cell,
    Column,
    Dots,
    Grid,
    Picture,
    Quotes,
    Range,
    Row,
    Shade,
    Sign,
    State,
    Unknown,
)
from strategy_lib.protocol.clocks import ANSWERED, LATE, NOT_ASKED, RUNNING, SILENT
from strategy_lib.schema.schema import code_list

_MOST, _MOST_WAYS, _MOST_QUOTES = 8, 6, 3
_HIGHEST = 4
_PATH_SIGNS = {
    ANSWERED: Sign.YES,
    LATE: Sign.YES,
    RUNNING: Sign.NEAR,
    NOT_ASKED: Sign.NO,
    SILENT: Sign.UNKNOWN,
}


def sections(
    result: ChapterResult, given: ChapterInputs, say: Say, case: str
) -> tuple[Section, ...]:
    """Harm, path, silence, where people are apart, what is missing; those with anything to show."""
    made = (
        _harm(result, say, case),
        _path(result, say),
        _silence(result, say),
        _apart(result, say, given.now.language),
        _missing(result, say, case),
    )
    return tuple(filter(None, made))


def with_more(subtitle: str, left: int, say: Say) -> str:
    """A subtitle, with how many rows are left to the table."""
    return say("speaking-more", sub=subtitle, more=left) if left > 0 else subtitle


def _harm(result: ChapterResult, say: Say, case: str) -> Section | None:
    grid = result["screen_grid"]
    if grid.empty:
        return None
    routes, screen = result["routes"], result["screen"]
    ways = list(dict.fromkeys(grid["route"]))
    groups = list(dict.fromkeys(grid["group"]))
    cells = {(row["group"], row["route"]): row for row in grid.to_dict("records")}
    rows = tuple(
        Row(group, tuple(_class(cells.get((group, way)), say) for way in ways[:_MOST_WAYS]))
        for group in groups[:_MOST]
    )
    columns = tuple(
        Column(way, align="center", letter=chr(65 + place))
        for place, way in enumerate(ways[:_MOST_WAYS])
    )
    left = max(len(groups) - _MOST, 0) + max(len(ways) - _MOST_WAYS, 0)
    subtitle = say("speaking-harm-sub", people=int(screen["answered"].max() or 0), case=case)
    remains = list(routes.loc[routes["harm_that_remains"] != NOT_AN_ACT, "harm_that_remains"])
    picture = Picture(
        say(
            "speaking-harm-title",
            closed=remains.count(harm.CLASSES[harm.NOT_PERMITTED]),
            ways=len(remains),
            needs=remains.count(harm.CLASSES[harm.ACCEPTANCE]),
        ),
        Grid(columns, rows, say("speaking-harm-group"), "12rem"),
        with_more(subtitle, left, say),
        ("screen_grid", "screen", "acceptances", "measures"),
    )
    sentences = (say("speaking-harm-means"), say("speaking-harm-reads"))
    return Section(Part.WHY, say("speaking-harm"), sentences, (picture,))


def _class(cell: dict[str, Any] | None, say: Say) -> Cell:
    if cell is None or cell["place"] == harm.NOT_READY:
        return Unknown(say("speaking-harm-not-ready"))
    if cell["place"] == harm.NOT_PERMITTED:
        return Shade(say("speaking-harm-not-permitted"), 0, is_limit=True)
    if cell["place"] == harm.WITHIN:
        return Shade(say("speaking-harm-within"), 4)
    return Shade(say("speaking-harm-acceptance"), 2)


def _path(result: ChapterResult, say: Say) -> Section | None:
    path: list[dict[str, Any]] = result["path"].to_dict("records")
    if not path:
        return None
    needed = [row for row in path if row["is_required"] == "yes"]
    done = sum(pd.notna(row["answered"]) for row in needed)
    waiting = [row for row in needed if pd.isna(row["answered"]) and row["state"] != SILENT]
    # Those who are waited for are what a reader can do something about.
    ordered = sorted(path, key=lambda row: (row not in waiting, row["state"] != SILENT))
    rows = tuple(
        Row(
            str(row["who"]),
            (
                State(str(row["state"]), _PATH_SIGNS.get(str(row["state"]), Sign.ALARM)),
                "" if pd.isna(row["due"]) else f"{row['due']:%Y-%m-%d}",
                str(row["answer"]),
            ),
            note=str(row["step"]),
        )
        for row in ordered[:_MOST]
    )
    columns = (
        Column(say("speaking-path-state"), width="11rem"),
        Column(say("speaking-path-due"), width="6rem"),
        Column(say("speaking-path-answer")),
    )
    evidence, beyond = result["evidence"], result["beyond_evidence"]
    picture = Picture(
        say("speaking-path-title", waiting=len(waiting), needed=len(needed)),
        Grid(columns, rows, head=say("speaking-path-who"), head_width="11rem", stacks=True),
        with_more(say("speaking-path-sub"), len(path) - _MOST, say),
        ("path", "answers", "evidence"),
    )
    known = (
        say(
            "speaking-path-evidence",
            claims=len(evidence),
            beyond=beyond["route"].nunique(),
            ways=len(result["routes"]),
        )
        if len(evidence)
        else say("speaking-path-no-evidence")
    )
    sentences = (say("speaking-path-means", done=done, needed=len(needed)), known)
    return Section(Part.FIRM, say("speaking-path"), sentences, (picture,))


def _silence(result: ChapterResult, say: Say) -> Section | None:
    drawn = (_cost_of_silence(result["silence"], say), _benefit(result["routes"], say))
    pictures = tuple(filter(None, drawn))
    if not pictures:
        return None
    sentences = (say("speaking-silence-means"), say("speaking-silence-reads"))
    return Section(Part.COST, say("speaking-silence"), sentences, pictures)


def _cost_of_silence(silence: pd.DataFrame, say: Say) -> Picture | None:
    if silence.empty:
        return None
    rated = silence[silence["median"].notna()]
    title = say("speaking-silence-nobody")
    if len(rated):
        first = rated.iloc[0]
        who = str(first["who_is_affected"])
        about = {
            "who": who[:1].lower() + who[1:],
            "low": say.number(first["lowest"], 0),
            "high": say.number(first["highest"], 0),
        }
        title = say(
            "speaking-silence-title" if len(rated) > 1 else "speaking-silence-alone", **about
        )
    subtitle = say("speaking-silence-sub", people=int(silence["answered"].max()))
    grid = _ratings(silence, "who_is_affected", "", say("speaking-who-affected"), say)
    left = len(silence) - _MOST
    return Picture(title, grid, with_more(subtitle, left, say), ("silence",))


def _benefit(routes: pd.DataFrame, say: Say) -> Picture | None:
    spread = (routes["benefit_highest"] - routes["benefit_lowest"]).astype(float)
    if spread.isna().all():
        return None
    widest = routes.iloc[int(np.nanargmax(spread.to_numpy()))]
    subtitle = say("speaking-benefit-sub", people=int(routes["benefit_answers"].max()))
    return Picture(
        say(
            "speaking-benefit-title",
            way=str(widest["route"]),
            low=say.number(widest["benefit_lowest"], 0),
            high=say.number(widest["benefit_highest"], 0),
        ),
        _ratings(routes, "route", "benefit_", say("speaking-way"), say),
        with_more(subtitle, len(routes) - _MOST, say),
        ("routes", "reasons"),
    )


def _ratings(table: pd.DataFrame, named: str, prefix: str, head: str, say: Say) -> Grid:
    """From the lowest to the highest rating of each row."""
    rows = tuple(
        Row(str(row[named]), (_rating(row, prefix, say),))
        for row in table.head(_MOST).to_dict("records")
    )
    scale = Column(say("speaking-rating"), low=0, high=_HIGHEST)
    return Grid((scale,), rows, head=head, head_width="8rem")


def _rating(row: dict[Any, Any], prefix: str, say: Say) -> Cell:
    low, middle, high = (row[f"{prefix}{end}"] for end in ("lowest", "median", "highest"))
    if pd.isna(middle):
        return Unknown(say("speaking-not-rated"))
    return Range(say.number(middle, 1), low, middle, high)


def _apart(result: ChapterResult, say: Say, language: str) -> Section | None:
    screen, apart = result["screen"], result["disagreements"]
    stages = code_list("harm_stage")
    keys = set(zip(apart["group"], apart["route"], apart["measures"], strict=True))
    rated = screen[screen["answered"] >= 1]
    differ = [
        row
        for row in rated.to_dict("records")
        if (row["group"], row["route"], stages.label(row["measures"], language)) in keys
    ]
    pictures = tuple(filter(None, (_differ(differ, say), _quotes(result, say))))
    if not pictures:
        return None
    means = (
        say("speaking-apart-means", apart=len(differ), rated=len(rated))
        if differ
        else say("speaking-apart-agree", rated=len(rated))
    )
    sentences = (means, say("speaking-apart-reads")) if len(screen) else ()
    return Section(Part.DIFFERS, say("speaking-apart"), sentences, pictures)


def _differ(differ: list[dict[Any, Any]], say: Say) -> Picture | None:
    if not differ:
        return None
    last = {(row["group"], row["route"]): row for row in differ if row["measures"] == "before"}
    # After measures where they were rated: what is left counts.
    last |= {(row["group"], row["route"]): row for row in differ if row["measures"] == "after"}
    ordered = sorted(last.values(), key=lambda r: r["severity_lowest"] - r["severity_highest"])
    rows = tuple(
        Row(
            str(row["group"]),
            (_rating(row, "severity_", say), _over(row, say)),
            note=str(row["route"]),
        )
        for row in ordered[:_MOST]
    )
    first = ordered[0]
    columns = (
        Column(say("speaking-apart-severity"), low=0, high=_HIGHEST),
        Column(say("speaking-apart-over"), width="6rem"),
    )
    return Picture(
        say(
            "speaking-apart-title",
            low=say.number(first["severity_lowest"], 0),
            high=say.number(first["severity_highest"], 0),
        ),
        Grid(columns, rows, head=say("speaking-apart-harm"), head_width="9rem"),
        with_more(say("speaking-apart-sub"), len(ordered) - _MOST, say),
        ("disagreements", "screen"),
    )


def _over(row: dict[Any, Any], say: Say) -> Cell:
    people = int(row["answered"])
    if pd.isna(row["over_line_pct"]) or not people:
        return Unknown(say("speaking-not-rated"))
    over = round(row["over_line_pct"] * people / 100)
    return Dots(say("speaking-apart-of", over=over, people=people), over, people)


def _quotes(result: ChapterResult, say: Say) -> Picture | None:
    """Dissent on a decision where there is one, else what those who were asked wrote."""
    said = [
        (str(row["in_their_own_words"]), f"{row['who']} · {row['said']}")
        for row in result["dissents"].to_dict("records")
    ]
    title, table = say("speaking-dissent"), "dissents"
    if not said:
        said = [
            (str(row["in_their_words"]), f"{row['who']} · {row['answer']}")
            for row in result["answers"].to_dict("records")
            if row["in_their_words"]
        ]
        title, table = say("speaking-said"), "answers"
    return Picture(title, Quotes(tuple(said[:_MOST_QUOTES])), "", (table,)) if said else None


def _missing(result: ChapterResult, say: Say, case: str) -> Section | None:
    missing: list[dict[str, Any]] = result["missing"].to_dict("records")
    if not missing:
        return None
    nobody = Unknown(say("speaking-nobody"))
    rows = tuple(
        Row(str(row["what"]), (str(row["whose_turn"]) or nobody, str(row["keeps_it_from"])))
        for row in missing[:_MOST]
    )
    columns = (
        Column(say("speaking-board-turn"), width="9rem"),
        Column(say("speaking-missing-gate"), width="7rem"),
    )
    picture = Picture(
        say("speaking-missing-title", missing=len(missing)),
        Grid(columns, rows, head=say("speaking-missing-what"), stacks=True),
        with_more(say("speaking-missing-sub"), len(missing) - _MOST, say),
        ("missing", "wording"),
    )
    sentences = (say("speaking-missing-means", case=case), say("speaking-missing-reads"))
    return Section(Part.CHANGE, say("speaking-missing"), sentences, (picture,))
