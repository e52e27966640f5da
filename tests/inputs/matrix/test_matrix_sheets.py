"""Matrix sheets: what is written is read back, and every problem is told with its place."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import xlsxwriter

from strategy_lib.core.errors import InputError
from strategy_lib.forms.matrix.exchange import export_scw, import_scw, judgements_of, matrix_states
from strategy_lib.forms.matrix.sheets import SHEET, write_matrix_sheet
from strategy_lib.inputs.matrix.labels import column_letters
from strategy_lib.inputs.matrix.marks import CORNER, MatrixState
from strategy_lib.inputs.matrix.reading import is_matrix_sheet, read_matrix_sheet
from strategy_lib.methods.cross_impact import CrossImpactMatrix
from strategy_lib.schema.form_texts import form_texts
from strategy_lib.schema.frames import typed_frame
from strategy_lib.schema.reference import reference
from strategy_lib.schema.schema import LANGUAGES, schemas

STATES = [
    MatrixState("law_strict", "Strict", "law", "Law", "Three cases in a year."),
    MatrixState("law_open", "Open", "law", "Law"),
    MatrixState("work_hidden", "Hidden", "work", "Work"),
    MatrixState("work_seen", "<b>可见</b>", "work", "Work"),
]
VALUES = {
    ("law_strict", "work_hidden"): 2,
    ("law_strict", "work_seen"): -3,
    ("work_hidden", "law_strict"): 0,
}


def written(path: Path, states=STATES, **more) -> list[list[object]]:
    """Rows of the sheet as a reader of spreadsheets gives them: "" where nothing stands."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    write_matrix_sheet(book, states, **more)
    book.close()
    sheet = openpyxl.load_workbook(path)[SHEET]
    return [["" if c is None else c for c in row] for row in sheet.iter_rows(values_only=True)]


@pytest.fixture
def rows(tmp_path):
    return written(tmp_path / "m.xlsx", assessor_id="A01", values=VALUES)


def at(rows, row: str, column: str) -> tuple[int, int]:
    """Place of a cell by the codes of its row and column."""
    top = next(i for i, line in enumerate(rows) if CORNER in line)
    left = rows[top].index(CORNER)
    down = next(i for i in range(top + 1, len(rows)) if rows[i][left] == row)
    return down, rows[top].index(column)


def judged(read):
    return {(r["source_state"], r["target_state"]): r["impact"] for r in read.records}


def kinds(read, severity="error"):
    return [f.fault.kind for f in read.faults if f.fault.severity == severity]


def test_what_is_written_is_read_back_and_an_empty_cell_is_no_answer(rows):
    read = read_matrix_sheet(rows)
    assert judged(read) == VALUES
    assert {r["assessor_id"] for r in read.records} == {"A01"}
    assert {r["round"] for r in read.records} == {1}
    assert kinds(read) == []
    assert is_matrix_sheet(rows)


def test_records_name_the_cell_that_they_stand_in(rows):
    (record,) = [r for r in read_matrix_sheet(rows).records if r["impact"] == -3]
    row, column = at(rows, "law_strict", "work_seen")
    assert record["source_row"] == row + 1
    assert record["source_column"] == column_letters(column)


def test_records_fit_the_table(rows):
    frame = typed_frame(schemas()["cross_impacts"], read_matrix_sheet(rows).records)
    assert frame["impact"].tolist() == [2, -3, 0]


def test_reasons_and_the_round_come_back(tmp_path):
    why = {("law_strict", "work_hidden"): "=2+2 costs nothing to hide"}
    rows = written(
        tmp_path / "r.xlsx", assessor_id="A02", round_number=2, values=VALUES, reasons=why
    )
    read = read_matrix_sheet(rows)
    assert {r["round"] for r in read.records} == {2}
    (record,) = [r for r in read.records if r["reason"]]
    assert (record["target_state"], record["reason"]) == ("work_hidden", why[next(iter(why))])


