"""Cells as people write them become values, or say what is wrong; nothing is guessed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategy_lib.schema.codebook import codebook
from strategy_lib.schema.contacts import holds_contact
from strategy_lib.schema.levels import levels_of
from strategy_lib.schema.schema import LANGUAGES, code_list, schemas, table_schema
from strategy_lib.schema.text import UNCALCULATED, plain_text
from strategy_lib.schema.values import converter

FIELDS = [(table, item) for table, schema in schemas().items() for item in schema.fields]


def convert(table, name, cell, **more):
    return converter(table_schema(table)[name], **more)(cell)


def themes(cell):
    """Several themes in one cell."""
    return converter(replace(table_schema("activities")["theme"], type="list"))(cell)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2024-05-01", date(2024, 5, 1)),
        (date(2024, 5, 1), date(2024, 5, 1)),
        (datetime(2024, 5, 1, 13, 30), date(2024, 5, 1)),
        ("2024-05-01T10:00:00.000+03:00", date(2024, 5, 1)),
        ("2024-05-01 00:00:00", date(2024, 5, 1)),
        ("2024/5/1", date(2024, 5, 1)),
        ("20240501", date(2024, 5, 1)),
        (45413, date(2024, 5, 1)),
        (45413.75, date(2024, 5, 1)),
        ("45413", date(2024, 5, 1)),
        ("1.5.2024", date(2024, 5, 1)),
        ("01.02.2024", date(2024, 2, 1)),
        ("31/12/2023", date(2023, 12, 31)),
        ("12/31/2023", date(2023, 12, 31)),
        ("05/05/2024", date(2024, 5, 5)),
        ("31-12-2023", date(2023, 12, 31)),
        ("2024-05", date(2024, 5, 1)),
        ("05/2024", date(2024, 5, 1)),
        ("May 2024", date(2024, 5, 1)),
        ("1 May 2024", date(2024, 5, 1)),
        ("May 1st, 2024", date(2024, 5, 1)),
        ("1er août 2024", date(2024, 8, 1)),
        ("le 1 août 2024", date(2024, 8, 1)),
        ("el 1 de mayo de 2024", date(2024, 5, 1)),
        ("févr. 2024", date(2024, 2, 1)),
        ("1 de mayo de 2024", date(2024, 5, 1)),
        ("septiembre de 2024", date(2024, 9, 1)),
        ("2024年5月1日", date(2024, 5, 1)),
        ("2024 年 5 月", date(2024, 5, 1)),
        ("２０２４年５月１日", date(2024, 5, 1)),
    ],
)
def test_dates_as_people_write_them(cell, expected):
    assert convert("secondments", "start_date", cell).value == expected


@pytest.mark.parametrize(
    ("cell", "kind", "part"),
    [
        ("03/04/2024", "ambiguous_date", "2024-04-03 or 2024-03-04"),
        ("3-4-2024", "ambiguous_date", "2024-04-03 or 2024-03-04"),
        ("soon", "wrong_date", "write a date such as 2026-09-14"),
        ("1024", "wrong_date", "or 2026"),
        (2024.5, "wrong_date", 'found "2024.5"'),
        ("31.02.2024", "wrong_date", "there is no such day"),
        ("2024-13-01", "wrong_date", "write a date"),
        ("01.05.24", "wrong_date", "write a date"),
        (date(1850, 1, 1), "wrong_date", "1900 to 2199"),
        (-5.0, "wrong_date", "write a date"),
        (1e300, "wrong_date", "write a date"),
        (float("nan"), "wrong_date", "write a date"),
        (True, "wrong_date", "TRUE"),
        (time(12, 0), "wrong_date", "12:00"),
        (timedelta(days=3), "wrong_date", "3 days"),
        ("0/0/2024", "wrong_date", "write a date"),
        ("99/99/0000", "wrong_date", "write a date"),
    ],
)
def test_a_date_that_is_none_says_what_to_write(cell, kind, part):
    done = convert("secondments", "start_date", cell)
    assert done.value is None
    assert done.fault.kind == kind
    assert part in done.fault.message
    assert done.fault.allowed


@pytest.mark.parametrize("cell", [2019, 2019.0, "2019", "2019年", "２０１９"])
def test_a_year_alone_is_a_date_that_says_so(cell):
    start, end = (convert("secondments", f"{name}_date", cell) for name in ("start", "end"))
    assert (start.value, end.value) == (date(2019, 1, 1), date(2019, 12, 31))
    assert start.is_year and end.is_year and not start.fault
    assert not convert("secondments", "start_date", "2019-01").is_year


def test_a_month_alone_ends_with_its_last_day_where_something_ends():
    assert convert("secondments", "end_date", "2024-02").value == date(2024, 2, 29)
    assert convert("secondments", "start_date", "2024-02").value == date(2024, 2, 1)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (34, 34.0),
        ("34", 34.0),
        ("1 200,5", 1200.5),
        ("1\u00a0200,5", 1200.5),
        ("1\u202f200", 1200.0),
        ("1.200,5", 1200.5),
        ("1,200.5", 1200.5),
        ("1'200", 1200.0),
        ("1,200,300", 1200300.0),
        ("0,125", 0.125),
        ("0.125", 0.125),
        ("1,5", 1.5),
        ("1.5", 1.5),
        ("1200", 1200.0),
        ("３４", 34.0),
        ("1.2E+3", 1200.0),
    ],
)
def test_numbers_as_people_write_them(cell, expected):
    assert convert("coordination", "staff_fte", cell).value == expected


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("1,200", "ambiguous_number"),
        ("1.200", "ambiguous_number"),
        ("about 30", "wrong_number"),
        ("30%", "wrong_number"),
        ("1 20", "wrong_number"),
        ("12,34,5", "wrong_number"),
        (-1, "out_of_range"),
        (float("inf"), "wrong_number"),
        ("1e999", "wrong_number"),
        (True, "wrong_number"),
        ("", None),
        ("-", None),
        ("n/a", None),
    ],
)
def test_a_number_that_is_none_is_not_guessed(cell, kind):
    done = convert("coordination", "staff_fte", cell)
    assert done.value is None
    assert (done.fault.kind if done.fault else None) == kind


def test_whole_numbers_may_come_with_a_fraction_of_nothing():
    assert convert("activities", "contact_strength", 2.0).value == 2
    assert isinstance(convert("activities", "contact_strength", "2.0").value, int)
    wrong = convert("activities", "contact_strength", 2.5).fault
    assert (wrong.kind, wrong.allowed) == ("wrong_number", "a whole number from 0 to 3")
    assert convert("activities", "contact_strength", 7).fault.kind == "out_of_range"


@pytest.mark.parametrize(
    ("cell", "level"),
    [
        ("2 Begun", 2),
        ("2 - Begun", 2),
        ("2: begun", 2),
        ("2) Begun", 2),
        ("2 begun, depends on one person or place", 2),
        ("Begun", 2),
        ("Not begun", 0),
        ("3 En place", 3),
        ("habitual", 4),
        ("２ 已着手", 2),
        ("已着手", 2),
    ],
)
def test_a_level_with_its_own_label_or_by_its_label_alone(cell, level):
    assert convert("readiness", "level", cell).value == level


def test_every_level_is_understood_as_the_workshop_and_the_forms_name_it():
    for code in code_list("readiness_level").codes:
        for label in code.labels.values():
            alone = label.removeprefix(f"{code.code} ")
            assert convert("readiness", "level", label).value == int(code.code)
            assert convert("readiness", "level", alone).value == int(code.code)
    for table, item in FIELDS:
        if item.unit in ("0 to 3", "0 to 4", "-3 to 3"):
            names = [levels_of(item, language).names for language in LANGUAGES]
            assert all(found.keys() == names[0].keys() for found in names), (table, item.name)
            for level, name in (pair for found in names for pair in found.items()):
                assert converter(item)(f"{level} {name}").value == level, (table, item.name)


def test_which_fields_have_levels_with_labels():
    whole = [(table, item) for table, item in FIELDS if item.type == "integer"]
    named = {f"{table}.{item.name}" for table, item in whole if levels_of(item).keys}
    named = {name for name in named if not name.endswith(".round")}
    assert named == {
        "activities.contact_strength",
        "capacities.level",
        "readiness.level",
        "readiness.importance",
        "cross_impacts.impact",
        "case_routes.reversibility",
        "harm_ratings.scale",
        "harm_ratings.scope",
        "harm_ratings.irremediability",
        "harm_ratings.likelihood",
        "route_ratings.best",
        "silence_ratings.severity",
    }


def test_a_sign_belongs_to_the_number():
    assert convert("cross_impacts", "impact", "-2 against").value == -2
    assert convert("cross_impacts", "impact", "\u22122 against").value == -2
    assert convert("cross_impacts", "impact", "+2 for").value == 2
    assert convert("cross_impacts", "impact", "2 against").fault.kind == "ambiguous_number"


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("2 Routine", '2 is "begun", 4 is "routine": write the number alone'),
        ("4 - 已着手", '4 is "routine", 2 is "begun": write the number alone'),
        ("7 Routine", '7 is no level, 4 is "routine": write the number alone'),
    ],
)
def test_a_level_whose_label_is_another_ones_says_both(cell, said):
    fault = convert("readiness", "level", cell).fault
    assert fault.message == f'found "{cell}"; {said}'
    assert fault.allowed == "a whole number from 0 to 4"


def test_levels_are_named_in_the_language_of_the_forms():
    fault = convert("readiness", "level", "2 Routine", language="fr").fault
    assert '2 is "commencé", 4 is "habituel"' in fault.message


@pytest.mark.parametrize(
    "cell", ["2 Done", "2 Beg", "Begin", "2.5 Begun", "2-3 Begun", "2, 3 Begun", "2 -", "Level 2"]
)
def test_what_only_looks_like_a_level_is_not_guessed(cell):
    fault = convert("readiness", "level", cell).fault
    assert (fault.kind, fault.allowed) == ("wrong_number", "a whole number from 0 to 4")


def test_a_label_that_means_two_levels_counts_only_with_its_number():
    item = replace(
        table_schema("readiness")["level"],
        descriptions={"en": "0 none, 4 full", "fr": "0 full, 4 none"},
    )
    assert converter(item)("full").fault.kind == "wrong_number"
    assert converter(item)("4 full").value == 4 and converter(item)("0 full").value == 0


def test_a_count_has_no_labels():
    assert (
        convert("activities", "contact_people", "1 means that it hangs on one person").value is None
    )


@pytest.mark.parametrize("cell", ["yes", "Y", "OUI", "Sí", "si", "是", "有", 1, 1.0, True, "TRUE"])
def test_yes_in_every_language(cell):
    assert convert("activities", "is_known_to_centre", cell).value is True


@pytest.mark.parametrize("cell", ["no", "Non", "否", "无", 0, 0.0, False, "false", "ＮＯ"])
def test_no_in_every_language(cell):
    assert convert("activities", "is_known_to_centre", cell).value is False


def test_every_code_and_label_of_every_list_is_understood_and_means_itself():
    for table, item in FIELDS:
        for code in item.code_list.codes if item.code_list else ():
            for language, label in code.labels.items():
                done = converter(item, language)(f" {label.upper()} ")
                value = done.value[0] if item.type == "list" else done.value
                assert value == code.code, (table, item.name, language, label)
            assert converter(item)(code.code).value in (code.code, (code.code,))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ke", "KE"),
        ("KENYA", "KE"),
        ("Kenia", "KE"),
        ("肯尼亚", "KE"),
        ("Cote d'Ivoire", "CI"),
        ("Hong Kong", "HK"),
        ("香港", "HK"),
        ("中国", "CN"),
        ("Chine", "CN"),
        ("Macau", "MO"),
        ("Burma", "MM"),
        ("Trinidad and Tobago", "TT"),
        ("DR Congo", "CD"),
        ("UK", "GB"),
        ("NA", "NA"),
    ],
)
def test_countries_by_code_and_by_name(text, code):
    assert convert("activities", "country_code", text).value == code


def test_a_country_by_the_name_that_the_organisation_uses_and_by_its_three_letters(monkeypatch):
    own = {"TW": "Taiwan office area"}
    assert (
        convert("activities", "country_code", "taiwan office area", place_names=own).value == "TW"
    )
    monkeypatch.setattr("strategy_lib.schema.codebook._iso3_rows", lambda: (("KEN", "KE"),))
    codebook.cache_clear()
    assert convert("activities", "country_code", "ken").value == "KE"
    codebook.cache_clear()


@pytest.mark.parametrize(
    ("text", "code"),
    [("Deutschland", "DE"), ("България", "BG"), ("日本国", None), ("ኢትዮጵያ", "ET"), ("Kongo", None)],
)
def test_a_country_may_be_named_in_its_own_language(text, code):
    assert convert("activities", "country_code", text).value == code


def test_a_name_that_is_only_somewhat_alike_is_not_proposed():
    fault = convert("activities", "country_code", "Atlantis").fault
    assert fault.nearest == ""
    assert convert("activities", "country_code", "Alemagne").fault.nearest == "Germany (DE)"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("French", ("fr",)),
        ("anglais ; français", ("en", "fr")),
        ("法语、英语", ("fr", "en")),
        ("Kiswahili, English (UK)", ("sw", "en")),
        ("zh-Hans; pt_BR", ("zh", "pt")),
        ("en fr", ("en", "fr")),
        ("Mandarin", ("zh",)),
    ],
)
def test_languages_by_code_and_by_name_in_any_of_them(text, codes):
    assert convert("units", "languages", text).value == codes


def test_a_language_that_is_not_known_is_told_with_the_nearest():
    fault = convert("units", "languages", "English; Frensh").fault
    assert (fault.found, fault.nearest) == ("Frensh", "French (fr)")


def test_no_country_name_means_two_countries():
    for code in code_list("country").codes:
        for label in code.labels.values():
            assert codebook("country", "en").find(label) == code.code, label


def test_an_unknown_code_says_what_is_allowed_and_what_is_nearest():
    fault = convert("activities", "stance", "critcal").fault
    assert fault.message == 'found "critcal"; use one of Constructive; Critical; Neutral'
    assert (fault.kind, fault.found, fault.nearest) == ("unknown_code", "critcal", "Critical")
    country = convert("activities", "country_code", "Kenxa").fault
    assert country.nearest == "Kenya (KE)"
    assert country.allowed == "a two-letter code (ISO 3166-1) or a country's name"
    assert len(convert("activities", "stance", "x" * 5000).fault.found) <= 60


def test_what_is_allowed_is_said_as_the_lists_of_the_organisations_forms_show_it():
    fault = convert("actions", "status", "fini", language="fr").fault
    assert fault.allowed == (
        "Prévu (planned); En cours (under_way); Fait (done); En retard (late); Abandonné (dropped)"
    )
    assert convert("activities", "country_code", "Kenxa", language="zh").fault.nearest == (
        "肯尼亚 (KE)"
    )
    grades = codebook("evidence_grade", "en").allowed
    assert grades.startswith("A: first-hand; B: two or more")
    named = codebook("sign_off_answer", "en").allowed
    assert named == "Agreed; Agreed on a condition (agreed_if); Not agreed"


def test_of_many_allowed_values_the_first_are_shown_and_the_others_counted():
    shown, more = codebook("theme", "fr").allowed.rsplit("; and ", 1)
    assert len(shown) <= 320
    assert more == f"{len(code_list('theme').codes) - len(shown.split('; '))} more of the list"
    fault = themes("cooking").fault
    assert fault.allowed == codebook("theme", "en").allowed


def test_what_a_message_shows_as_allowed_can_be_written_so():
    for item in {item.codes: item for _, item in FIELDS if item.codes}.values():
        for language in LANGUAGES:
            for code, text in codebook(item.codes, language).shown.items():
                done = converter(item, language)(text)
                assert done.value in (code, (code,)), (item.codes, text)


@pytest.mark.parametrize("cell", ["Critical (neutral)", "Critic (critical)", "Critical (x)"])
def test_a_code_in_brackets_that_is_not_the_labels_own_is_refused(cell):
    assert convert("activities", "stance", cell).fault.kind == "unknown_code"


@pytest.mark.parametrize(
    "cell",
    [
        "labour_rights;business_conduct",
        "Labour rights; Business conduct",
        "labour_rights business_conduct",
        "Labour rights Business conduct",
        "Droits au travail; Business conduct",
        "劳工权利；企业行为",
        "labour_rights, business_conduct, labour_rights",
        "Labour rights\nBusiness conduct",
    ],
)
def test_lists_of_codes_however_they_are_separated(cell):
    assert themes(cell).value == (
        "labour_rights",
        "business_conduct",
    )


def test_one_unknown_code_in_a_list_is_named():
    fault = themes("labour_rights; labor_right").fault
    assert fault.found == "labor_right"
    assert fault.nearest == "Labour rights"


def test_a_free_list_is_split_at_semicolons_only():
    assert convert("counterparts", "aliases", "CRBC; Road, Bridge & Co；路桥").value == (
        "CRBC",
        "Road, Bridge & Co",
        "路桥",
    )


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!", "#NAME?", "Err:502", UNCALCULATED])
@pytest.mark.parametrize("name", ["title", "theme", "end_date", "contact_strength"])
def test_errors_of_formulas_are_named_as_such(error, name):
    done = convert("activities", name, error)
    assert done.value is None
    assert done.fault.kind == "formula_error"


def test_text_is_cleaned_and_what_belongs_to_it_stays():
    assert plain_text("  A\u00a0b\x00\x1f c\u200b\u202e ") == "A b c"
    assert plain_text("Zoe\u0308") == "Zoë"
    assert plain_text("（路桥）ＡＢＣ") == "（路桥）ＡＢＣ"
    assert plain_text("line\r\nline") == "line\nline"
    assert plain_text("\ud83d") == "\ufffd"
    assert convert("activities", "title", 12.0).value == "12"
    assert convert("activities", "title", date(2024, 5, 1)).value == "2024-05-01"
    assert convert("activities", "title", "=HYPERLINK(1)").value == "=HYPERLINK(1)"


def test_a_text_of_endless_length_is_refused():
    fault = convert("actions", "note", "长" * 20_001).fault
    assert fault.kind == "too_long"
    assert "20,000" in fault.message
    assert len(fault.found) <= 60


@pytest.mark.parametrize(
    "text",
    [
        "ask maria.x@example.org",
        "call +254 700 000 000",
        "tel. 0700 123 456",
        "电话：13800138000",
        "whatsapp 254700000000",
    ],
)
def test_contact_data_is_warned_of_and_never_repeated(text):
    done = convert("actions", "note", text)
    assert done.value == text
    assert (done.fault.kind, done.fault.severity) == ("personal_data", "warning")
    assert text not in done.fault.message and not done.fault.found


@pytest.mark.parametrize(
    "text",
    ["2019-2024", "phase 2, 2024-05-01 to 2025-06-30", "12 000 000 USD", "G20 @ Osaka", "K3 2,500"],
)
def test_years_and_amounts_are_no_telephone_numbers(text):
    assert not holds_contact(text)


def test_office_codes_hold_no_spaces_and_lose_their_width():
    assert convert("units", "unit_id", "ＫＥ－1").value == "KE-1"
    assert convert("units", "unit_id", "Kenya office").fault.kind == "wrong_format"


anything = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="0123456789.,-/ :年月日TZ+eE'", max_size=24),
    st.floats(),
    st.integers(-(10**20), 10**20),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.none(),
)


@settings(deadline=None, derandomize=True, max_examples=400)
@given(cell=anything, number=st.integers(0, len(FIELDS) - 1))
def test_any_cell_becomes_a_value_or_a_fault(cell, number):
    item = FIELDS[number][1]
    done = converter(item)(cell)
    if done.fault is not None and done.fault.severity == "error":
        assert done.value is None
        assert done.fault.message and len(done.fault.found) <= 60
    if done.value is not None and item.type == "date":
        assert date(1900, 1, 1) <= done.value <= date(2199, 12, 31)
    if isinstance(done.value, str):
        assert done.value == done.value.strip() and done.value
        done.value.encode("utf-8")
