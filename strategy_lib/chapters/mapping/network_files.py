"""The network of offices and counterparts as files for Gephi (GraphML, GEXF) and Kumu (JSON)."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import networkx as nx

from strategy_lib.plotting.theme import visible

NAMES = ("network.graphml", "network.gexf", "network_kumu.json")
# What XML 1.0 cannot hold, and would make a file that no program opens.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write_network(folder: Path, graph: nx.Graph) -> tuple[Path, ...]:
    """Write a network in all formats; the same network gives the same bytes.

    Parameters
    ----------
    graph : networkx.Graph
        Nodes with `label` and `kind`, edges with plain attributes; an empty graph writes nothing.
    """
    if not len(graph):
        return ()
    plain = _plain(graph)
    paths = tuple(folder / name for name in NAMES)
    _write(paths[0], "\n".join(nx.generate_graphml(plain, prettyprint=True)))
    _write(paths[1], _without_clock("\n".join(nx.generate_gexf(plain, version="1.2draft"))))
    _write(paths[2], json.dumps(_kumu(plain), ensure_ascii=False, indent=1))
    return paths


def _plain(graph: nx.Graph) -> nx.Graph:
    """The graph in a fixed order, with texts that XML can hold."""
    plain = nx.Graph()
    for node in sorted(graph):
        plain.add_node(_text(node), **_attributes(graph.nodes[node]))
    for one, two, data in sorted(graph.edges(data=True), key=lambda edge: sorted(edge[:2])):
        plain.add_edge(_text(one), _text(two), **_attributes(data))
    return plain


def _attributes(data: dict[str, Any]) -> dict[str, Any]:
    return {key: _text(v) if isinstance(v, str) else v for key, v in sorted(data.items())}


def _text(text: str) -> str:
    return _NOT_IN_XML.sub("", visible(text))


def _without_clock(gexf: str) -> str:
    return re.sub(r' lastmodifieddate="[^"]*"', "", gexf)


def _kumu(graph: nx.Graph) -> dict[str, Any]:
    elements = [
        {"label": data["label"], "type": data["kind"]} for _, data in graph.nodes(data=True)
    ]
    label = nx.get_node_attributes(graph, "label")
    connections = [
        {"from": label[one], "to": label[two], "direction": "mutual", **data}
        for one, two, data in graph.edges(data=True)
    ]
    return {"elements": elements, "connections": connections}


def _write(path: Path, text: str) -> None:
    path.write_bytes((text + "\n").encode("utf-8"))
