"""Questions to the hub and the register of reports, on rows that can be checked by hand."""

from __future__ import annotations

from datetime import date

import pandas as pd

from strategy_lib.chapters.prepare.hub_questions import (
    data_register,
    hub_findings,
    hub_questions,
    questions_by_theme,
)
from strategy_lib.editions.restrict import DEFAULT_EDITIONS, restrict
from strategy_lib.schema.frames import Tables, typed_frame
from strategy_lib.schema.schema import table_schema
from tests.workspaces import UNITS

AS_OF = date(2026, 11, 1)


def shown(edition="core", **records):
    tables = {"units": UNITS} | records
    frames = {name: typed_frame(table_schema(name), rows) for name, rows in tables.items()}
    return restrict(Tables(frames), DEFAULT_EDITIONS[edition])


def asked(unit, day, answered=None, may_share="yes"):
    return {
        "asked_on": pd.Timestamp(day),
        "unit_id": unit,
        "theme": "health",
        "question": "Who?",
        "answered_on": pd.Timestamp(answered) if answered else None,
        "answer": "They",
        "may_be_shared": may_share,
    }


def report(**more):
    row = {"kind": "report_to_authority", "what": "Yearly report", "unit_id": "hq", "basis": "Law"}
    return row | {"covers_global_work": "yes", "contains_people": "no", "state": "in_place"} | more


def rule(information="programme_reports", allowed="not_allowed"):
    return {"information_class": information, "action": "send", "unit_id": "hq", "rule": allowed}


def test_median_days_and_what_is_open_for_long():
    rows = [
        asked("ke", "2026-03-01", "2026-03-05"),
        asked("kh", "2026-03-01", "2026-03-11"),
        asked("zm", "2026-10-01"),
    ]
    questions = hub_questions(shown(hub_questions=rows), AS_OF)
    theme = questions_by_theme(questions).iloc[0]
    assert [theme["questions"], theme["offices"], theme["open"]] == [3, 3, 1]
    assert theme["median_days"] == 7
    found = hub_findings(questions, questions_by_theme(questions), data_register(shown()))
    assert list(found["finding"]) == ["open_long", "asked_by_three"]


def test_text_that_may_not_be_shared_is_not_there():
    rows = [asked("ke", "2026-03-01", "2026-03-05", may_share="no")]
    questions = hub_questions(shown(hub_questions=rows), AS_OF)
    assert questions[["question", "answer"]].isna().all(axis=None)


def test_a_report_on_work_elsewhere_is_held_against_the_rules():
    against = data_register(shown(data_register=[report()], data_flows=[rule()]))
    within = data_register(shown(data_register=[report()], data_flows=[rule(allowed="allowed")]))
    people = data_register(
        shown(
            data_register=[report(covers_global_work="no", contains_people="yes")],
            data_flows=[rule("people_we_serve")],
        )
    )
    found = [bool(frame["is_against_rules"].iloc[0]) for frame in (against, within, people)]
    assert found == [True, False, True]


def test_the_register_is_for_the_core_team():
    assert data_register(shown("leaders", data_register=[report()])).empty
