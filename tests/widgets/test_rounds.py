"""Nobody's words are lost: what was entered is in the room's result once its round is closed."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategy_lib.chapters.minutes.analysis import minutes
from strategy_lib.chapters.presence.panel.panel import presence_panel
from strategy_lib.core.audiences import DEFAULT_EDITIONS
from strategy_lib.core.settings import MappingSettings
from strategy_lib.core.workspace import copy_example, open_workspace
from strategy_lib.editions.restrict import restrict
from strategy_lib.editions.snapshot import Snapshot
from strategy_lib.inputs.entries.entry import EntryLog, merge_entries, read_entries, row_key
from strategy_lib.inputs.problem_log import ProblemLog
from strategy_lib.inputs.read import read_inputs
from strategy_lib.judgements.disagreement import Judged
from strategy_lib.schema.frames import Tables, typed_frame
from strategy_lib.schema.schema import schemas, table_schema
from strategy_lib.widgets.base import Panel
from strategy_lib.widgets.rounds import RoundBoard
from strategy_lib.widgets.session import Session
from tests.widgets.room import SCORES, Clock, loaded, make_room
from tests.workspaces import write_sheets

PEOPLE = ("A01", "A02", "A03")
SECOND = [{"assessor_id": "A01", "round": 2, "option_id": "P0", "criterion_id": "safety",
           "best": 5}]  # fmt: skip


def close(panel, board=None):
    """Close the round, past the question whether everybody has answered."""
    panel.who.value = "facilitator"
    board = board or panel.rounds
    board.close()
    if "Press again" in panel.status.value:
        board.close()


def score(panel, code, best):
    """Score the first option on the criterion that is chosen."""
    panel.who.value = code
    panel.scoring.sliders["best"].value = best


def best_of(frame, option, criterion):
    rows = frame[(frame["option_id"] == option) & (frame["criterion_id"] == criterion)]
    return dict(zip(rows["assessor_id"], rows["best"], strict=True))


def test_what_a_room_scored_survives_forms_of_a_second_round(tmp_path):
    """Forms hold answers of the second round to one table, and none to the other."""
    space = open_workspace(copy_example(tmp_path / "ours"))
    inputs = space.cycle().inputs
    row = SECOND[0] | {"assessor_id": "A01", "criterion_id": "access"}
    write_sheets(inputs / "presence" / "second.xlsx", {"scores": [row]})
    panel = presence_panel(loaded(space), str(space.root), Clock())
    panel.scoring.option.value = list(panel.model.matrix.options["option_id"]).index("P0")
    panel.scoring.criterion.value = list(panel.model.matrix.criteria["criterion_id"]).index(
        "access"
    )
    score(panel, "A02", 10)
    for best in (3, 0):
        score(panel, "A03", best)
    panel.who.value = "facilitator"
    assert "A02 (1), A03 (1)" in panel.rounds.state.value
    close(panel)
    assert "the room sees all that was entered" in panel.status.value
    assert "<td>0 (A03)</td>" in panel.rounds.shown.value
    assert "<td>10 (A02)</td>" in panel.rounds.shown.value
    panel.rounds.which.index = next(
        n for n, apart in enumerate(panel.rounds._apart) if apart.item == ("P0", "access")
    )
    panel.rounds.by.value = "A03"
    panel.rounds.reason.value = "We were refused twice"
    panel.rounds.record()
    tables = read_inputs(space.cycle()).frames["scores"]
    found = best_of(tables[tables["round"] == 2], "P0", "access")
    assert (found["A02"], found["A03"]) == (10, 0)
    assert "We were refused twice" in set(tables["reason"].dropna())
    told = minutes(loaded(space), read_entries(inputs))
    # Of the entries of the room there is nothing to note.
    assert told.notes == ("Decisions on cases of speaking out: 0 sealed records.",)
    (disputed,) = told.tables["disputed"].to_dict("records")
    assert disputed["reasons"] == "A03: We were refused twice"


@pytest.fixture(scope="module")
def ground(tmp_path_factory):
    workspace = make_room(tmp_path_factory.mktemp("rounds"), [*SCORES, *SECOND])
    return workspace, loaded(workspace)


@pytest.fixture
def room(ground):
    workspace, inputs = ground
    for path in workspace.cycle().inputs.glob("*/workshop"):
        shutil.rmtree(path)
    return presence_panel(inputs, str(workspace.root), Clock())


def test_tables_in_different_rounds_are_named_and_closed_together(room):
    score(room, "A02", 9)
    room.weighing.sliders[0].value = 100
    room.who.value = "facilitator"
    assert (
        "Round 2 of “Scores” and round 1 of “Weights of criteria” are open"
        in room.rounds.state.value
    )
    close(room)
    assert room.rounds.opened == {"swing_weights": {2}}
    room.who.value = "A02"
    assert room.scoring.sliders["best"].disabled
    assert not room.weighing.sliders[0].disabled
    room.who.value = "facilitator"
    room.rounds.reopen()
    assert room.rounds.opened == {"scores": {2}, "swing_weights": {1}}
    assert "A02 (2)" in room.rounds.state.value


def test_a_table_into_which_nobody_entered_waits_for_the_others(room):
    room.who.value = "A02"
    room.weighing.sliders[0].value = 100
    close(room)
    assert room.rounds.opened == {"scores": {2}, "swing_weights": {2}}


def test_what_comes_too_late_is_named_until_it_is_entered_again(room, ground):
    other = EntryLog(ground[0].cycle().inputs, "other", room.session.log.clock)
    close(room)
    close(room)
    room.rounds.reopen()
    other.append("scores", {"round": 2}, "facilitator", "close_round")
    other.append("scores", SECOND[0] | {"assessor_id": "A02", "best": 3}, "A02")
    other.append("scores", {"round": 2}, "facilitator", "open_round")
    other.append("scores", {"round": 2}, "facilitator", "close_round")
    room.refresh()
    assert room.session.late(room.rounds.scope()) == []
    other.append("scores", SECOND[0] | {"assessor_id": "A03", "best": 3}, "A03")
    room.refresh()
    assert "does not count; enter it again: A03" in room.rounds.state.value


def test_several_that_came_too_late_are_kept_and_entered_together(room, ground):
    clock = room.session.log.clock
    room.who.value = "A02"
    other = EntryLog(ground[0].cycle().inputs, "other", clock)
    other.append("swing_weights", {"round": 1}, "facilitator", "close_round")
    # What this room has not read yet it takes for open.
    rows = [{"assessor_id": "A02", "round": 1, "criterion_id": code, "points": 50}
            for code in ("safety", "cost")]  # fmt: skip
    assert [room.save("swing_weights", row) for row in rows] == [None, None]
    room.again()
    standing = room.session.entries.standing
    assert sorted(e.row["criterion_id"] for e in standing if e.row["round"] == 2) == [
        "cost", "safety",
    ]  # fmt: skip
    assert room.again_button.layout.display == "none"


def test_the_facilitator_takes_back_nobodys_judgement_but_their_own(room):
    score(room, "A02", 9)
    room.who.value = "facilitator"
    room.undo()
    assert "nothing to take back" in room.status.value
    assert len(room.session.entries.standing) == 1


def test_what_the_room_was_shown_is_not_taken_back_and_that_is_said(room):
    score(room, "A02", 9)
    close(room)
    room.who.value = "A02"
    room.undo()
    assert "what was entered before then counts" in room.status.value
    assert len(room.session.entries.standing) == 1


LISTS = {"assessors": [{"assessor_id": code, "unit_id": "hq"} for code in PEOPLE]}
# Table -> field that is judged, and what is judged.
JUDGED = {
    "scores": ("best", [{"option_id": o, "criterion_id": "safety"} for o in ("P0", "P1")]),
    "swing_weights": ("points", [{"criterion_id": c} for c in ("safety", "cost")]),
    "cross_impacts": ("impact", [{"source_state": "strict", "target_state": "hidden"}]),
    "performance": ("best", [{"option_id": "O1", "scenario_id": "F1"}]),
    "readiness": ("level", [{"recommendation_id": "1", "unit_id": u} for u in (None, "hq")]),
    "harm_ratings": ("scale", [{"group_id": g, "route_id": r, "stage": "before"}
                               for g, r in (("G1", "R1"), ("G1", "Z1"))]),
    "route_ratings": ("best", [{"route_id": r} for r in ("R1", "Z1")]),
    "silence_ratings": ("severity", [{"case_id": c, "affected": "people_concerned"}
                                     for c in ("K1", "K2")]),
}  # fmt: skip
ROUTES = {"K1": ({"route_id": "R1"},), "K2": ({"route_id": "Z1"},)}
# Chapter -> its boards, each with the tables that are closed together.
BOARDS = {
    "presence": (("scores", "swing_weights"),),
    "scenarios": (("cross_impacts",), ("performance",)),
    "readiness": (("readiness",),),
    "speaking_out": (("harm_ratings", "route_ratings", "silence_ratings"),),
}


class Plain(Panel):
    """A panel with nothing but its rounds: of one case at a time, where there are cases."""

    def __init__(self, session, chapter):
        super().__init__(session, chapter, tuple(t for b in BOARDS[chapter] for t in b))
        self.case = "K1"
        scope = self._scope if chapter == "speaking_out" else None
        self.all_boards = [RoundBoard(self, tuple(map(_judged, tables)), scope)
                           for tables in BOARDS[chapter]]  # fmt: skip

    def _scope(self):
        ways = ROUTES[self.case]
        return {"harm_ratings": ways, "route_ratings": ways,
                "silence_ratings": ({"case_id": self.case},)}  # fmt: skip

    def show(self):
        for board in self.all_boards:
            board.show()


def _judged(table):
    name, items = JUDGED[table]
    return Judged(table, name, tuple(n for n in items[0] if n != "unit_id"), " ".join)


@dataclass
class Room:
    """Two notebooks on one folder, the forms that were read, and what was acknowledged."""

    chapter: str
    folder: Path
    clock: Clock = field(default_factory=Clock)
    forms: dict = field(default_factory=dict)
    panels: list = field(default_factory=lambda: [None, None])
    said: dict = field(default_factory=dict)
    last: dict = field(default_factory=dict)
    numbers: count = field(default_factory=count)

    def merged(self):
        """Rows as `workbook run` reads them."""
        return merge_entries(LISTS | self.forms, read_entries(self.folder), ProblemLog())

    def run(self, place):
        """Run a notebook anew: it loads what is there, in a session of its own."""
        rows = self.merged()
        frames = {n: typed_frame(s, rows.get(n, []), provenance=True)
                  for n, s in schemas().items()}  # fmt: skip
        restricted = restrict(Tables(frames), DEFAULT_EDITIONS["core"])
        inputs = Snapshot(restricted, 2026, date(2026, 11, 1), "Ours", "en", "EUR",
                          MappingSettings(), {})  # fmt: skip
        log = EntryLog(self.folder, f"s{next(self.numbers)}", self.clock)
        session = Session(inputs, self.folder, log)
        session.reread()
        self.panels[place] = Plain(session, self.chapter)

    def form(self, table, item, who, number, value):
        """A form is read: an answer that was sent, in one of the rounds."""
        name, items = JUDGED[table]
        row = {"assessor_id": who, "round": number, **items[item % len(items)], name: value}
        place = {"source_file": f"f/{who}.xlsx", "source_sheet": table, "source_row": 2}
        key = row_key(table_schema(table), row)
        kept = [r for r in self.forms.get(table, []) if row_key(table_schema(table), r) != key]
        self.forms[table] = [*kept, row | place]

    def enter(self, place, table, item, who, value, is_reason):
        """Somebody judges, or says why."""
        panel = self.panels[place]
        name, items = JUDGED[table]
        about = items[item % len(items)]
        panel.case = "K2" if {"K2", "Z1"} & set(about.values()) else "K1"
        panel.who.value = who
        has_reason = is_reason and "reason" in table_schema(table).names
        if not panel.may_judge(table, **about):
            return
        key = panel.judgement(table, **about)
        more = {"reason": f"why {value}"} if has_reason else {name: value}
        if panel.save(table, key | more, "reason" if has_reason else "set") is not None:
            known = self.said.setdefault((table, row_key(table_schema(table), key)), {})
            known.update(more)
            if not has_reason:
                self.last[table, who, *about.values()] = (key["round"], value)

    def turn(self, place, is_closing, case="K1"):
        """The facilitator closes a round, or opens it again."""
        panel = self.panels[place]
        panel.case = case
        for board in panel.all_boards:
            panel.who.value = "facilitator"
            panel.refresh()
            if not is_closing:
                board.reopen()
            elif board.opened:
                close(panel, board)
                assert panel.session.waiting(board.scope()) == []

    def check(self):
        """Every round is closed; everything that was acknowledged is there."""
        for case in ("K1", "K2"):
            self.turn(0, True, case)
        merged = self.merged()
        for (table, key), values in self.said.items():
            schema = table_schema(table)
            shown = self.panels[0].frame(table).to_dict("records")
            for rows in (merged[table], shown):
                (row,) = [r for r in rows if row_key(schema, _plain(r)) == key]
                assert {name: row[name] for name in values} == values
        for (table, who, *about), (number, value) in self.last.items():
            mine = [r for r in merged[table] if r["assessor_id"] == who and not _is_form(r)
                    and [r.get(n) for n in JUDGED[table][1][0]] == about]  # fmt: skip
            newest = max((r for r in mine if r.get(JUDGED[table][0]) is not None),
                         key=lambda r: r["round"])  # fmt: skip
            assert (newest["round"], newest[JUDGED[table][0]]) == (number, value)


def _plain(row):
    return {name: None if value != value else value for name, value in row.items()
            if str(value) != "<NA>"}  # fmt: skip


def _is_form(row):
    return row["source_file"].startswith("f/")


def steps(tables):
    table, person = st.sampled_from(tables), st.sampled_from(PEOPLE)
    item, value, place = st.integers(0, 1), st.integers(0, 3), st.integers(0, 1)
    number = st.integers(1, 2)
    entering = st.tuples(st.just("enter"), place, table, item, person, value, st.booleans())
    return st.lists(
        st.one_of(
            entering,
            entering,
            st.tuples(st.just("form"), table, item, person, number, value),
            st.tuples(st.just("turn"), place, st.booleans(), st.sampled_from(["K1", "K2"])),
            st.tuples(st.just("run"), place),
        ),
        min_size=3,
        max_size=14,
    )


@pytest.mark.parametrize("chapter", BOARDS)
@settings(max_examples=8, deadline=None, derandomize=True)
@given(data=st.data())
def test_every_acknowledged_entry_is_found_once_its_round_is_closed(
    chapter, tmp_path_factory, data
):  # fmt: skip
    room = Room(chapter, tmp_path_factory.mktemp("inputs"))
    room.run(0)
    room.run(1)
    tables = [table for tables in BOARDS[chapter] for table in tables]
    for name, *values in data.draw(steps(tables)):
        getattr(room, name)(*values)
    room.check()
