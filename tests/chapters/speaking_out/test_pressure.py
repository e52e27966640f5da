"""Pressure without a case, and what came of work: nobody is shown by it."""

from __future__ import annotations

import pandas as pd
import pytest

from strategy_lib.chapters.speaking_out.pressure import impact_notes, incidents, patterns
from strategy_lib.editions.restrict import DEFAULT_EDITIONS, restrict
from strategy_lib.schema.frames import Tables, typed_frame
from strategy_lib.schema.schema import table_schema
from tests.workspaces import UNITS


def shown(edition="core", **records):
    tables = {"units": UNITS} | records
    frames = {name: typed_frame(table_schema(name), rows) for name, rows in tables.items()}
    return restrict(Tables(frames), DEFAULT_EDITIONS[edition])


def incident(day, asked="yes", **more):
    row = {"received_on": pd.Timestamp(day), "unit_id": "ke", "from_kind": "embassy"}
    return row | {"about": "event", "people_asked_first": asked} | more


def note(consent, words="Public words"):
    return {
        "activity_id": "a",
        "happened": "It changed",
        "our_part": "A draft",
        "partner_consent": consent,
        "public_words": words,
        "donor_words": "Unsaid",
    }


def test_incidents_of_which_nobody_was_asked_first_come_first():
    rows = [incident("2026-01-01"), incident("2026-02-01", "no"), incident("2026-03-01", "unknown")]
    found = incidents(shown(pressure_incidents=rows))
    assert list(found["people_asked_first"]) == ["no", "unknown", "yes"]


@pytest.mark.parametrize(("number", "expected"), [(2, []), (3, [3])])
def test_a_pattern_needs_three_incidents_and_names_no_office(number, expected):
    rows = [incident(f"2026-0{n + 1}-01") for n in range(number)]
    found = patterns(shown(pressure_incidents=rows))
    assert list(found["incidents"]) == expected
    assert "unit_id" not in found


@pytest.mark.parametrize(
    ("consent", "has_words"),
    [("given", True), ("not_needed", True), ("not_asked", False), ("refused", False)],
)
def test_words_in_public_need_consent(consent, has_words):
    found = impact_notes(shown(impact_notes=[note(consent)]))
    assert found["public_words"].notna().iloc[0] == has_words
    assert list(found["donor_words"]) == ["Unsaid"]


def test_words_of_which_the_protocol_says_stop_are_not_shown():
    found = impact_notes(shown(impact_notes=[note("given")]), frozenset(["a"]))
    assert found["public_words"].isna().all()


def test_incidents_are_for_the_core_team():
    assert incidents(shown("leaders", pressure_incidents=[incident("2026-01-01")])).empty
