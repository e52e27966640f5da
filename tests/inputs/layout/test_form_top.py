"""What an office answers once above its form: nothing to report, and how widely it may be shown."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from strategy_lib.forms.office import write_office_form
from strategy_lib.inputs.read import read_inputs
from strategy_lib.schema.form_texts import form_texts
from strategy_lib.schema.schema import LANGUAGES, code_list
from tests.inputs.sent import ACTIVITY_HEADINGS, activity, of_kind, read, the_only, xlsx
from tests.workspaces import activity as named
from tests.workspaces import fill_row, make_workspace

BACK = "mapping/back.xlsx"
TALKS = named("", "Talks", "China House", country_code=None)


def answer(sheet, language, name, value):
    """Write an answer to the right of its label."""
    label = form_texts(language)[name]
    (cell,) = [c for row in sheet.iter_rows(max_row=8) for c in row if c.value == label]
    cell.offset(column=1).value = value


def sent_back(tmp_path, fill, language="en", **known):
    """What is read of the Kenya office's form in which somebody filled in some cells."""
    workspace = make_workspace(tmp_path, {"returns": []})
    path = workspace.cycle().inputs / "mapping" / "back.xlsx"
    about = {"unit_id": "ke", "country": "KE", "units": {"ke": "Kenya (east)"}} | known
    write_office_form(path, language, "Acme", 2026, **about)
    book = load_workbook(path)
    fill(book.worksheets[0])
    book.save(path)
    return read_inputs(workspace.cycle())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_filled_in_in_any_language_is_a_return_and_its_rows(tmp_path, language):
    def fill(sheet):
        stance = code_list("stance").label("critical", language)
        fill_row(sheet, "activities", TALKS | {"stance": stance})
        answer(sheet, language, "handling_all", code_list("handling").label("partner", language))

    tables = sent_back(tmp_path, fill, language)
    assert [str(p) for p in tables.errors] == []
    (row,) = tables["activities"].to_dict("records")
    assert (row["unit_id"], row["country_code"], row["stance"]) == ("ke", "KE", "critical")
    assert row["handling"] == "partner"
    (told,) = tables["returns"].to_dict("records")
    assert (told["unit_id"], told["has_activities"], told["handling"]) == ("ke", True, "partner")


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_to_report_is_an_answer(tmp_path, language):
    yes = form_texts(language)["yes"]
    tables = sent_back(tmp_path, lambda s: answer(s, language, "nothing", yes), language)
    assert [str(p) for p in tables.errors] == [] and tables["activities"].empty
    (told,) = tables["returns"].to_dict("records")
    assert (told["unit_id"], told["has_activities"]) == ("ke", False)
    assert BACK not in {p.file for p in of_kind(tables, "nothing_filled_in")}


def test_a_form_in_which_nobody_wrote_anything_is_no_return(tmp_path):
    tables = sent_back(tmp_path, lambda _: None)
    assert tables["returns"].empty and tables["activities"].empty
    assert BACK in {p.file for p in of_kind(tables, "nothing_filled_in")}


def test_nothing_to_report_beside_rows_is_told(tmp_path):
    def fill(sheet):
        fill_row(sheet, "activities", TALKS)
        answer(sheet, "en", "nothing", "yes")

    tables = sent_back(tmp_path, fill)
    assert len(tables["activities"]) == 1
    assert the_only(tables, "activities_despite_none").severity == "warning"


@pytest.mark.parametrize(
    ("form", "row", "counts"),
    [
        ("public", None, "public"),
        ("internal", "public", "internal"),
        ("public", "restricted", "restricted"),
        (None, "partner", "partner"),
        (None, None, None),
    ],
)
def test_of_two_answers_the_strictest_counts(tmp_path, form, row, counts):
    def fill(sheet):
        fill_row(sheet, "activities", TALKS | {"handling": row})
        answer(sheet, "en", "handling_all", form)

    (found,) = sent_back(tmp_path, fill)["activities"].to_dict("records")
    assert (found["handling"] if isinstance(found["handling"], str) else None) == counts


def test_an_answer_that_cannot_be_read_is_told_and_its_rows_are_shown_to_nobody_else(tmp_path):
    def fill(sheet):
        fill_row(sheet, "activities", TALKS)
        answer(sheet, "en", "handling_all", "everybody!")

    tables = sent_back(tmp_path, fill)
    problem = the_only(tables, "unknown_code")
    assert (problem.sheet, problem.found) == ("activities", "everybody!")
    (row,) = tables["activities"].to_dict("records")
    assert (row["handling"], row["not_for_mainland"]) == ("restricted", True)


def test_a_form_of_nobody_says_so(tmp_path):
    tables = sent_back(
        tmp_path, lambda s: answer(s, "en", "nothing", "yes"), unit_id=None, country="", units=None
    )
    problem = the_only(tables, "missing_value")
    assert "does not say whose it is" in problem.message


def test_last_years_rows_are_confirmed_by_sending_them_back(tmp_path):
    known = {"ⓘ Last year": "As you told it", "unit_id": "ke", "activity_id": "a-1"}
    rows = [known | TALKS | {"unit_id": "ke", "is_known_to_centre": True}]
    tables = sent_back(tmp_path, lambda _: None, rows=rows)
    assert [str(p) for p in tables.errors] == []
    assert tables["activities"]["activity_id"].tolist() == ["a-1"]


def test_a_form_of_last_years_shape_is_read_and_one_line_says_what_is_not_asked_any_more(tmp_path):
    head = [*ACTIVITY_HEADINGS, "Kind of activity", "Start", "Further themes", "Note"]
    cells = [*activity(), "dialogue", "2024-05-01", "Labour rights", "ours"]
    tables = read(tmp_path, {"mapping/old.xlsx": xlsx({"activities": [head, cells]})})
    assert [str(p) for p in tables.errors] == [] and len(tables["activities"]) == 1
    line = the_only(tables, "earlier_form")
    assert (
        "not asked any more, and not read: Kind of activity, Start, Further themes" in line.message
    )
    assert not of_kind(tables, "extra_column")
