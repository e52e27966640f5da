"""What holds each card together, in rows and in computed words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from strategy_lib.chapters.scenarios.plausible import States
from strategy_lib.chapters.scenarios.sets import Futures, states_in
from strategy_lib.chapters.scenarios.today import distances, name_of
from strategy_lib.chapters.wording import listed
from strategy_lib.core.messages import Number, say
from strategy_lib.methods.cross_impact import (
    CrossImpactMatrix,
    active_passive_sums,
    consistency_margins,
    impact_diagram,
)

INFLUENCES = [
    "scenario",
    "source",
    "source_state",
    "target",
    "target_state",
    "judgement",
    "lead",
    "is_decisive",
]
MARGINS = ["scenario", "descriptor", "state", "rival_state", "margin"]
DRIVING = 2
_STATES = ("source_state", "target_state", "state", "rival_state", "wanted_state")


def influences(futures: Futures) -> pd.DataFrame:
    """Which influences hold each card up, and which work against it.

    Returns
    -------
    DataFrame
        `scenario`, `source` and `target` (descriptors), their states, `judgement`, `lead` (what it
        adds to the lead of the target's state over its strongest rival; below 0 it works against
        the scenario), `is_decisive` (without it the target's state would fall behind).
    """
    return _of_cards(futures, impact_diagram, INFLUENCES)


def margins(futures: Futures) -> pd.DataFrame:
    """How safely each card holds each of its states: `margin` 0 is a tie with the rival state."""
    return _of_cards(futures, consistency_margins, MARGINS)


def _of_cards(
    futures: Futures,
    method: Callable[[CrossImpactMatrix, pd.Series[Any]], pd.DataFrame],
    columns: list[str],
) -> pd.DataFrame:
    """What a method finds in each card, in words."""
    matrix = futures.influences.matrix
    if matrix is None or futures.cards.empty:
        return pd.DataFrame(columns=columns)
    cards = zip(futures.cards["label"], futures.cards[futures.columns].iterrows(), strict=True)
    parts = [method(matrix, card).assign(scenario=label) for label, (_, card) in cards]
    heads = {"source_descriptor": "source", "target_descriptor": "target"}
    made = pd.concat(parts, ignore_index=True).rename(columns=heads)
    return _named(futures, made)[columns]


def _named(futures: Futures, table: pd.DataFrame) -> pd.DataFrame:
    """Names of descriptors and states in the place of their codes."""
    system = futures.influences.system
    names = dict.fromkeys(("source", "target", "descriptor"), system.descriptor_names)
    names |= dict.fromkeys(_STATES, system.state_names)
    return table.assign(**{c: table[c].map(own) for c, own in names.items() if c in table})


def card_table(futures: Futures, people: pd.DataFrame) -> pd.DataFrame:
    """The cards: name, what drives it, what follows, what nearly breaks it, how far from today.

    Parameters
    ----------
    people : DataFrame
        From `agreement`; empty with fewer than two assessors.

    Returns
    -------
    DataFrame
        `scenario`, `story` (people's words), `driven_by`, `follows`, `nearly_breaks`,
        `unlike_today` (descriptors that would have to change), `agreed_by` ("3 of 8"; empty where
        not known), `unlike_next` (descriptors in which the most similar other card differs),
        `is_named` (whether people named it), `states` (codes, one a descriptor).
    """
    edges, safe, cards = influences(futures), margins(futures), futures.cards
    labels, states = list(cards["label"]), states_in(cards, futures.influences)
    roles = [_roles(edges[edges["scenario"] == label]) for label in labels]
    far = distances(futures).set_index("scenario").loc[labels]
    agreed = _agreeing(futures, people, states)
    whole = len(futures.influences.assessors)
    return pd.DataFrame(
        {
            "scenario": labels,
            "story": cards["story"].array,
            "driven_by": ["; ".join(leading) for leading, _ in roles],
            "follows": ["; ".join(following) for _, following in roles],
            "nearly_breaks": [_weakest(safe[safe["scenario"] == label]) for label in labels],
            "unlike_today": far["differs_in"].where(far["counted"] > 0).astype("Int64").array,
            "agreed_by": ["" if pd.isna(count) else f"{count} of {whole}" for count in agreed],
            "unlike_next": cards["nearest"].astype("int64").array,
            "is_named": (cards["scenario_id"] != "").array,
            "states": [";".join(own) for own in states],
        }
    )


def _roles(edges: pd.DataFrame) -> tuple[list[str], list[str]]:
    """What gives most support and takes little, and what is most supported, with their states."""
    names = dict(zip(edges["source"], edges["source_state"], strict=True))
    names |= dict(zip(edges["target"], edges["target_state"], strict=True))
    support = edges[edges["lead"] > 0]
    gives = support.groupby("source")["lead"].sum().reindex(list(names), fill_value=0)
    takes = support.groupby("target")["lead"].sum().reindex(list(names), fill_value=0)
    balance = (gives - takes).sort_values(ascending=False, kind="stable")
    leading = [name for name in balance.index if balance[name] > 0][:DRIVING]
    following = [name for name in reversed(balance.index) if balance[name] < 0][:DRIVING]
    return [f"{n}: {names[n]}" for n in leading], [f"{n}: {names[n]}" for n in following]


def _weakest(own: pd.DataFrame) -> str:
    """Where the scenario would give way first; ties are named together."""
    if own.empty:
        return ""
    least = own["margin"].min()
    rows = own[own["margin"] == least].to_dict("records")
    said = [
        say("scenarios-card-tie", name=r["descriptor"], what=r["rival_state"])
        if least == 0
        else say(
            "scenarios-card-near",
            name=r["descriptor"],
            what=r["rival_state"],
            points=Number(float(least)),
        )
        for r in rows
    ]
    return listed(said, 2)


def _agreeing(futures: Futures, people: pd.DataFrame, states: list[States]) -> list[Any]:
    """For how many assessors each scenario holds together; missing where that is not known."""
    if people.empty:
        return [pd.NA] * len(states)
    known = states_in(people, futures.influences)
    counts = dict(zip(known, people["n_consistent"], strict=True))
    return [counts.get(own, 0) for own in states]


def scenario_table(futures: Futures, people: pd.DataFrame, most: int = 200) -> pd.DataFrame:
    """All scenarios that hold together, the best first: states in words, and who agrees.

    Returns
    -------
    DataFrame
        `scenario`, a column a descriptor (its name) with the state's name, `total_impact_score`,
        `agreed_by` (how many assessors; missing where not known), `states` (codes, for comparing
        years); the first `most` rows.
    """
    system, shown = futures.influences.system, futures.found.head(most)
    table = pd.DataFrame({"scenario": list(futures.labels[: len(shown)])})
    for column, name in system.descriptor_names.items():
        table[_free(name, table)] = [system.state_names[code] for code in shown[column]]
    table["total_impact_score"] = shown["total_impact_score"].to_numpy()
    states = states_in(shown, futures.influences)
    table["agreed_by"] = pd.array(_agreeing(futures, people, states), dtype="Int64")
    table["states"] = [";".join(own) for own in states]
    return table


def _free(name: str, table: pd.DataFrame) -> str:
    """Name of a column that is not taken yet: two descriptors may be called the same."""
    while name in table or name in ("total_impact_score", "agreed_by", "states"):
        name = f"{name} "
    return name


def near_miss_table(futures: Futures, table: pd.DataFrame) -> pd.DataFrame:
    """Near misses in words: `scenario` (like which), `descriptor`, `state`, `wanted_state`,
    `shortfall`.
    """
    columns = ["scenario", "descriptor", "state", "wanted_state", "shortfall"]
    if table.empty:
        return pd.DataFrame(columns=columns)
    made = table.assign(
        scenario=[name_of(futures, states) for states in states_in(table, futures.influences)],
        state=[row[row["descriptor"]] for row in table.to_dict("records")],
    )
    return _named(futures, made)[columns]


def drivers(futures: Futures) -> pd.DataFrame:
    """How much each descriptor drives the others, and is driven: sums of absolute judgements."""
    if futures.influences.matrix is None:
        return pd.DataFrame(columns=["descriptor", "drives", "is_driven"])
    sums = active_passive_sums(futures.influences.matrix)
    names = sums["descriptor"].map(futures.influences.system.descriptor_names)
    made = {"descriptor": names, "drives": sums["active_sum"], "is_driven": sums["passive_sum"]}
    return pd.DataFrame(made).sort_values(
        "drives", ascending=False, kind="stable", ignore_index=True
    )
