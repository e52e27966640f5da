"""Pages of an edition: what they say, and what they can never hold."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise

import nbformat
import pandas as pd
import plotly.graph_objects as go
import pytest

from strategy_lib.chapters.page import Page, Part, Section
from strategy_lib.core.audiences import DEFAULT_EDITIONS
from strategy_lib.core.errors import ChapterError
from strategy_lib.plotting.pictures import Bar, Column, Grid, Picture, Row
from strategy_lib.plotting.theme import finish
from strategy_lib.publishing.display import figure_outputs, page_output, table_output
from strategy_lib.publishing.edition import (
    Download,
    ExecutedChapter,
    PublishContext,
    chapter_page,
    landing_page,
    withheld_words,
    write_index,
    write_pages,
)
from strategy_lib.publishing.tabulate import page_table

QUESTION = "What do we already do, and where are the gaps?"
HOSTILE = "<script>window.injected = 1</script>\u202e\x00"
# None of these may be on a page: they stand in the notebook that it is made from.
PRIVATE = (
    "/home/alice",
    "alice",
    "papermill",
    "kernelspec",
    "injected",
    "parameters",
    "SOURCE",
    "a1b2c3d4",
    "widget",
    "cell-tag",
    "workshop only",
    "a comment",
)


def cell(*outputs, source="SOURCE = '/home/alice/acme'", tags=()):
    made = [nbformat.v4.new_output("display_data", data=shown.data) for shown in outputs]
    metadata = {"tags": ["cell-tag", *tags], "papermill": {"duration": 1}}
    return nbformat.v4.new_code_cell(source, outputs=made, metadata=metadata)


def markdown(text, *tags):
    return nbformat.v4.new_markdown_cell(text, metadata={"tags": list(tags)})


def main_part(text):
    """A page with a main picture and a section, each with a link to its table."""
    bars = (Row(text, (Bar("3", 3),)),)
    main = Picture(f"A picture of {text}", Grid((Column("Answers"),), bars), "", ("answers",))
    section = Section(
        Part.FIRM,
        f"How firm is {text}?",
        ("It is firm.",),
        (Picture(f"A second picture of {text}", Grid((Column("Answers"),), bars)),),
    )
    return Page(f"The finding about {text}.", (f"A sentence about {text}.",), main, (section,))


def notebook(with_page=True, text="Kenya"):
    frame = pd.DataFrame({"office": [text], "n": [3]})
    figure = finish(go.Figure(go.Bar(x=[3], y=["Kenya"])), f"Numbers of {text}")
    cells = [
        markdown(f"# {QUESTION}\n\n**What you decide**: much.\n\n<!-- a comment -->"),
        cell(source="workspace = '/home/alice'", tags=["parameters"]),
        cell(source="workspace = '/home/alice'", tags=["injected-parameters"]),
        *([cell(page_output(main_part(text)))] if with_page else []),
        markdown("## What we found\n\nSee the [law](https://example.org/law)."),
        cell(table_output(page_table(frame, f"A table of {text}"), "answers")),
        cell(*figure_outputs(figure, frame, "Read it so.", "")),
        markdown("workshop only", "workshop"),
        markdown("## Sources\n\nA guide."),
    ]
    metadata = {
        "papermill": {"input_path": "/home/alice/n.ipynb", "parameters": {"x": 1}},
        "kernelspec": {"name": "python3", "display_name": "alice"},
        "widgets": {"application/vnd.jupyter.widget-state+json": {"state": {}}},
    }
    for number, made in enumerate(cells):
        made.id = f"a1b2c3d4-{number}"
    return nbformat.v4.new_notebook(cells=cells, metadata=metadata)


def chapter(name="01_internal_mapping", **options):
    summary = {"bottom_line": ["39 of 42 offices answered."], "answered": "Peru has not answered."}
    return ExecutedChapter(name, "Internal mapping", QUESTION, notebook(**options), summary)


def context(name="leaders", **changes):
    made = PublishContext(
        "Example International", "en", 2026, DEFAULT_EDITIONS[name], date(2026, 11, 1), None
    )
    return replace(made, **changes)


class Parsed(HTMLParser):
    """Everything that a test asks about a page."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.ids, self.scripts, self.text = [], [], [], ""
        self._inside = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._inside = tag
        self.ids += [value for name, value in attrs if name == "id"]
        if tag == "script" and "type" not in dict(attrs):
            self.scripts.append("")

    def handle_endtag(self, tag):
        self._inside = ""

    def handle_data(self, data):
        if self._inside == "script" and "type" not in self.tags[-1][1]:
            self.scripts[-1] += data
        elif self._inside not in ("script", "style"):
            self.text += data

    def values(self, attribute):
        return [attrs[attribute] for _, attrs in self.tags if attribute in attrs]


