"""Pages as PDF: what is in them, what never is, and a Chromium that is not there or not well."""

from __future__ import annotations

import os
import re
import stat
import tempfile
import unicodedata
import zlib
from datetime import date
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from strategy_lib.chapters.page import Page
from strategy_lib.core.audiences import DEFAULT_EDITIONS
from strategy_lib.core.errors import MissingToolError
from strategy_lib.publishing.display import page_output, table_output
from strategy_lib.publishing.edition import ExecutedChapter, PublishContext, chapter_page
from strategy_lib.publishing.pdf import browsers, chromium
from strategy_lib.publishing.pdf import press as pdf
from strategy_lib.publishing.pdf.browsers import PROGRAM_VARIABLE, find_program
from strategy_lib.publishing.pdf.chromium import BrowserError
from strategy_lib.publishing.tabulate import page_table

AS_OF = date(2026, 11, 1)
WORDS = "中国民间组织 · منظمات المجتمع المدني · עמותות"
needs_chromium = pytest.mark.skipif(
    os.environ.get("WORKBOOK_NO_BROWSER") == "1" or find_program() is None,
    reason="there is no Chromium, or WORKBOOK_NO_BROWSER=1",
)


def cell(*shown, tags=()):
    made = [nbformat.v4.new_output("display_data", data=one.data) for one in shown]
    return nbformat.v4.new_code_cell("", outputs=made, metadata={"tags": list(tags)})


def page(*cells):
    notebook = nbformat.v4.new_notebook(cells=list(cells))
    chapter = ExecutedChapter("06_brief", "Brief", "What now?", notebook, {})
    context = PublishContext("组织", "en", 2026, DEFAULT_EDITIONS["leaders"], AS_OF, None)
    return chapter_page(chapter, context).encode()


def wide(columns):
    frame = pd.DataFrame({f"column_{n}": ["Some words"] * 2 for n in range(columns)})
    return table_output(page_table(frame, "Wide"))


def table(rows, words):
    frame = pd.DataFrame({"part": range(rows), "text": [words] * rows})
    return table_output(page_table(frame, "What is asked", max_rows=None))


PAGES = {
    "words": f"""<!doctype html><html lang="fr"><meta charset="utf-8"><title>{WORDS}</title>
      <h1>{WORDS}</h1><p dir="auto">\u202e=HYPERLINK("x")</p>
      <a href="index.html">back</a> <a href="https://example.org/law">law</a>
      <img src="http://127.0.0.1:1/x.png"><img src="file:///etc/hostname"></html>""".encode(),
    "empty": b"<title>Nothing</title>",
    "chapter": page(
        cell(page_output(Page("Nobody knows."))),
        nbformat.v4.new_markdown_cell("## Behind it"),
        cell(table(400, "One more sentence of many. " * 7)),
    ),
    "tables": page(cell(table(200, "One more sentence of many. " * 7))),
    "wide": page(cell(wide(12))),
}


@pytest.fixture
def scratch(monkeypatch):
    with tempfile.TemporaryDirectory() as folder:
        monkeypatch.setattr(tempfile, "tempdir", folder)
        yield Path(folder)


@pytest.fixture(scope="module")
def printed():
    return pdf.print_pages(PAGES, AS_OF, 2)


def sheets(document):
    return len(re.findall(rb"/Type /Page\b", document))


