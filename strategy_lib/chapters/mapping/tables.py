"""The tables of chapter 01, each from the restricted inputs and nothing else."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import networkx as nx
import pandas as pd

from strategy_lib.chapters.mapping.context import Context
from strategy_lib.chapters.validity import is_current
from strategy_lib.editions.restrict import suppress_small
from strategy_lib.inputs.checks.answers import ANSWERED, SILENT, answers_of_offices, expected_units
from strategy_lib.methods.networks import joined, two_mode_network
from strategy_lib.schema.name_keys import name_key
from strategy_lib.schema.schema import code_list

NO_OFFICE, NOT_ANSWERED = "no office there", "office has not answered"
NOT_IN_FULL = "answer of the office is not known in full"
QUESTIONS = {
    "already_done_by": "who does it already",
    "is_asked_for": "who asked for it",
    "what_we_would_add": "what we would add",
    "harm_of_displacing": "harm of displacing",
    "consulted": "who was consulted",
}
# Out of what goes to others: it singles out one state, which the guide advises against.
VOTES = "un_votes_alike_pct"
EXPOSURE = ("exposure_rank", "finance_bnusd", VOTES, "latitude", "longitude")
ABLE_LEVEL = 3


def answers(context: Context) -> pd.DataFrame:
    """One row an office that was asked: whether it answered, when, and how much it reported.

    An edition that may not see unlabelled rows sees too few returns to call an office silent; it
    gets no row. An office of which something is set aside has answered, and not with nothing.
    """
    units = context.frames["units"].iloc[: None if context.sees_offices else 0]
    asked = expected_units(units, context.as_of)
    returns = context.frames["returns"].drop_duplicates("unit_id", keep="last").set_index("unit_id")
    reported = context.frames["activities"].groupby("unit_id").size()
    said = answers_of_offices(context.frames, context.inputs.incomplete)
    returned = returns["returned_date"].reindex(asked["unit_id"]).set_axis(asked.index)
    answer = pd.Series([said.get(u, SILENT) for u in asked["unit_id"]], asked.index, "str")
    table = pd.DataFrame(
        {
            "unit_id": asked["unit_id"],
            "country_code": asked["country_code"],
            "unit": asked["name"],
            "kind": [context.label("unit_kind", kind) for kind in asked["kind"]],
            "country": [context.country(code) for code in asked["country_code"]],
            "answer": answer,
            "returned_date": returned,
            "age_days": (pd.Timestamp(context.as_of) - returned).dt.days.astype("Int64"),
            "n_activities": asked["unit_id"].map(reported).fillna(0).astype("Int64"),
            "is_highly_exposed": asked["country_code"].isin(highly_exposed(context)),
        }
    )
    return table.sort_values(["answer", "unit"], ignore_index=True)


def highly_exposed(context: Context) -> list[str]:
    """Codes of the highly exposed countries, from the most exposed."""
    chosen = context.exposure[context.exposure["is_highly_exposed"]]
    return [str(code) for code in chosen.sort_values("exposure_rank").index]


def discovery(context: Context, by: str, codes: str) -> pd.DataFrame:
    """Activities by a group: not known to the centre before, known, not said."""
    activities = context.frames["activities"]
    known = activities["is_known_to_centre"].astype("object")
    state = known.map({True: "n_known", False: "n_not_known"}).fillna("n_not_said")
    group = [context.label(codes, value) for value in activities[by]]
    counts = pd.crosstab(pd.Series(group, dtype="str"), state.reset_index(drop=True)).reindex(
        columns=["n_not_known", "n_known", "n_not_said"], fill_value=0
    )
    ordered = counts.loc[counts.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    return suppress_small(ordered, context.inputs.edition).rename_axis(by).reset_index()


def coverage_places(context: Context) -> pd.DataFrame:
    """Activities and offices by country, with the place of a label on a map (degrees)."""
    activities = context.frames["activities"]
    grouped = activities.groupby("country_code")
    counts = pd.DataFrame(
        {"n_activities": grouped.size(), "n_offices": grouped["unit_id"].nunique()}
    ).astype("Int64")
    for stance in ("constructive", "critical", "neutral"):
        found = activities[activities["stance"] == stance].groupby("country_code").size()
        counts[f"n_{stance}"] = found.reindex(counts.index, fill_value=0).astype("Int64")
    shown = suppress_small(counts, context.inputs.edition, margins=False)
    if context.smallest > 1:
        # Stances add up to the activities, so one that is taken out could be worked out again.
        shown = shown[["n_activities", "n_offices"]]
    table = shown.join(context.exposure[["name", "latitude", "longitude", "exposure_rank"]])
    table = table.rename_axis("country_code").reset_index().rename(columns={"name": "country"})
    return table.sort_values(
        ["n_activities", "country_code"], ascending=[False, True], ignore_index=True
    )


def coverage_matrix(context: Context, who: pd.DataFrame, rows: int = 45) -> pd.DataFrame:
    """Activities by office and theme; where there are many offices, by kind of office and theme."""
    activities = context.frames["activities"]
    units = context.frames["units"].set_index("unit_id")
    names, kinds = units["name"], units["kind"].map(lambda kind: context.label("unit_kind", kind))
    few = len(names) <= rows and context.lists_records
    group = activities["unit_id"].map(names if few else kinds).fillna("closed or unknown office")
    theme = pd.Series([context.label("theme", t) for t in activities["theme"]], index=group.index)
    counts = pd.crosstab(group, theme)
    if few:
        answered = who.loc[who["answer"] == ANSWERED, "unit"]
        counts = counts.reindex(sorted(set(counts.index) | set(answered)), fill_value=0)
    order = [c.label(context.language) for c in code_list("theme").codes]
    counts = counts.reindex(columns=[t for t in order if t in counts], fill_value=0)
    by_size = counts.sum(axis=1).sort_values(ascending=False, kind="stable").index
    return suppress_small(counts.loc[by_size], context.inputs.edition)


def themes_without(context: Context) -> pd.DataFrame:
    """Themes on which no activity is reported."""
    used = set(context.frames["activities"]["theme"].dropna())
    missing = [c for c in code_list("theme").codes if c.code not in used and c.code != "other"]
    return pd.DataFrame({"theme": [c.label(context.language) for c in missing]}, dtype="str")


def with_counterparts(context: Context, who: pd.DataFrame) -> pd.DataFrame:
    """Activities that name a counterpart, with its name as shown and the office's name."""
    activities = context.frames["activities"].dropna(subset=["counterpart"]).copy()
    names = dict(zip(who["unit_id"], who["unit"], strict=True))
    shown = [context.canonical.get(name_key(n), n) for n in activities["counterpart"]]
    activities["shown_as"] = pd.Series(shown, index=activities.index, dtype="str")
    activities["unit"] = [names.get(unit, unit) for unit in activities["unit_id"]]
    activities["is_current"] = is_current(activities, context.as_of)
    return activities


