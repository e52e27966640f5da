"""The presence panel, driven without a browser: values are set, buttons pressed, files read."""

from __future__ import annotations

import asyncio
import errno
import re

import pytest

from strategy_lib.chapters.presence.figures import ranks
from strategy_lib.chapters.presence.panel.model import in_list_order, pushed
from strategy_lib.chapters.presence.panel.panel import PresencePanel
from strategy_lib.core.errors import InputError
from strategy_lib.core.workspace import PRESENTER_VARIABLE
from strategy_lib.inputs.entries import log as entry_log
from strategy_lib.inputs.entries.entry import EntryLog
from strategy_lib.widgets import base
from tests.widgets.room import HOSTILE, SCORES, Clock, entered, fresh_panel, loaded, make_room

NAN = float("nan")


@pytest.fixture(scope="module")
def context(tmp_path_factory):
    workspace = make_room(tmp_path_factory.mktemp("presence"), SCORES)
    return workspace, loaded(workspace)


@pytest.fixture
def room(context):
    """A panel on a workspace in which nothing has been entered yet."""
    panel = fresh_panel(PresencePanel, *context)
    panel.complete()
    return panel


def rows(context, kind="set"):
    return [row for _, _, k, row in entered(context[0]) if k == kind]


def title(panel):
    return panel.finding.value


def as_assessor(panel, code):
    panel.who.value = code
    return panel


def test_the_panel_stands_before_what_follows_is_computed(context, monkeypatch):
    workspace, inputs = context
    panel = PresencePanel.open(inputs, str(workspace.root), Clock())
    panel.who.value = "A01"
    shown = []
    monkeypatch.setattr(base, "display", lambda widget: shown.append((widget, panel.chart.figure)))
    panel._ipython_display_()
    assert shown == [(panel.widget, None)]
    assert panel.chart.figure is not None


def test_nobody_enters_before_they_said_who_they_are(room, context):
    assert room.scoring.sliders["best"].disabled
    assert room.scoring.no_answer_button.disabled
    as_assessor(room, "A02")
    assert not room.scoring.sliders["best"].disabled
    assert entered(context[0]) == []


def test_a_slider_is_saved_under_its_assessor_option_and_criterion(room, context):
    as_assessor(room, "A02")
    room.scoring.option.value, room.scoring.criterion.value = 1, _position(room, "Safety")
    room.scoring.sliders["best"].value = 7.5
    (said,) = entered(context[0])
    assert said == (
        "A02",
        "scores",
        "set",
        {
            "assessor_id": "A02",
            "round": 1,
            "option_id": "P1",
            "criterion_id": "safety",
            "low": None,
            "best": 7.5,
            "high": None,
            "sure": None,
        },
    )
    assert "Saved 14:0" in room.status.value
    assert room.scoring.fields["best"].value == "7.5"


def test_what_was_entered_before_stands_in_the_fields(room):
    as_assessor(room, "A01")
    assert [room.scoring.fields[n].value for n in ("low", "best", "high")] == ["2", "3", "4"]
    room.scoring.criterion.value = 0 if room.scoring.criterion.value else 1
    assert [room.scoring.fields[n].value for n in ("low", "best", "high")] == ["7", "8", "9"]
    as_assessor(room, "A02")
    assert [room.scoring.fields[n].value for n in ("low", "best", "high")] == ["", "", ""]


def test_the_chart_follows_a_drag(room):
    as_assessor(room, "A01")
    before = [tuple(trace.x) for trace in room.chart.figure.data]
    figure = room.chart.figure
    assert "“Outside” comes first 100 times in 100" in title(room)
    room.scoring.option.value, room.scoring.criterion.value = 1, _position(room, "Safety")
    room.scoring.sliders["best"].value = 10
    room.scoring.criterion.value = _position(room, "Cost")
    room.scoring.sliders["best"].value = 0
    room.scoring.option.value, room.scoring.criterion.value = 0, _position(room, "Safety")
    room.scoring.sliders["best"].value = 3
    assert room.chart.figure is figure
    assert [tuple(trace.x) for trace in figure.data] != before
    assert "“Office” comes first" in title(room)


def _position(panel, name):
    return dict(panel.scoring.criterion.options)[name]


