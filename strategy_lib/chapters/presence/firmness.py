"""How firm the first place of chapter 02 is: the tests that were made, and what each found."""

from __future__ import annotations

import pandas as pd

from strategy_lib.chapters.codes import Verdict
from strategy_lib.chapters.wording import listed
from strategy_lib.judgements.comparison import Comparison

NEARLY_HALF = 0.5
FEW_POINTS = 10.0


def firmness(comparison: Comparison, lines: pd.DataFrame) -> pd.DataFrame:
    """The tests of the option that comes first most often: what was tried, and what it found.

    Returns
    -------
    DataFrame
        `test`, `is_held` ("yes", or "no" where another option leads or a line is disputed),
        `found` (what failed, in words; empty where the option held). A test that cannot be made
        has no row.
    """
    names, leader = comparison.matrix.names, comparison.pooled.leader
    flip, rows = comparison.flip, []
    same = flip.leader == leader
    instead = f"with middle scores and mean weights {names[flip.leader]} leads instead"
    rows.append(("Middle scores", "" if same else instead))
    if same and flip.rival is not None:
        points = 100 * flip.distance
        moved = (
            f"moving {points:.1f} of 100 points of weight is enough for {names[flip.rival]} to lead"
        )
        rows.append((f"{FEW_POINTS:.0f} of 100 points of weight moved",
                     moved if points <= FEW_POINTS else ""))  # fmt: skip
    is_rare = comparison.pooled.rank_acceptability[leader, 0] < NEARLY_HALF
    rows.append(("Half the time",
                 "it comes first in fewer than half of the draws" if is_rare else ""))  # fmt: skip
    for left_out, one, what in (
        (comparison.without_criterion, "criterion", "criteria"),
        (comparison.without_assessor, "person", "assessors"),
    ):
        if left_out is None:
            continue
        count = int(left_out.changes_leader.sum())
        which = f"one of the {what}" if count == 1 else f"any one of {count} {what}"
        rows.append((f"Any {one} out",
                     f"another leads without {which}" if count else ""))  # fmt: skip
    own = lines[lines["option"] == names[leader]]
    if len(own):
        disputed = list(own.loc[own["verdict"] == Verdict.DISPUTED, "criterion"])
        crossed = f"a red line is disputed ({listed(disputed)})"
        rows.append(("Red lines", crossed if disputed else ""))
    made = pd.DataFrame(rows, columns=["test", "found"])
    return made.assign(is_held=made["found"].map(lambda found: "no" if found else "yes"))[
        ["test", "is_held", "found"]
    ]


def weaknesses(comparison: Comparison, lines: pd.DataFrame) -> list[str]:
    """Why the option that comes first most often is fragile; empty where it is not."""
    return [str(found) for found in firmness(comparison, lines)["found"] if found]
