"""Who may see what: the rules of `editions.restrict`, whatever the tables hold."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategy_lib.editions.mentions import Mentions
from strategy_lib.editions.restrict import (
    DEFAULT_EDITIONS,
    LABELS,
    Edition,
    may_see_row,
    restrict,
    suppress_small,
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
    rows = [activity("u", handling="public", source_row=4)]
    public = restrict(tables(activities=rows), DEFAULT_EDITIONS["public"])["activities"]
    assert not {"activity_id", "counterpart", "source_row"} & set(public)
    core = restrict(tables(activities=rows), DEFAULT_EDITIONS["core"])["activities"]
    assert {"activity_id", "counterpart", "source_row"} <= set(core)


SECRET = {
    "name": "Secret Fund Co., Ltd.",
    "chinese_name": "密基金有限公司",
    "aliases": ("SF", "Société des Arbres"),
    "type": "ngo",
    "handling": "restricted",
}
SAME = {"name": "Fund of Secrets", "other_name": "secret fund", "decision": "same"}
LEADERS = DEFAULT_EDITIONS["leaders"]


def secret(*rows, **more):
    return tables(counterparts=[SECRET], name_decisions=[SAME], activities=rows, **more)


@pytest.mark.parametrize(
    "spelling",
    [
        "Secret Fund Co., Ltd.",
        "secret  FUND",
        "Secret Fund (Pty) Ltd",
        "Secret Fund S.A.",
        "密基金有限公司",
        "密基金",
        "SF",
        "societe des arbres",
        "Fund of Secrets",
        "FUND OF SECRETS Inc.",
    ],
)
def test_a_row_that_names_a_withheld_counterpart_is_withheld(spelling):
    given_tables = secret(activity("open"), activity("names it", counterpart=spelling))
    assert titles(restrict(given_tables, LEADERS)) == ["open"]
    assert len(titles(restrict(given_tables, DEFAULT_EDITIONS["core"]))) == 2


def test_names_declared_different_are_not_joined_by_their_legal_form():
    apart = {"name": "Secret Fund Co., Ltd.", "other_name": "Secret Fund LLC"}
    known = [SECRET, {"name": "Secret Fund LLC", "type": "ngo"}]
    rows = [activity("other", counterpart="Secret Fund LLC")]
    found = [
        titles(
            restrict(tables(counterparts=known, activities=rows, name_decisions=decided), LEADERS)
        )
        for decided in ([], [{**apart, "decision": "different"}])
    ]
    assert found == [[], ["other"]]


@pytest.mark.parametrize(
    "row",
    [
        {"name": "Daughter", "parent": "SECRET FUND"},
        {"name": "Daughter", "parent": "密基金"},
        {"name": "Daughter", "aliases": ("sf",)},
        {"name": "Secret Fund LLC"},
        {"name": "Friends of the Secret Fund"},
    ],
)
def test_a_counterpart_that_would_tell_of_a_withheld_one_appears_nowhere(row):
    shown = {"type": "ngo", "handling": "public"}
    found = restrict(
        tables(
            counterparts=[SECRET, row | shown, {"name": "Open House"} | shown],
            activities=[activity("x", counterpart=row["name"]), activity("o")],
        ),
        LEADERS,
    )
    assert found["counterparts"]["name"].tolist() == ["Open House"]
    assert titles(found) == ["o"]


@pytest.mark.parametrize(
    ("text", "is_withheld"),
    [
        ("Talks with the secret fund's board", True),
        ("Talks with Secret-Fund Ltd.", True),
        ("Visite à la SOCIETE DES ARBRES", True),
        ("Fund of Secrets: first meeting", True),
        ("与密基金合作开展培训", True),
        ("与密 基金有限公司合作", True),
        ("secret_fund_visit", True),
        ("secretfundings", False),
        ("The secret funds of others", False),
        ("A dam with SF", False),
        ("基金密", False),
    ],
)
def test_a_text_that_names_a_withheld_counterpart_withholds_its_row(text, is_withheld):
    found = restrict(secret(activity(text, handling="public")), LEADERS)
    assert titles(found) == ([] if is_withheld else [text])
    assert (found.withheld_count, found.withheld["counterparts"]) == (2 + is_withheld, 1)


@pytest.mark.parametrize(
    ("names", "text"),
    [
        (("صندوق الأسرار",), "اجتماع مع صندوق الأسرار في نيروبي"),
        (("Фонд тайн",), "Встреча (ФОНД ТАЙН)"),
        (("비밀기금",), "비밀기금과 회의"),
        (("Ｓｅｃｒｅｔ Fund",), "secret fund"),
        (("Łódzki Fundusz Źródeł",), "łódzki fundusz zrodeł"),
    ],
)
def test_names_in_any_script_are_found_in_texts(names, text):
    known = [{**SECRET, "name": "Q" * 9, "aliases": names, "chinese_name": None}]
    rows = tables(counterparts=known, activities=[activity(text), activity("other")])
    assert titles(restrict(rows, LEADERS)) == ["other"]


def test_a_text_that_an_edition_does_not_show_withholds_nothing():
    rows = secret(activity("x", note="Secret Fund paid", handling="public"))
    assert titles(restrict(rows, LEADERS)) == ["x"]


def test_what_refers_to_a_row_withheld_by_its_text_is_withheld_too():
    given_tables = tables(
        counterparts=[SECRET],
        units=[
            {"unit_id": "ke", "name": "Desk of the Secret Fund"},
            {"unit_id": "ug", "name": "U"},
        ],
        activities=[activity("x"), activity("y", unit_id="ug")],
    )
    assert titles(restrict(given_tables, LEADERS)) == ["y"]


def released(given_tables, *releases):
    frame = typed_frame(table_schema("text_releases"), releases)
    return Tables({**given_tables.frames, "text_releases": frame})


def release_of(reference, *editions):
    return {
        "reference": reference,
        "editions": editions,
        "reason": "known",
    }


def test_a_released_row_is_shown_to_the_editions_that_it_was_released_to():
    row = activity("About the Secret Fund", handling="public", counterpart=None)
    given_tables = secret(row)
    reference = Mentions(given_tables).reference("activities", 0)
    for editions, expected in ((("leaders",), [1, 0]), (("all",), [1, 1]), ((), [0, 0])):
        after = released(given_tables, release_of(reference, *editions))
        seen = [len(titles(restrict(after, DEFAULT_EDITIONS[e]))) for e in ("leaders", "mainland")]
        assert seen == expected


@pytest.mark.parametrize(
    "change",
    [
        {"activities": [activity("About the Secret Fund in Kenya", counterpart=None)]},
        {"counterparts": [{**SECRET, "not_for_mainland": True}]},
        {"counterparts": [{**SECRET, "aliases": ("About",)}]},
    ],
)
def test_a_release_ends_with_what_was_looked_at(change):
    given_tables = secret(activity("About the Secret Fund", counterpart=None))
    reference = Mentions(given_tables).reference("activities", 0)
    after = released(given_tables, release_of(reference, "all"))
    assert len(titles(restrict(after, LEADERS))) == 1
    frames = {**after.frames, **tables(**change).frames}
    assert titles(restrict(Tables(frames), LEADERS)) == []


def test_a_name_that_is_an_ordinary_word_can_be_released_in_every_text():
    known = [{**SECRET, "name": "Bridge Ltd", "aliases": (), "chinese_name": None}]
    rows = [activity(f"bridge {n}", counterpart=None) for n in "ab"]
    rows += [activity("Bridge Ltd", counterpart=None), activity("x", counterpart="Bridge")]
    given_tables = tables(counterparts=known, activities=rows)
    assert titles(restrict(given_tables, LEADERS)) == []
    after = released(given_tables, release_of("Bridge", "leaders"))
    assert titles(restrict(after, LEADERS)) == ["bridge a", "bridge b"]


WORDS = st.sampled_from(["Secret", "Fund", "of", "密基金", "Ltd", "trees", "SF", "Open"])


@settings(deadline=None, derandomize=True, max_examples=40)
@given(st.lists(st.lists(WORDS, max_size=4).map(" ".join), max_size=6))
def test_what_an_edition_shows_is_the_same_without_what_it_withholds(texts):
    rows = [
        activity(text, counterpart=text or None, activity_id=f"A{n}")
        for n, text in enumerate(texts)
    ]
    whole = restrict(secret(*rows), LEADERS)["activities"]
    assert not whole["title"].str.contains("Secret Fund|密基金").any()
    kept = [row for row in rows if row["activity_id"] in set(whole["activity_id"])]
    alone = restrict(tables(activities=kept), LEADERS)["activities"]
    pd.testing.assert_frame_equal(whole, alone)


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


@settings(deadline=None, derandomize=True, max_examples=50)
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


@pytest.mark.parametrize(
    ("kept_out", "edition", "is_shown"),
    [
        (None, "mainland", False),
        (True, "mainland", False),
        (False, "mainland", True),
        (None, "leaders", True),
    ],
)
def test_an_empty_label_of_what_is_entered_means_what_it_means_in_a_file(
    kept_out, edition, is_shown
):
    """Notes on partners are kept from mainland China where nothing is said."""
    row = {"handling": "internal", "not_for_mainland": kept_out}
    schema = table_schema("partner_evidence")
    assert may_see_row(row, schema, DEFAULT_EDITIONS[edition]) is is_shown
