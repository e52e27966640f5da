"""How long a form takes, by the table of seconds."""

from __future__ import annotations

import pytest

from strategy_lib.forms.burden import (
    form_seconds,
    is_timed,
    minutes,
    question_seconds,
    row_seconds,
)
from strategy_lib.forms.folding import asked_fields
from strategy_lib.forms.prefill import starting_rows
from strategy_lib.schema.reference import reference
from strategy_lib.schema.schema import schemas


def test_every_kind_with_a_table_names_one_that_there_is():
    named = reference("question_seconds")["table"].dropna()
    assert set(named) <= set(schemas())
    assert named.is_unique


def test_rows_to_judge_take_what_their_kind_takes():
    table = schemas()["swing_weights"]
    rows = {"swing_weights": [{"criterion_id": str(n)} for n in range(14)]}
    assert form_seconds([table], rows) == question_seconds("top") + 14 * question_seconds("weight")


def test_a_form_that_begins_empty_takes_what_offices_usually_write():
    table = schemas()["activities"]
    empty = form_seconds([table], {})
    two_known = form_seconds([table], {"activities": [{}, {}]})
    saved = 2 * (question_seconds("activity") - question_seconds("confirmed"))
    assert empty - two_known == saved > 0


def test_any_other_row_takes_what_its_open_columns_take():
    table = schemas()["country_strategies"]
    shown = sum(1 for f in table.fields if not f.is_later) - len(("handling", "not_for_mainland"))
    assert row_seconds(table) == shown * question_seconds("cell")


@pytest.mark.parametrize(("seconds", "said"), [(1, 1), (540, 9), (541, 10), (601, 15), (0, 1)])
def test_minutes_are_never_fewer_than_it_takes(seconds, said):
    assert minutes(seconds) == said


# What chapters 05 to 07 and the incidents of 03 ask for; rows of peers come in packs.
ENGAGEMENT = [
    table.name
    for table in schemas().values()
    if table.name == "pressure_incidents"
    or (table.area in ("partners", "companies", "watching") and table.name != "peer_rows")
]


@pytest.mark.parametrize("name", ENGAGEMENT)
def test_a_sheet_of_engagement_shows_seven_columns_at_first(name):
    """Not counted: what the form fills in, and what a starting list or last year gives."""
    table = schemas()[name]
    given = {key for row in starting_rows(table)[:1] for key in row} | set(table.prefilled_by)
    given |= {"assessor_id", "round"} if table.filled_by == "assessor" else set()
    assert len([f for f in asked_fields(table) if f.name not in given]) <= 7


def test_one_partner_project_contact_and_incident_take_at_most_140_minutes():
    """Acceptance check 15: the evidence of the China desk is apart; a project has ten findings."""
    once = ("partners", "projects", "contact_avenues", "pressure_incidents")
    seconds = sum(row_seconds(schemas()[name]) for name in once)
    seconds += 10 * row_seconds(schemas()["project_findings"])
    assert 100 * 60 < seconds <= 140 * 60


@pytest.mark.parametrize("name", ENGAGEMENT)
def test_it_is_stated_how_long_a_row_of_engagement_takes_or_its_columns_tell(name):
    table = schemas()[name]
    assert is_timed(table) or name in ("un_measures", "focus_areas")
