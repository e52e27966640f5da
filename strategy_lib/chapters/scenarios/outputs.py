"""What chapter 04 shows and saves: tables and figures by name, columns that point to people."""

from __future__ import annotations

from strategy_lib.chapters.result import Output, Outputs
from strategy_lib.editions.contracts import NUMBER, TEXT, YES_NO, Saved, coded
from strategy_lib.editions.people import HEADINGS, Declared, Points

POINTS: Declared = {
    "coverage": {"assessor_id": Points.CODE, "unit": Points.OFFICE, "assessors": Points.PEOPLE},
    "agreement_by_assessor": {HEADINGS: Points.CODE},
    "agreement": {"agreed_by": Points.PEOPLE},
    "scenarios": {"agreed_by": Points.PEOPLE},
    "flips": {"said_by": Points.PEOPLE},
    "widest_cells": {"n": Points.PEOPLE, "lowest_by": Points.CODE, "highest_by": Points.CODE},
    "judgements": {"n_assessors": Points.PEOPLE},
    "option_cells": {"n": Points.PEOPLE},
    "kinds_by_people": {
        "n_no_regret": Points.PEOPLE,
        "n_hedge": Points.PEOPLE,
        "n_bet": Points.PEOPLE,
        "n_neither": Points.PEOPLE,
    },
    "decisions": {"dissent": Points.QUOTE, "dissent_by": Points.ROLE},
}

SAVED: Saved = {
    "cards": {
        "scenario": TEXT, "story": TEXT, "driven_by": TEXT, "follows": TEXT, "nearly_breaks": TEXT,
        "agreed_by": TEXT,
    },
    "coverage": {"unit": TEXT},
    "kinds": {
        "option": TEXT, "kind": coded("option_kind"), "assessors_say": TEXT,
        "largest_regret": NUMBER, "fails_in": TEXT, "leads_in": TEXT,
    },
    "option_cells": {
        "option": TEXT, "scenario": TEXT, "counted": coded("counted"), "lowest": NUMBER,
        "median": NUMBER, "highest": NUMBER,
    },
    "signposts": {
        "points_to": TEXT, "observable": TEXT, "threshold": TEXT, "status": TEXT,
        "status_code": coded("signpost_status"), "last_observation": TEXT, "seen_at": TEXT,
        "is_overdue": YES_NO, "owner_role": TEXT,
    },
}  # fmt: skip

_CONSISTENT = (
    "A scenario takes one state of every descriptor. It holds together if no descriptor would "
    "rather be in another state, given all the others. Holding together is not being likely."
)

OUTPUTS: Outputs = {
    "card_states": Output(
        "cards",
        "A column is a scenario. A dot and a darker shade mark what is so today already.",
        draws="card_states",
        takes={"today": "today"},
        index="descriptor",
    ),
    "cards": Output("The scenarios in computed words", _CONSISTENT),
    "option_cells": Output(
        "options",
        "The middle score of all who answered, and their lowest and highest; a cross: not good "
        "enough.",
        draws="option_map",
        takes={"good_enough": "good_enough"},
    ),
    "set_aside": Output("set_aside"),
    "coverage": Output("How much of the matrix each assessor judged", "Share of all cells, in %."),
    "descriptors": Output("What the scenarios are made of"),
    "scenarios": Output("count", _CONSISTENT, without=("states",)),
    "drivers": Output(
        "What drives, and what is driven",
        "Sums of all influences given and taken, regardless of their sign.",
    ),
    "margins": Output(
        "margins",
        "The number is the lead over the next state, which stands beside it; 0 is a tie.",
        draws="margins",
    ),
    "influences": Output(
        "holds_up",
        "Read a row for what a descriptor does to the others. A frame: without it, this would not "
        "hold.",
        draws="influence_map",
        rows={"scenario": "nearest"},
    ),
    "near_misses": Output(
        "near_misses", "Shortfall: by how much the wanted state leads.", max_rows=20
    ),
    "distances": Output(
        "today", "The shorter the bar, the nearer today is to that scenario.", draws="distances"
    ),
    "today": Output("Today, descriptor by descriptor", "Pull: by how much another state leads."),
    "flips": Output(
        "flips",
        "Lowest and highest: what people said of this cell.",
        without=("source_state", "target_state", "makes", "unmakes", "is_reached"),
        max_rows=20,
    ),
    "agreement_by_assessor": Output(
        "agreement",
        "A scenario that falls short for somebody would not hold by that person's judgements.",
        draws="agreement",
        lists="agreement",
        without=("states",),
    ),
    "widest_cells": Output(
        "cells", "A bar runs from the lowest to the highest judgement.", draws="cell_ranges"
    ),
    "regret": Output(
        "regret",
        "Regret: the points by which an option falls short of the best one in that scenario; 0 is "
        "the best one itself.",
        draws="regret_map",
        index="option",
    ),
    "robustness": Output(
        "views",
        "A star marks the best of a column; for regret, less is better.",
        draws="view_map",
        takes={"views": "views"},
        index="option",
    ),
    "views": Output(
        "Who comes first under which view, and for how many people too",
        "Each view answers another question, and none is the verdict. Scenarios have no "
        "probabilities here.",
    ),
    "kinds_by_people": Output(
        "kinds",
        "Each person's own scores, sorted by the same rule; the parts count people.",
        draws="kinds",
    ),
    "kinds": Output("By the medians, and in people's eyes", "rule_of_kinds"),
    "conditions": Output(
        "What would have to be true for options that are good enough in some scenarios only"
    ),
    "pathways": Output("pathways"),
    "signposts": Output(
        "signposts",
        "Days since somebody looked; overdue by the rhythm that was set.",
        draws="signposts",
        without=(
            "observable",
            "threshold",
            "where_to_look",
            "last_observation",
            "seen_at",
            "owner_role",
            "state_id",
            "status_code",
        ),
    ),
    "signpost_board": Output(
        "The signpost board",
        lists="signposts",
        without=("days_since", "scenarios", "state_id", "status_code"),
        max_rows=None,
    ),
    "decisions": Output("decided"),
}
