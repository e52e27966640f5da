"""Rows of chapter 00 for its tests, and short ways to what the chapter makes of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from strategy_lib.chapters.prepare import analysis
from strategy_lib.chapters.prepare.context import TABLES, context_of
from strategy_lib.chapters.prepare.page import page
from strategy_lib.chapters.prepare.priorities import first_things, priorities
from strategy_lib.chapters.result import ChapterInputs
from strategy_lib.core.messages import Say
from strategy_lib.core.settings import MappingSettings
from strategy_lib.editions.restrict import DEFAULT_EDITIONS, Restricted, restrict
from strategy_lib.editions.snapshot import Snapshot
from strategy_lib.schema.frames import Tables, typed_frame
from strategy_lib.schema.schema import table_schema
from tests.workspaces import UNITS

AS_OF = date(2026, 11, 1)
CORE = DEFAULT_EDITIONS["core"]
COUNTING = replace(CORE, name="counting", smallest_group=3)
ASSESSORS = [
    {"assessor_id": "A1", "unit_id": "hq"},
    {"assessor_id": "A2", "unit_id": "hq"},
    {"assessor_id": "A3", "unit_id": "ke"},
    {"assessor_id": "A4", "unit_id": "kh"},
]
HOSTILE = ("<script>alert(1)</script>", '=HYPERLINK("http://x")', "مرحبا بالعالم", "国际" * 60)


def said(who, number, level=None, importance=None, **more):
    row = {"assessor_id": who, "recommendation_id": str(number), "level": level}
    return {**row, "importance": importance, **more}


def snapshot(edition=CORE, **records):
    given = dict.fromkeys((*TABLES, "hub_questions", "data_register"), ())
    given |= {"units": UNITS, "assessors": ASSESSORS, **records}
    frames = {name: typed_frame(table_schema(name), rows) for name, rows in given.items()}
    # The core team sees all there is, in whatever order.
    restricted = Restricted(edition, frames)
    if edition is not CORE:
        restricted = restrict(Tables(frames), edition)
    return Snapshot(restricted, 2026, AS_OF, "Test", "en", "EUR", MappingSettings(), {})


def analyse(edition=CORE, **records):
    return analysis.analyse(ChapterInputs(snapshot(edition, **records)))


def page_of(result, edition=CORE):
    """The page of what `analyse` gave."""
    return page(result, ChapterInputs(snapshot(edition)), Say())


def context(**records):
    return context_of(snapshot(**records))


def ordered(*rows, **records):
    """What is done first, and the whole order."""
    ranked = priorities(context(readiness=rows, **records))
    return first_things(ranked), ranked


def row_of(table, **where):
    for name, value in where.items():
        table = table[table[name] == value]
    assert len(table) == 1
    return table.iloc[0]


def view(code, matter, relation=None, **more):
    return {"view_id": code, "matter": matter, "relation": relation, **more}


def flow(unit, action, rule, information="staff_records", **more):
    given = {"information_class": information, "action": action, "unit_id": unit, "rule": rule}
    return {"safeguard": "own edition", "decided_by_role": "officer", **given, **more}


def piece(code, holders, written="no", **more):
    row = {"knowledge_id": code, "kind": "relationship", "what": f"Contacts {code}"}
    return {**row, "unit_id": "ke", "holders": holders, "is_written": written, **more}


def people(unit, year, start, joined, left, handed):
    names = ("unit_id", "year", "staff_start", "joined", "left", "handed_over")
    return dict(zip(names, (unit, year, start, joined, left, handed), strict=True))


def posting(
    code, kind, unit="hq", languages=("en",), start="2027-01-01", end="2027-06-30", weeks=8, **more
):
    row = {"secondment_id": code, "kind": kind, "unit_id": unit, "skill": "chinese_language"}
    dates = {"start_date": start, "end_date": end, "weeks": weeks}
    return {**row, "languages": languages, **dates, **more}
