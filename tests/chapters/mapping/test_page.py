"""The page of chapter 01: what it finds, of how many, and that any input fits on it."""

from __future__ import annotations

import re

import pytest

from strategy_lib.chapters.mapping.analysis import analyse
from strategy_lib.chapters.mapping.page import page
from strategy_lib.chapters.mapping.page_map import MOST_TILES
from strategy_lib.chapters.page import Page, Part
from strategy_lib.chapters.result import ChapterInputs
from strategy_lib.core.messages import Say
from strategy_lib.editions.restrict import DEFAULT_EDITIONS
from strategy_lib.plotting.pictures import Bar, Grid, Row, Tiles, from_payload, payload
from strategy_lib.publishing.main_part import main_part, no_links
from strategy_lib.schema.reference import reference
from tests.chapters.mapping.test_analysis import act, returns, snapshot
from tests.workspaces import UNITS

LONG = "Office for partnerships, research and learning in the wider region of the far south (RPL)"
CHINESE, ARABIC = "国际民间组织北京代表处" * 5, "مكتب المنظمة الدولية للمجتمع المدني"


def page_of(edition: str = "core", **records) -> Page:
    given = {"units": UNITS, "returns": returns("hq", "ke", "kh")} | records
    now = snapshot(edition, **given)
    return page(analyse(ChapterInputs(now)), ChapterInputs(now), Say())


def section(shown: Page, part: Part):
    return next((s for s in shown.sections if s.part == part), None)


def rows(shown: Page, part: Part, place: int = 0) -> dict[str, Row]:
    drawing = section(shown, part).pictures[place].drawing
    assert isinstance(drawing, Grid)
    return {row.head: row for row in drawing.rows}


def sentences(shown: Page) -> list[str]:
    made = [*shown.said]
    for part in shown.sections:
        made += [part.question, *part.sentences, *(p.title for p in part.pictures)]
    return made + ([shown.main.title] if shown.main else [])


def test_the_finding_says_of_how_many_countries_and_the_map_draws_each():
    shown = page_of(activities=[act("ke", "a")])
    assert shown.finding == (
        "34 of the 35 countries most exposed to Chinese finance show no activity of ours"
    )
    tiles = {tile.name: tile for tile in shown.main.drawing.tiles}
    assert len(tiles) == 36
    assert (tiles["Kenya"].text, tiles["Kenya"].edge) == ("1 reported", "")
    assert (tiles["Russia"].text, tiles["Russia"].edge) == ("no office", "limit")
    assert (tiles["Cambodia"].text, tiles["Cambodia"].edge) == ("0 reported", "limit")
    assert (tiles["Zambia"].text, tiles["Zambia"].edge) == ("no answer", "both")
    assert (tiles["Switzerland"].text, tiles["Switzerland"].step) == ("0 reported", 0)
    assert len({(tile.column, tile.row) for tile in tiles.values()}) == len(tiles)
    assert [tile.group for tile in tiles.values()] == sorted(
        (tile.group for tile in tiles.values()),
        key=[
            "Africa",
            "Americas",
            "Europe",
            "West and Central Asia",
            "South Asia",
            "East and South-East Asia",
            "Pacific",
        ].index,
    )


def test_an_edition_that_withholds_does_not_call_a_country_a_gap_of_the_organisation():
    """A5: absence is of this edition."""
    activities = [act("ke", "a"), act("kh", "b", country_code="KH", handling="restricted")]
    shown = page_of("leaders", activities=activities)
    assert shown.finding.startswith("34 of the 35")
    assert shown.finding.endswith("show no activity of ours in this edition")
    assert page_of(activities=activities).finding.startswith("33 of the 35")


def test_offices_that_answered_and_those_that_are_silent_stand_at_the_top():
    shown = page_of(activities=[act("ke", "a")])
    assert shown.sentences[0] == "3 of 4 offices answered. Still silent: Zambia office."
    withheld = [act("ke", "a"), act("ke", "b", handling="restricted")]
    assert (
        page_of("leaders", activities=withheld)
        .sentences[0]
        .endswith("In this edition no answer is shown from Zambia office.")
    )
    nothing = page_of(
        activities=[act("ke", "a"), act("zm", "b")],
        returns=[*returns("hq", "ke"), *returns("kh", has_activities=False)],
    )
    assert nothing.sentences[0] == "All 4 offices answered, 1 of them with nothing to report."


