"""The page of chapter 04: what it says, on what that rests, and that no input breaks it."""

from __future__ import annotations

import itertools

import pytest

from strategy_lib.chapters.page import Part
from strategy_lib.chapters.result import ChapterInputs
from strategy_lib.chapters.scenarios.analysis import analyse_scenarios
from strategy_lib.chapters.scenarios.page import page
from strategy_lib.core.messages import Say
from strategy_lib.core.settings import ScenarioSettings
from strategy_lib.plotting.pictures import Dots, Range, Shade, State, Unknown, from_payload, payload
from strategy_lib.publishing.main_part import main_part, no_links
from tests.chapters.scenarios.test_analysis import (
    HOSTILE,
    NAMES,
    OPTIONS,
    PLAIN,
    SCORES,
    area_content,
    judged,
    labelled,
    open_tables,
    scored,
    small,
    snapshot,
    today_is,
)

MOST_WORDS, MOST_TITLE = 25, 20
TIE = PLAIN | {("strict", "seen"): 2}
RATINGS = "signpost_ratings"
ONE_FUTURE = {key: value for key, value in SCORES.items() if key[1] == "S2"}


def page_of(inputs):
    return page(analyse_scenarios(inputs), ChapterInputs(inputs), Say())


def small_page(edition="core", **records):
    return page_of(small(edition, **records))


def example(edition="leaders"):
    return page_of(snapshot(edition, **area_content(2026)))


def section(made, part):
    return next(s for s in made.sections if s.part == part)


def grid(picture):
    return getattr(picture.drawing, "grid", picture.drawing)


def rows(picture):
    return {row.head: row.cells for row in grid(picture).rows}


def html(made):
    return str(main_part(from_payload(payload(made)), no_links))


def test_the_finding_says_in_how_many_plausible_futures_options_are_good_enough():
    """A9."""
    made = example()
    assert made.finding == (
        "3 of 8 options are good enough in 97 of 100 plausible futures; the others in 22 to 78"
    )
    assert made.sentences == (
        "China desks and Shared scanning fail mostly where Development finance is “Retreat” and "
        "Technology standards is “Two systems” or “Chinese standards”: 89 times in 100.",
        "Chinese NGOs abroad and Coalition at the UN fail mostly where Law on overseas NGOs is "
        "“Closing”: 86 times in 100.",
        "89 in 100 links between drivers are the workbook’s starting list, as fewer than 3 people "
        "judged; one judgement can tip 5 of 6 futures.",
    )
    assert not made.badge


def test_the_shares_of_a_picture_add_up_to_what_stands_beside_an_option():
    """What is good enough in a future is good enough in all that are like it."""
    inputs = snapshot("leaders", **area_content(2026))
    tables = analyse_scenarios(inputs).tables
    like = tables["kinds_of_futures"].set_index("scenario")["share_pct"]
    assert like.sum() == pytest.approx(100, abs=0.3)
    good = tables["read_options"].set_index("option")["good_pct"]
    cells = tables["option_cells"]
    for option, share in good.items():
        own = cells[(cells["option"] == option) & (cells["median"] >= 5)]
        assert share == pytest.approx(like[own["scenario"]].sum(), abs=0.3)


def test_how_many_of_the_firmest_futures_would_come_back_is_told():
    made = section(example(), Part.FIRM)
    assert made.pictures[0].title == (
        "At least 2 of the 12 firmest futures would come back with another panel"
    )
    assert "another panel shares the starting values" in made.pictures[0].subtitle
    bars = [cells[0].value for cells in rows(made.pictures[0]).values()]
    assert bars[1:] == sorted(bars[1:], reverse=True)  # the first is today's own


