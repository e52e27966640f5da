"""Chapter 00 on small federations that can be checked by hand, with one assessor, and with none."""

from __future__ import annotations

import numpy as np
import pandas as pd

from strategy_lib.chapters.prepare.priorities import _medians_without_each
from strategy_lib.chapters.prepare.readiness import (
    ALL,
    NO_ANSWER,
    NO_ROLE,
    cells,
    disagreements,
    overdue,
    readiness,
    without_role,
)
from strategy_lib.editions.restrict import DEFAULT_EDITIONS
from strategy_lib.schema.reference import reference
from tests.chapters.prepare.rooms import (
    ASSESSORS,
    analyse,
    context,
    ordered,
    page_of,
    row_of,
    said,
)
from tests.workspaces import UNITS


def test_the_order_is_gap_times_importance_worked_out_by_hand():
    """8: (4-1)*4 = 12 and (4-3)*4 = 4, middle 8; 9: (4-2)*3 = 6 and (4-0)*3 = 12, middle 9."""
    first, _ = ordered(
        said("A1", 8, 1, 4),
        said("A3", 8, 3, 4),
        said("A1", 9, 2, 3),
        said("A3", 9, 0, 3),
    )
    assert first["recommendation_id"].tolist() == ["9", "8"]
    assert first["median"].tolist() == [9.0, 8.0]
    top = first.iloc[0]
    assert (top["gap"], top["importance"], top["gap_times_importance"]) == ("2–4", "3", "6–12")
    assert (top["answers"], top["units"]) == (2, 2)


def test_equal_ones_are_said_to_be_equal_and_share_a_rank():
    first, _ = ordered(*(said("A1", n, 2, 4) for n in (3, 12)), said("A1", 7, 3, 1))
    assert first["rank"].tolist() == [1, 1, 3]
    assert first["is_tied"].tolist() == [True, True, False]


def test_those_that_tie_for_the_fifth_place_are_all_there():
    rows = [said("A1", n, 0, 4) for n in range(1, 5)] + [said("A1", n, 1, 4) for n in range(5, 8)]
    first, _ = ordered(*rows)
    assert len(first) == 7


def test_where_nearly_everything_ties_nothing_comes_first():
    first, _ = ordered(*(said("A1", n, 1, 3) for n in range(1, 49)))
    assert first.empty


def test_no_gap_or_no_importance_asks_for_nothing():
    first, _ = ordered(said("A1", 1, 4, 4), said("A1", 2, 0, 0))
    assert first.empty


def test_a_thing_that_one_person_carries_is_told():
    """Six recommendations; without A1, the one that only A1 finds pressing is not among five."""
    rows = [said(who, n, 2, 3) for who in ("A1", "A3") for n in range(1, 6)]
    rows += [said("A1", 6, 0, 4), said("A3", 6, 3, 1)]
    _, ranked = ordered(*rows)
    assert row_of(ranked, recommendation_id="6")["n_drops_without"] == 1


def test_a_unit_with_many_assessors_counts_as_one_where_units_count():
    """hq (two people) finds six things pressing, ke one other: by units that one is among five."""
    people = [*ASSESSORS, {"assessor_id": "A5", "unit_id": "hq"}]
    rows = [said(who, n, 2, 2) for who in ("A1", "A2", "A5") for n in range(1, 6)]
    rows += [said("A3", n, 4, 0) for n in range(1, 6)]
    rows += [said(who, 6, 3, 3) for who in ("A1", "A2", "A5")] + [said("A3", 6, 0, 4)]
    _, ranked = ordered(*rows, assessors=people)
    assert not (row_of(ranked, recommendation_id="6")["rank"] <= 5)
    assert row_of(ranked, recommendation_id="6")["is_first_by_units"]


def test_the_order_without_multiplying_is_told_where_it_differs():
    """6 has a gap of 4 that matters little (1): the product is as large, not the smaller."""
    rows = [said(who, n, 2, 2) for who in ("A1", "A3") for n in range(1, 6)]
    rows += [said(who, 6, 0, 1) for who in ("A1", "A3")]
    _, ranked = ordered(*rows)
    assert row_of(ranked, recommendation_id="6")["rank"] == 1
    assert not row_of(ranked, recommendation_id="6")["is_first_by_smaller"]
    assert row_of(ranked, recommendation_id="1")["is_first_by_smaller"]


