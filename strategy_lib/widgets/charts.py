"""A chart that moves while somebody drags: the same figure widget, new numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import ipywidgets as widgets
import plotly.graph_objects as go

from strategy_lib.plotting.columns import NothingToDraw
from strategy_lib.widgets.parts import paragraph_html

_WIDTH = 560
# What changes from one moment to the next; everything else of a trace stays as it was drawn.
_MOVING = ("x", "y", "z", "base", "text", "name")


class LiveChart:
    """One figure that is changed in place, with its finding in words for those who cannot see it.

    Parameters
    ----------
    label : str
        What the chart shows, for a screen reader.
    """

    def __init__(self, label: str) -> None:
        self.label = label
        self.words = widgets.HTML()
        self.figure: go.FigureWidget | None = None
        self.place = widgets.VBox()
        self.widget = widgets.VBox([self.place, self.words])

    def show(self, drawn: go.Figure | NothingToDraw, words: str = "") -> None:
        """Show a figure, or why there is none."""
        if isinstance(drawn, NothingToDraw):
            self.place.children = ()
            self.words.value = paragraph_html([drawn.title])
            return
        self.words.value = paragraph_html([f"{self.label}. {words}" if words else ""])
        if self.figure is None or not _is_alike(self.figure, drawn):
            self.figure = go.FigureWidget(drawn)
            # The widget measures its place before it stands in it: a width of its own is sure.
            self.figure.layout.width = _WIDTH
            self.figure._config = {"displayModeBar": False}
        else:
            _move(self.figure, drawn)
        if self.place.children != (self.figure,):
            self.place.children = (self.figure,)

    def move(self, traces: Sequence[Mapping[str, Any]]) -> bool:
        """Put new numbers into the drawn traces; False where the figure must be drawn anew.

        Parameters
        ----------
        traces : sequence of mapping
            For each trace the properties that have changed.
        """
        figure = self.figure
        if figure is None or not self.place.children or len(figure.data) != len(traces):
            return False
        if any(
            len(old[n]) != len(new[n])
            for old, new in zip(figure.data, traces, strict=True)
            for n in new
        ):
            return False
        with figure.batch_update():
            for trace, moved in zip(figure.data, traces, strict=True):
                for name, value in moved.items():
                    _set(trace, name, value)
        return True


def _is_alike(old: go.Figure, new: go.Figure) -> bool:
    return [trace.type for trace in old.data] == [trace.type for trace in new.data]


def _move(old: go.FigureWidget, new: go.Figure) -> None:
    with old.batch_update():
        for trace, moved in zip(old.data, new.data, strict=True):
            for name in _MOVING:
                if name in moved:
                    _set(trace, name, moved[name])
        old.layout.title.text = new.layout.title.text
        old.layout.height = new.layout.height
        old.layout.margin.t = new.layout.margin.t


def _set(trace: Any, name: str, value: Any) -> None:
    if not _is_same(trace[name], value):
        trace[name] = value


def _is_same(first: Any, second: Any) -> bool:
    if isinstance(first, str) or first is None or isinstance(second, str) or second is None:
        return bool(first is second or (isinstance(first, str) and first == second))
    return len(first) == len(second) and all(a == b for a, b in zip(first, second, strict=True))
