"""Options in the futures: how they do, what safety costs, and who sees it differently."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from string import ascii_uppercase
from typing import Any

import pandas as pd

from strategy_lib.chapters.page import Part, Section
from strategy_lib.chapters.scenarios.page.facts import SAFE, Facts
from strategy_lib.chapters.scenarios.reading import UNLIKE
from strategy_lib.core.messages import Names, Number
from strategy_lib.plotting.pictures import (
    Bar,
    Cell,
    Column,
    Dots,
    Grid,
    Picture,
    Range,
    Row,
    Shade,
    Tone,
    Unknown,
)

_HEAD_WIDTH = "22%"
_FULL = 10.0
_PEOPLE = {
    "n_no_regret": ("scenarios-differs-no-regret", "scenarios-differs-no-regret-note", "9%", "A"),
    "n_hedge": ("scenarios-differs-hedge", "scenarios-differs-hedge-note", "13%", "B"),
    "n_bet": ("scenarios-differs-bet", "scenarios-differs-bet-note", "16%", "C"),
    "n_neither": ("scenarios-differs-neither", "scenarios-differs-neither-note", "10%", "D"),
}


def picture(facts: Facts) -> Picture:
    """Every option in every scored future, by kind: whether it is good enough."""
    say, futures = facts.say, facts.futures
    heads = [
        Column(name, _under(facts, name), align="center", letter=ascii_uppercase[place])
        for place, name in enumerate(futures)
    ]
    note = say("scenarios-good-in-note") if facts.read else ""
    last = Column(say("scenarios-good-in"), note, align="end", width="10%", letter="✓")
    rows = tuple(_row(facts, option) for option in facts.shown_options)
    return Picture(
        _failing(facts),
        Grid((*heads, last), rows, head_width=_HEAD_WIDTH),
        " ".join(_main_sub(facts)),
        ("option_cells", "read_options", "kinds_of_futures", "kinds"),
    )


def _row(facts: Facts, option: str) -> Row:
    kind = facts.kind(option).replace("_", "-")
    group = facts.say(f"scenarios-group-{kind}", futures=len(facts.scored))
    cells = (*(_cell(facts, option, name) for name in facts.futures), _good_in(facts, option))
    return Row(facts.short(option), cells, group)


def _under(facts: Facts, future: str) -> str:
    """How many plausible futures are like one; without that, how far it is from today."""
    if future in facts.like:
        return facts.say("scenarios-like", share=facts.say.times(facts.like[future]))
    if future not in facts.far:
        return ""
    return facts.say("scenarios-differs-in", steps=facts.far[future], of=facts.counted)


def _cell(facts: Facts, option: str, future: str) -> Cell:
    row = facts.cell.get((option, future))
    if row is None:
        return Unknown(facts.say("scenarios-not-scored"))
    is_good = row["median"] >= facts.good_enough
    return Shade(
        facts.say(
            "scenarios-good" if is_good else "scenarios-low", score=facts.score(row["median"])
        ),
        2 if is_good else 0,
        is_limit=not is_good,
        note=_say_no(facts, row),
    )


def _say_no(facts: Facts, row: dict[str, Any]) -> str:
    if pd.isna(row["below_pct"]):
        return ""
    people = round(row["n"] * row["below_pct"] / 100)
    # Most cells have none: said in each, what matters is hard to find.
    if not people:
        return ""
    return facts.say("scenarios-say-no", people=people, of=int(row["n"]))


def _good_in(facts: Facts, option: str) -> str:
    if facts.read:
        row = facts.read.get(option)
        return facts.say("scenarios-nil") if row is None else facts.say.times(row["good_pct"])
    own = [row for (name, _), row in facts.cell.items() if name == option]
    good = sum(row["median"] >= facts.good_enough for row in own)
    return facts.say("scenarios-n-of-m", count=good, of=len(facts.scored))


def _failing(facts: Facts) -> str:
    """In which future most options are not good enough."""
    low = facts.cells[facts.cells["median"] < facts.good_enough]
    if low.empty:
        options = facts.cells["option"].nunique()
        return facts.say("scenarios-main-all-good", options=int(options), futures=len(facts.scored))
    counts = low.groupby("scenario", sort=False).size()
    worst = [name for name in facts.scored if counts.get(name) == counts.max()]
    told: dict[str, Any] = {
        "count": int(counts.max()),
        "options": len(facts.options),
        "futures": Names(worst),
    }
    if not facts.read:
        return facts.say("scenarios-main-failing", **told)
    share = sum(facts.like.get(name, 0.0) for name in worst)
    return facts.say("scenarios-main-failing-like", **told, share=facts.say.times(share))


def _main_sub(facts: Facts) -> Iterator[str]:
    say, people = facts.say, facts.cells["n"]
    if facts.read:
        yield say(
            "scenarios-read",
            futures=int(facts.table("firmness")["futures"].iloc[0]),
            unlike=say.times(facts.like.get(UNLIKE, 0.0)),
        )
    yield say(
        "scenarios-main-sub",
        fewest=int(people.min()),
        most=int(people.max()),
        enough=Number(facts.good_enough),
    )
    if facts.cells["below_pct"].notna().any():
        yield say("scenarios-main-no", enough=Number(facts.good_enough), fewest=facts.fewest)
    if facts.far and not facts.read:
        yield say("scenarios-main-order")
    if left := len(facts.options) - len(facts.shown_options):
        yield say("scenarios-more-options", left=left)
    if left := len(facts.scored) - len(facts.futures):
        yield say("scenarios-more-futures", left=left)


def _rated(facts: Facts) -> pd.DataFrame:
    table = facts.table("robustness")
    return table.dropna(subset=["laplace"]) if len(table) else table


def cost(facts: Facts) -> Section | None:
    """What it costs to be safe: from worst to best, and points lost against the best."""
    say, rated = facts.say, _rated(facts)
    if rated.empty or len(facts.scored) < 2:
        return None
    lost = rated["minimax_regret"].astype(float)
    safe = [name for name in rated.index if facts.kind(str(name)) in SAFE]
    columns = (
        Column(
            say("scenarios-cost-range"),
            say("scenarios-cost-range-note", enough=Number(facts.good_enough)),
            high=_FULL,
            limit=facts.good_enough,
        ),
        Column(say("scenarios-cost-lost"), say("scenarios-cost-lost-note"), width="20%"),
    )
    rows = tuple(_cost_row(facts, rated, option) for option in facts.shown_options)
    most = Number(lost.max())
    if safe:
        least, others = Number(lost[safe].max()), len(rated) - len(safe)
        title = say("scenarios-cost-title", safe=least, most=most, others=others)
    else:
        title = say("scenarios-cost-title-unsafe", most=most)
    subtitle = say("scenarios-cost-sub", futures=len(facts.scored))
    grid = Grid(columns, rows, head_width=_HEAD_WIDTH)
    picture = Picture(title, grid, subtitle, ("robustness", "regret"))
    question, label = say("scenarios-cost-question"), say("scenarios-cost-label")
    return Section(Part.COST, question, (say("scenarios-cost-meaning"),), (picture,), label)


def _cost_row(facts: Facts, rated: pd.DataFrame, option: str) -> Row:
    say, name = facts.say, facts.short(option)
    if option not in rated.index:
        return Row(name, (Unknown(say("scenarios-not-scored-in-all")), ""))
    low, high, middle, lost = (
        float(rated[name].astype(float)[option])
        for name in ("maximin", "maximax", "laplace", "minimax_regret")
    )
    tone = Tone.LEAD if low >= facts.good_enough else Tone.LIMIT
    said = say("scenarios-from-to", low=facts.score(low), high=facts.score(high))
    line = Range(said, low, middle, high, tone)
    return Row(name, (line, Bar(say.number(lost), lost, tone=Tone.OTHER)))


def differs(facts: Facts) -> Section | None:
    """In how many people's eyes an option is of which kind, and where they are furthest apart."""
    say = facts.say
    counts = facts.table("kinds_by_people").set_index("option")[list(_PEOPLE)]
    parts = _parts(facts, counts)
    if not parts or facts.basis["scored_by"] < 2:
        return None
    columns, draw = zip(*parts, strict=True)
    rows = tuple(
        Row(facts.short(option), tuple(part(option) for part in draw))
        for option in facts.shown_options
    )
    picture = Picture(
        _differs_title(facts, counts),
        Grid(tuple(columns), rows, head_width=_HEAD_WIDTH, legend=_legend(facts, counts)),
        " ".join(_differs_sub(facts, counts)),
        ("kinds_by_people", "option_cells"),
    )
    return Section(Part.DIFFERS, say("scenarios-differs-question"), (), (picture,))


