"""Lists of questions: within everybody's minutes, no answer lost, the same for the same seed."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from strategy_lib.core.errors import InputError, WorkspaceError
from strategy_lib.core.workspace import open_workspace
from strategy_lib.cycles.asking.lists import (
    LISTS_FILE,
    all_lists,
    make_lists,
    question_id,
    read_lists,
    save_lists,
    was_edited,
)
from strategy_lib.cycles.asking.plan import people_of, plan_lines, questions_in
from strategy_lib.cycles.asking.questions import questions_of
from strategy_lib.cycles.asking.returned import tell_returned
from strategy_lib.cycles.asking.worth import worth_lines
from strategy_lib.editions.restrict import DEFAULT_EDITIONS, restrict
from strategy_lib.inputs.read import read_inputs
from tests.cycles.asking_rooms import room
from tests.workspaces import write_sheets


@pytest.fixture(scope="module")
def nine(tmp_path_factory):
    cycle, tables = room(tmp_path_factory.mktemp("nine"))
    return cycle, tables, make_lists(cycle, tables)


def asked_of(asking):
    """Question -> of how many people it is asked."""
    return asking.lists["question_id"].value_counts()


def test_nobody_is_asked_for_more_than_their_minutes(nine):
    _, _, asking = nine
    assert asking.minutes == 45
    assert all(0 < seconds <= 45 * 60 - 60 for seconds in asking.seconds().values())


def test_a_question_has_no_answer_or_enough_to_be_shown(nine):
    _, _, asking = nine
    counts = asked_of(asking)
    blocks = counts[counts.index.str.startswith("block")]
    assert len(blocks) and blocks.min() >= 5
    assert counts.min() >= 3


def test_everybody_judges_the_same_most_important_blocks_and_all_weights(nine):
    _, _, asking = nine
    rows = asking.rows()
    for table in ("cross_impacts", "swing_weights"):
        of_each = rows[rows["table"] == table].groupby("assessor_id")["question_id"].agg(frozenset)
        assert len(set(of_each)) == 1 and len(of_each) == 9
    first = rows[rows["position"] == 1]
    assert set(first["table"]) == {"swing_weights"}


def test_what_signposts_tell_is_asked_of_three_people_each(nine):
    _, _, asking = nine
    counts = asked_of(asking)
    signposts = counts[counts.index.str.startswith("signpost")]
    assert set(signposts) == {3} and len(signposts) > 10


def test_readiness_is_shared_out_sixteen_rows_each(nine):
    rows = nine[2].rows()
    readiness = rows[rows["table"] == "readiness"]
    assert readiness.groupby("assessor_id").size().tolist() == [16] * 9
    assert readiness.groupby("question_id").size().tolist() == [3] * 48


def test_the_same_inputs_give_the_same_lists(nine):
    cycle, tables, asking = nine
    again = make_lists(cycle, tables)
    pd.testing.assert_frame_equal(again.lists, asking.lists)


def test_one_chapter_alone_takes_the_minutes_of_the_others(nine):
    cycle, tables, whole = nine
    score_pairs = whole.rows()["table"].eq("scores").sum()
    alone = make_lists(cycle, tables, chapters=["02"])
    assert set(alone.rows()["chapter"]) == {"02"}
    assert alone.rows()["table"].eq("scores").sum() > 1.5 * score_pairs
    assert "chapter 02 only" in next(iter(plan_lines(alone)))
    futures = make_lists(cycle, tables, chapters=["04"])
    assert set(futures.rows()["chapter"]) == {"04"}
    assert min(futures.seconds().values()) > 40 * 60
    with pytest.raises(InputError, match="--only: found 07; assessors are asked for 00, 02, 04"):
        make_lists(cycle, tables, chapters=["07", "02"])


def test_red_lines_are_asked_of_everybody(tmp_path):
    scale = {"direction": "higher_is_better", "anchor_0": "a", "anchor_10": "b"}
    criteria = [
        {"criterion_id": "safety", "name": "Safety", "red_line": 3, **scale},
        {"criterion_id": "voice", "name": "Voice", **scale},
    ]
    options = [{"option_id": f"P{n}", "name": f"O{n}", "legal_route": "none"} for n in (1, 2)]
    cycle, tables = room(tmp_path, criteria=criteria, presence_options=options)
    counts = asked_of(make_lists(cycle, tables, 30))
    assert counts["score:P1:safety"] == counts["score:P2:safety"] == 9


def test_one_person_is_asked_what_fits_and_the_plan_says_why_it_is_everything(tmp_path):
    cycle, tables = room(tmp_path, people=1)
    asking = make_lists(cycle, tables)
    assert set(asked_of(asking)) == {1}
    assert 0 < asking.seconds()["A001"] <= 44 * 60
    first, why, *kinds = plan_lines(asking)
    assert first.startswith("Round 1: 1 person, up to 45 minutes each (it takes ")
    assert "everybody is asked everything that fits into the minutes" in why
    assert all(line.endswith(" 1 person each") for line in kinds)


def test_two_hundred_people_are_asked_in_groups(tmp_path):
    cycle, tables = room(tmp_path, people=200)
    asking = make_lists(cycle, tables, 20)
    assert len(asking.people) == 200
    counts = asked_of(asking)
    assert counts.min() >= 3
    assert max(asking.seconds().values()) <= 19 * 60


def test_with_five_minutes_each_weights_come_first_and_the_plan_says_so(tmp_path):
    cycle, tables = room(tmp_path)
    asking = make_lists(cycle, tables, 5)
    rows = asking.rows()
    assert rows.groupby("assessor_id")["table"].first().eq("swing_weights").all()
    assert max(asking.seconds().values()) <= 4 * 60
    assert any("up to 5 minutes" in line for line in plan_lines(asking))


def test_without_people_nobody_is_asked(tmp_path):
    cycle, tables = room(tmp_path, people=0)
    asking = make_lists(cycle, tables)
    assert asking.lists.empty
    (line,) = plan_lines(asking)
    assert "No assessor is listed" in line
    assert save_lists(cycle, asking) == ()


def test_a_list_made_twice_says_what_is_other_and_both_are_kept(tmp_path):
    cycle, tables = room(tmp_path)
    assert save_lists(cycle, make_lists(cycle, tables, 45)) == ()
    assert save_lists(cycle, make_lists(cycle, tables, 45)) == ()
    (line,) = save_lists(cycle, make_lists(cycle, tables, 10))
    assert "There was a list already (45 minutes, round 1)" in line
    assert "Answers to either count" in line
    both, now = all_lists(cycle), read_lists(cycle)
    assert len(both.drop_duplicates()) > len(now.drop_duplicates())
    assert not was_edited(cycle)


def test_a_list_that_was_changed_by_hand_is_known(tmp_path):
    cycle, tables = room(tmp_path, people=3)
    save_lists(cycle, make_lists(cycle, tables, 10))
    path = cycle.root / "forms" / LISTS_FILE
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines[:-1], ""]), encoding="utf-8")
    assert was_edited(cycle)


def test_the_file_names_what_is_asked_and_why(tmp_path):
    cycle, tables = room(tmp_path, people=3)
    asking = make_lists(cycle, tables, 10)
    save_lists(cycle, asking)
    frame = pd.read_csv(cycle.root / "forms" / LISTS_FILE, dtype=str)
    assert list(frame) == [
        *("assessor_id", "position", "chapter", "table", "block", "key", "seconds", "why")
    ]
    ids = [question_id(t, json.loads(k)) for t, k in zip(frame["table"], frame["key"], strict=True)]
    assert ids == asking.rows()["question_id"].tolist()
    assert frame["why"].notna().all()


LEFT_OUT = '[asking.left_out]\n"readiness:1" = "Asked in the meeting of 2 March"\n'


def test_what_is_left_out_is_asked_of_nobody_and_its_reason_stays_on_record(tmp_path):
    cycle, tables = room(tmp_path)
    save_lists(cycle, make_lists(cycle, tables))
    settings = cycle.workspace.root / "workbook.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + LEFT_OUT, encoding="utf-8")
    cycle = open_workspace(cycle.workspace.root).cycle()
    asking = make_lists(cycle, tables)
    assert "readiness:1" not in set(asking.lists["question_id"])
    lines = save_lists(cycle, asking)
    assert any("Withdrawn after it was sent: readiness:1 (Asked in the meeting" in x for x in lines)
    record = json.loads((cycle.root / "forms" / "questions.json").read_text(encoding="utf-8"))
    assert record["left_out"] == {"readiness:1": "Asked in the meeting of 2 March"}


def test_what_came_back_is_held_against_the_lists_and_every_answer_counts(tmp_path):
    """Outside the list, withdrawn after it was sent, a list changed by hand: each has its line."""
    levels = [
        {"assessor_id": f"A{n:03}", "recommendation_id": str(k), "level": 2}
        for n in (1, 2)
        for k in range(1, 21)
    ]
    cycle, _ = room(tmp_path, people=3)
    save_lists(cycle, make_lists(cycle, read_inputs(cycle), 15))
    write_sheets(cycle.inputs / "prepare" / "back.xlsx", {"readiness": levels})
    settings = cycle.workspace.root / "workbook.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + LEFT_OUT, encoding="utf-8")
    cycle = open_workspace(cycle.workspace.root).cycle()
    tables = read_inputs(cycle)
    lists = read_lists(cycle)
    own = lists[lists["question_id"].isin({f"readiness:{k}" for k in range(1, 21)})]
    done = int(own["assessor_id"].isin(["A001", "A002"]).sum())
    counted, *withdrawn = [p.message for p in tell_returned(cycle, tables)]
    assert counted == (
        f"{done} of {len(lists)} questions that were asked are answered; "
        f"{40 - done} answers more to questions on nobody's list count alike"
    )
    assert all('"readiness:1" is not asked any more (Asked in the' in line for line in withdrawn)
    assert len(withdrawn) == 1
    assert len(tables["readiness"].dropna(subset="level")) == 40
    path = cycle.root / "forms" / LISTS_FILE
    path.write_bytes(path.read_bytes()[:-1])
    assert next(p.kind for p in tell_returned(cycle, tables)) == "edited_list"


def test_where_nobody_gave_weights_scores_are_asked_as_if_all_criteria_weighed_alike(tmp_path):
    _, tables = room(tmp_path, people=3, scores=scores([1, 5, 9]))
    found = questions_of(restrict(tables, DEFAULT_EDITIONS["core"]), 1)
    asked = found[(found["table"] == "scores") & (found["question_id"] != "score:P0:access")]
    others = asked[~asked["question_id"].str.startswith("score:P0:")]
    assert (asked["value"] > 0).all()
    assert (
        others.groupby(others["question_id"].str.split(":").str[1])["value"].nunique().eq(1).all()
    )


def test_to_leave_out_needs_a_reason_and_a_question_that_there_is(tmp_path):
    with pytest.raises(WorkspaceError, match="readiness:1"):
        room(tmp_path / "a", settings='[asking.left_out]\n"readiness:1" = " "\n')
    cycle, tables = room(tmp_path / "b", settings='[asking.left_out]\n"readines:1" = "x"\n')
    with pytest.raises(InputError, match=r"readines:1.*did you mean readiness:1"):
        make_lists(cycle, tables)


@pytest.mark.parametrize(
    ("clear", "first"),
    [
        ([False, False], "Nothing is worth asking before deciding: of 2 scores on which the order"),
        ([True, False], "Worth asking 3 more people before deciding, in points of 0 to 10"),
        ([], "Nobody has scored an option yet: ask first (workbook forms)."),
    ],
)
def test_afterwards_it_is_said_what_is_worth_asking_or_that_nothing_is(clear, first):
    """A15."""
    table = pd.DataFrame(
        {"question": list("ab"), "name": list("AB"), "evsi": 0.2, "standard_error": 0.01}
    ).head(len(clear))
    lines = list(worth_lines(table.assign(is_clear=clear), 3))
    assert lines[0].startswith(first)
    assert lines[1:] == ["  A: 0.200 ± 0.010 (a)"] * sum(clear)


def scores(values):
    """A row of scores a person, on the same option and criterion."""
    return [
        {"assessor_id": f"A{n:03}", "option_id": "P0", "criterion_id": "access", "best": value}
        for n, value in enumerate(values, 1)
    ]


def test_round_two_asks_only_what_people_are_apart_on(tmp_path):
    near = [row | {"criterion_id": "relations"} for row in scores([5, 5, 6])]
    cycle, tables = room(tmp_path, people=3, scores=[*scores([1, 5, 9]), *near])
    asking = make_lists(cycle, tables, round_number=2)
    assert set(asking.lists["question_id"]) == {"score:P0:access"}
    assert asked_of(asking)["score:P0:access"] == 3


def test_what_was_answered_is_not_asked_again_and_counts(tmp_path):
    cycle, tables = room(tmp_path, scores=scores([5, 5, 5, 5]))
    asking = make_lists(cycle, tables)
    mine = asking.lists[asking.lists["assessor_id"] == "A001"]["question_id"]
    assert "score:P0:access" not in set(mine)
    answered = tables["scores"].dropna(subset="best")
    assert len(answered) == 4


def test_the_plan_names_every_question_and_of_how_many_it_is_asked(nine):
    _, _, asking = nine
    plan = questions_in(asking)
    assert set(plan["question"]) == set(asking.questions["question_id"])
    assert plan["people"].sum() == len(asking.lists)
    people = people_of(asking)
    assert people["person"].tolist() == list(asking.people)
    assert people["minutes"].max() <= 45


def test_a_restricted_option_is_on_no_list(tmp_path):
    options = [
        {"option_id": "P1", "name": "Open", "legal_route": "none"},
        {"option_id": "P2", "name": "Hidden", "legal_route": "none", "handling": "restricted"},
        {"option_id": "P3", "name": "Other", "legal_route": "none"},
    ]
    cycle, _ = room(tmp_path, presence_options=options)
    write_sheets(cycle.inputs / "presence" / "x.xlsx", {"scores": []})
    asking = make_lists(cycle, read_inputs(cycle))
    assert not asking.questions["question_id"].str.contains("P2").any()
