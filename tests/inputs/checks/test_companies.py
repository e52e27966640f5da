"""Companies and projects: each problem with its place, and the gates of a claim about conduct."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from strategy_lib.inputs.checks.companies import passes_gates
from strategy_lib.inputs.read import read_inputs
from tests.workspaces import make_workspace, write_sheets

CLAIM = {
    "claim_id": "C",
    "kind": "csr",
    "counterpart": "Body",
    "claim": "Claim",
    "said_by": "itself",
    "source": "Page",
    "as_of": "2026-05-01",
}
OPEN = {
    "grade": "C",
    "asked_date": pd.Timestamp("2026-06-01"),
    "answer": "answered",
    "legal_review": True,
    "case_id": "K",
}
AS_OF = date(2026, 11, 1)


def found(tmp_path, **tables):
    workspace = make_workspace(tmp_path / "ws", {"counterparts": [{"name": "Body", "type": "ngo"}]})
    write_sheets(workspace.cycle().inputs / "companies" / "c.xlsx", tables)
    read = read_inputs(workspace.cycle())
    return [(p.kind, p.severity) for p in read.problems if p.file.startswith("companies/")], read


def test_a_claim_about_conduct_is_restricted_whatever_its_label(tmp_path):
    row = CLAIM | {"kind": "conduct", "handling": "internal", "not_for_mainland": "no"}
    _, read = found(tmp_path, claims=[row])
    assert list(read["claims"]["handling"]) == ["restricted"]
    assert list(read["claims"]["not_for_mainland"]) == [True]


def test_a_claim_that_passed_every_gate_may_leave_the_core_team():
    assert passes_gates(OPEN, {"K"}, AS_OF)


@pytest.mark.parametrize(
    "missing",
    [
        {"grade": "D"},
        {"grade": None},
        {"asked_date": None},
        {"legal_review": None},
        {"case_id": "other"},
        {"answer": None, "asked_date": pd.Timestamp("2026-10-20")},
    ],
)
def test_missing_any_one_gate_it_stays(missing):
    assert not passes_gates(OPEN | missing, {"K"}, AS_OF)


def test_three_weeks_without_an_answer_are_enough():
    assert passes_gates(OPEN | {"answer": None}, {"K"}, AS_OF)
