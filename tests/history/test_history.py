"""Institutional memory: decisions of all cycles, found by name, told whole, nothing hidden."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache

import pytest

from strategy_lib import history as history_module
from strategy_lib.core.hashing import hash_tree
from strategy_lib.core.resources import resource
from strategy_lib.core.workspace import open_workspace
from strategy_lib.history import gather_history
from strategy_lib.history.case_records import record_decision
from strategy_lib.history.page import history_page, write_history_page
from strategy_lib.history.words import lines_of
from tests.workspaces import activity, copy_cases, make_workspace, write_sheets

DAY = date(2026, 11, 1)
HOSTILE = "<script>alert(1)</script> =HYPERLINK(1) \x1b[31m\u202e"
PEOPLE = [{"assessor_id": f"A{n}", "unit_id": "ke", "role": "adviser"} for n in (1, 2, 3)]
PARTNER = {
    "name": "Bright River Foundation",
    "chinese_name": "明河基金会",
    "aliases": "BRF; Mingjiang Fund",
    "type": "foundation",
}


def decision(code="d1", **more):
    return {
        "decision_id": code,
        "chapter": "01",
        "question": "Who is asked first?",
        "kind": "decided",
        "decision": "Local groups are asked first.",
        "decided_date": "2025-10-01",
        "decided_by": "Board",
    } | more


def action(code, **more):
    return {"action_id": code, "action": f"Do {code}", "chapter": "01"} | more


def workspace(root, *cycles):
    """Cycles from 2025 on, each a mapping of tables."""
    for year, tables in enumerate(cycles, 2027 - len(cycles)):
        made = make_workspace(root, {"activities": [activity("ke", "T", "C")]} | tables, year=year)
    return made


@pytest.fixture(scope="module")
def sealed(tmp_path_factory):
    """The example's cases, with a sealed record of the one that was decided."""
    root = copy_cases(tmp_path_factory.mktemp("sealed") / "ws")
    return record_decision(open_workspace(root).cycle(), "C2", datetime(2026, 11, 2, 9, tzinfo=UTC))


@pytest.fixture
def spoken(sealed, tmp_path):
    made = open_workspace(shutil.copytree(sealed.parents[1], tmp_path / "ws"))
    return made, made.decisions / sealed.name


@pytest.fixture
def read_once(monkeypatch):
    """Each cycle is read once, where one test asks many questions of it."""
    monkeypatch.setattr(history_module, "read_usable", cache(history_module.read_usable))


def told(entry, kind):
    return [outcome for outcome in entry.became if outcome.kind == kind]


def codes(history):
    return [entry.code for entry in history.entries]


def test_one_decision_over_two_cycles_with_what_became_of_it(tmp_path):
    first = {
        "decisions": [decision(review_date="2026-06-01", reasons="They know.")],
        "assessors": PEOPLE,
    }
    second = {
        "assessors": PEOPLE,
        "decisions": [
            decision(
                review_date="2026-09-01",
                reasons="They know.",
                dissent='"Not yet."',
                dissent_by="Lusaka",
            )
        ],
        "actions": [
            action("a1", start_date="2025-11-01", status="done"),
            action("a2", start_date="2025-11-01", due_date="2026-10-01", status="under_way"),
            action("a3", start_date="2025-11-01", status="dropped", note="No money"),
            action("a4", start_date="2025-09-01", status="planned"),
            action("a5", chapter="02", start_date="2025-11-01", status="planned"),
        ],
        "decide_again": [
            {"assessor_id": "A1", "decision_id": "d1", "answer": "no", "reason": "Too slow"},
            {"assessor_id": "A2", "decision_id": "d1"},
        ],
    }
    made = workspace(tmp_path / "ws", first, second)
    before = hash_tree(made.root)
    history = gather_history(made, as_of=DAY)
    assert hash_tree(made.root) == before
    (entry,) = history.entries
    assert entry.years == (2025, 2026) and entry.dissents == ('"Not yet." (Lusaka)',)
    assert [(o.state, o.text[:5]) for o in told(entry, "Action")] == [
        ("done", "Do a1"),
        ("late by 31 days", "Do a2"),
        ("dropped", "Do a3"),
    ]
    assert told(entry, "Review")[0].state == "overdue"
    (again,) = told(entry, "Same again?")
    assert again.text == "0 yes, 1 no, 0 unsure, 2 no answer"
    assert again.details == ("A1, no: Too slow",)
    assert any("2026-06-01” in 2025, “2026-09-01” in 2026" in line for line in entry.story)
    assert any("Dissent: empty in 2025" in line for line in entry.story)
    assert '  Dissent: "Not yet." (Lusaka)' in [*lines_of(history)]