def test_weights_move_the_chart_and_are_saved(room, context):
    as_assessor(room, "A01")
    room.scoring.option.value, room.scoring.criterion.value = 1, _position(room, "Cost")
    room.scoring.sliders["best"].value = 0
    safety, cost = _position(room, "Safety"), _position(room, "Cost")
    room.weighing.sliders[safety].value, room.weighing.fields[cost].value = 100, "0"
    assert "“Outside” comes first 100 times in 100" in title(room)
    room.weighing.sliders[cost].value, room.weighing.fields[safety].value = 100, "0"
    assert "“Office” comes first " in title(room)
    weights = [r for r in rows(context) if "points" in r]
    assert [(r["criterion_id"], r["points"]) for r in weights] == [
        *(("safety", 100), ("cost", 0), ("cost", 100), ("safety", 0)),
    ]


def test_what_would_have_to_change_is_said_in_points_and_names(room):
    as_assessor(room, "A01")
    room.scoring.option.value, room.scoring.criterion.value = 1, _position(room, "Cost")
    room.scoring.sliders["best"].value = 1
    text = room.change.value
    assert "of 100 points of weight would put “Office” first" in text
    assert "Cost +" in text
    assert "is not compared: nobody scored it" in text
    assert "&lt;img" in text and "<img" not in text


def test_a_value_out_of_scale_is_refused_at_the_field_and_the_old_one_stays(room, context):
    as_assessor(room, "A01")
    for text in ("11", "four", "-1", "1,234"):
        room.scoring.fields["best"].value = text
        assert room.scoring.fields["best"].value == "3"
        assert "the old value stays" in room.status.value
        assert 'class="wb-trouble"' in room.status.value
    assert entered(context[0]) == []
    room.scoring.fields["best"].value = "3,5"
    assert rows(context)[0]["best"] == 3.5


@pytest.mark.parametrize(
    ("points", "name", "value", "after"),
    [
        ((2, 4, 6), "best", 5, (2, 5, 6)),
        ((2, 4, 6), "best", 8, (2, 8, 8)),
        ((2, 4, 6), "high", 1, (2, 4, 4)),
        ((2, 4, 6), "low", 9, (4, 4, 6)),
        ((NAN, 4, NAN), "best", 5, (NAN, 5, NAN)),
        ((NAN, NAN, NAN), "best", 5, (NAN, 5, NAN)),
        ((NAN, NAN, NAN), "low", 5, (NAN, NAN, NAN)),
        ((NAN, 4, NAN), "low", 2, (2, 4, 4)),
    ],
)
def test_points_stay_in_order(points, name, value, after):
    assert pushed(points, name, value) == pytest.approx(after, nan_ok=True)


def test_an_end_drags_nothing_and_what_goes_along_is_said(room, context):
    as_assessor(room, "A01")
    room.scoring.fields["low"].value = "9"
    assert [room.scoring.fields[n].value for n in ("low", "best", "high")] == ["3", "3", "4"]
    assert "The lowest stops at the most likely, 3" in room.scoring.note.value
    room.scoring.fields["best"].value = "6"
    assert [room.scoring.fields[n].value for n in ("low", "best", "high")] == ["3", "6", "6"]
    assert "With it moved the highest: 6 now" in room.scoring.note.value
    room.scoring.no_answer()
    assert room.scoring.note.value == ""
    before = entered(context[0])
    room.scoring.sliders["low"].value = 2
    assert "Say the most likely first" in room.scoring.note.value
    assert entered(context[0]) == before


def test_one_number_and_how_sure_is_a_score_with_a_range(room, context):
    as_assessor(room, "A02")
    room.scoring.option.value, room.scoring.criterion.value = 1, _position(room, "Safety")
    assert room.scoring.range.layout.display == "none"
    room.scoring.sure.value = "fairly"
    assert "then how sure you are" in room.scoring.note.value
    assert (room.scoring.sure.value, entered(context[0])) == ("", [])
    room.scoring.sliders["best"].value = 9
    room.scoring.sure.value = "fairly"
    last = rows(context)[-1]
    assert [last[n] for n in ("low", "best", "high", "sure")] == [None, 9, None, "fairly"]
    assert room.model.score(1, _position(room, "Safety")) == (7.5, 9, 10)
    room.show()
    assert (room.scoring.sure.value, room.scoring.own.value) == ("fairly", False)
    assert room.model.score(1, _position(room, "Safety")) == (7.5, 9, 10)
    room.scoring.sliders["best"].value = 4
    room.show()
    assert room.model.score(1, _position(room, "Safety")) == (2.5, 4, 5.5)


