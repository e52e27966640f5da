"""Needs and offers of secondments, matched by skill, language and time."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from strategy_lib.chapters.context import NOT_SAID
from strategy_lib.chapters.prepare.context import Context
from strategy_lib.core.messages import Number, say

PAIRS = ["need", "need_unit", "offer", "offer_unit", "skill", "language", "time", "weeks", "fit"]
FITS, PERHAPS, NO = "fits", "perhaps", "does not fit"
ENOUGH, ASK = "enough", "not said"
# Weeks count for less than one more need that is met.
_MOST_WEEKS = 520


@dataclass(frozen=True, eq=False)
class Matched:
    """Needs and offers, and what fits.

    Attributes
    ----------
    pairs : DataFrame
        Every need with every offer of the same skill from another unit: `need`, `offer` (codes),
        their units, `skill`, `language` and `time` ("enough", what is missing, or "not said"),
        `weeks` (in which both are possible), `fit`.
    matches : DataFrame
        One offer for one need: as many needs as can be met, and then as many weeks as possible.
    unmatched : DataFrame
        Needs and offers that are left: `kind`, `code`, `unit`, `skill`, `why`.
    past : int
        Needs and offers whose last day has passed; left out.
    """

    pairs: pd.DataFrame
    matches: pd.DataFrame
    unmatched: pd.DataFrame
    past: int


def match_secondments(context: Context) -> Matched:
    """Match needs with offers; what an answer leaves open makes a pair a perhaps, never a fit."""
    frame = context.frame("secondments").dropna(subset=["secondment_id", "kind", "skill"])
    is_past = (frame["end_date"] < pd.Timestamp(context.as_of)).fillna(False).astype(bool)
    listed = _labelled(context, frame[~is_past])
    needs, offers = (listed[listed["kind"] == kind] for kind in ("need", "offer"))
    pairs = _pairs(needs, offers)
    chosen = _assigned(pairs)
    matches = pairs.loc[chosen].reset_index(drop=True)
    unmatched = _unmatched(listed, pairs, matches)
    if not context.lists_records:
        pairs, matches, unmatched = pairs.iloc[:0], matches.iloc[:0], unmatched.iloc[:0]
    return Matched(pairs, matches, unmatched, int(is_past.sum()))


def _labelled(context: Context, frame: pd.DataFrame) -> pd.DataFrame:
    unit = context.unit_of(frame["unit_id"])
    skill = [context.label("capacity", code) for code in frame["skill"]]
    return frame.assign(unit=unit, skill_code=frame["skill"], skill=skill).reset_index(drop=True)


def _pairs(needs: pd.DataFrame, offers: pd.DataFrame) -> pd.DataFrame:
    both = needs.merge(offers, on="skill_code", suffixes=("_n", "_o"))
    both = both[both["unit_n"].ne(both["unit_o"]) | both["unit_n"].eq(NOT_SAID)]
    rows = [_pair(row) for row in both.to_dict("records")]
    made = pd.DataFrame(rows, columns=PAIRS).astype({"weeks": "Float64"})
    rank = made["fit"].map({FITS: 0, PERHAPS: 1, NO: 2})
    order = made.assign(rank=rank).sort_values(["rank", "need", "offer"], kind="stable").index
    return made.loc[order].reset_index(drop=True)


def _pair(row: dict[Any, Any]) -> list[Any]:
    language = _language(row["languages_n"], row["languages_o"])
    time, weeks = _time(row)
    fit = NO
    if {language, time} == {ENOUGH}:
        fit = FITS
    elif {language, time} <= {ENOUGH, ASK}:
        fit = PERHAPS
    return [
        row["secondment_id_n"],
        row["unit_n"],
        row["secondment_id_o"],
        row["unit_o"],
        row["skill_n"],
        language,
        time,
        weeks,
        fit,
    ]


def _language(needed: tuple[str, ...], offered: tuple[str, ...]) -> str:
    """Whether every language that is needed is offered.

    Examples
    --------
    >>> _language(("en", "zh"), ("EN",)), _language(("en",), ()), _language((), ("zh",))
    ('zh is missing', 'not said', 'enough')
    """
    wanted, spoken = ({code.strip().casefold() for code in codes} for codes in (needed, offered))
    missing = sorted(wanted - spoken)
    if not missing:
        return ENOUGH
    if not spoken:
        return ASK
    return say("prepare-match-missing", languages=len(missing), what=", ".join(missing))


def _time(row: dict[Any, Any]) -> tuple[str, float]:
    """Whether both can for as long as is needed, and the weeks in which both can."""
    starts = [row[f"start_date_{side}"] for side in "no"]
    ends = [row[f"end_date_{side}"] for side in "no"]
    weeks = math.nan
    if not any(pd.isna(day) for day in (*starts, *ends)):
        weeks = max(0.0, round(((min(ends) - max(starts)).days + 1) / 7, 1))
    needed, lent = (row[f"weeks_{side}"] for side in "no")
    if weeks == 0:
        return "at other times", weeks
    if pd.notna(needed) and pd.notna(lent) and lent < needed:
        return _weeks(lent, needed), weeks
    if pd.notna(needed) and weeks < needed:
        return _weeks(weeks, needed), weeks
    is_known = not math.isnan(weeks) and pd.notna(needed) and pd.notna(lent)
    return (ENOUGH if is_known else ASK), weeks


def _assigned(pairs: pd.DataFrame) -> list[int]:
    """Positions of the pairs that meet most needs, a fit before a perhaps, then most weeks."""
    possible = pairs[pairs["fit"] != NO]
    if possible.empty:
        return []
    rows, needs = pd.factorize(possible["need"])
    columns, offers = pd.factorize(possible["offer"])
    unit = (_MOST_WEEKS + 1) * (min(len(needs), len(offers)) + 1)
    weeks = possible["weeks"].fillna(0).clip(upper=_MOST_WEEKS).to_numpy(dtype=float)
    gain = np.zeros((len(needs), len(offers)))
    gain[rows, columns] = unit**2 + unit * (possible["fit"] == FITS).to_numpy() + weeks
    # Imported here: it takes longer than a panel should need to appear.
    from scipy.optimize import linear_sum_assignment

    chosen = set(zip(*linear_sum_assignment(gain, maximize=True), strict=True))
    cells = zip(possible.index, rows, columns, strict=True)
    return [int(position) for position, need, offer in cells if (need, offer) in chosen]


def _unmatched(listed: pd.DataFrame, pairs: pd.DataFrame, matches: pd.DataFrame) -> pd.DataFrame:
    columns = ["kind", "code", "unit", "skill", "why"]
    rows = []
    met = {kind: set(matches[kind]) for kind in ("need", "offer")}
    for row in listed.to_dict("records"):
        kind, code = row["kind"], row["secondment_id"]
        if code not in met[kind]:
            known = pairs[pairs[kind] == code]
            rows.append([kind, code, row["unit"], row["skill"], _why(kind, known)])
    made = pd.DataFrame(rows, columns=columns)
    return made.sort_values(["kind", "code"], kind="stable").reset_index(drop=True)


def _why(kind: str, known: pd.DataFrame) -> str:
    """What the nearest pair lacks."""
    other = "offer" if kind == "need" else "need"
    if known.empty:
        return say("prepare-match-none", kind=other)
    nearest = known.iloc[0]
    if nearest["fit"] != NO:
        return say("prepare-match-taken", what=str(nearest[other]))
    lacks = [str(nearest[name]) for name in ("language", "time") if nearest[name] != ENOUGH]
    return f"nearest is {nearest[other]}: {'; '.join(lacks)}"


def _weeks(weeks: float, needed: float) -> str:
    return say("prepare-match-weeks", weeks=Number(weeks), of=Number(needed))