def test_labels_are_held_in_view_own_blocks_are_grey_and_cells_are_checked(tmp_path):
    written(tmp_path / "m.xlsx", values=VALUES)
    sheet = openpyxl.load_workbook(tmp_path / "m.xlsx")[SHEET]
    assert sheet.freeze_panes == "D6"
    own, other = sheet["D6"], sheet["F6"]
    assert own.fill.fgColor.rgb == "FFBFBFBF"
    assert other.fill.fgColor.rgb != "FFBFBFBF"
    checks = [v for v in sheet.data_validations.dataValidation if v.type == "whole"]
    covered = {c for v in checks for area in v.sqref.ranges for c in area.cells}
    assert (6, 6) in covered and (6, 4) not in covered
    assert {(v.formula1, v.formula2, v.errorStyle) for v in checks} == {("-3", "3", "warning")}
    tips = [v.prompt for v in sheet.data_validations.dataValidation if v.prompt]
    assert "Three cases in a year." in tips


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_of_the_forms_has_its_help(tmp_path, language):
    rows = written(tmp_path / "m.xlsx", language=language)
    assert form_texts(language)["matrix"]["help"] in rows[1]


@pytest.mark.parametrize(
    ("cell", "value"), [("+2", 2), ("−2", -2), ("２", 2), (2.0, 2), (" 1 ", 1)]
)
def test_numbers_are_read_as_people_type_them(rows, cell, value):
    i, j = at(rows, "law_open", "work_seen")
    rows[i][j] = cell
    assert judged(read_matrix_sheet(rows))["law_open", "work_seen"] == value


@pytest.mark.parametrize("cell", ["much", "1.5", True, "=1+1", "3 or 2", 0.5])
def test_text_and_fractions_are_errors_with_their_place(rows, cell):
    i, j = at(rows, "law_open", "work_seen")
    rows[i][j] = cell
    read = read_matrix_sheet(rows)
    (fault,) = [f for f in read.faults if f.fault.severity == "error"]
    assert (fault.row, fault.column) == (i + 1, column_letters(j))
    assert "whole number from -3 to 3" in fault.fault.message
    assert ("law_open", "work_seen") not in judged(read)


def test_a_number_beyond_the_scale_is_kept_with_a_warning(rows):
    i, j = at(rows, "law_open", "work_seen")
    rows[i][j] = 5
    read = read_matrix_sheet(rows)
    assert judged(read)["law_open", "work_seen"] == 5
    assert kinds(read) == []
    assert "beyond_scale" in kinds(read, "warning")


def test_every_problem_is_told_at_once(rows):
    top, left = at(rows, "law_strict", "law_strict")
    rows[0][2] = ""
    rows[top][left - 1] = "law_strikt"
    rows[top - 1][left + 1] = "law_strict"
    i, j = at(rows, "work_hidden", "work_seen")
    rows[i][j - 1] = "x"
    read = read_matrix_sheet(rows)
    assert sorted(kinds(read)) == ["doubled_label", "missing_value", "wrong_number"]
    squares = [f.fault.message for f in read.faults if f.fault.kind == "not_square"]
    assert len(squares) == 2
    assert "4 rows of 5" in squares[0] and "law_strict" in squares[0]
    assert "3 columns of 5" in squares[1] and "law_strikt" in squares[1]


def test_blocks_that_are_answered_in_part_are_named_once(rows):
    read = read_matrix_sheet(rows)
    texts = [f.fault.message for f in read.faults if f.fault.kind == "missing_block"]
    assert texts == [
        "2 of 2 blocks are answered in part: Law → Work (2 open), Work → Law (3 open); empty is no "
        "answer, never 0"
    ]
    for column in ("work_hidden", "work_seen"):
        i, j = at(rows, "law_strict", column)
        rows[i][j] = ""
    texts = [f.fault.message for f in read_matrix_sheet(rows).faults]
    assert any("1 of 2 blocks are answered in part: Work → Law" in text for text in texts)


def test_moved_rows_and_columns_are_found_by_their_codes(rows):
    moved = [["", *row] for row in rows]
    moved.insert(0, [""] * len(moved[0]))
    first, second = at(moved, "law_strict", "law_open")[0], at(moved, "law_open", "law_open")[0]
    moved[first], moved[second] = moved[second], moved[first]
    assert judged(read_matrix_sheet(moved)) == VALUES


def test_a_column_with_numbers_but_no_code_is_told(rows):
    row, column = at(rows, "law_strict", "work_seen")
    rows[row - 1][column] = ""
    read = read_matrix_sheet(rows)
    assert "missing_label" in kinds(read)
    assert ("law_strict", "work_seen") not in judged(read)


def test_self_influence_is_read_where_people_gave_it(rows):
    i, j = at(rows, "law_strict", "law_open")
    rows[i][j] = -1
    assert judged(read_matrix_sheet(rows))["law_strict", "law_open"] == -1


