"""How firm the leading option is, and how near to a red line, as the front page says it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from strategy_lib.chapters.codes import Verdict
from strategy_lib.editions.results import SavedChapter
from strategy_lib.plotting.theme import clean
from strategy_lib.publishing.front_options import OptionNames

# How the leading option stood a test, as the end of "still first".
_HELD = {
    "Middle scores": "by middle scores",
    "10 of 100 points of weight moved": "with 10 of 100 points of weight moved",
    "Half the time": "most times",
    "Any criterion out": "whichever criterion is left out",
    "Any person out": "whoever is left out",
    "Red lines": "within red lines",
}


@dataclass(frozen=True)
class Test:
    """One test of the option that comes first most often.

    Attributes
    ----------
    name : str
        How it is still first, such as "by middle scores".
    found : str
        What failed.
    """

    name: str
    is_held: bool
    found: str


def firm_tests(presence: SavedChapter, called: OptionNames) -> tuple[Test, ...]:
    """What was tried of the option that comes first most often, what failed first."""
    table = presence.table("firmness", "test", "is_held", "found")
    flips = presence.table("flips", "option", "points_to_move").dropna(subset="points_to_move")
    left_out = presence.table("without_criterion", "without", "first", "changes")
    failed = [
        f"{called.shown(row['without'])}: {called.shown(row['first'])} leads"
        for row in left_out.to_dict("records")
        if row["changes"] is True
    ]
    made = []
    for row in table.to_dict("records"):
        found = plain_text(row["found"])
        if found and len(flips) and "weight moved" in row["test"]:
            near = flips.sort_values("points_to_move", kind="stable").iloc[0]
            found = (
                f"{near['points_to_move']:g} of 100 points of weight moved: "
                f"{called.shown(near['option'])} leads"
            )
        elif failed and row["test"] == "Any criterion out":
            more = f"; so without {len(failed) - 2} more" if len(failed) > 2 else ""
            named = [said.replace(": ", " left out: ", 1) for said in failed[:2]]
            found = f"{'; '.join(named)}{more}"
        found = found[:1].upper() + found[1:]
        name = plain_text(row["test"])
        made.append(Test(_HELD.get(name, name), row["is_held"] == "yes", found))
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
            middle = f"the leading option has {own['median'].iloc[0]:g} of 10"
            allowed = f"red line {clean(row['allowed'])}"
            yield f"{called.shown(row['criterion'])}: {middle}, {allowed}."


def plain_text(value: object) -> str:
    """A cell as one line of text; empty where there is nothing."""
    return "" if value is None or pd.isna(value) else " ".join(clean(value).split())  # type: ignore[call-overload]