def test_many_equal_middles_of_many_people_are_told_apart_by_who_is_above_and_below():
    """All 12 have the middle 8; on the first five one person more is above it, on others below."""
    people = [{"assessor_id": f"A{n}", "unit_id": "hq"} for n in range(1, 8)]
    rows = [said(f"A{p}", n, 2, 4) for p in range(1, 6) for n in range(1, 13)]
    rows += [said(f"A{p}", n, 0, 4) for p in (6, 7) for n in range(1, 6)]
    rows += [said(f"A{p}", n, 4, 4) for p in (6, 7) for n in range(6, 13)]
    first, ranked = ordered(*rows, assessors=people)
    assert ranked["median"].tolist() == [8.0] * 12
    assert first["recommendation_id"].tolist() == ["1", "2", "3", "4", "5"]
    assert first["lean_pct"].tolist() == [28.6] * 5


def test_many_equal_middles_are_not_told_apart_by_chance():
    """200 people whose answers have no order in them: whatever leads would do so by luck."""
    people = [{"assessor_id": f"P{n}", "unit_id": "hq"} for n in range(200)]
    draw = np.random.default_rng(7).integers(0, 5, size=(200, 48, 2)).tolist()
    rows = [said(f"P{p}", n + 1, *draw[p][n]) for p in range(200) for n in range(48)]
    first, _ = ordered(*rows, assessors=people)
    assert first.empty


def test_the_order_to_read_has_each_middle_with_its_range_in_one_cell():
    rows = [said("A1", 8, 1, 4), said("A3", 8, 3, 4), said("A1", 9, 2, 3)]
    shown = analyse(readiness=rows).tables["order"]
    row = row_of(shown, recommendation="8 Data-security rules")
    assert (row["gap_to_level_4"], row["importance"], row["gap_times_importance"]) == (
        "2 (1–3)",
        "4",
        "8 (4–12)",
    )
    assert row["people"] == 2


def test_every_recommendation_is_drawn_once_and_no_heat_map_is_too_long_to_print():
    ids = context().items["recommendation_id"]
    parts = reference("recommendations")["recommendation_id"]
    rows = [said("A1", n, 1, 1) for n in {*ids, *parts}]
    drawn = analyse(readiness=rows).shown
    names = [n for cells in drawn.values() for n in cells["recommendation_id"].drop_duplicates()]
    assert sorted(names) == sorted({*ids, *parts})
    assert max(cells["recommendation_id"].nunique() for cells in drawn.values()) <= 12


def test_units_that_are_equally_far_apart_are_all_named_or_counted():
    rows = [said("A1", n, 0) for n in (6, 9)] + [said("A3", n, 4) for n in (6, 9)]
    whole = analyse(readiness=rows).tables["readiness"]
    far = whole[whole["apart_between"] == whole["apart_between"].max()]
    assert far["recommendation_id"].tolist() == ["6", "9"]


def test_the_second_round_counts_and_what_it_leaves_empty_stays():
    rows = [
        said("A1", 11, 3, 4, evidence="Agreed in March", round=1),
        said("A1", 11, 1, evidence="Not used", round=2),
    ]
    row = row_of(readiness(context(readiness=rows)), recommendation_id="11")
    assert (row["lowest"], row["highest"], row["importance_median"]) == (1, 1, 4)
    assert row["answers"] == 1


def test_a_row_that_came_with_the_form_and_stayed_empty_is_no_answer():
    result = analyse(readiness=[{"assessor_id": "A1", "recommendation_id": "5"}])
    assert row_of(result.tables["readiness"], recommendation_id="5")["answers"] == 0
    assert not result["people"]
    assert result.tables["readiness_organisation"].empty


