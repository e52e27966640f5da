"""Chapter 08: columns of its saved tables that have to do with people."""

from __future__ import annotations

from strategy_lib.editions.people import Declared, Points

POINTS: Declared = {
    "questions": {"minority_view": Points.QUOTE, "minority_view_by": Points.ROLE},
    "views": {"view": Points.QUOTE, "who": Points.ROLE},
    "decisions": {"dissent": Points.QUOTE, "dissent_by": Points.ROLE},
    "readiness": {"unit": Points.OFFICE, "answers": Points.PEOPLE},
}
