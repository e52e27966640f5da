"""Harm to people in one case: by group and way of responding, before and after measures."""

from __future__ import annotations

import numpy as np
import pandas as pd

from strategy_lib.chapters.codes import Answer, HarmClass
from strategy_lib.chapters.rows import table_of
from strategy_lib.chapters.speaking_out.context import Context
from strategy_lib.methods.harm import screening as harm
from strategy_lib.protocol.case import Row, rows_of, text
from strategy_lib.protocol.deciding import decision_in_force

# In the order of `harm.CLASSES`.
_CLASSES = tuple(HarmClass)
_CELL = ["group", "route", "stage"]


def screen(context: Context) -> pd.DataFrame:
    """Every group, way of responding and stage, with class and spread; the most severe first."""
    columns = [
        "group",
        "route",
        "measures",
        "class",
        "could_be",
        "severity_lowest",
        "severity_median",
        "severity_highest",
        "likelihood_median",
        "over_line_pct",
        "over_red_line_pct",
        "answered",
        "no_answer",
        "worst_by",
    ]
    if context.state is None:
        return pd.DataFrame(columns=columns)
    cells = context.state.screening.cells
    made = pd.DataFrame(
        {
            "group": cells["group"].map(context.groups),
            "route": cells["route"].map(context.routes),
            "measures": cells["stage"],
            "class": [_CLASSES[place] for place in cells["class"]],
            "could_be": [
                _range(*row)
                for row in zip(
                    cells["class_mildest"], cells["class_worst"], cells["class"], strict=True
                )
            ],
            **{name: cells[name].astype(float) for name in columns[5:9]},
            "over_line_pct": cells["over_line_pct"].astype(float).round(0),
            "over_red_line_pct": cells["over_red_line_pct"].astype(float).round(0),
            "answered": cells["n_answered"],
            "no_answer": cells["n_unknown"],
            "worst_by": cells["driver"].str.replace("irremediability", "cannot be made good"),
        }
    )
    return made[columns]


def _range(mildest: int, worst: int, now: int) -> str:
    """What the class could be where everybody's range is taken from end to end."""
    if mildest == worst == now:
        return "the same"
    return f"{harm.CLASSES[mildest]} to {harm.CLASSES[worst]}"


def screen_grid(context: Context) -> pd.DataFrame:
    """One row a group and way of responding: class before and after, shares over the line."""
    columns = ["group", "route", "place", "class_before", "class_left", "over_line_pct", "said"]
    if context.state is None:
        return pd.DataFrame(columns=columns)
    found = context.state.screening
    before = found.cells[found.cells["stage"] == "before"].set_index(["group", "route"])["class"]
    rows = []
    for row in found.residual.to_dict("records"):
        pair = (row["group"], row["route"])
        start = int(before[pair]) if pair in before.index else None
        share = float(row["over_line_pct"])
        rows.append(
            [
                context.groups.get(row["group"], row["group"]),
                context.routes.get(row["route"], row["route"]),
                int(row["class"]),
                "" if start is None else harm.CLASSES[start],
                harm.CLASSES[int(row["class"])],
                share,
                _said(int(row["class"]), start, share, row["stage"] == "after"),
            ]
        )
    made = pd.DataFrame(rows, columns=columns)
    groups, routes = list(context.groups.values()), list(context.routes.values())
    keys = pd.DataFrame(
        {"g": made["group"].map(groups.index), "r": made["route"].map(routes.index)}
    )
    return made.loc[keys.sort_values(["g", "r"]).index].reset_index(drop=True)


_SHORT = ("within", "acceptance", "not ready", "not permitted")


def _said(place: int, start: int | None, share: float, is_after: bool) -> str:
    """Class, an arrow where measures moved it, and the share of assessors over the line."""
    arrow = ""
    if is_after and start is not None and start != place:
        arrow = " ↓" if place < start else " ↑"
    over = "not rated" if np.isnan(share) else f"{share:.0f}% over"
    return f"{_SHORT[place]}{arrow}, {over}"


