"""The network of offices and counterparts, on graphs that can be checked by hand."""

from __future__ import annotations

import pandas as pd

from strategy_lib.methods.networks import brokers, two_mode_network


def links(*rows):
    columns = ["unit", "counterpart", "stance", "theme", "contact_strength"]
    return pd.DataFrame([(*row, "neutral", "health", 1) for row in rows], columns=columns)


def test_betweenness_of_a_chain_freeman_1977():
    """In a - B - c - D - e the middle node is on 4 of 6 pairs of others: 0.667."""
    graph = two_mode_network(links(("x", "B"), ("c", "B"), ("c", "D"), ("z", "D")))
    table = brokers(graph)
    assert table.to_dict("records") == [{"unit": "c", "betweenness": 0.667, "n_counterparts": 2}]


def test_an_office_and_a_counterpart_of_one_name_are_two_nodes():
    graph = two_mode_network(links(("Same", "Same")))
    assert set(graph) == {"office:Same", "counterpart:Same"}


def test_an_edge_counts_activities_and_keeps_the_strongest_contact():
    frame = links(("a", "B"), ("a", "B"))
    frame.loc[1, ["stance", "contact_strength"]] = ["critical", 3]
    edge = two_mode_network(frame).edges["office:a", "counterpart:B"]
    assert (edge["weight"], edge["stances"], edge["contact_strength"]) == (
        2,
        "critical; neutral",
        3,
    )


def test_no_links_no_brokers():
    graph = two_mode_network(links())
    assert len(graph) == 0
    assert brokers(graph).empty
