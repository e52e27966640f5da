"""What holds of chapters 05 to 07 together: off, fair, short to fill in, and nothing invented."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from python_calamine import load_workbook

from strategy_lib.chapters.registry import CHAPTERS, chapters_for
from strategy_lib.core.resources import resource
from strategy_lib.core.settings import OPTIONAL_CHAPTERS
from strategy_lib.core.workspace import open_workspace
from strategy_lib.cycles.carry_over import ASK_AGAIN, ASK_OFFICES, RULES, asked_again, office_rows
from strategy_lib.cycles.create import areas, blank_forms, create_workspace
from strategy_lib.cycles.forms_to_send import EVIDENCE_FORM, write_forms_to_send
from strategy_lib.forms.burden import minutes, question_seconds
from strategy_lib.inputs.read import read_inputs
from strategy_lib.inputs.set_aside import usable
from strategy_lib.running import run
from strategy_lib.schema.reference import reference
from strategy_lib.schema.schema import schemas
from tests.workspaces import activity, fill_row, make_workspace, write_sheets
from tools.example_content.records import YEARS, rows_of

ROOT = Path(__file__).resolve().parents[1]
TITLES = [chapter.title for chapter in CHAPTERS if chapter.is_optional]
TABLES = [table for table in schemas().values() if table.area in OPTIONAL_CHAPTERS]
INVENTED = {"Lantern River Foundation", "Redstone Hydro"}
INVENTED_PROJECTS = {"cd-mto"}
INVENTED_GROUPS = {"Mto Mpya working group"}


# The acceptance checks of chapters 05 to 07, by number, and the tests that make each.
CHECKS = {
    1: {
        "test_engagement": (
            "who_uses_no_optional_chapter_has_no_form_sheet_or_folder_of_them",
            "who_uses_no_optional_chapter_has_no_page_link_or_heading_of_them",
        )
    },
    2: {
        "editions/test_end_to_end": (
            "no_canary_of_any_table_is_above_its_row_or_its_column",
            "what_a_peer_sent_is_shown_to_those_who_may_see_it_and_to_nobody_else",
            "editions_that_differ_only_in_withheld_rows_are_the_same_bytes",
        )
    },
    3: {"chapters/test_engagement": ("empty_unknown_no_and_zero_are_four_words_in_every_view",)},
    4: {
        "chapters/partners/test_analysis": (
            "two_offices_that_read_one_indicator_differently_both_stay_visible",
        )
    },
    5: {
        "test_engagement": ("no_word_scores_or_ranks_a_partner_a_company_or_a_state",),
        "chapters/test_engagement": (
            "no_word_of_a_page_or_table_ranks_a_partner_a_company_or_a_state",
        ),
    },
    6: {
        "chapters/test_engagement": (
            "the_tools_steps_and_our_additions_share_no_picture_or_heading",
        ),
        "chapters/companies/test_analysis": (
            "steps_of_the_tool_and_own_additions_never_share_a_table",
        ),
    },
    7: {"chapters/companies/test_claims": ("the_volunteers_of_2022_and_no_weight_of_a_supply",)},
    8: {
        "chapters/watching/test_studies": (
            "a_hundred_by_three_equal_parts",
            "over_a_cap_the_rest_is_split_again",
            "caps_below_the_total_leave_a_shortfall",
        )
    },
    9: {
        "inputs/checks/test_watching": ("a_measure_cannot_single_out_a_few_states",),
        "chapters/test_engagement": (
            "members_of_a_measure_stand_in_the_order_of_the_alphabet_and_nobody_alone_on_the_page",
        ),
    },
    10: {
        "chapters/watching/test_analysis": (
            "an_organisation_that_did_not_agree_is_not_listed",
            "two_roles_stand_side_by_side_only_where_all_who_are_named_agreed",
        )
    },
    11: {
        "inputs/checks/test_companies": (
            "a_claim_about_conduct_is_restricted_whatever_its_label",
            "missing_any_one_gate_it_stays",
        )
    },
    12: {"chapters/companies/test_analysis": ("each_question_follows_from_its_row",)},
    13: {
        "chapters/test_messages": ("sentences_are_short", "one_is_said_as_one_and_many_as_many"),
        "chapters/test_engagement": (
            "every_sentence_is_short_and_reads_well_with_one_row_and_with_many",
        ),
    },
    14: {
        "test_engagement": ("every_starting_row_has_a_source_and_a_date",),
        "schema/test_figures": ("a_figure_stands_in_the_row_that_is_named",),
    },
    15: {
        "test_engagement": ("one_of_each_takes_a_new_office_at_most_140_minutes",),
        "forms/test_burden": ("one_partner_project_contact_and_incident_take_at_most_140_minutes",),
    },
    16: {"test_engagement": ("a_real_body_in_the_example_carries_no_invented_finding",)},
    17: {
        "test_coverage_page": (
            "all_thirty_eight_processes_and_sixty_seven_recommendations_are_filled",
        )
    },
}


@pytest.mark.parametrize("number", range(1, 18))
def test_each_acceptance_check_is_made_by_the_tests_that_are_named(number):
    for file, names in CHECKS[number].items():
        text = (ROOT / "tests" / f"{file}.py").read_text("utf-8")
        for name in names:
            assert f"def test_{name}(" in text, name


def authored(name):
    """Rows of one file of the example, as they stand in each of its two years."""
    (path,) = (ROOT / "tools" / "example_content").glob(f"*/{name}.csv")
    return [row for year in YEARS for row in rows_of(path, year)]


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
            assert row["kind"] != "conduct" and not row["asked_date"], row
            # What the chamber tells was checked by nobody; the guide tells of a study of promises.
            is_promise = row["kind"] == "promise"
            assert row["source"].startswith("Guide of 2019" if is_promise else "CCCME"), row
            assert is_promise or row["checked"] in ("", "cannot_tell"), row
            assert not is_promise or bool(row["checked"]) == ("the guide" in row["checked_source"])
    for row in authored("project_findings"):
        # What else is told of a project is the company's own word, as old as its source.
        is_told = row["voice"] == "company" and row["as_of"] == "2024-02-23"
        assert row["project_id"] in INVENTED_PROJECTS or is_told, row
    for row in authored("projects"):
        if row["project_id"] in INVENTED_PROJECTS:
            named = {row["companies"], row["lenders"]} - {""}
            assert named <= INVENTED, row
        else:
            assert row["focus"] == "unknown", row
    for row in authored("group_items"):
        # Of the working groups that there are, only what the factsheet says is told.
        assert row["group"] in INVENTED_GROUPS or row["state"] in ("", "unknown"), row
    assert not any(row["origin"] for row in authored("technologies"))
    for row in authored("un_measures"):
        assert "nvented" not in row["source"] + row["method"], row


def made(table, number=1, **more):
    """A row that is right, told apart from others by its number; what it names is listed."""
    schema = schemas()[table]
    listed = {"unit_id": "ke", "counterpart": "Lake Foundation", "assessor_id": "A01"}
    row = {}
    for item in schema.fields:
        if item.name in listed:
            row[item.name] = listed[item.name]
        elif item.required:
            is_own_key = (
                item.name in schema.primary_key and item.type == "string" and not item.codes
            )
            row[item.name] = f"{item.example}{number}" if is_own_key else item.example
    row |= {"source": "A page of 2026"} if "source" in schema.names else {}
    return row | more


# Table, what is wrong in a row, the one line: kind and column; `error` sets the row aside.
BAD = [
    ("partners", {"counterpart": "Nobody Listed"}, "unknown_reference", "counterpart", "error"),
    ("funding_avenues", {"answer": "pursue"}, "answer_without_role", "decided_by_role", "error"),
    (
        "funding_avenues",
        {"answer": "pursue", "legal_state": "closed", "decided_by_role": "fundraising lead"},
        "pursued_closed",
        "answer",
        "error",
    ),
    ("funding_avenues", {"p10": 5, "p50": 4, "p90": 9}, "estimate_out_of_order", "p50", "error"),
    (
        "funding_avenues",
        {"p10": 3, "p50": 4, "p90": 9, "currency": "HKD"},
        "currency_without_rate",
        "currency",
        "warning",
    ),
    (
        "partner_evidence",
        {"indicator": "board", "finding": "Its chair is Wang Xiaoming, once of a ministry"},
        "person_named",
        "finding",
        "warning",
    ),
    (
        "partner_evidence",
        {"indicator": "board", "finding": "Two posts, one of them held by John Smith"},
        "person_named",
        "finding",
        "warning",
    ),
    (
        "partner_evidence",
        {"indicator": "focus_areas", "reading": "mixed"},
        "reading_without_finding",
        "finding",
        "warning",
    ),
    ("claims", {"kind": "conduct", "as_of": None}, "missing_value", "as_of", "error"),
    ("claims", {"kind": "conduct", "source": None}, "missing_value", "source", "error"),
    ("claims", {"figure": 5}, "figure_without_unit", "unit", "error"),
    ("claims", {"figure": 0, "unit": "hours"}, "ratio_impossible", "figure", "warning"),
    ("company_steps", {"kind": "need", "step": "mission"}, "step_of_other_list", "step", "error"),
    ("messages", {"words": "As Li Wei said, ask first."}, "person_named", "words", "warning"),
    ("un_measures", {"member": "CN", "year": 2023}, "singles_out", "member", "error"),
    ("studies", {"points": -1}, "out_of_range", "points", "error"),
    ("studies", {"study_id": "ST11", "total": 90}, "two_totals", "total", "error"),
    (
        "issue_roles",
        {"handling": "internal", "may_be_listed": "unknown"},
        "role_without_consent",
        "may_be_listed",
        "warning",
    ),
    ("signals", {"source": None}, "signal_without_source", "source", "warning"),
]


@pytest.mark.parametrize(("table", "wrong", "kind", "column", "severity"), BAD)
def test_bad_input_is_one_clear_line_and_nothing_else_is_lost(
    tmp_path, table, wrong, kind, column, severity
):
    """File, sheet, row and column, what was found or is allowed; the rows beside it stay."""
    schema = schemas()[table]
    good = [made(table, 1)]
    if table == "un_measures":
        good = [made(table, 1, member=code) for code in ("BR", "KE", "PL", "SE", "IN")]
    counterparts = [{"name": "Lake Foundation", "type": "foundation"}]
    workspace = make_workspace(tmp_path / "ws", {"counterparts": counterparts})
    sent = workspace.cycle().inputs / schema.area / "f.xlsx"
    write_sheets(sent, {table: [*good, made(table, 2) | wrong]})
    cycle, day = workspace.cycle(), date(2026, 11, 1)
    told = read_inputs(cycle, day)
    (line,) = [p for p in told.problems if p.kind == kind]
    assert (line.file, line.sheet, line.row) == (f"{schema.area}/f.xlsx", table, len(good) + 2)
    assert line.column in (column, schema[column].title()) and line.severity == severity
    assert line.message and (line.found or line.allowed or kind == "missing_value")
    others = [p for p in told.problems if p.file == line.file and p.severity == "error"]
    assert others == ([line] if severity == "error" else [])
    kept = len(usable(told, cycle, day)[table])
    assert kept == len(good) + (severity == "warning")


# What is asked afresh each year: what was seen or done since, and what people judge.
AFRESH = {"appearances", "signals", "project_findings", "focus_scores", "peer_rows"}


def test_what_is_known_stands_in_the_forms_of_the_next_year():
    """From the reference in the first year; from last year's rows, one by one, in all others."""
    known = ASK_AGAIN + ASK_OFFICES + tuple(RULES)
    assert {table.name for table in TABLES} - set(known) == AFRESH
    cycle, day = open_workspace(resource("data", "example")).cycle(2026), date(2026, 11, 1)
    tables = read_inputs(cycle, day)
    again = asked_again(tables.frames)
    for name in set(ASK_AGAIN) & {table.name for table in TABLES} - {"partner_evidence"}:
        assert len(again[name]) == len(tables[name]) > 0, name
    kenya = office_rows(tables.frames, "kenya", 2026, pd.Timestamp(day))
    assert {row["counterpart"] for row in kenya["partners"]} == {
        *("China House", "Lantern River Foundation"),
    }
    ethiopia = office_rows(tables.frames, "ethiopia", 2026, pd.Timestamp(day))
    assert "partners" not in ethiopia  # the only one has ended


