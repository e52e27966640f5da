"""Every document of an edition beside its pages, and why one could not be made."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from strategy_lib.core.errors import ChapterError, InputError, MissingToolError
from strategy_lib.editions.results import read_saved
from strategy_lib.publishing.annex import AnnexPart, annex_page, annex_parts
from strategy_lib.publishing.calendar_file import COLUMNS, calendar_bytes
from strategy_lib.publishing.edition import Documents, Download, ExecutedChapter, PublishContext
from strategy_lib.publishing.pdf.chromium import BrowserError
from strategy_lib.publishing.pdf.press import print_pages
from strategy_lib.publishing.spreadsheet.workbook import spreadsheet_bytes

FOLDER = "documents"
TABLES_FILE = "tables.xlsx"
CALENDAR_FILE = "calendar.ics"
ANNEX = "annex"
_EVENTS = "calendar"
_TITLES = {".pdf": "PDF", ".docx": "Word"}
_WHOLE = {
    f"{ANNEX}.pdf": "Tables of all chapters (PDF)",
    f"{ANNEX}.docx": "Tables of all chapters (Word)",
    TABLES_FILE: "All tables in full (spreadsheet)",
    CALENDAR_FILE: "Dates (calendar)",
}


@dataclass
class _Making:
    """One making: where to, of what, and what went wrong so far."""

    outputs: Path
    formats: Sequence[str]
    context: PublishContext
    missing: list[str] = field(default_factory=list)

    @property
    def folder(self) -> Path:
        return self.outputs / FOLDER

    def write(self, name: str, content: bytes) -> None:
        (self.folder / name).write_bytes(content)


def write_documents(
    outputs: Path,
    results: Path,
    chapters: Sequence[ExecutedChapter],
    context: PublishContext,
    formats: Sequence[str],
    *,
    template: bytes | None = None,
    jobs: int = 1,
    before: Path | None = None,
    early: str = "",
) -> Documents:
    """Write an edition's documents into `outputs/documents/`.

    Parameters
    ----------
    outputs : Path
        Folder of the edition's pages, which are there already.
    results : Path
        Folder of its saved tables.
    formats : sequence of str
        Of `pdf`, `word`, `tables` and `calendar`.
    template : bytes, optional
        The organisation's own Word template; else the workbook's.
    jobs : int
        How many pages are printed at a time.
    before : Path, optional
        Pages and documents of the edition in place, made with the same workbook: the documents of
        a page that is the same are taken over, and the annex where all are.
    early : str
        Address of a browser that has been started already.

    Returns
    -------
    Documents
        What was made and what could not be; nothing is raised for a missing browser, a template
        that lacks something, or dates that cannot be used.
    """
    making = _Making(outputs, formats, context)
    if not formats:
        return Documents()
    making.folder.mkdir(exist_ok=True)
    todo = [c for c in chapters if not _taken_over(making, c.name, before)]
    parts = _annex(making, chapters, todo, before)
    pages = {c.name: (outputs / f"{c.name}.html").read_bytes() for c in todo}
    if parts:
        pages[ANNEX] = annex_page(parts, context).encode("utf-8", "replace")
    with ThreadPoolExecutor(1) as pool:
        printing = pool.submit(_print, making, pages, jobs, early)
        _write_tables(making, results, chapters)
        _write_calendar(making, results)
        _write_word(making, todo, parts, template)
    _tell_failure(making, printing)
    return Documents(tuple(_made(making, chapters)), tuple(making.missing))


def _of_chapter(formats: Sequence[str]) -> list[str]:
    suffixes = {"pdf": ".pdf", "word": ".docx"}
    return [suffix for name, suffix in suffixes.items() if name in formats]


def _taken_over(making: _Making, name: str, before: Path | None) -> bool:
    """Take over the documents of a page that has not changed by a single byte."""
    if before is None:
        return False
    old, new = before / f"{name}.html", making.outputs / f"{name}.html"
    files = [before / FOLDER / f"{name}{suffix}" for suffix in _of_chapter(making.formats)]
    is_same = old.is_file() and old.read_bytes() == new.read_bytes()
    if not (is_same and all(path.is_file() for path in files)):
        return False
    for path in files:
        shutil.copy(path, making.folder)
    return True


def _annex(
    making: _Making,
    chapters: Sequence[ExecutedChapter],
    todo: Sequence[ExecutedChapter],
    before: Path | None,
) -> tuple[AnnexPart, ...]:
    """What the annex holds; nothing where it is taken over, or nobody asked for one.

    It holds nothing that no page holds, so it is as it was where all pages are.
    """
    suffixes = _of_chapter(making.formats)
    if before is not None and not todo:
        files = [before / FOLDER / f"{ANNEX}{suffix}" for suffix in suffixes]
        for path in filter(Path.is_file, files):
            shutil.copy(path, making.folder)
        return ()
    return annex_parts(chapters) if suffixes else ()


def _print(making: _Making, pages: Mapping[str, bytes], jobs: int, early: str) -> None:
    if pages and "pdf" in making.formats:
        print_pages(
            pages,
            making.context.as_of,
            jobs,
            early=early,
            each=lambda name, document: making.write(f"{name}.pdf", document),
        )


def _tell_failure(making: _Making, printing: Future[None]) -> None:
    try:
        printing.result()
    except MissingToolError as error:
        making.missing.append(f"PDF files could not be made. {error}")
    except BrowserError as error:
        making.missing.append(f"Some PDF files could not be made. Run again. {error}")


def _write_tables(making: _Making, results: Path, chapters: Sequence[ExecutedChapter]) -> None:
    if "tables" not in making.formats:
        return
    named = [(c.name, f"{c.number}{c.title}") for c in chapters]
    try:
        making.write(TABLES_FILE, spreadsheet_bytes(results, named, making.context))
    except InputError as error:
        making.missing.append(f"The spreadsheet could not be made. {error}")


def _write_calendar(making: _Making, results: Path) -> None:
    if "calendar" not in making.formats:
        return
    try:
        saved = [chapter.table(_EVENTS, *COLUMNS) for chapter in read_saved(results).values()]
        events = pd.concat(saved, ignore_index=True) if saved else pd.DataFrame(columns=COLUMNS)
        if len(events):
            organisation, day = making.context.organisation, making.context.as_of
            making.write(CALENDAR_FILE, calendar_bytes(events, organisation, day))
    except InputError as error:
        making.missing.append(f"The calendar could not be made. {error}")


def _write_word(
    making: _Making,
    chapters: Sequence[ExecutedChapter],
    parts: Sequence[AnnexPart],
    template: bytes | None,
) -> None:
    if "word" not in making.formats or not chapters:
        return
    # Imported here: a run without Word files need not wait for it.
    from strategy_lib.publishing.word.document import annex_bytes, bundled_template, word_bytes

    used = bundled_template() if template is None else template
    try:
        for chapter in chapters:
            making.write(f"{chapter.name}.docx", word_bytes(chapter, making.context, used))
        if parts:
            making.write(f"{ANNEX}.docx", annex_bytes(parts, making.context, used))
    except (InputError, ChapterError) as error:
        making.missing.append(f"Word files could not be made. {error}")


def _made(making: _Making, chapters: Sequence[ExecutedChapter]) -> Iterator[Download]:
    of_chapters = [
        (f"{chapter.name}{suffix}", _TITLES[suffix], chapter.name)
        for chapter in chapters
        for suffix in _of_chapter(making.formats)
    ]
    for name, title, chapter in [*of_chapters, *((n, t, "") for n, t in _WHOLE.items())]:
        if (making.folder / name).is_file():
            yield Download(f"{FOLDER}/{name}", title, chapter)
