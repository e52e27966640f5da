"""An edition's saved tables as one spreadsheet: a sheet a table, and what each column means."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from pathlib import Path
from typing import Any

import xlsxwriter

from strategy_lib.chapters.registry import CHAPTERS, contract
from strategy_lib.core.errors import InputError
from strategy_lib.editions.contracts import TEXT, Column
from strategy_lib.editions.results import SavedChapter, read_saved, saved_columns
from strategy_lib.editions.saved_tables import SavedColumn
from strategy_lib.plotting.theme import clean
from strategy_lib.publishing.edition import PublishContext, notice, withheld_words
from strategy_lib.publishing.spreadsheet.cells import MOST_ROWS, Sheets, TextRow
from strategy_lib.publishing.spreadsheet.column_meanings import Meaning, meanings
from strategy_lib.schema.dates import written_day

READ_ME, DICTIONARY = "Read me", "Data dictionary"
_LONGEST_NAME = 31


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
        sheets.text_sheet(READ_ME, [(READ_ME, 26), ("", 60), ("", 12)], _read_me(tables, context))
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
    taken = {READ_ME.casefold(), DICTIONARY.casefold()}
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
    sheet = _sheet_name(f"{chapter.number} {name}", taken)
    meant = meanings(columns, name, told.get("columns"))
    return _Table(sheet, title, name, clean(told.get("title") or name), columns, meant)


def _sheet_name(wanted: str, taken: set[str]) -> str:
    """A name that no other sheet has: spreadsheet programs do not tell small letters from large."""
    name, number = wanted[:_LONGEST_NAME].rstrip(), 1
    while name.casefold() in taken:
        number += 1
        end = f" {number}"
        name = wanted[: _LONGEST_NAME - len(end)].rstrip() + end
    taken.add(name.casefold())
    return name


def _read_me(tables: Sequence[_Table], context: PublishContext) -> list[TextRow]:
    about = notice(context.edition)
    rows = [
        TextRow((f"China strategy workbook {context.cycle}: its tables",), "title"),
        TextRow(("Organisation", clean(context.organisation))),
        TextRow(("For", about.audience)),
        TextRow(("Edition", f"{clean(context.edition.title)}, {context.cycle}")),
        TextRow(("As of", written_day(context.as_of))),
        TextRow(("Handling", f"{about.label}. {about.words}")),
        *([TextRow(("Shown beyond the usual", about.wider))] if about.wider else []),
        TextRow(("What is not here", withheld_words(context))),
        TextRow(("How to read it", "Each sheet is one saved table. An empty cell means that nobody "
                 "said, or that it does not apply: never zero. What each column means stands in "
                 f"the sheet “{DICTIONARY}”.")),
        TextRow(("",)),
        TextRow(("Sheet", "Table", "Rows"), "head"),
        TextRow((DICTIONARY, "What each column means", sum(len(t.columns) for t in tables)),
                link=DICTIONARY),
    ]  # fmt: skip
    last = ""
    for table in tables:
        if table.chapter != last:
            rows.append(TextRow((table.chapter,), "group"))
            last = table.chapter
        words = f"{table.title} (only the first {MOST_ROWS:,} rows)" if (
            table.rows > MOST_ROWS) else table.title  # fmt: skip
        rows.append(TextRow((table.sheet, words, table.rows), link=table.sheet))
    if not tables:
        rows.append(TextRow(("No chapter has saved a table for this edition.",)))
    return rows


_DICTIONARY_HEAD = (
    ("Sheet", 24), ("Table", 24), ("Column", 28), ("Name in the CSV file", 24), ("Meaning", 60),
    ("Unit or scale", 30), ("Kind of value", 14),
)  # fmt: skip


def _dictionary(tables: Sequence[_Table]) -> list[TextRow]:
    return [
        TextRow((table.sheet, table.name, meaning.heading, column.name, meaning.text,
                 meaning.unit, meaning.kind))
        for table in tables
        for column, meaning in zip(table.columns, table.meanings, strict=True)
    ]  # fmt: skip
