"""Watching: a measure of one state is refused, one total a study, a signal needs a source."""

from __future__ import annotations

import pytest

from strategy_lib.inputs.read import read_inputs
from tests.workspaces import make_workspace, write_sheets


def found(tmp_path, **tables):
    workspace = make_workspace(tmp_path / "ws", {})
    write_sheets(workspace.cycle().inputs / "watching" / "w.xlsx", tables)
    problems = read_inputs(workspace.cycle()).problems
    return [(p.kind, p.severity) for p in problems if p.file.startswith("watching/")]


def measures(*members):
    row = {
        "body": "Body",
        "measure": "deferrals",
        "year": 2025,
        "value": 1,
        "unit": "texts",
        "source": "Report",
    }
    return [row | {"member": member} for member in members]


@pytest.mark.parametrize(
    ("members", "refused"),
    [
        (("CN",), True),
        (("CN", "KE", "ZA", "NG", "IN"), True),  # five of two groups
        (("CN", "KE", "BR", "SE"), True),  # four of four groups
        (("CN", "KE", "BR", "SE", "PL"), False),
    ],
)
def test_a_measure_cannot_single_out_a_few_states(tmp_path, members, refused):
    assert found(tmp_path, un_measures=measures(*members)) == (
        [("singles_out", "error")] * len(members) if refused else []
    )
