"""The panel of chapter 03: a case goes through its states by what is entered, nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from strategy_lib.chapters.speaking_out.panel.panel import SpeakingOutPanel
from strategy_lib.core.errors import InputError
from strategy_lib.protocol.rehearsals import read_rehearsal, rehearsal_names
from tests.protocol.cases import asked, signed, small_case, whole_case
from tests.widgets.room import HOSTILE, Clock, entered, fresh_panel, loaded, make_room

RATE, HEAR, WORDS, WRITE, REHEARSE = range(5)
PEOPLE = [{"assessor_id": code, "unit_id": "hq"} for code in ("A1", "A2")]


def open_room(root, records):
    workspace = make_room(root, assessors=PEOPLE, **records)
    return workspace, SpeakingOutPanel.open(loaded(workspace), str(workspace.root), Clock())


def go(panel, place):
    panel.step.value = panel.step.options[place]


def write(panel, table, **values):
    """Fill in the form of a table and save it."""
    go(panel, WRITE)
    panel.table.value = table
    case = "" if table == "cases" else panel.context.shown
    form = panel.forms[case, table]
    for name, value in values.items():
        form.fields[name].value = value
    form.save()
    return form


def state(panel):
    return panel.context.state.state


def party(panel, words):
    """Choose who is heard or signs."""
    go(panel, HEAR)
    labels = [label for label, _ in panel.hearing.who.options]
    panel.hearing.who.index = next(n for n, label in enumerate(labels) if words in label)


def answer(panel, words, said, in_words=""):
    party(panel, words)
    panel.hearing.answer.value = said
    panel.hearing.words.value = in_words
    panel.hearing.record()


def test_a_case_is_walked_from_nothing_to_decided(tmp_path):
    workspace, panel = open_room(tmp_path, {})
    assert "No case is entered yet" in panel.standing.value
    first = {n: v for n, v in whole_case().items() if n not in ("case_id", "submitted_at")}
    write(panel, "cases", **(first | {"asked_at": "now", "submitted_at": "now"}))
    assert state(panel) == "draft"
    write(
        panel,
        "case_evidence",
        claim="Forty have left",
        passage="Forty families have left",
        grade="A",
        source_consent="given",
    )
    write(panel, "case_routes", route="hold")
    write(panel, "case_routes", route="private")
    write(panel, "exposed_groups", unit_id="ke", group_kind="community", kind="livelihood")
    assert state(panel) == "complete"
    answer(panel, "Kenya office", "no_objection", "We agree.")
    answer(panel, "Lead for staff safety is heard", "no_objection")
    assert state(panel) == "consulted"
    go(panel, RATE)
    way = next(code for label, code in panel.rating.route.options if "private" in label)
    for code in ("A1", "A2"):
        panel.who.value = code
        panel.rating.what.value = "harm_ratings"
        panel.rating.route.value = way
        (row,) = panel.rating.rows.values()
        for name in ("scale", "scope", "irremediability", "likelihood"):
            row.lists[name].value = 1
        panel.rating.what.value = "silence_ratings"
        panel.rating.rows["silence_ratings/people_concerned"].lists["severity"].value = 3
    panel.who.value = "facilitator"
    assert "no_answer" not in panel.screen.value
    panel.rounds.close()
    panel.rounds.close()
    for step in ("evidence", "safety", "wording"):
        answer(panel, f"signs: {step}", "agreed")
    assert state(panel) == "ready to decide", panel.standing.value
    write(
        panel,
        "case_decisions",
        kind="route_taken",
        route_id=way,
        decision="The letter goes.",
        decided_at="now",
        decided_by_role="executive_director",
    )
    assert state(panel) == "decided", panel.standing.value
    write(panel, "dissents", unit_id="ke", words="We would wait.", said_at="now")
    clock = panel.session.log.clock
    again = SpeakingOutPanel.open(loaded(workspace), str(workspace.root), clock)
    assert state(again) == "decided"
    assert list(again.frame("dissents")["words"]) == ["We would wait."]


@pytest.fixture(scope="module")
def context(tmp_path_factory):
    root = tmp_path_factory.mktemp("speaking")
    second = whole_case(case_id="K2", title=HOSTILE, words="Chinese companies have always lied.")
    records = small_case(
        cases=[whole_case(), second],
        harm_ratings=[],
        consultations=[asked("ke", "office_director")],
        sign_offs=[signed("evidence", "policy_lead", answered_at=None, answer=None)],
    )
    records["case_routes"].append({"route_id": "Z1", "case_id": "K2", "route": "public"})
    workspace = make_room(root, assessors=PEOPLE, **records)
    return workspace, loaded(workspace)


@pytest.fixture
def room(context):
    return fresh_panel(SpeakingOutPanel, *context)


def rate(panel, who, **levels):
    panel.who.value = who
    panel.rating.what.value = "harm_ratings"
    panel.rating.route.value = "R1"
    for name, level in levels.items():
        panel.rating.rows["harm_ratings/G1"].lists[name].value = level


def test_a_rating_is_of_one_person_route_and_stage(room, context):
    rate(room, "A1", scale=3, likelihood=2)
    rows = [row for *_, row in entered(context[0])]
    key = {"assessor_id": "A1", "round": 1, "group_id": "G1", "route_id": "R1", "stage": "before"}
    assert rows == [key | {"scale": 3}, key | {"likelihood": 2}]
    room.rating.stage.value = "after"
    assert room.rating.rows["harm_ratings/G1"].lists["scale"].value == ""


def test_nobody_sees_the_ratings_of_others_before_the_round_is_closed(room):
    rate(room, "A1", scale=4, scope=4, irremediability=4, likelihood=4)
    assert "not permitted" in room.screen.value
    room.who.value = "A2"
    assert room.rating.rows["harm_ratings/G1"].lists["scale"].value == ""
    assert "not permitted" not in room.screen.value
    rate(room, "A2", scale=1, scope=1, irremediability=1, likelihood=1)
    room.who.value = "facilitator"
    room.rounds.close()
    # Two answers: their values would tell who gave which.
    assert "below 3 answers only their number is shown" in room.rounds.shown.value


def test_a_round_is_of_one_case(room, context):
    rate(room, "A1", scale=1)
    rate(room, "A2", scale=1)
    room.who.value = "facilitator"
    room.rounds.close()
    assert "Round 2 is open" in room.rounds.state.value
    room.which.value = "K2"
    assert "Round 1 is open" in room.rounds.state.value
    room.which.value = "K1"
    room.rounds.reopen()
    assert "Round 1 is open" in room.rounds.state.value
    closed = [row for _, _, kind, row in entered(context[0]) if kind == "close_round"]
    assert {"route_id": "R1", "round": 1} in closed
    assert {"route_id": "Z1", "round": 1} not in closed


def test_a_range_stands_behind_a_box_to_tick(room, context):
    rate(room, "A1", scale=2)
    row = room.rating.rows["harm_ratings/G1"]
    assert row.range.layout.display == "none"
    row.unsure.value = True
    assert row.range.layout.display is None
    row.lists["severity_high"].value = 4
    assert entered(context[0])[-1][3]["severity_high"] == 4


def test_who_is_asked_later_and_answers_in_their_own_words(room, context):
    party(room, "Lead for staff safety is heard")
    room.hearing.ask()
    assert "waiting" in room.hearing.state.value
    answer(room, "Lead for staff safety is heard", "objects", HOSTILE)
    *_, table, _, row = entered(context[0])[-1]
    assert (table, row["answer"], row["words"]) == ("consultations", "objects", HOSTILE)
    assert row["answered_at"].startswith("2026-11-01 14:00 +00:00")
    assert "asked_at" not in row


def test_no_answer_is_not_recorded_by_hand(room, context):
    party(room, "Kenya office")
    room.hearing.record()
    assert "Choose what they answer" in room.status.value
    assert entered(context[0]) == []


def test_a_signature_goes_into_the_row_that_asked_for_it(room, context):
    answer(room, "signs: evidence", "agreed")
    assert entered(context[0])[-1][3]["sign_off_id"] == "S-evidence"


def test_a_finding_is_dismissed_with_its_reason_and_only_so(room, context):
    room.which.value = "K2"
    go(room, WORDS)
    before = len(room.wording.which.options)
    room.wording.dismiss()
    assert "write the reason" in room.status.value
    room.wording.reason.value = "A quotation."
    room.wording.dismiss()
    (entry,) = entered(context[0])
    assert (entry[1], entry[3]["reason"]) == ("dismissed_findings", "A quotation.")
    assert len(room.wording.which.options) == before - 1 or before == 1
    assert "A quotation." in room.wording.found.value


def test_a_moment_without_its_zone_is_refused_and_what_was_typed_stays(room, context):
    form = write(room, "dissents", words="Not like this.", said_at="2026-11-01 14:00")
    assert "time zone" in room.status.value
    assert form.fields["words"].value == "Not like this."
    assert entered(context[0]) == []


def test_what_is_typed_about_one_case_never_gets_into_another(room):
    go(room, WRITE)
    room.table.value = "dissents"
    room.forms["K1", "dissents"].fields["words"].value = "About the first."
    room.which.value = "K2"
    assert room.forms["K2", "dissents"].fields["words"].value == ""
    room.which.value = "K1"
    assert room.forms["K1", "dissents"].fields["words"].value == "About the first."


def test_a_decision_is_added_and_never_changed(room):
    write(
        room,
        "case_decisions",
        kind="held",
        decision="Not now.",
        decided_at="now",
        decided_by_role="executive_director",
    )
    form = room.forms[room.context.shown, "case_decisions"]
    assert form.which not in form.widget.children
    assert len(form.which.options) == 1
    assert len(room.frame("case_decisions")) == 1


def test_hostile_words_are_text(room):
    room.which.value = "K2"
    for place in range(5):
        go(room, place)
    for one in (room.standing, room.screen, room.hearing.state, room.wording.found):
        assert "<img" not in one.value


@pytest.mark.parametrize("name", rehearsal_names())
def test_a_rehearsal_reaches_its_states_card_by_card(room, context, name):
    go(room, REHEARSE)
    table = room.rehearsal
    table.which.value = name
    assert room.standing.layout.display == "none"
    for card in read_rehearsal(name).injects:
        if card.minute:
            table.skip()
        assert f"Minute {card.minute}: " in table.cards.value
        assert f"▶ {card.reaches}" in table.state.value
    table.skip()
    assert "All cards are given" in room.status.value
    assert "At the end:" in table.cards.value
    assert entered(context[0]) == []


def test_the_clock_of_a_rehearsal_is_held_and_goes_on(context):
    workspace, inputs = context
    clock = Clock()
    room = SpeakingOutPanel.open(inputs, str(workspace.root), clock)
    go(room, REHEARSE)
    table = room.rehearsal
    table.start()
    clock.now += timedelta(minutes=read_rehearsal(table.case.name).injects[1].minute)
    table.tick()
    assert f"Minute {table.case.injects[1].minute}" in table.cards.value
    table.start()
    held = table.elapsed
    clock.now += timedelta(hours=1)
    assert table.elapsed == held
    table.reset()
    assert "00:00" in table.clock.value


def test_an_edition_that_withholds_rows_has_no_panel(context):
    workspace, _ = context
    with pytest.raises(InputError, match="core"):
        SpeakingOutPanel.open(loaded(workspace, "mainland"), str(workspace.root), Clock())


def test_nobody_is_listed_as_assessor(tmp_path):
    workspace = make_room(tmp_path, assessors=[], **small_case(harm_ratings=[], silence_ratings=[]))
    panel = SpeakingOutPanel.open(loaded(workspace), str(workspace.root), Clock())
    assert len(panel.who.options) == 1
    assert panel.rating.rows["harm_ratings/G1"].lists["scale"].disabled
