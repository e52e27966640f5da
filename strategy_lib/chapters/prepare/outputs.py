"""What chapter 00 saves for other chapters, and columns that have to do with people."""

from __future__ import annotations

from strategy_lib.editions.contracts import NUMBER, TEXT, Saved, coded
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

_CELLS = {
    "recommendation_id": TEXT, "recommendation": TEXT, "unit": TEXT, "answers": NUMBER,
    "lowest": NUMBER, "median": NUMBER, "highest": NUMBER, "level": TEXT,
}  # fmt: skip

SAVED: Saved = {
    "first_things": {
        "recommendation_id": TEXT, "recommendation": TEXT, "gap": TEXT, "importance": TEXT,
        "roles": TEXT,
    },
    "flow_contradictions": {"what": coded("flow_contradiction")},
    "flows": {"information": TEXT},
    "hub": {"function": TEXT},
    "knowledge_by_kind": {"kind": TEXT},
    "nobodys_job": {"recommendation_id": TEXT},
    "priorities": {"recommendation_id": TEXT},
    "readiness": {
        "recommendation_id": TEXT, "lowest": NUMBER, "median": NUMBER, "highest": NUMBER,
    },
    "readiness_organisation": _CELLS,
    "readiness_themes": _CELLS,
    "readiness_together": _CELLS,
    "turnover_by_year": {"year": TEXT},
    "value_matters": {"matter": TEXT},
}  # fmt: skip
