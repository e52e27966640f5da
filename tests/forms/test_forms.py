"""Blank forms as an office meets them: lists, checks, a frozen header, an example, no formula."""

from __future__ import annotations

from math import ceil
from pathlib import Path

import openpyxl
import pytest

from strategy_lib.cycles.create import blank_forms, survey_tables, write_blank_form
from strategy_lib.forms.folding import asked_fields, folded_fields, is_folded
from strategy_lib.forms.sizes import letters
from strategy_lib.forms.workbook import write_form
from strategy_lib.inputs.layout.headings import table_named
from strategy_lib.inputs.matrix.reading import is_matrix_sheet
from strategy_lib.schema.form_texts import form_texts
from strategy_lib.schema.schema import LANGUAGES, code_list, schemas
from tools.build_forms import build
from tools.data_dictionary import data_dictionary

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module", params=LANGUAGES)
def form(request, tmp_path_factory):
    path = tmp_path_factory.mktemp("forms") / "form.xlsx"
    units = {"ke": "Kenya office", "cn": "北京项目"}
    write_form(path, survey_tables(), request.param, "=Acme()", 2026, unit_id="ke", units=units)
    return request.param, openpyxl.load_workbook(path)


def test_one_sheet_a_table_between_read_me_and_codes(form):
    language, book = form
    texts = form_texts(language)
    names = [table.sheet(language) for table in survey_tables()]
    assert book.sheetnames == [texts["read_me"], *names, texts["codes"]]


def test_headings_help_and_example_stand_where_they_are_expected(form):
    language, book = form
    for table in survey_tables():
        sheet = book[table.sheet(language)]
        assert sheet.freeze_panes == "B2"
        assert [sheet.cell(row, 1).value for row in (1, 2, 3)] == [
            "#",
            form_texts(language)["help"],
            form_texts(language)["example"],
        ]
        filled_in = {"unit_id"} & set(table.names)
        fields = (*asked_fields(table, filled_in), *folded_fields(table, filled_in))
        assert {field.name for field in fields} == set(table.names)
        for column, field in enumerate(fields, 2):
            assert sheet.cell(1, column).value.removesuffix(" *") == field.title(language)
            assert sheet.cell(1, column).value.endswith(" *") == field.required
            assert field.description(language) in sheet.cell(2, column).value


@pytest.mark.parametrize("language", LANGUAGES)
def test_sheets_are_named_in_the_language_of_the_form_and_known_by_that_name(tmp_path, language):
    for form in blank_forms():
        path = write_blank_form(tmp_path / f"{form.name}.xlsx", form, language, "Acme", 2026)
        book = openpyxl.load_workbook(path)
        for name, sheet in zip(book.sheetnames[1:-1], book.worksheets[1:-1], strict=True):
            if not is_matrix_sheet(list(sheet.iter_rows(max_row=6, values_only=True))):
                assert table_named(name) in form.tables
        cells = [cell for row in book.worksheets[0] for cell in row if cell.hyperlink]
        links = [cell.hyperlink.location for cell in cells]
        assert {link.rpartition("!")[0].strip("'").replace("''", "'") for link in links} == set(
            book.sheetnames[1:-1]
        )
    assert schemas()["activities"].sheet("zh") == "活动"


@pytest.mark.parametrize(
    ("language", "first", "last"),
    [
        ("en", ["Afghanistan", "Åland Islands", "Albania"], "Zimbabwe"),
        ("fr", ["Afghanistan", "Afrique du Sud", "Albanie"], "Zimbabwe"),
        ("es", ["Afganistán", "Albania", "Alemania"], "Zimbabue"),
        ("zh", ["阿尔巴尼亚", "阿尔及利亚", "阿富汗"], "中国香港特别行政区"),
    ],
)
def test_countries_are_listed_by_their_names_in_the_language_of_the_form(language, first, last):
    labels = [code.label(language) for code in code_list("country").listed(language)]
    assert (labels[:3], labels[-1]) == (first, last)


def test_a_form_lists_countries_in_that_order(form):
    language, book = form
    codes = book[form_texts(language)["codes"]]
    (column,) = [c for c in codes.iter_cols(values_only=True) if c[0] == "country"]
    names = [code.label(language) for code in code_list("country").listed(language)]
    assert [name for name in column[1:] if name] == names


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_coordinators_forms_name_the_folder_that_is_there(tmp_path, language):
    for form in blank_forms():
        if not form.is_sent_out:
            path = write_blank_form(tmp_path / f"{form.name}.xlsx", form, language, "Acme", 2026)
            said = [
                cell.value for row in openpyxl.load_workbook(path).worksheets[0] for cell in row
            ]
            (line,) = [text for text in said if isinstance(text, str) and "inputs/" in text]
            assert f"inputs/{schemas()[form.tables[0]].area}/" in line


