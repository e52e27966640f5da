"""Partners and money: each problem with its place, nothing lost."""

from __future__ import annotations

import pytest

from strategy_lib.inputs.read import read_inputs
from tests.workspaces import make_workspace, write_sheets

AVENUE = {
    "avenue_id": "F1",
    "avenue": "Gifts",
    "avenue_kind": "company",
    "legal_state": "open",
    "as_of": "2026-05-01",
}
READING = {"counterpart": "Body", "indicator": "language", "unit_id": "hq", "reading": "mixed"}


def problems(tmp_path, **tables):
    workspace = make_workspace(tmp_path / "ws", {"counterparts": [{"name": "Body", "type": "ngo"}]})
    write_sheets(workspace.cycle().inputs / "partners" / "p.xlsx", tables)
    found = read_inputs(workspace.cycle())
    return [p for p in found.problems if p.file.startswith("partners/")], found


@pytest.mark.parametrize(
    ("row", "kind", "severity"),
    [
        ({"answer": "pursue"}, "answer_without_role", "error"),
        (
            {"answer": "pursue", "legal_state": "closed", "decided_by_role": "lead"},
            "pursued_closed",
            "error",
        ),
        ({"p10": 5, "p50": 4, "p90": 9, "currency": "EUR"}, "estimate_out_of_order", "error"),
    ],
)
def test_a_way_to_money(tmp_path, row, kind, severity):
    found, _ = problems(tmp_path, funding_avenues=[AVENUE | row])
    assert (kind, severity, 2) in [(p.kind, p.severity, p.row) for p in found]


@pytest.mark.parametrize(
    ("more", "kind"),
    [({}, "reading_without_finding"), ({"finding": "Seen", "texts_read": 2}, "too_few_texts")],
)
def test_a_reading_that_rests_on_too_little(tmp_path, more, kind):
    found, tables = problems(tmp_path, partner_evidence=[READING | more])
    assert [(p.kind, p.severity) for p in found] == [(kind, "warning")]
    assert list(tables["partner_evidence"]["not_for_mainland"]) == [True]


def test_a_partner_that_nobody_listed(tmp_path):
    row = {
        "unit_id": "ke",
        "counterpart": "Nobody",
        "partner_kind": "other",
        "purpose": "service",
        "theme": "health",
        "stage": "idea",
    }
    found, _ = problems(tmp_path, partners=[row])
    assert [(p.severity, p.column, p.found) for p in found] == [
        ("error", "Chinese organisation", "Nobody")
    ]
