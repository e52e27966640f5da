"""What the tables of chapter 02 say, in sentences; never what anybody should choose."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from strategy_lib.chapters.codes import RouteState, TermState, Verdict
from strategy_lib.chapters.presence.firmness import FEW_POINTS, weaknesses
from strategy_lib.chapters.presence.money import Money
from strategy_lib.chapters.presence.tables import FREEDOM
from strategy_lib.chapters.wording import listed, number
from strategy_lib.core.settings import PresenceSettings
from strategy_lib.editions.people import OTHERS
from strategy_lib.judgements.comparison import Comparison
from strategy_lib.judgements.matrix import ScoreMatrix
from strategy_lib.schema.dates import written_day
from strategy_lib.schema.schema import code_list

SURE_ERRORS = 3
"""From how many standard errors on a question is worth asking: chance seldom gets so far, even
with twenty questions."""
FRAGILE_NOTE = (
    "Fragile means: first in fewer than half of the draws, or another option leads when 10 or "
    "fewer of 100 points of weight move, when one criterion or one assessor is left out, or when "
    "a disputed red line is taken as crossed."
)


def said_standing(matrix: ScoreMatrix, comparison: Comparison | None, lines: pd.DataFrame) -> str:
    """Who comes first most often; a fragile one is called so in this sentence."""
    if matrix.options.empty:
        return "No option is entered yet; the list of options comes first."
    if not len(matrix.assessors) or not matrix.has_scores:
        few = number(len(matrix.options), "option", "options")
        if matrix.fewest > 1:
            return f"No option of {few} has been scored by {matrix.fewest} people or more."
        return f"Nobody has scored any of the {few} yet."
    if comparison is None:
        return "Fewer than two options that are left have been scored; nothing can be compared."
    names, leader = comparison.matrix.names, comparison.pooled.leader
    share = 100 * comparison.pooled.rank_acceptability[leader, 0]
    weak = weaknesses(comparison, lines)
    first = f"{names[leader]} comes first most often, in {share:.0f}% of draws"
    if weak:
        return f"Fragile: {first}, but {'; '.join(weak)}."
    return f"{first}. {_tried(comparison)}"


def _tried(comparison: Comparison) -> str:
    """What was left out or moved without another option leading."""
    parts = [
        number(len(left_out.changes_leader), one, many)
        for left_out, one, many in (
            (comparison.without_criterion, "criterion", "criteria"),
            (comparison.without_assessor, "assessor", "assessors"),
        )
        if left_out is not None
    ]
    moved = f"where {FEW_POINTS:.0f} of 100 points of weight move"
    return f"It still leads {moved}" + (
        f", and without any one of {' or '.join(parts)}." if parts else "; more was not tried."
    )


def said_people(comparison: Comparison | None, firsts: pd.DataFrame) -> str:
    """How many people's own judgements put which option first.

    Parameters
    ----------
    firsts : DataFrame
        From `first_counts`.
    """
    if comparison is None:
        return ""
    people = len(comparison.by_assessor)
    if people == 1:
        return f"One person's judgement is all there is: it puts {firsts['option'].iloc[0]} first."
    counted = firsts.dropna(subset=["people"])
    parts = [f"{row['option']} ({row['people']})" for row in counted.to_dict("records")]
    total = number(people, "assessor", "assessors")
    if not parts:
        return f"{total} differ on what comes first, too few each to be counted here."
    text = f"Of {total}, each one's own scores and weights put first most often: {listed(parts)}"
    return (
        f"{text}; others too few each to be counted here."
        if len(counted) < len(firsts)
        else (f"{text}.")
    )


def said_lines(lines: pd.DataFrame, matrix: ScoreMatrix) -> str:
    """Which options are out because of a red line, and which are disputed."""
    if matrix.options.empty:
        return "No option is entered yet that a red line could exclude."
    if lines.empty:
        criteria = number(len(matrix.criteria), "criterion", "criteria")
        return f"No red line is entered for any of {criteria}."
    parts = []
    for verdict, lead in (
        (Verdict.BEYOND, "Beyond a red line, and not compared"),
        (Verdict.DISPUTED, "Disputed"),
    ):
        chosen = lines[lines["verdict"] == verdict]
        if len(chosen):
            named = [
                f"{row['option']} ({row['criterion']}"
                + ("" if pd.isna(row["beyond"]) else f": {row['beyond']} of {row['scored']}")
                + (f"; {row['whose']})" if row["whose"] else ")")
                for row in chosen.to_dict("records")
            ]
            parts.append(f"{lead}: {listed(named)}.")
    if parts:
        return " ".join(parts)
    unknown = int((lines["scored"] == 0).sum())
    open_ = f"; {unknown} of {len(lines)} pairs of option and line nobody scored" if unknown else ""
    options = number(int(lines["option"].nunique()), "option", "options")
    return f"None of {options} is beyond a red line for anybody who scored{open_}."


def said_law(routes: pd.DataFrame, closed: list[str]) -> str:
    """Which legal routes are open, closed, lapsed or not known, and which nobody has listed."""
    taken = routes[routes["state"] != RouteState.NONE_NEEDED]
    if taken.empty:
        of = number(len(routes), "legal route", "legal routes")
        return (
            f"None of {of} of these options asks for a condition, as entered."
            if len(routes)
            else "No option is entered yet that takes a legal route."
        )
    listed_ = taken[taken["state"] != RouteState.NOT_LISTED]
    without = taken.loc[taken["state"] == RouteState.NOT_LISTED, "options"]
    if listed_.empty:
        count = number(len(taken), "legal route", "legal routes")
        return f"Nobody has listed conditions of law for any of {count}: ask counsel."
    parts = [f"{row['route']}: {_said_state(row)}" for row in listed_.to_dict("records")]
    text = f"To be confirmed with counsel, as entered. {' '.join(f'{part}.' for part in parts)}"
    if len(without):
        text += (
            f" Ask counsel on {len(without)} of {number(len(taken), 'route', 'routes')}, for which "
            f"nobody has listed conditions: {'; '.join(without)}."
        )
    return text + (f" Not compared because closed: {listed(closed)}." if closed else "")


def _said_state(row: Mapping[Hashable, Any]) -> str:
    """A route's state; one that has lapsed says when counsel looked, and what was seen after."""
    if row["state"] != RouteState.LAPSED:
        return code_list("route_state").label(row["state"])
    seen = "" if pd.isna(row["law_changed"]) else f" ({written_day(row['law_changed'])})"
    looked = written_day(row["last_confirmed"])
    return f"was open when counsel last looked ({looked}), before a change of law was seen{seen}"


