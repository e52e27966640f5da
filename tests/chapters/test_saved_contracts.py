"""What one chapter saves for another: declared, checked when written and read, and in codes."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from strategy_lib.chapters import codes
from strategy_lib.chapters.annual.analysis import PRESENCE
from strategy_lib.chapters.brief.analysis import analyse
from strategy_lib.chapters.brief.context import Context
from strategy_lib.chapters.brief.events import events
from strategy_lib.chapters.brief.sources import _OWN
from strategy_lib.chapters.registry import CHAPTERS, chapter_named, contract
from strategy_lib.chapters.result import ChapterInputs
from strategy_lib.chapters.scenarios.options import KINDS
from strategy_lib.core.errors import InputError
from strategy_lib.core.settings import MappingSettings
from strategy_lib.editions.contracts import in_words, refuse_undeclared
from strategy_lib.editions.restrict import DEFAULT_EDITIONS, restrict
from strategy_lib.editions.results import BrokenResultError, SavedChapter
from strategy_lib.editions.snapshot import Snapshot
from strategy_lib.methods.harm.rating import CLASSES
from strategy_lib.protocol.states import STATES
from strategy_lib.schema.frames import Tables
from strategy_lib.schema.schema import Code, code_list

PRODUCERS = [chapter for chapter in CHAPTERS if not chapter.reads_results]
LISTS = {
    "red_line_verdict": codes.Verdict,
    "route_state": codes.RouteState,
    "term_state": codes.TermState,
    "harm_stage": codes.HarmStage,
    "harm_class": codes.HarmClass,
    "case_state": codes.CaseStage,
    "flow_contradiction": codes.Contradiction,
    "option_kind": codes.OptionKind,
    "direction": codes.Direction,
    "yes_no": codes.Answer,
}
# What a text column must hold for the brief to make something of it.
TEXTS = {"next_clock": "2026-11-02 15:00 +0100", "needed_by": "2026-11-03 09:00 +0100"}
VALUES = {"number": 4.0, "day": pd.Timestamp("2026-11-05")}


def made(columns):
    """A table as declared: a row for every code of its code lists."""
    rows = max(len(code_list(c.codes).values) if c.codes else 1 for c in columns.values())
    frame = {}
    for name, column in columns.items():
        # Backwards, so that the first case is no exercise.
        known = code_list(column.codes).values[::-1] if column.codes else ()
        plain = VALUES.get(column.kind, TEXTS.get(name))
        frame[name] = [known[n % len(known)] if known else plain or f"x{n}" for n in range(rows)]
    return pd.DataFrame(frame)


def chapters_as_declared():
    return {
        about.name: SavedChapter(
            about.name,
            {"title": about.title, "bottom_line": ["A sentence."]},
            {name: made(columns) for name, columns in contract(about).items()},
            declared=contract(about),
        )
        for about in PRODUCERS
    }


def snapshot():
    restricted = restrict(Tables({}), DEFAULT_EDITIONS["core"])
    return Snapshot(restricted, 2026, date(2026, 11, 1), "Test", "en", "EUR", MappingSettings(), {})


def numbers(chapters):
    tables = analyse(ChapterInputs(snapshot(), chapters)).tables
    counted = {name: len(tables[name]) for name in ("risks", "options", "option_scores")}
    first = tables["risks"].groupby("source").size().to_dict()
    return counted, first, len(events(Context(snapshot(), chapters)))


@pytest.mark.parametrize(("name", "members"), LISTS.items(), ids=LISTS)
def test_codes_that_are_compared_are_those_of_their_list(name, members):
    assert {str(member) for member in members} == set(code_list(name).values)


def test_codes_in_the_order_of_a_method_say_what_it_says():
    for name, said in (("harm_class", CLASSES), ("option_kind", KINDS), ("case_state", STATES)):
        assert [code.label() for code in code_list(name).codes] == list(said), name
        assert code_list(name).values == tuple(LISTS[name])


def test_all_that_the_brief_reads_is_declared_by_who_saves_it():
    """A12: a column that is not declared cannot be asked for, and stops the brief."""
    chapters = chapters_as_declared()
    counted, by_chapter, events = numbers(chapters)
    assert counted["options"] and counted["option_scores"]
    assert set(by_chapter) == {"prepare", "mapping", "presence", "speaking_out", "scenarios"}
    assert len(analyse(ChapterInputs(snapshot(), chapters)).tables["lead"]) == 1
    duties, checks, clocks, words_needed = 1, len(code_list("aftercare_check").values), 7, 4
    partners = chapters[chapter_named("partners").name]
    dated = ("partnerships", "funding", "contacts")
    reviews = sum(len(partners.table(name)) for name in dated)
    assert events == duties + checks + clocks + words_needed + reviews
    for folder, tables in _OWN.items():
        (about,) = [chapter for chapter in PRODUCERS if chapter.folder == folder]
        assert set(tables) <= set(contract(about)), about.name


def test_what_the_annual_chapter_reads_is_declared():
    assert chapters_as_declared()[PRESENCE].table("ranks", "option", "rank_1_pct").size


def test_rewording_every_label_changes_no_risk_no_option_and_no_event(monkeypatch):
    """A12."""
    before = numbers(chapters_as_declared())
    monkeypatch.setattr(Code, "label", lambda code, language="en": f"※ {code.code[::-1]}")
    assert code_list("term_state").label("seen") == "※ nees"
    assert numbers(chapters_as_declared()) == before


@pytest.mark.parametrize(
    ("about", "table", "column"),
    [
        (about, table, column)
        for about in PRODUCERS
        for table, columns in contract(about).items()
        for column, of in columns.items()
        if of.codes
    ],
    ids=lambda v: getattr(v, "folder", v),
)
def test_a_word_in_the_place_of_a_code_is_refused_when_written_and_when_read(about, table, column):
    declared = contract(about)
    tables = {name: made(columns) for name, columns in declared.items()}
    refuse_undeclared(about.title, tables, declared)
    tables[table] = in_words(tables[table].assign(**{column: "※ word"}), {})
    where = rf"table {table}, column {column}: found '※ word'; allowed are "
    with pytest.raises(InputError, match=where):
        refuse_undeclared(about.title, tables, declared)
    with pytest.raises(BrokenResultError, match=where):
        SavedChapter(about.name, {}, tables, declared=declared).table(table, column)


def test_a_table_a_column_and_a_type_that_are_not_as_declared_are_all_named():
    (about,) = [chapter for chapter in PRODUCERS if chapter.name == PRESENCE]
    tables = {name: made(columns) for name, columns in contract(about).items()}
    del tables["duties"]
    tables["routes"] = tables["routes"].drop(columns="state")
    tables["costs"] = tables["costs"].assign(p50="much")
    with pytest.raises(InputError) as refused:
        refuse_undeclared("China presence", tables, contract(about))
    assert str(refused.value).splitlines() == [
        "China presence was not saved: table duties: it is missing.",
        "China presence was not saved: table costs, column p50: found 'much'; allowed is a number.",
        "China presence was not saved: table routes, column state: it is missing; found are route, "
        "options.",
    ]
    with pytest.raises(InputError, match="does not declare table routes, column law"):
        SavedChapter(PRESENCE, {}, tables, declared=contract(about)).table("routes", "law")
