"""Nobody's words are lost: what was entered is in the room's result once its round is closed."""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategy_lib.chapters.minutes.analysis import minutes
from strategy_lib.chapters.presence.panel.panel import PresencePanel
from strategy_lib.core.audiences import DEFAULT_EDITIONS
from strategy_lib.core.resources import resource
from strategy_lib.core.settings import MappingSettings
from strategy_lib.core.workspace import open_workspace
from strategy_lib.editions.restrict import Restricted, restrict
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
from tests.widgets.room import SCORES, START, Clock, loaded, make_room
from tests.workspaces import write_sheets

PEOPLE = ("A01", "A02", "A03")
SECOND = [
    {"assessor_id": "A01", "round": 2, "option_id": "P0", "criterion_id": "safety", "best": 5}
]


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
    root, example = tmp_path / "ours", resource("data", "example")
    for area in ("prepare", "presence"):
        shutil.copytree(example / "2026" / "inputs" / area, root / "2026" / "inputs" / area)
    shutil.copy(example / "workbook.toml", root)
    space = open_workspace(root)
    inputs = space.cycle().inputs
    row = SECOND[0] | {"assessor_id": "A01", "criterion_id": "access"}
    write_sheets(inputs / "presence" / "second.xlsx", {"scores": [row]})
    panel = PresencePanel.open(loaded(space), str(space.root), Clock())
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
    assert re.search("<td>0</td><td>[^<]*</td><td>10</td>", panel.rounds.shown.value)
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
    return PresencePanel.open(inputs, str(workspace.root), Clock())


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
    rows = [
        {"assessor_id": "A02", "round": 1, "criterion_id": code, "points": 50}
        for code in ("safety", "cost")
    ]
    assert [room.save("swing_weights", row) for row in rows] == [None, None]
    room.again()
    standing = room.session.entries.standing
    assert sorted(e.row["criterion_id"] for e in standing if e.row["round"] == 2) == [
        "cost",
        "safety",
    ]
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
    "harm_ratings": (
        "scale",
        [
            {"group_id": g, "route_id": r, "stage": "before"}
            for g, r in (("G1", "R1"), ("G1", "Z1"))
        ],
    ),
    "route_ratings": ("best", [{"route_id": r} for r in ("R1", "Z1")]),
    "silence_ratings": (
        "severity",
        [{"case_id": c, "affected": "people_concerned"} for c in ("K1", "K2")],
    ),
}
ROUTES = {"K1": ({"route_id": "R1"},), "K2": ({"route_id": "Z1"},)}
# Chapter -> its boards, each with the tables that are closed together.
BOARDS = {
    "presence": (("scores", "swing_weights"),),
    "scenarios": (("cross_impacts",), ("performance",)),
    "readiness": (("readiness",),),
    "speaking_out": (("harm_ratings", "route_ratings", "silence_ratings"),),
}


class Plain(Panel):
    """A panel with nothing but its rounds, and nothing drawn: of one case at a time."""

    def __init__(self, session, chapter):
        tables = tuple(t for b in BOARDS[chapter] for t in b)
        super().__init__(session, chapter, tables)
        self.case, self.order = "K1", tables
        self.all_boards = [
            RoundBoard(self, tuple(map(_judged, together)), partial(self._scope, together))
            for together in BOARDS[chapter]
        ]

    def _scope(self, tables):
        ways = ROUTES[self.case]
        parts = {
            "harm_ratings": ways,
            "route_ratings": ways,
            "silence_ratings": ({"case_id": self.case},),
        }
        return {table: parts.get(table, ({},)) for table in self.order if table in tables}


def _judged(table):
    name, items = JUDGED[table]
    return Judged(table, name, tuple(n for n in items[0] if n != "unit_id"), " ".join)


