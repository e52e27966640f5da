"""Chapter 09: columns of its saved tables that have to do with people."""

from __future__ import annotations

from strategy_lib.editions.people import Declared, Points

POINTS: Declared = {
    "assessors": {
        "unit": Points.OFFICE,
        "then": Points.PEOPLE,
        "now": Points.PEOPLE,
        "both": Points.PEOPLE,
    },
    "readiness": {"people": Points.PEOPLE, "up": Points.PEOPLE, "down": Points.PEOPLE},
    "weights": {"people": Points.PEOPLE},
    "why_cells": {"people": Points.PEOPLE},
    "again": {
        "n_no": Points.PEOPLE,
        "n_unsure": Points.PEOPLE,
        "n_yes": Points.PEOPLE,
        "n_no_answer": Points.PEOPLE,
    },
    "again_in_words": {"assessor_id": Points.CODE, "reason": Points.QUOTE},
    "forecasts_by_assessor": {"assessor_id": Points.CODE},
    "forecasts_by_statement": {"n": Points.PEOPLE},
    "forecasts_overall": {"n_people": Points.PEOPLE},
    "forecasts_unresolved": {"n": Points.PEOPLE},
}