def nobody(fewest: int) -> str:
    """Nobody, as far as the edition may show what few people said."""
    return "nobody" if fewest <= 1 else f"nobody, or fewer than {fewest} people,"


def said_money(money: Money, currency: str, settings: PresenceSettings, leader: str | None) -> str:
    """What the option that comes first most often costs, and the dearest beside it."""
    totals = money.totals
    if totals.empty:
        return "No amount is entered for any option."
    known = totals[totals["option"] == leader]
    row = (known if len(known) else totals).iloc[0]
    text = (
        f"Over {number(settings.years, 'year', 'years')}, {row['option']} costs {currency} "
        f"{row['p10']:,.0f} to {row['p90']:,.0f} (in eight cases of ten), middle {row['p50']:,.0f}"
    )
    if settings.budget is None:
        return f"{text}. No budget is entered."
    return (
        f"{text}; it passes the budget of {settings.budget:,.0f} in "
        f"{row['over_budget_pct']:.0f}% of draws."
    )


def said_freedom(
    table: pd.DataFrame, leader: str | None, comparison: Comparison | None = None
) -> str:
    """How far apart people are on what could no longer be said, and where it counts."""
    scored = table[table["answers"] > 0]
    if scored.empty:
        of = number(len(table), "option", "options")
        if table.empty:
            return "No option is entered yet whose freedom to speak could be scored."
        return f"Nobody has scored what any of {of} costs in freedom to speak."
    chosen = scored[scored["option"] == leader]
    if chosen.empty:
        chosen = scored.sort_values("freedom_lost_median", ascending=False, kind="stable")
    row = chosen.iloc[0]
    return (
        f"Freedom to speak lost with {row['option']}: scores from {row['freedom_lost_lowest']:g} "
        f"to {row['freedom_lost_highest']:g} of 10, median {row['freedom_lost_median']:g}, "
        f"{number(int(row['answers']), 'answer', 'answers')}. It has no price and is not in the "
        f"money.{_said_weight(comparison)}"
    )


def _said_weight(comparison: Comparison | None) -> str:
    """That freedom to speak is one of the criteria of the ranking, and with what mean weight."""
    codes = [] if comparison is None else list(comparison.matrix.criteria["criterion_id"])
    if comparison is None or FREEDOM not in codes:
        return ""
    weight = 100 * comparison.weights.mean(axis=0)[codes.index(FREEDOM)]
    return (
        f" In the ranking it is one of {number(len(codes), 'criterion', 'criteria')}, with "
        f"{weight:.1f} of 100 points of weight on average."
    )


def said_asking(table: pd.DataFrame) -> str:
    """Which question would be worth asking first, if any adds more than chance does."""
    if table.empty:
        return ""
    total = float(table["worth_points"].iloc[0])
    rest = table.iloc[1:]
    if total <= 0:
        return (
            "Nothing is worth asking before deciding: knowing the scores on all "
            f"{number(len(rest), 'criterion', 'criteria')} with weight would not change which "
            "option leads on average."
        )
    sure = rest[rest["worth_points"] > SURE_ERRORS * rest["standard_error"]]
    if sure.empty:
        return (
            "Nothing is worth asking before deciding: no single one of "
            f"{number(len(rest), 'criterion', 'criteria')} with weight would add more than chance "
            f"does; knowing everything at once, at most {total:.1f} of 100 points of value."
        )
    best = sure.iloc[0]
    return (
        f"The question most worth asking first is {best['question']}: knowing it would add at most "
        f"{best['worth_points']:.1f} of 100 points of value (standard error "
        f"{best['standard_error']:.2f}); knowing everything, {total:.1f}."
    )


