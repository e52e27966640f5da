"""In the form of one office, a row without the office's code is that office's."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from strategy_lib.cycles.create import survey_tables
from strategy_lib.forms.workbook import write_form
from strategy_lib.inputs.read import read_inputs
from strategy_lib.schema.schema import LANGUAGES
from tests.workspaces import RETURNS, activity, fill_row, make_workspace

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


def _sent_back(tmp_path, language, fill):
    """What is read of a form of the Kenya office in which somebody filled in some cells."""
    workspace = make_workspace(tmp_path, {"returns": []})
    path = workspace.cycle().inputs / "mapping" / "back.xlsx"
    tables = survey_tables()
    write_form(path, tables, language, "Acme", 2026, unit_id="ke", units={"ke": "Kenya (east)"})
    book = load_workbook(path)
    fill(book)
    book.save(path)
    return read_inputs(workspace.cycle())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("lost", ["nothing", "read me", "first sheet", "code"])
def test_a_form_knows_its_office_without_its_first_sheet(tmp_path, language, lost):
    def fill(book):
        read_me, returns, activities = book.worksheets[:3]
        fill_row(activities, "activities", activity("", "谈话", "China House"))
        if lost == "code":
            fill_row(returns, "returns", {"has_activities": True, "returned_date": "2026-09-14"})
        elif lost != "nothing":
            book.remove(read_me if lost == "read me" else returns)

    tables = _sent_back(tmp_path, language, fill)
    assert [str(p) for p in tables.errors] == []
    assert tables["activities"]["unit_id"].tolist() == ["ke"]
    assert tables["returns"]["unit_id"].tolist() == (["ke"] if lost == "code" else [])


def test_without_any_name_of_an_office_a_row_is_nobodys(tmp_path):
    def fill(book):
        fill_row(book.worksheets[2], "activities", activity("", "Talks", "China House"))
        book.remove(book.worksheets[0])
        fill_row(book.worksheets[0], "returns", {"unit_id": None})

    (problem,) = _sent_back(tmp_path, "en", fill).errors
    assert (problem.sheet, problem.row, problem.kind) == ("activities", 4, "missing_value")
