"""Every process and recommendation of the documents works somewhere, and the list is up to date."""

from __future__ import annotations

import csv

import pytest

from strategy_lib.chapters.registry import CHAPTERS
from strategy_lib.schema.reference import reference
from tools.build_coverage import ROOT, TARGET, _line, coverage_page

ROWS = list(csv.DictReader((ROOT / "tools" / "build_coverage.csv").open(encoding="utf-8")))
NUMBERS = {chapter.folder: chapter.number for chapter in CHAPTERS}


def test_the_list_is_what_the_workbook_holds_now():
    """A view, section, table or chapter that is gone is an error of the script, not a line."""
    assert TARGET.read_text("utf-8") == coverage_page()


def test_all_thirty_eight_processes_and_sixty_seven_recommendations_are_filled():
    processes = [row["number"] for row in ROWS if row["kind"] == "process"]
    assert processes == [str(n) for n in range(1, 39)]
    named = [row["number"] for row in ROWS if row["kind"] == "recommendation"]
    guide = list(reference("recommendations")["recommendation_id"])
    assert list(dict.fromkeys(named)) == guide and len(guide) == 67
    assert all(row["views"] and row["tables"] for row in ROWS)


def test_a_recommendation_is_where_the_reference_says_that_it_is():
    chapters = reference("recommendations").set_index("recommendation_id")["chapters"]
    for row in ROWS:
        if row["kind"] == "recommendation":
            assert NUMBERS[row["chapter"]] in chapters[row["number"]].split(";"), row


@pytest.mark.parametrize(
    ("column", "value"), [("chapter", "absent"), ("views", "absent"), ("tables", "absent")]
)
def test_what_is_not_there_cannot_be_named(column, value):
    with pytest.raises(Exception, match="absent"):
        _line(ROWS[0] | {column: value}, "")