def entry_points(context: Context, named: pd.DataFrame) -> pd.DataFrame:
    """Counterparts by the reasons to look at them first: points by reason.

    Offices that are critical of one now stand beside its name.
    """
    current = named[named["is_current"]]
    labels = {theme: context.label("theme", theme) for theme in current["theme"].dropna().unique()}
    reasons = {
        "p_contact": current["contact_strength"].fillna(0),
        "p_stance": current["stance"] == "constructive",
        "p_exposure": current["country_code"].isin(set(highly_exposed(context))),
        "p_people": current["contact_people"].fillna(0) >= 2,
    }
    critical = current["unit"].where(current["stance"] == "critical")
    told = current.assign(critical_of_it=critical, themes=current["theme"].map(labels), **reasons)
    by_counterpart = told.groupby("shown_as")
    points = by_counterpart[list(reasons)].max().astype(int)
    points.insert(1, "p_further_offices", (by_counterpart["unit"].nunique() - 1).clip(upper=3))
    words = {"offices": "unit", "critical_of_it": "critical_of_it", "themes": "themes"}
    table = pd.DataFrame({name: by_counterpart[of].agg(joined) for name, of in words.items()})
    table = table.join(points).assign(points=points.sum(axis=1), n_activities=by_counterpart.size())
    table = table.rename_axis("counterpart").reset_index()
    order = ["points", "p_contact", "n_activities", "counterpart"]
    return table.sort_values(order, ascending=[False, False, False, True], ignore_index=True)


