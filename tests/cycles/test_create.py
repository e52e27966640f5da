"""Forms as they are sent: codes filled in, starting lists in them, read back without a loss."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from strategy_lib.chapters.registry import CHAPTERS
from strategy_lib.core.errors import InputError
from strategy_lib.core.settings import OPTIONAL_CHAPTERS
from strategy_lib.core.workspace import open_workspace
from strategy_lib.cycles.create import (
    blank_forms,
    create_workspace,
    write_blank_form,
)
from strategy_lib.cycles.customise import add_chapter
from strategy_lib.cycles.forms_to_send import write_forms_to_send
from strategy_lib.editions.restrict import DEFAULT_EDITIONS, restrict
from strategy_lib.forms.prefill import starting_rows
from strategy_lib.inputs.read import read_inputs
from strategy_lib.schema.reference import reference
from strategy_lib.schema.schema import schemas
from tests.workspaces import UNITS, activity, fill_row, make_workspace, write_sheets

ASSESSORS = [{"assessor_id": "A01", "unit_id": "hq"}, {"assessor_id": "A02", "unit_id": "ke"}]


def test_every_table_has_one_blank_form():
    forms = blank_forms(OPTIONAL_CHAPTERS)
    tables = [name for form in forms for name in form.tables]
    # A return stands above its form; what peers send comes as a pack.
    assert sorted([*tables, "returns", "peer_rows"]) == sorted(schemas())
    assert len({form.name for form in forms}) == len(forms)


def test_starting_lists_are_the_reference_rows():
    options = starting_rows(schemas()["presence_options"])
    criteria = starting_rows(schemas()["criteria"])
    assert len(options) == len(reference("presence_options")) > 0
    assert len(criteria) == len(reference("presence_criteria")) > 0
    assert len(starting_rows(schemas()["scores"])) == len(options) * len(criteria)


def test_starting_lists_that_come_back_as_they_are_have_no_problem(tmp_path):
    created = create_workspace(tmp_path / "acme", "Acme", 2026)
    cycle = open_workspace(created.root).cycle(2026)
    units = {"unit_id": "hq", "name": "HQ", "kind": "international_office", "country_code": "CH"}
    write_sheets(cycle.inputs / "prepare" / "o.xlsx", {"units": [units]})
    presence = cycle.root / "forms" / "presence.xlsx"
    (cycle.inputs / "presence" / "presence.xlsx").write_bytes(presence.read_bytes())
    tables = read_inputs(cycle)
    assert [p for p in tables.problems if p.file.startswith("presence")] == []
    expected = reference("presence_criteria")
    assert tables["criteria"]["anchor_10"].tolist() == expected["anchor_10"].tolist()
    assert tables["legal_conditions"]["as_of"].notna().all()


def test_an_assessors_form_holds_code_options_and_criteria_that_were_entered(tmp_path):
    workspace = make_workspace(tmp_path / "ws", {})
    cycle = workspace.cycle()
    option = {"option_id": "X1", "name": "Ours 自己的", "legal_route": "none"}
    write_sheets(cycle.inputs / "prepare" / "a.xlsx", {"assessors": ASSESSORS})
    write_sheets(cycle.inputs / "presence" / "p.xlsx", {"presence_options": [option]})
    sent = write_forms_to_send(cycle)
    names = {path.stem for path in sent.offices}
    assert names == {
        f"{kind}-{u}" for kind in ("mapping", "more") for u in ("hq", "ke", "zm", "kh")
    }
    path = next(p for p in sent.assessors if p.name == "questions-A02.xlsx")
    rows = list(load_workbook(path)["scores"].iter_rows(values_only=True))
    assert rows[1][1:3] == ("ⓘ Option", "ⓘ Criterion")
    assert len(rows) == 4 + len(reference("presence_criteria"))
    row = dict(zip(rows[1], rows[4], strict=True))
    assert row["ⓘ Option"] == "Ours 自己的"
    keys = ("Assessor code *", "Option code *", "Criterion code *")
    assert tuple(row[key] for key in keys) == ("A02", "X1", row["Criterion code *"])


def test_an_assessors_form_filled_in_reads_back(tmp_path):
    cycle = make_workspace(tmp_path / "ws", {}).cycle()
    write_sheets(cycle.inputs / "prepare" / "a.xlsx", {"assessors": ASSESSORS})
    source = cycle.root / "forms" / "presence.xlsx"
    source.parent.mkdir()
    create_workspace(tmp_path / "acme", "Acme", 2026)
    blank = tmp_path / "acme/2026/forms/presence.xlsx"
    (cycle.inputs / "presence").mkdir(exist_ok=True)
    (cycle.inputs / "presence" / "options.xlsx").write_bytes(blank.read_bytes())
    path = next(
        p
        for p in write_forms_to_send(cycle, minutes=600).assessors
        if p.name == "questions-A01.xlsx"
    )
    book = load_workbook(path)
    assert book["scores"]["B1"].value.startswith('=""&((COUNTA(G5)>0)+(COUNTA(G6)>0)+')
    fill_row(book["swing_weights"], "swing_weights", {"points": 80}, 5)
    fill_row(book["scores"], "scores", {"best": 7, "sure": "Fairly sure"}, 5)
    fill_row(book["signpost_ratings"], "signpost_ratings", {"if_coming": 8, "if_not": 2}, 5)
    none, answered = _fill_blocks(book["influences"])
    book.save(cycle.inputs / "presence" / "back.xlsx")
    tables = read_inputs(cycle)
    assert [p for p in tables.errors if "back" in p.file] == []
    seen = restrict(tables, DEFAULT_EDITIONS["core"])
    said = {
        "swing_weights": ["points"],
        "scores": ["low", "best", "high"],
        "signpost_ratings": ["if_coming", "if_not"],
    }
    found = {name: seen[name].dropna(subset=columns) for name, columns in said.items()}
    values = {name: found[name][["assessor_id", *said[name]]].values.tolist() for name in said}
    assert values == {
        "swing_weights": [["A01", 80]],
        "scores": [["A01", 5.5, 7.0, 8.5]],
        "signpost_ratings": [["A01", 8, 2]],
    }
    cells = seen["cross_impacts"].dropna(subset=["impact"])
    impacts = cells.set_index(["source_state", "target_state"])["impact"].to_dict()
    assert impacts == dict.fromkeys(none, 0) | answered


def _fill_blocks(sheet):
    """Write x over the first block, and numbers into the second; the cells of either."""
    first, second = [cell.row for cell in sheet["A"] if cell.value == "#block"][:2]
    sheet.cell(first, 4).value = "x"
    none, answered = [], {}
    for top in (first, second):
        codes = [cell.value for cell in sheet[top + 2][2:] if cell.value]
        for row in range(top + 3, sheet.max_row):
            source = sheet.cell(row, 1).value
            if not source:
                break
            for place, target in enumerate(codes, 3):
                if top == first:
                    none.append((source, target))
                else:
                    answered[source, target] = sheet.cell(row, place).value = place - 4
    return none, answered


def test_an_office_is_sent_what_it_knows_of_staff_and_memory_too(tmp_path):
    cycle = make_workspace(tmp_path / "ws", {}).cycle()
    sent = write_forms_to_send(cycle)
    book = load_workbook(next(p for p in sent.offices if p.stem == "more-ke"))
    assert {"knowledge_bank", "turnover", "secondments"} <= set(book.sheetnames)
    assert any("(ke)" in str(cell.value) for row in book.worksheets[0] for cell in row)


@pytest.mark.parametrize(
    ("language", "head", "topic"),
    [
        ("fr", "ⓘ En place signifie", "Mémoire de l'institution"),
        ("es", "ⓘ Establecido significa", "Memoria institucional"),
        ("zh", "ⓘ “已建立”是指", "机构记忆"),
    ],
)
def test_what_is_judged_stands_in_the_language_of_the_form(language, head, topic, tmp_path):
    form = next(form for form in blank_forms() if form.name == "prepare-assessor")
    path = write_blank_form(tmp_path / "f.xlsx", form, language, "Acme", 2026)
    sheet = load_workbook(path).worksheets[1]
    heads = [cell.value for cell in sheet[1]]
    assert head in heads
    titles = [row[heads.index(head) - 1] for row in sheet.iter_rows(values_only=True)]
    assert topic in titles and len(set(titles[3:])) == 48


def test_an_offices_form_begins_with_what_it_told_the_year_before(tmp_path):
    given = [activity("ke", "Talks that go on", "China House")]
    workspace = make_workspace(tmp_path / "ws", {"activities": given}, year=2025)
    (tmp_path / "ws" / "2026" / "inputs").mkdir(parents=True)
    now = workspace.cycle(2026)
    write_sheets(now.inputs / "prepare" / "u.xlsx", {"units": UNITS})
    sent = write_forms_to_send(now)
    sheet = load_workbook(next(p for p in sent.offices if p.stem == "mapping-ke"))["activities"]
    cells = {cell for row in sheet.iter_rows(values_only=True) for cell in row}
    assert "Talks that go on" in cells
    assert any("2025" in str(cell) for cell in cells)


def test_without_offices_there_is_nothing_to_send(tmp_path):
    created = create_workspace(tmp_path / "acme", "Acme", 2026)
    with pytest.raises(InputError, match=r"offices\.xlsx"):
        write_forms_to_send(open_workspace(created.root).cycle(2026))


def test_a_code_that_cannot_be_used_is_told_and_the_others_get_their_forms(tmp_path):
    units = [*UNITS, {**UNITS[1], "unit_id": "Côte d'Ivoire office", "name": "Abidjan"}]
    cycle = make_workspace(tmp_path / "ws", {"units": units}).cycle()
    people = [*ASSESSORS, {"assessor_id": "A 3", "unit_id": "ke"}]
    write_sheets(cycle.inputs / "prepare" / "a.xlsx", {"assessors": people})
    write_sheets(cycle.inputs / "mapping" / "back.xlsx", {"activities": [{"unit_id": "ke"}]})
    sent = write_forms_to_send(cycle)
    assert {path.stem for path in sent.offices if path.stem.startswith("mapping")} == {
        f"mapping-{unit['unit_id']}" for unit in UNITS
    }
    assert {path.stem for path in sent.assessors if path.stem.startswith("questions")} == {
        "questions-A01",
        "questions-A02",
    }
    assert [(p.file, p.row, p.found) for p in sent.problems] == [
        ("prepare/a.xlsx", 4, "A 3"),
        ("prepare/offices.xlsx", 6, "Côte d'Ivoire office"),
    ]


def _score(path, target, cells, option=""):
    """Save a form of an assessor with a score in `cells` rows that are asked (of one option)."""
    book = load_workbook(path)
    sheet = book["scores"]
    code = [cell.value for cell in sheet[2]].index("Option code *")
    rows = [row[0].row for row in sheet.iter_rows(min_row=5) if option in str(row[code].value)]
    for row in rows[:cells]:
        fill_row(sheet, "scores", {"best": 5}, row)
    book.save(target)


def test_answers_to_lists_that_nobody_saved_count_for_the_lists_in_their_forms(tmp_path):
    cycle = make_workspace(tmp_path / "ws", {}).cycle()
    write_sheets(cycle.inputs / "prepare" / "a.xlsx", {"assessors": ASSESSORS})
    path = next(
        p
        for p in write_forms_to_send(cycle, minutes=600).assessors
        if p.name == "questions-A01.xlsx"
    )
    (cycle.inputs / "presence").mkdir()
    _score(path, cycle.inputs / "presence" / "back.xlsx", 26)
    tables = read_inputs(cycle)
    assert [str(p) for p in tables.errors] == []
    told = next(p for p in tables.warnings if p.kind == "starting_list" and "presence" in p.message)
    assert "save forms/presence.xlsx in inputs/presence" in told.message
    for table, listed in (
        ("presence_options", "presence_options"),
        ("criteria", "presence_criteria"),
    ):
        assert len(tables[table]) == len(reference(listed))
    assert tables["scores"]["best"].notna().sum() == 26
    assert tables["descriptors"].empty, "blocks in which nothing stands ask for no list"


def test_a_form_of_an_older_list_is_told_only_where_somebody_judged(tmp_path):
    cycle = make_workspace(tmp_path / "ws", {}).cycle()
    write_sheets(cycle.inputs / "prepare" / "a.xlsx", {"assessors": ASSESSORS})
    path = next(
        p
        for p in write_forms_to_send(cycle, minutes=600).assessors
        if p.name == "questions-A01.xlsx"
    )
    option = {"option_id": "P1", "name": "Ours", "legal_route": "none"}
    write_sheets(
        cycle.inputs / "presence" / "presence.xlsx",
        {"presence_options": [option], "criteria": starting_rows(schemas()["criteria"])},
    )
    _score(path, cycle.inputs / "presence" / "back.xlsx", 2, "P0")
    tables = read_inputs(cycle)
    assert [p.found for p in tables.errors] == ["P0", "P0"]
    assert set(tables["scores"]["option_id"]) == {"P0", "P1"}
    lists = [p.message for p in tables.problems if p.kind == "starting_list"]
    assert not any("forms/presence.xlsx" in message for message in lists)


def test_an_optional_chapter_is_switched_on_with_its_forms(tmp_path):
    folder = create_workspace(tmp_path / "acme", "Acme", 2026).root
    assert not list(folder.rglob("partners*"))
    forms = add_chapter(open_workspace(folder), "partners")
    assert [path.name for path in forms] == ["partners.xlsx", "partners-office.xlsx"]
    space = open_workspace(folder)
    assert space.settings.optional == ("partners",)
    assert (space.cycle().inputs / "partners").is_dir()
    with pytest.raises(InputError, match="partners is used already"):
        add_chapter(space, "partners")
    with pytest.raises(InputError, match="no optional chapter 'money'; there are: partners"):
        add_chapter(space, "money")


def test_every_optional_chapter_is_one_of_the_registry():
    assert set(OPTIONAL_CHAPTERS) == {c.folder for c in CHAPTERS if c.is_optional}
