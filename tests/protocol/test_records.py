"""Decision records: whole or not there, chained, and silent about no later change."""

from __future__ import annotations

import json
import os
import re
import shutil
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from strategy_lib.core.errors import InputError
from strategy_lib.protocol.case import case_of
from strategy_lib.protocol.chain import (
    FIRST,
    SEAL,
    check_chain,
    head_in_words,
    head_path,
    read_records,
)
from strategy_lib.protocol.clocks import read_moment
from strategy_lib.protocol.freezing import hash_text
from strategy_lib.protocol.reading import read_protocol
from strategy_lib.protocol.records import check_records, write_record
from tests.protocol.cases import example_frames, frames_of, rating, small_case, whole_case

PROTOCOL = read_protocol()
NOW = read_moment("2026-10-30 12:00 Z")
HOSTILE = "<script>x</script>\n---\nseal: abc\n# ![p](http://x) `=1`\u202e"


def decision(code="D1", **more):
    row = {"case_decision_id": code, "case_id": "K1", "kind": "route_taken", "route_id": "R1"}
    row |= {"decision": "The letter goes out.", "decided_at": "2026-10-10 09:00 Z"}
    return row | {"decided_by_role": "executive_director", "conditions": "Two others sign."} | more


def case(*decisions, **changes):
    rows = list(decisions) or [decision()]
    return case_of(frames_of(small_case(case_decisions=rows, **changes)), "K1")


def write(folder, of=None):
    return write_record(folder, of or case(), PROTOCOL, NOW)


def test_a_record_holds_what_was_decided_on_what_ground_and_who_disagreed(tmp_path):
    dissents = [{"dissent_id": "X1", "case_id": "K1", "words": "Too early.\nWe were not asked."}]
    path = write(tmp_path, case(dissents=dissents))
    assert path.name == "0001-K1-D1.md"
    facts = read_records(tmp_path)[0].facts
    assert facts["decision"] == "The letter goes out."
    assert facts["conditions"] == "Two others sign."
    assert facts["dissents"] == ["Too early.\nWe were not asked."]
    assert facts["risk_state"] == [
        {"group": "G1", "route": "private", "stage": "before", "class": "within tolerance"}
    ]
    assert facts["does_not_hold_up"] == []
    text = path.read_text(encoding="utf-8")
    assert "> Too early.\n> We were not asked." in text
    assert "## Dissent (not signed)" in text


def test_records_are_numbered_and_each_names_the_one_before(tmp_path):
    write(tmp_path)
    second = decision("D2", decided_at="2026-10-20 09:00 Z")
    write(tmp_path, case(decision(), second))
    first, last = read_records(tmp_path)
    assert first.facts["previous"] == FIRST
    assert last.facts["previous"] == first.hash
    assert check_chain(tmp_path) == []


def test_a_decision_is_recorded_once_and_only_if_there_is_one(tmp_path):
    with pytest.raises(InputError, match="No decision on K1 is entered"):
        write(tmp_path, case_of(frames_of(small_case()), "K1"))
    write(tmp_path)
    with pytest.raises(InputError, match="has its record already"):
        write(tmp_path)
    assert len(read_records(tmp_path)) == 1


def change_words(path):
    path.write_text(
        path.read_text(encoding="utf-8").replace("Two others", "Nobody"), encoding="utf-8"
    )


def test_a_changed_record_is_found_and_nothing_is_added_to_it(tmp_path):
    path = write(tmp_path)
    change_words(path)
    assert [fault.message for fault in check_chain(tmp_path)] == [
        "was changed after it was written"
    ]
    second = decision("D2", decided_at="2026-10-20 09:00 Z")
    with pytest.raises(InputError, match="do not hold together"):
        write(tmp_path, case(decision(), second))


@cache
def decided(count):
    """A case on which so many decisions were taken, a day each."""
    days = range(10, 10 + count)
    return case(*(decision(f"D{day}", decided_at=f"2026-10-{day} 09:00 Z") for day in days))


@pytest.fixture(scope="module")
def three(tmp_path_factory):
    """A folder in which `decisions` holds three records."""
    folder = tmp_path_factory.mktemp("three")
    for count in (1, 2, 3):
        write(folder / "decisions", decided(count))
    return folder


@pytest.fixture
def folder(three, tmp_path):
    return shutil.copytree(three, tmp_path / "three") / "decisions"


def seal_again(path, **facts):
    """What somebody writes who knows how a record is sealed."""
    content = path.read_text(encoding="utf-8").rpartition(SEAL)[0]
    for name, value in facts.items():
        content = re.sub(rf"(?m)^{name}: .*$", f"{name}: {json.dumps(value)}", content, count=1)
    path.write_text(f"{content}{SEAL}{hash_text(content)}\n", encoding="utf-8")


