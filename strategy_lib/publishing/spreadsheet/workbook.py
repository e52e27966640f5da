"""An edition's saved tables as one spreadsheet: a sheet a table, and what each column means."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from pathlib import Path
from typing import Any

import xlsxwriter

from strategy_lib.chapters.registry import CHAPTERS, contract
from strategy_lib.core.errors import InputError
from strategy_lib.core.messages import say
from strategy_lib.editions.contracts import TEXT, Column
from strategy_lib.editions.results import SavedChapter, read_saved, saved_columns
from strategy_lib.editions.saved_tables import SavedColumn
from strategy_lib.plotting.theme import clean
from strategy_lib.publishing.edition import PublishContext, notice, withheld_words
from strategy_lib.publishing.spreadsheet.cells import MOST_ROWS, Sheets, TextRow
from strategy_lib.publishing.spreadsheet.column_meanings import Meaning, meanings
from strategy_lib.publishing.tabulate import heading
from strategy_lib.schema.dates import written_day

OVERVIEW, READ_ME, DICTIONARY = "Overview", "Read me", "Data dictionary"
_LONGEST_NAME = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_MOST_NAMED = 6


@dataclass(frozen=True)
class _Table:
    """A saved table on its way to a sheet."""

    sheet: str
    chapter: str
    name: str
    title: str
    columns: list[SavedColumn]
    meanings: tuple[Meaning, ...]

    @property
    def rows(self) -> int:
        return len(self.columns[0].values) if self.columns else 0


def spreadsheet_bytes(
    results: Path, chapters: Sequence[tuple[str, str]], context: PublishContext
) -> bytes:
    """Saved tables as `.xlsx`; the same tables give the same bytes.

    No text becomes a formula or a link, whatever it looks like; what `publishing.results` put
    before such text in the CSV files is taken off again.

    Parameters
    ----------
    results : Path
        `results/EDITION` of a cycle: a folder a chapter, with CSV files and `summary.json`.
    chapters : sequence of (str, str)
        Name and title of each chapter, in their order; one that saved nothing is left out.
    context : PublishContext
        What every document of the edition says about itself.

    Raises
    ------
    InputError
        If a saved table cannot be read; the message names every such file.
    """
    tables = _tables(results, chapters, context.language)
    target = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": False,
    }
    with xlsxwriter.Workbook(target, options) as book:
        _describe(book, context)
        about = notice(context.edition)
        footer = f"{about.label}. {about.words} As of {written_day(context.as_of)}."
        sheets = Sheets(book, footer)
        sheets.text_sheet(OVERVIEW, _OVERVIEW_HEAD, _overview(tables, context))
        sheets.text_sheet(READ_ME, [(READ_ME, 26), ("", 90)], _read_me(context))
        for table in tables:
            sheets.table_sheet(table.sheet, table.columns, [m.heading for m in table.meanings])
        sheets.text_sheet(DICTIONARY, _DICTIONARY_HEAD, _dictionary(tables), is_table=True)
    return target.getvalue()


def _describe(book: Any, context: PublishContext) -> None:
    organisation = clean(context.organisation)
    book.set_properties(
        {
            "title": f"China strategy workbook {context.cycle}: tables",
            "author": organisation,
            "company": organisation,
            "created": datetime.combine(context.as_of, time()),
        }
    )


def _tables(results: Path, chapters: Sequence[tuple[str, str]], language: str) -> list[_Table]:
    contracts = {about.name: contract(about) for about in CHAPTERS}
    saved = read_saved(results) if chapters else {}
    taken = {name.casefold() for name in (OVERVIEW, READ_ME, DICTIONARY)}
    made, problems = [], []
    for name, title in chapters:
        chapter = saved.get(name, SavedChapter(name))
        for table in chapter.summary.get("tables") or ():
            try:
                columns = saved_columns(results / name / f"{table}.csv")
                declared = contracts.get(name, {}).get(table, {})
                columns = [_in_words(c, declared.get(c.name, TEXT), language) for c in columns]
                made.append(_table(chapter, clean(title), table, columns, taken))
            except InputError as error:
                problems.append(str(error))
    if problems:
        raise InputError("\n".join(problems))
    return made


def _in_words(column: SavedColumn, declared: Column, language: str) -> SavedColumn:
    """The same with labels in the place of codes, as pages show them."""
    if not declared.codes:
        return column
    said = [code and declared.label(str(code), language) for code in column.values]
    return replace(column, values=said)


def _table(
    chapter: SavedChapter, title: str, name: str, columns: list[SavedColumn], taken: set[str]
) -> _Table:
    told = (chapter.summary.get("tables") or {}).get(name) or {}
    number = chapter.number.lstrip("0") or "0"
    sheet = _sheet_name(f"{number} {heading(name)}" if chapter.number else heading(name), taken)
    meant = meanings(columns, name, told.get("columns"))
    return _Table(sheet, title, name, clean(told.get("title") or name), columns, meant)


def _sheet_name(wanted: str, taken: set[str]) -> str:
    """A name in whole words that no other sheet has.

    Spreadsheet programs do not tell small letters from large.

    Examples
    --------
    >>> _sheet_name("2 Costs of options by year and office", {"2 costs of options by year and"})
    '2 Costs of options by year 2'
    """
    words = _NOT_IN_NAMES.sub(" ", wanted).strip("' ")
    name, number = _shortened(words, _LONGEST_NAME), 1
    while name.casefold() in taken:
        number += 1
        end = f" {number}"
        name = _shortened(words, _LONGEST_NAME - len(end)) + end
    taken.add(name.casefold())
    return name


def _shortened(words: str, most: int) -> str:
    if len(words) <= most:
        return words
    whole = words[: most + 1].rpartition(" ")[0]
    return (whole if len(whole) > most // 2 else words[:most]).rstrip()


_OVERVIEW_HEAD = (("Chapter", 26), ("Sheet", 32), ("What it holds", 80), ("Rows", 8))


def _overview(tables: Sequence[_Table], context: PublishContext) -> list[TextRow]:
    about = notice(context.edition)
    rows = [
        TextRow((f"China strategy workbook {context.cycle}: its tables",), "title"),
        TextRow((f"{about.label}. {about.words} For: {about.audience}.",), "line"),
        TextRow(("",)),
        TextRow(tuple(head for head, _ in _OVERVIEW_HEAD), "head"),
    ]
    rows += [
        TextRow((table.chapter, table.sheet, _held(table), table.rows), link=table.sheet)
        for table in tables
    ]
    if not tables:
        rows.append(TextRow(("No chapter has saved a table for this edition.",), "line"))
    columns = sum(len(table.columns) for table in tables)
    rows += [
        TextRow(("", READ_ME, "Whom this is for, and what is not here", ""), link=READ_ME),
        TextRow(("", DICTIONARY, "What each column means", columns), link=DICTIONARY),
    ]
    return rows


def _held(table: _Table) -> str:
    """What a table holds: its title, where its sheet does not say it, and its first columns."""
    heads = [meaning.heading for meaning in table.meanings]
    more = len(heads) - _MOST_NAMED
    named = ", ".join(heads[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
    cut = f" {say('tables-only-first', rows=MOST_ROWS)}" if table.rows > MOST_ROWS else ""
    title = "" if table.title == heading(table.name) else table.title
    return (": ".join(filter(None, (title, named))) or "Nothing to list") + "." + cut


def _read_me(context: PublishContext) -> list[TextRow]:
    about = notice(context.edition)
    return [
        TextRow(("Organisation", clean(context.organisation))),
        TextRow(("For", about.audience)),
        TextRow(("Edition", f"{clean(context.edition.title)}, {context.cycle}")),
        TextRow(("As of", written_day(context.as_of))),
        TextRow(("Handling", f"{about.label}. {about.words}")),
        *([TextRow(("Shown beyond the usual", about.wider))] if about.wider else []),
        TextRow(("What is not here", withheld_words(context))),
        TextRow(("How to read it", say("tables-read-me", what=DICTIONARY))),
    ]


_DICTIONARY_HEAD = (
    ("Sheet", 24),
    ("Table", 24),
    ("Column", 28),
    ("Name in the CSV file", 24),
    ("Meaning", 60),
    ("Unit or scale", 30),
    ("Kind of value", 14),
)


def _dictionary(tables: Sequence[_Table]) -> list[TextRow]:
    return [
        TextRow(
            (
                table.sheet,
                table.name,
                meaning.heading,
                column.name,
                meaning.text,
                meaning.unit,
                meaning.kind,
            )
        )
        for table in tables
        for column, meaning in zip(table.columns, table.meanings, strict=True)
    ]
