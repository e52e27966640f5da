"""Harm to people: how severe, how likely, by whose judgement, and what the organisation tolerates.

Severity is the worst of scale, scope and irremediability, and it outranks likelihood: what is
severe stays so however unlikely it is. Ranks are compared, never multiplied or averaged. Nothing
here knows of benefits, so that none can buy a harm to people.

References
----------
United Nations (2011). Guiding Principles on Business and Human Rights, principles 14, 19 and 24
with their commentary (severity by scale, scope and irremediable character).
Stevens, S. S. (1946). On the theory of scales of measurement. Science 103(2684), 677-680.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import numpy as np
import pandas as pd

from strategy_lib.methods.harm.input import CELL, HIGHEST, Tolerance, checked_pairs
from strategy_lib.methods.harm.rating import (
    ACCEPTANCE,
    CLASSES,
    NOT_PERMITTED,
    NOT_READY,
    WITHIN,
    class_of,
    rate,
    severity,
)
from strategy_lib.methods.robustness.input import checked_share

__all__ = [
    "ACCEPTANCE",
    "CLASSES",
    "HIGHEST",
    "NOT_PERMITTED",
    "NOT_READY",
    "WITHIN",
    "Tolerance",
    "class_of",
    "most_severe_first",
    "rate",
    "residual",
    "route_classes",
    "screen",
    "severity",
]


def screen(
    ratings: pd.DataFrame,
    tolerances: Mapping[str, Tolerance],
    *,
    expected: pd.DataFrame | None = None,
    unheard: frozenset[str] = frozenset(),
    least_answers: int = 1,
    least_share_pct: float = 0,
) -> pd.DataFrame:
    """Return the class of each exposed group and route, with how far assessors are apart.

    Parameters
    ----------
    ratings : DataFrame
        As for `rate`; a row without its rating stands for somebody who was asked.
    expected : DataFrame, optional
        `group`, `route`, `stage`: what should be rated. What nobody rated is "not ready".
    unheard : frozenset of str
        Groups whose office was asked and has not answered: "not ready" at least.
    least_answers : int
        Assessors who must have answered; fewer are "not ready".
    least_share_pct : float
        Share of those who answered, from which a class counts; 0: one person over the line is
        enough.

    Returns
    -------
    DataFrame
        A row a group, route and stage, the most severe first: `n_asked`, `n_answered`,
        `n_unknown`; lowest, median and highest best estimate of severity and likelihood, and the
        range that assessors gave; `over_line_pct` (share of those who answered beyond what is
        within tolerance), `over_red_line_pct`; `class` (as those who answered see it);
        `class_mildest` and `class_worst`, what it could become within everybody's range, whether
        or not those who cannot say yet answer, so that the class lies between; `driver`.

    Raises
    ------
    InputError
        As for `rate`, and a share outside 0 to 100.

    Examples
    --------
    >>> line = Tolerance("liberty", acceptance_from=2, likely_acceptance_from=1, red_line_from=4)
    >>> rows = [{"group": "G", "route": "R", "stage": "before", "assessor": who, "kind": "liberty",
    ...          "scale": s, "scope": 0, "irremediability": 0, "likelihood": 1}
    ...         for who, s in (("A", 0), ("B", 0), ("C", 2))]
    >>> found = screen(pd.DataFrame(rows), {"liberty": line})
    >>> round(found["over_line_pct"].item()), CLASSES[found["class"].item()]
    (33, "needs a named role's written, expiring acceptance")
    """
    share = checked_share(least_share_pct, "least_share_pct", 100)
    rated = rate(ratings, tolerances)
    rows = [_cell(key, part, share) for key, part in rated.groupby(CELL, sort=True)]
    if expected is not None:
        there = {tuple(row[:3]) for row in rows}
        rows += [_nobody(pair) for pair in checked_pairs(expected) if pair not in there]
    made = pd.DataFrame(rows, columns=_COLUMNS)
    floor = (made["n_answered"] < max(1, least_answers)) | made["group"].isin(list(unheard))
    for name in ("class_mildest", "class", "class_worst"):
        raised = made[name].astype(int).mask(floor, made[name].clip(lower=NOT_READY).astype(int))
        made[name] = raised
    return most_severe_first(made)


_SPREAD = ("lowest", "median", "highest")
_COLUMNS = [
    *CELL,
    "kind",
    "n_asked",
    "n_answered",
    "n_unknown",
    *(f"severity_{name}" for name in _SPREAD),
    "severity_low",
    "severity_high",
    *(f"likelihood_{name}" for name in _SPREAD),
    "likelihood_low",
    "likelihood_high",
    "over_line_pct",
    "over_red_line_pct",
    "class_mildest",
    "class",
    "class_worst",
    "driver",
]


def _cell(key: tuple[Hashable, ...], part: pd.DataFrame, share: float) -> list[object]:
    """One group, route and stage: spread first, class last."""
    known, asked = part[part["is_known"]], len(part)
    over = [_share(known["class"] >= line) for line in (ACCEPTANCE, NOT_PERMITTED)]
    unknown = asked - len(known)
    floor = NOT_READY if unknown else WITHIN
    everybody = (known, part)
    worst = part.sort_values(["severity", "assessor"], ascending=[False, True], na_position="last")
    return [
        *key,
        part["kind"].iloc[0],
        asked,
        len(known),
        unknown,
        *_spread(part["severity"]),
        *_ends(known, "severity"),
        *_spread(part["likelihood"]),
        *_ends(known, "likelihood"),
        *over,
        max(floor, min(_reached(rows["class_mildest"], share) for rows in everybody)),
        max(floor, _reached(known["class"], share)),
        max(floor, *(_reached(rows["class_worst"], share) for rows in everybody)),
        worst["driver"].iloc[0],
    ]


def _nobody(pair: tuple[str, ...]) -> list[object]:
    missing = [np.nan] * (len(_COLUMNS) - 11)
    return [*pair, "", 0, 0, 0, *missing, NOT_READY, NOT_READY, NOT_READY, ""]


def _reached(classes: pd.Series[int], least_share_pct: float) -> int:
    """The worst class that a large enough share of these people reaches."""
    for line in (NOT_PERMITTED, NOT_READY, ACCEPTANCE):
        count = int((classes >= line).sum())
        if count and 100 * count >= least_share_pct * len(classes):
            return line
    return WITHIN


def _share(over: pd.Series[bool]) -> float:
    return float(100 * over.mean()) if len(over) else np.nan


def _spread(values: pd.Series[float]) -> list[float]:
    known = values.dropna()
    return [known.min(), known.median(), known.max()] if len(known) else [np.nan] * 3


def _ends(rows: pd.DataFrame, name: str) -> list[float]:
    return [rows[f"{name}_low"].min(), rows[f"{name}_high"].max()] if len(rows) else [np.nan] * 2


def most_severe_first(cells: pd.DataFrame) -> pd.DataFrame:
    """Return cells by class, then severity, then likelihood: likelihood only breaks ties."""
    by = ["class", "severity_highest", "likelihood_highest"]
    ordered = cells.sort_values([*by, *CELL], ascending=[False] * 3 + [True] * 3, kind="stable")
    return ordered.reset_index(drop=True)


def residual(cells: pd.DataFrame) -> pd.DataFrame:
    """Return what is left of each group and route: after mitigation where rated, else before.

    A milder class after mitigation counts only where at least as many people answered as before:
    else the class before it stands.
    """
    keys = ["group", "route"]
    after, before = (cells[cells["stage"] == stage] for stage in ("after", "before"))
    earlier = before.set_index(keys)[["class", "n_answered"]].rename(columns="{}_before".format)
    both = after.join(earlier, on=keys)
    is_thinner = both["n_answered"] < both["n_answered_before"]
    stands = is_thinner & (both["class"] < both["class_before"])
    kept = after[~stands.to_numpy()]
    rated = set(map(tuple, kept[keys].to_numpy()))
    is_left = [tuple(pair) not in rated for pair in before[keys].to_numpy()]
    return most_severe_first(pd.concat([kept, before[is_left]]))


def route_classes(cells: pd.DataFrame) -> pd.Series[int]:
    """Return the worst class of each route over all groups: no group is traded for another."""
    return cells.groupby("route", sort=True)["class"].max().astype(int)