def test_zero_is_a_level_and_no_answer_is_not():
    result = analyse(readiness=[said("A1", 5, 0, 2)])
    assert row_of(result.tables["readiness"], recommendation_id="5")["median"] == 0
    assert pd.isna(row_of(result.tables["readiness"], recommendation_id="6")["median"])
    assert set(result.tables["readiness_organisation"]["recommendation_id"]) == {"5"}


def test_spread_within_and_between_units_is_shown_with_the_middle():
    """hq says 0 and 3 (middle 1.5), ke 4: 3 apart within, 2.5 between."""
    rows = [said("A1", 21, 0, evidence="None seen"), said("A2", 21, 3), said("A3", 21, 4)]
    result = analyse(readiness=rows)
    row = row_of(result.tables["readiness"], recommendation_id="21")
    assert (row["apart_within"], row["apart_between"]) == (3, 2.5)
    cells = result.tables["readiness_together"].set_index("unit")["level"]
    assert cells["International office"] == "1.5 (0–3)"
    assert cells[ALL] == "3 (0–4)"
    (pair,) = result.tables["disagreements"].to_dict("records")
    assert (pair["who_lowest"], pair["evidence_lowest"]) == ("A1", "None seen")
    assert (pair["who_highest"], pair["evidence_highest"]) == ("A2", "none given")


def test_one_level_apart_is_no_clear_disagreement():
    assert disagreements(context(readiness=[said("A1", 21, 2), said("A2", 21, 3)])).empty


def test_nobodys_job_is_told_from_what_nobody_answered():
    rows = [said("A1", n, 1, 3, owner_role="coordinator") for n in range(1, 47)]
    rows += [said("A3", 46, 1, 3), said("A3", 47, 2, 4)]
    result = analyse(readiness=rows)
    nobody = result.tables["nobodys_job"].set_index("recommendation_id")["why"].to_dict()
    assert nobody == {"47": NO_ROLE, "48": NO_ANSWER}


def test_what_an_edition_withholds_is_not_called_nobodys():
    people = ("A1", "A2", "A3")
    rows = [said(who, 8, 1, 4, owner_role="officer", not_for_mainland=True) for who in people]
    rows += [said(who, 9, 1, 4) for who in people]
    result = analyse(DEFAULT_EDITIONS["mainland"], readiness=rows)
    mainland = DEFAULT_EDITIONS["mainland"]
    assert "In this edition no role is named" in " ".join(page_of(result, mainland).said)
    core = analyse(readiness=rows)
    assert "8" not in set(core.tables["nobodys_job"]["recommendation_id"])


def test_in_place_without_a_role_contradicts_its_own_level():
    rows = [said("A1", 7, 3), said("A2", 7, 3, owner_role="lead"), said("A3", 7, 2)]
    assert without_role(context(readiness=rows))["assessor_id"].tolist() == ["A1"]


def test_what_is_past_its_day_and_not_in_place():
    rows = [
        said("A1", 7, 2, due_date="2026-10-31"),
        said("A2", 7, 3, due_date="2026-10-31"),
        said("A3", 7, 2, due_date="2026-11-01"),
    ]
    assert overdue(context(readiness=rows))["assessor_id"].tolist() == ["A1"]


def test_a_row_is_about_the_assessors_own_unit_unless_it_says_another():
    rows = [said("A1", 9, 1), said("A1", 9, 3, unit_id="zm")]
    levels = cells(context(readiness=rows)).set_index("unit")["level"]
    assert levels.to_dict() == {"International office": "1", "Zambia office": "3", ALL: "2 (1–3)"}


def test_who_answered_who_did_not_and_who_is_not_asked():
    rows = [said("A1", n, 1) for n in range(1, 25)] + [said("A3", 1, 1)]
    result = analyse(readiness=rows)
    hq = row_of(result.tables["answers"], unit="International office")
    assert (hq["assessors"], hq["answered"], hq["least_pct"], hq["most_pct"]) == (2, 1, 50, 50)
    assert hq["no_answer_from"] == "A2"
    shown = analyse(DEFAULT_EDITIONS["leaders"], readiness=rows).tables["answers"]
    assert list(shown) == ["unit", "assessors", "answered", "least_pct", "most_pct"]
    assert page_of(result).answered == (
        "2 people have answered, from 2 of our 4 offices; 1 were asked and are silent, in 1 nobody "
        "was asked."
    )
    kinds = result.tables["answers_by_kind"].set_index("kind")
    assert kinds.loc["Country office"].tolist() == [1, 1, 1]


