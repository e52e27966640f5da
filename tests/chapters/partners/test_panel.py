"""The panel of chapter 05: readings alone and apart, a canvas for a room with the partner in it."""

from __future__ import annotations

import pytest

from strategy_lib.chapters.partners.panel import PartnersPanel
from strategy_lib.core.errors import InputError
from strategy_lib.inputs.read import read_inputs
from tests.widgets.room import HOSTILE, entered, fresh_panel, loaded, make_room

A, B = "River Foundation", "办事处 Office"
BODY = {"partner_kind": "foundation", "purpose": "service", "theme": "health", "stage": "running"}
SPLIT = {"p10": 10, "p50": 20, "p90": 30, "currency": "EUR"}
AVENUE = {"avenue_kind": "company", "legal_state": "unclear", "as_of": "2026-05-01"}
SHOWN = {
    "forum": "conference",
    "held_on": "2026-12-01",
    "sensitivity": "low",
    "answer": "undecided",
}
TABLES = {
    "counterparts": [{"name": name, "type": "foundation"} for name in (A, B)],
    "partners": [
        {
            "unit_id": "ke",
            "counterpart": A,
            "we_give": HOSTILE,
            "we_want": "Donors of theirs",
            "they_give": "A room",
            "their_words": "we_assume",
            **BODY,
        },
        {"unit_id": "zm", "counterpart": B, **BODY},
    ],
    "partner_evidence": [
        {
            "counterpart": A,
            "indicator": "board",
            "unit_id": "ke",
            "finding": "Two officials",
            "reading": "closer_to_state",
            "grade": "B",
        }
    ],
    "appearances": [
        {
            "unit_id": "ke",
            "counterpart": A,
            "title": "Round table",
            "own_words": "yes",
            "no_slogans": "no",
            "critics_admitted": "unknown",
            **SHOWN,
        }
    ],
    "funding_avenues": [
        {"avenue_id": "a1", "avenue": "Giving days", **AVENUE, **SPLIT},
        {"avenue_id": "a2", "avenue": "Companies", **AVENUE},
    ],
}


@pytest.fixture(scope="module")
def context(tmp_path_factory):
    workspace = make_room(tmp_path_factory.mktemp("partners"), **TABLES)
    return workspace, loaded(workspace)


@pytest.fixture
def room(context):
    return fresh_panel(PartnersPanel, *context)


def read(room, unit, **values):
    room.unit.value = unit
    for name, value in values.items():
        room.reading.fields[name].value = value
    room.reading.save()


def test_an_office_reads_without_seeing_what_another_read_and_both_stay_apart(room, context):
    room.unit.value = "zm"
    assert "Two officials" not in str(room.reading.choices()) and not room.compared.value
    read(room, "zm", indicator="board", reading="further_from_state", finding="Seen", grade="D")
    ((_, table, kind, row),) = entered(context[0])
    assert (table, kind) == ("partner_evidence", "set")
    assert (row["counterpart"], row["unit_id"], row["reading"]) == (A, "zm", "further_from_state")
    room.step.value = "Compare"
    told = room.compared.value
    assert "people read 1 differently" in told
    assert "Closer to the state" in told and "Further from the state" in told
    found = read_inputs(context[0].cycle())["partner_evidence"]
    assert sorted(found["unit_id"]) == ["ke", "zm"]


def test_a_reading_is_corrected_in_its_own_row(room, context):
    room.unit.value = "ke"
    ((_, code),) = room.reading.which.options[1:]
    room.reading.which.value = code
    assert room.reading.fields["indicator"].disabled
    room.reading.fields["reading"].value = "mixed"
    room.reading.save()
    assert len(room.frame("partner_evidence")) == 1
    found = read_inputs(context[0].cycle())["partner_evidence"]
    assert list(found["reading"]) == ["mixed"] and list(found["finding"]) == ["Two officials"]


def test_what_was_typed_about_one_organisation_never_gets_into_another(room):
    room.unit.value = "zm"
    room.reading.fields["finding"].value = "About the first"
    room.counterpart.value = next(n for n in room.counterpart.options if n != A)
    assert room.reading.fields["finding"].value == "" and room.is_trouble


def test_with_the_partner_in_the_room_only_its_row_is_in_sight_and_not_what_we_want(room):
    room.step.value = "Canvas"
    code = next(code for words, code in room.canvas.which.options if A in words)
    room.canvas.which.value = code
    assert "Donors of theirs" in room.canvas.card.value and HOSTILE not in room.canvas.card.value
    room.is_present.value = True
    assert "Donors of theirs" not in room.canvas.card.value
    assert room.canvas.fields["we_want"].layout.display == "none"
    assert room.canvas.which.layout.display == room.step.layout.display == "none"
    room.is_present.value = False
    assert room.step.layout.display is None


def test_conditions_are_told_as_they_are_and_the_answer_is_entered(room, context):
    room.step.value = "Before an appearance"
    room.before.turn()
    told = room.before.card.value
    assert "5 of 6 conditions are open" in told
    for words in ("Yes", "No", "Unknown", "nobody has said"):
        assert f"<td>{words}</td>" in told
    room.before.fields["answer"].value = "not"
    room.before.fields["decided_by_role"].value = "Coordinator"
    room.before.save()
    assert list(read_inputs(context[0].cycle())["appearances"]["answer"]) == ["not"]
    assert len(room.frame("appearances")) == 1


def test_avenues_come_one_by_one_and_an_answer_out_of_its_list_is_refused(room):
    room.money.turn()
    first = room.money.card.value
    assert "Giving days" in first and "20" in first and "confirm with counsel" in first
    room.money.turn()
    assert "Companies" in room.money.card.value and "nobody has said" in room.money.card.value
    room.money.turn()
    assert room.money.card.value == ""


def test_an_edition_without_people_has_no_panel(context):
    workspace, _ = context
    with pytest.raises(InputError, match="may not show what single people say"):
        PartnersPanel.open(loaded(workspace, "partner"), str(workspace.root))
