"""How firm the first place is: the tests it was put to, and the points that others need."""

from __future__ import annotations

from typing import Any

from strategy_lib.chapters.codes import Answer
from strategy_lib.chapters.page import Part, Section
from strategy_lib.chapters.presence.firmness import FEW_POINTS, Test
from strategy_lib.chapters.presence.page.base import Parts, is_known, shortened
from strategy_lib.plotting.pictures import Bar, Column, Grid, Picture, Row, Sign, State, Tone


def firm(parts: Parts) -> Section | None:
    """Tests and points; None where nothing is compared."""
    if not parts.leader or len(parts.tied) > 1:
        return None
    say = parts.say
    pictures = tuple(filter(None, (_tests(parts), _points(parts))))
    sentences = tuple(filter(None, (_left_out(parts), say("presence-firm-read"))))
    return Section(Part.FIRM, say("presence-firm"), sentences, pictures)


def _left_out(parts: Parts) -> str:
    """Without which criteria another leads."""
    changed = [row for row in parts.table("without_criterion") if row["changes"]]
    if not changed:
        return ""
    firsts = list(dict.fromkeys(parts.option(row["first"]) for row in changed))
    named = parts.names([parts.criterion(row["without"]) for row in changed])
    return parts.say(
        "presence-firm-without",
        count=len(changed),
        all=len(parts.table("without_criterion")),
        criteria=named,
        first=parts.names(firsts),
    )


def _tests(parts: Parts) -> Picture:
    say, tests = parts.say, parts.table("firmness")
    held = sum(row["is_held"] == Answer.YES for row in tests)
    passed = State(say("presence-passed"), Sign.YES)
    failed = State(say("presence-failed"), Sign.ALARM)
    rows = []
    for row in tests:
        state = passed if row["is_held"] == Answer.YES else failed
        rows.append(Row(_asked(parts, Test(row["kind"])), (state, _found(parts, row))))
    columns = (
        Column(say("presence-test-state"), width="27%"),
        Column(say("presence-test-found"), width="25%"),
    )
    return Picture(
        say("presence-tests", option=parts.option(parts.leader), held=held, tests=len(tests)),
        Grid(columns, tuple(rows), say("presence-test")),
        say("presence-tests-sub"),
        ("firmness", "without_criterion"),
    )


def _asked(parts: Parts, kind: Test) -> str:
    say = parts.say
    if kind is Test.LINES:
        return say("red-line-test")
    if kind is Test.POINTS:
        return say("presence-test-points", points=int(FEW_POINTS))
    return say(f"presence-test-{kind}")


def _found(parts: Parts, row: dict[str, Any]) -> str:
    say, kind, is_held = parts.say, Test(row["kind"]), row["is_held"] == Answer.YES
    if kind is Test.MIDDLE:
        return "" if is_held else say("presence-found-middle", rival=parts.option(row["rival"]))
    if kind is Test.POINTS:
        return say("presence-found-points", points=parts.points(row["number"]))
    if kind is Test.HALF:
        return say("presence-found-half", times=parts.say.times(row["number"]))
    if not is_known(row["number"]):
        return say("presence-found-too-few", fewest=parts.fewest)
    number, of = int(row["number"]), int(row["out_of"])
    if kind is Test.CRITERION:
        return say("presence-found-criterion", held=of - number, of=of)
    if kind is Test.PERSON:
        return say("presence-found-person", held=of - number, of=of)
    return say("presence-found-lines", disputed=number, of=of)


def _points(parts: Parts) -> Picture | None:
    """How many points of weight must move for each other option to lead."""
    say, flips = parts.say, parts.table("flips")
    others = len(parts.table("ranks")) - 1
    if not flips:
        return None
    made = [
        Row(
            parts.option(row["option"]),
            (Bar(say.number(row["points_to_move"], 1), float(row["points_to_move"])),),
            tone=Tone.LIMIT if row["points_to_move"] <= FEW_POINTS else Tone.OTHER,
        )
        for row in flips
    ]
    rows, left = shortened(made)
    nearest = parts.option(flips[0]["option"])
    points = parts.points(flips[0]["points_to_move"])
    title = say("presence-flips", rival=nearest, points=points)
    middle = parts.row_of("firmness", Test.MIDDLE, "kind")
    if middle and middle["is_held"] != Answer.YES:
        first = parts.option(middle["rival"])
        title = say("presence-flips-other", first=first, rival=nearest, points=points)
    column = Column(
        say("presence-flips-head"),
        say("presence-flips-note", points=int(FEW_POINTS)),
        limit=FEW_POINTS,
    )
    return Picture(
        title,
        Grid((column,), rows, head_width="11rem"),
        say("presence-flips-sub", never=others - len(flips), all=others, left=left),
        ("flips",),
    )
