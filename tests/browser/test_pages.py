"""Pages in a real browser without a network: they draw, they print, nothing hostile runs."""

from __future__ import annotations

from datetime import date

import nbformat
import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from strategy_lib.core.audiences import DEFAULT_EDITIONS
from strategy_lib.plotting.theme import finish, plain, plain_lines
from strategy_lib.publishing.display import figure_outputs, sentences_output, table_output
from strategy_lib.publishing.edition import ExecutedChapter, PublishContext, publish_edition
from strategy_lib.publishing.tabulate import page_table

pytestmark = pytest.mark.browser

HOSTILE = [
    "<script>window.injected = 1</script>",
    '<img src="http://evil.example/i.png" onerror="window.injected = 2">',
    "</script><script>window.injected = 3</script>",
    '<svg onload="window.injected = 4">',
    "[a](javascript:window.injected=5)",
    '<a href="javascript:window.injected=6">a</a>',
    '<a href="http://evil.example/">a</a>',
    "{{ 7 * 7 }} ${window.injected = 7}",
    '=HYPERLINK("http://evil.example/", "x")',
    "abc\u202edcba\x00",
    "W" * 500,
    "🧑🏽‍🌾 中国国际民间组织合作促进会 שלום עולם",
    '<style>@import "http://evil.example/s.css";</style>',
    "--> ]]> \u2028 \u2029 <!--",
]
OFFICES = [f"Office of {name}" for name in ("Kenya", "Brazil", "Ghana", "Peru", "中国", "مصر")]
THEMES = ["Climate and environment", "Human rights and civic space", "Labour rights", "Health"]


def bars():
    fig = go.Figure(go.Bar(x=list(range(6)), y=OFFICES, orientation="h", text=list(range(6))))
    return finish(fig, "Six offices hold almost half of all the activities that were reported " * 2)


def heat():
    counts = np.arange(24).reshape(6, 4)
    columns = [plain_lines(theme, 16) for theme in THEMES]
    return finish(
        go.Figure(go.Heatmap(z=counts, x=columns, y=OFFICES, texttemplate="%{z}")), "Heat"
    )


def points():
    fig = go.Figure(go.Scatter(x=[1, 2], y=[3, 4], mode="markers+text", text=["a", "b"]))
    return finish(fig, "Capacity is lowest where exposure is highest")


def hostile_bars():
    labels = [plain(text, 30) for text in HOSTILE]
    fig = go.Figure(go.Bar(x=list(range(len(labels))), y=labels, orientation="h", text=labels))
    return finish(fig, HOSTILE[0])


def careless_bars():
    fig = go.Figure(go.Bar(x=list(range(len(HOSTILE))), y=HOSTILE, text=HOSTILE, orientation="h"))
    fig.update_layout(title=HOSTILE[5] + HOSTILE[1], annotations=[{"text": HOSTILE[3]}])
    return fig


def cells():
    hostile = pd.DataFrame({"name": HOSTILE, HOSTILE[0]: HOSTILE})
    shown = [
        [table_output(page_table(hostile, HOSTILE[0], note=HOSTILE[2], links=["name"]))],
        [table_output(page_table(pd.DataFrame({f"c{i}": [i] for i in range(30)}), "Wide"))],
        [sentences_output(HOSTILE)],
    ]
    for draw in (bars, heat, points, hostile_bars, careless_bars):
        shown.append(figure_outputs(draw(), hostile.head(3), HOSTILE[1], HOSTILE[2]))
    yield nbformat.v4.new_markdown_cell("# Question\n\n## First words\n\n" + "\n\n".join(HOSTILE))
    for outputs in shown:
        made = [nbformat.v4.new_output("display_data", data=output.data) for output in outputs]
        yield nbformat.v4.new_code_cell("", outputs=made)
    yield nbformat.v4.new_markdown_cell("## Last words")
    said = nbformat.v4.new_output("display_data", data={"text/markdown": "\n\n".join(HOSTILE)})
    yield nbformat.v4.new_code_cell("", outputs=[said])


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    folder = tmp_path_factory.mktemp("edition")
    chapter = ExecutedChapter(
        "01_internal_mapping",
        "Internal mapping",
        "What do we do?",
        nbformat.v4.new_notebook(cells=list(cells())),
        {"bottom_line": HOSTILE, "answered": HOSTILE},
    )
    leaders = DEFAULT_EDITIONS["leaders"]
    context = PublishContext(HOSTILE[0], "en", 2026, leaders, date(2026, 11, 1), 3, (HOSTILE[0],))
    publish_edition([chapter], folder, context)
    return folder


