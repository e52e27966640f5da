"""The panel of chapter 06: voices not yet asked, two versions of an ask, claims one by one."""

from __future__ import annotations

import pytest

from strategy_lib.chapters.companies.panel import CompaniesPanel
from strategy_lib.inputs.read import read_inputs
from tests.widgets.room import HOSTILE, entered, fresh_panel, loaded, make_room

COMPANY = "Redstone Hydro"
PROJECT = {"unit_id": "ke", "country_code": "KE", "sector": "water", "focus": "unknown"}
CLAIM = {"kind": "csr", "counterpart": COMPANY, "said_by": "itself", "source": "Its report, 2026"}
WORDS = {
    "ask": "Farmers are asked first",
    "right_behind": "Land",
    "addressee_kind": "private_company",
}
TABLES = {
    "counterparts": [{"name": COMPANY, "type": "private_company"}],
    "projects": [
        {"project_id": "dam", "name": "Dam", "stage": "planned", **PROJECT},
        {"project_id": "road", "name": "道路", "stage": "running", **PROJECT},
    ],
    "project_findings": [
        {
            "project_id": "dam",
            "step": step,
            "voice": "community",
            "finding": words,
            "grade": "B",
            "as_of": "2026-05-01",
            "consent": "given",
        }
        for step, words in (("s1_trigger", "Land is measured"), ("own_benefit", "Jobs"))
    ],
    "messages": [
        {"message_id": "M1", "register": "rights", "words": HOSTILE, "lost": "Nothing", **WORDS},
        {"message_id": "M2", "register": "csr", "words": "Trust lasts longer", **WORDS},
    ],
    "claims": [
        {"claim_id": f"c{n}", "claim": words, "as_of": "2026-02-01", **CLAIM}
        for n, words in enumerate(("Wells were dug", "A school was built"))
    ],
}


@pytest.fixture(scope="module")
def context(tmp_path_factory):
    workspace = make_room(tmp_path_factory.mktemp("companies"), **TABLES)
    return workspace, loaded(workspace)


@pytest.fixture
def room(context):
    return fresh_panel(CompaniesPanel, *context)


def test_a_round_of_the_worksheet_holds_its_own_step_and_no_addition_of_ours(room):
    offered = {code for _, code in room.findings["Causes"].fields["step"].options}
    assert offered == {"", "s1_root_cause", "s1_trigger"}
    words = str(room.findings["Causes"].choices())
    assert "Land is measured" in words and "Jobs" not in words
    assert "Benefit" not in room.counts["Causes"].value


def test_voices_that_said_nothing_are_told_as_not_asked_until_they_are(room, context):
    asked = room.counts["Causes"].value.count("not asked")
    form = room.findings["Causes"]
    given = {"step": "s1_trigger", "voice": "worker", "finding": "Wages are late", "grade": "C"}
    for name, value in (given | {"as_of": "2026-06-01"}).items():
        form.fields[name].value = value
    form.save()
    assert room.counts["Causes"].value.count("not asked") == asked - 1
    assert len(entered(context[0])) == 1
    found = read_inputs(context[0].cycle())["project_findings"]
    assert set(found["finding"]) == {"Land is measured", "Jobs", "Wages are late"}


def test_what_is_typed_about_one_project_never_gets_into_another(room):
    room.findings["Actors"].fields["finding"].value = "Only of the dam"
    room.project.value = "road"
    assert room.findings["Actors"].fields["finding"].value == ""
    assert room.findings["Causes"].choices() == []


def test_two_versions_of_an_ask_stand_there_with_what_each_loses(room, context):
    first, second = (card.value for card in room.cards)
    assert "Trust lasts longer" in first and "nobody has said" in first
    assert HOSTILE not in second and "Nothing" in second
    room.message.which.value = "M2"
    room.message.fields["lost"].value = "That it is a right"
    room.message.save()
    assert "That it is a right" in room.cards[0].value
    assert set(read_inputs(context[0].cycle())["messages"]["lost"]) == {
        "Nothing",
        "That it is a right",
    }


def test_claims_come_one_by_one_with_who_says_them(room, context):
    room.claim.turn()
    told = room.claim.card.value
    assert "Wells were dug" in told and "Its report, 2026" in told and "nobody has said" in told
    room.claim.fields["checked"].value = "partly"
    room.claim.save()
    found = read_inputs(context[0].cycle())["claims"].set_index("claim_id")["checked"]
    assert found["c0"] == "partly"
