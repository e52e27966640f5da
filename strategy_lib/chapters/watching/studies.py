"""What each organisation pays of a study that several pay together."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_DOWN, Decimal

import pandas as pd

from strategy_lib.editions.restrict import Restricted

_CENT = Decimal("0.01")
_NUMBERS = ["total", "points", "cap", "pays", "short"]


def split(
    total: Decimal, points: Mapping[str, Decimal], caps: Mapping[str, Decimal]
) -> tuple[dict[str, Decimal], Decimal]:
    """Split an amount in proportion to points, nobody above what it can pay.

    What lies over a cap is split again among the others. Cents that are left over go to those with
    the largest remainders, equal ones in the order of names.

    Parameters
    ----------
    points : mapping of str to Decimal
        Organisation -> its part of the split, in points.
    caps : mapping of str to Decimal
        Organisation -> the most that it can pay; those without are not in it.

    Returns
    -------
    dict of str to Decimal
        What each pays, in the order of names.
    Decimal
        What is left because the caps are lower than the total.

    Examples
    --------
    >>> paid, short = split(Decimal(100), dict.fromkeys("abc", Decimal(1)), {})
    >>> [str(amount) for amount in paid.values()], str(short)
    (['33.34', '33.33', '33.33'], '0.00')
    """
    names = sorted(name for name, part in points.items() if part > 0)
    paid = dict.fromkeys(sorted(points), Decimal(0).quantize(_CENT))
    open_names, left = set(names), total.quantize(_CENT)
    while open_names:
        shares = {n: left * points[n] / sum(points[m] for m in open_names) for n in open_names}
        over = {n for n in open_names if n in caps and shares[n] >= caps[n]}
        if not over:
            paid |= _in_cents(left, shares)
            return paid, Decimal(0).quantize(_CENT)
        for name in over:
            paid[name] = caps[name].quantize(_CENT, rounding=ROUND_DOWN)
            left -= paid[name]
        open_names -= over
    return paid, left


def _in_cents(total: Decimal, shares: Mapping[str, Decimal]) -> dict[str, Decimal]:
    whole = {name: share.quantize(_CENT, rounding=ROUND_DOWN) for name, share in shares.items()}
    cents = int((total - sum(whole.values())) / _CENT)
    order = sorted(shares, key=lambda name: (whole[name] - shares[name], name))
    for name in order[:cents]:
        whole[name] += _CENT
    return whole


def studies(restricted: Restricted) -> pd.DataFrame:
    """Each study with what each organisation pays; who has not said its points is left out, named.

    Returns
    -------
    DataFrame
        `study_id`, `question`, `led_by`, `state`, `currency`, `total`, `organisation`, `points`,
        `cap`, `pays` (missing for who has not said), `short` (of the study).
    """
    columns = [
        *("study_id", "question", "led_by", "state", "currency", "total"),
        *("organisation", "points", "cap", "pays", "short"),
    ]
    rows = restricted["studies"]
    # An edition that may not name who pays shows no split.
    if rows.empty or "organisation" not in rows:
        return pd.DataFrame(columns=columns).astype(dict.fromkeys(_NUMBERS, "float64"))
    made = pd.concat([_paid(own) for _, own in rows.groupby("study_id")], ignore_index=True)
    return made[columns].astype(dict.fromkeys(_NUMBERS, "float64"))


def _paid(study: pd.DataFrame) -> pd.DataFrame:
    """The rows of one study with what each pays, and what is left of it."""
    said, total = study.dropna(subset="points"), Decimal(str(study["total"].iloc[0]))
    points, caps = _amounts(said, "points"), _amounts(said.dropna(subset="cap"), "cap")
    paid, short = split(total, points, caps) if points else ({}, total)
    pays = study["organisation"].map({name: float(amount) for name, amount in paid.items()})
    return study.assign(pays=pays, short=float(short)).sort_values("organisation")


def _amounts(rows: pd.DataFrame, column: str) -> dict[str, Decimal]:
    named = zip(rows["organisation"], rows[column], strict=True)
    return {name: Decimal(str(amount)) for name, amount in named}