@dataclass
class Room:
    """Two notebooks on one folder, the forms that were read, and what was acknowledged."""

    panels: list
    folder: Path
    nothing: Restricted
    clock: Clock = field(default_factory=Clock)
    forms: dict = field(default_factory=dict)
    loaded: list = field(default_factory=lambda: [None, None])
    said: list = field(default_factory=list)
    taken_back: set = field(default_factory=set)
    numbers: count = field(default_factory=count)

    def merged(self):
        """Rows as `workbook run` reads them."""
        return merge_entries(LISTS | self.forms, read_entries(self.folder), ProblemLog())

    def run(self, place):
        """Run a notebook anew: it loads what is there, in a session of its own."""
        panel, rows = self.panels[place], self.merged()
        frames = {
            name: typed_frame(table_schema(name), rows.get(name, []), provenance=True)
            for name in panel.tables
        }
        log = EntryLog(self.folder, f"s{next(self.numbers)}", self.clock)
        panel.session = session_on(self.nothing, frames, self.folder, log)
        panel.session.reread()
        self.loaded[place] = {
            (table, _key(table, row)) for table, sent in self.forms.items() for row in sent
        }

    def form(self, table, item, who, number, value):
        """A form is read: an answer that was sent, in one of the rounds."""
        name, items = JUDGED[table]
        row = {"assessor_id": who, "round": number, **items[item % len(items)], name: value}
        place = {"source_file": f"f/{who}.xlsx", "source_sheet": table, "source_row": 2}
        kept = [r for r in self.forms.get(table, []) if _key(table, r) != _key(table, row)]
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
        row = panel.judgement(table, **about)
        # The round that the board tells the room of this table, not of another.
        assert row["round"] in panel.boards[table].opened[table]
        row |= {"reason": f"why {value}"} if has_reason else {name: value}
        entry = panel.save(table, row, "reason" if has_reason else "set")
        if entry is not None:
            self.said.append((entry, row, self.loaded[place]))

    def undo(self, place, who):
        """Somebody takes back the last that they entered in a notebook."""
        panel = self.panels[place]
        panel.who.value = who
        before = len(panel.session.log.history)
        panel.undo()
        self.taken_back |= {(e.file, e.undoes) for e in panel.session.log.history[before:]}

    def turn(self, place, is_closing, case="K1"):
        """The facilitator closes a round, or opens it again."""
        panel = self.panels[place]
        panel.case, panel.who.value = case, "facilitator"
        for board in panel.all_boards:
            panel.refresh()
            if not is_closing:
                board.reopen()
            elif board.opened:
                close(panel, board)
                assert panel.session.waiting(board.scope()) == []

    def check(self):
        """Every round is closed; everything that was acknowledged is there, and counts."""
        for case in ("K1", "K2"):
            self.turn(0, True, case)
        merged, shown = self.merged(), self.panels[0].session.view(self.panels[0].tables, "")
        expected, last, judged = {}, {}, set()
        for entry, row, seen in self.said:
            known = expected.setdefault((entry.table, _key(entry.table, row)), {})
            if (entry.file, entry.line) not in self.taken_back:
                known.update(row)
                about = (entry.table, _about(entry.table, row))
                # A later round outranks one that was opened again.
                if entry.kind == "set":
                    judged.add((entry.table, _key(entry.table, row)))
                    if row["round"] >= last.get(about, (row,))[0]["round"]:
                        last[about] = (row, seen)
        for (table, key), values in expected.items():
            for rows in (merged.get(table, []), map(_plain, shown[table].to_dict("records"))):
                found = [r for r in rows if _key(table, r) == key and (values or not _is_form(r))]
                assert len(found) == bool(values)
                assert all({name: r.get(name) for name in values} == values for r in found)
        for (table, about), (row, seen) in last.items():
            value = JUDGED[table][0]
            # Of the same person on the same thing: entered, or on a form that was there to see. A
            # reason that was entered later makes a form's answer none that was entered.
            mine = [
                r
                for r in merged[table]
                if _about(table, r) == about
                and r.get(value) is not None
                and (table, _key(table, r)) in judged | seen
            ]
            newest = max(mine, key=lambda r: r["round"])
            assert (newest["round"], newest[value]) == (row["round"], row[value])


def session_on(nothing, frames, folder, log):
    restricted = replace(nothing, frames={**nothing.frames, **frames})
    inputs = Snapshot(
        restricted, 2026, date(2026, 11, 1), "Ours", "en", "EUR", MappingSettings(), {}
    )
    return Session(inputs, folder, folder, log, START)


def _key(table, row):
    return row_key(table_schema(table), row)


def _about(table, row):
    return _key(table, {**row, "round": 1})


def _plain(row):
    return {
        name: None if value != value else value
        for name, value in row.items()
        if str(value) != "<NA>"
    }


def _is_form(row):
    return row["source_file"].startswith("f/")


def steps(tables):
    table, person = st.sampled_from(tables), st.sampled_from(PEOPLE)
    item, value, place = st.integers(0, 1), st.integers(0, 3), st.integers(0, 1)
    entering = st.tuples(st.just("enter"), place, table, item, person, value, st.booleans())
    form = st.tuples(st.just("form"), table, item, person, st.integers(1, 2), value)
    return st.tuples(
        st.permutations(tables),
        st.lists(form, max_size=4),
        st.lists(
            st.one_of(
                entering,
                entering,
                entering,
                form,
                st.tuples(st.just("undo"), place, person),
                st.tuples(st.just("turn"), place, st.booleans(), st.sampled_from(["K1", "K2"])),
                st.tuples(st.just("run"), place),
            ),
            min_size=4,
            max_size=16,
        ),
    )


@pytest.fixture(scope="module")
def nothing():
    """What an edition shows where nobody has answered."""
    frames = {
        name: typed_frame(schema, LISTS.get(name, []), provenance=True)
        for name, schema in schemas().items()
    }
    return restrict(Tables(frames), DEFAULT_EDITIONS["core"])


@pytest.mark.parametrize("chapter", BOARDS)
def test_every_acknowledged_entry_is_found_once_its_round_is_closed(
    chapter, nothing, tmp_path, monkeypatch
):
    # What is written is read again at once; that it outlives a power cut is not asked here.
    monkeypatch.setattr(os, "fsync", lambda _: None)
    folders = count()
    log = EntryLog(tmp_path, "none", Clock())
    panels = [Plain(session_on(nothing, {}, tmp_path, log), chapter) for _ in range(2)]

    @settings(max_examples=50, deadline=None, derandomize=True)
    @given(drawn=steps(panels[0].tables))
    def find_all(drawn):
        order, forms, moves = drawn
        folder = tmp_path / str(next(folders))
        folder.mkdir()
        room = Room(panels, folder, nothing)
        for _, *values in forms:
            room.form(*values)
        for place, panel in enumerate(panels):
            panel.order = order
            room.run(place)
        for name, *values in moves:
            getattr(room, name)(*values)
        room.check()

    find_all()
