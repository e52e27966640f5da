"""What a cell leaves in a notebook, through a real kernel."""

from __future__ import annotations

import json

import nbformat
import pytest
from nbclient import NotebookClient

from strategy_lib.publishing.body import Listed, page_body
from strategy_lib.publishing.display import FIGURE_NOTES, PLOTLY, SENTENCES, TABLE

SETUP = """\
import pandas as pd, plotly.graph_objects as go
from strategy_lib.plotting.columns import NothingToDraw
from strategy_lib.plotting.theme import finish
from strategy_lib.publishing.display import show_figure, show_sentences, show_table
frame = pd.DataFrame({"name": ["<script>x()</script>", "国家开发银行"], "n": [1, 2]})
"""
SHOWING = """\
show_sentences(["One <i>.", ""])
show_table(frame, "Names & numbers", note="<b>")
show_figure(finish(go.Figure(go.Bar(x=frame["n"])), "A < B"), frame, "Read <it>.")
show_table(frame[:0], "")
show_figure(NothingToDraw(""), frame)
"""


@pytest.fixture(scope="module")
def executed():
    cells = [nbformat.v4.new_code_cell(source) for source in (SETUP, SHOWING, SHOWING)]
    notebook = nbformat.v4.new_notebook(cells=cells)
    return NotebookClient(notebook, timeout=60, shutdown_kernel="immediate").execute()


def test_each_output_has_our_data_and_a_form_for_jupyterlab(executed):
    kinds = [set(output.data) for output in executed.cells[1].outputs]
    assert kinds == [
        {SENTENCES, "text/html", "text/plain"},
        {TABLE, "text/html", "text/plain"},
        {PLOTLY, "text/plain"},
        {FIGURE_NOTES, "text/html", "text/plain"},
    ]


def test_the_html_for_jupyterlab_is_escaped(executed):
    shown = "".join(output.data.get("text/html", "") for output in executed.cells[1].outputs)
    assert "&lt;script&gt;x()&lt;/script&gt;" in shown
    assert "Names &amp; numbers" in shown
    assert "Read &lt;it&gt;." in shown
    assert "<script" not in shown
    assert "<i>" not in shown


def test_showing_twice_leaves_the_same(executed):
    first, second = (json.dumps(cell.outputs, sort_keys=True) for cell in executed.cells[1:])
    assert first == second


def test_an_executed_notebook_gives_its_page(executed):
    (group,) = page_body(executed).groups
    listed = [block.title for block in group.blocks if isinstance(block, Listed)]
    assert listed == ["Names & numbers", "A < B"] * 2
