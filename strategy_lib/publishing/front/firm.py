"""How firm the leading option is, and how near to a red line, as the front page says it."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from strategy_lib.chapters.codes import Verdict
from strategy_lib.core.messages import Number, say
from strategy_lib.editions.results import SavedChapter
from strategy_lib.plotting.theme import clean
from strategy_lib.publishing.front.options import OptionNames


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
    table = presence.table("firmness", "kind", "is_held", "number", "out_of", "rival")
    left_out = presence.table("without_criterion", "without", "first", "changes")
    without = [
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
        is_held = row["is_held"] == "yes"
        made.append(Test(is_held, "" if is_held else _failed(row, without, called)))
    return tuple(sorted(made, key=lambda test: test.is_held))


def _failed(row: Mapping[Hashable, Any], without: list[str], called: OptionNames) -> str:
    """What made a test fail, by its kind."""
    kind, number = row["kind"], row["number"]
    rival = called.shown(plain_text(row["rival"]))
    if kind == "points":
        return say("front-points", points=Number(number), option=rival)
    if kind == "middle":
        return say("front-middle", option=rival)
    if kind == "half":
        return say("front-half", times=say.times(number))
    if kind == "criterion" and without:
        more = [say("front-left-out-more", more=len(without) - 2)] if len(without) > 2 else []
        return "; ".join([*without[:2], *more])
    if kind == "lines":
        return say("red-line-front-disputed", lines=int(number))
    if pd.isna(number):
        return say("front-person")
    return say("front-people", people=int(number), of=int(row["out_of"]))


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
                "red-line-near",
                criterion=called.shown(row["criterion"]),
                middle=Number(own["median"].iloc[0]),
                allowed=clean(row["allowed"]),
            )


def plain_text(value: object) -> str:
    """A cell as one line of text; empty where there is nothing."""
    return "" if value is None or pd.isna(value) else " ".join(clean(value).split())  # type: ignore[call-overload]
