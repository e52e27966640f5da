"""The main part of chapter 00's page: ties, who was asked, what the order rests on."""

from __future__ import annotations

import re
import shutil

import pytest

from strategy_lib.chapters.page import Part
from strategy_lib.chapters.prepare import analysis
from strategy_lib.chapters.prepare.page import page
from strategy_lib.chapters.result import ChapterInputs
from strategy_lib.core.messages import Say
from strategy_lib.core.resources import resource
from strategy_lib.editions.restrict import DEFAULT_EDITIONS
from strategy_lib.notebook import load
from strategy_lib.plotting.pictures import Unknown, payload
from tests.chapters.prepare.rooms import COUNTING, HOSTILE, analyse, page_of, said
from tests.chapters.prepare.test_editions import everything

ASSESSOR = re.compile(r"\bA0\d\b")
LEADERS = DEFAULT_EDITIONS["leaders"]


def texts_of(value) -> list[str]:
    """Every text of a page's payload but the names of its parts."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        skipped = ("kind", "tone", "sign", "part", "align", "width", "head_width", "tables")
        return [t for k, v in value.items() if k not in skipped for t in texts_of(v)]
    return [t for item in value for t in texts_of(item)] if isinstance(value, list) else []


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    root = tmp_path_factory.mktemp("example") / "ws"
    shutil.copytree(resource("data", "example"), root)
    inputs = load(str(root), edition="leaders")
    return page(analysis.analyse(ChapterInputs(inputs)), ChapterInputs(inputs), Say())


def test_the_example_says_what_ties_and_on_whose_answers_it_rests(example):
    assert example.finding == (
        "3 tasks share first place by gap and importance: Institutional memory, "
        "Insiders and outsiders in concert and Answer pressure together"
    )
    assert example.sentences == (
        "9 people have answered, from 5 of our 42 offices; nobody was asked in 37.",
        "In this edition no role is named for 9 of 48 recommendations, among them "
        "Insiders and outsiders in concert and Back local civil society.",
        "On 12 of 48 recommendations offices are two or more levels apart.",
    )
    assert [section.part for section in example.sections] == list(Part)


def test_the_example_is_short_and_names_no_person(example):
    assert len(example.finding.split()) <= 20
    assert all(len(text.split()) <= 25 for text in example.sentences)
    assert all(len(picture.title.split()) <= 20 for picture in example.pictures)
    texts = texts_of(payload(example))
    assert sum(len(text.split()) for text in texts) <= 1_450
    assert not [text for text in texts if ASSESSOR.search(text)]


def test_nothing_entered_is_one_line():
    made = page_of(analyse(units=[], assessors=[]))
    assert made.finding.startswith("Nobody has said yet how ready we are: to begin")
    assert made.main is None and not made.sections


def test_what_nothing_is_shown_of_has_no_section():
    made = page_of(analyse(readiness=[said("A1", 9, 1, 4)]))
    assert [section.part for section in made.sections] == [Part.WHY, Part.FIRM]
    assert (
        made.finding
        == "Institutional memory comes first by gap and importance, of 1 recommendations"
    )


def test_one_persons_answers_are_said_to_be_one_persons():
    made = page_of(analyse(readiness=[said("A1", 9, 1, 4), said("A1", 8, 2, 4)]))
    assert "The order rests on one person's answers." in made.sentences
    assert made.badge == "Fragile"


def test_many_that_tie_come_first_nowhere():
    made = page_of(analyse(readiness=[said("A1", n, 1, 3) for n in range(1, 49)]))
    assert made.finding == (
        "48 of 48 recommendations tie for the first 5 places: nothing comes first"
    )
    assert "40 more stand in the table." in made.main.subtitle


def test_nobody_who_is_named_is_hatched():
    rows = [said("A1", 9, 1, 4), said("A2", 8, 2, 4, owner_role="Officer")]
    roles = {row.head: row.cells[-1] for row in page_of(analyse(readiness=rows)).main.drawing.rows}
    assert roles == {"Institutional memory": Unknown("Nobody"), "Data-security rules": "Officer"}


def test_an_edition_below_restricted_tells_of_no_fewer_than_three_people():
    few = [said("A1", 9, 1, 4), said("A3", 9, 2, 4)]
    for edition in (COUNTING, LEADERS):
        made = page_of(analyse(edition, readiness=few), edition)
        said_ = " ".join(texts_of(payload(made)))
        assert "Fewer than 3" in said_ or made.finding.startswith("Answers on how ready we are")
        assert "2 people" not in said_


@pytest.mark.parametrize("text", [*HOSTILE, "x " * 45])
@pytest.mark.parametrize("edition", DEFAULT_EDITIONS.values(), ids=lambda e: e.name)
def test_any_text_goes_through(text, edition):
    made = page_of(analyse(edition, **everything(text)), edition)
    assert made.finding
    if edition.name == "core":
        assert any(text.strip() in found for found in texts_of(payload(made)))
