"""How long a form takes, by the table of seconds."""

from __future__ import annotations

import pytest

from strategy_lib.forms.burden import form_seconds, minutes, question_seconds, row_seconds
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
    table = schemas()["partners"]
    shown = sum(1 for f in table.fields if not f.is_later) - len(("handling", "not_for_mainland"))
    assert row_seconds(table) == shown * question_seconds("cell")


@pytest.mark.parametrize(("seconds", "said"), [(1, 1), (540, 9), (541, 10), (601, 15), (0, 1)])
def test_minutes_are_never_fewer_than_it_takes(seconds, said):
    assert minutes(seconds) == said
