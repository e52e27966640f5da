"""Chapter 09 on two small cycles that can be checked by hand: what moved, what is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategy_lib.chapters.annual.analysis import PRESENCE, analyse
from strategy_lib.chapters.annual.ranking import FACTORS, VERSION, ranking_of
from strategy_lib.chapters.annual.why import why_it_moved
from strategy_lib.chapters.result import ChapterInputs
from strategy_lib.core.audiences import Edition
from strategy_lib.core.messages import Say
from strategy_lib.core.settings import MappingSettings
from strategy_lib.editions.restrict import DEFAULT_EDITIONS, Restricted, restrict
from strategy_lib.editions.results import SavedChapter
from strategy_lib.editions.snapshot import Snapshot
from strategy_lib.schema.frames import Tables, typed_frame
from strategy_lib.schema.schema import schemas, table_schema
from tests.workspaces import CONDITION, UNITS, activity

CORE, LEADERS = DEFAULT_EDITIONS["core"], DEFAULT_EDITIONS["leaders"]
EMPTY = {name: typed_frame(schema, [], provenance=False) for name, schema in schemas().items()}
FEW = replace(LEADERS, name="few", smallest_group=3)
OPTIONS = [
    {"option_id": "OUT", "name": "Outside", "legal_route": "none"},
    {"option_id": "RO", "name": "Office 办事处", "legal_route": "representative_office"},
]
CRITERIA = [
    {"criterion_id": "access", "name": "Access", "direction": "higher_is_better"},
    {"criterion_id": "safety", "name": "Safety", "direction": "higher_is_better"},
]
TERM = {"term_id": "t", "kind": "trigger", "text": "The law changes"}
FUTURES = {
    "descriptors": [{"descriptor_id": d, "name": d.title()} for d in ("law", "work")],
    "descriptor_states": [
        {"state_id": f"{d}{n}", "descriptor_id": d, "name": f"{d}{n}"}
        for d in ("law", "work")
        for n in (0, 1)
    ],
}
PEOPLE = [{"assessor_id": f"A{n}", "unit_id": unit} for n, unit in enumerate(("hq", "ke", "kh"))]


def card(who, outside, office):
    """Scores of one assessor: (access, safety) of each option."""
    return [
        {"assessor_id": who, "option_id": option, "criterion_id": criterion, "best": value}
        for option, pair in (("OUT", outside), ("RO", office))
        for criterion, value in zip(("access", "safety"), pair, strict=True)
    ]


def weights(who, access, safety):
    pairs = (("access", access), ("safety", safety))
    return [{"assessor_id": who, "criterion_id": c, "points": p} for c, p in pairs]


def cycle(year, edition=CORE, **records):
    given = {
        "units": UNITS,
        "presence_options": OPTIONS,
        "criteria": CRITERIA,
        "assessors": PEOPLE,
        **records,
    }
    entered = {name: typed_frame(table_schema(name), rows) for name, rows in given.items()}
    frames = EMPTY | entered
    # The core team sees everything; what others see is what `restrict` leaves.
    restricted = Restricted(CORE, frames) if edition == CORE else restrict(Tables(frames), edition)
    return Snapshot(restricted, year, date(year, 11, 1), "Test", "en", "EUR", MappingSettings(), {})


def compare(then, now, edition=CORE, **more):
    before, today = cycle(2025, edition, **then), cycle(2026, edition, **now)
    chosen = {"draws": 400, "seed": 5}
    return analyse(ChapterInputs(today, before=before, parameters=chosen, **more))


def leader(result):
    """The option that comes first most often now."""
    return result.tables["why_standing"]["option"].iloc[0]


def moved(then, now, saved=None):
    """Why the ranking moved, alone."""
    sides = [cycle(year, **records).restricted for year, records in ((2025, then), (2026, now))]
    ranking = ranking_of(*sides, 400, 5)
    names = dict(zip(ranking.options, ranking.rooms.now.options["name"], strict=True))
    return why_it_moved(ranking, names, saved)


# Somebody likes access, two safety; the office has the one, outside the other.
THEN = {"scores": card("A0", (2, 9), (9, 4)), "swing_weights": weights("A0", 100, 20)}


def test_a_changed_score_flips_the_ranking_and_is_found():
    """Of 120 points: 38 outside against 98 in the office; with its access at 1, 18."""
    now = THEN | {"scores": card("A0", (2, 9), (1, 4))}
    why = moved(THEN, now)
    assert (why.leader_before, why.leader_now) == ("Office 办事处", "Outside")
    assert why.contributions["what"].tolist() == [FACTORS["scores"]]
    assert (why.lead_before, why.lead_now) == (-100, 100)
    assert why.contributions["to_lead"].tolist() == [200.0]
    parts = why.parts.set_index("scores_on")
    assert parts.loc["Access", "first_without_this"] == "Office 办事处"
    assert parts.loc["Access", "n_changed"] == 1
    cell = why.cells.iloc[0]
    assert (cell["median_before"], cell["median_now"], cell["people"]) == (9, 1, 1)


def test_a_changed_weight_flips_it_and_scores_are_not_blamed():
    now = THEN | {"swing_weights": weights("A0", 20, 100)}
    result = compare(THEN, now)
    assert result.tables["why_contributions"]["what"].tolist() == [FACTORS["weights"]]
    assert result.tables["why_parts"].empty and result.tables["why_cells"].empty
    table = result.tables["weights"].set_index("criterion")
    assert table.loc["Access", "change"] == -80 and table.loc["Safety", "change"] == 80


def test_who_joins_and_leaves_is_told_from_changed_scores():
    """The person who stays says the same; the one who joins cares for safety."""
    now = {
        "scores": [*THEN["scores"], *card("A1", (2, 9), (9, 4)), *card("A2", (2, 9), (9, 4))],
        "swing_weights": [
            *THEN["swing_weights"],
            *weights("A1", 20, 100),
            *weights("A2", 20, 100),
        ],
    }
    result = compare(THEN, now)
    assert result.tables["why_contributions"]["what"].tolist() == [FACTORS["assessors"]]
    assert leader(result) == "Outside"
    assert result.tables["assessors"][["then", "now", "both"]].sum().tolist() == [1, 3, 1]


def test_a_new_option_brings_its_own_scores():
    more = [*OPTIONS, {"option_id": "HUB", "name": "Hub", "legal_route": "elsewhere"}]
    hub = [
        {"assessor_id": "A0", "option_id": "HUB", "criterion_id": c, "best": 10}
        for c in ("access", "safety")
    ]
    now = THEN | {"presence_options": more, "scores": [*THEN["scores"], *hub]}
    why = moved(THEN, now)
    assert why.leader_now == "Hub"
    assert why.contributions["what"].tolist() == [FACTORS["options"]]
    assert why.parts.empty


def test_what_the_law_closes_and_a_red_line_takes_away():
    why = moved(THEN, THEN | {"legal_conditions": [CONDITION | {"is_met": "no"}]})
    assert why.contributions["what"].tolist() == [FACTORS["law"]]
    assert why.leader_now == "Outside" and why.standing["now_pct"].tolist() == [100.0, 0.0]
    lined = [CRITERIA[0], {**CRITERIA[1], "red_line": 5, "red_line_whose": "Board"}]
    why = moved(THEN, THEN | {"criteria": lined})
    assert why.contributions["what"].tolist() == [FACTORS["criteria"]]
    assert why.leader_now == "Outside"


def test_contributions_add_up_for_every_option_when_everything_changes():
    new = {"option_id": "N", "name": "New", "legal_route": "none"}
    now = {
        "presence_options": [OPTIONS[1], new],
        "scores": [
            *card("A0", (3, 8), (7, 5)),
            *card("A1", (2, 7), (6, 6)),
            {
                "assessor_id": "A1",
                "option_id": "N",
                "criterion_id": "access",
                "low": 2,
                "best": 7,
                "high": 9,
            },
        ],
        "swing_weights": [*weights("A0", 60, 80), *weights("A1", 90, 30)],
    }
    why = moved(THEN, now)
    changed = (
        why.standing.set_index("option")["now_pct"] - why.standing.set_index("option")["before_pct"]
    )
    total = why.by_option.sum()
    assert np.allclose(total[changed.index], changed, atol=0.11), "shares are rounded to 0.1"
    assert why.contributions["to_lead"].sum() == pytest.approx(why.lead_now - why.lead_before)
    assert len(why.contributions) > 3


def test_an_option_that_is_gone_is_named_only_where_nothing_is_withheld():
    now = THEN | {"presence_options": OPTIONS[:1], "scores": THEN["scores"][:2]}
    assert "Office 办事处" in set(compare(THEN, now).tables["why_standing"]["option"])
    shown = compare(THEN, now, Edition("x", "X", "restricted", withhold_not_for_mainland=True))
    text = " ".join(t.to_string() for t in shown.tables.values())
    assert "办事处" not in text and "no longer shown" in text


def test_a_row_withheld_since_is_counted_and_never_named_again():
    talks = activity("ke", "Canary talks", "Canary House", activity_id="x", contact_people=1)
    then = {
        "counterparts": [{"name": "Canary House", "type": "ngo"}],
        "activities": [talks],
        "returns": [{"unit_id": "ke", "returned_date": "2025-09-01", "has_activities": True}],
        "actions": [{"action_id": "a", "action": "Canary action", "status": "planned"}],
    }
    now = {name: [row | {"handling": "restricted"} for row in rows] for name, rows in then.items()}
    shown = compare(then, now, LEADERS)
    text = " ".join(t.to_string() for t in shown.tables.values())
    assert "Canary" not in text
    rows = shown.tables["changed_rows"].set_index("table")
    assert rows.loc["Counterparts", "gone"] == 1
    assert "Canary" in " ".join(t.to_string() for t in compare(then, now).tables.values())


def test_an_office_withheld_since_is_not_named_by_those_who_judged_for_it():
    then = THEN | {
        "assessors": [{"assessor_id": "A0", "unit_id": "canary"}],
        "units": [*UNITS, {**UNITS[1], "unit_id": "canary", "name": "Canary office"}],
    }
    hidden = {"handling": "restricted"}
    now = {
        "assessors": [{"assessor_id": "A0", "unit_id": "canary"} | hidden],
        "units": [*UNITS, {**UNITS[1], "unit_id": "canary", "name": "Canary office"} | hidden],
    }
    text = compare(then, now, LEADERS).tables["assessors"].to_string()
    assert "Canary" not in text and "canary" not in text
    own = Edition("travel", "Travel", "restricted", withhold_not_for_mainland=True)
    mainland = {
        name: [{**row, "not_for_mainland": True} for row in rows[-1:]] for name, rows in now.items()
    }
    table = compare(then, {**mainland, "units": [*UNITS, *mainland["units"]]}, own).tables[
        "assessors"
    ]
    assert table["unit"].tolist() == ["no longer shown"] and table["then"].tolist() == [1]


def test_last_years_page_made_otherwise_is_a_factor_of_its_own():
    ranks = pd.DataFrame({"option": ["Outside", "Office 办事处"], "rank_1_pct": [40.0, 60.0]})
    saved = {PRESENCE: SavedChapter(PRESENCE, {}, {"ranks": ranks})}
    result = compare(THEN, THEN, chapters_before=saved)
    assert result.tables["why_contributions"]["what"].tolist() == [VERSION]
    assert result.tables["why_contributions"]["to_lead"].tolist() == [80.0]
    assert (result.given["lead_before"], result.given["lead_now"]) == (20, 100)
    assert moved(THEN, THEN, {"OUT": 0.1, "RO": 99.9}).contributions.empty, "a matter of rounding"


@pytest.mark.parametrize(
    ("ranks", "fault"),
    [
        ({"option": ["x"]}, "ranks.csv has no column rank_1_pct"),
        ({"option": ["Outside", "x"], "rank_1_pct": ["40", "Secret"]}, "holds something else"),
        ({"option": ["Outside"], "rank_1_pct": [float("nan")]}, "holds something else than shares"),
    ],
)
def test_a_saved_page_that_cannot_be_read_is_left_out(ranks, fault):
    broken = {PRESENCE: SavedChapter(PRESENCE, {}, {"ranks": pd.DataFrame(ranks)})}
    result = compare(THEN, THEN, chapters_before=broken)
    assert result.tables["why_contributions"].empty and leader(result) == "Office 办事处"
    told = result.notes[-1]
    assert told.startswith("The ranking that chapter 02 saved in 2025 is not compared: ")
    assert fault in told and "Secret" not in told


def test_a_chapter_of_last_year_that_could_not_be_read_is_told():
    fault = "2025/results/core/01_internal_mapping/summary.json is no summary of a chapter"
    saved = {"01_internal_mapping": SavedChapter("01_internal_mapping", unread=fault)}
    now = {"01_internal_mapping": SavedChapter("01_internal_mapping", {"bottom_line": ["Now."]})}
    result = compare(THEN, THEN, chapters=now, chapters_before=saved)
    assert f"What chapter 01 saved in 2025 is not compared: {fault}." in result.notes
    assert result.tables["bottom_lines"].empty


def test_nothing_has_changed():
    result = compare(THEN, THEN)
    counts = result.tables["changed_rows"]
    assert not counts[["added", "gone", "changed"]].to_numpy().any()
    assert result.tables["why_contributions"].empty


def test_groups_that_are_too_small_are_not_split_apart():
    """Three people then and four now: what the one who joined changed would be theirs alone."""
    names = [f"A{n}" for n in range(4)]
    many = [row for who in names[:3] for row in card(who, (2, 9), (9, 4))]
    listed = [{"assessor_id": who, "unit_id": "hq"} for who in names]
    then = {"scores": many, "assessors": listed}
    now = {"scores": [*many, *card("A3", (9, 9), (1, 1))], "assessors": listed}
    assert compare(then, now, FEW).tables["why_standing"].empty
    assert len(compare(then, then | {"scores": many[:-1]}, FEW).tables["why_standing"])


def test_an_edition_that_counts_no_small_group_lists_nothing():
    then = {"decisions": [DECISION], "actions": [action("a", "planned")]}
    result = compare(then, then, FEW)
    for name in ("decisions", "actions", "offices", "past_shelf_life", "one_person"):
        assert result.tables[name].empty, name
    assert result.tables["actions_by_fate"].empty, "one action is too few to count"


@pytest.mark.parametrize("edition", [CORE, FEW])
def test_nothing_at_all_is_entered(edition):
    empty = {"units": [], "presence_options": [], "criteria": [], "assessors": []}
    result = compare(empty, empty, edition)
    assert all(isinstance(table, pd.DataFrame) for table in result.tables.values())
    assert result.tables["why_standing"].empty


def test_without_a_cycle_before_what_is_due_is_shown_all_the_same():
    today = cycle(2026, decisions=[DECISION], actions=[action("a", "planned", "2026-10-01")])
    result = analyse(ChapterInputs(today))
    assert result.notes == (Say()("annual-note-alone"),)
    assert result.tables["decisions"]["review"].tolist() == ["due"]
    assert result.tables["actions"]["became"].tolist() == ["late"]


DECISION = {
    "decision_id": "d1",
    "chapter": "02",
    "question": "Which presence?",
    "kind": "decided",
    "decision": "An office",
    "option_id": "RO",
    "decided_date": "2025-10-01",
    "decided_by": "Board",
    "review_date": "2026-11-01",
}


def action(code, status, due=None, **more):
    return {"action_id": code, "action": code, "status": status, "due_date": due, **more}


def test_what_became_of_each_action():
    then = [action(code, "planned") for code in ("late", "done", "start", "gone", "drop")]
    then.append(action("open", "under_way"))
    now = [
        action("late", "under_way", "2026-10-31"),
        action("done", "done", "2026-01-01"),
        action("start", "under_way"),
        action("open", "under_way", "2026-11-01"),
        action("drop", "dropped"),
        action("new", "planned"),
    ]
    result = compare({"actions": then}, {"actions": now})
    became = dict(
        zip(result.tables["actions"]["action"], result.tables["actions"]["became"], strict=True)
    )
    assert became == {
        "late": "late",
        "done": "done",
        "start": "started",
        "open": "open",
        "drop": "dropped",
        "new": "new",
    }
    fates = result.tables["actions_by_fate"].set_index("became")["n"]
    assert fates["no longer listed"] == 1 and fates.sum() == 7


def watched(met, state):
    """A condition and a sign as they were found."""
    return {
        "legal_conditions": [CONDITION | {"is_met": met}],
        "presence_terms": [TERM | {"state": state}],
    }


def test_conditions_that_no_longer_hold_and_signs_that_are_new():
    result = compare(
        watched("yes", "not_seen") | {"decisions": [DECISION]},
        watched("unknown", "seen") | {"decisions": [DECISION]},
    )
    moved_states = result.tables["moved_states"].set_index("text")
    assert moved_states["no_longer_holds"].to_dict() == {
        "A unit agrees": True,
        "The law changes": False,
    }
    assert moved_states["is_new_sign"].to_dict() == {
        "A unit agrees": False,
        "The law changes": True,
    }
    unmet = result.tables["unmet"].iloc[0]
    assert (unmet["decision_id"], unmet["then"], unmet["now"]) == ("d1", "Yes", "Unknown")


def test_a_condition_that_counsel_confirmed_before_a_change_of_law_does_not_hold():
    """A7: met in both years, but nobody has asked counsel since the law was seen to change."""
    condition = CONDITION | {"is_met": "yes", "counsel_checked_date": "2026-04-21"}
    term = TERM | {"is_about_law": True, "state": "seen", "last_checked": "2026-09-02"}
    both = {"legal_conditions": [condition], "decisions": [DECISION]}
    assert compare(both, both).tables["unmet"].empty
    unmet = compare(both, both | {"presence_terms": [term]}).tables["unmet"].iloc[0]
    assert (unmet["condition"], unmet["then"], unmet["now"]) == ("A unit agrees", "Yes", "Unknown")


def forecast(who, code, pct, outcome=None, by="2026-10-01"):
    return {
        "assessor_id": who,
        "forecast_id": code,
        "statement": f"Says {code}",
        "probability_pct": pct,
        "resolves_by": by,
        "outcome": outcome,
    }


def test_forecasts_are_scored_by_what_was_said_first():
    """0.9 then; the 0.1 that stands there now was written after the fact. (0.9 - 0)**2 = 0.81."""
    then = [forecast("A0", "f", 90), forecast("A1", "f", 20)]
    now = [forecast("A0", "f", 10, "no"), forecast("A1", "f", 20, "no"), forecast("A0", "g", 50)]
    tables = compare({"forecasts": then}, {"forecasts": now}).tables
    row = tables["forecasts_overall"].iloc[0]
    assert row["n"] == 2 and row["brier"] == pytest.approx((0.81 + 0.04) / 2, abs=0.001)
    assert tables["forecasts_by_statement"]["brier"].tolist() == [pytest.approx(0.425)]
    assert tables["forecasts_unresolved"]["state"].tolist() == ["its day has come"]


def test_pools_stand_side_by_side_and_a_weight_rests_on_other_forecasts():
    """A0 is right on both, A1 wrong on both: weighted by the other one, A0 speaks alone."""
    rows = [
        forecast("A0", "f", 90, "yes"),
        forecast("A1", "f", 30, "yes"),
        forecast("A0", "g", 20, "no"),
        forecast("A1", "g", 60, "no"),
    ]
    tables = compare({}, {"forecasts": rows}).tables
    pools = tables["forecast_pools"].set_index("statement")
    assert pools["equal_pct"].to_dict() == {"Says f": 60.0, "Says g": 40.0}
    assert pools["weighted_pct"].to_dict() == {"Says f": 90.0, "Says g": 20.0}
    assert pools["n_weighted"].tolist() == [1, 1]
    scores = tables["forecast_pool_scores"].iloc[0]
    assert scores.tolist() == [2, pytest.approx(0.16), pytest.approx(0.025)]


def test_below_the_core_no_pool_rests_on_one_persons_forecast():
    label = {"handling": "internal"}
    rows = [
        forecast(who, code, pct, outcome) | label
        for code, outcome, said in (("f", "yes", (90, 30, 30)), ("g", "no", (20, 60, 60)))
        for who, pct in zip(("A0", "A1", "A2"), said, strict=True)
    ]
    pools = compare({}, {"forecasts": rows}, DEFAULT_EDITIONS["leaders"]).tables["forecast_pools"]
    assert pools["equal_pct"].tolist() == [50.0, pytest.approx(46.7)]
    assert pools[["n_weighted", "weighted_pct"]].isna().all(axis=None)


def test_shares_of_named_futures_are_compared_by_their_states():
    def saved(*rows):
        columns = ["scenario", "share_pct", "is_named", "states"]
        frame = pd.DataFrame(rows, columns=columns)
        return {"04_scenarios": SavedChapter("04_scenarios", {}, {"future_shares": frame})}

    then = saved(["Old name", 30.0, "yes", "a;b"], ["No. 1", 5.0, "no", "a;c"])
    now = saved(
        ["Calm", 12.0, "yes", "a;b"], ["Storm", 9.0, "yes", "a;c"], ["No. 2", 50, "no", "d"]
    )
    table = compare(THEN, THEN, chapters_before=then, chapters=now).tables["future_shares"]
    assert table.to_numpy().tolist() == [["Calm", 30.0, 12.0], ["Storm", 5.0, 9.0]]


ASKED_AGAIN = {
    "decisions": [DECISION],
    "decide_again": [
        {"assessor_id": "A0", "decision_id": "d1", "answer": "no", "reason": "Too slow."},
        {"assessor_id": "A1", "decision_id": "d1"},
    ],
}
# Too few say no, or that they are unsure.
ALL_ANSWERED = {
    "decisions": [DECISION],
    "decide_again": [
        {"assessor_id": f"A{n}", "decision_id": "d1", "answer": answer, "reason": f"Reason {9 - n}"}
        for n, answer in enumerate(("no", "no", "unsure", "yes", "yes", "yes"))
    ],
}


def test_no_answer_is_neither_no_nor_yes():
    result = compare({}, ASKED_AGAIN)
    assert result.tables["again"].iloc[0, 1:].tolist() == [1, 0, 0, 2]
    assert result.tables["again_in_words"]["reason"].tolist() == ["Too slow."]


def test_no_answer_stands_beside_a_reason_where_answers_are_too_few_to_count():
    """2 no, 1 unsure, 3 yes: quoted one by one with their answers, anybody could count them."""
    core, leaders = (compare({}, ALL_ANSWERED, edition) for edition in (CORE, LEADERS))
    said = core.tables["again_in_words"]["answer"].tolist()
    assert said == ["No, differently"] * 2 + ["Unsure"] + ["Yes, the same"] * 3
    quoted = leaders.tables["again_in_words"]
    assert list(quoted) == ["decision_id", "reason"]
    assert quoted["reason"].tolist() == [f"Reason {n}" for n in range(4, 10)], "by their words"


def test_facts_past_their_shelf_life():
    costs = [
        {"option_id": "RO", "item": "Rent", "p50": 1, "as_of": "2024-01-01"},
        {"option_id": "RO", "item": "Audit", "p50": 1, "as_of": "2026-10-01"},
        {"option_id": "RO", "item": "Travel", "p50": 1},
    ]
    result = compare({}, {"costs": costs})
    assert result.tables["past_shelf_life"]["what"].tolist() == ["Rent"]
    row = result.tables["ages"].set_index("facts").loc["Costs"]
    assert (row["n"], row["n_past"], row["n_undated"]) == (3, 1, 1)


def test_who_answered_then_and_now():
    def returned(*units):
        return [
            {"unit_id": u, "returned_date": "2025-09-01", "has_activities": True} for u in units
        ]

    result = compare({"returns": returned("hq", "ke")}, {"returns": returned("hq", "kh", "zm")})
    assert result.findings["answers"] == (
        "3 of 4 offices answered; of the same offices 2 did in 2025"
    )
    offices = result.tables["offices"].set_index("unit")
    assert offices.loc["Kenya office"].tolist() == ["answered", "no answer"]


def test_a_scenario_lost_by_one_judgement_names_it():
    def impacts(last):
        cells = {
            ("law0", "work0"): 2,
            ("law0", "work1"): -2,
            ("law1", "work0"): -1,
            ("law1", "work1"): 1,
            ("work0", "law0"): 1,
            ("work0", "law1"): -1,
            ("work1", "law0"): -2,
            ("work1", "law1"): last,
        }
        return [
            {"assessor_id": "A0", "source_state": s, "target_state": t, "impact": v}
            for (s, t), v in cells.items()
        ]

    then, now = (FUTURES | {"cross_impacts": impacts(last)} for last in (0, -3))
    result = compare(then, now)
    counts = result.tables["counts"].iloc[0]
    assert (counts["futures_now"], counts["futures_before"]) == (1, 2)
    assert result.tables["scenarios"]["because"].tolist() == ["Work: work1 on Law: law1 (0 to -3)"]


def test_what_people_type_goes_through_as_text():
    hostile = "<script>alert(1)</script>=HYPERLINK()"
    options = [OPTIONS[0], {**OPTIONS[1], "name": hostile}]
    why = moved(THEN | {"presence_options": options}, THEN | {"presence_options": options})
    assert why.leader_now == hostile


def test_two_analyses_of_the_same_are_the_same():
    now = THEN | {"swing_weights": weights("A0", 50, 60)}
    one, other = (compare(THEN, now) for _ in range(2))
    for name, table in one.tables.items():
        pd.testing.assert_frame_equal(table, other.tables[name])


def test_the_ranking_is_what_chapter_02_computes():
    from strategy_lib.judgements.comparison import compare as compare_options
    from strategy_lib.judgements.matrix import score_matrix_of

    scores = [
        row | {"low": max(0, row["best"] - 3), "high": min(10, row["best"] + 3)}
        for who in ("A0", "A1")
        for row in card(who, (5, 6), (6, 5))
    ]
    before, now = (cycle(year, scores=scores) for year in (2025, 2026))
    ranking = ranking_of(before.restricted, now.restricted, 400, 5)
    comparison = compare_options(score_matrix_of(now.restricted), 400, 5)
    shares = 100 * comparison.pooled.rank_acceptability[:, 0]
    assert np.array_equal(ranking.shares(frozenset(ranking.changed)), shares)


def ranged(seed):
    """Scores of two assessors with ranges, drawn at random; one may be missing."""
    rng = np.random.default_rng(seed)
    rows = [row for who in ("A0", "A1") for row in card(who, *rng.integers(2, 9, (2, 2)).tolist())]
    for row in rows:
        row |= {"low": row["best"] - 2, "high": row["best"] + 1}
    return rows[int(rng.integers(0, 2)) :]


@given(st.integers(0, 40), st.integers(0, 40))
@settings(max_examples=12, deadline=None)
def test_what_was_drawn_for_a_cell_and_kept_is_what_would_be_drawn_anew(then, now):
    before, today = (
        cycle(year, scores=ranged(seed), swing_weights=weights("A0", 100, 20)).restricted
        for year, seed in ((2025, then), (2026, now))
    )
    anew = ranking_of(before, today, 200, 5)
    keeping = replace(anew, keeps_draws=True, _known={}, _kept={})
    shape = anew.rooms.changed_cells.shape
    for new in (frozenset(), frozenset(["scores"]), frozenset(["assessors"])):
        for mask in range(8):
            cells = np.array([bool(mask >> n & 1) for n in range(3)] + [False])
            only = np.broadcast_to(cells.reshape(shape[1:]), shape)
            assert np.array_equal(keeping.shares(new, only), anew.shares(new, only))


def test_people_stand_by_code_and_not_by_how_well_they_foresaw():
    said = (("A0", 10), ("A1", 90), ("A2", 50))
    rows = [forecast(who, "f", pct, "yes") for who, pct in said]
    made = analyse(ChapterInputs(cycle(2026, forecasts=rows)))
    people = made.tables["forecasts_by_assessor"]
    assert people["assessor_id"].tolist() == ["A0", "A1", "A2"]


def contact(code, **more):
    return activity("ke", f"Talks {code}", "Firm", activity_id=code, contact_people=1, **more)


def test_contacts_that_hang_on_one_person_are_those_that_last():
    """An activity that is over hangs on nobody; chapter 01 counts the same ones."""
    then = [contact("old"), contact("over", end_date="2026-03-01")]
    unnamed = contact("unnamed") | {"counterpart": None}
    now = [*then, contact("new"), contact("two") | {"contact_people": 2}, unnamed]
    result = compare({"activities": then}, {"activities": now})
    counted = (
        result.tables["measures"]
        .set_index("measure")
        .loc["Current contacts that hang on one colleague"]
    )
    assert counted[["then", "now"]].tolist() == [2, 2], "what is over now lasted then"
    listed = result.tables["one_person"]
    assert dict(zip(listed["what"], listed["since"], strict=True)) == {
        "Firm: Talks old": "2025 or before",
        "Firm: Talks new": "2026",
    }


def test_an_office_that_closed_is_not_counted():
    closed = [*UNITS[:-1], UNITS[-1] | {"closed_date": "2026-05-01"}]
    table = compare({"units": UNITS}, {"units": closed}).tables["measures"]
    assert table.loc[0, ["then", "now"]].tolist() == [len(UNITS), len(UNITS) - 1]


@pytest.mark.parametrize(("edition", "said"), [(CORE, "not said"), (LEADERS, "not shown here")])
def test_what_is_withheld_is_not_called_unsaid(edition, said):
    row = {
        "knowledge_id": "k",
        "unit_id": "ke",
        "kind": "field_knowledge",
        "holders": 1,
        "handling": "internal",
    }
    listed = compare({}, {"knowledge_bank": [row]}, edition).tables["one_person"]
    assert listed["what"].tolist() == [said]


def test_pages_of_last_year_that_are_not_made_are_told():
    told = "What each chapter said first in 2025 is not set beside"
    assert told in " ".join(compare(THEN, THEN).notes)
    saved = {"01": SavedChapter("01_internal_mapping")}
    assert told not in " ".join(compare(THEN, THEN, chapters_before=saved).notes)
    assert told not in " ".join(compare(THEN, THEN, edition=LEADERS).notes)


def test_a_starting_list_that_nobody_judged_is_no_finding():
    impact = {"assessor_id": "A0", "source_state": "law0", "target_state": "work0", "impact": 1}
    judged = FUTURES | {"cross_impacts": [impact]}
    for then, now in (({}, {}), (FUTURES, judged), (judged, FUTURES)):
        result = compare(then, now)
        assert result.tables["counts"]["futures_why_not"].item().startswith("nobody judged")
        assert result.tables["scenarios"].empty


def test_no_option_and_nobody_in_common_still_adds_up():
    options = [{"option_id": f"N{n}", "name": f"New {n}", "legal_route": "none"} for n in (1, 2)]
    scores = [
        {"assessor_id": "A9", "option_id": o["option_id"], "criterion_id": c, "best": v}
        for o, v in zip(options, (3, 8), strict=True)
        for c in ("access", "safety")
    ]
    now = {
        "presence_options": options,
        "scores": scores,
        "swing_weights": weights("A9", 100, 20),
        "assessors": [{"assessor_id": "A9", "unit_id": "hq"}],
    }
    why = moved(THEN, now)
    assert (why.leader_before, why.leader_now) == ("Office 办事处", "New 2")
    assert why.contributions["to_lead"].sum() == pytest.approx(why.lead_now - why.lead_before)
    assert set(why.contributions["what"]) == {FACTORS["options"], FACTORS["assessors"]}