def test_what_signposts_show_moves_futures_and_what_would_flip_the_lead_is_told():
    made = section(example(), Part.CHANGE)
    picture = made.pictures[0]
    assert picture.title == (
        "What signposts show so far moves futures like Slow weather from 32 to 56 in 100"
    )
    assert made.sentences[0] == (
        "Accountability has the highest mean score, 6.5; 5 of 9 rated signposts would change that: "
        "if “Open confrontation” is crossed, Safety and data first leads."
    )
    told = rows(picture)
    assert told["Slow weather"][0].text == "32 → 56 (50 to 61)"
    assert told["No. 7, as today"][0] == Unknown("not scored")


def test_without_ratings_of_signposts_nothing_moves_and_that_is_said():
    content = {name: rows for name, rows in area_content(2026).items() if name != RATINGS}
    picture = section(page_of(snapshot("leaders", **content)), Part.CHANGE).pictures[0]
    assert picture.title.startswith("1 of 15 signposts is crossed, 1 near; most point to ")
    assert "so what is seen moves no future" in picture.subtitle
    assert len(grid(picture).columns) == 5


def test_what_the_workbook_gave_is_less_where_single_people_count():
    """A9."""
    assert (
        "47 in 100 links between drivers are the workbook’s starting list, as nobody judged"
        in (example("core").sentences[2])
    )


@pytest.mark.parametrize(
    ("records", "said"),
    [
        ({}, "1 of 1 scored futures is among the 2 by the middle judgements."),
        (
            {"descriptor_states": today_is("strict", "hidden")},
            "1 of 1 scored futures is among the 2 by the middle judgements; today’s own, Closed, is "
            "not scored.",
        ),
        (
            {"descriptor_states": today_is("strict", "hidden"), "scenario_names": NAMES[1:]},
            "1 of 1 scored futures is among the 2 by the middle judgements; "
            "today’s own, No. 1, has no name and no score.",
        ),
        (
            {"descriptor_states": today_is("strict", "seen")},
            "1 of 1 scored futures is among the 2 by the middle judgements; "
            "today’s states are not.",
        ),
        (
            {"descriptor_states": today_is("strict")},
            "1 of 1 scored futures is among the 2 by the middle judgements; "
            "today’s state of 1 of 2 things is unsaid.",
        ),
    ],
)
def test_whether_today_is_among_the_scored_futures_is_said(records, said):
    """A9."""
    made = small_page(performance=scored(scores=ONE_FUTURE), **records)
    # The other half of the plausible futures is like none that was scored.
    assert made.finding == "2 of 2 options are good enough in 50 of 100 plausible futures"
    assert section(made, Part.WHY).sentences[0] == said


def test_futures_that_hang_on_a_tie_are_counted_and_the_tie_is_named():
    """A9."""
    made = small_page(performance=scored(), cross_impacts=judged(cells=TIE))
    assert made.sentences[1] == (
        "The answer is fragile: one judgement can tip 1 of 2 futures shown."
    )
    assert not made.badge
    cells = rows(section(made, Part.FIRM).pictures[0])
    assert cells["Closed"][-1] == "Seen instead of Hidden"
    assert cells["Clear"][-1].startswith("Nothing: each state leads by")


def test_options_stand_by_kind_and_in_one_order_all_over_the_page():
    made = example()
    main = grid(made.main)
    assert [row.group for row in main.rows] == [
        *["Good enough in all 5, not near the best in each"] * 3,
        *["Near the best in some futures, not good enough in others"] * 5,
    ]
    order = [row.head for row in main.rows]
    for part in (Part.COST, Part.DIFFERS):
        assert [row.head for row in grid(section(made, part).pictures[0]).rows] == order


def test_a_cell_says_its_score_whether_it_is_good_enough_and_how_many_say_no():
    made = small_page(performance=[*scored("A01"), *scored("A02")])
    assert [column.head for column in grid(made.main).columns] == [
        "Closed",
        "Clear",
        "Good enough in",
    ]
    assert rows(made.main) == {
        "Hold": (Shade("6 ✓", 2), Shade("5 ✓", 2), "100"),
        "Grow": (
            Shade("2 ✕", 0, is_limit=True, note="2 of 2 no"),
            Shade("9 ✓", 2),
            "50",
        ),
    }
    assert made.main.title == (
        "1 of 2 options is not good enough in futures like Closed, 50 in 100"
    )


