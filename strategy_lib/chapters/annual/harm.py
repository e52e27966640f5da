"""Harm to people in cases of speaking out: in which class it stood last time, and stands now.

Only where nothing is withheld, as in the chapter on speaking out: a screen of part of the harm
would mislead. Exercises are left out. Both cycles are read by the protocol as it is now, so that a
class that moved was moved by what people rated, by measures, or by who was heard.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from strategy_lib.chapters.annual.context import Context
from strategy_lib.methods.harm.screening import CLASSES
from strategy_lib.protocol.case import TABLES, Case, case_ids, case_of, text
from strategy_lib.protocol.clocks import now_of
from strategy_lib.protocol.reading import Protocol
from strategy_lib.protocol.screening import screening

UP, DOWN, SAME = "worse", "milder", "the same"
MOVED = ["case", "group", "route", "then", "now", "moved"]
COUNTS = ["class", "then", "now"]


Key = tuple[str, str, str]
# Case, group and way of responding -> class of what is left, and the three in words.
Classes = Mapping[Key, tuple[int, tuple[str, str, str]]]


def harm_tables(context: Context, protocol: Protocol) -> dict[str, pd.DataFrame]:
    """Both tables on harm to people, by their names in `results/`."""
    then, now = (_classes(context, protocol, now=side) for side in (False, True))
    return {"harm_moved": harm_moved(then, now), "harm_by_class": harm_by_class(then, now)}


def harm_moved(then: Classes, now: Classes) -> pd.DataFrame:
    """Exposed groups and ways of responding that were screened both times, what moved first.

    Returns
    -------
    DataFrame
        `case`, `group`, `route`, `then`, `now` (what is left after measures), `moved` (worse,
        milder, the same).
    """
    rows = []
    for key in sorted(then.keys() & now.keys()):
        old, new = then[key][0], now[key][0]
        moved = UP if new > old else DOWN if new < old else SAME
        rows.append([*now[key][1], CLASSES[old], CLASSES[new], moved])
    frame = pd.DataFrame(rows, columns=MOVED).astype("str")
    rank = frame["moved"].map({UP: 0, DOWN: 1, SAME: 2})
    return frame.loc[rank.sort_values(kind="stable").index].reset_index(drop=True)


def harm_by_class(then: Classes, now: Classes) -> pd.DataFrame:
    """How many exposed groups and ways of responding stand in each class, then and now.

    Returns
    -------
    DataFrame
        `class` (the worst first), `then`, `now`; empty where neither cycle has a case.
    """
    old, new = ([place for place, _ in classes.values()] for classes in (then, now))
    rows = [[CLASSES[n], old.count(n), new.count(n)] for n in reversed(range(len(CLASSES)))]
    return pd.DataFrame(rows if old or new else [], columns=COUNTS)


def _classes(context: Context, protocol: Protocol, *, now: bool) -> Classes:
    cycle = context.now if now else context.before
    if cycle is None or not context.edition.sees_everything:
        return {}
    frames = {name: context.table(name, now=now) for name in (*TABLES, "units", "assessors")}
    made = {}
    for code in case_ids(frames):
        case = case_of(frames, code)
        if case.is_exercise:
            continue
        left = screening(case, protocol, now_of(cycle.as_of)).residual
        for row in left.to_dict("records"):
            key = (code, str(row["group"]), str(row["route"]))
            made[key] = (int(row["class"]), _in_words(context, case, key))
    return made


def _in_words(context: Context, case: Case, key: Key) -> tuple[str, str, str]:
    code, group, route = key
    row = next((r for r in case.rows("exposed_groups") if text(r["group_id"]) == group), {})
    about = (
        group,
        context.label("exposed_group_kind", row.get("group_kind")),
        context.label("consequence_kind", row.get("kind")),
        case.unit(row.get("unit_id")),
    )
    way = context.label("speaking_route", case.route_names.get(route) or pd.NA)
    return (
        f"{code} {case.said('title')}".strip(),
        " · ".join(part for part in about if part),
        f"{way} ({route})" if way else route,
    )