def test_a_range_of_ones_own_is_one_tick_away_and_taken_back_by_it(room, context):
    as_assessor(room, "A01")
    assert room.scoring.own.value
    assert room.scoring.range.layout.display is None
    room.scoring.own.value = False
    last = rows(context)[-1]
    assert [last[n] for n in ("low", "best", "high", "sure")] == [None, 3, None, None]
    room.scoring.own.value = True
    room.scoring.sliders["high"].value = 6
    last = rows(context)[-1]
    assert [last[n] for n in ("low", "best", "high", "sure")] == [3, 3, 6, None]
    room.scoring.sure.value = "sure"
    last = rows(context)[-1]
    assert [last[n] for n in ("low", "best", "high", "sure")] == [None, 3, None, "sure"]
    assert not room.scoring.own.value
    room.scoring.no_answer()
    assert room.scoring.sure.value == ""


def test_i_cannot_say_is_no_answer_and_never_zero(room, context):
    as_assessor(room, "A01")
    room.scoring.no_answer()
    (row,) = rows(context)
    assert (row["low"], row["best"], row["high"]) == (None, None, None)
    assert room.scoring.fields["best"].value == ""
    assert "scored 3 of 8" in room.scoring.progress.value


def test_undo_brings_the_former_answer_back_and_keeps_the_history(room, context):
    as_assessor(room, "A01")
    room.scoring.sliders["best"].value = 9
    room.scoring.sliders["best"].value = 2
    room.undo()
    assert room.scoring.fields["best"].value == "9"
    room.undo()
    assert room.scoring.fields["best"].value == "3"
    room.undo()
    assert "nothing to take back" in room.status.value
    assert len(entered(context[0])) == 4


def test_a_reason_is_kept_with_the_answer(room, context):
    as_assessor(room, "A01")
    room.scoring.sliders["best"].value = 9
    room.scoring.reason.value = f"Because {HOSTILE}"
    room.scoring.next()
    assert room.scoring.reason.value == ""
    room.scoring.criterion.value, room.scoring.option.value = 0, 0
    assert room.scoring.reason.value == f"Because {HOSTILE}"
    assert rows(context, "reason")[0]["reason"] == f"Because {HOSTILE}"


def test_others_are_not_seen_before_the_round_is_closed(room, context):
    as_assessor(room, "A02")
    room.scoring.sliders["best"].value = 9
    as_assessor(room, "A03")
    assert room.scoring.fields["best"].value == ""
    assert room.whose.disabled
    room.who.value = "facilitator"
    # Neither forms nor entries are compared before the round is closed.
    assert title(room) == ""
    assert "shown once round 1 is closed" in room.chart.words.value
    assert "A02 (1)" in room.rounds.state.value
    assert "Nothing yet from: A01, A03" in room.rounds.state.value
    assert room.rounds.shown.value == ""


def answer(panel, code, values):
    as_assessor(panel, code)
    for (option, criterion), value in values.items():
        panel.scoring.option.value, panel.scoring.criterion.value = option, criterion
        panel.scoring.sliders["best"].value = value


def test_a_closed_round_shows_the_spread_and_asks_the_two_furthest_apart(room, context):
    answer(room, "A02", {(0, 1): 1.0})
    answer(room, "A03", {(0, 1): 9.5})
    room.who.value = "facilitator"
    room.rounds.close()
    assert "Press again" in room.status.value
    assert not [k for _, _, k, _ in entered(context[0]) if k == "close_round"]
    room.rounds.close()
    assert "Round 1 is closed" in room.status.value
    assert re.search("<td>1</td><td>[0-9]</td><td>9.5</td>", room.rounds.shown.value)
    wall = room.rounds.shown.value + str([label for label, _ in room.rounds.by.options])
    assert not re.search(r"A0\d", wall)
    assert "Round 2 is open" in room.rounds.state.value
    assert [code for _, code in room.rounds.by.options] == ["A02", "A03"]
    room.rounds.by.value = "A03"
    room.rounds.reason.value = "I was there"
    room.rounds.record()
    (row,) = rows(context, "reason")
    assert (row["assessor_id"], row["round"], row["reason"]) == ("A03", 1, "I was there")
    assert "(3 people" in title(room)


