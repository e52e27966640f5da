"""Who may see what: the rules of `editions.restrict`, whatever the tables hold."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategy_lib.editions.restrict import (
    DEFAULT_EDITIONS,
    LABELS,
    Edition,
    restrict,
    suppress_small,
    visible_at,
)
from strategy_lib.schema.frames import Tables, typed_frame
from strategy_lib.schema.schema import table_schema


def tables(**records):
    frames = {name: typed_frame(table_schema(name), rows) for name, rows in records.items()}
    return Tables(frames)


def activity(title, **more):
    return {"unit_id": "ke", "title": title, "theme": "health", "counterpart": "A", **more}


def titles(restricted):
    return list(restricted["activities"]["title"])


@pytest.mark.parametrize(
    ("edition", "expected"),
    [
        ("core", ["i", "n", "p", "r", "u"]),
        ("leaders", ["i", "n", "p", "u"]),
        ("mainland", ["i", "p", "u"]),
        ("partner", ["p", "u"]),
        ("public", ["u"]),
    ],
)
def test_rows_above_the_clearance_are_withheld(edition, expected):
    rows = [
        activity("u", handling="public"),
        activity("p", handling="partner"),
        activity("i"),
        activity("n", not_for_mainland=True),
        activity("r", handling="restricted"),
    ]
    assert titles(restrict(tables(activities=rows), DEFAULT_EDITIONS[edition])) == expected


def test_a_case_without_a_label_is_restricted():
    row = {"case_id": "C1", "title": "Words about a dam"}
    found = [
        restrict(tables(cases=[row | more]), DEFAULT_EDITIONS[edition])["cases"]["case_id"].tolist()
        for more in ({}, {"handling": "internal"})
        for edition in ("core", "leaders")
    ]
    assert found == [["C1"], [], ["C1"], ["C1"]]


def test_an_unknown_label_is_shown_to_nobody():
    rows = [activity("odd", handling="publick")]
    assert titles(restrict(tables(activities=rows), DEFAULT_EDITIONS["core"])) == []


def test_columns_above_the_clearance_are_absent():
    rows = [activity("u", handling="public", note="private", owner_role="x", source_row=4)]
    public = restrict(tables(activities=rows), DEFAULT_EDITIONS["public"])["activities"]
    assert not {"note", "owner_role", "counterpart", "source_row"} & set(public)
    core = restrict(tables(activities=rows), DEFAULT_EDITIONS["core"])["activities"]
    assert {"note", "owner_role", "counterpart", "source_row"} <= set(core)


@pytest.mark.parametrize("spelling", ["Secret Fund", "secret  FUND", "密基金", "SF"])
def test_a_row_that_names_a_withheld_counterpart_is_withheld(spelling):
    named = {"name": "Secret Fund", "chinese_name": "密基金", "aliases": ("SF",), "type": "ngo"}
    given_tables = tables(
        counterparts=[{**named, "handling": "restricted"}],
        activities=[activity("open"), activity("names it", counterpart=spelling)],
    )
    assert titles(restrict(given_tables, DEFAULT_EDITIONS["leaders"])) == ["open"]
    assert len(titles(restrict(given_tables, DEFAULT_EDITIONS["core"]))) == 2


def test_withholding_an_office_withholds_what_it_reported():
    given_tables = tables(
        units=[
            {"unit_id": "ke", "name": "K", "handling": "restricted"},
            {"unit_id": "desk", "name": "D", "parent_unit_id": "ke"},
        ],
        returns=[{"unit_id": "ke"}],
        activities=[activity("x")],
    )
    leaders = restrict(given_tables, DEFAULT_EDITIONS["leaders"])
    assert [len(leaders[n]) for n in ("units", "returns", "activities")] == [0, 0, 0]


def test_the_count_of_withheld_rows_is_kept_only_where_it_may_be_shown():
    rows = [activity("r", handling="restricted"), activity("i")]
    assert restrict(tables(activities=rows), DEFAULT_EDITIONS["leaders"]).withheld_count == 1
    mainland = restrict(tables(activities=rows), DEFAULT_EDITIONS["mainland"])
    assert mainland.withheld_count is None
    assert not mainland.withheld


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "title": st.text(max_size=8),
            "unit_id": st.sampled_from(["ke", "ug"]),
            "counterpart": st.sampled_from(["A", "B", None]),
            "handling": st.sampled_from([*LABELS, None]),
            "not_for_mainland": st.sampled_from([True, False, None]),
        }
    ),
    max_size=8,
)


@settings(deadline=None, derandomize=True)
@given(ROWS, st.sampled_from(sorted(DEFAULT_EDITIONS)), st.randoms())
def test_an_edition_depends_on_nothing_that_it_withholds(rows, name, random):
    edition = DEFAULT_EDITIONS[name]
    whole = restrict(tables(activities=rows), edition)["activities"]
    visible = [
        row
        for row in rows
        if edition.may_see(row["handling"] or "internal")
        and not (edition.withhold_not_for_mainland and row["not_for_mainland"])
    ]
    random.shuffle(visible)
    alone = restrict(tables(activities=visible), edition)["activities"]
    pd.testing.assert_frame_equal(whole, alone)


@settings(deadline=None, derandomize=True)
@given(
    st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=2, max_size=5),
    st.integers(2, 6),
)
def test_totals_never_give_a_suppressed_cell_away(cells, smallest):
    counts = pd.DataFrame(cells)
    shown = suppress_small(counts, Edition("e", "E", "public", smallest_group=smallest))
    assert (shown.fillna(smallest).replace(0, smallest) >= smallest).all().all()
    hidden = shown.isna()
    for axis in (0, 1):
        alone = hidden.sum(axis=axis) == 1
        others = (shown.fillna(0) > 0).sum(axis=axis)
        assert not (alone & (others > 0)).any()


def test_visible_at_names_the_editions():
    assert visible_at(None, DEFAULT_EDITIONS.values()) == ["core", "leaders", "mainland"]
