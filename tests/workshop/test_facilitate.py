"""The facilitator's pack: agenda that adds up, sheets from what was entered, nothing that runs."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from strategy_lib.core.errors import InputError
from strategy_lib.core.settings import LANGUAGES
from strategy_lib.protocol.rehearsals import read_rehearsal, rehearsal_names
from strategy_lib.publishing.pdf.browsers import PROGRAM_VARIABLE
from strategy_lib.schema.frames import typed_frame
from strategy_lib.schema.schema import table_schema
from strategy_lib.workshop.facilitating import (
    STARTING_LISTS,
    pack_page,
    rehearsal_page,
    write_facilitator_pack,
)
from strategy_lib.workshop.facilitator_sheets import _PAGES, Lists, sheet_of
from strategy_lib.workshop.facilitator_texts import PANELS, SheetText, pack_text, packs
from tests.workspaces import make_workspace, write_sheets

HOSTILE = '<img src=x onerror="window.pwned=1">{{ 7 * 7 }}'


def frames(**tables):
    return {name: typed_frame(table_schema(name), rows) for name, rows in tables.items()}


OPTIONS = [{"option_id": "P1", "name": HOSTILE}, {"option_id": "P2", "name": "留在外面"}]
CRITERIA = [
    {
        "criterion_id": "safety",
        "name": "Safety",
        "direction": "higher_is_better",
        "anchor_0": "nobody is safe",
        "anchor_10": "all are",
    }
]


def test_there_is_a_pack_for_each_chapter_that_a_room_works_with():
    assert packs() == ("00", "01", "02", "03", "04", "05", "06", "07")


@pytest.mark.parametrize("chapter", packs())
def test_the_agenda_adds_up_and_every_step_can_be_done_without_a_computer(chapter):
    text = pack_text(chapter)
    assert all(set(step.titles) == set(LANGUAGES) - {"en"} for step in text.agenda)
    assert text.chapter == chapter
    assert sum(step.minutes for step in text.agenda) == text.minutes
    for step in text.agenda:
        assert step.panel in ("", *PANELS)
        is_break = step.title == "Break"
        assert is_break or (step.prompts and step.remote and step.paper), step.title
    assert {sheet.kind for sheet in text.sheets} <= set(_PAGES)
    assert text.roles and text.before


@pytest.mark.parametrize("chapter", packs())
def test_a_pack_needs_nothing_to_have_been_entered(chapter):
    page = pack_page(pack_text(chapter), {}, "Ours", 2026, "Core team")
    assert "<script" not in page
    assert "default-src 'none'" in page.replace("&#39;", "'")
    assert not re.search(r"\{\{|\}\}|>(nan|None|NaT)<", page)


def test_times_follow_from_the_start():
    times = [(begin, end) for begin, end, _ in pack_text("02").times("9:30")]
    assert times[0] == ("09:30", "09:40")
    assert times[-1][1] == "12:30"
    assert all(end == begin for (_, end), (begin, _) in pairwise(times))


@pytest.mark.parametrize("start", ["25:00", "noon", "", "9", "09:30:00"])
def test_a_start_that_is_no_hour_is_refused(start):
    with pytest.raises(InputError, match="such as 09:30"):
        list(pack_text("02").times(start))


@pytest.mark.parametrize("name", ["02", "2", "02_china_presence", " 02 "])
def test_a_chapter_is_found_by_number_and_name(name):
    assert pack_text(name).chapter == "02"


@pytest.mark.parametrize("name", ["", "09", "presence", "../02", "02.toml", "222"])
def test_a_chapter_without_a_pack_is_refused_with_those_that_have_one(name):
    with pytest.raises(InputError, match="there are: 00, 01, 02, 03, 04"):
        pack_text(name)


def test_scoring_cards_hold_the_options_and_criteria_that_were_entered():
    lists = Lists(frames(presence_options=OPTIONS, criteria=CRITERIA))
    sheet = sheet_of(SheetText("scoring", "Cards"), lists)
    (page,) = sheet.pages
    assert page.headings == ("Criterion", "Weight", "P1", "P2")
    assert page.rows == (("1. Safety", "", "", ""),)
    assert f"P1 {HOSTILE}; P2 留在外面." in page.lead
    (anchors,) = sheet_of(SheetText("anchors", "Scales"), lists).pages
    assert anchors.rows[0][0] == "1. Safety Higher is better."
    assert "nobody is safe" in anchors.rows[0]


def test_code_cards_are_the_listed_assessors_else_a_proposal():
    given = Lists(frames(assessors=[{"assessor_id": "B07"}, {"assessor_id": "A01"}]))
    (page,) = sheet_of(SheetText("codes", "Cards"), given).pages
    assert page.cards == ("A01", "B07")
    (blank,) = sheet_of(SheetText("codes", "Cards"), Lists({})).pages
    assert len(blank.cards) == 12
    assert "proposal" in blank.lead


def test_an_influence_sheet_asks_as_the_panel_does_the_row_acts_on_the_column():
    lists = Lists(
        frames(
            descriptors=[{"descriptor_id": c, "name": c} for c in ("law", "work")],
            descriptor_states=[
                {"state_id": f"{d}{n}", "descriptor_id": d, "name": f"{d} {n}"}
                for d in ("law", "work")
                for n in (1, 2)
            ],
        )
    )
    pages = sheet_of(SheetText("matrix", "Matrix", rows=2), lists).pages
    assert [page.title for page in pages] == [
        "How does ____________________ (row) act on ____________________ (column)?"
    ] * 2
    assert (len(pages[0].headings), len(pages[0].rows)) == (3, 2)
    (states,) = sheet_of(SheetText("states", "States"), lists).pages
    assert states.rows == (("1. law", "law 1; law 2"), ("2. work", "work 1; work 2"))
    question = "If the row is so: does it promote (+) or restrict (-) the column?"
    assert any(question in sheet.note for sheet in pack_text("04").sheets)
    assert any("If the row is so" in p for step in pack_text("04").agenda for p in step.prompts)


def test_hostile_names_are_shown_as_text():
    tables = frames(presence_options=OPTIONS, criteria=CRITERIA)
    page = pack_page(pack_text("02"), tables, HOSTILE, 2026, HOSTILE)
    assert "<img" not in page
    assert page.count("&lt;img") >= 3
    assert "{{ 7 * 7 }}" in page
    assert "留在外面" in page


@pytest.fixture
def workspace(tmp_path):
    made = make_workspace(tmp_path / "ws", {})
    write_sheets(
        made.cycle().inputs / "presence" / "p.xlsx",
        {
            "presence_options": [
                {**OPTIONS[1], "legal_route": "none"},
                {
                    "option_id": "P9",
                    "name": "For the core team",
                    "legal_route": "none",
                    "handling": "restricted",
                },
            ]
        },
    )
    return made


def test_the_pack_is_written_for_an_audience_and_holds_nothing_above_it(workspace):
    path = write_facilitator_pack(workspace.cycle(), "02", "leaders", "14:00").page
    page = path.read_text("utf-8")
    assert path.name == "02_facilitator.html"
    assert "14:00 to 14:10" in page
    assert "留在外面" in page
    assert "For the core team" not in page
    core = write_facilitator_pack(workspace.cycle(), "02").page.read_text("utf-8")
    assert "For the core team" in core


def test_inputs_with_errors_give_a_pack_from_the_starting_lists_that_says_so(workspace):
    write_sheets(
        workspace.cycle().inputs / "presence" / "bad.xlsx",
        {"presence_options": [{"option_id": "P3", "name": "x", "legal_route": "no such route"}]},
    )
    page = write_facilitator_pack(workspace.cycle(), "02").page.read_text("utf-8")
    assert STARTING_LISTS.replace("'", "&#39;") in page
    assert "留在外面" not in page


def test_an_unknown_edition_is_refused(workspace):
    with pytest.raises(InputError, match="no edition"):
        write_facilitator_pack(workspace.cycle(), "02", "nobody")


@pytest.mark.parametrize("name", rehearsal_names())
def test_a_table_top_case_has_every_card_with_its_time(name):
    case = read_rehearsal(name)
    page = rehearsal_page(case, HOSTILE, "14:00")
    assert "<script" not in page and "<img" not in page
    assert page.count('class="card words"') == len(case.roles) + len(case.injects)
    for inject in case.injects:
        assert f"14:{inject.minute:02d}" in page or inject.minute >= 60
    assert "{{" not in page.replace("{{ 7 * 7 }}", "")


def test_a_pack_comes_as_a_page_where_no_browser_can_print_it(tmp_path, monkeypatch):
    monkeypatch.setenv(PROGRAM_VARIABLE, str(tmp_path / "none"))
    pack = write_facilitator_pack(make_workspace(tmp_path / "ws", {}).cycle(), "slogan")
    assert pack.page.name == "03_rehearsal_slogan.html"
    assert pack.pdf is None and not pack.page.with_suffix(".pdf").exists()
    assert PROGRAM_VARIABLE in pack.note
