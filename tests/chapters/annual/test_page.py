"""The annual page: what changed, out of how many, and no more than the edition may count."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from strategy_lib.chapters.annual.analysis import analyse
from strategy_lib.chapters.annual.page import page as annual_page
from strategy_lib.chapters.annual.page.firm import firm
from strategy_lib.chapters.result import ChapterInputs, ChapterResult
from strategy_lib.core.messages import Say
from tests.chapters.annual.test_analysis import (
    ALL_ANSWERED,
    ASKED_AGAIN,
    CORE,
    DECISION,
    FEW,
    LEADERS,
    OPTIONS,
    THEN,
    action,
    card,
    cycle,
    forecast,
    watched,
    weights,
)
from tests.chapters.page_words import rows_of, words_of
from tests.workspaces import CONDITION


def page(then, now, edition=CORE, language="en"):
    before, today = cycle(2025, edition, **then), cycle(2026, edition, **now)
    today = replace(today, language=language)
    given = ChapterInputs(today, before=before, parameters={"draws": 400, "seed": 5})
    return annual_page(analyse(given), given, Say())


def section(made, part):
    return next((s for s in made.sections if s.part == part), None)


def test_the_first_year_has_a_page_of_one_sentence():
    today = cycle(2026, decisions=[DECISION])
    made = annual_page(analyse(ChapterInputs(today)), ChapterInputs(today), Say())
    assert made.said == ("This is the first year: there is no earlier one to compare it with",)
    assert made.main is None and not made.sections


def test_a_lead_that_changed_is_the_finding_with_what_moved_it():
    made = page(THEN, THEN | {"scores": card("A0", (2, 9), (1, 4))})
    assert made.finding == "The lead has changed since 2025: from Office 办事处 to Outside"
    assert made.sentences[0] == (
        "Outside went from 0 to 100 times in 100, Office 办事处 from 100 to 0."
    )
    assert made.sentences[1].startswith(
        "In times of 100, the lead moved +200 because the same people score differently"
    )
    why = section(made, "why")
    assert why.sentences == (
        "Outside stood 100 times in 100 behind Office 办事处, and now stands 100 ahead.",
        "This change is enough, and needed, to put Outside first: how the same people score.",
    )
    assert rows_of(made.main)["Outside"] == ["0", "100", "+100"]


def test_a_changed_weight_is_what_is_blamed():
    made = page(THEN, THEN | {"swing_weights": weights("A0", 20, 100)})
    assert "what the same people find important" in section(made, "why").sentences[1]


def test_nothing_has_changed():
    made = page(THEN, THEN)
    assert made.finding == (
        "The lead is the same: Office 办事处 comes first most often, as in 2025"
    )
    assert "None of the 6 things that the lead rests on has changed." in made.sentences


@pytest.mark.parametrize("edition", [CORE, LEADERS, FEW])
def test_nothing_at_all_is_entered(edition):
    empty = {"units": [], "presence_options": [], "criteria": [], "assessors": []}
    made = page(empty, empty, edition)
    assert made.finding.startswith("Options cannot be compared with 2025: 0 signs are new")


def test_people_would_decide_again_or_not_of_all_who_were_asked():
    made = page({}, ASKED_AGAIN)
    assert (
        "0 of 3 people would decide the same again, 1 would not, 0 are unsure and 2 did not answer."
    ) in made.sentences
    assert "None of 3 people asked has said" in " ".join(
        page({}, {"decisions": [DECISION]}).sentences
    )


def test_no_answer_of_too_few_people_is_shown_beside_a_reason():
    numbers, quotes = section(page({}, ALL_ANSWERED, LEADERS), "differs").pictures
    assert "too few" in rows_of(numbers)["Which presence?"]
    assert {who for _, who in quotes.drawing.quotes} == {"one of those asked"}
    assert "A0" not in words_of(page({}, ALL_ANSWERED, CORE))


@pytest.mark.parametrize("language", ["en", "fr", "es", "zh"])
def test_what_nobody_can_say_is_not_told_as_no_in_any_language(language):
    """Labels differ by language; unknown stays unknown."""
    law = [
        CONDITION | {"condition_id": f"c{n}", "condition": f"Condition {n}", "is_met": state}
        for n, state in enumerate(("unknown", None, "no"))
    ]
    now = {"decisions": [DECISION], "legal_conditions": law}
    (picture,) = section(page({}, now, language=language), "change").pictures
    assert picture.title.endswith("2 of 3 conditions nobody knows")


def test_signs_that_are_new_and_conditions_that_no_longer_hold_are_named():
    both = {"decisions": [DECISION], "actions": [action("Slow", "planned", "2026-10-01")]}
    then, now = watched("yes", "not_seen"), watched("unknown", "seen")
    (picture,) = section(page(then | both, now | both), "change").pictures
    assert picture.title.startswith("1 of 2 signs and conditions watched both times is newly seen")
    rows = rows_of(picture)
    assert rows["The law changes"][:2] == ["Not seen", "Seen"]
    assert rows["Which presence?"][1] == "review due" and rows["Slow"][1] == "31 days late"
    groups = {row.head: row.group for row in picture.drawing.rows}
    assert groups["The law changes"] == "Newly seen"


def test_a_decision_without_a_day_of_review_is_told():
    taken = {**DECISION, "review_date": None}
    (picture,) = section(page({}, {"decisions": [taken]}), "change").pictures
    assert rows_of(picture)["Which presence?"][1] == "no review set"


def test_forecasts_and_statements_are_counted_apart():
    rows = [
        forecast(who, code, 50, outcome)
        for who in ("A0", "A1")
        for code, outcome in (("f1", "yes"), ("f2", None))
    ]
    made = section(page({}, {"forecasts": rows}), "firm")
    assert made.pictures[0].title == (
        "2 people’s 2 forecasts did no better than a coin: 0.25 against 0.25"
    )
    assert made.sentences[-1] == (
        "Nobody has said yet what came of 1 of 2 forecast statements whose day has come."
    )


def test_who_judged_now_is_said_though_who_judged_then_is_too_few_to_count():
    table = pd.DataFrame({"unit": ["U"], "then": [pd.NA], "now": [9], "both": [pd.NA]})
    today = cycle(2026)
    result = analyse(ChapterInputs(today, before=cycle(2025)))
    tables = {**result.tables, "assessors": table}
    made = firm(ChapterResult(tables, {}, (), given=result.given), Say())
    assert made.sentences == ("9 people judged now; how many did in 2025 is not shown here.",)


def test_an_option_that_is_not_compared_is_not_called_never_first():
    scores = card("A0", (2, 9), (9, 4))
    third = {"option_id": "X", "name": "Unscored", "legal_route": "none"}
    given = THEN | {"presence_options": [*OPTIONS, third], "scores": scores}
    assert "Unscored" in rows_of(page(given, given).main)
