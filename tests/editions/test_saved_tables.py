"""Columns of saved tables: what kind of values each holds, and what is no table."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
import pytest

from strategy_lib.core.errors import InputError
from strategy_lib.editions.results import saved_columns
from strategy_lib.editions.saved_tables import read_columns
from strategy_lib.publishing.results import csv_bytes


def columns(tmp_path, frame):
    path = tmp_path / "made.csv"
    path.write_bytes(csv_bytes(frame))
    return {column.name: (column.kind, column.values) for column in read_columns(path)}


def test_each_column_has_its_kind_and_none_where_nothing_stands(tmp_path):
    frame = pd.DataFrame(
        {
            "option": ["=1+1", None],
            "n": [3, 4],
            "share_pct": [37.5, None],
            "whole": [3.0, None],
            "due": ["2026-11-15", None],
            "is_open": [True, None],
            "later": [None, None],
            "recommendation_id": ["4.10", "4.1"],
        }
    )
    assert columns(tmp_path, frame) == {
        "option": ("text", ["=1+1", None]),
        "n": ("whole number", [3, 4]),
        "share_pct": ("number", [37.5, None]),
        "whole": ("whole number", [3.0, None]),
        "due": ("day", [datetime(2026, 11, 15), None]),
        "is_open": ("yes or no", [True, None]),
        "later": ("nothing yet", [None, None]),
        "recommendation_id": ("text", ["4.10", "4.1"]),
    }


def test_a_text_longer_than_csv_readers_take_by_themselves_is_whole(tmp_path):
    long = "中" * 200_000
    assert columns(tmp_path, pd.DataFrame({"text": [long]})) == {"text": ("text", [long])}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"a,b\n1\n", "row 2 has 1 cells; the first has 2"),
        (b"a,b\n1,2,3\n", "row 2 has 3 cells; the first has 2"),
        (b"a\n\xff\xfe\n", "utf-8"),
    ],
)
def test_a_file_that_is_no_table_is_named_with_what_is_wrong(tmp_path, content, words):
    path = tmp_path / "broken.csv"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"broken\.csv: is no table") as caught:
        saved_columns(path)
    assert words in str(caught.value)
