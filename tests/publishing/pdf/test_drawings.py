"""Figures on paper: drawn once, and a page does not tell whether they were known before."""

from __future__ import annotations

import json
import re

import pandas as pd
import plotly.graph_objects as go
import pytest

from strategy_lib.plotting.theme import finish
from strategy_lib.publishing.display import figure_outputs
from strategy_lib.publishing.pdf import drawings
from strategy_lib.publishing.pdf import press as pdf
from strategy_lib.publishing.pdf.browsers import needed_program
from strategy_lib.publishing.pdf.chromium import chromium
from strategy_lib.publishing.pdf.drawings import (
    Drawings,
    board_html,
    board_scripts,
    drawing_script,
    figures_of,
)
from tests.publishing.pdf.test_pdf import AS_OF, cell, figure, needs_chromium, page

HOSTILE = '"><img src=x onerror=window.pwned=1>'
AS_DATA = HOSTILE.replace("<", "\\u003c").replace('"', '\\"')
TOLD = {
    "markup": '<div class="drawing js-plotly-plot" id="drawing-1" role="img" style="height: 9px;">'
    "<svg><text>a > b</text></svg></div>",
    "css": ".x { top: 0; }", "png": "", "width": 640, "height": 9,
}  # fmt: skip


@pytest.fixture(scope="module")
def pages():
    return {
        "two": page(cell(*figure(300)), cell(*figure(400))),
        "one": page(cell(*figure(400))),
        "none": page(),
    }


def keep(kept, figures):
    for one in figures:
        kept.keep(one, TOLD)


def test_each_new_figure_is_drawn_once(pages, tmp_path):
    kept = Drawings(tmp_path)
    new = kept.new(pages.values())
    assert [one.height for one in new] == ["300", "400"]
    keep(kept, new)
    assert kept.new(pages.values()) == []
    assert Drawings(tmp_path).new(pages.values()) == []
    assert Drawings(tmp_path, __file__).new(pages.values()) == new


def test_a_page_keeps_its_own_names_and_words(pages):
    kept = Drawings(None)
    keep(kept, kept.new(pages.values()))
    text = kept.placed(pages["two"]).decode()
    assert len(kept.pictures(pages["two"])) == 2
    assert re.findall(r'class="drawing js-plotly-plot"[^>]*id="(drawing-\d)"', text) == [
        "drawing-1", "drawing-2",
    ]  # fmt: skip
    assert text.count("a > b") == 2
    assert text.count(".x { top: 0; }") == 1
    assert '<html data-charts="drawn" ' in text
    assert "Plotly.newPlot" not in text
    was, now = (re.findall(r'role="img"[^>]* aria-label="([^"]*)"', one)
                for one in (pages["two"].decode(), text))  # fmt: skip
    assert was == now


def test_a_page_without_figures_stays_as_it_is(pages):
    assert Drawings(None).placed(pages["none"]) == pages["none"]
    assert Drawings(None).pictures(pages["none"]) == ()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"markup": "x"}'])
def test_a_broken_file_is_drawn_anew(pages, tmp_path, content):
    kept = Drawings(tmp_path)
    new = kept.new(pages.values())
    keep(kept, new)
    for path in tmp_path.glob("*.json"):
        path.write_text(content)
    assert Drawings(tmp_path).new(pages.values()) == new


def test_the_oldest_are_forgotten_where_there_are_too_many(pages, tmp_path, monkeypatch):
    kept = Drawings(tmp_path)
    new = kept.new(pages.values())
    keep(kept, new)
    monkeypatch.setattr(drawings, "_MOST_KEPT", 1)
    kept.forget()
    assert len(list(tmp_path.glob("*.json"))) == 1


def test_a_hostile_figure_stays_data():
    html = page(cell(*figure(300))).decode().replace("Kenya", AS_DATA)
    (one,) = figures_of(html)
    assert "onerror" in one.spec
    assert json.dumps(one.spec) in drawing_script(one)


@needs_chromium
def test_a_hostile_figure_does_nothing_on_the_board():
    html = page(cell(*figure(300))).decode().replace("Kenya", AS_DATA)
    (one,) = figures_of(html)
    with chromium(needed_program()) as browser:
        window = browser.open_window()
        with window.page(board_html(), 60):
            for script in board_scripts([one]):
                window.evaluate(f"{script}; 0")
            told = window.evaluate(drawing_script(one))
            assert window.evaluate("typeof window.pwned") == "undefined"
            assert window.evaluate("document.querySelectorAll('.drawing').length") == 0
    assert "onerror" in told["markup"] and "<img" not in told["markup"]


@needs_chromium
def test_what_the_smaller_plotly_cannot_draw_is_drawn_by_the_whole(tmp_path):
    frame = pd.DataFrame({"flow": ["a", "b"], "n": [1, 2]})
    links = {"source": [0, 0], "target": [1, 2], "value": frame["n"]}
    made = finish(go.Figure(go.Sankey(node={"label": ["a", "b", "c"]}, link=links)), "It flows")
    flow = cell(*figure_outputs(made, frame, "", ""))
    with pdf.press({"flow": page(flow, cell(*figure(300)))}, AS_OF) as printing:
        (pictures,) = printing.draw().values()
        assert b"/PDF" in printing.print()["flow"]
    assert len(pictures) == 2 and all(len(one.png) > 1000 for one in pictures)


@needs_chromium
def test_many_figures_are_drawn_on_several_boards(tmp_path, monkeypatch):
    monkeypatch.setattr(pdf, "_FEWEST_ON_A_BOARD", 1)
    monkeypatch.setattr(pdf, "_MOST_ON_A_BOARD", 2)
    several = {"all": page(*(cell(*figure(300 + 10 * n)) for n in range(5)))}
    with pdf.press(several, AS_OF, drawing_jobs=2) as printing:
        (pictures,) = printing.draw().values()
    assert len({picture.height for picture in pictures}) == 5


@needs_chromium
def test_known_or_not_the_document_is_the_same(pages, tmp_path):
    without = pdf.print_pages(pages, AS_OF, 2)
    first = pdf.print_pages(pages, AS_OF, 1, drawings=tmp_path)
    second = pdf.print_pages(pages, AS_OF, 2, drawings=tmp_path)
    assert without == first == second
    assert [len(one.pictures) for one in second.values()] == [2, 1, 0]
    assert second["two"].pictures[1] == second["one"].pictures[0]
    assert all(picture.png[:4] == b"\x89PNG" for picture in second["two"].pictures)
