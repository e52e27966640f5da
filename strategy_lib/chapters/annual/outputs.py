"""What chapter 09 shows and saves: tables and figures by name, columns that point to people."""

from __future__ import annotations

from strategy_lib.chapters.result import Output, Outputs
from strategy_lib.editions.people import Declared, Points

POINTS: Declared = {
    "assessors": {
        "unit": Points.OFFICE,
        **dict.fromkeys(("then", "now", "both"), Points.PEOPLE),
    },
    "readiness": {"people": Points.PEOPLE, "up": Points.PEOPLE, "down": Points.PEOPLE},
    "weights": {"people": Points.PEOPLE},
    "why_cells": {"people": Points.PEOPLE},
    "again": dict.fromkeys(("n_no", "n_unsure", "n_yes", "n_no_answer"), Points.PEOPLE),
    "again_in_words": {"assessor_id": Points.CODE, "reason": Points.QUOTE},
    "forecasts_by_assessor": {"assessor_id": Points.CODE},
    "forecasts_by_statement": {"n": Points.PEOPLE},
    "forecasts_overall": {"n_people": Points.PEOPLE},
    "forecasts_unresolved": {"n": Points.PEOPLE},
    "forecast_pools": {"n": Points.PEOPLE, "n_weighted": Points.PEOPLE},
}

_YEARS = {"years": "years"}

OUTPUTS: Outputs = {
    "measures": Output("Last time and now, in a few counts", "A dash: it may not be counted here."),
    "bottom_lines": Output("What each chapter said first, then and now", is_optional=True),
    "office_changes": Output(
        "Who answered then and now",
        "Each bar: offices by their answer last time; its parts: what they answer now.",
        draws="answers",
    ),
    "offices": Output("Each office, then and now"),
    "assessors": Output("Who judged then and now", "Both: the same people, both times."),
    "changed_rows": Output(
        "What was entered anew, changed or taken out",
        "The same code is the same row, changed if anything else differs; a later round is a new "
        "row.",
        draws="changed_rows",
    ),
    "why_standing": Output(
        "How often each option comes first, then and now",
        "Open circle: then. Full circle: now.",
        draws="standing",
        takes=_YEARS,
    ),
    "why_contributions": Output(
        "What moved the lead",
        "Least and most: what the step adds in the order of changes in which it adds least, and "
        "most.",
        draws="why",
        takes=_YEARS | {"before": "lead_before", "now": "lead_now"},
    ),
    "why_by_option": Output(
        "What each change added to each option's share",
        "Points of 100; columns add up.",
        draws="by_option",
        index="what",
    ),
    "why_tests": Output(
        "What alone would have been enough",
        "Who would lead if only this had changed, and if only this had not.",
    ),
    "why_parts": Output(
        "Which changed scores carried the change", "Parts overlap, and need not add up."
    ),
    "why_cells": Output("Which scores the same people changed", max_rows=20),
    "weights": Output("What the same people find important, then and now", "Points of 100."),
    "readiness": Output(
        "How ready the same people find us, then and now", "Levels 0 to 4; medians.", max_rows=15
    ),
    "decisions": Output("Decisions that stand, and their reviews"),
    "unmet": Output(
        "Conditions of standing decisions that do not hold",
        "Unknown is not no: somebody has to look.",
    ),
    "moved_states": Output("What stands otherwise than last time"),
    "boards_by_kind": Output(
        "Partners, projects, technologies: how many stand otherwise than last time",
        "Answered: open last time.",
        is_optional=True,
    ),
    "boards": Output("Which of them stand otherwise", max_rows=40, is_optional=True),
    "signs": Output("What is seen or crossed now", "A trigger that is seen reopens the decision."),
    "harm_by_class": Output(
        "Harm to people by class, then and now",
        "Of what is left after measures; exercises are left out.",
    ),
    "harm_moved": Output("What was screened both times", max_rows=20, is_optional=True),
    "future_shares": Output(
        "In how many of 100 plausible matrices named futures hold together, then and now",
        is_optional=True,
    ),
    "scenarios": Output(
        "Futures gained and lost by the middle judgements",
        "Because: judgements of the room that changed.",
    ),
    "scenario_cells": Output("Judgements of influence that the room has changed", max_rows=20),
    "again": Output("Would we decide the same again?", draws="again"),
    "again_in_words": Output("Why, in their own words"),
    "actions_by_fate": Output("What became of the actions", draws="fates"),
    "actions": Output("Each action, those that are late first", "Late: past its day and not done."),
    "calibration": Output(
        "How often things happened, by how likely they were said to be",
        "Above the line, things happened more often than was said; below it, less often.",
        draws="calibration",
    ),
    "forecasts_overall": Output(
        "What the score is made of", "Score = reliability - resolution + uncertainty."
    ),
    "forecasts_by_statement": Output("What was forecast, and what came"),
    "forecast_pools": Output(
        "What all said together: everybody alike, and by what each has added so far",
        "In %. Weights: how much each made the mean of all better on other forecasts that are "
        "resolved (Budescu and Chen 2015). With few forecasts neither is told apart.",
        is_optional=True,
    ),
    "forecast_pool_scores": Output(
        "Score of either (Brier)", "0 is perfect, 0.25 is always saying one half.", is_optional=True
    ),
    "forecasts_by_assessor": Output(
        "By person: a reason to ask each other, not a league table", is_optional=True
    ),
    "forecasts_unresolved": Output("Not resolved yet"),
    "ages": Output("How old facts are", "Months after which each kind of fact is looked at again."),
    "past_shelf_life": Output("What to look at again, the longest past first", max_rows=20),
    "changed_since_guide": Output("Known to have changed since the guide", max_rows=20),
    "one_person_by_kind": Output("What rests on one person, by kind"),
    "one_person_by_unit": Output("What rests on one person, by office", max_rows=15),
    "one_person": Output("What only one person knows", max_rows=25),
}
