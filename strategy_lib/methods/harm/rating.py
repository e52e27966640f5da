"""One assessor's rating of harm: severity, likelihood, and the class that they reach.

Severity is the worst of scale, scope and irremediability, and it outranks likelihood.

References
----------
United Nations (2011). Guiding Principles on Business and Human Rights, principles 14, 19 and 24
with their commentary (severity by scale, scope and irremediable character).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from strategy_lib.methods.harm.input import HIGHEST, Tolerance, checked_ratings

CLASSES = (
    "within tolerance",
    "needs a named role's written, expiring acceptance",
    "not ready",
    "not permitted as it stands",
)
WITHIN, ACCEPTANCE, NOT_READY, NOT_PERMITTED = range(4)
Numbers = npt.NDArray[np.float64]


def severity(scale: float, scope: float, irremediability: float) -> float:
    """Return the worst of the three: 0 none, 1 minor, 2 moderate, 3 serious, 4 severe.

    Examples
    --------
    >>> severity(1, 0, 4)
    4
    """
    return max(scale, scope, irremediability)


def class_of(severity: float, likelihood: float, tolerance: Tolerance) -> int:
    """Return the class (place in `CLASSES`) of one severity and likelihood, both 0 to 4.

    From the red line on, nothing is permitted as it stands, however unlikely. Below it, a severity
    from `acceptance_from` needs an acceptance; one from `likely_acceptance_from` needs it where it
    is also likely. Likelihood can only make the class stricter.

    Examples
    --------
    >>> line = Tolerance("liberty", acceptance_from=2, likely_acceptance_from=1, red_line_from=4)
    >>> [CLASSES[class_of(s, 0, line)] for s in (1, 4)]
    ['within tolerance', 'not permitted as it stands']
    """
    if tolerance.red_line_from is not None and severity >= tolerance.red_line_from:
        return NOT_PERMITTED
    if severity >= tolerance.acceptance_from:
        return ACCEPTANCE
    if severity >= tolerance.likely_acceptance_from and likelihood >= tolerance.likely_from:
        return ACCEPTANCE
    return WITHIN


def rate(ratings: pd.DataFrame, tolerances: Mapping[str, Tolerance]) -> pd.DataFrame:
    """Return each assessor's severity and class, as bounds and as the best estimate.

    Parameters
    ----------
    ratings : DataFrame
        `group`, `route`, `stage` (before or after mitigation), `assessor`, `kind` (of
        consequence); `scale`, `scope`, `irremediability`, `likelihood` (0 to 4, empty: cannot say);
        optionally `severity_low`, `severity_high`, `likelihood_low`, `likelihood_high`.
    tolerances : mapping of str to Tolerance
        By kind of consequence.

    Returns
    -------
    DataFrame
        The same rows with `severity_low`, `severity` (NaN where not known), `severity_high`,
        `driver` (which of the three is worst), the same of likelihood, `class_mildest`, `class`,
        `class_worst` (places in `CLASSES`) and `is_known`. What is left open spans the whole
        scale, and the class is then at least "not ready"; of a range without a best estimate the
        worst end counts.

    Raises
    ------
    InputError
        Missing columns, a rating outside 0 to 4, a range that does not hold its best estimate, a
        kind without a tolerance, somebody twice: all at once.

    Examples
    --------
    >>> line = Tolerance("liberty", acceptance_from=2, likely_acceptance_from=1, red_line_from=4)
    >>> row = {"group": "G", "route": "R", "stage": "before", "assessor": "A", "kind": "liberty",
    ...        "scale": 1, "scope": 2, "irremediability": 4, "likelihood": 0}
    >>> rated = rate(pd.DataFrame([row]), {"liberty": line})
    >>> rated["driver"].item(), CLASSES[rated["class"].item()]
    ('irremediability', 'not permitted as it stands')
    """
    rows = checked_ratings(ratings, tolerances)
    lines = [tolerances[kind] for kind in rows["kind"]]
    three = rows[["scale", "scope", "irremediability"]].to_numpy(dtype=float)
    known = np.nan_to_num(three, nan=0).max(axis=1, initial=0)
    best = np.where(np.isnan(three).any(axis=1), np.nan, known)
    likely = rows["likelihood"].to_numpy(dtype=float)
    low, high = _bounds(rows, "severity", best, known)
    least, most = _bounds(rows, "likelihood", likely, np.nan_to_num(likely, nan=0))
    made = rows.assign(
        severity_low=low,
        severity=best,
        severity_high=high,
        driver=_drivers(rows),
        likelihood_low=least,
        likelihood=likely,
        likelihood_high=most,
    )
    mildest, worst = _classes(low, least, lines), _classes(high, most, lines)
    # Where there is no best estimate, the worst end of a range that was given stands for it.
    severities = np.where(np.isnan(best), rows["severity_high"], best)
    likelihoods = np.where(np.isnan(likely), rows["likelihood_high"], likely)
    is_open = np.isnan(severities) | np.isnan(likelihoods)
    estimate = _classes(np.nan_to_num(severities), np.nan_to_num(likelihoods), lines)
    made["is_known"] = ~is_open | (mildest == NOT_PERMITTED)
    made["class"] = np.where(
        made["is_known"], np.maximum(estimate, mildest), np.maximum(mildest, NOT_READY)
    )
    made["class_mildest"], made["class_worst"] = mildest, np.maximum(worst, made["class"])
    return made


def _bounds(
    rows: pd.DataFrame, name: str, best: Numbers, known: Numbers
) -> tuple[Numbers, Numbers]:
    """The range that was given; else from what is known to the best estimate, or to the worst."""
    low, high = (rows[f"{name}_{end}"].to_numpy(dtype=float) for end in ("low", "high"))
    return (
        np.where(np.isnan(low), known, low),
        np.where(np.isnan(high), np.nan_to_num(best, nan=HIGHEST), high),
    )


def _drivers(rows: pd.DataFrame) -> list[str]:
    three = rows[["scale", "scope", "irremediability"]].fillna(-1)
    names = three.idxmax(axis=1)
    return ["" if worst < 0 else str(n) for n, worst in zip(names, three.max(axis=1), strict=True)]


def _classes(
    severities: Numbers, likelihoods: Numbers, lines: list[Tolerance]
) -> npt.NDArray[np.int64]:
    found = zip(severities, likelihoods, lines, strict=True)
    return np.array([class_of(s, p, line) for s, p, line in found], dtype=np.int64)
