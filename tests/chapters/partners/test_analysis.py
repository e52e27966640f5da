"""Chapter 05 on rows that can be checked by hand: readings apart, questions, money, effort."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from strategy_lib.chapters.partners.analysis import analyse
from strategy_lib.chapters.partners.page import page
from strategy_lib.chapters.result import ChapterInputs
from strategy_lib.core.messages import Say
from strategy_lib.core.settings import MappingSettings
from strategy_lib.editions.restrict import DEFAULT_EDITIONS, restrict
from strategy_lib.editions.snapshot import Snapshot
from strategy_lib.plotting.pictures import payload
from strategy_lib.schema.frames import Tables, typed_frame
from strategy_lib.schema.schema import table_schema
from tests.workspaces import UNITS

AS_OF = date(2026, 11, 1)
A, B = "River Foundation", "Office 办事处"
COUNTERPARTS = [{"name": name, "type": "foundation", "handling": "public"} for name in (A, B)]


def given(edition="core", **records):
    tables = {"units": UNITS, "counterparts": COUNTERPARTS} | records
    frames = {name: typed_frame(table_schema(name), rows) for name, rows in tables.items()}
    restricted = restrict(Tables(frames), DEFAULT_EDITIONS[edition])
    now = Snapshot(restricted, 2026, AS_OF, "Test", "en", "EUR", MappingSettings(), {})
    return ChapterInputs(now)


def shown(edition="core", **records):
    inputs = given(edition, **records)
    result = analyse(inputs)
    return result, page(result, inputs, Say())


def partner(counterpart=A, unit_id="ke", **more):
    row = {"partner_kind": "foundation", "purpose": "service", "theme": "health"}
    return {"unit_id": unit_id, "counterpart": counterpart, **row, "stage": "running", **more}


def evidence(indicator, unit_id="hq", counterpart=A, **more):
    row = {"finding": "Seen", "reading": "mixed", "grade": "B", "texts_read": 3}
    return {"counterpart": counterpart, "indicator": indicator, "unit_id": unit_id} | row | more


def avenue(code, **more):
    row = {"avenue": f"Way {code}", "avenue_kind": "company", "legal_state": "open"}
    return {"avenue_id": code, **row, "as_of": pd.Timestamp("2026-05-01"), **more}


def looks(result):
    grid = result.tables["indicators"]
    return dict(zip(grid["indicator"], grid["look"], strict=True))


def test_two_offices_that_read_one_indicator_differently_both_stay_visible():
    result, shown_page = shown(
        partners=[partner()],
        partner_evidence=[
            evidence("language", reading="closer_to_state"),
            evidence("language", "ke", reading="further_from_state", grade="D"),
        ],
    )
    assert looks(result)["language"] == "apart"
    apart = result.tables["readings_apart"]
    assert list(apart["reading"]) == ["closer_to_state", "further_from_state"]
    assert list(apart["office"]) == ["International office", "Kenya office"]
    text = str(payload(shown_page))
    assert "2 readings apart" in text and "Further from the state" in text


def test_empty_unknown_no_and_zero_are_four_different_words():
    conditions = {"own_words": "unknown", "no_slogans": "no", "independent_voice": "yes"}
    result, shown_page = shown(
        appearances=[
            {
                "unit_id": "ke",
                "counterpart": A,
                "title": "Side event",
                "forum": "conference",
                "held_on": pd.Timestamp("2026-05-01"),
                "sensitivity": "low",
                "answer": "go",
                "decided_by_role": "desk",
                **conditions,
            }
        ],
        contact_avenues=[
            {
                "unit_id": "ke",
                "avenue": name,
                "target": name,
                "since": pd.Timestamp("2026-01-01"),
                "result": "met",
                "stop_after": pd.Timestamp("2027-01-01"),
                "effort_days": days,
            }
            for name, days in (("direct", 0), ("academia", None))
        ],
    )
    row = result.tables["joint_appearances"].iloc[0]
    assert [row[n] for n in ("met", "not_met", "unknown", "not_said")] == [1, 1, 1, 3]
    effort = result.tables["contact_effort"].set_index("avenue")["days"]
    assert effort["direct"] == 0 and pd.isna(effort["academia"])
    text = str(payload(shown_page))
    assert "nobody has said" in text and "'text': '0'" in text


@pytest.mark.parametrize(
    ("rows", "question"),
    [
        ({"partners": [partner(partner_kind="unknown")]}, "kind_unknown"),
        ({"partners": [partner()]}, "not_looked_at"),
        (
            {"partners": [partner(purpose="off_agenda", partner_kind="local_gongo", stage="idea")]},
            "off_agenda_with_state_body",
        ),
        ({"partners": [partner()]}, "harm_not_said"),
        (
            {
                "partners": [
                    partner(
                        purpose="research",
                        partner_kind="academia",
                        alignment="partly",
                        stage="idea",
                    )
                ]
            },
            "research_not_in_line",
        ),
        (
            {"funding_avenues": [avenue("F1", answer="pursue", legal_state="unclear")]},
            "law_not_confirmed",
        ),
        (
            {
                "funding_avenues": [
                    avenue("F1", answer="pursue", counsel_checked_date=pd.Timestamp("2025-10-01"))
                ]
            },
            "law_not_confirmed",
        ),
        ({"funding_avenues": [avenue("F1", answer="pursue")]}, "strings_not_said"),
    ],
)
def test_each_question_follows_from_its_row(rows, question):
    result, _ = shown(**rows)
    assert question in set(result.tables["open_questions"]["question"])


def test_nothing_is_asked_where_all_is_said():
    names = ("origins", "board", "nongov_funding_info", "focus_areas", "language")
    result, shown_page = shown(
        partners=[partner(harm_to_partner="Its staff may be asked", decided_by_role="director")],
        partner_evidence=[
            evidence(name, checked_by="peer", check_result="agrees") for name in names
        ],
        funding_avenues=[
            avenue(
                "F1",
                answer="pursue",
                strings="A logo",
                decided_by_role="lead",
                counsel_checked_date=pd.Timestamp("2026-06-01"),
            )
        ],
    )
    assert result.tables["open_questions"].empty
    assert shown_page.finding.startswith(
        "1 of 1 agreed partnerships has been looked at on all five"
    )
    assert "firm" not in [section.part for section in shown_page.sections]


def test_the_language_of_texts_needs_three_texts():
    result, _ = shown(partners=[partner()], partner_evidence=[evidence("language", texts_read=2)])
    assert looks(result)["language"] == "part"


def test_a_check_that_differs_shows_both_readings():
    row = evidence("board", checked_by="external_expert", check_result="differs")
    result, _ = shown(partner_evidence=[row])
    assert looks(result)["board"] == "apart"


def test_incomes_are_added_end_by_end_and_nothing_is_netted():
    """Two with amounts, 20 + 90 and 150 + 260; a third without amounts is counted, not added."""
    result, shown_page = shown(
        funding_avenues=[
            avenue("F1", answer="pursue", p10=90e3, p50=160e3, p90=260e3, currency="EUR"),
            avenue("F2", answer="pursue", p10=20e3, p50=60e3, p90=150e3, currency="EUR"),
            avenue("F3", answer="pursue"),
            avenue("F4", answer="watch", p10=1e6, p50=2e6, p90=3e6, currency="EUR"),
        ]
    )
    income = result.tables["income"].iloc[0]
    assert [income["all_badly"], income["all_well"]] == [110e3, 410e3]
    assert [income["pursued"], income["with_amounts"]] == [3, 2]
    said = " ".join(s for section in shown_page.sections for s in section.sentences)
    assert "EUR 0.1 to 0.4 million a year, if all go badly or all go well" in said
    assert "2 of 3 have amounts" in said


def test_a_contact_past_its_stop_date_asks_unless_it_led_to_a_joint_step():
    def contact(avenue_, result):
        days = {"since": pd.Timestamp("2025-01-01"), "stop_after": pd.Timestamp("2026-01-01")}
        row = {"unit_id": "ke", "avenue": avenue_, "target": "Body"}
        return row | {"result": result} | days

    result, shown_page = shown(
        contact_avenues=[contact("direct", "met"), contact("academia", "joint_step")]
    )
    assert dict(
        zip(
            result.tables["contacts"]["avenue"],
            result.tables["contacts"]["is_past_stop"],
            strict=True,
        )
    ) == {"direct": True, "academia": False}
    assert "1 of 2 avenues of contact led to a joint step; 1 of 2" in " ".join(shown_page.sentences)


def test_rows_on_partners_are_for_the_core_team_unless_they_say_otherwise():
    rows = [partner(), partner(B, handling="internal")]
    core, leaders = (shown(edition, partners=rows)[0] for edition in ("core", "leaders"))
    assert len(core.tables["partnerships"]) == 2
    assert list(leaders.tables["partnerships"]["counterpart"]) == [B]


def test_without_a_row_one_line_says_how_to_begin():
    _, shown_page = shown()
    assert shown_page.finding.startswith("Partners and money: to begin")
    assert shown_page.main is None and not shown_page.sections


def test_no_word_ranks_a_partner():
    _, shown_page = shown(partners=[partner()], partner_evidence=[evidence("origins")])
    text = str(payload(shown_page)).lower()
    assert not [word for word in ("score", "rating", "rank", "risk level") if word in text]
