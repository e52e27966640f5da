"""Partners and money: each problem with its place, nothing lost."""

from __future__ import annotations

import pytest

from strategy_lib.inputs.read import read_inputs
from tests.workspaces import make_workspace, write_sheets

READING = {"counterpart": "Body", "indicator": "language", "unit_id": "hq", "reading": "mixed"}


def problems(tmp_path, **tables):
    workspace = make_workspace(tmp_path / "ws", {"counterparts": [{"name": "Body", "type": "ngo"}]})
    write_sheets(workspace.cycle().inputs / "partners" / "p.xlsx", tables)
    found = read_inputs(workspace.cycle())
    return [p for p in found.problems if p.file.startswith("partners/")], found


@pytest.mark.parametrize(
    ("more", "kind"),
    [({}, "reading_without_finding"), ({"finding": "Seen", "texts_read": 2}, "too_few_texts")],
)
def test_a_reading_that_rests_on_too_little(tmp_path, more, kind):
    found, tables = problems(tmp_path, partner_evidence=[READING | more])
    assert [(p.kind, p.severity) for p in found] == [(kind, "warning")]
    assert list(tables["partner_evidence"]["not_for_mainland"]) == [True]
