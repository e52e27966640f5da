"""What to do first: the gap that people see, times how much it matters to them.

Levels and importance are steps in words. Their product treats the steps as equally wide; so the
order is also made from the smaller of the two, which multiplies nothing.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from strategy_lib.chapters.prepare.context import HIGHEST_LEVEL, Context
from strategy_lib.chapters.prepare.readiness import said_range
from strategy_lib.editions.people import enough

FIRST = 5
# Where more than this tie for the last places, nothing comes first.
MOST_SHOWN = 10
Matrix = npt.NDArray[np.float64]
Ranks = npt.NDArray[np.int64]
COLUMNS = [
    "rank",
    "recommendation_id",
    "recommendation",
    "gap_median",
    "gap",
    "importance_median",
    "importance",
    "median",
    "gap_times_importance",
    "answers",
    "units",
    "is_tied",
    "lean_pct",
    "is_first_by_units",
    "is_first_by_smaller",
    "n_drops_without",
    "roles",
]
# Leans that are closer than so many standard errors may differ by who happened to answer.
_CLEARLY = 2.0


def priorities(context: Context) -> pd.DataFrame:
    """Every whole recommendation by gap times importance, the largest first; ties share a rank.

    Each person's own gap (4 less the level) is multiplied by the same person's importance; the
    middle of these products gives the order. Each person counts once. Where more than `MOST_SHOWN`
    would share the first places, equal middles are told apart by how many more people are above
    the middle than below it, if that differs by more than could be chance.

    Returns
    -------
    DataFrame
        `rank` (1 is the largest; ties share the lowest), `recommendation_id`, `recommendation`;
        `gap` (0 to 4), `importance` (0 to 4) and `gap_times_importance` (0 to 16) as text from the
        lowest to the highest, with `gap_median`, `importance_median` and `median` (of the
        products); `answers`, `units`; `is_tied`; `lean_pct`: people above the middle less those
        below it, of all who answered, where this tells equal middles apart, else missing;
        `is_first_by_units`: among the first also where each unit counts once;
        `is_first_by_smaller`: also where the smaller of gap and importance gives the order, so
        that nothing is multiplied; `n_drops_without`:
        people without whom it would not be among the first (missing where so few are not counted);
        `roles`: responsible roles named, empty
        where nobody names one, missing where they are not shown.
    """
    both = context.judged[["level", "importance"]].notna().all(axis=1)
    # A part of a recommendation is asked of nobody, so that few speak of it.
    asked = context.items.loc[context.items["in_place"].notna(), "recommendation_id"]
    known = context.judged[both & context.judged["recommendation_id"].isin(asked)]
    counts = known.groupby("recommendation_id").size()
    answered = counts.index[counts >= context.fewest]
    known = known[known["recommendation_id"].isin(answered)]
    if known.empty:
        return pd.DataFrame(columns=COLUMNS)
    known = known.assign(
        gap=HIGHEST_LEVEL - known["level"].astype(float), weight=known["importance"].astype(float)
    )
    known["product"] = known["gap"] * known["weight"]
    known["smaller"] = known[["gap", "weight"]].min(axis=1)
    made, people = _parts(known), _by_person(known, "product")
    middles = _medians(people)
    tells_apart = _tie_too_many(middles)
    made["median"] = middles
    made["rank"] = _standing(people, middles, tells_apart)
    made["is_tied"] = made["rank"].duplicated(keep=False)
    shows_lean = tells_apart and context.lists_records
    made["lean_pct"] = (100 * _lean(people, middles)).round(1) if shows_lean else pd.NA
    by_units = np.asarray(_by_units(known).reindex(made.index), dtype=np.float64)
    made["is_first_by_units"] = _ranks(by_units) <= FIRST
    smaller = _ranks(_medians(_by_person(known, "smaller")))
    made["is_first_by_smaller"] = smaller <= FIRST
    drops = _drops(people, tells_apart=tells_apart)
    told = pd.Series(drops, made.index, dtype="Int64").where(enough(drops, context.fewest))
    made["n_drops_without"] = told if context.lists_records else pd.NA
    named = context.items.set_index("recommendation_id")["recommendation"]
    made["recommendation"] = named.reindex(made.index)
    shows_roles = context.lists_records and context.can_show("readiness", "owner_role")
    roles = _named_roles(context).reindex(made.index, fill_value="")
    made["roles"] = roles if shows_roles else pd.NA
    order = {code: place for place, code in enumerate(named.index)}
    made["place"] = [order[str(code)] for code in made.index]
    made = made.sort_values(["rank", "place"], kind="stable").reset_index()
    return made[COLUMNS]


def _parts(known: pd.DataFrame) -> pd.DataFrame:
    grouped = known.groupby("recommendation_id", sort=True)
    made = grouped.agg(answers=("assessor_id", "nunique"), units=("unit_id", "nunique"))
    for name, column in (
        ("gap", "gap"),
        ("importance", "weight"),
        ("gap_times_importance", "product"),
    ):
        low, high = grouped[column].min(), grouped[column].max()
        if column != "product":
            made[f"{name}_median"] = grouped[column].median()
        made[name] = [said_range(a, b) for a, b in zip(low, high, strict=True)]
    return made


def _by_person(known: pd.DataFrame, values: str) -> Matrix:
    """Values, persons x recommendations in the order of their codes; NaN without an answer."""
    table = known.pivot_table(
        index="assessor_id", columns="recommendation_id", values=values, aggfunc="median"
    )
    made: Matrix = table.to_numpy(dtype=np.float64, na_value=np.nan)
    return made


def _tie_too_many(middles: Matrix) -> bool:
    """Whether so many share the first places that no few of them could be named."""
    return int(((_ranks(middles) <= FIRST) & (middles > 0)).sum()) > MOST_SHOWN


def _lean(people: Matrix, middles: Matrix) -> Matrix:
    """People above the middle less people below it, as a share of those who answered (-1 to 1).

    Examples
    --------
    >>> _lean(np.array([[8.0], [8.0], [12.0], [16.0], [np.nan]]), np.array([8.0])).tolist()
    [0.5]
    """
    more = (people > middles).sum(axis=0) - (people < middles).sum(axis=0)
    lean: Matrix = more / _answered(people)
    return lean


def _ranks(products: Matrix) -> Ranks:
    """1 for the largest; equal ones share the better rank, an unknown one comes last."""
    known = np.where(np.isnan(products), -1.0, products)
    ranks: Ranks = 1 + (known[None, :] > known[:, None]).sum(axis=1).astype(np.int64)
    return ranks


def _by_units(known: pd.DataFrame) -> pd.Series[float]:
    """Middle of the units' middles, so that a unit with many assessors counts once."""
    of_unit = known.groupby(["recommendation_id", "unit_id"])["product"].median()
    return of_unit.groupby(level=0).median()


