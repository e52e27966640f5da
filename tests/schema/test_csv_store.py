"""Frames written and read back are the same frames, whatever text they hold."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from strategy_lib.schema.csv_store import read_frames, write_frames
from strategy_lib.schema.frames import typed_frame
from strategy_lib.schema.schema import table_schema

TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=12
)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "unit_id": TEXT,
            "purpose": st.one_of(
                st.none(), TEXT, st.sampled_from(["NA", "null", "1", "True", '"'])
            ),
            "languages": st.lists(TEXT, max_size=3).map(tuple),
            "start_date": st.one_of(st.none(), st.dates(date(1900, 1, 1), date(2199, 1, 1))),
            "weeks": st.one_of(st.none(), st.integers(0, 3)),
            "not_for_mainland": st.sampled_from([True, False, None]),
            "source_row": st.integers(1, 10**6),
        }
    ),
    max_size=6,
)


@settings(deadline=None, derandomize=True)
@given(ROWS)
def test_what_is_written_reads_back_the_same(rows):
    frame = typed_frame(table_schema("secondments"), rows)
    with tempfile.TemporaryDirectory() as folder:
        write_frames(Path(folder), {"secondments": frame})
        back = read_frames(Path(folder))
    pd.testing.assert_frame_equal(back["secondments"], frame)


def test_a_withheld_column_stays_absent_and_bytes_are_the_same(tmp_path):
    frame = typed_frame(table_schema("coordination"), [{"function_id": "F1", "staff_fte": 3.5}])
    frames = {"coordination": frame[["function_id", "staff_fte"]]}
    write_frames(tmp_path / "a", frames)
    write_frames(tmp_path / "b", frames)
    assert list(read_frames(tmp_path / "a")["coordination"].columns) == ["function_id", "staff_fte"]
    assert (tmp_path / "a/coordination.csv").read_bytes() == (
        tmp_path / "b/coordination.csv"
    ).read_bytes()
