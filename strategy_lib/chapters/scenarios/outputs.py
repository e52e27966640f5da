"""What chapter 04 saves for other chapters, and columns that have to do with people."""

from __future__ import annotations

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
    "decisions": {"dissent": Points.QUOTE},
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
