"""Every number of the documents: it stands in a row that shows it, or is left out for a reason."""

from __future__ import annotations

import json
import re

import pandas as pd
import pytest

from strategy_lib.core.resources import resource
from strategy_lib.schema.reference import reference, reference_names

WORDS = {1: "first", 2: "two", 3: "three|third", 4: "four", 5: "five", 6: "six"}
FIGURES = reference("figures")


def _row(place):
    table, _, key = place.partition(":")
    assert table in reference_names(), table
    if not key:
        return ""
    about = json.loads(resource("data", "reference", f"{table}.json").read_text("utf-8"))
    frame = reference(table)
    found = frame[frame[about["primaryKey"][0]] == key]
    assert len(found) == 1, place
    return " ".join(str(v) for v in found.iloc[0] if not pd.isna(v))


def _shows(text, figure):
    plain = re.sub(r"(?<=\d),(?=\d{3})", "", text).replace("1.59 million", "1590000")
    number = f"{figure:g}" if figure < 1e6 else f"{figure:.0f}"
    words = rf"|\b(?:{WORDS[figure]})\b" if figure in WORDS else ""
    return re.search(rf"(?<!\d){number}(?:\.0)?(?!\d){words}", plain, re.IGNORECASE)


def test_all_eighty_three_are_there_and_each_is_in_one_of_two_states():
    assert len(FIGURES) == 83
    assert (FIGURES["stands_in"].notna() != FIGURES["left_out"].notna()).all()
    assert set(FIGURES["claim_status"]) == {"self_reported", "reported_by_source", "counted_by_us"}


@pytest.mark.parametrize("place", sorted(set(FIGURES["stands_in"].dropna())))
def test_a_figure_stands_in_the_row_that_is_named(place):
    text = _row(place)
    for figure in FIGURES.loc[FIGURES["stands_in"] == place, "figure"] if text else ():
        assert _shows(text, float(figure)), (figure, text)


def test_what_a_company_or_its_chamber_says_of_itself_is_graded_so():
    told = FIGURES["source"].str.startswith("CCCME's cases")
    own = FIGURES["stands_in"].fillna("").str.startswith("company_claims")
    claims = FIGURES[told & own & (FIGURES["unit"] != "year")]
    assert len(claims) > 15 and set(claims["claim_status"]) == {"self_reported"}
    assert set(reference("company_claims")["evidence"]) == {"self_reported"}