def test_a_review_is_done_when_the_question_is_decided_again(tmp_path):
    rows = [decision("d2", decided_date="2026-10-02"), decision(review_date="2026-06-01")]
    history = gather_history(workspace(tmp_path / "ws", {"decisions": rows}), as_of=DAY)
    assert codes(history) == ["d1", "d2"]
    first, second = history.entries
    assert told(first, "Review")[0].state == "done" and "d2" in told(first, "Review")[0].text
    assert told(second, "Review")[0].state == "no day is set"
    assert told(second, "Same again?")[0].state == "not asked"


def test_a_code_given_anew_is_another_decision_and_one_not_listed_is_said_so(tmp_path):
    other = decision(question="Which bank?", decided_date="2026-05-05", decision="The near one.")
    made = workspace(tmp_path / "ws", {"decisions": [decision()]}, {"decisions": [other]})
    history = gather_history(made, as_of=DAY)
    assert [(e.code, e.years) for e in history.entries] == [("d1", (2025,)), ("d1", (2026,))]
    assert history.entries[0].story == ("No longer listed in 2026.",)


@pytest.mark.usefixtures("read_once")
def test_a_counterpart_is_found_by_any_of_its_names(tmp_path):
    rows = [
        decision(reasons="Bright River Foundation asked for it."),
        decision("d2", question="Q2", reasons="与明河基金会的谈话。"),
        decision("d3", question="Q3", reasons="The BRF asked."),
        decision("d4", question="Q4", reasons="A briefing, no more; brf in small letters."),
    ]
    made = workspace(tmp_path / "ws", {"decisions": rows, "counterparts": [PARTNER]})
    for asked in ("Bright River Foundation", "mingjiang FUND", "明河基金会", "bright river"):
        found = codes(gather_history(made, counterpart=asked, as_of=DAY))
        assert found == ["d1", "d2", "d3"], asked
    # Short names count as they are written; only who asks for the very word finds it in any case.
    assert codes(gather_history(made, counterpart="brf", as_of=DAY)) == ["d1", "d2", "d3", "d4"]


@pytest.mark.usefixtures("read_once")
def test_themes_and_countries_by_code_label_and_language(tmp_path):
    rows = [
        decision(decision="Raise labour rights in Zambia and Papua New Guinea."),
        decision("d2", question="Q2", chapter="02", reasons="肯尼亚的卫生健康工作。"),
        decision("d3", question="Q3", decision="It is no use in chad."),
    ]
    made = workspace(tmp_path / "ws", {"decisions": rows})

    def found(**asked):
        return codes(gather_history(made, as_of=DAY, **asked))

    assert found(theme="labour_rights") == found(theme="Labour rights") == ["d1"]
    assert found(theme="health") == found(theme="卫生健康") == ["d2"]
    assert found(theme="2") == found(theme="china presence") == ["d2"]
    assert found(country="ZM") == found(country="zambie") == found(country="赞比亚") == ["d1"]
    assert found(country="Kenya") == ["d2"]
    assert found(country="PNG") == ["d1"] and found(country="Guinea") == []
    # "It", "no" and "in" are words before they are codes of Italy, Norway and India.
    assert found(country="Italy") == found(country="India") == found(country="Chad") == []
    assert found(country="Zambia", theme="health") == []
    assert found(country=" ", theme="") == ["d1", "d2", "d3"]


def test_nothing_found_says_so_and_what_there_is(tmp_path):
    rows = [decision(decision="Work with BRF in Zambia.")]
    made = workspace(tmp_path / "ws", {"decisions": rows, "counterparts": [PARTNER]})
    history = gather_history(made, counterpart="Nobody & Co", theme="???", as_of=DAY)
    text = "\n".join(lines_of(history))
    assert history.entries == () and len(history.every) == 1
    assert "Nothing was found for counterpart “Nobody & Co”, theme “???”" in text
    assert "counterparts: Bright River Foundation" in text and "countries: Zambia" in text
    page = history_page(history)
    assert "Nothing was found." in page and "Work with BRF in Zambia." in page


def test_a_cycle_that_cannot_be_read_is_named_and_the_others_come(tmp_path):
    made = workspace(tmp_path / "ws", {"decisions": [decision()]}, {"decisions": [decision()]})
    unknown = {"unit_id": "zz", "name": "Of no kind", "kind": "embassy"}
    write_sheets(made.root / "2026/inputs/prepare/x.xlsx", {"units": [unknown]})
    (made.root / "2024").mkdir()
    (made.root / "2024" / "cycle.json").write_text("{", encoding="utf-8")
    history = gather_history(made, as_of=DAY)
    assert history.years == (2025,) and codes(history) == ["d1"]
    broken, newest = history.problems
    assert broken.startswith("2024 could not be read: 2024/cycle.json")
    assert newest.startswith("2026 could not be read") and "embassy" in newest
    assert all(f"! {problem}" in [*lines_of(history)] for problem in history.problems)
    assert "2026 could not be read" in history_page(history)