def test_the_share_the_centre_did_not_know_says_of_what_nobody_said_and_how_far_silence_moves_it():
    """A5: 2 of 7 of 19."""
    known = [act("ke", str(n), is_known_to_centre=n > 9) for n in range(30)]
    shown = page_of(activities=[*known, act("kh", "x")])
    assert shown.sentences[1] == (
        "The international office did not know of 10 of 30 activities: about 3 in 10. "
        "Of 1 more nobody said."
    )
    assert shown.sentences[2] == (
        "The unknown share may be 25 to 50 in 100 with the silent office, "
        "if it does as much as the others."
    )
    line = rows(shown, Part.FIRM, 1)["With silent offices"].cells[0]
    assert (line.low, line.high) == (25.0, 50.0)
    assert page_of(activities=known[8:12]).sentences[1] == (
        "The international office did not know of 2 of 4 activities."
    )


def test_a_gap_is_listed_by_its_size_and_striped_where_our_office_is_silent():
    shown = page_of(activities=[act("ke", "a")])
    first = section(shown, Part.WHY).pictures[0]
    assert first.title == "Russia received most of the 34: USD 142 billion"
    assert len(first.drawing.rows) == 8
    assert first.drawing.note == "And 26 more in the table."
    everywhere = [
        act("hq", code, country_code=code)
        for code in reference("context_finance")["country_code"]
        if code not in ("ZM", "RU")
    ]
    left = rows(page_of(activities=everywhere), Part.WHY)
    assert [(head, row.cells[0].is_hatched) for head, row in left.items()] == [
        ("Russia", False),
        ("Zambia", True),
    ]
    by_region = rows(page_of(activities=everywhere), Part.WHY, 1)
    assert by_region["Europe"].cells[0].text == "1 of 2"


def test_no_gap_at_all_is_a_finding_and_no_section():
    everywhere = [
        act("hq", code, country_code=code) for code in reference("context_finance")["country_code"]
    ]
    shown = page_of(activities=everywhere)
    assert shown.finding == (
        "All 35 countries most exposed to Chinese finance show activities of ours"
    )
    assert section(shown, Part.WHY) is None


def test_contacts_of_one_colleague_are_counted_against_all_and_the_trusted_ones_named():
    alone = [
        act("ke", "a", "A", contact_strength=3, contact_people=1),
        act("kh", "b", "A", stance="critical"),
        act("ke", "c", "B", contact_strength=1, contact_people=2),
    ]
    shown = page_of(activities=alone)
    cost = section(shown, Part.COST)
    assert cost.pictures[0].title == "1 of 3 current contacts rests on a single colleague"
    assert cost.sentences[1].endswith("or nobody said (of 1).")
    assert rows(shown, Part.COST)["Regular and trusted"].cells[0] == Bar("1 of 1", 1, 0)
    assert rows(shown, Part.COST, 1)["A"].cells == ("Kenya office", "Cambodia office")


def test_a_counterpart_seen_differently_names_both_sides_of_how_many():
    """A10."""
    both = [act("ke", "a", "A"), act("kh", "b", "A", stance="critical"), act("hq", "c", "B")]
    shown = page_of(activities=both)
    assert section(shown, Part.DIFFERS).pictures[0].title == (
        "1 of 2 counterparts is worked with by one office and criticised by another"
    )
    assert rows(shown, Part.DIFFERS)["A"].cells == ("Kenya office", "Cambodia office")


def test_names_that_wait_for_a_person_are_counted_into_what_they_could_change():
    """A5."""
    alike = [act("ke", "a", "China Houses"), act("kh", "b", "China House", stance="critical")]
    shown = page_of(activities=alike)
    assert section(shown, Part.DIFFERS) is None
    assert rows(shown, Part.CHANGE)["Pairs of names that look alike"].cells == (
        "1",
        "Joined, 1 would be seen differently, not 0",
    )


