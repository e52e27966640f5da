"""Chapter 04: columns of its saved tables that have to do with people."""

from __future__ import annotations

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
