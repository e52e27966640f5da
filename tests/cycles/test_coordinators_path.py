"""README's steps from `workbook new` to `compare`, with ten offices that write as offices do."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from strategy_lib.cli.commands import app
from strategy_lib.core.errors import StrategyError
from strategy_lib.core.hashing import hash_tree
from strategy_lib.core.workspace import Cycle, open_workspace
from strategy_lib.cycles.check import check_cycle
from strategy_lib.inputs.layout.headings import READING_MARK
from strategy_lib.schema.frames import Tables
from strategy_lib.schema.schema import LANGUAGES, schemas
from tests.inputs.sent import xlsx
from tests.workspaces import activity, fill_row

PAGES = ("--edition", "core", "--only", "01", "--pages-only")
# Two lines of a terminal, or of a page.
LONGEST = 280
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
    """Write rows into a form below its grey ones."""
    marked = next(n for n in range(1, 20) if sheet.cell(n, 1).value == "#")
    for row, record in enumerate(records, marked + 3):
        fill_row(sheet, table, record, row)


def answered(path, number):
    """The form of one office, filled in in its own way."""
    book = load_workbook(path)
    activities = book.worksheets[0]
    rows = [
        activity("", f"Talks 对话 {number}", "China House", end_date=2027, country_code="Kenia"),
        activity("", f"Visit {number}", "Amis de la Terre", end_date="05/2023"),
    ]
    fill(activities, "activities", rows)
    if number % 4 == 0:
        book.remove(book.worksheets[1])
    return book


@dataclass
class Walk:
    """A coordinator's workspace, and what the commands said to its coordinator."""

    root: Path
    language: str
    said: dict[str, str] = field(default_factory=dict)
    left: dict[str, int] = field(default_factory=dict)
    read: dict[str, Tables] = field(default_factory=dict)

    def workbook(self, name: str, *words: object) -> None:
        """Run a command, and keep under `name` what it said."""
        told = CliRunner().invoke(app, [*map(str, words)])
        known = told.exception if isinstance(told.exception, StrategyError) else ""
        assert known or isinstance(told.exception, SystemExit | None), told.exception
        self.said[name], self.left[name] = f"{told.output}{known}", told.exit_code

    def cycle(self, year: int) -> Cycle:
        return open_workspace(self.root).cycle(year)

    def forms(self, year: int) -> list[Path]:
        return sorted((self.cycle(year).root / "forms" / "offices").glob("mapping-*.xlsx"))


@pytest.fixture(scope="module", params=["fr", "zh"])
def first(request, tmp_path_factory):
    """The first year: lists with one bad code, forms, answers, a mended list, pages."""
    walk = Walk(tmp_path_factory.mktemp("path") / "acme", request.param)
    root = walk.root
    walk.workbook(
        "new", "new", root, "--name", "Acme", "--cycle", 2026, "--language", walk.language
    )
    settings = root / "workbook.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("# as_of = 2026", "as_of = 2026"), encoding="utf-8")
    cycle = walk.cycle(2026)
    book = load_workbook(cycle.root / "forms" / "offices.xlsx")
    units = [
        {
            "unit_id": code,
            "name": name,
            "kind": "country_office",
            "country_code": country,
            "languages": spoken,
        }
        for code, name, country, spoken in OFFICES
    ]
    fill(book.worksheets[1], "units", [*units, {**units[3], "unit_id": "my office"}])
    fill(book.worksheets[2], "assessors", [{"assessor_id": "A01", "unit_id": "hq"}])
    book.save(cycle.inputs / "prepare" / "offices.xlsx")
    walk.workbook("forms", "forms", root)
    for number, path in enumerate(walk.forms(2026)[:8]):
        answered(path, number).save(cycle.inputs / "mapping" / f"réponse ({number}).xlsx")
    (cycle.inputs / "mapping" / "3w.xlsx").write_bytes(
        xlsx({"3W data": [["Cluster", "Partner"], ["WASH", "x"]]})
    )
    walk.read["sent"] = check_cycle(cycle)
    walk.workbook("check", "check", root)
    walk.workbook("run too early", "run", root, *PAGES)
    book.worksheets[1].delete_rows(14)
    book.save(cycle.inputs / "prepare" / "offices.xlsx")
    walk.workbook("run", "run", root, *PAGES)
    return walk


@pytest.fixture(scope="module")
def second(first):
    """The year after: one office confirms, one changes, one drops its activity for a new one."""
    before = hash_tree(first.root / "2026")
    first.workbook("next", "next", first.root)
    assert hash_tree(first.root / "2026") == before, "the old cycle is never touched"
    settings = first.root / "workbook.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("as_of = 2026", "as_of = 2027"), encoding="utf-8")
    forms = {path.stem.removeprefix("mapping-"): path for path in first.forms(2027)}
    for unit, changed in (
        ("ke", {}),
        ("cn", {"stance": "批评性"}),
        ("fr", {"activity_id": None, "title": "Forêts 森林", "counterpart": "Banque de Paris"}),
    ):
        book = load_workbook(forms[unit])
        fill(book.worksheets[0], "activities", [changed])
        book.save(first.cycle(2027).inputs / "mapping" / f"{unit} 2027.xlsx")
    first.workbook("check of the next", "check", first.root)
    first.workbook("run of the next", "run", first.root, *PAGES)
    first.workbook("compare", "compare", first.root, 2026, 2027)
    return first


