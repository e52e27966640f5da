"""Why the lead moved, or did not: what each change added, and which scores were changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from strategy_lib.chapters.annual.ranking import FACTORS
from strategy_lib.chapters.page import Part, Section, first_rows, section_of
from strategy_lib.chapters.result import ChapterResult
from strategy_lib.core.messages import Names, Say
from strategy_lib.plotting.pictures import Bar, Column, Grid, Picture, Row

FEW_POINTS = 1.0
HIGHEST = 10.0
_CODES = {title: code for code, title in FACTORS.items()}
_MOST_NAMED = 2


def lead_of(result: ChapterResult) -> dict[str, Any]:
    """The row of `why_lead`; empty where the cycles' options cannot be compared."""
    rows = result.tables["why_lead"].to_dict("records")
    return {str(key): value for key, value in rows[0].items()} if rows else {}


def _code(what: object) -> str:
    """Which kind of change a row is of, as its messages are chosen."""
    return _CODES.get(str(what), "version")


def drivers(result: ChapterResult, say: Say) -> str:
    """What moved the lead most."""
    lead, table = lead_of(result), result.tables["why_contributions"]
    if not lead or not lead["leader_now"]:
        return ""
    if table.empty:
        return say("annual-why-nothing", all=len(FACTORS))
    pulls = table[table["to_lead"].abs() >= FEW_POINTS]
    if pulls.empty:
        return say("annual-why-little")
    parts = [
        say(
            "annual-pull",
            factor=_code(row["what"]),
            points=round(abs(row["to_lead"])),
            way="up" if row["to_lead"] > 0 else "down",
        )
        for row in pulls.to_dict("records")
    ]
    return say("annual-why-pulls", parts=Names(parts, _MOST_NAMED))


def why(result: ChapterResult, say: Say, short: Mapping[str, str]) -> Section | None:
    """What moved the lead, and which scores the same people changed."""
    lead = lead_of(result)
    if not lead or not lead["leader_now"]:
        return None
    pictures = (_contributions(result, say), _cells(result, say, short))
    sentences = tuple(_meaning(result, say, short))
    return section_of(Part.WHY, say("annual-why"), sentences[:2], pictures)


def _meaning(result: ChapterResult, say: Say, short: Mapping[str, str]) -> Iterator[str]:
    lead = lead_of(result)
    ahead, behind = (short.get(lead[k], lead[k]) for k in ("ahead", "behind"))
    if ahead != behind:
        then, now = round(lead["lead_before"]), round(lead["lead_now"])
        yield say(
            "annual-why-way",
            ahead=ahead,
            behind=behind,
            was="behind" if then < 0 else "ahead",
            then=abs(then),
            stands="behind" if now < 0 else "ahead",
            now=abs(now),
        )
    tests = result.tables["why_tests"]
    if tests.empty:
        return
    alone = tests[tests["if_only_this"] == lead["leader_now"]]["what"]
    needed = tests[tests["without_this"] != lead["leader_now"]]["what"]
    name = short.get(lead["leader_now"], lead["leader_now"])
    enough, without = ([_factor(what, say) for what in part] for part in (alone, needed))
    if lead["leader_now"] == lead["leader_before"]:
        others = [
            _factor(w, say) for w in tests[tests["if_only_this"] != lead["leader_now"]]["what"]
        ]
        if others:
            yield say("annual-tests-other", factors=Names(others))
    elif enough and enough == without:
        yield say("annual-tests-both", option=name, factors=Names(enough))
    elif enough:
        yield say("annual-tests-enough", option=name, factors=Names(enough))
    elif without:
        yield say("annual-tests-needed", option=name, factors=Names(without))
    else:
        yield say("annual-tests-none", option=name, all=len(tests))


def _factor(what: object, say: Say) -> str:
    return say("annual-factor", factor=_code(what))


def _contributions(result: ChapterResult, say: Say) -> Picture | None:
    table = result.tables["why_contributions"]
    if table.empty:
        return None
    rows = [
        Row(
            say("annual-factor-head", factor=_code(row["what"])),
            (
                Bar(
                    say(
                        "annual-points",
                        way="up" if row["to_lead"] >= 0 else "down",
                        points=round(abs(row["to_lead"])),
                    ),
                    abs(row["to_lead"]),
                ),
                say(
                    "annual-from-to",
                    low=round(min(row["least"], row["most"])),
                    high=round(max(row["least"], row["most"])),
                ),
            ),
        )
        for row in table.to_dict("records")
    ]
    columns = (
        Column(say("annual-added"), say("annual-added-note"), width="40%"),
        Column(say("annual-orders"), width="22%"),
    )
    first = table.iloc[0]
    return Picture(
        say("annual-contributions-title", factor=_code(first["what"])),
        Grid(columns, first_rows(rows, say), say("annual-what")),
        say("annual-contributions-sub"),
        ("why_contributions", "why_tests"),
    )


def _cells(result: ChapterResult, say: Say, short: Mapping[str, str]) -> Picture | None:
    cells = result.tables["why_cells"]
    if cells.empty:
        return None
    rows = [
        Row(
            str(row["criterion"]),
            tuple(
                Bar(say.number(row[name]), row[name]) if row[name] == row[name] else ""
                for name in ("median_before", "median_now")
            ),
            group=short.get(str(row["option"]), str(row["option"])),
        )
        for row in cells.to_dict("records")
    ]
    option = cells["option"].mode(dropna=True).iloc[0]
    columns = tuple(
        Column(year, say("annual-score-note"), 0, HIGHEST, width="27%")
        for year in result.given["years"]
    )
    return Picture(
        say("annual-cells-title", cells=len(cells), option=short.get(option, option)),
        Grid(columns, first_rows(rows, say), say("annual-criterion")),
        say("annual-cells-sub", people=int(lead_of(result)["people"])),
        ("why_cells", "why_parts", "weights", "readiness"),
    )