def test_strategies_without_a_china_section_say_of_how_many_that_are_due():
    strategy = {"title": "S", "renewal_date": "2027-06-30", "china_section": "none"}
    due = [
        {**strategy, "unit_id": "ke", "country_code": "KE", "renewal_date": "2026-06-30"},
        {**strategy, "unit_id": "kh", "country_code": "KH", "china_section": "reviewed"},
        {**strategy, "unit_id": "zm", "country_code": "ZM", "renewal_date": "2029-01-01"},
    ]
    shown = page_of(activities=[act("ke", "a")], country_strategies=due)
    assert section(shown, Part.CHANGE).pictures[0].title == (
        "1 of 2 country strategies due within 18 months has no drafted China section"
    )
    assert rows(shown, Part.CHANGE)["Kenya"].cells[0].text == "30 June 2026, overdue"


@pytest.mark.parametrize("edition", DEFAULT_EDITIONS)
@pytest.mark.parametrize(
    "records",
    [
        {},
        {"units": [], "returns": []},
        {"returns": []},
        {"activities": [act("ke", "a", handling="public")]},
        {"units": [{**UNITS[1], "country_code": None}], "activities": [act("ke", "a")]},
        {"activities": [act("ke", "a", is_known_to_centre=True)], "returns": []},
    ],
)
def test_hardly_anything_entered_is_a_page_all_the_same(edition, records):
    shown = page_of(edition, **records)
    assert shown.finding
    html = str(main_part(shown, no_links))
    assert not re.search(r"\bnan\b|\bNone\b|&lt;NA&gt;", html)
    assert from_payload(payload(shown)) == shown


def test_nothing_at_all_is_one_line():
    assert page_of(units=[], returns=[]).finding.startswith("To begin, ")
    silent = page_of(returns=[])
    assert silent == Page("Of our 4 offices, 0 have answered yet", answered=silent.answered)
    assert page_of("public").finding == "This edition shows no activity of our offices yet"


def federation(offices: int, countries: int) -> dict[str, list]:
    """Offices with names of every kind, in so many countries."""
    codes = list(reference("countries")["country_code"])[:countries]
    names = (LONG, CHINESE, ARABIC, "Office")
    units = [
        {
            **UNITS[1],
            "unit_id": f"u{n}",
            "name": f"{names[n % 4]} {n}",
            "country_code": codes[n % countries],
        }
        for n in range(offices)
    ]
    activities = [
        act(
            f"u{n}",
            f"t{n}",
            f"{names[n % 4]} {n % 40}",
            country_code=codes[n % countries],
            stance=("constructive", "critical")[n % 3 == 0],
            contact_people=1,
            contact_strength=3,
        )
        for n in range(0, offices, 2)
    ]
    return {"units": units, "returns": [], "activities": activities}


@pytest.mark.parametrize(("offices", "countries"), [(1, 1), (30, 20), (500, 200), (500, 250)])
@pytest.mark.parametrize("edition", ["core", "public"])
def test_any_number_of_offices_and_countries_fits(edition, offices, countries):
    shown = page_of(edition, **federation(offices, countries))
    if shown.main:
        drawing = shown.main.drawing
        assert isinstance(drawing, Tiles)
        assert len(drawing.tiles) <= MOST_TILES
        assert len({(t.column, t.row) for t in drawing.tiles}) == len(drawing.tiles)
        assert max(t.row for t in drawing.tiles) < 9
        assert max(t.column for t in drawing.tiles) < 14
    for part in shown.sections:
        for picture in part.pictures:
            assert len(picture.drawing.rows) <= 9
    html = str(main_part(shown, no_links))
    assert "…" not in html


@pytest.mark.parametrize("edition", DEFAULT_EDITIONS)
def test_sentences_are_short_and_tell_nobody_what_to_do(edition):
    shown = page_of(edition, **federation(40, 40), name_decisions=[])
    for said in sentences(shown):
        said = said.replace(LONG, "Office").replace(CHINESE, "Office").replace(ARABIC, "Office")
        for one in re.split(r"(?<=[.?]) ", said):
            assert len(one.split()) <= 25, one
        assert not re.search(r"\b(should|must|recommend|ought|need to|best|none)\b", said.lower())
    assert len(shown.finding.split()) <= 20


def test_the_map_says_which_countries_it_leaves_out():
    shown = page_of(**federation(500, 250))
    assert re.search(r"96 of 250, the others stand in the table", shown.main.drawing.note)
    assert "say nothing about borders or status" in shown.main.drawing.note