def swap(records):
    """The last two in the other order, sealed and chained anew."""
    first, second, third = records
    ends = second.name[4:], third.name[4:]
    moved = third.rename(third.with_name(f"0002{ends[1]}"))
    last = second.rename(second.with_name(f"0003{ends[0]}"))
    seal_again(moved, record=2, previous=hash_text(first.read_text(encoding="utf-8")))
    seal_again(last, record=3, previous=hash_text(moved.read_text(encoding="utf-8")))


def put_last(records):
    """A fourth, sealed and chained, that the workbook has not written."""
    more = records[2].with_name("0004-K1-D13.md")
    more.write_bytes(records[2].read_bytes())
    whole = hash_text(records[2].read_text(encoding="utf-8"))
    seal_again(more, record=4, previous=whole, case_decision_id="D13")


HARM = {
    "the first is removed": (lambda r: r[0].unlink(), "a record is missing"),
    "the last is removed": (lambda r: r[2].unlink(), "counts 3, but 2 records are there"),
    "all are removed": (lambda r: [p.unlink() for p in r], "counts 3, but no records are there"),
    "the folder is removed": (lambda r: shutil.rmtree(r[0].parent), "but no records are there"),
    "one is renamed": (lambda r: r[1].rename(r[1].with_name("0002-K9-D1.md")), "was renamed; it"),
    "one gets a number": (lambda r: r[2].rename(r[2].with_name("0009-K1-D12.md")), "was renamed"),
    "one gets no number": (lambda r: r[2].rename(r[2].with_name("old.md")), "is not named as"),
    "one is taken twice": (lambda r: shutil.copy(r[2], r[2].with_name("0004-K1-D12.md")), "twice"),
    "the last is sealed again": (lambda r: seal_again(r[2], decision="No."), "sealed again"),
    "two change places": (swap, "sealed again"),
    "one is put last": (put_last, "counts 3, but 4 records are there"),
    "the head is removed": (lambda r: head_path(r[0].parent).unlink(), "is missing, but 3 records"),
    "the head is broken": (lambda r: head_path(r[0].parent).write_text("{}"), "cannot be read"),
}


@pytest.mark.parametrize("done", HARM)
def test_what_is_done_to_the_records_is_an_error_and_nothing_is_added(folder, done):
    harm, told = HARM[done]
    harm(sorted(folder.glob("*.md")))
    faults = check_records(folder, {"K1": decided(4)}, NOW)
    assert any(told in fault.message for fault in faults), faults
    assert {fault.severity for fault in faults} == {"error"}
    assert "workbook decide" not in " ".join(map(str, faults))
    assert "do not hold together" in head_in_words(folder)
    with pytest.raises(InputError, match="do not hold together"):
        write(folder, decided(4))


def test_the_head_is_printed_short_and_tells_how_many(tmp_path, folder):
    assert head_in_words(tmp_path) == "Decisions on cases of speaking out: 0 sealed records."
    last = read_records(folder)[-1].hash
    assert f"3 sealed records, head {last[:4]} {last[4:8]} " in head_in_words(folder)


def test_a_replaced_record_is_found(tmp_path):
    first = write(tmp_path)
    write(tmp_path, case(decision(), decision("D2", decided_at="2026-10-20 09:00 Z")))
    other = tmp_path / "other"
    replacement = write(other, case(decision(conditions="None.")))
    first.write_bytes(replacement.read_bytes())
    assert any("does not follow the record before" in f.message for f in check_chain(tmp_path))


def test_what_is_no_record_is_said_so(tmp_path):
    tmp_path.joinpath("0001-x.md").write_bytes(b"\xff\xfe")
    tmp_path.joinpath("0002-x.md").write_text("hello", encoding="utf-8")
    assert [fault.message for fault in check_chain(tmp_path)] == ["cannot be read as a record"] * 2


@pytest.mark.parametrize(
    ("change", "table"),
    [
        ({"harm_ratings": [rating("A1", 2), rating("A2", 1)]}, "harm_ratings"),
        ({"cases": [whole_case(words="Fifty families have left.")]}, "cases"),
        ({"mitigations": [{"mitigation_id": "M", "case_id": "K1", "measure": "x"}]}, "mitigations"),
    ],
)
def test_what_a_decision_rested_on_is_frozen(tmp_path, change, table):
    write(tmp_path)
    assert check_records(tmp_path, {"K1": case()}, NOW) == []
    (fault,) = check_records(tmp_path, {"K1": case(**change)}, NOW)
    assert f"has changed since ({table}); was that meant" in fault.message


