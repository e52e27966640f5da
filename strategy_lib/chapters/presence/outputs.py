"""Chapter 02: columns of its saved tables that have to do with people."""

from __future__ import annotations

from strategy_lib.editions.people import INDEX, Declared, Points

POINTS: Declared = {
    "answers": {"unit": Points.OFFICE, "assessors": Points.PEOPLE},
    "first_by_assessor": {INDEX: Points.CODE},
    "overall_by_assessor": {INDEX: Points.CODE},
    "without_assessor": {"without": Points.CODE},
    "first_counts": {"people": Points.PEOPLE},
    "first_by_unit": {INDEX: Points.OFFICE, "people": Points.PEOPLE},
    "widest_cells": {"n": Points.PEOPLE, "lowest_by": Points.CODE, "highest_by": Points.CODE},
    "divided_cells": {"n": Points.PEOPLE, "low_side": Points.PEOPLE, "high_side": Points.PEOPLE},
    "red_lines": {"scored": Points.PEOPLE, "beyond": Points.PEOPLE},
    "freedom": {"answers": Points.PEOPLE},
    "moved": {"assessor_id": Points.CODE},
    "positions": {"who_holds_the_other_role": Points.NOBODY},
    "decisions": {"dissent": Points.QUOTE},
}
