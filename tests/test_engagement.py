"""What holds of chapters 05 to 07 together: off, fair, short to fill in, and nothing invented."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from python_calamine import load_workbook

from strategy_lib.chapters.registry import CHAPTERS, chapters_for
from strategy_lib.core.resources import resource
from strategy_lib.core.settings import OPTIONAL_CHAPTERS
from strategy_lib.cycles.create import areas, blank_forms, create_workspace
from strategy_lib.forms.burden import minutes, question_seconds
from strategy_lib.inputs.read import read_inputs
from strategy_lib.running import run
from strategy_lib.schema.reference import reference
from strategy_lib.schema.schema import schemas
from tests.workspaces import activity, make_workspace, write_sheets

ROOT = Path(__file__).resolve().parents[1]
TITLES = [chapter.title for chapter in CHAPTERS if chapter.is_optional]
TABLES = [table for table in schemas().values() if table.area in OPTIONAL_CHAPTERS]
INVENTED = {"Lantern River Foundation", "Redstone Hydro"}
INVENTED_PROJECTS = {"cd-mto"}


def authored(name):
    (path,) = (ROOT / "tools" / "example_content").glob(f"*/{name}.csv")
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_who_uses_no_optional_chapter_has_no_form_sheet_or_folder_of_them(tmp_path):
    assert not set(areas(())) & set(OPTIONAL_CHAPTERS)
    assert not {c.folder for c in chapters_for(())} & set(OPTIONAL_CHAPTERS)
    made = create_workspace(tmp_path / "ws", "Acme", 2026)
    names = {path.name.split(".")[0].split("-")[0] for path in made.root.rglob("*")}
    assert not names & set(OPTIONAL_CHAPTERS)
    sheets = {s for form in made.forms for s in load_workbook(form).sheet_names}
    assert not sheets & {table.sheet() for table in TABLES}


def test_who_uses_no_optional_chapter_has_no_page_link_or_heading_of_them(tmp_path):
    workspace = make_workspace(tmp_path / "ws", {"activities": [activity("ke", "Talks", "A")]})
    run(workspace, 2026, ["leaders"], formats=())
    pages = list((workspace.root / "2026" / "outputs").rglob("*.html"))
    assert pages
    for page in pages:
        text = page.read_text("utf-8")
        assert not [title for title in TITLES if title in text], page.name
    assert not [p for p in pages if re.match(r"0[567]_", p.name)]


def test_no_word_scores_or_ranks_a_partner_a_company_or_a_state():
    """Only what says that none is made, and the scores that people give to areas of work."""
    wrong = re.compile(r"\b(scores?|ratings?|rank(ed|s|ing)?|risk levels?|traffic lights?)\b", re.I)
    spared = re.compile(r"\bno (score|total|company is ranked)|focus|^#", re.I)
    folder = resource("data", "messages", "en")
    for name in OPTIONAL_CHAPTERS:
        for line in (folder / f"{name}.ftl").read_text("utf-8").splitlines():
            assert not wrong.search(line) or spared.search(line), line


def test_one_of_each_takes_a_new_office_at_most_140_minutes():
    """Every column of one partner, project, avenue and incident, folded ones too; a project with a
    finding on each question of the tool, a company with its seven points."""
    rows = {
        "partners": 1,
        "contact_avenues": 1,
        "pressure_incidents": 1,
        "projects": 1,
        "project_findings": 6,
        "company_steps": 7,
        "claims": 1,
    }
    cells = sum(len(schemas()[name].fields) * count for name, count in rows.items())
    forms = len({schemas()[name].area for name in rows})
    seconds = cells * question_seconds("cell") + forms * question_seconds("top")
    assert minutes(seconds) <= 140


def test_every_starting_row_has_a_source_and_a_date():
    lists = {table.prefilled_from for table in TABLES} - {""}
    assert lists >= {"funding_avenues", "technologies", "company_claims", "focus_areas"}
    for name in lists:
        assert reference(name)["source"].notna().all(), name
        assert "as_of" not in reference(name) or reference(name)["as_of"].notna().all(), name


def test_a_real_body_in_the_example_carries_no_invented_finding():
    for row in authored("partner_evidence"):
        if row["counterpart"] not in INVENTED:
            assert row["source"].startswith("Guide of 2019"), row
    for row in authored("claims"):
        if row["counterpart"] not in INVENTED:
            assert row["kind"] != "conduct" and row["checked"] in ("", "cannot_tell"), row
            assert not row["asked_date"] and row["source"].startswith("CCCME"), row
    for row in authored("project_findings"):
        # What else is told of a project is the company's own word, as old as its source.
        is_told = row["voice"] == "company" and row["as_of"] == "2024-02-23"
        assert row["project_id"] in INVENTED_PROJECTS or is_told, row
    for row in authored("projects"):
        if row["project_id"] in INVENTED_PROJECTS:
            named = {row["companies"], row["lenders"]} - {""}
            assert named <= INVENTED, row
    for row in authored("un_measures"):
        assert "nvented" not in row["source"] + row["method"], row


@pytest.mark.parametrize(
    ("area", "table", "row", "kinds"),
    [
        ("partners", "partners", {"counterpart": "Nobody Listed"}, {"unknown_reference"}),
        ("watching", "studies", {"points": -1}, {"out_of_range"}),
        ("watching", "un_measures", {"member": "CN"}, {"singles_out"}),
        ("companies", "claims", {"kind": "conduct", "as_of": None}, {"missing_value"}),
        ("companies", "claims", {"kind": "conduct", "source": None}, {"missing_value"}),
    ],
)
def test_bad_input_is_one_clear_line_and_nothing_else_is_lost(tmp_path, area, table, row, kinds):
    good = {item.name: item.example for item in schemas()[table].fields if item.required}
    good |= {"unit_id": "ke"} if "unit_id" in schemas()[table].names else {}
    workspace = make_workspace(tmp_path / "ws", {})
    write_sheets(workspace.cycle().inputs / area / "f.xlsx", {table: [good | row]})
    tables = read_inputs(workspace.cycle())
    told = [p for p in tables.errors if p.file == f"{area}/f.xlsx"]
    assert len(tables[table]) == 1
    assert {p.kind for p in told} >= kinds and all(p.row == 2 and p.column for p in told)


def test_forms_of_the_optional_chapters_come_with_them():
    names = {form.name.split("-")[0] for form in blank_forms(OPTIONAL_CHAPTERS)}
    assert set(OPTIONAL_CHAPTERS) <= names
