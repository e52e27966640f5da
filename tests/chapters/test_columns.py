"""Each column that offices are asked for, and a view of chapter 01 that changes without it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from strategy_lib.chapters.mapping.analysis import analyse_mapping
from strategy_lib.core.audiences import LABEL_FIELDS
from strategy_lib.core.resources import resource
from strategy_lib.core.settings import MappingSettings
from strategy_lib.core.workspace import Workspace
from strategy_lib.editions.restrict import DEFAULT_EDITIONS, restrict
from strategy_lib.editions.snapshot import Snapshot
from strategy_lib.inputs.read import read_inputs
from strategy_lib.schema.schema import schemas

AS_OF = date(2026, 11, 1)
# Table and column -> a table of the chapter that it feeds; checked by leaving the column out.
FEEDS = {
    ("activities", "title"): "single_person",
    ("activities", "country_code"): "blind_spots",
    ("activities", "theme"): "coverage_matrix",
    ("activities", "stance"): "contradictions",
    ("activities", "counterpart"): "overlaps",
    ("activities", "contact_strength"): "contacts_by_strength",
    ("activities", "contact_people"): "single_person",
    ("activities", "is_known_to_centre"): "silence",
    ("activities", "end_date"): "overlaps",
    ("capacities", "level"): "capacity_matrix",
    ("local_initiatives", "theme"): "added_value",
    ("local_initiatives", "country_code"): "added_value",
    ("local_initiatives", "since_year"): "local_initiatives",
    ("local_initiatives", "need_they_state"): "local_initiatives",
    ("local_initiatives", "is_consulted"): "local_initiatives",
    ("added_value_tests", "theme"): "added_value",
    ("added_value_tests", "country_code"): "added_value",
    ("added_value_tests", "already_done_by"): "added_value",
    ("added_value_tests", "is_asked_for"): "added_value",
    ("added_value_tests", "what_we_would_add"): "added_value",
    ("added_value_tests", "harm_of_displacing"): "added_value",
    ("added_value_tests", "consulted"): "added_value",
    ("added_value_tests", "answer"): "added_value",
}
TABLES = ("activities", "capacities", "local_initiatives", "added_value_tests")


@pytest.fixture(scope="module")
def federation():
    """The example as the core edition sees it, and what chapter 01 makes of it."""
    cycle = Workspace(resource("data", "example")).cycle(2026)
    restricted = restrict(read_inputs(cycle, AS_OF), DEFAULT_EDITIONS["core"])
    snapshot = Snapshot(
        restricted, 2026, AS_OF, "Test federation", "en", "EUR", MappingSettings(), {}
    )
    return snapshot, analyse_mapping(snapshot).tables


def without(snapshot, table, column):
    """The same federation, had nobody filled in one column."""
    frames = dict(snapshot.restricted.frames)
    values = frames[table][column]
    empty = [()] * len(values) if schemas()[table][column].type == "list" else [None] * len(values)
    blank = pd.Series(empty, index=values.index, dtype=values.dtype)
    frames[table] = frames[table].assign(**{column: blank})
    return replace(snapshot, restricted=replace(snapshot.restricted, frames=frames))


def asked():
    """Columns that are asked for, other than what names a row and how widely it is shown."""
    for name in TABLES:
        table = schemas()[name]
        own = {*table.primary_key, *LABEL_FIELDS, "unit_id"}
        yield from ((name, field) for field in table.names if field not in own)


def test_every_column_that_is_asked_has_its_view():
    assert set(asked()) == set(FEEDS)


@pytest.mark.parametrize(("table", "column"), sorted(FEEDS))
def test_a_column_that_is_left_out_changes_its_view(federation, table, column):
    snapshot, full = federation
    view = FEEDS[table, column]
    changed = analyse_mapping(without(snapshot, table, column)).tables[view]
    assert not changed.astype(str).equals(full[view].astype(str))
