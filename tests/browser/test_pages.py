"""Pages in a real browser without a network: within their limits, for everybody, nothing hostile.

What a page may have at most stands in `tools/measure_pages.py`, which prints it for any folder.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import nbformat
import pandas as pd
import pytest

from strategy_lib.chapters.page import Page, Part, Section
from strategy_lib.chapters.registry import CHAPTERS
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
    State,
    Tile,
    Tiles,
    Unknown,
)
from strategy_lib.publishing.annex import annex_page, annex_parts
from strategy_lib.publishing.display import page_output, sentences_output, table_output
from strategy_lib.publishing.edition import (
    ExecutedChapter,
    PublishContext,
    write_index,
    write_pages,
)
from strategy_lib.publishing.tabulate import page_table
from tests.browser.conftest import EDITIONS
from tools.measure_pages import measure

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
    '" onmouseover="window.injected = 8" x="',
    "--> ]]> \u2028 \u2029 <!--",
]
# Of a chapter with a main part, and of one that is nothing but its tables.
WHOLE, TABLES = "01_internal_mapping.html", "minutes.html"
CONTROLS = "a[href], button, summary, input:not([type=radio]), select, textarea, [tabindex='0']"


def pages() -> list[tuple[str, str]]:
    """Edition and name of every page of the example that the tests look at."""
    made = []
    for edition, chapters in EDITIONS.items():
        names = [c.name for c in CHAPTERS if chapters is None or c.number in chapters]
        made += [(edition, name) for name in ("index", *names)]
    return made


@pytest.fixture(scope="module")
def measured(browser, example_pages):
    """What was measured of a page; each is measured once."""
    found = {}

    def of(edition: str, name: str):
        if (edition, name) not in found:
            path = example_pages / edition / f"{name}.html"
            found[edition, name] = measure(browser, path)
        return found[edition, name]

    return of


@pytest.mark.parametrize(("edition", "name"), pages())
def test_a_page_is_within_its_limits(measured, edition, name):
    assert replace(measured(edition, name), axe=(), axe_phone=()).passed() == []


@pytest.mark.parametrize(("edition", "name"), pages())
def test_axe_finds_nothing(measured, edition, name):
    assert measured(edition, name).axe == ()
    assert measured(edition, name).axe_phone == ()


@pytest.mark.parametrize(("edition", "name"), pages())
def test_the_keyboard_reaches_everything(offline_page, example_pages, edition, name):
    page = offline_page.open(example_pages / edition / f"{name}.html")
    n_controls = page.evaluate(
        """(controls) => {
          window.reached = new Set();
          addEventListener("focusin", (event) => window.reached.add(event.target));
          const all = [...document.querySelectorAll(controls)];
          window.controls = all.filter((e) => e.checkVisibility());
          return window.controls.length;
        }""",
        CONTROLS,
    )
    assert n_controls > 1
    for _ in range(n_controls + 5):
        page.keyboard.press("Tab")
    missed = page.evaluate(
        "window.controls.filter(e => !window.reached.has(e)).map(e => e.outerHTML.slice(0, 200))"
    )
    assert missed == []


def drawings():
    """One of each kind of drawing, all of whose text is hostile."""
    marks = (
        (Bar, 3.0),
        (Range, 1.0, 2.0, 3.0),
        (Dots, 2, 3),
        (State, "alarm"),
        (Shade, 2),
        (Unknown,),
    )
    cells = [kind(HOSTILE[i % len(HOSTILE)], *more) for i, (kind, *more) in enumerate(marks)]
    columns = [Column(HOSTILE[i], HOSTILE[i + 1], letter="A") for i in range(len(cells))]
    legend = (("lead", HOSTILE[0]),)
    rows = [Row(text, tuple(cells), HOSTILE[5], HOSTILE[6], "lead") for text in HOSTILE]
    words = [Row(text, (text,)) for text in HOSTILE]
    tiles = [Tile(text, text, i, 0, 2, "both") for i, text in enumerate(HOSTILE)]
    yield Grid(tuple(columns), tuple(rows), HOSTILE[2], legend=legend)
    yield Grid((Column(HOSTILE[3]),), tuple(words), stacks=True)
    yield Tiles(tuple(tiles), legend)
    yield Quotes(tuple(zip(HOSTILE, HOSTILE, strict=True)))


def hostile_page():
    """A page of hostile texts, the last of which uses a term."""
    main, *others = (Picture(HOSTILE[1], drawing, HOSTILE[3], ("one",)) for drawing in drawings())
    sections = [
        Section(part, HOSTILE[2], (HOSTILE[0], HOSTILE[4]), (picture,))
        for part, picture in zip(Part, others, strict=False)
    ]
    said = (*HOSTILE[1:3], f"{HOSTILE[3]} and a red line")
    return Page(HOSTILE[0], said, main, tuple(sections), HOSTILE[6])


def cells(has_page):
    hostile = pd.DataFrame({"name": HOSTILE, HOSTILE[0]: HOSTILE})
    wide = pd.DataFrame({f"c{i}": [i] for i in range(30)})
    shown = [
        *([page_output(hostile_page())] if has_page else []),
        table_output(page_table(hostile, HOSTILE[0], note=HOSTILE[2], links=["name"]), "one"),
        table_output(page_table(wide, "Wide"), "wide"),
        sentences_output(HOSTILE),
    ]
    yield nbformat.v4.new_markdown_cell("# Question\n\n## First words\n\n" + "\n\n".join(HOSTILE))
    for output in shown:
        made = nbformat.v4.new_output("display_data", data=output.data)
        yield nbformat.v4.new_code_cell("", outputs=[made])
    yield nbformat.v4.new_markdown_cell("## Last words")
    said = nbformat.v4.new_output("display_data", data={"text/markdown": "\n\n".join(HOSTILE)})
    yield nbformat.v4.new_code_cell("", outputs=[said])


def chapter_of(file, has_page):
    notebook = nbformat.v4.new_notebook(cells=list(cells(has_page)))
    summary = {"bottom_line": HOSTILE, "answered": HOSTILE}
    name = file.removesuffix(".html")
    return ExecutedChapter(name, "Internal mapping", "What do we do?", notebook, summary)


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    folder = tmp_path_factory.mktemp("edition")
    chapters = [chapter_of(WHOLE, True), chapter_of(TABLES, False)]
    leaders = DEFAULT_EDITIONS["leaders"]
    context = PublishContext(HOSTILE[0], "en", 2026, leaders, date(2026, 11, 1), 3, (HOSTILE[0],))
    write_pages(chapters, folder, context)
    write_index(chapters, folder, context)
    annex = annex_page(annex_parts(chapters), context)
    (folder / "annex.html").write_text(annex, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def chapter(edition):
    return edition / WHOLE


@pytest.fixture(scope="module")
def drawn(visiting, chapter):
    """The chapter's page; a test leaves it as it found it."""
    with visiting(viewport={"width": 1280, "height": 900}) as seen:
        yield seen.open(chapter)


