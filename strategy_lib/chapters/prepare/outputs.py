"""Chapter 00: columns of its saved tables that have to do with people."""

from __future__ import annotations

from strategy_lib.editions.people import Declared, Points

_LEVELS = {"unit": Points.OFFICE, "answers": Points.PEOPLE}
POINTS: Declared = {
    "answers": {"unit": Points.OFFICE, "assessors": Points.PEOPLE, "no_answer_from": Points.CODE},
    "disagreements": {
        "unit": Points.OFFICE,
        "answers": Points.PEOPLE,
        "who_lowest": Points.CODE,
        "evidence_lowest": Points.QUOTE,
        "who_highest": Points.CODE,
        "evidence_highest": Points.QUOTE,
    },
    "readiness_organisation": _LEVELS,
    "readiness_together": _LEVELS,
    "readiness_themes": _LEVELS,
    "readiness": {"answers": Points.PEOPLE},
    "nobodys_job": {"answers": Points.PEOPLE},
    "first_things": {"answers": Points.PEOPLE, "n_drops_without": Points.PEOPLE},
    "priorities": {"answers": Points.PEOPLE, "n_drops_without": Points.PEOPLE},
    "order": {"people": Points.PEOPLE, "needs_each_of": Points.PEOPLE},
    "without_role": {"unit": Points.OFFICE, "assessor_id": Points.CODE},
    "overdue": {"unit": Points.OFFICE, "assessor_id": Points.CODE},
}