def said_spread(cells: pd.DataFrame, concordance: float, n: int) -> str:
    """Where people are furthest apart."""
    if cells.empty:
        return "Fewer than two people scored the same thing; there is no spread to show."
    widest = cells.iloc[0]
    text = (
        f"People are furthest apart on {widest['criterion']} of {widest['option']}: "
        f"from {widest['lowest']:g} to {widest['highest']:g}"
    )
    if np.isnan(concordance):
        return f"{text}."
    return (
        f"{text}. Agreement of {n} people on the order of the options: {concordance:.2f} "
        "(0 none, 1 full; Kendall's W)."
    )


def said_terms(triggers: pd.DataFrame) -> str:
    """What has been seen that reopens the decision, of how many, and what nobody looked at."""
    if triggers.empty:
        return "No trigger is entered that would reopen the decision."
    seen = triggers[triggers["state"] == TermState.SEEN]
    unseen = int((triggers["state"] == TermState.NOT_CHECKED).sum())
    of = f"of {number(len(triggers), 'trigger', 'triggers')} that would reopen the decision"
    text = f"None {of} has been seen"
    if len(seen):
        text = f"{len(seen)} {of} {'has' if len(seen) == 1 else 'have'} been seen: "
        text += listed([f"“{term}”" for term in seen["term"]])
    looked = f" At {unseen} of {len(triggers)} nobody has looked." if unseen else ""
    return f"{text}.{looked}"


def said_exit(terms: pd.DataFrame) -> str:
    """Which promises about leaving are ready."""
    if terms.empty:
        return "No term of a responsible exit is entered."
    ready = int((terms["state"] == TermState.IN_PLACE).sum())
    return f"{ready} of {number(len(terms), 'term', 'terms')} of a responsible exit are in place."


def said_decided(table: pd.DataFrame) -> str:
    """The last decision and whether it is due for review."""
    if table.empty:
        return "No decision is entered."
    last = table.iloc[0]
    day = written_day(last["decided_date"])
    review = last["review_date"]
    if pd.isna(review):
        return f"The last decision is of {day}; no day for a review is set."
    verb = "was due" if last["is_due"] == "yes" else "is due"
    return f"The last decision is of {day}; its review {verb} on {written_day(review)}."


def said_flips(table: pd.DataFrame, comparison: Comparison | None) -> str:
    """How little it takes for another option to lead."""
    if comparison is None:
        return "Weights are not moved: fewer than two options are scored."
    if table.empty:
        others = number(len(comparison.matrix.names) - 1, "other option", "other options")
        return f"None of {others} leads, however weights are moved."
    nearest = table.iloc[0]
    text = (
        f"{nearest['option']} leads if {nearest['points_to_move']:.1f} of 100 points of weight move"
    )
    if len(table) > 1:
        second = table.iloc[1]
        text += f"; {second['option']} needs {second['points_to_move']:.1f}"
    return f"{text}."


def said_units(first: pd.DataFrame) -> str:
    """Whether units put the same option first."""
    if first.empty:
        return "Units are not compared: fewer than two options are scored."
    shares = first.drop(columns="people", errors="ignore")
    leaders = [str(name) for name in dict.fromkeys(shares.idxmax(axis=1))]
    if list(first.index) == [OTHERS]:
        return "In no unit have enough people answered for it to be shown by itself."
    if len(first) == 1:
        return f"Only one unit answered; it puts {leaders[0]} first most often."
    if len(leaders) == 1:
        return f"All {len(first)} units put {leaders[0]} first most often."
    return f"Units differ: {listed(leaders)} come first most often in one unit or another."


def said_years(by_year: pd.DataFrame, currency: str) -> str:
    """Which year is the dearest for the dearest option."""
    if by_year.empty:
        return "No amount is entered for any option."
    row = by_year.iloc[int(by_year["p50"].to_numpy().argmax())]
    return (
        f"The dearest single year is year {row['year']} of {row['option']}: "
        f"{currency} {row['p50']:,.0f} in the middle."
    )


def said_drivers(drivers: pd.DataFrame, currency: str) -> str:
    """Which item moves the total most."""
    if drivers.empty:
        return "No amount is entered for any option."
    row = drivers.iloc[0]
    return (
        f"{row['item']} moves the total of {row['option']} most: by {currency} "
        f"{row['high'] - row['low']:,.0f} between its low and its high."
    )
