"""What chapter 04 shows and saves: tables and figures by name, columns that point to people."""

from __future__ import annotations

from strategy_lib.chapters.result import Output, Outputs
from strategy_lib.editions.contracts import NUMBER, TEXT, YES_NO, Saved, coded, numbers, texts
from strategy_lib.editions.people import HEADINGS, Declared, Points

POINTS: Declared = {
    "coverage": {"assessor_id": Points.CODE, "unit": Points.OFFICE, "assessors": Points.PEOPLE},
    "agreement_by_assessor": {HEADINGS: Points.CODE},
    "agreement": {"agreed_by": Points.PEOPLE},
    "scenarios": {"agreed_by": Points.PEOPLE},
    "flips": {"said_by": Points.PEOPLE},
    "widest_cells": {"n": Points.PEOPLE, "lowest_by": Points.CODE, "highest_by": Points.CODE},
    "judgements": {"n_assessors": Points.PEOPLE},
    "basis": {"judged_by": Points.PEOPLE, "scored_by": Points.PEOPLE},
    "option_cells": {"n": Points.PEOPLE},
    "tellings": {"n": Points.PEOPLE},
    "kinds_by_people": dict.fromkeys(
        ("n_no_regret", "n_hedge", "n_bet", "n_neither"), Points.PEOPLE
    ),
    "decisions": {"dissent": Points.QUOTE, "dissent_by": Points.ROLE},
}

SAVED: Saved = {
    "cards": texts("scenario", "story", "driven_by", "follows", "nearly_breaks", "agreed_by"),
    "coverage": texts("unit"),
    "firmness": numbers("matrices", "futures", "firmest", "returning"),
    "future_shares": {
        **texts("scenario", "states"),
        "share_pct": NUMBER,
        "in_median": YES_NO,
        "is_named": YES_NO,
    },
    "kinds_of_futures": {"scenario": TEXT, "share_pct": NUMBER},
    "read_options": {
        "option": TEXT,
        **numbers("good_pct", "fails_pct", "not_known_pct", "mean_score"),
    },
    "breaking": {**texts("option", "where"), **numbers("fails_pct", "covers_pct", "of_all_pct")},
    "moved_futures": {
        "scenario": TEXT,
        **numbers("before_pct", "low_pct", "after_pct", "high_pct"),
    },
    "moved_options": {
        "option": TEXT,
        **numbers("before_pct", "after_pct", "before_mean", "after_mean"),
    },
    "tellings": {
        **texts("points_to", "observable", "would_lead"),
        "found": coded("signpost_status"),
    },
    "kinds": {
        **texts("option", "assessors_say", "fails_in", "leads_in"),
        "kind": coded("option_kind"),
        "largest_regret": NUMBER,
    },
    "falls_short": texts("option", "scenario"),
    "option_cells": {
        **texts("option", "scenario"),
        "counted": coded("counted"),
        **numbers("lowest", "median", "highest"),
    },
    "signposts": {
        **texts("points_to", "observable", "threshold", "status", "last_observation"),
        **texts("seen_at", "owner_role"),
        "status_code": coded("signpost_status"),
        "is_overdue": YES_NO,
    },
}

_CONSISTENT = (
    "A scenario takes one state of every descriptor. It holds together if no descriptor would "
    "rather be in another state, given all the others. Holding together is not being likely."
)

