"""The network as files: they open, keep their names, and are the same bytes each time."""

from __future__ import annotations

import json

import networkx as nx
import pytest

from strategy_lib.chapters.mapping.network_files import NAMES, write_network

NAMES_TYPED = ("中国路桥", "<script>&amp;", "שלום", "a\x00b\ud800c")


@pytest.fixture
def graph():
    made = nx.Graph()
    for name in NAMES_TYPED:
        made.add_node(f"counterpart:{name}", label=name, kind="counterpart")
        made.add_node("office:ke", label="Kenya", kind="office")
        made.add_edge("office:ke", f"counterpart:{name}", weight=2, stances="neutral")
    return made


def test_all_formats_open_and_keep_the_names(tmp_path, graph):
    graphml, gexf, kumu = write_network(tmp_path, graph)
    for read, path in ((nx.read_graphml, graphml), (nx.read_gexf, gexf)):
        back = read(path)
        assert (len(back), back.number_of_edges()) == (5, 4)
    labels = set(nx.get_node_attributes(nx.read_graphml(graphml), "label").values())
    assert {"中国路桥", "<script>&amp;", "שלום"} <= labels
    content = json.loads(kumu.read_text(encoding="utf-8"))
    assert {e["type"] for e in content["elements"]} == {"office", "counterpart"}
    assert len(content["connections"]) == 4


def test_the_same_network_gives_the_same_bytes_without_a_date(tmp_path, graph):
    one, two = tmp_path / "1", tmp_path / "2"
    one.mkdir()
    two.mkdir()
    write_network(one, graph)
    write_network(two, graph.copy())
    assert all((one / n).read_bytes() == (two / n).read_bytes() for n in NAMES)
    assert "lastmodified" not in (one / NAMES[1]).read_text(encoding="utf-8")


def test_an_empty_network_writes_nothing(tmp_path):
    assert write_network(tmp_path, nx.Graph()) == ()
    assert list(tmp_path.iterdir()) == []
