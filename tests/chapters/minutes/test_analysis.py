"""The minutes: what was entered, changed, disputed, decided; as far as an edition may show it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from strategy_lib.chapters.minutes.analysis import NOT_SHOWN, minutes
from strategy_lib.core.audiences import DEFAULT_EDITIONS
from strategy_lib.core.settings import MappingSettings
from strategy_lib.editions.restrict import restrict
from strategy_lib.editions.snapshot import Snapshot
from strategy_lib.inputs.entries.entry import Asked, EntryLog, merge_entries, read_entries
from strategy_lib.inputs.problem_log import ProblemLog
from strategy_lib.judgements.receipts import list_hash, receipt
from strategy_lib.schema.frames import Tables, typed_frame
from strategy_lib.schema.schema import table_schema

# Rows of spreadsheets that entries stand on.
SHEETS = {
    "scores": [
        {
            "assessor_id": "A09",
            "option_id": "P1",
            "criterion_id": "safety",
            "best": 1.0,
            "handling": "restricted",
            "source_file": "s.xlsx",
            "source_row": 2,
        }
    ]
}
LISTS = {
    "presence_options": [{"option_id": "P1", "name": "Office <b>one</b>", "legal_route": "none"}],
    "criteria": [{"criterion_id": "safety", "name": "Safety"}],
    "units": [{"unit_id": "ke", "name": "Kenya"}],
}


@pytest.fixture
def log(tmp_path):
    times = (
        datetime(2026, 11, 1, 14, 0, n // 60 % 60, tzinfo=UTC) + timedelta(seconds=n)
        for n in range(10_000)
    )
    folder = tmp_path / "inputs"
    folder.mkdir()
    return EntryLog(folder, "s1", lambda: next(times))


def snapshot(edition="core", **more):
    frames = {n: typed_frame(table_schema(n), rows) for n, rows in (LISTS | more).items()}
    own = replace(DEFAULT_EDITIONS["core"], name="travel", withhold_not_for_mainland=True)
    restricted = restrict(Tables(frames), {**DEFAULT_EDITIONS, "travel": own}[edition])
    return Snapshot(restricted, 2026, date(2026, 11, 1), "Ours", "en", "EUR", MappingSettings(), {})


def made(log, edition="core"):
    """The minutes of an edition whose snapshot was made after the workshop."""
    problem_log, entries = ProblemLog(), read_entries(log.folder)
    return minutes(snapshot(edition, **merge_entries(SHEETS, entries, problem_log)), entries)


def score(log, code, best, who=None, **more):
    row = {"assessor_id": code, "round": 1, "option_id": "P1", "criterion_id": "safety"}
    log.append("scores", row | {"best": best} | more, who or code)


def close(log, table="scores", number=1):
    log.append(table, {"round": number}, "facilitator", "close_round")


def test_judgements_of_an_open_round_are_counted_and_not_shown(log):
    score(log, "A01", 9)
    told = made(log)
    assert told.tables["entered"].empty
    assert told.notes == ("1 judgement is not shown: the round is still open.",)
    assert list(told.tables["people"]["who"]) == ["A01"]
    assert "9" not in " ".join(told.sentences).replace("2026", "")


def test_what_was_entered_is_told_by_code_time_and_name(log):
    score(log, "A01", 9)
    score(log, "A02", 4, who="facilitator")
    close(log)
    told = made(log)
    rows = told.tables["entered"].to_numpy().tolist()
    assert rows[0][:5] == [
        "2026-11-01 14:00:00",
        "A01",
        "Scores",
        "Office <b>one</b> · Safety · round 1",
        "entered",
    ]
    assert rows[0][5] == "Most likely: 9"
    assert rows[1][1] == "facilitator for A02"
    assert rows[2][4] == "closed the round"
    assert any("Round 1 of “Scores” was closed at 2026-11-01 14:00" in s for s in told.sentences)


def test_what_was_changed_says_what_it_was_before(log):
    score(log, "A01", 9)
    score(log, "A01", 3)
    score(log, "A01", None)
    close(log)
    changed = made(log).tables["changed"]
    assert list(changed["values"]) == ["Most likely: 3", "Most likely: nothing"]
    assert list(changed["before"]) == ["Most likely: 9", "Most likely: 3"]


def test_disputes_name_the_two_furthest_apart_and_their_reasons(log):
    for code, best in (("A01", 9), ("A02", 2), ("A03", 5)):
        score(log, code, best)
    close(log)
    key = {"assessor_id": "A02", "round": 1, "option_id": "P1", "criterion_id": "safety"}
    log.append("scores", key | {"reason": "I was there"}, "facilitator", "reason")
    told = made(log)
    (row,) = told.tables["disputed"].to_dict("records")
    assert (row["lowest"], row["lowest_by"], row["highest"], row["highest_by"]) == (
        *(2.0, "A02", 9.0, "A01"),
    )
    assert (row["answers"], row["middle"], row["reasons"]) == (3, 5.0, "A02: I was there")
    assert any(s.startswith("Furthest apart") for s in told.sentences)


def test_what_the_room_settled_is_told_unless_it_was_taken_back(log):
    for other in ("B", "C"):
        row = {"name": "A", "other_name": other, "decision": "same"}
        log.append("name_decisions", row, "facilitator")
    log.undo()
    told = made(log)
    assert list(told.tables["decided"]["what"]) == ["A · B"]
    assert list(told.tables["decided"]["values"]) == ["Decision: Same organisation"]
    assert len(told.tables["entered"]) == 3


def test_what_came_too_late_is_told(log):
    score(log, "A01", 9)
    close(log)
    score(log, "A01", 1)
    told = made(log)
    assert list(told.tables["entered"]["kind"])[-1] == "changed, too late to count"
    assert "1 entry came after a round was closed." in told.sentences
    assert told.tables["disputed"].empty


def test_an_entry_on_a_row_that_is_withheld_is_withheld_too(log):
    score(log, "A09", 7)
    close(log)
    assert "A09" in made(log).tables["entered"].to_string()


@pytest.mark.parametrize("edition", ["leaders", "mainland", "partner", "public"])
def test_an_edition_that_shows_no_single_people_has_no_minutes(log, edition):
    score(log, "A01", 9)
    close(log)
    told = made(log, edition)
    assert told.notes == (NOT_SHOWN,)
    assert all(frame.empty for frame in told.tables.values())


def test_rows_not_for_the_mainland_stay_out_of_its_edition(log):
    score(log, "A01", 9, not_for_mainland="yes")
    score(log, "A02", 5)
    close(log)
    assert list(made(log, "travel").tables["entered"]["who"]) == ["A02", "facilitator"]


def test_without_entries_the_minutes_say_so(tmp_path):
    told = minutes(snapshot(), read_entries(tmp_path))
    assert told.sentences == ("Nothing was entered in a workshop.",)
    assert all(frame.empty for frame in told.tables.values())


def test_the_same_entries_give_the_same_minutes(log):
    score(log, "A01", 9)
    close(log)
    first, second = made(log), made(log)
    assert replace(first, tables={}) == replace(second, tables={})
    for name, frame in first.tables.items():
        assert frame.equals(second.tables[name])


def test_receipts_are_made_again_from_the_entries_that_count_and_name_nobody(log):
    def score(code, best, nonce):
        row = {"assessor_id": code, "round": 1, "option_id": "P1", "criterion_id": "safety"}
        marks = {"answer": f"{code}-{best}", "nonce": nonce} if nonce else {}
        return Asked("scores", row | {"best": best}, code if nonce else "facilitator", marks=marks)

    asked = [score("A01", 3, "01" * 16), score("A02", 5, "02" * 16), score("A03", 7, "")]
    log.append_many([*asked, score("A01", 4, "01" * 16)])
    close = Asked("scores", {"round": 1}, "facilitator", "close_round", marks={"block": "p:1"})
    log.append_many([close, score("A02", 9, "02" * 16)])
    told = made(log)
    mine = receipt(
        2026, "p:1", {"scores": 1}, [["scores", "P1", "safety", None, 4, None]], "01" * 16
    )
    listed = list(told.tables["receipts"]["receipt"])
    assert mine in listed and listed == sorted(listed) and len(listed) == 2
    said = " ".join(told.sentences)
    assert (
        f"2 receipts of “Scores”, round 1; the hash over their list is {list_hash(listed)}." in said
    )
    assert "1 person answered it without a phone, and so without a receipt." in said
    assert not told.tables["receipts"].astype(str).stack().str.contains("A0").any()
    assert made(log, "travel").tables["receipts"].empty


def test_a_changed_or_dropped_answer_changes_the_receipt():
    rows = [["scores", "P1", "safety", 3, 4, 5], ["swing_weights", "safety", 100]]
    whole = receipt(2026, "p:1", {"scores": 1}, rows, "01" * 16)
    assert receipt(2026, "p:1", {"scores": 1}, rows[::-1], "01" * 16) == whole
    others = [
        receipt(2026, "p:1", {"scores": 1}, rows[:1], "01" * 16),
        receipt(2026, "p:1", {"scores": 1}, [["scores", "P1", "safety", 3, 4, 6]], "01" * 16),
        receipt(2026, "p:1", {"scores": 1}, rows, "02" * 16),
        receipt(2026, "p:2", {"scores": 1}, rows, "01" * 16),
        receipt(2026, "p:1", {"scores": 2}, rows, "01" * 16),
    ]
    assert len({whole, *others}) == 6
