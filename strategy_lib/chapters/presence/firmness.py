"""How firm the first place of chapter 02 is: the tests that were made, and what each found."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
import pandas as pd

from strategy_lib.chapters.codes import Verdict
from strategy_lib.core.messages import Names, Number, say
from strategy_lib.editions.people import is_countable
from strategy_lib.judgements.comparison import Comparison

NEARLY_HALF = 0.5
FEW_POINTS = 10.0
Told = tuple[float, float]
_UNTOLD: Told = (np.nan, np.nan)


class Test(StrEnum):
    """What is tried of an option that comes first."""

    MIDDLE = "middle"
    """Whether it leads with middle scores and mean weights too."""
    POINTS = "points"
    """Whether it still leads when a few points of weight move."""
    HALF = "half"
    """Whether it comes first at least half of the time."""
    CRITERION = "criterion"
    """Whether it leads without any one of the criteria."""
    PERSON = "person"
    """Whether it leads without any one of the people."""
    LINES = "lines"
    """Whether people agree that it crosses no red line."""


def firmness(comparison: Comparison, lines: pd.DataFrame) -> pd.DataFrame:
    """The tests of the option that comes first most often: what was tried, and what it found.

    Returns
    -------
    DataFrame
        `test`, `is_held` ("yes", or "no" where another option leads or a line is disputed),
        `found` (what failed, in words; empty where the option held), `kind` (a `Test`), `number`
        and `out_of` (times in 100 that it comes first; points of 100 to move; how often of how
        many another leads), `rival` (who leads instead). A test that cannot be made has no row.
    """
    names, leader = comparison.matrix.names, comparison.pooled.leader
    flip, rows = comparison.flip, []

    def tried(test: str, found: str, kind: Test, told: Told = _UNTOLD, rival: str = "") -> None:
        rows.append((test, found, kind, *told, rival))

    same = flip.leader == leader
    ahead = "" if same else names[flip.leader]
    instead = say("presence-failed-middle", option=ahead) if ahead else ""
    tried("Middle scores", instead, Test.MIDDLE, rival=ahead)
    if same and flip.rival is not None:
        points, rival = 100 * flip.distance, names[flip.rival]
        moved = say("presence-failed-points", points=Number(points), rival=rival)
        test = f"{FEW_POINTS:.0f} of 100 points of weight moved"
        found = moved if points <= FEW_POINTS else ""
        tried(test, found, Test.POINTS, (points, 100.0), rival)
    share = float(comparison.pooled.rank_acceptability[leader, 0])
    rare = say("presence-failed-half") if share < NEARLY_HALF else ""
    tried("Half the time", rare, Test.HALF, (100 * share, 100.0))
    for left_out, kind, one in (
        (comparison.without_criterion, Test.CRITERION, "criterion"),
        (comparison.without_assessor, Test.PERSON, "person"),
    ):
        if left_out is None:
            continue
        count = int(left_out.changes_leader.sum())
        told = _told(count, len(left_out.changes_leader), kind, comparison)
        found = say("presence-failed-without", of=one, times=count) if count else ""
        tried(f"Any {one} out", found, kind, told)
    own = lines[lines["option"] == names[leader]]
    if len(own):
        disputed = list(own.loc[own["verdict"] == Verdict.DISPUTED, "criterion"])
        crossed = say("red-line-failed", names=Names(disputed, 4)) if disputed else ""
        tried("Red lines", crossed, Test.LINES, (float(len(disputed)), float(len(own))))
    columns = ["test", "found", "kind", "number", "out_of", "rival"]
    made = pd.DataFrame(rows, columns=columns)
    made["is_held"] = made["found"].map(lambda found: "no" if found else "yes")
    return made[["test", "is_held", *columns[1:]]]


def _told(count: int, of: int, kind: Test, comparison: Comparison) -> Told:
    """How often of how many another leads; of people only where so many are counted."""
    fewest = comparison.matrix.fewest
    is_told = kind is not Test.PERSON or is_countable(count, of, fewest)
    return (float(count), float(of)) if is_told else _UNTOLD
