"""What chapter 02 shows, saves for others, and what of it points to people."""

from __future__ import annotations

from strategy_lib.chapters.result import Output, Outputs
from strategy_lib.editions.contracts import DAY, TEXT, YES_NO, Saved, coded, numbers, optional
from strategy_lib.editions.people import INDEX, Declared, Points

POINTS: Declared = {
    "answers": {"unit": Points.OFFICE, "assessors": Points.PEOPLE},
    "first_by_assessor": {INDEX: Points.CODE},
    "overall_by_assessor": {INDEX: Points.CODE},
    "without_assessor": {"without": Points.CODE},
    "first_counts": {"people": Points.PEOPLE, "of": Points.PEOPLE},
    "middle_scores": {"people": Points.PEOPLE},
    "weights": {"people": Points.PEOPLE},
    "first_by_unit": {INDEX: Points.OFFICE, "people": Points.PEOPLE},
    "widest_cells": {"n": Points.PEOPLE, "lowest_by": Points.CODE, "highest_by": Points.CODE},
    "divided_cells": {"n": Points.PEOPLE, "low_side": Points.PEOPLE, "high_side": Points.PEOPLE},
    "red_lines": {"scored": Points.PEOPLE, "beyond": Points.PEOPLE},
    "freedom": {"answers": Points.PEOPLE},
    "moved": {"assessor_id": Points.CODE},
    "positions": {"who_holds_the_other_role": Points.NOBODY},
    "decisions": {"dissent": Points.QUOTE, "dissent_by": Points.ROLE},
}

_TERMS = {"term": TEXT, "option": TEXT, "state": coded("term_state"), "owner": TEXT}

SAVED: Saved = {
    "answers": {"unit": TEXT},
    "conditions": _TERMS,
    "costs": {"option": TEXT, **numbers("p10", "p50", "p90", "over_budget_pct")},
    "criteria": {"criterion": TEXT, "direction": coded("direction", is_small=True)},
    "decisions": {"decision": optional(TEXT)},
    "duties": {"route": TEXT, "duty": TEXT, "next": DAY, "confirmed": DAY, "source": TEXT},
    "exit_terms": _TERMS,
    "firmness": {"is_held": YES_NO},
    "first_counts": {"option": TEXT, **numbers("people")},
    "flips": {"option": TEXT, **numbers("points_to_move")},
    "freedom": {
        "option": TEXT,
        **numbers("freedom_lost_lowest", "freedom_lost_median", "freedom_lost_highest"),
    },
    "ranks": {"option": TEXT, **numbers("rank_1_pct")},
    "red_lines": {
        "option": TEXT,
        "criterion": TEXT,
        "verdict": coded("red_line_verdict"),
        **numbers("scored", "beyond"),
    },
    "routes": {"route": TEXT, "options": TEXT, "state": coded("route_state")},
    "standing": {"option": TEXT, "is_fragile": YES_NO},
    "triggers": _TERMS,
    "widest_cells": {"option": TEXT, "criterion": TEXT, **numbers("median", "spread")},
}

_POINTS = {"label": "option", "value": "points_to_move", "unit": "points of 100"}
_WORTH = {"label": "question", "value": "worth_points", "unit": "points"}
_CURRENCY = {"currency": "currency"}

OUTPUTS: Outputs = {
    "answers": Output("Who answered", "Shares scored count pairs of option and criterion."),
    "routes": Output(
        "Legal routes, as entered: confirm with counsel",
        "A condition without an answer counts as not known.",
    ),
    "conditions_of_law": Output("What is missing, and what is met"),
    "duties": Output("Calendar of duties while a route is used", "Confirm each with counsel."),
    "base_rates": Output("What is known of others who took these routes", "Counts end in 2021."),
    "sources": Output("Sources of what was entered", is_optional=True),
    "red_lines": Output("Options and red lines", "At least, at most: on the scale of 0 to 10."),
    "ranks": Output(
        "How often each option takes each place",
        "The darkest part of a bar is the share of draws in which the option comes first.",
        draws="ranks",
    ),
    "criteria": Output("The criteria and their scales, in words"),
    "first_by_unit": Output(
        "What comes first, office by office",
        "A row adds up to 100. Rows that differ show units that see it differently.",
        draws="first_by_group",
        index="unit",
    ),
    "first_counts": Output(
        "How many people put each option first", "A dash: too few people to be counted here."
    ),
    "first_by_assessor": Output(
        "Each person by themselves",
        "Percent of that person's draws.",
        index="assessor",
        is_optional=True,
    ),
    "flips": Output(
        "Points of weight that would put another option first",
        "The shorter the bar, the less it takes for that option to lead.",
        draws="bars",
        where=_POINTS,
    ),
    "favouring_weights": Output(
        "Each option wins if you care most about ...",
        "Points of 100; an equal share for each is what is left.",
    ),
    "without_criterion": Output("Who leads when one criterion is left out", "fragile"),
    "without_assessor": Output("Who leads when one person is left out", is_optional=True),
    "spread": Output(
        "How far apart people are",
        "Darker cells are those on which people are further apart; a dash has too few answers.",
        draws="spread",
        index="option",
    ),
    "divided_cells": Output("Two camps, with hardly anybody between", "Not an average: two views."),
    "widest_cells": Output("Who is furthest apart, on what", max_rows=15),
    "middle_scores": Output("Middle score of each option on each criterion", max_rows=None),
    "weights": Output(
        "What matters, in points of 100",
        "The mean of all; who gave a criterion no points counts as open to any weight.",
    ),
    "what_if": Output(
        "Value of each option on each criterion",
        "0 worst, 100 best: the middle of all scores with their ranges.",
        max_rows=None,
        is_optional=True,
    ),
    "leads_along": Output(
        "Who leads as one weight is moved",
        "From how many points of 100 on; all other weights share the rest.",
        max_rows=None,
        is_optional=True,
    ),
    "lead_from": Output(
        "What the lead comes from",
        "Points of 100 by which each criterion puts the first ahead of the second.",
        is_optional=True,
    ),
    "firmness": Output("How firm the lead is", without=("kind", "rival")),
    "moved": Output("Scores that were changed after the discussion", is_optional=True),
    "costs": Output(
        "Cost of each option",
        "The bar runs from an amount passed in nine cases of ten to one passed in one of ten.",
        draws="costs",
        takes=_CURRENCY | {"budget": "budget"},
    ),
    "costs_by_year": Output("Cost of each option by year", draws="costs_by_year", takes=_CURRENCY),
    "cost_drivers": Output(
        "What moves the cost most",
        "Each bar: the total if this item alone is low, or high.",
        draws="tornado",
        takes=_CURRENCY,
    ),
    "freedom": Output(
        "Freedom to speak lost, beside the money",
        "Left: scores, where 10 is the most that could be lost. Right: money. They are not added.",
        draws="freedom_beside_money",
        takes=_CURRENCY,
    ),
    "worth_asking": Output(
        "What would be worth asking first",
        "Values of single questions do not add up to that of knowing everything.",
        draws="bars",
        where=_WORTH,
    ),
    "positions": Output("Inside or outside, and who holds the other role"),
    "triggers": Output(
        "Triggers that reopen the decision", "A trigger that is seen reopens the decision."
    ),
    "exit_terms": Output("Terms of a responsible exit", "What is owed to whom when leaving."),
    "conditions": Output("Conditions that an option depends on"),
    "decisions": Output("Decisions and their reviews"),
}