def test_a_closed_unit_is_not_counted():
    closed = [{**UNITS[3], "closed_date": "2026-01-31"}, *UNITS[:3]]
    result = analyse(units=closed, readiness=[said("A1", 1, 1)])
    assert page_of(result).answered.startswith("1 person has answered, from 1 of our 3 offices")


def test_one_persons_answers_are_called_so():
    result = analyse(assessors=ASSESSORS[:1], readiness=[said("A1", 9, 1, 4)])
    assert "The order rests on one person's answers." in page_of(result).said


def test_a_part_of_a_recommendation_is_shown_and_not_ranked():
    result = analyse(readiness=[said("A1", "4.1", 0, 4), said("A1", 4, 2, 4)])
    assert "4.1" in set(result.tables["readiness"]["recommendation_id"])
    assert "4.1" not in set(result.tables["priorities"]["recommendation_id"])
    assert "4.2" not in set(result.tables["readiness"]["recommendation_id"])


def test_a_number_that_the_guide_does_not_have_is_told_and_left_out():
    result = analyse(readiness=[said("A1", "49", 0, 4), said("A1", 4, 2, 4)])
    assert "49" not in set(result.tables["readiness"]["recommendation_id"])
    assert any("(49)" in note for note in result.notes)


def test_the_order_of_the_rows_changes_nothing():
    rows = [said("A1", 8, 1, 4), said("A3", 8, 3, 2), said("A2", 8, 0, 1, evidence="x")]
    results = [analyse(readiness=order) for order in (rows, rows[::-1], rows[1:] + rows[:1])]
    for other in results[1:]:
        assert other.notes == results[0].notes
        for name, table in results[0].tables.items():
            pd.testing.assert_frame_equal(table, other.tables[name])


def test_many_units_are_taken_together_by_their_kind():
    units = [{"unit_id": f"u{n}", "name": f"Unit {n}", "kind": "desk"} for n in range(12)]
    people = [{"assessor_id": f"B{n}", "unit_id": f"u{n}"} for n in range(12)]
    rows = [said(f"B{n}", 9, n % 4) for n in range(12)]
    shown = cells(context(units=units, assessors=people, readiness=rows))
    assert shown["unit"].tolist() == ["Desk", ALL]
    assert shown["level"].tolist() == ["1.5 (0–3)", "1.5 (0–3)"]


def test_units_of_one_name_stay_apart():
    units = [{**UNITS[1], "name": "Desk"}, {**UNITS[2], "name": "Desk"}, UNITS[0]]
    shown = cells(context(units=units, readiness=[said("A3", 9, 1), said("A4", 9, 4)]))
    assert shown["unit"].tolist() == ["Desk (ke)", "Desk (kh)", ALL]


def test_leaving_each_person_out_gives_the_middles_of_the_others():
    """Against the plain way: take the row out, and count again."""
    source = np.random.default_rng(3)
    for people_count in range(2, 8):
        products = source.integers(0, 17, (people_count, 6)).astype(float)
        products[source.random(products.shape) < 0.3] = np.nan
        made = _medians_without_each(products)
        for person in range(people_count):
            rest = pd.DataFrame(np.delete(products, person, axis=0)).median()
            np.testing.assert_array_equal(made[person], rest.to_numpy())


def test_nobody_was_asked_is_not_no_answer():
    """A5."""
    asked, nobody = (analyse(readiness=[], assessors=who) for who in (ASSESSORS, []))
    counts = [r.tables["answers_by_kind"][["n_not_asked", "n_silent"]] for r in (asked, nobody)]
    assert [frame.sum().tolist() for frame in counts] == [[1, 3], [4, 0]]