def overlaps(named: pd.DataFrame) -> pd.DataFrame:
    """Counterparts that two or more offices deal with now."""
    rows = []
    for counterpart, by_stance in _offices_by_stance(named).items():
        offices = set().union(*by_stance.values())
        if len(offices) > 1:
            stances = sorted(stance for stance in by_stance if stance)
            rows.append((counterpart, len(offices), "; ".join(sorted(offices)), "; ".join(stances)))
    table = pd.DataFrame(rows, columns=["counterpart", "n_offices", "offices", "stances"])
    return table.sort_values(
        ["n_offices", "counterpart"], ascending=[False, True], ignore_index=True
    )


def contradictions(named: pd.DataFrame) -> pd.DataFrame:
    """Counterparts that one office works with while another is critical of them now."""
    rows = []
    for counterpart, by_stance in sorted(_offices_by_stance(named).items()):
        with_it, critical = by_stance.get("constructive"), by_stance.get("critical")
        if with_it and critical and with_it != critical:
            rows.append((counterpart, "; ".join(sorted(with_it)), "; ".join(sorted(critical))))
    return pd.DataFrame(rows, columns=["counterpart", "works_with_it", "is_critical_of_it"])


def _offices_by_stance(named: pd.DataFrame) -> dict[str, dict[str, set[str]]]:
    """Counterpart -> stance -> offices, of what lasts now."""
    found: dict[str, dict[str, set[str]]] = {}
    current = named[named["is_current"]]
    columns = (current["shown_as"], current["stance"].fillna(""), current["unit"])
    for counterpart, stance, unit in zip(*columns, strict=True):
        found.setdefault(counterpart, {}).setdefault(stance, set()).add(unit)
    return found


def links(named: pd.DataFrame, shared: pd.DataFrame) -> pd.DataFrame:
    """Office, counterpart and stance for counterparts that several offices deal with."""
    chosen = named[named["is_current"] & named["shown_as"].isin(shared["counterpart"])]
    table = chosen[["unit", "shown_as", "stance"]].rename(columns={"shown_as": "counterpart"})
    return table.drop_duplicates().sort_values(["counterpart", "unit", "stance"], ignore_index=True)


def single_person(named: pd.DataFrame) -> pd.DataFrame:
    """Current contacts that hang on one colleague, the strongest first."""
    alone = named[named["is_current"] & (named["contact_people"] == 1)]
    table = alone[["unit", "shown_as", "title", "contact_strength"]]
    table = table.rename(columns={"shown_as": "counterpart"})
    against = contradictions(named).set_index("counterpart")["is_critical_of_it"]
    table["critical_of_it"] = table["counterpart"].map(against).astype("str").fillna("")
    order = ["contact_strength", "unit", "counterpart", "title"]
    return table.sort_values(order, ascending=[False, True, True, True], ignore_index=True)


def network(context: Context, named: pd.DataFrame) -> nx.Graph:
    """Offices, counterparts and the activities that join them."""
    if not context.lists_records:
        return nx.Graph()
    named = named.drop(columns="counterpart").rename(columns={"shown_as": "counterpart"})
    return two_mode_network(named)


def blind_spots(context: Context, who: pd.DataFrame) -> pd.DataFrame:
    """Highly exposed countries without a reported activity, and why nothing is known."""
    active = set(context.frames["activities"]["country_code"].dropna())
    known = who["answer"].mask(who["unit_id"].isin(list(context.inputs.incomplete)), NOT_IN_FULL)
    offices = known.groupby(who["country_code"]).agg(list).to_dict()
    rows = [
        {
            "country": context.country(code),
            "why": _why_nothing(offices.get(code, [])),
            **context.exposure.loc[code, list(EXPOSURE)].to_dict(),
        }
        for code in highly_exposed(context)
        if code not in active
    ]
    made = pd.DataFrame(rows, columns=["country", "why", *EXPOSURE])
    return made if context.sees_offices else made.drop(columns=VOTES)


def _why_nothing(answers_there: list[str]) -> str:
    if not answers_there:
        return NO_OFFICE
    if SILENT in answers_there:
        return NOT_ANSWERED
    return NOT_IN_FULL if NOT_IN_FULL in answers_there else "office reports nothing there"


