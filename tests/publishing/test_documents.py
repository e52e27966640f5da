"""Documents beside the pages: all that can be made is made, and what cannot is said."""

from __future__ import annotations

import io
from datetime import date

import docx
import nbformat
import pandas as pd
import pytest

from strategy_lib.chapters.page import Page
from strategy_lib.core.audiences import DEFAULT_EDITIONS
from strategy_lib.core.settings import FORMATS
from strategy_lib.publishing import documents as all_formats
from strategy_lib.publishing.display import page_output, table_output
from strategy_lib.publishing.documents import write_documents
from strategy_lib.publishing.edition import ExecutedChapter, PublishContext, write_pages
from strategy_lib.publishing.pdf.browsers import PROGRAM_VARIABLE
from strategy_lib.publishing.pdf.chromium import BrowserError
from strategy_lib.publishing.results import write_results
from strategy_lib.publishing.tabulate import page_table

AS_OF = date(2026, 11, 1)
CONTEXT = PublishContext("Example", "en", 2026, DEFAULT_EDITIONS["core"], AS_OF, 0)
EVENTS = pd.DataFrame(
    [["a@x.invalid", "2026-12-31", "Report", "", "legal duty"]],
    columns=["uid", "date", "title", "description", "category"],
)


def chapter(name, words="Nobody knows."):
    table = table_output(page_table(EVENTS, f"Dates: {words}"), "dates")
    shown = [page_output(Page("Nothing is certain.", (words,))), table]
    outputs = [nbformat.v4.new_output("display_data", data=one.data) for one in shown]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(outputs=outputs)])
    return ExecutedChapter(name, "A chapter", "What is there?", notebook, {})


def edition(root, *chapters, events=EVENTS):
    """Pages and results as a run has made them when the documents' turn comes."""
    (root / "outputs").mkdir(parents=True)
    write_pages(chapters, root / "outputs", CONTEXT)
    for one in chapters:
        write_results(root / "results" / one.name, one.name, {"calendar": events}, {})
        events = events.iloc[:0]
    return root / "outputs", root / "results", list(chapters)


@pytest.fixture
def printed(monkeypatch):
    """Names of the pages that a browser would have printed."""
    names = []

    def print_pages(pages, as_of, jobs=1, *, each, **_):
        names.extend(pages)
        for name in pages:
            each(name, f"PDF of {name}".encode())

    monkeypatch.setattr(all_formats, "print_pages", print_pages)
    return names


def test_everything_is_made_and_listed_by_chapter(tmp_path, printed):
    made = write_documents(*edition(tmp_path, chapter("01_a"), chapter("02_b")), CONTEXT, FORMATS)
    assert made.missing == ()
    assert [(file.path, file.chapter) for file in made.made] == [
        ("documents/01_a.pdf", "01_a"),
        ("documents/01_a.docx", "01_a"),
        ("documents/02_b.pdf", "02_b"),
        ("documents/02_b.docx", "02_b"),
        ("documents/annex.pdf", ""),
        ("documents/annex.docx", ""),
        ("documents/tables.xlsx", ""),
        ("documents/calendar.ics", ""),
    ]
    assert all((tmp_path / "outputs" / file.path).stat().st_size for file in made.made)


def test_without_a_browser_all_else_comes_and_the_reason_is_given(tmp_path, monkeypatch):
    monkeypatch.setenv(PROGRAM_VARIABLE, str(tmp_path / "none"))
    made = write_documents(*edition(tmp_path, chapter("01_a")), CONTEXT, FORMATS)
    assert [file.path for file in made.made] == [
        "documents/01_a.docx",
        "documents/annex.docx",
        "documents/tables.xlsx",
        "documents/calendar.ics",
    ]
    (why,) = made.missing
    assert why.startswith("PDF files could not be made.") and PROGRAM_VARIABLE in why


def test_a_browser_that_ends_costs_only_what_it_had_not_printed(tmp_path, monkeypatch):
    def ended(*_, each, **__):
        each("01_a", b"printed before")
        raise BrowserError("Chromium has ended.")

    monkeypatch.setattr(all_formats, "print_pages", ended)
    made = write_documents(*edition(tmp_path, chapter("01_a")), CONTEXT, FORMATS)
    assert made.missing == ("Some PDF files could not be made. Run again. Chromium has ended.",)
    assert [file.path for file in made.made][:2] == ["documents/01_a.pdf", "documents/01_a.docx"]


def test_a_template_or_a_date_that_cannot_be_used_stops_nothing_else(tmp_path, printed):
    events = EVENTS.assign(date="2026-12-31 09:00")
    made = write_documents(
        *edition(tmp_path, chapter("01_a"), events=events), CONTEXT, FORMATS, template=b"no zip"
    )
    assert [file.path for file in made.made] == [
        "documents/01_a.pdf",
        "documents/annex.pdf",
        "documents/tables.xlsx",
    ]
    calendar, word = made.missing
    assert "calendar could not be made" in calendar and "no zone" in calendar
    assert "Word files could not be made" in word


def test_a_page_that_is_the_same_keeps_its_documents(tmp_path, printed):
    write_documents(*edition(tmp_path / "old", chapter("01_a"), chapter("02_b")), CONTEXT, FORMATS)
    old = tmp_path / "old" / "outputs"
    (old / "documents" / "01_a.docx").write_bytes(b"made then")
    printed.clear()
    changed = edition(tmp_path / "new", chapter("01_a"), chapter("02_b", "Somebody does."))
    made = write_documents(*changed, CONTEXT, FORMATS, before=old)
    assert printed == ["02_b", "annex"]
    folder = tmp_path / "new" / "outputs" / "documents"
    assert (folder / "01_a.docx").read_bytes() == b"made then"
    words = docx.Document(io.BytesIO((folder / "02_b.docx").read_bytes())).paragraphs
    assert any("Somebody does." in one.text for one in words)
    assert len(made.made) == 8


def test_where_all_pages_are_the_same_the_annex_is_too(tmp_path, printed):
    write_documents(*edition(tmp_path / "old", chapter("01_a")), CONTEXT, FORMATS)
    old = tmp_path / "old" / "outputs"
    (old / "documents" / "annex.docx").write_bytes(b"made then")
    printed.clear()
    made = write_documents(
        *edition(tmp_path / "new", chapter("01_a")), CONTEXT, FORMATS, before=old
    )
    assert printed == []
    assert (tmp_path / "new/outputs/documents/annex.docx").read_bytes() == b"made then"
    assert len(made.made) == 6


def test_a_page_that_is_nothing_but_tables_is_not_in_the_annex(tmp_path, printed):
    bare = chapter("minutes")
    bare.notebook.cells[0].outputs.pop(0)
    made = write_documents(*edition(tmp_path, bare), CONTEXT, ("pdf", "word"))
    assert [file.path for file in made.made] == ["documents/minutes.pdf", "documents/minutes.docx"]
    words = docx.Document(tmp_path / "outputs/documents/minutes.docx")
    assert words.tables[-1].rows[1].cells[2].text == "Report"


def test_only_what_was_asked_for_is_made(tmp_path, printed):
    made = write_documents(*edition(tmp_path, chapter("01_a")), CONTEXT, ("tables",))
    assert [file.path for file in made.made] == ["documents/tables.xlsx"]
    assert printed == []
    assert write_documents(*edition(tmp_path / "b", chapter("01_a")), CONTEXT, ()).made == ()
    assert not (tmp_path / "b" / "outputs" / "documents").exists()