def test_too_few_to_be_counted_say_nothing_in_a_cell():
    cells = [cell for cells in rows(example().main).values() for cell in cells[:-1]]
    assert {bool(cell.note) for cell in cells} == {True, False}
    for cell in (cell for cell in cells if cell.note):
        people, of = (int(word) for word in cell.note.split() if word.isdigit())
        assert all(count == 0 or count >= 3 for count in (people, of - people))


def test_a_rounded_score_never_changes_its_side():
    made = small_page(performance=scored(scores={**SCORES, ("O1", "S1"): 4.96}))
    cell = rows(made.main)["Grow"][0]
    assert (cell.text, cell.is_limit) == ("4.96 ✕", True)


def test_what_is_good_enough_can_be_set():
    inputs = small(performance=scored())
    object.__setattr__(inputs, "scenarios", ScenarioSettings(good_enough=9.5))
    made = page_of(inputs)
    assert made.finding.startswith("0 of 2 options are good enough in each kind of plausible")
    assert "✓ 9.5 or more: good enough" in made.main.subtitle
    assert section(made, Part.COST).pictures[0].title.startswith("Each option fails somewhere")


def test_an_option_with_a_gap_or_without_a_score_stays_and_is_not_compared():
    more = [*OPTIONS, {"option_id": "O3", "name": "Leave"}]
    gap = {key: value for key, value in SCORES.items() if key != ("O1", "S2")}
    made = small_page(strategic_options=more, performance=scored(scores=gap))
    assert made.finding == "1 of 3 options is good enough in 100 of 100 plausible futures"
    last = grid(made.main).rows[-1]
    assert (last.head, last.group) == ("Leave", "Not scored in all 2: not compared")
    assert last.cells == (Unknown("not scored"), Unknown("not scored"), "–")
    assert rows(made.main)["Grow"][1] == Unknown("not scored")
    cost = rows(section(made, Part.COST).pictures[0])
    assert cost["Grow"][0] == cost["Leave"][0] == Unknown("not scored in each of them")


def test_what_safety_costs_runs_from_the_worst_to_the_best_future():
    picture = section(small_page(performance=scored()), Part.COST).pictures[0]
    assert picture.title == (
        "Options good enough everywhere lose up to 4 points against the best; the others up to 4"
    )
    line, lost = rows(picture)["Grow"]
    assert isinstance(line, Range)
    assert (line.low, line.middle, line.high, lost.value) == (2, 5.5, 9, 4)


def test_who_sees_it_differently_counts_people_by_their_own_scores():
    other = {("O1", "S1"): 6, ("O1", "S2"): 9, ("O2", "S1"): 6, ("O2", "S2"): 5}
    made = small_page(performance=[*scored("A01"), *scored("A02"), *scored("A03", other)])
    picture = section(made, Part.DIFFERS).pictures[0]
    assert picture.title == (
        "1 of 3 people see Grow as good everywhere; the middle scores say otherwise"
    )
    good, holds, pays, neither, spread = rows(picture)["Grow"]
    assert (good, holds, pays, neither) == (Dots("1", 1), "0", Dots("2", 2), "0")
    assert (spread.text, spread.low, spread.high) == ("2 to 6, Closed", 2, 6)


def test_an_edition_shows_no_count_of_too_few_people():
    picture = section(example(), Part.DIFFERS).pictures[0]
    counts = [cell for cells in rows(picture).values() for cell in cells[:4]]
    assert Unknown("?") in counts
    assert all(cell.count >= 3 for cell in counts if isinstance(cell, Dots))
    assert grid(picture).legend == (
        ("hatch", "may not be shown here: fewer than 3 people on one side"),
    )
    held = rows(section(example(), Part.FIRM).pictures[0])
    assert held["Slow weather"][1] == Dots("9 of 9", 9, 9)
    assert held["Many ports"][1] == Unknown("under 3 on one side")


