"""Who sees it differently: who puts what first, where people are furthest apart, dissent."""

from __future__ import annotations

import re
from typing import Any

from strategy_lib.chapters.page import Part, Section
from strategy_lib.chapters.presence.page.base import Parts, is_known, shortened
from strategy_lib.plotting.pictures import (
    Cell,
    Column,
    Dots,
    Grid,
    Picture,
    Quotes,
    Row,
    Tone,
    Unknown,
)

MOST_CELLS, MOST_QUOTES = 4, 3
_QUOTED = re.compile(r"[\"“]([^\"“”]+)[\"”]")


def differs(parts: Parts) -> Section | None:
    """Counts, cells and quotes; None where there is none of them."""
    pictures = tuple(filter(None, (_firsts(parts), _apart(parts), _dissent(parts))))
    if not pictures:
        return None
    sentences = tuple(filter(None, (_camps(parts),)))
    return Section(Part.DIFFERS, parts.say("presence-differs"), sentences, pictures)


def _camps(parts: Parts) -> str:
    """That a room falls into two camps."""
    camps = parts.table("divided_cells")
    if not camps:
        return ""
    row = camps[0]
    return parts.say(
        "presence-camps",
        low=int(row["low_side"]),
        high=int(row["high_side"]),
        people=int(row["n"]),
        criterion=parts.criterion(row["criterion"]),
        option=parts.option(row["option"]),
    )


def _firsts(parts: Parts) -> Picture | None:
    """For how many people each option comes first, by their own scores and weights."""
    rows = parts.table("first_counts")
    if not rows or rows[0]["of"] < 2:
        return None
    say, of = parts.say, int(rows[0]["of"])
    order = {name: place for place, name in enumerate(parts.order)}
    counted = [row for row in rows if is_known(row["people"])]
    made = [_counted(parts, row) for row in sorted(rows, key=lambda row: order[row["option"]])]
    shown, left = shortened(made)
    if counted:
        top = counted[0]
        title = say(
            "presence-firsts", people=int(top["people"]), of=of, option=parts.option(top["option"])
        )
    else:
        title = say("presence-firsts-few", of=of)
    return Picture(
        title,
        Grid((Column(say("presence-firsts-head")),), shown, head_width="11rem"),
        say("presence-firsts-sub", people=of, left=left),
        ("first_counts",),
    )


def _counted(parts: Parts, row: dict[str, Any]) -> Row:
    is_first = row["option"] in parts.tied
    cell: Cell = Unknown(parts.say("presence-firsts-too-few"))
    if is_known(row["people"]):
        people = int(row["people"])
        cell = Dots(parts.say.number(people, 0), people)
    return Row(parts.option(row["option"]), (cell,), tone=Tone.LEAD if is_first else "")


def _apart(parts: Parts) -> Picture | None:
    """Scores on which people are furthest apart."""
    cells = [row for row in parts.table("widest_cells") if row["spread"] > 0][:MOST_CELLS]
    if not cells:
        return None
    say = parts.say
    rows = tuple(
        Row(
            parts.criterion(row["criterion"]), (parts.option(row["option"]), parts.score_range(row))
        )
        for row in cells
    )
    columns = (
        Column(say("presence-option"), width="32%"),
        Column(say("presence-score"), low=0, high=10),
    )
    widest = cells[0]
    return Picture(
        say(
            "presence-apart",
            criterion=parts.criterion(widest["criterion"]),
            option=parts.option(widest["option"]),
            low=parts.points(widest["lowest"]),
            high=parts.points(widest["highest"]),
        ),
        Grid(columns, rows, say("presence-criterion"), "30%"),
        say("presence-apart-sub", people=parts.people),
        ("widest_cells",),
    )


def _dissent(parts: Parts) -> Picture | None:
    """What those said who did not agree with the last decision, without who they are."""
    last = next(iter(parts.table("decisions")), {})
    words = last.get("dissent")
    if not is_known(words):
        return None
    quotes = [said.strip() for said in _QUOTED.findall(str(words))] or [str(words).strip()]
    shown = tuple((said, "") for said in quotes[:MOST_QUOTES])
    left = max(len(quotes) - MOST_QUOTES, 0)
    return Picture(
        parts.say("presence-dissent", count=len(quotes)),
        Quotes(shown),
        parts.say("presence-dissent-sub", day=last["decided_date"].date(), left=left),
        ("decisions",),
    )
