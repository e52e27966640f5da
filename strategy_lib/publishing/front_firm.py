"""How firm the leading option is, and how near to a red line, as the front page says it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from strategy_lib.chapters.codes import Verdict
from strategy_lib.core.messages import Number, Say
from strategy_lib.editions.results import SavedChapter
from strategy_lib.plotting.theme import clean
from strategy_lib.publishing.front_options import OptionNames

say = Say()


@dataclass(frozen=True)
class Test:
    """One test of the option that comes first most often.

    Attributes
    ----------
    found : str
        What failed; empty where it held.
    """

    is_held: bool
    found: str


def firm_tests(presence: SavedChapter, called: OptionNames) -> tuple[Test, ...]:
    """What was tried of the option that comes first most often, what failed first."""
    table = presence.table("firmness", "test", "is_held", "found")
    flips = presence.table("flips", "option", "points_to_move").dropna(subset="points_to_move")
    left_out = presence.table("without_criterion", "without", "first", "changes")
    failed = [
        say(
            "front-left-out",
            criterion=called.shown(row["without"]),
            option=called.shown(row["first"]),
        )
        for row in left_out.to_dict("records")
        if row["changes"] is True
    ]
    made = []
    for row in table.to_dict("records"):
        found = plain_text(row["found"])
        if found and len(flips) and "weight moved" in row["test"]:
            near = flips.sort_values("points_to_move", kind="stable").iloc[0]
            points = Number(near["points_to_move"])
            found = say("front-points", points=points, option=called.shown(near["option"]))
        elif failed and row["test"] == "Any criterion out":
            more = [say("front-left-out-more", more=len(failed) - 2)] if len(failed) > 2 else []
            found = "; ".join([*failed[:2], *more])
        made.append(Test(row["is_held"] == "yes", found[:1].upper() + found[1:]))
    return tuple(sorted(made, key=lambda test: test.is_held))


def danger(presence: SavedChapter, leads: str, called: OptionNames) -> Iterator[str]:
    """How far the option that comes first most often is from the red lines that others cross."""
    lines = presence.table("red_lines", "option", "criterion", "allowed", "verdict")
    crossed = set(lines.loc[lines["verdict"].isin([Verdict.BEYOND, Verdict.DISPUTED]), "criterion"])
    cells = presence.table("widest_cells", "option", "criterion", "median")
    for row in lines.to_dict("records"):
        if row["option"] != leads or row["criterion"] not in crossed:
            continue
        own = cells[(cells["option"] == leads) & (cells["criterion"] == row["criterion"])]
        if len(own) and not pd.isna(own["median"].iloc[0]):
            yield say(
                "front-danger",
                criterion=called.shown(row["criterion"]),
                middle=Number(own["median"].iloc[0]),
                allowed=clean(row["allowed"]),
            )


def plain_text(value: object) -> str:
    """A cell as one line of text; empty where there is nothing."""
    return "" if value is None or pd.isna(value) else " ".join(clean(value).split())  # type: ignore[call-overload]