def test_the_two_furthest_apart_are_told_themselves_and_nobody_else(room, context):
    for code, best in (("A02", 1.0), ("A03", 9.5)):
        answer(room, code, {(0, 1): best})
    room.who.value = "facilitator"
    room.rounds.close()
    room.rounds.close()
    as_assessor(room, "A03")
    assert "You are at the high end (9.5). Somebody else is at the low end (1)." in (
        room.rounds.told.value
    )
    assert [code for _, code in room.rounds.by.options] == ["A03"]
    room.rounds.reason.value = "I was there"
    room.rounds.record()
    assert rows(context, "reason")[0]["assessor_id"] == "A03"
    as_assessor(room, "A01")
    assert room.rounds.reasons.layout.display == "none"


def test_a_message_stands_below_the_button_that_was_pressed(room):
    as_assessor(room, "A01")
    room.undo_button.click()
    foot = next(box for box in boxes(room.widget) if room.undo_button in box.children)
    around = list(room.widget.children)
    assert around[around.index(foot) + 1] is room.beside
    assert "nothing to take back" in room.beside.value
    room.scoring.sliders["best"].value = 9
    assert not any(room.beside in box.children for box in boxes(room.widget))


def boxes(widget):
    for child in getattr(widget, "children", ()):
        yield from boxes(child)
    if hasattr(widget, "children"):
        yield widget


def test_the_room_sees_the_panel_alone_until_the_notebook_is_asked_for(context, monkeypatch):
    def opened():
        return PresencePanel.open(context[1], str(context[0].root), Clock())

    assert "wb-presenter" not in opened().widget._dom_classes
    monkeypatch.setenv(PRESENTER_VARIABLE, "1")
    panel = opened()
    assert "wb-presenter" in panel.widget._dom_classes
    panel.view_button.click()
    assert "wb-presenter" not in panel.widget._dom_classes
    assert panel.view_button.description == "Large, for the room"


def test_the_second_round_is_entered_beside_the_first(room, context):
    answer(room, "A02", {(0, 0): 1.0})
    room.who.value = "facilitator"
    room.rounds.close()
    room.rounds.close()
    answer(room, "A02", {(0, 0): 6.0})
    assert [(r["round"], r["best"]) for r in rows(context)] == [(1, 1.0), (2, 6.0)]
    room.who.value = "facilitator"
    room.rounds.close()
    room.rounds.close()
    assert "1 changed" in room.rounds.shown.value
    assert "Both rounds are closed" in room.rounds.state.value
    as_assessor(room, "A02")
    assert room.scoring.sliders["best"].disabled


def test_only_the_facilitator_closes_and_opens_rounds(room):
    as_assessor(room, "A01")
    assert room.rounds.close_button.disabled
    assert room.rounds.open_button.disabled
    room.who.value = "facilitator"
    assert not room.rounds.close_button.disabled
    room.rounds.close()
    room.rounds.close()
    assert not room.rounds.open_button.disabled
    room.rounds.reopen()
    assert "Round 1 is open" in room.rounds.state.value


def test_a_round_closed_while_somebody_types_says_so_and_keeps_what_was_typed(room, context):
    as_assessor(room, "A01")
    other = EntryLog(context[0].cycle().inputs, "other", Clock())
    other.append("scores", {"round": 1}, "facilitator", "close_round")
    room.scoring.sliders["best"].value = 9
    assert "Round 1 was closed at 14:00:01" in room.status.value
    assert room.scoring.fields["best"].value == "9"
    assert rows(context) == []
    room.again()
    (row,) = rows(context)
    assert (row["round"], row["best"]) == (2, 9.0)


def test_a_full_disk_is_told_and_saved_again_later(room, context, monkeypatch):
    as_assessor(room, "A01")

    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(entry_log.os, "fsync", full)
        room.scoring.sliders["best"].value = 9
    assert "the disk is full" in room.status.value
    assert room.retry_button.layout.display is None
    room.retry()
    assert "Saved 1 at" in room.status.value
    assert room.retry_button.layout.display == "none"
    assert rows(context)[0]["best"] == 9.0


