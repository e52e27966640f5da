"""Chapters 05, 06 and 07 alike: words for what is not known, and none that rank anybody."""

from __future__ import annotations

import re
from importlib import import_module

import pandas as pd
import pytest

from strategy_lib.chapters.companies.projects import NUMBERED, STEPS
from strategy_lib.chapters.registry import CHAPTERS as REGISTERED
from strategy_lib.chapters.registry import contract
from strategy_lib.chapters.result import ChapterInputs
from strategy_lib.chapters.watching.analysis import QUESTIONS
from strategy_lib.core.messages import Say
from strategy_lib.core.resources import resource
from strategy_lib.core.settings import MappingSettings
from strategy_lib.editions.contracts import in_words
from strategy_lib.editions.restrict import DEFAULT_EDITIONS, restrict
from strategy_lib.editions.snapshot import Snapshot
from strategy_lib.inputs.checks.companies import STEPS_OF
from strategy_lib.plotting.pictures import payload
from strategy_lib.publishing.tabulate import page_table
from strategy_lib.schema.frames import Tables, typed_frame
from strategy_lib.schema.schema import code_list, schemas, table_schema
from tests.chapters.partners.test_analysis import AS_OF, COUNTERPARTS
from tests.chapters.test_messages import (
    JUNK,
    MANY_AS_ONE,
    MOST_WORDS,
    ONE_OF_MANY,
    SENTENCE_END,
)
from tests.workspaces import UNITS

CHAPTERS = ("partners", "companies", "watching")
# Beside a partner, a company or a state; a focus area may be scored by people.
RANKING = re.compile(r"\b(ratings?|ranks?|ranking|ranked|risk level|traffic light|index)\b", re.I)
SCORES = re.compile(r"\bscores?\b", re.I)
# Where a page says that nothing of the kind is made.
DENIALS = ("no company is ranked", "no score is made", "No total is made", "no ranking")


def shown(chapter, **records):
    tables = {"units": UNITS, "counterparts": COUNTERPARTS} | records
    frames = {name: typed_frame(table_schema(name), rows) for name, rows in tables.items()}
    restricted = restrict(Tables(frames), DEFAULT_EDITIONS["core"])
    now = Snapshot(restricted, 2026, AS_OF, "Test", "en", "EUR", MappingSettings(), {})
    inputs = ChapterInputs(now)
    folder = f"strategy_lib.chapters.{chapter}"
    result = import_module(f"{folder}.analysis").analyse(inputs)
    return result, import_module(f"{folder}.page").page(result, inputs, Say())


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_no_word_of_a_page_or_table_ranks_a_partner_a_company_or_a_state(chapter):
    said = resource("data", "messages", "en", f"{chapter}.ftl").read_text(encoding="utf-8")
    outputs = import_module(f"strategy_lib.chapters.{chapter}.outputs").OUTPUTS
    words = [said, *(f"{o.title} {o.note} {name}" for name, o in outputs.items())]
    text = " ".join(words)
    for denial in DENIALS:
        text = text.replace(denial, "")
    assert not RANKING.findall(text)
    if chapter != "watching":
        assert not SCORES.findall(text)


def measure(member, value, **more):
    row = {
        "body": "A committee",
        "measure": "committee_questions",
        "year": 2025,
        "unit": "questions",
    }
    return row | {"member": member, "value": value, "source": "Its report", **more}


MEMBERS = [("US", 8), ("CN", 9), ("KE", 0), ("BR", 3), ("SE", 2)]


def test_members_of_a_measure_stand_in_the_order_of_the_alphabet_and_nobody_alone_on_the_page():
    result, page = shown("watching", un_measures=[measure(*row) for row in MEMBERS])
    assert list(result["un_measures"]["member"]) == ["BR", "CN", "KE", "SE", "US"]
    text = str(payload(page))
    assert "0 to 9" in text and "of 5 members alike" in text
    assert not any(name in text for name in ("China", "United States", "'CN'", "Kenya"))


ANSWERS, NUMBERS = (None, "unknown", "no", "yes", "yes"), (None, 0, 2, 1, 3)
DAY = pd.Timestamp("2026-05-01")
GIVEN = {"unit_id": "ke", "counterpart": COUNTERPARTS[0]["name"], "project_id": "project_id 0"}
MEMBERS_OF_ALL = ("BR", "IN", "KE", "PL", "SE")


def answered(table, number, **more):
    """A row in which what may be left open is empty, unknown, no or yes, or a number, in turns."""
    row = {}
    for item in table_schema(table).fields:
        is_open = not item.required
        if item.codes == "yes_no_unknown":
            row[item.name] = ANSWERS[number % 5]
        elif item.type in ("number", "integer"):
            row[item.name] = NUMBERS[number % 5] if is_open else 1
        elif item.name in GIVEN and table != "projects":
            row[item.name] = GIVEN[item.name]
        elif item.codes and (item.required or item.name == "grade"):
            row[item.name] = code_list(item.codes).values[0]
        elif item.type == "date":
            row[item.name] = DAY
        elif item.type == "string" and item.required:
            row[item.name] = f"{item.name} {number}"
    return row | more


def everything(count):
    """Rows of every table of the three chapters."""
    made = {
        table.name: [answered(table.name, n) for n in range(count)]
        for table in schemas().values()
        if table.area in CHAPTERS and table.name != "peer_rows"
    }
    # A company has each step once, of one list each.
    made["company_steps"] = [
        answered("company_steps", n, kind=kind, step=step)
        for kind, steps in STEPS_OF.items()
        for n, step in enumerate(sorted(steps)[:count])
    ]
    made["claims"] = [row | {"kind": "promise"} for row in made["claims"]]
    made["un_measures"] = [
        answered("un_measures", 0, body=row["body"], member=member)
        for row in made["un_measures"]
        for member in MEMBERS_OF_ALL
    ]
    return made


