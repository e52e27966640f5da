"""The panel of chapter 07: signals are sorted, areas scored in silence, roles spoken for oneself."""

from __future__ import annotations

import pytest

from strategy_lib.chapters.watching.panel import WatchingPanel
from strategy_lib.inputs.read import read_inputs
from tests.widgets.room import HOSTILE, entered, fresh_panel, loaded, make_room

SIGNAL = {"unit_id": "ke", "kind": "trend", "theme": "health", "what": "Seen at the port"}
ROLE = {"issue": "Climate", "may_be_linked": "no"}
TABLES = {
    "signals": [
        {"title": "Old, sorted", "seen_at": "2026-09-01", "use": "watch", **SIGNAL},
        {"title": "Older, open", "seen_at": "2026-05-01", **SIGNAL},
        {"title": HOSTILE, "seen_at": "2026-06-01", **SIGNAL},
    ],
    "focus_areas": [{"area_id": "climate", "name": "Climate"}, {"area_id": "labour", "name": "工"}],
    "issue_roles": [
        {"organisation": "One", "role": "insider", "may_be_listed": "yes", "does": "Talks", **ROLE},
        {"organisation": "Two", "role": "outsider", "may_be_listed": "no", "does": "Asks", **ROLE},
    ],
}


@pytest.fixture(scope="module")
def context(tmp_path_factory):
    workspace = make_room(tmp_path_factory.mktemp("watching"), **TABLES)
    return workspace, loaded(workspace)


@pytest.fixture
def room(context):
    return fresh_panel(WatchingPanel, *context)


def test_signals_come_with_those_first_that_nobody_has_sorted(room, context):
    words = [label for label, _ in room.sorting.which.options[1:]]
    assert [HOSTILE[:4] in words[0], words[1], words[2]] == [True, "Older, open", "Old, sorted"]
    room.sorting.turn()
    assert HOSTILE not in room.sorting.card.value and "Seen at the port" in room.sorting.card.value
    room.sorting.fields["use"].value = "study"
    room.sorting.save()
    assert room.sorting.which.options[1][0] == "Older, open"
    found = read_inputs(context[0].cycle())["signals"].set_index("title")["use"]
    assert found[HOSTILE] == "study" and len(found) == 3


def score(room, who, value):
    room.who.value = who
    room.rows["need"].lists["best"].value = value


def test_areas_are_scored_in_silence_and_shown_apart_after_the_round(room, context):
    room.step.value = "Score areas"
    score(room, "A01", 3)
    score(room, "A02", 9)
    score(room, "A03", 6)
    assert room.said("focus_scores", criterion="need")["best"] == 6
    assert "3" not in room.rounds.shown.value
    for code in ("A01", "A03"):
        room.who.value = code
        held = room.frame("focus_scores")
        assert set(held["assessor_id"]) <= {code}
    room.who.value = "facilitator"
    assert room.rows["need"].reason.disabled
    room.rounds.close()
    room.rounds.close()
    shown = room.rounds.shown.value
    assert "Climate · Need for joint action" in shown and "<td>3</td><td>6</td><td>9</td>" in shown
    assert "A01" not in shown
    assert {who for who, *_ in entered(context[0])} == {"A01", "A02", "A03", "facilitator"}


def test_an_organisation_sees_its_own_part_and_enters_no_other(room):
    assert "write which one" in room.grid.value
    room.organisation.value = "One"
    assert "Inside" in room.grid.value and "Outside" not in room.grid.value
    room.organisation.value = "Three 三"
    assert "Inside" not in room.grid.value
    given = {"issue": "Climate", "role": "bridge", "may_be_listed": "unknown"}
    for name, value in (given | {"may_be_linked": "no", "does": "Carries words"}).items():
        room.role.fields[name].value = value
    room.role.save()
    assert "Bridge" in room.grid.value
    held = room.frame("issue_roles").set_index("organisation")["role"]
    assert held.to_dict() == {"One": "insider", "Two": "outsider", "Three 三": "bridge"}
