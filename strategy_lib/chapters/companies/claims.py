"""Claims: who says them, who checked, what follows from their figures, what stays in."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from strategy_lib.editions.restrict import Restricted

# Units of which one is told per other: people a team, hours a person, money an hour and a person.
RATIOS = (
    ("volunteers", "teams"),
    ("hours", "volunteers"),
    ("USD of service", "hours"),
    ("USD of donations", "beneficiaries"),
    ("tons", "supplies"),
)


@dataclass(frozen=True)
class Figure:
    """A number that is claimed; open-ended if it is said to be more than that."""

    value: float
    is_open_ended: bool = False


@dataclass(frozen=True)
class Ratio:
    """One figure per another.

    Attributes
    ----------
    value : float
        Rounded outward where it is a bound, else to the nearest tenth.
    bound : str
        `over` or `under`; empty for a ratio of two figures that are whole.
    """

    value: float
    bound: str = ""


def ratio(part: Figure, whole: Figure) -> Ratio | None:
    """One figure per another; None where two open ends leave nothing to say.

    Examples
    --------
    Hours a volunteer, from "over 70,000 hours" and 2,030 volunteers; a unit's weight from two
    open-ended figures:

    >>> ratio(Figure(70_000, True), Figure(2_030))
    Ratio(value=34.4, bound='over')
    >>> ratio(Figure(934_000), Figure(70_000, True))
    Ratio(value=13.4, bound='under')
    >>> ratio(Figure(100, True), Figure(20_000, True)) is None
    True
    """
    if whole.value <= 0 or (part.is_open_ended and whole.is_open_ended):
        return None
    exact = 10 * part.value / whole.value
    if part.is_open_ended:
        return Ratio(math.floor(exact) / 10, "over")
    if whole.is_open_ended:
        return Ratio(math.ceil(exact) / 10, "under")
    return Ratio(round(exact) / 10)


def ratios(restricted: Restricted) -> pd.DataFrame:
    """What figures of one company, source and day give per each other.

    Returns
    -------
    DataFrame
        `counterpart`, `per_unit` (such as hours), `of_each` (such as volunteers), `bound`
        (over, under or empty), `value`, `source`, `as_of`.
    """
    claims = restricted["claims"].dropna(subset=["figure", "unit"])
    rows = []
    for (name, source, day), own in claims.groupby(["counterpart", "source", "as_of"]):
        known = {
            row["unit"]: Figure(float(row["figure"]), row["is_open_ended"] is True)
            for row in own.to_dict("records")
        }
        for part, whole in RATIOS:
            found = ratio(known[part], known[whole]) if {part, whole} <= known.keys() else None
            if found:
                rows.append([name, part, whole, found.bound, found.value, source, day])
    columns = ["counterpart", "per_unit", "of_each", "bound", "value", "source", "as_of"]
    return pd.DataFrame(rows, columns=columns)


def claims_listed(restricted: Restricted) -> pd.DataFrame:
    """Each claim with who says it, who checked and what came of asking."""
    rows = restricted["claims"].sort_values(["counterpart", "kind", "claim_id"])
    columns = [
        "claim_id",
        "counterpart",
        "kind",
        "claim",
        "said_by",
        "source",
        "as_of",
        "checked",
        "checked_source",
        "grade",
        "tie",
        "relies_on_reputation",
        "sdg",
        "ask",
        "asked_date",
        "answer",
    ]
    return rows[columns].reset_index(drop=True)


def checks(listed: pd.DataFrame) -> pd.DataFrame:
    """By company: how many claims there are, how many somebody checked, with what result.

    Returns
    -------
    DataFrame
        `counterpart`, `claims`, `unchecked`, `confirmed` (in part too), `not_confirmed`
        (contradicted too), `cannot_tell`, `own_impact`, `asked`.
    """
    checked = listed["checked"]
    counted = pd.DataFrame(
        {
            "counterpart": listed["counterpart"],
            "claims": 1,
            "unchecked": checked.isna(),
            "confirmed": checked.isin(["confirmed", "partly"]),
            "not_confirmed": checked.isin(["not_confirmed", "contradicted"]),
            "cannot_tell": checked.isin(["cannot_tell"]),
            "own_impact": listed["tie"].isin(["answers_own_impact"]),
            "asked": listed["asked_date"].notna(),
        }
    )
    return counted.groupby("counterpart", as_index=False).sum()
