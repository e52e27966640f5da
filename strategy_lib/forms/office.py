"""The form of an office: one sheet, a few columns, and two answers for the form as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from strategy_lib.forms.burden import form_seconds, minutes
from strategy_lib.forms.columns import write_columns
from strategy_lib.forms.form import begun_form, new_book, on_paper
from strategy_lib.forms.top import new_rows, write_top
from strategy_lib.schema.schema import schemas

TABLE = "activities"


def write_office_form(
    path: Path,
    language: str,
    organisation: str,
    year: int,
    *,
    unit_id: str | None = None,
    country: str = "",
    units: Mapping[str, str] | None = None,
    rows: Sequence[Mapping[str, Any]] = (),
) -> Path:
    """Write the form in which an office tells what it does.

    Parameters
    ----------
    path : Path
        File to write; its folder exists.
    language : str
        Language of headings, explanations and lists.
    organisation : str
        Name shown above the form and as the document's author.
    year : int
        Cycle that the form is for.
    unit_id, country : str, optional
        Code of the office and of its country, which are filled in.
    units : mapping of str to str, optional
        Office code -> name.
    rows : sequence of mapping
        What the office told last year, to be confirmed, changed or deleted.

    Returns
    -------
    Path
        `path`. The same arguments give the same bytes.
    """
    table = schemas()[TABLE]
    book = new_book(path, organisation, year)
    sheet = book.add_worksheet(table.sheet(language))
    form = begun_form(book, [table], language, unit_id=unit_id, units=units)
    title = f"{organisation} · {form.texts['title'].format(year=year)}"
    asked = minutes(form_seconds([table], {TABLE: rows}))
    top = write_top(sheet, form, table, title, asked, country)
    write_columns(sheet, form, table, [*rows, *new_rows(country)], top)
    sheet.hide_gridlines(2)
    on_paper(sheet)
    sheet.activate()
    book.close()
    return path
