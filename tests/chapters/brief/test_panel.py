"""The panel of chapter 08: wording, actions, and what becomes of each recommendation."""

from __future__ import annotations

import pytest

from strategy_lib.chapters.brief.panel import BriefPanel
from strategy_lib.inputs.read import read_inputs
from strategy_lib.schema.readiness import recommendations
from tests.widgets.room import HOSTILE, Clock, entered, fresh_panel, loaded, make_room
from tests.workspaces import write_sheets

QUESTION = {
    "brief_id": "Q1",
    "purpose": "decide",
    "question": "Do we go on?",
    "resolution_wording": "We go on.",
}
ACTIONS = [
    {
        "action_id": "a1",
        "action": "Ask counsel",
        "owner_role": "Counsel",
        "due_date": "2026-10-01",
        "status": "under_way",
    },
    {"action_id": "a2", "action": HOSTILE, "status": "planned"},
    {"action_id": "a3", "action": "Close it", "status": "done"},
]


@pytest.fixture(scope="module")
def context(tmp_path_factory):
    workspace = make_room(tmp_path_factory.mktemp("brief"))
    write_sheets(
        workspace.cycle().inputs / "brief" / "b.xlsx", {"brief": [QUESTION], "actions": ACTIONS}
    )
    return workspace, loaded(workspace)


@pytest.fixture
def room(context):
    return fresh_panel(BriefPanel, *context)


def test_the_wording_is_changed_and_read_back_as_it_was_typed(room, context):
    room.question.which.value = "Q1"
    words = "  We go on,\nuntil 30 November 2027.  "
    room.question.fields["resolution_wording"].value = words
    room.question.save()
    ((who, table, kind, row),) = entered(context[0])
    assert (who, table, kind) == ("facilitator", "brief", "set")
    assert row == {"brief_id": "Q1", "resolution_wording": words.strip()}
    assert "We go on,<br>until 30 November 2027." in room.read.value
    found = read_inputs(context[0].cycle())["brief"]
    assert list(found["question"]) == ["Do we go on?"]
    assert found["resolution_wording"].iloc[0] == words.strip()


def test_undo_brings_the_wording_back(room):
    room.question.which.value = "Q1"
    room.question.fields["resolution_wording"].value = "Other words."
    room.question.save()
    room.undo()
    assert "Other words." not in room.read.value
    assert "We go on." in room.read.value


def test_two_people_add_an_action_at_once_and_both_are_there(room, context):
    workspace, inputs = context
    other = BriefPanel.open(inputs, str(workspace.root), Clock())
    for panel in (room, other):
        panel.action.fields["action"].value = "Write to the partner"
        panel.action.fields["owner_role"].value = "Programme director"
        panel.action.fields["due_date"].value = "2027-01-31"
        panel.action.save()
    room.reload()
    codes = [row["action_id"] for *_, row in entered(workspace)]
    assert len(set(codes)) == 2
    assert len(room.frame("actions")) == 5


def test_what_has_nobody_or_is_past_its_day_is_said(room):
    assert "3 actions, 2 of them open" in room.plan.value
    assert "Nobody is named for: a2" in room.plan.value
    assert "Past their day: a1" in room.plan.value
    assert "<img" not in room.plan.value


def test_a_day_that_is_none_is_refused_and_the_form_keeps_what_was_typed(room, context):
    room.action.which.value = "a2"
    room.action.fields["due_date"].value = "31.31.2027"
    room.action.fields["note"].value = "Soon"
    room.action.save()
    assert "Not entered" in room.status.value
    assert "31.31.2027" in room.status.value
    assert room.action.fields["note"].value == "Soon"
    assert entered(context[0]) == []


def test_what_others_enter_does_not_wipe_out_what_is_being_typed(room, context):
    workspace, inputs = context
    room.action.fields["action"].value = "Half a sen"
    other = BriefPanel.open(inputs, str(workspace.root), Clock())
    other.action.fields["action"].value = "Another"
    other.action.save()
    room.reload()
    assert room.action.fields["action"].value == "Half a sen"
    assert any("Another" in label for label, _ in room.action.which.options)


def test_each_recommendation_can_be_answered_once(room, context):
    items = recommendations()
    assert len(room.answer.which.options) == len(items) + 1
    code = str(items["recommendation_id"].iloc[0])
    room.answer.which.value = code
    room.answer.fields["not_taken_up_because"].value = HOSTILE
    room.answer.save()
    ((*_, row),) = entered(context[0])
    assert row == {"recommendation_id": code, "not_taken_up_because": HOSTILE}
    assert "1 not, with a reason" in room.covered.value
    assert any(
        label.startswith("✓ ") and value == code for label, value in room.answer.which.options
    )


def test_no_recommendation_chosen_no_answer(room, context):
    room.answer.fields["next_step"].value = "Ask"
    room.answer.save()
    assert "Not entered" in room.status.value
    assert entered(context[0]) == []


def test_an_empty_workspace_has_an_empty_brief(tmp_path):
    workspace = make_room(tmp_path)
    panel = BriefPanel.open(loaded(workspace), str(workspace.root), Clock())
    assert panel.read.value == ""
    assert "No action is written down yet" in panel.plan.value
