"""How firm the futures are: for whom they hold, and what would fit as well."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import floor

import pandas as pd

from strategy_lib.chapters.page import Part, Section
from strategy_lib.chapters.scenarios.changes import MOST_CHANGES
from strategy_lib.chapters.scenarios.page.facts import FEWER_ROWS, Facts, state_alone
from strategy_lib.core.messages import Names, Number
from strategy_lib.plotting.pictures import Bar, Cell, Column, Dots, Grid, Picture, Row, Unknown

ALL = 100.0


def section(facts: Facts) -> Section | None:
    """For how many people each future holds, and the ties that tip it."""
    say, futures = facts.say, facts.with_today
    if not futures:
        return None
    agreed = facts.table("agreement")
    told = agreed.dropna(subset=["agreed_by"])
    held = dict(zip(told["scenario"].astype(str), told["agreed_by"].astype(int), strict=True))
    parts: list[tuple[Column, Callable[[str], Cell]]] = []
    if facts.share:
        head = Column(
            say("scenarios-share-head"), say("scenarios-share-note"), high=ALL, width="20%"
        )
        parts.append((head, partial(_share, facts)))
    if len(agreed):
        head = Column(say("scenarios-agreed-head"), width="27%")
        parts.append((head, lambda name: _people(facts, held.get(name))))
    parts.append(
        (Column(say("scenarios-tied-head"), say("scenarios-tied-note")), partial(_tied, facts))
    )
    columns = [column for column, _ in parts]
    rows = [Row(facts.name(name), tuple(cell(name) for _, cell in parts)) for name in futures]
    rows += _set_aside(facts, len(columns))
    picture = Picture(
        _title(facts, futures),
        Grid(tuple(columns), tuple(rows), head_width="18%", stacks=True),
        _sub(facts),
        ("future_shares", "firmness", "agreement", "margins", "flips", "set_aside"),
    )
    sentences = (_decisive(facts),) if facts.share else (_decisive(facts), _ties(facts, futures))
    return Section(Part.FIRM, say("scenarios-firm-question"), sentences, (picture,))


def _share(facts: Facts, future: str) -> Cell:
    share = facts.share.get(future, 0.0)
    return Bar(facts.say.times(share), share)


def _people(facts: Facts, people: int | None) -> Cell:
    of = facts.basis["judged_by"]
    if people is None and facts.fewest <= 1:
        people = 0
    if people is None:
        return Unknown(facts.say("scenarios-people-hidden", fewest=facts.fewest))
    return Dots(facts.say("scenarios-n-of-m", count=people, of=of), people, of)


def _tied(facts: Facts, future: str) -> str:
    say, table = facts.say, facts.table("margins")
    own = table[table["scenario"] == future]
    behind = own[own["margin"] < 0]
    if len(behind):
        return say("scenarios-behind", rivals=Names(_rivals(facts, behind)))
    if future in facts.ties:
        return say("scenarios-tied", rivals=Names(_rivals(facts, own[own["margin"] == 0])))
    return say("scenarios-not-tied", lead=Number(float(own["margin"].min()))) if len(own) else ""


def _rivals(facts: Facts, rows: pd.DataFrame) -> list[str]:
    return [
        facts.say("scenarios-rival", rival=str(row["rival_state"]), state=str(row["state"]))
        for row in rows.to_dict("records")
    ]


def _set_aside(facts: Facts, columns: int) -> list[Row]:
    """Futures that people named and that are not counted."""
    say = facts.say
    rows: list[Row] = []
    for away in facts.table("set_aside").head(FEWER_ROWS).to_dict("records"):
        kept = away.get("n_scores")
        said = (
            say("scenarios-aside", why=str(away["why"]))
            if kept is None
            else say("scenarios-aside-kept", why=str(away["why"]), scores=int(kept))
        )
        cells: tuple[Cell, ...] = (said,)
        if columns > 1:
            cells = (Unknown(say("scenarios-aside-state")), *[""] * (columns - 2), said)
        rows.append(Row(str(away["scenario"]), cells, group=say("scenarios-aside-group")))
    return rows


def _decisive(facts: Facts) -> str:
    """How many judgements, on which people differ, decide which futures hold."""
    say, flips = facts.say, facts.table("flips")
    of = facts.basis["judgements"]
    reached = flips[flips["is_reached"].astype(bool)] if len(flips) else flips
    listed = reached if len(reached) else flips
    cells = listed[["source_state", "target_state"]].drop_duplicates()
    # A list that is full may go on.
    more = "yes" if len(listed) >= MOST_CHANGES else "no"
    if reached.empty:
        return say("scenarios-firm-meaning", judgements=of, flips=len(cells), more=more)
    first = reached.iloc[0]
    return say(
        "scenarios-firm-decisive",
        cells=len(cells),
        more=more,
        judgements=of,
        source=state_alone(str(first["source"])),
        target=state_alone(str(first["target"])),
    )


def _title(facts: Facts, futures: list[str]) -> str:
    """How many of the firmest futures another panel would bring back."""
    table = facts.table("firmness")
    if table.empty:
        tied = sum(name in facts.ties for name in futures)
        return facts.say("scenarios-firm-title-ties", tied=tied, futures=len(futures))
    row = table.iloc[0]
    return facts.say(
        "scenarios-firm-return",
        returning=floor(float(row["returning"])),
        firmest=int(row["firmest"]),
    )


def _sub(facts: Facts) -> str:
    """How to read the picture, and why the number in its title is a floor."""
    table = facts.table("firmness")
    said = [facts.say("scenarios-firm-sub", people=facts.basis["judged_by"])]
    if len(table) and table["returning"].iloc[0] >= 1:
        said.append(facts.say("scenarios-firm-floor"))
    return " ".join(said)


def _ties(facts: Facts, futures: list[str]) -> str:
    tied = sum(name in facts.ties for name in futures)
    return facts.say("scenarios-firm-reading", tied=tied, futures=len(futures))
