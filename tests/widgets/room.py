"""A room for the tests of panels: a small workspace, a clock, and a notebook's inputs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from strategy_lib.inputs.entries.entry import read_entries
from strategy_lib.notebook import load
from strategy_lib.schema.schema import table_schema
from tests.workspaces import activity, make_workspace, write_sheets

START = datetime(2026, 11, 1, 14, 0, tzinfo=UTC)
HOSTILE = "<img src=x onerror=window.pwned=1>"
PEOPLE = [
    {"assessor_id": code, "unit_id": unit}
    for code, unit in (("A01", "hq"), ("A02", "ke"), ("A03", "zm"))
]
OPTIONS = [
    {"option_id": f"P{n}", "name": name, "legal_route": "none"}
    for n, name in enumerate(("Outside", "Office", HOSTILE, "没有办事处"))
]
CRITERIA = [
    {
        "criterion_id": code,
        "name": name,
        "direction": way,
        "question": f"How much {name}?",
        "anchor_0": "none at all",
        "anchor_5": HOSTILE,
        "anchor_10": "all of it",
        "red_line": line,
        "red_line_whose": "Board",
    }
    for code, name, way, line in (
        ("safety", "Safety", "higher_is_better", 2),
        ("cost", "Cost", "lower_is_better", None),
    )
]
SCORES = [
    {
        "assessor_id": "A01",
        "option_id": f"P{o}",
        "criterion_id": c,
        "low": b - 1,
        "best": b,
        "high": b + 1,
    }
    for o, c, b in ((0, "safety", 8), (0, "cost", 3), (1, "safety", 4), (1, "cost", 6))
]


class Clock:
    """Moves on by one second each time that it is read."""

    def __init__(self, start=START):
        self.now = start

    def __call__(self):
        self.now += timedelta(seconds=1)
        return self.now


def make_room(root, scores=(), **tables):
    """A workspace in which four options, two criteria and three people are listed."""
    workspace = make_workspace(
        root / "ws", {"activities": [activity("ke", "Talks", "China House", contact_people=1)]}
    )
    inputs = workspace.cycle().inputs
    people = tables.pop("assessors", PEOPLE)
    write_sheets(inputs / "prepare" / "people.xlsx", {"assessors": people})
    lists = {"presence_options": OPTIONS, "criteria": CRITERIA, "scores": scores}
    by_area = {"presence": lists}
    for name, records in tables.items():
        by_area.setdefault(table_schema(name).area, {})[name] = records
    for area, sheets in by_area.items():
        write_sheets(inputs / area / "p.xlsx", sheets)
    return workspace


def loaded(workspace, edition="core"):
    """What the notebook's load cell gives."""
    return load(str(workspace.root), edition=edition)


def entered(workspace):
    """Every entry as (who, table, kind, row)."""
    history = read_entries(workspace.cycle().inputs).history
    return [(e.who, e.table, e.kind, dict(e.row)) for e in history]


def fresh_panel(panel, workspace, inputs):
    """A panel over what the notebook loaded, into which nobody has entered anything yet."""
    for path in workspace.cycle().inputs.glob("*/workshop/*.jsonl"):
        path.unlink()
    return panel.open(inputs, str(workspace.root), Clock())
