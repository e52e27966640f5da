"""Checks of ratings of harm and of tolerances: everything that is wrong, at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from strategy_lib.core.errors import InputError

HIGHEST = 4
CELL = ["group", "route", "stage"]
STAGES = ("before", "after")
THREE = ("scale", "scope", "irremediability")
_KEYS = (*CELL, "assessor", "kind")
_RANGES = ("severity_low", "severity_high", "likelihood_low", "likelihood_high")
_MOST_SHOWN = 20


@dataclass(frozen=True)
class Tolerance:
    """How much harm of one kind an organisation tolerates; severity and likelihood run 0 to 4.

    Attributes
    ----------
    kind : str
        Kind of consequence, such as loss of liberty.
    acceptance_from : int
        Severity from which somebody must accept it in writing.
    likely_acceptance_from : int
        Lower severity from which the same holds where it is likely.
    likely_from : int
        Likelihood that counts as likely.
    red_line_from : int, optional
        Severity from which it is not permitted as it stands; without it, no line is drawn.
    """

    kind: str
    acceptance_from: int
    likely_acceptance_from: int
    red_line_from: int | None = None
    likely_from: int = 3

    def __post_init__(self) -> None:
        steps = [self.likely_acceptance_from, self.acceptance_from]
        steps += [] if self.red_line_from is None else [self.red_line_from]
        outside = [s for s in (*steps, self.likely_from) if not 0 <= s <= HIGHEST + 1]
        if outside or steps != sorted(steps):
            raise InputError(
                f"tolerance of {self.kind!r}: found likely acceptance from "
                f"{self.likely_acceptance_from}, acceptance from {self.acceptance_from}, red line "
                f"from {self.red_line_from}; allowed 0 to {HIGHEST + 1}, each at least the one "
                "before"
            )


def checked_ratings(ratings: pd.DataFrame, tolerances: Mapping[str, Tolerance]) -> pd.DataFrame:
    """Return ratings as numbers, what is left open as NaN, in an order of their own keys.

    Raises
    ------
    InputError
        As `harm.rate` says.
    """
    missing = [n for n in (*_KEYS, *THREE, "likelihood") if n not in ratings]
    if missing:
        raise InputError(f"ratings: missing columns {', '.join(missing)}")
    rows = ratings.reindex(columns=[*_KEYS, *THREE, "likelihood", *_RANGES]).copy()
    numbers = [*THREE, "likelihood", *_RANGES]
    given = rows[numbers].apply(pd.to_numeric, errors="coerce").astype(float)
    faults = [*_not_numbers(rows, given), *_outside(rows, given), *_crossed(rows, given)]
    faults += _unknown(rows, "kind", tolerances)
    faults += _unknown(rows, "stage", STAGES)
    faults += [
        f"{_where(row)}: rated twice"
        for _, row in rows[rows.duplicated([*CELL, "assessor"])].iterrows()
    ]
    kinds = rows.groupby(["group", "route"])["kind"].nunique()
    faults += [f"{g} · {r}: more than one kind of consequence" for g, r in kinds.index[kinds > 1]]
    if faults:
        more = f"; and {len(faults) - _MOST_SHOWN} more" if len(faults) > _MOST_SHOWN else ""
        raise InputError(f"ratings: {'; '.join(faults[:_MOST_SHOWN])}{more}")
    rows[numbers] = given
    return rows.sort_values([*CELL, "assessor"], kind="stable").reset_index(drop=True)


def checked_pairs(expected: pd.DataFrame) -> list[tuple[str, ...]]:
    """Return group, route and stage of what should be rated, each once.

    Raises
    ------
    InputError
        If one of the three columns is missing.
    """
    missing = [name for name in CELL if name not in expected]
    if missing:
        raise InputError(f"expected: missing columns {', '.join(missing)}")
    return list(dict.fromkeys(map(tuple, expected[CELL].astype(str).to_numpy().tolist())))


def _where(row: pd.Series) -> str:
    return " · ".join(str(row[name]) for name in (*CELL, "assessor"))


def _not_numbers(rows: pd.DataFrame, given: pd.DataFrame) -> list[str]:
    return [
        f"{_where(rows.loc[at])} · {name}: found {rows[name][at]!r}; allowed 0 to {HIGHEST}"
        for name in given
        for at in rows.index[rows[name].notna() & given[name].isna()]
    ]


def _outside(rows: pd.DataFrame, given: pd.DataFrame) -> list[str]:
    is_out = (given < 0) | (given > HIGHEST)
    return [
        f"{_where(rows.loc[at])} · {name}: found {given[name][at]:g}; allowed 0 to {HIGHEST}"
        for name in given
        for at in rows.index[is_out[name]]
    ]


def _crossed(rows: pd.DataFrame, given: pd.DataFrame) -> list[str]:
    """Ranges that do not hold their best estimate."""
    three = given[list(THREE)].to_numpy()
    known = pd.Series(np.nan_to_num(three, nan=0).max(axis=1, initial=0), index=given.index)
    is_whole = ~np.isnan(three).any(axis=1)
    faults = []
    for name, middle in (("severity", known), ("likelihood", given["likelihood"])):
        low, high = given[f"{name}_low"], given[f"{name}_high"]
        # A range may begin lower than what is not fully known.
        too_high = (low > middle) & (is_whole | (name == "likelihood"))
        wrong = too_high | (high < middle) | (low > high)
        faults += [
            f"{_where(rows.loc[at])} · {name}: the range {low[at]:g} to {high[at]:g} does not hold "
            f"{middle[at]:g}"
            for at in rows.index[wrong]
        ]
    return faults


def _unknown(rows: pd.DataFrame, name: str, allowed: Iterable[str]) -> list[str]:
    known = list(allowed)
    return [
        f"{name}: found {value!r}; allowed {', '.join(known) or 'nothing'}"
        for value in rows.loc[~rows[name].isin(known), name].drop_duplicates()
    ]
