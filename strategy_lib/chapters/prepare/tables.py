"""Who has answered; where values meet; what the coordinator does: as tables."""

from __future__ import annotations

import pandas as pd

from strategy_lib.chapters.prepare.context import Context
from strategy_lib.chapters.validity import is_open
from strategy_lib.editions.people import taken_together
from strategy_lib.editions.restrict import suppress_small
from strategy_lib.schema.schema import code_list

OWN_VIEW = "organisation"
NOT_JUDGED = "not judged"
NO_ANSWER = "no answer"
_SAID = ("is_agreed", "owner_role", "deputy_role", "is_apart", "staff_fte", "last_done_date")
RELATIONS = ("no_go", "conflict", "complementarity")


def answers(context: Context) -> pd.DataFrame:
    """By unit that has an assessor: how many answered, how much of what was asked, who did not.

    Where the edition shows no single assessor, units with few are taken together and the column
    `no_answer_from` is left out. One that may not see unlabelled rows says nothing about who
    answered.
    """
    columns = ["unit", "assessors", "answered", "least_pct", "most_pct", "no_answer_from"]
    if not context.shows_people:
        columns = columns[:-1]
    if not (context.sees_offices and context.lists_records):
        return pd.DataFrame(columns=columns)
    listed = context.frame("assessors").drop_duplicates("assessor_id").dropna(subset=["unit_id"])
    listed = listed.sort_values("unit_id", kind="stable")
    known = context.judged[context.judged["level"].notna()]
    asked = context.items.loc[context.items["in_place"].notna(), "recommendation_id"]
    own = known[known["recommendation_id"].isin(asked)].groupby("assessor_id")["recommendation_id"]
    shares = 100 * own.nunique() / len(asked)
    rows, answered = [], set(known["assessor_id"])
    names = listed["unit_id"].map(context.units).fillna(listed["unit_id"])
    listed = listed.assign(unit=taken_together(names, context.fewest))
    for unit, group in listed.groupby("unit", sort=False):
        codes = list(group["assessor_id"])
        if len(codes) < context.fewest:
            continue
        given = shares.reindex(codes).dropna()
        silent = [code for code in codes if code not in answered]
        low, high = (round(given.min()), round(given.max())) if len(given) else (pd.NA, pd.NA)
        row = [unit, len(codes), len(codes) - len(silent), low, high, ", ".join(silent)]
        rows.append(row[: len(columns)])
    made = pd.DataFrame(rows, columns=columns)
    return made.astype(dict.fromkeys(columns[1:5], "Int64"))


def answers_by_kind(context: Context) -> pd.DataFrame:
    """Open units by kind: somebody answered, somebody is asked but has not, nobody is asked."""
    columns = ["kind", "n_not_asked", "n_silent", "n_answered"]
    if not context.sees_offices or context.is_too_few:
        return pd.DataFrame(columns=columns)
    units = context.frame("units")
    units = units[is_open(units, context.as_of) & units["unit_id"].notna()]
    listed = set(context.frame("assessors")["unit_id"].dropna())
    known = set(context.judged.loc[context.judged["level"].notna(), "unit_id"])
    state = [
        "n_answered" if unit in known else "n_silent" if unit in listed else "n_not_asked"
        for unit in units["unit_id"]
    ]
    kinds = [context.label("unit_kind", kind) for kind in units["kind"]]
    counts = pd.crosstab(pd.Series(kinds, dtype="str"), pd.Series(state, dtype="str"))
    shown = suppress_small(
        counts.reindex(columns=columns[1:], fill_value=0), context.inputs.edition
    )
    shown.index.name, shown.columns.name = "kind", None
    return shown.reset_index()


def values(context: Context) -> pd.DataFrame:
    """Views of how our approach and that of Chinese actors meet, by matter; no-go first."""
    columns = [
        "matter",
        "view_of",
        "actor_kind",
        "relation",
        "our_approach",
        "their_approach",
        "reason",
        "what_follows",
        "as_of",
    ]
    frame = _views(context)
    return context.listed(frame.sort_values(["place", "matter", "view_of"], kind="stable")[columns])


