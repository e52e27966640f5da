"""Pages in a real browser without a network: they show, they print, nothing hostile runs."""

from __future__ import annotations

from datetime import date

import nbformat
import pandas as pd
import pytest

from strategy_lib.chapters.page import Page, Section
from strategy_lib.core.audiences import DEFAULT_EDITIONS
from strategy_lib.plotting.pictures import (
    Bar,
    Column,
    Dots,
    Grid,
    Picture,
    Quotes,
    Range,
    Row,
    Shade,
    Sign,
    State,
    Tile,
    Tiles,
    Unknown,
)
from strategy_lib.publishing.annex import annex_page, annex_parts
from strategy_lib.publishing.display import page_output, sentences_output, table_output
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


def main_part():
    columns = tuple(Column(text, note=text, letter=chr(65 + n)) for n, text in enumerate(HOSTILE))
    heat = Grid(columns[:6], tuple(
        Row(text, tuple(Shade(str(n), n % 5, is_apart=True) for n in range(6)), note=text)
        for text in HOSTILE
    ), head=HOSTILE[0], legend=(("s0", HOSTILE[1]), ("limit", HOSTILE[2])))  # fmt: skip
    bars = Grid(columns[:5], tuple(
        Row(text, (Bar(text, 3), Range(text, 1, 2, 3), Dots(text, 3, 5), State(text, Sign.ALARM),
                   Unknown(text)), group=text)
        for text in HOSTILE
    ), stacks=True)  # fmt: skip
    places = tuple(Tile(text, text, n % 5, n // 5, n % 5, "both") for n, text in enumerate(HOSTILE))
    quotes = Quotes(tuple((text, text) for text in HOSTILE))

    def drawn(drawing):
        return Picture(HOSTILE[0], drawing, HOSTILE[2], ("names",))

    sections = (
        Section("why", HOSTILE[0], tuple(HOSTILE[:2]), (drawn(bars), drawn(Tiles(places)))),
        Section("differs", HOSTILE[1], (), (drawn(quotes),)),
    )
    return Page(HOSTILE[0], tuple(HOSTILE[3:6]), drawn(heat), sections, HOSTILE[6])


def cells(has_page):
    hostile = pd.DataFrame({"name": HOSTILE, HOSTILE[0]: HOSTILE})
    shown = [
        table_output(page_table(hostile, HOSTILE[0], note=HOSTILE[2], links=["name"]), "names"),
        table_output(page_table(pd.DataFrame({f"c{i}": [i] for i in range(30)}), "Wide"), "wide"),
        sentences_output(HOSTILE),
    ]
    if has_page:
        shown.insert(0, page_output(main_part()))
    yield nbformat.v4.new_markdown_cell("# Question\n\n## First words\n\n" + "\n\n".join(HOSTILE))
    for output in shown:
        made = nbformat.v4.new_output("display_data", data=output.data)
        yield nbformat.v4.new_code_cell("", outputs=[made])
    yield nbformat.v4.new_markdown_cell("## Last words")
    said = nbformat.v4.new_output("display_data", data={"text/markdown": "\n\n".join(HOSTILE)})
    yield nbformat.v4.new_code_cell("", outputs=[said])


def chapter_of(name, has_page):
    notebook = nbformat.v4.new_notebook(cells=list(cells(has_page)))
    summary = {"bottom_line": HOSTILE, "answered": HOSTILE}
    return ExecutedChapter(name, "Internal mapping", "What do we do?", notebook, summary)


NAMES = ("01_internal_mapping", "minutes")


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    folder = tmp_path_factory.mktemp("edition")
    chapters = [chapter_of(NAMES[0], True), chapter_of(NAMES[1], False)]
    leaders = DEFAULT_EDITIONS["leaders"]
    context = PublishContext(HOSTILE[0], "en", 2026, leaders, date(2026, 11, 1), 3, (HOSTILE[0],))
    publish_edition(chapters, folder, context)
    annex = annex_page(annex_parts(chapters), context)
    (folder / "annex.html").write_text(annex, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def chapter(edition):
    return edition / "01_internal_mapping.html"


@pytest.fixture(scope="module")
def drawn(visiting, chapter):
    """The chapter's page; a test leaves it as it found it."""
    with visiting(viewport={"width": 1280, "height": 900}) as seen:
        yield seen.open(chapter)


@pytest.mark.parametrize("name", ["index.html", *(f"{name}.html" for name in NAMES), "annex.html"])
def test_nothing_hostile_runs_or_leads_away(offline_page, edition, name):
    page = offline_page.open(edition / name)
    assert page.evaluate("window.injected") is None
    assert page.locator("main :is(img, iframe, style, script, svg)").count() == 0
    assert page.locator("main a:is([href*=evil], [href^=javascript])").count() == 0


def test_hostile_text_is_shown_as_it_was_typed(drawn):
    assert drawn.locator("h1").text_content().startswith(HOSTILE[0])
    assert drawn.locator(".marks tbody th").first.text_content().startswith(HOSTILE[0])
    assert drawn.locator("#table-names tbody th").first.text_content() == HOSTILE[0]


def test_pictures_lead_to_their_tables_which_are_folded(offline_page, chapter):
    page = offline_page.open(chapter)
    table = page.locator("#table-names table")
    assert not table.is_visible()
    page.locator("figure .src a").first.click()
    assert table.is_visible()


def test_the_landing_page_leads_to_the_chapter(offline_page, edition):
    page = offline_page.open(edition / "index.html")
    page.locator('a[href="01_internal_mapping.html"]').first.click()
    assert page.get_by_role("heading", level=1).inner_text().startswith(HOSTILE[0])


@pytest.mark.parametrize("name", ["index.html", *(f"{name}.html" for name in NAMES)])
def test_a_phone_never_scrolls_sideways(offline_phone, edition, name):
    page = offline_phone.open(edition / name)
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_a_wide_table_scrolls_inside(offline_phone, edition):
    page = offline_phone.open(edition / "minutes.html")
    assert page.locator("#table-wide .table").evaluate("box => box.scrollWidth > box.clientWidth")


def test_paper_holds_the_main_part_and_of_a_page_of_tables_its_tables(offline_page, edition):
    page = offline_page.open(edition / f"{NAMES[0]}.html")
    page.emulate_media(media="print")
    assert page.locator("figure").first.is_visible()
    assert not page.locator("#tables").is_visible()
    assert not page.locator(".crumbs").is_visible()
    page.goto((edition / f"{NAMES[1]}.html").as_uri())
    assert page.locator("#table-names table").is_visible()
    assert page.locator("#table-wide .table").evaluate("box => getComputedStyle(box).overflow") == (
        "visible"
    )


def test_a_chapter_prints(drawn):
    paper = drawn.pdf(prefer_css_page_size=True)
    assert paper.startswith(b"%PDF")
    assert len(paper) > 20_000


def test_without_scripts_text_and_tables_can_be_read(offline_without_scripts, chapter):
    page = offline_without_scripts.page
    page.goto(chapter.as_uri())
    assert page.locator("figure").first.is_visible()
    assert page.locator("#table-names table").is_visible()


def test_the_keyboard_reaches_the_text_first(offline_page, edition):
    page = offline_page.open(edition / "index.html")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the text")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"
    assert skip.bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
