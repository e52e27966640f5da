"""Figures on their way into a page."""

from __future__ import annotations

import json

import pytest
from plotly.offline import get_plotlyjs_version

from strategy_lib.core.errors import ChapterError
from strategy_lib.plotting.theme import BARE_TOP, finding_title, title_space
from strategy_lib.publishing.charts import chart
from strategy_lib.publishing.page import ON_PLAIN_AXES, chart_scripts, plotly_js

LAYOUT = {"title": {"text": "A &amp; B<br>grow"}, "height": 400, "margin": {"t": 90}}


def figure(*traces, **layout):
    return {"data": list(traces), "layout": {**LAYOUT, **layout}}


def test_the_title_leaves_the_drawing_and_its_room_goes_with_it():
    text = finding_title("A long finding " * 12)
    top = title_space(text)
    made = chart(
        figure(title={"text": text}, height=420 + top, margin={"t": BARE_TOP + top, "l": 8}),
        "cell 1",
    )
    assert made.title == ("A long finding " * 12).strip()
    assert made.height == made.spec["layout"]["height"] == 420
    assert made.spec["layout"]["margin"] == {"t": BARE_TOP, "l": 8}
    assert "title" not in made.spec["layout"]


def test_a_title_is_given_back_as_text():
    assert chart(figure(), "cell 1").title == "A & B grow"


def test_what_is_not_drawn_is_taken_out():
    trace = {
        "type": "bar",
        "x": [1],
        "customdata": ["secret"],
        "hovertext": ["secret"],
        "hovertemplate": "%{customdata} secret",
        "ids": ["secret"],
        "meta": "secret",
    }
    hidden = {"type": "bar", "x": ["secret"], "visible": False}
    made = chart({**figure(trace, hidden, meta="secret"), "frames": ["secret"]}, "cell 1")
    assert "secret" not in json.dumps(made.spec)
    assert made.spec["data"] == [{"type": "bar", "x": [1]}]


@pytest.mark.parametrize(
    "kind", ["choropleth", "scattergeo", "scattermap", "choroplethmapbox", "scattergl", "histogram",
             "violin", "surface", "something_new"],
)  # fmt: skip
def test_a_figure_that_fetches_or_carries_records_is_refused(kind):
    with pytest.raises(ChapterError, match=f"cell 7 is a {kind}"):
        chart(figure({"type": kind}), "cell 7")


def test_a_box_needs_its_quartiles():
    with pytest.raises(ChapterError, match="every record"):
        chart(figure({"type": "box", "y": [1, 2, 3]}), "cell 7")
    assert chart(figure({"type": "box", "q1": [1], "median": [2], "q3": [3]}), "cell 7")


@pytest.mark.parametrize("layout", [{"geo": {}}, {"map2": {}}, {"mapbox": {}}])
def test_a_layout_with_a_map_is_refused(layout):
    with pytest.raises(ChapterError, match="plain axes"):
        chart(figure(**layout), "cell 1")


def test_a_picture_from_elsewhere_is_refused():
    with pytest.raises(ChapterError, match="fetch"):
        chart(figure(images=[{"source": "https://evil.example/p.png"}]), "cell 1")
    assert chart(figure(images=[{"source": "data:image/png;base64,AA=="}]), "cell 1")


def test_a_figure_without_a_title_is_refused():
    with pytest.raises(ChapterError, match="no title"):
        chart({"data": [], "layout": {}}, "cell 1")


def test_markup_that_an_author_forgot_to_escape_is_tamed():
    trace = {"type": "bar", "y": ['<a href="javascript:x()">y</a>', "two<br>lines <b>c</b>"]}
    assert chart(figure(trace), "cell 1").spec["data"][0]["y"] == [
        '&lt;a href="javascript:x()">y&lt;/a>',
        "two<br>lines <b>c</b>",
    ]


def test_what_is_not_on_plain_axes_is_drawn_by_the_whole_of_plotly():
    whole = plotly_js(is_whole=True)
    assert chart_scripts([]) == ()
    assert plotly_js() in chart_scripts(ON_PLAIN_AXES) and whole not in chart_scripts(["bar"])
    assert whole in chart_scripts(["bar", "sankey"])


def test_the_smaller_plotly_is_of_the_version_of_the_package():
    """Otherwise it is not used: tools/plotly_bundle.py brings the one that fits."""
    assert f"v{get_plotlyjs_version()}" in plotly_js()[:200]
    assert f"v{get_plotlyjs_version()}" in plotly_js(is_whole=True)[:200]
    assert len(plotly_js()) < len(plotly_js(is_whole=True)) / 3
