"""Files that grow: what was added is read, and all together is what a whole reading gives."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from strategy_lib.inputs.entries import growing
from strategy_lib.inputs.entries.entry import Asked, EntryLog, EntryReader, read_entries
from tests.widgets.room import Clock


def score(best, code="A01", number=1):
    row = {"assessor_id": code, "round": number, "option_id": "P1", "criterion_id": "safety"}
    return Asked("scores", row | {"best": best}, code)


def same(reader):
    """What the reader has now, which must be what a whole reading gives."""
    now, whole = reader.read(), read_entries(reader.folder)
    assert now == whole
    assert (now.standing, now.late) == (whole.standing, whole.late)
    return now


def test_only_what_was_added_is_parsed(inputs, monkeypatch):
    log, reader, parsed = EntryLog(inputs, "s1", Clock()), EntryReader(inputs), []
    real = growing.read_lines
    monkeypatch.setattr(growing, "read_lines", lambda *a: parsed.append(a[1]) or real(*a))
    log.append_many([score(n) for n in range(5)])
    first = reader.read()
    assert reader.read() is first
    parsed.clear()
    log.append_many([score(7)])
    assert len(same(reader).history) == 6
    assert [data.count(b"\n") for data in parsed] == [1, 0]


def test_a_file_that_was_written_anew_is_read_whole(inputs):
    log, reader = EntryLog(inputs, "s1", Clock()), EntryReader(inputs)
    log.append_many([score(n) for n in range(3)])
    same(reader)
    (path,) = inputs.glob("*/workshop/*.jsonl")
    text = path.read_text("utf-8").replace('"best":0', '"best":9')
    path.write_text(text + text.splitlines()[0] + "\n", "utf-8")
    assert same(reader).history[0].row["best"] == 9
    path.unlink()
    assert same(reader).history == ()


def test_a_line_without_an_end_is_read_anew_once_it_has_one(inputs):
    log, reader = EntryLog(inputs, "s1", Clock()), EntryReader(inputs)
    log.append_many([score(3)])
    (path,) = inputs.glob("*/workshop/*.jsonl")
    line = path.read_bytes()
    for torn in (line[:30], line[:-1], line, line + b"\xff\n", line + line + line[:5]):
        path.write_bytes(line + torn)
        same(reader)


@settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["s1", "s2", "s3"]),
            st.sampled_from(["set", "withdraw", "close_round", "open_round", "undo"]),
            st.sampled_from(["A01", "A02"]),
            st.integers(1, 2),
            st.integers(-3, 3),
        ),
        max_size=25,
    )
)
def test_whatever_is_entered_the_reader_has_what_a_whole_reading_gives(tmp_path_factory, steps):
    inputs = tmp_path_factory.mktemp("grown")
    clock, reader = Clock(), EntryReader(inputs)
    logs = {name: EntryLog(inputs, name, clock) for name in ("s1", "s2", "s3")}
    for session, kind, code, number, shift in steps:
        clock.now += timedelta(minutes=shift)
        log = logs[session]
        if kind == "undo":
            log.undo(code)
        elif kind in ("close_round", "open_round"):
            log.append("scores", {"round": number}, "facilitator", kind)
        else:
            asked = score(5, code, number)
            log.append(asked.table, asked.row, code, kind)
        same(reader)
