"""Harm to people then and now: which groups and ways of responding stand in another class."""

from __future__ import annotations

from datetime import date

import pytest

from strategy_lib.chapters.annual.analysis import analyse
from strategy_lib.chapters.annual.page.cost import cost
from strategy_lib.chapters.result import ChapterInputs
from strategy_lib.core.messages import Say
from strategy_lib.core.settings import MappingSettings
from strategy_lib.editions.restrict import DEFAULT_EDITIONS, Restricted, restrict
from strategy_lib.editions.snapshot import Snapshot
from strategy_lib.methods.harm.screening import CLASSES
from strategy_lib.schema.frames import Tables, typed_frame
from strategy_lib.schema.schema import schemas
from tests.protocol.cases import frames_of, rating, small_case, whole_case

CORE, LEADERS = DEFAULT_EDITIONS["core"], DEFAULT_EDITIONS["leaders"]
EMPTY = {name: typed_frame(schema, [], provenance=False) for name, schema in schemas().items()}
MILD, SEVERE = ([rating(who, scale) for who in ("A1", "A2")] for scale in (1, 4))


def cycle(year, edition=CORE, **changes):
    frames = EMPTY | frames_of(small_case(**changes))
    seen = Restricted(CORE, frames) if edition == CORE else restrict(Tables(frames), edition)
    return Snapshot(seen, year, date(2026, 11, 1), "Test", "en", "EUR", MappingSettings(), {})


def compare(then, now, edition=CORE):
    before = cycle(2025, edition, **then)
    return analyse(ChapterInputs(cycle(2026, edition, **now), before=before))


@pytest.mark.parametrize(
    ("then", "now", "moved"),
    [(MILD, SEVERE, "worse"), (SEVERE, MILD, "milder"), (MILD, MILD, "the same")],
)
def test_a_class_is_worse_milder_or_the_same(then, now, moved):
    result = compare({"harm_ratings": then}, {"harm_ratings": now})
    table = result.tables["harm_moved"]
    assert table["moved"].tolist() == [moved] and table["case"].tolist() == [
        "K1 Families at a road"
    ]
    assert "Kenya office" in table["group"].item()
    words = {
        "worse": "worse in 1 and milder in 0",
        "milder": "worse in 0 and milder in 1",
        "the same": "worse in 0 and milder in 0",
    }
    (said,) = cost(result, Say()).sentences
    assert said == (
        f"Of 1 groups and ways of responding screened both times, harm to people is {words[moved]}."
    )


def test_every_screened_group_and_way_is_counted_once_in_either_year():
    result = compare({"harm_ratings": MILD}, {"harm_ratings": SEVERE})
    counts = result.tables["harm_by_class"].set_index("class")
    assert counts.index.tolist() == list(reversed(CLASSES))
    assert counts.sum().tolist() == [1, 1]


def test_a_case_of_one_year_only_is_no_change():
    result = compare({"cases": []}, {"harm_ratings": SEVERE})
    assert result.tables["harm_moved"].empty
    assert cost(result, Say()) is None


def test_an_exercise_harms_nobody():
    exercise = {"cases": [whole_case(is_exercise=True)], "harm_ratings": SEVERE}
    assert compare(exercise, exercise).tables["harm_by_class"].empty


def test_an_edition_that_does_not_see_all_shows_no_part_of_the_harm():
    result = compare({"harm_ratings": MILD}, {"harm_ratings": SEVERE}, LEADERS)
    assert result.tables["harm_moved"].empty and result.tables["harm_by_class"].empty
