"""What chapter 08 shows and saves: tables and figures by name, columns that point to people."""

from __future__ import annotations

from strategy_lib.chapters.result import Output, Outputs
from strategy_lib.editions.contracts import YES_NO, Saved, coded
from strategy_lib.editions.people import Declared, Points

POINTS: Declared = {
    "questions": {"minority_view": Points.QUOTE, "minority_view_by": Points.ROLE},
    "views": {"view": Points.QUOTE, "who": Points.ROLE},
    "decisions": {"dissent": Points.QUOTE, "dissent_by": Points.ROLE},
    "readiness": {"unit": Points.OFFICE, "answers": Points.PEOPLE},
}

SAVED: Saved = {
    "options": {"red_line": coded("red_line_verdict"), "law": coded("route_state")},
    "lead": {"is_fragile": YES_NO},
}

OUTPUTS: Outputs = {
    "chapters": Output("What the chapters behind this brief found first"),
    "questions": Output("What is put to you, in full", max_rows=None, has_heads=False),
    "risks": Output("What could go wrong", "The authors' words first, then what chapters found."),
    "options": Output(
        "The options in full",
        "Freedom to speak lost has no price and is in no amount; it counts among the criteria.",
        is_optional=True,
    ),
    "lead": Output("How firm the order of the options is", is_optional=True),
    "incomes": Output(
        "What pursued ways to money may bring in a year",
        "From “it goes badly” to “it goes well”. Costs stand beside; nothing is netted.",
        is_optional=True,
    ),
    "views": Output("Who sees it differently"),
    "option_scores": Output(
        "Middle score of each option on each criterion",
        "Each number is the middle score, from 0 to 10; a dash: too few people scored it.",
        draws="scores",
    ),
    "option_spread": Output(
        "How far apart people are on each option and criterion",
        "Each number is the distance between the lowest and the highest score; dark cells need a "
        "talk.",
        draws="scores",
    ),
    "scenarios": Output("Futures to think with"),
    "scenario_scores": Output(
        "Middle score of each option in each future",
        "Middle score (lowest to highest) of an option if that future came about, from 0 to 10.",
        draws="scores",
        takes={"texts": "scenario_ranges"},
    ),
    "scenario_shares": Output(
        "In how many of 100 plausible matrices each future holds together", is_optional=True
    ),
    "scenario_read": Output(
        "In how many of 100 plausible futures each option is good enough", is_optional=True
    ),
    "scenario_options": Output(
        "Which options are no-regret moves, hedges or bets",
        "No-regret: near the best everywhere. Hedge: good enough everywhere. Bet: fails somewhere.",
        is_optional=True,
    ),
    "signposts": Output("What is watched, the signposts that were crossed first", is_optional=True),
    "actions_incomplete": Output("Actions that lack something", is_optional=True),
    "timeline": Output(
        "The plan over time",
        "A line runs from the first day to the day on which the action is due; the mark is its "
        "status.",
        draws="plan",
        takes={"as_of": "as_of"},
        lists="actions",
    ),
    "plan": Output(
        "The plan, row by row",
        "Overdue is counted by the day, whatever the status says.",
        max_rows=None,
        is_optional=True,
    ),
    "actions_by_owner": Output(
        "Who has how many actions, by status", "Those that nobody owns come first.", draws="owners"
    ),
    "first_things": Output(
        "What chapter 00 puts first, and the actions that take it up",
        "Gap and importance: lowest to highest answer.",
    ),
    "readiness": Output(
        "How ready offices are for what comes first",
        "Levels from 0 to 4, lowest to highest answer; a frame: two levels or more apart.",
        draws="readiness",
    ),
    "engagement": Output(
        "What is left to do in the chapters that you use besides",
        "Undecided: nobody has answered yet. Past: reviews and stop dates before today.",
        is_optional=True,
    ),
    "coverage_by_group": Output(
        "What becomes of the 48 recommendations, by part of the guide",
        "One bar for each part of the guide; it begins with what nobody has spoken of.",
        draws="coverage",
    ),
    "answered": Output("What somebody has answered", max_rows=None, is_optional=True),
    "unanswered": Output("Nobody has said anything about these", max_rows=None, is_optional=True),
    "sources": Output(
        "Sources, and how old their facts are", "Ages in years; a source without a day comes first."
    ),
    "facts": Output(
        "Every fact, its source and its age", "A year alone is counted from its middle."
    ),
    "decisions": Output(
        "Decisions on record", "Those due for review come first.", max_rows=None, has_heads=False
    ),
    "calendar": Output(
        "Days to keep", "The same days stand in the calendar file.", without=("uid",)
    ),
}