def test_states_that_differ_from_today_are_filled_and_counted():
    made = small_page(performance=scored(), descriptor_states=today_is("open", "seen"))
    picture = section(made, Part.WHY).pictures[0]
    assert picture.title == "Clear differs from today in 0 of 2 things, Closed in 2"
    assert rows(picture) == {
        "Law": ("Open", Shade("Strict", 2), "–"),
        "Work": ("Seen", Shade("Hidden", 2), "–"),
        "Differ from today": ("", "2 of 2", "0 of 2"),
    }


def test_each_future_to_step_into_holds_the_numbers_of_the_tables():
    inputs = small(performance=scored(), descriptor_states=today_is("open", "seen"))
    closed, clear = section(page_of(inputs), Part.WHY).pictures[0].drawing.futures
    assert (clear.name, closed.name) == ("Clear", "Closed")
    assert [(o.name, o.score, o.text) for o in closed.options] == [
        ("Hold", 6.0, "6 ✓"),
        ("Grow", 2.0, "2 ✕"),
    ]
    assert closed.changes == ("Law: from Open to Strict", "Work: from Seen to Hidden")
    assert closed.said == (
        "In Closed, 1 of 2 options are good enough; 2 of 2 things would have to change from today. "
        "It holds together in 96 of 100 plausible matrices."
    )
    assert clear.changes == ()
    assert "; 0 of 2 things would have to change from today. " in clear.said


def test_a_named_future_that_fails_is_told_apart_with_the_scores_that_wait():
    made = small_page(
        cross_impacts=judged(cells={**PLAIN, ("hidden", "strict"): -3, ("hidden", "open"): 3}),
        performance=scored(),
    )
    last = grid(section(made, Part.FIRM).pictures[0]).rows[-1]
    assert (last.head, last.group) == ("Closed", "Named, and not counted")
    assert last.cells[-1] == "Law would be Open (by 6); 2 scores are kept"


def test_signposts_are_counted_by_future_and_what_nobody_watches_is_said():
    base = {"state_id": "open", "observable": "x", "look_every_months": 6}
    posts = [
        {**base, "signpost_id": "a", "seen_at": "2026-09-01", "status": "not_crossed"},
        {**base, "signpost_id": "b", "seen_at": "2026-02-01", "status": "not_crossed"},
        {**base, "signpost_id": "c", "seen_at": "2026-09-01", "status": "crossed"},
        {**base, "signpost_id": "d"},
        {**base, "signpost_id": "e", "look_every_months": None, "status": "near"},
    ]
    moving = section(small_page(performance=scored(), signposts=posts), Part.CHANGE)
    assert moving.pictures[0].title == (
        "1 of 5 signposts is crossed, 1 near; most point to Clear (2)"
    )
    assert moving.sentences == (
        "1 of 2 futures is watched by nothing: Closed.",
        "Nobody has recorded a decision about the futures; what a crossed signpost sets off is "
        "open.",
    )
    told = rows(moving.pictures[0])
    assert told["Clear"] == (
        "5",
        State("1: Open", "alarm"),
        State("1: Open", "near"),
        State("1: Open", "unknown"),
        State("2: Open and Open", "no"),
    )
    assert told["Closed"][0] == Unknown("unwatched")


@pytest.mark.parametrize(
    ("review", "said"),
    [
        ("2026-10-01", "its review was due on 1 October 2026."),
        ("2027-10-01", "its review is due on 1 October 2027."),
        (None, "no day for its review is set."),
    ],
)
def test_the_last_decision_and_its_review_are_said(review, said):
    posts = [{"signpost_id": "a", "state_id": "open", "observable": "x"}]
    decision = {
        "decision_id": "D1",
        "chapter": "04",
        "decided_date": "2026-03-01",
        "decision": "Hold",
        "review_date": review,
    }
    made = small_page(performance=scored(), signposts=posts, decisions=[decision])
    assert section(made, Part.CHANGE).sentences[1] == (
        f"The last decision about the futures is of 1 March 2026; {said}"
    )


