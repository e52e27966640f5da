"""The house look: safe labels, readable colours, figures that carry only what they show."""

from __future__ import annotations

import html
import unicodedata
from itertools import pairwise

import plotly.graph_objects as go
import plotly.io as pio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from strategy_lib.plotting import theme

HOSTILE = ["<script>x()</script>", "<a href='javascript:x()'>y</a>", "&lt;b&gt;", "R&D <b>"]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_label_shows_what_was_typed(text):
    label = theme.plain(text)
    assert "<" not in label
    assert html.unescape(label) == text


def test_a_label_keeps_every_script_and_loses_what_acts_unseen():
    assert theme.clean("中国\u202e\x00 שלום\u2066 🧑🏽‍🌾\ufeff") == "中国 שלום 🧑🏽‍🌾"
    assert theme.clean("half \ud800 pair") == "half \ufffd pair"


@settings(deadline=None, derandomize=True)
@given(st.text(max_size=400), st.integers(8, 60))
def test_titles_lose_no_letter_and_stay_within_their_width(text, width):
    lines = theme.finding_title(text, width).split("<br>")
    shown = html.unescape("".join(lines))
    assert "".join(shown.split()) == "".join(theme.clean(text).split())
    assert "<" not in "".join(lines)
    wide = [
        sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in html.unescape(line))
        for line in lines
    ]
    # A single word is cut by letters, each of which may be two columns wide.
    assert max(wide) <= 2 * width


def test_chinese_wraps_between_characters():
    assert theme.finding_title("国家开发银行和社会组织", 12) == "国家开发银行<br>和社会组织"


def test_axis_labels_are_cut_after_their_lines():
    assert theme.plain_lines("W" * 500, 10, 2) == "WWWWWWWWWW<br>WWWWWWWWW…"
    assert theme.plain_lines("Health", 10, 2) == "Health"


def test_a_finished_figure_carries_only_what_it_shows():
    raw = go.Figure(
        go.Bar(x=[1], y=["a"], customdata=[["secret"]], hovertext=["secret"], ids=["secret"])
    )
    finished = theme.finish(raw, "A <b>finding</b>", height=300)
    assert "secret" not in finished.to_json()
    assert finished.layout.hovermode is False
    assert finished.layout.title.text == "A &lt;b&gt;finding&lt;/b&gt;"
    assert raw.data[0].customdata is not None, "the figure given stays as it was"


def test_the_drawing_keeps_its_height_whatever_the_length_of_its_title():
    short, long = (theme.finish(go.Figure(), text) for text in ("Few", "Many words " * 30))
    drawn = {fig.layout.height - fig.layout.margin.t for fig in (short, long)}
    assert drawn == {420 - theme.BARE_TOP}
    assert long.layout.height > short.layout.height


def test_importing_and_finishing_change_no_default_of_plotly():
    before = pio.templates.default
    theme.finish(go.Figure(), "A finding")
    assert pio.templates.default == before == "plotly"


def _linear(colour: str) -> list[float]:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def _luminance(colour: str) -> float:
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), _linear(colour), strict=True))


def _oklab_lightness(colour: str) -> float:
    red, green, blue = _linear(colour)
    long = 0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue
    medium = 0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue
    short = 0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue
    return (
        0.2104542553 * long ** (1 / 3)
        + 0.793617785 * medium ** (1 / 3)
        - (0.0040720468 * short ** (1 / 3))
    )


@pytest.mark.parametrize("colour", [theme.INK, theme.QUIET, theme.ACCENT, theme.HIGHLIGHT])
def test_colours_of_text_reach_the_contrast_of_wcag_aa_on_white(colour):
    assert 1.05 / (_luminance(colour) + 0.05) >= 4.5


def test_the_sequential_scale_darkens_in_even_steps():
    lightness = [_oklab_lightness(colour) for colour in theme.SEQUENTIAL]
    steps = [a - b for a, b in pairwise(lightness)]
    assert max(steps) - min(steps) < 0.01