def disagreements(context: Context) -> pd.DataFrame:
    """Groups and ways of responding that assessors put in different classes, and why."""
    return table_of(
        _apart(context),
        {
            "group": lambda row: context.groups.get(row["group"]),
            "route": lambda row: context.routes.get(row["route"]),
            "measures": lambda row: context.label("harm_stage", row["stage"]),
            "assessor": lambda row: row["assessor"],
            "office": lambda row: row["office"],
            "class": lambda row: harm.CLASSES[int(row["class"])],
            "severity": lambda row: _ends(row, "severity"),
            "likelihood": lambda row: _ends(row, "likelihood"),
            "reason": lambda row: text(row["reason"]),
        },
    )


def _apart(context: Context) -> list[Row]:
    """What each assessor gave where they are apart, with the reason and the assessor's office."""
    case, state = context.case, context.state
    if case is None or state is None:
        return []
    rated = state.screening.rated
    apart = rated.groupby(_CELL)["class"].transform("nunique") > 1
    order = [*_CELL, "class", "assessor"]
    shown = rated[apart].sort_values(order, ascending=[True, True, True, False, True])
    names = {"group_id": "group", "route_id": "route", "assessor_id": "assessor"}
    keys = [*_CELL, "assessor"]
    reasons = case["harm_ratings"].rename(columns=names).reindex(columns=[*keys, "reason"])
    offices = case.assessors.drop_duplicates("assessor_id").set_index("assessor_id")["unit_id"]
    told = shown.merge(reasons.drop_duplicates(keys), how="left", on=keys)
    return rows_of(told.assign(office=told["assessor"].map(offices).map(case.unit)))


def _ends(row: Row, name: str) -> str:
    best, low, high = (float(row[key]) for key in (name, f"{name}_low", f"{name}_high"))
    if np.isnan(best):
        return f"cannot say ({low:g} to {high:g})"
    return f"{best:g}" if low == best == high else f"{best:g} ({low:g} to {high:g})"


def accepted(context: Context) -> pd.DataFrame:
    """Risks that need a named role's acceptance, and whether one holds today.

    After a decision those of the route that was chosen.
    """
    decision = decision_in_force(context.case, context.now) if context.case else None
    chosen = text(decision["route_id"]) if decision else ""
    return table_of(
        [one for one in context.acceptances if chosen in ("", one.route_id)],
        {
            "group": lambda one: context.groups.get(one.group_id),
            "route": lambda one: context.routes.get(one.route_id),
            "role": lambda one: context.protocol.role(one.role),
            "holds_today": lambda one: Answer.YES if one.is_valid else Answer.NO,
            "state": lambda one: one.state,
            "in_writing": lambda one: one.words,
        },
    )


def measures(context: Context) -> pd.DataFrame:
    """Measures of protection with their owners; those that nobody owns or that are late first."""
    today = pd.Timestamp(context.now.date())

    def owner(row: Row) -> str:
        role = text(row["owner_role"])
        return context.protocol.role(role) if role else "nobody"

    def is_overdue(row: Row) -> str:
        is_late = bool(pd.notna(row["due_date"])) and row["due_date"] < today
        return "yes" if is_late and text(row["state"]) == "planned" else "no"

    made = table_of(
        context.rows("mitigations"),
        {
            "measure": lambda row: text(row["measure"]),
            "kind": lambda row: context.label("mitigation_kind", row["kind"]),
            "for_group": lambda row: context.groups.get(text(row["group_id"]), "all"),
            "for_route": lambda row: context.routes.get(text(row["route_id"]), "all"),
            "owner": owner,
            "due_date": lambda row: row["due_date"],
            "state": lambda row: context.label("mitigation_state", row["state"]) or "not said",
            "is_overdue": is_overdue,
        },
    )
    rank = pd.DataFrame({"owner": made["owner"] != "nobody", "late": made["is_overdue"] != "yes"})
    made = made.loc[rank.sort_values(["owner", "late"], kind="stable").index]
    made["due_date"] = pd.to_datetime(made["due_date"])
    return made.reset_index(drop=True)
