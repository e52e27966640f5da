"""Chapter 01: columns of its saved tables that have to do with people: none is about judgements."""

from __future__ import annotations

from strategy_lib.editions.people import Declared, Points

POINTS: Declared = {"local_initiatives": {"who": Points.NOBODY}}