@pytest.fixture(scope="module")
def pages():
    made = chapter(), chapter("04_scenarios", with_page=False)
    shown = context(withheld=17, skipped=("02_china_presence",))
    return {
        "landing": landing_page(made, shown),
        "page": chapter_page(made[0], shown, None, made[1]),
        "tables": chapter_page(made[1], shown, made[0], None),
    }


def test_an_edition_is_a_landing_page_and_a_page_a_chapter(tmp_path):
    made = [chapter(), chapter("04_scenarios")]
    write_pages(made, tmp_path, context())
    files = [
        Download("documents/04_scenarios.pdf", "PDF", "04_scenarios"),
        Download("documents/tables.xlsx", "All tables"),
    ]
    write_index(made, tmp_path, context(), files)
    index = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert index.count('href="documents/04_scenarios.pdf"') == 1
    assert index.count('href="documents/tables.xlsx"') == 1
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "01_internal_mapping.html",
        "04_scenarios.html",
        "index.html",
    ]


def test_the_same_chapters_give_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write_pages([chapter()], tmp_path / name, context())
        write_index([chapter()], tmp_path / name, context())
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


@pytest.mark.parametrize("kind", ["landing", "page", "tables"])
def test_no_page_says_where_it_was_made(pages, kind):
    for private in PRIVATE:
        assert private not in pages[kind], private
    assert "<!--" not in pages[kind]


@pytest.mark.parametrize("kind", ["landing", "page", "tables"])
def test_only_our_own_scripts_are_allowed(pages, kind):
    page = Parsed(pages[kind])
    policy = next(attrs["content"] for tag, attrs in page.tags if "http-equiv" in attrs)
    digests = [hashlib.sha256(script.encode()).digest() for script in page.scripts]
    hashes = [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]
    assert f"script-src {' '.join(hashes) or chr(39) + 'none' + chr(39)};" in policy
    assert "default-src 'none'" in policy
    assert "unsafe-eval" not in policy
    assert not [value for name in ("onclick", "onload", "onerror") for value in page.values(name)]


@pytest.mark.parametrize("kind", ["landing", "page", "tables"])
def test_nothing_is_loaded_from_anywhere(pages, kind):
    page = Parsed(pages[kind])
    assert page.values("src") == page.values("srcset") == page.values("action") == []
    assert not re.findall(r'url\((?!"data:image/svg)|@import', pages[kind])
    links = [(tag, attrs) for tag, attrs in page.tags if "href" in attrs]
    outside = [(tag, attrs) for tag, attrs in links if "://" in attrs["href"]]
    assert {attrs["href"] for tag, attrs in links if tag == "link"} == {"data:,"}
    assert all(tag == "a" and attrs["rel"] == "noreferrer noopener" for tag, attrs in outside)
    assert len(outside) == (0 if kind == "landing" else 1)