# Views that show such an answer or number as it was given; their columns.
FOUR_WORDS = {
    "partners": {"contacts": {"effort_days"}, "funding": {"p10", "p50", "p90"}},
    "companies": {"ladder": {"people"}, "needs": {"people"}, "claims": {"relies_on_reputation"}},
    "watching": {
        "technologies": {*QUESTIONS, "china_team_in"},
        "promises": {"chinese_voice"},
        "studies": {"points", "cap"},
    },
}
# Computed, by the name of a column that is filled in elsewhere.
YES_OR_NO = {"is_apart"}


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_empty_unknown_no_and_zero_are_four_words_in_every_view(chapter):
    result, _ = shown(chapter, **everything(5))
    about = next(c for c in REGISTERED if c.folder == chapter)
    answers = {f.name for s in schemas().values() for f in s.fields if f.codes == "yes_no_unknown"}
    numbers = {
        f.name
        for s in schemas().values()
        for f in s.fields
        if s.area == chapter and f.type in ("number", "integer") and not f.required
    } - {"year", "value"}
    found = {}
    for name, frame in result.tables.items():
        table = page_table(
            in_words(frame, contract(about).get(name, {}), "en"), name, max_rows=None
        )
        for place, column in enumerate(frame.columns if len(frame) >= 4 else ()):
            cells = {row[place].casefold() for row in table.rows}
            if column in answers and column not in YES_OR_NO:
                assert {"–", "unknown", "no", "yes"} <= cells, (name, column, cells)
                found.setdefault(name, set()).add(column)
            elif column in numbers:
                assert "–" in cells and {"0", "0.0", "0.00"} & cells, (name, column, cells)
                found.setdefault(name, set()).add(column)
    assert found == FOUR_WORDS[chapter]


@pytest.mark.parametrize("count", [1, 2, 400])
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_sentence_is_short_and_reads_well_with_one_row_and_with_many(chapter, count):
    """Titles, sentences and notes; what people wrote is theirs."""
    result, page = shown(chapter, **everything(count))
    said = [page.finding, *page.sentences, *result.notes]
    said += [text for section in page.sections for text in (section.question, *section.sentences)]
    said += [picture.title for picture in page.pictures]
    for sentence in (part for text in said for part in SENTENCE_END.split(text)):
        assert len(sentence.split()) <= MOST_WORDS, sentence
        assert not JUNK.search(sentence) and not MANY_AS_ONE.search(sentence), sentence
        assert not ONE_OF_MANY.search(sentence), sentence


def project(code, **more):
    row = {"unit_id": "ke", "country_code": "KE", "sector": "water", "stage": "running"}
    return {"project_id": code, "name": code, "focus": "unknown", **row, **more}


def finding(code, step, **more):
    row = {"voice": "community", "grade": "B", "as_of": "2026-05-01", "consent": "given"}
    return {"project_id": code, "step": step, **row, **more}


def test_not_asked_looked_and_none_seen_and_found_are_three_answers_on_projects():
    seen = [finding("b", step, none_seen=True) for step in STEPS]
    found = [finding("c", step, finding=f"Seen {step}") for step in STEPS]
    result, page = shown(
        "companies", projects=[project(code) for code in "abc"], project_findings=[*seen, *found]
    )
    done = result["projects"].set_index("project")[list(NUMBERED)]
    assert (done.loc["a"] != "done").all()
    assert (done.loc[["b", "c"]] == "done").all(axis=None)
    text = str(payload(page))
    assert "Nobody yet" in text and "not asked" in text and "heard" in text


def claim(code, **more):
    row = {"kind": "csr", "counterpart": COUNTERPARTS[0]["name"], "said_by": "itself"}
    row |= {"source": "Its report", "as_of": "2026-02-01", "claim": f"Claim {code}"}
    return {"claim_id": code, **row, **more}


def test_a_claim_nobody_checked_is_told_from_one_that_cannot_be_told():
    rows = [claim("a"), claim("b", checked="cannot_tell"), claim("c", checked="not_confirmed")]
    result, _ = shown("companies", claims=rows)
    checks = result["checks"].iloc[0]
    assert (checks["claims"], checks["unchecked"], checks["confirmed"]) == (3, 1, 0)
    labels = {code_list("claim_check").label(c) for c in ("cannot_tell", "not_confirmed")}
    assert len(labels) == 2
    codes = list(result["claims"].set_index("claim_id")["checked"].astype(object).fillna("–"))
    assert sorted(codes) == sorted(["–", "cannot_tell", "not_confirmed"])


def test_the_tools_steps_and_our_additions_share_no_picture_or_heading():
    rows = [finding("a", "s1_trigger", finding="Land"), finding("a", "own_benefit", finding="Jobs")]
    _, page = shown("companies", projects=[project("a")], project_findings=rows)
    codes = code_list("conflict_step")
    own = [codes.label(code) for code in codes.values if code not in STEPS]
    for picture in page.pictures:
        text = str(payload(picture))
        tools = any(codes.label(step) in text for step in STEPS)
        assert not (tools and any(f"'{label}'" in text for label in own))


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_nothing_is_shown_of_a_chapter_without_a_row(chapter):
    result, page = shown(chapter)
    assert not page.is_begun and not page.pictures
    assert not len(result["board"])