OUTPUTS: Outputs = {
    "basis": Output(
        "What everything here rests on",
        "Judgements that are not people's own are the starting list's.",
    ),
    "card_states": Output("The futures side by side, state by state", index="descriptor"),
    "cards": Output("The futures in computed words", _CONSISTENT, without=("states",)),
    "firmness": Output(
        "At least how many of the firmest futures another panel would bring back, on average",
        "plausible",
        is_optional=True,
    ),
    "future_shares": Output(
        "In how many plausible matrices each future holds together",
        "In %. The firmest, those that people named, and the cards.",
        without=("states",),
        is_optional=True,
    ),
    "kinds_of_futures": Output(
        "Into which kinds all plausible futures fall",
        "In %, by the scored future that each is most like; none where more than half of all "
        "descriptors differ. Each counts by its own share of the matrices.",
        is_optional=True,
    ),
    "read_options": Output(
        "In what share of all plausible futures each option is good enough",
        "In %; mean score from 0 to 10. A future is read as the scored one that it is most like.",
        is_optional=True,
    ),
    "breaking": Output(
        "Which kind of futures breaks each option that fails somewhere",
        "In %: of such futures, it fails in so many; of all in which it fails, so many are such; of "
        "all plausible futures, so many are such. Found by peeling (PRIM), by two descriptors at "
        "most.",
        is_optional=True,
    ),
    "option_cells": Output(
        "Every option in every named future",
        "The middle score of all who answered, and their lowest and highest.",
    ),
    "set_aside": Output("Futures that were named, and are not counted", is_optional=True),
    "coverage": Output(
        "How much of the matrix each assessor judged",
        "Share of all cells, in %.",
        is_optional=True,
    ),
    "descriptors": Output("What the futures are made of"),
    "sources": Output("Sources of what was entered", is_optional=True),
    "scenarios": Output("All futures that hold together", _CONSISTENT, without=("states",)),
    "drivers": Output(
        "What drives, and what is driven",
        "Sums of all influences given and taken, regardless of their sign.",
    ),
    "margins": Output(
        "By how much each state leads over the next one",
        "The number is the lead over the next state, which stands beside it; 0 is a tie.",
        draws="margins",
    ),
    "influences": Output(
        "What holds up the future nearest to today",
        "Read a row for what a descriptor does to the others. A frame: without it, this would not "
        "hold.",
        draws="influence_map",
        rows={"scenario": "nearest"},
    ),
    "near_misses": Output(
        "Combinations that miss by least",
        "Shortfall: by how much the wanted state leads.",
        max_rows=20,
        is_optional=True,
    ),
    "distances": Output("How far each future is from today"),
    "today": Output("Today, descriptor by descriptor", "Pull: by how much another state leads."),
    "flips": Output(
        "Single judgements that make or unmake a future",
        "Lowest and highest: what people said of this cell.",
        without=("source_state", "target_state", "makes", "unmakes", "is_reached"),
        max_rows=20,
    ),
    "agreement": Output(
        "For how many people each future holds together", without=("states",), is_optional=True
    ),
    "agreement_by_assessor": Output(
        "By how much each future falls short in each person's own matrix",
        "0: it holds together by that person's judgements.",
        index="scenario",
        is_optional=True,
    ),
    "widest_cells": Output("Judgements on which people are furthest apart", is_optional=True),
    "regret": Output(
        "Points lost against the best option of each future (regret)",
        "0 is the best one itself.",
        index="option",
        is_optional=True,
    ),
    "robustness": Output(
        "Every robustness metric of every option",
        "For regret, less is better.",
        index="option",
        is_optional=True,
    ),
    "views": Output(
        "Who comes first under which view, and for how many people too",
        "Each view answers another question, and none is the verdict. Scenarios have no "
        "probabilities here.",
        is_optional=True,
    ),
    "kinds_by_people": Output(
        "In how many people's eyes an option is of which kind",
        "Each person's own scores, sorted by the same rule.",
        is_optional=True,
    ),
    "kinds": Output("By the medians, and in people's eyes", "rule_of_kinds", is_optional=True),
    "conditions": Output(
        "What would have to be true for options that are good enough in some futures only",
        is_optional=True,
    ),
    "pathways": Output("Until when each option holds, and what then", is_optional=True),
    "signposts": Output(
        "The signpost board",
        without=("days_since", "scenarios", "state_id", "status_code"),
        max_rows=None,
        is_optional=True,
    ),
    "moved_futures": Output(
        "Kinds of futures before and after what was found at the signposts",
        "In %. Lowest and highest: by the lowest and the highest ratio that people gave. Signposts "
        "count as independent in a given future; two that tell the same move it twice.",
        is_optional=True,
    ),
    "moved_options": Output(
        "Options before and after what was found at the signposts",
        "Good enough in so many of 100 plausible futures; mean score from 0 to 10.",
        is_optional=True,
    ),
    "tellings": Output(
        "What each signpost tells, and which option would lead if it were crossed",
        "Times: how many times as often it would be crossed by now in a future with its state as "
        "in another one. Near, unclear or not looked at moves nothing.",
        is_optional=True,
    ),
    "decisions": Output("Decisions about futures and options", is_optional=True),
}
