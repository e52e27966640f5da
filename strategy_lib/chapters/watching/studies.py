"""What each organisation pays of a study that several pay together."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_DOWN, Decimal

import pandas as pd

from strategy_lib.editions.restrict import Restricted

_CENT = Decimal("0.01")


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
    rows = restricted["studies"]
    made = []
    # An edition that may not name who pays shows no split.
    for _, own in rows.groupby("study_id") if "organisation" in rows else ():
        said = own.dropna(subset="points")
        total = Decimal(str(own["total"].iloc[0]))
        points = {
            n: Decimal(str(p)) for n, p in zip(said["organisation"], said["points"], strict=True)
        }
        capped = said.dropna(subset="cap")
        caps = {
            n: Decimal(str(c)) for n, c in zip(capped["organisation"], capped["cap"], strict=True)
        }
        paid, short = split(total, points, caps) if points else ({}, total)
        for row in own.sort_values("organisation").to_dict("records"):
            pays = paid.get(row["organisation"])
            made.append(
                [
                    row["study_id"],
                    row["question"],
                    row["led_by"],
                    row["state"],
                    row["currency"],
                    float(total),
                    row["organisation"],
                    row["points"],
                    row["cap"],
                    None if pays is None else float(pays),
                    float(short),
                ]
            )
    columns = [
        "study_id",
        "question",
        "led_by",
        "state",
        "currency",
        "total",
        "organisation",
        "points",
        "cap",
        "pays",
        "short",
    ]
    numbers = ["total", "points", "cap", "pays", "short"]
    frame = pd.DataFrame(made, columns=columns)
    return frame.assign(**{name: pd.to_numeric(frame[name]).astype("float64") for name in numbers})