def capacity_matrix(context: Context, who: pd.DataFrame) -> pd.DataFrame:
    """Level (0-4) by office in a highly exposed country and capacity; missing where not said."""
    exposed = {code: rank for rank, code in enumerate(highly_exposed(context))}
    offices = who[who["country_code"].isin(exposed) & (who["answer"] != SILENT)].copy()
    offices["rank"] = offices["country_code"].map(exposed)
    offices = offices.sort_values(["rank", "unit"])
    levels = context.frames["capacities"].pivot_table(
        index="unit_id", columns="capacity", values="level", aggfunc="max"
    )
    codes = code_list("capacity")
    levels = levels.reindex(index=offices["unit_id"], columns=list(codes.values))
    levels.index = pd.Index(
        [f"{u} · {c}" for u, c in zip(offices["unit"], offices["country"], strict=True)]
    )
    levels.columns = pd.Index([code.label(context.language) for code in codes.codes])
    return levels.astype("Int64")


def capacity_gaps(matrix: pd.DataFrame) -> pd.DataFrame:
    """Offices in highly exposed countries by how many capacities they have at level 3 or more."""
    able = (matrix >= ABLE_LEVEL).fillna(False).sum(axis=1).astype("Int64")
    said = matrix.notna().sum(axis=1).astype("Int64")
    table = pd.DataFrame(
        {"office": matrix.index, "n_able": able.to_numpy(), "n_said": said.to_numpy()}
    )
    return table.sort_values(["n_able", "office"], ignore_index=True, kind="stable")


def strategies_due(context: Context) -> pd.DataFrame:
    """Country strategies that fall due within the months that the settings look ahead."""
    frame = context.frames["country_strategies"]
    last = pd.Timestamp(context.as_of) + pd.DateOffset(months=context.settings.strategy_due_months)
    return frame[frame["renewal_date"] <= last]


def strategies_first(context: Context) -> pd.DataFrame:
    """Country strategies due soon without a drafted China section, most exposed country first."""
    due = strategies_due(context)
    due = due[due["china_section"].isin(["none", "planned"])].copy()
    due["country"] = pd.Series(
        [context.country(c) for c in due["country_code"]], due.index, dtype="str"
    )
    due["exposure_rank"] = due["country_code"].map(context.exposure["exposure_rank"])
    due["is_overdue"] = due["renewal_date"] < pd.Timestamp(context.as_of)
    due["china_section"] = [context.label("china_section", s) for s in due["china_section"]]
    columns = ["country", "title", "renewal_date", "is_overdue", "china_section", "exposure_rank"]
    order = ["exposure_rank", "renewal_date", "country", "title"]
    return due.sort_values(order, ignore_index=True)[columns]


def added_value(context: Context) -> pd.DataFrame:
    """Added-value tests: what is answered, who else works on it, and the answer people gave."""
    tests = context.frames["added_value_tests"].to_dict("records")
    rows = [_added_value_test(context, test) for test in tests]
    columns = ["initiative", "country", "theme", "not_answered", "n_local_initiatives", "answer"]
    return pd.DataFrame(rows, columns=columns)


def _added_value_test(context: Context, test: Mapping[Hashable, Any]) -> dict[str, object]:
    local = context.frames["local_initiatives"]
    is_same = (local["theme"] == test["theme"]) & (local["country_code"] == test["country_code"])
    seen = {q: w for q, w in QUESTIONS.items() if context.can_show("added_value_tests", q)}
    missing = [w for q, w in seen.items() if pd.isna(test[q]) or test[q] == "unknown"]
    return {
        "initiative": test["initiative"],
        "country": context.country(test["country_code"]),
        "theme": context.label("theme", test["theme"]),
        "not_answered": "; ".join(missing),
        "n_local_initiatives": int(is_same.sum()),
        "answer": context.label("test_answer", test["answer"]),
    }


def local_initiatives(context: Context) -> pd.DataFrame:
    """What local and regional groups already do."""
    frame = context.frames["local_initiatives"]
    return pd.DataFrame(
        {
            "topic": frame["topic"],
            "country": [context.country(code) for code in frame["country_code"]],
            "theme": [context.label("theme", theme) for theme in frame["theme"]],
            "who": frame["who"],
            "since_year": frame["since_year"],
            "need_they_state": frame["need_they_state"],
            "is_consulted": frame["is_consulted"],
        }
    ).sort_values(["country", "topic"], ignore_index=True)
