"""Why: what speaks for each option and what against, criterion by criterion."""

from __future__ import annotations

from typing import Any

from strategy_lib.chapters.codes import Answer, Direction, Verdict
from strategy_lib.chapters.page import Part, Section
from strategy_lib.chapters.presence.page.base import Parts, is_known
from strategy_lib.plotting.pictures import Cell, Column, Grid, Picture, Row, Shade, Unknown, steps

MOST_COLUMNS, MOST_CRITERIA = 8, 14
FAR_APART = 4.0
_MOST_NAMED = 3


def why(parts: Parts) -> Section | None:
    """Criteria by options, as shades; None where nobody scored."""
    if not parts.result["middle_scores"].size:
        return None
    say = parts.say
    return Section(Part.WHY, say("presence-why"), _ahead(parts), (_heat(parts),))


def _ahead(parts: Parts) -> tuple[str, ...]:
    """What puts the first ahead of the second, and what holds it back."""
    say, rows = parts.say, parts.table("lead_from")
    ahead = [r for r in rows if r["points"] > 0][:_MOST_NAMED]
    behind = [r for r in reversed(rows) if r["points"] < 0][:_MOST_NAMED]
    if len(parts.tied) != 1 or not ahead:
        return ()
    option, rival = parts.option(parts.leader), parts.option(parts.table("ranks")[1]["option"])
    gains, losses = (
        parts.names([parts.criterion(r["criterion"]) for r in rows]) for rows in (ahead, behind)
    )
    return (
        say("presence-why-ahead", option=option, rival=rival, gains=gains),
        say("presence-why-behind", losses=losses)
        if behind
        else say("presence-why-not-behind", criteria=len(rows)),
    )


def _heat(parts: Parts) -> Picture:
    say = parts.say
    cells = {(r["option"], r["criterion"]): r for r in parts.table("middle_scores")}
    limits = {
        (r["option"], r["criterion"])
        for r in parts.table("red_lines")
        if r["verdict"] == Verdict.BEYOND
    }
    scored = [name for name in parts.order if any(option == name for option, _ in cells)]
    options = scored[:MOST_COLUMNS]
    criteria, left = _criteria(parts)
    columns = [
        Column(parts.option(name), align="center", letter=parts.letters[name]) for name in options
    ]
    weighed = any(is_known(c["points"]) for c in criteria)
    if weighed:
        columns.insert(
            0, Column(say("presence-weight"), align="end", width="4.2rem", is_optional=True)
        )
    rows = []
    for criterion in criteria:
        shades = tuple(_shade(parts, cells, limits, name, criterion) for name in options)
        points = (say.number(criterion["points"], 1),) if is_known(criterion["points"]) else ("",)
        head = parts.criterion(criterion["criterion"])
        if criterion["direction"] == Direction.LOWER:
            head = say("presence-low-better", criterion=head)
        rows.append(Row(head, (*points, *shades) if weighed else shades, criterion["group"]))
    legend = (("s0", say("presence-worse")), ("s4", say("presence-better")))
    return Picture(
        _title(parts, len(criteria) + left),
        Grid(tuple(columns), tuple(rows), head_width="12.5rem", legend=legend),
        say(
            "presence-heat-sub",
            people=parts.people,
            options=len(scored) - len(options),
            criteria=left,
        ),
        ("middle_scores", "criteria", "weights"),
    )


def _criteria(parts: Parts) -> tuple[list[dict[str, Any]], int]:
    """Criteria by weight, and by groups where there are any; how many are left out."""
    weights = {row["criterion"]: row for row in parts.table("weights")}
    none = {"points": None, "group": ""}
    scored = {row["criterion"] for row in parts.table("middle_scores")}
    rows = [
        {**none, **weights.get(row["criterion"], {}), **row}
        for row in parts.table("criteria")
        if row["criterion"] in scored
    ]
    rows.sort(key=lambda row: -(row["points"] or 0))
    kept = rows[:MOST_CRITERIA]
    groups = list(dict.fromkeys(row["group"] for row in kept))
    kept.sort(key=lambda row: groups.index(row["group"]))
    return kept, len(rows) - len(kept)


def _shade(
    parts: Parts,
    cells: dict[tuple[Any, Any], dict[str, Any]],
    limits: set[tuple[Any, Any]],
    option: str,
    criterion: dict[str, Any],
) -> Cell:
    key = (option, criterion["criterion"])
    if key not in cells:
        return Unknown(parts.say("presence-gap"))
    cell = cells[key]
    is_low = criterion["direction"] == Direction.LOWER
    step = steps({key: cell["middle"]}, low=0, high=10, is_reversed=is_low)[key]
    return Shade(
        parts.say.number(cell["middle"], 1), step, cell["apart"] >= FAR_APART, key in limits
    )


def _title(parts: Parts, criteria: int) -> str:
    """On how many criteria the first two have the score that is highest for us."""
    say, ranks = parts.say, parts.table("ranks")
    if not ranks:
        options = len({row["option"] for row in parts.table("middle_scores")})
        return say("presence-heat-alone", options=options, criteria=criteria)
    best = [r["option"] for r in parts.table("middle_scores") if r["is_first"] == Answer.YES]
    first, second = (row["option"] for row in ranks[:2])
    return say(
        "presence-heat",
        option=parts.option(first),
        ahead=best.count(first),
        criteria=criteria,
        rival=parts.option(second),
        behind=best.count(second),
    )
