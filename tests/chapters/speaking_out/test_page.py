"""The main part of chapter 03's page: cases for the core team, totals for leaders, no verdict."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from strategy_lib.chapters.page import Part
from strategy_lib.chapters.result import ChapterInputs
from strategy_lib.chapters.speaking_out.analysis import analyse_speaking_out
from strategy_lib.chapters.speaking_out.page import page
from strategy_lib.core.messages import Say
from strategy_lib.editions.case_totals import Outcome, Standing, told
from strategy_lib.plotting.pictures import Grid, Unknown, payload
from tests.chapters.speaking_out.test_analysis import (
    HOSTILE,
    PROTOCOL,
    VERDICT,
    example_records,
    snapshot,
    typed_texts,
)
from tests.protocol.cases import small_case, whole_case

ASSESSOR = re.compile(r"\bA0\d\b")


def page_of(records, case_id="", edition="core", totals=()):
    inputs = replace(snapshot(records, edition), case_totals=totals)
    return page(analyse_speaking_out(inputs, PROTOCOL, case_id), ChapterInputs(inputs), Say())


def texts_of(value) -> list[str]:
    """Every text of a page's payload but the names of its parts."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        skipped = ("kind", "tone", "sign", "part", "align", "width", "head_width", "tables")
        return [t for k, v in value.items() if k not in skipped for t in texts_of(v)]
    return [t for item in value for t in texts_of(item)] if isinstance(value, list) else []


def words(text: str) -> int:
    return len(text.split())


@pytest.fixture(scope="module")
def example():
    return {code: page_of(example_records(), code) for code in ("", "C1", "C2", "C3")}


@pytest.mark.parametrize("case_id", ["", "C1", "C2", "C3"])
def test_no_page_holds_a_verdict_or_a_code_of_a_person(example, case_id):
    typed = typed_texts(example_records())
    texts = texts_of(payload(example[case_id]))
    assert len(texts) > 50
    for text in texts:
        assert text in typed or not VERDICT.search(text), text
        assert not ASSESSOR.search(text), text


@pytest.mark.parametrize("case_id", ["", "C1", "C2", "C3"])
def test_finding_sentences_and_titles_are_short(example, case_id):
    made = example[case_id]
    assert words(made.finding) <= 20
    assert all(words(text) <= 25 for text in made.sentences)
    assert all(words(picture.title) <= 20 for picture in made.pictures)
    assert sum(words(text) for text in texts_of(payload(made))) <= 1_450


def test_the_finding_says_how_many_are_open_and_whose_turn_it_is(example):
    assert example[""].finding == (
        "2 of 2 cases are open; Lead for staff safety is next on the most urgent one"
    )
    assert "1 case is an exercise, and not counted in this." in example[""].sentences


def test_a_silent_office_is_said(example):
    said = " ".join(example["C1"].sentences)
    assert "Mainland programme (Chengdu) was asked and stayed silent" in said
    assert "neither consent nor objection" in said


def test_harm_comes_before_benefit_and_what_is_missing_last(example):
    parts = [section.part for section in example["C1"].sections]
    assert parts == [Part.WHY, Part.FIRM, Part.COST, Part.DIFFERS, Part.CHANGE]
    assert "risk" in example["C1"].sections[0].question


def test_nothing_entered_is_one_line():
    made = page_of({})
    assert made.finding.startswith("No case is entered: to begin")
    assert not made.sections and made.main is None


def test_a_case_with_nothing_but_its_code_has_a_page():
    made = page_of({"cases": [{"case_id": "K1", "title": "x"}]})
    assert made.finding.startswith("1 of 1 cases is open")


def test_nobody_has_rated_anything():
    made = page_of(small_case(harm_ratings=[], route_ratings=[], silence_ratings=[]))
    assert "not known" in texts_of(payload(made))


def test_hostile_cells_and_many_cases_go_through_as_text():
    rows = [whole_case(case_id=f"K{n}", title=HOSTILE, words=HOSTILE) for n in range(12)]
    made = page_of(small_case(cases=rows))
    assert isinstance(made.main.drawing, Grid)
    assert len(made.main.drawing.rows) == 8
    assert "4 more stand in the table." in made.main.subtitle


OPEN = [Standing(is_late=True)] * 3 + [Standing(is_ready=True)] * 4
ENDED = [Standing(Outcome.HELD)] * 3 + [Standing(Outcome.DROPPED)] * 3
AGREED = [Standing(Outcome.IN_TIME, theme="health")] * 5 + [Standing(Outcome.DELAYED)] * 4


def leaders(cases):
    return page_of(example_records(), edition="leaders", totals=told(cases, 3))


def test_leaders_see_totals_and_no_case():
    made = leaders(OPEN + ENDED + AGREED)
    assert made.finding == "7 cases on speaking out are open; 3 of them are late"
    assert made.sentences == (
        "4 of 7 open cases wait for nothing but a decision.",
        "Of 15 cases decided in the year, 3 were held back and 3 dropped.",
        "This edition tells totals of 3 and more, and no case; exercises are not counted.",
    )
    titles = [picture.title for picture in made.pictures]
    assert "5 of 9 lines agreed in the year are about Health" in titles
    said = " ".join(texts_of(payload(made)))
    records = example_records()
    assert not any(str(row["title"]) in said for row in records["cases"])
    for text in texts_of(payload(made)):
        assert not VERDICT.search(text), text


@pytest.mark.parametrize("number", [0, 1, 2])
def test_under_three_cases_leaders_read_fewer_than_three_and_no_number(number):
    few = [Standing("", True, True), Standing("", True)][:number]
    made = leaders(few)
    assert made.finding == "Fewer than 3 cases on speaking out are open"
    cells = [row.cells[0] for row in made.main.drawing.rows]
    assert cells == [Unknown("Fewer than 3")] * 4
    assert made.sentences == (
        "Executive director decides on each case; Chair of the international board stands in.",
        "Counts below 3 are not told, as they could show which case it is; "
        "exercises are not counted.",
    )
    assert payload(made) == payload(leaders([]))


def test_a_rest_of_one_or_two_is_not_to_be_reckoned():
    made = leaders([Standing(is_late=True)] * 4 + [Standing()])
    assert made.finding == "5 cases on speaking out are open; 3 or more of them are late"
    cells = [row.cells[0] for row in made.main.drawing.rows]
    assert Unknown("3 or more") in cells and Unknown("Fewer than 3") in cells


def test_an_edition_without_totals_says_that_nothing_is_shown():
    made = page_of(example_records(), edition="mainland")
    assert made.finding == "No case on speaking out may be shown in this edition"
    assert made.main is None
    assert [section.part for section in made.sections] == [Part.FIRM, Part.CHANGE]
