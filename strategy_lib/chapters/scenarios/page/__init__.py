"""The main part of the chapter's page: options in futures, and what would tell which one comes."""

from __future__ import annotations

from collections.abc import Iterator

from strategy_lib.chapters.codes import OptionKind
from strategy_lib.chapters.page import Page
from strategy_lib.chapters.result import ChapterInputs, ChapterResult
from strategy_lib.chapters.scenarios.page import firmness, moving, options, states
from strategy_lib.chapters.scenarios.page.facts import SAFE, Facts
from strategy_lib.core.messages import Say

WIDE = 4
# Without any of these there is the workbook's starting list alone.
_ENTERED = ("own_judgements", "judged_by", "scored_by", "named")
MANY = 40


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
            say("scenarios-finding-futures", **_pick(facts, "futures", "combinations")),
            (_why_not_scored(facts), *_basis(facts), *_many(facts)),
            states.picture(facts),
            tuple(filter(None, (firmness.section(facts), moving.section(facts)))),
        )
    return Page(
        _finding(facts),
        (_scored(facts), *_basis(facts), *_apart(facts)),
        options.picture(facts),
        tuple(
            filter(
                None,
                (
                    states.section(facts),
                    firmness.section(facts),
                    options.cost(facts),
                    options.differs(facts),
                    moving.section(facts),
                ),
            )
        ),
        badge=say("scenarios-fragile") if all(name in facts.ties for name in facts.futures) else "",
    )


def _pick(facts: Facts, *names: str) -> dict[str, int]:
    return {name: facts.basis[name] for name in names}


def _many(facts: Facts) -> Iterator[str]:
    if facts.basis["futures"] > MANY:
        yield facts.say("scenarios-many")


def _finding(facts: Facts) -> str:
    kinds = [facts.kind(option) for option in facts.options]
    return facts.say(
        "scenarios-finding-options",
        safe=sum(kind in SAFE for kind in kinds),
        near=kinds.count(OptionKind.NO_REGRET),
        options=len(kinds),
        futures=len(facts.scored),
    )


def _why_not_scored(facts: Facts) -> str:
    if not facts.options:
        return facts.say("scenarios-no-option")
    if not facts.basis["named"]:
        return facts.say("scenarios-no-name", futures=facts.basis["futures"])
    return facts.say("scenarios-no-score", options=len(facts.options), fewest=facts.fewest)


def _scored(facts: Facts) -> str:
    """On how many of the futures the finding rests, and whether today's own is among them."""
    given = {"scored": facts.basis["scored"], "futures": facts.basis["futures"]}
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
    spread = (facts.cells["highest"] - facts.cells["lowest"]).astype(float)
    if spread.notna().any() and spread.max() >= WIDE:
        row = facts.cells.iloc[int(spread.fillna(0).to_numpy().argmax())]
        yield facts.say(
            "scenarios-apart",
            option=facts.short(str(row["option"])),
            future=str(row["scenario"]),
            low=facts.say.number(row["lowest"]),
            high=facts.say.number(row["highest"]),
        )
