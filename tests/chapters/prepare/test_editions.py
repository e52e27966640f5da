"""Chapter 00: what each edition shows, and that nothing withheld leaves a trace."""

from __future__ import annotations

import pandas as pd
import pytest

from strategy_lib.chapters.prepare.readiness import ALL
from strategy_lib.editions.restrict import DEFAULT_EDITIONS
from tests.chapters.prepare.rooms import (
    COUNTING,
    HOSTILE,
    analyse,
    flow,
    page_of,
    people,
    piece,
    posting,
    row_of,
    said,
    view,
)


@pytest.mark.parametrize("edition", DEFAULT_EDITIONS.values(), ids=lambda e: e.name)
def test_nothing_is_entered_at_all(edition):
    result = analyse(edition, units=[], assessors=[])
    assert page_of(result, edition).finding
    assert all(isinstance(table, pd.DataFrame) for table in result.tables.values())


def everything(text="Text"):
    """Rows in every table of the chapter, by three offices."""
    rows = [
        said(who, n, level, 3, owner_role=f"{text} role", evidence=f"{text} seen")
        for n in (1, 8, 16, 25)
        for who, level in (("A1", 0), ("A2", 2), ("A3", 3), ("A4", 1))
    ]
    flows = [flow(unit, "open", rule) for unit, rule in (("hq", "allowed"), ("ke", "not_allowed"))]
    return {
        "readiness": rows,
        "values_canvas": [view("1", text, "no_go", reason=text), view("2", text, "conflict")],
        "coordination": [{"function_id": "a", "function": text, "owner_role": text}],
        "data_flows": [{**row, "safeguard": text} for row in flows],
        "knowledge_bank": [piece("a", 1, holder_role=text) | {"what": text}],
        "turnover": [people("hq", 2026, 5, 1, 2, 1)],
        "secondments": [posting("N", "need", "ke"), posting("O", "offer")],
    }


SINGLE = (
    "answers",
    "disagreements",
    "nobodys_job",
    "without_role",
    "overdue",
    "values",
    "value_grid",
    "hub",
    "flows",
    "flow_contradictions",
    "one_keeper",
    "turnover",
    "secondments",
    "secondment_pairs",
    "secondments_left",
)


def test_an_edition_that_counts_no_small_group_shows_no_single_person_or_unit():
    result = analyse(COUNTING, **everything())
    assert {name for name in SINGLE if len(result.tables[name])} == set()
    cells = pd.concat(
        [result.tables[f"readiness_{n}"] for n in ("organisation", "together", "themes")]
    )
    assert set(cells["unit"]) == {ALL}
    assert (cells["answers"] >= 3).all()
    text = " ".join(page_of(result, COUNTING).said) + " ".join(
        map(str, result.tables["first_things"]["roles"])
    )
    assert "Text" not in text and "A1" not in text
    assert result.said["readers"] == ""


def test_fewer_people_than_an_edition_counts_are_not_shown_together_either():
    rows = [said("A1", 9, 1, 4), said("A3", 9, 2, 4)]
    result = analyse(COUNTING, readiness=rows)
    assert result.tables["readiness"][["lowest", "median", "highest"]].isna().all().all()
    assert result.tables["priorities"].empty and result.tables["readiness_organisation"].empty


def test_a_recommendation_that_too_few_answered_is_not_shown_among_others():
    rows = [said(who, 9, 1, 4) for who in ("A1", "A2", "A3")] + [said("A1", 8, 0, 4)]
    result = analyse(COUNTING, readiness=rows)
    assert set(result.tables["priorities"]["recommendation_id"]) == {"9"}
    eighth = row_of(result.tables["readiness"], recommendation_id="8")
    assert pd.isna(eighth["median"]) and pd.isna(eighth["answers"])
    assert pd.isna(eighth["importance_median"])


def test_small_counts_are_taken_out_where_they_are_shown_at_all():
    kinds = analyse(COUNTING, **everything()).tables["answers_by_kind"]
    shown = kinds.drop(columns="kind").to_numpy().ravel()
    assert not [n for n in shown if pd.notna(n) and 0 < n < 3]


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_goes_through_as_it_was_typed(text):
    result = analyse(**everything(text))
    assert text in set(result.tables["values"]["matter"])
    assert text in set(result.tables["one_keeper"]["what"])


@pytest.mark.parametrize("edition", ["partner", "public"])
def test_unlabelled_rows_leave_no_trace_in_wider_editions(edition):
    shown = analyse(DEFAULT_EDITIONS[edition], **everything("Zq17"))
    empty = analyse(DEFAULT_EDITIONS[edition])
    assert shown.notes == empty.notes
    pages = (page_of(result, DEFAULT_EDITIONS[edition]) for result in (shown, empty))
    assert len({repr(made) for made in pages}) == 1
    for name, table in empty.tables.items():
        pd.testing.assert_frame_equal(shown.tables[name], table)


def test_withheld_rows_change_nothing_in_the_mainland_edition():
    mainland = DEFAULT_EDITIONS["mainland"]
    rows = everything()
    more = {
        "readiness": [*rows["readiness"], said("A1", 45, 0, 4, not_for_mainland=True)],
        "data_flows": [*rows["data_flows"], flow("kh", "open", "allowed", not_for_mainland=True)],
        "values_canvas": [*rows["values_canvas"], view("9", "Zq", "no_go", not_for_mainland=True)],
    }
    with_them, without = analyse(mainland, **rows | more), analyse(mainland, **rows)
    assert page_of(with_them, mainland) == page_of(without, mainland)
    for name, table in without.tables.items():
        pd.testing.assert_frame_equal(with_them.tables[name], table)
