"""The scenarios panel: a cell is changed, and the set of scenarios changes at once."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from strategy_lib.chapters.scenarios.panel.panel import ScenariosPanel
from tests.widgets.room import HOSTILE, Clock, entered, fresh_panel, loaded, make_room
from tests.workspaces import write_sheets

DESCRIPTORS = [
    {"descriptor_id": code, "name": name, "position": n}
    for n, (code, name) in enumerate((("law", "Law"), ("work", HOSTILE)), 1)
]
STATES = [
    {"state_id": code, "descriptor_id": of, "name": code.title(), "position": n}
    for n, (code, of) in enumerate(
        (("strict", "law"), ("open", "law"), ("hidden", "work"), ("visible", "work")), 1
    )
]
# The law and the work hold each other up in two ways.
SAID = {
    ("strict", "hidden"): 2,
    ("strict", "visible"): -2,
    ("open", "hidden"): -1,
    ("open", "visible"): 1,
    ("hidden", "strict"): 1,
    ("hidden", "open"): -1,
    ("visible", "strict"): -2,
    ("visible", "open"): 2,
}
OPTIONS = [{"option_id": "O1", "name": HOSTILE}, {"option_id": "O2", "name": "Stay"}]
SIGNPOSTS = [
    {
        "signpost_id": "S1",
        "state_id": "strict",
        "observable": "A new rule",
        "look_every_months": 3,
        "seen_at": "2026-01-05",
        "status": "not_crossed",
    },
    {"signpost_id": "S2", "state_id": "open", "observable": HOSTILE},
]


@pytest.fixture(scope="module")
def context(tmp_path_factory):
    workspace = make_room(tmp_path_factory.mktemp("scenarios"))
    rows = [
        {"assessor_id": "A01", "source_state": a, "target_state": b, "impact": v}
        for (a, b), v in SAID.items()
    ]
    write_sheets(
        workspace.cycle().inputs / "scenarios" / "s.xlsx",
        {
            "descriptors": DESCRIPTORS,
            "descriptor_states": STATES,
            "cross_impacts": rows,
            "strategic_options": OPTIONS,
            "signposts": SIGNPOSTS,
        },
    )
    return workspace, loaded(workspace)


@pytest.fixture
def room(context):
    return fresh_panel(ScenariosPanel, *context)


def show(panel, source, target):
    named = dict(panel.source.options)
    panel.source.value, panel.target.value = named[source], named[target]


def test_a_cell_is_saved_and_what_it_unmakes_is_said_at_once(room, context):
    room.who.value = "A01"
    show(room, HOSTILE, "Law")
    assert "2 futures hold together" in room.change.value
    assert room.cells["hidden", "open"].value == -1
    room.cells["hidden", "open"].value = 3
    assert "1 future holds together" in room.change.value
    assert "Gone: Law: Strict" in room.change.value
    assert room.found.value.count("<tr>") == 2
    ((who, table, kind, row),) = entered(context[0])
    assert (who, table, kind) == ("A01", "cross_impacts", "set")
    assert row == {
        "assessor_id": "A01",
        "round": 1,
        "source_state": "hidden",
        "target_state": "open",
        "impact": 3,
    }


def test_undo_brings_the_scenario_back(room):
    room.who.value = "A01"
    show(room, HOSTILE, "Law")
    room.cells["hidden", "open"].value = 3
    room.undo()
    assert room.cells["hidden", "open"].value == -1
    assert "2 futures hold together" in room.change.value


def test_no_answer_is_not_zero(room, context):
    room.who.value = "A02"
    show(room, "Law", HOSTILE)
    assert {cell.value for cell in room.cells.values()} == {"none"}
    room.cells["strict", "hidden"].value = 0
    assert entered(context[0])[-1][3]["impact"] == 0
    room.cells["strict", "hidden"].value = "none"
    assert entered(context[0])[-1][3]["impact"] is None


def test_a_reason_belongs_to_the_cell_that_was_changed_last(room, context):
    room.who.value = "A02"
    show(room, "Law", HOSTILE)
    room.reason.value = "Too early"
    assert "Change a cell first" in room.status.value
    room.reason.value = ""
    room.cells["strict", "hidden"].value = 3
    room.reason.value = "People hide when the law is strict"
    *_, (_, _, kind, row) = entered(context[0])
    assert (kind, row["source_state"], row["reason"]) == (
        *("reason", "strict", "People hide when the law is strict"),
    )


def close_round(panel):
    panel.who.value = "facilitator"
    for _ in "ab":  # some have not answered: it asks once more
        panel.rounds.close()
    assert panel.rounds.has_closed


def test_futures_of_what_others_said_are_shown_once_the_first_round_is_closed(room):
    show(room, "Law", HOSTILE)
    assert all(cell.disabled for cell in room.cells.values())
    for who in ("facilitator", "A02"):  # the form of A01 was read before
        room.who.value = who
        assert "shown once round 1 is closed" in room.change.value
        assert room.found.value == "" and room.model.found() == []
        assert np.isnan(room.model.stands_in("strict", "hidden"))
        go(room, 1)
        assert "shown once round 1 is closed" in room.sealed.value
        go(room, 0)
    room.who.value = "A01"
    assert "2 futures hold together" in room.change.value
    close_round(room)
    assert "2 futures hold together" in room.change.value
    go(room, 1)
    assert "round 1" not in room.sealed.value


def test_a_descriptor_does_not_act_on_itself(room):
    show(room, "Law", "Law")
    assert room.cells == {}
    assert "two different descriptors" in room.question.value


def test_a_closed_round_shows_who_is_apart(room):
    room.who.value = "A02"
    show(room, "Law", HOSTILE)
    room.cells["strict", "hidden"].value = -3
    close_round(room)
    assert "below 3 answers only their number is shown" in room.rounds.shown.value
    assert [code for _, code in room.rounds.by.options] == ["A02", "A01"]
    assert "<img" not in room.rounds.shown.value


def test_the_starting_list_is_shown_and_not_judged(tmp_path):
    workspace = make_room(tmp_path)
    panel = ScenariosPanel.open(loaded(workspace), str(workspace.root), Clock())
    panel.who.value = "A01"
    assert panel.cells
    assert all(cell.disabled for cell in panel.cells.values())
    assert "Enter yours first" in panel.question.value


def go(panel, place):
    panel.step.value = panel.step.options[place]


def give_name(panel, name):
    close_round(panel)
    go(panel, 1)
    form = panel.naming
    form.fields["states"].value = form.fields["states"].options[1][1]
    form.fields["name"].value = name
    form.save()


def test_a_future_that_holds_together_gets_a_name(room, context):
    give_name(room, "Closed doors")
    _, table, _, row = entered(context[0])[-1]
    assert (table, row["name"]) == ("scenario_names", "Closed doors")
    assert set(row["states"]) in ({"strict", "hidden"}, {"open", "visible"})
    assert any("Closed doors" in label for label, _ in room.naming.which.options)


def test_options_are_scored_alone_and_shown_together(room, context):
    give_name(room, "Closed doors")
    go(room, 2)
    code = room.scoring.scenario.value
    for who, best in (("A01", 2), ("A02", 9)):
        room.who.value = who
        assert room.scoring.rows["O1"].lists["best"].value == ""
        room.scoring.rows["O1"].lists["best"].value = best
    assert entered(context[0])[-1][3] == {
        "assessor_id": "A02",
        "option_id": "O1",
        "scenario_id": code,
        "round": 1,
        "best": 9,
    }
    room.who.value = "facilitator"
    assert room.scoring.middle.value == ""
    room.scoring.rounds.close()
    room.scoring.rounds.close()
    assert "below 3 answers only their number" in room.scoring.rounds.shown.value
    assert "5.5" in room.scoring.middle.value
    assert "<img" not in room.scoring.middle.value
    assert room.rounds.opened == {"cross_impacts": {2}}


def test_no_scenario_has_a_name_yet(room):
    go(room, 2)
    assert "Name a scenario first" in room.scoring.words.value
    assert room.scoring.rows == {}


def test_what_a_signpost_tells_is_said_alone(room, context):
    go(room, 3)
    room.who.value = "A01"
    row = room.rating.rows["S1"]
    assert "A new rule" in row.words.value and "Law: Strict" in row.words.value
    assert row.unsure.layout.display == "none"
    row.lists["if_coming"].value = 8
    row.lists["if_not"].value = 2
    said = {"assessor_id": "A01", "signpost_id": "S1", "round": 1}
    assert [entry[3] for entry in entered(context[0])] == [
        said | {"if_coming": 8},
        said | {"if_not": 2},
    ]


def test_a_signpost_is_looked_at_again(room, context):
    go(room, 3)
    assert room.watched.value.count("<td>yes</td>") == 1
    assert "nobody has looked" in room.watched.value
    room.watching.which.value = "S1"
    room.watching.fields["seen_at"].value = "2026-10-30"
    room.watching.fields["status"].value = "near"
    room.watching.save()
    ((*_, row),) = entered(context[0])
    assert row == {"signpost_id": "S1", "seen_at": date(2026, 10, 30), "status": "near"}
    assert "<td>yes</td>" not in room.watched.value
    assert "<img" not in room.watched.value
