"""Three-point estimates and currencies: each problem with its place."""

from __future__ import annotations

import pytest

from strategy_lib.inputs.read import read_inputs
from strategy_lib.inputs.summary import reading_summary
from tests.workspaces import make_workspace, write_sheets

ASSESSORS = [{"assessor_id": "A01", "unit_id": "hq"}]
OPTIONS = [{"option_id": "P1", "name": "Outside", "legal_route": "none"}]
CRITERIA = [
    {
        "criterion_id": "safety",
        "name": "Safety",
        "direction": "higher_is_better",
        "anchor_0": "none",
        "anchor_10": "all",
    }
]


def problems(tmp_path, **tables):
    workspace = make_workspace(tmp_path / "ws", {})
    inputs = workspace.cycle().inputs
    write_sheets(inputs / "prepare" / "assessors.xlsx", {"assessors": ASSESSORS})
    lists = {"presence_options": OPTIONS, "criteria": CRITERIA}
    write_sheets(inputs / "presence" / "p.xlsx", lists | tables)
    found = read_inputs(workspace.cycle()).problems
    return [p for p in found if p.file.startswith("presence/")]


def score(**points):
    return {"assessor_id": "A01", "option_id": "P1", "criterion_id": "safety"} | points


@pytest.mark.parametrize(
    ("points", "kind"),
    [
        ({"low": 5, "best": 4, "high": 7}, "estimate_out_of_order"),
        ({"low": 1, "high": 7}, "incomplete_estimate"),
        ({"low": 1, "best": 4}, "incomplete_estimate"),
        ({"best": 11}, "out_of_range"),
        ({"low": 5, "best": 11, "high": 7}, "out_of_range"),
        ({"low": 5, "best": 6, "high": "lots"}, "wrong_number"),
    ],
)
def test_a_score_that_cannot_be_is_told_with_its_row(tmp_path, points, kind):
    (problem,) = problems(tmp_path, scores=[score(**points)])
    assert (problem.kind, problem.severity) == (kind, "error")
    assert (problem.file, problem.sheet, problem.row) == ("presence/p.xlsx", "scores", 2)


@pytest.mark.parametrize("points", [{}, {"best": 4}, {"low": 4, "best": 4, "high": 4}])
def test_no_answer_one_number_and_a_certain_range_are_ordinary(tmp_path, points):
    assert problems(tmp_path, scores=[score(**points)]) == []


def test_an_amount_needs_a_rate_unless_it_is_in_the_organisations_currency(tmp_path):
    costs = [
        {"option_id": "P1", "item": "Rent", "p50": 10, "currency": "CNY"},
        {"option_id": "P1", "item": "Staff", "p50": 10, "currency": "EUR"},
        {"option_id": "P1", "item": "Not known", "currency": "JPY"},
    ]
    (problem,) = problems(tmp_path, costs=costs)
    assert (problem.kind, problem.row, problem.found) == ("currency_without_rate", 2, "CNY")
    rates = [{"currency": "CNY", "rate": 0.12, "source": "S", "as_of": "2026-01-01"}]
    assert problems(tmp_path / "second", costs=costs, currency_rates=rates) == []


def test_an_unknown_option_or_assessor_is_told_with_what_is_near(tmp_path):
    found = problems(tmp_path, scores=[score(best=4, option_id="P11"), score(assessor_id="A1")])
    assert {(p.row, p.kind) for p in found} == {(2, "unknown_reference"), (3, "unknown_reference")}


def test_an_assessor_who_judged_nothing_where_others_did_is_told(tmp_path):
    workspace = make_workspace(tmp_path / "ws", {})
    inputs = workspace.cycle().inputs
    people = [*ASSESSORS, {"assessor_id": "A02", "unit_id": "ke"}]
    write_sheets(inputs / "prepare" / "assessors.xlsx", {"assessors": people})
    lists = {"presence_options": OPTIONS, "criteria": CRITERIA}
    open_row = {"assessor_id": "A02", "option_id": "P1", "criterion_id": "safety"}
    rows = [score(best=4), open_row]
    write_sheets(inputs / "presence" / "p.xlsx", {**lists, "scores": rows})
    tables = read_inputs(workspace.cycle())
    told = [p for p in tables.warnings if p.kind == "no_judgement"]
    assert [(p.file, p.row, p.found) for p in told] == [("prepare/assessors.xlsx", 3, "A02")]
    summary = reading_summary(tables, workspace.cycle())
    assert summary["assessors that judged presence"] == "1 of 2"
