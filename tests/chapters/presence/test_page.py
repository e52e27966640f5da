"""The page of chapter 02: what it finds, what it never claims, and rooms of every size."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from strategy_lib.chapters.page import Page
from strategy_lib.chapters.presence.what_if import MOST_SLIDERS, what_if_tables
from strategy_lib.core.settings import PresenceSettings
from strategy_lib.editions.restrict import DEFAULT_EDITIONS
from strategy_lib.judgements.comparison import compare
from strategy_lib.judgements.matrix import score_matrix_of
from strategy_lib.plotting.pictures import Quotes, Shade, Unknown, from_payload, payload
from strategy_lib.plotting.what_if import WhatIf
from strategy_lib.publishing.main_part import main_part, no_links
from tests.chapters.presence.room import (
    CRITERIA,
    OPTIONS,
    analyse,
    card,
    page_of,
    score,
    snapshot,
    texts,
    weights,
)

LEADERS = replace(DEFAULT_EDITIONS["leaders"], smallest_group=3)
TWO_APART = [*card("A1", (2, 0), (8, 6)), *card("A2", (2, 0), (8, 6))]
SURE = card("A1", (9, 0), (2, 6))
COSTS = [
    {
        "option_id": "RO",
        "item": "Rent",
        "p10": 8e4,
        "p50": 1e5,
        "p90": 1.4e5,
        "frequency": "yearly",
    },
    {"option_id": "RO", "item": "Not known", "frequency": "once"},
]


def picture(page: Page, start: str):
    """The picture whose title begins so."""
    return next(p for p in page.pictures if p.title.startswith(start))


def what_if(page: Page) -> WhatIf:
    return next(p.drawing for p in page.pictures if isinstance(p.drawing, WhatIf))


def cells(page: Page, option: str):
    """Cells of an option in the main picture."""
    return next(row.cells for row in page.main.drawing.rows if row.head == option)


def test_what_leads_whatever_is_changed_is_not_called_fragile():
    made = page_of(scores=SURE, swing_weights=weights("A1", 50, 50))
    assert made.badge == ""
    assert made.finding == (
        "Outside comes first 100 times in 100, and holds in all 3 tests of how firm that is"
    )
    assert made.sentences[0].startswith("One person's judgement is all there is:")


def test_who_could_come_first_by_a_few_points_is_named_with_the_points():
    rows = card("A1", (5, 4), (6, 6))
    given = [*weights("A1", 62, 38)]
    made = page_of(scores=rows, swing_weights=given)
    assert made.badge == "Fragile"
    assert made.finding == (
        "Outside has a fragile lead: moving 4.7% of the weight would put Office 办事处 first"
    )
    assert "100 times in 100" in made.sentences[0]


def test_a_lead_that_is_no_lead_with_middle_scores_says_who_leads_then():
    made = page_of(scores=[*card("A1", (2, 0), (8, 6)), *card("A2", (6, 0), (3, 6))])
    assert made.finding == (
        "Outside has a fragile lead: with middle scores and mean weights Office 办事处 comes first"
    )


def test_equal_scores_are_a_tie_and_named_as_one():
    made = page_of(scores=[*card("A1", (5, 5), (5, 5)), *card("A2", (5, 5), (5, 5))])
    assert made.finding == "2 of 2 options share first place: Outside and Office 办事处"
    assert not any(isinstance(p.drawing, WhatIf) for p in made.pictures)
    assert not [s for s in made.sections if s.part == "firm"]


def test_nobody_scored_and_nothing_is_listed():
    assert page_of().finding == "Nobody has scored any of the 2 options yet"
    assert page_of(LEADERS).finding == "Fewer than 3 people have scored any of the 2 options"
    empty = page_of(presence_options=[], criteria=[], assessors=[])
    assert empty == Page(
        "To begin, list the options for a presence, and ask people to score them",
        answered="Nobody was asked to judge the options: no list of people is entered.",
    )


def test_an_option_that_nobody_scored_is_a_row_of_its_own_and_not_ranked_last():
    more = [*OPTIONS, {"option_id": "X", "name": "Hub", "legal_route": "elsewhere"}]
    made = page_of(presence_options=more, scores=card("A1", (8, 0), (2, 3)))
    assert cells(made, "Hub")[-1] == Unknown("Nobody scored it: left out, not ranked last.")
    three = [row for who in ("A1", "A2", "A3") for row in card(who, (8, 0), (2, 3))]
    lower = page_of(LEADERS, presence_options=more, scores=three)
    assert cells(lower, "Hub")[-1].text.startswith("Nobody, or fewer than 3 people, scored it")


def test_an_option_beyond_a_red_line_is_a_row_that_says_whose_line_it_crosses():
    lined = [{**CRITERIA[0], "red_line": 3, "red_line_whose": "Board"}, CRITERIA[1]]
    more = [*OPTIONS, {"option_id": "X", "name": "Hub", "legal_route": "none"}]
    rows = [
        *card("A1", (8, 0), (2, 3)),
        score("A1", "X", "access", 7),
        score("A1", "X", "freedom_lost", 3),
    ]
    made = page_of(criteria=lined, presence_options=more, scores=rows)
    assert cells(made, "Office 办事处")[-1].text == (
        "Out, by a red line of Board: 1 of 1 people score Access below 3 of 10."
    )
    heat = picture(made, "Outside scores")
    crossed = [
        cell
        for row in heat.drawing.rows
        for cell in row.cells
        if isinstance(cell, Shade) and cell.is_limit
    ]
    assert [cell.text for cell in crossed] == ["2"]


def test_where_a_red_line_leaves_one_option_it_is_said_why():
    lined = [{**CRITERIA[0], "red_line": 3, "red_line_whose": "Board"}, CRITERIA[1]]
    made = page_of(criteria=lined, scores=card("A1", (8, 0), (2, 3)))
    assert made.finding == "Only Outside is left to compare, of 2 options"
    assert made.main.title == "1 of 2 options is left to compare"
    assert "1 of 2 options is beyond a red line and not compared: Office 办事处." in made.sentences


def test_a_disputed_red_line_makes_a_lead_fragile():
    lined = [{**CRITERIA[0], "red_line": 3}, CRITERIA[1]]
    rows = [*card("A1", (8, 0), (9, 9)), *card("A2", (8, 0), (9, 9)), *card("A3", (2, 0), (9, 9))]
    given = [row for who in ("A1", "A2", "A3") for row in weights(who, 10, 90)]
    made = page_of(criteria=lined, scores=rows, swing_weights=given)
    assert made.badge == "Fragile"
    tests = picture(made, "Outside keeps its lead")
    assert {row.head: row.cells[1] for row in tests.drawing.rows}["Disputed on no red line"] == (
        "1 of 1"
    )


def legal(code, route="representative_office", met="yes", day="2026-04-21"):
    return {
        "condition_id": code,
        "legal_route": route,
        "kind": "condition",
        "condition": code,
        "is_met": met,
        "counsel_checked_date": day,
        "source": "S",
        "as_of": "2017-01-01",
    }


SEEN = {
    "term_id": "t",
    "kind": "trigger",
    "text": "A law changes",
    "is_about_law": True,
    "state": "seen",
    "last_checked": "2026-09-02",
}
OFFICE_FIRST = {"scores": card("A1", (2, 5), (9, 5)), "swing_weights": weights("A1", 90, 10)}


@pytest.mark.parametrize(
    ("conditions", "terms", "said"),
    [
        (
            [legal("a")],
            [SEEN],
            "Ask counsel again: the route of Office 办事处 was open on "
            "21 April 2026, and the law has changed since.",
        ),
        (
            [legal("a")],
            [],
            "The legal route of Office 办事处 was open when counsel looked on "
            "21 April 2026; confirm it with counsel.",
        ),
        (
            [legal("a", day=None)],
            [],
            "The legal route of Office 办事处 is entered as open, without counsel: ask counsel.",
        ),
        (
            [legal("a", day=None)],
            [SEEN],
            "Ask counsel: the law has changed, and counsel "
            "never confirmed the route of Office 办事处.",
        ),
        (
            [legal("a", met=None)],
            [],
            "Ask counsel: whether the legal route of Office 办事处 is open is not known.",
        ),
        ([], [], "Ask counsel: nobody has listed what the law asks of Office 办事处."),
    ],
)
def test_the_law_of_who_comes_first_is_never_called_open_where_nobody_stands_for_it(
    conditions, terms, said
):
    """A4, A7."""
    made = page_of(legal_conditions=conditions, presence_terms=terms, **OFFICE_FIRST)
    assert said in made.sentences


def test_options_without_listed_law_are_counted_for_counsel():
    """A4, also where nothing is compared."""
    more = [
        {"option_id": "HK", "name": "Entity in Hong Kong", "legal_route": "hong_kong"},
        {"option_id": "X", "name": "Untold"},
    ]
    made = page_of(presence_options=[*OPTIONS, *more], legal_conditions=[legal("a")])
    assert made.sentences == (
        "Ask counsel about 2 of 4 options: confirmation lapsed (0), law not listed (2), state not "
        "known (0).",
    )


def test_a_closed_route_is_said_with_its_denominator():
    made = page_of(legal_conditions=[legal("a", met="no")], scores=card("A1", (8, 0), (9, 3)))
    assert any(s.startswith("1 of 2 options is closed by law") for s in made.sentences)


def test_freedom_stands_beside_the_money_with_its_weight():
    """A8."""
    given = [*weights("A1", 75, 25), *weights("A2", 75, 25)]
    made = page_of(
        scores=TWO_APART, swing_weights=given, costs=COSTS, presence=PresenceSettings(budget=4e5)
    )
    section = next(s for s in made.sections if s.part == "cost")
    assert section.sentences[-1] == (
        "Freedom to speak has no price and is not in the money; in the ranking it weighs 25 of 100 "
        "points."
    )
    grid = section.pictures[0].drawing
    office, outside = (
        next(r for r in grid.rows if r.head == n) for n in ("Office 办事处", "Outside")
    )
    assert office.cells[0].text == "0.4 to 0.7; 1 of 2 items without an amount"
    assert outside.cells[0] == Unknown("no amount entered")
    assert grid.columns[0].limit == 4e5


CLOSE = {
    ("OUT", "access"): (2, 5, 8),
    ("OUT", "freedom_lost"): (4, 5, 6),
    ("RO", "access"): (2, 5.2, 9),
    ("RO", "freedom_lost"): (4, 5, 6),
}


def asking(**records):
    """The first sentence on what would change the answer."""
    return next(s for s in page_of(**records).sections if s.part == "change").sentences[0]


def test_what_is_worth_asking_first_is_said_or_that_nothing_is():
    """A15."""
    even = weights("A1", 50, 50)
    assert asking(scores=SURE, swing_weights=even) == (
        "Nothing is worth asking first: to know the scores on all 2 criteria would not change who "
        "leads."
    )
    close = [score("A1", *key, best, low, high) for key, (low, best, high) in CLOSE.items()]
    assert asking(scores=close, swing_weights=even).startswith("Ask first about Access: ")


def test_triggers_are_counted_and_what_nobody_looked_at_is_said():
    terms = [SEEN, {**SEEN, "term_id": "u", "text": "B", "state": None, "last_checked": None}]
    made = page_of(presence_terms=terms, **OFFICE_FIRST)
    assert picture(made, "1 of 2 triggers").title == (
        "1 of 2 triggers that reopen the decision has been seen; nobody has looked at 1"
    )


def test_dissent_is_quoted_without_who_said_it():
    decision = {
        "decision_id": "d",
        "chapter": "02",
        "decision": "We go on.",
        "decided_by": "Board",
        "decided_date": "2025-11-20",
        "dissent": '"Too visible." "Too soon."',
        "dissent_by": "Hong Kong office",
    }
    made = page_of(decisions=[decision], **OFFICE_FIRST)
    quotes = next(p for p in made.pictures if isinstance(p.drawing, Quotes))
    assert quotes.title == "2 views that differ are on record"
    assert quotes.drawing.quotes == (("Too visible.", ""), ("Too soon.", ""))
    assert "Hong Kong office" not in " ".join(texts(made))


def test_the_order_of_the_options_is_the_same_in_every_picture():
    made = page_of(
        scores=TWO_APART,
        costs=COSTS,
        swing_weights=[*weights("A1", 100, 0), *weights("A2", 90, 10)],
    )
    order = [row.head for row in made.main.drawing.rows]
    assert order == ["Office 办事处", "Outside"]
    for found in made.pictures:
        grid = found.drawing
        heads = [r.head for r in getattr(grid, "rows", ()) if r.head in order]
        assert heads == [name for name in order if name in heads], found.title
    assert what_if(made).options == tuple(order)


def many(options, people, criteria=2, length=0):
    """A room of any size; every score differs."""
    names = [
        f"{'مكتب' if n % 3 == 0 else '办事处' if n % 3 == 1 else 'Office'} {n} ".ljust(length, "w")
        for n in range(options)
    ]
    said = [
        {"option_id": f"O{n}", "name": name, "legal_route": "elsewhere"}
        for n, name in enumerate(names)
    ]
    asked = [
        {
            "criterion_id": f"c{n}",
            "name": f"Criterion {n}",
            "direction": "lower_is_better" if n % 2 else "higher_is_better",
        }
        for n in range(criteria)
    ]
    who = [{"assessor_id": f"A{n}", "unit_id": "hq"} for n in range(people)]
    scores = [
        score(f"A{p}", f"O{o}", f"c{c}", (3 * o + 5 * c + 2 * p + o * c) % 11)
        for p in range(people)
        for o in range(options)
        for c in range(criteria)
    ]
    return {"presence_options": said, "criteria": asked, "assessors": who, "scores": scores}


@pytest.mark.parametrize(
    ("options", "people", "criteria", "length"),
    [(40, 3, 14, 90), (2, 1, 1, 0), (9, 3, 20, 0), (3, 3, 2, 90), (12, 1, 3, 0), (2, 2, 14, 0)],
)
@pytest.mark.parametrize("edition", [DEFAULT_EDITIONS["core"], LEADERS], ids=["core", "leaders"])
def test_rooms_of_every_size_have_a_page_of_the_same_grammar(
    edition, options, people, criteria, length
):
    made = page_of(edition, draws=200, costs=[], **many(options, people, criteria, length))
    assert from_payload(payload(made)) == made
    assert str(main_part(made, no_links)).startswith("<h1")
    for found in made.pictures:
        rows, columns = (len(getattr(found.drawing, n, ())) for n in ("rows", "columns"))
        assert rows <= 14 and columns <= 9, found.title
        assert not any("…" in text for text in texts(found))
    if options > 9 and made.main:
        assert "more in the table" in made.main.subtitle


def test_findings_titles_and_sentences_are_short_where_names_are():
    named = [
        {**row, "short_name": short}
        for row, short in zip(OPTIONS, ("Work via a partner", "Office, one province"), strict=True)
    ]
    lined = [
        {**CRITERIA[0], "red_line": 3, "short_name": "Access to deciders"},
        {**CRITERIA[1], "short_name": "Freedom to speak lost"},
    ]
    people = [{"assessor_id": f"B{n}", "unit_id": "hq"} for n in range(9)]
    rows = [row for n in range(9) for row in card(f"B{n}", (2 + n % 5, n), (8 - n % 6, 9 - n))]
    made = page_of(
        presence_options=named,
        criteria=lined,
        assessors=people,
        scores=rows,
        costs=COSTS,
        presence_terms=[SEEN],
        legal_conditions=[legal("a")],
        presence=PresenceSettings(budget=4e5),
    )
    assert len(made.finding.split()) <= 20
    said = [*made.sentences, *(s for section in made.sections for s in section.sentences)]
    assert [s for s in said if len(s.split()) > 25] == []
    assert [p.title for p in made.pictures if len(p.title.split()) > 20] == []
    assert {s.part for s in made.sections} == {"why", "firm", "cost", "differs", "change"}


def test_nothing_on_the_page_names_a_person():
    rows = [row for who in ("A1", "A2", "A3") for row in card(who, (8, 0), (2, 3))]
    found = " ".join(texts(page_of(scores=rows)))
    assert not re.search(r"\bA[123]\b", found)


def test_a_letter_that_is_somebodys_code_stands_for_no_option():
    people = [{"assessor_id": code, "unit_id": "hq"} for code in "ABC"]
    rows = [row for who in "ABC" for row in card(who, (8, 0), (2, 3))]
    made = page_of(LEADERS, assessors=people, scores=rows)
    assert what_if(made).letters == ("D", "E")


def test_the_page_says_no_word_of_the_trade():
    rows = [*card("A1", (2, 0), (8, 6)), *card("A2", (6, 0), (3, 6))]
    said = " ".join(texts(page_of(scores=rows, costs=COSTS, presence_terms=[SEEN])))
    banned = r"\b(draws?|medians?|assessors?|hedge|regret|should|best|recommend\w*|winner)\b"
    assert not re.search(banned, said, re.I), re.findall(banned, said, re.I)


def test_what_fewer_than_three_people_scored_is_in_no_what_if_of_a_lower_edition():
    """The pair of two people is left out with its option, and named; others are not affected."""
    more = [*OPTIONS, {"option_id": "X", "name": "Hub", "legal_route": "none"}]
    whole = [row for who in ("A1", "A2", "A3") for row in card(who, (8, 2), (2, 3))]
    hub = [score(who, "X", "access", 7.75) for who in ("A1", "A2", "A3")]
    small = [score(who, "X", "freedom_lost", 1.25) for who in ("A1", "A2")]
    given = {"presence_options": more, "scores": [*whole, *hub, *small]}
    core, lower = page_of(**given), page_of(LEADERS, **given)
    assert "Hub" in what_if(core).options and "Hub" not in what_if(lower).options
    place = what_if(core).options.index("Hub")
    assert what_if(core).values[place] == pytest.approx((77.5, 87.5))
    found = next(p for p in lower.pictures if isinstance(p.drawing, WhatIf))
    assert "1 of 3 options, Hub" in found.subtitle and "fewer than 3 people" in found.subtitle
    numbers = [v for row in what_if(lower).values for v in row]
    assert not any(abs(v - 87.5) < 1e-6 or abs(v - 77.5) < 1e-6 for v in numbers)


def test_what_a_withheld_row_says_changes_no_number_of_the_what_if():
    rows = [row for who in ("A1", "A2", "A3") for row in card(who, (8, 2), (2, 3))]
    given = [row for who in ("A1", "A2", "A3") for row in weights(who, 60, 40)]
    people = [{"assessor_id": f"A{n}", "unit_id": "hq"} for n in range(1, 5)]
    secret = [{**row, "handling": "restricted"} for row in card("A4", (0, 10), (10, 0))]
    leaders = DEFAULT_EDITIONS["leaders"]
    pages = [
        page_of(leaders, assessors=people, scores=scores, swing_weights=given)
        for scores in (rows, [*rows, *secret])
    ]
    assert what_if(pages[0]) == what_if(pages[1])


def test_the_what_if_holds_middle_values_and_mean_weights_and_nothing_else():
    given = [*weights("A1", 75, 25), *weights("A2", 25, 75)]
    made = what_if(page_of(scores=TWO_APART, swing_weights=given))
    by_name = dict(zip(made.options, made.values, strict=True))
    assert by_name["Outside"] == pytest.approx((20, 100))
    assert by_name["Office 办事处"] == pytest.approx((80, 40))
    assert made.weights == pytest.approx((50, 50), abs=2)
    result = analyse(scores=TWO_APART, swing_weights=given)
    assert set(result.tables["what_if"]) == {"option", "criterion", "value"}


def test_without_groups_the_heaviest_criteria_have_sliders():
    sliders = what_if(page_of(draws=200, **many(3, 3, 20))).sliders
    assert len(sliders) == MOST_SLIDERS
    assert all(len(slider.criteria) == 1 for slider in sliders)


def test_criteria_of_a_group_are_moved_together():
    shown = snapshot(**many(3, 3, 4))
    comparison = compare(score_matrix_of(shown.restricted), 200, 5)
    criteria = comparison.matrix.criteria.assign(group=["Reach", "", "Reach", ""])
    grouped = replace(comparison, matrix=replace(comparison.matrix, criteria=criteria))
    made = what_if_tables(grouped)
    found = made["sliders"].groupby("slider")["criterion"].agg(list).to_dict()
    assert found == {
        "Reach": ["Criterion 0", "Criterion 2"],
        "Criterion 1": ["Criterion 1"],
        "Criterion 3": ["Criterion 3"],
    }
    assert set(made["leads_along"]["slider"]) == set(found)