def test_codes_dates_and_numbers_are_validated_from_the_first_row(form):
    language, book = form
    sheet = book[schemas()["activities"].sheet(language)]
    rules = {str(v.sqref).split(":")[0][:-1]: v for v in sheet.data_validations.dataValidation}
    names = {f.title(language): f.name for f in schemas()["activities"].fields}
    letters = {names[cell.value.removesuffix(" *")]: cell.column_letter for cell in sheet[1][1:-1]}
    assert rules[letters["theme"]].type == "list"
    assert rules[letters["end_date"]].type == "date"
    strength = rules[letters["contact_strength"]]
    assert (strength.type, strength.formula1, strength.formula2) == ("whole", "0", "3")
    assert all(str(v.sqref).split(":")[0].endswith("4") for v in rules.values())
    codes = book[form_texts(language)["codes"]]
    listed = rules[letters["unit_id"]].formula1
    assert "$2:" in listed and {"ke", "cn"} <= {cell.value for row in codes for cell in row}


def test_the_office_is_filled_in_and_nothing_is_a_formula(form):
    language, book = form
    sheet = book.worksheets[1]
    heads = [str(cell.value).removesuffix(" *") for cell in sheet[1]]
    assert (
        sheet.cell(4, heads.index(schemas()["returns"]["unit_id"].title(language)) + 1).value
        == "ke"
    )
    cells = [cell for sheet in book for row in sheet for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert book.properties.creator == "=Acme()"


def test_what_is_filled_in_or_for_later_is_one_click_away(form):
    language, book = form
    for table in survey_tables():
        sheet = book[table.sheet(language)]
        titles = {f.title(language): f for f in table.fields}
        # openpyxl keeps neighbours of one look together.
        folded = {
            number: held.hidden and held.outlineLevel == 1
            for held in sheet.column_dimensions.values()
            for number in range(held.min, held.max + 1)
        }
        for cell in sheet[1][1:]:
            field = titles.get(str(cell.value).removesuffix(" *"))
            if field is not None:
                assert folded[cell.column] == is_folded(table, field, {"unit_id"}), cell.value


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_that_is_sent_says_how_long_it_takes(language, tmp_path):
    for form in blank_forms():
        path = write_blank_form(tmp_path / "f.xlsx", form, language, "Acme", 2026)
        cells = [cell.value for row in openpyxl.load_workbook(path).worksheets[0] for cell in row]
        before, _, after = form_texts(language)["about_minutes"].partition("{minutes}")
        said = [x for x in cells if isinstance(x, str) and x.startswith(before) and after in x]
        assert len(said) == (1 if form.is_sent_out else 0), form.name


def test_generated_files_are_those_that_the_schemas_give(tmp_path):
    made = build(tmp_path / "forms", tmp_path / "README.md")
    kept = {p.name: p for p in (ROOT / "templates" / "forms").glob("*.xlsx")}
    assert set(kept) == {p.name for p in made if p.suffix == ".xlsx"}
    stale = [p.name for p in made[:-1] if p.read_bytes() != kept[p.name].read_bytes()]
    assert not stale, "run tools/build_forms.py"
    assert (ROOT / "data" / "README.md").read_text(encoding="utf-8") == data_dictionary()


def test_the_dictionary_names_every_column():
    text = data_dictionary()
    for schema in schemas().values():
        section = text.split(f"### {schema.name}\n")[1].split("\n### ")[0]
        for field in schema.fields:
            assert f"| {field.name}" in section


def filled(name, language, tmp_path):
    form = next(form for form in blank_forms() if form.name == name)
    return openpyxl.load_workbook(
        write_blank_form(tmp_path / "f.xlsx", form, language, "Acme", 2026)
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("prepare-assessor", "judging_steps"),
        ("presence-assessor", "judging_sure"),
        ("speaking_out-assessor", "judging_range"),
        ("decisions-assessor", None),
    ],
)
def test_a_form_explains_what_it_asks_for_and_nothing_else(name, said, language, tmp_path):
    book, texts = filled(name, language, tmp_path), form_texts(language)
    lines = {cell.value for row in book.worksheets[0] for cell in row}
    keys = ("judging_steps", "judging_range", "judging_sure")
    both = {key for key in keys if texts[key] in lines}
    assert both == ({said} if said else set())


@pytest.mark.parametrize("language", LANGUAGES)
def test_rows_are_high_enough_for_what_stands_in_them(language, tmp_path):
    """At 13 points a line, with as many letters on a line as the column is wide."""
    sheet = filled("prepare-assessor", language, tmp_path).worksheets[1]
    widths = {
        number: held.width
        for held in sheet.column_dimensions.values()
        for number in range(held.min, held.max + 1)
    }
    for row in (2, *range(4, 52)):
        for cell in sheet[row]:
            needed = ceil(letters(str(cell.value or "")) / widths[cell.column])
            assert sheet.row_dimensions[row].height >= 13 * needed, cell.coordinate


def test_the_example_is_one_of_the_rows_that_are_asked(tmp_path):
    sheet = filled("prepare-assessor", "en", tmp_path)["readiness"]
    column = [cell.value for cell in sheet[1]].index("Recommendation *")
    values = [row[column] for row in sheet.iter_rows(min_row=3, values_only=True)]
    assert values[0] in values[1:]


def test_every_unit_has_a_word_in_every_language():
    units = {field.unit for schema in schemas().values() for field in schema.fields if field.unit}
    for language in set(LANGUAGES) - {"en"}:
        assert units - {"%"} <= set(form_texts(language)["units"])
