"""A plotly figure on its way into a page: checked, stripped of what it does not show."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from strategy_lib.core.errors import ChapterError
from strategy_lib.plotting.theme import BARE_TOP, clean, title_space, visible

_DEFAULT_HEIGHT = 450
_UNSEEN = frozenset(
    ["customdata", "hoverinfo", "hovertemplate", "hovertext", "ids", "meta", "transforms", "uid"]
)
# What plotly draws from the page alone. Others fetch maps from the network (choropleth), need
# scripts that the page forbids (the WebGL ones), or carry one entry a record (histogram).
_DRAWN = (
    "bar, barpolar, box, contour, funnel, heatmap, icicle, indicator, pie, sankey, scatter, "
    "scatterpolar, scatterternary, sunburst, treemap, waterfall"
)
_TAG = re.compile(r"<(?!/?(?:br|b|i|em|strong|sup|sub)\s*/?>)", re.IGNORECASE)


@dataclass(frozen=True)
class Chart:
    """A figure that may go into a page.

    Attributes
    ----------
    title : str
        The finding, as text; the page prints it, so the drawing has no title.
    height : int
        Pixels to keep free for the drawing.
    spec : mapping
        `data` and `layout` for plotly.js.
    """

    title: str
    height: int
    spec: Mapping[str, Any]

    @property
    def kinds(self) -> frozenset[str]:
        """What plotly has to draw, such as `bar`."""
        return kinds_of(self.spec)


def chart(figure: Mapping[str, Any], where: str) -> Chart:
    """Check one figure's JSON and take out what a page must not hold.

    Parameters
    ----------
    figure : mapping
        Plotly JSON of one output.
    where : str
        Place for messages, such as `cell 12`.

    Raises
    ------
    ChapterError
        If the figure would fetch a map or a picture, carries raw records, or has no title.
    """
    layout = {
        k: v for k, v in figure.get("layout", {}).items() if k not in ("meta", "uid", "width")
    }
    traces = [_trace(trace, where) for trace in figure.get("data", [])]
    _refuse_fetching(layout, where)
    text = (layout.pop("title", None) or {}).get("text") or ""
    if not text:
        raise ChapterError(f"A figure in {where} has no title; make it with figures.theme.finish.")
    height = int(layout.get("height") or _DEFAULT_HEIGHT) - title_space(text)
    margin = layout.get("margin") or {}
    layout |= {"height": height, "margin": {**margin, "t": _top(margin, text)}, "autosize": True}
    drawn = [trace for trace in traces if trace.get("visible") is not False]
    return Chart(as_text(text), height, {"data": _tame(drawn), "layout": _tame(layout)})


def kinds_of(spec: Mapping[str, Any]) -> frozenset[str]:
    """Kinds of the traces of a figure.

    Examples
    --------
    >>> sorted(kinds_of({"data": [{"type": "bar"}, {"x": [1]}]}))
    ['bar', 'scatter']
    """
    return frozenset(str(trace.get("type", "scatter")) for trace in spec["data"])


def as_text(title: str) -> str:
    """A title of a figure as plain text.

    Examples
    --------
    >>> as_text("Health &amp;<br>labour")
    'Health & labour'
    """
    return clean(html.unescape(re.sub(r"<[^>]*>", " ", title)))


def _top(margin: Mapping[str, Any], title: str) -> int:
    return max(BARE_TOP, int(margin.get("t", BARE_TOP)) - title_space(title))


def _trace(trace: Mapping[str, Any], where: str) -> dict[str, Any]:
    (kind,) = kinds_of({"data": [trace]})
    if kind not in _DRAWN.split(", "):
        raise ChapterError(
            f"A figure in {where} is a {kind}; a page can hold: {_DRAWN}. "
            "Draw maps on plain axes, and records after counting them."
        )
    if kind == "box" and "q1" not in trace:
        raise ChapterError(
            f"A box figure in {where} carries every record; give it q1, median and q3 instead."
        )
    return {key: value for key, value in trace.items() if key not in _UNSEEN}


def _refuse_fetching(layout: Mapping[str, Any], where: str) -> None:
    if any(re.fullmatch(r"(geo|map|mapbox)\d*", key) for key in layout):
        raise ChapterError(f"A figure in {where} has a map; draw maps on plain axes.")
    for image in layout.get("images") or ():
        if not str(image.get("source", "")).startswith("data:image/"):
            raise ChapterError(f"A figure in {where} shows a picture that it would fetch.")


def _tame(value: Any) -> Any:
    """`value` with every text free of markup other than line breaks and emphasis."""
    if isinstance(value, str):
        return _TAG.sub("&lt;", visible(value))
    if isinstance(value, Mapping):
        return {str(key): _tame(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_tame(item) for item in value]
    return value
