"""A card for each country, on rows that can be checked by hand."""

from __future__ import annotations

from strategy_lib.chapters.mapping.country_cards import PROMPTS, country_cards
from strategy_lib.editions.restrict import DEFAULT_EDITIONS, restrict
from strategy_lib.schema.frames import Tables, typed_frame
from strategy_lib.schema.schema import table_schema
from tests.workspaces import UNITS


def test_open_prompts_are_those_that_no_activity_speaks_to():
    tables = {
        "units": UNITS,
        "activities": [
            {
                "unit_id": "ke",
                "title": "Talks",
                "theme": "infrastructure_finance",
                "stance": "neutral",
                "country_code": "KE",
            }
        ],
        "country_strategies": [
            {"unit_id": "kh", "country_code": "KH", "china_section": "none", "read_inside": "no"}
        ],
    }
    frames = {name: typed_frame(table_schema(name), rows) for name, rows in tables.items()}
    cards = country_cards(restrict(Tables(frames), DEFAULT_EDITIONS["core"]))
    by_code = cards.set_index("country_code")
    assert by_code.loc["KE", "open_prompts"].split("; ") == list(PROMPTS[2:])
    assert by_code.loc["KE", "activities"] == 1 and by_code.loc["KH", "activities"] == 0
    assert by_code.loc["KH", "read_inside"] == "no"
