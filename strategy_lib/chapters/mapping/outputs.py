"""What chapter 01 saves for others, and what of it is about people: nothing about judgements."""

from __future__ import annotations

from strategy_lib.editions.contracts import TEXT, Saved
from strategy_lib.editions.people import Declared, Points

POINTS: Declared = {"local_initiatives": {"who": Points.NOBODY}}

SAVED: Saved = {"coverage_places": {"country_code": TEXT}, "single_person": {"unit": TEXT}}
