"""What the futures are: their states, in what they differ from today, and one to step into."""

from __future__ import annotations

from collections.abc import Iterator

from strategy_lib.chapters.codes import Answer
from strategy_lib.chapters.page import Part, Section
from strategy_lib.chapters.scenarios.page.facts import FEWER_ROWS, Facts
from strategy_lib.plotting.futures import Future, FutureChooser, FutureOption
from strategy_lib.plotting.pictures import Cell, Column, Grid, Picture, Row, Shade

_SAME = "–"
_MOST_ROWS = 14


def section(facts: Facts) -> Section:
    """What the futures are."""
    say = facts.say
    question = say("scenarios-states-question", futures=len(facts.scored))
    meaning = (say("scenarios-states-meaning"), say("scenarios-states-reading"))
    sentences = (scored(facts),) if facts.read else meaning
    return Section(Part.WHY, question, sentences, (picture(facts),), say("scenarios-states-label"))


def scored(facts: Facts) -> str:
    """On how many of the futures the finding rests, and whether today's own is among them."""
    exact = facts.table("future_shares").set_index("scenario")["in_median"]
    held = sum(exact.get(name, Answer.YES) == Answer.YES for name in facts.scored)
    given = {"held": held, "scored": len(facts.scored), "futures": facts.basis["futures"]}
    if facts.own in facts.scored or not facts.today:
        return facts.say("scenarios-scored", **given)
    if facts.unsaid:
        things = len(facts.table("today"))
        return facts.say("scenarios-scored-unsaid", unsaid=facts.unsaid, things=things, **given)
    if not facts.own:
        return facts.say("scenarios-scored-today-apart", **given)
    cards = facts.table("cards").set_index("scenario")
    if cards["is_named"].get(facts.own, False):
        return facts.say("scenarios-scored-not-today", own=facts.own, **given)
    return facts.say("scenarios-scored-not-named", own=facts.own, **given)


def picture(facts: Facts) -> Picture:
    """States of each future, those that differ from today filled."""
    say, states = facts.say, facts.table("card_states")
    futures = [name for name in facts.futures if name in states]
    rows = [str(name) for name in states.index]
    shown = len(rows) if len(rows) <= _MOST_ROWS else FEWER_ROWS
    stories = facts.table("cards").set_index("scenario")["story"]
    align = "center" if facts.today else "start"
    columns = [Column(name, str(stories.get(name, "")), align=align) for name in futures]
    lines = []
    for place, thing in enumerate(rows[:shown]):
        cells = tuple(_state(facts, thing, str(states[name].iloc[place])) for name in futures)
        now = facts.today.get(thing, say("scenarios-today-not-said"))
        lines.append(Row(thing, (now, *cells) if facts.today else cells))
    if facts.today:
        own = say("scenarios-today-own", own=facts.own) if facts.own else ""
        columns = [Column(say("scenarios-today"), own, width="13%"), *columns]
        told = (
            say("scenarios-n-of-m", count=facts.far[name], of=facts.counted) for name in futures
        )
        lines.append(Row(say("scenarios-differs-row"), ("", *told)))
    grid = Grid(tuple(columns), tuple(lines), head_width="16%", stacks=True)
    return Picture(
        _title(facts, futures),
        FutureChooser(
            grid,
            tuple(_futures(facts, futures)),
            say("scenarios-choose"),
            say("scenarios-choose-options"),
            say("scenarios-choose-changes"),
        ),
        " ".join(_sub(facts, len(rows), len(rows) - shown)),
        ("card_states", "today", "distances"),
    )


def _state(facts: Facts, thing: str, state: str) -> Cell:
    if thing not in facts.today:
        return state
    return _SAME if facts.today[thing] == state else Shade(state, 2)


def _title(facts: Facts, futures: list[str]) -> str:
    if not facts.far or not futures:
        return facts.say("scenarios-states-title-plain", futures=len(futures))
    near, away = min(futures, key=facts.far.__getitem__), max(futures, key=facts.far.__getitem__)
    return facts.say(
        "scenarios-states-title",
        near=near,
        steps=facts.far[near],
        away=away,
        more=facts.far[away],
        of=facts.counted,
        same="yes" if near == away else "no",
    )


def _sub(facts: Facts, things: int, left: int) -> Iterator[str]:
    yield facts.say("scenarios-states-sub", things=things)
    if facts.today:
        yield facts.say("scenarios-states-filled")
    if left:
        yield facts.say("scenarios-more-things", left=left)


def _futures(facts: Facts, futures: list[str]) -> Iterator[Future]:
    """Each future with its options and what would have to change, for the page's script."""
    say = facts.say
    if not facts.scored:
        return
    for name in futures:
        options = tuple(_option(facts, option, name) for option in facts.options)
        told = say(
            "scenarios-choose-said",
            future=name,
            good=sum(option.is_good for option in options),
            options=len(options),
            steps=facts.far.get(name, -1),
            of=facts.counted,
        )
        if name in facts.share:
            share = say("scenarios-choose-share", share=say.times(facts.share[name]))
            told = f"{told} {share}"
        yield Future(name, told, options, tuple(_changes(facts, name)))


def _option(facts: Facts, option: str, future: str) -> FutureOption:
    row = facts.cell.get((option, future))
    if row is None:
        said = facts.say("scenarios-not-scored")
        return FutureOption(facts.short(option), None, said, is_good=False)
    score = float(row["median"])
    is_good = score >= facts.good_enough
    said = facts.say("scenarios-good" if is_good else "scenarios-low", score=facts.score(score))
    return FutureOption(facts.short(option), score, said, is_good)


def _changes(facts: Facts, future: str) -> Iterator[str]:
    states = facts.table("card_states")[future]
    for thing, state in states.items():
        was = facts.today.get(str(thing))
        if was is not None and was != state:
            yield facts.say("scenarios-change", thing=str(thing), was=was, now=str(state))