@pytest.mark.parametrize("name", ["index.html", WHOLE, TABLES, "annex.html"])
def test_nothing_hostile_runs_or_leads_away(offline_page, edition, name):
    page = offline_page.open(edition / name)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    if name != "index.html":
        page.locator("tbody th, tbody td").first.hover()
    assert page.evaluate("window.injected") is None
    assert page.locator("main :is(img, iframe, style, script, svg)").count() == 0
    assert page.locator("main a:is([href*=evil], [href^=javascript])").count() == 0
    assert page.locator("[onmouseover]").count() == 0


def test_hostile_text_is_shown_as_it_was_typed(drawn):
    assert drawn.locator("h1").inner_text().startswith(HOSTILE[0])
    assert drawn.locator("#picture-0 h2").inner_text() == HOSTILE[1]
    assert HOSTILE[0] in drawn.locator("#picture-0 tbody").inner_text()


def test_the_landing_page_leads_to_the_chapter(offline_page, edition):
    page = offline_page.open(edition / "index.html")
    page.get_by_role("link", name="Read the chapter").first.click()
    assert page.get_by_role("heading", level=1).inner_text().startswith(HOSTILE[0])


def test_a_link_under_a_picture_unfolds_its_table(offline_page, chapter):
    page = offline_page.open(chapter)
    table = page.locator("#table-one table")
    assert not table.is_visible()
    page.locator("#picture-0 .src a").click()
    assert table.is_visible()


@pytest.mark.parametrize("name", ["index.html", WHOLE, TABLES])
def test_a_phone_never_scrolls_sideways(offline_phone, edition, name):
    page = offline_phone.open(edition / name)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    if name != "index.html":
        wide = page.locator("#table-wide .table")
        assert wide.evaluate("box => box.scrollWidth > box.clientWidth")


def test_paper_has_the_main_part_and_of_a_page_of_tables_its_tables(offline_page, edition):
    page = offline_page.open(edition / WHOLE)
    page.emulate_media(media="print")
    assert page.locator("#picture-0").is_visible()
    assert not page.locator("#tables").is_visible()
    assert not page.locator(".crumbs").is_visible()
    page.goto((edition / TABLES).as_uri())
    assert page.locator("#table-one table").is_visible()
    wide = page.locator("#table-wide .table")
    assert wide.evaluate("box => getComputedStyle(box).overflow") == "visible"


def test_without_scripts_text_and_tables_can_be_read(offline_without_scripts, chapter):
    page = offline_without_scripts.open(chapter)
    assert page.locator("#picture-0").is_visible()
    page.locator("summary").first.click()
    assert page.locator("#table-one table").is_visible()


def test_the_keyboard_reaches_the_text_first(offline_page, edition):
    page = offline_page.open(edition / "index.html")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the text")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"
    assert skip.bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_a_term_is_explained_by_key_and_tap_without_a_script(offline_without_scripts, chapter):
    page = offline_without_scripts.open(chapter)
    term = page.get_by_role("button", name="red line")
    about = page.locator("#glossary-red-line")
    assert not about.is_visible()
    term.focus()
    page.keyboard.press("Enter")
    assert about.is_visible() and "limit" in about.inner_text()
    page.keyboard.press("Escape")
    assert not about.is_visible()
    term.click()
    assert about.is_visible()


def test_a_term_is_plain_on_paper(drawn):
    drawn.emulate_media(media="print")
    assert not drawn.locator("#glossary-red-line").is_visible()
    assert drawn.get_by_role("button", name="red line").is_visible()
    drawn.emulate_media(media="screen")
