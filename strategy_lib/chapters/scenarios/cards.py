"""What holds each card together, in rows and in computed words."""

from __future__ import annotations

from typing import Any

import pandas as pd

from strategy_lib.chapters.scenarios.sets import Futures
from strategy_lib.chapters.scenarios.today import distances, name_of
from strategy_lib.chapters.wording import listed
from strategy_lib.core.messages import Number, say
from strategy_lib.judgements.drivers import System
from strategy_lib.methods.cross_impact import (
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


def influences(futures: Futures) -> pd.DataFrame:
    """Which influences hold each card up, and which work against it.

    Returns
    -------
    DataFrame
        `scenario`, `source` and `target` (descriptors), their states, `judgement`, `lead` (what it
        adds to the lead of the target's state over its strongest rival; below 0 it works against
        the scenario), `is_decisive` (without it the target's state would fall behind).
    """
    if futures.influences.matrix is None or futures.cards.empty:
        return pd.DataFrame(columns=INFLUENCES)
    parts = []
    for label, card in _cards(futures):
        edges = impact_diagram(futures.influences.matrix, card)
        parts.append(_named(futures.influences.system, edges).assign(scenario=label))
    return pd.concat(parts, ignore_index=True)[INFLUENCES]


def _cards(futures: Futures) -> list[tuple[str, pd.Series[Any]]]:
    rows = futures.cards[futures.columns].iterrows()
    return [(label, row) for label, (_, row) in zip(futures.cards["label"], rows, strict=True)]


def _named(system: System, edges: pd.DataFrame) -> pd.DataFrame:
    columns, states = system.descriptor_names, system.state_names
    return edges.assign(
        source=edges["source_descriptor"].map(columns),
        target=edges["target_descriptor"].map(columns),
        source_state=edges["source_state"].map(states),
        target_state=edges["target_state"].map(states),
    )


def margins(futures: Futures) -> pd.DataFrame:
    """How safely each card holds each of its states: `margin` 0 is a tie with the rival state."""
    if futures.influences.matrix is None or futures.cards.empty:
        return pd.DataFrame(columns=MARGINS)
    system, parts = futures.influences.system, []
    for label, card in _cards(futures):
        table = consistency_margins(futures.influences.matrix, card)
        parts.append(
            table.assign(
                scenario=label,
                descriptor=table["descriptor"].map(system.descriptor_names),
                state=table["state"].map(system.state_names),
                rival_state=table["rival_state"].map(system.state_names),
            )
        )
    return pd.concat(parts, ignore_index=True)[MARGINS]


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
    edges, safe = influences(futures), margins(futures)
    far = distances(futures).set_index("scenario")
    rows = []
    for card in futures.cards.to_dict("records"):
        label = card["label"]
        own = edges[edges["scenario"] == label]
        leading, following = _roles(own)
        counted = int(far.loc[label, "counted"])
        rows.append(
            [
                label,
                card["story"],
                "; ".join(leading),
                "; ".join(following),
                _weakest(safe[safe["scenario"] == label]),
                int(far.loc[label, "differs_in"]) if counted else pd.NA,
                _agreed(futures, people, card),
                int(card["nearest"]),
                card["scenario_id"] != "",
                ";".join(str(card[column]) for column in futures.columns),
            ]
        )
    columns = [
        "scenario",
        "story",
        "driven_by",
        "follows",
        "nearly_breaks",
        "unlike_today",
        "agreed_by",
        "unlike_next",
        "is_named",
        "states",
    ]
    return pd.DataFrame(rows, columns=columns).astype({"unlike_today": "Int64"})


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


def _agreed(futures: Futures, people: pd.DataFrame, card: dict[Any, Any]) -> str:
    if people.empty:
        return ""
    same = (people[futures.columns] == [card[c] for c in futures.columns]).all(axis=1)
    count = people.loc[same, "n_consistent"].sum(skipna=False)
    return "" if pd.isna(count) else f"{count} of {len(futures.influences.assessors)}"


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
    counts: dict[tuple[str, ...], int] = {}
    if not people.empty:
        own = people[futures.columns].itertuples(index=False, name=None)
        counts = dict(zip(own, people["n_consistent"], strict=True))
    keys = list(shown[futures.columns].itertuples(index=False, name=None))
    agreed = [counts.get(key, 0) if counts else pd.NA for key in keys]
    table["agreed_by"] = pd.array(agreed, dtype="Int64")
    table["states"] = [";".join(key) for key in keys]
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
    system = futures.influences.system
    rows = [
        [
            name_of(futures, row),
            system.descriptor_names[row["descriptor"]],
            system.state_names[row[row["descriptor"]]],
            system.state_names[row["wanted_state"]],
            row["shortfall"],
        ]
        for row in table.to_dict("records")
    ]
    return pd.DataFrame(rows, columns=columns)


def drivers(futures: Futures) -> pd.DataFrame:
    """How much each descriptor drives the others, and is driven: sums of absolute judgements."""
    if futures.influences.matrix is None:
        return pd.DataFrame(columns=["descriptor", "drives", "is_driven"])
    sums = active_passive_sums(futures.influences.matrix)
    names = sums["descriptor"].map(futures.influences.system.descriptor_names)
    return pd.DataFrame(
        {
            "descriptor": names,
            "drives": sums["active_sum"],
            "is_driven": sums["passive_sum"],
        }
    ).sort_values("drives", ascending=False, kind="stable", ignore_index=True)
