"""Counterparts as organisations: their kind, where they are based, and how they would be joined."""

from __future__ import annotations

import networkx as nx
import pandas as pd

from strategy_lib.chapters.context import NOT_SAID
from strategy_lib.chapters.mapping.context import Context
from strategy_lib.schema.name_keys import name_key

# Places of which the law of the People's Republic, or of its special regions, is that of the place.
CHINA = ("CN", "HK", "MO")
IN_CHINA, MULTILATERAL, ELSEWHERE = "in or from China", "multilateral", "from elsewhere"


def actors(context: Context) -> pd.DataFrame:
    """What the lists of counterparts say of each, by the name under which it is shown.

    An organisation is called *in or from China* if it, or what owns or steers it, is based there;
    one between states is called multilateral wherever it sits.

    Returns
    -------
    DataFrame
        Index: name; columns `kind`, `from` (`IN_CHINA`, `MULTILATERAL`, `ELSEWHERE` or "not said").
    """
    listed = context.frames["counterparts"].dropna(subset=["name"])
    shown = [context.canonical.get(name_key(name), str(name)) for name in listed["name"]]
    frame = listed.assign(shown_as=shown).drop_duplicates("shown_as").set_index("shown_as")
    place = {str(name): code for name, code in frame["country_code"].items()}
    owner = {
        str(name): context.canonical.get(name_key(parent), str(parent))
        for name, parent in frame["parent"].dropna().items()
    }
    return pd.DataFrame(
        {
            "kind": [context.label("counterpart_type", kind) for kind in frame["type"]],
            "from": [
                MULTILATERAL if kind == "multilateral" else _from(str(name), place, owner)
                for name, kind in frame["type"].items()
            ],
        },
        index=frame.index,
    )


def _from(name: str, place: dict[str, object], owner: dict[str, str]) -> str:
    """Where a counterpart, or the first of its owners of which that is known, is based."""
    seen: list[str] = []
    while name not in seen:
        seen.append(name)
        name = owner.get(name, name)
    if any(place.get(one) in CHINA for one in seen):
        return IN_CHINA
    return ELSEWHERE if any(isinstance(place.get(one), str) for one in seen) else NOT_SAID


def kind_and_place(table: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """A table with `kind` and `from` behind its column `counterpart`."""
    about = known.reindex(table["counterpart"]).astype("str").fillna(NOT_SAID)
    place = list(table.columns).index("counterpart") + 1
    made = table.copy()
    for name in ("from", "kind"):
        made.insert(place, name, about[name].to_numpy())
    return made


def joined_by_name(named: pd.DataFrame, alike: pd.DataFrame, context: Context) -> pd.DataFrame:
    """Activities as they would be if every pair of names that waits for a person were one."""
    pairs = nx.Graph()
    for one, other in zip(alike["name"], alike["other_name"], strict=True):
        pairs.add_edge(*(context.canonical.get(name_key(n), n) for n in (one, other)))
    head = {name: min(group) for group in nx.connected_components(pairs) for name in group}
    return named.assign(shown_as=[head.get(name, name) for name in named["shown_as"]])
