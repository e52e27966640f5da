"""The readiness panel: levels a few at a time, evidence as text, rounds."""

from __future__ import annotations

import pytest

from strategy_lib.chapters.prepare.panel import AT_A_TIME, ReadinessPanel
from strategy_lib.schema.readiness import recommendations
from tests.widgets.room import HOSTILE, entered, fresh_panel, loaded, make_room


@pytest.fixture(scope="module")
def context(tmp_path_factory):
    workspace = make_room(tmp_path_factory.mktemp("readiness"))
    return workspace, loaded(workspace)


@pytest.fixture
def room(context):
    return fresh_panel(ReadinessPanel, *context)


def test_a_level_is_saved_for_the_recommendation_in_sight(room, context):
    room.who.value = "A02"
    room.rows[1].level.value = 3
    (said,) = entered(context[0])
    second = str(recommendations()["recommendation_id"].iloc[1])
    assert said == (
        "A02",
        "readiness",
        "set",
        {
            "assessor_id": "A02",
            "round": 1,
            "recommendation_id": second,
            "unit_id": None,
            "level": 3,
        },
    )


def test_evidence_and_importance_are_added_to_the_level_and_come_back(room, context):
    room.who.value = "A02"
    room.rows[0].level.value = 2
    room.rows[0].importance.value = 4
    room.rows[0].evidence.value = HOSTILE
    room.who.value = "A03"
    assert room.rows[0].level.value == ""
    room.who.value = "A02"
    row = room.rows[0]
    assert (row.level.value, row.importance.value, row.evidence.value) == (2, 4, HOSTILE)
    assert "given a level to 1 of" in room.progress.value
    row.level.value = ""
    assert entered(context[0])[-1][3]["level"] is None
    assert "given a level to 0 of" in room.progress.value


def test_a_few_are_shown_at_a_time_until_the_last(room):
    shown = [row.item for row in room.rows]
    assert len(shown) == AT_A_TIME
    assert room.before_button.disabled
    seen = set(shown)
    for _ in range(50):
        room.turn(AT_A_TIME)
        seen |= {row.item for row in room.rows if row.widget.layout.display is None}
    assert seen == set(recommendations()["recommendation_id"].astype(str))
    assert room.next_button.disabled


def test_levels_of_another_office_stand_apart(room, context):
    room.who.value = "A02"
    room.rows[0].level.value = 1
    room.unit.value = "zm"
    assert room.rows[0].level.value == ""
    room.rows[0].level.value = 4
    assert [row["unit_id"] for *_, row in entered(context[0])] == [None, "zm"]
    room.unit.value = ""
    assert room.rows[0].level.value == 1


def test_the_room_sees_who_is_apart_once_the_round_is_closed(room):
    for code, level in (("A01", 0), ("A02", 4), ("A03", 3)):
        room.who.value = code
        room.rows[0].level.value = level
    room.who.value = "facilitator"
    assert room.rounds.shown.value == ""
    room.rounds.close()
    assert "<td>0</td><td>3</td><td>4</td>" in room.rounds.shown.value
