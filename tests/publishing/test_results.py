"""Result tables that Excel opens safely and that are replaced as a whole."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategy_lib.core.errors import InputError
from strategy_lib.publishing.results import csv_bytes, write_results

FRAME = pd.DataFrame({"office": ["Kenya", "中国"], "n": [1, 2]})
SUMMARY = {"title": "Internal mapping", "as_of": date(2026, 11, 1), "bottom_line": ["One."]}


def read(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_chapter_leaves_its_tables_and_its_summary(tmp_path):
    folder = tmp_path / "results" / "core" / "01_internal_mapping"
    summary = {**SUMMARY, "tables": {"offices": {"title": "Our offices"}}, "n": np.int64(3)}
    write_results(folder, "01_internal_mapping", {"offices": FRAME, "by_theme": FRAME}, summary)
    assert sorted(p.name for p in folder.iterdir()) == [
        "by_theme.csv",
        "offices.csv",
        "summary.json",
    ]
    assert [p.name for p in folder.parent.iterdir()] == ["01_internal_mapping"]
    saved = json.loads((folder / "summary.json").read_text("utf-8"))
    fields = [{"name": "office", "type": "string"}, {"name": "n", "type": "integer"}]
    assert saved["tables"] == {
        "by_theme": {"title": "By theme", "rows": 2, "fields": fields},
        "offices": {"title": "Our offices", "rows": 2, "fields": fields},
    }
    assert (saved["chapter"], saved["as_of"], saved["n"]) == (
        "01_internal_mapping",
        "2026-11-01",
        3,
    )


def test_what_was_there_before_is_gone_and_the_same_input_gives_the_same_bytes(tmp_path):
    folder = tmp_path / "c"
    write_results(folder, "c", {"old": FRAME}, SUMMARY)
    write_results(folder, "c", {"new": FRAME}, SUMMARY)
    first = {p.name: p.read_bytes() for p in folder.iterdir()}
    write_results(folder, "c", {"new": FRAME}, dict(reversed(SUMMARY.items())))
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == first
    assert set(first) == {"new.csv", "summary.json"}


def test_a_failure_leaves_what_was_there(tmp_path):
    write_results(tmp_path / "c", "c", {"good": FRAME}, SUMMARY)
    with pytest.raises(InputError, match="cannot hold"):
        write_results(tmp_path / "c", "c", {"bad": FRAME}, {"x": object()})
    with pytest.raises(InputError, match="cannot name a table"):
        write_results(tmp_path / "c", "c", {"../bad": FRAME}, SUMMARY)
    assert (tmp_path / "c" / "good.csv").exists()
    assert not (tmp_path / "c" / "bad.csv").exists()


def test_excel_knows_the_encoding_and_numbers_stay_numbers():
    content = csv_bytes(pd.DataFrame({"n": [-1, 2], "x": [0.1, None], "t": ["中", "b"]}))
    assert content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    assert read(content) == [["n", "x", "t"], ["-1", "0.1", "中"], ["2", "", "b"]]


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", "\n=1", " =1", "\uff1d1", "\x00=1"]
)
def test_no_text_is_a_formula(text):
    frame = pd.DataFrame({text: [text], "list": [(text,)], "kind": pd.Categorical([text])})
    cells = [cell for row in read(csv_bytes(frame)) for cell in row if cell not in ("list", "kind")]
    assert all(cell.startswith("'") for cell in cells)


def test_dates_lists_and_gaps():
    frame = pd.DataFrame(
        {
            "d": pd.to_datetime(["2026-11-01", None]),
            "l": [("a", "b"), ()],
            "b": pd.array([True, None], dtype="boolean"),
        }
    )
    assert read(csv_bytes(frame))[1:] == [["2026-11-01", "a; b", "True"], ["", "", ""]]


@settings(deadline=None, derandomize=True)
@given(st.lists(st.text(), min_size=1, max_size=5))
def test_any_text_is_written_and_only_an_apostrophe_is_added(texts):
    rows = read(csv_bytes(pd.DataFrame({"t": texts, "n": range(len(texts))})))[1:]
    assert len(rows) == len(texts)
    assert all(set(row[0]) <= {*text, "'", "\n"} for row, text in zip(rows, texts, strict=True))
    assert not any(row[0].lstrip()[:1] in tuple("=+-@") for row in rows if row[0].strip())