@pytest.fixture(scope="module")
def chapter(edition):
    return edition / "01_internal_mapping.html"


@pytest.fixture(scope="module")
def drawn(visiting, chapter):
    """The chapter's page with its charts drawn; a test leaves it as it found it."""
    with visiting(viewport={"width": 1280, "height": 900}) as seen:
        yield seen.open(chapter)


def test_charts_are_drawn_and_nothing_hostile_runs(drawn):
    assert drawn.locator(".drawing.js-plotly-plot .subplot.xy").count() == 5
    assert drawn.locator(".barlayer .point path").count() == 6 + 2 * len(HOSTILE)
    assert drawn.locator(".heatmaplayer image").count() == 1
    assert drawn.locator(".scatterlayer .textpoint").count() == 2
    assert drawn.evaluate("window.injected") is None
    assert drawn.locator(".drawing a, main img, main iframe, main style").count() == 0
    assert drawn.locator("main a[href*=evil], main a[href^=javascript]").count() == 0


def test_hostile_text_is_shown_as_it_was_typed(drawn):
    first = drawn.locator("tbody th").first
    assert first.inner_text() == HOSTILE[0]
    assert drawn.locator("figcaption").nth(3).inner_text().endswith(HOSTILE[0])


def test_the_landing_page_leads_to_the_chapter(offline_page, edition):
    page = offline_page.open(edition / "index.html")
    assert page.evaluate("window.injected") is None
    page.get_by_role("link", name="Read the chapter").click()
    page.wait_for_selector("html[data-charts=drawn]")
    assert page.get_by_role("heading", level=1).inner_text() == "What do we do?"


def test_text_is_painted_before_the_charts_are_drawn(drawn):
    painted, parsed = drawn.evaluate(
        "[performance.getEntriesByName('first-contentful-paint')[0].startTime,"
        " performance.getEntriesByType('navigation')[0].domInteractive]"
    )
    assert painted < parsed, "plotly.js stands at the end and runs before the page is parsed"


def test_charts_take_no_more_room_than_was_kept_for_them(drawn):
    sizes = drawn.locator(".drawing").evaluate_all(
        "all => all.map(d => [d.offsetHeight, Number(d.dataset.height), d.scrollHeight])"
    )
    assert all(shown == kept == inside for shown, kept, inside in sizes)


@pytest.mark.parametrize("name", ["index.html", "01_internal_mapping.html"])
def test_a_phone_never_scrolls_sideways(offline_phone, edition, name):
    page = offline_phone.open(edition / name)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    if name != "index.html":
        assert page.locator(".table").nth(1).evaluate("box => box.scrollWidth > box.clientWidth")


def test_a_chapter_prints(drawn):
    paper = drawn.pdf(prefer_css_page_size=True)
    assert paper.startswith(b"%PDF")
    assert len(paper) > 20_000


def test_paper_shows_charts_in_its_width_and_short_tables(drawn):
    drawn.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    drawn.emulate_media(media="print")
    assert drawn.locator(".drawing .main-svg").first.get_attribute("width") == "640"
    assert drawn.locator("details[data-print] table").first.is_visible()
    assert not drawn.locator("nav.contents").is_visible()
    drawn.emulate_media(media="screen")
    drawn.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert not drawn.locator("details[data-print] table").first.is_visible()
    assert int(drawn.locator(".drawing .main-svg").first.get_attribute("width")) > 800


def test_without_scripts_text_and_tables_can_be_read(offline_without_scripts, chapter):
    page = offline_without_scripts.page
    page.goto(chapter.as_uri())
    assert page.locator("noscript .note").is_visible()
    assert page.locator("details.numbers table").first.is_visible()
    assert not page.locator(".drawing").first.is_visible()


def test_a_table_is_copied_as_a_table(drawn):
    drawn.evaluate(
        "document.addEventListener('copy', () => {"
        " document.documentElement.dataset.copied = String(getSelection()).slice(0, 400); })"
    )
    drawn.get_by_role("button", name="Copy table").nth(1).click()
    assert "c0\tc1\tc2" in drawn.locator("html").get_attribute("data-copied").replace("C", "c")


def test_the_keyboard_reaches_the_text_first(offline_page, edition):
    page = offline_page.open(edition / "index.html")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the text")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"
    assert skip.bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