def columns(sheet, table):
    """Field -> its column, whatever the language of a form and whatever it shows for reading."""
    top = next(n for n in range(1, 20) if sheet.cell(n, 1).value == "#")
    heads = {str(cell.value).removesuffix(" *"): cell.column for cell in sheet[top]}
    titles = (
        (f.name, f.title(language)) for f in schemas()[table].fields for language in LANGUAGES
    )
    return {name: heads[title] for name, title in titles if title in heads}


def test_ten_offices_that_write_as_offices_do_come_through(first):
    forms, tables = first.forms(2026), first.read["sent"]
    assert {load_workbook(f, read_only=True).sheetnames[0] for f in forms} == {
        "activities",
        "Activités",
        "活动",
        "Actividades",
    }
    assert [(p.kind, p.row) for p in tables.errors] == [("wrong_format", 14)]
    assert max(len(p.message) for p in (*tables.problems, *tables.asides)) < LONGEST
    assert len(tables["activities"]) == 16
    assert tables["activities"]["unit_id"].value_counts().eq(2).all()
    countries = tables["units"]["country_code"].tolist()[:7]
    assert countries == ["CH", "FR", "DE", "KE", "ZM", "CD", "CN"]
    silent = {p.found for p in tables.warnings if p.kind == "not_answered"}
    assert silent == {path.stem.removeprefix("mapping-") for path in forms[8:]}


def test_a_bad_code_is_named_at_each_step_and_no_page_is_made_of_it(first):
    assert first.left["forms"] == first.left["check"] == first.left["run too early"] == 1
    assert "my office" in first.said["forms"] and "my office" in first.said["check"]
    assert "1 line to mend" in first.said["check"]
    assert "Mend the lists and write the forms again" in first.said["forms"]
    early = first.said["run too early"]
    assert f"must be mended first. List all with: workbook check {first.root}" in early


def test_once_it_is_mended_the_pages_are_made_and_named(first):
    assert first.left["run"] == 0, first.said["run"]
    page = first.cycle(2026).outputs("core") / "index.html"
    assert str(page) in first.said["run"] and page.is_file()
    chapter = page.with_name("01_internal_mapping.html").read_text(encoding="utf-8")
    assert "成都项目" in chapter and "China House" in chapter


def test_next_years_forms_begin_with_what_each_office_told(second):
    assert second.left["next"] == 0, second.said["next"]
    assert "2026 is untouched" in second.said["next"]
    assert "changed cycle = 2026 to cycle = 2027" in second.said["next"]
    assert len(second.forms(2027)) == len(OFFICES)
    for number, path in enumerate(second.forms(2027)[:8]):
        sheet = load_workbook(path).worksheets[0]
        top = next(n for n in range(1, 20) if sheet.cell(n, 1).value == "#")
        assert str(sheet.cell(top, 2).value).startswith(READING_MARK)
        titles = [row[columns(sheet, "activities")["title"] - 1] for row in sheet.values]
        assert titles[top + 2] == f"Talks 对话 {number}", "what has ended is not asked about again"
        assert f"Visit {number}" not in titles


def test_what_comes_back_is_read_and_what_does_not_is_told(second):
    assert second.left["check of the next"] == 0, second.said["check of the next"]
    assert "offices that answered: 3 of 10" in second.said["check of the next"]
    assert second.left["run of the next"] == 0, second.said["run of the next"]
    page = second.cycle(2027).outputs("core") / "01_internal_mapping.html"
    assert "Banque de Paris" in page.read_text(encoding="utf-8")


def test_the_comparison_says_in_words_what_changed(second):
    assert second.left["compare"] == 0, second.said["compare"]
    *lines, page = second.said["compare"].splitlines()
    folder = Path(page).parent
    assert folder == second.root / "2027" / "comparisons" / "2026" / "core"
    assert "2027 against 2026, as the edition 'core' may show them:" in lines
    text = Path(page).read_text(encoding="utf-8")
    assert re.search("3 of 10 offices", text) and str(second.root) not in text
    with (folder / "tables" / "changed_rows.csv").open(encoding="utf-8-sig") as file:
        rows = {row.pop("table"): row for row in csv.DictReader(file)}
    title = schemas()["activities"].title(second.language)
    # What an office told before is known to the centre now: also the row that came back as it was.
    assert rows[title] == {
        "before": "16",
        "now": "3",
        "added": "1",
        "gone": "14",
        "changed": "2",
        "same": "0",
    }
    summary = json.loads((folder / "tables" / "summary.json").read_text(encoding="utf-8"))
    assert summary["bottom_line"]
    assert all(sentence in second.said["compare"] for sentence in summary["bottom_line"])


def test_no_message_is_longer_than_two_lines(second):
    for name, said in second.said.items():
        for line in said.replace(str(second.root), "acme").splitlines():
            # What was read, and the tables without a row, are lists.
            assert len(line) < LONGEST or name.startswith("check"), (name, line)
