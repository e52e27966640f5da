"""The mapping panel: activities added and corrected, names decided, surprises marked."""

from __future__ import annotations

import pytest

from strategy_lib.chapters.mapping.panel.activity_form import activities
from strategy_lib.chapters.mapping.panel.panel import MappingPanel
from strategy_lib.inputs.read import read_inputs
from tests.widgets.room import HOSTILE, entered, fresh_panel, loaded, make_room
from tests.workspaces import activity, write_sheets

OFFICES = [
    activity("ke", "Talks on safety", "China House", contact_people=4),
    activity("kh", "Training", "China Houses", is_known_to_centre="no"),
    activity("zm", HOSTILE, "All-China Federation of Trade Unions"),
    activity("zm", "Visit", "All China Federation of Trade Union"),
]


@pytest.fixture(scope="module")
def context(tmp_path_factory):
    workspace = make_room(tmp_path_factory.mktemp("mapping"))
    write_sheets(
        workspace.cycle().inputs / "mapping" / "returns.xlsx",
        {
            "returns": [
                {"unit_id": u, "returned_date": "2026-09-14", "has_activities": "yes"}
                for u in ("hq", "ke", "kh", "zm")
            ],
            "activities": OFFICES,
        },
    )
    return workspace, loaded(workspace)


@pytest.fixture
def room(context):
    return fresh_panel(MappingPanel, *context)


def code_of(panel, title):
    frame = activities(panel)
    return frame.loc[frame["title"] == title, "activity_id"].iloc[0]


def fill_new(panel, **changed):
    values = {
        "unit_id": "kh",
        "title": "A new dialogue",
        "theme": "labour_rights",
        "stance": "constructive",
        "counterpart": "新机构",
        "country_code": "Cambodia",
    }
    for name, value in (values | changed).items():
        panel.form.fields[name].value = value


def test_a_new_activity_is_saved_and_offered_at_once(room, context):
    fill_new(room)
    room.form.save()
    ((who, table, kind, row),) = entered(context[0])
    assert (who, table, kind) == ("facilitator", "activities", "set")
    assert (row["unit_id"], row["country_code"], row["counterpart"]) == ("kh", "KH", "新机构")
    assert ("kh: A new dialogue", row["activity_id"]) in room.form.which.options
    assert room.form.which.value == ""
    tables = read_inputs(context[0].cycle())
    assert not tables.errors
    assert "A new dialogue" in set(tables["activities"]["title"])


def test_what_is_needed_must_be_there_and_what_cannot_be_is_refused(room, context):
    fill_new(room, theme="")
    room.form.save()
    assert "Please fill in: Theme" in room.status.value
    room.form.fields["theme"].value = "health"
    room.form.fields["country_code"].value = "Atlantis"
    room.form.save()
    assert "Atlantis" in room.status.value
    assert room.form.fields["title"].value == "A new dialogue"
    assert entered(context[0]) == []


def test_a_correction_enters_only_what_was_changed(room, context):
    code = code_of(room, "Talks on safety")
    room.form.which.value = code
    assert room.form.fields["counterpart"].value == "China House"
    room.form.fields["stance"].value = "critical"
    room.form.save()
    ((*_, row),) = entered(context[0])
    assert row == {"activity_id": code, "stance": "critical"}
    tables = read_inputs(context[0].cycle())
    found = tables["activities"].set_index("activity_id").loc[code]
    assert (found["stance"], found["contact_people"]) == ("critical", 4)
    assert not tables.errors


def test_saving_without_a_change_enters_nothing(room, context):
    room.form.which.value = code_of(room, "Visit")
    room.form.save()
    assert "Nothing was changed" in room.status.value
    assert entered(context[0]) == []


def test_counterparts_are_offered_and_others_may_be_typed(room):
    field = room.form.fields["counterpart"]
    assert "China House" in field.options
    assert field.ensure_option is False


def test_names_are_decided_one_by_one(room, context):
    before = len(room.names.waiting())
    assert before == 2
    first = room.names.pair
    room.names.decide("same")
    second = room.names.pair
    assert second is not None and second != first
    room.names.decide("different")
    assert room.names.pair is None
    assert "No pair of names waits" in room.names.question.value
    rows = [row for *_, row in entered(context[0])]
    assert [(r["name"], r["other_name"], r["decision"]) for r in rows] == [
        (*first, "same"),
        (*second, "different"),
    ]
    room.undo()
    assert room.names.pair == second
    assert len(read_inputs(context[0].cycle())["name_decisions"]) == 1


def test_a_pair_may_be_left_for_later(room, context):
    room.names.skip()
    room.names.skip()
    assert "2 were left for later" in room.names.question.value
    assert entered(context[0]) == []


def test_what_the_centre_did_not_know_is_marked(room, context):
    assert "3 of 4 activities wait" in room.known.words.value
    row = room.known.rows.children[0]
    room_title = row.children[0].value
    row.children[2].click()
    assert "2 of 4 activities wait" in room.known.words.value
    ((*_, saved),) = entered(context[0])
    assert saved["is_known_to_centre"] is False
    assert "ke: Talks on safety" in room_title


def test_hostile_titles_are_text(room):
    texts = [row.children[0].value for row in room.known.rows.children]
    assert any("&lt;img" in text for text in texts)
    assert not any("<img" in text for text in texts)