def _drops(people: Matrix, *, tells_apart: bool = False) -> Ranks:
    """How many single people each of the first five depends on to be there."""
    is_first = _standing(people, _medians(people), tells_apart) <= FIRST
    count = np.zeros(people.shape[1], dtype=np.int64)
    if len(people) < 2:
        return count
    for person, middles in enumerate(_medians_without_each(people)):
        others = np.delete(people, person, axis=0) if tells_apart else people
        count += is_first & (_standing(others, middles, tells_apart) > FIRST)
    return count


def _standing(people: Matrix, middles: Matrix, tells_apart: bool) -> Ranks:
    """Ranks by the middles; where it `tells_apart`, equal middles by leans that clearly differ.

    The squared error of a lean is that of a mean of +1 (above), 0 and -1 (below).
    """
    if not tells_apart:
        return _ranks(middles)
    lean, answered = _lean(people, middles), _answered(people)
    off_middle = ((people != middles) & ~np.isnan(people)).sum(axis=0) / answered
    error = (off_middle - lean**2) / answered
    limit = _CLEARLY * np.sqrt(error[:, None] + error[None, :])
    known = np.where(np.isnan(middles), -1.0, middles)
    is_equal = known[None, :] == known[:, None]
    is_clear = is_equal & (lean[None, :] - lean[:, None] > limit)
    ahead = (known[None, :] > known[:, None]) | is_clear
    ranks: Ranks = 1 + ahead.sum(axis=1).astype(np.int64)
    return ranks


def _answered(people: Matrix) -> Matrix:
    counts: Matrix = np.maximum(1, (~np.isnan(people)).sum(axis=0)).astype(np.float64)
    return counts


def _medians_without_each(people: Matrix) -> Matrix:
    """Middles of each column with one person left out, by person.

    Examples
    --------
    >>> _medians_without_each(np.array([[1.0], [2.0], [9.0]])).ravel().tolist()
    [5.5, 5.0, 1.5]
    """
    made = np.tile(_medians(people), (len(people), 1))
    for column, values in enumerate(people.T):
        order = np.argsort(values, kind="stable")
        ordered = order[: np.count_nonzero(~np.isnan(values))]
        rest = len(ordered) - 1
        if rest < 1:
            made[ordered, column] = np.nan
            continue
        place = np.arange(rest + 1)
        middles = [half + (half >= place) for half in ((rest - 1) // 2, rest // 2)]
        made[ordered, column] = values[ordered][middles].mean(axis=0)
    return made


def _medians(values: Matrix) -> Matrix:
    made = np.full(values.shape[1], np.nan)
    has_any = (~np.isnan(values)).any(axis=0)
    made[has_any] = np.nanmedian(values[:, has_any], axis=0)
    return made


def _named_roles(context: Context) -> pd.Series[str]:
    roles = context.judged.dropna(subset=["owner_role"]).groupby("recommendation_id")["owner_role"]
    return roles.agg(lambda names: "; ".join(sorted(set(map(str, names)))))


def first_things(ranked: pd.DataFrame) -> pd.DataFrame:
    """The first five, with those that tie for the last place; empty where too many tie.

    Parameters
    ----------
    ranked : DataFrame
        What `priorities` returns. What nobody sees a gap in, or nobody finds important, is left
        out: a product of zero asks for nothing.
    """
    chosen = ranked[(ranked["rank"] <= FIRST) & (ranked["median"] > 0)]
    return chosen.iloc[:0] if len(chosen) > MOST_SHOWN else chosen.reset_index(drop=True)


def in_order(ranked: pd.DataFrame) -> pd.DataFrame:
    """What `priorities` returns, as a table to read: each middle with its range in one cell."""
    parts = {
        "gap_to_level_4": ("gap_median", "gap"),
        "importance": ("importance_median", "importance"),
        "gap_times_importance": ("median", "gap_times_importance"),
    }
    made = ranked[["rank", "recommendation"]].copy()
    for name, (middle, span) in parts.items():
        said = zip(ranked[middle], ranked[span], strict=True)
        made[name] = [f"{m:g}" if f"{m:g}" == text else f"{m:g} ({text})" for m, text in said]
    made["people"] = ranked["answers"]
    made["whose_job"] = ranked["roles"]
    made["also_by_units"] = ranked["is_first_by_units"]
    made["also_unmultiplied"] = ranked["is_first_by_smaller"]
    made["needs_each_of"] = ranked["n_drops_without"]
    return made
