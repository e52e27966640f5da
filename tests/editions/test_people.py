"""What is refused below `restricted` when it is saved or shown; offices taken together."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategy_lib.core.audiences import DEFAULT_EDITIONS
from strategy_lib.core.errors import InputError
from strategy_lib.editions.people import (
    OTHERS,
    Points,
    refuse_codes,
    refuse_traces,
    taken_together,
)
from strategy_lib.editions.restrict import Restricted, restrict
from strategy_lib.publishing import display
from strategy_lib.schema.csv_store import SeenFrames
from strategy_lib.schema.frames import Tables, typed_frame
from strategy_lib.schema.schema import table_schema

PEOPLE = [{"assessor_id": code, "unit_id": "ke"} for code in ("A01", "A02", "7", "ke")]


def seen_by(edition: str) -> Restricted:
    rows = {"assessors": PEOPLE, "units": [{"unit_id": "ke", "name": "Kenya"}]}
    tables = Tables({name: typed_frame(table_schema(name), r) for name, r in rows.items()})
    return restrict(tables, DEFAULT_EDITIONS[edition])


def saved(declared=None, edition="leaders", index=None, **columns):
    table = pd.DataFrame(columns, index=index)
    refuse_traces({"made": table}, {"made": declared or {}}, seen_by(edition))


@pytest.mark.parametrize(
    "columns",
    [
        {"assessor_id": ["x1"]},
        {"lowest_by": ["x1"]},
        {"who": ["somebody"]},
        {"first": ["Kenya", "A01"]},
        {"told": ["A02: no"]},
        {"told": ["A01, A02"]},
        {"told": ["A01 and A02"]},
        {"A01": [1.0]},
    ],
)
def test_a_column_that_nobody_declared_is_refused_by_its_name_and_by_its_values(columns):
    with pytest.raises(InputError, match="shows no single assessor"):
        saved(**columns)
    saved(edition="core", **columns)


def test_codes_as_labels_of_rows_are_refused():
    with pytest.raises(InputError, match=r"\(row\): codes of assessors \(A01\)"):
        saved(index=["A01"], share=[90.0])


def test_what_is_no_code_of_a_person_is_saved():
    saved(unit=["ke", "7"], note=["Printed A01 sheets", ""], count=[7, 7])
    saved({"who": Points.NOBODY}, who=["Village council"])
    assert seen_by("leaders").codes_of_people == {"A01", "A02"}


def test_a_declared_code_is_refused_even_where_nobody_knows_it():
    with pytest.raises(InputError, match="column judge: codes of assessors"):
        saved({"judge": Points.CODE}, judge=["unheard-of"])
    saved({"judge": Points.CODE}, judge=[None])


@pytest.mark.parametrize("points", [Points.OFFICE, Points.ROLE])
def test_an_office_or_a_role_stands_beside_three_people_or_none(points):
    declared = {"unit": points, "people": Points.PEOPLE}
    with pytest.raises(InputError, match="without a column that counts"):
        saved({"unit": points}, unit=["Kenya"])
    with pytest.raises(InputError, match="column people: fewer than 3 people"):
        saved(declared, unit=["Kenya"], people=[2])
    saved(declared, unit=["Kenya", "Peru"], people=[3, pd.NA])


def test_all_that_is_found_is_told_at_once():
    with pytest.raises(InputError) as refused:
        saved(assessor_id=["x1"], first=["A01"])
    assert "column assessor_id" in str(refused.value) and "column first" in str(refused.value)


@pytest.fixture
def showing():
    yield display.show_nobody
    display._edition.clear()


def test_a_table_or_a_figure_with_codes_is_not_shown(showing):
    fig = go.Figure(go.Bar(x=[1], y=["A01"], customdata=[["x"]])).update_layout(title_text="Ours")
    table = pd.DataFrame({"unit": ["Kenya"], "n": [3]})
    showing(seen_by("leaders"))
    for show in (
        lambda: display.show_figure(fig, table),
        lambda: display.show_table(pd.DataFrame({"told by": ["A02"]}), "Ours"),
        lambda: display.show_table(pd.DataFrame({"A02": [1]}), "Ours"),
    ):
        with pytest.raises(InputError, match="Ours: codes of assessors"):
            show()
    display.show_table(table, "Ours")
    showing(seen_by("core"))
    display.show_figure(fig, table)


def test_texts_are_looked_at_for_what_they_begin_with():
    refuse_codes("here", ["See A01 and others", 5, None], seen_by("leaders"))
    with pytest.raises(InputError):
        refuse_codes("here", ["A01; A02"], seen_by("leaders"))


@given(st.lists(st.sampled_from("abcdef"), max_size=30), st.integers(1, 6))
def test_every_office_that_is_left_has_enough_people_and_so_have_the_others(offices, fewest):
    people = pd.Series(offices, dtype="str")
    made = taken_together(people, fewest)
    sizes = made.value_counts()
    assert len(made) == len(people)
    assert (sizes >= min(fewest, len(people))).all()
    assert (made[made != OTHERS] == people[made != OTHERS]).all()
    if fewest == 1:
        assert made.equals(people)


def test_a_chapter_depends_by_the_check_of_codes_on_the_list_of_assessors_alone():
    """Else one changed judgement would make every chapter of the edition anew."""
    tables = {
        "assessors": [{"assessor_id": "A01", "unit_id": "ke"}],
        "scores": [{"assessor_id": "A01", "option_id": "P1", "criterion_id": "c", "best": 1}],
    }
    frames = {name: typed_frame(table_schema(name), rows) for name, rows in tables.items()}
    restricted = restrict(Tables(frames), DEFAULT_EDITIONS["core"])
    seen = SeenFrames(restricted.frames)
    assert replace(restricted, frames=seen).codes_of_people == {"A01"}
    assert seen.seen == {"assessors"}
