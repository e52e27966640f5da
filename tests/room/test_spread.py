"""What a closed round came to: sorted values without codes, and what is worth a second round."""

from __future__ import annotations

import pytest

from strategy_lib.core.audiences import DEFAULT_EDITIONS
from strategy_lib.editions.restrict import restrict
from strategy_lib.room.analysis.futures import futures_of
from strategy_lib.room.analysis.spread import spreads_of
from strategy_lib.room.questions.blocks import Block, Question
from strategy_lib.schema.frames import Tables, typed_frame
from strategy_lib.schema.schema import table_schema
from tests.widgets.room import CRITERIA, OPTIONS

ORDER = Question(
    "swing_weights",
    "order",
    "swing_weights",
    "",
    "",
    30,
    ({"criterion_id": "safety"}, {"criterion_id": "cost"}),
)


def question(option="P0", criterion="safety"):
    key = {"option_id": option, "criterion_id": criterion}
    return Question(f"scores/{option}/{criterion}", "scale", "scores", "", "", 30, (key,))


def scores(*bests, option="P0", criterion="safety", number=1):
    return [
        {
            "assessor_id": f"A{n:02d}",
            "round": number,
            "option_id": option,
            "criterion_id": criterion,
            "low": None if best is None else max(0, best - 1),
            "best": best,
            "high": None if best is None else min(10, best + 1),
        }
        for n, best in enumerate(bests, 1)
    ]


def made(questions=None, rounds=None, **tables):
    people = [{"assessor_id": f"A{n:02d}", "unit_id": "ke"} for n in range(1, 5)]
    frames = {"presence_options": OPTIONS, "criteria": CRITERIA, "assessors": people, **tables}
    frames["units"] = [{"unit_id": "ke", "name": "Kenya"}]
    typed = {name: typed_frame(table_schema(name), rows) for name, rows in frames.items()}
    inputs = restrict(Tables(typed), DEFAULT_EDITIONS["core"])
    asked = questions or (question(),)
    block = Block("presence", "", "02", dict.fromkeys(("scores", "swing_weights"), ({},)), asked)
    told = spreads_of(inputs, block, [q.id for q in asked], rounds or {"scores": 1})
    return told["spread"], told["ends"]


def test_values_are_sorted_and_bear_no_code():
    spread, _ = made(scores=scores(7, 3, None, 5))
    one = spread["scores/P0/safety"]
    assert one["values"] == [[2, 3, 4], [4, 5, 6], [6, 7, 8]]
    assert (one["answered"], one["cannot"], one["middle"]) == (3, 1, 5)
    assert "A0" not in str(spread)


@pytest.mark.parametrize("bests", [(), (7,), (7, 3), (7, 3, None)])
def test_below_three_answers_nothing_but_their_number_is_told(bests):
    spread, ends = made(scores=scores(*bests))
    one = spread["scores/P0/safety"]
    assert one["answered"] == sum(best is not None for best in bests)
    assert all(one[name] is None for name in ("values", "middle", "quarters", "lowest", "highest"))
    assert (ends, one["contested"]) == ([], [])


def test_the_two_furthest_apart_are_told_to_the_room_alone():
    spread, (end,) = made(scores=scores(7, 3, 5))
    assert (end["low_by"], end["lowest"], end["high_by"], end["highest"]) == ("A02", 3, "A01", 7)
    assert "low_by" not in str(spread)


@pytest.mark.parametrize(
    ("bests", "reasons"),
    [
        ((5, 5, 5, 5), []),
        ((3, 3, 7, 7), ["apart"]),
        ((1, 5, 5, 5), ["red_line"]),
        ((1, 1, 8, 8), ["apart", "red_line"]),
        ((1, 1, 1, 1), []),
    ],
)
def test_contested_is_a_wide_middle_half_or_a_red_line_between_people(bests, reasons):
    """Safety has a red line at 2: below it an option is out."""
    spread, _ = made(scores=scores(*bests))
    assert spread["scores/P0/safety"]["contested"] == reasons


def test_contested_is_also_what_could_let_another_option_lead():
    rows = [*scores(6, 6, 9), *scores(7, 7, 7, option="P1"), *scores(2.5, 2.5, 3, option="P2")]
    asked = tuple(question(option) for option in ("P0", "P1", "P2"))
    spread, _ = made(asked, scores=rows)
    contested = {name: one["contested"] for name, one in spread.items()}
    assert contested == {
        "scores/P0/safety": ["leader"],
        "scores/P1/safety": [],
        "scores/P2/safety": [],
    }


def test_movement_is_told_beside_the_value_that_it_led_to():
    rows = [*scores(3, 5, 9), *scores(6, None, 9, number=2)[:1], *scores(0, 0, 9, number=2)[2:]]
    spread, _ = made(rounds={"scores": 2}, scores=rows)
    one = spread["scores/P0/safety"]
    assert [value[1] for value in one["values"]] == [5, 6, 9]
    assert (one["before"], one["moved"]) == ([5, 3, 9], 1)


def test_each_weight_is_a_part_with_its_own_ends():
    weights = [
        {"assessor_id": f"A{n}", "round": 1, "criterion_id": code, "points": points}
        for n, pair in enumerate(((100, 20), (100, 90), (50, 100), (None, None)), 1)
        for code, points in zip(("safety", "cost"), pair, strict=True)
    ]
    spread, ends = made((ORDER,), {"swing_weights": 1}, swing_weights=weights)
    one = spread["swing_weights"]
    assert (one["answered"], one["cannot"]) == (3, 1)
    assert one["items"]["cost"]["values"] == [[20] * 3, [90] * 3, [100] * 3]
    assert [end["part"] for end in ends] == ["cost", "safety"]


def test_what_was_not_asked_is_not_told():
    spread, _ = made(scores=scores(1, 2, 3), rounds={"swing_weights": 1})
    assert spread == {}


def test_futures_come_and_go_with_what_people_say():
    def core(rows):
        frames = {"cross_impacts": typed_frame(table_schema("cross_impacts"), rows)}
        return restrict(Tables(frames), DEFAULT_EDITIONS["core"])

    def said(number, sign):
        return [
            {"assessor_id": "A1", "source_state": s, "target_state": t, "impact": sign * n}
            | {"round": number}
            for s in ("econ_growing", "econ_steady", "econ_shrinking")
            for t, n in (("attitudes_dialogue", 3), ("attitudes_confrontation", -3))
        ]

    # Forms that were sent are of the first round too: no future comes or goes with it.
    first = futures_of(core(said(1, -1)), 1)
    assert {row["is"] for row in first["rows"]} == {"stays"}
    assert first["first"] and first["now"] == first["before"]
    told = futures_of(core(said(1, -1) + said(2, 1)), 2)
    assert {"new", "gone"} <= {row["is"] for row in told["rows"]}
    assert not told["first"] and told["before"] == first["now"]
    place = told["factors"].index("Attitudes between China and the West")
    new = [row["states"][place] for row in told["rows"] if row["is"] == "new"]
    assert "Open confrontation" not in new
