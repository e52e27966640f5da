"""Each column that people are asked for, and the view that it feeds: none is asked for nothing.

`columns.csv` names for each column a table that a chapter saves (`partners:canvas`; `page`: the page
alone), or the module that reads it, such as a check or what a sealed decision rests on.
"""

from __future__ import annotations

import csv
import os
import re
from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path

import pandas as pd
import pytest

import strategy_lib
from strategy_lib.chapters.registry import CHAPTERS, chapter_named
from strategy_lib.chapters.result import ChapterInputs
from strategy_lib.core.audiences import LABEL_FIELDS
from strategy_lib.core.errors import InputError
from strategy_lib.core.resources import resource
from strategy_lib.core.settings import MappingSettings
from strategy_lib.core.workspace import Workspace
from strategy_lib.editions.restrict import DEFAULT_EDITIONS, restrict
from strategy_lib.editions.snapshot import Snapshot
from strategy_lib.inputs.read import read_inputs
from strategy_lib.protocol.freezing import FROZEN
from strategy_lib.schema.schema import schemas

AS_OF = date(2026, 11, 1)
PACKAGE = Path(strategy_lib.__file__).parent
with Path(__file__).with_name("columns.csv").open(encoding="utf-8", newline="") as file:
    FEEDS = {(row["table"], row["column"]): row["feeds"] for row in csv.DictReader(file)}
# What takes a minute: TRY_ALL=1 pytest tests/chapters/test_columns.py
LONG = () if os.environ.get("TRY_ALL") else ("speaking_out", "scenarios")
# Chapters that read what people entered, with what makes them quick enough to try each column.
TRIED = {
    about.folder: {"draws": 300} if about.folder == "presence" else {}
    for about in CHAPTERS
    if about.folder not in LONG and not about.reads_before
}


def asked():
    """Columns that are asked for, other than what names a row and how widely it is shown."""
    for name, table in schemas().items():
        own = {*table.primary_key, *LABEL_FIELDS, "unit_id"}
        yield from ((name, field) for field in table.names if field not in own)


def test_every_column_that_is_asked_has_its_view():
    assert set(asked()) == set(FEEDS)


def test_what_is_named_as_a_view_is_there_and_speaks_of_the_column():
    for (table, column), feeds in FEEDS.items():
        chapter, colon, view = feeds.partition(":")
        if colon:
            folder = PACKAGE / "chapters" / chapter_named(chapter).folder
            code = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py"))
            assert view == "page" or re.search(rf"[\"']{view}[\"']", code), (table, column, feeds)
            continue
        text = (PACKAGE / feeds).read_text(encoding="utf-8")
        if feeds == "protocol/freezing.py":
            assert table in FROZEN, (table, column)
        elif feeds != "editions/mentions.py":
            assert re.search(rf"[\"']{column}[\"']", text), (table, column, feeds)


@pytest.fixture(scope="module")
def federation():
    """The example as the core edition sees it."""
    cycle = Workspace(resource("data", "example")).cycle(2026)
    restricted = restrict(read_inputs(cycle, AS_OF), DEFAULT_EDITIONS["core"])
    return Snapshot(restricted, 2026, AS_OF, "Test", "en", "EUR", MappingSettings(), {})


def others(snapshot, table, column):
    """The same federation, had nobody filled in one column, or everybody something else."""
    field, values = schemas()[table][column], snapshot.restricted.frames[table][column]
    codes = list(field.code_list.values) if field.code_list else []
    if field.type == "list":
        yield [()] * len(values)
        yield [(codes[0] if codes else "another",)] * len(values)
        return
    if not field.required:
        yield [None] * len(values)
    if codes:
        after = dict(zip(codes, [*codes[1:], codes[0]], strict=True))
        yield [after.get(value, value) for value in values]
    elif field.refers_to:
        known = list(snapshot.restricted[field.refers_to[0]][field.refers_to[1]].dropna())
        yield [known[n % len(known)] for n in range(1, len(values) + 1)]
    elif field.type in ("number", "integer"):
        low = field.minimum or 0
        for number in (low, low + 2, field.maximum or low + 2):
            yield [number] * len(values)
    elif field.type == "boolean":
        yield [value is not True for value in values]
    elif field.type == "date":
        yield [pd.Timestamp(AS_OF) + pd.Timedelta(days=40)] * len(values)
    elif field.type == "string":
        yield [f"{n} of another" for n in range(len(values))]


def with_values(snapshot, table, column, values):
    frames = dict(snapshot.restricted.frames)
    old = frames[table][column]
    new = pd.Series(values, index=old.index, dtype=old.dtype)
    frames[table] = frames[table].assign(**{column: new})
    return replace(snapshot, restricted=replace(snapshot.restricted, frames=frames))


def tables_of(chapter, snapshot):
    analysis = import_module(f"strategy_lib.chapters.{chapter}.analysis")
    given = ChapterInputs(snapshot, parameters=TRIED[chapter])
    return analysis.analyse(given).tables


def changes(chapter, view, before, federation, table, column):
    """Whether other values of a column change its view; values that cannot be tell nothing."""
    for values in others(federation, table, column):
        try:
            after = tables_of(chapter, with_values(federation, table, column, values))[view]
        except InputError:
            continue
        if not after.astype(str).equals(before):
            return True
    return False


@pytest.mark.parametrize("chapter", TRIED)
def test_a_column_that_is_left_out_changes_its_view(federation, chapter):
    full = tables_of(chapter, federation)
    unmoved = []
    for (table, column), feeds in FEEDS.items():
        own, _, view = feeds.partition(":")
        if own == chapter and view in full and len(federation.restricted.frames[table]):
            before = full[view].astype(str)
            if not changes(chapter, view, before, federation, table, column):
                unmoved.append((table, column, view))
    assert not unmoved
