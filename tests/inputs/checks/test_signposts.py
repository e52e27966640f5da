"""What signposts tell: two numbers that go together, each problem with its place."""

from __future__ import annotations

import pytest

from strategy_lib.inputs.read import read_inputs
from tests.workspaces import make_workspace, write_sheets

ASSESSORS = [{"assessor_id": "A01", "unit_id": "hq"}]
SIGNPOSTS = [{"signpost_id": "sp", "state_id": "finance_retreat", "observable": "Loans fall"}]


def found(tmp_path, **numbers):
    workspace = make_workspace(tmp_path / "ws", {})
    inputs = workspace.cycle().inputs
    write_sheets(inputs / "prepare" / "assessors.xlsx", {"assessors": ASSESSORS})
    row = {"assessor_id": "A01", "signpost_id": "sp"} | numbers
    sheets = {"signposts": SIGNPOSTS, "signpost_ratings": [row]}
    write_sheets(inputs / "scenarios" / "s.xlsx", sheets)
    problems = read_inputs(workspace.cycle()).problems
    return [
        (p.kind, p.severity, p.row)
        for p in problems
        if p.sheet == "signpost_ratings" and p.kind != "starting_list"
    ]


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ({"if_coming": 8, "if_not": 2}, []),
        ({"if_coming": 5, "if_not": 5}, []),
        ({}, []),
        ({"if_coming": 8}, [("incomplete_rating", "error", 2)]),
        ({"if_not": 8}, [("incomplete_rating", "error", 2)]),
        ({"if_coming": 11, "if_not": 2}, [("out_of_range", "error", 2)]),
        ({"if_coming": 2, "if_not": 8}, [("rating_reversed", "warning", 2)]),
    ],
)
def test_two_numbers_are_given_or_none_and_the_state_is_spoken_for(tmp_path, numbers, told):
    assert found(tmp_path, **numbers) == told
