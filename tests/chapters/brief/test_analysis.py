"""Chapter 08: nobody's words but people's, nothing lost, and what is missing is said."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from strategy_lib.chapters.brief import analysis
from strategy_lib.chapters.brief import events as calendar
from strategy_lib.chapters.brief.context import NOBODY, Context
from strategy_lib.chapters.brief.coverage import STATES
from strategy_lib.chapters.brief.outputs import POINTS
from strategy_lib.chapters.result import ChapterInputs
from strategy_lib.chapters.scenarios.signposts import BOARD
from strategy_lib.core.settings import MappingSettings
from strategy_lib.editions.people import refuse_traces
from strategy_lib.editions.restrict import DEFAULT_EDITIONS, restrict
from strategy_lib.editions.results import SavedChapter, read_saved
from strategy_lib.editions.snapshot import Snapshot
from strategy_lib.publishing.results import write_results
from strategy_lib.schema.frames import Tables, typed_frame
from strategy_lib.schema.schema import table_schema
from tests.chapters.presence import test_analysis as presence

AS_OF = date(2026, 11, 1)
CORE = DEFAULT_EDITIONS["core"]
HOSTILE = '=HYPERLINK("x") <script>alert(1)</script> 国际 مرحبا'
ACTION = {
    "action_id": "a1",
    "action": "Ask counsel",
    "chapter": "02",
    "recommendation_ids": ("4.2",),
    "owner_role": "general counsel",
    "start_date": "2026-09-01",
    "due_date": "2026-12-15",
    "indicator": "Letter on file",
    "status": "under_way",
}
DECISION = {
    "decision_id": "d1",
    "chapter": "02",
    "question": "Which presence?",
    "kind": "decided",
    "decision": "We go on.",
    "decided_date": "2025-11-20",
    "decided_by": "Board",
    "dissent": '"No."',
    "dissent_by": "Germany",
    "review_date": "2026-11-15",
}
BRIEF = {
    "brief_id": "b1",
    "purpose": "decide",
    "question": "Do we rest it?",
    "chapter": "02",
    "recommendation": "Rest it.",
    "recommended_by": "Directors",
    "resolution_wording": "We rest.",
    "asked_of": "Board",
    "decision_by": "2026-11-27",
    "risks": "Partners carry it.",
    "minority_view": '"Too soon."',
    "minority_view_by": "Kenya",
}
BOARD_OF_CASES = pd.DataFrame(
    [
        [
            "C2",
            "A statement",
            "no",
            "aftercare",
            "the check at three months is due on 2026-11-03",
            "Coordinator",
            "",
            "",
            "",
        ]
    ],
    columns=[
        "case_id",
        "case",
        "is_exercise",
        "state",
        "missing_first",
        "whose_turn",
        "next_clock",
        "needed_by",
        "recorded_silent",
    ],
)
NEXT_CHECKS = pd.DataFrame(
    {
        "case_id": ["C2"],
        "case": ["A statement"],
        "check": ["three_months"],
        "due_date": [pd.Timestamp("2026-11-03")],
        "whose_turn": ["Coordinator"],
    }
)
RANKS = pd.DataFrame({"option": ["Outside", "Office"], "rank_1_pct": [60.0, 40.0]})
COSTS = pd.DataFrame(
    {"option": ["Office"], "p10": [1e5], "p50": [2e5], "p90": [4e5], "over_budget_pct": [30.0]}
)
FREEDOM = pd.DataFrame(
    {
        "option": ["Outside", "Office", "Hub"],
        "freedom_lost_lowest": [0, 2, None],
        "freedom_lost_median": [0, 7, None],
        "freedom_lost_highest": [0, 9, None],
    }
)
LINES = pd.DataFrame(
    {
        "option": ["Office", "Outside", "Office"],
        "criterion": ["Safety", "Safety", "Aims"],
        "verdict": ["disputed", "within", "within"],
        "scored": [3, 3, 3],
        "beyond": [1, 0, 0],
    }
)
CELLS = pd.DataFrame(
    {
        "option": ["Office", "Outside", "Office"],
        "criterion": ["Access", "Access", "Aims"],
        "median": [7.0, 2.0, 5.0],
        "spread": [5.0, 1.0, 0.0],
    }
)
FIRSTS = pd.DataFrame({"option": ["Outside", "Office"], "people": [2, 1]})


def chapter(name="02_china_presence", **tables):
    summary = {"title": "China presence", "as_of": "2026-11-01", "answered": "3 have answered."}
    return {name: SavedChapter(name, summary, tables)}


SAVED = chapter(
    ranks=RANKS,
    costs=COSTS,
    freedom=FREEDOM,
    red_lines=LINES,
    widest_cells=CELLS,
    first_counts=FIRSTS,
)


def snapshot(edition=CORE, as_of=AS_OF, **records):
    frames = {name: typed_frame(table_schema(name), rows) for name, rows in records.items()}
    restricted = restrict(Tables(frames), edition)
    return Snapshot(restricted, 2026, as_of, "Test", "en", "EUR", MappingSettings(), {})


def analyse(chapters=None, edition=CORE, **records):
    saved = SAVED if chapters is None else chapters
    return analysis.analyse(ChapterInputs(snapshot(edition, **records), saved))


@pytest.mark.parametrize(
    "edition", [DEFAULT_EDITIONS["leaders"], replace(CORE, smallest_group=3)], ids=lambda e: e.name
)
def test_who_dissents_stands_only_where_single_people_are_shown(edition):
    def words(result):
        shown = [table.to_csv() for table in (*result.tables.values(), *result.shown.values())]
        return " ".join([*shown, *result.findings.values()])

    rows = {
        "brief": [BRIEF, {**BRIEF, "brief_id": "b2", "minority_view": None}],
        "decisions": [DECISION],
    }
    result = analyse(edition=edition, **rows)
    assert "Too soon." in words(result)
    assert not re.search("Kenya|Germany", words(result))
    refuse_traces(result.tables, POINTS, snapshot(edition, **rows).restricted)
    assert re.search("Kenya.*Germany", words(analyse(**rows)), re.DOTALL)


def test_what_a_chapter_only_counts_is_no_risk():
    listed = {"title": "Speaking out", "bottom_line": ["0 cases may be listed in this edition."]}
    board = pd.DataFrame(columns=list(BOARD_OF_CASES.columns))
    given = {"03_speaking_out": SavedChapter("03_speaking_out", listed, {"board": board})}
    assert analyse(given).tables["risks"].empty


def test_risks_of_speaking_out_are_those_of_the_case_that_is_shown():
    board = BOARD_OF_CASES.assign(case_id="C1", recorded_silent="Kenya")
    way = "In public"
    screen = pd.DataFrame(
        [
            ["C1-G1", way, "before", "not_permitted"],
            ["C1-G1", way, "after", "within"],
            ["C1-G2", "With others", "before", "not_permitted"],
        ],
        columns=["group", "route", "measures", "class"],
    )
    accepted = pd.DataFrame({"holds_today": ["no", "yes"]})
    tables = {"screen": screen, "acceptances": accepted}
    found = analyse(chapter("03_speaking_out", board=board, **tables)).tables["risks"]["risk"]
    assert found.tolist() == [
        "Case C1: harm to people is beyond what is permitted, as it stands: “With others”.",
        "Case C1: 1 of 2 risks has no named role’s written acceptance.",
        "Case C1: asked, and has not answered: Kenya.",
    ]
    rehearsed = chapter("03_speaking_out", board=board.assign(is_exercise="yes"), **tables)
    assert analyse(rehearsed).tables["risks"].empty


def test_the_law_of_an_option_whose_name_holds_a_semicolon():
    ranks = pd.DataFrame({"option": ["Hub; elsewhere", "Hub"], "rank_1_pct": [60.0, 40.0]})
    routes = pd.DataFrame({"options": ["Hub; elsewhere", "X; Hub"], "state": ["closed", "open"]})
    options = analyse(chapter(ranks=ranks, routes=routes)).tables["options"].set_index("option")
    assert options["law"].to_dict() == {
        "Hub; elsewhere": "closed",
        "Hub": "open",
    }


def test_an_action_without_an_owner_is_named_loudly():
    result = analyse(
        actions=[ACTION, {**ACTION, "action_id": "a2", "action": "Answer", "owner_role": None}]
    )
    plan = result.tables["actions"]
    assert plan["owner"].tolist() == [NOBODY, "general counsel"]
    assert result.tables["actions_incomplete"]["missing"].tolist() == ["an owner"]
    assert result.tables["actions_by_owner"]["owner"].tolist() == [NOBODY, "general counsel"]
    assert result.shown["timeline"]["action"].iloc[0] == f"{NOBODY} · Answer"


def test_everything_that_an_action_lacks_is_told():
    bare = {"action_id": "x", "action": "Think"}
    row = analyse(actions=[bare]).tables["actions_incomplete"].iloc[0]
    assert row["missing"] == "an owner; a day on which it is due; an indicator; a status"
    assert analyse(actions=[bare]).tables["actions"]["status"].tolist() == ["not said"]


@pytest.mark.parametrize(
    ("status", "due", "overdue"),
    [
        ("planned", "2026-10-31", "yes"),
        ("under_way", "2026-11-01", "no"),
        ("late", "2026-10-01", "yes"),
        ("done", "2026-10-01", "no"),
        ("dropped", "2026-10-01", "no"),
        ("planned", None, "no"),
        (None, "2026-10-01", "yes"),
    ],
)
def test_overdue_is_counted_by_the_day(status, due, overdue):
    plan = analyse(actions=[{**ACTION, "status": status, "due_date": due}]).tables["actions"]
    assert plan["is_overdue"].tolist() == [overdue]


def test_all_48_recommendations_have_one_state():
    answers = [
        {"recommendation_id": "1", "where_addressed": "Mapping", "owner_role": "China desk"},
        {"recommendation_id": "5", "not_taken_up_because": "No money with conditions"},
        {"recommendation_id": "22.1", "next_step": "Score it"},
        {"recommendation_id": "3"},
    ]
    plan = [
        ACTION,
        {**ACTION, "action_id": "a2", "recommendation_ids": ("8",), "status": "dropped"},
    ]
    result = analyse(actions=plan, recommendation_answers=answers)
    table = result.tables["coverage"].set_index("recommendation_id")
    assert len(table) == 48
    states = {number: table.loc[number, "state"] for number in ("1", "5", "22", "3", "4", "8")}
    assert states == {
        "1": "addressed",
        "5": "not taken up",
        "22": "only in part",
        "3": "nobody has said",
        "4": "in the plan",
        "8": "nobody has said",
    }
    assert table.loc["22", "next_step"] == "22.1: Score it"
    groups = result.tables["coverage_by_group"]
    assert int(groups[list(STATES)].sum().sum()) == 48
    shown = result.shown
    assert len(shown["answered"]) == 4 and len(shown["unanswered"]) == 44
    assert "Not taken up, because: No money with conditions" in set(
        shown["answered"]["where_or_why_not"]
    )


def test_a_recommendation_that_the_guide_does_not_have_is_told_and_not_counted():
    result = analyse(
        actions=[{**ACTION, "recommendation_ids": ("49", "4")}],
        recommendation_answers=[{"recommendation_id": "4.9", "next_step": "x"}],
    )
    assert "Not in the guide, and counted nowhere: recommendation 4.9 and 49." in result.notes
    assert (result.tables["coverage"]["state"] != "nobody has said").sum() == 1


def test_decisions_that_are_due_for_review_come_first():
    old = {**DECISION, "decision_id": "d0", "question": "Old?", "review_date": "2026-10-01"}
    result = analyse(decisions=[DECISION, old])
    assert result.tables["decisions"]["question"].tolist() == ["Old?", "Which presence?"]
    assert result.tables["decisions"]["is_due"].tolist() == ["yes", "no"]


def test_the_brief_does_not_read_itself_or_the_chapter_after_it():
    others = chapter("08_strategy_brief") | chapter("09_annual_reassessment")
    result = analyse(SAVED | others)
    read = set(result.tables["chapters"]["chapter"])
    assert {"01", "02"} <= read and not {"08", "09"} & read


def test_a_chapter_of_another_day_is_told():
    old = SavedChapter(
        "02_china_presence", {"as_of": "2026-10-01"}, SAVED["02_china_presence"].tables
    )
    assert [n for n in analyse({old.name: old}).notes if n.startswith("Saved for another day")]
    assert not [n for n in analyse().notes if n.startswith("Saved for another day")]


def test_facts_without_a_day_come_first_then_the_oldest():
    law = pd.DataFrame(
        {
            "condition": ["Registered abroad", "Aims that benefit the public", "A bank account"],
            "source": ["Law", "Law", "Hearsay"],
            "as_of": ["2019", "2025-11-01", None],
        }
    )
    facts = analyse(chapter(conditions_of_law=law)).tables["facts"]
    own = facts[facts["from"].str.startswith("02")].reset_index(drop=True)
    assert own["fact"].tolist() == [
        "A bank account",
        "Registered abroad",
        "Aims that benefit the public",
    ]
    assert own["as_of"].tolist() == ["no day given", "2019", "2025-11-01"]
    assert pd.isna(own["age_years"][0]) and own["age_years"][1:].tolist() == [7.3, 1.0]
    assert facts["age_years"].isna().sum() == 1


def test_heat_maps_keep_what_nobody_scored_missing():
    result = analyse(brief=[BRIEF])
    scores = result.tables["option_scores"]
    assert scores["option"].tolist() == ["Outside", "Office"]
    assert pd.isna(scores.set_index("option").loc["Outside", "Aims"])


def test_a_criterion_says_where_less_is_better():
    cells = pd.DataFrame(
        {
            "option": ["Office", "Office"],
            "criterion": ["Access", "Exposure"],
            "median": [8.0, 9.0],
            "spread": [1.0, 2.0],
        }
    )
    criteria = pd.DataFrame(
        {"criterion": ["Access", "Exposure"], "direction": ["higher_is_better", "lower_is_better"]}
    )
    tables = analyse(chapter(widest_cells=cells, criteria=criteria)).tables
    assert list(tables["option_scores"]) == ["option", "Access", "Exposure (less is better)"]
    assert list(tables["option_spread"]) == ["option", "Access", "Exposure"]


def test_the_scenario_page_comes_from_chapter_04():
    cards = pd.DataFrame({"scenario": ["Thaw", "Freeze"], "story": ["", ""]})
    kinds = pd.DataFrame({"option": ["Learn", "Register"], "kind": ["no_regret", "bet"]})
    short = pd.DataFrame({"option": ["Register"], "scenario": ["Freeze"]})
    cells = pd.DataFrame(
        [
            ["Learn", "Thaw", 6.0, "yes"],
            ["Learn", "Freeze", 5.0, "yes"],
            ["Register", "Freeze", 1.0, "yes"],
            ["Register", "Void", 0.0, "no"],
        ],
        columns=["option", "scenario", "median", "counted"],
    ).assign(lowest=0.5, highest=9.0)
    posts = pd.DataFrame([["x"] * len(BOARD)], columns=BOARD).assign(
        observable="Dialogues suspended", status_code="crossed"
    )
    given = chapter(
        "04_scenarios",
        cards=cards,
        kinds=kinds,
        falls_short=short,
        option_cells=cells,
        signposts=posts,
    )
    result = analyse(given)
    assert set(result.tables["risks"]["risk"]) == {
        "1 of 1 signposts is crossed: dialogues suspended.",
        "1 of 2 strategic options fails in some future: Register (Freeze).",
    }
    ranges = result.shown["scenario_ranges"].set_index("option")
    assert ranges.loc["Learn", "Thaw"] == "6 (0.5–9)" and pd.isna(ranges.loc["Register", "Thaw"])
    assert list(ranges.columns) == list(result.tables["scenario_scores"].columns[1:])
    assert result.tables["signposts"]["observable"].tolist() == ["Dialogues suspended"]


def test_the_kind_of_futures_that_breaks_options_is_a_risk():
    breaking = pd.DataFrame(
        {
            "option": ["Register", "Learn"],
            "where": ["Law is “Strict”", "nearly everywhere"],
            "fails_pct": [86.0, 97.0],
        }
    )
    shares = pd.DataFrame({"scenario": ["Thaw"], "share_pct": [12.5], "in_median": ["yes"]})
    result = analyse(chapter("04_scenarios", breaking=breaking, future_shares=shares))
    assert result.tables["risks"]["risk"].tolist() == [
        "Register fails mostly where Law is “Strict”: 86 times in 100."
    ]
    assert result.tables["scenario_shares"]["share_pct"].tolist() == [12.5]


def test_what_comes_first_in_chapter_00_is_held_against_the_plan():
    first = pd.DataFrame(
        {
            "recommendation_id": ["4", "9"],
            "recommendation": ["4 Presence", "9 Memory"],
            "gap": ["1–2", "3"],
            "importance": ["4", "4"],
            "roles": ["", ""],
        }
    )
    levels = pd.DataFrame(
        {"recommendation_id": ["9"], "lowest": [0], "median": [1], "highest": [3]}
    )
    against = pd.DataFrame({"what": ["done_against", "rules_differ"]})
    given = chapter(
        "00_prepare",
        first_things=first,
        readiness=levels,
        flow_contradictions=against,
        nobodys_job=pd.DataFrame({"recommendation_id": ["9", "4.1"]}),
    )
    result = analyse(given, actions=[ACTION])
    assert result.tables["first_things"]["actions"].tolist() == [1, 0]
    table = result.tables["coverage"].set_index("recommendation_id")
    assert table.loc["9", "readiness"] == "1 (0–3)" and table.loc["4", "readiness"] == ""
    assert [risk[:11] for risk in result.tables["risks"]["risk"]] == ["1 kind of i", "No role is "]
    assert result.tables["risks"]["risk"].iloc[1].startswith("No role is named for 1 of the 48 ")


def test_a_table_in_which_the_source_is_no_source_holds_no_fact():
    influences = pd.DataFrame({"source": ["Economy: Growing"], "target": ["Space: Kept"]})
    facts = analyse(chapter("04_scenarios", influences=influences)).tables["facts"]
    assert not facts["from"].str.startswith("04").any()


def test_what_chapter_02_really_saves_is_read(tmp_path):
    """The two chapters keep in step: the tables and columns that the brief asks for are there."""
    rows = [*presence.card("A1", (2, 0), (8, 6)), *presence.card("A2", (2, 0), (8, 2))]
    made = presence.analyse(
        scores=rows,
        swing_weights=presence.weights("A1", 50, 50),
        costs=[
            {
                "option_id": "RO",
                "item": "Rent",
                "p10": 5,
                "p50": 10,
                "p90": 30,
                "frequency": "yearly",
            }
        ],
    )
    write_results(tmp_path / "02_china_presence", "02_china_presence", made.tables, {"title": "T"})
    result = analyse(read_saved(tmp_path), brief=[BRIEF])
    options = result.tables["options"].set_index("option")
    expected = made.tables["ranks"].set_index("option")["rank_1_pct"]
    assert options["first_pct"].to_dict() == expected.to_dict()
    freedom = options.loc["Office 办事处", ["freedom_median", "freedom_lowest", "freedom_highest"]]
    assert freedom.tolist() == [4, 2, 6]
    assert result.tables["lead"]["option"].tolist() == [options.index[0]]
    assert (
        result.tables["option_spread"].set_index("option").loc["Office 办事处", "Freedom lost"] == 4
    )
    assert options["cost_p50"].notna().sum() == 1


def test_clocks_of_cases_are_in_the_calendar_with_their_zone():
    board = pd.DataFrame(
        [
            [
                "C1",
                "A dam",
                "2026-11-02 09:00 +0300",
                "2026-11-16 12:00 +0300",
                "Lead",
                "a signature",
                "consulted",
            ],
            ["C2", "Quiet", "", "", "", "", "draft"],
        ],
        columns=[
            "case_id",
            "case",
            "next_clock",
            "needed_by",
            "whose_turn",
            "missing_first",
            "state",
        ],
    )
    given = {"03_speaking_out": SavedChapter("03_speaking_out", {}, {"board": board})}
    events = calendar.events(Context(snapshot(), given))
    assert events["title"].tolist() == [
        "Clock runs out 09:00 +0300: C1: A dam",
        "Words are needed 12:00 +0300: C1: A dam",
    ]
    assert events["description"].iloc[0] == "Whose turn: Lead. A signature."


def test_calendar_has_every_day_that_somebody_must_keep():
    duties = pd.DataFrame(
        {
            "route": ["Office", "Office"],
            "duty": ["Report on the year", "Keep accounts"],
            "next": pd.to_datetime(["2027-01-31", None]),
            "source": ["Law", "Law"],
            "confirmed": [None, None],
        }
    )
    given = chapter(duties=duties) | chapter(
        "03_speaking_out", board=BOARD_OF_CASES, next_checks=NEXT_CHECKS
    )
    inputs = snapshot(actions=[ACTION], decisions=[DECISION], brief=[BRIEF])
    events = calendar.events(Context(inputs, given))
    assert events["category"].tolist() == [
        "aftercare",
        "review",
        "decision",
        "action",
        "legal duty",
    ]
    assert [f"{day:%Y-%m-%d}" for day in events["date"]] == [
        "2026-11-03",
        "2026-11-15",
        "2026-11-27",
        "2026-12-15",
        "2027-01-31",
    ]
    assert events["uid"].is_unique
    assert "Not confirmed with counsel" in events["description"].iloc[-1]
    assert events["title"].iloc[0] == "Aftercare: C2: A statement"
    assert events["description"].iloc[0] == "Whose turn: Coordinator. The check at three months."


def test_a_day_that_moves_keeps_its_event_and_an_action_that_ended_has_none():
    def uids(**more):
        inputs = snapshot(actions=[{**ACTION, **more}])
        return set(calendar.events(Context(inputs, {}))["uid"])

    assert uids() == uids(due_date="2027-06-01", action="Ask counsel again")
    assert uids() != uids(action_id="other")
    assert uids(status="done") == uids(status="dropped") == uids(due_date=None) == set()


def test_what_an_edition_may_not_show_is_nowhere():
    secret = {"action": "Zq-secret", "indicator": "Zq", "note": "Zq", "owner_role": "Zq"}
    rows = {
        "actions": [ACTION, {**ACTION, **secret, "action_id": "s", "handling": "restricted"}],
        "decisions": [{**DECISION, "dissent": "Zq", "handling": "restricted"}],
        "brief": [{**BRIEF, "question": "Zq", "handling": "restricted"}],
        "recommendation_answers": [
            {"recommendation_id": "4", "next_step": "Zq", "handling": "restricted"}
        ],
    }
    result = analyse(edition=DEFAULT_EDITIONS["leaders"], **rows)
    shown = [table.to_csv() for table in (*result.tables.values(), *result.shown.values())]
    said = " ".join([*shown, *result.findings.values(), *result.notes])
    assert "Zq" not in said and "Ask counsel" in said
    assert "4 records were withheld before anything was computed." in result.notes


def test_an_edition_that_counts_small_groups_lists_no_single_record():
    edition = replace(DEFAULT_EDITIONS["leaders"], smallest_group=3)
    rows = [
        {**ACTION, "action_id": f"a{n}", "status": s}
        for n, s in enumerate(["planned"] * 3 + ["done"])
    ]
    result = analyse(edition=edition, actions=rows, decisions=[DECISION], brief=[BRIEF])
    for name in ("actions", "actions_incomplete", "decisions", "coverage", "calendar"):
        assert result.tables[name].empty, name
    counts = result.tables["actions_by_status"].set_index("status")["n_actions"]
    assert pd.isna(counts["Done"])


def test_an_owner_that_an_edition_may_not_show_is_not_called_missing():
    edition = replace(DEFAULT_EDITIONS["partner"], smallest_group=1)
    result = analyse(edition=edition, actions=[{**ACTION, "handling": "public"}])
    assert result.tables["actions"]["owner"].tolist() == [""]
    assert result.tables["actions_incomplete"].empty


def test_hostile_words_stay_words():
    rows = {
        "actions": [{**ACTION, "action": HOSTILE, "owner_role": HOSTILE}],
        "brief": [{**BRIEF, "question": HOSTILE, "risks": HOSTILE, "minority_view": HOSTILE}],
        "decisions": [{**DECISION, "decision": HOSTILE}],
    }
    result = analyse(**rows)
    assert result.tables["actions"]["action"].tolist() == [HOSTILE]
    assert result.tables["questions"]["question"].tolist() == [HOSTILE]


def test_the_same_inputs_give_the_same_tables():
    rows = {"actions": [ACTION], "decisions": [DECISION], "brief": [BRIEF]}
    first, second = analyse(**rows), analyse(**rows)
    for name, table in first.tables.items():
        pd.testing.assert_frame_equal(table, second.tables[name])
    assert first.notes == second.notes
