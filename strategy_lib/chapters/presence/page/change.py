"""What would change the answer: weights, triggers, law, and what is worth asking."""

from __future__ import annotations

from typing import Any

import pandas as pd

from strategy_lib.chapters.codes import RouteState, TermState
from strategy_lib.chapters.page import Part, Section
from strategy_lib.chapters.presence.page.base import Parts, is_known, shortened
from strategy_lib.plotting.pictures import Column, Grid, Picture, Row, Sign, State
from strategy_lib.plotting.what_if import Lead, Slider, WhatIf

SURE_ERRORS = 3
"""From how many standard errors on a question is worth asking: chance seldom gets so far, even
with twenty questions."""


def change(parts: Parts) -> Section | None:
    """The what-if and the triggers; None where there is neither."""
    pictures = tuple(filter(None, (_what_if(parts), _triggers(parts))))
    if not pictures:
        return None
    sentences = tuple(filter(None, (_asking(parts), law_of_all(parts))))
    return Section(Part.CHANGE, parts.say("presence-change"), sentences, pictures)


def _asking(parts: Parts) -> str:
    """What is most worth asking before deciding, if any adds more than chance does."""
    say, rows = parts.say, parts.table("worth_asking")
    if not rows or not is_known(rows[0]["worth_points"]):
        return ""
    everything, questions = rows[0], rows[1:]
    sure = [r for r in questions if r["worth_points"] > SURE_ERRORS * r["standard_error"]]
    if everything["worth_points"] <= 0:
        return say("presence-asking-nothing", criteria=len(questions))
    if not sure:
        return say(
            "presence-asking-none-sure",
            criteria=len(questions),
            everything=parts.points(everything["worth_points"]),
        )
    return say(
        "presence-asking",
        criterion=parts.criterion(sure[0]["question"]),
        points=parts.points(sure[0]["worth_points"]),
        everything=parts.points(everything["worth_points"]),
    )


def law_of_all(parts: Parts) -> str:
    """Of how many options the law has lapsed, is not known or was never listed: ask counsel."""
    rows = parts.table("options")
    states = [row["law"] for row in rows]
    lapsed = states.count(RouteState.LAPSED) + states.count(RouteState.LAW_CHANGED)
    unlisted, unknown = states.count(RouteState.NOT_LISTED), states.count(RouteState.NOT_KNOWN)
    asked = lapsed + unlisted + unknown
    if not asked:
        return ""
    return parts.say(
        "presence-law-all",
        asked=asked,
        all=len(rows),
        lapsed=lapsed,
        unlisted=unlisted,
        unknown=unknown,
    )


def _triggers(parts: Parts) -> Picture | None:
    say, rows = parts.say, parts.table("triggers")
    if not rows:
        return None
    seen, unseen = (
        sum(row["state"] == state for row in rows)
        for state in (TermState.SEEN, TermState.NOT_CHECKED)
    )
    made = []
    for row in rows:
        days = row["days_ago"]
        looked = say.number(days, 0) if is_known(days) else ""
        owner = "" if row["owner"] == "nobody" else str(row["owner"])
        owner = owner or say("presence-no-owner")
        made.append(Row(str(row["term"]), (_state(parts, row["state"]), looked, owner)))
    shown, left = shortened(made)
    more = say("presence-triggers-more", left=left) if left else ""
    columns = (
        Column(say("presence-state"), width="12rem"),
        Column(say("presence-last-look"), align="end", width="7rem", is_optional=True),
        Column(say("presence-owner"), width="9rem", is_optional=True),
    )
    return Picture(
        say("presence-triggers", seen=seen, all=len(rows), unseen=unseen),
        Grid(columns, shown, say("presence-trigger")),
        " ".join(filter(None, (_review(parts), _exit(parts), more))),
        ("triggers", "exit_terms", "routes", "worth_asking"),
    )


def _state(parts: Parts, state: str) -> State:
    if state == TermState.SEEN:
        return State(parts.say("presence-seen"), Sign.ALARM)
    if state == TermState.NOT_SEEN:
        return State(parts.say("presence-not-seen"), Sign.NO)
    return State(parts.say("unknown-nobody-looked"), Sign.UNKNOWN)


def _review(parts: Parts) -> str:
    """When the last decision is looked at again."""
    last = next(iter(parts.table("decisions")), {})
    if not last:
        return ""
    decided = pd.Timestamp(last["decided_date"]).date()
    if not is_known(last["review_date"]):
        return parts.say("presence-no-review", decided=decided)
    review = pd.Timestamp(last["review_date"]).date()
    if last["is_due"] == "yes":
        return parts.say("presence-review-due", decided=decided, review=review)
    return parts.say("presence-review", decided=decided, review=review)


