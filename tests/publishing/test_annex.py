"""The annex: every table behind a chapter's page, numbered, and nothing else."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser

import nbformat
import pandas as pd
import pytest

from strategy_lib.chapters.page import Page
from strategy_lib.core.audiences import DEFAULT_EDITIONS
from strategy_lib.publishing.annex import annex_page, annex_parts
from strategy_lib.publishing.display import page_output, table_output
from strategy_lib.publishing.edition import ExecutedChapter, PublishContext
from strategy_lib.publishing.tabulate import page_table

HOSTILE = "<script>window.injected = 1</script>\u202e"
CONTEXT = PublishContext(HOSTILE, "en", 2026, DEFAULT_EDITIONS["leaders"], date(2026, 11, 1), 3)


def chapter(name, *tables, has_page=True):
    shown = [page_output(Page("Nobody knows."))] if has_page else []
    shown += [table_output(page_table(frame, title), called) for called, title, frame in tables]
    cells = [
        nbformat.v4.new_code_cell(
            "", outputs=[nbformat.v4.new_output("display_data", data=one.data)]
        )
        for one in shown
    ]
    cells.insert(has_page, nbformat.v4.new_markdown_cell("## How firm\n\nSo firm."))
    cells.append(nbformat.v4.new_markdown_cell(f"## Sources\n\nA book. {HOSTILE}"))
    notebook = nbformat.v4.new_notebook(cells=cells)
    return ExecutedChapter(name, f"Chapter {HOSTILE}", "What?", notebook, {})


FEW = pd.DataFrame({"office": ["Kenya", HOSTILE], "n": [1, 2]})
MANY = pd.DataFrame({f"column_{n}": ["some longer words here"] * 60 for n in range(9)})


@pytest.fixture
def parts():
    return annex_parts(
        [
            chapter("00_prepare", ("ranks", "Ranks", FEW), ("all", "A finding", MANY)),
            chapter("08_strategy_brief", ("ranks", "", FEW)),
            chapter("minutes", ("ranks", "Ranks", FEW), has_page=False),
        ]
    )


class Read(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.ids, self.links, self.tags = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.append(tag)
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given["href"]] if tag == "a" else []


def test_tables_are_numbered_by_chapter_and_their_names_are_said_once(parts):
    assert [part.name for part in parts] == ["00_prepare", "08_strategy_brief"]
    assert [(t.number, t.title, t.table.title) for part in parts for t in part.tables] == [
        ("0.1", "Ranks", ""),
        ("0.2", "All", "A finding"),
        ("8.1", "Ranks", ""),
    ]
    assert [len(t.table.rows) for t in parts[0].tables] == [2, 40]
    assert [t.is_narrow for t in parts[0].tables] == [True, False]


def test_the_contents_lead_to_every_table(parts):
    read = Read(annex_page(parts, CONTEXT))
    places = [link[1:] for link in read.links if link.startswith("#")]
    assert set(places) <= set(read.ids)
    assert len(read.ids) == len(set(read.ids))
    assert {t.anchor for part in parts for t in part.tables} <= set(places)
    assert read.tags.count("h1") == 1 and read.tags.count("table") == 3


def test_nothing_hostile_runs_and_the_same_gives_the_same(parts):
    html = annex_page(parts, CONTEXT)
    assert "script" not in Read(html).tags
    assert "&lt;script&gt;window.injected = 1&lt;/script&gt;" in html and "\u202e" not in html
    assert "script-src &#39;none&#39;" in html
    assert html == annex_page(parts, CONTEXT)
