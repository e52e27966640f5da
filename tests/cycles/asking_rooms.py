"""Small rooms in which people are asked: how many there are, what they have answered."""

from __future__ import annotations

from strategy_lib.core.workspace import Cycle
from strategy_lib.inputs.read import read_inputs
from strategy_lib.schema.frames import Tables
from tests.workspaces import make_workspace, write_sheets


def room(root, people=9, settings="", **sheets) -> tuple[Cycle, Tables]:
    """A workspace with so many assessors at the Kenya office, and what else they sent."""
    cycle = make_workspace(root, {}, settings).cycle()
    listed = [{"assessor_id": f"A{n:03}", "unit_id": "ke"} for n in range(1, people + 1)]
    write_sheets(cycle.inputs / "prepare" / "people.xlsx", {"assessors": listed})
    if sheets:
        write_sheets(cycle.inputs / "presence" / "answers.xlsx", sheets)
    return cycle, read_inputs(cycle)