def test_a_code_in_use_elsewhere_is_told(room, context):
    clock = room.session.log.clock
    other = EntryLog(context[0].cycle().inputs, "other", clock)
    key = {"assessor_id": "A02", "round": 1, "option_id": "P0", "criterion_id": "safety"}
    other.append("scores", key | {"best": 4}, "A02")
    room.refresh()
    as_assessor(room, "A02")
    assert "A02 entered something in another session at 14:00:" in room.status.value
    # A notebook that is opened after it, such as after a restart, raises no alarm.
    anew = PresencePanel.open(context[1], str(context[0].root), clock)
    as_assessor(anew, "A02")
    assert "A02 enters now" in anew.status.value


def test_an_edition_that_may_not_show_single_people_has_no_panel(context):
    workspace, _ = context
    with pytest.raises(InputError, match="may not show what single people say"):
        PresencePanel.open(loaded(workspace, "partner"), str(workspace.root))


def test_a_room_without_options_criteria_or_people_opens(tmp_path):
    workspace = make_room(tmp_path, presence_options=[], criteria=[], scores=[], assessors=[])
    panel = PresencePanel.open(loaded(workspace), str(workspace.root), Clock())
    panel.complete()
    assert [label for label, _ in panel.who.options] == ["Facilitator"]
    assert "No option or no criterion" in panel.scoring.anchors.value
    panel.scoring.next()
    panel.refresh()


def test_hostile_names_are_text_in_every_html_of_the_panel(room):
    as_assessor(room, "A01")
    assert "<img" not in "".join(_html(room.widget))
    assert "&lt;img" in room.scoring.anchors.value


def _html(widget):
    for child in getattr(widget, "children", ()):
        yield from _html(child)
    if type(widget).__name__ == "HTML":
        yield widget.value


def test_what_a_drag_ends_with_is_saved_once_for_whoever_dragged(room, context):
    """In a kernel a loop runs: the drag rests before it is saved, or somebody else sits down."""

    async def drag():
        as_assessor(room, "A02")
        for value in (6, 7, 8.5):
            room.scoring.sliders["best"].value = value
        assert entered(context[0]) == []
        assert "score at least two options" in room.chart.words.value
        as_assessor(room, "A03")

    asyncio.run(drag())
    ((who, _, _, row),) = entered(context[0])
    assert (who, row["assessor_id"], row["best"]) == ("A02", "A02", 8.5)
    assert room.scoring.fields["best"].value == ""


def test_a_drag_there_and_back_leaves_the_other_points(room, context):
    async def drag():
        as_assessor(room, "A01")
        for value in (9.5, 6, 3):
            room.scoring.sliders["best"].value = value

    asyncio.run(drag())
    room.later.now()
    assert [room.scoring.fields[n].value for n in ("low", "best", "high")] == ["2", "3", "4"]


def test_a_moved_chart_is_the_one_that_would_be_drawn_anew(room):
    as_assessor(room, "A01")
    for option, value in ((1, 9.0), (2, 4.0), (1, 5.0)):
        room.scoring.option.value = option
        room.scoring.sliders["best"].value = value
    table = in_list_order(room.model.standing(), room.model.matrix)
    anew = ranks(table, "x")
    moved = room.chart.figure.data
    assert [(list(t.x), list(t.text), list(t.y)) for t in moved] == [
        (list(t.x), list(t.text), list(t.y)) for t in anew.data
    ]


def test_what_was_refused_while_somebody_else_sat_down_is_still_told_and_kept(room, context):
    other = EntryLog(context[0].cycle().inputs, "other", Clock())

    async def drag():
        as_assessor(room, "A02")
        room.scoring.sliders["best"].value = 9
        other.append("scores", {"round": 1}, "facilitator", "close_round")
        as_assessor(room, "A03")

    asyncio.run(drag())
    assert "Round 1 was closed" in room.status.value
    room.again()
    (row,) = rows(context)
    assert (row["assessor_id"], row["round"], row["best"]) == ("A02", 2, 9.0)
    assert entered(context[0])[-1][0] == "A02"
