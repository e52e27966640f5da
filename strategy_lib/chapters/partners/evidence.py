"""Five indicators of an organisation's standing: who looked, what was read, who checked."""

from __future__ import annotations

from enum import StrEnum

import pandas as pd

from strategy_lib.chapters.engagement import in_code_order
from strategy_lib.editions.restrict import Restricted
from strategy_lib.schema.schema import code_list

INDICATORS = code_list("partner_indicator").values
# Slogans on all occasions differ from technical words: one text does not show which it is.
FEWEST_TEXTS = 3


class Look(StrEnum):
    """What is known of one indicator: `indicator_look`."""

    NOBODY = "nobody_looked"
    PART = "part"
    READ = "read"
    APART = "apart"


def readings(restricted: Restricted) -> pd.DataFrame:
    """Every reading, with whether it counts as looked at.

    Returns
    -------
    DataFrame
        `counterpart`, `indicator`, `unit_id`, `reading`, `grade`, `as_of`, `checked_by`,
        `check_result`, `is_looked_at` (a reading, a finding and a grade; of the language three
        texts too) and, where they may be shown, `finding` and `source`; in the order of
        counterparts and indicators.
    """
    rows = restricted["partner_evidence"]
    # What was found is for the core team alone; another edition goes by reading and grade.
    needed = [name for name in ("reading", "finding", "grade") if name in rows]
    said = rows[needed].notna().all(axis=1)
    enough = (rows["indicator"] != "language") | (rows["texts_read"].fillna(0) >= FEWEST_TEXTS)
    columns = [
        "counterpart",
        "indicator",
        "unit_id",
        "reading",
        "grade",
        "as_of",
        "checked_by",
        "check_result",
        # What was found, and where: as far as an edition shows it.
        *(name for name in ("finding", "source") if name in rows),
    ]
    made = rows[columns].assign(is_looked_at=said & enough)
    by = ["counterpart", "indicator", "unit_id"]
    return in_code_order(made, by, indicator="partner_indicator")


def indicator_grid(restricted: Restricted, read: pd.DataFrame) -> pd.DataFrame:
    """Each organisation by indicator: what is known, how it is read, whether it was checked.

    Organisations are those of a partnership, and those of which there is a reading. Readings of
    two offices are never averaged: where they differ the indicator is apart, and so it is where
    a check reads something else.

    Returns
    -------
    DataFrame
        `counterpart`, `indicator`, `look` (`indicator_look`), `reading` (one that all share; else
        missing), `readings` (how many), `is_checked`.
    """
    names = sorted({*restricted["partners"]["counterpart"].dropna(), *read["counterpart"].dropna()})
    rows = []
    for name in names:
        own = read[read["counterpart"] == name]
        for indicator in INDICATORS:
            rows.append([name, indicator, *_look(own[own["indicator"] == indicator])])
    columns = ["counterpart", "indicator", "look", "reading", "readings", "is_checked"]
    return pd.DataFrame(rows, columns=columns)


def _look(rows: pd.DataFrame) -> tuple[str, str | None, int, bool]:
    given = list(dict.fromkeys(rows["reading"].dropna()))
    counted = rows[rows["is_looked_at"]]
    checked = counted["checked_by"].isin(["peer", "external_expert"]) & counted[
        "check_result"
    ].isin(["agrees", "differs"])
    differs = bool((counted["check_result"] == "differs").any())
    if rows.empty:
        look = Look.NOBODY
    elif len(given) > 1 or differs:
        look = Look.APART
    else:
        look = Look.READ if len(counted) else Look.PART
    return look, given[0] if len(given) == 1 else None, len(rows), bool(checked.any())


def looked_at(grid: pd.DataFrame) -> pd.DataFrame:
    """By organisation: how many of the five indicators were looked at, and how many checked.

    Returns
    -------
    DataFrame
        Indexed by `counterpart`: `looked_at`, `checked`.
    """
    is_read = grid["look"].isin([Look.READ, Look.APART])
    return (
        grid.assign(looked_at=is_read, checked=grid["is_checked"] & is_read)
        .groupby("counterpart")[["looked_at", "checked"]]
        .sum()
    )
