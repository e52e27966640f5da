"""The workshop's home: who has answered, the agenda with its hours, the minutes."""

from __future__ import annotations

import pytest

from strategy_lib.chapters.presence.panel import PresencePanel
from strategy_lib.chapters.registry import CHAPTERS
from strategy_lib.workshop.home import HomePanel
from tests.widgets.room import SCORES, Clock, entered, loaded, make_room


@pytest.fixture(scope="module")
def ground(tmp_path_factory):
    workspace = make_room(tmp_path_factory.mktemp("home"), SCORES)
    return workspace, loaded(workspace)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def home(ground, clock):
    workspace, inputs = ground
    for path in workspace.cycle().inputs.glob("*/workshop/*.jsonl"):
        path.unlink()
    return HomePanel.open(inputs, str(workspace.root), clock)


def test_who_has_answered_is_told_with_those_who_have_not(home):
    text = home.answered.value
    assert "3 of 4 offices have answered" in text
    assert "Not yet: Zambia office" in text
    assert "Presence: judged by 1 person; not yet A02, A03." in text


def test_what_is_entered_in_a_panel_counts_as_an_answer(home, ground, clock):
    workspace, inputs = ground
    panel = PresencePanel.open(inputs, str(workspace.root), clock)
    panel.who.value = "A02"
    panel.scoring.sliders["best"].value = 9
    home.refresh()
    assert "Presence: judged by 2 people; not yet A03." in home.answered.value


def test_the_agenda_follows_the_hour_that_is_typed(home):
    home.chapter.value = "02"
    home.start.value = "14:00"
    assert "14:00 to 14:10" in home.agenda.value
    home.start.value = "soon"
    assert "write an hour such as 09:30" in home.status.value
    assert "14:00 to 14:10" in home.agenda.value


def test_every_chapter_is_linked(home):
    links = "".join(w.value for w in home.body.children if hasattr(w, "value"))
    assert all(chapter.notebook in links for chapter in CHAPTERS)


def test_the_minutes_hide_open_rounds_and_tell_closed_ones(home, ground, clock):
    workspace, inputs = ground
    panel = PresencePanel.open(inputs, str(workspace.root), clock)
    panel.who.value = "A02"
    panel.scoring.sliders["best"].value = 9
    home.show_minutes()
    assert "1 judgement is not shown" in home.minutes.value
    assert "Most likely" not in home.minutes.value
    panel.who.value = "facilitator"
    panel.rounds.close()
    panel.rounds.close()
    home.show_minutes()
    assert "Most likely: 9" in home.minutes.value
    assert "was closed at 2026-11-01 14:00" in home.minutes.value
    assert len(entered(workspace)) == 3
