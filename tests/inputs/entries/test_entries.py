"""What is entered in a workshop: nothing is lost, nothing is overwritten unseen."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta, timezone

import pytest

from strategy_lib.core.errors import InputError, WorkspaceError
from strategy_lib.inputs.entries import log as entry_log
from strategy_lib.inputs.entries.entry import (
    Asked,
    EntryLog,
    merge_entries,
    new_session,
    read_entries,
)
from strategy_lib.inputs.problem_log import ProblemLog
from tests.widgets.room import START, Clock

THEMES = ["biodiversity_wildlife", "technology"]
KEY = {"assessor_id": "A01", "round": 1, "option_id": "P1", "criterion_id": "safety"}

PERFORMANCE = {"assessor_id": "A01", "round": 1, "option_id": "O1", "scenario_id": "S1", "best": 5}


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def log(inputs, clock):
    return EntryLog(inputs, "s1", clock)


def score(best, code="A01", **more):
    return KEY | {"assessor_id": code, "low": None, "best": best, "high": None} | more


def merged(inputs, records=None):
    problem_log = ProblemLog()
    tables = merge_entries(records or {}, read_entries(inputs), problem_log)
    return tables, problem_log


def best(inputs, records=None):
    tables, _ = merged(inputs, records)
    return {row["assessor_id"]: row.get("best") for row in tables.get("scores", [])}


def close(log, table="scores", number=1, kind="close_round"):
    return log.append(table, {"round": number}, "facilitator", kind)


def kinds(problems):
    return [p.kind for p in problems]


def test_a_line_says_who_when_and_from_where(log, inputs):
    log.append("scores", score("4,5", low=3, high="7"), "A01")
    (line,) = (inputs / "presence" / "workshop" / "s1.jsonl").read_text("utf-8").splitlines()
    said = json.loads(line)
    assert said["at"] == "2026-11-01T14:00:01.000+00:00"
    assert (said["who"], said["session"], said["table"], said["kind"]) == (
        *("A01", "s1", "scores", "set"),
    )
    assert said["row"] == KEY | {"low": 3.0, "best": 4.5, "high": 7.0}


def test_what_is_read_is_what_was_entered_with_its_place(log, inputs):
    entered = {
        "unit_id": "ke",
        "title": "会谈",
        "theme": "Health",
        "end_date": "2024-05",
        "is_known_to_centre": False,
    }
    log.append("activities", entered, "facilitator")
    (row,) = read_entries(inputs).records["activities"]
    assert row["activity_id"].startswith("a-")
    assert (row["title"], row["theme"], row["is_known_to_centre"]) == ("会谈", "health", False)
    assert (row["source_file"], row["source_row"]) == ("mapping/workshop/s1.jsonl", 1)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (score(11), 'found "11"; write a number from 0 to 10'),
        (score("four"), "write a number from 0 to 10"),
        (score(4, low=5, high=6), "they must not get smaller"),
        (score(4, low=3), "all three, the middle one alone, or none"),
        (score(None, low=3, high=4), "all three, the middle one alone, or none"),
        (score(4, colour="red"), "no field of this name"),
        (score(4, option_id=None), '"Option code" is empty'),
        (score(10**400), "write a number from 0 to 10"),
        (score(float("nan")), "write a number from 0 to 10"),
    ],
)
def test_a_value_that_cannot_be_is_refused_and_nothing_is_written(log, inputs, row, words):
    with pytest.raises(InputError, match=words):
        log.append("scores", row, "A01")
    assert read_entries(inputs).history == ()
    assert log.pending == []


def test_of_one_key_the_last_entry_counts_and_all_stay(log, inputs):
    for value in (4, 6, 5):
        log.append("scores", score(value), "A01")
    close(log)
    assert best(inputs) == {"A01": 5.0}
    assert [e.row.get("best") for e in read_entries(inputs).history] == [4, 6, 5, None]


def test_the_later_of_two_sessions_counts_whatever_their_time_zones(inputs):
    east = EntryLog(inputs, "east", Clock(START.astimezone(timezone(timedelta(hours=8)))))
    west = EntryLog(inputs, "west", Clock(START + timedelta(minutes=5)))
    west.append("scores", score(7), "A01")
    east.append("scores", score(3), "A01")
    close(west)
    assert best(inputs) == {"A01": 7.0}


def test_within_a_session_the_lines_count_where_the_clock_was_set_back(inputs):
    clock = Clock()
    log = EntryLog(inputs, "s1", clock)
    log.append("scores", score(3), "A01")
    clock.now -= timedelta(hours=1)
    log.append("scores", score(8), "A01")
    close(log)
    assert best(inputs) == {"A01": 8.0}


def test_an_answer_taken_out_is_no_answer_and_not_zero(log, inputs):
    log.append("scores", score(4), "A01")
    log.append("scores", score(None), "A01")
    close(log)
    assert best(inputs) == {"A01": None}


def test_undo_brings_back_what_was_there_before(log, inputs):
    log.append("scores", score(4), "A01")
    log.append("scores", score(6), "A01")
    assert log.undo().row["best"] == 6
    assert read_entries(inputs).records["scores"][0]["best"] == 4
    assert log.undo().row["best"] == 4
    assert read_entries(inputs).records == {}
    assert log.undo() is None
    assert len(read_entries(inputs).history) == 4


def test_undo_takes_back_the_entries_of_one_person_only(log, inputs):
    log.append("scores", score(4, "A01"), "A01")
    log.append("scores", score(6, "A02"), "A02")
    assert log.undo("A01").who == "A01"
    assert [r["assessor_id"] for r in read_entries(inputs).records["scores"]] == ["A02"]


def test_two_sessions_at_once_lose_nothing(inputs):
    def enter(number):
        log = EntryLog(inputs, f"s{number}", Clock())
        for turn in range(100):
            log.append("scores", score(turn % 11, f"A{number:02}"), f"A{number:02}")

    threads = [threading.Thread(target=enter, args=(n,)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    read = read_entries(inputs)
    assert len(read.history) == 1200
    assert read.problems == ()
    assert {e.who: e.row["best"] for e in read.history} == {f"A{n:02}": 0.0 for n in range(12)}


def test_no_session_writes_the_file_of_another(inputs, clock):
    EntryLog(inputs, "same", clock).append("scores", score(4), "A01")
    second = EntryLog(inputs, "same", clock)
    with pytest.raises(WorkspaceError, match="belongs to another session"):
        second.append("scores", score(9), "A02")
    assert [e.who for e in read_entries(inputs).history] == ["A01"]


def test_names_of_sessions_differ_and_lead_nowhere_else(inputs, clock):
    assert new_session(START) != new_session(START)
    for name in ("../x", "", "a/b", ".hidden", "x" * 65):
        with pytest.raises(InputError, match="cannot be called"):
            EntryLog(inputs, name, clock)


def test_a_line_cut_off_by_a_killed_process_is_told_and_the_others_are_read(log, inputs):
    for value in (4, 5):
        log.append("scores", score(value), "A01")
    path = log.path("scores")
    path.write_bytes(path.read_bytes()[:-20])
    read = read_entries(inputs)
    assert [e.row["best"] for e in read.history] == [4]
    (problem,) = read.problems
    assert (problem.kind, problem.severity, problem.row) == ("unreadable_entry", "warning", 2)
    assert "cut off" in problem.message


def test_a_full_disk_is_told_and_the_entry_waits(log, inputs, monkeypatch):
    log.append("scores", score(4), "A01")
    real = os.fsync

    def full(descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(entry_log.os, "fsync", full)
    for value in (6, 7):
        with pytest.raises(WorkspaceError, match="the disk is full"):
            log.append("scores", score(value), "A01")
    assert [e.row["best"] for e in log.pending] == [6, 7]
    monkeypatch.setattr(entry_log.os, "fsync", real)
    assert log.retry() == 2
    assert [(e.line, e.row["best"]) for e in read_entries(inputs).history] == [
        (1, 4),
        (2, 6),
        (3, 7),
    ]


def test_a_half_written_line_is_cut_off_before_the_next(log, inputs, monkeypatch):
    log.append("scores", score(4), "A01")
    path = log.path("scores")

    def half(descriptor):
        os.ftruncate(descriptor, path.stat().st_size - 30)
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(entry_log.os, "fsync", half)
        with pytest.raises(WorkspaceError):
            log.append("scores", score(6), "A01")
    assert len(read_entries(inputs).history) == 1
    log.retry()
    read = read_entries(inputs)
    assert read.problems == ()
    assert [e.row["best"] for e in read.history] == [4, 6]


def test_undo_of_what_is_not_saved_forgets_it(log, inputs, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(entry_log.os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "full")))
        with pytest.raises(WorkspaceError):
            log.append("scores", score(6), "A01")
    assert log.undo().row["best"] == 6
    assert log.retry() == 0
    assert read_entries(inputs).history == ()


def test_a_workspace_that_was_moved_is_told_and_not_made_anew(log, inputs):
    inputs.rename(inputs.with_name("elsewhere"))
    with pytest.raises(WorkspaceError, match="no longer there"):
        log.append("scores", score(6), "A01")
    assert not inputs.exists()
    assert len(log.pending) == 1


def test_a_folder_that_may_only_be_read_is_told(log, monkeypatch):
    def refused(*_, **__):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(entry_log.os, "open", refused)
    with pytest.raises(WorkspaceError, match="may only be read"):
        log.append("scores", score(6), "A01")


def test_what_was_acknowledged_survives_a_killed_process(inputs):
    """A process is killed while it saves; every entry that it said was saved is there."""
    program = (
        "import sys; from pathlib import Path\n"
        "from strategy_lib.inputs.entries.entry import EntryLog\n"
        "log = EntryLog(Path(sys.argv[1]), 'killed')\n"
        "for n in range(100000):\n"
        "    log.append('swing_weights', {'assessor_id': 'A01', 'criterion_id': f'c{n}',"
        " 'points': n % 101}, 'A01')\n"
        "    print(n, flush=True)\n"
    )
    child = subprocess.Popen([sys.executable, "-c", program, str(inputs)], stdout=subprocess.PIPE)
    said = [int(child.stdout.readline()) for _ in range(40)]
    child.send_signal(signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
    said += [int(line) for line in child.communicate()[0].split()]
    read = read_entries(inputs)
    assert len(said) >= 40
    assert {f"c{n}" for n in said} <= {e.row["criterion_id"] for e in read.history}
    assert len(read.problems) <= 1


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot copy a process")
def test_two_hundred_killed_processes_lose_nothing_that_was_acknowledged(inputs):
    """Each is killed after a few acknowledgements, whatever it is doing then."""
    program = (
        "import os, signal, sys; from pathlib import Path\n"
        "from strategy_lib.inputs.entries.entry import EntryLog\n"
        "for turn in range(200):\n"
        "    hear, tell = os.pipe()\n"
        "    child = os.fork()\n"
        "    if not child:\n"
        "        log = EntryLog(Path(sys.argv[1]), f'killed-{turn}')\n"
        "        for n in range(100000):\n"
        "            log.append('swing_weights', {'assessor_id': 'A01', 'criterion_id':"
        " f'c{turn}-{n}', 'points': n % 101}, 'A01')\n"
        "            os.write(tell, b'%d\\n' % n)\n"
        "    os.close(tell)\n"
        "    said = b''\n"
        "    while said.count(b'\\n') <= turn % 5:\n"
        "        said += os.read(hear, 1)\n"
        "    os.kill(child, signal.SIGKILL)\n"
        "    os.waitpid(child, 0)\n"
        "    while more := os.read(hear, 4096):\n"
        "        said += more\n"
        "    os.close(hear)\n"
        "    print(*[f'c{turn}-{n}' for n in said.decode().split()], flush=True)\n"
    )
    command = [sys.executable, "-c", program, str(inputs)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    said = set(done.stdout.split())
    read = read_entries(inputs)
    assert len(said) >= 200 * 3
    assert said <= {entry.row["criterion_id"] for entry in read.history}
    assert len(read.problems) <= 200
    assert all("cut off" in problem.message for problem in read.problems)


def test_judgements_wait_until_their_round_is_closed(log, inputs):
    log.append("scores", score(4), "A01")
    tables, problem_log = merged(inputs)
    assert tables.get("scores", []) == []
    assert kinds(problem_log.problems) == ["round_open"]
    close(log)
    assert best(inputs) == {"A01": 4.0}
    assert merged(inputs)[1].problems == []


def test_a_round_that_is_opened_again_is_hidden_again(log, inputs):
    log.append("scores", score(4), "A01")
    close(log)
    log.undo()
    assert best(inputs) == {}
    close(log)
    close(log, kind="open_round")
    log.append("scores", score(5), "A01")
    assert best(inputs) == {}
    close(log)
    assert best(inputs) == {"A01": 5.0}


def test_a_round_may_be_closed_for_one_option(log, inputs):
    log.append("scores", score(4), "A01")
    log.append("scores", score(8, option_id="P2"), "A01")
    log.append("scores", {"round": 1, "option_id": "P2"}, "facilitator", "close_round")
    tables, _ = merged(inputs)
    assert [row["option_id"] for row in tables["scores"]] == ["P2"]
    rounds = read_entries(inputs).rounds
    assert rounds.current("scores", {"option_id": "P2"}) == 2
    assert rounds.current("scores", {"option_id": "P1"}) == 1


def test_what_comes_into_a_closed_round_is_kept_told_and_does_not_count(log, inputs):
    other = EntryLog(inputs, "s2", Clock(START + timedelta(minutes=5)))
    log.append("scores", score(4), "A01")
    close(log)
    other.append("scores", score(9), "A01")
    other.append("scores", score(8, round=2), "A01")
    close(other, number=2)
    tables, problem_log = merged(inputs)
    assert sorted((r["round"], r["best"]) for r in tables["scores"]) == [(1, 4.0), (2, 8.0)]
    assert kinds(problem_log.problems) == ["entry_too_late"]
    assert len(read_entries(inputs).history) == 5


def test_nothing_of_a_closed_round_is_taken_back(log, inputs):
    log.append("scores", score(4), "A01")
    close(log)
    log.undo("A01")
    assert best(inputs) == {"A01": 4.0}


def test_a_reason_may_follow_when_the_round_is_closed(log, inputs):
    log.append("scores", score(4), "A01")
    close(log)
    log.append("scores", KEY | {"reason": "Staff were followed"}, "A01", "reason")
    ((row,), problem_log) = merged(inputs)[0]["scores"], merged(inputs)[1]
    assert (row["best"], row["reason"]) == (4.0, "Staff were followed")
    assert problem_log.problems == []


SHEET = {"source_file": "presence/A01.xlsx", "source_sheet": "scores", "source_row": 7}


def test_an_entry_counts_instead_of_a_spreadsheets_row_and_a_note_says_so(log, inputs):
    sheet = [
        {
            "assessor_id": "a01",
            "option_id": "P1",
            "criterion_id": "safety",
            "best": 2.0,
            "reason": "as before",
            "handling": "restricted",
            **SHEET,
        }
    ]
    log.append("scores", score(6), "A01")
    close(log)
    tables, problem_log = merged(inputs, {"scores": sheet})
    (row,) = tables["scores"]
    assert (row["best"], row["reason"], row["handling"]) == (6.0, "as before", "restricted")
    assert row["source_file"] == "presence/workshop/s1.jsonl"
    (note,) = problem_log.asides
    assert note.kind == "entry_over_spreadsheet"
    assert "presence/A01.xlsx, row 7" in note.message
    assert sheet[0]["best"] == 2.0


def test_without_entries_the_spreadsheets_rows_stay_as_they_are(inputs):
    rows = [{"assessor_id": "A01", "best": 2.0, **SHEET}]
    tables, problem_log = merged(inputs, {"scores": rows, "units": []})
    assert tables == {"scores": rows, "units": []}
    assert problem_log.problems == problem_log.asides == []


def test_an_entry_that_was_taken_back_gives_way_to_the_spreadsheet(log, inputs):
    sheet = [{**KEY, "best": 2.0, **SHEET}]
    log.append("scores", score(6), "A01")
    log.undo()
    log.append("scores", score(6), "A01")
    log.append("scores", KEY, "A01", "withdraw")
    close(log)
    assert best(inputs, {"scores": sheet}) == {"A01": 2.0}


def test_an_activity_without_a_code_of_its_own_is_corrected_by_the_derived_one(log, inputs):
    known = {"unit_id": "KE", "title": "Talks", "counterpart": "China House", "contact_people": 2}
    entered = log.append(
        "activities", known | {"unit_id": "ke", "contact_people": None}, "facilitator"
    )
    log.undo()
    change = {"activity_id": entered.row["activity_id"], "stance": "critical"}
    log.append("activities", change, "facilitator")
    units = [{"unit_id": "ke"}]
    tables, _ = merged(inputs, {"activities": [known | SHEET], "units": units})
    (row,) = tables["activities"]
    assert (row["stance"], row["contact_people"], row["activity_id"]) == (
        *("critical", 2, change["activity_id"]),
    )


def test_a_new_row_that_lacks_what_is_needed_is_told_by_its_line(log, inputs):
    log.append("activities", {"unit_id": "ke", "title": "Talks"}, "facilitator")
    _, problem_log = merged(inputs)
    assert {p.column for p in problem_log.problems} == {"Theme", "Stance"}
    assert {(p.file, p.row) for p in problem_log.problems} == {("mapping/workshop/s1.jsonl", 1)}


def test_one_code_in_two_sessions_to_and_fro_is_told(inputs):
    clock = Clock()
    first, second = EntryLog(inputs, "s1", clock), EntryLog(inputs, "s2", clock)
    for log in (first, second, first):
        log.append("scores", score(4), "A01")
    close(first)
    assert kinds(merged(inputs)[1].problems) == ["code_shared"]


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        "[" * 60_000,
        '{"table": "scores"}',
        '{"format": 2, "new": "thing"}',
        '{"at": "yesterday", "who": "A01", "session": "s", "table": "scores", "kind": "set",'
        ' "row": {}}',
        '{"at": "2026-11-01T14:00:00", "who": "A01", "session": "s", "table": "scores",'
        ' "kind": "set", "row": {}}',
        '{"table": "scores", "kind": "delete"}',
        '{"table": "../scores", "kind": "set"}',
        "\ud800",
        "x" * 300_000,
    ],
)
def test_a_line_that_is_no_entry_is_told_and_the_next_one_is_read(log, inputs, line):
    log.append("scores", score(4), "A01")
    path = log.path("scores")
    good = path.read_bytes()
    path.write_bytes(line.encode("utf-8", "surrogatepass") + b"\n" + good)
    read = read_entries(inputs)
    assert kinds(read.problems) == ["unreadable_entry"]
    assert [e.line for e in read.history] == [2]


def test_a_value_that_somebody_wrote_by_hand_is_checked_as_a_cell_is(log, inputs):
    log.append("scores", score(4), "A01")
    path = log.path("scores")
    path.write_text(path.read_text("utf-8").replace('"best":4.0', '"best":44'), "utf-8")
    read = read_entries(inputs)
    (problem,) = read.problems
    assert (problem.kind, problem.row, problem.column) == ("out_of_range", 1, "Most likely")


def test_hostile_text_is_kept_as_text(log, inputs):
    hostile = '<script>alert(1)</script>\n{"at": 1}\u2028=HYPERLINK("x") שלום'
    log.append("scores", score(4, reason=hostile), "A01")
    close(log)
    assert merged(inputs)[0]["scores"][0]["reason"] == hostile
    assert len(log.path("scores").read_bytes().splitlines()) == 2


def test_a_file_elsewhere_is_no_session(log, inputs):
    log.append("scores", score(4), "A01")
    data = log.path("scores").read_bytes()
    (inputs / "presence" / "notes.jsonl").write_bytes(data)
    (inputs / "presence" / "workshop" / "notes.txt").write_bytes(data)
    assert len(read_entries(inputs).history) == 1


def test_no_folder_holds_no_entries(tmp_path):
    assert read_entries(tmp_path / "nowhere").history == ()


def test_a_file_counts_the_rows_that_it_gives(log, inputs):
    for value in (4, 5):
        log.append("scores", score(value), "A01")
    log.append("swing_weights", {"assessor_id": "A01", "criterion_id": "c", "points": 5}, "A01")
    close(log)
    (file,) = read_entries(inputs).files
    assert (file.kind, dict(file.rows)) == ("entries", {"scores": 1, "swing_weights": 1})


def test_a_closing_that_could_not_be_written_is_not_written_later(log, inputs, monkeypatch):
    """It would shut out what another session entered in between."""
    log.append("scores", score(4), "A01")

    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(entry_log.os, "fsync", full)
        with pytest.raises(WorkspaceError, match="free some space"):
            close(log)
    assert log.retry() == 0
    assert [e.kind for e in read_entries(inputs).history] == ["set"]


def test_a_later_round_that_is_closed_shows_what_waited_in_the_one_before(log, inputs):
    log.append("scores", score(4), "A01")
    close(log, number=2)
    assert best(inputs) == {"A01": 4.0}
    close(log, kind="open_round")
    assert best(inputs) == {}
    assert read_entries(inputs).rounds.current("scores") == 1


def test_a_reason_alone_is_a_row_and_waits_for_its_round(log, inputs):
    log.append("scores", KEY | {"reason": "We were refused"}, "A01", "reason")
    tables, problem_log = merged(inputs)
    assert tables.get("scores", []) == []
    assert kinds(problem_log.problems) == ["round_open"]
    close(log)
    (row,) = merged(inputs)[0]["scores"]
    assert (row["reason"], row.get("best")) == ("We were refused", None)


def test_a_reason_is_taken_back_also_when_the_round_is_closed(log, inputs):
    log.append("scores", score(4), "A01")
    close(log)
    log.append("scores", KEY | {"reason": "A name"}, "facilitator", "reason")
    log.undo("facilitator")
    (row,) = merged(inputs)[0]["scores"]
    assert "reason" not in row
    assert merged(inputs)[1].problems == []


def test_many_are_written_with_one_wait_an_area_and_what_is_wrong_is_told_by_itself(
    log, inputs, monkeypatch
):
    waits = []
    real = entry_log.os.fsync
    log.append_many([Asked("scores", score(1), "A01"), Asked("performance", PERFORMANCE, "A01")])
    monkeypatch.setattr(entry_log.os, "fsync", lambda fd: waits.append(fd) or real(fd))
    asked = [Asked("scores", score(n), "A01") for n in (2, 11, 3)]
    first, wrong, last, other = log.append_many([*asked, Asked("performance", PERFORMANCE, "A01")])
    assert len(waits) == 2
    assert isinstance(wrong, InputError)
    assert (first.line, last.line, other.line) == (2, 3, 2)
    assert [e.row.get("best") for e in read_entries(inputs).history if e.table == "scores"] == [
        *(1, 2, 3),
    ]


def test_of_many_that_could_not_be_written_none_is_kept_and_none_is_read(log, inputs, monkeypatch):
    log.append_many([Asked("scores", score(1), "A01")])

    def full(_):
        raise OSError(errno.ENOSPC, "no space")

    with monkeypatch.context() as broken:
        broken.setattr(entry_log.os, "fsync", full)
        results = log.append_many([Asked("scores", score(n), "A01") for n in (2, 3)])
    assert all("the disk is full" in str(e) for e in results)
    assert (log.pending, len(log.history)) == ([], 1)
    assert [e.row["best"] for e in read_entries(inputs).history] == [1]
    (again,) = log.append_many([Asked("scores", score(4), "A01")])
    assert again.line == 2
    assert [e.row["best"] for e in read_entries(inputs).history] == [1, 4]


def test_marks_stand_in_the_line_and_come_back(log, inputs):
    marks = {"answer": "a1", "nonce": "00ff", "block": "presence:1"}
    log.append_many([Asked("scores", score(1), "A01", marks=marks)])
    (entry,) = read_entries(inputs).history
    assert entry.marks == marks
    assert entry == log.history[0]


def test_of_many_closings_the_first_that_covers_a_row_closed_it(log, inputs):
    for n in range(30):
        log.append("scores", {"round": 1, "option_id": f"P{n}"}, "facilitator", "close_round")
    log.append("scores", {"round": 2}, "facilitator", "close_round")
    rounds = read_entries(inputs).rounds
    for n in (0, 29):
        closing = rounds.closed_by("scores", score(1) | {"option_id": f"P{n}"})
        assert closing.part == {"option_id": f"P{n}"}
    assert rounds.closed_by("scores", score(1) | {"option_id": "P99"}).number == 2
    assert rounds.closed_by("performance", PERFORMANCE) is None