@pytest.mark.parametrize(
    ("records", "finding", "said"),
    [
        (
            {"strategic_options": []},
            "3 futures are plausible; the firmest, Closed, holds together in 96 of 100 plausible "
            "matrices",
            "Nobody has entered a strategic option yet, so nothing is scored in them.",
        ),
        (
            {"scenario_names": []},
            "3 futures are plausible; the firmest, No. 1, holds together in 96 of 100 plausible "
            "matrices",
            "Nobody has named one of the 2 futures yet; options can be scored in named ones only.",
        ),
        (
            {},
            "3 futures are plausible; the firmest, Closed, holds together in 96 of 100 plausible "
            "matrices",
            "Nobody has scored one of 2 options in them yet.",
        ),
    ],
)
def test_without_scores_the_futures_stand_and_what_is_missing_is_said(records, finding, said):
    made = small_page(**records)
    assert (made.finding, made.sentences[0]) == (finding, said)
    names = {"Clear", "Closed"} if "scenario_names" not in records else {"No. 1", "No. 2"}
    assert {column.head for column in grid(made.main).columns} == names
    assert made.main.drawing.futures == ()
    assert [s.part for s in made.sections] == [Part.FIRM]


def test_with_the_starting_list_alone_one_line_says_how_to_begin():
    made = page_of(snapshot())
    assert made.finding.startswith("Only the starting list is there: to begin, send the forms")
    assert not made.is_begun


def test_fewer_people_than_may_be_counted_are_not_nobody():
    few = labelled([*scored("A01"), *scored("A02")])
    made = page_of(snapshot("partner", **open_tables() | {"performance": few}))
    assert made.sentences[0] == (
        "Fewer than 3 people have scored 2 options in them, so no score stands here."
    )


def test_no_future_holds_together():
    circle = {
        **PLAIN,
        ("hidden", "strict"): -2,
        ("hidden", "open"): 2,
        ("seen", "strict"): 2,
        ("seen", "open"): -2,
    }
    made = small_page(cross_impacts=judged(cells=circle), performance=scored())
    assert made.finding == "0 of 4 combinations of states hold together by these judgements"
    assert made.main is None and not made.sections


def test_fewer_than_two_things_are_one_line():
    assert page_of(small("public")).said == (
        "Fewer than two things that shape the future stand here: enter them, each with two "
        "states or more",
    )


def system(count, futures=0):
    """Things of two states that leave every future open, so many futures of them named."""
    ids = [f"d{n:02d}" for n in range(count)]
    states = [
        {"state_id": f"{d}_{s}", "descriptor_id": d, "name": f"{d} {s}"} for d in ids for s in "ab"
    ]
    codes = [s["state_id"] for s in states]
    rows = [
        {"assessor_id": "A01", "source_state": s, "target_state": t, "impact": 0}
        for s in codes
        for t in codes
        if s[:3] != t[:3]
    ]
    named = itertools.islice(itertools.product("ab", repeat=count), futures)
    return {
        "descriptors": [{"descriptor_id": d, "name": d} for d in ids],
        "descriptor_states": states,
        "cross_impacts": rows,
        "scenario_names": [
            {
                "scenario_id": f"S{n}",
                "name": f"Future {n}",
                "states": tuple(f"{d}_{s}" for d, s in zip(ids, way, strict=True)),
            }
            for n, way in enumerate(named)
        ],
    }


def test_very_many_futures_are_counted_and_the_way_on_is_said():
    made = small_page(**system(12))
    assert made.finding == (
        "1,897 futures are plausible; the firmest, No. 830, holds together in under 1 of 100 "
        "plausible matrices"
    )
    assert made.sentences[-1].startswith("So many mean that the judgements leave much open")


