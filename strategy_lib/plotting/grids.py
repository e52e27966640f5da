"""Tables drawn as figures: a shade for each cell, and what it says printed in it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from strategy_lib.core.errors import InputError
from strategy_lib.plotting.charts import FEW
from strategy_lib.plotting.marks import cell_texts
from strategy_lib.plotting.theme import (
    ACCENT,
    SEQUENTIAL,
    finish,
    label_width,
    plain_lines,
)

_TEXT_LINE, _LABEL_LINE = 14, 17
_FRAME, _LABEL, _SHORT = 40, 18, 6
# Slanted heads: degrees, letters on a line, lines, and what a letter takes above the table and to
# its right. Those of some columns are steeper, so that two lines have room; those of many lie flat.
_STEEP, _FLAT = (-55, 23, 2, 5.8, 4.2), (-40, 34, 1, 4.4, 4.8)
_SOME = 10
_EDGE = 16
_DARK = 0.55
MISSING_SHADE = "#eceff1"


def grid(
    shades: pd.DataFrame,
    texts: pd.DataFrame,
    title: str,
    *,
    low: float = 0.0,
    high: float = 1.0,
    colours: Sequence[str] = SEQUENTIAL,
    framed: pd.DataFrame | None = None,
    width: int = 13,
    label: int = _LABEL,
) -> go.Figure:
    """A table of shades with a text in every cell.

    Parameters
    ----------
    shades : DataFrame
        Numbers from `low` to `high`; a missing one is drawn grey.
    texts : DataFrame
        What each cell says, of the same shape; plain text, not escaped.
    colours : sequence of str
        From the lowest to the highest shade.
    framed : DataFrame of bool, optional
        Cells that get a frame.
    width : int
        Letters on a line of a cell and of a column's head: they fit a column of a narrow page.
    label : int
        Letters on a line of a row's name.

    Raises
    ------
    InputError
        Shades and texts of different shapes.
    """
    if shades.shape != texts.shape:
        raise InputError(f"grid: {shades.shape} shades, but {texts.shape} texts")
    values = shades.to_numpy(dtype=float, na_value=math.nan)
    said = texts.map(lambda text: plain_lines(text, width, 3))
    heads = _heads([str(c) for c in texts.columns], width)
    labels = [plain_lines(name, label, 3) for name in texts.index]
    shade = go.Heatmap(
        z=[[None if math.isnan(v) else v for v in row] for row in values.tolist()],
        zmin=low,
        zmax=high,
        colorscale=[(n / (len(colours) - 1), colour) for n, colour in enumerate(colours)],
        # What a shade means is printed in every cell.
        showscale=False,
    )
    texts_in_cells = cell_texts(
        (x, y, str(said.iloc[y, x]), _is_dark(value, low, high, colours))
        for (y, x), value in np.ndenumerate(values)
    )
    layout = {**_axes(heads, labels), "plot_bgcolor": MISSING_SHADE, "shapes": _frames(framed)}
    fig = go.Figure([shade, texts_in_cells], layout)
    row = 12 + max(_TEXT_LINE * _lines(said.to_numpy().flat), _LABEL_LINE * _lines(labels))
    # Room for the heads between title and table; on a page, which prints the title itself, too.
    above, right = _room(heads)
    room = {"t": above, "r": right, "l": label_width(labels)}
    return finish(fig, title, _FRAME + row * len(texts), room)


def _lines(texts: Iterable[str]) -> int:
    return 1 + max((str(text).count("<br>") for text in texts), default=0)


def _are_slanted(heads: Sequence[str]) -> bool:
    return len(heads) > FEW and max(map(len, heads)) > _SHORT


def _heads(names: Sequence[str], width: int) -> list[str]:
    """Heads of columns: a few stand straight over several lines, many are slanted."""
    if _are_slanted(names):
        _, letters, lines, *_ = _slant(names)
        return [plain_lines(name, letters, lines) for name in names]
    return [plain_lines(name, max(8, width - 3), 4) for name in names]


def _slant(heads: Sequence[str]) -> tuple[int, int, int, float, float]:
    return _STEEP if len(heads) <= _SOME else _FLAT


def _room(heads: Sequence[str]) -> tuple[int, int]:
    """Pixels that heads take above the table and to its right."""
    if not _are_slanted(heads):
        return _LABEL_LINE * (1 + _lines(heads)), _EDGE
    *_, up, out = _slant(heads)
    longest = max(len(line) for head in heads for line in head.split("<br>"))
    return 24 + round(up * longest), round(out * longest)


def _is_dark(value: float, low: float, high: float, colours: Sequence[str]) -> bool:
    if math.isnan(value) or high <= low:
        return False
    place = min(1.0, max(0.0, (value - low) / (high - low)))
    colour = colours[round(place * (len(colours) - 1))].lstrip("#")
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return 0.299 * red + 0.587 * green + 0.114 * blue < _DARK


def _axes(heads: list[str], rows: list[str]) -> dict[str, Any]:
    common = {"tickmode": "array", "showgrid": False, "zeroline": False}
    across = {
        "tickvals": list(range(len(heads))),
        "ticktext": heads,
        "side": "top",
        "tickangle": _slant(heads)[0] if _are_slanted(heads) else 0,
        "tickfont": {"size": 12},
        "range": [-0.5, len(heads) - 0.5],
    }
    down = {"tickvals": list(range(len(rows))), "ticktext": rows, "range": [len(rows) - 0.5, -0.5]}
    return {"xaxis": common | across, "yaxis": common | down}


def _frames(framed: pd.DataFrame | None) -> list[dict[str, object]]:
    if framed is None:
        return []
    return [
        {
            "type": "rect",
            "x0": x - 0.47,
            "x1": x + 0.47,
            "y0": y - 0.46,
            "y1": y + 0.46,
            "line": {"color": ACCENT, "width": 2.5},
            "fillcolor": "rgba(0,0,0,0)",
        }
        for y in range(framed.shape[0])
        for x in range(framed.shape[1])
        if bool(framed.iloc[y, x])
    ]
