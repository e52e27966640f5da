"""What each option costs in money, and in words not said: side by side, never added."""

from __future__ import annotations

from typing import Any

from strategy_lib.chapters.page import Part, Section
from strategy_lib.chapters.presence.page.base import Parts, is_known, shortened
from strategy_lib.chapters.presence.tables import FREEDOM
from strategy_lib.core.messages import Money, Number
from strategy_lib.plotting.pictures import Cell, Column, Grid, Picture, Range, Row, Tone, Unknown

_MILLION, _IN_MILLIONS = 1_000_000, 100_000


def cost(parts: Parts) -> Section | None:
    """Ranges of money and of freedom lost; None where nobody gave either."""
    priced = {row["option"]: row for row in parts.table("costs")}
    scored = {row["option"]: row for row in parts.table("freedom") if row["answers"] > 0}
    if not priced and not scored:
        return None
    plan = parts.table("plan")[0]
    say, budget = parts.say, plan["budget"]
    has_budget = is_known(budget)
    is_large = max((row["p90"] for row in priced.values()), default=0) >= _IN_MILLIONS
    unit = "million" if is_large else "one"
    columns = (
        Column(
            say("presence-money-head", currency=parts.currency, unit=unit),
            say("presence-money-budget", budget=Money(budget, parts.currency))
            if has_budget
            else say("presence-money-no-budget"),
            limit=float(budget) if has_budget else None,
        ),
        Column(say("presence-freedom-head"), say("presence-freedom-note"), low=0, high=10),
    )
    made = [
        Row(
            parts.option(name),
            (
                _money(parts, priced.get(name), budget, is_large=is_large),
                parts.score_range(scored[name], "freedom_lost_")
                if name in scored
                else parts.nobody(),
            ),
            tone=Tone.LEAD if name in parts.tied else "",
        )
        for name in parts.order
        if name in priced or name in scored
    ]
    rows, left = shortened(made)
    picture = Picture(
        _title(parts, priced, scored, budget),
        Grid(columns, rows, head_width="13rem"),
        say(
            "presence-cost-sub",
            years=int(plan["years"]),
            options=len(made),
            all=len(parts.order),
            left=left,
        ),
        ("costs", "freedom"),
    )
    sentences = tuple(filter(None, (_over(parts, priced, budget), _beside(parts))))
    return Section(Part.COST, say("presence-cost"), sentences, (picture,))


def _money(parts: Parts, row: dict[str, Any] | None, budget: Any, *, is_large: bool) -> Cell:
    if row is None:
        return Unknown(parts.say("presence-no-amount"))
    # Two decimals where one would make an amount nothing.
    decimals = 0 if not is_large else 1 if row["p10"] >= _MILLION / 20 else 2
    scale = _MILLION if is_large else 1
    low, high = (Number(row[end] / scale, decimals) for end in ("p10", "p90"))
    text = parts.say("presence-from-to", low=low, high=high)
    if missing := int(row["items_without_amount"]):
        of = missing + int(row["items"])
        text = parts.say("presence-money-missing", range=text, missing=missing, of=of)
    is_over = is_known(budget) and row["p50"] > budget
    p10, p50, p90 = (float(row[end]) for end in ("p10", "p50", "p90"))
    return Range(text, p10, p50, p90, Tone.LIMIT if is_over else Tone.OTHER)


def _title(
    parts: Parts, priced: dict[Any, dict[str, Any]], scored: dict[Any, dict[str, Any]], budget: Any
) -> str:
    say = parts.say
    if priced and is_known(budget):
        over = sum(row["p50"] > budget for row in priced.values())
        return say(
            "presence-cost-budget",
            over=int(over),
            priced=len(priced),
            budget=Money(float(budget), parts.currency),
        )
    if len(priced) > 1:
        by_price = sorted(priced.values(), key=lambda row: row["p50"])
        return say(
            "presence-cost-ends",
            low=parts.option(by_price[0]["option"]),
            high=parts.option(by_price[-1]["option"]),
        )
    if priced:
        (row,) = priced.values()
        return say(
            "presence-cost-one", option=parts.option(row["option"]), range=parts.money_range(row)
        )
    most = max(scored.values(), key=lambda row: row["freedom_lost_median"])
    return say(
        "presence-cost-freedom",
        option=parts.option(most["option"]),
        middle=parts.points(most["freedom_lost_median"]),
    )


def _over(parts: Parts, priced: dict[Any, dict[str, Any]], budget: Any) -> str:
    """How often the first costs more than the budget."""
    row = priced.get(parts.leader)
    if not priced:
        return parts.say("presence-cost-no-amounts", options=len(parts.order))
    if not is_known(budget):
        return parts.say("presence-cost-no-budget")
    if row is None:
        return ""
    option, times = parts.option(parts.leader), parts.say.times(row["over_budget_pct"])
    return parts.say("presence-cost-over", option=option, times=times)


def _beside(parts: Parts) -> str:
    """That freedom to speak has no price, and what it weighs in the ranking."""
    criteria = parts.given.now.restricted["criteria"]
    name = next(iter(criteria.loc[criteria["criterion_id"] == FREEDOM, "name"]), "")
    weight = parts.row_of("weights", name, "criterion")
    if not weight:
        return parts.say("presence-freedom-apart")
    return parts.say("presence-freedom-weight", points=parts.points(weight["points"]))
