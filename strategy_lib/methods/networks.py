"""Who deals with whom: the two-mode network of offices and counterparts."""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx
import pandas as pd

OFFICE, COUNTERPART = "office", "counterpart"
BROKER_COLUMNS = ("unit", "betweenness", "n_counterparts")


def two_mode_network(links: pd.DataFrame) -> nx.Graph:
    """Offices and counterparts as nodes, their activities as edges.

    Parameters
    ----------
    links : DataFrame
        One row an activity: `unit`, `counterpart`, `stance`, `theme`, `contact_strength` (0-3 or
        missing).

    Returns
    -------
    networkx.Graph
        Nodes `office:NAME` and `counterpart:NAME` with `label` and `kind`; edges with `weight`
        (activities), `stances`, `themes` (joined with `; `) and `contact_strength` (the strongest).

    Examples
    --------
    >>> one = {"unit": "Kenya", "counterpart": "CFPA", "stance": "neutral", "theme": "health"}
    >>> graph = two_mode_network(pd.DataFrame([one | {"contact_strength": 2}] * 2))
    >>> graph.edges["office:Kenya", "counterpart:CFPA"]["weight"]
    2
    """
    graph = nx.Graph()
    pairs = links.groupby(["unit", "counterpart"])
    edges = pd.DataFrame(
        {
            "weight": pairs.size(),
            "stances": pairs["stance"].agg(joined),
            "themes": pairs["theme"].agg(joined),
            "contact_strength": pairs["contact_strength"].max().fillna(0).astype(int),
        }
    )
    for (unit, counterpart), edge in zip(edges.index, edges.to_dict("records"), strict=True):
        office, other = f"{OFFICE}:{unit}", f"{COUNTERPART}:{counterpart}"
        graph.add_node(office, label=str(unit), kind=OFFICE)
        graph.add_node(other, label=str(counterpart), kind=COUNTERPART)
        graph.add_edge(office, other)
        graph.edges[office, other].update(edge)
    return graph


def joined(values: Iterable[object]) -> str:
    """Those that are there, once each, in order.

    Examples
    --------
    >>> joined(["health", None, "climate", "health"])
    'climate; health'
    """
    return "; ".join(sorted({value for value in values if isinstance(value, str)}))


def brokers(graph: nx.Graph, top: int = 10) -> pd.DataFrame:
    """Offices through which otherwise separate counterparts are connected.

    Parameters
    ----------
    graph : networkx.Graph
        As `two_mode_network` makes it.
    top : int
        Rows at most.

    Returns
    -------
    DataFrame
        Columns `unit`, `betweenness` (0-1, share of shortest paths), `n_counterparts`.

    References
    ----------
    Freeman, L. C. (1977). A set of measures of centrality based on betweenness. Sociometry 40(1).
    """
    # Above this size a sample of sources, drawn with a fixed seed, keeps the answer within seconds.
    sample = 300 if len(graph) > 1500 else None
    scores = nx.betweenness_centrality(graph, k=sample, seed=1) if len(graph) else {}
    rows = [
        (graph.nodes[node]["label"], round(score, 3), graph.degree(node))
        for node, score in scores.items()
        if graph.nodes[node]["kind"] == OFFICE and score > 0
    ]
    table = pd.DataFrame(rows, columns=list(BROKER_COLUMNS))
    ranked = table.sort_values(["betweenness", "unit"], ascending=[False, True], ignore_index=True)
    return ranked.head(top)
