"""Chapter 08: columns of its saved tables that have to do with people."""

from __future__ import annotations

from strategy_lib.editions.people import Declared, Points

POINTS: Declared = {
    "questions": {"minority_view": Points.QUOTE},
    "views": {"view": Points.QUOTE},
    "decisions": {"dissent": Points.QUOTE},
    "readiness": {"unit": Points.OFFICE, "answers": Points.PEOPLE},
}