def value_grid(context: Context) -> pd.DataFrame:
    """Each view by matter and by whose view it is, for a figure.

    Returns
    -------
    DataFrame
        `matter`, `view_of`, `relation` (its label), `place` (0 no-go, 1 conflict,
        2 complementarity; missing where not judged).
    """
    views = context.listed(_views(context))
    views["place"] = views["place"].where(views["code"].notna())
    views = views.sort_values(["matter", "view_of"], kind="stable")
    return views[["matter", "view_of", "relation", "place"]].reset_index(drop=True)


def _views(context: Context) -> pd.DataFrame:
    frame = context.frame("values_canvas").dropna(subset=["matter"])
    codes = frame["relation"]
    order = {code: place for place, code in enumerate(RELATIONS)}
    return frame.assign(
        matter=frame["matter"].str.strip(),
        view_of=context.unit_of(frame["unit_id"], OWN_VIEW),
        actor_kind=[context.label("counterpart_type", kind) for kind in frame["actor_kind"]],
        code=codes,
        relation=[
            context.label("values_relation", c) if pd.notna(c) else NOT_JUDGED for c in codes
        ],
        place=codes.map(order).astype("Float64").fillna(len(order)),
    )


def value_matters(context: Context) -> pd.DataFrame:
    """By matter: how many views say what, and whether views differ.

    Returns
    -------
    DataFrame
        `matter`, one column of counts for each relation, `not_judged`, `differ` (whether two views
        name different relations); the narrowest matters first.
    """
    columns = ["matter", *RELATIONS, "not_judged", "differ"]
    views = _views(context)
    if views.empty:
        return pd.DataFrame(columns=columns)
    # The same matter in other capitals is the same matter.
    key = views["matter"].str.casefold()
    first = views.assign(key=key).groupby("key")["matter"].first()
    counts = pd.crosstab(key, views["code"].fillna("not_judged"))
    counts = counts.reindex(columns=[*RELATIONS, "not_judged"], fill_value=0)
    differ = (counts[list(RELATIONS)] > 0).sum(axis=1) > 1
    shown = suppress_small(counts, context.inputs.edition)
    made = shown.assign(matter=first, differ=differ)
    made.columns.name = None
    order = (-counts[list(RELATIONS)]).assign(key=counts.index)
    made = made.loc[order.sort_values([*RELATIONS, "key"]).index]
    if not context.lists_records:
        # Which views there are would follow from this.
        made = made[shown.loc[made.index].notna().all(axis=1)].drop(columns="differ")
    return made.reindex(columns=columns).reset_index(drop=True)


def functions(context: Context) -> pd.DataFrame:
    """What a coordinator does for all offices: agreed, by whom, who stands in, what is missing."""
    columns = [
        "function",
        "is_agreed",
        "owner_role",
        "deputy_role",
        "unit",
        "is_apart",
        "staff_fte",
        "last_done_date",
        "age_days",
        "missing",
    ]
    frame = context.frame("coordination").dropna(subset=["function"])
    age = (pd.Timestamp(context.as_of) - frame["last_done_date"]).dt.days
    made = frame.assign(unit=context.unit_of(frame["unit_id"]), age_days=age.astype("Int64"))
    made["missing"] = [_missing(context, row) for _, row in frame.iterrows()]
    for name in ("is_agreed", "is_apart"):
        made[name] = [context.label("yes_no_unknown", code) for code in frame[name]]
    return context.listed(made[columns])


def _missing(context: Context, row: pd.Series[str]) -> str:
    """What a function lacks, in words; a row of the starting list left as it was is no answer."""
    if row[list(_SAID)].isna().all():
        return NO_ANSWER
    found = []
    if row["is_agreed"] != "yes":
        found.append("not agreed" if row["is_agreed"] == "no" else "not known whether agreed")
    if context.can_show("coordination", "owner_role"):
        if pd.isna(row["owner_role"]):
            found.append("nobody does it")
        elif pd.isna(row["deputy_role"]):
            found.append("nobody stands in")
    if row["is_apart"] == "no":
        found.append("done by those who run mainland projects")
    return "; ".join(found)


def level_anchors(language: str) -> pd.DataFrame:
    """The five levels of readiness in words."""
    codes = code_list("readiness_level").codes
    rows = [(code.label(language), code.description) for code in codes]
    return pd.DataFrame(rows, columns=["level", "what_it_means"])
