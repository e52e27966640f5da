"""Sessions and overlays: what one sees of the others, and never more than the edition may show."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import pytest

from strategy_lib.chapters.mapping.panel import MappingPanel
from strategy_lib.core.errors import InputError
from strategy_lib.core.workspace import WORKSPACE_VARIABLE
from strategy_lib.inputs.entries.entry import EntryLog
from strategy_lib.notebook import load
from strategy_lib.widgets.base import Panel, _boxes
from strategy_lib.widgets.session import LateEntryError, open_session
from tests.widgets.room import SCORES, Clock, loaded, make_room

ALL = {"scores": ({},)}
KEY = {"round": 1, "option_id": "P0", "criterion_id": "safety"}


@pytest.fixture(scope="module")
def ground(tmp_path_factory):
    workspace = make_room(tmp_path_factory.mktemp("session"), SCORES)
    return workspace, {name: loaded(workspace, name) for name in ("core", "leaders", "mainland")}


@pytest.fixture
def opened(ground):
    workspace, inputs = ground
    folder = workspace.cycle().inputs
    for path in folder.glob("*/workshop/*.jsonl"):
        path.unlink()
    return lambda edition="core", clock=None: open_session(
        inputs[edition], str(workspace.root), clock or Clock()
    )


def seen(session, who):
    frame = session.view(("scores",), who)["scores"]
    return {
        (row.assessor_id, row.option_id, row.criterion_id): row.best for row in frame.itertuples()
    }


def enter(session, code, best, **more):
    return session.enter("scores", KEY | {"assessor_id": code, "best": best} | more, code)


def test_one_sees_oneself_and_nobody_else_until_the_round_is_closed(opened):
    session = opened()
    enter(session, "A02", 7)
    enter(session, "A03", 2)
    place = ("P0", "safety")
    assert seen(session, "A02").get(("A02", *place)) == 7
    assert ("A03", *place) not in seen(session, "A02")
    assert ("A02", *place) not in seen(session, "facilitator")
    session.close_round(ALL)
    assert seen(session, "facilitator")[("A03", *place)] == 2
    assert len(seen(session, "facilitator")) == len(SCORES) + 2


def test_another_session_is_read_and_unchanged_files_are_not_read_again(opened, ground):
    session = opened()
    other = EntryLog(ground[0].cycle().inputs, "other", Clock())
    other.append("scores", KEY | {"assessor_id": "A02", "best": 7}, "A02")
    session.reread()
    first = session.entries
    assert session.reread() is first
    other.append("scores", KEY | {"assessor_id": "A02", "best": 8}, "A02")
    session.reread()
    assert seen(session, "A02")["A02", "P0", "safety"] == 8
    assert session.answered(ALL) == {"A02": 1}


def test_running_a_cell_again_goes_on_with_the_same_session(opened):
    clock = Clock()
    first, second = opened(clock=clock), opened(clock=clock)
    assert first.log is second.log
    enter(first, "A02", 7)
    assert second.undo("A02").row["best"] == 7


def test_a_closed_round_takes_nothing_more(opened):
    session = opened()
    session.close_round(ALL)
    with pytest.raises(LateEntryError, match="Round 1 was closed at 14:0"):
        enter(session, "A02", 7)
    assert session.round_of("scores") == 2
    enter(session, "A02", 7, round=2)
    session.close_round(ALL)
    assert session.round_of("scores") == 0


@pytest.mark.parametrize("edition", ["leaders", "mainland"])
def test_an_edition_that_shows_no_single_person_has_no_room(opened, edition):
    with pytest.raises(InputError, match="may not show what single people say"):
        opened(edition)


def test_an_entry_that_was_loaded_and_taken_back_since_is_gone(opened, ground):
    clock = Clock()
    session = opened(clock=clock)
    enter(session, "A02", 7)
    session.close_round(ALL)
    later = open_session(loaded(ground[0]), str(ground[0].root), clock)
    assert "A02" in {key[0] for key in seen(later, "facilitator")}
    later.undo("facilitator")
    later.undo("A02")
    assert "A02" not in {key[0] for key in seen(later, "A02")}


def test_a_copy_of_the_example_that_vanishes_takes_no_entries_and_says_so(monkeypatch):
    monkeypatch.delenv(WORKSPACE_VARIABLE, raising=False)
    panel = MappingPanel.open(load())
    parts = [part for box in _boxes(panel.widget) for part in box.children]
    html = "".join(str(getattr(part, "value", "")) for part in parts)
    assert "gone when the notebook ends, so nothing can be entered" in html
    row = {"unit_id": "ke", "title": "Talks", "theme": "health"}
    assert panel.save("activities", row) is None
    assert "nothing can be entered" in panel.status.value
    assert not list(panel.session.folder.glob("*/workshop"))


@pytest.mark.parametrize("name", ["Ours", "منظمة الأرض", "全球联合会" * 20, "<b>A & B</b>"])
def test_a_panel_names_the_organisation_and_the_cycle(opened, name):
    session = opened()
    session.inputs = replace(session.inputs, organisation=name)
    panel = Panel(session, "Anything", ("scores",))
    parts = [part for box in _boxes(panel.widget) for part in box.children]
    html = "".join(str(getattr(part, "value", "")) for part in parts)
    assert f'<p dir="auto">{escape(name)} · 2026</p>' in html
    assert "nothing can be entered" not in html
