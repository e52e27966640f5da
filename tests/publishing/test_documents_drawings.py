"""Figures on paper: drawn once, and a page does not tell whether they were known before."""

from __future__ import annotations

import re

import pytest

from strategy_lib.publishing.documents import drawings, pdf
from strategy_lib.publishing.documents.drawings import Drawings, figures_of, sheet_html
from tests.publishing.test_documents_pdf import AS_OF, cell, figure, needs_chromium, page

HOSTILE = '"><img src=x onerror=window.pwned=1>'
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


def test_each_new_figure_is_drawn_once(pages, tmp_path):
    kept = Drawings(tmp_path)
    (sheet,) = kept.sheets(pages.values())
    assert [one.height for one in sheet] == ["300", "400"]
    kept.keep(sheet, [TOLD, TOLD])
    assert kept.sheets(pages.values()) == []
    assert Drawings(tmp_path).sheets(pages.values()) == []
    assert Drawings(tmp_path, __file__).sheets(pages.values()) == [sheet]


def test_a_sheet_holds_no_more_than_can_be_drawn_in_time(monkeypatch, pages):
    monkeypatch.setattr(drawings, "_MOST_ON_A_SHEET", 1)
    assert [len(sheet) for sheet in Drawings(None).sheets(pages.values())] == [1, 1]


def test_a_page_keeps_its_own_names_and_words(pages):
    kept = Drawings(None)
    (sheet,) = kept.sheets(pages.values())
    kept.keep(sheet, [TOLD, TOLD])
    html, pictures = kept.placed(pages["two"])
    text = html.decode()
    assert len(pictures) == 2
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
    assert Drawings(None).placed(pages["none"]) == (pages["none"], ())


@pytest.mark.parametrize("content", ["", "{", "[]", '{"markup": "x"}'])
def test_a_broken_file_is_drawn_anew(pages, tmp_path, content):
    kept = Drawings(tmp_path)
    (sheet,) = kept.sheets(pages.values())
    kept.keep(sheet, [TOLD, TOLD])
    for path in tmp_path.glob("*.json"):
        path.write_text(content)
    assert Drawings(tmp_path).sheets(pages.values()) == [sheet]


def test_the_oldest_are_forgotten_where_there_are_too_many(pages, tmp_path, monkeypatch):
    kept = Drawings(tmp_path)
    (sheet,) = kept.sheets(pages.values())
    kept.keep(sheet, [TOLD, TOLD])
    monkeypatch.setattr(drawings, "_MOST_KEPT", 1)
    kept.forget()
    assert len(list(tmp_path.glob("*.json"))) == 1


def test_a_hostile_figure_stays_data():
    html = page(cell(*figure(300))).decode().replace("Kenya", HOSTILE.replace("<", "\\u003c"))
    (one,) = figures_of(html)
    assert "onerror" in one.spec
    assert "<img" not in sheet_html([one]).decode()


@needs_chromium
def test_known_or_not_the_document_is_the_same(pages, tmp_path):
    without = pdf.print_pages(pages, AS_OF, 2)
    first = pdf.print_pages(pages, AS_OF, 1, drawings=tmp_path, drawing_jobs=2)
    second = pdf.print_pages(pages, AS_OF, 2, drawings=tmp_path)
    assert without == first == second
    assert [len(one.pictures) for one in second.values()] == [2, 1, 0]
    assert second["two"].pictures[1] == second["one"].pictures[0]
    assert all(picture.png[:4] == b"\x89PNG" for picture in second["two"].pictures)