def test_what_follows_a_decision_does_not_undo_it(tmp_path):
    write(tmp_path)
    acted = case(
        decision(acted_at="2026-10-12 09:00 Z"),
        aftercare=[{"entry_id": "A", "case_id": "K1", "kind": "check"}],
    )
    assert check_records(tmp_path, {"K1": acted}, NOW) == []


def test_the_order_of_rows_and_their_files_do_not_count(tmp_path):
    ratings = [rating("A1", 1), rating("A2", 2)]
    write(tmp_path, case(harm_ratings=ratings))
    turned = case(harm_ratings=ratings[::-1])
    turned.frames["harm_ratings"]["source_row"] = [7, 9]
    assert check_records(tmp_path, {"K1": turned}, NOW) == []


def test_a_decision_without_a_record_and_a_record_without_a_case_are_told(tmp_path):
    (fault,) = check_records(tmp_path, {"K1": case()}, NOW)
    assert str(fault).startswith("K1 · D1: the decision has no record yet")
    assert fault.severity == "warning"
    write(tmp_path)
    (fault,) = check_records(tmp_path, {}, NOW)
    assert "no longer in the inputs" in fault.message


def test_texts_of_people_are_quoted_and_never_markup(tmp_path):
    dissents = [{"dissent_id": "X1", "case_id": "K1", "words": HOSTILE}]
    path = write(tmp_path, case(decision(decision=HOSTILE), dissents=dissents))
    body = path.read_text(encoding="utf-8").split("\n---\n", 1)[1]
    assert "<script>" not in body and "![" not in body and "\u202e" not in body
    assert read_records(tmp_path)[0].facts["decision"] == HOSTILE
    assert check_chain(tmp_path) == []


def test_a_code_that_is_no_file_name_makes_one(tmp_path):
    path = write(tmp_path, case(decision("../../etc/passwd")))
    assert path.parent == tmp_path
    assert check_chain(tmp_path) == []


def test_half_a_character_can_be_written(tmp_path):
    write(tmp_path, case(decision(decision="broken \ud800 half")))
    assert check_chain(tmp_path) == []


def test_what_does_not_hold_up_stands_in_the_record(tmp_path):
    path = write(tmp_path, case(decision(decided_by_role="counsel")))
    assert "without being the deputy" in path.read_text(encoding="utf-8")


class Crash(BaseException):
    """The machine stops here."""


@pytest.mark.parametrize("step", range(24))
def test_a_crash_at_any_step_leaves_no_record_or_a_whole_one(tmp_path, monkeypatch, step):
    left = [step]

    def crashing(call):
        def wrapped(*args, **kwargs):
            if left[0] == 0:
                raise Crash
            left[0] -= 1
            made = call(*args, **kwargs)
            if left[0] == 0:
                raise Crash
            left[0] -= 1
            return made

        return wrapped

    of = decided(1)
    folder = tmp_path / "records"
    with monkeypatch.context() as patched:
        for name in ("fsync", "replace", "open"):
            patched.setattr(os, name, crashing(getattr(os, name)))
        patched.setattr(Path, "replace", crashing(Path.replace))
        crashed = False
        try:
            write(folder, of)
        except Crash:
            crashed = True
    records = read_records(folder)
    assert len(records) <= 1
    assert crashed or len(records) == 1
    assert check_chain(folder) == []
    if not records:
        write(folder, of)
    assert len(read_records(folder)) == 1
    assert check_chain(folder) == []


def test_the_steps_of_the_crash_test_cover_the_writing(tmp_path, monkeypatch):
    """At least one of its steps lies before the record is there, and one behind."""
    seen = []
    original = Path.replace
    monkeypatch.setattr(Path, "replace", lambda *a: seen.append("replace") or original(*a))
    sync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda d: seen.append("fsync") or sync(d))
    write(tmp_path)
    assert seen.index("fsync") < seen.index("replace") < len(seen) - 1


def test_the_examples_decision_can_be_recorded(tmp_path):
    frames = example_frames()
    of = case_of(frames, "C2")
    path = write_record(tmp_path, of, PROTOCOL, read_moment("2026-11-01 23:59 Z"))
    text = path.read_text(encoding="utf-8")
    assert "我们希望下次能更早参与。" in text
    facts = read_records(tmp_path)[0].facts
    assert json.dumps(facts)
    assert facts["review_date"] == "2027-01-15"
    assert date.fromisoformat(facts["expires_date"]) == date(2026, 9, 30)
    assert facts["does_not_hold_up"] == []
