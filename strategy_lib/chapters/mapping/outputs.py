"""What chapter 01 shows and saves: tables and figures by name, columns that point to people."""

from __future__ import annotations

from strategy_lib.chapters.result import Output, Outputs
from strategy_lib.editions.contracts import TEXT, Saved, coded
from strategy_lib.editions.people import Declared, Points

# None is about judgements.
POINTS: Declared = {"local_initiatives": {"who": Points.NOBODY}}

SAVED: Saved = {
    "answers_by_region": {"region": coded("region")},
    "countries": {"country_code": TEXT, "country": TEXT, "region": coded("region")},
    "country_cards": {
        "country_code": coded("country"),
        "china_section": coded("china_section"),
        "read_inside": coded("yes_no_unknown"),
        "read_outside": coded("yes_no_unknown"),
    },
    "coverage_places": {"country_code": TEXT},
    "single_person": {"unit": TEXT},
}

_PLACE = ("latitude", "longitude")

OUTPUTS: Outputs = {
    "country_cards": Output(
        "Countries: activities, projects, strategy, open prompts",
        "Prompts: who lends, builds, trains, buys, polices, informs, gives, decides. Open: those "
        "that no activity speaks to.",
        is_optional=True,
    ),
    "answers_by_kind": Output(
        "Who answered, by kind of office",
        "One bar for each kind of office; the number in a bar counts offices.",
        draws="answers",
    ),
    "answers_by_region": Output("Offices by region"),
    "answers": Output("Every office that was asked", "Age counts the days since the return."),
    "discovery_by_theme": Output(
        "What the international office did not know, by theme",
        "The first part of each bar is what the international office did not know.",
        draws="discovery",
    ),
    "silence": Output(
        "How far the silent offices could move this share",
        "The lowest share would hold if silent offices did as much as the others and the centre "
        "knew all of it; the highest, if it knew none of it.",
    ),
    "coverage_places": Output(
        "Activities, and highly exposed countries",
        "A circle's area grows with the number of activities printed in it.",
        draws="coverage_map",
        takes={"blind_spots": "blind_spots"},
        without=("country_code", *_PLACE),
    ),
    "coverage_matrix": Output(
        "Activities by theme",
        "Darker cells hold more activities; an empty cell is a zero, a dash is not shown.",
        draws="coverage_heat_map",
        index="office_or_kind_of_office",
    ),
    "countries": Output(
        "Countries by exposure, with activities and offices",
        "The highly exposed countries, and all others with an activity or with an office.",
        without=("country_code", *_PLACE),
    ),
    "blind_spots": Output(
        "Highly exposed countries without a reported activity", "exposure", without=_PLACE
    ),
    "entry_points": Output(
        "Counterparts with the most reasons to begin with",
        "The longer the bar, the more reasons; equal bars can have different reasons.",
        draws="entry_points",
    ),
    "entry_points_elsewhere": Output(
        "The same reasons, for multilateral bodies and organisations from elsewhere"
    ),
    "links": Output(
        "Counterparts that several offices share",
        "The number in a bar counts offices; one that deals with a counterpart in two ways counts "
        "in both parts.",
        draws="shared_counterparts",
        lists="overlaps",
    ),
    "contradictions": Output("Worked with by one office, criticised by another"),
    "single_person": Output("Contacts that hang on one colleague", "3 is regular and trusted."),
    "contacts_by_strength": Output(
        "Current contacts, and those that hang on one colleague",
        "Strength: 0 none, 1 met once, 2 in touch now and then, 3 regular and trusted.",
    ),
    "brokers": Output(
        "Offices that connect otherwise separate counterparts",
        "Betweenness, from 0 to 1: the share of shortest links between others that lead through "
        "the office.",
    ),
    "capacity_matrix": Output(
        "Capacities by office",
        "Read a row for an office, a column for a capacity across offices.",
        draws="capacity_heat_map",
        index="office",
    ),
    "strategies_first": Output(
        "Country strategies that are due without a China section",
        "The most exposed country stands first; the mark shows when the strategy is due.",
        draws="strategies",
    ),
    "added_value": Output("Added-value tests that were handed in"),
    "local_initiatives": Output("What local and regional groups already do"),
    "names_to_confirm": Output(
        "Names that look alike: same or not?",
        "Similarity from 0 to 100; pinyin is Chinese in Latin letters.",
    ),
    "names_in_conflict": Output("Names that point two ways"),
    "totals": Output("What the sentences above count against"),
}
