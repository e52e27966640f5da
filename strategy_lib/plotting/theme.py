"""The look of every figure, and how text from people becomes a safe label.

Importing this module changes nothing in plotly; a figure gets the look from `finish`.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

FONT = (
    '-apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", "Liberation Sans", Arial, '
    '"DejaVu Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", '
    '"Noto Sans Arabic", "Noto Sans Hebrew", sans-serif'
)
INK = "#1d2730"
QUIET = "#55616b"
GRID = "#e2e7eb"
PAPER = "#ffffff"

ACCENT = "#0b5c87"
HIGHLIGHT = "#b04a00"
MUTED = "#b4bec6"

# Okabe and Ito's palette in an order of contrast on white; its yellow and black are left out
# because the one cannot be read on white and the other is the colour of the text.
CATEGORIES = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#6b7280")
# Even steps of lightness (OKLab), so that equal differences look equal, also printed in grey.
SEQUENTIAL = ("#f1f6fa", "#b9d7e8", "#7fb8d6", "#4c97c5", "#0b75b3", "#075488", "#08365c")
DIVERGING = ("#b04a00", "#d28248", "#edba8e", "#f6f4f1", "#9ac2dd", "#538eb7", "#0a5a8c")

MISSING = "–"
TITLE_WIDTH = 84
_TITLE_SIZE, _TITLE_LINE, _TITLE_GAP = 17, 23, 14
BARE_TOP = 16
_LETTER, _BESIDE_LABEL = 7.0, 14

_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
_LONE_HALF = re.compile("[\ud800-\udfff]")
_WIDE = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
_PIECES = re.compile(rf"\s+|[{_WIDE}]|[^\s{_WIDE}]+")


def clean(text: object) -> str:
    """Text from people on one line, without characters that act but are not seen.

    Control characters and marks that turn the direction of what follows go; accents, emoji and
    every script stay.

    Examples
    --------
    >>> clean("a\\x00b\\u202ec\\n d")
    'abc d'
    """
    return " ".join(visible(str(text)).split())


def visible(text: str) -> str:
    """`text` without control characters and marks that turn the direction of what follows.

    Examples
    --------
    >>> visible("a\\u202eb")
    'ab'
    """
    return _LONE_HALF.sub("\ufffd", _UNSEEN.sub("", text))


def plain(text: object, longest: int = 80) -> str:
    """Text from people as a label of a figure: shown as it was typed, never taken for markup.

    Parameters
    ----------
    text : object
        What somebody entered.
    longest : int
        Characters after which the label is cut with an ellipsis.

    Examples
    --------
    >>> plain("<b>R&D</b>")
    '&lt;b&gt;R&amp;D&lt;/b&gt;'
    >>> plain("Federation", longest=5)
    'Fede…'
    """
    label = clean(text)
    return html.escape(label if len(label) <= longest else _shortened(label, longest), quote=False)


def plain_lines(text: object, width: int = 26, lines: int = 2) -> str:
    """`plain`, wrapped at `width` letters over at most `lines` lines, for labels of an axis.

    Examples
    --------
    >>> plain_lines("Infrastructure and development finance", 20)
    'Infrastructure and<br>development finance'
    """
    wrapped = list(_wrap(clean(text), width))
    if len(wrapped) > lines:
        wrapped = [*wrapped[: lines - 1], _shortened(wrapped[lines - 1], width)]
    return "<br>".join(html.escape(line, quote=False) for line in wrapped)


def finding_title(text: object, width: int = TITLE_WIDTH) -> str:
    """A title that says the finding, wrapped for a figure; names in it may be any text.

    Parameters
    ----------
    text : object
        The sentence, not escaped.
    width : int
        Letters on a line; a Chinese character counts as two.

    Examples
    --------
    >>> finding_title("Two offices work on health & labour", width=20)
    'Two offices work on<br>health &amp; labour'
    """
    return "<br>".join(html.escape(line, quote=False) for line in _wrap(clean(text), width))


def printed(value: float | None, decimals: int = 0) -> str:
    """A number as figures print it; an unknown one is a dash.

    Examples
    --------
    >>> printed(1234.5), printed(0.5, 1), printed(None)
    ('1,234', '0.5', '–')
    """
    if value is None or value != value:
        return MISSING
    return f"{value:,.{decimals}f}"


def finish(
    fig: Figure, title: str, height: int = 420, room: Mapping[str, int] | None = None
) -> Figure:
    """A copy of `fig` in the house look, under a title that says the finding.

    Data that are not drawn (`customdata`, hover texts, ids) are taken out: a figure carries what it
    shows and no more.

    Parameters
    ----------
    fig : Figure
        Figure whose labels went through `plain`.
    title : str
        The finding as a sentence, not escaped.
    height : int
        Pixels for the figure without its title and without `room` above it.
    room : mapping, optional
        Pixels that are kept free for labels above (`t`, between title and figure), on the left
        (`l`) and on the right (`r`). Where labels need more they take it; to know it beforehand
        spares the browser a second drawing.
    """
    import plotly.graph_objects as go

    text = finding_title(title)
    margin = dict(room or {})
    top = title_space(text) + margin.get("t", 0)
    finished = go.Figure(fig)
    # plotly.js sets a title of several lines higher than one of a single line.
    lift = 16 if "<br>" in text else 4
    heading = {"text": text, "pad": {"t": lift, "l": 4}}
    finished.update_layout(
        template=house_template(),
        hovermode=False,
        title=heading,
        height=height + top,
        margin={**margin, "t": BARE_TOP + top},
    )
    finished.for_each_trace(_without_unseen)
    return finished


def title_space(text: str) -> int:
    """Pixels that a title made by `finding_title` takes."""
    return (text.count("<br>") + 1) * _TITLE_LINE + _TITLE_GAP if text else 0


@cache
def house_template() -> Any:
    """The house look as a plotly template."""
    import plotly.graph_objects as go

    return go.layout.Template(layout=_layout(), data=_trace_defaults())


def _layout() -> dict[str, Any]:
    return {
        "font": {"family": FONT, "size": 13, "color": INK},
        "title": _title(),
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "colorway": list(CATEGORIES),
        "colorscale": {"sequential": _scale(SEQUENTIAL), "diverging": _scale(DIVERGING)},
        "xaxis": _axis(),
        "yaxis": _axis(),
        "margin": {"l": 8, "r": 40, "t": BARE_TOP, "b": 8},
        "bargap": 0.32,
        "hovermode": False,
        "dragmode": False,
        "legend": {
            "orientation": "h",
            "x": 0,
            "y": 1.01,
            "yanchor": "bottom",
            "title": {"text": ""},
        },
    }


def _title() -> dict[str, Any]:
    return {
        "font": {"size": _TITLE_SIZE},
        "x": 0,
        "xref": "container",
        "xanchor": "left",
        "y": 1,
        "yref": "container",
        "yanchor": "top",
    }


def _axis() -> dict[str, Any]:
    return {
        # Labels are kept whole, whatever their length, and a finger that scrolls moves the page.
        "automargin": True,
        # Then none runs over the edge either; to look for such is a sixth of the time of a drawing.
        "ticklabeloverflow": "allow",
        "fixedrange": True,
        "gridcolor": GRID,
        "linecolor": MUTED,
        "zerolinecolor": MUTED,
        "tickcolor": MUTED,
        "ticklabelstandoff": 4,
        "title": {"font": {"color": QUIET, "size": 13}, "standoff": 12},
    }


def _trace_defaults() -> dict[str, list[dict[str, Any]]]:
    number = {"size": 12, "color": INK}
    upright = {"textangle": 0, "constraintext": "none", "cliponaxis": False}
    bar = {**upright, "textfont": number, "marker": {"line": {"width": 0}}}
    scatter = {"cliponaxis": False, "marker": {"line": {"width": 0.5, "color": PAPER}}}
    heatmap = {"xgap": 2, "ygap": 2, "colorscale": _scale(SEQUENTIAL), "textfont": {"size": 12}}
    return {"bar": [bar], "scatter": [scatter], "heatmap": [heatmap]}


def _scale(colours: tuple[str, ...]) -> list[tuple[float, str]]:
    return [(step / (len(colours) - 1), colour) for step, colour in enumerate(colours)]


def _without_unseen(trace: Any) -> None:
    for name in ("customdata", "hovertext", "hovertemplate", "ids", "meta"):
        if name in trace:
            trace[name] = None


def label_width(labels: Iterable[str]) -> int:
    """Pixels that the labels of an axis take, a little more rather than less.

    Parameters
    ----------
    labels : iterable of str
        From `plain` or `plain_lines`.

    Examples
    --------
    >>> label_width(["Kenya", "Health and<br>labour"])
    84
    """
    lines = (html.unescape(line) for label in labels for line in label.split("<br>"))
    return _BESIDE_LABEL + round(_LETTER * max(map(_columns, lines), default=0))


def _shortened(text: str, longest: int) -> str:
    return text[: longest - 1].rstrip() + "…"


def _wrap(text: str, width: int) -> Iterator[str]:
    line = ""
    for piece in _pieces(text, width):
        if line.strip() and _columns(line + piece.rstrip()) > width:
            yield line.strip()
            line = ""
        line += piece
    yield line.strip()


def _pieces(text: str, width: int) -> Iterator[str]:
    for piece in _PIECES.findall(text):
        yield from (piece[start : start + width] for start in range(0, len(piece), width))


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
