"""Whatever stands in a cell: nothing is raised, and no row is lost without a word."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from strategy_lib.inputs.files.rawsheets import RawSheet
from strategy_lib.inputs.layout.layouts import Sheet, find_layout, is_hxl_row
from strategy_lib.inputs.layout.leftovers import numbers_in_words
from strategy_lib.inputs.problem_log import ProblemLog
from strategy_lib.inputs.records import Converters, read_records
from strategy_lib.schema.csv_store import read_frames, write_frames
from strategy_lib.schema.text import is_blank
from tests.inputs.sent import ACTIVITY_HEADINGS, activity, read, text, xlsx

QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large]
# What a spreadsheet file can hold at all: no lone surrogates, no more than Excel's own limit.
cell = st.one_of(
    st.text(st.characters(blacklist_categories=["Cs"]), max_size=30),
    st.sampled_from(["#REF!", "=1+1", "<script>", "yes", "ke", "2024-05-01", "'", '"', "#", "-"]),
    st.floats(-1e9, 1e9),
    st.integers(-5, 60_000),
    st.booleans(),
    st.just(""),
)
rows = st.lists(st.lists(cell, max_size=len(ACTIVITY_HEADINGS) + 2), max_size=6)


def named_rows(tables) -> set[int]:
    """Rows of the sheet that are in a table or named in a problem or note."""
    named = {int(row) for row in tables["activities"]["source_row"]}
    for problem in (*tables.problems, *tables.asides):
        if problem.file.startswith("mapping"):
            named.add(problem.row)
            if problem.kind == "row_left_aside":
                named |= in_words(problem.message)
    return named


def in_words(message: str) -> set[int]:
    """Row numbers of a message such as `rows 4-6, 9: ...`."""
    numbers: set[int] = set()
    for part in message.partition(":")[0].removeprefix("row").removeprefix("s").split(","):
        first, _, last = part.strip().partition("-")
        numbers |= set(range(int(first), int(last or first) + 1))
    return numbers


@settings(deadline=None, derandomize=True, max_examples=12, suppress_health_check=QUIET)
@given(cells=rows, is_text=st.booleans())
@example(cells=[["", "", "", "", "", "", "", "", "", "", "", "", "only beside"]], is_text=False)
@example(cells=[["ke"]], is_text=False)
@example(cells=[["\x1f", "\x00"], ["ke", "a\x1fb", "labour_rights"]], is_text=True)
def test_every_row_is_in_a_table_or_named_in_a_problem(cells, is_text):
    content = [ACTIVITY_HEADINGS, *cells, activity()]
    files = (
        {"mapping/activities.csv": text(content)}
        if is_text
        else {"mapping/x.xlsx": xlsx({"activities": content})}
    )
    with tempfile.TemporaryDirectory() as folder:
        tables = read(Path(folder) / "ws", files)
        write_frames(Path(folder) / "kept", tables.frames)
        kept = read_frames(Path(folder) / "kept")
    filled = {n for n, row in enumerate(cells, 2) if not all(map(is_blank, row))}
    if not any(p.kind == "broken_csv" for p in tables.problems):
        assert filled <= named_rows(tables)
    assert kept["activities"].equals(tables["activities"])


@settings(deadline=None, derandomize=True, max_examples=8, suppress_health_check=QUIET)
@given(cells=st.lists(st.lists(cell, max_size=6), max_size=8), name=st.sampled_from(["units", "x"]))
def test_a_sheet_of_anything_is_read_or_told(cells, name):
    """Without any headings of ours: the whole sheet has a line, or nothing stands in it."""
    with tempfile.TemporaryDirectory() as folder:
        tables = read(Path(folder), {"mapping/x.xlsx": xlsx({name: cells})})
    is_filled = any(not is_blank(c) for row in cells for c in row)
    assert bool([p for p in tables.problems if p.file == "mapping/x.xlsx"]) or not is_filled


@settings(deadline=None, derandomize=True, max_examples=120, suppress_health_check=QUIET)
@given(cells=rows, is_1904=st.booleans())
def test_every_filled_row_becomes_a_record_or_is_named(cells, is_1904):
    """The same on the cells themselves: quicker, so tried more often."""
    raw = RawSheet("activities", [ACTIVITY_HEADINGS, *cells], is_1904=is_1904)
    problem_log = ProblemLog()
    sheet = Sheet("x.xlsx", raw, find_layout(raw, "x"), problem_log)
    records = read_records(sheet, Converters())
    named = {record["source_row"] for record in records}
    for note in problem_log.asides:
        named |= in_words(note.message) if note.kind == "row_left_aside" else set()
    skipped = {n for n, row in enumerate(cells, 2) if n <= 5 and is_hxl_row(row)}
    filled = {n for n, row in enumerate(cells, 2) if not all(map(is_blank, row))}
    assert filled - skipped <= named


@given(numbers=st.sets(st.integers(1, 50), min_size=1))
@settings(deadline=None, derandomize=True)
def test_numbers_in_words_can_be_read_back(numbers):
    assert in_words(f"rows {numbers_in_words(sorted(numbers))}: why") == numbers