def _parts(facts: Facts, counts: pd.DataFrame) -> list[tuple[Column, Callable[[str], Cell]]]:
    """Columns that this edition may show, each with what draws its cells."""
    say = facts.say
    parts: list[tuple[Column, Callable[[str], Cell]]] = []
    if counts.notna().any(axis=None):
        for name, (head, note, width, letter) in _PEOPLE.items():
            column = Column(say(head), say(note), width=width, letter=letter)
            parts.append((column, partial(_people, counts[name])))
    if (facts.spread > 0).any():
        column = Column(
            say("scenarios-spread"), say("scenarios-spread-note"), high=_FULL, is_optional=True
        )
        parts.append((column, partial(_spread, facts)))
    return parts


def _people(counts: pd.Series[Any], option: str) -> Cell:
    if option not in counts.index:
        return "–"
    count = counts[option]
    if pd.isna(count):
        return Unknown("?")
    return Dots(str(int(count)), int(count)) if count else "0"


def _spread(facts: Facts, option: str) -> Cell:
    """The future in which people's scores of an option are furthest apart."""
    own = [row for (name, _), row in facts.cell.items() if name == option]
    own = [row for row in own if not pd.isna(row["lowest"])]
    if not own:
        return Unknown(facts.say("scenarios-not-scored"))
    row = max(own, key=lambda row: row["highest"] - row["lowest"])
    said = facts.say(
        "scenarios-spread-cell",
        low=Number(row["lowest"]),
        high=Number(row["highest"]),
        future=str(row["scenario"]),
    )
    return Range(said, row["lowest"], row["median"], row["highest"])


