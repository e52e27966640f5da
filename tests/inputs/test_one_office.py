"""In the form of one office, a row without the office's code is that office's."""

from __future__ import annotations

from strategy_lib.inputs.read import read_inputs
from tests.workspaces import RETURNS, activity, make_workspace

RETURN = RETURNS[1]


def test_a_row_without_a_code_belongs_to_the_office_that_sent_the_form(tmp_path):
    rows = [activity("", "Talks", "China House"), activity("hq", "Visit", "China House")]
    workspace = make_workspace(tmp_path, {"returns": [RETURN], "activities": rows})
    tables = read_inputs(workspace.cycle())
    assert not tables.errors
    found = tables["activities"].set_index("title")["unit_id"].to_dict()
    assert found == {"Talks": "ke", "Visit": "hq"}


def test_in_a_file_of_several_offices_it_is_told_with_its_place(tmp_path):
    rows = [activity("ke", "Visit", "China House"), activity("", "Talks", "China House")]
    workspace = make_workspace(tmp_path, {"returns": RETURNS, "activities": rows})
    (problem,) = read_inputs(workspace.cycle()).errors
    assert (problem.sheet, problem.row, problem.kind) == ("activities", 3, "missing_value")
    assert "form of one office" in problem.message
