"""Frames as tables that people read."""

from __future__ import annotations

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from strategy_lib.publishing.tabulate import PageTable, heading, page_table, table_html


def rows(**columns):
    return page_table(pd.DataFrame(columns), "A title").rows


def test_numbers_are_printed_as_their_column_needs():
    assert rows(n=[1.0, 2.0]) == (("1",), ("2",))
    assert rows(n=[0.123, 1.5]) == (("0.12",), ("1.50",))
    assert rows(n=[12.34, 1.5]) == (("12.3",), ("1.5",))
    assert rows(n=[1_234_567, None]) == (("1,234,567",), ("–",))


def test_a_year_is_no_quantity():
    assert rows(cycle=[2025, 2026]) == (("2025",), ("2026",))


def test_values_of_every_kind_become_words():
    frame = pd.DataFrame(
        {
            "lists": [("a", "b"), ()],
            "flags": pd.array([True, None], dtype="boolean"),
            "dates": pd.to_datetime(["2026-11-01", None]),
            "names": ["国家开发银行", None],
            "kinds": pd.Categorical(["x", "y"]),
        }
    )
    assert page_table(frame, "t").rows == (
        ("a; b", "yes", "2026-11-01", "国家开发银行", "x"),
        ("–", "–", "–", "–", "y"),
    )


def test_headings_follow_the_column_grammar():
    assert [heading(n) for n in ("known_pct", "unit_id", "cost_usd", "pct", "A_b c")] == [
        "Known (%)",
        "Unit code",
        "Cost (USD)",
        "Pct",
        "A_b c",
    ]


def test_a_list_of_named_parts_has_no_headings_and_says_which_rows_go_on():
    frame = pd.DataFrame({"part": ["Risks", "", "Money"], "text": ["1. A", "2. B", "much"]})
    table = page_table(frame, "t", has_heads=False)
    html = str(table_html(PageTable.from_payload(table.payload())))
    assert "<thead>" not in html and 'class="table short bare"' in html
    assert html.count('<tr class="on">') == 1 and "2. B" in html
    assert "<thead>" in table_html(page_table(frame, "t"))


def test_days_and_short_ranges_are_not_broken():
    frame = pd.DataFrame(
        {
            "as_of": ["2026-11-01", ""],
            "oldest": ["2017-01", "2019"],
            "cost": ["1,388 (1,115–1,828)", "no amount"],
            "words": ["2026-11-01 or so", "3 (1–5) in the eyes of those who answered"],
        }
    )
    kinds = [column.kind for column in page_table(frame, "t").columns]
    assert kinds == ["date", "date", "range", "text"]


def test_a_long_table_says_what_it_leaves_out():
    table = page_table(pd.DataFrame({"n": range(60)}), "Many", max_rows=50)
    assert (len(table.rows), table.left_out) == (50, 10)
    assert "The first 50 of 60 rows." in table_html(table)
    whole = page_table(pd.DataFrame({"n": range(60)}), "Many", max_rows=None)
    assert (len(whole.rows), whole.left_out) == (60, 0)


def test_an_empty_table_says_so():
    html = table_html(page_table(pd.DataFrame(columns=["office", "n"]), "None yet"))
    assert "Nothing to list." in html
    assert 'colspan="2"' in html


def test_two_columns_of_one_name_stay_two():
    frame = pd.DataFrame([[1, "a"]], columns=["x", "x"])
    assert page_table(frame, "t").rows == (("1", "a"),)


def test_only_named_columns_are_links_and_only_to_the_web():
    frame = pd.DataFrame({"said": ["https://a.example"], "url": ["https://b.example/?a=1&b=2"]})
    html = table_html(page_table(frame, "t", links=["url"]))
    assert html.count("<a ") == 1
    assert '<a href="https://b.example/?a=1&amp;b=2" rel="noreferrer noopener">' in html
    bad = pd.DataFrame({"url": ["javascript:alert(1)"]})
    assert "<a " not in table_html(page_table(bad, "t", links=["url"]))


@settings(deadline=None, derandomize=True)
@given(st.text(), st.text(), st.text())
def test_no_text_becomes_markup(title, column, cell):
    table = page_table(pd.DataFrame({column: [cell]}), title, note=cell)
    plain = PageTable.from_payload(table.payload())
    assert plain == table
    bare = table_html(page_table(pd.DataFrame({"a": ["b"]}), "c", note="d"))
    if column and cell.strip():
        assert table_html(table).count("<") in (bare.count("<"), bare.count("<") - 2)


def test_a_payload_that_was_tampered_with_is_escaped_too():
    payload = page_table(pd.DataFrame({"a": ["b"]}), "c").payload()
    payload["columns"][0]["kind"] = '"><script>'
    payload["rows"] = [["<img src=x onerror=y>"]]
    html = table_html(PageTable.from_payload(payload))
    assert "<script" not in html
    assert "<img" not in html
