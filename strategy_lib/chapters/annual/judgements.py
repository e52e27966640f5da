"""How judgements of the same people moved: readiness, and what they find important."""

from __future__ import annotations

import pandas as pd

from strategy_lib.chapters.annual.context import Context
from strategy_lib.editions.people import enough
from strategy_lib.judgements.matrix import latest
from strategy_lib.schema.reference import reference

READINESS = ["recommendation", "people", "median_then", "median_now", "up", "down"]
WEIGHTS = ["criterion", "people", "mean_then", "mean_now", "change"]


def readiness(context: Context) -> pd.DataFrame:
    """Levels of readiness (0 to 4) that the same people gave both times, the most moved first.

    Returns
    -------
    DataFrame
        `recommendation`, `people`, `median_then`, `median_now`, `up`, `down` (how many raised and
        lowered it; missing where so few are not counted); recommendations that nobody judged both
        times are left out, and those that fewer did than the edition may count.
    """
    keys = ["unit_id", "recommendation_id"]
    both = _both(context, "readiness", keys, "level").reset_index()
    guide = reference("readiness_levels").set_index("recommendation_id")["title"]
    rows = []
    for code, group in both.groupby("recommendation_id", sort=False):
        moved = group["now"] - group["then"]
        title = f"{code} {guide.get(code, '')}".strip()
        medians = (float(group[name].median()) for name in ("then", "now"))
        people = group["assessor_id"].nunique()
        rows.append([title, people, *medians, int((moved > 0).sum()), int((moved < 0).sum())])
    frame = pd.DataFrame(rows, columns=READINESS)
    frame = frame[frame["people"] >= context.fewest]
    change = (frame["median_now"] - frame["median_then"]).abs()
    order = frame.assign(change=change, answers=frame["up"] + frame["down"])
    order = order.sort_values(["change", "answers"], ascending=False, kind="stable")
    for name in ("up", "down"):
        order[name] = (
            order[name].astype("Int64").where(enough(order[name].to_numpy(), context.fewest))
        )
    return order[READINESS].reset_index(drop=True)


def weights(context: Context) -> pd.DataFrame:
    """Swing points (0 to 100) that the same people gave both times, by criterion.

    Returns
    -------
    DataFrame
        `criterion`, `people`, `mean_then`, `mean_now`, `change`; the most moved first, those that
        have not moved left out.
    """
    both = _both(context, "swing_weights", ["criterion_id"], "points").reset_index()
    names = context.table("criteria").drop_duplicates("criterion_id").set_index("criterion_id")
    table = both.groupby("criterion_id", sort=True).agg(
        people=("assessor_id", "nunique"), mean_then=("then", "mean"), mean_now=("now", "mean")
    )
    table = table[table["people"] >= context.fewest].reset_index()
    table["criterion"] = table["criterion_id"].map(names["name"]).fillna(table["criterion_id"])
    table["change"] = table["mean_now"] - table["mean_then"]
    table = table[table["change"] != 0]
    order = table["change"].abs().sort_values(ascending=False, kind="stable").index
    return table.loc[order, WEIGHTS].round(1).reset_index(drop=True)


def _both(context: Context, table: str, keys: list[str], value: str) -> pd.DataFrame:
    """Latest answers of each person in either cycle, of those that were given both times."""
    columns = []
    for frame, name in zip(context.both(table), ("then", "now"), strict=True):
        filled = frame.assign(**{key: frame[key].fillna("").astype("str") for key in keys})
        said = latest(filled, keys, value).set_index(["assessor_id", *keys])[value]
        columns.append(said.astype("float64").rename(name))
    return pd.concat(columns, axis=1, join="inner")
