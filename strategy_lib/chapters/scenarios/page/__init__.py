"""The main part of the chapter's page: options in futures, and what would tell which one comes."""

from __future__ import annotations

from collections.abc import Iterator

from strategy_lib.chapters.codes import OptionKind
from strategy_lib.chapters.page import Page
from strategy_lib.chapters.result import ChapterInputs, ChapterResult
from strategy_lib.chapters.scenarios.page import firmness, moving, options, states
from strategy_lib.chapters.scenarios.page.facts import SAFE, Facts
from strategy_lib.chapters.scenarios.reading import EVERYWHERE
from strategy_lib.core.messages import Names, Say

WIDE = 4
# Without any of these there is the workbook's starting list alone.
_ENTERED = ("own_judgements", "judged_by", "scored_by", "named")
MANY = 40
_MOST_BREAKS = 2


def page(result: ChapterResult, given: ChapterInputs, say: Say) -> Page:
    """What a leader sees of the chapter, from its saved tables."""
    facts = Facts(result, given, say)
    if not facts.basis["combinations"]:
        return Page(say("scenarios-finding-to-begin"))
    if not any(facts.basis[name] for name in _ENTERED):
        return Page(say("scenarios-to-begin"))
    if result.given["problem"]:
        return Page(say("scenarios-finding-too-many"))
    if not facts.basis["futures"]:
        combinations = facts.basis["combinations"]
        return Page(
            say("scenarios-finding-no-future", combinations=combinations),
            (say("scenarios-no-future-next"),),
        )
    if not facts.scored:
        return Page(
            _firmest(facts),
            (_why_not_scored(facts), *_basis(facts), *_many(facts)),
            states.picture(facts),
            tuple(filter(None, (firmness.section(facts), moving.section(facts)))),
        )
    made = (states.section, firmness.section, options.cost, options.differs, moving.section)
    return Page(
        _finding(facts),
        tuple(_sentences(facts)),
        options.picture(facts),
        tuple(filter(None, (make(facts) for make in made))),
        badge=say("scenarios-fragile") if all(name in facts.ties for name in facts.futures) else "",
    )


def _firmest(facts: Facts) -> str:
    """How many futures are plausible, and how firm the firmest is."""
    say, table = facts.say, facts.table("firmness")
    if table.empty:
        counts = {name: facts.basis[name] for name in ("futures", "combinations")}
        return say("scenarios-finding-futures", **counts)
    name, share = next(iter(facts.share.items()))
    futures = int(table["futures"].iloc[0])
    return say("scenarios-finding-firmest", futures=futures, future=name, share=say.times(share))


def _sentences(facts: Facts) -> Iterator[str]:
    """What breaks options, and on what it all rests; where nothing does, where people differ."""
    breaks = list(_breaks(facts))
    yield from breaks or _apart(facts)
    yield from _basis(facts)


def _breaks(facts: Facts) -> Iterator[str]:
    """The kinds of futures that break most options, each with the options."""
    table = facts.table("breaking")
    table = table[table["where"] != EVERYWHERE]
    for where, own in list(table.groupby("where", sort=False))[:_MOST_BREAKS]:
        yield facts.say(
            "scenarios-breaks",
            count=len(own),
            options=Names([facts.short(str(option)) for option in own["option"]], 2),
            where=str(where),
            fails=facts.say.times(float(own["fails_pct"].min())),
        )


def _many(facts: Facts) -> Iterator[str]:
    if facts.basis["futures"] > MANY:
        yield facts.say("scenarios-many")


def _finding(facts: Facts) -> str:
    kinds = [facts.kind(option) for option in facts.options]
    safe = [option for option in facts.options if facts.kind(option) in SAFE]
    good = {option: row["good_pct"] for option, row in facts.read.items()}
    if not good:
        return facts.say(
            "scenarios-finding-options",
            safe=len(safe),
            near=kinds.count(OptionKind.NO_REGRET),
            options=len(kinds),
            futures=len(facts.scored),
        )
    # One with a gap is not compared.
    others = [
        share
        for option, share in good.items()
        if facts.kind(option) not in (*SAFE, OptionKind.NOT_KNOWN)
    ]
    return facts.say(
        "scenarios-finding-read",
        safe=len(safe),
        options=len(kinds),
        share=facts.say.times(max((good[option] for option in safe), default=0.0)),
        others=len(others),
        low=facts.say.times(min(others, default=0.0)),
        high=facts.say.times(max(others, default=0.0)),
    )


def _why_not_scored(facts: Facts) -> str:
    if not facts.options:
        return facts.say("scenarios-no-option")
    if not facts.basis["named"]:
        return facts.say("scenarios-no-name", futures=facts.basis["futures"])
    return facts.say("scenarios-no-score", options=len(facts.options), fewest=facts.fewest)


def _basis(facts: Facts) -> Iterator[str]:
    """How much is the workbook's own, and how much hangs on a tie."""
    basis, shown = facts.basis, facts.with_today
    start = basis["judgements"] - basis["own_judgements"]
    tied = sum(name in facts.ties for name in shown)
    if start:
        yield facts.say(
            "scenarios-basis",
            share=max(1, round(100 * start / basis["judgements"])),
            fewest=facts.fewest,
            tied=tied,
            shown=len(shown),
        )
    elif tied:
        yield facts.say("scenarios-basis-tied", tied=tied, shown=len(shown))


def _apart(facts: Facts) -> Iterator[str]:
    """Where people are furthest apart, if they are far apart."""
    spread = facts.spread
    if spread.notna().any() and spread.max() >= WIDE:
        row = facts.cells.iloc[int(spread.fillna(0).to_numpy().argmax())]
        yield facts.say(
            "scenarios-apart",
            option=facts.short(str(row["option"])),
            future=str(row["scenario"]),
            low=facts.say.number(row["lowest"]),
            high=facts.say.number(row["highest"]),
        )