def _exit(parts: Parts) -> str:
    """How many promises about leaving are in place."""
    rows = parts.table("exit_terms")
    ready = sum(row["state"] == TermState.IN_PLACE for row in rows)
    return parts.say("presence-exit", ready=ready, all=len(rows)) if rows else ""


def _what_if(parts: Parts) -> Picture | None:
    """Sliders for what matters; None where no weights could tell the options apart."""
    table = parts.table("what_if")
    if not table:
        return None
    say = parts.say
    scored = {row["option"] for row in table}
    options = [name for name in parts.order if name in scored]
    criteria = list(dict.fromkeys(row["criterion"] for row in table))
    values = {(row["option"], row["criterion"]): float(row["value"]) for row in table}
    sliders = _sliders(parts, options, criteria)
    if not sliders:
        return None
    high = float(parts.table("sliders")[0]["high"])
    points = {row["criterion"]: float(row["points"]) for row in parts.table("weights")}
    total = sum(points[name] for name in criteria)
    drawing = WhatIf(
        tuple(parts.option(name) for name in options),
        tuple(parts.letters[name] for name in options),
        tuple(tuple(values[name, criterion] for criterion in criteria) for name in options),
        tuple(100 * points[name] / total for name in criteria),
        sliders,
        high,
        _words(parts, options, criteria, sliders),
    )
    return Picture(
        say(
            "presence-what-if",
            sliders=len(sliders),
            changing=sum(any(0 < lead.start < high for lead in slider.leads) for slider in sliders),
        ),
        drawing,
        _left_out(parts, options, criteria),
        ("what_if",),
    )


def _sliders(parts: Parts, options: list[str], criteria: list[str]) -> tuple[Slider, ...]:
    leads: dict[str, list[Lead]] = {}
    for row in parts.table("leads_along"):
        lead = Lead(float(row["from_points"]), options.index(row["option"]))
        leads.setdefault(row["slider"], []).append(lead)
    mine: dict[str, list[str]] = {}
    for row in parts.table("sliders"):
        mine.setdefault(row["slider"], []).append(row["criterion"])
    return tuple(
        Slider(
            parts.criterion(name),
            tuple(criteria.index(criterion) for criterion in moved),
            tuple(leads[name]),
            parts.say.names(parts.names([parts.criterion(c) for c in moved], 9))
            if len(moved) > 1
            else "",
        )
        for name, moved in mine.items()
        if name in leads
    )


def _left_out(parts: Parts, options: list[str], criteria: list[str]) -> str:
    """What the what-if does not weigh: pairs that nobody scored, or too few people."""
    compared = [str(row["option"]) for row in parts.table("ranks")]
    weighed = [str(row["criterion"]) for row in parts.table("weights")]
    no_options = [parts.option(name) for name in compared if name not in options]
    no_criteria = [parts.criterion(name) for name in weighed if name not in criteria]
    say, few = parts.say, parts.fewest
    unscored, open_ones = parts.names(no_options), parts.names(no_criteria)
    if no_options and no_criteria:
        return say(
            "presence-what-if-without-both", options=unscored, criteria=open_ones, fewest=few
        )
    if no_options:
        left, all_ = len(no_options), len(compared)
        return say(
            "presence-what-if-without-options", options=unscored, left=left, all=all_, fewest=few
        )
    if no_criteria:
        left, all_ = len(no_criteria), len(weighed)
        return say(
            "presence-what-if-without-criteria", criteria=open_ones, left=left, all=all_, fewest=few
        )
    return ""


def _words(
    parts: Parts, options: list[str], criteria: list[str], sliders: tuple[Slider, ...]
) -> dict[str, str]:
    """What the script says; names in braces are filled in while weights move."""
    say = parts.say
    moved: set[int] = {place for slider in sliders for place in slider.criteria}
    others = len(criteria) - len(moved)

    def give(*names: str) -> dict[str, Any]:
        return {name: "{" + name + "}" for name in names}

    return {
        "leads": say("presence-now-same", **give("option", "points", "second")),
        "now": say("presence-now-other", **give("option", "points", "second", "before")),
        "level": say("presence-now-level", **give("option", "second", "count", "all")),
        "of": say("presence-of-100", **give("points")),
        "set": say("presence-set-to", **give("points", "option")),
        "less": say("presence-point-less", **give("name")),
        "more": say("presence-point-more", **give("name")),
        "from": say("presence-leads-from", **give("points", "option")),
        "reset": say("presence-reset", people=parts.people),
        "alike": say("presence-alike", criteria=len(criteria)),
        "try": say("presence-try"),
        "try_sub": say("presence-try-sub", others=others),
        "then": say("presence-then"),
        "then_sub": say("presence-then-sub", **give("low", "high")),
        "rest": say("presence-rest", left=max(len(options) - 8, 0)),
        "still": say("presence-still"),
    }
