"""Reference data: complete, typed, sourced, dated, and small enough to carry."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from strategy_lib.chapters.registry import CHAPTERS
from strategy_lib.core.errors import InputError
from strategy_lib.schema.reference import (
    land_outline,
    places,
    reference,
    reference_names,
    reference_source,
)
from strategy_lib.schema.schema import code_list

FOLDER = Path(__file__).resolve().parents[2] / "data" / "reference"
FACTS = ("recommendations", "actors", "policies", "cases", "resources", "stale_facts")


@pytest.mark.parametrize("name", reference_names())
def test_a_table_has_the_columns_key_and_source_that_it_says(name):
    about = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    frame = reference(name)
    assert [field["name"] for field in about["fields"]] == list(frame.columns)
    assert not frame.duplicated(about["primaryKey"]).any()
    assert all(field["description"] for field in about["fields"])
    source = reference_source(name)
    assert source.licence and source.attribution and source.as_of


@pytest.mark.parametrize("name", FACTS)
def test_every_fact_has_its_source_and_year(name):
    frame = reference(name)
    assert frame["source"].notna().all()
    assert frame["as_of"].str.fullmatch(r"20\d\d").all()
    if "as_of_check" in frame:
        assert set(frame["as_of_check"].dropna()) <= {"not_before"}


@pytest.mark.parametrize("name", ["policies", "actors", "cases"])
def test_a_fact_of_the_undated_article_is_not_before_its_latest_event(name):
    frame = reference(name)
    undated = frame["source"].str.startswith("Article on state-owned enterprises")
    undated &= ~frame["source"].str.contains("CCCME", regex=False)
    assert undated.any()
    assert set(frame.loc[undated, "as_of_check"]) == {"not_before"}
    assert frame.loc[~undated, "as_of_check"].isna().all()


def test_a_year_or_kind_that_no_document_gives_is_empty_or_marked():
    """D: what was carried over beyond its document."""
    policies = reference("policies").set_index("policy_id")
    unknown = [
        "100_enterprises_and_1_000_villages_theme",
        "conflict_prevention_tool_chinese_version",
        "social_credit_system_incl_corporate_part",
        "preparing_civil_society_for_the_fourth_industrial_revolution",
    ]
    assert policies.loc[unknown, "year"].isna().all()
    marked = [
        "made_in_china_2025",
        "overseas_ngo_management_law",
        "work_plan_on_quality_of_listed_central_soe_companies",
    ]
    assert set(policies.loc[marked, "year_check"]) == {"confirm"}
    assert policies.loc["made_in_china_2025", "year"] != 2025
    assert policies["name"].str.contains("SASAC|State-owned Enterprises").sum() == 1
    options = reference("presence_options").set_index("option_id")["source"]
    assert options[["P0", "P6", "P8", "P9", "P10"]].str.startswith("Own list, 2026").all()
    law = reference("presence_legal_conditions").set_index("condition_id")["source"]
    assert law[["ro-funds", "ta-funds"]].str.contains("recommendation 5").all()


def test_a_platform_stands_apart_from_the_company_that_owns_it():
    actors = reference("actors").set_index("name")
    for platform, owner in (
        ("Tencent Charity", "Tencent"),
        ("Ant Love", "Alibaba Group"),
        ("Alibaba Philanthropy", "Alibaba Group"),
    ):
        assert actors.loc[platform, "parent"] == owner
        assert actors.loc[platform, "chinese_name_status"] == "source"
        assert pd.isna(actors.loc[owner, "chinese_name"])
    assert set(actors["parent"].dropna()) <= set(actors.index)


def test_what_the_ones_who_did_it_tell_is_called_so():
    cases = reference("cases").set_index("case_id")
    own = ["case_06", "case_37", "case_38", "case_39", "case_40", "case_55"]
    assert set(cases.loc[own, "claim_status"]) == {"self_reported"}


@pytest.mark.parametrize("name", reference_names())
def test_nothing_in_it_is_personal_or_of_this_machine(name):
    text = (FOLDER / f"{name}.csv").read_text(encoding="utf-8")
    assert not re.search(r"[\w.]+@[\w.]+\.\w+", text)
    assert "/work" not in text and "http://" not in text
    for person in ("Ruggie", "Wang Zhenyao", "Kang Xiaoguang", "Hasina"):
        assert person not in text


def test_every_country_that_can_be_entered_has_a_place_on_the_map():
    frame = places()
    assert set(frame["country_code"]) == set(code_list("country").values)
    assert frame["latitude"].between(-90, 90).all() and frame["longitude"].between(-180, 180).all()


def test_the_guides_recommendations_are_all_there_once():
    frame = reference("recommendations")
    whole = frame[frame["parent_id"].isna()]["recommendation_id"]
    assert set(whole) == {str(n) for n in range(1, 49)}
    parts = frame[frame["parent_id"].notna()]
    assert len(parts) == 19
    assert set(parts["parent_id"]) <= set(whole)
    assert all(c.split(".")[0] == p for c, p in zip(parts["recommendation_id"], parts["parent_id"]))  # noqa: B905


def test_chapter_01_takes_up_what_it_says():
    frame = reference("recommendations")
    number = next(c.number for c in CHAPTERS if c.name == "01_internal_mapping")
    taken = frame[frame["chapters"].str.split(";").map(lambda chapters: number in chapters)]
    assert {"1", "2", "3", "17", "21", "22"} <= set(taken["recommendation_id"])


def test_codes_are_known():
    assert set(reference("actors")["type"]) <= set(code_list("counterpart_type").values)
    known = set(code_list("country").values)
    for name in ("context_finance", "context_un_votes", "countries"):
        assert set(reference(name)["country_code"]) <= known
    assert set(reference("cases")["claim_status"]) == {"self_reported", "reported_by_source"}


def test_an_unknown_amount_is_missing_and_never_zero():
    finance = reference("context_finance")
    assert finance["amount_usd_2021"].isna().any()
    assert not (finance["amount_usd_2021"] == 0).any()
    # Namibia's code is NA.
    assert "NA" in set(finance["country_code"])


def test_a_chinese_name_that_no_source_gives_is_marked():
    actors = reference("actors")
    named = actors[actors["chinese_name"].notna()]
    assert set(named["chinese_name_status"]) == {"source", "verify"}


def test_the_readme_lists_every_table():
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(\w+)` ", text, re.MULTILINE)) == set(reference_names())


def test_an_unknown_table_is_named_with_the_nearest():
    with pytest.raises(InputError, match="did you mean actors"):
        reference("actor")


def test_a_reference_table_cannot_be_changed_for_others():
    frame = reference("actors")
    frame["name"] = "changed"
    assert "changed" not in set(reference("actors")["name"])


def test_land_lies_on_the_map_and_does_not_cross_its_seam():
    rings = land_outline()
    assert len(rings) > 100
    for ring in rings:
        assert all(-180 <= x <= 180 for x, _ in ring)
        assert max(y for _, y in ring) > -60
        assert max(abs(a[0] - b[0]) for a, b in pairwise(ring)) < 180
    assert (FOLDER / "land_outline.json").stat().st_size < 80_000


def test_places_have_names_points_and_the_organisations_own_names():
    frame = places({"CZ": "Czech Republic"}, "fr").set_index("country_code")
    assert frame.loc["CZ", "name"] == "Czech Republic"
    assert frame.loc["DE", "name"] == "Allemagne"
    assert {"HK", "MO", "SG", "TW"} <= set(frame.index)
    fiji = frame.loc["FJ"]
    assert (round(fiji["latitude"]), round(fiji["longitude"])) == (-18, 178)
    assert frame["latitude"].dropna().between(-90, 90).all()
    assert pd.api.types.is_numeric_dtype(frame["longitude"])


def test_sources_are_named_so_that_a_reader_knows_them():
    """No number of a file that only those who made the workbook have."""
    texts = {path.name: path.read_text("utf-8") for path in FOLDER.iterdir() if path.is_file()}
    assert not [name for name, text in texts.items() if re.search(r"[Dd]ocument 00\d", text)]
