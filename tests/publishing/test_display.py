"""What a cell leaves in a notebook, through a real kernel."""

from __future__ import annotations

import json

import nbformat
import pytest
from nbclient import NotebookClient

from strategy_lib.publishing.body import page_body
from strategy_lib.publishing.display import FIGURE_NOTES, PAGE, PLOTLY, SENTENCES, TABLE

SETUP = """\
import pandas as pd, plotly.graph_objects as go
from strategy_lib.chapters.page import Page
from strategy_lib.plotting.columns import NothingToDraw
from strategy_lib.plotting.theme import finish
from strategy_lib.publishing.display import show_figure, show_page, show_sentences, show_table
frame = pd.DataFrame({"name": ["<script>x()</script>", "国家开发银行"], "n": [1, 2]})
"""
SHOWING = """\
show_sentences(["One <i>.", ""])
show_table(frame, "Names & numbers", note="<b>")
show_figure(finish(go.Figure(go.Bar(x=frame["n"])), "A < B"), frame, "Read <it>.")
show_table(frame[:0], "")
show_figure(NothingToDraw(""), frame)
show_page(Page("2 of 3 <b> answered.", ("One did not.",)))
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
        {PAGE, "text/html", "text/plain"},
    ]


def test_the_html_for_jupyterlab_is_escaped(executed):
    shown = "".join(output.data.get("text/html", "") for output in executed.cells[1].outputs)
    assert "&lt;script&gt;x()&lt;/script&gt;" in shown
    assert "Names &amp; numbers" in shown
    assert "Read &lt;it&gt;." in shown
    assert "<script" not in shown
    assert "<i>" not in shown
    assert "2 of 3 &lt;b&gt; answered." in shown


def test_showing_twice_leaves_the_same(executed):
    first, second = (json.dumps(cell.outputs, sort_keys=True) for cell in executed.cells[1:])
    assert first == second


def test_an_executed_notebook_gives_its_page(executed):
    body = page_body(executed)
    assert body.page.said == ("2 of 3 <b> answered.", "One did not.")
    assert [listed.title for listed in body.tables.values()] == ["Names & numbers", "A < B"] * 2
    assert "Names & numbers" not in str(body.page)


def test_the_style_of_a_page_reaches_nothing_else_in_jupyterlab(executed):
    shown = executed.cells[1].outputs[-1].data["text/html"]
    style = shown.partition("<style>")[2].partition("</style>")[0]
    assert shown.count('<div class="workbook-page">') == 1
    assert style.startswith(".workbook-page {") and "@media" not in style and "@page" not in style
    # Everything after the variables is nested in one rule of our own.
    assert style.count("{") == style.count("}")
    assert style.partition("}")[2].strip().startswith(".workbook-page {")
