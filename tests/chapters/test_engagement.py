"""Chapters 05, 06 and 07 alike: words for what is not known, and none that rank anybody."""

from __future__ import annotations

import re
from importlib import import_module

import pytest

from strategy_lib.chapters.companies.projects import NUMBERED, STEPS
from strategy_lib.chapters.result import ChapterInputs
from strategy_lib.core.messages import Say
from strategy_lib.core.resources import resource
from strategy_lib.core.settings import MappingSettings
from strategy_lib.editions.restrict import DEFAULT_EDITIONS, restrict
from strategy_lib.editions.snapshot import Snapshot
from strategy_lib.plotting.pictures import payload
from strategy_lib.schema.frames import Tables, typed_frame
from strategy_lib.schema.schema import code_list, table_schema
from tests.chapters.partners.test_analysis import AS_OF, COUNTERPARTS
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


def technology(code, answer=None):
    row = {"technology": code, "use": "Use", "theme": "health", "kind": "both", "source": "A list"}
    named = ("consent", "data_stays", "can_leave", "overseen", "affordable", "harmed_named")
    return row | {"technology_id": code, "as_of": "2026-05-01"} | dict.fromkeys(named, answer)


def test_empty_unknown_no_and_zero_are_four_words_on_technologies():
    rows = [technology("a"), technology("b", "unknown"), technology("c", "no")]
    _, page = shown("watching", technologies=rows)
    text = str(payload(page))
    assert "6 of 6" in text
    assert "0 yes, 0 no, 6 unknown" in text and "0 yes, 6 no, 0 unknown" in text


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
    assert "Nobody has looked" in text and "not asked" in text and "heard" in text


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