@pytest.mark.parametrize("sheet", [[], [[]], [["a", "b"], [1, 2]], [[""] * 4] * 3])
def test_a_sheet_that_is_no_matrix_is_said_to_be_none(sheet):
    read = read_matrix_sheet(sheet)
    assert not is_matrix_sheet(sheet)
    assert [f.fault.kind for f in read.faults] == ["no_matrix"]


def test_the_starting_list_makes_a_whole_sheet(tmp_path):
    states = matrix_states(reference("scenario_descriptors"), reference("scenario_states"))
    start = reference("scenario_cross_impacts")
    pairs = zip(start["source_state"], start["target_state"], strict=True)
    values = dict(zip(pairs, start["impact"].astype(int), strict=True))
    read = read_matrix_sheet(written(tmp_path / "s.xlsx", states, values=values, assessor_id="A01"))
    assert judged(read) == values
    assert read.faults == ()


def test_a_workspace_goes_through_a_scw_file_and_back(tmp_path):
    cells = {
        (a.state_id, b.state_id): n % 7 - 3
        for n, (a, b) in enumerate(
            (a, b) for a in STATES for b in STATES if a.descriptor_id != b.descriptor_id
        )
    }
    path = export_scw(tmp_path / "m.scw", STATES, cells)
    back = import_scw(path, "A07", STATES, round_number=2)
    assert {
        (r["source_state"], r["target_state"]): r["impact"] for r in back.cross_impacts
    } == cells
    assert {(r["assessor_id"], r["round"]) for r in back.cross_impacts} == {("A07", 2)}
    assert back.descriptors == back.states == ()
    assert CrossImpactMatrix.read_scw(path).descriptors == {
        "Law": ("Strict", "Open"),
        "Work": ("Hidden", "<b>可见</b>"),
    }


def test_a_foreign_scw_file_brings_its_own_descriptors(tmp_path):
    matrix = CrossImpactMatrix(
        {"法律": ["严格", "开放"], "Économie": ["up", "down"]},
        [[1, 0, 2, -2], [0, 0, 0, 1], [3, -1, 0, 0], [0, 0, 0, 0]],
    )
    matrix.write_scw(tmp_path / "f.scw")
    made = import_scw(tmp_path / "f.scw", "A01")
    assert [d["descriptor_id"] for d in made.descriptors] == ["d", "economie"]
    assert len({s["state_id"] for s in made.states}) == 4
    assert len(made.cross_impacts) == 9
    pattern = schemas()["descriptor_states"]["state_id"].pattern
    assert pd.Series([s["state_id"] for s in made.states]).str.fullmatch(pattern).all()


def test_a_scw_file_with_unknown_states_names_them_all(tmp_path):
    CrossImpactMatrix({"Law": ["Strict", "Mixed"], "Art": ["a", "b"]}, [[0] * 4] * 4).write_scw(
        tmp_path / "x.scw"
    )
    with pytest.raises(InputError, match=r"3 states are not .*Law: Mixed, Art: a, Art: b"):
        import_scw(tmp_path / "x.scw", "A01", STATES)


def test_an_open_cell_is_not_exported_as_zero(tmp_path):
    with pytest.raises(InputError, match="5 cells have no judgement: law_open → work_hidden"):
        export_scw(tmp_path / "m.scw", STATES, VALUES)
    assert not (tmp_path / "m.scw").exists()


def test_two_descriptors_of_one_name_stay_two(tmp_path):
    twins = [MatrixState(f"{d}{s}", "Same", d, "Same") for d in "ab" for s in "12"]
    cells = {
        (x.state_id, y.state_id): 1
        for x in twins
        for y in twins
        if x.descriptor_id != y.descriptor_id
    }
    path = export_scw(tmp_path / "t.scw", twins, cells)
    assert len(CrossImpactMatrix.read_scw(path).names) == 2


def test_the_latest_round_of_one_assessor_is_exported(tmp_path):
    first = [
        {"source_state": s, "target_state": t, "impact": 1, "assessor_id": "A01"}
        for s, t in [
            (a.state_id, b.state_id)
            for a in STATES
            for b in STATES
            if a.descriptor_id != b.descriptor_id
        ]
    ]
    later = {**first[0], "impact": -3, "round": 2}
    other = {**first[0], "impact": 2, "assessor_id": "A02", "round": 2}
    frame = typed_frame(schemas()["cross_impacts"], [later, *first, other])
    path = export_scw(tmp_path / "a.scw", STATES, judgements_of(frame, "A01"))
    values = sorted(r["impact"] for r in import_scw(path, "A01", STATES).cross_impacts)
    assert values == [-3, *[1] * 7]