def _differs_title(facts: Facts, counts: pd.DataFrame) -> str:
    """An option that most people see as another kind than the middle scores do, if there is one."""
    found: list[tuple[int, str, str]] = []
    for option, row in zip(counts.index.astype(str), counts.to_dict("records"), strict=True):
        own = f"n_{facts.kind(option)}"
        others = {str(k): int(v) for k, v in row.items() if pd.notna(v) and v}
        others.pop(own, None)
        if others and own in _PEOPLE:
            most = max(others, key=lambda name: others[name])
            found.append((others[most], option, most))
    if found:
        people, option, name = max(found, key=lambda one: one[0])
        return facts.say(
            "scenarios-differs-title",
            people=people,
            of=_scorers(facts, option),
            option=facts.short(option),
            seen=name.removeprefix("n_").replace("_", "-"),
        )
    return facts.say("scenarios-differs-title-plain")


def _legend(facts: Facts, counts: pd.DataFrame) -> tuple[tuple[str, str], ...]:
    if not counts.notna().any(axis=None) or not counts.isna().any(axis=None):
        return ()
    return (("hatch", facts.say("scenarios-differs-hidden", fewest=facts.fewest)),)


def _scorers(facts: Facts, option: str) -> int:
    """How many people scored an option in every future, as far as each of them is counted."""
    return min(int(row["n"]) for (name, _), row in facts.cell.items() if name == option)


def _differs_sub(facts: Facts, counts: pd.DataFrame) -> Iterator[str]:
    if counts.notna().any(axis=None):
        yield facts.say("scenarios-differs-sub", futures=len(facts.scored))
    if (facts.spread > 0).any():
        yield facts.say("scenarios-spread-sub")
