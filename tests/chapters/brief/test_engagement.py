"""What optional chapters leave to be done: counted, with days to keep, and nothing where unused."""

from __future__ import annotations

import pandas as pd

from strategy_lib.chapters.brief.analysis import analyse
from strategy_lib.chapters.brief.engagement import spoken_to
from strategy_lib.chapters.result import ChapterInputs
from strategy_lib.editions.results import SavedChapter
from tests.chapters.brief.test_analysis import CORE, DEFAULT_EDITIONS, SAVED, snapshot
from tests.chapters.brief.test_page import page
from tests.chapters.page_words import words_of

PAST, AHEAD = pd.Timestamp("2026-10-01"), pd.Timestamp("2027-03-01")
NAME = "05_partners"


def table(**columns):
    return pd.DataFrame(columns)


def partners(**changed):
    tables = {
        "open_questions": table(
            question=["harm_not_said", "kind_unknown"],
            about=["River", "山"],
            owner_role=["Lead", None],
        ),
        "partnerships": table(
            counterpart=["River", "山"], office=["Kenya", "Peru"], review_date=[PAST, AHEAD]
        ),
        "funding": table(
            avenue=["Giving days", "Companies", "Pages"],
            answer=["pursue", "undecided", None],
            review_date=pd.to_datetime([None, PAST, AHEAD]),
            option=["Office", None, None],
            p10=[10_000.0, 1.0, None],
            p50=[20_000.0, 2.0, None],
            p90=[30_000.0, 3.0, None],
            currency=["EUR", "EUR", None],
        ),
        "contact_effort": table(avenue=["direct"], past_stop=[2]),
        "contacts": table(
            avenue=["un_agency"], target=["A desk"], office=["Kenya"], stop_after=[AHEAD]
        ),
        "addressed": table(recommendation_id=["40", "40.1"], n=[7, 3]),
    }
    summary = {"title": "Partners and money", "bottom_line": ["2 run."], "as_of": "2026-11-01"}
    return {**SAVED, NAME: SavedChapter(NAME, summary, tables | changed)}


def test_open_questions_answers_and_days_are_counted_of_a_chapter_in_use():
    made = analyse(ChapterInputs(snapshot(), partners())).tables["engagement"]
    assert made.to_dict("records") == [
        {
            "chapter": "05",
            "title": "Partners and money",
            "questions": 2,
            "without_owner": 1,
            "undecided": 2,
            "past": 4,
        }
    ]


def test_the_page_says_how_many_questions_are_nobodys():
    assert "2 questions open; 1 nobody’s." in words_of(page(partners()))


def test_reviews_and_stop_dates_are_days_to_keep():
    made = (
        analyse(ChapterInputs(snapshot(), partners())).tables["calendar"].set_index("title")["date"]
    )
    assert made["Review: River, Kenya"] == PAST and made["Review: Pages"] == AHEAD
    assert made["Go on or stop? A UN agency: A desk"] == AHEAD


def test_incomes_of_pursued_ways_stand_beside_the_costs_and_nothing_is_netted():
    made = analyse(ChapterInputs(snapshot(), partners())).tables
    assert made["incomes"].to_dict("records") == [
        {"avenue": "Giving days", "option": "Office", "p10": 1e4, "p50": 2e4, "p90": 3e4}
    ]
    costs = analyse(ChapterInputs(snapshot(), SAVED)).tables["options"]
    pd.testing.assert_frame_equal(made["options"], costs)
    words = words_of(page(partners()))
    assert "Incomes a year, never netted" in words and "Giving days" in words


def test_rows_that_speak_to_a_recommendation_are_named_and_are_no_answer():
    covered = analyse(ChapterInputs(snapshot(), partners())).tables["coverage"]
    row = covered.set_index("recommendation_id").loc["40"]
    assert (row["rows"], row["state"]) == ("05 (7)", "nobody has said")
    assert spoken_to(partners()) == {"40": "05 (7)", "40.1": "05 (3)"}


def test_without_optional_chapters_nothing_is_told_of_them():
    made = analyse(ChapterInputs(snapshot(), SAVED))
    assert made.tables["engagement"].empty
    assert "rows_that_speak_to_it" not in made.shown["unanswered"]
    few = analyse(ChapterInputs(snapshot(DEFAULT_EDITIONS["partner"]), partners()))
    assert few.tables["engagement"].empty and CORE.smallest_group == 1