def test_more_futures_than_can_be_searched_are_one_line():
    assert small_page(**system(22)).said == (
        "More futures hold together than can be searched: judge more influences, or tell fewer "
        "things apart",
    )


def test_fifteen_futures_and_twenty_options_fit_and_the_rest_is_counted():
    options = [{"option_id": f"O{n}", "name": f"Option {n}"} for n in range(20)]
    scores = {(f"O{o}", f"S{s}"): (o + s) % 10 for o in range(20) for s in range(15)}
    made = small_page(**system(4, 15), strategic_options=options, performance=scored(scores=scores))
    main = grid(made.main)
    assert (len(main.rows), len(main.columns)) == (8, 7)
    assert "12 more options stand in the table." in made.main.subtitle
    assert "9 more scored futures stand in the table." in made.main.subtitle
    assert 0 < int(main.rows[0].cells[-1]) < 100
    assert len(grid(section(made, Part.FIRM).pictures[0]).rows) <= 9
    assert html(made)


@pytest.mark.parametrize(
    "records",
    [
        {"performance": scored("A01")},
        {"performance": scored(scores=dict.fromkeys(SCORES, 5))},
        {"performance": scored(scores=dict.fromkeys(SCORES, 0))},
        {"performance": scored(), "cross_impacts": []},
    ],
    ids=["one person", "all equal", "all nothing", "nobody judged"],
)
def test_ordinary_extremes_make_a_page(records):
    assert html(small_page(**records))


@pytest.mark.parametrize("text", [*HOSTILE, "מים ואדמה", "W" * 90])
def test_any_name_is_shown_whole_and_does_nothing(text):
    made = small_page(
        descriptor_states=[
            {**today_is("open", "seen")[0], "name": text},
            *today_is("open", "seen")[1:],
        ],
        scenario_names=[{**NAMES[0], "name": text}, NAMES[1]],
        strategic_options=[{**OPTIONS[0], "name": text}, OPTIONS[1]],
        performance=scored(),
    )
    shown = html(made)
    assert "<script>" not in shown and "…" not in shown


@pytest.mark.parametrize("edition", ["core", "leaders", "mainland", "partner", "public"])
def test_every_edition_has_a_page_with_and_without_content(edition):
    for inputs in (snapshot(edition), small(edition), snapshot(edition, **open_tables())):
        made = page_of(inputs)
        assert made.finding and html(made)


@pytest.mark.parametrize("edition", ["core", "leaders"])
def test_every_sentence_is_short(edition):
    made = example(edition)
    for text in (*made.said, *itertools.chain(*(s.sentences for s in made.sections))):
        for sentence in text.split(". "):
            assert len(sentence.split()) <= MOST_WORDS, sentence
    for title in (made.finding, *(picture.title for picture in made.pictures)):
        assert len(title.split()) <= MOST_TITLE, title


def test_no_page_says_what_anybody_should_do():
    for edition in ("core", "leaders"):
        text = html(example(edition)).lower()
        for word in (" should ", "recommend", "median", "hedge", "regret</", "assessor"):
            assert word not in text, word


def test_one_person_differs_from_nobody():
    made = small_page(performance=scored())
    assert Part.DIFFERS not in [s.part for s in made.sections]


def test_judgements_that_decide_are_counted_once_whichever_way_they_change():
    tie = {**PLAIN, ("hidden", "strict"): 1, ("hidden", "open"): 1}
    said = [
        *judged("A01", tie),
        *judged("A02", {("hidden", "strict"): 0}),
        *judged("A03", {("hidden", "strict"): 1}),
    ]
    inputs = small(cross_impacts=said, performance=scored())
    flips = analyse_scenarios(inputs).tables["flips"]
    cells = flips[flips["is_reached"]][["source_state", "target_state"]].drop_duplicates()
    told = section(page_of(inputs), Part.FIRM).sentences[0]
    assert told == (
        f"{len(cells)} of 8 judgements, on which people differ, decide which futures hold; most "
        "hangs on how Hidden acts on Strict."
    )
