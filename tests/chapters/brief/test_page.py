"""The brief's page: who decides what by when, people's words whole, and no verdict of ours."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd
import pytest

from strategy_lib.chapters.brief.analysis import analyse
from strategy_lib.chapters.brief.page import page as brief_page
from strategy_lib.chapters.codes import RouteState
from strategy_lib.chapters.page import MOST_ROWS
from strategy_lib.chapters.result import ChapterInputs
from strategy_lib.core.messages import Say
from strategy_lib.core.settings import PresenceSettings
from strategy_lib.editions.restrict import DEFAULT_EDITIONS
from strategy_lib.editions.results import SavedChapter
from tests.chapters.brief.test_analysis import (
    ACTION,
    BOARD_OF_CASES,
    BRIEF,
    CORE,
    DECISION,
    HOSTILE,
    SAVED,
    chapter,
    snapshot,
)
from tests.chapters.page_words import rows_of, words_of

LONG = ["We rest. " * 340, "决议。" * 1000, HOSTILE]
PRESENCE = SAVED["02_china_presence"]


def page(chapters=None, edition=CORE, budget=None, **records):
    inputs = replace(snapshot(edition, **records), presence=PresenceSettings(budget=budget))
    saved = SAVED if chapters is None else chapters
    given = ChapterInputs(now=inputs, chapters=saved)
    return brief_page(analyse(given), given, Say())


def section(made, part):
    return next(s for s in made.sections if s.part == part)


def with_tables(**tables):
    return {PRESENCE.name: replace(PRESENCE, tables={**PRESENCE.tables, **tables})}


def test_nothing_is_entered_and_nothing_saved():
    made = page({})
    assert made.finding.startswith("To begin, write the question")
    assert not made.sections and made.main is None


def test_the_finding_is_what_is_decided_by_whom_and_when():
    made = page(brief=[BRIEF])
    assert made.finding == "Board decides by 27 November 2026: “Do we rest it?”"
    assert page(brief=[{**BRIEF, "purpose": "discuss"}]).finding.startswith("Board discusses by")
    assert page(brief=[{**BRIEF, "decision_by": None}]).finding == (
        "Board decides, on a day that nobody has set: “Do we rest it?”"
    )
    assert page(brief=[{**BRIEF, "asked_of": None}]).finding.startswith("Somebody who is not named")
    long = page(brief=[{**BRIEF, "question": "Do we rest " + "it and look again " * 8 + "?"}])
    assert long.finding == "Board decides the question below by 27 November 2026"
    assert page(actions=[ACTION]).finding.startswith("Nobody has put a question")


def test_what_is_to_be_decided_first_stands_first():
    rows = [
        {**BRIEF, "brief_id": "n", "purpose": "note", "decision_by": "2026-11-02"},
        {**BRIEF, "brief_id": "l", "question": "Later?", "decision_by": "2027-01-01"},
        {**BRIEF, "brief_id": "e", "question": "Earlier?", "decision_by": "2026-11-20"},
        {**BRIEF, "brief_id": "d", "question": "No day?", "decision_by": None},
    ]
    assert page(brief=rows).finding.endswith("“Earlier?”")
    made = analyse(ChapterInputs(snapshot(brief=rows), SAVED))
    assert made.tables["questions"]["question"].tolist() == [
        "Earlier?",
        "Later?",
        "No day?",
        "Do we rest it?",
    ]


@pytest.mark.parametrize("words", LONG)
def test_a_resolution_is_never_shortened_or_changed(words):
    made = page(brief=[{**BRIEF, "resolution_wording": words, "minority_view": words}])
    quoted = [text for p in section(made, "why").pictures for text, _ in p.drawing.quotes]
    assert quoted.count(words.strip()) == 2


def test_voices_in_marks_of_their_own_are_quoted_one_by_one():
    made = page(brief=[{**BRIEF, "minority_view": '"Too soon." "Too dear."'}])
    (_, minority) = section(made, "why").pictures
    assert [text for text, _ in minority.drawing.quotes] == ["Too soon.", "Too dear."]


def test_a_recommendation_stands_with_whose_it_is_and_after_what_differs():
    made = page(brief=[BRIEF], decisions=[DECISION])
    text = words_of(made)
    assert "Directors: what they recommend" in text
    assert text.index("Too soon.") < text.index("Rest it.")
    assert not re.search(r"\b(should|best)\b|recommended option", text)


def test_without_a_recommendation_the_choice_is_open_whatever_the_ranks_say():
    made = page(brief=[{**BRIEF, "recommendation": None}])
    assert "The choice is open: nobody has entered a recommendation." in words_of(made)


def test_no_view_on_record_is_not_agreement():
    said = words_of(page({}, brief=[{**BRIEF, "minority_view": ""}]))
    assert "does not mean that all agree" in said


def test_dissent_against_a_decision_stands_with_its_day_and_without_who_said_it():
    more = {**DECISION, "decision_id": "d2", "decided_date": "2026-02-01", "dissent": "Later."}
    for edition in (CORE, DEFAULT_EDITIONS["leaders"]):
        text = words_of(page(edition=edition, brief=[BRIEF], decisions=[DECISION, more]))
        assert "Later.\non the decision of 1 February 2026" in text
        assert not re.search("Kenya|Germany", text)


def test_options_say_what_is_not_known_instead_of_zero():
    rows = rows_of(page(brief=[BRIEF], budget=3e5).main)
    assert rows["Hub"][:3] == ["not compared", "no amount", "no score"]
    assert rows["Office"] == ["40", "0.2", "7", "disputed", "not entered"]
    assert rows["Outside"][:3] == ["60", "no amount", "0"]


def test_an_order_that_chapter_02_calls_fragile_is_called_so_at_once():
    firm = page(brief=[BRIEF]).sentences[0]
    assert firm == "Outside comes first most often of 2 options, 60 times in 100."
    saved = with_tables(
        standing=pd.DataFrame({"option": ["Outside"], "is_fragile": ["yes"]}),
        firmness=pd.DataFrame({"is_held": ["yes", "no", "no"]}),
        flips=pd.DataFrame({"option": ["Office"], "points_to_move": [0.5]}),
    )
    made = page(saved, brief=[BRIEF])
    assert made.sentences[0].endswith("that is fragile: 2 of 3 tests fail.")
    assert section(made, "firm").sentences[0] == (
        "Moving 0.5 of 100 points of weight is enough for Office to come first most often."
    )


def test_options_that_share_first_place_are_both_named():
    ranks = pd.DataFrame({"option": ["Outside", "Office"], "rank_1_pct": [50.0, 50.0]})
    assert page(with_tables(ranks=ranks)).sentences[0] == (
        "Outside and Office share first place of 2 options, each 50 times in 100."
    )


@pytest.mark.parametrize("state", RouteState)
def test_no_law_is_called_unneeded_where_none_was_listed(state):
    """A4: only what was entered as needing none needs none, and counsel confirms all."""
    routes = pd.DataFrame({"options": ["Office"], "state": [state]})
    main = page(with_tables(routes=routes), brief=[BRIEF]).main
    law = rows_of(main)["Office"][4]
    assert len(law) < 30 and (law == "none needed") == (state == RouteState.NONE_NEEDED)
    assert main.drawing.columns[4].note == "confirm with counsel"


def test_money_is_held_against_the_budget_and_freedom_has_no_price():
    """A8: freedom to speak is in no amount, and is one of the criteria."""
    made = page(brief=[BRIEF], budget=100_000)
    assert "1 of 1 is above the budget of EUR 0.1 million" in made.sentences[1]
    cost = section(made, "cost")
    assert "is one of the criteria" in cost.sentences[0]
    rows = rows_of(cost.pictures[0])
    assert rows["Office"] == ["0.1 to 0.4", "30", "2 to 9"]
    assert rows["Outside"][0] == "no amount" and rows["Outside"][2] == "0"


def test_an_option_that_the_recommendation_names_is_marked():
    made = page(
        brief=[{**BRIEF, "recommendation": "Go on with outside work."}],
        decisions=[{**DECISION, "decision": "An office and a hub."}],
    )
    notes = {row.head: row.note for row in made.main.drawing.rows}
    assert notes == {
        "Outside": "recommended",
        "Office": "in the last decision",
        "Hub": "in the last decision",
    }


def test_a_question_of_another_chapter_has_no_options_of_presence():
    assert page(brief=[{**BRIEF, "chapter": "01"}]).main is None
    cells = pd.DataFrame(
        [["Learn", "Thaw", 6.0, "yes"]], columns=["option", "scenario", "median", "counted"]
    )
    given = chapter("04_scenarios", option_cells=cells.assign(lowest=0.5, highest=9.0))
    main = page(given, brief=[{**BRIEF, "chapter": "04"}]).main
    assert rows_of(main) == {"Learn": ["6"]}


def test_actions_that_are_late_or_nobodys_are_counted_and_come_first():
    rows = [
        {**ACTION, "action_id": "n", "action": "Next"},
        {**ACTION, "action_id": "o", "action": "Nobody's", "owner_role": None},
        {**ACTION, "action_id": "l", "action": "Late", "due_date": "2026-10-31"},
        {**ACTION, "action_id": "d", "action": "Done", "status": "done"},
    ]
    made = page(actions=rows, decisions=[DECISION])
    assert "1 of 4 actions is late; 1 of 4 has nobody who does them." in made.sentences
    (picture,) = section(made, "change").pictures
    assert list(rows_of(picture)) == ["Late", "Nobody's", "Next", "Which presence?"]
    assert rows_of(picture)["Late"][2] == "1 day late"
    assert picture.title == "1 of 4 actions is late, and 1 of 4 is nobody’s job"


def test_an_owner_that_an_edition_may_not_show_is_not_called_missing():
    edition = replace(DEFAULT_EDITIONS["partner"], smallest_group=1)
    made = page(edition=edition, actions=[{**ACTION, "handling": "public"}])
    assert "nobody yet" not in words_of(made)


def test_what_comes_first_and_has_no_action_is_named():
    first = pd.DataFrame(
        {
            "recommendation_id": ["4", "9"],
            "recommendation": ["4 Presence", "9 Memory"],
            "gap": ["1–2", "3"],
            "importance": ["4", "4"],
            "roles": ["", ""],
        }
    )
    made = page(chapter("00_prepare", first_things=first), actions=[ACTION])
    assert section(made, "change").sentences == (
        "1 of 2 tasks to do first has no action in the plan: Memory.",
        "Nobody has said what becomes of 47 of 48 of the guide's recommendations.",
    )


def test_a_chapter_without_input_is_not_called_there():
    """A5: all five are made, and nobody has entered a case."""
    some = pd.DataFrame({"any": ["entered"]})
    saved = {
        **chapter("00_prepare", hub=some),
        **chapter("01_internal_mapping", coverage_places=some),
        **SAVED,
        **chapter("03_speaking_out", board=BOARD_OF_CASES.iloc[:0], roles=some),
        **chapter("04_scenarios", coverage=some),
    }
    named = {name: replace(c, summary={**c.summary, "title": name}) for name, c in saved.items()}
    (picture,) = section(page(named, actions=[ACTION]), "firm").pictures
    assert picture.title == (
        "1 of 5 chapters behind this brief holds nothing to rest on: 03_speaking_out"
    )
    (gone,) = section(page({}, actions=[ACTION]), "firm").pictures
    assert gone.title.startswith("5 of 5 chapters")
    assert set(rows_of(gone).values().__iter__().__next__()) == {"not in this edition", ""}
    full = {**saved, **chapter("03_speaking_out", board=BOARD_OF_CASES)}
    (picture,) = section(page(full, actions=[ACTION]), "firm").pictures
    assert picture.title == "What the 5 chapters behind this brief found first"
    zeros = pd.DataFrame({"voice": ["workers"], "findings": [0]})
    asked_for = {**full, **chapter("06_companies", step_by_voice=zeros)}
    (picture,) = section(page(asked_for, actions=[ACTION]), "firm").pictures
    assert picture.title.startswith("1 of 6 chapters behind this brief holds nothing to rest on")


def test_forty_options_with_long_names_are_ordinary_input():
    names = [f"{'A long name of an option ' * 4}{n}" for n in range(39)] + ["اسم", "名"][:1]
    ranks = pd.DataFrame({"option": names, "rank_1_pct": [2.5] * 40})
    made = page(chapter(ranks=ranks), brief=[{**BRIEF, "question": HOSTILE}])
    assert len(made.main.drawing.rows) == MOST_ROWS
    assert made.main.drawing.rows[-1].head == "and 32 more in the table"
    assert "…" not in words_of(made)


def test_an_edition_that_lists_no_single_record_names_no_action_and_no_decision():
    edition = replace(DEFAULT_EDITIONS["leaders"], smallest_group=3)
    made = page(edition=edition, actions=[ACTION], decisions=[DECISION], brief=[BRIEF])
    assert "Ask counsel" not in words_of(made) and "Which presence?" not in words_of(made)


def test_a_chapter_without_any_table_says_what_it_found():
    found = SavedChapter("01_internal_mapping", {"bottom_line": ["34 of 42 offices answered."]})
    text = words_of(page({found.name: found}, actions=[ACTION]))
    assert "34 of 42 offices answered." in text
