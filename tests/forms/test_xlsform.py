"""The XLSForm: accepted by pyxform, and named as our tables and fields are."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from pyxform.xls2xform import convert

from strategy_lib.cycles.create import survey_tables
from strategy_lib.forms.xlsform import write_xlsform


@pytest.fixture(scope="module")
def xform(tmp_path_factory):
    path = write_xlsform(tmp_path_factory.mktemp("x") / "f.xlsx", survey_tables())
    result = convert(str(path), validate=False)
    return result, ElementTree.fromstring(result.xform)


def test_pyxform_accepts_it_without_a_warning(xform):
    result, _ = xform
    assert result.warnings == []


def test_questions_and_repeats_have_the_names_of_fields_and_tables(xform):
    _, tree = xform
    binds = {e.get("nodeset") for e in tree.iter() if e.tag.endswith("}bind")}
    root = "/global_china_mapping"
    root = next(b for b in binds if b.endswith("/unit_id")).removesuffix("/unit_id")
    for table in survey_tables():
        for field in table.fields:
            if field.name not in ("unit_id", "activity_id"):
                assert f"{root}/{table.name}/{field.name}" in binds


def test_limits_of_the_schema_are_limits_of_the_form(xform):
    _, tree = xform
    limits = {
        e.get("nodeset").rsplit("/", 1)[1]: e.get("constraint")
        for e in tree.iter()
        if e.tag.endswith("}bind") and e.get("constraint")
    }
    assert limits["contact_strength"] == ". >= 0 and . <= 3"
