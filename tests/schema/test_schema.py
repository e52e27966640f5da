"""Schemas and code lists: complete, consistent, and the same in every place that uses them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from strategy_lib.core.audiences import LABELS
from strategy_lib.core.errors import StrategyError
from strategy_lib.schema.schema import LANGUAGES, code_list, schemas, table_schema

ROOT = Path(__file__).resolve().parents[2]
FRICTIONLESS_TYPES = {"string", "integer", "number", "boolean", "date", "list"}


@pytest.mark.parametrize("schema", schemas().values(), ids=lambda s: s.name)
def test_a_schema_is_whole(schema):
    assert schema.title() and schema.description()
    assert set(schema.primary_key) <= set(schema.names)
    assert {"handling", "not_for_mainland"} <= set(schema.names)
    assert len(set(schema.names)) == len(schema.names)
    for field in schema.fields:
        assert field.title() and field.description(), field.name
        assert field.type in FRICTIONLESS_TYPES
        assert field.visible_to in LABELS
        if field.codes:
            assert field.code_list is not None
            assert not field.example or field.example in field.code_list.values
        if field.refers_to:
            table, column = field.refers_to
            assert column in table_schema(table).names


@pytest.mark.parametrize("schema", schemas().values(), ids=lambda s: s.name)
def test_free_text_about_people_and_places_is_never_public(schema):
    for name in ("note", "owner_role", "answered_by_role", "decided_by_role"):
        if name in schema.names:
            assert schema[name].visible_to in ("internal", "restricted")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("schema", schemas().values(), ids=lambda s: s.name)
def test_headings_of_a_sheet_differ_in_every_language(schema, language):
    titles = [field.title(language).casefold() for field in schema.fields]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize(
    "path", sorted((ROOT / "data" / "codes").glob("*.json")), ids=lambda p: p.stem
)
def test_a_code_list_has_distinct_codes_and_labels(path):
    codes = code_list(path.stem)
    assert json.loads(path.read_text(encoding="utf-8"))["name"] == path.stem
    assert len(codes.values) == len(set(codes.values)) > 1
    for language in LANGUAGES:
        labels = [code.label(language).casefold() for code in codes.codes]
        assert len(set(labels)) == len(labels), language


def test_an_unknown_table_or_list_is_named():
    with pytest.raises(StrategyError, match=r"no table 'activity'; the tables are: .*activities"):
        table_schema("activity")
    with pytest.raises(StrategyError, match="no code list 'colours'"):
        code_list("colours")