def test_no_decision_at_all(tmp_path):
    history = gather_history(workspace(tmp_path / "ws", {}), as_of=DAY)
    assert history.entries == ()
    assert [*lines_of(history)][-1].startswith("No decision is entered")
    page = history_page(history)
    assert "No decision is entered" in page and "<script>" not in page
    assert "script-src &#39;none&#39;" in page


def test_a_workspace_without_cycles(tmp_path):
    made = workspace(tmp_path / "ws", {})
    shutil.rmtree(made.root / "2026")
    history = gather_history(made, as_of=DAY)
    assert history.years == () and "no cycle" in history_page(history)


def test_hostile_text_acts_nowhere(tmp_path):
    row = decision(question=HOSTILE, decision=HOSTILE, reasons=HOSTILE, dissent=HOSTILE)
    named = PARTNER | {"aliases": '"><script>alert(2)</script>'}
    made = workspace(
        tmp_path / "ws",
        {"decisions": [row | {"conditions": PARTNER["name"]}], "counterparts": [named]},
    )
    history = gather_history(made, counterpart=HOSTILE, theme=HOSTILE, as_of=DAY)
    text = "\n".join((*lines_of(history), *lines_of(gather_history(made, as_of=DAY))))
    assert "\x1b" not in text and "\u202e" not in text
    # A sheet cannot hold some of these characters; a record can.
    bare = replace(history.every[0], decision=HOSTILE, title=HOSTILE, story=(HOSTILE,))
    raw = replace(history, every=(bare,), entries=(bare,))
    assert "\x1b" not in "\n".join(lines_of(raw)) and "\u202e" not in "\n".join(lines_of(raw))
    page = history_page(raw)
    assert page.count("<script>") == 1 and "&lt;script&gt;alert(1)" in page
    assert "alert(2)" in page and "\x1b" not in page and "\u202e" not in page


def test_the_page_is_written_whole_and_the_same_twice(tmp_path):
    rows = [decision(handling="restricted", not_for_mainland="yes")]
    made = workspace(tmp_path / "ws", {"decisions": rows})
    path = write_history_page(gather_history(made, as_of=DAY), made.root / "history")
    first = path.read_bytes()
    write_history_page(gather_history(made, as_of=DAY), made.root / "history")
    assert path == made.root / "history" / "index.html" and path.read_bytes() == first
    assert [p.name for p in path.parent.iterdir()] == ["index.html"]
    text = first.decode()
    assert "This page holds restricted records" in text and str(tmp_path) not in text
    assert "Restricted and not to be opened in mainland China" in text
    assert "Local groups are asked first." in text and 'src="' not in text


def test_a_sealed_record_stands_with_its_decision(spoken):
    made, path = spoken
    history = gather_history(made)
    (entry,) = history.entries
    assert entry.code == "C2 · C2-D1" and entry.record == path.name
    assert [o.state for o in told(entry, "Record")] == ["sealed"]
    assert told(entry, "Carried out")[0].state == "done"
    assert len(entry.dissents) == 2 and "我们希望下次能更早参与。" in entry.dissents[0]
    assert entry.refused and entry.decided_by == "Executive director"
    assert codes(gather_history(made, counterpart="non-governmental ORGANIZATIONS")) == [entry.code]
    assert codes(gather_history(made, theme="global_governance", country="美国")) == [entry.code]


def test_a_broken_seal_is_said_so_and_the_decision_still_comes(spoken):
    made, path = spoken
    path.write_text(path.read_text(encoding="utf-8").replace("seven", "three"), encoding="utf-8")
    (path.parent / "0002-odd.md").write_text("nothing", encoding="utf-8")
    history = gather_history(made)
    (record,) = told(history.entries[0], "Record")
    assert record.state == "seal broken"
    assert any("was changed after it was written" in line for line in record.details)
    assert any("conditions in the record: “At least three" in line for line in record.details)
    assert history.problems == ("decisions/0002-odd.md: cannot be read as a record",)
    assert "seal broken" in history_page(history)


def test_a_record_whose_case_is_gone_still_tells_its_decision(spoken):
    made, path = spoken
    shutil.rmtree(made.root / "2026" / "inputs" / "speaking_out")
    (entry,) = gather_history(made, country="US").entries
    assert entry.source == "record" and entry.years == () and entry.record == path.name
    assert entry.reasons.startswith("Two sessions of private requests")
    assert entry.day == date(2026, 9, 4) and len(entry.dissents) == 2
    assert any("no longer in the inputs" in line for line in told(entry, "Record")[0].details)


def test_the_conditions_of_the_example_by_its_newest_cycle():
    made = open_workspace(resource("data", "example"))
    history = gather_history(made)
    presence = next(e for e in history.entries if e.code == "2025-presence")
    listed, own = told(presence, "Conditions")
    assert listed.state == "not all are known to hold (2026)" and listed.details
    assert own.state == "not on record" and "supervisory unit" in own.text
    assert "Outside only" in presence.refused[0] and presence.chosen.startswith("P3: ")