def contents(document):
    """Every stream of a document, unpacked, with what stands around them."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", document, re.DOTALL)
    unpacked = []
    for stream in streams:
        try:
            unpacked.append(zlib.decompress(stream))
        except zlib.error:
            unpacked.append(stream)
    return document + b"".join(unpacked)


def characters(document):
    """What can be found and read aloud: the characters that drawn signs are said to stand for."""
    said = set()
    for kind, listed in re.findall(
        rb"begin(bfchar|bfrange)\n(.*?)\nend", contents(document), re.DOTALL
    ):
        for line in listed.decode().splitlines():
            *ends, first = (int(code, 16) for code in re.findall("<([0-9A-F]+)>", line))
            width = ends[-1] - ends[0] if kind == b"bfrange" else 0
            shown = "".join(map(chr, range(first, first + width + 1)))
            said |= set(unicodedata.normalize("NFKC", shown))
    return said


def program(tmp_path, script):
    path = tmp_path / "browser"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


@needs_chromium
def test_a_document_has_a_title_a_language_and_tags(printed):
    document = printed["words"]
    assert document.startswith(b"%PDF-")
    assert b"/Lang (fr)" in document
    assert b"/Marked true" in document
    assert b"/StructTreeRoot" in document
    assert WORDS[:6].encode("utf-16-be").hex().encode() in document.lower()


@needs_chromium
def test_its_day_is_the_editions_and_its_maker_the_workbook(printed):
    for name, made in printed.items():
        start = made[: made.find(b"endobj")]
        assert start.count(b"D:20261101000000+00'00'") == 2, name
        assert b"Global China strategy workbook" in start
        assert b"Chrom" not in start
        assert b"Skia" not in start


@needs_chromium
def test_writing_of_every_direction_stays_text(printed):
    # A font that has one shape for a character and its radical may name either.
    said = {{"⺠": "民"}.get(one, one) for one in characters(printed["words"])}
    assert set("中国民间组织منظمات") <= said


@needs_chromium
def test_no_document_knows_the_machine_it_was_made_on(printed):
    for name, made in printed.items():
        said = contents(made)
        for trace in (b"file:", b"/tmp/", b"workbook.invalid", str(Path.cwd()).encode()):
            assert trace not in said, (name, trace)
    assert b"https://example.org/law" in printed["words"]


@needs_chromium
def test_a_chapter_is_its_main_part_and_its_tables_stay_behind(printed):
    assert sheets(printed["empty"]) == sheets(printed["chapter"]) == 1


@needs_chromium
def test_a_page_that_is_nothing_but_tables_prints_them(printed):
    assert sheets(printed["tables"]) > 3


@needs_chromium
def test_every_sheet_is_a4(printed):
    for name, made in printed.items():
        if name not in ("words", "empty"):
            boxes = set(re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", made))
            assert {(round(float(w)), round(float(h))) for w, h in boxes} == {(595, 842)}, name


@needs_chromium
def test_headings_are_bookmarks(printed):
    assert b"/Outlines" in printed["chapter"]


@needs_chromium
def test_words_of_a_wide_table_are_not_broken(printed):
    assert sheets(printed["wide"]) == 1


@needs_chromium
def test_two_runs_give_the_same_bytes_and_leave_nothing(printed, scratch):
    few = {name: PAGES[name] for name in ("words", "chapter")}
    again = pdf.print_pages(few, AS_OF, 1)
    assert again == {name: printed[name] for name in few}
    assert list(scratch.iterdir()) == []


@needs_chromium
def test_without_pipes_a_browser_is_started_for_each_page(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(pdf, "has_pipes", lambda: False)
    made = pdf.print_pages({"words": PAGES["words"]}, AS_OF)["words"]
    assert b"/Lang (fr)" in made
    assert b"D:20261101000000+00'00'" in made
    said = contents(made)
    assert b"file:" not in said
    assert str(tmp_path).encode() not in said
    assert list(tmp_path.iterdir()) == []


@needs_chromium
def test_a_page_that_never_ends_is_named_and_nothing_is_left(scratch, monkeypatch):
    monkeypatch.setattr(pdf, "PAGE_SECONDS", 2.0)
    stuck = b"<title>x</title><script>for (;;);</script>"
    with pytest.raises(BrowserError, match=r"stuck\.pdf could not be made.*in time"):
        pdf.print_pages({"stuck": stuck}, AS_OF)
    assert list(scratch.iterdir()) == []


@needs_chromium
def test_a_browser_that_ends_in_the_middle_is_told(monkeypatch):
    def end_it(window):
        window._browser._kill()
        return window.evaluate("1")

    monkeypatch.setattr(chromium.Window, "printed", end_it)
    with pytest.raises(BrowserError, match=r"words\.pdf could not be made\. Chromium has ended"):
        pdf.print_pages({"words": PAGES["words"]}, AS_OF)


@pytest.mark.parametrize("script", ["exit 1", "exec sleep 60", "echo no"])
def test_a_program_that_is_no_chromium_is_refused(script, tmp_path, scratch, monkeypatch):
    monkeypatch.setattr(chromium, "STARTING_SECONDS", 0.3)
    monkeypatch.setenv(PROGRAM_VARIABLE, program(tmp_path, script))
    with pytest.raises(BrowserError, match="does not answer"):
        pdf.print_pages(PAGES, AS_OF)
    assert list(scratch.iterdir()) == []


def test_without_pipes_a_program_that_prints_nothing_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(pdf, "has_pipes", lambda: False)
    monkeypatch.setenv(PROGRAM_VARIABLE, program(tmp_path, "exit 0"))
    with pytest.raises(BrowserError, match=r"words\.pdf could not be made"):
        pdf.print_pages({"words": PAGES["words"]}, AS_OF)


def test_a_missing_chromium_is_told_with_what_comes_all_the_same(tmp_path, monkeypatch):
    missing = str(tmp_path / "none")
    monkeypatch.setenv(PROGRAM_VARIABLE, missing)
    with pytest.raises(MissingToolError) as refused:
        pdf.print_pages(PAGES, AS_OF)
    for words in (PROGRAM_VARIABLE, missing, "spreadsheet and calendar come all the same"):
        assert words in str(refused.value)
    monkeypatch.delenv(PROGRAM_VARIABLE)
    monkeypatch.setattr(browsers, "find_program", lambda: None)
    with pytest.raises(MissingToolError, match=f"(?s)no Chromium.*{PROGRAM_VARIABLE}"):
        pdf.print_pages(PAGES, AS_OF)


def test_a_computer_without_any_has_none(tmp_path):
    assert find_program({"PATH": str(tmp_path), "HOME": str(tmp_path)}) is None


def test_playwrights_browser_is_found(tmp_path):
    told = tmp_path / "chromium-1200" / "chrome-linux" / "chrome"
    told.parent.mkdir(parents=True)
    told.touch()
    environment = {"PATH": "", "HOME": str(tmp_path), "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path)}
    assert find_program(environment) == str(told)