def test_the_china_desk_begins_with_the_partners_that_offices_named(tmp_path):
    """A row for each indicator that nobody has read; one left as it was is no answer, and no error."""
    tables = {
        "counterparts": [{"name": "Lake Foundation", "type": "foundation"}],
        "partners": [made("partners"), made("partners", unit_id="kh")],
        "partner_evidence": [made("partner_evidence", indicator="board", reading="mixed")],
    }
    settings = '[chapters]\noptional = ["partners"]\n'
    cycle = make_workspace(tmp_path / "ws", tables, settings).cycle()
    told = write_forms_to_send(cycle).plan
    form = cycle.root / "forms" / EVIDENCE_FORM
    assert any("4 indicators" in line and form.name in line for line in told)
    book = openpyxl.load_workbook(form)
    sheet = book.worksheets[1]
    fill_row(sheet, "partner_evidence", {"unit_id": "hq", "reading": "mixed", "finding": "Seen"})
    (cycle.inputs / "partners").mkdir()
    book.save(cycle.inputs / "partners" / form.name)
    read = read_inputs(cycle)
    assert not [p for p in read.errors if p.file.startswith("partners/")]
    assert list(read["partner_evidence"]["counterpart"]) == ["Lake Foundation"] * 2


def test_forms_of_the_optional_chapters_come_with_them():
    names = {form.name.split("-")[0] for form in blank_forms(OPTIONAL_CHAPTERS)}
    assert set(OPTIONAL_CHAPTERS) <= names