@pytest.mark.parametrize("kind", ["landing", "page", "tables"])
def test_a_page_can_be_read_by_those_who_do_not_see_it(pages, kind):
    page = Parsed(pages[kind])
    names = [tag for tag, _ in page.tags]
    levels = [int(tag[1]) for tag in names if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(low <= high + 1 for high, low in pairwise(levels))
    assert {"header", "main", "footer"} <= set(names)
    assert len(page.ids) == len(set(page.ids))
    targets = [href[1:] for href in page.values("href") if href.startswith("#")]
    assert set(targets + page.values("aria-labelledby")) <= set(page.ids)
    assert "content" in targets, "the first link skips to the text"
    assert all("scope" in attrs for tag, attrs in page.tags if tag == "th")
    assert names.count("caption") == names.count("table")
    assert next(attrs for tag, attrs in page.tags if tag == "html")["lang"] == "en"


def test_a_chapter_page_is_small_and_needs_no_script(pages):
    assert len(pages["page"].encode()) < 60_000
    assert Parsed(pages["page"]).scripts == []
    assert "plotly" not in pages["page"].lower()


def test_the_finding_comes_first_then_pictures_sections_and_tables(pages):
    text = Parsed(pages["page"]).text
    order = [
        "The finding about Kenya.",
        "A sentence about Kenya.",
        "A picture of Kenya",
        "How firm is Kenya?",
        "It is firm.",
        "A second picture of Kenya",
        "All tables",
        "What we found",
        "A table of Kenya",
        "Numbers of Kenya",
        "How this was made, and its sources",
    ]
    # Crumbs name what follows, before it.
    places = [text.rindex(part) for part in order]
    assert places == sorted(places)
    assert "What you decide" not in text


def test_links_lead_to_sections_and_tables(pages):
    page = Parsed(pages["page"])
    assert {"#part-1", "#tables", "#table-answers"} <= set(page.values("href"))
    assert "How firm" in page.text


def test_a_notebook_without_a_main_part_says_its_question_and_bottom_line(pages):
    text = Parsed(pages["tables"]).text
    assert QUESTION in text
    assert "39 of 42 offices answered." in text
    assert "A table of Kenya" in text
    assert "Every number above" not in text
    assert "<details" not in pages["tables"], "its tables are the content"


def test_chapters_lead_to_each_other(pages):
    assert Parsed(pages["page"]).values("href").count("index.html") == 2
    assert "04_scenarios.html" in Parsed(pages["page"]).values("href")
    assert "01_internal_mapping.html" in Parsed(pages["tables"]).values("href")


def test_the_landing_page_says_what_a_leader_asks(pages):
    text = " ".join(Parsed(pages["landing"]).text.split())
    for said in (
        "Example International",
        "For: Leaders of the federation and its offices.",
        "1 November 2026",
        "Internal. Do not pass it on.",
        "39 of 42 offices answered.",
        "Peru has not answered.",
        "17 records were withheld",
        "The chapter “China presence” is not made for this edition",
        "They do not decide anything.",
    ):
        assert said in text
    assert Parsed(pages["landing"]).scripts == []


def test_small_groups_are_spoken_of_where_they_are_suppressed():
    assert "Counts of fewer than 3 records" in landing_page([], context("partner"))
    assert "Counts of fewer" not in landing_page([], context("leaders"))


@pytest.mark.parametrize(
    ("edition", "withheld", "said"),
    [
        ("core", None, "none was withheld"),
        ("leaders", 0, "No record was withheld"),
        ("leaders", 1, "1 record was withheld"),
        ("leaders", 1234, "1,234 records were withheld"),
        ("leaders", None, "may have been withheld"),
        ("mainland", None, "may have been withheld"),
        ("public", 9, "may have been withheld"),
    ],
)
def test_withheld_records_are_counted_only_where_the_edition_says_so(edition, withheld, said):
    assert said in withheld_words(context(edition, withheld=withheld))
    shown = landing_page([], context(edition, withheld=withheld))
    assert said in shown


@pytest.mark.parametrize("edition", DEFAULT_EDITIONS)
def test_every_edition_says_how_to_handle_it(edition):
    page = landing_page([], context(edition))
    label = {"public": "Public", "partner": "For partners", "core": "Restricted"}
    assert f'<span class="handling">{label.get(edition, "Internal")}. ' in page
    assert ('content="noindex' in page) == (edition != "public")


def test_an_edition_that_was_widened_says_so_at_its_head():
    wide = replace(DEFAULT_EDITIONS["public"], clearance="restricted", smallest_group=1)
    page = landing_page([], replace(context("public"), edition=wide))
    head = page.partition("</header>")[0]
    assert "rows up to restricted (usually: public); counts of fewer than 5" in head
    assert "Wider than usual" not in landing_page([], context("public"))


def test_an_edition_without_chapters_says_so():
    assert "No chapter is made for this edition." in landing_page([], context())


def test_hostile_names_are_shown_and_do_nothing():
    edition = replace(DEFAULT_EDITIONS["leaders"], title=HOSTILE, audience=HOSTILE)
    shown = context(organisation=HOSTILE, edition=edition, skipped=(HOSTILE,))
    made = replace(chapter(text=HOSTILE), summary={"bottom_line": [HOSTILE], "answered": [HOSTILE]})
    for html in (landing_page([made], shown), chapter_page(made, shown)):
        page = Parsed(html)
        assert not [s for s in page.scripts if s.startswith("window.injected")]
        assert "<script>window.injected = 1</script>" in page.text
        assert "\x00" not in html
        assert "\u202e" not in html


def test_a_problem_in_a_chapter_names_the_chapter(tmp_path):
    broken = chapter()
    broken.notebook.cells[5].outputs[0].data = {"image/png": "AA=="}
    with pytest.raises(ChapterError, match="01_internal_mapping: cell 6 shows image/png"):
        write_pages([broken], tmp_path, context())


@pytest.mark.parametrize("name", ["../x", "a/b", "", ".x", "a b"])
def test_a_page_is_never_written_elsewhere(tmp_path, name):
    with pytest.raises(ChapterError, match="cannot be the name of a page"):
        write_pages([chapter(name)], tmp_path, context())
    assert list(tmp_path.iterdir()) == []


def test_two_editions_differ_only_by_what_was_given():
    one = landing_page([chapter()], context(withheld=3))
    two = landing_page([chapter()], context(withheld=4))
    for said in ("3 records withheld", "3 records were withheld"):
        one = one.replace(said, said.replace("3", "4"))
    assert one == two
