"""The front page: what it says of saved tables, and what it says where they are missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from strategy_lib.core.audiences import DEFAULT_EDITIONS
from strategy_lib.editions.results import SavedChapter
from strategy_lib.publishing.edition import ExecutedChapter, PublishContext, landing_page
from strategy_lib.publishing.front.futures import Tried
from strategy_lib.publishing.front.lines import MOST_WORDS, shortened
from strategy_lib.publishing.front.options import OptionNames, option_names
from strategy_lib.publishing.front.page import folded, front_page

AS_OF = date(2026, 11, 1)
FILED = "Temporary activities filed by a partner"
OFFICE = "Representative office in one province"
MANY = "Representative office for many provinces"
LOCAL = "Independent local foundation or social enterprise"
SAFETY = "Safety of staff, families and partners"
QUOTES = (
    'Germany, advocacy: "We already weigh our words. One more year of filings makes that a habit." '
    'Mainland programme: "Without an office we cannot promise our colleagues anything beyond a '
    'year."'
)
HOSTILE = "<script>window.injected = 1</script>\u202e"
LONG = "An option whose name somebody typed with ninety characters, all of which must be readable!"


def presence(**changes):
    """Chapter 02 of the example, as `leaders` may see it."""
    ranks = {
        FILED: 55.3,
        "Outside only": 29.8,
        "Hub elsewhere in Asia": 12.2,
        "No China work at all": 2.4,
        "Entity in Hong Kong": 0.3,
        OFFICE: 0.0,
        "Responsible exit": 0.0,
    }
    lost = {
        "No China work at all": (0, 0, 0),
        "Outside only": (0, 0, 0),
        FILED: (1, 3, 5),
        OFFICE: (2, 7, 9),
        MANY: (7, 8, 9),
        "Entity in Hong Kong": (5, 6, 8),
        "Hub elsewhere in Asia": (0, 1, 2),
        LOCAL: (None, None, None),
        "Responsible exit": (2, 2, 3),
    }
    costs = [
        ("Responsible exit", 39525, 73505, 139137, 0.1),
        ("Outside only", 215086, 277211, 382257, 0.4),
        (FILED, 410143, 549367, 784434, 36.0),
        ("Hub elsewhere in Asia", 681919, 853928, 1104539, 97.7),
        ("Entity in Hong Kong", 1114627, 1388381, 1827877, 100.0),
        (OFFICE, 1160091, 1521265, 2193448, 100.0),
        (MANY, 2565591, 3407549, 4875517, 100.0),
    ]
    tests = [
        ("middle", "yes", None, None, None),
        ("points", "no", 0.53, 100, "Outside only"),
        ("half", "yes", 55.3, 100, None),
        ("criterion", "no", 1, 2, None),
        ("person", "yes", 0, 9, None),
        ("lines", "yes", 0, 2, None),
    ]
    lines = [(MANY, "beyond", 9, None), (LOCAL, "too_few", 0, 0), (FILED, "within", 9, 0)]
    tables = {
        "ranks": pd.DataFrame(ranks.items(), columns=["option", "rank_1_pct"]),
        "freedom": pd.DataFrame(
            [[name, 0 if given[0] is None else 9, *given] for name, given in lost.items()],
            columns=[
                "option",
                "answers",
                "freedom_lost_lowest",
                "freedom_lost_median",
                "freedom_lost_highest",
            ],
        ),
        "costs": pd.DataFrame(costs, columns=["option", "p10", "p50", "p90", "over_budget_pct"]),
        "plan": pd.DataFrame({"currency": ["EUR"], "years": [5], "budget": [600000.0]}),
        "first_counts": pd.DataFrame(
            {
                "option": [FILED, "Outside only", "Hub elsewhere in Asia"],
                "people": [5, None, None],
                "of": [9, 9, 9],
            }
        ),
        "favouring_weights": pd.DataFrame(
            {
                "option": [FILED, "Outside only"],
                "cares_most_about": ["Programme reach (10); Partners (9)", "Data exposed (9)"],
            }
        ),
        "answers": pd.DataFrame({"unit": ["Lisbon", "Others"], "assessors": [3, 6]}),
        "firmness": pd.DataFrame(tests, columns=["kind", "is_held", "number", "out_of", "rival"]),
        "without_criterion": pd.DataFrame(
            {
                "without": ["Access", "Programme reach"],
                "first": [FILED, "Outside only"],
                "changes": [False, True],
            }
        ),
        "red_lines": pd.DataFrame(
            [
                [name, SAFETY, "at least 3", "International board", *rest]
                for name, *rest in ((n, s, b, v) for n, v, s, b in lines)
            ],
            columns=["option", "criterion", "allowed", "whose", "scored", "beyond", "verdict"],
        ),
        "widest_cells": pd.DataFrame({"option": [FILED], "criterion": [SAFETY], "median": [7.0]}),
        "routes": pd.DataFrame(
            {
                "route": ["None needed", "Representative office", "Hong Kong"],
                "options": ["Outside only", OFFICE, "Entity in Hong Kong"],
                "state": ["none_needed", "not_known", "not_listed"],
            }
        ),
    }
    summary = {"title": "China presence", "bottom_line": ["Fragile."]}
    return SavedChapter("02_china_presence", summary, {**tables, **changes})


def brief(**changes):
    """Chapter 08 of the example."""
    tables = {
        "questions": pd.DataFrame(
            [
                {
                    "purpose": "To decide",
                    "question": "A condition of the decision of 2025 has not come about: no supervisory "
                    "unit has agreed. Do we go on preparing an application, or rest it?",
                    "recommendation": "Rest the application for a representative office. Go on with "
                    "temporary activities filed by a partner for one more year. Look "
                    "again in November 2027, or sooner if a supervisory unit answers.",
                    "recommended_by": "Directors' group",
                    "asked_of": "International board",
                    "decision_by": "2026-11-27",
                    "minority_view": QUOTES,
                    "risks": "The partner carries the risk of each filing. What is owed to people on "
                    "leaving is only half written down.",
                }
            ]
        ),
        "decisions": pd.DataFrame(
            [
                {
                    "decided_date": "2025-11-20",
                    "decided_by": "International board",
                    "decision": f"The federation prepares an application for a {OFFICE.lower()}.",
                    "review_date": "2026-11-15",
                }
            ]
        ),
        "actions": pd.DataFrame(
            [
                ["Get a written answer", "China desk", "2026-06-30", "late", "yes"],
                [
                    "Rehearse the protocol for public statements with one case from each region",
                    None,
                    "2026-11-20",
                    "under_way",
                    "no",
                ],
                ["Done already", "China desk", "2026-11-10", "done", "no"],
            ],
            columns=["action", "owner", "due_date", "status_code", "is_overdue"],
        ),
        "scenario_options": pd.DataFrame({"option": ["Knowledge first", "Registered presence"]}),
        "scenario_falls_short": pd.DataFrame(
            {
                "option": ["Registered presence"] * 3,
                "scenario": ["Closed shutters", "Many ports", "Slow weather"],
            }
        ),
        "scenario_scores": pd.DataFrame(
            {
                "option": ["Knowledge first", "Registered presence"],
                "Closed shutters": [5.5, 1.5],
                "Many ports": [5.5, 4.5],
                "Open tables": [6.5, 8.5],
                "Slow weather": [6.0, 4.25],
            }
        ),
    }
    return SavedChapter("08_strategy_brief", {"title": "Strategy brief"}, {**tables, **changes})


def tried_as(name):
    """The tables of the futures, with this name for the option that falls short."""
    named = ("scenario_options", "scenario_falls_short")
    return {table: brief().tables[table].replace("Registered presence", name) for table in named}


def mapping(bottom_line=("34 of 42 offices have answered.",)):
    tables = {
        "discovery": pd.DataFrame({"n_not_known": [69], "n_told": [228]}),
        "answers": pd.DataFrame({"answer": ["no answer"] * 8 + ["answered"] * 34}),
    }
    summary = {"title": "Internal mapping", "bottom_line": list(bottom_line)}
    return SavedChapter("01_internal_mapping", summary, tables)


def others():
    annual = pd.DataFrame(
        {"option": [OFFICE, FILED], "before_pct": [56.6, 1.1], "now_pct": [0.0, 55.3]}
    )
    kinds = pd.DataFrame({"n_not_asked": [37], "n_silent": [0], "n_answered": [5]})
    return [
        SavedChapter("00_prepare", {"title": "Prepare"}, {"answers_by_kind": kinds}),
        SavedChapter(
            "03_speaking_out",
            {"title": "Speaking out", "bottom_line": ["No case may be listed in this edition."]},
        ),
        SavedChapter(
            "04_scenarios",
            {"title": "Scenarios"},
            {"kinds": brief().tables["scenario_options"][["option"]]},
        ),
        SavedChapter(
            "09_annual_reassessment", {"title": "Annual reassessment"}, {"why_standing": annual}
        ),
    ]


SHORT = OptionNames(
    {
        FILED: "Work via a partner",
        OFFICE: "Office, one province",
        MANY: "Office, many provinces",
        LOCAL: "Local foundation",
        SAFETY: "Safety of people",
    }
)


def page_of(*chapters, called=None):
    pages = [(c.name, c.title, "What do we ask?") for c in chapters]
    return front_page(pages, {c.name: c for c in chapters}, AS_OF, called)


def html_of(*chapters, edition="leaders", called=None, **context):
    executed = [
        ExecutedChapter(c.name, c.title, "What do we ask?", None, c.summary) for c in chapters
    ]
    about = PublishContext(
        "Hearthway Commons International", "en", 2026, DEFAULT_EDITIONS[edition], AS_OF, 264
    )
    about = replace(about, **context)
    return landing_page(executed, about, (), {c.name: c for c in chapters}, called)


@pytest.fixture(scope="module")
def example():
    return [mapping(), presence(), brief(), *others()]


def test_the_question_stands_first_with_whom_and_when(example):
    ask = page_of(*example).ask
    assert ask.head == "To decide: International board, by 27 November 2026"
    assert ask.question == "Do we go on preparing an application, or rest it?"
    assert ask.before.startswith("A condition of the decision of 2025")
    assert ask.recommended_by == "Directors' group"
    whole = f"{ask.recommendation.shown} {ask.recommendation.more}"
    assert whole == brief().tables["questions"]["recommendation"].iloc[0]


def test_options_stand_with_how_often_cost_and_freedom(example):
    table = page_of(*example).options
    rows = {row.name: row for row in table.rows}
    filed = rows[FILED]
    assert [row.name for row in table.rows][:2] == [FILED, "Outside only"]
    assert (filed.first_shown, filed.cost.shown) == ("55", "0.5")
    assert filed.freedom.words == "3 of 10, from 1 to 5"
    assert (table.unit, table.years, table.budget) == ("EUR million", "over 5 years", "0.6")
    assert rows["Entity in Hong Kong"].first_shown == "<1"
    assert rows["No China work at all"].cost is None
    assert [row.name for row in table.shown] == [name for name in rows if name not in (MANY, LOCAL)]
    assert table.out == (
        f"Not compared: “{MANY}” (red line: “{SAFETY}”) and “{LOCAL}” (too few scores)."
    )
    assert filed.named_in == ("recommended",)
    assert rows[OFFICE].named_in == ("decision of 2025",)
    assert (rows["Outside only"].named_in, rows["Outside only"].answer) == ((), "")


def test_each_answer_is_marked_at_the_option_that_means_it(example):
    called = OptionNames(answers={FILED: "Pause", OFFICE: HOSTILE})
    table = page_of(*example, called=called).options
    assert [row.answer for row in table.rows if row.answer] == ["Pause", HOSTILE]


def test_failed_tests_are_named_with_what_leads_instead(example):
    page = page_of(*example)
    assert page.verdict == "A fragile lead: it fails 2 of 6 tests"
    assert [test.found for test in page.tests if not test.is_held] == [
        "If 0.5% of average weight moves: “Outside only” leads",
        "Without “Programme reach”: “Outside only” leads",
    ]


def test_the_second_screen_says_danger_futures_dates_and_what_is_unknown(example):
    page = page_of(*example)
    assert page.ask.risks.shown.startswith("The partner carries the risk of each filing.")
    assert page.danger == (f"{SAFETY}: the leading option has 7 of 10, red line at least 3.",)
    assert [(f.name, f.falls_short, f.of) for f in page.futures][-1] == ("Open tables", 0, 2)
    assert page.in_futures == "In 4 futures"
    assert page.put_first == f"4 of 9 people do not put “{FILED}” first."
    assert [(due.shown, due.who) for due in page.dates] == [
        ("15 November", "International board"),
        ("20 November", "nobody yet"),
        ("27 November", "International board"),
    ]
    assert page.late == "1 of 3 actions late"
    assert page.unknown == (
        "What the law allows on 2 of 3 legal routes",
        "What freedom to speak is worth",
        "What 8 of 42 offices do: no answer",
    )
    lines = {line.title: line.words for line in page.lines}
    assert lines["Internal mapping"] == "Headquarters did not know 69 of 228 activities."
    assert lines["Annual reassessment"] == f"Last time “{OFFICE}” led."
    assert lines["Prepare"] == "5 of 42 offices said how ready they are."
    assert lines["China presence"] == "7 of 9 options compared."
    assert lines["Scenarios"] == "2 options tried."
    assert lines["Strategy brief"] == "3 actions planned."
    assert all(0 < len(words.split()) <= MOST_WORDS for words in lines.values())


def test_fewer_than_three_who_differ_are_not_counted():
    counts = pd.DataFrame({"option": [FILED], "people": [8], "of": [9]})
    page = page_of(presence(first_counts=counts), brief())
    assert page.put_first == f"8 of 9 people put “{FILED}” first."


def test_the_leading_option_is_untried_until_it_is_scored_in_futures(example):
    assert page_of(*example).tried == (Tried(None, f"“{FILED}”: not tested; 2 others were"),)
    page = page_of(presence(), brief(**tried_as(FILED)))
    assert page.tried == (Tried(False, f"“{FILED}”: fails in 3, such as “Closed shutters”"),)


@pytest.mark.parametrize("many", [1, 9])
def test_futures_are_counted_whatever_their_names_and_however_many(many):
    names = [f"Ports, and trade {n}" for n in range(many)]
    scores = pd.DataFrame({"option": [FILED], **{name: [1.0] for name in names}})
    short = pd.DataFrame({"option": [FILED] * many, "scenario": names})
    given = {**tried_as(FILED), "scenario_scores": scores, "scenario_falls_short": short}
    page = page_of(presence(), brief(**given))
    assert [future.falls_short for future in page.futures] == [1] * many
    assert page.tried == (Tried(False, f"“{FILED}”: fails in {many}, such as “{names[0]}”"),)


def test_a_strategic_option_that_stands_for_an_answer_is_linked(example):
    called = OptionNames(
        strategic={FILED: "Knowledge first", OFFICE: "Registered presence"},
        answers={FILED: "Pause", OFFICE: "Go on", "Outside only": "Pause"},
    )
    assert page_of(*example, called=called).tried == (
        Tried(True, f"“{FILED}”: good enough in each"),
        Tried(False, f"“{OFFICE}”: fails in 3, such as “Closed shutters”"),
    )


def test_names_are_those_that_the_edition_may_show():
    shown = {
        "presence_options": pd.DataFrame(
            {
                "name": [FILED, OFFICE, MANY],
                "short_name": ["Work via a partner", None, None],
                "strategic_option": ["O4", None, "O9"],
                "answer": ["Pause", "Go on", None],
            }
        ),
        "criteria": pd.DataFrame({"name": [SAFETY], "short_name": ["Safety of people"]}),
        "strategic_options": pd.DataFrame({"option_id": ["O4"], "name": ["Knowledge first"]}),
    }
    called = option_names(shown)
    assert called.strategic == {FILED: "Knowledge first"}
    assert called.answers == {FILED: "Pause", OFFICE: "Go on"}
    assert (called.shown(FILED), called.shown(SAFETY)) == ("Work via a partner", "Safety of people")
    assert called.shown(OFFICE) == OFFICE


def test_short_names_are_shown_and_full_ones_found_in_texts(example):
    page = page_of(*example, called=SHORT)
    rows = {row.name: row for row in page.options.rows}
    assert rows["Work via a partner"].named_in == ("recommended",)
    assert rows["Office, many provinces"].out == "red line: “Safety of people”"
    assert page.danger == (
        "Safety of people: the leading option has 7 of 10, red line at least 3.",
    )
    assert page.lines[-1].words == "Last time “Office, one province” led."
    html = html_of(*example, called=SHORT)
    assert FILED not in html


@pytest.mark.parametrize(
    ("finding", "line"),
    [
        ("34 of 42 offices answered.", "34 of 42 offices answered."),
        (
            "The lead has changed: filings come first 55 times in 100, and in 2025 an office did.",
            "The lead has changed.",
        ),
        (
            "34 of 42 offices have answered. No answer is shown here from Angola, Japan and six more.",
            "34 of 42 offices have answered.",
        ),
        ("To decide: " + "very " * 15 + "long", ""),
        ("", ""),
    ],
)
def test_a_finding_is_shortened_where_it_says_something_by_itself(finding, line):
    assert shortened(finding) == line


def test_the_page_needs_no_script_and_the_same_gives_the_same(example):
    html = html_of(*example, called=SHORT)
    assert "<script" not in html
    assert html == html_of(*example, called=SHORT)


def test_what_people_typed_is_never_markup(example):
    asked = brief().tables["questions"]
    asked.loc[0, ["question", "risks", "minority_view", "asked_of"]] = HOSTILE
    ranks = presence().tables["ranks"].replace("Outside only", HOSTILE)
    html = html_of(presence(ranks=ranks), brief(questions=asked), mapping([HOSTILE]))
    assert "<script" not in html
    assert "\u202e" not in html
    assert html.count("&lt;script&gt;window.injected = 1&lt;/script&gt;") >= 5


def test_of_forty_options_with_long_names_nine_stand_and_the_others_are_counted():
    names = [f"{number:02d} {LONG}" for number in range(38)] + ["在成都设立代表处", "مكتب"]
    ranks = pd.DataFrame({"option": names, "rank_1_pct": [2.5] * 40})
    html = html_of(presence(ranks=ranks))
    assert all(name in html for name in names[:9]) and names[9] not in html
    assert 'and 31 more in <a href="02_china_presence.html">chapter 2</a>' in html


def test_ranges_end_inside_their_column(example):
    costs = [row.cost for row in page_of(*example).options.rows if row.cost]
    assert all(0 <= cost.low <= cost.middle <= cost.high <= 100 for cost in costs)
    assert [cost.high for cost in costs].count(100) == 1, "the scale ends where the longest does"


def test_without_a_question_the_options_still_stand_and_say_what_is_missing():
    html = html_of(presence())
    assert "Nobody has written yet what is put to whom" in html
    assert FILED in html


def test_without_options_the_question_stands_alone():
    page = page_of(brief())
    assert (page.options, page.tests, page.danger) == (None, (), ())
    assert "<figure" not in html_of(brief())


def test_an_edition_of_one_chapter_is_its_bottom_line(example):
    html = html_of(mapping(), edition="public")
    assert "34 of 42 offices have answered." in html
    assert "<table" not in html
    assert "To begin" not in html


def test_an_empty_edition_says_how_to_begin():
    html = html_of(SavedChapter("02_china_presence", {"title": "China presence"}))
    assert "To begin" in html
    assert "workbook forms" in html


def test_options_that_nobody_compared_lead_to_no_verdict():
    bare = {name: frame.iloc[:0] for name, frame in presence().tables.items() if name != "freedom"}
    page = page_of(presence(**bare))
    assert page.verdict == "9 options, not yet compared"
    assert {row.out for row in page.options.rows} == {"not compared", "too few scores"}
    assert html_of(presence(**bare))


@pytest.mark.parametrize(
    ("words", "shown", "more"),
    [
        ("", "", ""),
        ("One sentence of five words.", "One sentence of five words.", ""),
        ("One two. Three four five.", "One two.", "Three four five."),
        ("停止申请。继续备案。", "停止申请。 继续备案。", ""),
    ],
)
def test_words_of_people_are_folded_between_sentences(words, shown, more):
    made = folded(words, 4)
    assert (made.shown, made.more) == (shown, more)
