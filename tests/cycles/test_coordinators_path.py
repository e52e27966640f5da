"""README's steps from `workbook new` on, with ten offices that write as offices do."""

from __future__ import annotations

from datetime import date

import pytest
from openpyxl import load_workbook

from strategy_lib.core.workspace import open_workspace
from strategy_lib.cycles.check import check_cycle
from strategy_lib.cycles.create import create_workspace, write_forms_to_send
from strategy_lib.schema.schema import schemas
from tests.inputs.sent import xlsx
from tests.workspaces import activity

OFFICES = [
    ("hq", "International office", "Suisse", "French; English"),
    ("fr", "Bureau de Paris", "France", "français"),
    ("de", "Büro Berlin", "Deutschland", "Deutsch, anglais"),
    ("ke", "Kenya office", "KENYA", "English; Kiswahili"),
    ("zm", "Zambia office", "Zambie", "en-GB"),
    ("cd", "Bureau de Kinshasa", "République démocratique du Congo", "FR"),
    ("cn", "成都项目", "中国", "中文"),
    ("hk", "香港办事处", "香港", "Chinese (Mandarin)"),
    ("pe", "Oficina del Perú", "Perú", "español"),
    ("ab", "مكتب القاهرة", "مصر", "العربية; en"),
]


def fill(sheet, table, records):
    """Write rows into a form below its grey ones, under the fields' places."""
    for row, record in enumerate(records, 4):
        for column, name in enumerate(schemas()[table].names, 2):
            if name in record:
                sheet.cell(row, column).value = record[name]


def answered(path, number):
    """The form of one office, filled in in its own way."""
    book = load_workbook(path)
    returns, activities = book.worksheets[1:3]
    rows = [
        activity("", f"Talks 对话 {number}", "China House", start_date=2019, country_code="Kenia"),
        activity(
            "", f"Visit {number}", "Amis de la Terre", start_date="2021年", end_date="05/2023"
        ),
    ]
    fill(activities, "activities", rows)
    if number % 3:
        fill(returns, "returns", [{"returned_date": date(2026, 9, 14), "has_activities": True}])
    if number % 4 == 0:
        book.remove(book.worksheets[0])
    if number % 5 == 0:
        activities.insert_rows(1)
        activities["A1"] = "What we do 我们的活动"
        activities.merge_cells("A1:H1")
    return book


@pytest.mark.parametrize("language", ["en", "fr", "zh"])
def test_ten_offices_that_write_as_offices_do_come_through(tmp_path, language):
    create_workspace(tmp_path / "acme", "Acme", 2026, (language,))
    cycle = open_workspace(tmp_path / "acme").cycle(2026)
    book = load_workbook(cycle.root / "forms" / "offices.xlsx")
    units = [
        {"unit_id": code, "name": name, "kind": "country_office", "country_code": country,
         "languages": spoken} for code, name, country, spoken in OFFICES
    ]  # fmt: skip
    fill(book.worksheets[1], "units", [*units, {**units[3], "unit_id": "my office"}])
    fill(book.worksheets[2], "assessors", [{"assessor_id": "A01", "unit_id": "hq"}])
    book.save(cycle.inputs / "prepare" / "offices.xlsx")
    sent = write_forms_to_send(cycle)
    assert [(p.found, p.row) for p in sent.problems] == [("my office", 14)]
    forms = [path for path in sent.offices if path.stem.startswith("mapping")]
    assert {load_workbook(f, read_only=True).sheetnames[2] for f in forms} == {
        "activities", "Activités", "活动", "Actividades"
    }  # fmt: skip
    for number, path in enumerate(forms[:8]):
        answered(path, number).save(cycle.inputs / "mapping" / f"réponse ({number}).xlsx")
    (cycle.inputs / "mapping" / "3w.xlsx").write_bytes(
        xlsx({"3W data": [["Cluster", "Partner"], ["WASH", "x"]]})
    )
    tables = check_cycle(cycle)
    assert [(p.kind, p.row) for p in tables.errors] == [("wrong_format", 14)]
    assert max(len(p.message) for p in (*tables.problems, *tables.asides)) < 280
    assert len(tables["activities"]) == 16
    assert tables["activities"]["unit_id"].value_counts().eq(2).all()
    assert tables["units"]["country_code"].tolist()[:7] == [
        "CH",
        "FR",
        "DE",
        "KE",
        "ZM",
        "CD",
        "CN",
    ]
    silent = {p.found for p in tables.warnings if p.kind == "not_answered"}
    assert silent == {path.stem.removeprefix("mapping-") for path in forms[8:]}
